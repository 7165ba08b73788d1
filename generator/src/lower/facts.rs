//! What is known of a schema before it gets a place in the arena.
//!
//! [`Facts`] say what one or several schemas mean together, `allOf` merged and lone alternatives
//! taken. They look at a schema's own level only: the schemas of properties, elements and values
//! stay [`Place`]s. So facts are cheap, and nothing is lowered that no operation reaches.

use std::collections::HashMap;
use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaKind};
use serde_json::Value;

use super::Lowering;
use super::all_of::Piece;
use super::references::{Node, Place};
use crate::api::{IntegerFormat, NumberFormat, TextFormat};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// How deep `allOf`, `oneOf` and `anyOf` may nest without a property in between.
const DEEPEST: usize = 64;

/// What one or several schemas mean together.
#[derive(Clone, Debug)]
pub(super) struct Facts<'d> {
    pub(super) kind: Kind<'d>,
    pub(super) nullable: bool,
    pub(super) title: Option<&'d str>,
    pub(super) description: Option<&'d str>,
    pub(super) example: Option<&'d Value>,
    pub(super) default: Option<&'d Value>,
    pub(super) deprecated: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    /// What tells the forms of a union apart, where the document says it, and where it says so.
    pub(super) discriminator: Option<(&'d Discriminator, Pointer)>,
    /// What `enum` lists, where the kind doesn't say it.
    pub(super) listed: Vec<Value>,
    /// What it is made of: addresses of schemas, each without what its `allOf`, `oneOf` and `anyOf` say.
    pub(super) made_of: Vec<usize>,
    /// The schema that this one is, but for annotations and `nullable`: often itself; none where
    /// several schemas describe a value together.
    pub(super) alias: Option<Node<'d>>,
    pub(super) at: Pointer,
}

impl Facts<'_> {
    /// No constraint.
    pub(super) fn anything(at: Pointer) -> Self {
        Self {
            kind: Kind::Any,
            nullable: false,
            title: None,
            description: None,
            example: None,
            default: None,
            deprecated: false,
            read_only: false,
            write_only: false,
            discriminator: None,
            listed: Vec::new(),
            made_of: Vec::new(),
            alias: None,
            at,
        }
    }
}

/// What a value looks like.
#[derive(Clone, Debug)]
pub(super) enum Kind<'d> {
    /// Unconstrained.
    Any,
    /// Only `null`.
    Null,
    Text(TextFormat),
    Integer(IntegerFormat),
    Number(NumberFormat),
    Boolean,
    Enumeration(IndexSet<&'d str>),
    /// All of these describe the elements; none: unconstrained.
    List(Vec<Place<'d>>),
    Object(ObjectFacts<'d>),
    /// One of several forms.
    Union(Vec<Form<'d>>),
}

/// One of several forms.
#[derive(Clone, Debug)]
pub(super) struct Form<'d> {
    /// The schema that stands in the list; none for what several of them have in common.
    pub(super) node: Option<Node<'d>>,
    /// What a value of this form looks like; never null.
    pub(super) facts: Rc<Facts<'d>>,
}

impl<'d> Form<'d> {
    /// Its name in `components.schemas`, where it has one.
    pub(super) fn component(&self) -> Option<&'d str> {
        let alias = self.facts.alias.as_ref();
        self.node
            .as_ref()
            .and_then(|node| node.component)
            .or_else(|| alias.and_then(|node| node.component))
    }

    /// Whether a schema is this form.
    pub(super) fn is(&self, address: usize) -> bool {
        [&self.node, &self.facts.alias]
            .into_iter()
            .flatten()
            .any(|node| node.address() == address)
    }
}

/// What is known of an object.
#[derive(Clone, Debug, Default)]
pub(super) struct ObjectFacts<'d> {
    /// All the places of a key describe its value.
    pub(super) properties: IndexMap<&'d str, Vec<Place<'d>>>,
    pub(super) required: IndexSet<&'d str>,
    pub(super) additional: Additional<'d>,
}

impl ObjectFacts<'_> {
    /// Whether it says of no key what its value is.
    pub(super) fn is_bare(&self) -> bool {
        self.properties.is_empty()
            && matches!(self.additional, Additional::Unsaid | Additional::Any)
    }
}

/// `additionalProperties`.
#[derive(Clone, Debug, Default)]
pub(super) enum Additional<'d> {
    #[default]
    Unsaid,
    Forbidden,
    Any,
    /// All of these describe the values.
    Typed(Vec<Place<'d>>),
}

/// Facts by the address of their schema, and the schemas that are being looked at.
#[derive(Debug, Default)]
pub(super) struct FactsCache<'d> {
    known: HashMap<usize, Rc<Facts<'d>>>,
    open: Vec<usize>,
}

