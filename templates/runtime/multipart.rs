//! `multipart/form-data` (RFC 7578): the parts of a form, and their bytes on the wire.

use std::borrow::Cow;

use http::HeaderValue;
use percent_encoding::percent_decode_str;

use super::byte_stream::{ByteStream, Source};
use super::encode::write_json;
use super::operation::Style;
use super::part::Part;
use super::percent::push_encoded;
use super::request_body::Content;
use super::text::{before, find_any, replaced, same_caseless, split, split_once};
use super::uri::{Unfit, elements, push_query, text};
use super::value::{Get, Value};

/// What a part of unknown form is.
const ANY_BYTES: &str = "application/octet-stream";
/// What an object is as a part (OpenAPI 3.0.3, Encoding Object).
const JSON: &str = "application/json";

/// What isn't copied to stand beside other parts, in bytes.
const LONG: usize = 64 * 1024;

/// The parts of a form, in the order in which they were added. Sharing it doesn't copy their bytes.
#[derive(Clone, Default)]
pub(crate) struct Multipart(Vec<Finished>);

/// A part that is ready to go out.
#[derive(Clone)]
struct Finished {
    /// From the first header to the empty line.
    head: String,
    content: ByteStream,
}

impl Multipart {
    /// Adds a value: a list as several parts of one name, an object as JSON, anything else as text.
    /// With a media type, the value as a whole is of that type. An absent value adds nothing.
    pub(crate) fn push_value(
        &mut self,
        name: &str,
        content_type: Option<&str>,
        value: Get<'_>,
    ) -> Result<(), Unfit> {
        match (value.plain(), content_type) {
            (Get::Absent | Get::Null, _) => Ok(()),
            (value, Some(content_type)) if is_json(content_type) => {
                self.push_json(name, content_type, value)
            }
            (Get::List(list), _) => {
                for element in elements(list) {
                    self.push_one(name, content_type, element)?;
                }
                Ok(())
            }
            (Get::Any(serde_json::Value::Array(list)), _) => {
                for element in list {
                    self.push_one(name, content_type, Get::Any(element))?;
                }
                Ok(())
            }
            (value, _) => self.push_one(name, content_type, value),
        }
    }

    /// Adds an object as several parts, one for each value in it: `name[key]`.
    pub(crate) fn push_deep(&mut self, name: &str, value: &dyn Value) -> Result<(), Unfit> {
        let mut pairs = String::new();
        push_query(&mut pairs, name, Style::DeepObject, value, &push_encoded)?;
        for pair in split(&pairs, b"&").filter(|pair| !pair.is_empty()) {
            let (name, value) = split_once(pair, b"=").unwrap_or((pair, ""));
            let [name, value] =
                [name, value].map(|encoded| percent_decode_str(encoded).decode_utf8_lossy());
            self.push(&name, None, None, value.into_owned().into())?;
        }
        Ok(())
    }

    /// Adds a file; what the caller doesn't say of it is what the document says.
    pub(crate) fn push_file(
        &mut self,
        name: &str,
        content_type: Option<&str>,
        part: Part,
    ) -> Result<(), Unfit> {
        let file_name = part.file_name.as_deref().unwrap_or(name);
        let content_type = part.content_type.as_deref().or(content_type);
        let content_type = content_type.unwrap_or(ANY_BYTES);
        self.push(name, Some(file_name), Some(content_type), part.content)
    }

    /// Adds a part just as the caller gives it.
    pub(crate) fn push_part(&mut self, name: &str, part: Part) -> Result<(), Unfit> {
        let (file_name, content_type) = (part.file_name.as_deref(), part.content_type.as_deref());
        self.push(name, file_name, content_type, part.content)
    }

    fn push_one(
        &mut self,
        name: &str,
        content_type: Option<&str>,
        value: Get<'_>,
    ) -> Result<(), Unfit> {
        match value {
            Get::Object(_) | Get::Map(_) | Get::List(_) => self.push_json(name, JSON, value),
            Get::Any(serde_json::Value::Object(_) | serde_json::Value::Array(_)) => {
                self.push_json(name, JSON, value)
            }
            Get::Bytes(bytes) => self.push(name, None, content_type, bytes.clone().into()),
            _ => match text(value)? {
                Some(text) => self.push(name, None, content_type, text.into_owned().into()),
                None => Ok(()),
            },
        }
    }

    fn push_json(&mut self, name: &str, content_type: &str, value: Get<'_>) -> Result<(), Unfit> {
        let mut json = Vec::new();
        write_json(&mut json, value).map_err(|_| Unfit("can't be encoded as JSON"))?;
        self.push(name, None, Some(content_type), json.into())
    }

    fn push(
        &mut self,
        name: &str,
        file_name: Option<&str>,
        content_type: Option<&str>,
        content: ByteStream,
    ) -> Result<(), Unfit> {
        let mut head = format!(
            "Content-Disposition: form-data; name=\"{}\"",
            quotable(name)
        );
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", quotable(file_name)));
        }
        head.push_str("\r\n");
        if let Some(content_type) = content_type {
            HeaderValue::from_str(content_type)
                .map_err(|_| Unfit("has a content type that isn't one"))?;
            head.push_str(&format!("Content-Type: {content_type}\r\n"));
        }
        head.push_str("\r\n");
        self.0.push(Finished { head, content });
        Ok(())
    }

    /// The whole body. What is long or not in memory stays where it is.
    pub(crate) fn to_content(&self, boundary: &str) -> Content {
        let mut sources = Vec::new();
        let mut text = Vec::new();
        for Finished { head, content } in &self.0 {
            text.extend_from_slice(format!("--{boundary}\r\n{head}").as_bytes());
            match &content.0 {
                Source::Bytes(bytes) if bytes.len() < LONG => text.extend_from_slice(bytes),
                source => {
                    sources.push(Source::Bytes(std::mem::take(&mut text).into()));
                    sources.push(source.clone());
                }
            }
            text.extend_from_slice(b"\r\n");
        }
        text.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        sources.push(Source::Bytes(text.into()));
        Content::Parts(sources)
    }
}

