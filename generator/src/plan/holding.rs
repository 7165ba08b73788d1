//! Which values may hold a secret, or a number whose digits count.

use std::collections::HashSet;

use super::secrets::is_withheld;
use crate::api::{Api, NumberFormat, SchemaId, Shape, TextFormat};

/// The schemas in whose values a secret may stand, at any depth.
pub(super) fn secrets(api: &Api) -> HashSet<SchemaId> {
    holding(api, |shape| match shape {
        Shape::Text(TextFormat::Password) => true,
        Shape::Object(object) => {
            let mut properties = object.properties.iter();
            properties.any(|property| property.secret || is_withheld(api, property))
        }
        Shape::Union(union) => union.members.iter().any(|member| member.secret),
        _ => false,
    })
}

/// The schemas in whose values a number stands whose digits count, at any depth.
pub(super) fn decimals(api: &Api) -> HashSet<SchemaId> {
    holding(api, |shape| {
        matches!(shape, Shape::Number(NumberFormat::Decimal))
    })
}

fn holding(api: &Api, is_held_by: impl Fn(&Shape) -> bool) -> HashSet<SchemaId> {
    let mut holders: Vec<Vec<SchemaId>> = vec![Vec::new(); api.schemas.len()];
    let mut open = Vec::new();
    for index in 0..api.schemas.len() {
        let id = SchemaId(index);
        let shape = &api.schema(id).shape;
        for part in parts(shape) {
            holders[part.0].push(id);
        }
        if is_held_by(shape) {
            open.push(id);
        }
    }
    let mut holding = HashSet::new();
    while let Some(id) = open.pop() {
        if holding.insert(id) {
            open.extend(&holders[id.0]);
        }
    }
    holding
}

/// The schemas of a value's parts.
fn parts(shape: &Shape) -> Vec<SchemaId> {
    match shape {
        Shape::List(inner) | Shape::Map(inner) => vec![*inner],
        Shape::Object(object) => {
            let properties = object.properties.iter().map(|property| property.schema);
            properties.chain(object.additional).collect()
        }
        Shape::Union(union) => union.members.iter().map(|member| member.schema).collect(),
        _ => Vec::new(),
    }
}
