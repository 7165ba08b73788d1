#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod extremes;

use serde_json::json;

use super::*;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";

fn yaml(text: &str) -> Source {
    Source::new("a.yaml", text)
}

fn json(text: &str) -> Source {
    Source::new("a.json", text)
}

/// The value of `x-it` in a document of our own.
fn it(text: &str) -> Value {
    let report = load(&yaml(&format!("{HEAD}{text}"))).unwrap();
    assert_eq!(report.diagnostics, []);
    report.value.value.get("x-it").unwrap().clone()
}

/// Line, column, message and hint.
fn error(source: &Source) -> (usize, usize, String, String) {
    let error = load(source).unwrap_err();
    let span = error.span.unwrap();
    (span.line, span.column, error.message, error.hint.unwrap())
}

#[track_caller]
fn assert_error(source: &Source, line: usize, column: usize, message: &str, hint: &str) {
    let found = error(source);
    assert_eq!((found.0, found.1), (line, column), "{found:?}");
    assert!(found.2.contains(message), "{found:?}");
    assert!(found.3.contains(hint), "{found:?}");
}

#[test]
fn anchors_and_aliases_are_the_same_value_twice() {
    assert_eq!(
        it("x-it: {a: &x {k: [1]}, b: *x}"),
        json!({"a": {"k": [1]}, "b": {"k": [1]}})
    );
    assert_eq!(it("x-a: &x 1\nx-it: [*x, *x]"), json!([1, 1]));
}

#[test]
fn merged_keys_are_those_that_are_not_there_and_the_first_source_wins() {
    let text = "x-a: &a {k: 1, l: 1}\nx-b: &b {l: 2, m: 2}\nx-it: {<<: [*a, *b], k: 0}";
    assert_eq!(it(text), json!({"k": 0, "l": 1, "m": 2}));
    let text = "x-a: &a {<<: {k: 1}, l: 1}\nx-it:\n  <<: *a";
    assert_eq!(it(text), json!({"k": 1, "l": 1}), "of merges");
    assert_eq!(
        it("x-it: {'<<': {k: 1}}"),
        json!({"k": 1}),
        "in quotes, as serde_yaml has it"
    );
}

#[test]
fn in_json_a_merge_key_is_a_key() {
    let text = r#"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}, "x-it": {"<<": 1}}"#;
    let report = load(&json(text)).unwrap();
    assert_eq!(report.value.value.get("x-it"), Some(&json!({"<<": 1})));
}

#[test]
fn block_texts_keep_or_fold_their_lines() {
    assert_eq!(it("x-it: |\n  a: b\n   c # d\n\n"), json!("a: b\n c # d\n"));
    assert_eq!(it("x-it: >-\n  a\n  b\n\n  c\n"), json!("a b\nc"));
    assert_eq!(it("x-it: |+\n  a\n\n"), json!("a\n\n"));
}

#[test]
fn keys_are_texts_whatever_they_look_like() {
    let keys = "{200: a, 1.10: b, true: c, ~: d, 0x1F: e, 2020-01-01: f, on: g}";
    let value = it(&format!("x-it: {keys}"));
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["200", "1.10", "true", "~", "0x1F", "2020-01-01", "on"]
    );
}

#[test]
fn words_that_older_yaml_took_for_booleans_are_texts() {
    assert_eq!(
        it("x-it: [on, no, y, null, true]"),
        json!(["on", "no", "y", null, true])
    );
}

/// Real documents have some beyond 64 bits.
#[test]
fn integers_of_any_size_are_numbers() {
    let value = it(
        "x-it: [9223372036854775807, 18446744073709551615, -9223372036854776000, 27670116110564327424]",
    );
    assert_eq!(
        value,
        json!([
            9_223_372_036_854_775_807_i64,
            u64::MAX,
            -9.223_372_036_854_776e18,
            2.767_011_611_056_432_7e19
        ])
    );
    let text = r#"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}, "x-it": 99999999999999999999999999}"#;
    assert!(load(&json(text)).unwrap().value.value["x-it"].is_number());
}

