//! The resource tree with its identifiers: a module, an accessor and a handle for each node.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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
    /// The node right above.
    pub(super) parent: Option<usize>,
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
            parent,
            children: Vec::new(),
            groups: Vec::new(),
        });
        match parent {
            Some(parent) => self.nodes[parent].children.push(index),
            None => self.roots.push(index),
        }
        index
    }

    /// The nodes from a root to a node, both included.
    pub(super) fn line(&self, node: usize) -> Vec<usize> {
        let mut line = vec![node];
        let mut above = self.nodes[node].parent;
        while let Some(parent) = above {
            line.push(parent);
            above = self.nodes[parent].parent;
        }
        line.reverse();
        line
    }

    /// The node at the top that a node stands under.
    pub(super) fn top(&self, node: usize) -> usize {
        self.line(node)[0]
    }

    /// The lowest node that these nodes stand under or are; none where they meet at the root alone.
    pub(super) fn meeting(&self, nodes: &BTreeSet<usize>) -> Option<usize> {
        let mut lines = nodes.iter().map(|node| self.line(*node));
        let first = lines.next()?;
        let shared = lines.fold(first.len(), |shared, line| {
            let equal = first.iter().zip(&line);
            shared.min(equal.take_while(|(one, other)| one == other).count())
        });
        first[..shared].last().copied()
    }

    /// The module of what stands at a node, or is shared by all.
    pub(super) fn module(&self, home: Option<usize>) -> Vec<Ident> {
        match home {
            Some(node) => self.nodes[node].path.clone(),
            None => vec![shared_types()],
        }
    }

    /// How many methods a node and those below it have.
    pub(super) fn methods_below(&self, node: usize) -> usize {
        let node = &self.nodes[node];
        let below = node.children.iter().map(|child| self.methods_below(*child));
        node.groups.len() + below.sum::<usize>()
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
pub(super) fn handle(node: &Node, types: &Arc<Names>) -> (Ident, Names) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_stand_where_those_who_use_them_meet() {
        let standings =
            ["dns.records", "dns.records.scans", "dns.keys", "zones"].map(|resource| Standing {
                resource: resource.split('.').map(str::to_owned).collect(),
                method: "list".to_owned(),
                is_settled: false,
            });
        let tree = Tree::grow(&standings);
        let node = |words: &str| {
            let is = |node: &Node| node.words.join(".") == words;
            tree.nodes.iter().position(is).unwrap_or_default()
        };
        let meeting = |words: &[&str]| {
            let nodes = words.iter().map(|words| node(words)).collect();
            tree.meeting(&nodes)
                .map(|node| tree.nodes[node].words.join("."))
        };
        assert_eq!(meeting(&["dns.keys"]).as_deref(), Some("dns.keys"));
        assert_eq!(
            meeting(&["dns.records", "dns.keys"]).as_deref(),
            Some("dns")
        );
        assert_eq!(
            meeting(&["dns.records", "dns.records.scans"]).as_deref(),
            Some("dns.records")
        );
        assert_eq!(meeting(&["dns.keys", "zones"]), None);
        assert_eq!(tree.top(node("dns.records.scans")), node("dns"));
    }
}
