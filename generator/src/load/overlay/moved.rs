//! Where the nodes of a changed document stood before the change, or in the overlay that brought them.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// Nodes whose place isn't what their parent's place and their own name say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moved(Node);

#[derive(Clone, Debug, Default)]
struct Node {
    /// None: under its own name, where its parent stood.
    from: Option<Pointer>,
    below: HashMap<String, Node>,
}

impl Moved {
    /// Where a node of the changed document stood. One of another file stays where it is.
    pub(in crate::load) fn original(&self, at: Pointer) -> Pointer {
        if self.0.below.is_empty() || at.file().is_some() {
            return at;
        }
        let mut node = Some(&self.0);
        let mut stood = Pointer::root();
        for token in at.tokens() {
            node = node.and_then(|node| node.below.get(&token));
            stood = match node.and_then(|node| node.from.as_ref()) {
                Some(from) => from.clone(),
                None => stood.child(&token),
            };
        }
        stood
    }

    /// A node, with all that is below it, is from an overlay.
    pub(super) fn brought(&mut self, at: &Pointer, from: &Pointer) {
        *self.node(at) = Node {
            from: Some(from.clone()),
            below: HashMap::new(),
        };
    }

    /// A member of an object is gone.
    pub(super) fn removed_member(&mut self, object: &Pointer, name: &str) {
        self.node(object).below.remove(name);
    }

    /// An element of an array is gone, and `left` are left.
    pub(super) fn removed_element(&mut self, array: &Pointer, index: usize, left: usize) {
        let stood: Vec<Pointer> = (index + 1..=left)
            .map(|later| self.original(array.index(later)))
            .collect();
        let array = self.node(array);
        array.below.remove(&index.to_string());
        for (later, from) in (index + 1..).zip(stood) {
            let mut node = array.below.remove(&later.to_string()).unwrap_or_default();
            node.from = Some(from);
            array.below.insert((later - 1).to_string(), node);
        }
    }

    fn node(&mut self, at: &Pointer) -> &mut Node {
        let tokens = at.tokens();
        tokens.fold(&mut self.0, |node, token| {
            node.below.entry(token).or_default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn original(moved: &Moved, at: &str) -> String {
        moved.original(Pointer::parse(at)).to_string()
    }

    #[test]
    fn what_is_behind_a_removed_element_moves_up_and_is_remembered() {
        let mut moved = Moved::default();
        let list = Pointer::parse("#/a");
        moved.brought(&list.index(4), &Pointer::in_file("o", "/new"));
        moved.removed_element(&list, 1, 4);
        assert_eq!(original(&moved, "#/a/0/x"), "#/a/0/x");
        assert_eq!(original(&moved, "#/a/1/x"), "#/a/2/x");
        assert_eq!(original(&moved, "#/a/3/x/y"), "o#/new/x/y");
        moved.removed_element(&list, 0, 3);
        assert_eq!(original(&moved, "#/a/0"), "#/a/2");
        assert_eq!(original(&moved, "#/a/2/x"), "o#/new/x");
    }

    #[test]
    fn what_comes_back_after_it_was_removed_is_from_the_overlay() {
        let mut moved = Moved::default();
        moved.brought(&Pointer::parse("#/a/b"), &Pointer::in_file("o", "/one"));
        moved.removed_member(&Pointer::parse("#/a"), "b");
        assert_eq!(original(&moved, "#/a/b"), "#/a/b");
        moved.brought(&Pointer::parse("#/a"), &Pointer::in_file("o", "/two"));
        assert_eq!(original(&moved, "#/a/b"), "o#/two/b");
        assert_eq!(original(&moved, "x.yaml#/a/b"), "x.yaml#/a/b");
    }
}
