//! Whether `api-smart-diff`, another program that compares documents, agrees with `diff`.
//!
//! `independent [--all]`: compares each document of the folder `cloudflare-history`, which is in the one
//! that `SPEC_CORPUS` names, with the next. npm installs the tool below the target folder. What it calls
//! breaking is led back to where that is written and compared with what `diff` says breaks requests or
//! answers there. Prints how many places both name, and of the others who is right and why, each by its
//! class; `--all` prints them, too. Fails where a place has no class.

mod classes;
mod compare;
mod cursor;
mod report;
mod tool;
mod travel;
mod walk;

use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use generator::config::Config;
use generator::plan::Placement;
use generator::source::Source;
use tests::program;

use self::compare::{Compared, compare};
use self::report::Report;
use self::tool::Tool;
use self::walk::Documents;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let Some(corpus) = std::env::var_os("SPEC_CORPUS").map(PathBuf::from) else {
        writeln!(out, "skipped, for SPEC_CORPUS is not set")?;
        return Ok(());
    };
    let mut documents: Vec<PathBuf> = std::fs::read_dir(corpus.join("cloudflare-history"))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    documents.sort();
    let tool = Tool::install(program::own_target()?.join("independent"))?;
    let mut report = Report::default();
    for pair in documents.windows(2) {
        let [old, new] = pair else { continue };
        let name = format!("{} to {}", stem(old), stem(new));
        report.add(name, step(&tool, old, new)?);
    }
    let all = std::env::args().any(|argument| argument == "--all");
    out.write_all(report.text(all).as_bytes())?;
    match report.unexplained() {
        0 => Ok(()),
        count => Err(format!("nothing explains {count} disagreements").into()),
    }
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

fn step(tool: &Tool, old: &Path, new: &Path) -> Result<Compared, Box<dyn Error>> {
    let (old_source, new_source) = (Source::read(old)?, Source::read(new)?);
    let (was, is) = (read(&old_source)?, read(&new_source)?);
    let diff = generator::diff::diff(&was, &is);
    let found = tool.compare(old, new)?;
    let (old, new) = (
        serde_json::from_str(&old_source.text)?,
        serde_json::from_str(&new_source.text)?,
    );
    Ok(compare(
        &Documents {
            old: &old,
            new: &new,
        },
        &found,
        &diff,
    )?)
}

fn read(source: &Source) -> Result<generator::Reading, String> {
    let read = generator::read(source, &Config::default(), &Placement::default());
    Ok(read.map_err(|failure| failure.to_string())?.value)
}
