//! Values that a schema takes: the document's own where they fit, else the smallest.

use serde_json::{Map, Number, Value, json};

use super::pattern;
use super::schemas::Schemas;

/// Objects within objects; nothing that must be there goes deeper.
const DEPTH: usize = 24;

impl Schemas<'_> {
    /// A value for a request.
    pub(crate) fn sample(self, schema: &Value) -> Value {
        self.of(schema, DEPTH)
    }

    fn of(self, schema: &Value, depth: usize) -> Value {
        let Some(depth) = depth.checked_sub(1) else {
            return Value::Null;
        };
        let schema = self.whole(schema);
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let first = values.iter().find(|value| !value.is_null());
            return first.cloned().unwrap_or(Value::Null);
        }
        match kind(&schema) {
            "object" => self.object(&schema, depth),
            "array" => self.array(&schema, depth),
            "string" => text(&schema),
            kind @ ("integer" | "number") => number(&schema, kind == "integer"),
            "boolean" => given(&schema, Value::is_boolean).unwrap_or(json!(true)),
            _ => given(&schema, |value| !value.is_null()).unwrap_or(json!({})),
        }
    }

    /// What it must have; of the rest, as much as makes up the least number of members.
    fn object(self, schema: &Map<String, Value>, depth: usize) -> Value {
        let empty = Map::new();
        let properties = schema
            .get("properties")
            .and_then(Value::as_object)
            .unwrap_or(&empty);
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut object = Map::new();
        for name in &required {
            match properties.get(*name) {
                Some(property) if self.whole(property).get("readOnly") == Some(&json!(true)) => {}
                Some(property) => {
                    object.insert((*name).to_owned(), self.of(property, depth));
                }
                None => {
                    object.insert((*name).to_owned(), json!("a"));
                }
            }
        }
        let least = size(schema, "minProperties");
        for (name, property) in properties {
            if object.len() >= least {
                break;
            }
            if !object.contains_key(name) {
                object.insert(name.clone(), self.of(property, depth));
            }
        }
        Value::Object(object)
    }

    fn array(self, schema: &Map<String, Value>, depth: usize) -> Value {
        let any = json!({});
        let items = schema.get("items").unwrap_or(&any);
        let least = size(schema, "minItems");
        Value::Array((0..least).map(|_| self.of(items, depth)).collect())
    }
}

/// `type`, or what the other keys tell of it.
fn kind(schema: &Map<String, Value>) -> &str {
    let named = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds
            .iter()
            .filter_map(Value::as_str)
            .find(|kind| *kind != "null"),
        Some(kind) => kind.as_str(),
        None => None,
    };
    named.unwrap_or_else(|| {
        let has = |keys: &[&str]| keys.iter().any(|key| schema.contains_key(*key));
        if has(&["properties", "required", "additionalProperties"]) {
            "object"
        } else if has(&["items"]) {
            "array"
        } else if has(&["format", "pattern", "minLength", "maxLength"]) {
            "string"
        } else {
            "any"
        }
    })
}

/// The document's own value, where it is of the right kind.
fn given(schema: &Map<String, Value>, fits: impl Fn(&Value) -> bool) -> Option<Value> {
    let examples = schema.get("examples").and_then(|examples| examples.get(0));
    [schema.get("example"), examples, schema.get("default")]
        .into_iter()
        .flatten()
        .find(|value| fits(value))
        .cloned()
}

fn text(schema: &Map<String, Value>) -> Value {
    let least = size(schema, "minLength");
    let most = schema
        .get("maxLength")
        .and_then(Value::as_u64)
        .map_or(usize::MAX, |most| most as usize);
    let pattern = schema.get("pattern").and_then(Value::as_str);
    let format = schema.get("format").and_then(Value::as_str).unwrap_or("");
    let fits = |value: &Value| {
        value.as_str().is_some_and(|text| {
            let length = text.chars().count();
            (least..=most).contains(&length)
                && pattern.is_none_or(|pattern| pattern::takes(pattern, text))
                && (formatted(format).is_none() || is_formatted(format, text))
        })
    };
    if let Some(value) = given(schema, fits) {
        return value;
    }
    if let Some(text) = pattern.and_then(|pattern| pattern::text(pattern, least)) {
        return Value::String(text);
    }
    let mut text = formatted(format).unwrap_or("a").to_owned();
    while text.chars().count() < least {
        text.push('a');
    }
    Value::String(text.chars().take(most).collect())
}

/// A text of a format that a server may check.
fn formatted(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2030-01-01T00:00:00Z",
        "date" => "2030-01-01",
        "time" => "00:00:00Z",
        "uuid" => "f174e90a-fafe-4643-bbbc-4a0ed4fc8415",
        "email" => "somebody@example.com",
        "uri" | "url" => "https://example.com",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "YQ==",
        _ => return None,
    })
}

/// Whether a document's own text is of its format; a rough look.
fn is_formatted(format: &str, text: &str) -> bool {
    let has = |parts: &[&str]| parts.iter().all(|part| text.contains(part));
    match format {
        "date-time" => text.len() >= 20 && has(&["-", "T", ":"]) && text.ends_with(['Z', '0', '5']),
        "date" => text.len() == 10 && has(&["-"]),
        "uuid" => text.len() == 36,
        "email" => has(&["@", "."]),
        "uri" | "url" => has(&["://"]),
        "hostname" => !text.contains(['/', ':', '*', '_', ' ']),
        "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        _ => true,
    }
}

fn number(schema: &Map<String, Value>, whole: bool) -> Value {
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let step = bound("multipleOf");
    let above = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let least = match (bound("minimum"), bound("exclusiveMinimum")) {
        (Some(least), None) if above("exclusiveMinimum") => Some(least + 1.0),
        (Some(least), None) => Some(least),
        (_, Some(least)) => Some(least + 1.0),
        (None, None) => None,
    };
    let most = bound("maximum");
    let fits = |value: &Value| {
        value.as_f64().is_some_and(|number| {
            (!whole || number.fract() == 0.0)
                && least.is_none_or(|least| number >= least)
                && most.is_none_or(|most| number <= most)
                && step.is_none_or(|step| (number / step).fract() == 0.0)
        })
    };
    given(schema, fits).unwrap_or_else(|| {
        let least = least.unwrap_or_else(|| most.map_or(1.0, |most| most.min(1.0)));
        let number = step.map_or(least, |step| (least / step).ceil() * step);
        if number.fract() == 0.0 {
            json!(number as i64)
        } else {
            Number::from_f64(number).map_or(json!(1), Value::Number)
        }
    })
}

fn size(schema: &Map<String, Value>, key: &str) -> usize {
    schema.get(key).and_then(Value::as_u64).unwrap_or(0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_value_that_a_schema_takes() {
        let document = json!({
            "id": { "type": "string", "maxLength": 4, "example": "too long", "pattern": "^[0-9]{2}$" }
        });
        let schema = json!({
            "allOf": [{ "required": ["id", "age"] }],
            "properties": {
                "id": { "$ref": "#/id" },
                "age": { "type": "integer", "minimum": 3 },
                "more": { "type": "string" }
            }
        });
        let sample = Schemas(&document).sample(&schema);
        assert_eq!(sample, json!({ "id": "11", "age": 3 }));
    }
}
