//! What is said where, and what it is worth.

use crate::scratch::{CONFIGURATION, Scratch};

/// Raises one warning and one note.
fn with_warnings() -> Scratch {
    let scratch = Scratch::new();
    scratch.edit("operationId: createThing", "operationId: listThings");
    scratch.edit("required: [name]", "required: [name, size]");
    scratch
}

#[test]
fn warnings_go_to_stderr_and_results_to_stdout() {
    let run = with_warnings().run(&[]).exits_with(0);
    assert!(
        run.stdout.starts_with("sdk: 2 operations"),
        "{}",
        run.stdout
    );
    let stderr = &run.stderr;
    assert!(
        stderr.starts_with("warning[duplicate-operation-id]: "),
        "{stderr}"
    );
    assert!(
        stderr.contains("  --> specs/things.yaml:21:7\n"),
        "{stderr}"
    );
    assert!(
        stderr.ends_with("specs/things.yaml: 1 warning, 1 note\n"),
        "{stderr}"
    );
    assert!(
        !stderr.contains("note[") && !stderr.contains('\u{1b}'),
        "{stderr}"
    );
    let run = with_warnings().run(&["--verbose"]).exits_with(0);
    assert!(
        run.stderr.contains("note[unknown-required-property]: "),
        "{}",
        run.stderr
    );
}

#[test]
fn warnings_can_be_denied() {
    let scratch = with_warnings();
    scratch.run(&["--deny-warnings"]).exits_with(1);
    scratch.run(&["generate", "--deny-warnings"]).exits_with(1);
    scratch.run(&["check", "--deny-warnings"]).exits_with(1);
    scratch.run(&["check"]).exits_with(0);
    Scratch::new().run(&["--deny-warnings"]).exits_with(0);
}

#[test]
fn quiet_says_nothing_but_errors() {
    let scratch = with_warnings();
    let run = scratch.run(&["--quiet"]).exits_with(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    let run = scratch
        .run(&["-q", "--format", "json", "--deny-warnings"])
        .exits_with(1);
    assert_eq!(run.stderr, "");
    scratch.write("specs/things.yaml", "openapi: [");
    assert!(
        scratch
            .run(&["-q"])
            .exits_with(2)
            .stderr
            .starts_with("error[syntax-error]")
    );
}

#[test]
fn for_other_tools_everything_is_json() {
    let scratch = with_warnings();
    let run = scratch.run(&["generate", "--format", "json"]).exits_with(0);
    let made = run.stdout_json();
    assert_eq!(
        (&made["folder"], &made["operations"]),
        (&"sdk".into(), &2.into())
    );
    assert_eq!(made["files"], made["written"]);
    let said = run.stderr_json();
    let expected = serde_json::json!([
        {
            "code": "unknown-required-property",
            "severity": "note",
            "message": "`required` names `size`, which is no property of the schema",
            "pointer": "#/components/schemas/Thing/required",
            "file": "specs/things.yaml",
            "line": 35,
            "column": 7,
            "help": "the name is left out",
        },
        {
            "code": "duplicate-operation-id",
            "severity": "warning",
            "message": "another operation has the id `listThings`, too",
            "pointer": "#/paths/~1things/post/operationId",
            "file": "specs/things.yaml",
            "line": 21,
            "column": 7,
            "help": "this one is called `listThings (POST /things)`",
        },
    ]);
    assert_eq!(said, expected);

    scratch.write("specs/things.yaml", "openapi: [");
    let run = scratch.run(&["check", "--format", "json"]).exits_with(2);
    assert_eq!(run.stdout, "");
    assert_eq!(run.stderr_json()[0]["code"], "syntax-error");
    let run = scratch
        .run(&["check", "--spec", "no.yaml", "--format", "json"])
        .exits_with(2);
    let message = &run.stderr_json()[0]["message"];
    assert!(message.as_str().unwrap().contains("no.yaml"), "{message}");
}

#[test]
fn many_messages_of_a_kind_are_counted() {
    let scratch = Scratch::new();
    let paths: String = (0..15)
        .map(|n| format!("  /p{n}: {{get: {{operationId: same, responses: {{}}}}}}\n"))
        .collect();
    scratch.edit("components:", &format!("{paths}components:"));
    let run = scratch.run(&["inspect"]).exits_with(0);
    assert_eq!(
        run.stderr
            .matches("warning[duplicate-operation-id]")
            .count(),
        10
    );
    assert!(
        run.stderr
            .contains("… and 4 more of `duplicate-operation-id` (`--verbose` shows all)"),
        "{}",
        run.stderr
    );
    let run = scratch.run(&["inspect", "-v"]).exits_with(0);
    assert_eq!(
        run.stderr
            .matches("warning[duplicate-operation-id]")
            .count(),
        14
    );
}

#[test]
fn an_unknown_key_of_the_configuration_is_shown_with_its_line() {
    let scratch = Scratch::new();
    scratch.write(
        "specs/things.toml",
        &format!("{CONFIGURATION}colour = \"red\"\n"),
    );
    let run = scratch.run(&[]).exits_with(2);
    for part in ["specs/things.toml", "line 6", "colour", "unknown field"] {
        assert!(run.stderr.contains(part), "{part} in {}", run.stderr);
    }
}

#[test]
fn what_is_missing_is_named() {
    let scratch = Scratch::new();
    let failing = |arguments: &[&str], part: &str| {
        let run = scratch.run(arguments).exits_with(2);
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
        assert!(run.stderr.contains(part), "{part} in {}", run.stderr);
        assert_eq!(run.stdout, "");
    };
    failing(
        &["generate", "--spec", "no.yaml", "--out", "x"],
        "`no.yaml`",
    );
    failing(&["generate", "--spec", "specs", "--out", "x"], "`specs`");
    failing(
        &["generate", "--spec", "specs/things.yaml"],
        "`--out FOLDER`",
    );
    failing(&["generate", "--out", "x"], "`--spec FILE`");
    failing(&["generate", "--config", "no.toml"], "no.toml");
    failing(&["frobnicate"], "frobnicate");
    failing(&["generate", "--format", "xml"], "xml");
    scratch.write("latin1.yaml", "");
    std::fs::write(scratch.path("latin1.yaml"), b"openapi: \xe9").unwrap();
    failing(&["inspect", "--spec", "latin1.yaml"], "UTF-8");
}

#[test]
fn without_a_workspace_a_document_is_asked_for() {
    let scratch = Scratch::new();
    std::fs::remove_file(scratch.path("Cargo.toml")).unwrap();
    let run = scratch.run(&[]).exits_with(2);
    assert!(run.stderr.contains("give `--spec FILE`"), "{}", run.stderr);
}

#[test]
fn help_names_every_command() {
    let run = Scratch::new().run(&["--help"]).exits_with(0);
    for command in [
        "generate",
        "check",
        "inspect",
        "explain",
        "--deny-warnings",
        "--format",
    ] {
        assert!(run.stdout.contains(command), "{command} in {}", run.stdout);
    }
}
