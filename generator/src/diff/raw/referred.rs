//! Schemas of which one document says at the place what the other says where a reference leads.

use serde_json::{Map, Value};

use crate::pointer::Pointer;

use super::context::Context;
use super::leaves::{Leaf, Walk};
use super::roles::{Role, role};

/// A node with everything that it says of its values, each with its place.
struct Said<'a, 'p> {
    node: &'p Pointer,
    own: &'a Map<String, Value>,
    /// Where its reference leads.
    target: Option<(Pointer, &'a Map<String, Value>)>,
}

impl<'a> Said<'a, '_> {
    fn value(&self, key: &str) -> Option<(Pointer, &'a Value)> {
        let referred = self.target.as_ref().filter(|_| is_of_values(key));
        let (at, members) = match referred {
            Some((at, members)) => (at, *members),
            None => (self.node, self.own),
        };
        members.get(key).map(|value| (at.child(key), value))
    }

    fn keys(&self) -> impl Iterator<Item = &'a str> {
        let target = self.target.as_ref().map(|(_, members)| *members);
        let referred = target.into_iter().flat_map(Map::keys);
        let referred = referred.filter(|key| is_of_values(key));
        self.own.keys().chain(referred).map(String::as_str)
    }
}

impl<'a> Walk<'a, '_> {
    /// Whether two schemas say what they say in different places.
    pub(super) fn is_said_elsewhere(
        &self,
        was: &Map<String, Value>,
        is: &Map<String, Value>,
    ) -> bool {
        match (name(was), name(is)) {
            (None, None) => false,
            (Some(was), Some(is)) => was != is && self.renames.schemas.get(was) != Some(is),
            _ => true,
        }
    }

    /// Compares what they say of their values, wherever it is said.
    pub(super) fn said_elsewhere(
        &mut self,
        (was, old_node): (&'a Map<String, Value>, &Pointer),
        (is, new_node): (&'a Map<String, Value>, &Pointer),
    ) {
        let old = Said {
            node: old_node,
            own: was,
            target: self.old.target(was),
        };
        let new = Said {
            node: new_node,
            own: is,
            target: self.new.target(is),
        };
        let mut keys: Vec<&str> = old.keys().chain(new.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let (was, is) = (old.value(key), new.value(key));
            let values = (was.as_ref(), is.as_ref());
            let is_same = values.0.map(|(_, value)| value) == values.1.map(|(_, value)| value);
            let leaf = Leaf {
                context: Context::Schema,
                key: key.to_owned(),
                old_node: old_node.clone(),
                old: was,
                new_node: new_node.clone(),
                new: is,
            };
            if is_same {
                self.same.push(leaf);
            } else {
                self.leaves.push(leaf);
            }
        }
    }
}

/// Whether a key says which values are right, or which one is taken by itself.
fn is_of_values(key: &str) -> bool {
    // What an object may hold is compared with its properties.
    key != "additionalProperties"
        && matches!(role(Context::Schema, key), Role::Limit | Role::Default)
}

/// The schema that a node refers to.
fn name(node: &Map<String, Value>) -> Option<&String> {
    match node.get("$ref") {
        Some(Value::String(name)) => Some(name),
        _ => None,
    }
}
