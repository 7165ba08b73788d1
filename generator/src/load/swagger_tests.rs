#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};

use super::*;

fn converted(mut document: Value) -> Value {
    document["swagger"] = json!("2.0");
    let mut diagnostics = Vec::new();
    convert(&mut document, &mut diagnostics);
    assert_eq!(diagnostics, []);
    document
}

/// `GET /a` of a document that has nothing else.
fn operation(operation: Value) -> Value {
    converted(json!({"paths": {"/a": {"get": operation}}}))["paths"]["/a"]["get"].take()
}

#[test]
fn host_base_path_and_schemes_are_a_server() {
    let servers = |document: Value| converted(document)["servers"].take();
    assert_eq!(
        servers(json!({"host": "a.example", "basePath": "/v1/", "schemes": ["http", "https"]})),
        json!([{"url": "https://a.example/v1"}])
    );
    assert_eq!(
        servers(json!({"host": "a.example", "schemes": ["http"]})),
        json!([{"url": "http://a.example"}])
    );
    assert_eq!(servers(json!({"basePath": "/v1"})), json!([{"url": "/v1"}]));
    assert_eq!(servers(json!({"basePath": "/"})), json!([]));
}

#[test]
fn a_body_is_no_parameter() {
    let operation = operation(json!({
        "consumes": ["application/json", "text/xml"],
        "parameters": [{"in": "body", "name": "thing", "required": true, "schema": {"$ref": "#/definitions/A"}}],
    }));
    let content = json!({"schema": {"$ref": "#/components/schemas/A"}});
    assert_eq!(
        operation,
        json!({"requestBody": {
            "required": true,
            "content": {"application/json": content, "text/xml": content},
        }})
    );
}

#[test]
fn form_fields_are_properties_of_a_body() {
    let form = operation(json!({"parameters": [
        {"in": "formData", "name": "a", "type": "string", "required": true, "description": "An a."},
        {"in": "formData", "name": "b", "type": "integer"},
    ]}));
    assert_eq!(
        form["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"],
        json!({
            "type": "object",
            "properties": {"a": {"type": "string", "description": "An a."}, "b": {"type": "integer"}},
            "required": ["a"],
        })
    );
    let upload =
        operation(json!({"parameters": [{"in": "formData", "name": "f", "type": "file"}]}));
    assert_eq!(
        upload["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]["f"],
        json!({"type": "string", "format": "binary"})
    );
}

#[test]
fn what_a_parameter_says_of_its_values_is_a_schema() {
    let operation = operation(json!({"parameters": [
        {"in": "query", "name": "a", "type": "array", "items": {"type": "string"}, "collectionFormat": "multi", "minItems": 1},
        {"in": "query", "name": "b", "type": "array", "items": {"type": "string"}},
        {"in": "path", "name": "c", "type": "integer", "format": "int32", "required": true, "x-more": 1},
    ]}));
    assert_eq!(
        operation["parameters"],
        json!([
            {"in": "query", "name": "a", "style": "form", "explode": true,
             "schema": {"type": "array", "items": {"type": "string"}, "minItems": 1}},
            {"in": "query", "name": "b", "style": "form", "explode": false,
             "schema": {"type": "array", "items": {"type": "string"}}},
            {"in": "path", "name": "c", "required": true, "x-more": 1,
             "schema": {"type": "integer", "format": "int32"}},
        ])
    );
}

#[test]
fn shared_parameters_are_found_and_an_operations_own_come_first() {
    let document = converted(json!({
        "parameters": {
            "page": {"in": "query", "name": "page", "type": "integer"},
            "thing": {"in": "body", "name": "thing", "schema": {"type": "string"}},
        },
        "paths": {"/a/{id}": {
            "parameters": [{"in": "path", "name": "id", "type": "string", "required": true}, {"$ref": "#/parameters/thing"}],
            "put": {"parameters": [{"$ref": "#/parameters/page"}, {"in": "path", "name": "id", "type": "integer", "required": true}]},
        }},
    }));
    let put = &document["paths"]["/a/{id}"]["put"];
    assert_eq!(put["parameters"][0]["schema"], json!({"type": "integer"}));
    assert_eq!(
        put["parameters"][1],
        json!({"$ref": "#/components/parameters/page"})
    );
    assert_eq!(
        put["requestBody"]["content"]["application/json"]["schema"],
        json!({"type": "string"})
    );
    assert_eq!(
        document["components"]["parameters"],
        json!({"page": {"in": "query", "name": "page", "schema": {"type": "integer"}}})
    );
}

#[test]
fn answers_have_content_by_what_is_produced() {
    let operation = operation(json!({
        "produces": ["application/json"],
        "responses": {
            "200": {
                "description": "A thing.",
                "schema": {"type": "object", "discriminator": "kind", "x-nullable": true},
                "examples": {"application/json": {"kind": "a"}},
                "headers": {"X-Total": {"type": "integer", "description": "All."}},
            },
            "204": {},
        },
    }));
    assert_eq!(
        operation["responses"],
        json!({
            "200": {
                "description": "A thing.",
                "headers": {"X-Total": {"description": "All.", "schema": {"type": "integer"}}},
                "content": {"application/json": {
                    "schema": {"type": "object", "discriminator": {"propertyName": "kind"}, "nullable": true},
                    "example": {"kind": "a"},
                }},
            },
            "204": {"description": ""},
        })
    );
}

#[test]
fn a_file_is_bytes() {
    let operation =
        operation(json!({"responses": {"200": {"description": "", "schema": {"type": "file"}}}}));
    assert_eq!(
        operation["responses"]["200"]["content"],
        json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}})
    );
}

#[test]
fn security_definitions_are_schemes() {
    let document = converted(json!({"securityDefinitions": {
        "b": {"type": "basic"},
        "k": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "o": {"type": "oauth2", "flow": "application", "tokenUrl": "https://a.example/token", "scopes": {"r": "Read."}},
    }}));
    assert_eq!(
        document["components"]["securitySchemes"],
        json!({
            "b": {"type": "http", "scheme": "basic"},
            "k": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "o": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://a.example/token", "scopes": {"r": "Read."}}}},
        })
    );
}

#[test]
fn separators_without_a_style_are_told() {
    let mut document = json!({"swagger": "2.0", "paths": {"/a": {"get": {"parameters": [
        {"in": "query", "name": "a", "type": "array", "items": {"type": "string"}, "collectionFormat": "tsv"},
    ]}}}});
    let mut diagnostics = Vec::new();
    convert(&mut document, &mut diagnostics);
    let said: Vec<&str> = diagnostics
        .iter()
        .map(|said| said.message.as_str())
        .collect();
    assert_eq!(
        said,
        ["values separated by `tsv` can't be said in OpenAPI 3.0"]
    );
}

#[test]
fn places_are_told_as_they_are_in_the_text() {
    let at = |text: &str| original(&Pointer::parse(text)).to_string();
    assert_eq!(
        at("#/components/schemas/A/properties/b"),
        "#/definitions/A/properties/b"
    );
    assert_eq!(at("#/paths/~1a/get"), "#/paths/~1a/get");
}
