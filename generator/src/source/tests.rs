#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

/// The text at a pointer, and its line and column.
fn at<'t>(source: &'t Source, pointer: &str) -> (&'t str, usize, usize) {
    let span = source.locate(&Pointer::parse(pointer)).unwrap();
    (&source.text[span.range.clone()], span.line, span.column)
}

fn yaml(text: &str) -> Source {
    Source::new("a.yaml", text)
}

fn json(text: &str) -> Source {
    Source::new("a.json", text)
}

#[test]
fn the_format_follows_from_the_name_else_from_the_text() {
    let format = |name: &str, text: &str| Source::new(name, text).format;
    assert_eq!(format("a.json", "openapi: 3.0.3"), Format::Json);
    assert_eq!(format("a.YML", "{}"), Format::Yaml);
    assert_eq!(format("-", " \n {}"), Format::Json);
    assert_eq!(format("-", "openapi: 3.0.3"), Format::Yaml);
    assert_eq!(format("-", ""), Format::Yaml);
}

#[test]
fn a_member_stands_where_its_key_does_and_an_element_where_it_begins() {
    let text = "paths:\n  /a:\n    tags: [x, 'y']\n    parameters:\n      - name: n\n";
    let source = yaml(text);
    assert_eq!(at(&source, "#/paths"), ("paths", 1, 1));
    assert_eq!(at(&source, "#/paths/~1a/tags/1"), ("'y'", 3, 15));
    assert_eq!(at(&source, "#/paths/~1a/parameters/0/name"), ("name", 5, 9));

    let source = json("{\n  \"a\": [1, {\"b\": null}]\n}");
    assert_eq!(at(&source, "#/a"), ("\"a\"", 2, 3));
    assert_eq!(at(&source, "#/a/0"), ("1", 2, 9));
    assert_eq!(at(&source, "#/a/1/b"), ("\"b\"", 2, 13));
}

#[test]
fn what_is_not_there_stands_where_its_nearest_ancestor_does() {
    let source = yaml("a:\n  b: 1\n");
    assert_eq!(at(&source, "#/a/c/d"), ("a", 1, 1));
    assert_eq!(at(&source, "#/a/b/0"), ("b", 2, 3));
    assert_eq!(yaml("").locate(&Pointer::root()), None);
    assert_eq!(yaml("# nothing\n").locate(&Pointer::parse("#/a")), None);
}

#[test]
fn columns_count_characters_and_ranges_count_bytes() {
    let source = yaml("ä: {ö: 1, ü: 2}\n");
    assert_eq!(at(&source, "#/ä/ü"), ("ü", 1, 11));
    let source = json("{\"ä\": 1, \"ü\": 2}");
    assert_eq!(at(&source, "#/ü"), ("\"ü\"", 1, 10));
    assert_eq!(at(&json("{\"\\u00fc\": 2}"), "#/ü"), ("\"\\u00fc\"", 1, 2));
}

#[test]
fn a_byte_order_mark_has_no_column_and_crlf_is_one_line_end() {
    let source = yaml("\u{feff}a: 1\r\nb:\r\n  c: 2\r\n");
    assert_eq!(at(&source, "#/a"), ("a", 1, 1));
    assert_eq!(at(&source, "#/b/c"), ("c", 3, 3));
    assert_eq!(source.line_text(1), "a: 1");
    assert_eq!(source.line_text(9), "");
}

#[test]
fn yaml_block_texts_and_comments_are_passed_over() {
    let text = "a: |\n  b: not a key\n# c: nor this\nc: >-\n  text\nd: 1\n";
    let source = yaml(text);
    assert_eq!(at(&source, "#/c").1, 4);
    assert_eq!(at(&source, "#/d").1, 6);
    assert_eq!(at(&source, "#/a/b").1, 1);
}

#[test]
fn below_an_alias_stands_what_is_below_its_anchor() {
    let source = yaml("a: &x {k: 1}\nb: *x\nc: [*x]\n");
    assert_eq!(at(&source, "#/b"), ("b", 2, 1));
    assert_eq!(at(&source, "#/b/k"), ("k", 1, 8));
    assert_eq!(at(&source, "#/c/0/k"), ("k", 1, 8));
}

#[test]
fn merged_members_stand_where_they_come_from_unless_overridden() {
    let text = "x: &x {k: 1, l: 1}\ny: &y {m: 1}\nz:\n  <<: [*x, *y]\n  l: 2\n";
    let source = yaml(text);
    assert_eq!(at(&source, "#/z/k").1, 1);
    assert_eq!(at(&source, "#/z/m").1, 2);
    assert_eq!(at(&source, "#/z/l").1, 5);
}

