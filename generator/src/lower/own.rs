//! What a schema says itself, beside `allOf`, `oneOf` and `anyOf`.

use indexmap::{IndexMap, IndexSet};
use openapiv3::{
    AdditionalProperties, AnySchema, ObjectType, ReferenceOr, Schema, SchemaKind, StringType, Type,
};
use serde_json::Value;

use super::Lowering;
use super::facts::{Additional, Facts, Kind, ObjectFacts};
use super::formats::{self, FormatName};
use super::listed::listed;
use super::references::{Node, Place};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// A kind, and whether `enum` lists `null` beside it.
pub(super) type Own<'d> = (Kind<'d>, bool);

impl<'d> Lowering<'d> {
    /// What a schema says itself.
    pub(super) fn own_facts(&mut self, node: &Node<'d>) -> Facts<'d> {
        let (kind, null_listed) = self.own_kind(node.schema, &node.at);
        let data = &node.schema.schema_data;
        Facts {
            kind,
            nullable: data.nullable || null_listed,
            title: data.title.as_deref(),
            description: data.description.as_deref(),
            example: data.example.as_ref(),
            default: data.default.as_ref(),
            deprecated: data.deprecated,
            read_only: data.read_only,
            write_only: data.write_only,
            discriminator: data
                .discriminator
                .as_ref()
                .map(|discriminator| (discriminator, node.at.child("discriminator"))),
            listed: listed(node.schema),
            made_of: vec![node.address()],
            alias: None,
            at: node.at.clone(),
        }
    }

    fn own_kind(&mut self, schema: &'d Schema, at: &Pointer) -> Own<'d> {
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => text(string),
            SchemaKind::Type(Type::Integer(integer)) => {
                let format = formats::integer(integer.format.format_name());
                let null = integer.enumeration.contains(&None);
                (Kind::Integer(format), null)
            }
            SchemaKind::Type(Type::Number(number)) => {
                let null = number.enumeration.contains(&None);
                (number_kind(number.format.format_name()), null)
            }
            SchemaKind::Type(Type::Boolean(boolean)) => {
                (Kind::Boolean, boolean.enumeration.contains(&None))
            }
            SchemaKind::Type(Type::Array(array)) => {
                (Kind::List(items(array.items.as_ref(), at)), false)
            }
            SchemaKind::Type(Type::Object(object)) => (typed_object(object, at), false),
            SchemaKind::Any(any) => self.mixed(schema, any, at),
            // What `not` forbids only narrows.
            SchemaKind::OneOf { .. }
            | SchemaKind::AllOf { .. }
            | SchemaKind::AnyOf { .. }
            | SchemaKind::Not { .. } => (Kind::Any, false),
        }
    }

    /// A schema whose keywords belong to several types or to none, or whose `type` is missing.
    fn mixed(&mut self, schema: &'d Schema, any: &'d AnySchema, at: &Pointer) -> Own<'d> {
        let format = any.format.as_deref();
        let null = any.enumeration.iter().any(Value::is_null);
        match any.typ.as_deref() {
            Some("string") => self.mixed_text(any, at),
            Some("integer") => (Kind::Integer(formats::integer(format)), null),
            Some("number") => (number_kind(format), null),
            Some("boolean") => (Kind::Boolean, null),
            Some("array") => (Kind::List(items(any.items.as_ref(), at)), null),
            Some("object") => (mixed_object(any, at), null),
            Some("null") => (Kind::Null, true),
            Some(other) => {
                self.report(
                    Code::InvalidNode,
                    &at.child("type"),
                    format!("`{other}` is no type of OpenAPI"),
                    "the schema is taken for any JSON value",
                );
                (Kind::Any, null)
            }
            None => self.untyped(schema, any, at),
        }
    }

