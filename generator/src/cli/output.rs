//! What is printed where: results to stdout, everything else to stderr.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

use anstream::{eprintln, println};
use generator::diagnostic::{Code, Diagnostic, Severity};
use generator::render;
use generator::source::Source;

use super::args::{Format, Messages};

/// How many messages of one kind are shown unless all are wanted.
const FIRST_FEW: usize = 10;

/// Where a command speaks.
pub(crate) struct Output {
    messages: Messages,
}

impl Output {
    pub(crate) fn new(messages: &Messages) -> Self {
        Self {
            messages: messages.clone(),
        }
    }

    pub(crate) fn is_json(&self) -> bool {
        self.messages.format == Format::Json
    }

    /// A result.
    pub(crate) fn result(&self, text: &str) {
        println!("{}", text.trim_end());
    }

    /// A line about what was done.
    pub(crate) fn summary(&self, text: &str) {
        if !self.messages.quiet {
            println!("{text}");
        }
    }

    /// Why nothing was done.
    pub(crate) fn trouble(&self, message: &str) {
        if message.starts_with("error") || message.starts_with('{') {
            eprintln!("{}", message.trim_end());
        } else {
            eprintln!("error: {}", message.trim_end());
        }
    }

    /// A line that goes away again, where somebody watches.
    pub(crate) fn progress(&self, text: &str) {
        if !self.messages.quiet && std::io::stderr().is_terminal() {
            let _ = write!(std::io::stderr(), "\r{text}");
        }
    }

    /// What was noticed. Gives whether it is more than the caller wants to hear.
    pub(crate) fn diagnostics(&self, source: &Source, diagnostics: &[Diagnostic]) -> bool {
        let warnings = diagnostics
            .iter()
            .filter(|one| one.code.severity() >= Severity::Warning)
            .count();
        if self.is_json() {
            let shown: Vec<Diagnostic> = diagnostics.to_vec();
            if !self.messages.quiet {
                eprintln!("{}", render::json(source, &shown));
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
            let color = std::io::stderr().is_terminal();
            eprintln!("{}", render::text(source, &shown, color).trim_end());
        }
        for (code, count) in counts
            .iter()
            .filter(|(_, count)| **count > FIRST_FEW && !self.messages.verbose)
        {
            eprintln!(
                "… and {} more of `{}` (`--verbose` shows all)",
                count - FIRST_FEW,
                code.as_str()
            );
        }
        let notes = diagnostics.len() - warnings;
        if warnings > 0 || (notes > 0 && self.messages.verbose) {
            eprintln!(
                "{}: {}, {}",
                source.name,
                counted(warnings, "warning"),
                counted(notes, "note")
            );
        }
    }
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, thing: &str) -> String {
    if count == 1 {
        format!("1 {thing}")
    } else {
        format!("{count} {thing}s")
    }
}
