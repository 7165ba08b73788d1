//! Which file everything stands in.
//!
//! A resource is one file while that stays readable. A longer one keeps its handle and methods in
//! `mod.rs`, has its builders in `calls` and its types in `types`; and where one of these is still too
//! long, it becomes a folder with a file for what belongs together: a builder, or a type with the types
//! that only it is made of. Such a file is called by the largest thing in it, never by a number.

use std::collections::{BTreeSet, HashMap};

use super::names::{Ident, Names, Use};
use super::size;
use crate::model::{Method, Part, TypeItem};

/// A file that is longer than this is divided, if it can be. In lines, as [`size`] estimates them.
const LONGEST: usize = 1_200;

/// Things that stay together.
#[derive(Clone, Debug, Default)]
struct Group {
    /// What it is called: the name of a type or a builder.
    name: String,
    /// How large the thing is that it is called by.
    weight: usize,
    lines: usize,
    members: Vec<usize>,
}

/// The files of a resource beside `mod.rs`; none where all of it stands in one.
/// `gates` are the features of each type.
pub(super) fn resource(
    methods: &[Method],
    types: &[TypeItem],
    gates: &[Vec<String>],
    children: &[&Ident],
) -> Vec<Part> {
    let is_gated = gates.iter().any(|gate| !gate.is_empty());
    let own: usize = methods.iter().map(size::method).sum();
    let calls: Vec<usize> = methods.iter().map(size::call).collect();
    let items: Vec<usize> = types.iter().map(size::item).collect();
    let frame = 24 + 8 * children.len();
    if !is_gated && frame + own + calls.iter().chain(&items).sum::<usize>() <= LONGEST {
        return Vec::new();
    }
    let mut names = Names::default();
    for child in children {
        names.reserve(child);
    }
    let mut parts = Vec::new();
    if !methods.is_empty() {
        let single = |index: usize| Group {
            name: methods[index].builder.bare().to_owned(),
            weight: calls[index],
            lines: calls[index],
            members: vec![index],
        };
        let mut part = part(&mut names, "calls", "What the methods send.");
        let groups = packed((0..methods.len()).map(single).collect());
        divide(&mut part, groups, |part, members| part.calls = members);
        parts.push(part);
    }
    if !types.is_empty() {
        let mut part = part(&mut names, "types", "Types of the methods.");
        if is_gated {
            part.parts = shared(types, gates);
            part.features = any_of(gates);
        } else {
            let groups = packed(families(types, &items));
            divide(&mut part, groups, |part, members| part.types = members);
        }
        parts.push(part);
    }
    parts
}

/// The files of types that several resources use: `gates` are the features of each type. None where all of it stands in one.
pub(super) fn shared(types: &[TypeItem], gates: &[Vec<String>]) -> Vec<Part> {
    let items: Vec<usize> = types.iter().map(size::item).collect();
    let is_gated = gates.iter().any(|gate| !gate.is_empty());
    if !is_gated && items.iter().sum::<usize>() <= LONGEST {
        return Vec::new();
    }
    let mut by_gate: Vec<(&Vec<String>, Vec<usize>)> = Vec::new();
    let mut known: HashMap<&Vec<String>, usize> = HashMap::new();
    for (index, gate) in gates.iter().enumerate().take(types.len()) {
        let at = *known.entry(gate).or_insert_with(|| {
            by_gate.push((gate, Vec::new()));
            by_gate.len() - 1
        });
        by_gate[at].1.push(index);
    }
    let mut names = Names::default();
    let mut parts = Vec::new();
    for (gate, members) in by_gate {
        let chosen: Vec<&TypeItem> = members.iter().map(|index| &types[*index]).collect();
        let lines: Vec<usize> = members.iter().map(|index| items[*index]).collect();
        for group in packed(families(chosen.iter().copied(), &lines)) {
            let mut part = named_after(&mut names, &group);
            part.types = group
                .members
                .iter()
                .map(|member| members[*member])
                .collect();
            part.features.clone_from(gate);
            parts.push(part);
        }
    }
    parts.sort_by(|one, other| one.module.cmp(&other.module));
    parts
}

/// With which features there is something behind any of these gates; none: always.
fn any_of(gates: &[Vec<String>]) -> Vec<String> {
    if gates.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let features: BTreeSet<&String> = gates.iter().flatten().collect();
    features.into_iter().cloned().collect()
}

