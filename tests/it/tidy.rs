//! The rules of the house that the compiler doesn't know.

use std::fs;

use crate::fixtures::{files_below, root};

/// No file that people write is longer.
const LONGEST: usize = 500;

/// Who may name what: words of a path, and the folders or files of `generator/src` that have a use for them.
const LAYERS: &[(&str, &[&str])] = &[
    ("serde_yaml", &["load/", "source"]),
    ("serde_json_path", &["load/overlay/"]),
    ("openapiv3", &["load/", "lower/"]),
    ("quote", &["emit/"]),
    ("proc_macro2", &["emit/"]),
    ("prettyplease", &["emit/"]),
    ("askama", &["emit/", "diff/report/"]),
];

/// A file that people write: its path from the root, and its text.
struct Written {
    path: String,
    text: String,
}

impl Written {
    /// What is wrong, with its place.
    fn wrong(&self, what: &str) -> String {
        format!("{}: {what}", self.path)
    }

    /// The lines of code, without what only tests compile.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        let code = lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]");
        code.map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Whether it holds the unit tests of another file.
    fn is_unit_test(&self) -> bool {
        self.path.starts_with("generator/")
            && (self.path.ends_with("tests.rs") || self.path.contains("/tests/"))
    }
}

/// Every file below these folders that people write.
fn written(folders: &[&str]) -> Vec<Written> {
    let mut files = Vec::new();
    for folder in folders {
        for (name, path) in files_below(&root().join(folder)) {
            let path_from_root = format!("{folder}/{name}");
            if !path_from_root.starts_with("tests/golden/") {
                let text = fs::read_to_string(path).unwrap();
                files.push(Written {
                    path: path_from_root,
                    text,
                });
            }
        }
    }
    assert!(!files.is_empty());
    files
}

fn rust(folders: &[&str]) -> impl Iterator<Item = Written> {
    let files = written(folders).into_iter();
    files.filter(|file| file.path.ends_with(".rs"))
}

#[track_caller]
fn assert_none(wrong: impl IntoIterator<Item = String>) {
    let wrong: Vec<String> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_about() {
    let silent = rust(&[
        "generator/src",
        "templates/runtime",
        "tests/it",
        "tests/src",
    ]);
    let silent = silent.filter(|file| !file.is_unit_test() && !file.text.starts_with("//! "));
    assert_none(silent.map(|file| file.wrong("begins without `//! …`")));
}

#[test]
fn no_file_is_too_long_to_read() {
    let long = rust(&[
        "generator/src",
        "templates/runtime",
        "tests/it",
        "tests/src",
    ])
    .filter(|file| file.text.lines().count() > LONGEST);
    assert_none(long.map(|file| file.wrong("too many lines: give each subject a file")));
}

#[test]
fn each_layer_names_its_own_crates_only() {
    let mut wrong = Vec::new();
    for file in rust(&["generator/src"]).filter(|file| !file.is_unit_test()) {
        let place = file.path.trim_start_matches("generator/src/");
        for (krate, layers) in LAYERS {
            if layers.iter().any(|layer| place.starts_with(layer)) {
                continue;
            }
            let lines = file.code().filter(|(_, line)| names(line, krate));
            wrong.extend(lines.map(|(line, _)| file.wrong(&format!("line {line} names {krate}"))));
        }
    }
    assert_none(wrong);
}

/// Whether a line has a path that begins with a crate: `quote::quote!`, `use askama::Template;`.
fn names(line: &str, krate: &str) -> bool {
    line.match_indices(krate).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let is_whole = !before.is_some_and(|before| before.is_alphanumeric() || before == '_');
        let after = &line[start + krate.len()..];
        is_whole
            && ["::", ";", " as "]
                .iter()
                .any(|sign| after.starts_with(sign))
    })
}

#[test]
fn the_layers_know_only_those_before_them() {
    let later = [
        ("load/", ["lower", "plan", "emit", "diff"].as_slice()),
        ("lower/", &["plan", "emit", "diff"]),
        ("api.rs", &["plan", "emit", "model", "diff"]),
        ("plan/", &["load", "lower", "emit", "diff"]),
        ("emit/", &["load", "lower", "diff"]),
        ("diff/", &["load", "lower", "emit"]),
    ];
    let mut wrong = Vec::new();
    for file in rust(&["generator/src"]).filter(|file| !file.is_unit_test()) {
        let place = file.path.trim_start_matches("generator/src/");
        let known = later.iter().filter(|(layer, _)| place.starts_with(layer));
        for module in known.flat_map(|(_, modules)| *modules) {
            let lines = file
                .code()
                .filter(|(_, line)| line.contains(&format!("crate::{module}::")));
            wrong.extend(lines.map(|(line, _)| file.wrong(&format!("line {line} names {module}"))));
        }
    }
    assert_none(wrong);
}

#[test]
fn identifiers_are_minted_in_one_place() {
    let files = rust(&["generator/src"]).filter(|file| file.path != "generator/src/plan/names.rs");
    let mut wrong = Vec::new();
    for file in files {
        let made = file.code().filter(|(_, line)| {
            let is_made = line.contains(" Ident(") || line.contains("(Ident(");
            is_made || line.contains("::Ident(")
        });
        wrong.extend(made.map(|(line, _)| file.wrong(&format!("line {line} makes an identifier"))));
    }
    assert_none(wrong);
}

#[test]
fn nothing_that_generates_knows_one_service() {
    // In two parts, or a search for the word would find it here.
    let vendor = ["cloud", "flare"].concat();
    let files = written(&["generator/src", "templates"]).into_iter();
    let wrong = files.filter(|file| file.text.to_lowercase().contains(&vendor));
    assert_none(wrong.map(|file| file.wrong("names a service")));
}

#[test]
fn nothing_gives_up_where_it_could_say_why() {
    let files = rust(&["generator/src", "templates/runtime"]).filter(|file| !file.is_unit_test());
    let mut wrong = Vec::new();
    for file in files {
        let lines = file.code().filter(|(_, line)| {
            ["unwrap()", "panic!(", "unreachable!(", "todo!("]
                .iter()
                .any(|word| line.contains(word))
        });
        wrong.extend(lines.map(|(line, _)| file.wrong(&format!("line {line} may panic"))));
    }
    assert_none(wrong);
}
