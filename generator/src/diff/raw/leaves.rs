//! The places at which the texts of two documents differ, each as high up as it has one meaning.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::pointer::Pointer;

use super::context::{Context, Part};
use super::text::Text;

/// A place that differs.
#[derive(Clone, Debug)]
pub(super) struct Leaf<'a> {
    /// What the node is that has the key.
    pub(super) context: Context,
    /// The key of the node; in lists, that of the list.
    pub(super) key: String,
    /// The node in the older document, and the value there.
    pub(super) old_node: Pointer,
    pub(super) old: Option<(Pointer, &'a Value)>,
    /// The node in the newer document, and the value there.
    pub(super) new_node: Pointer,
    pub(super) new: Option<(Pointer, &'a Value)>,
}

/// Names that changed: older to newer.
#[derive(Debug, Default)]
pub(super) struct Renames {
    /// Paths.
    pub(super) paths: HashMap<String, String>,
    /// `components.schemas`.
    pub(super) schemas: HashMap<String, String>,
    /// Properties, by where they stand.
    pub(super) properties: HashMap<Pointer, String>,
}

impl Renames {
    /// Keys of a node that have another name in the newer one.
    fn of_node<'n>(
        &'n self,
        context: Context,
        (was, at): (&'n Map<String, Value>, &Pointer),
        is: &Map<String, Value>,
    ) -> HashMap<&'n str, &'n str> {
        if !context.is_named() {
            return HashMap::new();
        }
        let lookup = |key: &str| match context {
            Context::Paths => self.paths.get(key),
            Context::Named(Part::Schema) => self.schemas.get(key),
            Context::Properties => self.properties.get(&at.child(key)),
            _ => None,
        };
        let gone = was.keys().filter(|key| !is.contains_key(*key));
        gone.filter_map(|key| Some((key.as_str(), lookup(key)?.as_str())))
            .collect()
    }
}

/// The places that were found.
pub(super) struct Leaves<'a> {
    /// Those that differ.
    pub(super) different: Vec<Leaf<'a>>,
    /// Those that say the same, elsewhere.
    pub(super) same: Vec<Leaf<'a>>,
}

/// Finds every place that differs.
pub(super) fn leaves<'a>(old: Text<'a>, new: Text<'a>, renames: &Renames) -> Leaves<'a> {
    let mut walk = Walk {
        old,
        new,
        renames,
        leaves: Vec::new(),
        same: Vec::new(),
    };
    let root = Pointer::root();
    walk.node(Context::Document, (old.value, &root), (new.value, &root));
    Leaves {
        different: walk.leaves,
        same: walk.same,
    }
}

pub(super) struct Walk<'a, 'r> {
    pub(super) old: Text<'a>,
    pub(super) new: Text<'a>,
    pub(super) renames: &'r Renames,
    pub(super) leaves: Vec<Leaf<'a>>,
    pub(super) same: Vec<Leaf<'a>>,
}

type Here<'a, 'p> = (&'a Value, &'p Pointer);

