//! What is read level by level is what openapiv3 reads by itself.

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::{Value, json};

use super::read::read;

fn document(paths: Value, components: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "paths": paths,
        "components": components,
    })
}

#[track_caller]
fn reads_alike(document: &Value) {
    let whole = OpenAPI::deserialize(document).ok();
    assert!(whole.is_some(), "openapiv3 reads it");
    assert_eq!(read(document), whole);
}

fn schemas(schemas: Value) -> Value {
    document(json!({}), json!({"schemas": schemas}))
}

#[test]
fn schemas_of_every_kind() {
    reads_alike(&schemas(json!({
        "text": {"type": "string", "enum": ["a", "b"], "nullable": true, "example": {"$ref": "no"}},
        "whole": {"type": "integer", "minimum": 1, "format": "int32"},
        "list": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/components/schemas/text"}}},
        "object": {
            "type": "object",
            "required": ["a"],
            "properties": {"a": {"type": "object", "properties": {"$ref": {"type": "string"}}}, "b": {}},
            "additionalProperties": {"type": "number"},
        },
        "closed": {"type": "object", "additionalProperties": false},
        "open": {"additionalProperties": true, "properties": {"a": {"type": "boolean"}}},
        "all": {"allOf": [{"$ref": "#/components/schemas/object"}, {"properties": {"c": {"type": "string"}}}]},
        "one": {"oneOf": [{"type": "string"}, {"not": {"type": "integer"}}]},
        "any": {"anyOf": [{"type": "string"}], "description": "one of one"},
        "not": {"not": {"type": "string"}},
        "mixed": {
            "type": "object",
            "allOf": [{"type": "object"}],
            "oneOf": [{"type": "string"}],
            "anyOf": [{"type": "string"}],
            "not": {"type": "string"},
            "items": {"type": "string"},
            "properties": {"a": {"type": "string"}},
            "x-mixed": [1, 2],
        },
        "empty": {},
        "nothing": {"type": "object", "properties": null, "items": null, "additionalProperties": null},
        "beside": {"$ref": "#/components/schemas/text", "description": "passed over"},
    })));
}

#[test]
fn paths_and_what_stands_below_them() {
    reads_alike(&document(
        json!({
            "x-paths": {"a": 1},
            "/things/{id}": {
                "summary": "Things",
                "parameters": [
                    {"$ref": "#/components/parameters/id"},
                    {"name": "q", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                    {"name": "c", "in": "cookie", "content": {"application/json": {"schema": {"type": "object"}}}},
                ],
                "get": {
                    "operationId": "get",
                    "responses": {
                        "200": {
                            "description": "Good",
                            "headers": {"x-a": {"schema": {"type": "string"}}, "x-b": {"$ref": "#/components/headers/b"}},
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/thing"}, "example": {"a": 1}}},
                        },
                        "4XX": {"$ref": "#/components/responses/failed"},
                        "default": {"description": "Bad"},
                        "x-answers": "kept",
                    },
                },
                "post": {
                    "requestBody": {"required": true, "content": {"application/json": {"schema": {"properties": {"a": {"type": "string"}}}}}},
                    "responses": {},
                    "security": [{"token": []}],
                },
                "x-item": true,
            },
            "/others": {"$ref": "#/paths/~1things~1{id}"},
        }),
        json!({
            "schemas": {"thing": {"type": "object"}},
            "parameters": {"id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}},
            "responses": {"failed": {"description": "Failed", "links": {}}},
            "headers": {"b": {"schema": {"$ref": "#/components/schemas/thing"}}},
            "requestBodies": {"thing": {"content": {"text/plain": {}}}},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "x-components": [],
        }),
    ));
}

#[test]
fn what_openapiv3_refuses_is_not_read() {
    for unreadable in [
        schemas(json!({"a": {"type": "object", "properties": {"b": {"minLength": "one"}}}})),
        schemas(json!({"a": {"items": []}})),
        document(
            json!({"/a": {"get": {"responses": {"200": {}}}}}),
            json!({}),
        ),
        document(json!({"/a": {"get": {}}}), json!({})),
    ] {
        assert!(OpenAPI::deserialize(&unreadable).is_err(), "{unreadable}");
        assert_eq!(read(&unreadable), None);
    }
}

#[test]
fn deep_nesting_is_read_though_openapiv3_alone_would_take_for_ever() {
    let mut deep = json!({"type": "string"});
    for level in 0..100 {
        deep = match level % 2 {
            0 => json!({"items": deep}),
            _ => json!({"anyOf": [deep, {"type": "integer"}]}),
        };
    }
    assert!(read(&schemas(json!({ "deep": deep }))).is_some());
}
