//! The files that each document in `golden/` gives, one feature a document, as people are to read them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use similar::TextDiff;

use crate::fixtures::{Golden, files_below};

/// Set to anything, the expected files are written anew.
const UPDATE: &str = "UPDATE_EXPECT";

/// What no document has a say in: the copied runtime and the formatter's settings.
const EQUAL_FOR_ALL: &[&str] = &["src/runtime/", "rustfmt.toml"];

#[test]
fn documents_give_the_expected_files() {
    let mut differences = String::new();
    for golden in Golden::all() {
        let mut emitted = golden.files().0;
        emitted.retain(|path, _| !EQUAL_FOR_ALL.iter().any(|same| path.starts_with(same)));
        if std::env::var_os(UPDATE).is_some() {
            update(&golden, &emitted);
        }
        let expected = expected(&golden);
        let paths: BTreeSet<&String> = expected.keys().chain(emitted.keys()).collect();
        for path in paths {
            let text =
                |files: &BTreeMap<String, String>| files.get(path).cloned().unwrap_or_default();
            let (old, new) = (text(&expected), text(&emitted));
            if old != new {
                differences += &unified(&format!("{}/expected/{path}", golden.name), &old, &new);
            }
        }
    }
    assert!(
        differences.is_empty(),
        "the files that come from tests/golden/*/spec.yaml aren't the expected ones:\n\n{differences}\n\
         If that is as it should be: {UPDATE}=1 cargo test -p tests golden, and read the diff."
    );
}

fn expected(golden: &Golden) -> BTreeMap<String, String> {
    let files = files_below(&golden.expected()).into_iter();
    files
        .map(|(name, path)| (name, fs::read_to_string(path).unwrap()))
        .collect()
}

fn update(golden: &Golden, emitted: &BTreeMap<String, String>) {
    let folder = golden.expected();
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    for (name, text) in emitted {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn unified(path: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(3)
        .header(&format!("expected {path}"), &format!("emitted {path}"))
        .to_string()
}
