//! Encoding: one function spells every kind of [`Get`].

use std::fmt;

use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::model::Model;
use super::union::Union;
use super::value::{Get, Value};

const UNASKED: &str =
    "a secret isn't serialised unasked: use expose_secret(), or wrap the value in Exposed(&value)";

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
            value: &self.0.get(),
            secrets: Secrets::Revealed,
        }
        .serialize(serializer)
    }
}

/// Serialises a value into any format that serde writes; a secret in it is an error.
pub(crate) fn serialize<S: Serializer>(value: Get<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    <S as RefuseSecrets>::SERIALIZE(value, serializer)
}

/// Serialising of what nobody asked the secrets of.
trait RefuseSecrets: Serializer {
    /// Through a pointer, for the reason of [`READ`](super::decode_union::READ).
    const SERIALIZE: fn(Get<'_>, Self) -> Result<Self::Ok, Self::Error> = |value, serializer| {
        Encoded {
            value: &value,
            secrets: Secrets::Refused,
        }
        .serialize(serializer)
    };
}

impl<S: Serializer> RefuseSecrets for S {}

/// Appends the JSON text of a value, secrets revealed: this is what goes to the service.
pub(crate) fn write_json(out: &mut Vec<u8>, value: Get<'_>) -> Result<(), serde_json::Error> {
    WRITE_JSON(out, value)
}

/// Through a pointer, for the reason of [`READ`](super::decode_union::READ): here it is once for every setter.
const WRITE_JSON: fn(&mut Vec<u8>, Get<'_>) -> Result<(), serde_json::Error> = |out, value| {
    serde_json::to_writer(
        out,
        &Encoded {
            value: &value,
            secrets: Secrets::Revealed,
        },
    )
};

struct Encoded<'a> {
    value: &'a Get<'a>,
    secrets: Secrets,
}

impl Serialize for Encoded<'_> {
    #[inline(always)]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self.value {
            Get::Absent | Get::Null => serializer.serialize_unit(),
            Get::Text(text) => serializer.serialize_str(text),
            Get::Secret(text) if self.secrets == Secrets::Revealed => {
                serializer.serialize_str(text)
            }
            Get::Secret(_) => Err(S::Error::custom(UNASKED)),
            Get::Display(value) => serializer.collect_str(value),
            Get::Integer(number) => serializer.serialize_i64(number),
            Get::Unsigned(number) => serializer.serialize_u64(number),
            Get::Double(number) => serializer.serialize_f64(number),
            Get::Single(number) => serializer.serialize_f32(number),
            Get::Exact(number) => number.serialize(serializer),
            Get::Flag(flag) => serializer.serialize_bool(flag),
            Get::Any(value) => any(value, serializer),
            Get::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => serializer.serialize_str(text),
                Err(_) => Err(S::Error::custom(
                    "bytes that aren't UTF-8 can't stand in JSON",
                )),
            },
            Get::Object(model) => self.object(model, None, serializer),
            Get::Union(union) => self.union(union, serializer),
            Get::List(list) => self.list(list, serializer),
            Get::Map(map) => self.map(map, serializer),
        }
    }
}

impl Encoded<'_> {
    fn list<S: Serializer>(
        &self,
        list: &dyn super::value::ListGet,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        if let Some(texts) = list.texts() {
            return serializer.collect_seq(texts);
        }
        let mut elements = serializer.serialize_seq(Some(list.len()))?;
        for index in 0..list.len() {
            elements.serialize_element(&self.inner(&list.element(index)))?;
        }
        elements.end()
    }

    fn map<S: Serializer>(
        &self,
        map: &dyn super::value::MapGet,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        let mut result = Ok(());
        map.visit(&mut |key, value| {
            result = members.serialize_entry(key, &self.inner(&value));
            result.is_ok()
        });
        result?;
        members.end()
    }

    fn inner<'b>(&self, value: &'b Get<'b>) -> Encoded<'b> {
        Encoded {
            value,
            secrets: self.secrets,
        }
    }

    fn union<S: Serializer>(&self, union: &dyn Union, serializer: S) -> Result<S::Ok, S::Error> {
        let (variant, value) = union.get();
        let variants = union.variants();
        if self.secrets == Secrets::Refused && variants.hides(variant) {
            return Err(S::Error::custom(UNASKED));
        }
        match (value, variants.tag(), variants.tags_of(variant)) {
            (Get::Object(model), Some(property), [tag, ..]) => {
                self.object(model, Some((property, tag)), serializer)
            }
            _ => self.inner(&value).serialize(serializer),
        }
    }

    /// `tag`: the member that says which form of a union it is, written where the model doesn't.
    fn object<S: Serializer>(
        &self,
        model: &dyn Model,
        tag: Option<(&'static str, &'static str)>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(None)?;
        let tag = tag.filter(|(property, tag)| lacks(model, property, tag));
        if let Some((property, tag)) = tag {
            members.serialize_entry(property, tag)?;
        }
        for (index, field) in model.fields().iter().enumerate() {
            let value = model.get(index);
            let is_tag = || tag.is_some_and(|(property, _)| property == field.name());
            if matches!(value, Get::Absent) && (!field.is_required() || is_tag()) {
                continue;
            }
            if self.secrets == Secrets::Refused && field.is_secret() && !matches!(value, Get::Null)
            {
                return Err(S::Error::custom(UNASKED));
            }
            // Most fields are texts.
            match &value {
                Get::Text(text) => members.serialize_entry(field.name(), text)?,
                _ => members.serialize_entry(field.name(), &self.inner(&value))?,
            }
        }
        if let Some(further) = model.additional() {
            let mut result = Ok(());
            further.visit(&mut |key, value| {
                result = members.serialize_entry(key, &self.inner(&value));
                result.is_ok()
            });
            result?;
        }
        members.end()
    }
}

/// Whether a model doesn't say its tag itself. Tags that could be numbers or booleans are left to it,
/// because only it knows which they are.
fn lacks(model: &dyn Model, property: &str, tag: &str) -> bool {
    let is_text = tag.parse::<f64>().is_err() && !matches!(tag, "true" | "false");
    let field = model
        .fields()
        .iter()
        .position(|field| field.name() == property);
    let said = match field {
        Some(field) => !matches!(model.get(field), Get::Absent),
        None => model.additional().is_some_and(|further| {
            let mut said = false;
            further.visit(&mut |key, _| {
                said = key == property;
                !said
            });
            said
        }),
    };
    is_text && !said
}

fn any<S: Serializer>(value: &serde_json::Value, serializer: S) -> Result<S::Ok, S::Error> {
    value.serialize(serializer)
}
