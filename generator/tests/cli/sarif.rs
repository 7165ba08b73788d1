//! `--format sarif`: what was said, for code hosts and editors.

use serde_json::{Value, json};

use crate::scratch::{Run, Scratch};

/// The one run of a log, which follows the rules of SARIF that matter to those who read it.
fn run_of(run: &Run) -> Value {
    assert_eq!(run.stderr, "");
    let mut log = run.stdout_json();
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"].as_array().map(Vec::len), Some(1));
    let run = log["runs"][0].take();
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        assert!(
            rules.iter().any(|rule| rule["id"] == result["ruleId"]),
            "{result}"
        );
        assert!(result["message"]["text"].is_string(), "{result}");
    }
    run
}

fn results(run: &Run) -> Vec<(String, String, Value)> {
    let run = run_of(run);
    let results = run["results"].as_array().unwrap().iter();
    results
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (
                text(&result["ruleId"]),
                text(&place["artifactLocation"]["uri"]),
                place["region"].clone(),
            )
        })
        .collect()
}

#[test]
fn warnings_and_notes_are_results_with_their_regions() {
    let scratch = Scratch::new();
    scratch.edit("operationId: createThing", "operationId: listThings");
    scratch.edit("required: [name]", "required: [name, size]");
    let expected = |line: usize, column: usize, end: usize| json!({"startLine": line, "startColumn": column, "endColumn": end});
    let (file, note, warning) = (
        "specs/things.yaml",
        "unknown-required-property",
        "duplicate-operation-id",
    );
    let expected = [
        (note.to_owned(), file.to_owned(), expected(35, 7, 15)),
        (warning.to_owned(), file.to_owned(), expected(21, 7, 18)),
    ];
    for command in [&["generate"][..], &["check"], &["inspect"], &[]] {
        let run = scratch.run(&[command, &["--format", "sarif"]].concat());
        assert_eq!(results(&run.exits_with(0)), expected, "{command:?}");
    }
    let denied = ["inspect", "--format", "sarif", "--deny-warnings"];
    let run = scratch.run(&denied).exits_with(1);
    assert_eq!(run_of(&run)["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn two_documents_share_one_log() {
    let scratch = Scratch::new();
    scratch.edit("operationId: createThing", "operationId: listThings");
    scratch.write("specs/others.yaml", &scratch.read("specs/things.yaml"));
    scratch.write(
        "specs/others.toml",
        "spec = \"others.yaml\"\nout = \"../others\"\n",
    );
    let found = results(
        &scratch
            .run(&["generate", "--format", "sarif"])
            .exits_with(0),
    );
    let files: Vec<&str> = found.iter().map(|(_, file, _)| file.as_str()).collect();
    assert_eq!(files, ["specs/others.yaml", "specs/things.yaml"]);
}

#[test]
fn check_gives_a_result_for_every_file_that_differs() {
    let scratch = Scratch::generated();
    let run = scratch.run(&["check", "--format", "sarif"]).exits_with(0);
    assert_eq!(results(&run), []);
    scratch.write("sdk/src/things.rs", "// by hand\n");
    let run = scratch.run(&["check", "--format", "sarif"]).exits_with(1);
    let expected = (
        "drift".to_owned(),
        "sdk/src/things.rs".to_owned(),
        Value::Null,
    );
    assert_eq!(results(&run), [expected]);
}

#[test]
fn what_stops_a_run_is_a_result_too() {
    let scratch = Scratch::new();
    let arguments = ["check", "--spec", "no.yaml", "--format", "sarif"];
    let run = scratch.run(&arguments).exits_with(2);
    assert_eq!(results(&run)[0].0, "trouble");
    assert_eq!(run_of(&run)["invocations"][0]["executionSuccessful"], false);
    scratch.write("specs/things.yaml", "openapi: 3.0.3\ninfo: {}\ninfo: {}\n");
    let run = scratch.run(&["check", "--format", "sarif"]).exits_with(2);
    let expected = json!({"startLine": 3, "startColumn": 1, "endColumn": 5});
    let found = (
        "syntax-error".to_owned(),
        "specs/things.yaml".to_owned(),
        expected,
    );
    assert_eq!(results(&run), [found]);
    let related = run_of(&run)["results"][0]["relatedLocations"][0].take();
    assert_eq!(related["physicalLocation"]["region"]["startLine"], 2);
}

#[test]
fn what_has_no_sarif_says_so() {
    let run = Scratch::new().run(&["explain", "listThings", "--format", "sarif"]);
    let run = run.exits_with(2);
    assert_eq!(results(&run)[0].0, "trouble");
}
