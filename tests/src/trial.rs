//! Generating from a document that may do anything to the generator.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use generator::files::Files;
use generator::plan::Placement;
use generator::{Failure, generate, render};

use crate::damage::Variant;

/// What became of a document, and how long it took.
#[derive(Debug)]
pub struct Trial {
    /// What became of it.
    pub outcome: Outcome,
    /// With the checks of the files.
    pub took: Duration,
}

/// What became of a document.
#[derive(Debug)]
pub enum Outcome {
    /// Files that are what their names say.
    Crate(Files),
    /// It can't be read, and a message says why.
    Refused,
    /// What must not happen.
    Fault(String),
}

/// Generates in a thread of its own and gives up after `longest`, which leaves the thread to itself.
pub fn attempt(variant: &Variant, name: Option<&str>, longest: Duration) -> Trial {
    let start = Instant::now();
    let (sender, receiver) = mpsc::channel();
    let (variant, name) = (variant.clone(), name.map(str::to_owned));
    thread::spawn(move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| outcome(&variant, name)));
        // Nobody listens where it took too long.
        let _ = sender.send(outcome);
    });
    let outcome = match receiver.recv_timeout(longest) {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(panic)) => Outcome::Fault(format!("panicked: {}", words_of(&*panic))),
        Err(_) => Outcome::Fault(format!("took longer than {} s", longest.as_secs())),
    };
    Trial {
        outcome,
        took: start.elapsed(),
    }
}

fn outcome(variant: &Variant, name: Option<String>) -> Outcome {
    let placement = Placement {
        source: "spec".to_owned(),
        name,
        in_workspace: true,
    };
    let source = &variant.source;
    match generate(source, &variant.config, &placement) {
        Ok(report) => {
            // Every place that is named must be found, too.
            render::text(source, &report.diagnostics, false);
            match fault_in(&report.value) {
                Some(fault) => Outcome::Fault(fault),
                None => Outcome::Crate(report.value),
            }
        }
        Err(Failure::Unreadable(error)) => {
            render::load_error_text(source, &error, false);
            Outcome::Refused
        }
        Err(lost @ Failure::Lost { .. }) => Outcome::Fault(lost.to_string()),
    }
}

/// The first file that isn't what its name says; those of the runtime are the same in every crate.
fn fault_in(files: &Files) -> Option<String> {
    let files = files.0.iter();
    let mut own = files.filter(|(path, _)| !path.starts_with("src/runtime/"));
    own.find_map(|(path, text)| {
        let error = if path.ends_with(".rs") {
            syn::parse_file(text).err()?.to_string()
        } else if path.ends_with(".toml") {
            toml::from_str::<toml::Table>(text).err()?.to_string()
        } else {
            return None;
        };
        Some(format!("{path} can't be read: {error}"))
    })
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> &str {
    let words = panic.downcast_ref::<&str>().copied();
    words
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a word")
}
