//! An entry of a changelog in the form of Keep a Changelog 1.1.0.

use std::fmt::Write;

use crate::diff::change::{Bump, Change};
use crate::diff::kind::Kind;
use crate::diff::words::inline;

use super::Release;

/// How a changelog begins.
pub(super) const HEAD: &str = "# Changelog\n\n\
All notable changes to this crate. What stands between `bump` marks is written by `generate --bump`, \
everything else by people.\n";

const HEADINGS: &[&str] = &["Added", "Changed", "Deprecated", "Removed"];

/// The entry of a version.
pub(super) fn entry(release: &Release<'_>) -> String {
    let changes = &release.diff.changes;
    let mut text = format!("## [{}] - {}\n", release.version, release.day);
    if changes.iter().any(|change| change.bump == Bump::Major) {
        text.push_str("\nWhat callers change is in [MIGRATION.md](MIGRATION.md).\n");
    }
    for heading in HEADINGS {
        let told = |change: &&Change| change.bump >= Bump::Minor && is_below(change) == *heading;
        let lines: Vec<String> = changes.iter().filter(told).map(line).collect();
        if !lines.is_empty() {
            let _ = write!(text, "\n### {heading}\n\n{}", lines.concat());
        }
    }
    let quiet = changes
        .iter()
        .filter(|change| change.bump == Bump::Patch)
        .count();
    match quiet {
        0 => {}
        1 => text.push_str("\nOne more change is of texts, or of what callers needn't notice.\n"),
        many => {
            let _ = write!(
                text,
                "\n{many} more changes are of texts, or of what callers needn't notice.\n"
            );
        }
    }
    text
}

fn is_below(change: &Change) -> &'static str {
    match (change.kind, &change.old, &change.new) {
        (Kind::Deprecated, _, _) => "Deprecated",
        (_, None, Some(_)) => "Added",
        (_, Some(_), None) => "Removed",
        _ => "Changed",
    }
}

fn line(change: &Change) -> String {
    let breaks = if change.bump == Bump::Major {
        "**breaks callers:** "
    } else {
        ""
    };
    format!(
        "- {breaks}{} {} (`{}`)\n",
        inline(&change.subject),
        inline(&change.what),
        change.group
    )
}
