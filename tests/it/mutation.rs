//! Damaged documents: no panic, no hang, and nothing written that isn't what its name says.

use std::time::Duration;

use tests::damage::{fixtures, variant};
use tests::trial::{Outcome, attempt};

use crate::fixtures::root;

/// `cargo run --release -p tests --bin mutation` tries as many as one likes.
const COUNT: u64 = 300;

/// What one may take where nothing is optimised and other tests run.
const LONGEST: Duration = Duration::from_secs(300);

#[test]
fn a_damaged_document_gives_a_crate_or_a_message() {
    let fixtures = fixtures(&root()).unwrap();
    let mut faults = Vec::new();
    let mut crates = 0;
    for number in 0..COUNT {
        let variant = variant(&fixtures, 1, number);
        match attempt(&variant, None, LONGEST).outcome {
            Outcome::Crate(_) => crates += 1,
            Outcome::Refused => {}
            Outcome::Fault(fault) => faults.push(format!("{number} {}: {fault}", variant.name)),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(crates > COUNT / 4, "hardly any could be read: {crates}");
}

#[test]
fn a_variant_is_the_same_whenever_it_is_made() {
    let fixtures = fixtures(&root()).unwrap();
    let text = |number| variant(&fixtures, 7, number).source.text;
    assert_eq!(text(3), text(3));
    assert_ne!(text(3), text(4));
}
