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
    subject: Vec<Piece<'a>>,
    what: Vec<Piece<'a>>,
    why: Vec<Piece<'a>>,
    wire: &'static str,
    rust: &'static str,
    bump: &'static str,
    items: Vec<String>,
    spots: Vec<String>,
}

/// A part of a sentence; what stands between backticks is code.
enum Piece<'a> {
    Text(&'a str),
    Code(&'a str),
}

impl<'a> Piece<'a> {
    fn all(sentence: &'a str) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut rest = sentence;
        while let Some((text, (code, after))) = rest
            .split_once('`')
            .and_then(|(text, after)| Some((text, after.split_once('`')?)))
        {
            pieces.extend([Self::Text(text), Self::Code(code)]);
            rest = after;
        }
        pieces.push(Self::Text(rest));
        pieces
    }
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
        subject: Piece::all(&change.subject),
        what: Piece::all(&change.what),
        why: Piece::all(&change.why),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_make_code_where_there_are_two() {
        let shown = |sentence| {
            let pieces = Piece::all(sentence).into_iter();
            let pieces = pieces.map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Code(code) => format!("<{code}>"),
            });
            pieces.collect::<String>()
        };
        assert_eq!(shown("`a` is called `b` now"), "<a> is called <b> now");
        assert_eq!(shown("`a` and ` alone"), "<a> and ` alone");
        assert_eq!(shown(""), "");
    }
}
