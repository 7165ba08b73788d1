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
    /// Said at the end, with everything else.
    Collected,
}

impl<E: std::error::Error> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self::Said(error.to_string())
    }
}

/// Runs the command that the process was started with.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let is_diff = matches!(arguments.command, Some(Command::Diff(_)));
    let output = Output::new(&arguments.messages, !is_diff);
    let inputs = arguments
        .command
        .as_ref()
        .map(Command::inputs)
        .unwrap_or_default();
    if let Some(Command::Diff(inputs)) = &arguments.command {
        return ended(diff::diff(inputs, &output), &output);
    }
    if let Some(message) = refused(arguments.command.as_ref(), output.format()) {
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

/// Why a command doesn't have a format.
fn refused(command: Option<&Command>, format: Format) -> Option<&'static str> {
    match (command, format) {
        (Some(Command::Explain { .. }), Format::Sarif) => {
            Some("`explain` has no SARIF: it tells of one operation, and `text` is what it has")
        }
        (_, Format::Text | Format::Json | Format::Sarif) => None,
        (_, Format::Markdown | Format::Github | Format::Html) => {
            Some("only `diff` has that format; the other commands have `text`, `json` and `sarif`")
        }
    }
}

fn ended(result: Result<Outcome, Trouble>, output: &Output) -> ExitCode {
    let code = code_of(result, output);
    // What could be said is said; whether stdout took it changes nothing that was done.
    let _ = output.end(code != ExitCode::from(2));
    code
}

fn code_of(result: Result<Outcome, Trouble>, output: &Output) -> ExitCode {
    match result {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(trouble) => {
            output.trouble(&trouble);
            ExitCode::from(2)
        }
    }
}
