//! Cargo features: one for each resource at the top of the tree, so that callers compile what they call.
//! A large one has one for each resource right below it too, and its own stands for all of these.
//!
//! A type of several of these resources stands where they meet, behind any of their features, and
//! all other types stand inside the one resource that uses them. So no other feature needs another.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Names, Use};
use super::tree::Tree;
use crate::model::Feature;

/// What every crate has, whatever its resources are called.
const OF_EVERY_CRATE: &[&str] = &[
    "default",
    "blocking",
    "native-tls",
    "rustls",
    "streams",
    "tracing",
    "test-util",
    "webpki-roots",
];

/// What crates.io takes, less those.
const MOST: usize = 300 - OF_EVERY_CRATE.len();

/// A resource with more methods and types than this is divided, if there is more than one resource right below it.
const LARGE: usize = 80;

/// The features of a crate; none where there is nothing to choose from.
#[derive(Debug, Default)]
pub(super) struct Features {
    /// By node of the tree: what it is compiled with, any of them. Without entry: as its parent is.
    gates: BTreeMap<usize, Vec<String>>,
    items: Vec<Feature>,
}

impl Features {
    /// `users`: the nodes whose methods reach it, for each type.
    pub(super) fn of(tree: &Tree, users: &[&BTreeSet<usize>]) -> Self {
        if tree.roots.len() < 2 {
            return Self::default();
        }
        let alone = with_feature_of_their_own(tree);
        let divided = divided(tree, users, &alone);
        let mut names = Names::reserving(OF_EVERY_CRATE.iter().copied());
        let mut features = Self::default();
        let mut other: Option<Feature> = None;
        for root in &tree.roots {
            let module = module(tree, *root);
            if alone.contains(root) {
                let feature = feature(&mut names, module, vec![module.to_owned()]);
                features.gates.insert(*root, vec![feature.name.clone()]);
                features.items.push(feature);
            } else {
                let feature = other.get_or_insert_with(|| feature(&mut names, "other", Vec::new()));
                feature.resources.push(module.to_owned());
                features.gates.insert(*root, vec![feature.name.clone()]);
            }
        }
        features.items.extend(other);
        for root in divided {
            features.divide(tree, root, &mut names);
        }
        features
    }

    /// Gives a feature to each resource right below one, and lets its own stand for them.
    fn divide(&mut self, tree: &Tree, root: usize, names: &mut Names) {
        let top = module(tree, root);
        let own = |item: &Feature| item.resources == [top];
        let Some(own) = self.items.iter().position(own) else {
            return;
        };
        let mut parts = Vec::new();
        for child in &tree.nodes[root].children {
            let module = module(tree, *child);
            let accessor = format!("{top}().{module}");
            let part = feature(names, &format!("{top}_{module}"), vec![accessor]);
            self.gates.insert(*child, vec![part.name.clone()]);
            parts.push(part);
        }
        let enabled: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
        self.gates.insert(root, enabled.clone());
        self.items[own].enables = enabled;
        self.items.splice(own + 1..own + 1, parts);
    }

    /// What a node is compiled with, any of them; none: always, or as its parent is.
    pub(super) fn of_node(&self, node: usize) -> Vec<String> {
        self.gates.get(&node).cloned().unwrap_or_default()
    }

    /// The features with any of which something is compiled that these nodes use; none: it always is.
    pub(super) fn any(&self, tree: &Tree, nodes: &BTreeSet<usize>) -> Vec<String> {
        let names = self.needed(tree, nodes);
        let all = self.items.iter().filter(|item| item.enables.is_empty());
        if names.len() == all.count() {
            return Vec::new();
        }
        names.into_iter().cloned().collect()
    }