/// What stands between parts: 128 random bits, so that no content holds them by chance.
pub(crate) fn boundary() -> String {
    format!("{:032x}", fastrand::u128(..))
}

/// A name within quotes, as browsers write it (RFC 7578, section 4.2, and the HTML standard,
/// "multipart form data"): a quote or a line break in it would end the header.
fn quotable(text: &str) -> Cow<'_, str> {
    if find_any(text, b"\"\r\n").is_some() {
        let text = replaced(&replaced(text, b"\"", "%22"), b"\r", "%0D");
        Cow::Owned(replaced(&text, b"\n", "%0A"))
    } else {
        Cow::Borrowed(text)
    }
}

fn is_json(content_type: &str) -> bool {
    let essence = before(content_type, b";").trim();
    same_caseless(essence, JSON) || essence.to_ascii_lowercase().ends_with("+json")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    fn sent(form: &Multipart) -> String {
        let Content::Parts(sources) = form.to_content("X") else {
            panic!("one part");
        };
        let texts = sources.iter().map(|source| match source {
            Source::Bytes(bytes) => String::from_utf8_lossy(bytes),
            Source::Path(_) | Source::Once { .. } => "?".into(),
        });
        texts.collect()
    }

    #[test]
    fn a_form_is_spelled_as_rfc_7578_has_it() {
        let mut form = Multipart::default();
        let done = [
            form.push_value("title", None, "A photo".to_owned().get()),
            form.push_value("year", None, 2024_i64.get()),
            form.push_value("tag", None, vec!["a".to_owned(), "b".to_owned()].get()),
            form.push_value("place", None, Get::Any(&json!({"lat": 1}))),
            form.push_file(
                "photo",
                None,
                Part::bytes(vec![1, 2])
                    .file_name("me.png")
                    .content_type("image/png"),
            ),
            form.push_file("raw", Some("image/gif"), "GIF".into()),
        ];
        assert_eq!(done, [const { Ok(()) }; 6]);
        let expected = "--X\r\n\
            Content-Disposition: form-data; name=\"title\"\r\n\r\nA photo\r\n--X\r\n\
            Content-Disposition: form-data; name=\"year\"\r\n\r\n2024\r\n--X\r\n\
            Content-Disposition: form-data; name=\"tag\"\r\n\r\na\r\n--X\r\n\
            Content-Disposition: form-data; name=\"tag\"\r\n\r\nb\r\n--X\r\n\
            Content-Disposition: form-data; name=\"place\"\r\n\
            Content-Type: application/json\r\n\r\n{\"lat\":1}\r\n--X\r\n\
            Content-Disposition: form-data; name=\"photo\"; filename=\"me.png\"\r\n\
            Content-Type: image/png\r\n\r\n\u{1}\u{2}\r\n--X\r\n\
            Content-Disposition: form-data; name=\"raw\"; filename=\"raw\"\r\n\
            Content-Type: image/gif\r\n\r\nGIF\r\n--X--\r\n";
        assert_eq!(sent(&form), expected);
    }

    #[test]
    fn names_cannot_break_out_of_their_quotes() {
        let mut form = Multipart::default();
        let part = Part::from("x").file_name("a\"; name=\"b\r\nEvil: 1\r\n\r\nä");
        assert_eq!(form.push_part("na\"me\n", part), Ok(()));
        let text = sent(&form);
        let head = "Content-Disposition: form-data; name=\"na%22me%0A\"; \
            filename=\"a%22; name=%22b%0D%0AEvil: 1%0D%0A%0D%0Aä\"\r\n\r\nx\r\n";
        assert_eq!(text, format!("--X\r\n{head}--X--\r\n"));
        let bad = Part::from("x").content_type("text/plain\r\nEvil: 1");
        assert!(form.push_part("a", bad).is_err());
    }

    #[test]
    fn a_media_type_is_that_of_the_whole_value() {
        let mut form = Multipart::default();
        let list = vec![1_i64, 2];
        let done = [
            form.push_value("a", Some("application/json; charset=utf-8"), list.get()),
            form.push_value("b", Some("text/csv"), "1,2".to_owned().get()),
            form.push_value("c", None, None::<String>.get()),
        ];
        assert_eq!(done, [const { Ok(()) }; 3]);
        let text = sent(&form);
        assert!(text.contains("Content-Type: application/json; charset=utf-8\r\n\r\n[1,2]\r\n"));
        assert!(text.contains("Content-Type: text/csv\r\n\r\n1,2\r\n"));
        assert!(!text.contains("name=\"c\""));
    }

    #[test]
    fn a_deep_object_is_a_part_for_each_value() {
        let mut form = Multipart::default();
        let object = BTreeMap::from([("a b".to_owned(), "x&y".to_owned())]);
        assert_eq!(form.push_deep("meta", &object), Ok(()));
        assert!(sent(&form).contains("name=\"meta[a b]\"\r\n\r\nx&y\r\n"));
    }

    #[test]
    fn an_empty_form_is_only_its_end() {
        assert_eq!(sent(&Multipart::default()), "--X--\r\n");
        assert_ne!(boundary(), boundary());
    }
}