impl<'a> Walk<'a, '_> {
    /// Compares two nodes key by key.
    fn node(&mut self, context: Context, (old, old_at): Here<'a, '_>, (new, new_at): Here<'a, '_>) {
        let (Value::Object(was), Value::Object(is)) = (old, new) else {
            // A boolean where a schema may be.
            if old != new {
                let (parent, key) = split(old_at);
                self.leaves.push(Leaf {
                    context,
                    key,
                    old_node: parent.clone(),
                    old: Some((old_at.clone(), old)),
                    new_node: split(new_at).0,
                    new: Some((new_at.clone(), new)),
                });
            }
            return;
        };
        if context == Context::Schema && self.is_said_elsewhere(was, is) {
            return self.said_elsewhere((was, old_at), (is, new_at));
        }
        let renames = self.renames;
        let renamed = renames.of_node(context, (was, old_at), is);
        for (key, old) in was {
            let name = renamed.get(key.as_str()).copied().unwrap_or(key);
            let old = (old_at.child(key), old);
            match is.get(name) {
                Some(new) => self.member(
                    context,
                    key,
                    (old_at, old),
                    (new_at, (new_at.child(name), new)),
                ),
                None => self.leaf(context, key, (old_at, Some(old)), (new_at, None)),
            }
        }
        for (key, new) in is {
            let is_new = !was.contains_key(key) && !renamed.values().any(|name| *name == key);
            if is_new {
                let new = (new_at.child(key), new);
                self.leaf(context, key, (old_at, None), (new_at, Some(new)));
            }
        }
    }

    /// Compares the values of a key.
    fn member(
        &mut self,
        context: Context,
        key: &str,
        (old_node, old): (&Pointer, (Pointer, &'a Value)),
        (new_node, new): (&Pointer, (Pointer, &'a Value)),
    ) {
        let child = context.child(key);
        match (child, old.1, new.1) {
            (Context::Parameters, Value::Array(was), Value::Array(is)) => {
                let keys = |text: Text<'a>, items: &'a [Value]| -> Vec<String> {
                    items.iter().map(|item| parameter(text, item)).collect()
                };
                let names = (keys(self.old, was), keys(self.new, is));
                self.list(child, key, (was, &old.0), (is, &new.0), names);
            }
            (Context::Schemas, Value::Array(was), Value::Array(is)) => {
                let names = (forms(was), forms(is));
                self.list(child, key, (was, &old.0), (is, &new.0), names);
            }
            (Context::Whole, was, is) => {
                if was != is {
                    self.leaf(context, key, (old_node, Some(old)), (new_node, Some(new)));
                }
            }
            (_, was, is) if was.is_object() && is.is_object() => {
                self.node(child, (was, &old.0), (is, &new.0));
            }
            (_, was, is) => {
                if was != is {
                    self.leaf(context, key, (old_node, Some(old)), (new_node, Some(new)));
                }
            }
        }
    }

    /// Compares lists whose elements have names.
    fn list(
        &mut self,
        context: Context,
        key: &str,
        (old, old_at): (&'a [Value], &Pointer),
        (new, new_at): (&'a [Value], &Pointer),
        (old_names, new_names): (Vec<String>, Vec<String>),
    ) {
        let mut taken = vec![false; new.len()];
        for (index, was) in old.iter().enumerate() {
            let mut same = (0..new.len()).filter(|other| !taken[*other]);
            let found = same.find(|other| new_names[*other] == old_names[index]);
            let at = old_at.index(index);
            match found {
                Some(other) => {
                    taken[other] = true;
                    let there = new_at.index(other);
                    self.node(context.child(key), (was, &at), (&new[other], &there));
                }
                None => self.leaf(context, key, (&at, Some((at.clone(), was))), (new_at, None)),
            }
        }
        for (other, is) in new.iter().enumerate().filter(|(other, _)| !taken[*other]) {
            let at = new_at.index(other);
            self.leaf(context, key, (old_at, None), (&at, Some((at.clone(), is))));
        }
    }

    fn leaf(
        &mut self,
        context: Context,
        key: &str,
        (old_node, old): (&Pointer, Option<(Pointer, &'a Value)>),
        (new_node, new): (&Pointer, Option<(Pointer, &'a Value)>),
    ) {
        self.leaves.push(Leaf {
            context,
            key: key.to_owned(),
            old_node: old_node.clone(),
            old,
            new_node: new_node.clone(),
            new,
        });
    }
}

/// Place and name, which tell parameters apart.
fn parameter(text: Text<'_>, item: &Value) -> String {
    let item = text.resolved(item);
    let word = |key| item.get(key).and_then(Value::as_str).unwrap_or_default();
    format!("{} {}", word("in"), word("name"))
}

/// A form of a union by what it refers to, else by its number among the others.
fn forms(items: &[Value]) -> Vec<String> {
    let mut inline = 0;
    let names = items.iter().map(|item| {
        let named = item.get("$ref").or_else(|| item.get("title"));
        named.and_then(Value::as_str).map_or_else(
            || {
                inline += 1;
                inline.to_string()
            },
            str::to_owned,
        )
    });
    names.collect()
}

/// A node's parent, and its key there.
fn split(at: &Pointer) -> (Pointer, String) {
    let text = at.as_str();
    let parent = text.rsplit_once('/').map_or("", |(parent, _)| parent);
    let key = at.tokens().last().unwrap_or_default();
    (Pointer::parse(parent), key)
}