    /// The same for something that stands in a node; none: it is compiled as the node is.
    pub(super) fn any_within(
        &self,
        tree: &Tree,
        node: usize,
        nodes: &BTreeSet<usize>,
    ) -> Vec<String> {
        let Some(gate) = self.gates.get(&node) else {
            return Vec::new();
        };
        let names = self.needed(tree, nodes);
        if names.len() == gate.len() {
            return Vec::new();
        }
        names.into_iter().cloned().collect()
    }

    fn needed(&self, tree: &Tree, nodes: &BTreeSet<usize>) -> BTreeSet<&String> {
        let gates = nodes.iter().filter_map(|node| {
            let line = tree.line(*node);
            line.iter().rev().find_map(|node| self.gates.get(node))
        });
        gates.flatten().collect()
    }

    /// For the manifest.
    pub(super) fn into_items(self) -> Vec<Feature> {
        self.items
    }
}

fn module(tree: &Tree, node: usize) -> &str {
    let path = &tree.nodes[node].path;
    path.last().map_or("root", |module| module.bare())
}

/// A feature of resources with these accessors.
fn feature(names: &mut Names, wanted: &str, resources: Vec<String>) -> Feature {
    let name = names.mint(Use::Module, wanted, &["resource"]);
    Feature {
        name: name.bare().to_owned(),
        resources,
        enables: Vec::new(),
    }
}

/// The top-level resources with the most methods, where there are more of them than features.
fn with_feature_of_their_own(tree: &Tree) -> BTreeSet<usize> {
    let mut roots = tree.roots.clone();
    if roots.len() > MOST {
        roots.sort_by_key(|root| std::cmp::Reverse(tree.methods_below(*root)));
        roots.truncate(MOST - 1);
    }
    roots.into_iter().collect()
}

/// The large resources among these, the largest first, as long as there are features left for what is below.
fn divided(tree: &Tree, users: &[&BTreeSet<usize>], alone: &BTreeSet<usize>) -> Vec<usize> {
    let mut left = MOST.saturating_sub(tree.roots.len());
    let weights = weights(tree, users);
    let weight = |root: &usize| weights.get(root).copied().unwrap_or_default();
    let mut large: Vec<usize> = alone.iter().copied().collect();
    large.retain(|root| weight(root) > LARGE && tree.nodes[*root].children.len() > 1);
    large.sort_by_key(|root| std::cmp::Reverse(weight(root)));
    large.retain(|root| {
        let needed = tree.nodes[*root].children.len();
        let fits = needed <= left;
        left -= if fits { needed } else { 0 };
        fits
    });
    large
}

