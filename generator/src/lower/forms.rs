//! Bodies that are made piece by piece: forms, their parts, and lines of JSON.

use indexmap::IndexMap;
use openapiv3::QueryStyle;

use super::Lowering;
use super::bodies::schema_places;
use super::facts::{Kind as SchemaKind, ObjectFacts};
use super::media_types::{Entry, Kind, is_range, is_valid};
use crate::api::{Encoding, Form, Origin, SchemaId, Style};
use crate::diagnostic::Code;
use crate::media_type::essence;
use crate::pointer::Pointer;

impl<'d> Lowering<'d> {
    /// A form is made of the properties of an object; `None` where there are none.
    pub(super) fn form(&mut self, entry: &Entry<'d>, origin: Origin) -> Option<Form> {
        let places = schema_places(entry.media_type, &entry.at);
        let facts = self.facts_together(&places, &entry.at);
        match &facts.kind {
            SchemaKind::Object(object) if !object.properties.is_empty() => Some(Form {
                schema: self.schema(&places, origin, &entry.at).id,
                encoding: self.encodings(entry, object),
            }),
            _ => None,
        }
    }

    fn encodings(
        &mut self,
        entry: &Entry<'d>,
        object: &ObjectFacts<'d>,
    ) -> IndexMap<String, Encoding> {
        let under = entry.at.child("encoding");
        let mut encodings = IndexMap::new();
        for (name, encoding) in &entry.media_type.encoding {
            let at = under.child(name);
            let Some(places) = object.properties.get(name.as_str()) else {
                continue;
            };
            if entry.kind == Kind::Multipart && !encoding.headers.is_empty() {
                self.report(
                    Code::UnsupportedMediaType,
                    &at.child("headers"),
                    format!("the part `{name}` has headers of its own"),
                    "it is sent without them",
                );
            }
            let given = encoding.content_type.as_deref().unwrap_or_default();
            let mut given = given.split(',').map(str::trim).filter(|it| is_valid(it));
            let first = given.next();
            let concrete = first.into_iter().chain(given).find(|it| !is_range(it));
            let is_binary = first.is_some_and(|it| !is_json(it) && !is_text(it));
            let facts = self.facts_together(places, &at);
            let has_text = matches!(
                facts.kind,
                SchemaKind::Integer(_)
                    | SchemaKind::Number(_)
                    | SchemaKind::Boolean
                    | SchemaKind::Enumeration(_)
            );
            let is_structured = matches!(facts.kind, SchemaKind::Object(_) | SchemaKind::Union(_));
            let cannot_be_text = is_structured && first.is_some_and(|it| !is_json(it));
            let is_json_field = entry.kind == Kind::Form && first.is_some_and(is_json);
            let by_media_type = is_json_field.then_some(Style::Json);
            encodings.insert(
                name.clone(),
                Encoding {
                    media_type: concrete.map(str::to_owned),
                    is_opaque: (is_binary && !has_text) || cannot_be_text,
                    style: self.form_style(encoding, &at).or(by_media_type),
                    allow_reserved: encoding.allow_reserved,
                },
            );
        }
        encodings
    }

    /// The style, where the document gives one, says how lists are spread or keeps reserved characters:
    /// any of these is over `contentType` (OpenAPI 3.1.1, Encoding Object).
    fn form_style(&self, encoding: &openapiv3::Encoding, at: &Pointer) -> Option<Style> {
        // openapiv3 takes a missing `explode` for false, which `style: form` doesn't mean.
        let explode = self.value.pointer(at.child("explode").as_str());
        let explode = explode.and_then(serde_json::Value::as_bool);
        match (&encoding.style, explode) {
            (None, None) if !encoding.allow_reserved => None,
            (None | Some(QueryStyle::Form), None | Some(true)) => Some(Style::FormExploded),
            (None | Some(QueryStyle::Form), Some(false)) => Some(Style::Form),
            (Some(QueryStyle::SpaceDelimited), _) => Some(Style::SpaceDelimited),
            (Some(QueryStyle::PipeDelimited), _) => Some(Style::PipeDelimited),
            (Some(QueryStyle::DeepObject), _) => Some(Style::DeepObject),
        }
    }

    /// The schema of one of the JSON texts: a list describes all of them together, anything else each.
    pub(super) fn line(&mut self, entry: &Entry<'d>, origin: Origin) -> SchemaId {
        let places = schema_places(entry.media_type, &entry.at);
        let facts = self.facts_together(&places, &entry.at);
        match &facts.kind {
            SchemaKind::List(items) => self.schema(items, origin, &entry.at).id,
            _ => self.schema(&places, origin, &entry.at).id,
        }
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.starts_with("text/") || essence == "*/*"
}
