//! What the READMEs show compiles. `src/lib.rs` has rustdoc compile the root's examples; those of the SDK's
//! README are what its crate documentation shows, which rustdoc compiles there.

use std::fs;

use crate::fixtures::root;

#[test]
fn the_examples_of_the_root_are_compiled() {
    let readme = read("README.md");
    let rust: Vec<&str> = fences(&readme)
        .filter(|fence| fence.contains("rust"))
        .collect();
    assert_eq!(rust, ["rust,no_run"]);
    assert!(read("tests/src/lib.rs").contains(r#"#[doc = include_str!("../../README.md")]"#));
}

#[test]
fn the_example_of_the_sdk_is_the_one_that_is_compiled() {
    let library = read("generated/src/lib.rs");
    let documentation: Vec<&str> = library
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let compiled = block(&documentation.join("\n"), "no_run");
    let readme = read("generated/README.md");
    // Whoever follows the README imports the crate under the name that it has in the manifest there.
    let manifest = block(&readme, "toml");
    let (name, _) = manifest[1].split_once(" = ").unwrap();
    let readme = block(&readme, "rust");
    assert!(readme.iter().any(|line| line.ends_with(".await?;")));
    let visible: Vec<String> = compiled
        .into_iter()
        .filter(|line| !line.starts_with("# "))
        .map(|line| line.replace("use generated::", &format!("use {name}::")))
        .collect();
    assert_eq!(readme, visible);
}

/// The one below the heading is what the documentation of `Recorder::new` has rustdoc compile.
#[test]
fn the_recording_of_the_sdk_is_the_one_that_is_compiled() {
    let client = read("generated/src/client.rs");
    let documentation: Vec<&str> = client
        .lines()
        .filter_map(|line| line.trim().strip_prefix("///"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let compiled = block(&documentation.join("\n"), "no_run");
    let visible: Vec<String> = compiled
        .into_iter()
        .filter(|line| !line.starts_with("# "))
        .collect();
    let readme = read("generated/README.md");
    let (_, section) = readme.split_once("## Tests of your code").unwrap();
    assert!(visible.len() > 5 && visible.len() <= 20);
    assert_eq!(block(section, "rust"), visible);
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// What stands after the marks that open blocks of code.
fn fences(markdown: &str) -> impl Iterator<Item = &str> {
    let marks = markdown.lines().filter_map(|line| line.strip_prefix("```"));
    marks.filter(|language| !language.is_empty())
}

/// The lines of the first block in a language.
fn block(markdown: &str, language: &str) -> Vec<String> {
    let mark = format!("```{language}");
    let lines = markdown.lines().skip_while(|line| **line != mark).skip(1);
    lines
        .take_while(|line| *line != "```")
        .map(str::to_owned)
        .collect()
}
