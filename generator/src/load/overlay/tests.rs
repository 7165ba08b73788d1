#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::json;

use super::*;
use crate::load::load;

/// An overlay of these actions, as YAML.
fn overlay(actions: &str) -> Source {
    let head = "overlay: 1.0.0\ninfo: {title: Changes, version: 1.0.0}\nactions:\n";
    Source::new("fix.yaml", format!("{head}{actions}"))
}

/// What is left of a document, and what was said.
fn changed(mut document: Value, overlays: &[Source]) -> (Value, Vec<String>) {
    let mut source = Source::new("spec.json", document.to_string());
    source.overlays = overlays.to_vec();
    let mut diagnostics = Vec::new();
    apply(&mut document, &source, &mut diagnostics).unwrap();
    let said = diagnostics
        .iter()
        .map(|one| format!("{}: {}: {}", one.code.as_str(), one.at, one.message))
        .collect();
    (document, said)
}

/// As [`changed`], with one overlay and nothing said.
fn cleanly(document: Value, actions: &str) -> Value {
    let (changed, said) = changed(document, &[overlay(actions)]);
    assert_eq!(said, Vec::<String>::new());
    changed
}

/// One action that mirrors the document; a key with nothing behind it changes nothing.
#[test]
fn an_update_of_the_root_is_merged_all_the_way_down() {
    let document = json!({
        "info": {"title": "Shop"},
        "paths": {"/": {"get": {"summary": "Old", "responses": {}}}, "/pets": {}},
        "components": {"schemas": {}},
    });
    let actions = "
  - target: '$'
    update:
      info: {x-applied: structured}
      paths:
        '/': {summary: Root, get: {summary: New, x-rate-limit: 100}}
        '/pets': {get: {summary: All}}
      components:
";
    let expected = json!({
        "info": {"title": "Shop", "x-applied": "structured"},
        "paths": {
            "/": {"get": {"summary": "New", "responses": {}, "x-rate-limit": 100}, "summary": "Root"},
            "/pets": {"get": {"summary": "All"}},
        },
        "components": {"schemas": {}},
    });
    assert_eq!(cleanly(document, actions), expected);
}

#[test]
fn later_actions_see_what_earlier_ones_did() {
    let document = json!({"paths": {"/foo": {"get": {"description": "Old"}}, "/bar": {"get": {}}}});
    let actions = "
  - target: $.paths['/foo'].get
    update: {description: New}
  - target: $.paths['/bar']
    update: {post: {description: Added}}
  - target: $.paths['/bar'].post
    update: {x-safe: false}
  - target: $.paths['/foo'].get
    remove: true
  - target: $.paths['/foo']
    update: {get: {description: Again}}
";
    let expected = json!({"paths": {
        "/foo": {"get": {"description": "Again"}},
        "/bar": {"get": {}, "post": {"description": "Added", "x-safe": false}},
    }});
    assert_eq!(cleanly(document, actions), expected);
}

#[test]
fn one_update_goes_to_every_match() {
    let parameter = |name: &str, place: &str| json!({"name": name, "in": place, "schema": {}});
    let document = json!({"paths": {
        "/a": {"get": {"parameters": [parameter("filter", "query"), parameter("filter", "header")]}},
        "/b": {"get": {"parameters": [parameter("other", "query")]}, "post": {}},
    }});
    let actions = "
  - target: $.paths.*.get
    update: {x-safe: true}
  - target: $.paths.*.get.parameters[?@.name=='filter' && @.in=='query']
    update: {schema: {$ref: '#/components/schemas/filter'}}
";
    let changed = cleanly(document, actions);
    let get = &changed["paths"]["/a"]["get"];
    assert_eq!(get["x-safe"], json!(true));
    assert_eq!(
        get["parameters"][0]["schema"],
        json!({"$ref": "#/components/schemas/filter"})
    );
    assert_eq!(get["parameters"][1]["schema"], json!({}));
    assert_eq!(changed["paths"]["/b"]["get"]["x-safe"], json!(true));
    assert_eq!(changed["paths"]["/b"]["post"], json!({}));
}

#[test]
fn arrays_are_appended_to_and_lose_elements() {
    let named = |name: &str| json!({"name": name});
    let document =
        json!({"get": {"parameters": [named("dummy"), named("a"), named("dummy"), named("b")]}});
    let actions = "
  - target: $.get.parameters[?@.name == 'dummy']
    remove: true
  - target: $.get.parameters
    update: {name: c}
  - target: $.get
    update: {parameters: [{name: d}]}
";
    let names = ["a", "b", "c", "d"].map(named);
    assert_eq!(
        cleanly(document, actions),
        json!({"get": {"parameters": names}})
    );
}

