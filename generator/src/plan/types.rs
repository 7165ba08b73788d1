//! The types of the crate: which schemas become one, what it is called and where it stands.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::general::general;
use super::identical;
use super::names::{Ident, Names, Use, singular};
use super::reach::{Keys, Reached, Root, reach};
use super::recursion::{FieldId, Holds, boxed, infinite};
use super::resources::Standing;
use super::tree::{Tree, shared_types};
use crate::api::{Api, IntegerFormat, NumberFormat, Origin, Property, SchemaId, Shape, TextFormat};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{RustType, TypeKind, TypePath};
use crate::pointer::Pointer;

/// How deep lists and maps may nest without a type of their own between them.
const DEEPEST: usize = 32;

/// A schema that becomes a type.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) schema: SchemaId,
    pub(super) path: TypePath,
    /// Whether callers build it.
    pub(super) sent: bool,
    /// Whether answers have it.
    pub(super) received: bool,
    /// Whose methods reach it.
    pub(super) nodes: BTreeSet<usize>,
    /// The node in whose module it stands; none: in the shared one.
    home: Option<usize>,
}

/// All types of the crate.
pub(super) struct Types<'a> {
    api: &'a Api,
    pub(super) planned: Vec<Planned>,
    of_schema: HashMap<SchemaId, usize>,
    boxed: BTreeSet<FieldId>,
    infinite: BTreeSet<FieldId>,
    /// Every type name of the crate.
    pub(super) names: Rc<Names>,
}

/// Words for a call: how inline schemas of an operation are named.
pub(super) struct CallWords {
    /// `list service_tokens`, `create service_token`.
    pub(super) call: String,
    /// `service_tokens`.
    pub(super) resource: String,
    /// `access`, where a word more is needed.
    pub(super) parent: String,
    /// `list`.
    pub(super) method: String,
}

impl CallWords {
    pub(super) fn of(standing: &Standing) -> Self {
        let mut words = standing.resource.iter().rev();
        let resource = words.next().cloned().unwrap_or_default();
        let parent = words.next().cloned().unwrap_or_default();
        let many = standing.method.split('_').any(|word| word == "list");
        let thing = if many {
            resource.clone()
        } else {
            singular(&resource)
        };
        // `get_by_name` of a thing is spoken `get thing by name`.
        let method = standing.method.as_str();
        let tail = ["_by_", "_for_"]
            .iter()
            .filter_map(|word| method.find(word))
            .min();
        let (verb, tail) = method.split_at(tail.unwrap_or(method.len()));
        Self {
            call: format!("{verb} {thing}{tail}"),
            resource,
            parent,
            method: standing.method.clone(),
        }
    }
}

impl<'a> Types<'a> {
    /// Finds every type that the roots reach, names it and gives it a place.
    pub(super) fn plan(
        api: &'a Api,
        config: &Config,
        tree: &Tree,
        calls: &[CallWords],
        roots: &[Root],
        mut names: Names,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let by_place = Keys::by_place(api);
        let places = reach(api, roots, &by_place);
        let keys = identical::unify(api, config, &by_place, &places);
        let found = reach(api, roots, &keys);
        let mut merged = HashMap::new();
        let mut of_schema = HashMap::new();
        let mut planned = Vec::with_capacity(found.len());
        for reached in named_first(api, found) {
            let schema = reached.schema;
            let home = tree.meeting(&reached.nodes);
            let word = home.and_then(|node| tree.nodes[node].words.last());
            let natural = |schema| words(api, calls, &merged, schema);
            let name = match general(api, &reached, word.map(String::as_str), &natural) {
                Some(texts) => {
                    let name = names.mint_first(Use::Type, &texts, &[suffix(api, schema)]);
                    merged.insert(schema, name.bare().to_owned());
                    name
                }
                None => type_name(api, config, calls, &merged, schema, &mut names),
            };
            let module = match home {
                Some(node) => tree.nodes[node].path.clone(),
                None => vec![shared_types()],
            };
            let kind = match api.schema(schema).shape {
                Shape::Enumeration(_) => TypeKind::Enum,
                _ => TypeKind::Plain,
            };
            for id in &reached.schemas {
                of_schema.insert(*id, planned.len());
            }
            planned.push(Planned {
                schema,
                path: TypePath { module, name, kind },
                sent: reached.sent,
                received: reached.received,
                nodes: reached.nodes,
                home,
            });
        }
        for name in config.types.keys() {
            let known =
                |schema: &crate::api::Schema| schema.origin == Origin::Component(name.clone());
            if !api.schemas.iter().any(known) {
                diagnostics.push(Diagnostic::new(
                    Code::StaleConfiguration,
                    Pointer::root(),
                    format!(
                        "no operation reaches a schema `{name}`, which the configuration names"
                    ),
                ));
            }
        }
        let mut types = Self {
            api,
            planned,
            of_schema,
            boxed: BTreeSet::new(),
            infinite: BTreeSet::new(),
            names: Rc::new(names),
        };
        types.settle_recursion(diagnostics);
        types
    }

