//! Types, their fields, constructors, setters and variants.

use crate::api::Shape;
use crate::diff::wire::{TYPES, path};
use crate::model::{Enum, Field, Model, Resource, RustType, TypeItem, Union};
use crate::plan::names::Ident;

use super::code;
use super::items::{Items, Key, Part, is_exact, listed};
use super::keys::Lookup;
use super::names::Names;

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
        let library = &self.reading.planned.krate.package.library;
        match item {
            TypeItem::Model(model) => {
                let signature = format!("struct {real}");
                self.add(
                    name.clone(),
                    signature,
                    lookup.type_at(&model.at),
                    Vec::new(),
                )
                .code = code::import(library, &real);
                self.model(&name, module, model, lookup);
            }
            TypeItem::Enum(item) => {
                let signature = format!("enum {real}");
                self.add(
                    name.clone(),
                    signature,
                    lookup.type_at(&item.at),
                    Vec::new(),
                )
                .code = code::import(library, &real);
                self.variants(&name, &real, item);
            }
            TypeItem::Union(union) => {
                let signature = format!("enum {real}");
                self.add(
                    name.clone(),
                    signature,
                    lookup.type_at(&union.at),
                    Vec::new(),
                )
                .code = code::import(library, &real);
                self.union(&name, &real, union, lookup);
            }
        }
    }

    fn model(&mut self, name: &str, module: &[Ident], model: &Model, lookup: &Lookup<'_>) {
        let real = path(module, &model.name);
        for field in &model.fields {
            let keys = lookup.field(&model.at, &field.wire_name);
            let uses = self.names.uses(&field.ty);
            let ty = self.names.ty(&field.ty);
            self.add(format!("{name}.{}", field.name), ty, keys, uses)
                .code = code::field(&real, &field.name, &Names::default().ty(&field.ty));
        }
        if let Some((field, further)) = &model.additional {
            let keys = vec![Key::at(&model.at)];
            let uses = self.names.uses(further);
            let ty = format!("BTreeMap<String, {}>", self.names.ty(further));
            let own = format!("BTreeMap<String, {}>", Names::default().ty(further));
            self.add(format!("{name}.{field}"), ty.clone(), keys.clone(), uses)
                .code = code::field(&real, field, &own);
            if model.constructible {
                let setter = format!("{name}::{field}()");
                self.add(setter, format!("({ty})"), keys, Vec::new()).code =
                    code::set("value", &real, field, (field.to_string(), own));
            }
        }
        if model.constructible {
            self.constructor(name, module, model, lookup);
        }
    }

    fn constructor(&mut self, name: &str, module: &[Ident], model: &Model, lookup: &Lookup<'_>) {
        let real = path(module, &model.name);
        let needed = model.fields.iter().filter(|field| field.is_needed());
        let given = code::fields(needed.clone());
        let mut made = code::made(&format!("{real}::new"), &given);
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
                )
                .code = code::written_out(&required, &given);
                made = code::made(
                    &format!("{real}::new"),
                    &[("required".to_owned(), required.clone())],
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
        )
        .code = made;
        for field in model.fields.iter().filter(|field| !field.required) {
            let part = self.part(model, field, lookup);
            let setter = format!("{name}::{}()", field.name);
            let (signature, keys) = (format!("({})", part.text), part.keys.clone());
            let ty = Names::default().ty(taken(field));
            self.add_of_parts(setter, signature, vec![part], keys, Vec::new())
                .code = code::set("value", &real, &field.name, (field.name.to_string(), ty));
        }
    }

    fn part(&self, model: &Model, field: &Field, lookup: &Lookup<'_>) -> Part {
        let ty = taken(field);
        Part {
            id: field.wire_name.clone(),
            text: self.names.ty(ty),
            exact: is_exact(ty),
            keys: lookup.field(&model.at, &field.wire_name),
        }
    }

    /// `real` is the path that the type has on its own side.
    fn variants(&mut self, name: &str, real: &str, item: &Enum) {
        for variant in &item.variants {
            let keys = vec![Key::value(&item.at, &variant.wire_value)];
            let path = format!("{name}::{}", variant.name);
            self.add(path, "", keys, Vec::new()).code = code::variant(real, &variant.name, None);
        }
        let keys = vec![Key::remote(&item.at)];
        let unknown = format!("{name}::{}", item.unknown);
        self.add(unknown, "(String)", keys, Vec::new()).code =
            code::variant(real, &item.unknown, Some("String"));
    }

    fn union(&mut self, name: &str, real: &str, union: &Union, lookup: &Lookup<'_>) {
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
            let own = Names::default().ty(&variant.ty);
            let path = format!("{name}::{}", variant.name);
            self.add(path, held, keys.clone(), uses).code =
                code::variant(real, &variant.name, Some(&own));
            if variant.converts {
                let made = code::made(&format!("{real}::from"), &[("held".to_owned(), own)]);
                self.add(format!("{name}: From<{ty}>"), "", keys, Vec::new())
                    .code = made;
            }
        }
        let unknown = format!("{name}::{}", union.unknown);
        let keys = vec![Key::remote(&union.at)];
        self.add(unknown, "(JsonValue)", keys, Vec::new()).code =
            code::variant(real, &union.unknown, Some("JsonValue"));
    }
}

/// What a setter or an argument takes: the value itself.
fn taken(field: &Field) -> &RustType {
    match &field.ty {
        RustType::Option(inner) if !field.required => inner,
        ty => ty,
    }
}