impl<'d> Lowering<'d> {
    /// What a schema means.
    pub(super) fn facts(&mut self, node: &Node<'d>) -> Rc<Facts<'d>> {
        let address = node.address();
        if let Some(facts) = self.facts.known.get(&address) {
            return Rc::clone(facts);
        }
        if let Some(facts) = self.facts_refused(node) {
            return Rc::new(facts);
        }
        self.facts.open.push(address);
        let mut facts = self.facts_of_schema(node);
        self.facts.open.pop();
        facts.alias.get_or_insert_with(|| node.clone());
        let facts = Rc::new(facts);
        self.facts.known.insert(address, Rc::clone(&facts));
        facts
    }

    /// What several schemas mean together: a property that more than one member of an `allOf` defines.
    pub(super) fn facts_together(&mut self, places: &[Place<'d>], at: &Pointer) -> Rc<Facts<'d>> {
        let mut pieces = Vec::with_capacity(places.len());
        for place in places {
            if let Some(node) = self.resolve(place) {
                let facts = self.facts(&node);
                pieces.push(Piece::of(node, facts));
            }
        }
        if let [only] = pieces.as_slice() {
            return Rc::clone(&only.facts);
        }
        Rc::new(self.merge(pieces, at))
    }

    /// A schema that consists of itself, or of too many others, constrains nothing.
    fn facts_refused(&mut self, node: &Node<'d>) -> Option<Facts<'d>> {
        if self.facts.open.contains(&node.address()) {
            self.report(
                Code::UnresolvedReference,
                &node.at,
                "the schema consists of itself",
                "that part of it is left out",
            );
        } else if self.facts.open.len() >= DEEPEST {
            self.report(
                Code::UnsupportedSchema,
                &node.at,
                "`allOf`, `oneOf` and `anyOf` are nested too deeply",
                "what is nested deeper is taken for any JSON value",
            );
        } else {
            return None;
        }
        Some(Facts::anything(node.at.clone()))
    }

    fn facts_of_schema(&mut self, node: &Node<'d>) -> Facts<'d> {
        let own = self.own_facts(node);
        let parts = Parts::of(node.schema);
        if parts.are_none() {
            return own;
        }
        let mut pieces = Vec::new();
        for (index, member) in parts.all_of.iter().enumerate() {
            let at = node.at.child("allOf").index(index);
            if let Some(member) = self.resolve(&Place::new(member, at)) {
                let facts = self.facts(&member);
                pieces.push(Piece::of(member, facts));
            }
        }
        for (keyword, alternatives) in [("oneOf", parts.one_of), ("anyOf", parts.any_of)] {
            if !alternatives.is_empty() {
                let at = node.at.child(keyword);
                pieces.push(self.alternatives(alternatives, &at));
            }
        }
        let nullable = own.nullable;
        let mut facts = self.merge_with_own(pieces, &own, &node.at);
        facts.nullable |= nullable;
        facts.annotate(&own);
        facts
    }

    /// Merges what the parts say with what stands beside them.
    fn merge_with_own(
        &mut self,
        mut pieces: Vec<Piece<'d>>,
        own: &Facts<'d>,
        at: &Pointer,
    ) -> Facts<'d> {
        let mut beside = own.clone();
        // Whether `null` is allowed is for the parts to say, unless it's said here.
        beside.nullable = true;
        beside.description = None;
        if !matches!(beside.kind, Kind::Any) {
            pieces.push(Piece::own(beside));
        }
        self.merge(pieces, at)
    }
}

impl<'d> Facts<'d> {
    /// Takes over what is said beside an `allOf`: the nearer word counts.
    fn annotate(&mut self, own: &Self) {
        self.title = own.title.or(self.title.filter(|_| self.alias.is_some()));
        self.description = own.description.or(self.description);
        self.example = own.example.or(self.example);
        self.default = own.default.or(self.default);
        self.deprecated |= own.deprecated;
        self.read_only |= own.read_only;
        self.write_only |= own.write_only;
        if own.discriminator.is_some() {
            self.discriminator.clone_from(&own.discriminator);
        }
    }
}

/// The schemas that a schema is made of.
struct Parts<'d> {
    all_of: &'d [ReferenceOr<Schema>],
    one_of: &'d [ReferenceOr<Schema>],
    any_of: &'d [ReferenceOr<Schema>],
}

impl<'d> Parts<'d> {
    fn of(schema: &'d Schema) -> Self {
        let (all_of, one_of, any_of): (&[_], &[_], &[_]) = match &schema.schema_kind {
            SchemaKind::AllOf { all_of } => (all_of, &[], &[]),
            SchemaKind::OneOf { one_of } => (&[], one_of, &[]),
            SchemaKind::AnyOf { any_of } => (&[], &[], any_of),
            SchemaKind::Any(any) => (&any.all_of, &any.one_of, &any.any_of),
            SchemaKind::Type(_) | SchemaKind::Not { .. } => (&[], &[], &[]),
        };
        Self {
            all_of,
            one_of,
            any_of,
        }
    }

    fn are_none(&self) -> bool {
        self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty()
    }
}
