//! The arena: every schema that an operation reaches, lowered once.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use super::Lowering;
use super::facts::{Additional, Facts, Form, Kind, ObjectFacts};
use super::references::{Node, Place};
use super::secrets::is_secret;
use crate::api::{Object, Origin, Property, Schema, SchemaId, Shape, TextFormat};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// How deep unnamed schemas may nest.
const DEEPEST: usize = 128;

/// How many schemas may be made by merging. Nothing sensible comes near; without a bound, cycles of
/// different lengths that are merged with each other would multiply.
const MOST_MERGED: usize = 20_000;

/// Schemas by id, and those whose bodies are still to be made.
#[derive(Debug, Default)]
pub(super) struct Arena<'d> {
    schemas: Vec<Schema>,
    ids: HashMap<Key, SchemaId>,
    merged: usize,
    queue: VecDeque<Job<'d>>,
}

/// What makes a schema the same: what it is made of, and whether `null` is allowed here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    addresses: Vec<usize>,
    nullable: bool,
    /// Whether it is a form of a union that no schema of the document is by itself.
    is_form: bool,
}

/// A body to be made.
#[derive(Debug)]
pub(super) struct Job<'d> {
    pub(super) id: SchemaId,
    pub(super) facts: Rc<Facts<'d>>,
    /// How many unnamed schemas are around it.
    pub(super) depth: usize,
}

impl Arena<'_> {
    /// The schemas, in the order of their ids.
    pub(super) fn into_schemas(self) -> Vec<Schema> {
        self.schemas
    }
}

/// A schema where it is used.
#[derive(Clone, Debug)]
pub(super) struct Use<'d> {
    pub(super) id: SchemaId,
    /// What is said of it here.
    pub(super) facts: Rc<Facts<'d>>,
}

