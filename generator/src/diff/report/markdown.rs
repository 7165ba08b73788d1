//! For a comment on a pull request: a short summary, and everything else folded.

use std::fmt::Write;

use super::{Compared, Spot, groups};
use crate::diff::change::{Bump, Change};
use crate::diff::words::inline;

/// How many breaks the summary names.
const FIRST_FEW: usize = 10;

/// A comment is refused beyond 65,536 characters.
const LONGEST: usize = 60_000;

/// The same, with what was agreed to.
const LONGEST_WITH_AGREED: usize = 64_000;

/// GitHub's Markdown.
pub fn markdown(compared: &Compared<'_>) -> String {
    let diff = compared.diff;
    let mut text = format!("### {}\n\n", headline(compared));
    let of = |least: Bump| diff.changes.iter().filter(move |one| one.bump == least);
    let _ = writeln!(
        text,
        "| breaks callers | adds | callers needn't notice | agreed |\n|---|---|---|---|\n| {} | {} | {} | {} |\n",
        of(Bump::Major).count(),
        of(Bump::Minor).count(),
        of(Bump::Patch).count() + of(Bump::None).count(),
        diff.excused.len()
    );
    for change in of(Bump::Major).take(FIRST_FEW) {
        let _ = writeln!(
            text,
            "- {} {}",
            inline(&change.subject),
            inline(&change.what)
        );
    }
    let more = of(Bump::Major).count().saturating_sub(FIRST_FEW);
    if more > 0 {
        let _ = writeln!(text, "- … and {more} more that break callers");
    }
    text.push('\n');
    let mut left_out = 0;
    for (group, changes) in groups(&diff.changes) {
        let section = section(compared, group, changes);
        if text.len() + section.len() > LONGEST {
            left_out += changes.len();
        } else {
            text.push_str(&section);
        }
    }
    if left_out > 0 {
        let _ = writeln!(
            text,
            "{left_out} more changes don't fit into a comment: `generator diff --format html` has all of them."
        );
    }
    if !diff.excused.is_empty() {
        text.push_str("<details><summary>agreed</summary>\n\n");
        for (index, excused) in diff.excused.iter().enumerate() {
            let change = &excused.change;
            let (subject, what) = (inline(&change.subject), inline(&change.what));
            let line = format!("- {subject} {what}: {}\n", inline(&excused.reason));
            if text.len() + line.len() > LONGEST_WITH_AGREED {
                let _ = writeln!(text, "- … and {} more", diff.excused.len() - index);
                break;
            }
            text.push_str(&line);
        }
        text.push_str("\n</details>\n");
    }
    text
}

fn headline(compared: &Compared<'_>) -> String {
    match compared.diff.bump {
        Bump::None => "The SDK stays the same".to_owned(),
        bump => format!(
            "The SDK needs a {} step: {}",
            bump.as_str(),
            compared.step()
        ),
    }
}

fn section(compared: &Compared<'_>, group: &str, changes: &[Change]) -> String {
    let breaks = changes.iter().filter(|one| one.bump == Bump::Major).count();
    let count = match breaks {
        0 => changes.len().to_string(),
        breaks => format!("{}, {breaks} of them break callers", changes.len()),
    };
    let mut text = format!(
        "<details><summary><code>{}</code> ({count})</summary>\n\n| | change | wire | Rust | why | where |\n|---|---|---|---|---|---|\n",
        inline(group)
    );
    for change in changes {
        let sign = match change.bump {
            Bump::Major => "❌",
            Bump::Minor => "➕",
            Bump::Patch | Bump::None => "",
        };
        let spot = compared
            .new_spot(change)
            .or_else(|| compared.old_spot(change));
        let _ = writeln!(
            text,
            "| {sign} | {} {} | {} | {} | {} | {} |",
            cell(&change.subject),
            cell(&change.what),
            change.wire.phrase(),
            change.rust.phrase(),
            cell(&change.why),
            spot.map(|spot| place(&spot)).unwrap_or_default()
        );
    }
    text.push_str("\n</details>\n\n");
    text
}

fn place(spot: &Spot<'_>) -> String {
    format!("{}:{}", cell(spot.file), spot.line)
}

/// Inside a table a bar ends a cell, even in a code span.
fn cell(text: &str) -> String {
    inline(text).replace('|', "\\|")
}
