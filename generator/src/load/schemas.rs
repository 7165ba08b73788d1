//! Every schema of a document, wherever it stands: for rules that rewrite schemas.

use serde_json::{Map, Value};

use crate::pointer::Pointer;

/// Keys whose value is a schema (JSON Schema 2020-12, applicators; OpenAPI 3.1, `contentSchema`).
const ONE: &[&str] = &[
    "items",
    "additionalItems",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];

/// Keys whose value is an array of schemas.
const LIST: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems", "items"];

/// Keys whose value is an object of schemas.
const MEMBERS: &[&str] = &[
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
];

/// Keys whose value is data, in which nothing is a schema.
const DATA: &[&str] = &["example", "examples", "default", "enum", "const"];

/// Calls `visit` with every schema, those inside before those around them. A schema
/// may be `true` or `false`, except under a keyword that has one schema, where that says something of its own.
pub(super) fn each_schema(document: &mut Value, visit: &mut dyn FnMut(&mut Value, &Pointer)) {
    let Value::Object(root) = document else {
        return;
    };
    for (key, node) in root {
        let at = Pointer::root().child(key);
        match key.as_str() {
            "components" => each_component(node, &at, visit),
            "definitions" | "$defs" => each_member(node, &at, visit),
            "paths" | "webhooks" => each_inside(node, &at, visit),
            _ => {}
        }
    }
}

fn each_component(
    components: &mut Value,
    at: &Pointer,
    visit: &mut dyn FnMut(&mut Value, &Pointer),
) {
    let Value::Object(components) = components else {
        return;
    };
    for (key, node) in components {
        let at = at.child(key);
        if key == "schemas" {
            each_member(node, &at, visit);
        } else if let Value::Object(named) = node {
            for (name, node) in named {
                each_inside(node, &at.child(name), visit);
            }
        }
    }
}

/// Objects that aren't schemas: what is under their key `schema` is one.
fn each_inside(node: &mut Value, at: &Pointer, visit: &mut dyn FnMut(&mut Value, &Pointer)) {
    match node {
        Value::Object(members) => {
            for (key, node) in members {
                let at = at.child(key);
                match key.as_str() {
                    "schema" => each_below(node, &at, visit),
                    "example" | "examples" => {}
                    _ if key.starts_with("x-") => {}
                    _ => each_inside(node, &at, visit),
                }
            }
        }
        Value::Array(elements) => {
            for (index, node) in elements.iter_mut().enumerate() {
                each_inside(node, &at.index(index), visit);
            }
        }
        _ => {}
    }
}

/// A schema and those inside it. Values are at most as deep as their parsers allow, and so is this.
fn each_below(schema: &mut Value, at: &Pointer, visit: &mut dyn FnMut(&mut Value, &Pointer)) {
    if let Value::Object(keywords) = schema {
        each_keyword(keywords, at, visit);
    }
    visit(schema, at);
}

fn each_keyword(
    keywords: &mut Map<String, Value>,
    at: &Pointer,
    visit: &mut dyn FnMut(&mut Value, &Pointer),
) {
    for (key, node) in keywords {
        let (name, at) = (key.as_str(), at.child(key));
        if DATA.contains(&name) {
            continue;
        }
        match node {
            Value::Array(schemas) if LIST.contains(&name) => {
                for (index, schema) in schemas.iter_mut().enumerate() {
                    each_below(schema, &at.index(index), visit);
                }
            }
            Value::Object(_) if MEMBERS.contains(&name) => each_member(node, &at, visit),
            Value::Object(_) if ONE.contains(&name) => each_below(node, &at, visit),
            _ => {}
        }
    }
}

fn each_member(members: &mut Value, at: &Pointer, visit: &mut dyn FnMut(&mut Value, &Pointer)) {
    if let Value::Object(schemas) = members {
        for (name, schema) in schemas {
            each_below(schema, &at.child(name), visit);
        }
    }
}
