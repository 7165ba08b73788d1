//! `generate --bump`: the next version, and what callers are told of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::scratch::Scratch;

/// Generated and committed, as a repository is before its document changes.
fn committed() -> Scratch {
    let scratch = Scratch::generated();
    scratch.git(&["init", "--quiet"]);
    commit(&scratch);
    scratch
}

fn commit(scratch: &Scratch) {
    scratch.git(&["add", "specs", "sdk"]);
    scratch.git(&["commit", "--quiet", "--message", "All."]);
}

/// The list goes, and with it a method.
fn break_callers(scratch: &Scratch) {
    scratch.edit(
        "    get:\n      operationId: listThings\n",
        "    put:\n      operationId: putThings\n",
    );
}

fn add_to_it(scratch: &Scratch) {
    scratch.edit(
        "          type: string\n",
        "          type: string\n        weight:\n          type: number\n",
    );
}

#[test]
fn a_break_gives_the_next_version_an_entry_and_what_callers_change() {
    let scratch = committed();
    break_callers(&scratch);
    let run = scratch.run(&["generate", "--bump"]).exits_with(0);
    assert!(
        run.stdout.contains("sdk: 0.1.0 -> 0.2.0, a major step: "),
        "{}",
        run.stdout
    );
    assert!(
        scratch
            .read("sdk/Cargo.toml")
            .contains("version = \"0.2.0\"")
    );
    assert_eq!(
        scratch.read("specs/things.toml"),
        "spec = \"things.yaml\"\nout = \"../sdk\"\n\n[package]\nname = \"things\"\nversion = \"0.2.0\"\n"
    );
    let changelog = scratch.read("sdk/CHANGELOG.md");
    for part in [
        "# Changelog\n",
        "\n<!-- bump from 0.1.0 -->\n## [0.2.0] - 20",
        "\n### Removed\n\n- **breaks callers:** `GET /things` was removed (`things`)\n",
        "\n### Added\n\n- `PUT /things` was added (`things`)\n",
        "\n<!-- end of bump -->\n",
    ] {
        assert!(changelog.contains(part), "{part}\n{changelog}");
    }
    let migration = scratch.read("sdk/MIGRATION.md");
    for part in [
        "\n## From 0.1.0 to 0.2.0\n\n### `GET /things` was removed\n\nIn `things`; breaks callers at compile time: ",
        "\n```rust\n// Before, 0.1.0:\n",
        "let answer: Vec<things::Thing> = client.things().list().await?;\n",
        "\n// After, 0.2.0:\n// There is nothing in its place.\n```\n",
    ] {
        assert!(migration.contains(part), "{part}\n{migration}");
    }
}

#[test]
fn later_runs_keep_the_version() {
    let scratch = committed();
    break_callers(&scratch);
    scratch.run(&["generate", "--bump"]).exits_with(0);
    scratch.run(&["check"]).exits_with(0);
    let before = written(&scratch);
    let run = scratch.run(&[]).exits_with(0);
    assert!(run.stdout.contains("(nothing changed)"), "{}", run.stdout);
    assert_eq!(written(&scratch), before);
    // The same step once more is the same step.
    scratch.run(&["generate", "--bump"]).exits_with(0);
    assert_eq!(written(&scratch), before);
}

/// Every text that a run may write.
fn written(scratch: &Scratch) -> BTreeMap<PathBuf, String> {
    let files = ["sdk", "specs"]
        .into_iter()
        .flat_map(|folder| scratch.files(folder));
    files.map(|(path, (text, _))| (path, text)).collect()
}

#[test]
fn a_step_that_grows_before_it_is_committed_is_one_step() {
    let scratch = committed();
    add_to_it(&scratch);
    scratch.run(&["generate", "--bump"]).exits_with(0);
    assert!(
        scratch
            .read("sdk/Cargo.toml")
            .contains("version = \"0.1.1\"")
    );
    assert!(!scratch.path("sdk/MIGRATION.md").exists());
    break_callers(&scratch);
    scratch.run(&["generate", "--bump"]).exits_with(0);
    assert!(
        scratch
            .read("sdk/Cargo.toml")
            .contains("version = \"0.2.0\"")
    );
    let changelog = scratch.read("sdk/CHANGELOG.md");
    assert!(!changelog.contains("0.1.1"), "{changelog}");
    assert_eq!(changelog.matches("<!-- bump from").count(), 1);
}

