use serde_json::{Value, json};

use super::*;

/// A schema, rewritten as in a document of OpenAPI 3.1.
fn rewritten(schema: Value) -> Value {
    let mut document = json!({"components": {"schemas": {"S": schema}}});
    rewrite(&mut document, true, &mut Vec::new());
    document["components"]["schemas"]["S"].take()
}

#[track_caller]
fn assert_rewritten(schema: Value, expected: Value) {
    assert_eq!(rewritten(schema), expected);
}

#[test]
fn null_among_the_types_is_nullable() {
    assert_rewritten(
        json!({"type": ["string", "null"], "format": "uuid"}),
        json!({"type": "string", "format": "uuid", "nullable": true}),
    );
    assert_rewritten(
        json!({"type": ["null"]}),
        json!({"type": "null", "nullable": true}),
    );
    assert_rewritten(json!({"type": []}), json!({}));
}

#[test]
fn several_types_are_alternatives_with_their_own_keywords() {
    assert_rewritten(
        json!({"type": ["array", "string"], "items": {}, "maxLength": 3, "enum": ["a", []]}),
        json!({"anyOf": [
            {"type": "array", "items": {}, "enum": [[]]},
            {"type": "string", "maxLength": 3, "enum": ["a"]},
        ]}),
    );
    assert_rewritten(
        json!({"type": ["integer", "number"]}),
        json!({"type": "number"}),
    );
    assert_rewritten(
        json!({"type": ["string", "boolean"], "anyOf": [{}]}),
        json!({
            "anyOf": [{}],
            "allOf": [{"anyOf": [{"type": "string"}, {"type": "boolean"}]}],
        }),
    );
}

#[test]
fn a_constant_is_an_enum_of_one() {
    assert_rewritten(
        json!({"const": "a"}),
        json!({"type": "string", "enum": ["a"]}),
    );
    assert_rewritten(
        json!({"const": 1.5}),
        json!({"type": "number", "enum": [1.5]}),
    );
    assert_rewritten(json!({"const": null}), json!({"type": "null"}));
}

#[test]
fn an_exclusive_bound_is_a_bound_and_a_flag() {
    assert_rewritten(
        json!({"exclusiveMinimum": 0, "exclusiveMaximum": true}),
        json!({"exclusiveMinimum": true, "exclusiveMaximum": true, "minimum": 0}),
    );
}

#[test]
fn the_first_of_the_examples_is_the_example() {
    assert_rewritten(json!({"examples": [1, 2]}), json!({"example": 1}));
    assert_rewritten(
        json!({"examples": [1], "example": 3}),
        json!({"example": 3}),
    );
    assert_rewritten(json!({"examples": []}), json!({}));
}

#[test]
fn encoded_content_is_a_format() {
    assert_rewritten(
        json!({"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"}),
        json!({"type": "string", "format": "byte"}),
    );
    assert_rewritten(
        json!({"contentMediaType": "application/octet-stream"}),
        json!({"type": "string", "format": "binary"}),
    );
    assert_rewritten(
        json!({"type": "string", "contentMediaType": "application/json"}),
        json!({"type": "string"}),
    );
}

#[test]
fn a_tuple_is_an_array_of_its_types() {
    assert_rewritten(
        json!({"type": "array", "prefixItems": [{"type": "number"}, {"type": "number"}], "items": false}),
        json!({"type": "array", "items": {"type": "number"}}),
    );
    assert_rewritten(
        json!({"type": "array", "items": [{"type": "string"}, {"type": "null"}]}),
        json!({"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "null"}]}}),
    );
}

#[test]
fn the_places_of_a_tuple_are_lost_with_a_word_where_they_differ() {
    let mut document = json!({"components": {"schemas": {
        "Pair": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "number"}]},
        "Old": {"type": "array", "items": [{"type": "string"}, {"type": "number"}]},
        "Point": {"type": "array", "prefixItems": [{"type": "number"}, {"type": "number"}]},
    }}});
    let mut diagnostics = Vec::new();
    rewrite(&mut document, true, &mut diagnostics);
    let said: Vec<String> = diagnostics.iter().map(|said| said.at.to_string()).collect();
    assert_eq!(
        said,
        [
            "#/components/schemas/Pair/prefixItems",
            "#/components/schemas/Old/items"
        ]
    );
}

#[test]
fn keys_by_pattern_are_further_keys() {
    assert_rewritten(
        json!({"patternProperties": {"^x": {"type": "string"}}, "additionalProperties": false}),
        json!({"additionalProperties": {"type": "string"}}),
    );
    assert_rewritten(
        json!({"patternProperties": {"^x": {}}, "additionalProperties": {"type": "string"}}),
        json!({"additionalProperties": true}),
    );
}

#[test]
fn keywords_beside_a_reference_count() {
    assert_rewritten(
        json!({"$ref": "#/a", "description": "d", "allOf": [{}]}),
        json!({"description": "d", "allOf": [{"$ref": "#/a"}, {}]}),
    );
    assert_rewritten(json!({"$ref": "#/a"}), json!({"$ref": "#/a"}));
}

#[test]
fn a_boolean_is_a_schema() {
    let mut document = json!({"components": {"schemas": {
        "S": {"properties": {"a": true, "b": false}, "additionalProperties": false},
    }}});
    let mut diagnostics = Vec::new();
    rewrite(&mut document, true, &mut diagnostics);
    assert_eq!(
        document["components"]["schemas"]["S"],
        json!({"properties": {"a": {}, "b": {}}, "additionalProperties": false})
    );
    let said: Vec<String> = diagnostics.iter().map(|said| said.at.to_string()).collect();
    assert_eq!(said, ["#/components/schemas/S/properties/b"]);
}

#[test]
fn schemas_are_found_wherever_they_stand_and_data_is_left_alone() {
    let mut document = json!({
        "paths": {"/a": {"get": {
            "parameters": [{"schema": {"const": 1}, "example": {"schema": {"const": 1}}}],
            "responses": {"200": {"content": {"*/*": {"schema": {"items": {"const": 1}}}}}},
        }}},
        "components": {"schemas": {"S": {"default": {"items": {"const": 1}}}}},
    });
    rewrite(&mut document, true, &mut Vec::new());
    let one = json!({"type": "integer", "enum": [1]});
    let operation = &document["paths"]["/a"]["get"];
    assert_eq!(operation["parameters"][0]["schema"], one);
    assert_eq!(
        operation["parameters"][0]["example"]["schema"],
        json!({"const": 1})
    );
    assert_eq!(
        operation["responses"]["200"]["content"]["*/*"]["schema"]["items"],
        one
    );
    let schema = &document["components"]["schemas"]["S"];
    assert_eq!(schema["default"]["items"], json!({"const": 1}));
}
