//! One page that needs nothing else: no network, light and dark, with a search.

use askama::Template;

use super::{Compared, Spot, counted, groups};
use crate::diff::change::{Change, ItemChange};

#[derive(Template)]
#[template(path = "diff.html.askama", escape = "html")]
struct Page<'a> {
    old: &'a str,
    new: &'a str,
    bump: &'static str,
    step: String,
    counted: String,
    groups: Vec<Group<'a>>,
    agreed: Vec<Agreed<'a>>,
}

struct Group<'a> {
    name: &'a str,
    changes: Vec<Row<'a>>,
}

struct Agreed<'a> {
    reason: &'a str,
    row: Row<'a>,
}

struct Row<'a> {
    kind: &'static str,
    subject: &'a str,
    what: &'a str,
    why: &'a str,
    wire: &'static str,
    rust: &'static str,
    bump: &'static str,
    items: Vec<String>,
    spots: Vec<String>,
}

/// A whole page.
pub fn html(compared: &Compared<'_>) -> String {
    let diff = compared.diff;
    let groups = groups(&diff.changes).map(|(name, changes)| Group {
        name,
        changes: changes.iter().map(|change| row(compared, change)).collect(),
    });
    let page = Page {
        old: &compared.old.name,
        new: &compared.new.name,
        bump: diff.bump.as_str(),
        step: compared.step(),
        counted: counted(&diff.changes),
        groups: groups.collect(),
        agreed: diff
            .excused
            .iter()
            .map(|excused| Agreed {
                reason: &excused.reason,
                row: row(compared, &excused.change),
            })
            .collect(),
    };
    // Writing to a string can't fail.
    page.render().unwrap_or_default()
}

fn row<'a>(compared: &Compared<'a>, change: &'a Change) -> Row<'a> {
    let spots = [compared.old_spot(change), compared.new_spot(change)];
    Row {
        kind: change.kind.as_str(),
        subject: &change.subject,
        what: &change.what,
        why: &change.why,
        wire: change.wire.phrase(),
        rust: change.rust.phrase(),
        bump: change.bump.as_str(),
        items: change.interface.iter().map(item).collect(),
        spots: spots.iter().flatten().map(spot).collect(),
    }
}

fn item(item: &ItemChange) -> String {
    match (&item.old, &item.new) {
        (Some(old), Some(new)) => format!("{}: {old} → {new}", item.path),
        (Some(old), None) => format!("gone: {} {old}", item.path),
        (None, new) => format!("new: {} {}", item.path, new.as_deref().unwrap_or_default()),
    }
}

fn spot(spot: &Spot<'_>) -> String {
    format!("{}:{} {}", spot.file, spot.line, spot.pointer)
}
