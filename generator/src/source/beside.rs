//! The files that a document's references lead to: those below its folder and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Source;
use crate::pointer::percent_decoded;

/// How many files are read, at most.
const MOST: usize = 2_000;

/// How many bytes of them are read, at most.
const LARGEST: usize = 64 << 20;

/// As far as a discriminator's mapping is looked at, in bytes.
const LONGEST_MAPPING: usize = 16 << 10;

/// Every file that a document's texts lead to, and those that these lead to, by their paths from the document's
/// folder. `read` gives the text of one, from its path and the bytes that are left. What it can't read isn't among
/// them: whoever follows the reference says so, with its place.
pub(super) fn gather<'t>(
    own_name: &str,
    texts: impl Iterator<Item = &'t str>,
    mut read: impl FnMut(&str, usize) -> Option<Source>,
) -> BTreeMap<String, Source> {
    let mut open: Vec<String> = texts.flat_map(|text| named_in(text, "")).collect();
    let mut found: BTreeMap<String, Source> = BTreeMap::new();
    let mut left = LARGEST;
    while let Some(path) = open.pop() {
        if path == own_name || found.contains_key(&path) || found.len() >= MOST {
            continue;
        }
        let Some(file) = read(&path, left).filter(|file| file.text.len() <= left) else {
            continue;
        };
        left = left.saturating_sub(file.text.len());
        open.extend(named_in(&file.text, &path));
        found.insert(path, file);
    }
    found
}

/// Reads files below the folder of a document, and no others.
pub(super) fn of_folder(document: &Path) -> impl FnMut(&str, usize) -> Option<Source> + use<> {
    let folder = match document.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let root = fs::canonicalize(&folder).ok();
    move |path, left| {
        let text = read(root.as_deref()?, path, left)?;
        let shown = folder.join(path).display().to_string();
        Some(Source::new(shown, text))
    }
}

/// Whether a text leads to another file that holds a document or a part of one, by its name.
pub(super) fn leads_elsewhere(text: &str, own_name: &str) -> bool {
    let names = named_in(text, "");
    names.iter().filter(|name| *name != own_name).any(|name| {
        let extension = Path::new(name).extension();
        extension.is_some_and(|kind| kind == "json" || kind == "yaml" || kind == "yml")
    })
}

fn read(root: &Path, path: &str, left: usize) -> Option<String> {
    // Also a link must not lead out of the folder.
    let real: PathBuf = fs::canonicalize(root.join(path)).ok()?;
    let about = fs::metadata(&real).ok()?;
    let fits = about.is_file() && about.len() <= left as u64;
    (fits && real.starts_with(root))
        .then(|| fs::read_to_string(&real).ok())
        .flatten()
}

