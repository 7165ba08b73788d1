#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::diagnostic::Code;
use crate::pointer::Pointer;

fn said(at: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidNode,
        Pointer::parse(at),
        "`x` can't be read here",
    )
}

fn shown(source: &Source, diagnostics: &[Diagnostic]) -> String {
    text(source, diagnostics, false)
}

#[test]
fn a_diagnostic_shows_its_line_its_pointer_and_its_help() {
    let source = Source::new("things.yaml", "paths:\n  /things: 1\n");
    let diagnostic = said("#/paths/~1things").help("leave it out");
    let expected = "\
warning[invalid-node]: `x` can't be read here
 --> things.yaml:2:3
  |
2 |   /things: 1
  |   ^^^^^^^
  |
  = at: #/paths/~1things
  = help: leave it out
";
    assert_eq!(shown(&source, &[diagnostic]), expected);
}

#[test]
fn what_is_said_of_the_whole_has_no_line() {
    let source = Source::new("things.yaml", "paths: {}\n");
    let expected = "warning[invalid-node]: `x` can't be read here\n --> things.yaml\n";
    assert_eq!(shown(&source, &[said("#")]), expected);
}

#[test]
fn a_column_counts_characters_also_where_the_line_is_cut() {
    let filler = "ü".repeat(3_000_000);
    let source = Source::new("a.json", format!(r#"{{"a": "{filler}", "b": "{filler}"}}"#));
    let text = shown(&source, &[said("#/b")]);
    assert!(text.contains("--> a.json:1:3000011\n"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() < 140));
    let mut lines = text.lines().skip_while(|line| !line.starts_with("1 |"));
    let column = |line: &str, part| line.split(part).next().unwrap().chars().count();
    let (line, marks) = (lines.next().unwrap(), lines.next().unwrap());
    assert_eq!(column(line, r#""b""#), column(marks, "^^^"));
    assert!(line.starts_with("1 | …ü") && line.ends_with("ü…"));
}

#[test]
fn hundreds_of_messages_about_one_long_line_are_short() {
    let members: Vec<String> = (0..2_000)
        .map(|number| format!(r#""k{number}": "{}""#, "é".repeat(500)))
        .collect();
    let source = Source::new("a.json", format!("{{{}}}", members.join(",")));
    let diagnostics: Vec<Diagnostic> = (0..2_000).map(|n| said(&format!("#/k{n}"))).collect();
    let text = shown(&source, &diagnostics);
    assert_eq!(text.matches("warning[").count(), 2_000);
    assert!(text.len() < 2_000 * 600, "{}", text.len());
}

#[test]
fn a_key_of_a_megabyte_is_cut_in_messages_too() {
    let key = "k".repeat(1 << 20);
    let source = Source::new("a.yaml", format!("? {key}\n: 1\n"));
    let diagnostic = Diagnostic::new(
        Code::InvalidNode,
        Pointer::root().child(&key),
        format!("`{key}` is long"),
    );
    assert!(shown(&source, &[diagnostic]).len() < 2_000);
}

/// A document is somebody else's: it can't make the terminal do things.
#[test]
fn nothing_that_a_terminal_acts_on_comes_through() {
    let nasty = "a\u{1b}[31m\u{9b}31m\u{7}\u{202e}\r\n";
    let source = Source::new("a\u{1b}[2J.json", format!("{{\"{nasty}\": 1}}"));
    let diagnostic = Diagnostic::new(Code::InvalidNode, Pointer::root().child(nasty), nasty)
        .help(nasty.to_owned());
    let text = shown(&source, &[diagnostic]);
    let acted_on = |character: char| character.is_control() && character != '\n';
    assert!(
        !text.contains(acted_on) && !text.contains('\u{202e}'),
        "{text:?}"
    );
}

#[test]
fn colour_only_where_it_is_wanted() {
    let source = Source::new("a.yaml", "a: 1");
    assert!(text(&source, &[said("#/a")], true).contains('\u{1b}'));
    assert!(!text(&source, &[said("#/a")], false).contains('\u{1b}'));
}

#[test]
fn for_other_tools_every_key_is_there() {
    let source = Source::new("a.yaml", "a: 1\nb: 2\n");
    let text = json(&source, &[said("#/b").help("leave it out"), said("#")]);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let expected = serde_json::json!([
        {
            "code": "invalid-node", "severity": "warning", "message": "`x` can't be read here",
            "pointer": "#/b", "file": "a.yaml", "line": 2, "column": 1, "help": "leave it out",
        },
        {
            "code": "invalid-node", "severity": "warning", "message": "`x` can't be read here",
            "pointer": "#", "file": "a.yaml", "line": null, "column": null, "help": null,
        },
    ]);
    assert_eq!(value, expected);
    assert_eq!(json(&source, &[]), "[]");
}

#[test]
fn a_key_that_is_there_twice_shows_both_places() {
    let source = Source::new("a.yaml", "openapi: 3.0.3\ninfo: {}\npaths: {}\ninfo: {}\n");
    let error = crate::load::load(&source).unwrap_err();
    let expected = "\
error[syntax-error]: the key `info` is there twice in one object
 --> a.yaml:4:1
  |
4 | info: {}
  | ^^^^
 ::: a.yaml:2:1
  |
2 | info: {}
  | ---- it is here already
  |
  = help: remove or rename one of the two
";
    assert_eq!(load_error_text(&source, &error, false), expected);
    let value: serde_json::Value = serde_json::from_str(&load_error_json(&source, &error)).unwrap();
    assert_eq!(value[0]["code"], "syntax-error");
    assert_eq!(value[0]["line"], 4);
}
