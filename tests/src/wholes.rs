//! A schema of a document as one object: references followed, `allOf` merged, one alternative taken.

use serde_json::{Map, Value, json};

use crate::validity::Schemas;

/// References and compositions that a document has within each other at most.
const DEPTH: usize = 24;

/// Takes one of the alternatives.
pub type Choice<'c> = dyn FnMut(&[Value]) -> Option<usize> + 'c;

/// What a node of a document is or refers to.
pub fn follow<'d>(document: &'d Value, node: &'d Value) -> &'d Value {
    let mut node = node;
    for _ in 0..DEPTH {
        let target = Schemas::reference(node).and_then(|pointer| document.pointer(&pointer));
        match target {
            Some(target) => node = target,
            None => return node,
        }
    }
    node
}

/// The constraints of a schema and of all its parts.
pub fn whole(document: &Value, schema: &Value, choose: &mut Choice<'_>) -> Map<String, Value> {
    let mut whole = Map::new();
    gather(document, schema, choose, &mut whole, DEPTH);
    whole
}

fn gather(
    document: &Value,
    schema: &Value,
    choose: &mut Choice<'_>,
    whole: &mut Map<String, Value>,
    depth: usize,
) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    if let Some(target) = Schemas::reference(schema).and_then(|pointer| document.pointer(&pointer))
    {
        gather(document, target, choose, whole, depth);
    }
    for (key, value) in schema.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            ("$ref", _) => {}
            ("allOf", Value::Array(parts)) => {
                for part in parts {
                    gather(document, part, choose, whole, depth);
                }
            }
            ("oneOf" | "anyOf", Value::Array(parts)) => {
                if let Some(part) = choose(parts).and_then(|index| parts.get(index)) {
                    if let Some(tagged) = tagged(schema, part) {
                        add(whole, "properties", &tagged);
                    }
                    gather(document, part, choose, whole, depth);
                }
            }
            _ => add(whole, key, value),
        }
    }
}

/// The property that says which alternative a value is, where there is a discriminator.
fn tagged(schema: &Value, part: &Value) -> Option<Value> {
    let discriminator = schema.get("discriminator")?;
    let property = discriminator.get("propertyName")?.as_str()?;
    let reference = part.get("$ref")?.as_str()?;
    let name = reference.rsplit('/').next()?;
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let mut mapping = mapping.into_iter().flatten();
    let mapped = mapping.find(|(_, target)| *target == reference || *target == name);
    let tag = mapped.map_or(name, |(tag, _)| tag);
    Some(json!({ property: { "enum": [tag] } }))
}

/// Objects and lists of both sides are joined; of other things the first stays.
fn add(whole: &mut Map<String, Value>, key: &str, value: &Value) {
    match (whole.get_mut(key), value) {
        (Some(Value::Object(old)), Value::Object(new)) if key == "properties" => {
            for (name, schema) in new {
                let both = match old.remove(name) {
                    Some(earlier) => json!({ "allOf": [earlier, schema] }),
                    None => schema.clone(),
                };
                old.insert(name.clone(), both);
            }
        }
        (Some(Value::Array(old)), Value::Array(new)) if key == "required" => {
            old.extend(new.iter().cloned());
        }
        (Some(_), _) => {}
        (None, _) => {
            whole.insert(key.to_owned(), value.clone());
        }
    }
}
