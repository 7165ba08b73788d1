//! Documents that would exhaust the stack, the memory or the clock of a careless reader.

use openapiv3::{ArrayType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type};
use serde_json::{Map, Value, json};

use super::{Code, Config, Report, Shape, codes, document, lower, root};
use crate::api::Api;

fn lowered(schemas: Map<String, Value>) -> Report<Api> {
    lower(&document(with_schemas(schemas)), &Config::default())
}

/// A document with one operation that answers with `S0`.
fn with_schemas(schemas: Map<String, Value>) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "", "version": ""},
        "paths": {"/t": {"get": {"operationId": "t", "responses": {"200": {
            "description": "",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}
        }}}}},
        "components": {"schemas": schemas}
    })
}

fn inline(schema: Type) -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(schema),
    })
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Item(schema) => ReferenceOr::boxed_item(schema),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    }
}

/// `S0` to `S<count>`, each made from the reference to the next.
fn chain(count: usize, link: impl Fn(Value) -> Value) -> Map<String, Value> {
    (0..=count)
        .map(|index| {
            let next = json!({"$ref": format!("#/components/schemas/S{}", index + 1)});
            let schema = if index == count {
                json!({"type": "string"})
            } else {
                link(next)
            };
            (format!("S{index}"), schema)
        })
        .collect()
}

#[test]
fn long_chains_of_properties_are_fine() {
    let report = lowered(chain(
        10_000,
        |next| json!({"type": "object", "properties": {"next": next}}),
    ));
    assert_eq!(report.value.schemas.len(), 10_001);
    assert_eq!(codes(&report), []);
}

#[test]
fn long_chains_of_parts_are_cut_with_a_diagnostic() {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let report = lowered(chain(10_000, |next| json!({keyword: [next]})));
        let codes = codes(&report);
        assert!(codes.contains(&Code::UnsupportedSchema), "{keyword}");
        assert!(codes.len() < 5, "{keyword}");
    }
    let report = lowered(chain(10_000, |next| next));
    assert_eq!(codes(&report), [Code::UnresolvedReference]);
}

#[test]
fn parts_that_double_at_every_step_are_looked_at_once() {
    let report = lowered(chain(50, |next| json!({"allOf": [next, next]})));
    assert!(matches!(root(&report).shape, Shape::Text(_)));
    let report = lowered(chain(50, |next| json!({"oneOf": [next, next]})));
    assert!(matches!(root(&report).shape, Shape::Text(_)));
}

#[test]
fn deep_unnamed_schemas_are_cut_with_a_diagnostic() {
    // Made by hand: reading it from text takes more stack than a test has.
    let mut schema = inline(Type::String(StringType::default()));
    for _ in 0..1_000 {
        schema = inline(Type::Array(ArrayType {
            items: Some(boxed(schema)),
            min_items: None,
            max_items: None,
            unique_items: false,
        }));
    }
    let mut document = self::document(with_schemas(Map::from_iter([("S0".to_owned(), json!({}))])));
    let components = document.openapi.components.as_mut().unwrap();
    components.schemas.insert("S0".to_owned(), schema);
    let report = lower(&document, &Config::default());
    assert_eq!(codes(&report), [Code::UnsupportedSchema]);
    assert!(report.value.schemas.len() < 1_000);
}

#[test]
fn cycles_of_different_lengths_that_hold_together_end() {
    let mut schemas = Map::new();
    let mut parts = Vec::new();
    for length in [7, 11, 13, 17, 19, 23] {
        for index in 0..length {
            let next = format!("#/components/schemas/C{length}_{}", (index + 1) % length);
            schemas.insert(
                format!("C{length}_{index}"),
                json!({"type": "object", "properties": {
                    "next": {"$ref": next}, "mark": {"type": "string"}
                }}),
            );
        }
        parts.push(json!({"$ref": format!("#/components/schemas/C{length}_0")}));
    }
    schemas.insert("S0".to_owned(), json!({"allOf": parts}));
    let report = lowered(schemas);
    assert_eq!(codes(&report), [Code::UnsupportedSchema]);
}

#[test]
fn a_reference_to_itself_leads_nowhere() {
    for schema in [
        json!({"$ref": "#/components/schemas/S0"}),
        json!({"allOf": [{"$ref": "#/components/schemas/S0"}]}),
        json!({"oneOf": [{"$ref": "#/components/schemas/S0"}]}),
    ] {
        let report = lowered(Map::from_iter([("S0".to_owned(), schema)]));
        assert_eq!(codes(&report), [Code::UnresolvedReference]);
        assert_eq!(root(&report).shape, Shape::Any);
    }
}
