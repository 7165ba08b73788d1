//! One crate after the other through `cargo check`, whose dependencies are built once.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::config::Config;
use generator::files::Files;
use generator::plan::Placement;
use generator::source::Source;
use serde::Deserialize;

/// A crate without operations: what it takes to check is what its dependencies take.
const EMPTY: &str = r#"{"openapi":"3.0.3","info":{"title":"Empty","version":"1"},"paths":{}}"#;

/// A folder to check crates in.
pub(crate) struct Cargo {
    scratch: PathBuf,
}

/// What rustc and cargo have to say.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) errors: Vec<String>,
    pub(crate) warnings: Vec<String>,
}

/// A line of `cargo --message-format json`.
#[derive(Debug, Deserialize)]
struct Line {
    reason: String,
    #[serde(default)]
    manifest_path: PathBuf,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    #[serde(default)]
    message: Option<Message>,
}

#[derive(Debug, Deserialize)]
struct Message {
    level: String,
    message: String,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Debug, Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
}

impl Cargo {
    /// Builds the dependencies.
    pub(crate) fn new(scratch: PathBuf) -> Result<Self, String> {
        let cargo = Self { scratch };
        let source = Source::new("empty.json", EMPTY);
        let files = generator::generate(&source, &Config::default(), &Placement::default())
            .map_err(|failure| failure.to_string())?;
        let found = cargo
            .check("empty", &files.value)
            .map_err(|error| error.to_string())?;
        match found.errors.first() {
            Some(error) => Err(format!("the dependencies can't be built: {error}")),
            None => Ok(cargo),
        }
    }

    /// Checks library and examples of a crate; its sources stay where something is found.
    pub(crate) fn check(&self, name: &str, files: &Files) -> Result<Found, Box<dyn Error>> {
        let folder = self.scratch.join(name.replace('/', "__"));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        generator::write::write(files, &folder)?;
        // The versions that this project was built with: all of them are on this machine.
        fs::write(
            folder.join("Cargo.lock"),
            include_str!("../../../../Cargo.lock"),
        )?;
        let output = Command::new("cargo")
            .args(["check", "--quiet", "--offline", "--lib", "--examples"])
            .args(["--message-format", "json"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", self.scratch.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .output()?;
        let mut found = Found::default();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let line: Line = serde_json::from_str(line)?;
            if line.manifest_path.starts_with(&folder) && line.reason == "compiler-artifact" {
                self.forget(&line.filenames)?;
            }
            if let Some(message) = line.message {
                found.add(&message);
            }
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let of_cargo = said.lines().filter(|line| line.starts_with("warning: "));
        found.warnings.extend(of_cargo.map(str::to_owned));
        if !output.status.success() && found.errors.is_empty() {
            found.errors.push(said.trim().to_owned());
        }
        if found.errors.is_empty() && found.warnings.is_empty() {
            fs::remove_dir_all(&folder)?;
        }
        Ok(found)
    }

    /// Removes what cargo made of a crate, so that hundreds of them take the room of one.
    fn forget(&self, artefacts: &[PathBuf]) -> Result<(), Box<dyn Error>> {
        let hashes: Vec<&str> = artefacts.iter().filter_map(|path| hash(path)).collect();
        for folder in ["deps", "examples", ".fingerprint"] {
            let Ok(entries) = fs::read_dir(self.scratch.join("target/debug").join(folder)) else {
                continue;
            };
            for entry in entries {
                let path = entry?.path();
                if !hash(&path).is_some_and(|hash| hashes.contains(&hash)) {
                    continue;
                }
                if path.is_dir() {
                    fs::remove_dir_all(path)?;
                } else {
                    fs::remove_file(path)?;
                }
            }
        }
        Ok(())
    }
}

impl Found {
    fn add(&mut self, message: &Message) {
        // rustc's own count of what it said.
        let is_count = message.message.ends_with(" emitted");
        let place = message.spans.first().map_or(String::new(), |span| {
            format!("{}:{}: ", span.file_name, span.line_start)
        });
        let text = format!("{place}{}", message.message);
        match message.level.as_str() {
            "warning" if !is_count => self.warnings.push(text),
            "error" | "error: internal compiler error" => self.errors.push(text),
            _ => {}
        }
    }
}

/// What cargo tells two crates of one name apart by: `libthings-8b8d1a2c0fce1f0a.rmeta`.
fn hash(path: &Path) -> Option<&str> {
    let stem = path.file_stem()?.to_str()?;
    stem.rsplit_once('-').map(|(_, hash)| hash)
}
