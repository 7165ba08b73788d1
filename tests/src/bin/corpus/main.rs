//! Generates every document of a folder without configuration, and checks each crate with cargo.
//!
//! ```sh
//! SPEC_CORPUS=folder cargo run --release -p tests --bin corpus -- [--sample N] [--only TEXT] [--json FILE]
//! ```
//!
//! A document is right where its crate compiles without a warning and every operation has a method. What
//! is counted against is the document's bare value, so that an operation which the reader overlooks is
//! missed here. Smaller documents come first; the sources of those that fail stay in the scratch folder.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of the command line"
)]

mod account;
mod cargo;
mod choice;
mod report;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use self::cargo::Cargo;
use self::report::{Report, Row};

const USAGE: &str = "usage: SPEC_CORPUS=FOLDER corpus [--sample N] [--only TEXT] [--jobs N] [--json FILE] [--scratch FOLDER]

  --sample N        only N documents, always the same, from the smallest to the largest
  --only TEXT       only documents whose path has this in it
  --jobs N          crates checked at a time, each with dependencies of its own; default: 1
  --json FILE       writes what was found, document by document
  --scratch FOLDER  where everything is made; default: target/corpus";

struct Options {
    corpus: PathBuf,
    sample: Option<usize>,
    only: String,
    jobs: usize,
    json: Option<PathBuf>,
    scratch: PathBuf,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(report) if report.is_right() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Options, Box<dyn Error>> {
    let corpus = std::env::var_os("SPEC_CORPUS").ok_or(USAGE)?;
    let mut options = Options {
        corpus: corpus.into(),
        sample: None,
        only: String::new(),
        jobs: 1,
        json: None,
        scratch: PathBuf::from("target/corpus"),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(USAGE);
        match word.as_str() {
            "--sample" => options.sample = Some(value()?.parse()?),
            "--only" => options.only = value()?,
            "--jobs" => options.jobs = value()?.parse::<usize>()?.max(1),
            "--json" => options.json = Some(value()?.into()),
            "--scratch" => options.scratch = value()?.into(),
            _ => return Err(USAGE.into()),
        }
    }
    options.scratch = std::path::absolute(&options.scratch)?;
    Ok(options)
}

fn run(options: &Options) -> Result<Report, Box<dyn Error>> {
    let chosen = choice::choose(&options.corpus, &options.only, options.sample)?;
    if chosen.is_empty() {
        return Err("there is no such document".into());
    }
    report::print_head();
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    let rows = std::thread::scope(|scope| {
        let jobs: Vec<_> = (0..options.jobs)
            .map(|job| {
                let (next, chosen) = (&next, &chosen);
                let cargo = Cargo::new(options.scratch.join(format!("job-{job}")));
                scope.spawn(move || work(&options.corpus, chosen, next, &cargo?))
            })
            .collect();
        let mut rows = Vec::new();
        for job in jobs {
            let done = job.join().map_err(|_| "a job broke off".to_owned())?;
            rows.extend(done?);
        }
        Ok::<_, String>(rows)
    })?;
    let report = Report::of(rows, start.elapsed());
    report.print();
    if let Some(path) = &options.json {
        std::fs::write(path, report.json()?)?;
    }
    Ok(report)
}

/// Takes document after document until there is none left.
fn work(
    corpus: &Path,
    chosen: &[PathBuf],
    next: &AtomicUsize,
    cargo: &Cargo,
) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    while let Some(path) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
        let name = path.strip_prefix(corpus).unwrap_or(path).to_string_lossy();
        let row = row(&name, path, cargo).map_err(|error| format!("{name}: {error}"))?;
        row.print();
        rows.push(row);
    }
    Ok(rows)
}

fn row(name: &str, path: &Path, cargo: &Cargo) -> Result<Row, Box<dyn Error>> {
    let start = Instant::now();
    let (mut row, files) = account::account(name, path)?;
    row.generation_seconds = start.elapsed().as_secs_f64();
    if let Some(files) = files {
        let start = Instant::now();
        let found = cargo.check(name, &files)?;
        row.check_seconds = start.elapsed().as_secs_f64();
        row.errors.extend(found.errors);
        row.warnings = found.warnings;
    }
    Ok(row)
}
