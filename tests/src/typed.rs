//! Which Rust type each schema of a document has become: the meaning and the crate, walked side by side.

use std::collections::{HashMap, HashSet};

use generator::Planned;
use generator::api::{
    AnswerKind, BodyKind, Object, Operation, Origin, Parameter, Schema, SchemaId, Shape,
};
use generator::model::{
    Answer, Argument, Method, Model, Place, RustType, TypeItem, TypeKind, TypePath,
};
use generator::plan::names::Ident;
use serde_json::Value;

use crate::validity::Schemas;

/// References and compositions of one part that may follow each other.
const LONGEST_CHAIN: usize = 24;

/// The types by the places of their schemas (JSON pointers).
#[derive(Debug, Default)]
pub struct Types {
    of_place: HashMap<String, RustType>,
    /// Objects that are arguments of a call: the type of each member.
    members: HashMap<String, Vec<(String, RustType)>>,
}

/// What a schema has become.
#[derive(Debug)]
pub enum Typed<'t> {
    /// A type.
    Whole(&'t RustType),
    /// The arguments of a call, by their names on the wire.
    Members(&'t [(String, RustType)]),
}

impl Types {
    /// The types of all schemas that operations reach.
    pub fn of(planned: &Planned) -> Self {
        let mut walk = Walk {
            planned,
            items: planned
                .krate
                .document_types()
                .map(|(resource, item)| {
                    let module = planned.krate.module_of(resource).to_vec();
                    ((module, item.name().clone()), item)
                })
                .collect(),
            seen: HashSet::new(),
            open: Vec::new(),
            types: Self::default(),
        };
        for (_, method) in planned.krate.methods() {
            for operation in &planned.api.operations {
                if method.ids.contains(&operation.id) {
                    walk.operation(operation, method);
                }
            }
        }
        walk.on();
        let merged = planned
            .api
            .schemas
            .iter()
            .filter(|schema| is_merged_form(schema));
        let merged: HashSet<&str> = merged.map(|schema| schema.at.as_str()).collect();
        // Errors are nobody's output, and their types stand where their schemas do.
        for ((module, name), item) in walk.items {
            let kind = match item {
                TypeItem::Model(_) => TypeKind::Plain,
                TypeItem::Enum(_) => TypeKind::Enum,
                TypeItem::Union(_) => TypeKind::Union,
            };
            let at = match item {
                TypeItem::Model(item) => &item.at,
                TypeItem::Enum(item) => &item.at,
                TypeItem::Union(item) => &item.at,
            };
            let ty = RustType::Named(TypePath { module, name, kind });
            if !merged.contains(at.as_str()) {
                let place = walk.types.of_place.entry(at.as_str().to_owned());
                place.or_insert(ty);
            }
        }
        walk.types
    }

    /// What the schema at a place has become; where it only stands for another one, what that has.
    pub fn at(&self, document: &Value, place: &str) -> Option<Typed<'_>> {
        let mut place = place.to_owned();
        for _ in 0..LONGEST_CHAIN {
            // A union may be known by the place of its alternatives.
            let places = [
                place.clone(),
                format!("{place}/oneOf"),
                format!("{place}/anyOf"),
            ];
            if let Some(ty) = places.iter().find_map(|place| self.of_place.get(place)) {
                return Some(Typed::Whole(ty));
            }
            if let Some(members) = self.members.get(&place) {
                return Some(Typed::Members(members));
            }
            let schema = document.pointer(&place)?;
            place = Schemas::reference(schema).or_else(|| only_part(schema, &place))?;
        }
        None
    }
}

/// The one part that a composition has beside `null`.
fn only_part(schema: &Value, at: &str) -> Option<String> {
    ["allOf", "oneOf", "anyOf"].into_iter().find_map(|key| {
        let parts = schema.get(key)?.as_array()?;
        let is_null = |part: &Value| part.get("type").is_some_and(|kind| kind == "null");
        let mut parts = parts.iter().enumerate().filter(|(_, part)| !is_null(part));
        match (parts.next(), parts.next()) {
            (Some((index, _)), None) => Some(format!("{at}/{key}/{index}")),
            _ => None,
        }
    })
}

struct Walk<'p> {
    planned: &'p Planned,
    /// By module and name.
    items: HashMap<(Vec<Ident>, Ident), &'p TypeItem>,
    seen: HashSet<SchemaId>,
    open: Vec<(SchemaId, RustType)>,
    types: Types,
}

impl<'p> Walk<'p> {
    fn operation(&mut self, operation: &'p Operation, method: &'p Method) {
        let required = method.required.iter().flat_map(|required| &required.fields);
        let arguments: Vec<&Argument> = method
            .arguments
            .iter()
            .chain(required)
            .chain(&method.setters)
            .collect();
        for argument in &arguments {
            for parameter in &operation.parameters {
                if is_of(parameter, &argument.place) {
                    self.note(parameter.at.as_str(), &argument.ty);
                    self.open.push((parameter.schema, argument.ty.clone()));
                }
            }
        }
        self.body(operation, method, &arguments);
        self.answers(operation, method);
    }

