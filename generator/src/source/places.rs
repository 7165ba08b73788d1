//! The places of all nodes of a document: a flat list in document order, so that documents of any depth
//! cost no stack and a node costs 32 bytes and its key.

use std::collections::HashMap;
use std::ops::Range;

use crate::pointer::Pointer;

/// Follows at most this many aliases on the way to one node; aliases can be cyclic.
const MAX_ALIASES: usize = 64;

/// The key that YAML merges other mappings with.
const MERGE: &str = "<<";

/// Where the nodes stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    nodes: Vec<Node>,
    open: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Node {
    /// Of the key, for members of an object.
    place: (u32, u32),
    key: Option<Box<str>>,
    /// Index of the first node that isn't below this one.
    end: u32,
    /// Index of the node that an alias stands for; its own otherwise.
    target: u32,
}

/// The name of a member.
pub(super) struct Key {
    /// Unescaped.
    pub(super) name: Box<str>,
    /// Where it stands.
    pub(super) place: Range<usize>,
}

impl Places {
    /// Adds a node below the innermost open one; returns its index.
    pub(super) fn add(&mut self, key: Option<Key>, place: Range<usize>) -> usize {
        let index = self.nodes.len();
        let (name, place) = match key {
            Some(key) => (Some(key.name), key.place),
            None => (None, place),
        };
        self.nodes.push(Node {
            place: (small(place.start), small(place.end)),
            key: name,
            end: small(index + 1),
            target: small(index),
        });
        index
    }

    /// Adds a node that further nodes stand below, until [`Self::close`].
    pub(super) fn open(&mut self, key: Option<Key>, place: Range<usize>) -> usize {
        let index = self.add(key, place);
        self.open.push(index);
        index
    }

    /// Gives the innermost open node a place that can be seen, where it has none: a block mapping of YAML
    /// begins with its first key, and nothing else shows it.
    pub(super) fn begins_with(&mut self, place: &Range<usize>) {
        let node = self
            .open
            .last()
            .and_then(|index| self.nodes.get_mut(*index));
        if let Some(node) = node.filter(|node| node.place.0 == node.place.1) {
            node.place = (small(place.start), small(place.end));
        }
    }

    /// Ends the innermost open node.
    pub(super) fn close(&mut self) {
        let end = small(self.nodes.len());
        if let Some(node) = self.open.pop().and_then(|index| self.nodes.get_mut(index)) {
            node.end = end;
        }
    }

    /// Ends all open nodes, as where a text breaks off.
    pub(super) fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// Says that a node stands for another.
    pub(super) fn alias(&mut self, node: usize, target: usize) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.target = small(target);
        }
    }

    /// The place of a node, or of its nearest ancestor.
    pub(super) fn find(&self, at: &Pointer) -> Option<Range<usize>> {
        let mut node = 0;
        for token in at.tokens() {
            match self.child(node, &token, MAX_ALIASES) {
                Some(child) => node = child,
                None => break,
            }
        }
        let (start, end) = self.nodes.get(node)?.place;
        Some(start as usize..end as usize)
    }

    /// The places of the first key that its object has twice.
    pub(super) fn duplicate_key(&self) -> Option<(Range<usize>, Range<usize>)> {
        (0..self.nodes.len()).find_map(|parent| {
            let mut seen: HashMap<&str, &Node> = HashMap::new();
            self.children(parent).find_map(|(_, node)| {
                let earlier = seen.insert(node.key.as_deref()?, node)?;
                Some((range(earlier.place), range(node.place)))
            })
        })
    }

    fn child(&self, parent: usize, token: &str, aliases: usize) -> Option<usize> {
        let aliases = aliases.checked_sub(1)?;
        let target = self.nodes.get(parent)?.target as usize;
        if target != parent {
            return self.child(target, token, aliases);
        }
        let named = |accept: &dyn Fn(&str) -> bool| {
            let mut children = self.children(parent);
            children.find(|(_, node)| node.key.as_deref().is_some_and(accept))
        };
        if let Some((child, _)) = named(&|key| key == token) {
            return Some(child);
        }
        if let Some((merged, _)) = named(&|key| key == MERGE) {
            let mut sources = std::iter::once(merged).chain(self.elements(merged));
            if let Some(child) = sources.find_map(|source| self.child(source, token, aliases)) {
                return Some(child);
            }
        }
        if let Some((child, _)) = named(&|key| same_but_for_spelling(key, token)) {
            return Some(child);
        }
        self.elements(parent).nth(token.parse().ok()?)
    }

    fn elements(&self, parent: usize) -> impl Iterator<Item = usize> {
        let elements = self.children(parent).filter(|(_, node)| node.key.is_none());
        elements.map(|(index, _)| index)
    }

    fn children(&self, parent: usize) -> impl Iterator<Item = (usize, &Node)> {
        let end = self.nodes.get(parent).map_or(0, |node| node.end as usize);
        let mut next = parent + 1;
        std::iter::from_fn(move || {
            let node = self.nodes.get(next).filter(|_| next < end)?;
            let index = next;
            next = node.end as usize;
            Some((index, node))
        })
    }
}

/// Whether a key may have been respelled on loading: `4xx`, `GET`, a path without its slash.
fn same_but_for_spelling(key: &str, token: &str) -> bool {
    key.eq_ignore_ascii_case(token) || token.strip_prefix('/') == Some(key)
}

fn range((start, end): (u32, u32)) -> Range<usize> {
    start as usize..end as usize
}

/// Texts beyond 4 GiB have all their last places at the end of the first 4.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
