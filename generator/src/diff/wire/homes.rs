//! Which resource an operation or a schema belongs to.

use std::collections::HashMap;

use crate::Reading;
use crate::model::{Crate, Resource, TypeItem};
use crate::plan::names::Ident;
use crate::pointer::Pointer;

/// The group of what belongs to the client as a whole.
pub(in crate::diff) const CLIENT: &str = "client";
/// The group of what several resources share.
pub(in crate::diff) const TYPES: &str = "types";

/// By operation id and by place of the schema; the newer document's word counts.
#[derive(Default)]
pub(in crate::diff) struct Homes {
    operations: HashMap<String, String>,
    types: HashMap<Pointer, String>,
}

impl Homes {
    pub(in crate::diff) fn of(old: &Reading, new: &Reading) -> Self {
        let mut homes = Self::default();
        homes.add(&old.planned.krate);
        homes.add(&new.planned.krate);
        homes
    }

    fn add(&mut self, krate: &Crate) {
        for resource in krate.all_resources() {
            let dotted = resource.dotted();
            for method in &resource.methods {
                let ids = method.ids.iter().cloned();
                self.operations.extend(ids.map(|id| (id, dotted.clone())));
            }
        }
        for (resource, item) in krate.document_types() {
            let home = resource.map_or_else(|| TYPES.to_owned(), Resource::dotted);
            self.types.insert(place(item).clone(), home);
        }
    }

    /// The resource of an operation.
    pub(in crate::diff) fn operation(&self, id: &str) -> String {
        let home = self.operations.get(id);
        home.map_or_else(|| CLIENT.to_owned(), Clone::clone)
    }

    /// The resource whose module has the type of a schema.
    pub(in crate::diff) fn schema(&self, at: &Pointer) -> Option<&String> {
        self.types.get(at)
    }
}

/// Where the document defines a type.
pub(in crate::diff) fn place(item: &TypeItem) -> &Pointer {
    match item {
        TypeItem::Model(item) => &item.at,
        TypeItem::Enum(item) => &item.at,
        TypeItem::Union(item) => &item.at,
    }
}

/// Modules and a name as a path: `pets::Pet`.
pub(in crate::diff) fn path(module: &[Ident], name: &Ident) -> String {
    let mut path: Vec<&str> = module.iter().map(Ident::as_str).collect();
    path.push(name.as_str());
    path.join("::")
}
