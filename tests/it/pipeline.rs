//! What holds of every run: the same bytes twice, the checked-in SDK up to date, no operation lost.

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::Instant;

use generator::config::Config;
use generator::plan::Placement;
use generator::source::Source;
use generator::{check, emit, plan};
use rayon::prelude::*;
use serde_json::Value;
use tests::documents::{documents, operations, untyped};

use crate::fixtures::{Golden, corpus, root};

/// Real documents longer than this take too long where nothing is optimised.
const LONGEST: u64 = 1 << 18;

#[test]
fn the_same_document_gives_the_same_bytes() {
    for golden in Golden::all() {
        assert_eq!(golden.files(), golden.files(), "{}", golden.name);
    }
    assert_eq!(checked_in(), checked_in());
}

#[test]
fn the_checked_in_sdk_is_what_the_document_says() {
    let differences = check::check(&checked_in(), &root().join("generated"));
    let diff: String = differences
        .iter()
        .map(|difference| difference.diff.as_str())
        .collect();
    assert!(
        differences.is_empty(),
        "generated/ isn't what specs/service-tokens.* say:\n\n{diff}\nTo mend it: cargo run -p generator"
    );
}

fn checked_in() -> generator::files::Files {
    let specs = root().join("specs");
    let source = Source::read(&specs.join("service-tokens.yaml")).unwrap();
    let config = Config::read(&specs.join("service-tokens.toml")).unwrap();
    let placement = Placement {
        source: "specs/service-tokens.yaml".to_owned(),
        name: None,
        in_workspace: true,
    };
    generator::generate(&source, &config, &placement)
        .unwrap()
        .value
}

#[test]
fn no_operation_of_a_small_document_is_lost() {
    for golden in Golden::all() {
        let outcome = account(&golden.source(), &golden.config());
        assert!(
            matches!(outcome, Outcome::Whole(_)),
            "{}: {outcome:?}",
            golden.name
        );
    }
}

#[test]
fn no_operation_of_a_real_document_is_lost() {
    let Some(corpus) = corpus("no real documents are generated from") else {
        return;
    };
    let start = Instant::now();
    let all = documents(&corpus).unwrap();
    let chosen: Vec<&PathBuf> = all.iter().filter(|path| is_chosen(path)).collect();
    let outcomes: Vec<(String, Outcome)> = chosen
        .par_iter()
        .map(|path| {
            let source = Source::read(path).unwrap();
            let outcome = catch_unwind(|| account(&source, &Config::default()))
                .unwrap_or_else(|_| Outcome::Wrong("the generator panicked, see above".to_owned()));
            (path.display().to_string(), outcome)
        })
        .collect();
    let (mut operations, mut refused, mut wrong) = (0, 0, String::new());
    for (name, outcome) in outcomes {
        match outcome {
            Outcome::Whole(count) => operations += count,
            Outcome::Refused => refused += 1,
            Outcome::Wrong(why) => wrong += &format!("{name}: {why}\n"),
        }
    }
    eprintln!(
        "{} of {} documents, {operations} operations, {refused} documents of another version refused, {:.1} s",
        chosen.len(),
        all.len(),
        start.elapsed().as_secs_f64()
    );
    assert!(wrong.is_empty(), "{wrong}");
}

/// Everything where the generator is optimised.
fn is_chosen(path: &Path) -> bool {
    !cfg!(debug_assertions) || path.metadata().unwrap().len() <= LONGEST
}

/// What became of a document.
#[derive(Debug)]
enum Outcome {
    /// All of its operations are accounted for: so many.
    Whole(usize),
    /// It isn't OpenAPI 3.0, and the generator says that it can't read it.
    Refused,
    /// Why it is not as it should be.
    Wrong(String),
}

/// Generates, and counts the document's operations without the generator's help.
fn account(source: &Source, config: &Config) -> Outcome {
    let document = untyped(source).unwrap();
    let planned = match generator::plan(source, config, &plan::Placement::default()) {
        Ok(planned) => planned.value.krate,
        Err(_) if !is_3_0(&document) => return Outcome::Refused,
        Err(error) => return Outcome::Wrong(error.to_string()),
    };
    let (named, accounted) = (
        operations(&document).len(),
        planned.operations() + planned.not_generated.len(),
    );
    if named != accounted {
        return Outcome::Wrong(format!(
            "{named} operations in the document, {accounted} accounted for"
        ));
    }
    for (path, text) in emit::emit(&planned).0 {
        let is_emitted_rust = path.ends_with(".rs") && !path.starts_with("src/runtime/");
        if is_emitted_rust && let Err(error) = syn::parse_file(&text) {
            return Outcome::Wrong(format!("{path} isn't Rust: {error}"));
        }
    }
    Outcome::Whole(named)
}

fn is_3_0(document: &Value) -> bool {
    let version = document.get("openapi").and_then(Value::as_str);
    version.is_some_and(|version| version.starts_with("3.0"))
}