impl<'d> Lowering<'d> {
    /// The schema that all the places describe; none: anything.
    pub(super) fn schema(&mut self, places: &[Place<'d>], origin: Origin, at: &Pointer) -> Use<'d> {
        self.schema_at_depth(places, origin, at, 0)
    }

    /// A plain string that the document doesn't describe.
    pub(super) fn plain_text(&mut self, origin: Origin, at: &Pointer) -> SchemaId {
        let mut facts = Facts::anything(at.clone());
        facts.kind = Kind::Text(TextFormat::Plain);
        self.add(&Rc::new(facts), false, origin, 0)
    }

    /// Any JSON value, null included, that the document doesn't describe.
    pub(super) fn anything_or_null(&mut self, origin: Origin, at: &Pointer) -> SchemaId {
        self.add(&Rc::new(Facts::anything(at.clone())), true, origin, 0)
    }

    /// Makes the bodies of all schemas that have an id, and of those that they lead to.
    pub(super) fn finish_schemas(&mut self) {
        while let Some(job) = self.arena.queue.pop_front() {
            let shape = self.shape(&job);
            if let Some(schema) = self.arena.schemas.get_mut(job.id.0) {
                schema.shape = shape;
            }
        }
    }

    fn schema_at_depth(
        &mut self,
        places: &[Place<'d>],
        origin: Origin,
        at: &Pointer,
        depth: usize,
    ) -> Use<'d> {
        let at = places.last().map_or(at, |place| &place.at);
        let facts = self.facts_together(places, at);
        let id = match &facts.alias {
            Some(node) => {
                let node = node.clone();
                self.named_or_inline(&node, facts.nullable, origin, depth)
            }
            None => self.merged(places, &facts, origin, depth),
        };
        Use { id, facts }
    }

    /// A schema that stands in the document as it is.
    fn named_or_inline(
        &mut self,
        node: &Node<'d>,
        nullable: bool,
        origin: Origin,
        depth: usize,
    ) -> SchemaId {
        let key = Key {
            addresses: vec![node.address()],
            nullable,
            is_form: false,
        };
        let (origin, depth) = match node.component {
            Some(name) => (Origin::Component(name.to_owned()), 0),
            None => (origin, depth),
        };
        let facts = self.facts(node);
        self.known_or_new(key, &facts, nullable, origin, depth)
    }

    /// A schema that several places describe together.
    fn merged(
        &mut self,
        places: &[Place<'d>],
        facts: &Rc<Facts<'d>>,
        origin: Origin,
        depth: usize,
    ) -> SchemaId {
        let nodes: Vec<Node<'d>> = places
            .iter()
            .filter_map(|place| self.resolve(place))
            .collect();
        if nodes.is_empty() {
            return self.add(facts, facts.nullable, origin, depth);
        }
        let key = Key {
            addresses: nodes.iter().map(Node::address).collect(),
            nullable: facts.nullable,
            is_form: false,
        };
        self.known_or_merged(key, facts, facts.nullable, origin, depth)
    }

    /// A form of a union; never null.
    pub(super) fn union_form(&mut self, form: &Form<'d>, origin: Origin, depth: usize) -> SchemaId {
        if let Some(node) = &form.facts.alias {
            return self.named_or_inline(&node.clone(), false, origin, depth);
        }
        let key = Key {
            addresses: form.facts.made_of.clone(),
            nullable: false,
            is_form: true,
        };
        if key.addresses.is_empty() {
            return self.add(&form.facts, false, origin, depth);
        }
        self.known_or_merged(key, &form.facts, false, origin, depth)
    }

    fn known_or_merged(
        &mut self,
        key: Key,
        facts: &Rc<Facts<'d>>,
        nullable: bool,
        origin: Origin,
        depth: usize,
    ) -> SchemaId {
        if !self.arena.ids.contains_key(&key) {
            self.arena.merged += 1;
        }
        if self.arena.merged > MOST_MERGED {
            let facts = self.too_many_merged(&facts.at);
            return self.known_or_new(key, &facts, true, origin, depth);
        }
        self.known_or_new(key, facts, nullable, origin, depth)
    }

    /// Where a schema stands, in the document's terms.
    pub(super) fn origin(&self, id: SchemaId) -> Option<&Origin> {
        self.arena.schemas.get(id.0).map(|schema| &schema.origin)
    }

    fn too_many_merged(&mut self, at: &Pointer) -> Rc<Facts<'d>> {
        self.report(
            Code::UnsupportedSchema,
            at,
            "too many schemas come out of merging `allOf` members with each other",
            "any JSON value is taken",
        );
        Rc::new(Facts::anything(at.clone()))
    }

    fn known_or_new(
        &mut self,
        key: Key,
        facts: &Rc<Facts<'d>>,
        nullable: bool,
        origin: Origin,
        depth: usize,
    ) -> SchemaId {
        if let Some(id) = self.arena.ids.get(&key) {
            return *id;
        }
        let id = self.add(facts, nullable, origin, depth);
        self.arena.ids.insert(key, id);
        id
    }

    fn add(
        &mut self,
        facts: &Rc<Facts<'d>>,
        nullable: bool,
        origin: Origin,
        depth: usize,
    ) -> SchemaId {
        let id = SchemaId(self.arena.schemas.len());
        self.arena.schemas.push(Schema {
            origin,
            shape: Shape::Any,
            nullable: nullable || matches!(facts.kind, Kind::Null),
            title: facts.title.map(str::to_owned),
            description: facts.description.map(str::to_owned),
            deprecated: facts.deprecated,
            example: facts.example.cloned(),
            default: facts.default.cloned(),
            listed: facts.listed.clone(),
            at: facts.at.clone(),
        });
        self.arena.queue.push_back(Job {
            id,
            facts: Rc::clone(facts),
            depth,
        });
        id
    }

    fn shape(&mut self, job: &Job<'d>) -> Shape {
        if job.depth > DEEPEST {
            self.report(
                Code::UnsupportedSchema,
                &job.facts.at,
                "schemas are nested too deeply",
                "any JSON value is taken; give one of the schemas around it a name in `components`",
            );
            return Shape::Any;
        }
        match &job.facts.kind {
            Kind::Any | Kind::Null => Shape::Any,
            Kind::Text(format) => Shape::Text(format.clone()),
            Kind::Integer(format) => Shape::Integer(*format),
            Kind::Number(format) => Shape::Number(*format),
            Kind::Boolean => Shape::Boolean,
            Kind::Enumeration(values) => {
                Shape::Enumeration(values.iter().map(|value| (*value).to_owned()).collect())
            }
            Kind::List(items) => {
                let at = job.facts.at.child("items");
                let origin = Origin::Items(job.id);
                Shape::List(self.schema_at_depth(items, origin, &at, job.depth + 1).id)
            }
            Kind::Object(object) => self.object(job, object),
            Kind::Union(forms) => self.union(job, forms),
        }
    }

    fn object(&mut self, job: &Job<'d>, object: &ObjectFacts<'d>) -> Shape {
        self.check_required(&job.facts.at, object);
        let is_map =
            object.properties.is_empty() && !matches!(object.additional, Additional::Forbidden);
        if is_map {
            return Shape::Map(self.values(job, object));
        }
        let properties = object
            .properties
            .iter()
            .map(|(name, places)| {
                let required = object.required.contains(name);
                self.property(job, name, places, required)
            })
            .collect();
        let has_typed_keys = matches!(object.additional, Additional::Any | Additional::Typed(_));
        Shape::Object(Object {
            properties,
            additional: has_typed_keys.then(|| self.values(job, object)),
        })
    }

    /// The schema of further keys.
    fn values(&mut self, job: &Job<'d>, object: &ObjectFacts<'d>) -> SchemaId {
        let at = job.facts.at.child("additionalProperties");
        let places = match &object.additional {
            Additional::Typed(places) => places.as_slice(),
            _ => &[],
        };
        self.schema_at_depth(places, Origin::Values(job.id), &at, job.depth + 1)
            .id
    }

    fn property(
        &mut self,
        job: &Job<'d>,
        name: &str,
        places: &[Place<'d>],
        required: bool,
    ) -> Property {
        let at = places
            .last()
            .map_or_else(|| job.facts.at.clone(), |place| place.at.clone());
        let origin = Origin::Property(job.id, name.to_owned());
        let Use { id, facts } = self.schema_at_depth(places, origin, &at, job.depth + 1);
        let secret = match &facts.kind {
            Kind::Text(format) => is_secret(name, format, facts.write_only, &self.config.secrets),
            _ => false,
        };
        let telling = is_secret(
            name,
            &TextFormat::Plain,
            facts.write_only,
            &self.config.secrets,
        );
        Property {
            name: name.to_owned(),
            schema: id,
            required,
            read_only: facts.read_only,
            write_only: facts.write_only,
            secret,
            telling,
            description: facts.description.map(str::to_owned),
            deprecated: facts.deprecated,
            at,
        }
    }

    fn check_required(&mut self, at: &Pointer, object: &ObjectFacts<'d>) {
        for name in &object.required {
            if !object.properties.contains_key(name) {
                self.report(
                    Code::UnknownRequiredProperty,
                    &at.child("required"),
                    format!("`required` names `{name}`, which is no property of the schema"),
                    "the name is left out",
                );
            }
        }
    }
}
