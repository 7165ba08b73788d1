//! Schemas, level by level.

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value;

use super::frame::{Object, StandIn, frame, list_into, map_into, or_reference, read_apart};

/// Reads a schema.
pub(super) fn schema(object: &Object) -> Option<Schema> {
    let mut schema: Schema = frame(object, |key, _| match key {
        "properties" | "items" | "additionalProperties" | "not" => Some(StandIn::Object),
        "allOf" | "oneOf" | "anyOf" => Some(StandIn::List),
        _ => None,
    })?;
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(slots)) => {
            map_into(&mut slots.properties, object, "properties", boxed)?;
            further_keys(&mut slots.additional_properties, object)?;
        }
        SchemaKind::Type(Type::Array(slots)) => items(&mut slots.items, object)?,
        SchemaKind::Type(
            Type::String(_) | Type::Number(_) | Type::Integer(_) | Type::Boolean(_),
        ) => {}
        SchemaKind::OneOf { one_of } => list_into(one_of, object, "oneOf", plain)?,
        SchemaKind::AllOf { all_of } => list_into(all_of, object, "allOf", plain)?,
        SchemaKind::AnyOf { any_of } => list_into(any_of, object, "anyOf", plain)?,
        SchemaKind::Not { not } => {
            if let Some(value) = read_apart(object, "not") {
                **not = plain(value)?;
            }
        }
        SchemaKind::Any(slots) => any(slots, object)?,
    }
    Some(schema)
}

fn any(slots: &mut AnySchema, object: &Object) -> Option<()> {
    map_into(&mut slots.properties, object, "properties", boxed)?;
    further_keys(&mut slots.additional_properties, object)?;
    items(&mut slots.items, object)?;
    list_into(&mut slots.one_of, object, "oneOf", plain)?;
    list_into(&mut slots.all_of, object, "allOf", plain)?;
    list_into(&mut slots.any_of, object, "anyOf", plain)?;
    if let Some(value) = read_apart(object, "not") {
        slots.not = Some(Box::new(plain(value)?));
    }
    Some(())
}

fn items(slot: &mut Option<ReferenceOr<Box<Schema>>>, object: &Object) -> Option<()> {
    if let Some(value) = read_apart(object, "items") {
        *slot = Some(boxed(value)?);
    }
    Some(())
}

fn further_keys(slot: &mut Option<AdditionalProperties>, object: &Object) -> Option<()> {
    if let Some(value) = read_apart(object, "additionalProperties") {
        *slot = Some(AdditionalProperties::Schema(Box::new(plain(value)?)));
    }
    Some(())
}

fn plain(value: &Value) -> Option<ReferenceOr<Schema>> {
    or_reference(value, schema)
}

fn boxed(value: &Value) -> Option<ReferenceOr<Box<Schema>>> {
    or_reference(value, |object| schema(object).map(Box::new))
}
