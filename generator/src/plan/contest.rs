//! Which type gets which name, where several would have the same one.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Ident, Names, Use, spelled};

/// What a type could be called.
pub(super) struct Candidates {
    /// The best first.
    pub(super) texts: Vec<String>,
    /// How deep in the tree it stands: of types that want one name, a single uppermost one keeps it.
    pub(super) depth: usize,
}

/// Gives each its first candidate that no other has or wants; who wants the same goes on to the next.
pub(super) fn settle(candidates: &[Candidates], names: &mut Names) -> Vec<Ident> {
    let mut settled: Vec<Option<Ident>> = vec![None; candidates.len()];
    let longest = candidates.iter().map(|those| those.texts.len()).max();
    let mut contested = BTreeSet::new();
    for round in 0..longest.unwrap_or_default() {
        let mut wanted: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, those) in candidates.iter().enumerate() {
            if let (None, Some(text)) = (&settled[index], those.texts.get(round)) {
                let name = spelled(Use::Type, text);
                wanted.entry(name).or_default().push(index);
            }
        }
        for (name, indexes) in wanted {
            if !contested.contains(&name)
                && let Some(index) = uppermost(candidates, &indexes)
            {
                settled[index] = names.take(Use::Type, &candidates[index].texts[round]);
            }
            if indexes.len() > 1 {
                contested.insert(name);
            }
        }
    }
    settle_rest(candidates, &mut settled, names);
    settled.into_iter().flatten().collect()
}

fn uppermost(candidates: &[Candidates], indexes: &[usize]) -> Option<usize> {
    let depth = indexes.iter().map(|index| candidates[*index].depth).min()?;
    let mut uppermost = indexes
        .iter()
        .copied()
        .filter(|index| candidates[*index].depth == depth);
    let first = uppermost.next()?;
    uppermost.next().is_none().then_some(first)
}

/// Names for those whose words all mean the same (`a-b` and `a_b`): what is free, in the order of their texts.
fn settle_rest(candidates: &[Candidates], settled: &mut [Option<Ident>], names: &mut Names) {
    let mut rest: Vec<usize> = (0..candidates.len())
        .filter(|index| settled[*index].is_none())
        .collect();
    rest.sort_by_key(|index| &candidates[*index].texts);
    for index in rest {
        let texts = &candidates[index].texts;
        let free = texts.iter().find_map(|text| names.take(Use::Type, text));
        let last = texts.last().map(String::as_str).unwrap_or_default();
        settled[index] = Some(free.unwrap_or_else(|| names.mint(Use::Type, last, &[])));
    }
}
