//! Whether `cargo-semver-checks`, which compares two crates by their rustdoc, agrees with `diff`.
//!
//! `semver FOLDER [WORD]`: for every case of `tests/changes` (whose sentence has WORD in it) makes the
//! crates of both documents in FOLDER and asks the tool which step lies between them. A change that
//! `diff` says breaks callers at compile time is a major one to the tool, and no other is. Prints the
//! agreement and each difference with its reason, and fails where one has none. Without the tool
//! (`cargo install cargo-semver-checks`; `CARGO_SEMVER_CHECKS` may name it) it says so and does nothing.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::diff::change::{Diff, Rust};
use generator::source::Source;
use tests::changes::{base, cases, reading, source, write_sdk};

const USAGE: &str = "usage: semver FOLDER [WORD]";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (work, word) = match &arguments[..] {
        [work] => (PathBuf::from(work), ""),
        [work, word] => (PathBuf::from(work), word.as_str()),
        _ => return Err(USAGE.into()),
    };
    let mut out = std::io::stdout().lock();
    let Some(tool) = Tool::find(work)? else {
        writeln!(out, "skipped: there is no cargo-semver-checks")?;
        return Ok(());
    };
    writeln!(out, "{}", tool.version)?;
    let base = base()?;
    let old = source("base.json", &base)?;
    let old_reading = reading(&old)?;
    let old_json = tool.rustdoc(&old, "old.json")?;
    let (mut agreed, mut of) = (0, 0);
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (file, case) in cases()? {
        if !case.case.contains(word) {
            continue;
        }
        let new = source("case.json", &case.apply(&base)?)?;
        let diff = generator::diff::diff(&old_reading, &reading(&new)?);
        let new_json = tool.rustdoc(&new, "new.json")?;
        let said = tool.compare(&old_json, &new_json)?;
        of += 1;
        let breaks = verdict(&diff) == Rust::CompileTime;
        if breaks == (said.step == Step::Major) {
            agreed += 1;
            continue;
        }
        let reason = reason(&diff, &said);
        *reasons.entry(reason).or_default() += 1;
        writeln!(
            out,
            "{file}: {}: diff says {}, the tool {:?} ({}): {reason}",
            case.case,
            verdict(&diff).phrase(),
            said.step,
            said.lints.join(", "),
        )?;
        out.flush()?;
    }
    writeln!(
        out,
        "{agreed} of {of} verdicts agree with cargo-semver-checks"
    )?;
    for (reason, count) in &reasons {
        writeln!(out, "{count}: {reason}")?;
    }
    if reasons.contains_key(UNEXPLAINED) {
        return Err("not all differences have a reason".into());
    }
    Ok(())
}

fn verdict(diff: &Diff) -> Rust {
    let all = diff.changes.iter().map(|change| change.rust);
    all.max().unwrap_or(Rust::None)
}

const UNEXPLAINED: &str = "not explained";

/// Why the tool says something else.
fn reason(diff: &Diff, said: &Said) -> &'static str {
    if said.step == Step::Major {
        return UNEXPLAINED;
    }
    let items = diff.changes.iter().flat_map(|change| &change.interface);
    let mut broken = items.filter(|item| item.rust == Rust::CompileTime);
    let is_signature = broken.all(|item| {
        let stays = item.new.is_some();
        // A builder is a name for one generic type, and its options are methods of that.
        let is_of_builder = item.old.as_deref() == Some("call") || item.path.ends_with("()");
        stays || is_of_builder
    });
    if is_signature {
        "it has no lint for the types of arguments, results, fields and names of types"
    } else {
        UNEXPLAINED
    }
}

/// The step that the tool asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    None,
    Minor,
    Major,
}

struct Said {
    step: Step,
    /// The names of the rules that found something.
    lints: Vec<String>,
}

struct Tool {
    program: PathBuf,
    version: String,
    folder: PathBuf,
}

impl Tool {
    fn find(folder: PathBuf) -> Result<Option<Self>, Box<dyn Error>> {
        let program = std::env::var_os("CARGO_SEMVER_CHECKS");
        let program = PathBuf::from(program.unwrap_or_else(|| "cargo-semver-checks".into()));
        let asked = Command::new(&program)
            .args(["semver-checks", "--version"])
            .output();
        let version = match asked {
            Ok(output) => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        fs::create_dir_all(&folder)?;
        Ok(Some(Self {
            program,
            version,
            folder: folder.canonicalize()?,
        }))
    }

    /// Rustdoc's JSON of a document's crate; the format is the compiler's own and not stable.
    fn rustdoc(&self, source: &Source, name: &str) -> Result<PathBuf, Box<dyn Error>> {
        let sdk = self.folder.join("sdk");
        write_sdk(source, &sdk, false)?;
        fs::copy(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"),
            sdk.join("Cargo.lock"),
        )?;
        let output = Command::new(env!("CARGO"))
            .args(["rustdoc", "--lib", "--quiet", "--", "-Zunstable-options"])
            .args(["--output-format", "json", "--cap-lints", "allow"])
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .current_dir(&sdk)
            .output()?;
        good(&output)?;
        // It is named after the crate, which may be called otherwise.
        let library = library(source)?;
        let made = self.folder.join(format!("target/doc/{library}.json"));
        let kept = self.folder.join(name);
        fs::copy(made, &kept)?;
        Ok(kept)
    }

    fn compare(&self, old: &Path, new: &Path) -> Result<Said, Box<dyn Error>> {
        let output = Command::new(&self.program)
            .args(["semver-checks", "check-release", "--color", "never"])
            // As if nothing were to be allowed, so that every rule is asked.
            .args(["--release-type", "patch"])
            .arg("--baseline-rustdoc")
            .arg(old)
            .arg("--current-rustdoc")
            .arg(new)
            .output()?;
        let text = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        let lints = text
            .lines()
            .filter_map(|line| line.strip_prefix("--- failure "))
            .filter_map(|line| line.split(':').next());
        let step = if output.status.success() {
            Step::None
        } else if text.contains("requires new major version") {
            Step::Major
        } else if text.contains("requires new minor version") {
            Step::Minor
        } else {
            return Err(text.into());
        };
        Ok(Said {
            step,
            lints: lints.map(str::to_owned).collect(),
        })
    }
}

fn library(source: &Source) -> Result<String, Box<dyn Error>> {
    let package = reading(source)?.planned.krate.package;
    Ok(package.library.to_string())
}

fn good(output: &Output) -> Result<(), Box<dyn Error>> {
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
}
