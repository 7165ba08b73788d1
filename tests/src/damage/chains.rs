//! Documents that lead from schema to schema for ever, or nearly.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::DEEP;

/// Adds thousands of schemas, each of which leads to the next, the last perhaps to the first, and an
/// operation that answers with the first; says how they lead.
pub(super) fn add(document: &mut Value, random: &mut Rng) -> String {
    let kinds = [
        "items",
        "property",
        "required",
        "allOf",
        "anyOf",
        "values",
        "reference",
        "twice",
    ];
    let kind = random.choice(kinds).unwrap_or("items");
    // Two schemas a link, and one more in place: as much again.
    let longest = if kind == "twice" { DEEP / 10 } else { DEEP };
    let length = if random.bool() {
        longest
    } else {
        random.usize(1..50)
    };
    let is_cycle = random.bool();
    let schemas: Map<String, Value> = (0..length)
        .map(|number| {
            let next = match number + 1 == length {
                true if is_cycle => json!({"$ref": reference(0)}),
                true => json!({"type": "string"}),
                false => json!({"$ref": reference(number + 1)}),
            };
            (format!("Link{number}"), link(kind, next))
        })
        .collect();
    let Value::Object(root) = document else {
        return "nothing".to_owned();
    };
    let components = root.entry("components").or_insert_with(|| json!({}));
    if let Value::Object(components) = components {
        let known = components.entry("schemas").or_insert_with(|| json!({}));
        if let Value::Object(known) = known {
            known.extend(schemas);
        }
    }
    if let Some(Value::Object(paths)) = root.get_mut("paths") {
        let schema = json!({"$ref": reference(0)});
        let content = json!({"application/json": { "schema": schema }});
        paths.insert(
            "/chain".to_owned(),
            json!({"post": {
                "requestBody": { "content": content },
                "responses": {"200": { "description": "", "content": content }},
            }}),
        );
    }
    let end = if is_cycle {
        "back to the first"
    } else {
        "to an end"
    };
    format!("{length} schemas, each with its `{kind}`, {end}")
}

fn reference(number: usize) -> String {
    format!("#/components/schemas/Link{number}")
}

fn link(kind: &str, next: Value) -> Value {
    match kind {
        "items" => json!({"type": "array", "items": next}),
        "property" => json!({"type": "object", "properties": { "next": next }}),
        "required" => {
            json!({"type": "object", "required": ["next"], "properties": { "next": next }})
        }
        "allOf" => json!({"allOf": [next, {"properties": {"a": {"type": "string"}}}]}),
        "anyOf" => json!({"anyOf": [next, {"type": "integer"}]}),
        "values" => json!({"type": "object", "additionalProperties": next}),
        "twice" => json!({"type": "object", "properties": {
            "one": { "allOf": [next] },
            "other": { "oneOf": [next, {"type": "object", "properties": {"b": next}}] },
        }}),
        _ => next,
    }
}
