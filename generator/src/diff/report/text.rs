//! For people at a terminal.

use std::fmt::Arguments;

use super::{Compared, Spot, counted, groups};
use crate::diff::change::{Bump, Change};

/// How many items of the crate are listed below a change.
const ITEMS: usize = 6;

/// Every change, by resource, and what they ask for.
pub fn text(compared: &Compared<'_>) -> String {
    let mut text = String::new();
    for (group, changes) in groups(&compared.diff.changes) {
        line(&mut text, format_args!("# {group}"));
        text.push('\n');
        for change in changes {
            one(&mut text, compared, change);
        }
    }
    let changes = &compared.diff.changes;
    let found = match changes.len() {
        0 => "no change".to_owned(),
        1 => format!("1 change: {}", counted(changes)),
        many => format!("{many} changes: {}", counted(changes)),
    };
    let bump = match compared.diff.bump {
        Bump::None => "the crate is the same".to_owned(),
        bump => format!("{} step", bump.as_str()),
    };
    for excused in &compared.diff.excused {
        let change = &excused.change;
        line(
            &mut text,
            format_args!(
                "agreed: {} {} [{}]: {}",
                change.subject,
                change.what,
                change.kind.as_str(),
                excused.reason
            ),
        );
    }
    line(&mut text, format_args!("{found}"));
    line(
        &mut text,
        format_args!("version: {bump} ({})", compared.step()),
    );
    text
}

fn one(text: &mut String, compared: &Compared<'_>, change: &Change) {
    let sign = match change.bump {
        Bump::Major => "!",
        Bump::Minor => "+",
        Bump::Patch | Bump::None => "·",
    };
    line(
        text,
        format_args!(
            "{sign} {} {} [{}]",
            change.subject,
            change.what,
            change.kind.as_str()
        ),
    );
    line(
        text,
        format_args!(
            "  wire: {}; Rust: {}: {}",
            change.wire.phrase(),
            change.rust.phrase(),
            change.why
        ),
    );
    for item in change.interface.iter().take(ITEMS) {
        let shown = match (&item.old, &item.new) {
            (Some(old), Some(new)) => format!("~ {}: {old} => {new}", item.path),
            (Some(old), None) => format!("- {}{}", item.path, after(old)),
            (None, Some(new)) => format!("+ {}{}", item.path, after(new)),
            (None, None) => continue,
        };
        line(text, format_args!("    {shown}"));
    }
    if change.interface.len() > ITEMS {
        line(
            text,
            format_args!("    … and {} more items", change.interface.len() - ITEMS),
        );
    }
    let spots = [compared.old_spot(change), compared.new_spot(change)];
    let spots: Vec<String> = spots.iter().flatten().map(place).collect();
    if !spots.is_empty() {
        line(text, format_args!("  at {}", spots.join(" -> ")));
    }
    text.push('\n');
}

/// A line without what would end it or would be more than text to a terminal: names and words are the document's.
fn line(text: &mut String, words: Arguments<'_>) {
    let is_text = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.extend(words.to_string().chars().map(is_text));
    text.push('\n');
}

fn after(signature: &str) -> String {
    if signature.is_empty() {
        String::new()
    } else {
        format!(": {signature}")
    }
}

fn place(spot: &Spot<'_>) -> String {
    format!("{}:{}:{}", spot.file, spot.line, spot.column)
}