/// The files that the references and discriminators of a text lead to. They are looked for in the text, for it
/// needn't be well formed.
fn named_in(text: &str, from: &str) -> Vec<String> {
    let is_elsewhere = |rest: &&str| !rest.trim_start_matches(['"', '\'']).starts_with('#');
    let references = behind(text, "$ref")
        .map(str::trim_start)
        .filter(is_elsewhere)
        .map(written);
    let mapped = behind(text, "mapping").flat_map(mapped);
    let mut named: Vec<String> = references
        .chain(mapped)
        .filter_map(|reference| Some(target(from, &reference)?.0))
        .filter(|path| path != from && !path.is_empty())
        .collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// What stands behind a key and its colon, wherever the key is.
fn behind<'t>(text: &'t str, key: &'static str) -> impl Iterator<Item = &'t str> {
    text.match_indices(key).filter_map(move |(at, _)| {
        let rest = text.get(at + key.len()..)?;
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        rest.strip_prefix(':')
    })
}

/// The files that the values of a `mapping` name: in braces, or in the lines that stand further in than the next.
/// A value that isn't a file's name is another schema's.
fn mapped(rest: &str) -> Vec<String> {
    let rest = rest
        .get(..rest.floor_char_boundary(LONGEST_MAPPING))
        .unwrap_or("");
    let members: Vec<&str> = match rest.trim_start().strip_prefix('{') {
        Some(braced) => braced.split('}').next().unwrap_or("").split(',').collect(),
        None => {
            let lines = rest.lines().skip(1).filter(|line| !line.trim().is_empty());
            let indent = |line: &str| line.len() - line.trim_start().len();
            let mut first = None;
            lines
                .take_while(|line| indent(line) >= *first.get_or_insert_with(|| indent(line)))
                .collect()
        }
    };
    let values = members
        .into_iter()
        .filter_map(|member| member.split_once(':'));
    values
        .map(|(_, value)| written(value.trim_start()))
        .filter(|value| {
            let path = value.split('#').next().unwrap_or("");
            [".json", ".yaml", ".yml"]
                .iter()
                .any(|kind| path.ends_with(kind))
        })
        .collect()
}

/// The text that something begins with: up to its closing quote, or as far as a plain one of YAML goes.
fn written(rest: &str) -> String {
    let quote = rest.chars().next().filter(|letter| "\"'".contains(*letter));
    let Some(quote) = quote else {
        let mut open = 0_usize;
        let is_in = |letter: &char| match letter {
            '{' => {
                open += 1;
                true
            }
            '}' if open > 0 => {
                open -= 1;
                true
            }
            letter => !(letter.is_whitespace() || ",}".contains(*letter)),
        };
        return rest.chars().take_while(is_in).collect();
    };
    let inner = rest.get(1..).unwrap_or("");
    let inner = inner.split(quote).next().unwrap_or("");
    inner.replace("\\/", "/")
}

/// The file that a reference in a file leads to, from the document's folder, and the fragment within it (without
/// `#`), both without percent-encoding; both files are "" where they are the document. None where it leads out of the folder or to the network.
pub(crate) fn target(from: &str, reference: &str) -> Option<(String, String)> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    // Decoded before it is looked at, so that nothing leads out of the folder in disguise.
    let (path, fragment) = (percent_decoded(path), percent_decoded(fragment));
    if path.is_empty() {
        return Some((from.to_owned(), fragment));
    }
    if path.starts_with(['/', '\\']) || path.contains(':') {
        return None;
    }
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    (!steps.is_empty()).then(|| (steps.join("/"), fragment))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn paths_are_taken_from_the_file_that_has_the_reference() {
        let to = |from, reference| target(from, reference);
        let some = |path: &str, fragment: &str| Some((path.to_owned(), fragment.to_owned()));
        assert_eq!(to("", "./a.yaml#/b"), some("a.yaml", "/b"));
        assert_eq!(to("x/a.yaml", "b.yaml"), some("x/b.yaml", ""));
        assert_eq!(to("x/a.yaml", "../b.yaml#/c"), some("b.yaml", "/c"));
        assert_eq!(to("x/a.yaml", "#/c"), some("x/a.yaml", "/c"));
        let encoded = to("", "my%20dog.json#/a%7Bb%7D~1c");
        assert_eq!(encoded, some("my dog.json", "/a{b}~1c"));
    }

    #[test]
    fn nothing_leads_out_of_the_folder_or_to_the_network() {
        for reference in [
            "../a.yaml",
            "/etc/a",
            "https://a/b.json",
            "x/../../a",
            "c:\\a",
            "..%2Fa",
            "x%2f..%2F..%2fa",
            "%2Fetc/a",
        ] {
            assert_eq!(target("", reference), None, "{reference}");
        }
    }

    #[test]
    fn references_are_found_however_they_are_written() {
        for text in [
            "{$ref: paths/pets_{id}.yaml}",
            "$ref: 'paths/pets_{id}.yaml#/get'",
            r#"{"$ref" : "paths/pets_{id}.yaml"}"#,
            r#"{"$ref":"paths\/pets_{id}.yaml#/a"}"#,
            "{\"$ref\":\n\t\"paths/pets_{id}.yaml\"}",
        ] {
            assert_eq!(named_in(text, ""), ["paths/pets_{id}.yaml"], "{text}");
        }
        assert_eq!(named_in(r#"{"$ref": "my dog.json"}"#, ""), ["my dog.json"]);
    }

    #[test]
    fn files_are_found_that_a_discriminator_alone_names() {
        for text in [
            r#"{"mapping": {"dog": "dog.json#/Dog", "cat" : "cat.json"}}"#,
            "discriminator:\n  mapping:\n    dog: ./dog.json\n    cat: 'cat.json#/Cat'\n  other: a.json\n",
            "mapping: {dog: dog.json, cat: cat.json, bird: Bird, fish: '#/Fish'}",
        ] {
            assert_eq!(named_in(text, ""), ["cat.json", "dog.json"], "{text}");
        }
        for text in [
            "mapping:",
            "mapping: {",
            "mapping:\n",
            "\"mapping\": 1",
            "mapping: a:b",
        ] {
            assert_eq!(named_in(text, ""), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn files_are_read_as_far_as_they_lead_and_no_further() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir_all(inner.join("deep")).unwrap();
        fs::write(folder.path().join("secret.yaml"), "a: 1").unwrap();
        fs::write(inner.join("a.yaml"), "$ref: 'deep/b.json#/x'").unwrap();
        fs::write(inner.join("deep/b.json"), r#"{"$ref": "../a.yaml"}"#).unwrap();
        fs::write(inner.join("other.yaml"), "a: 1").unwrap();
        let text =
            "a: {$ref: ./a.yaml}\nb:\n  $ref: ../secret.yaml\nc: {\"$ref\": \"missing.yaml\"}";
        let read = of_folder(&inner.join("spec.yaml"));
        let found = gather("spec.yaml", [text].into_iter(), read);
        let names: Vec<&String> = found.keys().collect();
        assert_eq!(names, ["a.yaml", "deep/b.json"]);
    }
}
