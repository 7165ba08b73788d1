//! Cargo features: one for each resource at the top of the tree, so that callers compile what they call.
//!
//! A type of several of these resources stands in the shared module behind any of their features, and
//! all other types stand inside the one resource that uses them. So no feature needs another.

use std::collections::BTreeSet;

use super::names::{Names, Use};
use super::tree::Tree;
use crate::model::Feature;

/// What crates.io takes, less `default`.
const MOST: usize = 299;

/// The features of a crate; none where there is nothing to choose from.
#[derive(Debug, Default)]
pub(super) struct Features {
    /// By number of the top-level resource, as in [`Tree::roots`].
    of_root: Vec<String>,
    items: Vec<Feature>,
}

impl Features {
    pub(super) fn of(tree: &Tree) -> Self {
        if tree.roots.len() < 2 {
            return Self::default();
        }
        let alone = with_feature_of_their_own(tree);
        let mut names = Names::reserving(["default"]);
        let mut features = Self::default();
        let mut other: Option<Feature> = None;
        for root in &tree.roots {
            let module = tree.nodes[*root]
                .path
                .last()
                .map_or("root", |module| module.bare());
            if alone.contains(root) {
                let name = names
                    .mint(Use::Module, module, &["resource"])
                    .bare()
                    .to_owned();
                features.of_root.push(name.clone());
                features.items.push(Feature {
                    name,
                    resources: vec![module.to_owned()],
                });
            } else {
                let feature = other.get_or_insert_with(|| Feature {
                    name: names
                        .mint(Use::Module, "other", &["resources"])
                        .bare()
                        .to_owned(),
                    resources: Vec::new(),
                });
                feature.resources.push(module.to_owned());
                features.of_root.push(feature.name.clone());
            }
        }
        features.items.extend(other);
        features
    }

    /// The feature of a top-level resource, by its number in [`Tree::roots`].
    pub(super) fn of_root(&self, number: usize) -> Option<&String> {
        self.of_root.get(number)
    }

    /// The features with any of which something is compiled that these nodes use; none: it always is.
    pub(super) fn any(&self, tree: &Tree, nodes: &BTreeSet<usize>) -> Vec<String> {
        let tops: BTreeSet<usize> = nodes.iter().map(|node| tree.top(*node)).collect();
        let roots = tree.roots.iter().zip(&self.of_root);
        let names: BTreeSet<&String> = roots
            .filter(|(root, _)| tops.contains(root))
            .map(|(_, name)| name)
            .collect();
        if names.len() == self.items.len() {
            return Vec::new();
        }
        names.into_iter().cloned().collect()
    }

    /// For the manifest.
    pub(super) fn into_items(self) -> Vec<Feature> {
        self.items
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

#[cfg(test)]
mod tests {
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
        let features = Features::of(&tree(&["zones", "dns.records", "dns.keys"]));
        assert_eq!(names(&features), ["dns", "zones"]);
        assert_eq!(features.of_root(0), Some(&"dns".to_owned()));
    }

    #[test]
    fn where_there_is_nothing_to_choose_there_are_none() {
        let features = Features::of(&tree(&["dns.records", "dns.keys"]));
        assert!(names(&features).is_empty());
        assert_eq!(features.of_root(0), None);
    }

    #[test]
    fn no_feature_is_called_default() {
        let features = Features::of(&tree(&["default", "zones"]));
        assert_eq!(names(&features), ["default_resource", "zones"]);
    }

    #[test]
    fn a_shared_type_is_behind_the_features_of_those_who_use_it() {
        let tree = tree(&["dns.records", "dns.keys", "zones", "users"]);
        let features = Features::of(&tree);
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
        let features = Features::of(&tree(&resources));
        assert_eq!(features.items.len(), MOST);
        assert_eq!(names(&features).last(), Some(&"other"));
        assert!(
            names(&features).contains(&"r399"),
            "it has the most methods"
        );
    }
}
