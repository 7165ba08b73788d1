#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

/// Rewrites; gives the document and what was said, as `pointer: message; help`.
fn rewritten(mut document: Value) -> (Value, Vec<String>) {
    let mut diagnostics = Vec::new();
    rewrite(&mut document, &mut diagnostics);
    let said = diagnostics.iter().map(|said| {
        assert_eq!(said.code, Code::InvalidNode);
        let help = said.help.as_deref().unwrap_or("-");
        format!("{}: {}; {help}", said.at, said.message)
    });
    (document, said.collect())
}

/// A document with these paths, rewritten: its paths and what was said.
fn paths(paths: Value) -> (Value, Vec<String>) {
    let info = json!({"title": "T", "version": "1"});
    let (mut document, said) = rewritten(json!({"info": info, "paths": paths}));
    (document["paths"].take(), said)
}

/// Answers of one operation, rewritten: likewise.
fn responses(responses: Value) -> (Value, Vec<String>) {
    let (mut paths, said) = paths(json!({"/a": {"get": {"responses": responses}}}));
    (paths["/a"]["get"]["responses"].take(), said)
}

#[test]
fn what_is_right_stays_as_it_is() {
    let right = json!({
        "info": {"title": "T", "version": "1", "x-more": 1},
        "paths": {
            "/b": {"get": {"responses": {"default": {}, "200": {}, "4XX": {}, "x-more": 1}}},
            "/a": {"$ref": "#/paths/~1b", "x-more": 1},
            "x-more": {"GET": 1},
        },
    });
    assert_eq!(rewritten(right.clone()), (right, vec![]));
}

#[test]
fn info_gets_a_title_and_a_version() {
    let (document, said) = rewritten(json!({"info": {"version": 1.5, "title": null}}));
    assert_eq!(document["info"], json!({"version": "1.5", "title": "API"}));
    assert_eq!(
        said,
        [
            "#/info/title: `title` of the document must be a text, and is missing; it is read as \"API\"",
            "#/info/version: `version` of the document must be a text, and is a number; it is read as \"1.5\"",
        ]
    );
    let (document, said) = rewritten(json!({"info": []}));
    assert_eq!(
        document["info"],
        json!({"title": "API", "version": "0.0.0"})
    );
    assert_eq!(
        said[0],
        "#/info: `info` must be an object, and is an array; it is read as if it said nothing"
    );
    let (document, _) = rewritten(json!({}));
    assert_eq!(document["info"]["title"], "API");
}

#[test]
fn a_path_gets_its_slash_and_keeps_its_place() {
    let (paths, said) = paths(json!({"a": {"get": {"responses": {}}}, "/b": {}, "": {}}));
    let keys: Vec<&String> = paths.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["/a", "/b", "/"]);
    assert_eq!(
        said[0],
        "#/paths/a: the path `a` doesn't begin with a slash; it is read as `/a`"
    );
    assert_eq!(said.len(), 2);
}

/// Neither of the two is lost in silence, wherever the other stands.
#[test]
fn a_path_that_is_there_with_and_without_its_slash_is_said_to_be_left_out() {
    for document in [
        json!({"a": {"get": {}}, "/a": {"put": {"responses": {}}}}),
        json!({"/a": {"put": {"responses": {}}}, "a": {"get": {}}}),
    ] {
        let (paths, said) = paths(document);
        assert_eq!(paths["/a"], json!({"put": {"responses": {}}}));
        assert_eq!(
            paths["a"],
            json!({"get": {}}),
            "kept, for whoever counts operations"
        );
        assert_eq!(
            said,
            [
                "#/paths/a: the path `a` is there twice, once with a slash; remove one of the two; this one is left out"
            ]
        );
    }
}

#[test]
fn methods_are_written_in_lower_case() {
    let (paths, said) = paths(json!({"/a": {"GET": {"responses": {}}, "Summary": "x"}}));
    assert_eq!(
        paths,
        json!({"/a": {"get": {"responses": {}}, "Summary": "x"}})
    );
    assert_eq!(
        said,
        ["#/paths/~1a/GET: the method `GET` isn't in lower case; it is read as `get`"]
    );
}

#[test]
fn a_method_that_is_there_in_two_spellings_is_said_to_be_left_out() {
    for document in [
        json!({"/a": {"GET": {}, "get": {"responses": {}}}}),
        json!({"/a": {"get": {"responses": {}}, "GET": {}}}),
    ] {
        let (paths, said) = paths(document);
        assert_eq!(paths["/a"]["get"], json!({"responses": {}}));
        assert_eq!(
            said,
            [
                "#/paths/~1a/GET: the method `get` is there twice, once as `GET`; remove one of the two; this one is left out"
            ]
        );
    }
}

#[test]
fn operations_beside_a_reference_are_not_hidden_by_it() {
    let (paths, said) = paths(json!({"/a": {"$ref": "#/x", "get": {"responses": {}}}}));
    assert_eq!(paths, json!({"/a": {"get": {"responses": {}}}}));
    assert_eq!(
        said,
        [
            "#/paths/~1a/$ref: the path item has operations beside its `$ref`; the `$ref` is passed over"
        ]
    );
}

#[test]
fn an_operation_without_responses_gets_some() {
    for operation in [json!({}), json!({"responses": null})] {
        let (paths, said) = paths(json!({"/a": {"get": operation}}));
        assert_eq!(paths["/a"]["get"]["responses"], json!({}));
        assert_eq!(
            said,
            [
                "#/paths/~1a/get: the operation has no `responses`; its answers are read as if they had no body"
            ]
        );
    }
}

#[test]
fn ranges_of_statuses_are_written_in_capitals_without_a_word() {
    let (responses, said) = responses(json!({"4xx": {}, "Default": {}, "200": {}}));
    let keys: Vec<&String> = responses.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["4XX", "default", "200"]);
    assert_eq!(said, [""; 0]);
}

#[test]
fn what_is_no_status_is_passed_over() {
    for key in ["ok", "20", "2000", "6XX", "2X", "099", "", "2ß"] {
        let (responses, said) = responses(json!({key: {}, "200": {}}));
        assert_eq!(responses, json!({"200": {}}));
        assert_eq!(
            said,
            [format!(
                "#/paths/~1a/get/responses/{key}: `{key}` is no status, range of statuses or `default`; \
                 write a status as \"200\" or \"4XX\"; this answer is passed over"
            )]
        );
    }
}

#[test]
fn of_two_spellings_of_a_status_the_right_one_is_kept() {
    for both in [
        json!({"4XX": {"a": 1}, "4xx": {"a": 2}}),
        json!({"4xx": {"a": 2}, "4XX": {"a": 1}}),
    ] {
        let (answers, said) = responses(both);
        assert_eq!(answers, json!({"4XX": {"a": 1}}));
        assert_eq!(said.len(), 1);
        assert!(
            said[0].starts_with("#/paths/~1a/get/responses/4xx: `4xx` and `4XX` are the same; ")
        );
    }
}

/// What isn't an object where one is wanted is left to repair.
#[test]
fn other_kinds_pass_through() {
    for odd in [json!(1), json!([]), json!("x"), json!(null)] {
        let document = json!({"info": {"title": "T", "version": "1"}, "paths": {"/a": odd, "/b": {"get": odd}, "x-c": odd}});
        assert_eq!(rewritten(document.clone()), (document, vec![]));
        assert_eq!(
            responses(json!({"200": odd})),
            (json!({"200": odd}), vec![])
        );
    }
}
