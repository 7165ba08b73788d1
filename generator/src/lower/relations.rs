//! How two descriptions of one value stand to each other: which of them says all that the other says.

use super::facts::{Form, Kind, ObjectFacts};
use super::references::{Item, Place};
use crate::api::{IntegerFormat, NumberFormat, TextFormat};

/// How two pieces stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// The first says all that the second says.
    First,
    /// The second says all that the first says.
    Second,
    /// Each says something.
    Both,
    /// No value fits both.
    Conflict,
}

/// How two kinds stand to each other.
pub(super) fn relate(first: &Kind<'_>, second: &Kind<'_>) -> Relation {
    use Relation::{Both, Conflict, First, Second};
    match (first, second) {
        (Kind::Any, _) => Second,
        (_, Kind::Any) => First,
        (Kind::Text(one), Kind::Text(other)) => match (one, other) {
            (_, TextFormat::Plain) if *one != TextFormat::Plain => First,
            (TextFormat::Plain, _) => Second,
            // One secret piece is enough.
            (TextFormat::Password, TextFormat::Base64) => First,
            (TextFormat::Base64, TextFormat::Password) => Second,
            _ if one == other => Second,
            _ => Conflict,
        },
        (Kind::Text(_), Kind::Enumeration(_)) => Second,
        (Kind::Enumeration(_), Kind::Text(_)) => First,
        (Kind::Enumeration(one), Kind::Enumeration(other)) => {
            if other.is_subset(one) {
                Second
            } else if one.is_subset(other) {
                First
            } else if one.is_disjoint(other) {
                Conflict
            } else {
                Both
            }
        }
        (Kind::Integer(_), Kind::Integer(IntegerFormat::Int64))
        | (Kind::Integer(_), Kind::Number(_)) => First,
        (Kind::Integer(_), Kind::Integer(_)) | (Kind::Number(_), Kind::Integer(_)) => Second,
        // Digits that count for one of them count.
        (Kind::Number(_), Kind::Number(NumberFormat::Decimal)) => Second,
        (Kind::Number(NumberFormat::Decimal | NumberFormat::Float), Kind::Number(_)) => First,
        (Kind::Number(_), Kind::Number(_))
        | (Kind::Boolean, Kind::Boolean)
        | (Kind::Null, Kind::Null) => Second,
        (Kind::List(one), Kind::List(other)) => match (are_open(one), are_open(other)) {
            (true, _) => Second,
            (_, true) => First,
            _ => Both,
        },
        (Kind::Object(one), Kind::Object(other)) => relate_objects(one, other),
        (Kind::Union(mine), Kind::Union(theirs)) => relate_unions(mine, theirs),
        (Kind::Union(forms), other) => swapped(relate_to_union(other, forms)),
        (one, Kind::Union(forms)) => relate_to_union(one, forms),
        _ => Conflict,
    }
}

fn relate_objects(one: &ObjectFacts<'_>, other: &ObjectFacts<'_>) -> Relation {
    if one.is_bare() && one.required.is_subset(&other.required) {
        Relation::Second
    } else if other.is_bare() && other.required.is_subset(&one.required) {
        Relation::First
    } else {
        Relation::Both
    }
}

/// A union says all that another says where each of its forms says all that one of the other's does.
fn relate_unions(one: &[Form<'_>], other: &[Form<'_>]) -> Relation {
    let each_is_within = |narrow: &[Form<'_>], wide: &[Form<'_>]| {
        narrow.iter().all(|form| {
            wide.iter()
                .any(|wider| relate(&wider.facts.kind, &form.facts.kind) == Relation::Second)
        })
    };
    if each_is_within(other, one) {
        Relation::Second
    } else if each_is_within(one, other) {
        Relation::First
    } else {
        Relation::Conflict
    }
}

/// How something stands to a union: the union adds nothing to one of its own forms.
fn relate_to_union(one: &Kind<'_>, forms: &[Form<'_>]) -> Relation {
    if let Kind::Object(object) = one
        && forms.iter().any(|form| may_be_object(&form.facts.kind))
    {
        // A union around every result that only says "some object" gives way to the object.
        let adds_nothing = forms
            .iter()
            .filter(|form| may_be_object(&form.facts.kind))
            .all(|form| relate(&form.facts.kind, one) == Relation::Second);
        return if object.is_bare() && object.required.is_empty() {
            Relation::Second
        } else if adds_nothing {
            Relation::First
        } else {
            Relation::Both
        };
    }
    if forms
        .iter()
        .any(|form| relate(&form.facts.kind, one) != Relation::Conflict)
    {
        Relation::First
    } else {
        Relation::Conflict
    }
}

fn may_be_object(kind: &Kind<'_>) -> bool {
    matches!(kind, Kind::Object(_) | Kind::Union(_))
}

fn swapped(relation: Relation) -> Relation {
    match relation {
        Relation::First => Relation::Second,
        Relation::Second => Relation::First,
        other => other,
    }
}

/// Whether nothing is said of the elements. A reference counts as saying something.
fn are_open(items: &[Place<'_>]) -> bool {
    items.iter().all(|place| match place.item {
        Item::Reference(_) => false,
        Item::Inline(schema) => matches!(
            &schema.schema_kind,
            openapiv3::SchemaKind::Any(any) if *any == openapiv3::AnySchema::default()
        ),
    })
}

/// How much a kind says.
pub(super) fn weight(kind: &Kind<'_>) -> u8 {
    match kind {
        Kind::Any | Kind::Null => 0,
        Kind::Union(_) => 1,
        Kind::Object(object) if object.is_bare() => 2,
        Kind::List(items) if are_open(items) => 2,
        _ => 3,
    }
}