#[test]
fn an_alias_within_its_own_anchor_ends() {
    let source = yaml("a: &a\n  b: *a\n");
    let deep = "/b".repeat(1_000);
    assert!(
        source
            .locate(&Pointer::parse(&format!("#/a{deep}")))
            .is_some()
    );
    let source = yaml("a: &a\n  <<: *a\n");
    assert_eq!(at(&source, "#/a/k").1, 1);
}

#[test]
fn keys_that_are_mappings_or_numbers_disturb_nothing() {
    let source = yaml("? {a: b}\n: 1\n? [x]\n: 2\n200: 3\n");
    assert_eq!(at(&source, "#/200"), ("200", 5, 1));
}

/// A node that was respelled on loading is still found.
#[test]
fn spelling_is_forgiven() {
    let source = yaml("paths:\n  things:\n    GET:\n      responses: {4xx: 1}\n");
    assert_eq!(at(&source, "#/paths/~1things/get").1, 3);
    assert_eq!(at(&source, "#/paths/~1things/get/responses/4XX").0, "4xx");
}

#[test]
fn an_exact_name_goes_before_a_forgiven_one() {
    let source = yaml("a: {GET: 1, get: 2}\n");
    assert_eq!(at(&source, "#/a/get"), ("get", 1, 13));
}

#[test]
fn duplicate_keys_are_found_wherever_they_are() {
    let (first, again) = yaml("a: 1\nb:\n  - {c: 1, d: 2, c: 3}\n")
        .duplicate_key()
        .unwrap();
    assert_eq!((first.line, first.column), (3, 6));
    assert_eq!((again.line, again.column), (3, 18));
    assert_eq!(yaml("a: {k: 1}\nb: {k: 1}\n").duplicate_key(), None);
}

#[test]
fn the_bracket_that_is_never_closed_is_the_innermost() {
    let open = json("{\"a\": [1, {\"b\": 2}\n}")
        .unclosed_bracket()
        .unwrap();
    assert_eq!((open.line, open.column), (1, 1));
    let open = json("{\"a\": [1, {\"b\": \"}\"")
        .unclosed_bracket()
        .unwrap();
    assert_eq!((open.line, open.column), (1, 11));
    assert_eq!(json("{}").unclosed_bracket(), None);
}

#[test]
fn a_text_that_breaks_off_has_its_places_up_to_there() {
    assert_eq!(at(&json("{\"a\": {\"b\": [1, "), "#/a/b/0").2, 14);
    assert_eq!(at(&yaml("a:\n  b: 1\n  c: [1,\n"), "#/a/c").1, 3);
    assert_eq!(at(&yaml("a:\n  b: 'x\n"), "#/a").1, 1);
}

#[test]
fn any_text_whatever_has_places() {
    for text in [
        "",
        "\0",
        "\u{1}",
        "\n\n",
        "---",
        "...",
        "--- a\n--- b\n",
        "{",
        "}",
        "[",
        "]",
        "{{",
        "{]",
        "- -",
        "? ",
        ": ",
        "*x",
        "&x",
        "&x *x",
        "!!tag",
        "%YAML 9.9\n---\n",
        "\"",
        "'",
        "|",
        ">",
        "@",
        "`",
        "\t",
        "a:\tb",
        "\u{85}",
        "\u{2028}",
        "\u{feff}\u{feff}",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":,",
        "{,",
        "//",
        "/*",
        "{\"\\ud800\": 1}",
    ] {
        for name in ["a.json", "a.yaml"] {
            let source = Source::new(name, text);
            for pointer in [
                "#",
                "#/a",
                "#/0/0",
                "#/",
                "#//",
                "#/~",
                "#/99999999999999999999",
            ] {
                if let Some(span) = source.locate(&Pointer::parse(pointer)) {
                    assert!(
                        source.text.get(span.range).is_some(),
                        "{name} {text:?} {pointer}"
                    );
                }
            }
            let _ = (
                source.duplicate_key(),
                source.unclosed_bracket(),
                source.nested_beyond(2),
            );
        }
    }
}

#[test]
fn depth_costs_no_stack() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    assert!(
        json(&deep)
            .locate(&Pointer::parse(&"/0".repeat(9_000)))
            .is_some()
    );
    let _ = yaml(&deep).locate(&Pointer::parse(&"/0".repeat(9_000)));
    let mappings: String = (0..2_000).map(|depth| " ".repeat(depth) + "a:\n").collect();
    let _ = yaml(&mappings).locate(&Pointer::parse(&"/a".repeat(2_000)));
}

#[test]
fn nesting_is_counted_where_it_goes_too_deep() {
    let source = yaml("a:\n  b:\n    c: 1\n");
    assert_eq!(source.nested_beyond(2).map(|span| span.line), Some(3));
    assert_eq!(source.nested_beyond(3), None);
}
