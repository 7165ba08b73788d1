//! Whether what is printed for programs is what `schemas/` says.

use std::fs;

use serde_json::{Value, json};

/// As much of JSON Schema as the schemas of the repository need.
pub(crate) fn assert_fits(schema: &str, value: &Value) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas");
    let text = fs::read_to_string(format!("{path}/{schema}.schema.json")).unwrap();
    let root: Value = serde_json::from_str(&text).unwrap();
    fits(&root, &root, value, "#");
}

fn fits(root: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(target) = schema["$ref"].as_str() {
        let target = root.pointer(target.trim_start_matches('#')).unwrap();
        fits(root, target, value, at);
    }
    if let Some(only) = schema.get("const") {
        assert_eq!(value, only, "{at}");
    }
    if let Some(values) = schema["enum"].as_array() {
        assert!(values.contains(value), "{at}: {value}");
    }
    let kind = match value {
        Value::Null => "null",
        Value::String(_) => "string",
        Value::Number(_) => "integer",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Bool(_) => "boolean",
    };
    match &schema["type"] {
        Value::String(only) => assert_eq!(only, kind, "{at}"),
        Value::Array(some) => assert!(some.contains(&json!(kind)), "{at}: {kind}"),
        _ => {}
    }
    for item in value.as_array().into_iter().flatten() {
        fits(root, &schema["items"], item, at);
    }
    let (Some(members), Some(properties)) = (value.as_object(), schema["properties"].as_object())
    else {
        return;
    };
    for required in schema["required"].as_array().unwrap() {
        assert!(
            members.contains_key(required.as_str().unwrap()),
            "{at}: {required}"
        );
    }
    for (name, member) in members {
        let property = properties.get(name);
        let property = property.unwrap_or_else(|| panic!("{at} has {name}, too"));
        fits(root, property, member, &format!("{at}/{name}"));
    }
}
