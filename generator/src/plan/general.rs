//! What a type is called that several schemas became.
//!
//! Of components: the shortest name, if all others end with it, else the words that all end with.
//! Of unnamed schemas: the property that they stand under, after the resource that has them all
//! (`rule action`); without it, if no resource has them all (`direction`).

use std::collections::BTreeMap;

use super::identical::{common_end, unnamed};
use super::names::{singular, snake};
use super::reach::Reached;
use crate::api::{Api, Origin, SchemaId};

/// Names for a type that several schemas became, best first; none if it is but one schema.
///
/// `home` is the word of the resource that has them all, `natural` what each would be called alone.
pub(super) fn general(
    api: &Api,
    reached: &Reached,
    home: Option<&str>,
    natural: &dyn Fn(SchemaId) -> String,
) -> Option<Vec<String>> {
    // A schema with and without `null` stands there twice.
    let places: BTreeMap<&str, SchemaId> = reached
        .schemas
        .iter()
        .map(|id| (api.schema(*id).at.as_str(), *id))
        .collect();
    if places.len() < 2 {
        return None;
    }
    let components: Vec<&str> = reached
        .schemas
        .iter()
        .filter_map(|id| match &api.schema(*id).origin {
            Origin::Component(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    if let Some(shortest) = shortest(components.iter().map(|name| (*name).to_owned())) {
        let end = common_end(&components);
        return Some(match end.is_empty() {
            true => vec![shortest],
            false => vec![end, shortest],
        });
    }
    let naturals = reached.schemas.iter().map(|id| natural(*id));
    let property = snake(&unnamed(api, reached.schema)?);
    let mut names = vec![after(home, &property)];
    names.extend(shortest(naturals));
    Some(names)
}

/// `rule action`; a property that says the resource itself stays alone.
fn after(home: Option<&str>, property: &str) -> String {
    let home = home.map(singular).unwrap_or_default();
    if home.is_empty() || property.starts_with(&home) {
        property.to_owned()
    } else {
        format!("{home} {property}")
    }
}

fn shortest(names: impl Iterator<Item = String>) -> Option<String> {
    names.min_by_key(|name| (snake(name).split('_').count(), name.len()))
}
