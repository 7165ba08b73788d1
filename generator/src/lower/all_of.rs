//! Merging schemas that hold together: the members of an `allOf`, and properties that several
//! members define.
//!
//! - A piece that adds nothing to another one is dropped without a word: no constraint, a bare
//!   object beside a described one, a union beside one of its forms. If one schema is left, the
//!   whole is that schema and gets no type of its own.
//! - Objects are united: properties, `required`, further keys. A key that both define holds to both.
//! - An object beside a union is in each of the union's forms.
//! - Pieces that contradict each other are a diagnostic; the one that says more is used, else the later.
//! - `null` is allowed if the schema around the `allOf` says so, if every member with a type does, or
//!   if a member without a type does (which is written for nothing else).
//! - The later description counts; examples and defaults belong to their piece.

use std::rc::Rc;

use super::Lowering;
use super::facts::{Additional, Facts, Form, Kind, ObjectFacts};
use super::references::{Item, Node, Place};
use super::relations::{Relation, relate, weight};
use crate::api::TextFormat;
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// How deep named unions inside unions take the keys that stand beside them.
const DEEPEST: usize = 2;

/// One of several schemas that hold together.
#[derive(Clone, Debug)]
pub(super) struct Piece<'d> {
    pub(super) facts: Rc<Facts<'d>>,
    /// The schema that it is; none for what stands beside an `allOf`, and for unions.
    pub(super) node: Option<Node<'d>>,
    /// Whether it stands beside the `allOf`, where it doesn't forbid `null` to its members.
    beside: bool,
}

impl<'d> Piece<'d> {
    /// A schema, itself or what it stands for.
    pub(super) fn of(node: Node<'d>, facts: Rc<Facts<'d>>) -> Self {
        let node = facts.alias.clone().unwrap_or(node);
        Self {
            facts,
            node: Some(node),
            beside: false,
        }
    }

    /// What stands beside an `allOf`.
    pub(super) fn own(facts: Facts<'d>) -> Self {
        Self {
            facts: Rc::new(facts),
            node: None,
            beside: true,
        }
    }

