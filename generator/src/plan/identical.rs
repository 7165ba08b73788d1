//! Identical shapes once: which schemas become the same type.
//!
//! Documents repeat themselves: page information, errors and directions of sorting stand in them
//! under a hundred names, or unnamed in a hundred places. Two of them become one type where
//!
//! 1. their values are the same on the wire, however deep: kind and format, names, requiredness,
//!    secrecy and deprecation of fields, values of enumerations, and `null` of what is inside. What
//!    the document says of them may differ (the first one's words stay), and so may the order of
//!    fields and values; and
//! 2. they are called the same. A component is called by its name without what precedes the first
//!    `_`, `.`, `/` or `:` (`team_result-info`: "result info"), an unnamed schema by the property or
//!    parameter that it stands under, an item by the singular of that. Of two components, it is
//!    enough that the name of one ends with that of the other (`nullable-user`, `user`).
//!
//! An unnamed schema of one field or one value says too little to be recognised anywhere: it becomes
//! one with others of its own resource alone. One of ten or more says enough to be recognised by the
//! end of its name, too (`allowed_categories`, `categories`). Schemas that the configuration names stay by themselves.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

use super::inflection::singular;
use super::names::snake;
use super::reach::{Keys, Reached};
use crate::api::{Api, Origin, Schema, SchemaId, Shape};
use crate::config::Config;

/// An unnamed schema of fewer fields or values than this is known in its own resource alone.
const SAYS_LITTLE: usize = 2;
/// An unnamed schema of as many fields or values as this is known like a component.
const SAYS_MUCH: usize = 10;
/// How often schemas are told apart by what is inside them: as deep as the deepest difference between
/// schemas that look the same. Nothing sensible comes near; a chain of thousands would take for ever.
const MOST_ROUNDS: usize = 200;

/// What a schema is called, for finding others that are called the same.
#[derive(Debug)]
struct Called {
    /// Without what precedes the first separator.
    stem: Vec<String>,
    /// All words of the name, where its end is enough.
    whole: Option<Vec<String>>,
    /// The node that it is looked for in; everywhere, if none.
    only_in: Option<usize>,
}

/// Makes keys of types equal where the types are identical. `found` are those of the keys so far.
pub(super) fn unify(api: &Api, config: &Config, keys: &Keys, found: &[(usize, Reached)]) -> Keys {
    let classes = classes(api, &Directions::of(api, found));
    let mut called: Vec<Option<Called>> = Vec::with_capacity(found.len());
    let mut by_class: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, (_, reached)) in found.iter().enumerate() {
        called.push(called_by(api, config, reached));
        if called[index].is_some() {
            let class = classes[reached.schema.0];
            by_class.entry(class).or_default().push(index);
        }
    }
    let mut groups = Groups::of(found.len());
    for members in by_class.values().filter(|members| members.len() > 1) {
        join(members, &called, &mut groups);
    }
    let mut joined: HashMap<usize, usize> = HashMap::new();
    for (index, (key, _)) in found.iter().enumerate() {
        joined.insert(*key, found[groups.first(index)].0);
    }
    keys.mapped(|key| joined.get(&key).copied().unwrap_or(key))
}

/// The words that all of these names end with.
pub(super) fn common_end(names: &[String]) -> String {
    let mut all = names
        .iter()
        .map(|name| snake(name).split('_').map(str::to_owned).collect());
    let first: Vec<String> = all.next().unwrap_or_default();
    let kept = all.fold(first.len(), |kept, words: Vec<String>| {
        let equal = words.iter().rev().zip(first.iter().rev());
        kept.min(equal.take_while(|(one, other)| one == other).count())
    });
    first[first.len() - kept..].join(" ")
}

