//! The scripts of `.github/actions`, on scratch repositories and without a network.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::scratch::{Run, Scratch};

/// A repository with an SDK on `main`, and a branch on which somebody works.
fn branch() -> Scratch {
    let scratch = Scratch::new();
    scratch.git(&["init", "--quiet", "--initial-branch", "main"]);
    scratch.write(".gitignore", "/.cache\n/gh\n/tmp\n");
    scratch.run(&[]).exits_with(0);
    commit(&scratch);
    scratch.git(&["switch", "--quiet", "--create", "work"]);
    fs::create_dir(scratch.path("tmp")).unwrap();
    scratch
}

fn commit(scratch: &Scratch) {
    scratch.git(&["add", "--all"]);
    scratch.git(&["commit", "--quiet", "--message", "Some."]);
}

fn change_words(scratch: &Scratch) {
    let id = "      operationId: listThings\n";
    scratch.edit(id, &format!("{id}      summary: Lists all of them.\n"));
}

fn break_callers(scratch: &Scratch) {
    scratch.edit("        name:\n", "        title:\n");
    scratch.edit("required: [name]", "required: [title]");
}

fn regenerate(scratch: &Scratch) {
    scratch.run(&[]).exits_with(0);
    commit(scratch);
}

/// Runs a script as the action does.
fn script(scratch: &Scratch, name: &str, environment: &[(&str, &str)]) -> Run {
    let actions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/actions");
    let path = std::env::var("PATH").unwrap();
    let output = Command::new("bash")
        .arg(actions.join(name))
        .current_dir(scratch.path("."))
        .env_remove("GITHUB_ACTIONS")
        .env_remove("GITHUB_OUTPUT")
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("XDG_CACHE_HOME", scratch.path(".cache"))
        .env("RUNNER_TEMP", scratch.path("tmp"))
        .env("PATH", format!("{}:{path}", scratch.path("gh").display()))
        .env("GENERATOR", env!("CARGO_BIN_EXE_generator"))
        .env("SPEC", "specs/things.yaml")
        .env("CONFIG", "specs/things.toml")
        .env("BASE", "main")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    Run::of(output)
}

fn spec_change(scratch: &Scratch, environment: &[(&str, &str)]) -> Run {
    script(scratch, "spec-change/spec-change.sh", environment)
}

fn comment(scratch: &Scratch) -> String {
    scratch.read("tmp/spec-change.md")
}

#[test]
fn a_change_of_words_passes() {
    let scratch = branch();
    change_words(&scratch);
    regenerate(&scratch);
    let outputs = scratch.path("tmp/outputs");
    let outputs = outputs.to_str().unwrap();
    spec_change(&scratch, &[("GITHUB_OUTPUT", outputs)]).exits_with(0);
    let comment = comment(&scratch);
    assert!(
        comment.starts_with(
            "<!-- spec-change: specs/things.yaml -->\n### The SDK needs a patch step: 0.1.0 -> 0.1.1\n"
        ),
        "{comment}"
    );
    assert!(!comment.contains("**"), "{comment}");
    let told = scratch.read("tmp/outputs");
    assert!(
        told.starts_with("step=patch\nverdict=passed\ncomment="),
        "{told}"
    );
}

#[test]
fn a_break_fails_and_the_comment_says_what_to_do() {
    let scratch = branch();
    break_callers(&scratch);
    regenerate(&scratch);
    spec_change(&scratch, &[("LABELS", "docs, ready")]).exits_with(1);
    let comment = comment(&scratch);
    for part in [
        "### The SDK needs a major step: 0.1.0 -> 0.2.0\n",
        "- `Thing.name` looks renamed to `title`\n",
        "<details><summary><code>things</code> (",
        "\n**Callers break.** If they may: set the label `breaking-change`, or name the changes with a reason.\n",
    ] {
        assert!(comment.contains(part), "{part}\n{comment}");
    }
}

#[test]
fn the_label_lets_a_break_pass() {
    let scratch = branch();
    break_callers(&scratch);
    regenerate(&scratch);
    spec_change(&scratch, &[("LABELS", "docs, breaking-change")]).exits_with(0);
    assert!(
        comment(&scratch)
            .contains("\nCallers break, and the label `breaking-change` says that they may.\n")
    );
    let other = [("LABELS", "breaking-change"), ("LABEL", "major")];
    spec_change(&scratch, &other).exits_with(1);
}

#[test]
fn what_was_agreed_to_lets_a_break_pass() {
    let scratch = branch();
    break_callers(&scratch);
    scratch.write(
        ".github/agreed-changes.toml",
        "[[ignore]]\nkind = \"property-*\"\nreason = \"both names are taken\"\n",
    );
    regenerate(&scratch);
    let agreed = [("IGNORE", ".github/agreed-changes.toml")];
    spec_change(&scratch, &agreed).exits_with(0);
    let comment = comment(&scratch);
    assert!(comment.contains("both names are taken"), "{comment}");
    assert!(!comment.contains("**Callers break.**"), "{comment}");
}

#[test]
fn an_sdk_that_was_not_made_anew_fails() {
    let scratch = branch();
    change_words(&scratch);
    commit(&scratch);
    let run = spec_change(&scratch, &[]).exits_with(1);
    assert!(run.stdout.contains("+++ b/src/things.rs"), "{}", run.stdout);
    assert!(
        comment(&scratch).contains("\n**The SDK isn't what the document says.** Run the generator")
    );
}

