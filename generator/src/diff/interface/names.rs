//! Names of types that mean the same on both sides: one that moved has its new path on both.

use std::collections::{HashMap, HashSet};

use crate::diff::wire::{path, place};
use crate::model::{Crate, RustType, TypeItem, TypeKind, TypePath};
use crate::plan::names::Ident;
use crate::pointer::Pointer;

/// Spells types of one side.
#[derive(Default)]
pub(super) struct Names {
    /// Paths of types that have another one in the newer crate.
    moved: HashMap<String, String>,
}

impl Names {
    /// For the older side. `same` is the schemas that are one, by where they stand.
    pub(super) fn of_old(old: &Crate, new: &Crate, same: &[(Pointer, Pointer)]) -> Self {
        let new_paths: HashSet<String> = all(new)
            .map(|(module, item)| path(module, item.name()))
            .collect();
        let old_paths: HashSet<String> = all(old)
            .map(|(module, item)| path(module, item.name()))
            .collect();
        let by_place: HashMap<&Pointer, String> = all(new)
            .map(|(module, item)| (place(item), path(module, item.name())))
            .collect();
        let same: HashMap<&Pointer, &Pointer> = same.iter().map(|(was, is)| (was, is)).collect();
        let mut moved = HashMap::new();
        let mut taken = HashSet::new();
        for (module, item) in all(old) {
            let was = path(module, item.name());
            if new_paths.contains(&was) {
                continue;
            }
            let now = same.get(place(item)).and_then(|is| by_place.get(is));
            if let Some(is) = now.filter(|is| !old_paths.contains(*is))
                && taken.insert(is.clone())
            {
                moved.insert(was, is.clone());
            }
        }
        Self { moved }
    }

    /// A type's path, its new one if it moved.
    pub(super) fn path(&self, module: &[Ident], name: &Ident) -> String {
        let path = path(module, name);
        self.moved.get(&path).cloned().unwrap_or(path)
    }

    /// A type as it stands in a signature.
    pub(super) fn ty(&self, ty: &RustType) -> String {
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
            | RustType::Timestamp
            | RustType::Date
            | RustType::Secret
            | RustType::Bytes
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

/// Every type with its module.
pub(super) fn all(krate: &Crate) -> impl Iterator<Item = (&[Ident], &TypeItem)> {
    let own = krate.all_resources().flat_map(|resource| {
        let module: &[Ident] = &resource.path;
        resource.types.iter().map(move |item| (module, item))
    });
    let module: &[Ident] = &krate.shared_module;
    own.chain(krate.shared_types.iter().map(move |item| (module, item)))
}
