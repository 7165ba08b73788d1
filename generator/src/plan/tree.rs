//! The resource tree with its identifiers: a module, an accessor and a handle for each node.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::clashes::Standing;
use super::names::{Ident, Names, Use, lone};

/// Modules that the crate has anyway, and what the client's own methods are called.
const AT_ROOT: &[&str] = &[
    "runtime", "client", "scopes", "types", "lib", "main", "mod", "std", "core", "alloc", "serde",
    "new", "from_env", "builder", "request", "clone",
];
/// Names that every handle has.
const IN_HANDLE: &[&str] = &["new", "clone", "mod", "types"];

/// A node of the tree.
#[derive(Debug)]
pub(super) struct Node {
    /// In snake case, from the root.
    pub(super) words: Vec<String>,
    /// Modules from the crate root, its own included.
    pub(super) path: Vec<Ident>,
    /// Nodes right below, sorted by module.
    pub(super) children: Vec<usize>,
    /// Groups whose methods stand here, in document order.
    pub(super) groups: Vec<usize>,
}

/// The nodes, parents before children.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// Nodes at the top, sorted by module.
    pub(super) roots: Vec<usize>,
    /// The node of each group.
    pub(super) of_group: Vec<usize>,
}

impl Tree {
    pub(super) fn grow(standings: &[Standing]) -> Self {
        let mut tree = Self {
            nodes: Vec::new(),
            roots: Vec::new(),
            of_group: Vec::with_capacity(standings.len()),
        };
        let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let mut paths: Vec<&Vec<String>> = standings
            .iter()
            .map(|standing| &standing.resource)
            .collect();
        // Sorted, so that names don't depend on the order of the document.
        paths.sort_unstable();
        paths.dedup();
        let mut modules: BTreeMap<Option<usize>, Names> = BTreeMap::new();
        for path in paths {
            let mut parent = None;
            for depth in 1..=path.len() {
                let words = &path[..depth];
                let index = match known.get(words) {
                    Some(index) => *index,
                    None => {
                        let index = tree.add(words, parent, &mut modules);
                        known.insert(words.to_vec(), index);
                        index
                    }
                };
                parent = Some(index);
            }
        }
        for (group, standing) in standings.iter().enumerate() {
            let node = known.get(&standing.resource).copied().unwrap_or_default();
            tree.of_group.push(node);
            if let Some(node) = tree.nodes.get_mut(node) {
                node.groups.push(group);
            }
        }
        tree
    }

    fn add(
        &mut self,
        words: &[String],
        parent: Option<usize>,
        modules: &mut BTreeMap<Option<usize>, Names>,
    ) -> usize {
        let index = self.nodes.len();
        let names = modules.entry(parent).or_insert_with(|| {
            Names::reserving(
                if parent.is_none() { AT_ROOT } else { IN_HANDLE }
                    .iter()
                    .copied(),
            )
        });
        let word = words.last().map(String::as_str).unwrap_or_default();
        let module = names.mint(Use::Module, word, &["resource"]);
        let mut path = parent
            .map(|parent| self.nodes[parent].path.clone())
            .unwrap_or_default();
        path.push(module);
        self.nodes.push(Node {
            words: words.to_vec(),
            path,
            children: Vec::new(),
            groups: Vec::new(),
        });
        match parent {
            Some(parent) => self.nodes[parent].children.push(index),
            None => self.roots.push(index),
        }
        index
    }

    /// Method names of a node: none is what its handle or an accessor is called.
    pub(super) fn method_names(&self, node: &Node) -> Names {
        let mut names = Names::reserving(IN_HANDLE.iter().copied());
        for child in &node.children {
            if let Some(module) = self.nodes[*child].path.last() {
                names.reserve(module);
            }
        }
        names
    }
}

/// Type names of a node's own: its handle and builders, none of which any type of the crate has.
pub(super) fn handle(node: &Node, types: &Rc<Names>) -> (Ident, Names) {
    let mut names = Names::inside(types);
    let word = node.words.last().map(String::as_str).unwrap_or_default();
    let handle = names.mint(Use::Type, word, &["resource", "calls"]);
    (handle, names)
}

/// Where types stand that more than one resource uses.
pub(super) fn shared_types() -> Ident {
    lone(Use::Module, "types")
}

/// Where scope types stand.
pub(super) fn scope_types() -> Ident {
    lone(Use::Module, "scopes")
}
