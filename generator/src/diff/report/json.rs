//! For other programs. `schemas/diff.schema.json` says what the fields mean.

use serde::Serialize;

use super::{Compared, Spot};
use crate::diff::change::{Change, ItemChange};

/// The version of the form: raised when a field goes or means something else.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Shown<'a> {
    version: u32,
    bump: &'static str,
    old_version: &'a str,
    new_version: String,
    changes: Vec<ShownChange<'a>>,
    excused: Vec<ShownExcused<'a>>,
    without_meaning: usize,
}

#[derive(Serialize)]
struct ShownExcused<'a> {
    reason: &'a str,
    #[serde(flatten)]
    change: ShownChange<'a>,
}

#[derive(Serialize)]
struct ShownChange<'a> {
    kind: &'static str,
    group: &'a str,
    subject: &'a str,
    what: &'a str,
    why: &'a str,
    wire: &'static str,
    rust: &'static str,
    bump: &'static str,
    old: Option<ShownSpot<'a>>,
    new: Option<ShownSpot<'a>>,
    items: Vec<ShownItem<'a>>,
}

#[derive(Serialize)]
struct ShownSpot<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    pointer: String,
}

#[derive(Serialize)]
struct ShownItem<'a> {
    path: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
    rust: &'static str,
}

/// One JSON object.
pub fn json(compared: &Compared<'_>) -> String {
    let diff = compared.diff;
    let shown = Shown {
        version: VERSION,
        bump: diff.bump.as_str(),
        old_version: &diff.version,
        new_version: diff.bump.next(&diff.version),
        changes: diff
            .changes
            .iter()
            .map(|change| of(compared, change))
            .collect(),
        excused: diff
            .excused
            .iter()
            .map(|excused| ShownExcused {
                reason: &excused.reason,
                change: of(compared, &excused.change),
            })
            .collect(),
        without_meaning: diff.ignored.len(),
    };
    // Texts and numbers always serialise.
    serde_json::to_string_pretty(&shown).unwrap_or_default()
}

fn of<'a>(compared: &Compared<'a>, change: &'a Change) -> ShownChange<'a> {
    ShownChange {
        kind: change.kind.as_str(),
        group: &change.group,
        subject: &change.subject,
        what: &change.what,
        why: &change.why,
        wire: change.wire.as_str(),
        rust: change.rust.as_str(),
        bump: change.bump.as_str(),
        old: compared.old_spot(change).map(spot),
        new: compared.new_spot(change).map(spot),
        items: change.interface.iter().map(item).collect(),
    }
}

fn spot(spot: Spot<'_>) -> ShownSpot<'_> {
    ShownSpot {
        file: spot.file,
        line: spot.line,
        column: spot.column,
        pointer: spot.pointer.to_string(),
    }
}

fn item(item: &ItemChange) -> ShownItem<'_> {
    ShownItem {
        path: &item.path,
        old: item.old.as_deref(),
        new: item.new.as_deref(),
        rust: item.rust.as_str(),
    }
}
