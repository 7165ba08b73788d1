//! The entries of a configuration that keep old names.

use std::collections::HashSet;

use crate::config::RenamedConfig;
use crate::diff::renames::Renames;
use crate::model::Crate;

/// Adds what was renamed. What was renamed before that leads to its newest name.
pub fn add(entries: &mut Vec<RenamedConfig>, renames: &Renames) {
    let types = renames.types.iter().map(|pair| (true, pair));
    let methods = renames.methods.iter().map(|pair| (false, pair));
    for (is_type, (old, new)) in types.chain(methods) {
        for entry in entries.iter_mut() {
            if entry.type_.is_some() == is_type && entry.to == *old {
                entry.to.clone_from(new);
            }
        }
        let is_there =
            |entry: &RenamedConfig| entry.type_.is_some() == is_type && name(entry) == old.as_str();
        if let Some(entry) = entries.iter_mut().find(|entry| is_there(entry)) {
            entry.to.clone_from(new);
            continue;
        }
        entries.push(RenamedConfig {
            type_: is_type.then(|| old.clone()),
            method: (!is_type).then(|| old.clone()),
            to: new.clone(),
            since: None,
        });
    }
}

/// Leaves out those that the crate doesn't have.
pub fn retain(entries: &mut Vec<RenamedConfig>, krate: &Crate) {
    let kept = kept(krate);
    entries.retain(|entry| kept.contains(name(entry)));
}

/// The old names that the crate has.
fn kept(krate: &Crate) -> HashSet<String> {
    let resources = krate.all_resources();
    let own = resources.flat_map(|resource| {
        let types = resource.old_types.iter().map(|old| old.path.clone());
        let methods = resource.old_methods.iter().map(|old| old.path.clone());
        types.chain(methods)
    });
    let shared = krate.shared_old_types.iter().map(|old| old.path.clone());
    own.chain(shared).collect()
}

fn name(entry: &RenamedConfig) -> &str {
    let name = entry.type_.as_deref().or(entry.method.as_deref());
    name.unwrap_or_default()
}
