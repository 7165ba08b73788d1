//! What emitted types share in place of derives: `Debug` that shows no secret, `PartialEq`, and `Display` of texts.

use std::fmt;

use super::model::Model;
use super::union::Union;
use super::value::{Get, Value};

// What the macros of emitted types call is a pointer each: a release build of rustc 1.95 looks through all that a
// function may call, once for every type that calls it by name.

/// `Debug` of any value.
pub(crate) const DEBUG: fn(&dyn Value, &mut fmt::Formatter<'_>) -> fmt::Result =
    |value, formatter| fmt::Debug::fmt(&Shown(value.get()), formatter);
/// Whether two values of one type are the same.
pub(crate) const EQUAL: fn(&dyn Value, &dyn Value) -> bool =
    |left, right| same(left.get(), right.get());
/// `Display` of a value that is a string on the wire.
pub(crate) const DISPLAY: fn(&dyn Value, &mut fmt::Formatter<'_>) -> fmt::Result =
    |value, formatter| match value.get() {
        Get::Text(text) => formatter.write_str(text),
        other => fmt::Debug::fmt(&Shown(other), formatter),
    };

/// `Debug` of a model: its fields by their names on the wire, secrets as `[redacted]`.
fn debug(model: &dyn Model, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = formatter.debug_struct(model.shape().name);
    for (index, field) in model.fields().iter().enumerate() {
        match model.get(index) {
            value @ (Get::Absent | Get::Null) => shown.field(field.name(), &Shown(value)),
            _ if field.is_secret() => shown.field(field.name(), &format_args!("[redacted]")),
            value => shown.field(field.name(), &Shown(value)),
        };
    }
    if let Some(further) = model.additional() {
        shown.field("…", &Shown(Get::Map(further)));
    }
    shown.finish()
}

/// Whether two models of one type hold the same values.
fn equal(left: &dyn Model, right: &dyn Model) -> bool {
    let fields = 0..left.fields().len();
    fields
        .into_iter()
        .all(|index| same(left.get(index), right.get(index)))
        && match (left.additional(), right.additional()) {
            (Some(left), Some(right)) => same(Get::Map(left), Get::Map(right)),
            _ => true,
        }
}

/// `Debug` of a union: the value that it holds; of a form that nobody knows where a secret may be in it.
fn debug_union(union: &dyn Union, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (variant, value) = union.get();
    if union.variants().hides(variant) {
        return formatter.write_str("[redacted]");
    }
    fmt::Debug::fmt(&Shown(value), formatter)
}

/// Whether two unions of one type hold the same value in the same variant.
fn equal_unions(left: &dyn Union, right: &dyn Union) -> bool {
    let ((left, mine), (right, other)) = (left.get(), right.get());
    left == right && same(mine, other)
}

struct Shown<'a>(Get<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Get::Absent => formatter.write_str("None"),
            Get::Null => formatter.write_str("null"),
            Get::Text(text) => fmt::Debug::fmt(text, formatter),
            Get::Secret(_) => formatter.write_str("[redacted]"),
            Get::Display(value) => fmt::Display::fmt(value, formatter),
            Get::Integer(number) => fmt::Display::fmt(&number, formatter),
            Get::Unsigned(number) => fmt::Display::fmt(&number, formatter),
            Get::Double(number) => fmt::Debug::fmt(&number, formatter),
            Get::Single(number) => fmt::Debug::fmt(&number, formatter),
            Get::Exact(number) => fmt::Debug::fmt(number, formatter),
            Get::Flag(flag) => fmt::Display::fmt(&flag, formatter),
            Get::Any(value) => fmt::Display::fmt(value, formatter),
            Get::Bytes(bytes) => write!(formatter, "[{} bytes]", bytes.len()),
            Get::Object(model) => debug(model, formatter),
            Get::Union(union) => debug_union(union, formatter),
            Get::List(list) => {
                let elements = (0..list.len()).map(|index| Shown(list.element(index)));
                formatter.debug_list().entries(elements).finish()
            }
            Get::Map(map) => {
                let mut shown = formatter.debug_map();
                map.visit(&mut |key, value| {
                    shown.entry(&key, &Shown(value));
                    true
                });
                shown.finish()
            }
        }
    }
}

fn same(left: Get<'_>, right: Get<'_>) -> bool {
    match (left, right) {
        (Get::Absent, Get::Absent) | (Get::Null, Get::Null) => true,
        (Get::Text(left), Get::Text(right)) => left == right,
        (Get::Secret(left), Get::Secret(right)) => super::secret::equal(left, right),
        (Get::Display(left), Get::Display(right)) => left.to_string() == right.to_string(),
        (Get::Integer(left), Get::Integer(right)) => left == right,
        (Get::Unsigned(left), Get::Unsigned(right)) => left == right,
        (Get::Double(left), Get::Double(right)) => left == right,
        (Get::Single(left), Get::Single(right)) => left == right,
        (Get::Exact(left), Get::Exact(right)) => left == right,
        (Get::Flag(left), Get::Flag(right)) => left == right,
        (Get::Any(left), Get::Any(right)) => left == right,
        (Get::Bytes(left), Get::Bytes(right)) => left == right,
        (Get::Object(left), Get::Object(right)) => equal(left, right),
        (Get::Union(left), Get::Union(right)) => equal_unions(left, right),
        (Get::List(left), Get::List(right)) => {
            left.len() == right.len()
                && (0..left.len()).all(|index| same(left.element(index), right.element(index)))
        }
        (Get::Map(left), Get::Map(right)) => same_members(&members(left), &members(right)),
        _ => false,
    }
}

fn members(map: &dyn super::value::MapGet) -> Vec<(&str, Get<'_>)> {
    let mut members = Vec::new();
    map.visit(&mut |key, value| {
        members.push((key, value));
        true
    });
    members
}

fn same_members(left: &[(&str, Get<'_>)], right: &[(&str, Get<'_>)]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(left, right)| left.0 == right.0 && same(left.1, right.1))
}
