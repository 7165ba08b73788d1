//! `--overlay`, and `overlays` in the configuration.

use crate::scratch::{CONFIGURATION, Scratch};

const HEAD: &str = "overlay: 1.0.0\ninfo: {title: Changes, version: 1.0.0}\nactions:\n";

/// Renames an operation.
fn renaming(name: &str) -> String {
    format!("{HEAD}  - target: $.paths['/things'].get\n    update: {{operationId: {name}}}\n")
}

fn operation_ids(scratch: &Scratch, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["inspect", "--format", "json"], arguments].concat();
    let inspection = scratch.run(&arguments).exits_with(0).stdout_json();
    let operations = inspection["operations"].as_array().unwrap();
    let ids = operations.iter().map(|one| one["id"].as_str().unwrap());
    ids.map(str::to_owned).collect()
}

#[test]
fn overlays_change_the_document_in_order_the_command_lines_after_the_configurations() {
    let scratch = Scratch::new();
    for name in ["first", "second", "third"] {
        scratch.write(&format!("specs/{name}.yaml"), &renaming(name));
    }
    let configured = format!("overlays = [\"first.yaml\"]\n{CONFIGURATION}");
    scratch.write("specs/things.toml", &configured);
    assert_eq!(operation_ids(&scratch, &[]), ["first", "createThing"]);
    let config = ["--config", "specs/things.toml"];
    let given = [
        "--overlay",
        "specs/third.yaml",
        "--overlay",
        "specs/second.yaml",
    ];
    let ids = operation_ids(&scratch, &[&config[..], &given[..]].concat());
    assert_eq!(ids, ["second", "createThing"]);
}

#[test]
fn a_changed_overlay_makes_the_crate_anew_and_check_sees_it() {
    let scratch = Scratch::new();
    let configured = format!("overlays = [\"fix.yaml\"]\n{CONFIGURATION}");
    scratch.write("specs/things.toml", &configured);
    let summary = |text: &str| {
        format!("{HEAD}  - target: $.paths['/things'].get\n    update: {{summary: {text}}}\n")
    };
    scratch.write("specs/fix.yaml", &summary("Every single thing"));
    scratch.run(&[]).exits_with(0);
    assert!(
        scratch
            .read("sdk/src/things.rs")
            .contains("Every single thing")
    );
    scratch.run(&["check"]).exits_with(0);
    scratch.write("specs/fix.yaml", &summary("All there is"));
    scratch.run(&["check"]).exits_with(1);
    scratch.run(&[]).exits_with(0);
    assert!(scratch.read("sdk/src/things.rs").contains("All there is"));
}

#[test]
fn what_matches_nothing_is_a_warning_at_its_line_of_the_overlay() {
    let scratch = Scratch::new();
    scratch.write(
        "fix.yaml",
        &format!("{HEAD}  - target: $.nothing\n    remove: true\n"),
    );
    let arguments = [
        "inspect",
        "--spec",
        "specs/things.yaml",
        "--overlay",
        "fix.yaml",
    ];
    let run = scratch.run(&arguments).exits_with(0);
    let stderr = &run.stderr;
    assert!(
        stderr.starts_with("warning[unmatched-overlay-target]: "),
        "{stderr}"
    );
    assert!(stderr.contains(" --> fix.yaml:4:5\n"), "{stderr}");
}

#[test]
fn an_overlay_that_cannot_be_read_stops_everything() {
    let scratch = Scratch::new();
    let arguments = [
        "generate",
        "--spec",
        "specs/things.yaml",
        "--out",
        "sdk",
        "--overlay",
    ];
    let run = scratch
        .run(&[&arguments[..], &["no.yaml"]].concat())
        .exits_with(2);
    assert!(
        run.stderr.starts_with("error: overlay `no.yaml`: "),
        "{}",
        run.stderr
    );
    scratch.write("fix.yaml", "overlay: 1.0.0\nactions:\n  - target: paths\n");
    let run = scratch
        .run(&[&arguments[..], &["fix.yaml"]].concat())
        .exits_with(2);
    assert!(
        run.stderr.contains("error[not-overlay]: "),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains(" --> fix.yaml:3:5\n"), "{}", run.stderr);
    assert!(!scratch.path("sdk").exists());
}

#[test]
fn two_documents_are_compared_as_the_overlay_leaves_them() {
    let scratch = Scratch::new();
    scratch.write("old.yaml", &scratch.read("specs/things.yaml"));
    scratch.edit("operationId: listThings", "operationId: allThings");
    let compared = ["diff", "old.yaml", "specs/things.yaml", "--fail-on", "any"];
    scratch.run(&compared).exits_with(1);
    scratch.write("fix.yaml", &renaming("listThings"));
    let overlaid = [&compared[..], &["--overlay", "fix.yaml"]].concat();
    scratch.run(&overlaid).exits_with(0);
}

#[test]
fn what_an_overlay_brings_may_lead_to_files_beside_the_document() {
    let scratch = Scratch::new();
    scratch.write(
        "specs/more.yaml",
        "Other: {type: object, properties: {colour: {type: string}}}\n",
    );
    let update = "{properties: {other: {$ref: 'more.yaml#/Other'}}}";
    let action = format!("{HEAD}  - target: $.components.schemas.Thing\n    update: {update}\n");
    scratch.write("fix.yaml", &action);
    let arguments = [
        "generate",
        "--config",
        "specs/things.toml",
        "--overlay",
        "fix.yaml",
    ];
    let run = scratch.run(&arguments).exits_with(0);
    assert_eq!(run.stderr, "");
    assert!(scratch.read("sdk/src/things.rs").contains("colour"));
}
