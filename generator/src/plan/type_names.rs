//! What types are called: near to the document, and by where they stand where that doesn't name them.
//!
//! A schema of the document's own keeps its name, without the namespace in front where (nearly) all
//! names have one and the rest says enough. Any other is called after the type that it stands in, or
//! after the call. Types that would have the same name all get more words, so that no name depends on
//! the order of the document; a number is what is left where words end.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::clashes::Standing;
use super::contest::{Candidates, settle};
use super::general::general;
use super::inflection::singular;
use super::names::{Ident, Names, Use, snake, spelled};
use super::namespaces::Namespaces;
use super::reach::Reached;
use crate::api::{Api, Origin, Property, SchemaId, Shape};
use crate::config::Config;

/// Beyond this many characters, words in the middle are left out.
const LONGEST: usize = 60;

/// Words for a call: how inline schemas of an operation are named.
pub(super) struct CallWords {
    /// `list service_tokens`, `create service_token`, `get service_token by name`.
    pub(super) call: String,
    /// `service_tokens`.
    pub(super) resource: String,
    /// `access`, where a word more is needed.
    pub(super) parent: String,
    /// `list`.
    pub(super) method: String,
    /// `zero_trust access`, where all words are needed.
    around: String,
    /// How many resources it stands in.
    depth: usize,
}

impl CallWords {
    pub(super) fn of(standing: &Standing) -> Self {
        let mut words = standing.resource.iter().rev();
        let resource = words.next().cloned().unwrap_or_default();
        let parent = words.next().cloned().unwrap_or_default();
        let many = standing.method.split('_').any(|word| word == "list");
        let thing = if many {
            resource.clone()
        } else {
            singular(&resource)
        };
        // `get_by_name` of a thing is spoken `get thing by name`.
        let method = standing.method.as_str();
        let tail = ["_by_", "_for_"]
            .iter()
            .filter_map(|word| method.find(word))
            .min();
        let (verb, tail) = method.split_at(tail.unwrap_or(method.len()));
        Self {
            call: format!("{verb} {thing}{tail}"),
            resource,
            parent,
            method: standing.method.clone(),
            around: standing.resource[..standing.resource.len().saturating_sub(1)].join(" "),
            depth: standing.resource.len(),
        }
    }
}

/// A type without a name.
pub(super) struct Unnamed<'a> {
    pub(super) reached: &'a Reached,
    /// The word of the resource that it stands in.
    pub(super) home: Option<&'a String>,
}

/// Names for types, in their order.
pub(super) fn name(
    api: &Api,
    config: &Config,
    calls: &[CallWords],
    types: &[Unnamed<'_>],
    namespaces: &Namespaces,
    names: &mut Names,
) -> Vec<Ident> {
    let mut naming = Naming {
        api,
        config,
        calls,
        namespaces,
        named: HashMap::new(),
    };
    // Outer types first, since the inner ones are called after them.
    let mut by_depth: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, unnamed) in types.iter().enumerate() {
        by_depth
            .entry(depth(api, unnamed.reached.schema))
            .or_default()
            .push(index);
    }
    let mut found: Vec<Option<Ident>> = vec![None; types.len()];
    for indexes in by_depth.into_values() {
        let candidates: Vec<Candidates> = indexes
            .par_iter()
            .map(|index| naming.candidates_of(&types[*index]))
            .collect();
        for (index, ident) in indexes.into_iter().zip(settle(&candidates, names)) {
            for schema in &types[index].reached.schemas {
                naming.named.insert(*schema, ident.bare().to_owned());
            }
            found[index] = Some(ident);
        }
    }
    found.into_iter().flatten().collect()
}

/// How many schemas stand around one, up to one that the document names.
fn depth(api: &Api, mut schema: SchemaId) -> usize {
    let mut depth = 0;
    loop {
        match &api.schema(schema).origin {
            Origin::Component(_) => return depth,
            Origin::Property(parent, _)
            | Origin::Items(parent)
            | Origin::Values(parent)
            | Origin::Member(parent, _) => {
                schema = *parent;
                depth += 1;
            }
            Origin::Parameter(..)
            | Origin::RequestBody(_)
            | Origin::Response(..)
            | Origin::Result(_) => return depth + 1,
        }
    }
}

struct Naming<'a> {
    api: &'a Api,
    config: &'a Config,
    calls: &'a [CallWords],
    namespaces: &'a Namespaces,
    named: HashMap<SchemaId, String>,
}

