//! Decodes every example of a document that is valid for its own schema into its generated type, and encodes it again.
//!
//! ```sh
//! cargo run --release -p tests --bin own_examples -- path/to/openapi.json … [--scratch FOLDER] [--all]
//! ```
//!
//! Examples of schemas, media types, parameters and headers count. The SDK and a program that tries them are
//! made in a scratch folder, with no configuration. Whatever doesn't come back as it was is listed with its place.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of the command line"
)]

mod report;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ::tests::documents::untyped;
use ::tests::examples::examples;
use ::tests::program;
use ::tests::round_trips::Trials;
use ::tests::typed::Types;
use generator::config::Config;
use generator::plan::Placement;
use generator::source::Source;

use self::report::Report;

const USAGE: &str = "usage: own_examples SPEC … [--scratch FOLDER] [--all]

  --scratch FOLDER  where everything is made; default: target/own_examples
  --all             lists every place of a reason, not the first three";

struct Options {
    specs: Vec<PathBuf>,
    scratch: PathBuf,
    all: bool,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options {
        specs: Vec::new(),
        scratch: PathBuf::from("target/own_examples"),
        all: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--scratch" => options.scratch = words.next().ok_or(USAGE)?.into(),
            "--all" => options.all = true,
            other if other.starts_with('-') => return Err(USAGE.into()),
            spec => options.specs.push(spec.into()),
        }
    }
    if options.specs.is_empty() {
        return Err(USAGE.into());
    }
    options.scratch = std::path::absolute(&options.scratch)?;
    Ok(options)
}

/// Whether every example of every document came back.
fn run(options: &Options) -> Result<bool, Box<dyn Error>> {
    let mut all_right = true;
    for spec in &options.specs {
        let name = spec.file_stem().unwrap_or_default();
        let report = report(spec, &options.scratch.join(name))?;
        println!("{}", spec.display());
        report.print(options.all);
        all_right &= report.is_right();
    }
    Ok(all_right)
}

fn report(spec: &Path, scratch: &Path) -> Result<Report, Box<dyn Error>> {
    let source = Source::read(spec)?;
    let document = untyped(&source)?;
    let placement = Placement {
        source: spec.display().to_string(),
        name: Some("sdk".to_owned()),
        in_workspace: false,
    };
    let planned = generator::plan(&source, &Config::default(), &placement)?.value;
    let types = Types::of(&planned);
    let mut trials = Trials::new(&document, &types);
    let mut report = Report::default();
    let mut tried = Vec::new();
    for example in examples(&document) {
        match trials.add(&example.schema, &example.value) {
            Ok(_) => tried.push(example.at),
            Err(untried) => report.not_tried(example.at, untried),
        }
    }
    let sdk = Trials::opened(&generator::emit::emit(&planned.krate));
    generator::write::write(&sdk, &scratch.join("sdk"))?;
    let caller = scratch.join("caller");
    trials.program().write(&caller)?;
    let input = caller.join("values");
    std::fs::write(&input, trials.input())?;
    let said = program::run(
        &caller,
        &program::own_target()?,
        &[&input.to_string_lossy()],
    )?;
    report.types = trials.types();
    for (at, outcome) in tried.into_iter().zip(trials.outcomes(&said)?) {
        report.tried(at, outcome);
    }
    Ok(report)
}
