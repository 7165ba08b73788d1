//! Request bodies: a JSON object that grows member by member, a whole JSON text, a form, parts, bytes.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value as Json;

use super::byte_stream::ByteStream;
use super::multipart::Multipart;
use super::pointer;
use super::text::split;

/// The body of a request that is being built.
#[derive(Clone, Default)]
pub(crate) enum Body {
    /// Nothing was set.
    #[default]
    None,
    /// A JSON object.
    Object(JsonObject),
    /// A whole JSON text.
    Json(Vec<u8>),
    /// `application/x-www-form-urlencoded`.
    Form(String),
    /// `multipart/form-data`.
    Multipart(Multipart),
    /// Content as it is.
    Content(ByteStream),
}

/// An object that is written as its members are set.
#[derive(Clone)]
pub(crate) struct JsonObject {
    /// All that was set, without the closing brace.
    text: Vec<u8>,
    /// In the order in which they were first set to something.
    members: Vec<Member>,
    /// Whether the text has members that were taken back or set again.
    has_stale: bool,
}

#[derive(Clone)]
struct Member {
    name: Cow<'static, str>,
    /// Where its value stands in the text; none once it is taken back.
    value: Option<Range<usize>>,
}

/// Writes what stands before a member's value.
fn begin_member(out: &mut Vec<u8>, name: &str) {
    out.push(if out.is_empty() { b'{' } else { b',' });
    // Writing to a vector doesn't fail.
    let _ = serde_json::to_writer(&mut *out, name);
    out.push(b':');
}

impl JsonObject {
    /// With room for a few members, so that small objects needn't grow.
    fn with_room() -> Self {
        Self {
            text: Vec::with_capacity(256),
            members: Vec::new(),
            has_stale: false,
        }
    }

    /// Sets a member to what `write` appends; nothing appended takes it back. The last setting wins.
    pub(crate) fn set<E>(
        &mut self,
        name: Cow<'static, str>,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let before = self.text.len();
        begin_member(&mut self.text, &name);
        let start = self.text.len();
        let outcome = write(&mut self.text);
        let value =
            Some(start..self.text.len()).filter(|value| outcome.is_ok() && !value.is_empty());
        if value.is_none() {
            self.text.truncate(before);
        }
        outcome?;
        match self.members.iter_mut().find(|member| member.name == name) {
            Some(member) => {
                self.has_stale |= member.value.is_some();
                member.value = value;
            }
            None if value.is_none() => {}
            None => self.members.push(Member { name, value }),
        }
        Ok(())
    }

    /// The text of a member.
    fn member(&self, name: &str) -> Option<&[u8]> {
        let member = self.members.iter().find(|member| member.name == name)?;
        self.text.get(member.value.clone()?)
    }

    /// The whole object as JSON.
    pub(crate) fn into_json(self) -> Vec<u8> {
        let mut text = match self.has_stale {
            true => self.without_stale(),
            false => self.text,
        };
        if text.is_empty() {
            text.push(b'{');
        }
        text.push(b'}');
        text
    }

    fn without_stale(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.text.len());
        for member in &self.members {
            if let Some(value) = member.value.clone().and_then(|range| self.text.get(range)) {
                begin_member(&mut out, &member.name);
                out.extend_from_slice(value);
            }
        }
        out
    }
}

impl Body {
    /// The object that this body is, made where nothing was set yet.
    pub(crate) fn object(&mut self) -> Option<&mut JsonObject> {
        if matches!(self, Self::None) {
            *self = Self::Object(JsonObject::with_room());
        }
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The form that this body is, made where nothing was set yet.
    pub(crate) fn form(&mut self) -> Option<&mut String> {
        if matches!(self, Self::None) {
            *self = Self::Form(String::new());
        }
        match self {
            Self::Form(form) => Some(form),
            _ => None,
        }
    }

    /// The parts that this body is made of, begun where nothing was set yet.
    pub(crate) fn multipart(&mut self) -> Option<&mut Multipart> {
        if matches!(self, Self::None) {
            *self = Self::Multipart(Multipart::default());
        }
        match self {
            Self::Multipart(multipart) => Some(multipart),
            _ => None,
        }
    }

    /// Sets a value at a path within a JSON object: `a.b`, or a JSON pointer (RFC 6901) `/a/b`.
    /// Objects on the way are made; anything else on the way is an error.
    pub(crate) fn merge(&mut self, path: &str, value: Json) -> Result<(), &'static str> {
        let keys = keys(path)?;
        let Some((first, inner)) = keys.split_first() else {
            return Err("has no name");
        };
        if let Self::Json(text) = self {
            let mut whole: Json = serde_json::from_slice(text).map_err(|_| NOT_AN_OBJECT)?;
            put(&mut whole, &keys, value)?;
            *text = whole.to_string().into_bytes();
            return Ok(());
        }
        let object = self.object().ok_or("needs a JSON body")?;
        let mut member = match object.member(first) {
            Some(text) if !inner.is_empty() => {
                serde_json::from_slice(text).map_err(|_| NOT_AN_OBJECT)?
            }
            _ => Json::Null,
        };
        put(&mut member, inner, value)?;
        object.set(Cow::Owned(first.clone()), |out| {
            out.extend_from_slice(member.to_string().as_bytes());
            Ok(())
        })
    }
}

