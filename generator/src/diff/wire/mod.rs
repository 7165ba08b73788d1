//! What differs between two [`Api`](crate::api::Api) models: operations first, then every pair of
//! schemas that they lead to, once each, with the directions in which their values travel.

mod answers;
mod bodies;
mod enumerations;
mod homes;
mod matching;
mod objects;
mod operations;
mod pairs;
mod parameters;
mod schemas;
mod secrecy;
mod security;
mod servers;
mod shapes;
mod similar;
mod unions;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::api::{Api, SchemaId};
use crate::pointer::Pointer;

use super::change::Change;
use super::kind::Kind;
use super::raw::Text;
use super::verdict::Effect;
use crate::Reading;

pub(super) use self::homes::{CLIENT, Homes, TYPES, path, place};
use self::pairs::Pairs;

/// What was found.
pub(super) struct Found {
    /// In the order of the newer document, those of schemas last.
    pub(super) changes: Vec<Change>,
    /// Operations that are the same one: indices into both lists.
    pub(super) operations: Vec<(usize, usize)>,
    /// Schemas that are the same one.
    pub(super) schemas: Vec<(SchemaId, SchemaId)>,
}

/// Compares two documents.
pub(super) fn compare(old: &Reading, new: &Reading) -> Found {
    let mut walk = Walk {
        old: &old.planned.api,
        new: &new.planned.api,
        old_text: Text::of(old),
        new_text: Text::of(new),
        homes: Homes::of(old, new),
        pairs: Pairs::default(),
        changes: Vec::new(),
        said: HashMap::new(),
    };
    walk.servers();
    walk.security_schemes();
    let operations = walk.operations();
    walk.schemas();
    Found {
        changes: walk.changes,
        operations,
        schemas: walk.pairs.all().collect(),
    }
}

/// A comparison under way.
struct Walk<'a> {
    old: &'a Api,
    new: &'a Api,
    old_text: Text<'a>,
    new_text: Text<'a>,
    homes: Homes,
    pairs: Pairs,
    changes: Vec<Change>,
    /// Which change says a thing.
    said: HashMap<(Kind, Option<Pointer>, Option<Pointer>, String), usize>,
}

/// What is said of a change, beside kind and effect.
struct Words<'w> {
    group: &'w str,
    subject: String,
    what: String,
    why: &'w str,
}

/// The two places of a change.
type At = (Option<Pointer>, Option<Pointer>);

/// Places on both sides.
fn both(old: &Pointer, new: &Pointer) -> At {
    (Some(old.clone()), Some(new.clone()))
}

impl Walk<'_> {
    /// Says something once: a schema is met under more than one id, each with the ways that it travels.
    fn say(&mut self, change: Change, words: Words<'_>) {
        let key = (
            change.kind,
            change.old.clone(),
            change.new.clone(),
            words.what.clone(),
        );
        match self.said.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(self.changes.len());
                self.changes.push(Change {
                    group: words.group.to_owned(),
                    subject: words.subject,
                    what: words.what,
                    why: words.why.to_owned(),
                    ..change
                });
            }
            Entry::Occupied(entry) => {
                if let Some(said) = self.changes.get_mut(*entry.get()) {
                    said.also(&change, words.why);
                }
            }
        }
    }

    fn tell(&mut self, kind: Kind, effect: Effect, at: At, words: Words<'_>) {
        self.say(Change::new(kind, effect, at), words);
    }
}
