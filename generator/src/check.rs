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
    /// What is wrong, in a word or two.
    pub kind: &'static str,
    /// From what is on disk to what should be.
    pub diff: String,
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
            kind: "isn't emitted any more",
        }
    }));
    differences.sort_by(|one, other| one.path.cmp(&other.path));
    differences
}

fn difference(name: &str, text: &str, path: &Path) -> Option<Difference> {
    let Ok(old) = fs::read(path) else {
        return Some(Difference {
            path: name.to_owned(),
            kind: "is missing",
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
            "has CRLF line ends (mark it `text eol=lf` for git)"
        } else {
            "differs"
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
