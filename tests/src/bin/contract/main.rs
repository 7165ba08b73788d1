//! Calls every operation of a document through its generated SDK, against a mock server of that document.
//!
//! ```sh
//! cargo run --release -p tests --bin contract -- path/to/openapi.json [--config F] [--limit N]
//! ```
//!
//! The mock server is `@stoplight/prism-cli` from npm: it checks what it gets against the document and answers
//! with the document's examples. The SDK and a program that calls it are made in a scratch folder; what comes
//! back is counted, and whatever isn't a decoded answer is listed with its reason.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of the command line"
)]

mod arguments;
mod caller;
mod examples;
mod expressions;
mod mock;
mod pattern;
mod report;
mod samples;
mod schemas;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use generator::config::Config;
use generator::plan::Placement;
use generator::source::Source;
use tests::program;

use self::mock::Mock;
use self::report::Report;

/// Fewer decoded answers among operations with JSON or no bodies than this many in a hundred are a failure.
const AT_LEAST: usize = 98;

const USAGE: &str = "usage: contract SPEC [--config FILE] [--limit N] [--scratch FOLDER] [--all]

  --config FILE     the SDK configuration
  --limit N         only the first N operations of the document
  --scratch FOLDER  where everything is made; default: target/contract
  --all             lists every operation of a reason, not the first three";

struct Options {
    spec: PathBuf,
    config: Option<PathBuf>,
    limit: usize,
    scratch: PathBuf,
    all: bool,
}

fn main() -> ExitCode {
    let outcome = options().and_then(|options| run(&options));
    match outcome {
        Ok(report) if report.percent() >= AT_LEAST => ExitCode::SUCCESS,
        Ok(_) => {
            eprintln!("fewer than {AT_LEAST} % of the operations with JSON or no bodies decoded");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options {
        spec: PathBuf::new(),
        config: None,
        limit: usize::MAX,
        scratch: PathBuf::from("target/contract"),
        all: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(USAGE);
        match word.as_str() {
            "--config" => options.config = Some(value()?.into()),
            "--limit" => options.limit = value()?.parse()?,
            "--scratch" => options.scratch = value()?.into(),
            "--all" => options.all = true,
            other if other.starts_with('-') => return Err(USAGE.into()),
            spec => options.spec = spec.into(),
        }
    }
    if options.spec.as_os_str().is_empty() {
        return Err(USAGE.into());
    }
    options.scratch = std::path::absolute(&options.scratch)?;
    Ok(options)
}

fn run(options: &Options) -> Result<Report, Box<dyn Error>> {
    let mut mock = Mock::start(&options.spec, &options.scratch)?;
    let config = match &options.config {
        Some(path) => Config::read(path)?,
        None => Config::default(),
    };
    let source = Source::read(&options.spec)?;
    let document = generator::load::load(&source)?.value.value;
    let placement = Placement {
        source: options.spec.display().to_string(),
        name: Some("sdk".to_owned()),
        in_workspace: false,
    };
    let planned = generator::plan(&source, &config, &placement)?.value;
    let sdk = generator::emit::emit(&planned.krate);
    generator::write::write(&sdk, &options.scratch.join("sdk"))?;
    let caller = caller::emit(&document, &planned, options.limit);
    caller.program.write(&options.scratch.join("caller"))?;
    mock.wait()?;
    let lines = program::run(
        &options.scratch.join("caller"),
        &program::own_target()?,
        &[mock.url()],
    )?;
    let report = Report::of(&planned, &caller.operations, &lines)?;
    report.print(options.all);
    Ok(report)
}