    /// `type: string` with values that aren't strings. Unknown values are kept by an enumeration
    /// anyway, so those that are strings are enough.
    fn mixed_text(&mut self, any: &'d AnySchema, at: &Pointer) -> Own<'d> {
        let null = any.enumeration.iter().any(Value::is_null);
        let strings: IndexSet<&str> = any.enumeration.iter().filter_map(Value::as_str).collect();
        if any
            .enumeration
            .iter()
            .any(|value| !value.is_string() && !value.is_null())
        {
            self.report(
                Code::InvalidNode,
                &at.child("enum"),
                "the `enum` of a string has values that aren't strings",
                "put them between quotes; those that are strings are used",
            );
        }
        if strings.is_empty() {
            (Kind::Text(formats::text(any.format.as_deref())), null)
        } else {
            (Kind::Enumeration(strings), null)
        }
    }

    /// Without `type`, the other keywords tell it.
    fn untyped(&mut self, schema: &'d Schema, any: &'d AnySchema, at: &Pointer) -> Own<'d> {
        let is_object = !any.properties.is_empty()
            || !any.required.is_empty()
            || any.additional_properties.is_some();
        if is_object {
            return (mixed_object(any, at), false);
        }
        if any.items.is_some() {
            return (Kind::List(items(any.items.as_ref(), at)), false);
        }
        if !any.enumeration.is_empty() {
            return self.untyped_enumeration(schema, any, at);
        }
        // A format tells of a string only where it can't be one of a number.
        match any.format.as_deref() {
            Some("date-time" | "date" | "password" | "uuid" | "uri" | "email") => {
                (Kind::Text(formats::text(any.format.as_deref())), false)
            }
            Some(format) if formats::is_integer(Some(format)) => {
                (Kind::Integer(formats::integer(Some(format))), false)
            }
            Some("float" | "double") => (number_kind(any.format.as_deref()), false),
            _ => (Kind::Any, false),
        }
    }
}

fn text(string: &StringType) -> Own<'_> {
    let null = string.enumeration.contains(&None);
    let values: IndexSet<&str> = string
        .enumeration
        .iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let kind = match (values.is_empty(), null) {
        (true, true) => Kind::Null,
        (true, false) => Kind::Text(formats::text(string.format.format_name())),
        (false, _) => Kind::Enumeration(values),
    };
    (kind, null)
}

pub(super) fn number_kind(format: Option<&str>) -> Kind<'static> {
    if formats::is_integer(format) {
        Kind::Integer(formats::integer(format))
    } else {
        Kind::Number(formats::number(format))
    }
}

fn items<'d>(items: Option<&'d ReferenceOr<Box<Schema>>>, at: &Pointer) -> Vec<Place<'d>> {
    items
        .map(|items| Place::boxed(items, at.child("items")))
        .into_iter()
        .collect()
}

fn typed_object<'d>(object: &'d ObjectType, at: &Pointer) -> Kind<'d> {
    let additional = object.additional_properties.as_ref();
    object_kind(&object.properties, &object.required, additional, at)
}

fn mixed_object<'d>(any: &'d AnySchema, at: &Pointer) -> Kind<'d> {
    let additional = any.additional_properties.as_ref();
    object_kind(&any.properties, &any.required, additional, at)
}

fn object_kind<'d>(
    properties: &'d IndexMap<String, ReferenceOr<Box<Schema>>>,
    required: &'d [String],
    additional: Option<&'d AdditionalProperties>,
    at: &Pointer,
) -> Kind<'d> {
    let under = at.child("properties");
    let properties = properties
        .iter()
        .map(|(name, schema)| {
            let place = Place::boxed(schema, under.child(name));
            (name.as_str(), vec![place])
        })
        .collect();
    let additional = match additional {
        None => Additional::Unsaid,
        Some(AdditionalProperties::Any(true)) => Additional::Any,
        Some(AdditionalProperties::Any(false)) => Additional::Forbidden,
        Some(AdditionalProperties::Schema(schema)) => {
            Additional::Typed(vec![Place::new(schema, at.child("additionalProperties"))])
        }
    };
    Kind::Object(ObjectFacts {
        properties,
        required: required.iter().map(String::as_str).collect(),
        additional,
    })
}
