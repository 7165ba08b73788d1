//! Types, their fields, constructors, setters and variants.

use crate::api::Shape;
use crate::diff::wire::{TYPES, path};
use crate::model::{Enum, Field, Model, Resource, RustType, TypeItem, Union};
use crate::plan::names::Ident;

use super::items::{Items, Key, Part, is_exact, listed};
use super::keys::Lookup;

impl Items<'_> {
    pub(super) fn types(&mut self) {
        let krate = &self.reading.planned.krate;
        let lookup = Lookup::of(&self.reading.planned.api);
        for (resource, item) in krate.document_types() {
            self.group = resource.map_or_else(|| TYPES.to_owned(), Resource::dotted);
            self.item(krate.module_of(resource), item, &lookup);
        }
        TYPES.clone_into(&mut self.group);
    }

    fn item(&mut self, module: &[Ident], item: &TypeItem, lookup: &Lookup<'_>) {
        let name = self.names.path(module, item.name());
        let real = path(module, item.name());
        match item {
            TypeItem::Model(model) => {
                self.add(
                    name.clone(),
                    format!("struct {real}"),
                    lookup.type_at(&model.at),
                    Vec::new(),
                );
                self.model(&name, module, model, lookup);
            }
            TypeItem::Enum(item) => {
                self.add(
                    name.clone(),
                    format!("enum {real}"),
                    lookup.type_at(&item.at),
                    Vec::new(),
                );
                self.variants(&name, item);
            }
            TypeItem::Union(union) => {
                self.add(
                    name.clone(),
                    format!("enum {real}"),
                    lookup.type_at(&union.at),
                    Vec::new(),
                );
                self.union(&name, union, lookup);
            }
        }
    }

    fn model(&mut self, name: &str, module: &[Ident], model: &Model, lookup: &Lookup<'_>) {
        for field in &model.fields {
            let keys = lookup.field(&model.at, &field.wire_name);
            let uses = self.names.uses(&field.ty);
            let ty = self.names.ty(&field.ty);
            self.add(format!("{name}.{}", field.name), ty, keys, uses);
        }
        if let Some((field, ty)) = &model.additional {
            let keys = vec![Key::at(&model.at)];
            let uses = self.names.uses(ty);
            let ty = format!("BTreeMap<String, {}>", self.names.ty(ty));
            self.add(format!("{name}.{field}"), ty.clone(), keys.clone(), uses);
            if model.constructible {
                let setter = format!("{name}::{field}()");
                self.add(setter, format!("({ty})"), keys, Vec::new());
            }
        }
        if model.constructible {
            self.constructor(name, module, model, lookup);
        }
    }

    fn constructor(&mut self, name: &str, module: &[Ident], model: &Model, lookup: &Lookup<'_>) {
        let needed = model.fields.iter().filter(|field| field.required);
        let parts: Vec<Part> = needed
            .map(|field| self.part(model, field, lookup))
            .collect();
        let keys = vec![Key::remote(&model.at)];
        let arguments = match &model.required {
            None => parts,
            Some(required) => {
                let required = path(module, required);
                let fields = listed(&parts);
                // Fields are no arguments: nothing converts into them.
                let parts = parts.into_iter().map(|part| Part {
                    exact: false,
                    ..part
                });
                self.add_of_parts(
                    required.clone(),
                    fields,
                    parts.collect(),
                    keys.clone(),
                    Vec::new(),
                );
                vec![Part {
                    id: "required".to_owned(),
                    text: required,
                    exact: false,
                    keys: keys.clone(),
                }]
            }
        };
        let signature = listed(&arguments);
        self.add_of_parts(
            format!("{name}::new()"),
            signature,
            arguments,
            keys,
            Vec::new(),
        );
        for field in model.fields.iter().filter(|field| !field.required) {
            let part = self.part(model, field, lookup);
            let setter = format!("{name}::{}()", field.name);
            let (signature, keys) = (format!("({})", part.text), part.keys.clone());
            self.add_of_parts(setter, signature, vec![part], keys, Vec::new());
        }
    }

    fn part(&self, model: &Model, field: &Field, lookup: &Lookup<'_>) -> Part {
        // A setter takes the value itself.
        let ty = match &field.ty {
            RustType::Option(inner) if !field.required => inner,
            ty => ty,
        };
        Part {
            id: field.wire_name.clone(),
            text: self.names.ty(ty),
            exact: is_exact(ty),
            keys: lookup.field(&model.at, &field.wire_name),
        }
    }

    fn variants(&mut self, name: &str, item: &Enum) {
        for variant in &item.variants {
            let keys = vec![Key::value(&item.at, &variant.wire_value)];
            self.add(format!("{name}::{}", variant.name), "", keys, Vec::new());
        }
        let keys = vec![Key::remote(&item.at)];
        let unknown = format!("{name}::{}", item.unknown);
        self.add(unknown, "(String)", keys, Vec::new());
    }

    fn union(&mut self, name: &str, union: &Union, lookup: &Lookup<'_>) {
        let members = match lookup.shape(&union.at) {
            Some(Shape::Union(shape)) if shape.members.len() == union.variants.len() => {
                shape.members.as_slice()
            }
            _ => &[],
        };
        for (index, variant) in union.variants.iter().enumerate() {
            let mut keys = vec![Key::remote(&union.at)];
            if let Some(member) = members.get(index) {
                keys.push(Key::value(&union.at, &member.name));
                keys.extend(lookup.schema(member.schema));
            }
            let ty = self.names.ty(&variant.ty);
            let uses = self.names.uses(&variant.ty);
            let held = format!("({ty})");
            self.add(
                format!("{name}::{}", variant.name),
                held,
                keys.clone(),
                uses,
            );
            if variant.converts {
                self.add(format!("{name}: From<{ty}>"), "", keys, Vec::new());
            }
        }
        let unknown = format!("{name}::{}", union.unknown);
        let keys = vec![Key::remote(&union.at)];
        self.add(unknown, "(JsonValue)", keys, Vec::new());
    }
}
