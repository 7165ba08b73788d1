//! Request bodies.

use openapiv3::MediaType;
use serde_json::Value;

use super::Lowering;
use super::facts::Kind as SchemaKind;
use super::media_types::{Kind, concrete, essence, preferred};
use super::operations::Found;
use super::references::Place;
use crate::api::{BodyKind, Origin, RequestBody};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// What is sent where the document gives only a range of media types.
const ANY_BYTES: &str = "application/octet-stream";

impl<'d> Lowering<'d> {
    /// The request body: JSON where it may be JSON, else a form, else bytes.
    pub(super) fn request_body(&mut self, found: &Found<'d>, index: usize) -> Option<RequestBody> {
        let item = found.operation.request_body.as_ref()?;
        let (body, at) = self.resolve_body(item, found.at.child("requestBody"))?;
        let Some((name, media_type, kind)) = preferred(&body.content) else {
            self.report(
                Code::InvalidNode,
                &at,
                "the request body has no media type",
                "it is left out; give it `content`",
            );
            return None;
        };
        let media_type_at = at.child("content").child(name);
        let origin = Origin::RequestBody(index);
        let kind = match kind {
            Kind::Json | Kind::JsonLike => {
                let places = schema_places(media_type, &media_type_at);
                BodyKind::Json(self.schema(&places, origin, &media_type_at).id)
            }
            Kind::Form => self.form(media_type, origin, &media_type_at),
            Kind::Text | Kind::Bytes | Kind::Multipart => {
                self.check_bytes(name, kind, media_type, &media_type_at);
                BodyKind::Bytes
            }
        };
        let for_a_range = match kind {
            BodyKind::Json(_) => "application/json",
            BodyKind::Form(_) | BodyKind::Bytes => ANY_BYTES,
        };
        Some(RequestBody {
            required: body.required,
            media_type: concrete(name, for_a_range),
            kind,
            description: body.description.clone(),
            example: self.example(media_type, &media_type_at),
            at,
        })
    }

    /// A form is made of the properties of an object.
    fn form(&mut self, media_type: &'d MediaType, origin: Origin, at: &Pointer) -> BodyKind {
        let places = schema_places(media_type, at);
        let facts = self.facts_together(&places, at);
        match &facts.kind {
            SchemaKind::Object(object) if !object.properties.is_empty() => {
                BodyKind::Form(self.schema(&places, origin, at).id)
            }
            _ => {
                self.report(
                    Code::UnsupportedMediaType,
                    at,
                    "the form isn't described as an object with properties",
                    "the caller gives its bytes",
                );
                BodyKind::Bytes
            }
        }
    }

    /// Says where raw bytes stand for something that the document describes more closely.
    pub(super) fn check_bytes(
        &mut self,
        name: &str,
        kind: Kind,
        media_type: &'d MediaType,
        at: &Pointer,
    ) {
        let essence = essence(name);
        let loses = match kind {
            Kind::Multipart => true,
            // An endless text can't be read as one.
            Kind::Text if essence == "text/event-stream" => true,
            Kind::Text => false,
            _ => self.is_structured(media_type, at),
        };
        if loses {
            self.report(
                Code::UnsupportedMediaType,
                at,
                format!("the media type `{essence}` isn't supported"),
                if kind == Kind::Text {
                    "the whole text stands in for it"
                } else {
                    "raw bytes stand in for it"
                },
            );
        }
    }

    fn is_structured(&mut self, media_type: &'d MediaType, at: &Pointer) -> bool {
        let places = schema_places(media_type, at);
        let facts = self.facts_together(&places, at);
        matches!(
            facts.kind,
            SchemaKind::Object(_) | SchemaKind::List(_) | SchemaKind::Union(_)
        )
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
