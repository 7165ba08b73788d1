//! What single changes of a document mean. The cases are in `tests/changes`: read them to learn the rules.

use std::collections::BTreeSet;
use std::fmt::Write;

use generator::diff::change::Diff;
use generator::diff::report::{self, Compared};
use tests::changes::{Case, base, cases, reading, source};

#[test]
fn every_single_change_means_what_the_tables_say() {
    let base = base().unwrap();
    let old = source("base.json", &base).unwrap();
    let old_reading = reading(&old).unwrap();
    let mut wrong = String::new();
    let cases = cases().unwrap();
    for (file, case) in &cases {
        let new = source("case.json", &case.apply(&base).unwrap()).unwrap();
        let diff = generator::diff::diff(&old_reading, &reading(&new).unwrap());
        let flaws = flaws(case, &diff);
        if !flaws.is_empty() {
            let compared = Compared {
                diff: &diff,
                old: &old,
                new: &new,
            };
            let told = report::text(&compared);
            let _ = writeln!(
                wrong,
                "== {file}: {}\n{}\n\n{told}",
                case.case,
                flaws.join("\n")
            );
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_tables_are_as_long_as_was_promised_and_say_each_thing_once() {
    let cases = cases().unwrap();
    assert!(cases.len() >= 120, "{}", cases.len());
    let names: BTreeSet<&str> = cases.iter().map(|(_, case)| case.case.as_str()).collect();
    assert_eq!(names.len(), cases.len());
}

/// What isn't as it is expected.
fn flaws(case: &Case, diff: &Diff) -> Vec<String> {
    let mut flaws = Vec::new();
    let mut kinds: Vec<&str> = diff.changes.iter().map(|one| one.kind.as_str()).collect();
    kinds.sort_unstable();
    let mut expect = |what: &str, expected: &str, found: &str| {
        if expected != found {
            flaws.push(format!("{what}: expected {expected}, found {found}"));
        }
    };
    expect("kinds", &case.kind.names().join(" "), &kinds.join(" "));
    expect("bump", &case.bump, diff.bump.as_str());
    if let [change] = &diff.changes[..] {
        let expected = |verdict: &Option<String>| verdict.clone().unwrap_or_default();
        expect("wire", &expected(&case.wire), change.wire.as_str());
        expect("rust", &expected(&case.rust), change.rust.as_str());
    }
    flaws
}
