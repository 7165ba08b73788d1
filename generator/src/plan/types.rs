//! The types of the crate: which schemas become one, what it is called and where it stands.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::generics::Generics;
use super::holding;
use super::identical;
use super::names::Names;
use super::namespaces::Namespaces;
use super::reach::{Keys, Reached, Root, reach};
use super::recursion::FieldId;
use super::tree::Tree;
use super::type_names::{self, CallWords, Unnamed};
use crate::api::{
    Api, IntegerFormat, Member, NumberFormat, Origin, Property, SchemaId, Shape, TextFormat,
};
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
    pub(super) home: Option<usize>,
}

/// All types of the crate.
pub(super) struct Types<'a> {
    pub(super) api: &'a Api,
    pub(super) planned: Vec<Planned>,
    pub(super) of_schema: HashMap<SchemaId, usize>,
    pub(super) boxed: BTreeSet<FieldId>,
    pub(super) infinite: BTreeSet<FieldId>,
    pub(super) generics: Generics,
    /// Schemas in whose values a secret may stand.
    pub(super) hold_secrets: HashSet<SchemaId>,
    /// The schemas in whose values a number stands whose digits count, at any depth.
    pub(super) hold_decimals: HashSet<SchemaId>,
    pub(super) namespaces: Namespaces,
    /// Every type name of the crate.
    pub(super) names: Arc<Names>,
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
        let mut of_schema = HashMap::new();
        let mut planned = Vec::with_capacity(found.len());
        let order = named_first(api, found);
        let homes: Vec<Option<usize>> = order
            .iter()
            .map(|reached| tree.meeting(&reached.nodes))
            .collect();
        let unnamed: Vec<Unnamed<'_>> = order
            .iter()
            .zip(&homes)
            .map(|(reached, home)| Unnamed {
                reached,
                home: home.and_then(|node| tree.nodes[node].words.last()),
            })
            .collect();
        let namespaces = Namespaces::of(api);
        let type_names = type_names::name(api, config, calls, &unnamed, &namespaces, &mut names);
        for ((reached, home), name) in order.into_iter().zip(homes).zip(type_names) {
            let schema = reached.schema;
            let kind = match api.schema(schema).shape {
                Shape::Enumeration(_) => TypeKind::Enum,
                Shape::Union(_) => TypeKind::Union,
                _ => TypeKind::Plain,
            };
            for id in &reached.schemas {
                of_schema.insert(*id, planned.len());
            }
            planned.push(Planned {
                schema,
                path: TypePath {
                    module: tree.module(home),
                    name,
                    kind,
                },
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
            generics: Generics::default(),
            hold_secrets: holding::secrets(api),
            hold_decimals: holding::decimals(api),
            namespaces,
            names: Arc::default(),
        };
        types.settle_recursion(diagnostics);
        types.settle_generics(tree, &mut names);
        types.names = Arc::new(names);
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
            Shape::Any | Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_) => {
                RustType::Json
            }
            Shape::Text(TextFormat::Plain | TextFormat::Binary) => RustType::String,
            Shape::Text(TextFormat::DateTime) => RustType::Timestamp,
            Shape::Text(TextFormat::Date) => RustType::Date,
            Shape::Text(TextFormat::Base64) => RustType::Base64,
            Shape::Text(TextFormat::Password) => RustType::Secret,
            Shape::Integer(IntegerFormat::Int32) => RustType::I32,
            Shape::Integer(IntegerFormat::Int64) => RustType::I64,
            Shape::Integer(IntegerFormat::Uint32) => RustType::U32,
            Shape::Integer(IntegerFormat::Uint64) => RustType::U64,
            Shape::Number(NumberFormat::Float) => RustType::F32,
            Shape::Number(NumberFormat::Double) => RustType::F64,
            Shape::Number(NumberFormat::Decimal) => RustType::Decimal,
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
        } else if self.api.constant(property).is_some() {
            RustType::String
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

    /// The type of a variant, with its box.
    pub(super) fn variant_type(&self, variant: FieldId, member: &Member) -> RustType {
        let plain = if member.secret {
            RustType::Secret
        } else {
            self.rust_type(member.schema)
        };
        if self.boxed.contains(&variant) {
            RustType::Boxed(Box::new(plain))
        } else {
            plain
        }
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
