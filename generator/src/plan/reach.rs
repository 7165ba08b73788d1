//! Which schemas methods reach, and from where.

use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::IndexMap;

use crate::api::{Api, Origin, SchemaId, Shape};
use crate::pointer::Pointer;

/// A schema that a method reaches from outside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Root {
    pub(super) schema: SchemaId,
    /// The node of the tree whose method it is.
    pub(super) node: usize,
    /// Whether callers send it.
    pub(super) sent: bool,
}

/// Which schemas become a type, and which of them the same: those of equal keys.
#[derive(Clone, Debug)]
pub(super) struct Keys(Vec<Option<usize>>);

impl Keys {
    /// A key for each place that a type is defined at.
    pub(super) fn by_place(api: &Api) -> Self {
        let mut places: HashMap<(&Origin, &Pointer), usize> = HashMap::new();
        let keys = api.schemas.iter().map(|schema| {
            if !matches!(
                schema.shape,
                Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_)
            ) {
                return None;
            }
            let next = places.len();
            Some(*places.entry((&schema.origin, &schema.at)).or_insert(next))
        });
        Self(keys.collect())
    }

    /// Other keys for the same schemas.
    pub(super) fn mapped(&self, other: impl Fn(usize) -> usize) -> Self {
        Self(self.0.iter().map(|key| key.map(&other)).collect())
    }
}

/// A type that is reached.
#[derive(Debug)]
pub(super) struct Reached {
    /// The first of its schemas that is reached: the type looks like it.
    pub(super) schema: SchemaId,
    /// All of its schemas that are reached.
    pub(super) schemas: BTreeSet<SchemaId>,
    /// The nodes whose methods reach it.
    pub(super) nodes: BTreeSet<usize>,
    pub(super) sent: bool,
    pub(super) received: bool,
}

/// Every type that the roots reach, with its key, in the order in which they are reached.
pub(super) fn reach(api: &Api, roots: &[Root], keys: &Keys) -> Vec<(usize, Reached)> {
    let mut found: IndexMap<usize, Reached> = IndexMap::new();
    let mut seen: HashSet<(SchemaId, usize, bool)> = HashSet::new();
    for root in roots {
        let mut stack = vec![root.schema];
        while let Some(id) = stack.pop() {
            let mut shown = id;
            if let Some(key) = keys.0[id.0] {
                let reached = found.entry(key).or_insert_with(|| Reached {
                    schema: id,
                    schemas: BTreeSet::new(),
                    nodes: BTreeSet::new(),
                    sent: false,
                    received: false,
                });
                reached.schemas.insert(id);
                reached.nodes.insert(root.node);
                reached.sent |= root.sent;
                reached.received |= !root.sent;
                shown = reached.schema;
            }
            if !seen.insert((shown, root.node, root.sent)) {
                continue;
            }
            match &api.schema(shown).shape {
                Shape::List(inner) | Shape::Map(inner) => stack.push(*inner),
                Shape::Object(object) => {
                    stack.extend(object.additional);
                    let properties = object.properties.iter().rev();
                    // A constant is a plain string.
                    let open = properties.filter(|property| api.constant(property).is_none());
                    stack.extend(open.map(|property| property.schema));
                }
                Shape::Union(union) => {
                    let members = union.members.iter().rev();
                    stack.extend(members.map(|member| member.schema));
                }
                _ => {}
            }
        }
    }
    found.into_iter().collect()
}
