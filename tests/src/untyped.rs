//! A document's bare value, whatever numbers are in it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Any value. A YAML number that JSON's value has no room for is the nearest that it has.
pub(crate) struct Untyped(pub(crate) Value);

impl<'de> Deserialize<'de> for Untyped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor).map(Self)
    }
}

struct AnyVisitor;

impl<'de> Visitor<'de> for AnyVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    #[expect(clippy::cast_precision_loss, reason = "the nearest number")]
    fn visit_i128<E>(self, number: i128) -> Result<Value, E> {
        Ok(nearest(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "the nearest number")]
    fn visit_u128<E>(self, number: u128) -> Result<Value, E> {
        Ok(nearest(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(nearest(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Untyped(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((key, Untyped(value))) = members.next_entry()? {
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

/// What is no number is none in JSON, either.
fn nearest(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}