    fn body(&mut self, operation: &'p Operation, method: &Method, arguments: &[&Argument]) {
        let Some(body) = &operation.body else { return };
        let (schema, form) = match &body.kind {
            BodyKind::Json(schema) => (*schema, None),
            BodyKind::Lines(schema) => (*schema, None),
            BodyKind::Form(form) | BodyKind::Multipart(Some(form)) => (form.schema, Some(form)),
            BodyKind::Multipart(None) | BodyKind::Bytes => return,
        };
        let whole = arguments
            .iter()
            .find_map(|argument| match (&argument.place, &argument.ty) {
                (Place::Body, ty) => Some(ty),
                (Place::Lines, ty) => Some(inner(ty)),
                _ => None,
            });
        if let Some(ty) = whole {
            self.open.push((schema, ty.clone()));
            return;
        }
        let schema = self.planned.api.schema(schema);
        let Shape::Object(object) = &schema.shape else {
            return;
        };
        let mut members = Vec::new();
        for property in &object.properties {
            let is_there = |place: &Place| match place {
                Place::BodyField(name) | Place::FormField { name, .. } => *name == property.name,
                Place::Part { name, .. } => *name == property.name && form.is_some(),
                _ => false,
            };
            if method.constants.iter().any(|one| is_there(&one.place)) {
                members.push((property.name.clone(), RustType::String));
            }
            let argument = arguments.iter().find(|argument| is_there(&argument.place));
            if let Some(argument) = argument {
                self.note(property.at.as_str(), &argument.ty);
                self.open.push((property.schema, argument.ty.clone()));
                members.push((property.name.clone(), bare(&argument.ty).clone()));
            }
        }
        self.types
            .members
            .entry(schema.at.as_str().to_owned())
            .or_insert(members);
    }

    fn answers(&mut self, operation: &'p Operation, method: &'p Method) {
        let success = &operation.success;
        let others = success
            .others
            .iter()
            .map(|other| (&other.status, &other.kind));
        for (status, kind) in std::iter::once((&success.status, &success.kind)).chain(others) {
            let ty = match &method.answer {
                Answer::ByStatus(answer) => {
                    let status = status.parse::<u16>().unwrap_or(200);
                    let variant = answer.variants.iter().find(|variant| {
                        (variant.statuses.0..=variant.statuses.1).contains(&status)
                    });
                    variant.and_then(|variant| variant.ty.as_ref())
                }
                _ => Some(&method.output),
            };
            match (kind, ty) {
                (AnswerKind::Json { schema, .. }, Some(ty)) => {
                    self.open.push((*schema, ty.clone()))
                }
                (AnswerKind::Lines(schema), Some(ty)) => {
                    self.open.push((*schema, inner(ty).clone()))
                }
                _ => {}
            }
        }
    }

    fn note(&mut self, at: &str, ty: &RustType) {
        let ty = bare(ty);
        if is_of_json(ty) {
            let place = self.types.of_place.entry(at.to_owned());
            place.or_insert_with(|| ty.clone());
        }
    }

    /// Goes on until every schema has had its turn.
    fn on(&mut self) {
        while let Some((id, ty)) = self.open.pop() {
            let schema = self.planned.api.schema(id);
            if !is_merged_form(schema) {
                self.note(schema.at.as_str(), &ty);
            }
            if !self.seen.insert(id) {
                continue;
            }
            match (&schema.shape, bare(&ty)) {
                (Shape::List(items), RustType::Vec(ty)) => self.open.push((*items, (**ty).clone())),
                (Shape::Map(values), RustType::Map(ty)) => {
                    self.open.push((*values, (**ty).clone()))
                }
                (shape, RustType::Named(path)) => {
                    let key = (path.module.clone(), path.name.clone());
                    match (shape, self.items.get(&key).copied()) {
                        (Shape::Object(object), Some(TypeItem::Model(model))) => {
                            self.model(object, model)
                        }
                        (Shape::Union(union), Some(TypeItem::Union(item))) => {
                            for (member, variant) in union.members.iter().zip(&item.variants) {
                                self.open.push((member.schema, variant.ty.clone()));
                            }
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }

    fn model(&mut self, object: &'p Object, model: &'p Model) {
        for property in &object.properties {
            let mut fields = model.fields.iter();
            if let Some(field) = fields.find(|field| field.wire_name == property.name) {
                self.note(property.at.as_str(), &field.ty);
                self.open.push((property.schema, field.ty.clone()));
            }
        }
        if let (Some(values), Some((_, ty))) = (object.additional, &model.additional) {
            self.open.push((values, inner(ty).clone()));
        }
    }
}

/// Whether a schema is a component with the keys that stand beside the union whose form it is: more than the
/// component by itself, which has the same place.
fn is_merged_form(schema: &Schema) -> bool {
    let is_component = schema
        .at
        .as_str()
        .strip_prefix("/components/schemas/")
        .is_some_and(|name| !name.contains('/'));
    is_component && matches!(schema.origin, Origin::Member(..))
}

fn is_of(parameter: &Parameter, place: &Place) -> bool {
    match place {
        Place::Path { name, .. } => *name == parameter.name,
        Place::Parameter { name, location, .. } => {
            *name == parameter.name && *location == parameter.location
        }
        _ => false,
    }
}

/// A type without what says that it may not be there.
fn bare(ty: &RustType) -> &RustType {
    match ty {
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => bare(inner),
        other => other,
    }
}

/// The elements of a list or the values of a map.
fn inner(ty: &RustType) -> &RustType {
    match bare(ty) {
        RustType::Vec(inner) | RustType::Map(inner) => inner,
        other => other,
    }
}

/// Whether values of a type are JSON: files and streams are not, and scopes are plain texts.
fn is_of_json(ty: &RustType) -> bool {
    match ty {
        RustType::Unit | RustType::ByteStream | RustType::Part => false,
        RustType::Named(path) => path.kind != TypeKind::Scope,
        RustType::Vec(inner) | RustType::Map(inner) | RustType::Option(inner) => is_of_json(inner),
        _ => true,
    }
}
