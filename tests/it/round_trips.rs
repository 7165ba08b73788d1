//! Values through the types and back: `tests/round_trips/spec.yaml` has a schema of every kind.

use std::fs;

use generator::config::Config;
use generator::plan::Placement;
use generator::source::Source;
use serde_json::Value;
use tests::documents::untyped;
use tests::examples::{escaped, examples};
use tests::made::Maker;
use tests::program;
use tests::round_trips::{Outcome, Trials, Untried};
use tests::typed::Types;

use crate::compiles::Workspace;
use crate::fixtures::root;

/// How many values of each schema are made, beside those that the document shows.
const MADE: usize = 100;
/// Fewer than this being what their schemas say would mean that nothing is tried.
const AT_LEAST: usize = 5;
/// Components that are parts of others and no types by themselves.
const PARTS: &[&str] = &["Base", "Circle", "Square"];

#[test]
fn values_of_every_kind_come_back_as_they_were() {
    let source = Source::read(&root().join("tests/round_trips/spec.yaml")).unwrap();
    let document = untyped(&source).unwrap();
    let placement = Placement {
        source: "tests/round_trips/spec.yaml".to_owned(),
        name: Some("sdk".to_owned()),
        in_workspace: false,
    };
    let planned = generator::plan(&source, &Config::default(), &placement)
        .unwrap()
        .value;
    let types = Types::of(&planned);
    let mut trials = Trials::new(&document, &types);

    let shown = examples(&document);
    for example in &shown {
        trials
            .add(&example.schema, &example.value)
            .unwrap_or_else(|untried| panic!("{}: {untried:?}", example.at));
    }
    let shown: Vec<(String, Value)> = shown
        .into_iter()
        .map(|example| (example.at, example.value))
        .collect();
    let made = made(&document, &mut trials);

    let workspace = Workspace::new("round_trips");
    workspace.write(
        "sdk",
        &Trials::opened(&generator::emit::emit(&planned.krate)),
    );
    let caller = workspace.folder.join("caller");
    trials.program().write(&caller).unwrap();
    let input = caller.join("values");
    fs::write(&input, trials.input()).unwrap();
    let said = program::run(&caller, &Workspace::target(), &[&input.to_string_lossy()]).unwrap();

    let outcomes = trials.outcomes(&said).unwrap();
    let values = shown.iter().chain(&made);
    let changed: Vec<String> = values
        .zip(outcomes)
        .filter(|(_, outcome)| *outcome != Outcome::Same)
        .map(|((at, value), outcome)| format!("{at}: {outcome:?}\n    {value}"))
        .collect();
    assert!(
        changed.is_empty(),
        "{} don't come back\n{}",
        changed.len(),
        changed.join("\n")
    );
}

/// Values at random of every component.
fn made(document: &Value, trials: &mut Trials<'_>) -> Vec<(String, Value)> {
    let mut made = Vec::new();
    'components: for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let at = format!("/components/schemas/{}", escaped(name));
        let mut maker = Maker::new(document, 1);
        let before = made.len();
        for _ in 0..MADE {
            let value = maker.value(schema);
            match trials.add(&at, &value) {
                Ok(_) => made.push((at.clone(), value)),
                // The maker doesn't keep every bound.
                Err(Untried::Invalid(_)) => {}
                Err(Untried::Untyped) => {
                    // Merged into what is composed of it.
                    assert!(PARTS.contains(&name.as_str()), "{at} has no type");
                    continue 'components;
                }
            }
        }
        assert!(
            made.len() >= before + AT_LEAST,
            "hardly a value is made of {at}"
        );
    }
    made
}
