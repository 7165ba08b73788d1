//! What a type is called that several schemas became.
//!
//! If there is a component among them: the words that all of their names end with, which is the
//! shortest name or what follows a prefix. Of unnamed schemas alone: the property that they stand under,
//! after the resource that has them all (`rule action`); without it, if none has (`direction`).

use std::collections::BTreeMap;

use super::identical::{common_end, unnamed};
use super::inflection::singular;
use super::names::snake;
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
    let is_component = |id: &SchemaId| matches!(api.schema(*id).origin, Origin::Component(_));
    let (components, unnamed_ones): (Vec<SchemaId>, Vec<SchemaId>) =
        places.into_values().partition(is_component);
    let shortest_natural = |ids: &[SchemaId]| shortest(ids.iter().map(|id| natural(*id)));
    let properties: Vec<String> = unnamed_ones
        .iter()
        .filter_map(|id| unnamed(api, *id))
        .collect();
    if !components.is_empty() {
        let names = components.iter().map(|id| natural(*id));
        let all: Vec<String> = names.chain(properties).collect();
        let end = common_end(&all);
        let end = (!end.is_empty()).then_some(end);
        return Some(
            end.into_iter()
                .chain(shortest_natural(&components))
                .collect(),
        );
    }
    let mut names = vec![after(home, &common_end(&properties))];
    names.extend(shortest_natural(&unnamed_ones));
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
