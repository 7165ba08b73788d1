//! What callers change, with how they wrote it and how they write it.

use std::fmt::Write;

use crate::diff::change::{Bump, Change, ItemChange, Rust};
use crate::diff::words::inline;

use super::Release;

/// How a guide begins.
pub(super) const HEAD: &str = "# Migration\n\n\
What callers of this crate change from version to version, the newest first. What stands between `bump` marks is \
written by `generate --bump`, everything else by people.\n";

/// How many statements of each side are shown.
const FIRST_FEW: usize = 6;

/// What breaks callers of a version; none: nothing does.
pub(super) fn guide(release: &Release<'_>) -> Option<String> {
    let breaks = release.diff.changes.iter();
    let breaks = breaks.filter(|change| change.bump == Bump::Major);
    let sections: Vec<String> = breaks.map(|change| section(change, release)).collect();
    if sections.is_empty() {
        return None;
    }
    let (old, new) = (&release.diff.version, &release.version);
    Some(format!("## From {old} to {new}\n{}", sections.concat()))
}

fn section(change: &Change, release: &Release<'_>) -> String {
    let mut text = format!(
        "\n### {} {}\n\nIn `{}`; {}: {}.\n\n",
        inline(&change.subject),
        inline(&change.what),
        change.group,
        change.rust.phrase(),
        inline(&change.why)
    );
    let (before, after) = (before(change), after(change));
    if before.is_empty() && after.is_empty() {
        text.push_str("The code stays as it is, and doesn't do the same.\n");
        return text;
    }
    let (old, new) = (&release.diff.version, &release.version);
    let _ = write!(
        text,
        "```rust\n// Before, {old}:\n{}\n// After, {new}:\n{}```\n",
        shown(&before),
        shown(&after)
    );
    text
}

/// What callers may have written that isn't right any more.
fn before(change: &Change) -> Vec<&str> {
    let broken = change.interface.iter().filter(|item| is_broken(item));
    let broken = broken.filter(|item| !goes_with_another(item, &change.interface));
    distinct(broken.filter_map(|item| item.old_code.as_deref()))
}

/// What they write instead: what is there under the same name, and what came in place of what is gone.
fn after(change: &Change) -> Vec<&str> {
    let is_gone = |item: &ItemChange| item.new.is_none();
    let any_gone = change.interface.iter().any(is_gone);
    let items = change.interface.iter();
    let instead = items.filter(|item| is_broken(item) || (any_gone && item.old.is_none()));
    let instead = instead.filter(|item| !goes_with_another(item, &change.interface));
    distinct(instead.filter_map(|item| item.new_code.as_deref()))
}

fn is_broken(item: &ItemChange) -> bool {
    item.rust >= Rust::RunTime
}

/// Whether it came or went with its type, which says it all.
fn goes_with_another(item: &ItemChange, all: &[ItemChange]) -> bool {
    let is_type_of = |other: &ItemChange| {
        let rest = item.path.strip_prefix(&other.path);
        let is_below = rest.is_some_and(|rest| rest.starts_with(['.', ':']));
        let same_way = other.old.is_none() == item.old.is_none()
            && other.new.is_none() == item.new.is_none()
            && (other.old.is_none() || other.new.is_none());
        is_below && same_way && !other.path.starts_with("client.")
    };
    all.iter().any(is_type_of)
}

fn distinct<'c>(all: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let mut distinct: Vec<&str> = Vec::new();
    for code in all {
        if !distinct.contains(&code) {
            distinct.push(code);
        }
    }
    distinct
}

fn shown(statements: &[&str]) -> String {
    if statements.is_empty() {
        return "// There is nothing in its place.\n".to_owned();
    }
    let mut text: String = statements
        .iter()
        .take(FIRST_FEW)
        .map(|code| format!("{code}\n"))
        .collect();
    if statements.len() > FIRST_FEW {
        let _ = writeln!(text, "// … and {} more.", statements.len() - FIRST_FEW);
    }
    text
}
