//! A schema of the document as one object: references followed, `allOf` merged, the first alternative taken.

use serde_json::{Map, Value};

/// References and compositions that a document has within each other at most.
const DEPTH: usize = 24;

/// The untyped document.
#[derive(Clone, Copy)]
pub(crate) struct Schemas<'d>(pub(crate) &'d Value);

impl<'d> Schemas<'d> {
    /// What a node is or refers to.
    pub(crate) fn follow<'n>(self, node: &'n Value) -> &'n Value
    where
        'd: 'n,
    {
        let mut node = node;
        for _ in 0..DEPTH {
            let target = node
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| reference.strip_prefix('#'))
                .and_then(|pointer| self.0.pointer(pointer));
            match target {
                Some(target) => node = target,
                None => return node,
            }
        }
        node
    }

    /// The constraints of a schema and of all its parts.
    pub(crate) fn whole(self, schema: &Value) -> Map<String, Value> {
        let mut whole = Map::new();
        self.gather(schema, &mut whole, DEPTH);
        whole
    }

    /// The first alternative; of texts the one that may be longest, so that its example is too long for the others.
    fn tellable(self, parts: &[Value]) -> Option<&Value> {
        parts.iter().rev().max_by_key(|part| {
            let longest = self.follow(part).get("maxLength").and_then(Value::as_u64);
            longest.unwrap_or(0)
        })
    }

    fn gather(self, schema: &Value, whole: &mut Map<String, Value>, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        let schema = self.follow(schema);
        for (key, value) in schema.as_object().into_iter().flatten() {
            match (key.as_str(), value) {
                ("allOf", Value::Array(parts)) => {
                    parts
                        .iter()
                        .for_each(|part| self.gather(part, whole, depth));
                }
                ("oneOf" | "anyOf", Value::Array(parts)) => {
                    if let Some(part) = self.tellable(parts) {
                        self.gather(part, whole, depth);
                    }
                }
                _ => add(whole, key, value),
            }
        }
    }
}

/// Objects and lists of both sides are joined; of other things the first stays.
fn add(whole: &mut Map<String, Value>, key: &str, value: &Value) {
    match (whole.get_mut(key), value) {
        (Some(Value::Object(old)), Value::Object(new)) if key == "properties" => {
            for (name, schema) in new {
                let both = match old.remove(name) {
                    Some(earlier) => serde_json::json!({ "allOf": [earlier, schema] }),
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