#[test]
fn what_people_wrote_stays_and_versions_are_in_order() {
    let scratch = committed();
    let by_hand = "# Ours\n\n## [Unreleased]\n\n- Soon.\n\n## [0.1.0]\n\n- First.\n";
    scratch.write("sdk/CHANGELOG.md", by_hand);
    add_to_it(&scratch);
    scratch.run(&["generate", "--bump"]).exits_with(0);
    let edited = scratch.read("sdk/CHANGELOG.md").replace(
        "<!-- end of bump -->\n",
        "<!-- end of bump -->\n\n- By hand.\n",
    );
    scratch.write("sdk/CHANGELOG.md", &edited);
    commit(&scratch);
    break_callers(&scratch);
    scratch.run(&["generate", "--bump"]).exits_with(0);
    let changelog = scratch.read("sdk/CHANGELOG.md");
    let mut rest = changelog.as_str();
    for line in [
        "# Ours",
        "- Soon.",
        "## [0.2.0]",
        "## [0.1.1]",
        "- By hand.",
        "## [0.1.0]",
        "- First.",
    ] {
        let place = rest
            .find(line)
            .unwrap_or_else(|| panic!("{line}\n{changelog}"));
        rest = &rest[place..];
    }
}

#[test]
fn old_names_are_kept_and_stay_kept() {
    let scratch = committed();
    scratch.edit("schemas/Thing", "schemas/Item");
    scratch.edit("    Thing:\n", "    Item:\n");
    let configuration = scratch.read("specs/things.toml");
    scratch.write(
        "specs/things.toml",
        &format!("{configuration}\n[operations.listThings]\nname = \"all\"\n"),
    );
    let run = scratch
        .run(&["generate", "--bump", "--keep-deprecated"])
        .exits_with(0);
    assert!(
        run.stdout.contains("sdk: 0.1.0 -> 0.1.1, a minor step"),
        "{}",
        run.stdout
    );
    let configuration = scratch.read("specs/things.toml");
    for entry in [
        "[[renamed]]\ntype = \"things::Thing\"\nto = \"things::Item\"\nsince = \"0.1.1\"\n",
        "[[renamed]]\nmethod = \"things.list\"\nto = \"things.all\"\nsince = \"0.1.1\"\n",
    ] {
        assert!(configuration.contains(entry), "{configuration}");
    }
    let code = scratch.read("sdk/src/things.rs");
    let deprecated = "#[deprecated(since = \"0.1.1\", note = \"is called `things::Item` now\")]\npub type Thing = Item;";
    assert!(code.contains(deprecated), "{code}");
    scratch.run(&["check"]).exits_with(0);
    let before = written(&scratch);
    scratch
        .run(&["generate", "--bump", "--keep-deprecated"])
        .exits_with(0);
    assert_eq!(written(&scratch), before);
}

/// Such an entry stays as it is, without a version where it has none.
#[test]
fn old_names_that_were_written_by_hand_pass_the_check_after_a_step() {
    let scratch = committed();
    let configuration = scratch.read("specs/things.toml");
    let by_hand = "[[renamed]]\ntype = \"things::Old\"\nto = \"things::Thing\"\n";
    scratch.write("specs/things.toml", &format!("{configuration}\n{by_hand}"));
    break_callers(&scratch);
    scratch.run(&["generate", "--bump"]).exits_with(0);
    assert!(scratch.read("specs/things.toml").contains(by_hand));
    scratch.run(&["check"]).exits_with(0);
}

#[test]
fn what_cannot_be_kept_is_said() {
    let scratch = committed();
    scratch.edit("        name:\n", "        names:\n");
    scratch.edit("required: [name]", "required: [names]");
    let run = scratch
        .run(&["generate", "--bump", "--keep-deprecated"])
        .exits_with(0);
    assert!(
        run.stderr
            .contains("warning[rename-not-kept]: `Thing.name` looks renamed to `names`"),
        "{}",
        run.stderr
    );
    assert!(run.stdout.contains("a major step"), "{}", run.stdout);
}

#[test]
fn nothing_is_written_where_nothing_changed() {
    let scratch = committed();
    let run = scratch.run(&["generate", "--bump"]).exits_with(0);
    assert!(
        run.stdout.contains("sdk: 0.1.0 stays, nothing changed"),
        "{}",
        run.stdout
    );
    assert!(!scratch.path("sdk/CHANGELOG.md").exists());
    assert!(!scratch.read("specs/things.toml").contains("version"));
}

#[test]
fn the_older_document_and_configuration_come_from_elsewhere_too() {
    let scratch = committed();
    fs::copy(scratch.path("specs/things.yaml"), scratch.path("old.yaml")).unwrap();
    scratch.git(&["tag", "v1"]);
    break_callers(&scratch);
    commit(&scratch);
    for from in ["old.yaml", "git:v1:specs/things.yaml"] {
        let run = scratch
            .run(&["generate", "--bump", "--bump-from", from, "--dry-run"])
            .exits_with(0);
        assert!(
            run.stdout.contains("0.1.0 -> 0.2.0"),
            "{from}: {}",
            run.stdout
        );
    }
    // A configuration that says it otherwise is a break by itself.
    let configuration = scratch.read("specs/things.toml");
    let renamed = format!("{configuration}\n[operations.putThings]\nname = \"store\"\n");
    scratch.write("specs/things.toml", &renamed);
    let run = scratch
        .run(&["generate", "--bump", "--dry-run", "--format", "json"])
        .exits_with(0);
    assert!(run.stdout.contains("\"step\": \"major\""), "{}", run.stdout);
    assert_eq!(scratch.read("specs/things.toml"), renamed);
}

