//! The fields and parts of forms: what the caller gives for each, and how it is spelled.

use crate::api::{Api, BodyKind, Encoding, Form, Property, SchemaId, Shape, Style, TextFormat};
use crate::model::{Place, RustType};

/// Where a property of a body goes, and its type where that isn't the schema's.
pub(super) fn place(api: &Api, body: &BodyKind, property: &Property) -> (Place, Option<RustType>) {
    let name = property.name.clone();
    match body {
        BodyKind::Form(form) => {
            let encoding = form.encoding.get(&name);
            let style = encoding
                .and_then(|encoding| encoding.style)
                .unwrap_or_else(|| usual_style(api, property.schema));
            let reserved = encoding.is_some_and(|encoding| encoding.allow_reserved);
            let place = Place::FormField {
                name,
                style,
                reserved,
            };
            (place, None)
        }
        BodyKind::Multipart(Some(form)) => part(api, form, property),
        _ => (Place::BodyField(name), None),
    }
}

fn part(api: &Api, form: &Form, property: &Property) -> (Place, Option<RustType>) {
    let name = property.name.clone();
    let none = Encoding::default();
    let encoding = form.encoding.get(&name).unwrap_or(&none);
    let media_type = encoding.media_type.clone();
    let items = match api.schema(property.schema).shape {
        Shape::List(items) => Some(items),
        _ => None,
    };
    let is_file = |schema| is_binary(api, schema) || (encoding.is_opaque && !property.secret);
    if is_file(items.unwrap_or(property.schema)) {
        let many = items.is_some();
        let ty = if many {
            RustType::Vec(Box::new(RustType::Part))
        } else {
            RustType::Part
        };
        let place = Place::File {
            name,
            media_type,
            many,
        };
        return (place, Some(ty));
    }
    if encoding.style == Some(Style::DeepObject) && media_type.is_none() {
        return (Place::DeepPart(name), None);
    }
    (Place::Part { name, media_type }, None)
}

fn is_binary(api: &Api, schema: SchemaId) -> bool {
    api.schema(schema).shape == Shape::Text(TextFormat::Binary)
}

/// A list is spelled element by element; what has no text of its own, as JSON (OpenAPI 3.0.4,
/// "Encoding the x-www-form-urlencoded Media Type").
fn usual_style(api: &Api, schema: SchemaId) -> Style {
    let is_nested = |schema| {
        matches!(
            api.schema(schema).shape,
            Shape::Object(_) | Shape::Map(_) | Shape::List(_)
        )
    };
    match &api.schema(schema).shape {
        Shape::Object(_) | Shape::Map(_) => Style::Json,
        Shape::List(items) if is_nested(*items) => Style::Json,
        Shape::Union(union) if union.members.iter().all(|member| is_nested(member.schema)) => {
            Style::Json
        }
        _ => Style::FormExploded,
    }
}