#[test]
fn tags_are_passed_over() {
    assert_eq!(
        it("x-it: [!any {a: 1}, !!str 5, !any x]"),
        json!([{"a": 1}, "5", "x"])
    );
}

#[test]
fn a_byte_order_mark_and_crlf_make_no_difference() {
    let plain = load(&yaml(HEAD)).unwrap().value.value;
    let marked = format!("\u{feff}{}", HEAD.replace('\n', "\r\n"));
    assert_eq!(load(&yaml(&marked)).unwrap().value.value, plain);
    let text = serde_json::to_string_pretty(&plain).unwrap();
    let marked = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(load(&json(&marked)).unwrap().value.value, plain);
}

#[test]
fn json_is_yaml_too() {
    let text = r#"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}}"#;
    assert_eq!(
        load(&yaml(text)).unwrap().value.value,
        load(&json(text)).unwrap().value.value
    );
}

#[test]
fn a_key_that_is_there_twice_is_an_error_that_names_both_places() {
    let error = load(&yaml(&format!("{HEAD}x-a:\n  k: 1\n  l: 2\n  k: 3\n"))).unwrap_err();
    assert_eq!(error.message, "the key `k` is there twice in one object");
    assert_eq!(error.span.unwrap().line, 7);
    assert_eq!(error.related.unwrap().span.line, 5);
    let error = load(&json("{\"paths\": {},\n \"paths\": {}}")).unwrap_err();
    assert_eq!(
        error.span.map(|span| (span.line, span.column)),
        Some((2, 2))
    );
    assert_eq!(error.related.unwrap().span.column, 2);
}

#[test]
fn broken_yaml_says_where_and_how_to_mend_it() {
    let at = |text: &str| yaml(&format!("{HEAD}{text}"));
    assert_error(
        &at("\tx: 1"),
        4,
        1,
        "cannot start any token",
        "indented with a tab",
    );
    assert_error(
        &at("x\ny: 1"),
        4,
        1,
        "expected ':'",
        "a colon and a space are missing",
    );
    assert_error(
        &at("x: [1,\ny: 1"),
        5,
        5,
        "',' or ']'",
        "closing bracket is missing",
    );
    assert_error(
        &at("x: 'a\ny: 1"),
        4,
        4,
        "end of stream",
        "this quote is never closed",
    );
    assert_error(&at("x: a: b"), 4, 5, "not allowed", "needs quotes");
    assert_error(&at("x: `a`"), 4, 4, "cannot start any token", "in quotes");
    assert_error(&at("x: *a*"), 4, 6, "alphabetic", "begins with `*`");
    assert_error(&at("x: *a"), 4, 4, "unknown anchor", "before the alias");
    assert_error(&at("x: \"a\" b"), 4, 8, "expected key", "in quotes");
    assert_error(
        &at("x:\n  a: 1\n b: 1"),
        6,
        2,
        "expected key",
        "indented like its neighbours",
    );
    assert_error(&at("x: \"\\d\""), 4, 5, "escape", "backslash");
    assert_error(&at("x: - a"), 4, 4, "block sequence", "on its own line");
    assert_error(&at("---\nx: 1"), 4, 1, "more than one document", "keep one");
    assert_error(
        &yaml("{paths: {}}\nx: 1"),
        2,
        1,
        "has ended before this",
        "closed too early",
    );
    assert_error(&at("x: [a:, :b]"), 4, 6, "unexpected ':'", "needs quotes");
    assert_error(
        &at("x: \"a\n---\n"),
        4,
        4,
        "document indicator",
        "never closed",
    );
    assert_error(&at("x: a\u{1}"), 4, 5, "control characters", "remove");
    assert_error(&at("x: .nan"), 4, 4, "infinite or not a number", "quotes");
    assert_error(&at("x: {<<: 1}"), 4, 4, "`<<` merges", "refer to a mapping");
    assert_error(&at("? [a]\n: 1"), 4, 3, "a text as key", "put it in quotes");
}

