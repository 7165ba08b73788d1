//! What came of all steps, as tables in Markdown.

use std::fmt::Write as _;

use crate::classes::{self, Class, OURS, THEIRS};
use crate::compare::Compared;

/// How many places that nothing explains are printed.
const PRINTED: usize = 20;

/// Of every step, in order.
#[derive(Default)]
pub(crate) struct Report {
    steps: Vec<(String, Compared)>,
}

impl Report {
    pub(crate) fn add(&mut self, step: String, compared: Compared) {
        self.steps.push((step, compared));
    }

    /// How many disagreements no class explains.
    pub(crate) fn unexplained(&self) -> usize {
        self.lines().count()
    }

    pub(crate) fn text(&self, all: bool) -> String {
        let mut text = "| step | both call it breaking | only `diff` | only the other | of these explained |\n|---|---:|---:|---:|---:|\n".to_owned();
        for (step, compared) in &self.steps {
            let explained = compared
                .ours
                .iter()
                .filter(|one| classes::class(OURS, one).is_some())
                .count()
                + compared
                    .theirs
                    .iter()
                    .filter(|one| classes::class(THEIRS, one).is_some())
                    .count();
            let _ = writeln!(
                text,
                "| {step} | {} | {} | {} | {explained} |",
                compared.both,
                compared.ours.len(),
                compared.theirs.len(),
            );
        }
        let ours = self.steps.iter().flat_map(|(_, compared)| &compared.ours);
        table(&mut text, "only `diff`", OURS, &counts(OURS, ours));
        let theirs = self.steps.iter().flat_map(|(_, compared)| &compared.theirs);
        table(&mut text, "only the other", THEIRS, &counts(THEIRS, theirs));
        for line in self.lines().take(PRINTED) {
            let _ = writeln!(text, "not explained: {line}");
        }
        if all {
            for (step, compared) in &self.steps {
                for one in &compared.ours {
                    let _ = writeln!(text, "{step}: only `diff`: {one}");
                }
                for one in &compared.theirs {
                    let _ = writeln!(text, "{step}: only the other: {one}");
                }
            }
        }
        text
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        self.steps.iter().flat_map(|(step, compared)| {
            let ours = compared
                .ours
                .iter()
                .filter(|one| classes::class(OURS, one).is_none());
            let theirs = compared
                .theirs
                .iter()
                .filter(|one| classes::class(THEIRS, one).is_none());
            let ours = ours.map(move |one| format!("{step}: only `diff`: {one}"));
            ours.chain(theirs.map(move |one| format!("{step}: only the other: {one}")))
        })
    }
}

fn counts<'a, T: 'a>(classes: &[Class<T>], all: impl Iterator<Item = &'a T>) -> Vec<usize> {
    let mut counts = vec![0; classes.len()];
    for index in all.filter_map(|one| classes::class(classes, one)) {
        counts[index] += 1;
    }
    counts
}

fn table<T>(text: &mut String, whose: &str, classes: &[Class<T>], counts: &[usize]) {
    let mut rows: Vec<(&Class<T>, usize)> = classes.iter().zip(counts.iter().copied()).collect();
    rows.retain(|(_, count)| *count > 0);
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let _ = writeln!(
        text,
        "\n| {whose} | places | who is right | why |\n|---|---:|---|---|"
    );
    for (class, count) in rows {
        let _ = writeln!(
            text,
            "| {} | {count} | {} | {} |",
            class.about,
            class.right.phrase(),
            class.why
        );
    }
}
