//! Values made from schemas, at random but the same for each seed.
//!
//! They are what their schemas say as far as kinds, members, alternatives and formats go; whoever needs a value
//! that keeps every bound has to check it.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::wholes::whole;

/// Objects within objects: what may be left out goes no deeper.
const DEPTH: usize = 5;
/// What must be there goes no deeper than this.
const DEEPEST: usize = 24;

/// Texts that have broken something somewhere.
const TEXTS: &[&str] = &[
    "",
    "a",
    " ",
    "null",
    "0",
    "\"\\/",
    "line\nfeed\r\ttab",
    "\u{0}\u{1f}",
    "\u{fffd}\u{ffff}",
    "Straße, 東京 🦀",
];
const MOMENTS: &[&str] = &[
    "2024-02-29T12:30:00Z",
    "1969-12-31T23:59:59.999999999Z",
    "2024-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00Z",
    "yesterday",
];
const DAYS: &[&str] = &["2024-02-29", "0000-01-01", "9999-12-31", "someday"];
const BYTES: &[&str] = &["", "AA==", "/+8=", "aGVsbG8gd29ybGQ=", "_-8", "no base64!"];

/// Makes values of a document's schemas.
pub struct Maker<'d> {
    document: &'d Value,
    random: Rng,
}

impl<'d> Maker<'d> {
    /// The same seed makes the same values.
    pub fn new(document: &'d Value, seed: u64) -> Self {
        Self {
            document,
            random: Rng::with_seed(seed),
        }
    }

    /// A value of a schema.
    pub fn value(&mut self, schema: &Value) -> Value {
        self.at_depth(schema, 0)
    }

    fn at_depth(&mut self, schema: &Value, depth: usize) -> Value {
        if depth > DEEPEST {
            return Value::Null;
        }
        let random = &mut self.random;
        let schema = whole(self.document, schema, &mut |parts| {
            (!parts.is_empty()).then(|| random.usize(..parts.len()))
        });
        let is_null =
            schema.get("nullable") == Some(&Value::Bool(true)) && self.random.u8(..4) == 0;
        if is_null {
            return Value::Null;
        }
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return self.random.choice(values).cloned().unwrap_or(Value::Null);
        }
        let format = schema.get("format").and_then(Value::as_str).unwrap_or("");
        match self.kind(&schema).as_str() {
            "object" => self.object(&schema, depth),
            "array" => self.array(&schema, depth),
            "string" => self.text(&schema, format),
            "integer" => self.integer(&schema, format),
            "number" => self.number(format),
            "boolean" => json!(self.random.bool()),
            "null" => Value::Null,
            _ => self.anything(),
        }
    }

    /// One of its types.
    fn kind(&mut self, schema: &Map<String, Value>) -> String {
        let kind = match schema.get("type") {
            Some(Value::Array(kinds)) => self.random.choice(kinds).and_then(Value::as_str),
            Some(kind) => kind.as_str(),
            None if schema.contains_key("properties") => Some("object"),
            None if schema.contains_key("items") => Some("array"),
            None => None,
        };
        kind.unwrap_or("any").to_owned()
    }

    fn object(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let mut object = Map::new();
        let required = schema
            .get("required")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let must = required.iter().any(|required| required == name);
            if must || (depth < DEPTH && self.random.bool()) {
                object.insert(name.clone(), self.at_depth(property, depth + 1));
            }
        }
        let further = schema
            .get("additionalProperties")
            .filter(|further| **further != json!(false));
        if let Some(further) = further.filter(|_| depth < DEPTH) {
            for index in 0..self.random.usize(..3) {
                object.insert(
                    format!("further {index}"),
                    self.at_depth(further, depth + 1),
                );
            }
        }
        Value::Object(object)
    }

    fn array(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let bound = |key: &str| {
            schema
                .get(key)
                .and_then(Value::as_u64)
                .map(|bound| bound as usize)
        };
        let places = schema.get("prefixItems").and_then(Value::as_array);
        if let Some(places) = places {
            return places
                .iter()
                .map(|place| self.at_depth(place, depth + 1))
                .collect();
        }
        let least = bound("minItems").unwrap_or(0);
        let length = if depth < DEPTH {
            least + self.random.usize(..3)
        } else {
            least
        };
        let any = json!({});
        let items = schema.get("items").unwrap_or(&any);
        (0..length)
            .map(|_| self.at_depth(items, depth + 1))
            .collect()
    }

    fn text(&mut self, schema: &Map<String, Value>, format: &str) -> Value {
        let is_encoded = schema.get("contentEncoding").is_some();
        let texts = match format {
            "date-time" => MOMENTS,
            "date" => DAYS,
            "byte" => BYTES,
            _ if is_encoded => BYTES,
            _ => TEXTS,
        };
        json!(self.random.choice(texts))
    }

    fn integer(&mut self, schema: &Map<String, Value>, format: &str) -> Value {
        let bound = |key: &str| schema.get(key).and_then(Value::as_i64);
        let (least, most) = match format {
            "int32" => (i64::from(i32::MIN), i64::from(i32::MAX)),
            "uint32" => (0, i64::from(u32::MAX)),
            "uint64" => return json!(*self.random.choice(&[0, 1, u64::MAX]).unwrap_or(&0)),
            _ => (i64::MIN, i64::MAX),
        };
        let (least, most) = (
            bound("minimum").unwrap_or(least),
            bound("maximum").unwrap_or(most),
        );
        let between = self.random.i64(least..=most);
        json!(self.random.choice(&[least, between, most]))
    }

    /// Any number that JSON has, the smallest and largest among them.
    fn number(&mut self, format: &str) -> Value {
        let number = if format == "float" {
            let number = f32::from_bits(self.random.u32(..));
            // Its shortest spelling is what it stands for.
            number.to_string().parse().unwrap_or(0.0)
        } else {
            f64::from_bits(self.random.u64(..))
        };
        if number.is_finite() {
            json!(number)
        } else {
            json!(-0.5)
        }
    }

    fn anything(&mut self) -> Value {
        let values = [
            json!(null),
            json!(1.5),
            json!("a"),
            json!([null, {}]),
            json!({ "a": [true] }),
        ];
        self.random.choice(values).unwrap_or(Value::Null)
    }
}
