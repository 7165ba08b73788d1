//! Files against what is on disk: a unified diff where they differ.

use std::fs;
use std::path::Path;

use similar::TextDiff;

use crate::files::Files;
use crate::write::stale;

/// A file that isn't what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Relative to the crate.
    pub path: String,
    /// What is wrong.
    pub kind: Kind,
    /// From what is on disk to what should be.
    pub diff: String,
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It isn't there.
    Missing,
    /// It is one of ours, and isn't emitted any more.
    Extra,
    /// Its text is another one.
    Changed,
    /// Its lines end with CR and LF, and nothing else is wrong.
    LineEnds,
}

impl Kind {
    /// As machines read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::Changed => "changed",
            Self::LineEnds => "line-ends",
        }
    }

    /// As people read it, after the file's name.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Missing => "is missing",
            Self::Extra => "isn't emitted any more",
            Self::Changed => "differs",
            Self::LineEnds => "has CRLF line ends (mark it `text eol=lf` for git)",
        }
    }
}

/// Every file that differs, is missing or is too many, in order of path.
pub fn check(files: &Files, folder: &Path) -> Vec<Difference> {
    let mut differences: Vec<Difference> = files
        .0
        .iter()
        .filter_map(|(name, text)| difference(name, text, &folder.join(name)))
        .collect();
    differences.extend(stale(files, folder).into_iter().map(|path| {
        let name = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        let old = fs::read_to_string(&path).unwrap_or_default();
        Difference {
            diff: unified(&name, &old, ""),
            path: name,
            kind: Kind::Extra,
        }
    }));
    differences.sort_by(|one, other| one.path.cmp(&other.path));
    differences
}

fn difference(name: &str, text: &str, path: &Path) -> Option<Difference> {
    let Ok(old) = fs::read(path) else {
        return Some(Difference {
            path: name.to_owned(),
            kind: Kind::Missing,
            diff: unified(name, "", text),
        });
    };
    if old == text.as_bytes() {
        return None;
    }
    let old = String::from_utf8_lossy(&old);
    let only_line_ends = old.replace("\r\n", "\n") == text;
    Some(Difference {
        path: name.to_owned(),
        kind: if only_line_ends {
            Kind::LineEnds
        } else {
            Kind::Changed
        },
        diff: unified(name, &old, text),
    })
}

fn unified(name: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(3)
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}
