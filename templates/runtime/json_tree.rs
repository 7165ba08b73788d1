//! JSON as it was written: order, repeated keys and the digits of numbers are kept.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// How deep lists and objects may lie in one another.
const MAX_DEPTH: usize = 128;

/// How deep bodies lie in a recording.
const ROOM_AROUND_BODIES: usize = 8;

/// A JSON value.
#[derive(Clone, Debug)]
pub(super) enum Json {
    /// A number, a boolean or null, as it was spelled.
    Plain(Box<RawValue>),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole text; `None` where it isn't JSON, or too deep.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        Self::read(serde_json::from_slice(text).ok()?, MAX_DEPTH)
    }

    /// As [`Self::parse`], of a file that has bodies in it.
    pub(super) fn parse_file(text: &[u8]) -> Option<Self> {
        Self::read(
            serde_json::from_slice(text).ok()?,
            MAX_DEPTH + ROOM_AROUND_BODIES,
        )
    }

    fn read(raw: &RawValue, depth: usize) -> Option<Self> {
        let (text, depth) = (raw.get(), depth.checked_sub(1)?);
        Some(match text.as_bytes().first()? {
            b'{' => {
                let Members(members) = serde_json::from_str(text).ok()?;
                let members = members.into_iter();
                let members = members.map(|(key, raw)| Some((key, Self::read(raw, depth)?)));
                Self::Object(members.collect::<Option<_>>()?)
            }
            b'[' => {
                let list: Vec<&RawValue> = serde_json::from_str(text).ok()?;
                let list = list.into_iter().map(|raw| Self::read(raw, depth));
                Self::List(list.collect::<Option<_>>()?)
            }
            b'"' => Self::Text(serde_json::from_str(text).ok()?),
            _ => Self::Plain(raw.to_owned()),
        })
    }

    pub(super) fn number(number: u64) -> Self {
        // A number is JSON.
        RawValue::from_string(number.to_string()).map_or(Self::List(Vec::new()), Self::Plain)
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Plain(raw) if raw.get() == "null")
    }

    /// A member of an object; of several of one name, the last.
    pub(super) fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let mut members = members.iter().rev();
        members.find(|(key, _)| key == name).map(|(_, value)| value)
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_number(&self) -> Option<u64> {
        match self {
            Self::Plain(raw) => raw.get().parse().ok(),
            _ => None,
        }
    }

    /// Without spaces.
    pub(super) fn compact(&self) -> String {
        // Its keys are texts, so writing it doesn't fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What an object holds, in order.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(raw) => raw.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => {
                let mut out = serializer.serialize_seq(Some(list.len()))?;
                for element in list {
                    out.serialize_element(element)?;
                }
                out.end()
            }
            Self::Object(members) => {
                let mut out = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    out.serialize_entry(key, value)?;
                }
                out.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_written_as_it_was_read() {
        let text =
            r#"{"z":1.10,"a":[null,true,1e400,"ä\"\n"],"z":{},"n":123456789012345678901234567890}"#;
        let json = Json::parse(text.as_bytes()).unwrap_or(Json::number(0));
        assert_eq!(json.compact(), text);
        assert!(json.member("z").is_some_and(|last| last.compact() == "{}"));
    }

    #[test]
    fn what_is_no_json_or_too_deep_is_none() {
        for text in ["", "{", "{} {}", "{\"a\":}", "\u{feff}1", "nul"] {
            assert!(Json::parse(text.as_bytes()).is_none(), "{text}");
        }
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Json::parse(nested(MAX_DEPTH).as_bytes()).is_some());
        assert!(Json::parse(nested(MAX_DEPTH + 1).as_bytes()).is_none());
        assert!(Json::parse(nested(1_000_000).as_bytes()).is_none());
    }
}