    /// The type of a schema's values, `null` aside.
    pub(super) fn rust_type(&self, schema: SchemaId) -> RustType {
        self.rust_type_at_depth(schema, 0)
    }

    fn rust_type_at_depth(&self, id: SchemaId, depth: usize) -> RustType {
        if let Some(index) = self.of_schema.get(&id) {
            return RustType::Named(self.planned[*index].path.clone());
        }
        if depth > DEEPEST {
            return RustType::Json;
        }
        match &self.api.schema(id).shape {
            Shape::Any | Shape::Object(_) | Shape::Enumeration(_) => RustType::Json,
            Shape::Text(TextFormat::Plain | TextFormat::Binary) => RustType::String,
            Shape::Text(TextFormat::DateTime) => RustType::Timestamp,
            Shape::Text(TextFormat::Date) => RustType::Date,
            Shape::Text(TextFormat::Password) => RustType::Secret,
            Shape::Integer(IntegerFormat::Int32) => RustType::I32,
            Shape::Integer(IntegerFormat::Int64) => RustType::I64,
            Shape::Integer(IntegerFormat::Uint32) => RustType::U32,
            Shape::Integer(IntegerFormat::Uint64) => RustType::U64,
            Shape::Number(NumberFormat::Float) => RustType::F32,
            Shape::Number(NumberFormat::Double) => RustType::F64,
            Shape::Boolean => RustType::Bool,
            Shape::List(items) => RustType::Vec(Box::new(self.element(*items, depth))),
            Shape::Map(values) => RustType::Map(Box::new(self.element(*values, depth))),
        }
    }

    /// An element of a list or a value of a map.
    fn element(&self, id: SchemaId, depth: usize) -> RustType {
        let ty = self.rust_type_at_depth(id, depth + 1);
        // Any JSON value can be null by itself.
        if self.api.schema(id).nullable && ty != RustType::Json {
            RustType::Option(Box::new(ty))
        } else {
            ty
        }
    }

    /// The values of further keys of an object.
    pub(super) fn values(&self, id: SchemaId) -> RustType {
        self.element(id, 0)
    }

    /// Whether the wire must have a property, as far as both directions agree.
    pub(super) fn is_required(&self, field: FieldId, property: &Property) -> bool {
        let planned = &self.planned[field.0];
        property.required
            && !self.infinite.contains(&field)
            && (!property.read_only || !planned.sent)
            && (!property.write_only || !planned.received)
    }

    /// The type of a field, with its options and boxes.
    pub(super) fn field_type(&self, field: FieldId, property: &Property) -> RustType {
        let plain = if property.secret {
            RustType::Secret
        } else {
            self.rust_type(property.schema)
        };
        let ty = if self.boxed.contains(&field) {
            RustType::Boxed(Box::new(plain))
        } else {
            plain
        };
        let required = self.is_required(field, property);
        optional(ty, required, self.api.schema(property.schema).nullable)
    }

    fn settle_recursion(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let mut holds = Vec::new();
        for (index, planned) in self.planned.iter().enumerate() {
            let Shape::Object(object) = &self.api.schema(planned.schema).shape else {
                continue;
            };
            for (number, property) in object.properties.iter().enumerate() {
                if let Some(target) = self.of_schema.get(&property.schema) {
                    let required = self.is_required((index, number), property)
                        && !self.api.schema(property.schema).nullable;
                    holds.push(Holds {
                        field: (index, number),
                        target: *target,
                        required,
                    });
                }
            }
        }
        let infinite = infinite(self.planned.len(), &holds);
        for (index, number) in &infinite {
            if let Shape::Object(object) = &self.api.schema(self.planned[*index].schema).shape {
                let property = &object.properties[*number];
                diagnostics.push(
                    Diagnostic::new(
                        Code::InfiniteSchema,
                        property.at.clone(),
                        format!("`{}` is required and leads back to its own schema, so no value can be complete", property.name),
                    )
                    .help("it is optional in Rust; take it out of `required`"),
                );
            }
        }
        self.boxed = boxed(self.planned.len(), &holds);
        self.infinite = infinite;
    }

