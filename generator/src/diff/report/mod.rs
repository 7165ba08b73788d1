//! How a [`Diff`] is shown: a file for each format.

mod github;
mod html;
mod json;
mod markdown;
mod sarif;
mod text;

use crate::pointer::Pointer;
use crate::source::Source;

use super::change::{Bump, Change, Diff};

pub use self::github::github;
pub use self::html::html;
pub use self::json::json;
pub use self::markdown::markdown;
pub use self::sarif::sarif;
pub use self::text::text;

/// A comparison with the two texts that it is about.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// What was found.
    pub diff: &'a Diff,
    /// The older text.
    pub old: &'a Source,
    /// The newer text.
    pub new: &'a Source,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot<'a> {
    pub(crate) file: &'a str,
    /// From 1.
    pub(crate) line: usize,
    /// From 1.
    pub(crate) column: usize,
    pub(crate) pointer: &'a Pointer,
}

impl<'a> Compared<'a> {
    pub(crate) fn old_spot(&self, change: &'a Change) -> Option<Spot<'a>> {
        spot(self.old, change.old.as_ref()?)
    }

    pub(crate) fn new_spot(&self, change: &'a Change) -> Option<Spot<'a>> {
        spot(self.new, change.new.as_ref()?)
    }

    /// `0.1.0 -> 0.2.0`, or that it stays.
    pub(crate) fn step(&self) -> String {
        let version = &self.diff.version;
        match self.diff.bump {
            Bump::None => format!("{version} stays"),
            bump => format!("{version} -> {}", bump.next(version)),
        }
    }
}

fn spot<'a>(source: &'a Source, pointer: &'a Pointer) -> Option<Spot<'a>> {
    let span = source.locate(pointer)?;
    Some(Spot {
        file: &source.holding(pointer).name,
        line: span.line,
        column: span.column,
        pointer,
    })
}

/// The changes of each group, in order.
pub(crate) fn groups(changes: &[Change]) -> impl Iterator<Item = (&str, &[Change])> {
    changes
        .chunk_by(|one, other| one.group == other.group)
        .filter_map(|chunk| Some((chunk.first()?.group.as_str(), chunk)))
}

/// How many changes ask for which step: `2 major, 1 minor, 5 patch`.
pub(crate) fn counted(changes: &[Change]) -> String {
    let steps = [Bump::Major, Bump::Minor, Bump::Patch, Bump::None];
    let parts = steps.iter().filter_map(|step| {
        let count = changes.iter().filter(|change| change.bump == *step).count();
        let word = match step {
            Bump::Major => "that break callers",
            Bump::Minor => "that add",
            Bump::Patch => "that callers needn't notice",
            Bump::None => "that the crate doesn't have",
        };
        (count > 0).then(|| format!("{count} {word}"))
    });
    parts.collect::<Vec<_>>().join(", ")
}
