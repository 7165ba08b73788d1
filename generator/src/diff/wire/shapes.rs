//! Two shapes that differ: which of them has more values.

use crate::api::{Api, IntegerFormat, NumberFormat, Origin, Schema, Shape, TextFormat};
use crate::diff::verdict::{Direction, Values};
use crate::diff::words::quoted;

use super::similar::have_much_in_common;

/// How one shape became another.
pub(super) struct ShapeChange {
    /// None: the same values travel.
    pub(super) values: Option<Values>,
}

impl ShapeChange {
    pub(super) fn why(&self, direction: Direction) -> &'static str {
        match (self.values, direction.request, direction.answer) {
            (None, ..) => "the same values travel",
            (Some(Values::Narrower), true, _) => {
                "requests with other values, right until now, are refused"
            }
            (Some(Values::Narrower), false, _) => {
                "answers have fewer values than readers were ready for"
            }
            (Some(Values::Wider), _, true) => {
                "readers of answers meet values that they don't expect"
            }
            (Some(Values::Wider), _, false) => "requests that were right stay right",
            (Some(Values::Different), true, true) => {
                "neither requests nor readers of answers stay right"
            }
            (Some(Values::Different), true, false) => "requests that were right aren't any more",
            (Some(Values::Different), false, _) => "readers of answers find something else",
        }
    }
}

/// What became of a shape; none: nothing that is told here.
pub(super) fn change(
    (old_api, old): (&Api, &Schema),
    (new_api, new): (&Api, &Schema),
) -> Option<ShapeChange> {
    use Values::{Different, Narrower, Wider};
    let values = match (&old.shape, &new.shape) {
        (Shape::Any, Shape::Any)
        | (Shape::Boolean, Shape::Boolean)
        | (Shape::List(_), Shape::List(_))
        | (Shape::Map(_), Shape::Map(_)) => return None,
        (Shape::Text(old), Shape::Text(new)) if old == new => return None,
        (Shape::Integer(old), Shape::Integer(new)) if old == new => return None,
        (Shape::Number(old), Shape::Number(new)) if old == new => return None,
        (Shape::Any, _) => Some(Narrower),
        (_, Shape::Any) => Some(Wider),
        (Shape::Text(old), Shape::Text(new)) => text(old, new),
        (Shape::Text(_), Shape::Enumeration(_)) => Some(Narrower),
        (Shape::Enumeration(_), Shape::Text(_)) => Some(Wider),
        (Shape::Integer(old), Shape::Integer(new)) => Some(integer(*old, *new)),
        (Shape::Integer(_), Shape::Number(_)) => Some(Wider),
        (Shape::Number(_), Shape::Integer(_)) => Some(Narrower),
        (Shape::Number(_), Shape::Number(new)) => Some(match new {
            NumberFormat::Double | NumberFormat::Decimal => Wider,
            NumberFormat::Float => Narrower,
        }),
        (_, Shape::Union(union))
            if union.members.iter().any(|member| {
                let form = new_api.schema(member.schema);
                may_be((old_api, old), (new_api, form))
            }) =>
        {
            Some(Wider)
        }
        (Shape::Union(union), _)
            if union.members.iter().any(|member| {
                let form = old_api.schema(member.schema);
                may_be((new_api, new), (old_api, form))
            }) =>
        {
            Some(Narrower)
        }
        (Shape::Map(_), Shape::Object(_)) if may_be((new_api, new), (old_api, old)) => {
            Some(Narrower)
        }
        (Shape::Object(_), Shape::Map(_)) if may_be((old_api, old), (new_api, new)) => Some(Wider),
        _ => Some(Different),
    };
    Some(ShapeChange { values })
}

/// Whether values of one schema are values of another one, as far as their shapes tell.
fn may_be((api, schema): (&Api, &Schema), (wide_api, wide): (&Api, &Schema)) -> bool {
    match (&schema.shape, &wide.shape) {
        (Shape::Object(_), Shape::Map(values)) => wide_api.schema(*values).shape == Shape::Any,
        (Shape::Object(one), Shape::Object(other)) => {
            is_one_component(schema, wide) || have_much_in_common(one, other)
        }
        (Shape::List(one), Shape::List(other)) => {
            let (one, other) = (api.schema(*one), wide_api.schema(*other));
            one.shape == Shape::Any
                || other.shape == Shape::Any
                || may_be((api, one), (wide_api, other))
        }
        (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}

fn is_one_component(one: &Schema, other: &Schema) -> bool {
    matches!(one.origin, Origin::Component(_)) && one.origin == other.origin
}

fn text(old: &TextFormat, new: &TextFormat) -> Option<Values> {
    match (old, new) {
        // A password is any text: only how it is kept differs.
        (TextFormat::Plain, TextFormat::Password) | (TextFormat::Password, TextFormat::Plain) => {
            None
        }
        (
            TextFormat::Plain | TextFormat::Password,
            TextFormat::DateTime | TextFormat::Date | TextFormat::Base64,
        ) => Some(Values::Narrower),
        (
            TextFormat::DateTime | TextFormat::Date | TextFormat::Base64,
            TextFormat::Plain | TextFormat::Password,
        ) => Some(Values::Wider),
        _ => Some(Values::Different),
    }
}

fn integer(old: IntegerFormat, new: IntegerFormat) -> Values {
    use IntegerFormat::{Int32, Int64, Uint32, Uint64};
    match (old, new) {
        (Int32 | Uint32, Int64) | (Uint32, Uint64) => Values::Wider,
        (Int64, Int32 | Uint32) | (Uint64, Uint32) => Values::Narrower,
        _ => Values::Different,
    }
}

/// A shape in prose.
pub(super) fn phrase(api: &Api, schema: &Schema) -> String {
    match &schema.shape {
        Shape::Any => "any value".to_owned(),
        Shape::Text(TextFormat::Plain) => "a string".to_owned(),
        Shape::Text(TextFormat::DateTime) => "a date and time".to_owned(),
        Shape::Text(TextFormat::Date) => "a date".to_owned(),
        Shape::Text(TextFormat::Base64) => "bytes in base64".to_owned(),
        Shape::Text(TextFormat::Password) => "a password".to_owned(),
        Shape::Text(TextFormat::Binary) => "raw bytes".to_owned(),
        Shape::Integer(format) => match format {
            IntegerFormat::Int32 => "a 32-bit integer",
            IntegerFormat::Int64 => "an integer",
            IntegerFormat::Uint32 => "an unsigned 32-bit integer",
            IntegerFormat::Uint64 => "an unsigned integer",
        }
        .to_owned(),
        Shape::Number(NumberFormat::Float) => "a 32-bit number".to_owned(),
        Shape::Number(NumberFormat::Double) => "a number".to_owned(),
        Shape::Number(NumberFormat::Decimal) => "a decimal number".to_owned(),
        Shape::Boolean => "a boolean".to_owned(),
        Shape::Enumeration(values) => format!("one of {} strings", values.len()),
        Shape::List(items) => match &api.schema(*items).origin {
            Origin::Component(name) => format!("a list of {}", quoted(name)),
            _ => "a list".to_owned(),
        },
        Shape::Map(_) => "a map".to_owned(),
        Shape::Object(_) => match &schema.origin {
            Origin::Component(name) => format!("an object {}", quoted(name)),
            _ => "an object".to_owned(),
        },
        Shape::Union(union) => format!("one of {} forms", union.members.len()),
    }
}