#[test]
fn what_others_merged_in_the_meantime_is_no_part_of_the_change() {
    let scratch = branch();
    change_words(&scratch);
    regenerate(&scratch);
    scratch.git(&["switch", "--quiet", "main"]);
    break_callers(&scratch);
    regenerate(&scratch);
    scratch.git(&["switch", "--quiet", "work"]);
    spec_change(&scratch, &[]).exits_with(0);
}

#[test]
fn a_new_document_breaks_nobody_and_a_missing_one_is_a_mistake() {
    let scratch = branch();
    let new = [("SPEC", "specs/more.yaml"), ("CONFIG", "")];
    spec_change(&scratch, &new).exits_with(2);
    fs::copy(
        scratch.path("specs/things.yaml"),
        scratch.path("specs/more.yaml"),
    )
    .unwrap();
    spec_change(&scratch, &new).exits_with(0);
    assert!(comment(&scratch).contains("### A new document"));
    assert_eq!(spec_change(&scratch, &[("BASE", "nowhere")]).code, 2);
}

#[test]
fn a_document_that_was_moved_is_compared_with_what_it_was() {
    let scratch = branch();
    break_callers(&scratch);
    scratch.git(&["mv", "specs/things.yaml", "specs/stuff.yaml"]);
    let configuration = scratch.read("specs/things.toml");
    scratch.write(
        "specs/things.toml",
        &configuration.replace("things.yaml", "stuff.yaml"),
    );
    regenerate(&scratch);
    spec_change(&scratch, &[("SPEC", "specs/stuff.yaml")]).exits_with(1);
    let comment = comment(&scratch);
    assert!(comment.contains("**Callers break.**"), "{comment}");
}

/// A `gh` that writes down what it is asked, and answers as it is told.
fn with_gh(scratch: &Scratch, answer: &str) {
    let log = scratch.path("tmp/asked");
    scratch.write(
        "gh/gh",
        &format!(
            "#!/usr/bin/env bash\nprintf '%s\\n' \"$*\" >>'{}'\ncase \"$*\" in *--jq*) printf '%s' '{answer}' ;; esac\n",
            log.display()
        ),
    );
    let made_executable = Command::new("chmod")
        .arg("+x")
        .arg(scratch.path("gh/gh"))
        .status();
    assert!(made_executable.unwrap().success());
    let _ = fs::remove_file(log);
}

#[test]
fn a_comment_is_written_once_and_brought_up_to_date() {
    let scratch = branch();
    scratch.write("tmp/text.md", "<!-- spec-change: a -->\nText.\n");
    let text = scratch.path("tmp/text.md");
    let environment = [
        ("COMMENT", text.to_str().unwrap()),
        ("REPOSITORY", "team/things"),
        ("PULL_REQUEST", "7"),
    ];
    for (answer, asked) in [
        (
            "",
            "api --method POST repos/team/things/issues/7/comments --field body=@",
        ),
        (
            "42\n",
            "api --method PATCH repos/team/things/issues/comments/42 --field body=@",
        ),
    ] {
        with_gh(&scratch, answer);
        script(&scratch, "spec-change/comment.sh", &environment).exits_with(0);
        let log = scratch.read("tmp/asked");
        let last = log.lines().last().unwrap();
        assert!(last.starts_with(asked), "{log}");
    }
}

#[test]
fn a_newer_document_becomes_a_pull_request_with_the_next_version() {
    let scratch = branch();
    scratch.git(&["switch", "--quiet", "main"]);
    let remote = scratch.path("tmp/remote.git");
    let remote = remote.to_str().unwrap();
    scratch.git(&["init", "--quiet", "--bare", remote]);
    scratch.git(&["remote", "add", "origin", remote]);
    let published = scratch.path("tmp/published.yaml");
    let url = format!("file://{}", published.display());
    let environment = [("URL", url.as_str())];
    let update = || script(&scratch, "spec-update/spec-update.sh", &environment);

    publish(&scratch, &published, |text| text);
    with_gh(&scratch, "");
    let run = update().exits_with(0);
    assert_eq!(run.stdout, "specs/things.yaml is the newest one\n");
    assert!(!scratch.path("tmp/asked").exists());

    publish(&scratch, &published, |text| text.replace("name", "title"));
    update().exits_with(0);
    let asked = scratch.read("tmp/asked");
    let made = asked.lines().last().unwrap();
    assert!(
        made.starts_with("pr create --head spec-update/things --base main --title Update specs/things.yaml: The SDK needs a major step: 0.1.0 -> 0.2.0 --body-file "),
        "{asked}"
    );
    let files = scratch.git(&["diff", "--name-only", "main", "origin/spec-update/things"]);
    for file in [
        "sdk/CHANGELOG.md",
        "sdk/MIGRATION.md",
        "sdk/src/things.rs",
        "specs/things.toml",
        "specs/things.yaml",
    ] {
        assert!(files.lines().any(|line| line == file), "{file} in {files}");
    }
    scratch.run(&["check"]).exits_with(0);

    scratch.git(&["switch", "--quiet", "main"]);
    with_gh(&scratch, "7\n");
    update().exits_with(0);
    assert!(
        scratch
            .read("tmp/asked")
            .contains("\npr edit spec-update/things --title ")
    );
}

/// Puts another form of the document where it is fetched from.
fn publish(scratch: &Scratch, to: &PathBuf, edit: impl Fn(String) -> String) {
    fs::write(to, edit(scratch.read("specs/things.yaml"))).unwrap();
}
