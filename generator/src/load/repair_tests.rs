#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::json;

use super::*;
use crate::load::{Document, load};
use crate::source::Source;

/// Loads a document with these further members: it, and what was said, as `pointer: message; help`.
fn loaded(more: Value) -> (Document, Vec<String>) {
    let mut document =
        json!({"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}});
    document
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let report = load(&Source::new("a.json", document.to_string())).unwrap();
    let said = report.diagnostics.iter().map(|said| {
        let help = said.help.as_deref().unwrap_or("-");
        format!("{}: {}; {help}", said.at, said.message)
    });
    (report.value, said.collect())
}

/// Likewise of one operation, with the operation.
fn operation(more: Value) -> (Value, Vec<String>) {
    let mut operation = json!({"responses": {}});
    operation
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let (document, said) = loaded(json!({"paths": {"/a": {"get": operation}}}));
    (document.value["paths"]["/a"]["get"].clone(), said)
}

/// Likewise of one schema.
fn schema(schema: Value) -> (Value, Vec<String>) {
    let (document, said) = loaded(json!({"components": {"schemas": {"S": schema}}}));
    (document.value["components"]["schemas"]["S"].clone(), said)
}

#[test]
fn a_key_that_cannot_be_read_is_left_out_and_the_rest_stays() {
    let (schema, said) =
        schema(json!({"type": "string", "minLength": "x", "description": "kept", "x-more": 1}));
    assert_eq!(
        schema,
        json!({"type": "string", "description": "kept", "x-more": 1})
    );
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with(
            "#/components/schemas/S/minLength: `minLength` of a schema can't be a text here: "
        ),
        "{said:?}"
    );
    assert!(said[0].ends_with("; it is left out"));
}

#[test]
fn a_deep_slip_is_mended_where_it_is() {
    let (schema, said) = schema(
        json!({"type": "object", "properties": {"a": {"items": {"nullable": 1}}, "b": {"type": "string"}}}),
    );
    assert_eq!(schema["properties"]["a"], json!({"items": {}}));
    assert_eq!(schema["properties"]["b"], json!({"type": "string"}));
    assert!(
        said[0].starts_with("#/components/schemas/S/properties/a/items/nullable: "),
        "{said:?}"
    );
    assert_eq!(said.len(), 1);
}

#[test]
fn a_schema_that_is_none_says_nothing() {
    for odd in [json!(1), json!([]), json!("x")] {
        let (schema, said) = schema(odd.clone());
        assert_eq!(schema, json!({}));
        let expected = format!(
            "expected a schema, found {}; it is read as a schema that says nothing",
            kind_of(&odd)
        );
        assert_eq!(said, [format!("#/components/schemas/S: {expected}")]);
    }
}

#[test]
fn a_parameter_without_a_name_or_place_is_left_out() {
    let (operation, said) = operation(
        json!({"parameters": [{"name": "a"}, {"in": "query"}, {"name": "b", "in": "query", "schema": {}}, {"name": "c", "in": "body"}]}),
    );
    let parameters = operation["parameters"].as_array().unwrap();
    assert_eq!(parameters.len(), 1);
    assert_eq!(parameters[0]["name"], "b");
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said.iter()
            .any(|said| said.starts_with("#/paths/~1a/get/parameters/3")),
        "{said:?}"
    );
}

#[test]
fn a_slip_in_a_parameter_leaves_the_parameter() {
    let (operation, said) = operation(
        json!({"parameters": [{"name": "a", "in": "query", "required": "yes", "schema": {}}]}),
    );
    assert_eq!(
        operation["parameters"],
        json!([{"name": "a", "in": "query", "schema": {}}])
    );
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with(
            "#/paths/~1a/get/parameters/0/required: `required` of a parameter can't be a text"
        ),
        "{said:?}"
    );
}

#[test]
fn an_answer_without_a_description_gets_an_empty_one() {
    let (operation, said) = operation(json!({"responses": {"200": {"content": {}}}}));
    assert_eq!(
        operation["responses"]["200"],
        json!({"content": {}, "description": ""})
    );
    assert_eq!(
        said,
        ["#/paths/~1a/get/responses/200: an answer has no `description`; it is read as `\"\"`"]
    );
}