/// What an operation says of itself tells which update it gets.
#[test]
fn traits_are_applied_where_they_are_named() {
    let document = json!({"paths": {
        "/items": {"get": {"x-traits": ["paged"]}},
        "/parts": {"get": {"x-traits": ["paged"], "parameters": [{"name": "id"}]}},
        "/other": {"get": {}},
    }});
    let actions = "
  - target: $.paths[?@.get['x-traits'][?@ == 'paged']].get
    update: {parameters: [{name: top}, {name: skip}]}
";
    let changed = cleanly(document, actions);
    let names = |path: &str| changed["paths"][path]["get"]["parameters"].clone();
    assert_eq!(names("/items"), json!([{"name": "top"}, {"name": "skip"}]));
    assert_eq!(
        names("/parts"),
        json!([{"name": "id"}, {"name": "top"}, {"name": "skip"}])
    );
    assert_eq!(names("/other"), Value::Null);
}

/// The one thing that 1.1 says otherwise of the same action.
#[test]
fn an_array_for_an_array_is_one_element_in_1_0_and_more_of_them_in_1_1() {
    let actions = "  - target: $.a\n    update: [2, 3]\n";
    let older = overlay(actions);
    let newer = Source::new(
        "fix.yaml",
        older.text.replace("overlay: 1.0.0", "overlay: 1.1.0"),
    );
    assert_eq!(
        changed(json!({"a": [1]}), &[older]).0,
        json!({"a": [1, [2, 3]]})
    );
    assert_eq!(
        changed(json!({"a": [1]}), &[newer]).0,
        json!({"a": [1, 2, 3]})
    );
}

#[test]
fn overlays_are_applied_in_order() {
    let overlays = [
        "  - target: $\n    update: {a: 1}\n",
        "  - target: $[?@ == 1]\n    update: 2\n",
    ];
    let (first, second) = (overlay(overlays[0]), overlay(overlays[1]));
    assert_eq!(
        changed(json!({}), &[first.clone(), second.clone()]).0,
        json!({"a": 2})
    );
    assert_eq!(changed(json!({}), &[second, first]).0, json!({"a": 1}));
}

#[test]
fn nested_matches_are_all_removed() {
    let document = json!({"a": [{"x-drop": 1, "a": {"x-drop": 1}}, {"b": 1}], "b": {"x-drop": 1}});
    let changed = cleanly(
        document,
        "  - target: $..[?@['x-drop']]\n    remove: true\n",
    );
    assert_eq!(changed, json!({"a": [{"b": 1}]}));
}

