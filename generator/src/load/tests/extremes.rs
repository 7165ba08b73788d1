//! Texts that nobody would write.

use super::*;
use crate::config::Config;
use crate::plan::Placement;

/// Nine levels of ten aliases each: a billion nodes out of 300 bytes.
#[test]
fn aliases_cannot_blow_a_document_up() {
    let mut text = format!("{HEAD}x-0: &a0 [{}]\n", ["lol"; 10].join(","));
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(",");
        text += &format!("x-{level}: &a{level} [{aliases}]\n");
    }
    let error = load(&yaml(&text)).unwrap_err();
    assert_eq!(error.kind, LoadErrorKind::Syntax);
    assert!(error.hint.unwrap().contains("instead of YAML aliases"));
    let long = "y".repeat(1 << 20);
    let text = format!(
        "{HEAD}x-0: &a {long}\nx-1: [{}]\n",
        vec!["*a"; 1_000].join(",")
    );
    assert!(
        load(&yaml(&text))
            .unwrap_err()
            .message
            .contains("far larger than its text")
    );
}

#[test]
fn an_alias_within_its_own_anchor_is_refused() {
    for text in ["x-a: &a [*a]", "x-a: &a\n  <<: *a", "x-a: &a {b: {c: *a}}"] {
        assert!(load(&yaml(&format!("{HEAD}{text}"))).is_err(), "{text}");
    }
}

/// Everything after loading may recurse over a document: its depth is bounded here.
#[test]
fn depth_is_bounded() {
    let brackets = "[".repeat(10_000) + &"]".repeat(10_000);
    let braces = "{\"a\":".repeat(10_000) + "1" + &"}".repeat(10_000);
    let blocks: String = (0..2_000).map(|depth| " ".repeat(depth) + "a:\n").collect();
    let dashes = "- ".repeat(10_000) + "a";
    let open = "[".repeat(10_000);
    for text in [&brackets, &braces, &blocks, &dashes, &open] {
        for source in [
            json(text),
            yaml(text),
            json(&format!("{{\"paths\": {text}}}")),
        ] {
            let error = load(&source).unwrap_err();
            assert!(error.span.is_some(), "{}", error.message);
        }
    }
    assert_error(&json(&brackets), 1, 128, "too deeply", "127");
}

#[test]
fn schemas_that_refer_to_each_other_in_a_circle_are_loaded() {
    let text = "components:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n";
    assert_eq!(
        load(&yaml(&format!("{HEAD}{text}"))).unwrap().diagnostics,
        []
    );
}

/// The whole way.
#[test]
fn no_text_whatever_is_a_panic() {
    let ends = [
        "",
        "\0",
        "\u{7}",
        "x: \u{7}",
        "x: \"\0\"",
        "{",
        "}",
        "[",
        "- a",
        "? ",
        "*a",
        "&a",
        "!",
        "%",
        "|",
        ">",
        "\"",
        "'",
        "\u{fffe}",
        "\u{2028}x: 1",
        "components: 1",
        "components: {schemas: [1]}",
        "components: {schemas: {'': {}}}",
        "components: {schemas: {a: 1, b: [], c: null, d: true, e: x}}",
        "servers: x",
        "servers: [1, {}, {url: 5}]",
        "security: [x, {}, [], {a: b}]",
        "tags: 1",
        "info2: {}",
        "externalDocs: x",
        "webhooks: {a: 1}",
    ];
    for end in ends {
        for text in [end.to_owned(), format!("{HEAD}{end}")] {
            for source in [yaml(&text), json(&text)] {
                let _ = crate::generate(&source, &Config::default(), &Placement::default());
            }
        }
    }
    let item = [
        "1",
        "[]",
        "x",
        "~",
        "{get: 1}",
        "{get: {}}",
        "{get: {responses: 1}}",
        "{$ref: '#/paths/~1'}",
        "{get: {responses: {200: {$ref: '#/components/responses/x'}}}}",
        "{parameters: [{}]}",
        "{parameters: x, get: {}}",
        "{get: {parameters: [{$ref: '#/'}, {name: a, in: x}, {name: a}, {in: path}, 1], responses: {}}}",
        "{get: {operationId: '', responses: {'': {}}}}",
        "{get: {operationId: [], tags: {}, responses: {default: 1}}}",
        "{post: {requestBody: {content: {'': {}}}, responses: {200: {content: {x: {schema: 1}}}}}}",
    ];
    for path in [
        "/",
        "''",
        "/{",
        "/}",
        "/{}",
        "/{a}{a}",
        "//",
        "a",
        "/a?b#c",
        "/\u{1F600}",
        "x-y",
    ] {
        for item in item {
            let text = HEAD.replace("paths: {}", &format!("paths:\n  \"{path}\": {item}"));
            let _ = crate::generate(&yaml(&text), &Config::default(), &Placement::default());
        }
    }
}