#[test]
fn nothing_is_written_where_something_is_wrong() {
    let scratch = Scratch::generated();
    break_callers(&scratch);
    let before = scratch.files("sdk");
    let said = |arguments: &[&str]| scratch.run(arguments).exits_with(2).stderr;
    assert!(said(&["generate", "--bump"]).contains("git:HEAD:./things."));
    scratch.git(&["init", "--quiet"]);
    commit(&scratch);
    let bare = said(&[
        "generate",
        "--bump",
        "--spec",
        "specs/things.yaml",
        "--out",
        "sdk",
    ]);
    assert!(bare.contains("give `--config FILE`"), "{bare}");
    scratch.edit("  title: Things", "  title: Stuff");
    fs::write(scratch.path("sdk/CHANGELOG.md"), [0xff]).unwrap();
    assert!(said(&["generate", "--bump"]).contains("CHANGELOG.md"));
    fs::remove_file(scratch.path("sdk/CHANGELOG.md")).unwrap();
    assert_eq!(scratch.files("sdk"), before);
    assert_eq!(scratch.run(&["generate", "--bump-from", "x"]).code, 2);
}

#[test]
fn a_document_that_was_renamed_is_compared_with_what_it_was() {
    let scratch = committed();
    break_callers(&scratch);
    scratch.git(&["mv", "specs/things.yaml", "specs/stuff.yaml"]);
    let configuration = scratch.read("specs/things.toml");
    let moved = configuration.replace("things.yaml", "stuff.yaml");
    scratch.write("specs/things.toml", &moved);
    let run = scratch.run(&["generate", "--bump"]).exits_with(0);
    assert!(run.stdout.contains("0.1.0 -> 0.2.0"), "{}", run.stdout);
}

#[test]
fn a_break_that_is_taken_back_before_it_is_committed_leaves_no_guide() {
    let scratch = committed();
    let document = scratch.read("specs/things.yaml");
    break_callers(&scratch);
    scratch.run(&["generate", "--bump"]).exits_with(0);
    assert!(scratch.read("sdk/MIGRATION.md").contains("From 0.1.0"));
    scratch.write("specs/things.yaml", &document);
    add_to_it(&scratch);
    scratch.run(&["generate", "--bump"]).exits_with(0);
    let guide = scratch.read("sdk/MIGRATION.md");
    assert!(!guide.contains("From 0.1.0"), "{guide}");
    assert!(scratch.read("sdk/CHANGELOG.md").contains("weight"));
}

#[test]
fn files_beside_a_document_are_those_of_its_commit() {
    let scratch = Scratch::new();
    let part = "Thing:\n  type: object\n  properties:\n    name:\n      type: string\n";
    scratch.write("specs/parts.yaml", part);
    scratch.write(
        "specs/many.yaml",
        "openapi: 3.0.3\ninfo: {title: Many, version: '1'}\npaths:\n  /things:\n    get:\n      responses:\n        '200':\n          description: A thing.\n          content:\n            application/json:\n              schema:\n                $ref: 'parts.yaml#/Thing'\n",
    );
    scratch.git(&["init", "--quiet"]);
    scratch.git(&["add", "specs"]);
    scratch.git(&["commit", "--quiet", "--message", "All."]);
    scratch.write("specs/parts.yaml", &part.replace("name", "title"));
    let sides = ["git:HEAD:specs/many.yaml", "specs/many.yaml"];
    let run = scratch.run(&["diff", sides[0], sides[1], "--fail-on", "major"]);
    let run = run.exits_with(1);
    assert!(run.stdout.contains("`Thing.name`"), "{}", run.stdout);
}

/// Not those of the folder, which are what is compared with.
#[test]
fn overlays_of_an_older_configuration_are_those_of_its_commit() {
    let scratch = committed();
    let overlay = |target: &str| {
        format!("overlay: 1.0.0\ninfo: {{title: A, version: '1'}}\nactions:\n  - {target}\n")
    };
    let configuration = scratch.read("specs/things.toml");
    scratch.write(
        "specs/things.toml",
        &format!("overlays = [\"../overlays/fix.yaml\"]\n{configuration}"),
    );
    scratch.write(
        "overlays/fix.yaml",
        &overlay("{target: $.info, update: {title: Things}}"),
    );
    scratch.git(&["add", "overlays"]);
    commit(&scratch);
    scratch.write(
        "overlays/fix.yaml",
        &overlay("{target: \"$.paths['/things'].get\", remove: true}"),
    );
    let document = "specs/things.yaml";
    let of_head = ["git:HEAD:specs/things.yaml", "git:HEAD:specs/things.toml"];
    scratch
        .run(&[
            "diff",
            of_head[0],
            document,
            "--old-config",
            of_head[1],
            "--new-config",
            "specs/things.toml",
            "--fail-on",
            "major",
        ])
        .exits_with(1);
}
