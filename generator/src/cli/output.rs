//! What is printed where: results to stdout, everything else to stderr.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};

use anstream::{AutoStream, ColorChoice};
use generator::Failure;
use generator::check::Difference;
use generator::diagnostic::{Code, Diagnostic, Severity};
use generator::load::LoadError;
use generator::render;
use generator::source::Source;
use serde::Serialize;
use serde_json::Value;

use super::Trouble;
use super::args::{Format, Messages};
use super::progress::Progress;

/// How many messages of one kind are shown unless all are wanted.
const FIRST_FEW: usize = 10;

/// Where a command speaks.
pub(crate) struct Output {
    messages: Messages,
    /// With SARIF, what was said so far: it is one document at the end, and the only result.
    sarif: Option<RefCell<Vec<Value>>>,
}

impl Output {
    /// `is_said`: whether what is said of a document goes into the SARIF that was asked for.
    pub(crate) fn new(messages: &Messages, is_said: bool) -> Self {
        let is_sarif = is_said && messages.format == Format::Sarif;
        Self {
            messages: messages.clone(),
            sarif: is_sarif.then(RefCell::default),
        }
    }

    /// Whether there is no other result than what is said.
    pub(crate) fn is_sarif(&self) -> bool {
        self.sarif.is_some()
    }

    /// Says what is only said at the end. `done`: whether the command could do its work.
    pub(crate) fn end(&self, done: bool) -> Result<(), Trouble> {
        match &self.sarif {
            Some(said) => self.result(&render::sarif::log(&said.borrow(), done)),
            None => Ok(()),
        }
    }

    /// A file that isn't what it should be.
    pub(crate) fn drift(&self, folder: &str, difference: &Difference) {
        self.collect(|| render::sarif::drift(folder, difference));
    }

    /// Gives whether it was kept for the end.
    fn collect(&self, result: impl FnOnce() -> Value) -> bool {
        if let Some(said) = &self.sarif {
            said.borrow_mut().push(result());
        }
        self.is_sarif()
    }

    pub(crate) fn is_json(&self) -> bool {
        self.messages.format == Format::Json
    }

    /// How results are shown.
    pub(crate) fn format(&self) -> Format {
        self.messages.format
    }

    /// Something to know beside the document.
    pub(crate) fn warning(&self, text: &str) {
        if !self.messages.quiet {
            say(&format!("warning: {text}"));
        }
    }

    /// A result.
    pub(crate) fn result(&self, text: &str) -> Result<(), Trouble> {
        match writeln!(anstream::stdout(), "{}", text.trim_end()) {
            // Whoever reads has seen enough, as in `generator inspect | head`.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written?),
        }
    }

    /// A result for other tools.
    pub(crate) fn json(&self, value: &impl Serialize) -> Result<(), Trouble> {
        self.result(&serde_json::to_string_pretty(value)?)
    }

    /// A line about what was done.
    pub(crate) fn summary(&self, text: &str) -> Result<(), Trouble> {
        if self.messages.quiet || self.is_sarif() {
            return Ok(());
        }
        self.result(text)
    }

    /// Why nothing was done.
    pub(crate) fn trouble(&self, trouble: &Trouble) {
        match trouble {
            Trouble::Collected => {}
            Trouble::Rendered(text) => say(text),
            Trouble::Said(message) if self.collect(|| render::sarif::trouble(message)) => {}
            Trouble::Said(message) if self.is_json() => say(&render::trouble_json(message)),
            Trouble::Said(message) => say(&format!("error: {message}")),
        }
    }

    /// Why there is no crate of a document.
    pub(crate) fn failure(&self, source: &Source, failure: Failure) -> Trouble {
        match failure {
            Failure::Unreadable(error)
                if self.collect(|| render::sarif::load_error(source, &error)) =>
            {
                Trouble::Collected
            }
            Failure::Unreadable(error) => Trouble::Rendered(self.load_error(source, &error)),
            lost @ Failure::Lost { .. } => Trouble::Said(format!("{}: {lost}", source.name)),
        }
    }

    /// Why a document can't be read, in the form wanted.
    pub(crate) fn load_error(&self, source: &Source, error: &LoadError) -> String {
        if self.is_json() {
            render::load_error_json(source, error)
        } else {
            render::load_error_text(source, error, colored())
        }
    }

    /// A line that goes away with the value given, where somebody watches work that takes long.
    pub(crate) fn progress(&self, name: &str) -> Option<Progress> {
        if self.messages.quiet || self.is_json() || self.is_sarif() {
            return None;
        }
        Progress::start(name)
    }

    /// What was noticed. Gives whether it is more than the caller wants to hear.
    pub(crate) fn diagnostics(&self, source: &Source, diagnostics: &[Diagnostic]) -> bool {
        let warnings = diagnostics
            .iter()
            .filter(|one| one.code.severity() >= Severity::Warning)
            .count();
        if self.is_sarif() {
            for diagnostic in diagnostics {
                self.collect(|| render::sarif::diagnostic(source, diagnostic));
            }
        } else if self.is_json() {
            if !self.messages.quiet {
                say(&render::json(source, diagnostics));
            }
        } else if !self.messages.quiet {
            self.text(source, diagnostics, warnings);
        }
        self.messages.deny_warnings && warnings > 0
    }

    fn text(&self, source: &Source, diagnostics: &[Diagnostic], warnings: usize) {
        let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
        let shown: Vec<Diagnostic> = diagnostics
            .iter()
            .filter(|diagnostic| {
                self.messages.verbose || diagnostic.code.severity() > Severity::Note
            })
            .filter(|diagnostic| {
                let count = counts.entry(diagnostic.code).or_default();
                *count += 1;
                self.messages.verbose || *count <= FIRST_FEW
            })
            .cloned()
            .collect();
        if !shown.is_empty() {
            say(&render::text(source, &shown, colored()));
        }
        for (code, count) in counts
            .iter()
            .filter(|(_, count)| **count > FIRST_FEW && !self.messages.verbose)
        {
            say(&format!(
                "… and {} more of `{}` (`--verbose` shows all)",
                count - FIRST_FEW,
                code.as_str()
            ));
        }
        let notes = diagnostics.len() - warnings;
        if warnings > 0 || (notes > 0 && self.messages.verbose) {
            say(&format!(
                "{}: {}, {}",
                source.name,
                counted(warnings, "warning"),
                counted(notes, "note")
            ));
        }
    }
}

/// Nobody is left to tell where stderr can't be written.
fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", text.trim_end());
}

/// On a terminal that has colours, and not with `NO_COLOR`.
fn colored() -> bool {
    AutoStream::choice(&io::stderr()) != ColorChoice::Never
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, thing: &str) -> String {
    if count == 1 {
        format!("1 {thing}")
    } else {
        format!("{count} {thing}s")
    }
}
