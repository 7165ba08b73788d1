//! Unions as enums: what the variants are called and what they hold.

use std::collections::HashMap;

use super::docs;
use super::items::item_docs;
use super::names::{Names, Use};
use super::types::{Planned, Types};
use crate::api::{Api, Member, Union};
use crate::model::{self, RustType, TypeKind, UnionVariant};

/// The enum of a union.
pub(super) fn item(
    api: &Api,
    types: &Types<'_>,
    index: usize,
    planned: &Planned,
    union: &Union,
) -> model::Union {
    let schema = api.schema(planned.schema);
    let mut names = Names::default();
    let mut variants: Vec<UnionVariant> = union
        .members
        .iter()
        .enumerate()
        .map(|(number, member)| {
            let called = types.namespaces.short_member(planned.schema, &member.name);
            UnionVariant {
                name: names.mint(Use::Variant, called, &["form"]),
                docs: variant_docs(api, member, called),
                ty: types.variant_type((index, number), member),
                tags: member.tags.clone(),
                converts: false,
            }
        })
        .collect();
    if planned.sent {
        mark_conversions(&mut variants);
    }
    model::Union {
        name: planned.path.name.clone(),
        docs: item_docs(schema, planned),
        at: schema.at.clone(),
        variants,
        tag: union.tag.clone(),
        secret: types.hold_secrets.contains(&planned.schema),
        decimal: types.hold_decimals.contains(&planned.schema),
        unknown: names.mint(Use::Variant, "unknown", &["form"]),
        deprecated: schema.deprecated,
    }
}

fn variant_docs(api: &Api, member: &Member, called: &str) -> Vec<String> {
    let schema = api.schema(member.schema);
    let said = schema.description.as_deref().or(schema.title.as_deref());
    let first = said.and_then(docs::first_line);
    let mut lines = vec![first.unwrap_or_else(|| docs::unsaid(called))];
    lines.extend(docs::listed(schema));
    lines
}

/// `From` for the types that one variant alone holds.
fn mark_conversions(variants: &mut [UnionVariant]) {
    let mut holding: HashMap<RustType, usize> = HashMap::new();
    for variant in &*variants {
        *holding.entry(unboxed(&variant.ty).clone()).or_default() += 1;
    }
    for variant in variants {
        let ty = unboxed(&variant.ty);
        // Any JSON value is taken as it is; another union is said by its variant.
        let is_clear = !matches!(ty, RustType::Json)
            && !matches!(ty, RustType::Named(path) if path.kind == TypeKind::Union);
        variant.converts = is_clear && holding.get(ty) == Some(&1);
    }
}

/// A type without its box.
fn unboxed(ty: &RustType) -> &RustType {
    match ty {
        RustType::Boxed(inner) => inner,
        other => other,
    }
}
