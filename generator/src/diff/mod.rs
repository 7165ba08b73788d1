//! What changed between two documents, in the words of HTTP and of Rust.
//!
//! Three comparisons, and one list: `wire` compares what the documents mean, `raw` what their
//! texts say beside that, `interface` what their crates offer. Every difference of the texts is
//! accounted for, and every difference of the crates is put down to the change that caused it, so
//! that one change is told once, with both verdicts.

pub mod change;
pub mod ignore;
mod interface;
pub mod kind;
mod raw;
pub mod renames;
pub mod report;
mod verdict;
mod wire;
pub(crate) mod words;

use std::fmt::Write;
use std::mem::discriminant;

use crate::Reading;
use crate::pointer::Pointer;

use self::change::{Bump, Change, Diff};

/// Compares two documents. Both are planned for one package, whose version doesn't count.
pub fn diff(old: &Reading, new: &Reading) -> Diff {
    let found = wire::compare(old, new);
    let told = raw::tell(old, new, &found.operations, found.changes);
    let mut changes = told.changes;
    let (old_api, new_api) = (&old.planned.api, &new.planned.api);
    let schemas: Vec<(Pointer, Pointer)> = found
        .schemas
        .iter()
        .map(|(was, is)| (old_api.schema(*was), new_api.schema(*is)))
        .filter(|(was, is)| discriminant(&was.shape) == discriminant(&is.shape))
        .map(|(was, is)| (was.at.clone(), is.at.clone()))
        .collect();
    let names = interface::link(old, new, &schemas, &mut changes);
    let renames = renames::find(old, new, &found.operations, &names, &changes);
    let bump = bump(old, new, &changes);
    sort(&mut changes);
    Diff {
        changes,
        excused: Vec::new(),
        ignored: told.ignored,
        bump,
        renames,
        version: old.planned.krate.package.version.clone(),
    }
}

/// The largest step of all. Where only words may have changed, the crates themselves decide.
fn bump(old: &Reading, new: &Reading, changes: &[Change]) -> Bump {
    let largest = changes.iter().map(|change| change.bump).max();
    match largest.unwrap_or(Bump::None) {
        Bump::None | Bump::Patch if same_crate(old, new) => Bump::None,
        Bump::None => Bump::Patch,
        other => other,
    }
}

/// Whether the crates are the same to the last letter, their versions aside.
fn same_crate(old: &Reading, new: &Reading) -> bool {
    let print = |reading: &Reading| {
        let mut krate = reading.planned.krate.clone();
        krate.package.version.clear();
        krate.package.source.clear();
        let mut text = String::new();
        // Writing to a string can't fail.
        let _ = write!(text, "{krate:?}");
        text
    };
    print(old) == print(new)
}

/// By group, what breaks most first, then as it stands in the documents.
fn sort(changes: &mut [Change]) {
    changes.sort_by(|one, other| {
        let key = |change: &Change| (change.bump, change.rust, change.wire);
        one.group
            .cmp(&other.group)
            .then_with(|| key(other).cmp(&key(one)))
    });
}
