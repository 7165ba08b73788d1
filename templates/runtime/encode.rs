//! Encoding: one function spells every kind of [`Get`].

use std::fmt;

use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::model::Model;
use super::value::{Get, Value};

/// What becomes of secrets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Secrets {
    /// Written: the text goes to the service, or the caller asked for it.
    Revealed,
    /// Refused: "[redacted]" in a file would lose a one-time secret in silence, the secret itself would leak it.
    Refused,
}

/// Serialises a value with its secrets revealed, where that is what you want:
/// `serde_json::to_string(&Exposed(&token))`. Without it, serialising a value that holds a secret is an error.
#[derive(Clone, Copy)]
pub struct Exposed<'a, T>(pub &'a T);

impl<T> fmt::Debug for Exposed<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Exposed(…)")
    }
}

impl<T: Value> Serialize for Exposed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Encoded {
            value: self.0.get(),
            secrets: Secrets::Revealed,
        }
        .serialize(serializer)
    }
}

/// Serialises a value into any format that serde writes; a secret in it is an error.
pub(crate) fn serialize<S: Serializer>(value: Get<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    Encoded {
        value,
        secrets: Secrets::Refused,
    }
    .serialize(serializer)
}

/// Appends the JSON text of a value, secrets revealed: this is what goes to the service.
pub(crate) fn write_json(out: &mut Vec<u8>, value: Get<'_>) -> Result<(), serde_json::Error> {
    serde_json::to_writer(
        out,
        &Encoded {
            value,
            secrets: Secrets::Revealed,
        },
    )
}

struct Encoded<'a> {
    value: Get<'a>,
    secrets: Secrets,
}

impl Serialize for Encoded<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Get::Absent | Get::Null => serializer.serialize_unit(),
            Get::Text(text) => serializer.serialize_str(text),
            Get::Secret(text) if self.secrets == Secrets::Revealed => {
                serializer.serialize_str(text)
            }
            Get::Secret(_) => Err(S::Error::custom(
                "a secret isn't serialised unasked: use expose_secret(), or wrap the value in Exposed(&value)",
            )),
            Get::Display(value) => serializer.collect_str(value),
            Get::Integer(number) => serializer.serialize_i64(number),
            Get::Unsigned(number) => serializer.serialize_u64(number),
            Get::Double(number) => serializer.serialize_f64(number),
            Get::Single(number) => serializer.serialize_f32(number),
            Get::Flag(flag) => serializer.serialize_bool(flag),
            Get::Any(value) => value.serialize(serializer),
            Get::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => serializer.serialize_str(text),
                Err(_) => Err(S::Error::custom(
                    "bytes that aren't UTF-8 can't stand in JSON",
                )),
            },
            Get::Object(model) => self.object(model, serializer),
            Get::List(list) => {
                let mut elements = serializer.serialize_seq(Some(list.len()))?;
                for index in 0..list.len() {
                    elements.serialize_element(&self.inner(list.element(index)))?;
                }
                elements.end()
            }
            Get::Map(map) => {
                let mut members = serializer.serialize_map(None)?;
                let mut result = Ok(());
                map.visit(&mut |key, value| {
                    result = members.serialize_entry(key, &self.inner(value));
                    result.is_ok()
                });
                result?;
                members.end()
            }
        }
    }
}

impl Encoded<'_> {
    fn inner<'b>(&self, value: Get<'b>) -> Encoded<'b> {
        Encoded {
            value,
            secrets: self.secrets,
        }
    }

    fn object<S: Serializer>(&self, model: &dyn Model, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        for (index, field) in model.fields().iter().enumerate() {
            let value = model.get(index);
            if field.required || !matches!(value, Get::Absent) {
                members.serialize_entry(field.name, &self.inner(value))?;
            }
        }
        if let Some(further) = model.additional() {
            let mut result = Ok(());
            further.visit(&mut |key, value| {
                result = members.serialize_entry(key, &self.inner(value));
                result.is_ok()
            });
            result?;
        }
        members.end()
    }
}