fn part(names: &mut Names, module: &str, docs: &str) -> Part {
    Part {
        module: names.mint(Use::Module, module, &["of", "resource"]),
        docs: vec![docs.to_owned()],
        calls: Vec::new(),
        types: Vec::new(),
        features: Vec::new(),
        parts: Vec::new(),
    }
}

fn named_after(names: &mut Names, group: &Group) -> Part {
    let docs = match group.members.len() {
        1 => format!("`{}`.", group.name),
        _ => format!("`{}`, and what stands beside it.", group.name),
    };
    part(names, &group.name, &docs)
}

/// Puts groups into a part: themselves if it is one, else a file for each.
fn divide(part: &mut Part, groups: Vec<Group>, put: impl Fn(&mut Part, Vec<usize>)) {
    if let [only] = groups.as_slice() {
        put(part, only.members.clone());
        return;
    }
    let mut names = Names::default();
    for group in groups {
        let mut file = named_after(&mut names, &group);
        put(&mut file, group.members);
        part.parts.push(file);
    }
    part.parts
        .sort_by(|one, other| one.module.cmp(&other.module));
}

/// Fills files with neighbouring groups.
fn packed(groups: Vec<Group>) -> Vec<Group> {
    let mut files: Vec<Group> = Vec::new();
    for group in groups {
        match files.last_mut() {
            Some(file) if file.lines + group.lines <= LONGEST => {
                file.lines += group.lines;
                file.members.extend(group.members);
                if group.weight > file.weight {
                    file.weight = group.weight;
                    file.name = group.name;
                }
            }
            _ => files.push(group),
        }
    }
    for file in &mut files {
        file.members.sort_unstable();
    }
    files
}

/// Types with the types that only they are made of. A family that is too long is divided along its branches.
fn families<'t>(types: impl IntoIterator<Item = &'t TypeItem>, lines: &[usize]) -> Vec<Group> {
    let types: Vec<&TypeItem> = types.into_iter().collect();
    let named: HashMap<&str, usize> = types
        .iter()
        .enumerate()
        .map(|(index, item)| (item.name().bare(), index))
        .collect();
    let made_of: Vec<Vec<usize>> = types
        .iter()
        .map(|item| {
            item.paths()
                .iter()
                .filter_map(|path| named.get(path.name.bare()).copied())
                .collect()
        })
        .collect();
    let owner = owners(&made_of);
    let mut owned: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    for (index, owner) in owner.iter().enumerate() {
        if let Some(owner) = owner {
            owned[*owner].push(index);
        }
    }
    let mut groups = Vec::new();
    for (index, owner) in owner.iter().enumerate() {
        if owner.is_none() {
            let family = family(index, &owned, lines, &types, &mut groups);
            groups.push(family);
        }
    }
    groups
}

/// A type with all that it owns; what is too much for a file becomes groups of its own.
fn family(
    head: usize,
    owned: &[Vec<usize>],
    lines: &[usize],
    types: &[&TypeItem],
    groups: &mut Vec<Group>,
) -> Group {
    // Without recursion: a document may nest as deep as it likes. Those who own come first.
    let mut order = vec![head];
    let mut next = 0;
    while let Some(index) = order.get(next) {
        order.extend(&owned[*index]);
        next += 1;
    }
    let mut made: HashMap<usize, Group> = HashMap::new();
    for index in order.into_iter().rev() {
        let mut group = Group {
            name: types[index].name().bare().to_owned(),
            weight: lines[index],
            lines: lines[index],
            members: vec![index],
        };
        for child in &owned[index] {
            let Some(child) = made.remove(child) else {
                continue;
            };
            if group.lines + child.lines <= LONGEST {
                group.lines += child.lines;
                group.weight += child.weight;
                group.members.extend(child.members);
            } else {
                groups.push(child);
            }
        }
        made.insert(index, group);
    }
    made.remove(&head).unwrap_or_default()
}

/// The one type that each type is part of; none where it is part of no other, of several, or of a cycle.
fn owners(made_of: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); made_of.len()];
    for (index, parts) in made_of.iter().enumerate() {
        for part in parts.iter().filter(|part| **part != index) {
            if !users[*part].contains(&index) {
                users[*part].push(index);
            }
        }
    }
    let mut owner: Vec<Option<usize>> = users
        .iter()
        .map(|users| match users.as_slice() {
            [only] => Some(*only),
            _ => None,
        })
        .collect();
    for start in 0..owner.len() {
        let mut at = start;
        for _ in 0..owner.len() {
            match owner[at] {
                Some(next) if next == start => {
                    owner[start] = None;
                    break;
                }
                Some(next) => at = next,
                None => break,
            }
        }
    }
    owner
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