#[test]
fn broken_json_says_where_and_how_to_mend_it() {
    let at = |text: &str| json(&format!("{{\n  \"a\": 1,\n{text}"));
    assert_error(&at("}"), 3, 1, "trailing comma", "remove the comma");
    assert_error(&at("\"b\" 1}"), 3, 5, "expected `:`", "colon");
    assert_error(
        &at("\"b\": 1 \"c\": 2}"),
        3,
        8,
        "expected `,`",
        "a comma may be missing",
    );
    assert_error(&at("\"b\": [1}"), 3, 8, "expected `,`", "closed by a brace");
    assert_error(&at("\"b\": {"), 3, 6, "EOF", "closing bracket is missing");
    assert_error(&at("\"b\": \"x\n}"), 3, 8, "line ends", "quote is missing");
    assert_error(&at("\"b\": \"x"), 3, 7, "EOF", "never closed");
    assert_error(&at("\"b\": 'x'}"), 3, 6, "expected value", "double quotes");
    assert_error(&at("// b\n\"b\": 1}"), 3, 1, "key must be", "no comments");
    assert_error(
        &at("\"b\": True}"),
        3,
        6,
        "expected value",
        "true, false or null",
    );
    assert_error(
        &at("\"b\": 1}}"),
        3,
        8,
        "trailing characters",
        "closed too early",
    );
    assert_error(&at("\"b\": 1e999}"), 3, 10, "out of range", "too large");
    assert_error(
        &json("openapi: 3.0.3"),
        1,
        1,
        "expected value",
        "name a YAML file",
    );
    let columns = json("{\"ü\": \"ü\" 1}");
    assert_error(&columns, 1, 11, "expected `,`", "a comma");
}

#[test]
fn what_describes_no_api_is_refused() {
    for (text, message) in [
        ("5", "is a number"),
        ("hello", "is a text"),
        ("- a", "is an array"),
        ("~", "is null"),
        ("a: 1", "neither `openapi` nor `paths`"),
        ("paths: []", "`paths` must be an object, and is an array"),
    ] {
        let error = load(&yaml(text)).unwrap_err();
        assert_eq!(error.kind, LoadErrorKind::NotOpenApi, "{text}");
        assert!(error.message.contains(message), "{}", error.message);
        assert!(error.span.is_some() && error.hint.is_some());
    }
    for text in ["", " \n\t", "\u{feff}"] {
        let error = load(&yaml(text)).unwrap_err();
        assert_eq!(error.message, "the document is empty");
    }
}

#[test]
fn unknown_versions_are_read_with_a_warning() {
    for (line, message) in [
        (
            "openapi: 4.0.0",
            "the document is OpenAPI 4.0.0, which isn't known",
        ),
        (
            "swagger: '1.2'",
            "the document is Swagger 1.2, neither 2.0 nor OpenAPI 3",
        ),
        (
            "openapi: [3]",
            "the document doesn't say which version of OpenAPI it is",
        ),
    ] {
        let report = load(&yaml(&format!(
            "{line}\ninfo: {{title: T, version: '1'}}\npaths: {{}}"
        )))
        .unwrap();
        assert_eq!(report.diagnostics.len(), 1);
        assert_eq!(report.diagnostics[0].message, message);
    }
    for line in [
        "openapi: 3.0",
        "openapi: 3.1.1",
        "openapi: 3.2.0",
        "swagger: '2.0'",
        "swagger: 2.0",
    ] {
        let text = format!("{line}\ninfo: {{title: T, version: '1'}}\npaths: {{}}");
        assert_eq!(load(&yaml(&text)).unwrap().diagnostics, [], "{line}");
    }
    assert_eq!(
        load(&yaml(&HEAD.replace("3.0.3", "3.0")))
            .unwrap()
            .diagnostics,
        [],
        "a number to YAML"
    );
}
