//! Public items of a crate: each has a path, a signature, and the places of the document that it is
//! made from.

use indexmap::IndexMap;

use crate::model::{RustType, TypeKind};
use crate::pointer::Pointer;

use super::names::Names;
use crate::Reading;

/// A place of the document that an item is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) at: Pointer,
    /// Of several things at one place, which: a value of an enumeration, a form of a union.
    pub(super) value: Option<String>,
    /// Whether the item only stands or falls with it.
    pub(super) remote: bool,
}

impl Key {
    pub(super) fn at(at: &Pointer) -> Self {
        Self {
            at: at.clone(),
            value: None,
            remote: false,
        }
    }

    pub(super) fn value(at: &Pointer, value: &str) -> Self {
        Self {
            value: Some(value.to_owned()),
            ..Self::at(at)
        }
    }

    pub(super) fn remote(at: &Pointer) -> Self {
        Self {
            remote: true,
            ..Self::at(at)
        }
    }
}

/// A part of a signature that changes alone: an argument, a field of a struct that callers write out.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// What it is in the document, so that it is found again under another name.
    pub(super) id: String,
    /// As it stands in the signature.
    pub(super) text: String,
    /// Whether it is an argument that takes the type itself, not what converts into it.
    pub(super) exact: bool,
    pub(super) keys: Vec<Key>,
}

/// Whether an argument of the type takes the type itself, not what converts into it.
pub(super) fn is_exact(ty: &RustType) -> bool {
    match ty {
        RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F32
        | RustType::F64 => true,
        RustType::Named(named) => named.kind == TypeKind::Plain,
        _ => false,
    }
}

/// A public item.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// As people name it.
    pub(super) signature: String,
    /// The parts of the signature; none: it changes as a whole.
    pub(super) parts: Vec<Part>,
    pub(super) keys: Vec<Key>,
    /// Paths of the types in the signature.
    pub(super) uses: Vec<String>,
    /// The resource that it belongs to, dotted; none: the client.
    pub(super) group: String,
    /// How callers write it.
    pub(super) code: String,
    /// Old signatures that are as good as its own.
    pub(super) also: Vec<String>,
}

impl Item {
    /// With everything that it is known by.
    pub(super) fn shown(&self) -> String {
        let all = std::iter::once(&self.signature).chain(&self.also);
        all.map(String::as_str).collect::<Vec<_>>().join(", also ")
    }
}

/// Every public item of a crate, by path.
pub(super) struct Items<'a> {
    pub(super) reading: &'a Reading,
    pub(super) names: &'a Names,
    pub(super) all: IndexMap<String, Item>,
    /// The resource of what is added.
    pub(super) group: String,
}

impl<'a> Items<'a> {
    /// All of them; `names` spells types, so that one that moved has one name on both sides.
    pub(super) fn of(reading: &'a Reading, names: &'a Names) -> IndexMap<String, Item> {
        let mut items = Items {
            reading,
            names,
            all: IndexMap::new(),
            group: String::new(),
        };
        items.client();
        items.types();
        items.calls();
        items.old_names();
        items.all
    }

    pub(super) fn add(
        &mut self,
        path: String,
        signature: impl Into<String>,
        keys: Vec<Key>,
        uses: Vec<String>,
    ) -> &mut Item {
        self.add_of_parts(path, signature, Vec::new(), keys, uses)
    }

    pub(super) fn add_of_parts(
        &mut self,
        path: String,
        signature: impl Into<String>,
        parts: Vec<Part>,
        keys: Vec<Key>,
        uses: Vec<String>,
    ) -> &mut Item {
        let item = Item {
            signature: signature.into(),
            parts,
            keys,
            uses,
            group: self.group.clone(),
            code: String::new(),
            also: Vec::new(),
        };
        let entry = self.all.entry(path).insert_entry(item);
        entry.into_mut()
    }
}

/// `(name: String, tag: Tag)`.
pub(super) fn listed(parts: &[Part]) -> String {
    let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    format!("({})", texts.join(", "))
}