/// How many methods and types come with each root.
fn weights(tree: &Tree, users: &[&BTreeSet<usize>]) -> BTreeMap<usize, usize> {
    let methods = tree
        .roots
        .iter()
        .map(|root| (*root, tree.methods_below(*root)));
    let mut weights: BTreeMap<usize, usize> = methods.collect();
    for nodes in users {
        let roots: BTreeSet<usize> = nodes.iter().map(|node| tree.top(*node)).collect();
        for root in roots {
            *weights.entry(root).or_default() += 1;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::plan::clashes::Standing;

    fn tree(resources: &[&str]) -> Tree {
        let standings: Vec<Standing> = resources
            .iter()
            .map(|resource| Standing {
                resource: resource.split('.').map(str::to_owned).collect(),
                method: "list".to_owned(),
                is_settled: false,
            })
            .collect();
        Tree::grow(&standings)
    }

    fn names(features: &Features) -> Vec<&str> {
        features
            .items
            .iter()
            .map(|feature| feature.name.as_str())
            .collect()
    }

    #[test]
    fn each_resource_at_the_top_has_one() {
        let features = Features::of(&tree(&["zones", "dns.records", "dns.keys"]), &[]);
        assert_eq!(names(&features), ["dns", "zones"]);
        assert_eq!(features.of_node(0), ["dns"]);
    }

    #[test]
    fn where_there_is_nothing_to_choose_there_are_none() {
        let features = Features::of(&tree(&["dns.records", "dns.keys"]), &[]);
        assert!(names(&features).is_empty());
        assert!(features.of_node(0).is_empty());
    }

    #[test]
    fn no_resource_takes_the_feature_of_every_crate() {
        let features = Features::of(&tree(&["default", "blocking", "zones"]), &[]);
        let expected = ["blocking_resource", "default_resource", "zones"];
        assert_eq!(names(&features), expected);
    }

    #[test]
    fn a_shared_type_is_behind_the_features_of_those_who_use_it() {
        let tree = tree(&["dns.records", "dns.keys", "zones", "users"]);
        let features = Features::of(&tree, &[]);
        let nodes = |words: &[&str]| {
            let is = |index: &usize| words.contains(&tree.nodes[*index].words.join(".").as_str());
            (0..tree.nodes.len())
                .filter(is)
                .collect::<BTreeSet<usize>>()
        };
        let some = features.any(&tree, &nodes(&["dns.records", "dns.keys", "zones"]));
        assert_eq!(some, ["dns", "zones"]);
        let all = features.any(&tree, &nodes(&["dns.keys", "zones", "users"]));
        assert!(all.is_empty(), "what all use is always compiled");
    }

    #[test]
    fn beyond_what_a_registry_takes_small_resources_share_one() {
        let many: Vec<String> = (0..400).map(|number| format!("r{number}")).collect();
        let mut resources: Vec<&str> = many.iter().map(String::as_str).collect();
        resources.push("r399");
        let features = Features::of(&tree(&resources), &[]);
        assert_eq!(features.items.len(), MOST);
        assert_eq!(names(&features).last(), Some(&"other"));
        assert!(
            names(&features).contains(&"r399"),
            "it has the most methods"
        );
    }

    /// `radar` with so many methods in each of two resources, and two in its own; beside it, `zones`.
    fn large(methods: usize) -> Tree {
        let mut resources = vec!["radar", "zones"];
        for resource in ["radar.http", "radar.bgp.leaks"] {
            resources.extend(std::iter::repeat_n(resource, methods));
        }
        tree(&resources)
    }

    #[test]
    fn a_large_resource_has_one_for_each_below_it_and_its_own_stands_for_all() {
        let tree = large(LARGE);
        let features = Features::of(&tree, &[]);
        assert_eq!(
            names(&features),
            ["radar", "radar_bgp", "radar_http", "zones"]
        );
        assert_eq!(features.items[0].enables, ["radar_bgp", "radar_http"]);
        assert_eq!(features.items[1].resources, ["radar().bgp"]);
        assert_eq!(
            features.of_node(tree.roots[0]),
            ["radar_bgp", "radar_http"],
            "its own methods are compiled with any of them"
        );
        assert_eq!(names(&Features::of(&large(20), &[])), ["radar", "zones"]);
    }

    #[test]
    fn a_type_is_behind_the_features_of_those_below_a_large_resource_who_use_it() {
        let tree = large(LARGE);
        let features = Features::of(&tree, &[]);
        let node = |words: &str| {
            let is = |node: &crate::plan::tree::Node| node.words.join(".") == words;
            tree.nodes.iter().position(is).unwrap_or_default()
        };
        let radar = node("radar");
        let leaks = BTreeSet::from([node("radar.bgp.leaks")]);
        let both = BTreeSet::from([node("radar.bgp.leaks"), node("radar.http")]);
        let beside = BTreeSet::from([node("radar.http"), node("zones")]);
        let own = BTreeSet::from([radar]);
        assert_eq!(features.any_within(&tree, radar, &leaks), ["radar_bgp"]);
        assert!(features.any_within(&tree, radar, &both).is_empty());
        assert!(features.any_within(&tree, radar, &own).is_empty());
        assert_eq!(features.any(&tree, &beside), ["radar_http", "zones"]);
        assert_eq!(features.any(&tree, &own), ["radar_bgp", "radar_http"]);
    }
}
