//! The places of a crate at which types stand.

use crate::model::{Crate, RustType, TypeItem};

use super::names::{Names, all};

/// Every place, by what it is called, with its type.
pub(super) fn slots<'c>(krate: &'c Crate, names: &Names) -> Vec<(String, &'c RustType)> {
    let mut slots = Vec::new();
    for (module, item) in all(krate) {
        let name = names.path(module, item.name());
        match item {
            TypeItem::Model(model) => {
                let fields = model.fields.iter();
                slots
                    .extend(fields.map(|field| (format!("{name}.{}", field.wire_name), &field.ty)));
                let additional = model.additional.iter();
                slots.extend(additional.map(|(_, ty)| (format!("{name}{{}}"), ty)));
            }
            TypeItem::Union(union) => {
                let variants = union.variants.iter();
                slots.extend(variants.map(|one| (format!("{name}::{}", one.name), &one.ty)));
            }
            TypeItem::Enum(_) => {}
        }
    }
    for (_, method) in krate.methods() {
        // A method is the same one where it sends the same request.
        let call = method.requests.join(" ");
        slots.push((format!("{call} gives"), &method.output));
        let required = method.required.iter().flat_map(|required| &required.fields);
        let all = method
            .arguments
            .iter()
            .chain(required)
            .chain(&method.setters);
        slots.extend(all.map(|one| (format!("{call} {:?}", one.place), &one.ty)));
    }
    slots
}
