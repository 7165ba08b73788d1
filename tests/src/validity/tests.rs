//! Which values are what a schema says, keyword by keyword.

use super::Schemas;
use serde_json::{Value, json};

/// Which of these values are what a schema says.
fn valid(document: &Value, schema: Value, values: Value) -> Value {
    let schemas = Schemas::of(document);
    let values = values.as_array().cloned().unwrap_or_default();
    let valid = values
        .into_iter()
        .filter(|value| schemas.check(&schema, value).is_ok());
    valid.collect()
}

fn valid_in_30(schema: Value, values: Value) -> Value {
    valid(&json!({ "openapi": "3.0.3" }), schema, values)
}

#[test]
fn kinds_and_null_of_either_version() {
    let values = json!([null, "a", 1, 1.0, 1.5, true, [], {}]);
    let of = |schema| valid_in_30(schema, values.clone());
    assert_eq!(of(json!({ "type": "string" })), json!(["a"]));
    assert_eq!(of(json!({ "type": "integer" })), json!([1, 1.0]));
    assert_eq!(
        of(json!({ "type": "number", "nullable": true })),
        json!([null, 1, 1.0, 1.5])
    );
    assert_eq!(
        of(json!({ "type": ["boolean", "null"] })),
        json!([null, true])
    );
    assert_eq!(of(json!({ "enum": [1.0, []] })), json!([1, 1.0, []]));
    assert_eq!(of(json!(true)), values);
    assert_eq!(of(json!(false)), json!([]));
}

#[test]
fn bounds_are_numbers_or_flags() {
    let of = |schema| valid_in_30(schema, json!([1, 2, 3, 4]));
    assert_eq!(
        of(json!({ "minimum": 2, "exclusiveMinimum": true })),
        json!([3, 4])
    );
    assert_eq!(
        of(json!({ "exclusiveMinimum": 2, "maximum": 3 })),
        json!([3])
    );
    assert_eq!(of(json!({ "multipleOf": 2 })), json!([2, 4]));
    let wide = json!([1, 3_000_000_000_u64]);
    assert_eq!(valid_in_30(json!({ "format": "int32" }), wide), json!([1]));
}

#[test]
fn texts_and_lists() {
    let texts = json!(["a", "ab", "abc"]);
    let schema = json!({ "minLength": 2, "pattern": "b$" });
    assert_eq!(valid_in_30(schema, texts), json!(["ab"]));
    let lists = json!([[], [1], [1, "a"], [1, "a", 2], [1, 1]]);
    let tuple = json!({ "prefixItems": [{ "type": "integer" }, { "type": "string" }], "items": false, "minItems": 2 });
    assert_eq!(valid_in_30(tuple, lists.clone()), json!([[1, "a"]]));
    let set = json!({ "uniqueItems": true, "items": { "type": "integer" } });
    assert_eq!(valid_in_30(set, lists), json!([[], [1]]));
}

#[test]
fn objects_by_required_known_and_further_keys() {
    let schema = json!({
        "required": ["id"],
        "properties": { "id": { "type": "integer" } },
        "patternProperties": { "^x-": {} },
        "additionalProperties": { "type": "string" }
    });
    let values =
        json!([{}, { "id": 1 }, { "id": "a" }, { "id": 1, "x-a": 1 }, { "id": 1, "a": 1 }]);
    assert_eq!(
        valid_in_30(schema, values),
        json!([{ "id": 1 }, { "id": 1, "x-a": 1 }])
    );
}

#[test]
fn compositions() {
    let values = json!([1, 2, 3, "a"]);
    let one = json!({ "maximum": 2, "type": "integer" });
    let other = json!({ "minimum": 2, "type": "integer" });
    let of = |key: &str| valid_in_30(json!({ key: [one, other] }), values.clone());
    assert_eq!(of("allOf"), json!([2]));
    assert_eq!(of("anyOf"), json!([1, 2, 3]));
    assert_eq!(of("oneOf"), json!([1, 3]));
    assert_eq!(valid_in_30(json!({ "not": one }), values), json!([3, "a"]));
}

#[test]
fn what_stands_beside_a_reference_counts_in_31() {
    let schema = json!({ "$ref": "#/a~1b", "maximum": 1 });
    let in_version = |version: &str| {
        let document = json!({ "openapi": version, "a/b": { "type": "integer" } });
        valid(&document, schema.clone(), json!([1, 2, "a"]))
    };
    assert_eq!(in_version("3.0.3"), json!([1, 2]));
    assert_eq!(in_version("3.1.0"), json!([1]));
}

#[test]
fn a_schema_that_is_itself_says_nothing() {
    let document = json!({ "a": { "$ref": "#/a" } });
    assert_eq!(
        valid(&document, json!({ "$ref": "#/a" }), json!([1])),
        json!([])
    );
}

#[test]
fn a_member_is_named_in_any_part() {
    let document = json!({ "a": { "allOf": [{ "properties": { "b": { "items": { "properties": { "c": {} } } } } }] } });
    let schemas = Schemas::of(&document);
    let names = |path: &[&str]| {
        let path: Vec<String> = path.iter().map(|step| (*step).to_owned()).collect();
        document
            .get("a")
            .is_some_and(|schema| !schemas.of_member(schema, &path).is_empty())
    };
    assert!(names(&["b", "3", "c"]));
    assert!(!names(&["b", "3", "d"]));
}