    /// The types that stand in a node's own file, or in the shared one.
    pub(super) fn of_node(&self, node: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        self.planned
            .iter()
            .enumerate()
            .filter_map(move |(index, planned)| (planned.home == node).then_some(index))
    }
}

/// `Option` and `Nullable` around a type.
pub(super) fn optional(ty: RustType, required: bool, nullable: bool) -> RustType {
    match (required, nullable) {
        // Any JSON value can be null by itself.
        (true, _) if ty == RustType::Json => ty,
        (true, false) => ty,
        (false, true) if ty != RustType::Json => RustType::Nullable(Box::new(ty)),
        _ => RustType::Option(Box::new(ty)),
    }
}

/// What the document names comes first, so that nothing else takes its name.
fn named_first(api: &Api, mut found: Vec<(usize, Reached)>) -> Vec<Reached> {
    let is_component = |id: &SchemaId| matches!(api.schema(*id).origin, Origin::Component(_));
    found.sort_by_key(|(_, reached)| !reached.schemas.iter().any(is_component));
    found.into_iter().map(|(_, reached)| reached).collect()
}

/// The word that a type name gets where it is taken.
fn suffix(api: &Api, schema: SchemaId) -> &'static str {
    match api.schema(schema).shape {
        Shape::Enumeration(_) => "kind",
        _ => "model",
    }
}

fn type_name(
    api: &Api,
    config: &Config,
    calls: &[CallWords],
    merged: &HashMap<SchemaId, String>,
    schema: SchemaId,
    names: &mut Names,
) -> Ident {
    let suffix = suffix(api, schema);
    if let Origin::Component(component) = &api.schema(schema).origin {
        let name = config.types.get(component).unwrap_or(component);
        return names.mint(Use::Type, name, &[suffix]);
    }
    let words = words(api, calls, merged, schema);
    let call = owner(api, schema).and_then(|operation| calls.get(operation));
    let method = call.map(|call| call.method.as_str()).unwrap_or(suffix);
    let parent = call.map(|call| call.parent.as_str()).unwrap_or(suffix);
    names.mint(Use::Type, &words, &[method, parent, suffix])
}

/// The operation that an inline schema stands in.
fn owner(api: &Api, mut schema: SchemaId) -> Option<usize> {
    loop {
        match &api.schema(schema).origin {
            Origin::Component(_) => return None,
            Origin::Property(parent, _) | Origin::Items(parent) | Origin::Values(parent) => {
                schema = *parent
            }
            Origin::Parameter(operation, _)
            | Origin::RequestBody(operation)
            | Origin::Response(operation, _)
            | Origin::Result(operation) => return Some(*operation),
        }
    }
}

/// What an inline schema is called, from where it stands. `merged` are the names of types that
/// several schemas became.
fn words(
    api: &Api,
    calls: &[CallWords],
    merged: &HashMap<SchemaId, String>,
    schema: SchemaId,
) -> String {
    if let Some(name) = merged.get(&schema) {
        return name.clone();
    }
    let call = |operation: &usize| calls.get(*operation);
    match &api.schema(schema).origin {
        Origin::Component(name) => name.clone(),
        Origin::Property(parent, name) => format!("{} {name}", words(api, calls, merged, *parent)),
        Origin::Items(parent) => {
            let list = words(api, calls, merged, *parent);
            let item = singular(&list);
            if item == list {
                format!("{list} item")
            } else {
                item
            }
        }
        Origin::Values(parent) => format!("{} value", words(api, calls, merged, *parent)),
        Origin::Parameter(operation, name) => {
            format!(
                "{} {name}",
                call(operation).map_or("", |call| call.call.as_str())
            )
        }
        Origin::RequestBody(operation) => {
            call(operation).map_or_else(String::new, |call| call.call.clone())
        }
        Origin::Response(operation, _) => {
            call(operation).map_or_else(String::new, |call| match call.method.as_str() {
                // An object around a list leaves the bare plural to the handle.
                "list" if matches!(api.schema(schema).shape, Shape::Object(_)) => {
                    format!("{} list", singular(&call.resource))
                }
                "list" => call.resource.clone(),
                "get" => singular(&call.resource),
                _ => format!("{} result", call.call),
            })
        }
        Origin::Result(operation) => {
            let companions = &api.operations[*operation].success.companions;
            let name = companions
                .iter()
                .find(|(_, id)| *id == schema)
                .map(|(name, _)| name.as_str());
            format!(
                "{} {}",
                call(operation).map_or("", |call| call.resource.as_str()),
                name.unwrap_or("answer")
            )
        }
    }
}
