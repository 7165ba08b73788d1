//! Which change a place of the text belongs to.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::diff::change::{Change, Side};
use crate::diff::kind::Reach;
use crate::pointer::Pointer;

use super::leaves::Leaf;

/// Changes by the places that they name.
pub(super) struct Owners {
    old: BTreeMap<String, usize>,
    new: BTreeMap<String, usize>,
    /// By the last name of their place, for what an `allOf` says of the properties of another schema.
    by_name: HashMap<String, usize>,
}

impl Owners {
    /// Of what was told so far.
    pub(super) fn of(changes: &[Change]) -> Self {
        let mut owners = Self {
            old: BTreeMap::new(),
            new: BTreeMap::new(),
            by_name: HashMap::new(),
        };
        for (index, change) in changes.iter().enumerate() {
            for (places, at) in [
                (&mut owners.old, &change.old),
                (&mut owners.new, &change.new),
            ] {
                if let Some(at) = at {
                    places.entry(at.as_str().to_owned()).or_insert(index);
                    if change.kind.reach() == Reach::Items
                        && let Some(name) = at.tokens().last()
                    {
                        owners.by_name.entry(name).or_insert(index);
                    }
                }
            }
        }
        owners
    }

    /// The change that a place belongs to.
    pub(super) fn of_leaf(&self, leaf: &Leaf<'_>) -> Option<usize> {
        let old = leaf.old.as_ref().map(|(at, _)| (Side::Old, at));
        let new = leaf.new.as_ref().map(|(at, _)| (Side::New, at));
        let sides = [new, old];
        let own: Vec<(Side, &str)> = sides
            .iter()
            .flatten()
            .map(|(side, at)| (*side, at.as_str()))
            .collect();
        let nodes = [
            (Side::New, leaf.new_node.as_str()),
            (Side::Old, leaf.old_node.as_str()),
        ];
        let first = |places: &[(Side, &str)], find: &dyn Fn(Side, &str) -> Option<usize>| {
            places.iter().find_map(|(side, at)| find(*side, at))
        };
        first(&own, &|side, at| self.exactly(side, at))
            .or_else(|| self.of_required(leaf))
            .or_else(|| first(&own, &|side, at| self.below(side, at)))
            .or_else(|| first(&nodes, &|side, at| self.around(side, at)))
            .or_else(|| {
                first(&nodes, &|side, at| {
                    is_within_part(at).then(|| self.below(side, at)).flatten()
                })
            })
    }

    fn places(&self, side: Side) -> &BTreeMap<String, usize> {
        match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }

    fn exactly(&self, side: Side, at: &str) -> Option<usize> {
        self.places(side).get(at).copied()
    }

    /// A list of required properties belongs to the change of one of those that came or went.
    fn of_required(&self, leaf: &Leaf<'_>) -> Option<usize> {
        if leaf.key != "required" {
            return None;
        }
        let names = |value: &Option<(Pointer, &Value)>| -> Vec<String> {
            let list = value.as_ref().and_then(|(_, value)| value.as_array());
            let names = list.into_iter().flatten().filter_map(Value::as_str);
            names.map(str::to_owned).collect()
        };
        let (was, is) = (names(&leaf.old), names(&leaf.new));
        let gone = was.iter().filter(|name| !is.contains(name));
        let come = is.iter().filter(|name| !was.contains(name));
        let mut changed = gone.chain(come);
        changed.find_map(|name| {
            let here = |side, node: &Pointer| {
                self.exactly(side, node.child("properties").child(name).as_str())
            };
            here(Side::New, &leaf.new_node)
                .or_else(|| here(Side::Old, &leaf.old_node))
                .or_else(|| self.by_name.get(name).copied())
        })
    }

    /// The nearest node around a place that a change names, within an operation or a component.
    fn around(&self, side: Side, at: &str) -> Option<usize> {
        let mut text = at;
        while is_within_part(text) {
            if let Some(found) = self.exactly(side, text) {
                return Some(found);
            }
            text = text.rsplit_once('/')?.0;
        }
        None
    }

    /// The first node below a place that a change names.
    fn below(&self, side: Side, at: &str) -> Option<usize> {
        let from = format!("{at}/");
        let mut found = self.places(side).range(from.clone()..);
        let (place, index) = found.next()?;
        place.starts_with(&from).then_some(*index)
    }
}

/// Whether a place is a path, a component, or in one.
fn is_within_part(at: &str) -> bool {
    let least = if at.starts_with("/paths/") { 2 } else { 3 };
    at.matches('/').count() >= least
}
