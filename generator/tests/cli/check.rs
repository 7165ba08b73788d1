//! `check`: whether the files are what the document says.

use serde_json::json;

use crate::scratch::Scratch;

#[test]
fn what_was_just_generated_is_up_to_date() {
    let scratch = Scratch::generated();
    let run = scratch.run(&["check"]).exits_with(0);
    assert!(
        run.stdout.contains("sdk: up to date (2 operations"),
        "{}",
        run.stdout
    );
    assert_eq!(scratch.run(&["check", "-q"]).exits_with(0).stdout, "");
}

#[test]
fn a_changed_document_is_found_with_a_unified_diff() {
    let scratch = Scratch::generated();
    let before = scratch.files("sdk");
    scratch.edit("  title: Things", "  title: Stuff");
    let run = scratch.run(&["check"]).exits_with(1);
    for line in [
        "--- a/README.md\n",
        "+++ b/README.md\n",
        "@@ ",
        "\n-",
        "\n+",
    ] {
        assert!(run.stdout.contains(line), "{line:?} in {}", run.stdout);
    }
    assert!(
        run.stdout.contains("sdk/README.md differs\n"),
        "{}",
        run.stdout
    );
    assert_eq!(scratch.files("sdk"), before, "check writes nothing");
    scratch.run(&[]).exits_with(0);
    scratch.run(&["check"]).exits_with(0);
}

#[test]
fn missing_and_superfluous_files_are_found() {
    let scratch = Scratch::generated();
    let lib = scratch.read("sdk/src/lib.rs");
    std::fs::rename(
        scratch.path("sdk/src/lib.rs"),
        scratch.path("sdk/src/old.rs"),
    )
    .unwrap();
    let run = scratch.run(&["check", "--format", "json"]).exits_with(1);
    let found = run.stdout_json();
    let kinds = |index: usize| {
        (
            &found["differences"][index]["path"],
            &found["differences"][index]["kind"],
        )
    };
    assert_eq!(kinds(0), (&json!("src/lib.rs"), &json!("is missing")));
    assert_eq!(
        kinds(1),
        (&json!("src/old.rs"), &json!("isn't emitted any more"))
    );
    assert_eq!(found["folder"], "sdk");
    scratch.write("sdk/src/lib.rs", &lib.replace('\n', "\r\n"));
    let run = scratch.run(&["check"]).exits_with(1);
    assert!(
        run.stdout.contains("sdk/src/lib.rs has CRLF line ends"),
        "{}",
        run.stdout
    );
}
