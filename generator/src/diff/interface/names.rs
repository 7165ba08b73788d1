//! Names of types that mean the same on both sides: one that moved has its new path on both.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::slots::slots;
use crate::diff::wire::{path, place};
use crate::model::{Crate, RustType, TypeItem, TypeKind, TypePath};
use crate::plan::names::Ident;
use crate::pointer::Pointer;

/// How often what is known of some types is used to find others.
const ROUNDS: usize = 3;

/// Spells types of one side.
#[derive(Default)]
pub(in crate::diff) struct Names {
    /// Paths of types that have another one in the newer crate.
    moved: HashMap<String, String>,
}

impl Names {
    /// For the older side. `same` is the schemas that are one, by where they stand.
    pub(super) fn of_old(old: &Crate, new: &Crate, same: &[(Pointer, Pointer)]) -> Self {
        let paths = |krate| -> HashSet<String> {
            all(krate)
                .map(|(module, item)| path(module, item.name()))
                .collect()
        };
        let mut names = Self::default();
        let mut open = Open {
            old: paths(old),
            new: paths(new),
        };
        names.by_place(old, new, same, &mut open);
        for _ in 0..ROUNDS {
            if !names.by_use(old, new, &mut open) {
                break;
            }
        }
        names
    }

    /// A type that is defined by a schema that is one.
    fn by_place(&mut self, old: &Crate, new: &Crate, same: &[(Pointer, Pointer)], open: &mut Open) {
        let by_place: HashMap<&Pointer, String> = all(new)
            .map(|(module, item)| (place(item), path(module, item.name())))
            .collect();
        let mut now: HashMap<&Pointer, &Pointer> = HashMap::new();
        for (was, is) in same {
            now.entry(was).or_insert(is);
        }
        for (module, item) in all(old) {
            let was = path(module, item.name());
            if let Some(is) = now.get(place(item)).and_then(|is| by_place.get(is)) {
                self.moves(was, is.clone(), open);
            }
        }
    }

    /// A type that stands where another stood: schemas that are the same on the wire are one type,
    /// and which of them it is named after may change. Gives whether any was found.
    fn by_use(&mut self, old: &Crate, new: &Crate, open: &mut Open) -> bool {
        let now: HashMap<String, &RustType> = slots(new, &Self::default()).into_iter().collect();
        let mut votes: IndexMap<(String, String), usize> = IndexMap::new();
        for (slot, was) in slots(old, self) {
            let (Some(was), Some(is)) = (was.path(), now.get(&slot).and_then(|ty| ty.path()))
            else {
                continue;
            };
            let pair = (self.named(was), path(&is.module, &is.name));
            if open.allows(&pair.0, &pair.1) {
                *votes.entry(pair).or_default() += 1;
            }
        }
        votes.sort_by(|_, one, _, other| other.cmp(one));
        let before = self.moved.len();
        for ((was, is), _) in votes {
            self.moves(was, is, open);
        }
        self.moved.len() > before
    }

    fn moves(&mut self, was: String, is: String, open: &mut Open) {
        if open.allows(&was, &is) {
            open.old.insert(is.clone());
            open.new.insert(was.clone());
            self.moved.insert(was, is);
        }
    }

    /// Old and new paths of what moved, in order.
    pub(in crate::diff) fn moved(&self) -> Vec<(String, String)> {
        let moved = self.moved.iter();
        let mut moved: Vec<_> = moved.map(|(was, is)| (was.clone(), is.clone())).collect();
        moved.sort_unstable();
        moved
    }

    /// A type's path, its new one if it moved.
    pub(super) fn path(&self, module: &[Ident], name: &Ident) -> String {
        let path = path(module, name);
        self.moved.get(&path).cloned().unwrap_or(path)
    }

    /// A type as it stands in a signature.
    pub(in crate::diff) fn ty(&self, ty: &RustType) -> String {
        let of = |name: &str, inner: &RustType| format!("{name}<{}>", self.ty(inner));
        match ty {
            RustType::Unit => "()".to_owned(),
            RustType::Bool => "bool".to_owned(),
            RustType::I32 => "i32".to_owned(),
            RustType::I64 => "i64".to_owned(),
            RustType::U32 => "u32".to_owned(),
            RustType::U64 => "u64".to_owned(),
            RustType::F32 => "f32".to_owned(),
            RustType::F64 => "f64".to_owned(),
            RustType::Json => "JsonValue".to_owned(),
            RustType::String
            | RustType::Decimal
            | RustType::Timestamp
            | RustType::Date
            | RustType::Base64
            | RustType::Secret
            | RustType::Bytes
            | RustType::ByteStream
            | RustType::Part => format!("{ty:?}"),
            RustType::Option(inner) => of("Option", inner),
            RustType::Nullable(inner) => of("Nullable", inner),
            RustType::Vec(inner) => of("Vec", inner),
            RustType::Map(inner) => format!("BTreeMap<String, {}>", self.ty(inner)),
            RustType::Boxed(inner) => of("Box", inner),
            RustType::Named(named) => self.named(named),
        }
    }

    /// The type of the crate in a type.
    pub(super) fn uses(&self, ty: &RustType) -> Vec<String> {
        let named = ty.path().into_iter();
        named.map(|named| self.named(named)).collect()
    }

    /// Scopes stand in the crate's root.
    fn named(&self, named: &TypePath) -> String {
        match named.kind {
            TypeKind::Scope => named.name.to_string(),
            TypeKind::Plain | TypeKind::Enum | TypeKind::Union => {
                self.path(&named.module, &named.name)
            }
        }
    }
}

/// Paths that are taken on each side: a type that is there under its old name didn't move.
struct Open {
    old: HashSet<String>,
    new: HashSet<String>,
}

impl Open {
    fn allows(&self, was: &str, is: &str) -> bool {
        self.old.contains(was)
            && !self.new.contains(was)
            && self.new.contains(is)
            && !self.old.contains(is)
    }
}

/// Every type of the document with its module.
pub(super) fn all(krate: &Crate) -> impl Iterator<Item = (&[Ident], &TypeItem)> {
    let types = krate.document_types();
    types.map(|(resource, item)| (krate.module_of(resource), item))
}
