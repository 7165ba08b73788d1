//! `check`: whether the files are what the document says.

use serde_json::json;

use crate::published::assert_fits;
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
    assert_eq!(kinds(0), (&json!("src/lib.rs"), &json!("missing")));
    assert_eq!(kinds(1), (&json!("src/old.rs"), &json!("extra")));
    assert_eq!(found["folder"], "sdk");
    assert_eq!(found["up_to_date"], false);
    assert_eq!(
        (&found["missing"], &found["extra"], &found["changed"]),
        (&json!(1), &json!(1), &json!(0))
    );
    scratch.write("sdk/src/lib.rs", &lib.replace('\n', "\r\n"));
    let run = scratch.run(&["check"]).exits_with(1);
    assert!(
        run.stdout.contains("sdk/src/lib.rs has CRLF line ends"),
        "{}",
        run.stdout
    );
}

#[test]
fn programs_get_the_form_that_is_published_with_the_diff_of_each_file() {
    let scratch = Scratch::generated();
    scratch.edit("  title: Things", "  title: Stuff");
    let run = scratch.run(&["check", "--format", "json"]).exits_with(1);
    let found = run.stdout_json();
    assert_fits("check", &found);
    let differences = found["differences"].as_array().unwrap();
    assert_eq!(found["changed"], differences.len());
    for difference in differences {
        assert_eq!(difference["kind"], "changed");
        let path = difference["path"].as_str().unwrap();
        let diff = difference["diff"].as_str().unwrap();
        assert!(diff.starts_with(&format!("--- a/{path}\n+++ b/{path}\n@@ ")));
    }
    scratch.run(&[]).exits_with(0);
    let run = scratch.run(&["check", "--format", "json"]).exits_with(0);
    assert_fits("check", &run.stdout_json());
    assert_eq!(run.stdout_json()["up_to_date"], true);
}

#[test]
fn what_a_crate_is_made_from_is_stamped() {
    let scratch = Scratch::generated();
    let stamps = || {
        let run = scratch.run(&["check", "--format", "json"]);
        run.stdout_json()["made_from"].clone()
    };
    let before = stamps();
    assert_eq!(before["spec"][0]["file"], "specs/things.yaml");
    assert_eq!(before["configuration"]["file"], "specs/things.toml");
    assert_eq!(before["generator"], env!("CARGO_PKG_VERSION"));
    assert_eq!(before["templates"].as_str().unwrap().len(), 64);
    assert_eq!(stamps(), before);
    let configuration = scratch.read("specs/things.toml");
    scratch.write("specs/things.toml", &format!("{configuration}# Said.\n"));
    let after = stamps();
    assert_eq!(after["spec"], before["spec"]);
    assert_ne!(after["configuration"], before["configuration"]);
    scratch.edit("  title: Things", "  title: Stuff");
    assert_ne!(stamps()["spec"], before["spec"]);
    let bare = scratch.run(&[
        "check",
        "--spec",
        "specs/things.yaml",
        "--out",
        "elsewhere",
        "--format",
        "json",
    ]);
    assert_eq!(
        bare.stdout_json()["made_from"]["configuration"],
        json!(null)
    );
}
