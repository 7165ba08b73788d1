//! Where in the document the parts of an item come from.

use std::collections::HashMap;

use crate::api::{AnswerKind, Api, BodyKind, Operation, Property, SchemaId, Shape};
use crate::model::Place;
use crate::pointer::Pointer;

use super::items::Key;

/// How deep lists and maps are followed.
const DEEP: usize = 32;

/// Looks things up in an API.
pub(super) struct Lookup<'a> {
    pub(super) api: &'a Api,
    schemas: HashMap<&'a Pointer, SchemaId>,
    operations: HashMap<&'a str, &'a Operation>,
    /// Where schemas stand that no signature has: bodies of failures, members beside a result.
    beside: HashMap<&'a Pointer, Vec<Pointer>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let schemas = api.schemas.iter().enumerate();
        let operations = api.operations.iter();
        Self {
            api,
            schemas: schemas
                .map(|(index, schema)| (&schema.at, SchemaId(index)))
                .collect(),
            operations: operations
                .map(|operation| (operation.id.as_str(), operation))
                .collect(),
            beside: beside(api),
        }
    }

    /// What a type comes from.
    pub(super) fn type_at(&self, at: &Pointer) -> Vec<Key> {
        let beside = self.beside.get(at).into_iter().flatten();
        std::iter::once(Key::at(at))
            .chain(beside.map(Key::remote))
            .collect()
    }

    pub(super) fn shape(&self, at: &Pointer) -> Option<&'a Shape> {
        let schema = self.schemas.get(at)?;
        Some(&self.api.schema(*schema).shape)
    }

    pub(super) fn operation(&self, id: &str) -> Option<&'a Operation> {
        self.operations.get(id).copied()
    }

    /// A schema, and what its lists and maps hold until there is a type of its own.
    pub(super) fn schema(&self, schema: SchemaId) -> Vec<Key> {
        let mut keys = Vec::new();
        let mut next = Some(schema);
        while let Some(id) = next.filter(|_| keys.len() < DEEP) {
            let schema = self.api.schema(id);
            keys.push(Key::at(&schema.at));
            next = match &schema.shape {
                Shape::List(below) | Shape::Map(below) => Some(*below),
                _ => None,
            };
        }
        keys
    }

    pub(super) fn property(&self, property: &Property) -> Vec<Key> {
        let mut keys = vec![Key::at(&property.at)];
        keys.extend(self.schema(property.schema));
        keys
    }

    /// A property of the object that stands at a place.
    pub(super) fn field(&self, object: &Pointer, name: &str) -> Vec<Key> {
        let mut keys = match self.shape(object) {
            Some(Shape::Object(object)) => {
                let property = object.properties.iter().find(|one| one.name == name);
                property.map(|one| self.property(one)).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        keys.push(Key::remote(object));
        keys
    }

    /// What an argument of a call comes from.
    pub(super) fn argument(&self, operation: &Operation, place: &Place) -> Vec<Key> {
        let body = || -> Vec<Key> {
            let Some(body) = &operation.body else {
                return Vec::new();
            };
            let mut keys = vec![Key::remote(&body.at)];
            if let Some(schema) = body_schema(&body.kind) {
                let at = self.schema(schema).into_iter();
                keys.extend(at.map(|key| Key {
                    remote: true,
                    ..key
                }));
            }
            keys
        };
        match place {
            Place::Scope => vec![Key::remote(&operation.at)],
            Place::Path { name, .. } | Place::Parameter { name, .. } => {
                let parameter = operation.parameters.iter().find(|one| one.name == *name);
                let mut keys = Vec::new();
                if let Some(parameter) = parameter {
                    keys.push(Key::at(&parameter.at));
                    keys.extend(self.schema(parameter.schema));
                }
                keys
            }
            Place::BodyField(name)
            | Place::FormField { name, .. }
            | Place::Part { name, .. }
            | Place::DeepPart(name)
            | Place::File { name, .. } => {
                let mut keys = self.member(operation, name);
                keys.extend(body());
                keys
            }
            Place::Lines | Place::Body | Place::Bytes => {
                let keys = body().into_iter();
                keys.map(|key| Key {
                    remote: false,
                    ..key
                })
                .collect()
            }
        }
    }

    fn member(&self, operation: &Operation, name: &str) -> Vec<Key> {
        let schema = operation
            .body
            .as_ref()
            .and_then(|body| body_schema(&body.kind));
        let Some(Shape::Object(object)) = schema.map(|id| &self.api.schema(id).shape) else {
            return Vec::new();
        };
        let property = object.properties.iter().find(|one| one.name == name);
        property.map(|one| self.property(one)).unwrap_or_default()
    }

    /// What a call gives comes from.
    pub(super) fn output(&self, operation: &Operation) -> Vec<Key> {
        let success = &operation.success;
        let mut keys = vec![Key::at(&success.at)];
        let others = success.others.iter().map(|other| &other.kind);
        for kind in std::iter::once(&success.kind).chain(others) {
            if let AnswerKind::Json { schema, .. } | AnswerKind::Lines(schema) = kind {
                keys.extend(self.schema(*schema));
            }
        }
        keys.extend(
            success
                .events
                .into_iter()
                .flat_map(|events| self.schema(events)),
        );
        keys
    }
}

fn beside(api: &Api) -> HashMap<&Pointer, Vec<Pointer>> {
    let mut beside: HashMap<&Pointer, Vec<Pointer>> = HashMap::new();
    for operation in &api.operations {
        for error in &operation.errors {
            let at = operation.at.child("responses").child(&error.status);
            let of = &api.schema(error.schema).at;
            beside.entry(of).or_default().push(at);
        }
        for (_, companion) in &operation.success.companions {
            let of = &api.schema(*companion).at;
            let at = operation.success.at.clone();
            beside.entry(of).or_default().push(at);
        }
    }
    beside
}

fn body_schema(kind: &BodyKind) -> Option<SchemaId> {
    match kind {
        BodyKind::Json(schema) | BodyKind::Lines(schema) => Some(*schema),
        BodyKind::Form(form) | BodyKind::Multipart(Some(form)) => Some(form.schema),
        BodyKind::Multipart(None) | BodyKind::Bytes => None,
    }
}