#[test]
fn what_does_not_fit_is_said_with_its_place_in_the_overlay_and_changes_nothing() {
    let document = json!({"a": {"b": 1}, "c": [1], "d": "text"});
    let actions = "
  - target: $.nothing
    update: {}
  - target: $
    update: {a: [1], c: {}, d: {}, e: 1}
  - target: $
    remove: true
  - target: $.a
";
    let (changed, said) = changed(document, &[overlay(actions)]);
    assert_eq!(
        changed,
        json!({"a": {"b": 1}, "c": [1], "d": "text", "e": 1})
    );
    let expected = [
        "unmatched-overlay-target: overlay:fix.yaml#/actions/0/target: the target matches nothing in the document",
        "overlay-misfit: overlay:fix.yaml#/actions/1/update/a: the document has an object there, and the update is an array",
        "overlay-misfit: overlay:fix.yaml#/actions/1/update/c: the document has an array there, and the update is an object",
        "overlay-misfit: overlay:fix.yaml#/actions/1/update/d: the document has a text there, and the update is an object",
        "overlay-misfit: overlay:fix.yaml#/actions/2/remove: the target is the whole document, which stands in nothing",
        "overlay-misfit: overlay:fix.yaml#/actions/3: the action has neither `update` nor `remove`",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_wrong_overlay_says_where_and_how_to_mend_it() {
    let head = "overlay: 1.0.0\ninfo: {title: a, version: a}\n";
    for (text, line, message) in [
        ("", 0, "the overlay is empty"),
        ("- 1\n", 1, "an overlay is an object, and this is an array"),
        (
            "openapi: 3.0.3\npaths: {}\n",
            1,
            "the file doesn't say which version of Overlay it is",
        ),
        (
            "overlay: 2.0.0\n",
            1,
            "the file is an overlay of version 2.0.0, which isn't known",
        ),
        (head, 1, "the overlay has no `actions`"),
        (
            &format!("{head}actions: []\n"),
            3,
            "the overlay has no action",
        ),
        (
            &format!("{head}actions: {{}}\n"),
            3,
            "`actions` must be an array, and is an object",
        ),
        (
            &format!("{head}actions:\n  - 1\n"),
            4,
            "an action is an object, and this is a number",
        ),
        (
            &format!("{head}actions:\n  - update: {{}}\n"),
            4,
            "the action has no `target`",
        ),
        (
            &format!("{head}actions:\n  - target: paths\n"),
            4,
            "the target is no JSONPath: it doesn't begin",
        ),
        (
            &format!("{head}actions:\n  - target: $\n    remove: yes please\n"),
            5,
            "`remove` must be true or false, and is a text",
        ),
        (
            &format!("{head}actions:\n  - target: $\n    updates: {{}}\n"),
            5,
            "`updates` isn't known here",
        ),
        (&format!("{head}actions: [\n"), 4, ""),
    ] {
        let mut source = Source::new("spec.yaml", "openapi: 3.0.3\ninfo: {}\npaths: {}\n");
        source.overlays = vec![Source::new("fix.yaml", text)];
        let error = load(&source).unwrap_err();
        assert_eq!(error.file.as_deref(), Some("overlay:fix.yaml"), "{text}");
        assert!(error.message.starts_with(message), "{error}");
        assert!(error.hint.is_some(), "{error}");
        assert_eq!(error.span.map_or(0, |span| span.line), line, "{text}");
    }
}

/// Of a parameter that moved up, and of one that the overlay brought.
#[test]
fn what_is_said_later_names_the_place_where_it_stands() {
    let text = "
openapi: 3.0.3
info: {title: Things, version: '1'}
paths:
  /things:
    get:
      parameters:
        - {name: dropped, in: query, schema: {type: string}}
        - {name: kept, in: query, schema: {$ref: '#/nowhere'}}
      responses: {'204': {description: Done}}
";
    let mut source = Source::new("spec.yaml", text);
    let actions = "
  - target: $.paths.*.get.parameters[?@.name == 'dropped']
    remove: true
  - target: $.paths.*.get.parameters
    update: {name: new, in: query, schema: {$ref: '#/nowhere/else'}}
";
    source.overlays = vec![overlay(actions)];
    let report = crate::plan(&source, &Default::default(), &Default::default()).unwrap();
    let places: Vec<(String, usize, &str)> = report
        .diagnostics
        .iter()
        .map(|one| {
            let line = source.locate(&one.at).map_or(0, |span| span.line);
            (
                one.at.to_string(),
                line,
                source.holding(&one.at).name.as_str(),
            )
        })
        .collect();
    let kept = "#/paths/~1things/get/parameters/1/schema";
    let new = "overlay:fix.yaml#/actions/1/update/schema";
    let names = |at: &str, line: usize, file: &str| {
        places
            .iter()
            .any(|one| one.0.starts_with(at) && one.1 == line && one.2 == file)
    };
    assert!(names(kept, 9, "spec.yaml"), "{places:?}");
    assert!(names(new, 8, "fix.yaml"), "{places:?}");
}

/// Each update is as deep as its parser allows; together they would be deeper than any stack.
#[test]
fn actions_that_build_on_each_other_end() {
    let actions: String = (0..20)
        .map(|n| {
            let (open, close) = ("{a: ".repeat(90), "}".repeat(90));
            format!(
                "  - {{target: $..k{n}, update: {open}{{k{}: {{}}}}{close}}}\n",
                n + 1
            )
        })
        .collect();
    let mut document = json!({"k0": {}});
    let mut source = Source::new("spec.json", document.to_string());
    source.overlays = vec![overlay(&actions)];
    let error = apply(&mut document, &source, &mut Vec::new()).unwrap_err();
    assert_eq!(error.kind, LoadErrorKind::NotOverlay);
    assert!(error.message.contains("too deep"), "{}", error.message);
    assert_eq!(error.span.unwrap().line, 9);
}

#[test]
fn an_overlay_for_another_file_is_told_and_done() {
    let said = |extends: &str| {
        let text = format!(
            "overlay: 1.0.0\ninfo: {{title: Changes, version: 1.0.0}}\nextends: {extends}\n\
             actions: [{{target: $.info, update: {{title: New}}}}]\n"
        );
        let overlay = Source::new("fix.yaml", text);
        let (changed, said) = changed(json!({"info": {"title": "Old"}}), &[overlay]);
        assert_eq!(changed, json!({"info": {"title": "New"}}));
        said
    };
    assert_eq!(
        said("../other.yaml"),
        [
            "overlay-misfit: overlay:fix.yaml#/extends: the overlay is for `../other.yaml`, and is applied to `spec.json`"
        ]
    );
    assert_eq!(said("./spec.json"), Vec::<String>::new());
    assert_eq!(
        said("https://shop.example/openapi.yaml"),
        Vec::<String>::new()
    );
}
