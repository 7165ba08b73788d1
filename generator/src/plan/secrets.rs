//! Which values may hold a secret.

use std::collections::HashSet;

use crate::api::{Api, SchemaId, Shape, TextFormat};

/// The schemas in whose values a secret may stand, at any depth.
pub(super) fn holding(api: &Api) -> HashSet<SchemaId> {
    let mut holders: Vec<Vec<SchemaId>> = vec![Vec::new(); api.schemas.len()];
    let mut open = Vec::new();
    for index in 0..api.schemas.len() {
        let id = SchemaId(index);
        let (inner, has_secret) = parts(api, id);
        for part in inner {
            holders[part.0].push(id);
        }
        if has_secret {
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

/// The schemas of a value's parts, and whether one of them is a secret by itself.
fn parts(api: &Api, id: SchemaId) -> (Vec<SchemaId>, bool) {
    match &api.schema(id).shape {
        Shape::Text(TextFormat::Password) => (Vec::new(), true),
        Shape::List(inner) | Shape::Map(inner) => (vec![*inner], false),
        Shape::Object(object) => {
            let properties = object.properties.iter().map(|property| property.schema);
            let has_secret = object.properties.iter().any(|property| property.secret);
            (properties.chain(object.additional).collect(), has_secret)
        }
        Shape::Union(union) => {
            let members = union.members.iter().map(|member| member.schema);
            let has_secret = union.members.iter().any(|member| member.secret);
            (members.collect(), has_secret)
        }
        _ => (Vec::new(), false),
    }
}
