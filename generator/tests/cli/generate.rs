//! What is written, and what isn't.

use std::fs;

use crate::scratch::{DOCUMENT, Scratch};

#[test]
fn generating_again_writes_nothing() {
    let scratch = Scratch::generated();
    let before = scratch.files("sdk");
    assert!(before.len() > 10);
    let run = scratch.run(&[]).exits_with(0);
    assert!(
        run.stdout.contains("2 operations as 2 methods"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("(nothing changed)"), "{}", run.stdout);
    assert_eq!(run.stderr, "");
    assert_eq!(scratch.files("sdk"), before, "texts and times");
    assert_eq!(scratch.run(&["generate"]).exits_with(0).stderr, "");
}

#[test]
fn a_run_that_stops_early_says_again_what_it_said() {
    let scratch = Scratch::new();
    scratch.edit("#/components/schemas/Thing", "#/components/schemas/Nothing");
    let first = scratch.run(&[]).exits_with(0);
    assert!(
        first.stderr.contains("unresolved-reference"),
        "{}",
        first.stderr
    );
    let again = scratch.run(&[]).exits_with(0);
    assert!(
        again.stdout.contains("(nothing changed)"),
        "{}",
        again.stdout
    );
    assert_eq!(again.stderr, first.stderr);
    scratch.run(&["generate", "--deny-warnings"]).exits_with(1);
}

#[test]
fn a_workspace_is_found_from_below() {
    let scratch = Scratch::new();
    scratch.run_in("specs", &[]).exits_with(0);
    assert!(scratch.path("sdk/Cargo.toml").exists());
}

#[test]
fn what_was_removed_comes_back() {
    let scratch = Scratch::generated();
    let texts = |scratch: &Scratch| -> Vec<String> {
        let files = scratch.files("sdk").into_values();
        files.map(|(text, _)| text).collect()
    };
    let before = texts(&scratch);
    fs::remove_dir_all(scratch.path("sdk/src")).unwrap();
    scratch.run(&[]).exits_with(0);
    assert_eq!(texts(&scratch), before);
    fs::remove_dir_all(scratch.path("sdk")).unwrap();
    scratch.run(&[]).exits_with(0);
    assert_eq!(texts(&scratch), before);
}

#[test]
fn a_changed_document_rewrites_what_it_changes_and_nothing_else() {
    let scratch = Scratch::generated();
    let before = scratch.files("sdk");
    scratch.edit("All of them.", "Every one.");
    scratch.edit("        name:\n", "        title:\n");
    scratch.run(&[]).exits_with(0);
    let after = scratch.files("sdk");
    let changed = before
        .iter()
        .filter(|(path, file)| after.get(*path) != Some(*file));
    assert!((1..10).contains(&changed.count()));
}

#[test]
fn what_is_not_emitted_any_more_is_removed() {
    let scratch = Scratch::generated();
    let before = scratch.files("sdk").len();
    scratch.edit("  /things:", "  /stuff:");
    let run = scratch.run(&[]).exits_with(0);
    assert!(run.stdout.contains("removed"), "{}", run.stdout);
    assert!(!scratch.path("sdk/src/resources/things.rs").exists());
    assert_eq!(scratch.files("sdk").len(), before);
}

#[test]
fn files_of_others_stay_and_one_in_the_way_stops_everything() {
    let scratch = Scratch::generated();
    scratch.write("sdk/src/mine.rs", "// mine\n");
    scratch.edit("All of them.", "Every one.");
    scratch.run(&[]).exits_with(0);
    assert_eq!(scratch.read("sdk/src/mine.rs"), "// mine\n");

    let scratch = Scratch::new();
    scratch.write("sdk/src/lib.rs", "// mine\n");
    let before = scratch.files("sdk");
    let run = scratch.run(&[]).exits_with(2);
    assert!(
        run.stderr.contains("lib.rs` wasn't made by this generator"),
        "{}",
        run.stderr
    );
    assert_eq!(scratch.files("sdk"), before, "nothing else was written");
}

#[test]
fn a_document_that_cannot_be_read_changes_nothing() {
    let scratch = Scratch::generated();
    let before = scratch.files("sdk");
    scratch.edit(
        "      operationId: createThing",
        "      operationId: createThing: now",
    );
    let run = scratch.run(&[]).exits_with(2);
    let expected = "\
error[syntax-error]: mapping values are not allowed in this context
  --> specs/things.yaml:21:31
   |
21 |       operationId: createThing: now
   |                               ^
   |
   = help: a text with `: ` in it needs quotes; or the line above lacks its colon or the space behind it
";
    assert_eq!(run.stderr, expected);
    assert_eq!(run.stdout, "");
    assert_eq!(scratch.files("sdk"), before);
}

/// Everything is made before anything is written.
#[test]
fn one_bad_document_of_two_changes_neither() {
    let scratch = Scratch::generated();
    let before = scratch.files("sdk");
    scratch.edit("All of them.", "Every one.");
    scratch.write("specs/zzz.yaml", "openapi: 3.0.3\npaths: [\n");
    scratch.write("specs/zzz.toml", "spec = \"zzz.yaml\"\nout = \"../zzz\"\n");
    let run = scratch.run(&[]).exits_with(2);
    assert!(run.stderr.contains("specs/zzz.yaml:3:1"), "{}", run.stderr);
    assert_eq!(scratch.files("sdk"), before);
    assert!(!scratch.path("zzz").exists());
}

#[test]
fn a_dry_run_says_what_would_change_and_writes_nothing() {
    let scratch = Scratch::new();
    let run = scratch.run(&["generate", "--dry-run"]).exits_with(0);
    assert!(run.stdout.contains("files would change"), "{}", run.stdout);
    assert!(!scratch.path("sdk").exists());
    scratch.run(&[]).exits_with(0);
    let run = scratch.run(&["generate", "--dry-run"]).exits_with(0);
    assert!(
        run.stdout.contains("0 files would change"),
        "{}",
        run.stdout
    );
}

#[test]
fn any_document_makes_an_sdk_without_configuration() {
    let scratch = Scratch::new();
    scratch.write(
        "elsewhere/openapi.yml",
        &DOCUMENT.replace("Things", "Other Things"),
    );
    let arguments = [
        "generate",
        "--spec",
        "elsewhere/openapi.yml",
        "--out",
        "other",
    ];
    scratch.run(&arguments).exits_with(0);
    assert!(
        scratch
            .read("other/Cargo.toml")
            .contains("name = \"other-things\"")
    );
    scratch
        .run(&[&arguments[..], &["--name", "mine"]].concat())
        .exits_with(0);
    assert!(scratch.read("other/Cargo.toml").contains("name = \"mine\""));
    assert!(!scratch.path("sdk").exists());
}
