//! `enum` of values that aren't all strings.
//!
//! Numbers and booleans stay what they are, and their documentation says which are known: a Rust enum
//! would have no names for them. Values of several kinds are a union of those kinds.

use std::rc::Rc;

use indexmap::IndexSet;
use openapiv3::{AnySchema, Schema, SchemaKind, Type};
use serde_json::Value;

use super::Lowering;
use super::facts::{Facts, Form, Kind};
use super::formats;
use super::own::{Own, number_kind};
use super::unions::plain_constant;
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// Numbers and booleans that `enum` lists, `null` aside.
pub(super) fn listed(schema: &Schema) -> Vec<Value> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(integer)) => {
            let values = integer.enumeration.iter().flatten();
            values.map(|value| Value::from(*value)).collect()
        }
        SchemaKind::Type(Type::Number(number)) => {
            let values = number.enumeration.iter().flatten();
            values.map(|value| exact(*value)).collect()
        }
        SchemaKind::Type(Type::Boolean(boolean)) => {
            let values = boolean.enumeration.iter().flatten();
            values.map(|value| Value::from(*value)).collect()
        }
        SchemaKind::Any(any) => {
            let values = any.enumeration.iter();
            values
                .filter(|value| value.is_number() || value.is_boolean())
                .cloned()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// openapiv3 reads `1` as `1.0` where the type is `number`.
fn exact(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 2f64.powi(53) {
        Value::from(value as i64)
    } else {
        Value::from(value)
    }
}

impl<'d> Lowering<'d> {
    /// An `enum` without `type`.
    pub(super) fn untyped_enumeration(
        &mut self,
        schema: &'d Schema,
        any: &'d AnySchema,
        at: &Pointer,
    ) -> Own<'d> {
        let null = any.enumeration.iter().any(Value::is_null);
        let values: Vec<&'d Value> = any
            .enumeration
            .iter()
            .filter(|value| !value.is_null())
            .collect();
        let mut kinds = kinds(&values, any.format.as_deref());
        if kinds.len() > 1 {
            return (self.mixed_values(schema, any, kinds, at), null);
        }
        (kinds.pop().unwrap_or(Kind::Null), null)
    }

    /// Values of several kinds.
    fn mixed_values(
        &mut self,
        schema: &'d Schema,
        any: &'d AnySchema,
        kinds: Vec<Kind<'d>>,
        at: &Pointer,
    ) -> Kind<'d> {
        if kinds.iter().any(|kind| matches!(kind, Kind::Any)) {
            self.report(
                Code::UnsupportedSchema,
                &at.child("enum"),
                "the values of the `enum` are neither all strings nor all numbers or booleans",
                "any JSON value is taken",
            );
            return Kind::Any;
        }
        let forms = kinds.into_iter().enumerate().map(|(index, kind)| {
            let mut facts = Facts::anything(at.clone());
            let is_boolean = matches!(kind, Kind::Boolean);
            if !matches!(kind, Kind::Enumeration(_)) {
                let values = any.enumeration.iter();
                facts.listed = values
                    .filter(|value| value.is_boolean() == is_boolean && !value.is_string())
                    .filter(|value| !value.is_null())
                    .cloned()
                    .collect();
            }
            facts.kind = kind;
            // No address is that small: it tells the kinds of one schema apart.
            facts.made_of = vec![std::ptr::from_ref(schema).addr(), index];
            let mut form = Form {
                node: None,
                facts: Rc::new(facts),
            };
            plain_constant(&mut form);
            form
        });
        Kind::Union(forms.collect())
    }
}

/// The kinds of the values, each once, in the order of their first values.
fn kinds<'d>(values: &[&'d Value], format: Option<&str>) -> Vec<Kind<'d>> {
    let strings: IndexSet<&'d str> = values.iter().filter_map(|value| value.as_str()).collect();
    let are_whole = values
        .iter()
        .filter(|value| value.is_number())
        .all(|value| value.is_i64() || value.is_u64());
    let mut kinds: Vec<Kind<'d>> = Vec::new();
    for value in values {
        let kind = match value {
            Value::String(_) => Kind::Enumeration(strings.clone()),
            Value::Bool(_) => Kind::Boolean,
            Value::Number(_) if are_whole => Kind::Integer(formats::integer(format)),
            Value::Number(_) => number_kind(format),
            Value::Array(_) => Kind::List(Vec::new()),
            _ => Kind::Any,
        };
        let is_known = kinds
            .iter()
            .any(|known| std::mem::discriminant(known) == std::mem::discriminant(&kind));
        if !is_known {
            kinds.push(kind);
        }
    }
    kinds
}