#[test]
fn a_security_scheme_without_what_it_needs_is_left_out() {
    let schemes = json!({"a": {"type": "apiKey"}, "b": {"type": "http", "scheme": "bearer"}, "c": {"type": "x"}});
    let (document, said) = loaded(json!({"components": {"securitySchemes": schemes}}));
    let kept: Vec<&String> = document.value["components"]["securitySchemes"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(kept, ["b"]);
    assert!(
        said.iter()
            .all(|said| said.ends_with("the security scheme is left out")),
        "{said:?}"
    );
}

#[test]
fn a_list_or_map_that_is_none_is_left_out() {
    let (document, said) =
        loaded(json!({"servers": {}, "tags": "x", "components": {"schemas": []}}));
    assert_eq!(document.value.get("servers"), None);
    assert_eq!(document.value.get("tags"), None);
    assert_eq!(document.value["components"], json!({}));
    assert_eq!(said.len(), 3, "{said:?}");
}

#[test]
fn an_operation_that_cannot_be_read_is_listed() {
    let (document, said) =
        loaded(json!({"paths": {"/a": {"get": 1, "put": {"responses": {}}}, "/b": []}}));
    assert_eq!(document.operations(), 2);
    let lost: Vec<&str> = document
        .unreadable
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(lost, ["GET /a"]);
    assert_eq!(
        said,
        [
            "#/paths/~1a/get: expected an operation, found a number; the operation is left out",
            "#/paths/~1b: expected a path item, found an array; the path item is left out",
            "#/paths/~1a/get: `GET /a` can't be generated: expected an operation, found a number; \
             it is listed as not generated; once it can be read, it gets a method",
        ]
    );
}

/// One slip for every kind of object: what is around it stays.
#[test]
fn no_slip_takes_more_with_it_than_its_own_object() {
    let whole = json!({
        "servers": [{"url": "https://a", "variables": {"v": {"default": "x"}}}],
        "tags": [{"name": "t", "externalDocs": {"url": "https://a"}}],
        "components": {
            "responses": {"R": {"description": "", "headers": {"h": {"schema": {}}}, "links": {"l": {"operationId": "a"}}}},
            "examples": {"E": {"value": 1}},
            "requestBodies": {"B": {"content": {"a/b": {"schema": {}, "encoding": {"e": {"contentType": "x"}}}}}},
        },
    });
    let mut spoiled = 0;
    for pointer in pointers(&whole) {
        let mut document = whole.clone();
        let Some(node) = document
            .pointer_mut(&pointer)
            .filter(|node| node.is_object())
        else {
            continue;
        };
        *node = json!(1);
        let (document, said) = loaded(document);
        spoiled += 1;
        assert!(
            said.iter()
                .all(|said| said.starts_with(&format!("#{pointer}"))),
            "{pointer}: {said:?}"
        );
        assert_ne!(said.len(), 0, "{pointer}");
        for other in pointers(&whole)
            .filter(|other| !other.starts_with(&pointer) && !pointer.starts_with(other.as_str()))
        {
            let (left, right) = (document.value.pointer(&other), whole.pointer(&other));
            assert_eq!(left, right, "{pointer} took {other}");
        }
    }
    assert!(spoiled > 15);
}

/// The pointers of every node below a value.
fn pointers(value: &Value) -> impl Iterator<Item = String> {
    fn gather(value: &Value, at: &Pointer, all: &mut Vec<String>) {
        let children: Vec<(Pointer, &Value)> = match value {
            Value::Object(members) => members
                .iter()
                .map(|(key, value)| (at.child(key), value))
                .collect(),
            Value::Array(elements) => elements
                .iter()
                .enumerate()
                .map(|(index, value)| (at.index(index), value))
                .collect(),
            _ => vec![],
        };
        for (at, value) in children {
            all.push(at.as_str().to_owned());
            gather(value, &at, all);
        }
    }
    let mut all = Vec::new();
    gather(value, &Pointer::root(), &mut all);
    all.into_iter()
}

#[test]
fn a_slip_below_many_schemas_is_mended_in_no_time() {
    let mut deep = json!({"type": "string", "minLength": "x"});
    for _ in 0..40 {
        deep = json!({"anyOf": [deep, {"type": "integer"}]});
    }
    let (_, said) = schema(deep);
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("/anyOf/0/minLength: "), "{said:?}");
}
