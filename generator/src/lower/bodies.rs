//! Request bodies.

use openapiv3::MediaType;
use serde_json::Value;

use super::Lowering;
use super::facts::Kind as SchemaKind;
use super::media_types::{Entry, Kind, concrete};
use super::operations::Found;
use super::references::Place;
use crate::api::{BodyKind, Origin, RequestBody};
use crate::diagnostic::Code;
use crate::media_type::essence;
use crate::pointer::Pointer;

impl<'d> Lowering<'d> {
    /// The request body: JSON where it may be JSON, else a form, else lines of JSON, else bytes.
    pub(super) fn request_body(&mut self, found: &Found<'d>, index: usize) -> Option<RequestBody> {
        let item = found.operation.request_body.as_ref()?;
        let (body, at) = self.resolve_body(item, found.at.child("requestBody"))?;
        let entries = self.entries(&body.content, &at.child("content"));
        let Some((entry, others)) = entries.split_first() else {
            self.report(
                Code::InvalidNode,
                &at,
                "the request body has no media type",
                "it is left out; give it `content`",
            );
            return None;
        };
        let origin = Origin::RequestBody(index);
        let kind = self.body_kind(entry, origin);
        let media_type = concrete(entry.name, entry.kind);
        let mut other_media_types = Vec::new();
        for other in others.iter().map(|it| concrete(it.name, it.kind)) {
            if other != media_type && !other_media_types.contains(&other) {
                other_media_types.push(other);
            }
        }
        Some(RequestBody {
            required: body.required,
            media_type,
            other_media_types,
            kind,
            description: body.description.clone(),
            example: self.example(entry.media_type, &entry.at),
            at,
        })
    }

    fn body_kind(&mut self, entry: &Entry<'d>, origin: Origin) -> BodyKind {
        let places = schema_places(entry.media_type, &entry.at);
        match entry.kind {
            Kind::Json | Kind::JsonLike => {
                BodyKind::Json(self.schema(&places, origin, &entry.at).id)
            }
            Kind::Form => match self.form(entry, origin) {
                Some(form) => BodyKind::Form(form),
                None => {
                    self.not_an_object(entry, "the caller gives its bytes");
                    BodyKind::Bytes
                }
            },
            Kind::Multipart => {
                let form = self.form(entry, origin);
                if form.is_none() && self.is_described(entry) {
                    self.not_an_object(entry, "the caller names its parts");
                }
                BodyKind::Multipart(form)
            }
            Kind::Lines => BodyKind::Lines(self.line(entry, origin)),
            Kind::Text | Kind::Bytes | Kind::Parts => {
                self.check_bytes(entry);
                BodyKind::Bytes
            }
        }
    }

    fn not_an_object(&mut self, entry: &Entry<'d>, instead: &str) {
        self.report(
            Code::UnsupportedMediaType,
            &entry.at,
            "the form isn't described as an object with properties",
            instead,
        );
    }

    /// Says where raw bytes stand for something that the document describes more closely.
    pub(super) fn check_bytes(&mut self, entry: &Entry<'d>) {
        let essence = essence(entry.name);
        let loses = match entry.kind {
            Kind::Multipart | Kind::Parts => true,
            // An endless text can't be read as one.
            Kind::Text if essence == "text/event-stream" => true,
            Kind::Text => false,
            _ => self.is_described(entry),
        };
        if loses {
            self.report(
                Code::UnsupportedMediaType,
                &entry.at,
                format!("the media type `{essence}` isn't supported"),
                if entry.kind == Kind::Text {
                    "the whole text stands in for it"
                } else {
                    "raw bytes stand in for it"
                },
            );
        }
    }

    /// Whether the document says of what the content is made.
    fn is_described(&mut self, entry: &Entry<'d>) -> bool {
        let places = schema_places(entry.media_type, &entry.at);
        let facts = self.facts_together(&places, &entry.at);
        match &facts.kind {
            SchemaKind::Object(object) => entry.kind != Kind::Multipart || !object.is_bare(),
            SchemaKind::List(_) | SchemaKind::Union(_) => true,
            _ => false,
        }
    }

    /// `example`, else the first of `examples` that has a value.
    pub(super) fn example(&mut self, media_type: &'d MediaType, at: &Pointer) -> Option<Value> {
        if media_type.example.is_some() {
            return media_type.example.clone();
        }
        let at = at.child("examples");
        media_type.examples.iter().find_map(|(name, example)| {
            let example = self.resolve_example(example, at.child(name))?;
            example.value.clone()
        })
    }
}

/// Where the schema of a media type stands, if it has one.
pub(super) fn schema_places<'d>(media_type: &'d MediaType, at: &Pointer) -> Vec<Place<'d>> {
    media_type
        .schema
        .iter()
        .map(|schema| Place::new(schema, at.child("schema")))
        .collect()
}