const NOT_AN_OBJECT: &str = "leads through something that isn't an object";

/// The keys of a path.
fn keys(path: &str) -> Result<Vec<String>, &'static str> {
    let keys: Vec<String> = if path.starts_with("/") {
        pointer::keys(path)
    } else {
        split(path, b".").map(str::to_owned).collect()
    };
    if keys.iter().any(String::is_empty) {
        Err("has an empty name in it")
    } else {
        Ok(keys)
    }
}

/// Sets the value at these keys below `place`; null and what isn't there becomes an object.
fn put(place: &mut Json, keys: &[String], value: Json) -> Result<(), &'static str> {
    let mut place = place;
    for key in keys {
        if place.is_null() {
            *place = Json::Object(serde_json::Map::new());
        }
        let Json::Object(object) = place else {
            return Err(NOT_AN_OBJECT);
        };
        place = object.entry(key.as_str()).or_insert(Json::Null);
    }
    *place = value;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn set(body: &mut Body, name: &'static str, text: &str) {
        if let Some(object) = body.object() {
            let written: Result<(), ()> = object.set(Cow::Borrowed(name), |out| {
                out.extend_from_slice(text.as_bytes());
                Ok(())
            });
            assert_eq!(written, Ok(()));
        }
    }

    fn text(body: &Body) -> String {
        match body {
            Body::Object(object) => {
                String::from_utf8_lossy(&object.clone().into_json()).into_owned()
            }
            Body::Json(json) => String::from_utf8_lossy(json).into_owned(),
            _ => String::new(),
        }
    }

    #[test]
    fn the_last_setting_wins_at_the_place_of_the_first() {
        let mut body = Body::None;
        set(&mut body, "a", "1");
        set(&mut body, "b\"", "2");
        set(&mut body, "a", "3");
        assert_eq!(text(&body), r#"{"a":3,"b\"":2}"#);
        set(&mut body, "a", "");
        assert_eq!(text(&body), r#"{"b\"":2}"#);
        set(&mut body, "b\"", "");
        assert_eq!(text(&body), "{}");
    }

    #[test]
    fn paths_lead_into_members() {
        let mut body = Body::None;
        set(&mut body, "a", r#"{"x":1}"#);
        assert_eq!(body.merge("a.y.z", json!(true)), Ok(()));
        assert_eq!(body.merge("/a/z~1r", json!("s")), Ok(()));
        assert_eq!(body.merge("b", json!(null)), Ok(()));
        assert_eq!(
            text(&body),
            r#"{"a":{"x":1,"y":{"z":true},"z/r":"s"},"b":null}"#
        );
        assert_eq!(body.merge("a.x.y", json!(1)), Err(NOT_AN_OBJECT));
        assert!(body.merge("a..b", json!(1)).is_err());
        assert!(body.merge("", json!(1)).is_err());
    }

    #[test]
    fn paths_lead_into_a_whole_body() {
        let mut body = Body::Json(br#"{"a":1}"#.to_vec());
        assert_eq!(body.merge("b.c", json!(2)), Ok(()));
        assert_eq!(text(&body), r#"{"a":1,"b":{"c":2}}"#);
        assert!(Body::Json(b"[]".to_vec()).merge("a", json!(1)).is_err());
        assert!(Body::Content("".into()).merge("a", json!(1)).is_err());
    }
}