impl Naming<'_> {
    /// What several schemas are called together comes before what the first of them is called.
    fn candidates_of(&self, unnamed: &Unnamed<'_>) -> Candidates {
        let mut candidates = self.candidates(unnamed.reached.schema);
        let natural = |schema| self.candidates(schema).texts.swap_remove(0);
        let home = unnamed.home.map(String::as_str);
        if let Some(mut together) = general(self.api, unnamed.reached, home, &natural) {
            together.append(&mut candidates.texts);
            candidates.texts = together;
        }
        candidates
    }

    fn candidates(&self, schema: SchemaId) -> Candidates {
        let suffix = match self.api.schema(schema).shape {
            Shape::Enumeration(_) => "kind",
            Shape::Union(_) => "choice",
            _ => "model",
        };
        let mut texts: Vec<String> = match &self.api.schema(schema).origin {
            Origin::Component(name) => match self.config.types.get(name) {
                Some(configured) => vec![configured.clone()],
                None => {
                    let short = self.namespaces.short(name);
                    let long = (short != name).then_some(name.as_str());
                    [Some(short), long]
                        .into_iter()
                        .flatten()
                        .map(str::to_owned)
                        .collect()
                }
            },
            _ => self.places(schema),
        };
        let last = texts.last().cloned().unwrap_or_default();
        texts.push(format!("{last} {suffix}"));
        Candidates {
            texts,
            depth: self.depth_in_tree(schema),
        }
    }

    /// How many resources stand around the call that a schema is of; none where it stands in a type.
    fn depth_in_tree(&self, schema: SchemaId) -> usize {
        let (root, _) = self.trail(schema);
        match &self.api.schema(root).origin {
            Origin::Parameter(operation, _)
            | Origin::RequestBody(operation)
            | Origin::Response(operation, _)
            | Origin::Result(operation)
                if !self.named.contains_key(&root) =>
            {
                self.calls.get(*operation).map_or(0, |call| call.depth)
            }
            _ => 0,
        }
    }

    /// Words for where an inline schema stands, ever more of them.
    fn places(&self, schema: SchemaId) -> Vec<String> {
        let (root, trail) = self.trail(schema);
        let mut places = Vec::new();
        for root in self.roots(root) {
            let whole = joined(&root, &trail);
            if trail.len() > 2 && spelled(Use::Type, &whole).len() > LONGEST {
                let ends = trail.len() - 2;
                places.push(joined(&root, &trail[ends..]));
                places.push(joined(&root, &[&trail[..1], &trail[ends..]].concat()));
            }
            places.push(whole);
        }
        places
    }

    /// The outermost schema that a schema stands in and the steps from there.
    fn trail(&self, mut schema: SchemaId) -> (SchemaId, Vec<Step>) {
        let mut trail = Vec::new();
        loop {
            match &self.api.schema(schema).origin {
                Origin::Property(parent, name) => {
                    trail.push(Step::Property(name.clone()));
                    schema = *parent;
                }
                Origin::Member(parent, name) => {
                    let name = self.namespaces.short_member(*parent, name);
                    trail.push(Step::Property(name.to_owned()));
                    schema = *parent;
                }
                Origin::Items(parent) => {
                    trail.push(Step::Item);
                    schema = *parent;
                }
                Origin::Values(parent) => {
                    trail.push(Step::Value);
                    schema = *parent;
                }
                _ => break,
            }
        }
        trail.reverse();
        (schema, trail)
    }

    /// What the schema at the front is called, ever longer.
    fn roots(&self, schema: SchemaId) -> Vec<String> {
        if let Some(name) = self.named.get(&schema) {
            return vec![snake(name)];
        }
        match &self.api.schema(schema).origin {
            Origin::Component(name) => vec![self.namespaces.short(name).to_owned()],
            Origin::Parameter(operation, name) => self
                .of_call(*operation, |call| call.call.clone())
                .into_iter()
                .map(|call| format!("{call} {name}"))
                .collect(),
            Origin::RequestBody(operation) => self.of_call(*operation, |call| call.call.clone()),
            Origin::Response(operation, _) => {
                let object = match &self.api.schema(schema).shape {
                    Shape::Object(object) => Some(object),
                    _ => None,
                };
                let has_result = object.is_some_and(|it| it.properties.iter().any(is_result));
                self.of_call(*operation, |call| match call.method.as_str() {
                    // An object around a list leaves the bare plural to the handle.
                    "list" if object.is_some() => format!("{} list", singular(&call.resource)),
                    "list" => call.resource.clone(),
                    "get" => singular(&call.resource),
                    _ if has_result => format!("{} response", call.call),
                    _ => format!("{} result", call.call),
                })
            }
            Origin::Result(operation) => {
                let companions = &self.api.operations[*operation].success.companions;
                let member = companions
                    .iter()
                    .find(|(_, companion)| *companion == schema)
                    .map_or("answer", |(name, _)| name.as_str());
                self.of_call(*operation, |call| format!("{} {member}", call.resource))
            }
            Origin::Property(..) | Origin::Items(_) | Origin::Values(_) | Origin::Member(..) => {
                Vec::new()
            }
        }
    }

    /// Words for a call; then with the resource around it, with all of them, with the method, by its id.
    fn of_call(&self, operation: usize, words: impl Fn(&CallWords) -> String) -> Vec<String> {
        let Some(call) = self.calls.get(operation) else {
            return vec![snake(&self.api.operations[operation].id)];
        };
        let short = words(call);
        let with_method =
            (!short.starts_with(&call.method)).then(|| format!("{} {short}", call.method));
        let mut places = vec![short.clone()];
        for around in [&call.parent, &call.around] {
            if !around.is_empty() {
                places.push(format!("{} {short}", singular(around)));
            }
        }
        if let Some(words) = with_method {
            for around in ["", &call.parent, &call.around] {
                places.push(format!("{} {words}", singular(around)));
            }
        }
        let id = snake(&self.api.operations[operation].id);
        places.push(format!("{short} {id}"));
        places
    }
}

fn is_result(property: &Property) -> bool {
    property.name == "result"
}

/// A step from a schema to one that stands in it.
#[derive(Clone, Debug)]
enum Step {
    Property(String),
    Item,
    Value,
}

fn joined(root: &str, trail: &[Step]) -> String {
    let mut words = root.to_owned();
    for (index, step) in trail.iter().enumerate() {
        match step {
            Step::Property(name) => words = format!("{words} {name}"),
            Step::Value => words.push_str(" value"),
            Step::Item => {
                let item = singular(&words);
                // The item of an item has no singular any more.
                let is_new = item != words
                    && !matches!(
                        index.checked_sub(1).map(|before| &trail[before]),
                        Some(Step::Item)
                    );
                words = if is_new {
                    item
                } else {
                    format!("{words} item")
                };
            }
        }
    }
    words
}
