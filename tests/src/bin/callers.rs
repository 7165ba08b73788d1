//! Whether what `diff` says of Rust is true, asked of rustc.
//!
//! `callers FOLDER [WORD]`: for every case of `tests/changes` (whose sentence has WORD in it) makes
//! the crate of the changed document in FOLDER and compiles `tests/changes/caller.rs`, which was
//! written against the crate of the base document. Where `diff` says that callers break at compile
//! time it must not compile, and else it must. Prints the agreement and fails where there is less
//! than all.

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::diff::change::Rust;
use generator::source::Source;
use serde_json::Value;
use tests::changes::{base, cases, folder, reading, source, write_sdk};

const USAGE: &str = "usage: callers FOLDER [WORD]";

const MANIFEST: &str = r#"[package]
name = "caller"
version = "0.1.0"
edition = "2024"

[lib]
path = "caller.rs"

[dependencies]
pet-shop = { path = "sdk" }

[workspace]
members = ["sdk"]
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (work, word) = match &arguments[..] {
        [work] => (PathBuf::from(work), ""),
        [work, word] => (PathBuf::from(work), word.as_str()),
        _ => return Err(USAGE.into()),
    };
    let mut out = std::io::stdout().lock();
    let workspace = Workspace::new(work)?;
    let base = base()?;
    let old = source("base.json", &base)?;
    let old_reading = reading(&old)?;
    workspace.write(&old)?;
    if let Some(error) = workspace.check()? {
        return Err(format!("the caller doesn't compile against its own crate:\n{error}").into());
    }
    let (mut agreed, mut of) = (0, 0);
    for (file, case) in cases()? {
        if !case.case.contains(word) {
            continue;
        }
        let changed: Value = case.apply(&base)?;
        let new = source("case.json", &changed)?;
        let diff = generator::diff::diff(&old_reading, &reading(&new)?);
        let says_break = diff
            .changes
            .iter()
            .any(|change| change.rust == Rust::CompileTime);
        workspace.write(&new)?;
        let error = workspace.check()?;
        of += 1;
        if says_break == error.is_some() {
            agreed += 1;
            continue;
        }
        let says = if says_break { "breaks" } else { "compiles" };
        writeln!(
            out,
            "{file}: {}: diff says that it {says}, and rustc:",
            case.case
        )?;
        writeln!(out, "{}", error.unwrap_or_else(|| "compiles".to_owned()))?;
        out.flush()?;
    }
    writeln!(out, "{agreed} of {of} verdicts agree with rustc")?;
    if agreed < of {
        return Err("not all verdicts are true".into());
    }
    Ok(())
}

/// A caller, and the crate that it calls.
struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    fn new(work: PathBuf) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(&work)?;
        fs::write(work.join("Cargo.toml"), MANIFEST)?;
        fs::copy(folder().join("caller.rs"), work.join("caller.rs"))?;
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, work.join("Cargo.lock"))?;
        Ok(Self { folder: work })
    }

    fn write(&self, source: &Source) -> Result<(), Box<dyn Error>> {
        write_sdk(source, &self.folder.join("sdk"), true)
    }

    /// What rustc has against the caller; none: it compiles. A crate that doesn't compile itself is an
    /// error of another kind.
    fn check(&self) -> Result<Option<String>, Box<dyn Error>> {
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--message-format", "short"])
            .current_dir(&self.folder)
            .output()?;
        let text = String::from_utf8_lossy(&output.stderr);
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("error")).collect();
        if lines.iter().any(|line| line.starts_with("sdk/")) {
            return Err(format!("the crate itself doesn't compile:\n{text}").into());
        }
        Ok((!output.status.success()).then(|| lines.join("\n")))
    }
}