/// Joins the members of a class that are called the same.
fn join(members: &[usize], called: &[Option<Called>], groups: &mut Groups) {
    let mut by_stem: HashMap<(&[String], Option<usize>), usize> = HashMap::new();
    let mut by_whole: HashMap<&[String], usize> = HashMap::new();
    let known = |index: &usize| Some((*index, called[*index].as_ref()?));
    for (index, called) in members.iter().filter_map(known) {
        let same = *by_stem
            .entry((&called.stem, called.only_in))
            .or_insert(index);
        groups.join(same, index);
        if let Some(whole) = &called.whole {
            by_whole.entry(whole).or_insert(index);
        }
    }
    for (index, called) in members.iter().filter_map(known) {
        let Some(whole) = &called.whole else { continue };
        for start in 1..whole.len() {
            let end = &whole[start..];
            let by_stem = by_stem.get(&(end, None)).filter(|_| end.len() > 1);
            if let Some(same) = by_whole.get(end).or(by_stem) {
                groups.join(*same, index);
            }
        }
    }
}

fn called_by(api: &Api, config: &Config, reached: &Reached) -> Option<Called> {
    let schema = api.schema(reached.schema);
    let shows = match &schema.shape {
        Shape::Object(object) => object.properties.len(),
        Shape::Enumeration(values) => values.len(),
        Shape::Union(union) => union.members.len(),
        _ => usize::MAX,
    };
    if let Origin::Component(name) = &schema.origin {
        let is_configured = config.types.contains_key(name);
        return (!is_configured).then(|| Called {
            stem: words(without_prefix(name)),
            whole: Some(words(name)),
            only_in: None,
        });
    }
    let stem = words(&unnamed(api, reached.schema)?);
    let only_in = reached.nodes.first().filter(|_| shows < SAYS_LITTLE);
    Some(Called {
        whole: (shows >= SAYS_MUCH).then(|| stem.clone()),
        only_in: only_in.copied(),
        stem,
    })
}

/// What an unnamed schema is called by its place: the property or parameter that it stands under.
pub(super) fn unnamed(api: &Api, id: SchemaId) -> Option<String> {
    match &api.schema(id).origin {
        Origin::Property(_, name) | Origin::Parameter(_, name) => Some(name.clone()),
        Origin::Items(parent) => called_here(api, *parent).map(|name| singular(&name)),
        Origin::Values(parent) => called_here(api, *parent).map(|name| format!("{name} value")),
        Origin::Member(parent, name) => {
            called_here(api, *parent).map(|union| format!("{union} {name}"))
        }
        Origin::Component(_)
        | Origin::RequestBody(_)
        | Origin::Response(..)
        | Origin::Result(_) => None,
    }
}

fn called_here(api: &Api, id: SchemaId) -> Option<String> {
    match &api.schema(id).origin {
        Origin::Component(name) => Some(without_prefix(name).to_owned()),
        _ => unnamed(api, id),
    }
}

/// A component's name without what precedes the first separator.
fn without_prefix(name: &str) -> &str {
    name.split_once(['_', '.', '/', ':'])
        .map(|(_, rest)| rest)
        .filter(|rest| rest.chars().any(char::is_alphanumeric))
        .unwrap_or(name)
}

