//! A workspace with one document and its configuration, and runs of the generator in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use serde_json::Value;
use tempfile::TempDir;

/// Good, and without anything to say about it.
pub(crate) const DOCUMENT: &str = r##"openapi: 3.0.3
info:
  title: Things
  version: "1"
servers:
  - url: https://api.example.com
paths:
  /things:
    get:
      operationId: listThings
      responses:
        "200":
          description: All of them.
          content:
            application/json:
              schema:
                type: array
                items:
                  $ref: "#/components/schemas/Thing"
    post:
      operationId: createThing
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/Thing"
      responses:
        "204":
          description: Done.
components:
  schemas:
    Thing:
      type: object
      required: [name]
      properties:
        name:
          type: string
"##;

pub(crate) const CONFIGURATION: &str =
    "spec = \"things.yaml\"\nout = \"../sdk\"\n\n[package]\nname = \"things\"\n";

/// Removed again when dropped.
pub(crate) struct Scratch {
    folder: TempDir,
}

/// What a run said and how it ended.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("not killed"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub(crate) fn exits_with(self, code: i32) -> Self {
        let (stdout, stderr) = (&self.stdout, &self.stderr);
        assert_eq!(self.code, code, "stdout:\n{stdout}\nstderr:\n{stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
        self
    }

    pub(crate) fn stdout_json(&self) -> Value {
        serde_json::from_str(&self.stdout).expect(&self.stdout)
    }

    pub(crate) fn stderr_json(&self) -> Value {
        serde_json::from_str(&self.stderr).expect(&self.stderr)
    }
}

impl Scratch {
    pub(crate) fn new() -> Self {
        let scratch = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        scratch.write("Cargo.toml", "[workspace]\nmembers = [\"sdk\"]\n");
        scratch.write("specs/things.yaml", DOCUMENT);
        scratch.write("specs/things.toml", CONFIGURATION);
        scratch
    }

    /// With its SDK generated.
    pub(crate) fn generated() -> Self {
        let scratch = Self::new();
        scratch.run(&[]).exits_with(0);
        scratch
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Changes the document.
    #[track_caller]
    pub(crate) fn edit(&self, from: &str, to: &str) {
        let document = self.read("specs/things.yaml");
        assert!(document.contains(from), "{from} in {document}");
        self.write("specs/things.yaml", &document.replace(from, to));
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_in(".", arguments)
    }

    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_generator"))
            .args(arguments)
            .current_dir(self.path(folder))
            .env_remove("CLICOLOR_FORCE")
            .env("XDG_CACHE_HOME", self.path(".cache"))
            .output()
            .unwrap();
        Run::of(output)
    }

    /// With an identity, and without what the user has configured.
    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let identity = ["-c", "user.name=n", "-c", "user.email=e@example.com"];
        let output = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(self.path("."))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Every file below a folder, with its text and when it was last written.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<PathBuf, (String, SystemTime)> {
        let mut files = BTreeMap::new();
        gather(&self.path(folder), &mut files);
        files
    }
}

fn gather(folder: &Path, files: &mut BTreeMap<PathBuf, (String, SystemTime)>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else {
            let modified = entry.metadata().unwrap().modified().unwrap();
            files.insert(path.clone(), (fs::read_to_string(&path).unwrap(), modified));
        }
    }
}