    /// What several alternatives have in common.
    pub(super) fn union(facts: Facts<'d>) -> Self {
        Self {
            node: facts.alias.clone(),
            facts: Rc::new(facts),
            beside: false,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (&self.node, &other.node) {
            (Some(one), Some(other)) => one.address() == other.address(),
            _ => false,
        }
    }
}

impl<'d> Lowering<'d> {
    /// What the pieces mean together.
    pub(super) fn merge(&mut self, pieces: Vec<Piece<'d>>, at: &Pointer) -> Facts<'d> {
        let nullable = allows_null(&pieces);
        let mut description = None;
        let (mut deprecated, mut read_only, mut write_only) = (false, false, false);
        let mut discriminator = None;
        for piece in &pieces {
            discriminator = piece.facts.discriminator.clone().or(discriminator);
            description = piece.facts.description.or(description);
            deprecated |= piece.facts.deprecated;
            read_only |= piece.facts.read_only;
            write_only |= piece.facts.write_only;
        }
        let mut merged = match self.needed(pieces).as_slice() {
            [] => Facts::anything(at.clone()),
            [only] => {
                let mut facts = Facts::clone(&only.facts);
                facts.alias = only.node.clone();
                facts
            }
            [first, others @ ..] => {
                let mut facts = Facts::anything(at.clone());
                facts.kind = first.facts.kind.clone();
                facts.listed.clone_from(&first.facts.listed);
                facts.made_of.clone_from(&first.facts.made_of);
                for other in others {
                    facts.kind = combine(&facts, &other.facts);
                    facts.made_of.extend(&other.facts.made_of);
                }
                facts
            }
        };
        merged.discriminator = discriminator;
        merged.nullable = nullable;
        merged.description = description;
        merged.deprecated = deprecated;
        merged.read_only = read_only;
        merged.write_only = write_only;
        merged
    }

    /// The pieces that say something that no other says.
    fn needed(&mut self, pieces: Vec<Piece<'d>>) -> Vec<Piece<'d>> {
        let mut needed: Vec<Piece<'d>> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let mut adds = true;
            let mut kept = Vec::with_capacity(needed.len() + 1);
            for earlier in needed {
                let relation = if earlier.is_same(&piece) {
                    Relation::First
                } else {
                    relate(&earlier.facts.kind, &piece.facts.kind)
                };
                match self.settled(relation, &earlier, &piece) {
                    Relation::First => {
                        adds = false;
                        kept.push(earlier);
                    }
                    Relation::Second => {}
                    Relation::Both | Relation::Conflict => kept.push(earlier),
                }
            }
            if adds {
                kept.push(piece);
            }
            needed = kept;
        }
        needed
    }

    /// Decides a conflict: more is said by the piece of higher weight, else by the later one.
    fn settled(&mut self, relation: Relation, earlier: &Piece<'d>, later: &Piece<'d>) -> Relation {
        if relation != Relation::Conflict {
            return relation;
        }
        let (one, other) = (&earlier.facts.kind, &later.facts.kind);
        let winner = if weight(one) > weight(other) {
            Relation::First
        } else {
            Relation::Second
        };
        let (used, which) = match winner {
            Relation::First => (one, "other"),
            _ => (other, "one here"),
        };
        self.report(
            Code::ConflictingAllOf,
            &later.facts.at,
            format!(
                "the value must be {} and, by {}, also {}",
                describe(other),
                earlier.facts.at,
                describe(one)
            ),
            format!("the {which} is used: {}", describe(used)),
        );
        winner
    }
}

fn allows_null(pieces: &[Piece<'_>]) -> bool {
    let mut typed = pieces
        .iter()
        .filter(|piece| !piece.beside && !matches!(piece.facts.kind, Kind::Any))
        .peekable();
    let all_typed = typed.peek().is_some() && typed.all(|piece| piece.facts.nullable);
    let untyped = pieces
        .iter()
        .any(|piece| matches!(piece.facts.kind, Kind::Any) && piece.facts.nullable);
    all_typed || untyped
}

fn describe(kind: &Kind<'_>) -> &'static str {
    match kind {
        Kind::Any => "anything",
        Kind::Null => "null",
        Kind::Text(TextFormat::Plain) => "a string",
        Kind::Text(_) => "a string of a certain format",
        Kind::Integer(_) => "an integer",
        Kind::Number(_) => "a number",
        Kind::Boolean => "a boolean",
        Kind::Enumeration(_) => "one of certain strings",
        Kind::List(_) => "an array",
        Kind::Object(_) => "an object",
        Kind::Union(_) => "one of several forms",
    }
}

/// What two that each say something mean together.
fn combine<'d>(one: &Facts<'d>, other: &Facts<'d>) -> Kind<'d> {
    match (&one.kind, &other.kind) {
        (Kind::Object(mine), Kind::Object(theirs)) => Kind::Object(united(mine.clone(), theirs)),
        (Kind::Object(object), Kind::Union(forms)) => in_each(object, &one.made_of, forms, 0),
        (Kind::Union(forms), Kind::Object(object)) => in_each(object, &other.made_of, forms, 0),
        (Kind::List(mine), Kind::List(theirs)) => {
            Kind::List(mine.iter().chain(theirs).cloned().collect())
        }
        (Kind::Enumeration(mine), Kind::Enumeration(theirs)) => {
            Kind::Enumeration(mine.intersection(theirs).copied().collect())
        }
        (_, theirs) => theirs.clone(),
    }
}

/// The keys that stand beside a union are in each of its forms; what is no object is none of them.
fn in_each<'d>(
    object: &ObjectFacts<'d>,
    made_of: &[usize],
    forms: &[Form<'d>],
    depth: usize,
) -> Kind<'d> {
    let mut merged: Vec<Form<'d>> = Vec::with_capacity(forms.len());
    for form in forms {
        match &form.facts.kind {
            Kind::Object(own) if has_all(own, object) => merged.push(form.clone()),
            Kind::Object(own) => merged.push(form_with(
                form,
                Kind::Object(united(object.clone(), own)),
                made_of,
            )),
            Kind::Union(inner) if depth < DEEPEST => {
                match in_each(object, made_of, inner, depth + 1) {
                    Kind::Union(inner) => merged.extend(inner),
                    kind => merged.push(form_with(form, kind, made_of)),
                }
            }
            Kind::Union(_) => merged.push(form.clone()),
            _ => {}
        }
    }
    match merged.as_slice() {
        [only] => only.facts.kind.clone(),
        _ => Kind::Union(merged),
    }
}

fn form_with<'d>(form: &Form<'d>, kind: Kind<'d>, made_of: &[usize]) -> Form<'d> {
    let mut facts = Facts::clone(&form.facts);
    let node = form.node.clone().or_else(|| facts.alias.clone());
    facts.kind = kind;
    facts.alias = None;
    facts.made_of.extend(made_of);
    Form {
        node,
        facts: Rc::new(facts),
    }
}

/// Whether an object says all that another says.
fn has_all(object: &ObjectFacts<'_>, other: &ObjectFacts<'_>) -> bool {
    matches!(other.additional, Additional::Unsaid)
        && other.required.is_subset(&object.required)
        && other.properties.iter().all(|(name, places)| {
            let own = object.properties.get(name);
            own.is_some_and(|own| same_places(own, places))
        })
}

/// Whether two lists of places say the same.
pub(super) fn same_places(one: &[Place<'_>], other: &[Place<'_>]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| match (one.item, other.item) {
                (Item::Reference(one), Item::Reference(other)) => one == other,
                (Item::Inline(one), Item::Inline(other)) => {
                    std::ptr::eq(one, other) || one == other
                }
                _ => false,
            })
}

fn united<'d>(mut one: ObjectFacts<'d>, other: &ObjectFacts<'d>) -> ObjectFacts<'d> {
    for (name, places) in &other.properties {
        let known = one.properties.entry(name).or_default();
        for place in places {
            if !known.iter().any(|earlier| earlier.at == place.at) {
                known.push(place.clone());
            }
        }
    }
    one.required.extend(&other.required);
    one.additional = match (one.additional, &other.additional) {
        (Additional::Typed(mut places), Additional::Typed(others)) => {
            places.extend(others.iter().cloned());
            Additional::Typed(places)
        }
        (typed @ Additional::Typed(_), _) => typed,
        (_, typed @ Additional::Typed(_)) => typed.clone(),
        (Additional::Any, _) | (_, Additional::Any) => Additional::Any,
        (Additional::Forbidden, _) | (_, Additional::Forbidden) => Additional::Forbidden,
        (Additional::Unsaid, Additional::Unsaid) => Additional::Unsaid,
    };
    one
}
