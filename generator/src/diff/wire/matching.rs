//! Which operations of two documents are the same one.

use std::collections::{HashMap, HashSet};

use crate::api::{Api, Method, Operation};

use super::Walk;
use super::similar::names_are_alike;

/// The operations of both documents, by index.
#[derive(Default)]
pub(super) struct Matched {
    /// In the order of the newer document.
    pub(super) same: Vec<(usize, usize)>,
    pub(super) removed: Vec<usize>,
    pub(super) added: Vec<usize>,
}

/// A path template, the names of its parameters aside.
pub(super) fn template(path: &str) -> String {
    let mut template = String::with_capacity(path.len());
    for (index, part) in path.split('{').enumerate() {
        match part.split_once('}') {
            Some((_, rest)) if index > 0 => {
                template.push_str("{}");
                template.push_str(rest);
            }
            _ => template.push_str(part),
        }
    }
    template
}

/// Method and path of every operation that has no method of the crate: it is there all the same.
fn without_method(api: &Api) -> HashSet<(Method, String)> {
    let listed = api.not_generated.iter();
    listed
        .map(|one| (one.method, template(&one.path)))
        .collect()
}

impl Walk<'_> {
    /// By method and path, then by id, then by structure.
    pub(super) fn matched(&self) -> Matched {
        let (old, new) = (&self.old.operations, &self.new.operations);
        let mut matched = Matched {
            same: Vec::with_capacity(new.len()),
            removed: (0..old.len()).collect(),
            added: (0..new.len()).collect(),
        };
        matched.by_key(old, new, |one| (one.method, one.path.clone()));
        matched.by_key(old, new, |one| (one.method, template(&one.path)));
        matched.by_key(old, new, |one| (one.method, one.id.clone()));
        self.by_structure(&mut matched);
        let (hidden_before, hidden_now) = (without_method(self.old), without_method(self.new));
        let key = |one: &Operation| (one.method, template(&one.path));
        matched
            .removed
            .retain(|index| !hidden_now.contains(&key(&old[*index])));
        matched
            .added
            .retain(|index| !hidden_before.contains(&key(&new[*index])));
        matched.same.sort_by_key(|(_, new)| *new);
        matched
    }

    /// Those that take and give the same under a path that is alike, where only one does.
    fn by_structure(&self, matched: &mut Matched) {
        let (old, new) = (&self.old.operations, &self.new.operations);
        let mut found = Vec::new();
        for was in &matched.removed {
            let mut candidates = matched.added.iter().filter(|is| {
                let (was, is) = (&old[*was], &new[**is]);
                was.method == is.method
                    && self.same_operation(was, is)
                    && names_are_alike(&was.path, &is.path)
            });
            if let (Some(is), None) = (candidates.next(), candidates.next()) {
                found.push((*was, *is));
            }
        }
        for (was, is) in found {
            // Two of the older document may be like one of the newer.
            if matched.added.contains(&is) {
                matched.pair(was, is);
            }
        }
    }
}

impl Matched {
    fn pair(&mut self, was: usize, is: usize) {
        self.removed.retain(|index| *index != was);
        self.added.retain(|index| *index != is);
        self.same.push((was, is));
    }

    /// Pairs what has the same key, in order where several have.
    fn by_key<K: std::hash::Hash + Eq>(
        &mut self,
        old: &[Operation],
        new: &[Operation],
        key: impl Fn(&Operation) -> K,
    ) {
        let mut by_key: HashMap<K, Vec<usize>> = HashMap::new();
        for index in self.added.iter().rev() {
            by_key.entry(key(&new[*index])).or_default().push(*index);
        }
        let mut taken = HashSet::new();
        let same = &mut self.same;
        self.removed.retain(|was| {
            let Some(is) = by_key.get_mut(&key(&old[*was])).and_then(Vec::pop) else {
                return true;
            };
            taken.insert(is);
            same.push((*was, is));
            false
        });
        self.added.retain(|index| !taken.contains(index));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_has_places_and_no_names() {
        assert_eq!(template("/a/{b}/c{d}.json"), "/a/{}/c{}.json");
        assert_eq!(template("/a/{unclosed"), "/a/unclosed");
        assert_eq!(template("/"), "/");
    }
}
