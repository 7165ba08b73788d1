//! Commands, their output and exit codes: 0 good, 1 a check found something, 2 bad input or usage.

mod args;
mod bump;
mod checked;
mod commands;
mod diff;
mod given;
mod output;
mod progress;
mod target;

use std::process::ExitCode;

use clap::Parser;

use self::args::{Arguments, Command, Format};
use self::output::Output;

/// How a command ended.
pub(crate) enum Outcome {
    /// All is well.
    Good,
    /// A check found something.
    Found,
}

/// Why a command couldn't do its work.
pub(crate) enum Trouble {
    /// In a sentence.
    Said(String),
    /// In the form wanted, as `render` makes it of a document.
    Rendered(String),
}

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self::Said(error.to_string())
    }
}

/// Runs the command that the process was started with.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let output = Output::new(&arguments.messages);
    let inputs = arguments
        .command
        .as_ref()
        .map(Command::inputs)
        .unwrap_or_default();
    if let Some(Command::Diff(inputs)) = &arguments.command {
        return ended(diff::diff(inputs, &output), &output);
    }
    if !matches!(output.format(), Format::Text | Format::Json) {
        let message = "only `diff` has that format; the other commands have `text` and `json`";
        return ended(Err(Trouble::Said(message.to_owned())), &output);
    }
    let result = target::find(&inputs).and_then(|mut targets| match &arguments.command {
        None | Some(Command::Diff(_)) => commands::generate(&targets, false, &output),
        Some(Command::Generate { dry_run, bump, .. }) if bump.bump => {
            bump::generate(&mut targets, bump, *dry_run, &output)
        }
        Some(Command::Generate { dry_run, .. }) => commands::generate(&targets, *dry_run, &output),
        Some(Command::Check { .. }) => commands::check(&targets, &output),
        Some(Command::Inspect { .. }) => commands::inspect(&targets, &output),
        Some(Command::Explain { operation, .. }) => commands::explain(&targets, operation, &output),
    });
    ended(result, &output)
}

fn ended(result: Result<Outcome, Trouble>, output: &Output) -> ExitCode {
    match result {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(trouble) => {
            output.trouble(&trouble);
            ExitCode::from(2)
        }
    }
}
