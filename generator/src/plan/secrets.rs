//! Where secrets stand, by their names on the wire: what mustn't be kept of an exchange.

use std::collections::{BTreeSet, HashSet};

use crate::api::{AnswerKind, Api, BodyKind, Operation, Property, SchemaId, Shape, TextFormat};
use crate::model::SecretNames;

/// The names of an API's secrets, without its credentials.
pub(super) fn names(api: &Api) -> SecretNames {
    let mut fields = BTreeSet::new();
    for schema in &api.schemas {
        let Shape::Object(object) = &schema.shape else {
            continue;
        };
        let secret = object.properties.iter().filter(|property| {
            property.secret || is_withheld(api, property) || is_secret(api, property.schema)
        });
        fields.extend(secret.map(|property| property.name.clone()));
    }
    let parameters: BTreeSet<String> = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters)
        .filter(|parameter| {
            let is_telling = parameter.telling && is_of_text(api, parameter.schema);
            parameter.secret || is_telling || is_secret(api, parameter.schema)
        })
        .map(|parameter| parameter.name.clone())
        .collect();
    let operations: BTreeSet<String> = api
        .operations
        .iter()
        .filter(|operation| values(operation).any(|schema| is_secret(api, schema)))
        .map(|operation| operation.id.clone())
        .collect();
    SecretNames {
        fields: fields.into_iter().collect(),
        parameters: parameters.into_iter().collect(),
        operations: operations.into_iter().collect(),
    }
}

/// What an operation sends and gets as a whole.
fn values(operation: &Operation) -> impl Iterator<Item = SchemaId> {
    let sent = operation.body.as_ref().and_then(|body| match &body.kind {
        BodyKind::Json(schema) | BodyKind::Lines(schema) => Some(*schema),
        BodyKind::Form(_) | BodyKind::Multipart(_) | BodyKind::Bytes => None,
    });
    let others = operation.success.others.iter().map(|other| &other.kind);
    let answers = std::iter::once(&operation.success.kind).chain(others);
    let answers = answers.filter_map(|kind| match kind {
        AnswerKind::Json { schema, .. } | AnswerKind::Lines(schema) => Some(*schema),
        AnswerKind::Empty | AnswerKind::Text | AnswerKind::Bytes => None,
    });
    sent.into_iter().chain(answers)
}

/// Whether a property is no string, and what stands in it are secrets by its name.
pub(super) fn is_withheld(api: &Api, property: &Property) -> bool {
    let is_text = matches!(api.schema(property.schema).shape, Shape::Text(_));
    property.telling && !is_text && is_of_text(api, property.schema)
}

/// Whether a value is a text, or of texts without a name of their own; so may anything be that isn't described.
fn is_of_text(api: &Api, schema: SchemaId) -> bool {
    let (mut open, mut seen) = (vec![schema], HashSet::new());
    while let Some(schema) = open.pop() {
        match &api.schema(schema).shape {
            Shape::Any | Shape::Text(TextFormat::Plain | TextFormat::Base64) => return true,
            Shape::List(inner) | Shape::Map(inner) if seen.insert(schema) => open.push(*inner),
            Shape::Union(union) if seen.insert(schema) => {
                open.extend(union.members.iter().map(|member| member.schema));
            }
            _ => {}
        }
    }
    false
}

/// Whether a value is a secret, or of nothing but secrets without a name of their own.
fn is_secret(api: &Api, schema: SchemaId) -> bool {
    let (mut open, mut seen) = (vec![schema], HashSet::new());
    while let Some(schema) = open.pop() {
        match &api.schema(schema).shape {
            Shape::Text(TextFormat::Password) => return true,
            Shape::List(inner) | Shape::Map(inner) if seen.insert(schema) => open.push(*inner),
            Shape::Object(object) if seen.insert(schema) => open.extend(object.additional),
            Shape::Union(union) if seen.insert(schema) => {
                if union.members.iter().any(|member| member.secret) {
                    return true;
                }
                open.extend(union.members.iter().map(|member| member.schema));
            }
            _ => {}
        }
    }
    false
}
