//! The exit codes of `generator diff`, and where its documents come from.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const OLD: &str = r##"
openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /pets:
    get: { operationId: pets, responses: { "204": { description: Pets. } } }
    delete: { operationId: clear, responses: { "204": { description: None left. } } }
"##;

fn without_delete() -> String {
    let lines = OLD.lines().filter(|line| !line.contains("delete"));
    lines.collect::<Vec<_>>().join("\n")
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.yaml"), OLD).unwrap();
    fs::write(folder.path().join("new.yaml"), without_delete()).unwrap();
    folder
}

fn generator(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_generator"));
    command.args(arguments.split(' ')).current_dir(folder);
    command
}

fn run(folder: &Path, arguments: &str) -> Output {
    generator(folder, arguments).output().unwrap()
}

fn code(folder: &Path, arguments: &str) -> Option<i32> {
    run(folder, arguments).status.code()
}

#[test]
fn it_fails_on_what_it_is_told_to_fail_on() {
    let folder = folder();
    let at = folder.path();
    assert_eq!(code(at, "diff old.yaml new.yaml"), Some(0));
    assert_eq!(code(at, "diff old.yaml new.yaml --fail-on major"), Some(1));
    assert_eq!(code(at, "diff new.yaml old.yaml --fail-on major"), Some(0));
    assert_eq!(code(at, "diff new.yaml old.yaml --fail-on minor"), Some(1));
    assert_eq!(code(at, "diff old.yaml old.yaml --fail-on any"), Some(0));
}

#[test]
fn what_was_agreed_to_fails_nothing_and_a_useless_entry_is_a_warning() {
    let folder = folder();
    let at = folder.path();
    let entries = "[[ignore]]\nkind = \"operation-removed\"\nreason = \"never used\"\n\n[[ignore]]\nkind = \"server-added\"\nreason = \"useless\"\n";
    fs::write(at.join("agreed.toml"), entries).unwrap();
    let output = run(
        at,
        "diff old.yaml new.yaml --fail-on any --ignore agreed.toml",
    );
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("warning: the entry for \"useless\" fits no change"),
        "{told}"
    );
}

#[test]
fn what_cannot_be_read_is_another_exit_code() {
    let folder = folder();
    let at = folder.path();
    assert_eq!(code(at, "diff old.yaml missing.yaml"), Some(2));
    assert_eq!(code(at, "diff - -"), Some(2));
    assert_eq!(code(at, "diff git:no-path new.yaml"), Some(2));
    assert_eq!(
        code(at, "diff old.yaml new.yaml --ignore old.yaml"),
        Some(2)
    );
    assert_eq!(code(at, "inspect --spec old.yaml --format html"), Some(2));
}

#[test]
fn a_document_comes_from_standard_input() {
    let folder = folder();
    let mut child = generator(folder.path(), "diff old.yaml - --fail-on major")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(without_delete().as_bytes()).unwrap();
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn a_document_comes_from_a_commit() {
    let folder = folder();
    let at = folder.path();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=n", "-c", "user.email=e@example.com"];
        let output = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(at)
            .output();
        assert!(output.unwrap().status.success());
    };
    git(&["init", "--quiet"]);
    git(&["add", "old.yaml"]);
    git(&["commit", "--quiet", "--message", "old"]);
    fs::write(at.join("old.yaml"), without_delete()).unwrap();
    let output = run(at, "diff git:HEAD:old.yaml old.yaml --fail-on major");
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("at HEAD:old.yaml:7:5"), "{text}");
}
