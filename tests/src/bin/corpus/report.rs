//! What was found, document by document and in sum.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

/// How many messages of a document are printed; the file has all of them.
const PRINTED: usize = 5;

/// Operations of this verb can't be called by clients of HTTP that people have.
const NOT_FOR_CLIENTS: &str = "TRACE: ";

/// One document.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Row {
    /// Path below the folder of documents.
    pub(crate) document: String,
    /// Length of its text.
    pub(crate) bytes: usize,
    /// Below `paths`, counted in the bare value.
    pub(crate) operations: usize,
    /// Of those, how many have a method.
    pub(crate) callable: usize,
    /// Of those, how many have none, by verb and reason.
    pub(crate) not_generated: BTreeMap<String, usize>,
    /// Operations of webhooks and callbacks, which aren't among those above.
    pub(crate) calls_of_the_service: usize,
    /// Of the generator, cargo and rustc.
    pub(crate) errors: Vec<String>,
    /// Of cargo and rustc.
    pub(crate) warnings: Vec<String>,
    /// Reading and counting included.
    pub(crate) generation_seconds: f64,
    /// `cargo check`, dependencies built before.
    pub(crate) check_seconds: f64,
}

impl Row {
    /// Whether there is nothing to mend.
    fn is_right(&self) -> bool {
        let reasons = self.not_generated.keys();
        let mut of_ours = reasons.filter(|reason| !reason.starts_with(NOT_FOR_CLIENTS));
        self.errors.is_empty() && self.warnings.is_empty() && of_ours.next().is_none()
    }

    /// A line of the table, and beneath it what is wrong.
    pub(crate) fn print(&self) {
        println!(
            "{:<55} {:>6} {:>6} {:>5} {:>6} {:>8} {:>6.1} {:>6.1}",
            self.document,
            self.operations,
            self.callable,
            self.not_generated.values().sum::<usize>(),
            self.errors.len(),
            self.warnings.len(),
            self.generation_seconds,
            self.check_seconds,
        );
        for (reason, count) in &self.not_generated {
            println!("    {count} not generated: {reason}");
        }
        let errors = self.errors.iter().map(|error| ("error", error));
        let warnings = self.warnings.iter().map(|warning| ("warning", warning));
        for (kind, text) in errors.chain(warnings).take(PRINTED) {
            println!("    {kind}: {text}");
        }
    }
}

/// The names of the columns, before any row is there.
pub(crate) fn print_head() {
    println!(
        "{:<55} {:>6} {:>6} {:>5} {:>6} {:>8} {:>6} {:>6}",
        "document", "ops", "called", "none", "errors", "warnings", "gen s", "check s"
    );
}

/// A whole run.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    documents: usize,
    /// Compile without a warning.
    clean: usize,
    operations: usize,
    callable: usize,
    not_generated: usize,
    calls_of_the_service: usize,
    /// On the clock.
    seconds: f64,
    rows: Vec<Row>,
}

impl Report {
    pub(crate) fn of(rows: Vec<Row>, took: Duration) -> Self {
        let sum = |count: fn(&Row) -> usize| rows.iter().map(count).sum();
        Self {
            documents: rows.len(),
            clean: sum(|row| usize::from(row.errors.is_empty() && row.warnings.is_empty())),
            operations: sum(|row| row.operations),
            callable: sum(|row| row.callable),
            not_generated: sum(|row| row.not_generated.values().sum()),
            calls_of_the_service: sum(|row| row.calls_of_the_service),
            seconds: took.as_secs_f64(),
            rows,
        }
    }

    /// Whether there is nothing to mend in any document.
    pub(crate) fn is_right(&self) -> bool {
        self.rows.iter().all(Row::is_right)
    }

    /// The sums, and the documents to look at.
    pub(crate) fn print(&self) {
        println!(
            "{} of {} documents compile without a warning; {} of {} operations are callable, {} are listed with \
             a reason; {} webhooks and callbacks; {:.0} s",
            self.clean,
            self.documents,
            self.callable,
            self.operations,
            self.not_generated,
            self.calls_of_the_service,
            self.seconds,
        );
        for row in self.rows.iter().filter(|row| !row.is_right()) {
            println!("wrong: {}", row.document);
        }
    }

    pub(crate) fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}