fn words(name: &str) -> Vec<String> {
    let name = snake(name);
    let words = name.split('_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Whether a type that reads or writes some of its fields only is sent, received, or both.
struct Directions(HashMap<SchemaId, (bool, bool)>);

impl Directions {
    fn of(api: &Api, found: &[(usize, Reached)]) -> Self {
        let one_way = |reached: &&(usize, Reached)| match &api.schema(reached.1.schema).shape {
            Shape::Object(object) => object
                .properties
                .iter()
                .any(|property| property.required && (property.read_only || property.write_only)),
            _ => false,
        };
        let directions = found.iter().filter(one_way).flat_map(|(_, reached)| {
            let directions = (reached.sent, reached.received);
            reached.schemas.iter().map(move |id| (*id, directions))
        });
        Self(directions.collect())
    }
}

/// Numbers that are equal for schemas whose values are the same, however deep.
///
/// Begins with what can be seen of each schema by itself, and tells apart what has different things
/// inside until nothing new comes of it; so recursion needs no care.
fn classes(api: &Api, directions: &Directions) -> Vec<u64> {
    let mut classes: Vec<u64> = api
        .schemas
        .iter()
        .enumerate()
        .map(|(index, schema)| alone(schema, directions.0.get(&SchemaId(index))))
        .collect();
    let inside: Vec<Vec<SchemaId>> = api.schemas.iter().map(inside).collect();
    let mut count = distinct(&classes);
    for _ in 0..MOST_ROUNDS {
        let refined = |index: usize, inside: &Vec<SchemaId>| {
            let mut hasher = DefaultHasher::new();
            classes[index].hash(&mut hasher);
            for id in inside {
                (classes[id.0], api.schema(*id).nullable).hash(&mut hasher);
            }
            hasher.finish()
        };
        classes = inside
            .iter()
            .enumerate()
            .map(|(index, inside)| match inside.is_empty() {
                true => classes[index],
                false => refined(index, inside),
            })
            .collect();
        let refined_count = distinct(&classes);
        if refined_count == count {
            return classes;
        }
        count = refined_count;
    }
    // Nothing is known to be the same, then.
    (0..).take(api.schemas.len()).collect()
}

fn distinct(classes: &[u64]) -> usize {
    classes.iter().collect::<HashSet<_>>().len()
}

/// What can be seen of a schema without looking inside.
fn alone(schema: &Schema, directions: Option<&(bool, bool)>) -> u64 {
    let mut hasher = DefaultHasher::new();
    std::mem::discriminant(&schema.shape).hash(&mut hasher);
    directions.hash(&mut hasher);
    match &schema.shape {
        Shape::Any | Shape::Boolean | Shape::List(_) | Shape::Map(_) => {}
        Shape::Text(format) => std::mem::discriminant(format).hash(&mut hasher),
        Shape::Integer(format) => std::mem::discriminant(format).hash(&mut hasher),
        Shape::Number(format) => std::mem::discriminant(format).hash(&mut hasher),
        Shape::Enumeration(values) => {
            let mut values: Vec<&String> = values.iter().collect();
            values.sort_unstable();
            values.hash(&mut hasher);
        }
        Shape::Object(object) => {
            let mut fields: Vec<_> = object
                .properties
                .iter()
                .map(|property| {
                    let flags = [
                        property.required,
                        property.read_only,
                        property.write_only,
                        property.secret,
                        property.deprecated,
                    ];
                    (&property.name, flags)
                })
                .collect();
            fields.sort_unstable();
            fields.hash(&mut hasher);
            object.additional.is_some().hash(&mut hasher);
        }
        Shape::Union(union) => {
            let tag = union.tag.as_ref().map(|tag| (&tag.property, tag.implied));
            tag.hash(&mut hasher);
            for member in &union.members {
                (&member.name, &member.tags, member.secret).hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}

/// The schemas right inside one, in an order that doesn't depend on that of the document.
fn inside(schema: &Schema) -> Vec<SchemaId> {
    match &schema.shape {
        Shape::Any
        | Shape::Boolean
        | Shape::Text(_)
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Enumeration(_) => Vec::new(),
        Shape::List(inner) | Shape::Map(inner) => vec![*inner],
        Shape::Object(object) => {
            let mut properties: Vec<_> = object.properties.iter().collect();
            properties.sort_unstable_by(|one, other| one.name.cmp(&other.name));
            let ids = properties.iter().map(|property| property.schema);
            ids.chain(object.additional).collect()
        }
        Shape::Union(union) => union.members.iter().map(|member| member.schema).collect(),
    }
}

/// Sets of numbers that are joined two by two; each is known by its first.
struct Groups(Vec<usize>);

impl Groups {
    fn of(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn first(&self, mut member: usize) -> usize {
        while self.0[member] != member {
            member = self.0[member];
        }
        member
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.0[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
#[path = "identical_tests.rs"]
mod tests;
