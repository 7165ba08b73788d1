//! `oneOf` and `anyOf`: what alternatives have in common, and which forms are left.
//!
//! One alternative beside `null` is that alternative. Strings unite to an enumeration or a string,
//! numbers to a number, objects that differ in `required` alone to one object. An unnamed union among
//! the alternatives gives its own forms. What is left has several forms.

use std::rc::Rc;

use indexmap::IndexSet;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::Lowering;
use super::all_of::{Piece, same_places};
use super::facts::{Additional, Facts, Form, Kind, ObjectFacts};
use super::references::Place;
use crate::api::{IntegerFormat, NumberFormat, TextFormat};
use crate::pointer::Pointer;

impl<'d> Lowering<'d> {
    /// What the alternatives have in common; `at` is where their list stands.
    pub(super) fn alternatives(
        &mut self,
        alternatives: &'d [ReferenceOr<Schema>],
        at: &Pointer,
    ) -> Piece<'d> {
        let mut nullable = false;
        let mut forms: Vec<Form<'d>> = Vec::with_capacity(alternatives.len());
        for (index, alternative) in alternatives.iter().enumerate() {
            let place = Place::new(alternative, at.index(index));
            let Some(node) = self.resolve(&place) else {
                continue;
            };
            let facts = self.facts(&node);
            nullable |= facts.nullable;
            if !matches!(facts.kind, Kind::Null) {
                add(
                    &mut forms,
                    Form {
                        node: Some(node),
                        facts,
                    },
                );
            }
        }
        if let [only] = forms.as_slice() {
            let mut facts = Facts::clone(&only.facts);
            facts.alias = facts.alias.or_else(|| only.node.clone());
            facts.nullable |= nullable;
            return Piece::union(facts);
        }
        let mut facts = Facts::anything(at.clone());
        facts.read_only = !forms.is_empty() && forms.iter().all(|form| form.facts.read_only);
        facts.write_only = !forms.is_empty() && forms.iter().all(|form| form.facts.write_only);
        facts.made_of = forms
            .iter()
            .flat_map(|form| form.facts.made_of.iter().copied())
            .collect();
        facts.kind = common(forms, nullable);
        facts.nullable = nullable;
        Piece::union(facts)
    }
}

/// Adds a form; a union without a name and without a discriminator of its own gives its forms instead.
fn add<'d>(forms: &mut Vec<Form<'d>>, form: Form<'d>) {
    let is_own_type = form.component().is_some() || form.facts.discriminator.is_some();
    match &form.facts.kind {
        Kind::Union(inner) if !is_own_type => {
            for form in inner {
                add(forms, form.clone());
            }
        }
        _ => {
            let address = |form: &Form<'d>| form.facts.alias.as_ref().map(|node| node.address());
            let mine = address(&form);
            if mine.is_none() || !forms.iter().any(|known| address(known) == mine) {
                forms.push(form);
            }
        }
    }
}

fn common(forms: Vec<Form<'_>>, nullable: bool) -> Kind<'_> {
    if forms.is_empty() {
        return if nullable { Kind::Null } else { Kind::Any };
    }
    let all_narrow = forms.iter().all(|form| only_narrows(&form.facts.kind));
    if all_narrow
        || forms
            .iter()
            .any(|form| matches!(form.facts.kind, Kind::Any))
    {
        return Kind::Any;
    }
    if let Some(object) = differ_in_required(&forms) {
        return Kind::Object(object);
    }
    let mut forms = united(united(united(forms, strings), numbers), booleans);
    match forms.as_slice() {
        [only] => only.facts.kind.clone(),
        _ => {
            for form in &mut forms {
                plain_constant(form);
            }
            Kind::Union(forms)
        }
    }
}

/// `required` alone says which keys go together, not what they are.
fn only_narrows(kind: &Kind<'_>) -> bool {
    match kind {
        Kind::Any => true,
        Kind::Object(object) => {
            let ObjectFacts { required, .. } = object;
            object.is_bare() && !required.is_empty()
        }
        _ => false,
    }
}

/// The one object that all forms are, but for the keys that they require.
fn differ_in_required<'d>(forms: &[Form<'d>]) -> Option<ObjectFacts<'d>> {
    let mut objects = forms.iter().map(|form| match &form.facts.kind {
        Kind::Object(object) => Some(object),
        _ => None,
    });
    let mut merged = objects.next()??.clone();
    for object in objects {
        let object = object?;
        let same_keys = merged.properties.len() == object.properties.len()
            && merged.properties.iter().all(|(name, places)| {
                let other = object.properties.get(name);
                other.is_some_and(|other| same_places(places, other))
            });
        let same_rest = match (&merged.additional, &object.additional) {
            (Additional::Typed(one), Additional::Typed(other)) => same_places(one, other),
            (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
        };
        if !same_keys || !same_rest {
            return None;
        }
        merged
            .required
            .retain(|name| object.required.contains(name));
    }
    Some(merged)
}

/// Puts what several forms unite to into the place of the first of them.
fn united<'d>(forms: Vec<Form<'d>>, unite: fn(&[Form<'d>]) -> Option<Kind<'d>>) -> Vec<Form<'d>> {
    let fits = |form: &Form<'d>| unite(std::slice::from_ref(form)).is_some();
    let (fitting, others): (Vec<_>, Vec<_>) = forms.iter().cloned().partition(fits);
    let place = forms.iter().position(fits);
    let ([first, _, ..], Some(kind), Some(place)) = (fitting.as_slice(), unite(&fitting), place)
    else {
        return forms;
    };
    let mut facts = Facts::anything(first.facts.at.clone());
    facts.kind = kind;
    facts.made_of = fitting
        .iter()
        .flat_map(|form| form.facts.made_of.iter().copied())
        .collect();
    if fitting.iter().all(|form| !form.facts.listed.is_empty()) {
        facts.listed = fitting
            .iter()
            .flat_map(|form| form.facts.listed.iter().cloned())
            .collect();
    }
    facts.description = fitting.iter().find_map(|form| form.facts.description);
    let mut forms = others;
    forms.insert(
        place,
        Form {
            node: None,
            facts: Rc::new(facts),
        },
    );
    forms
}

/// One string without a name needs no enum of its own: its documentation says which it is.
pub(super) fn plain_constant(form: &mut Form<'_>) {
    let Kind::Enumeration(values) = &form.facts.kind else {
        return;
    };
    if values.len() == 1 && form.component().is_none() {
        let mut facts = Facts::clone(&form.facts);
        facts.listed = values.iter().map(|value| Value::from(*value)).collect();
        facts.kind = Kind::Text(TextFormat::Plain);
        facts.alias = None;
        form.node = None;
        form.facts = Rc::new(facts);
    }
}

fn booleans<'d>(forms: &[Form<'d>]) -> Option<Kind<'d>> {
    let all = forms
        .iter()
        .all(|form| matches!(form.facts.kind, Kind::Boolean));
    all.then_some(Kind::Boolean)
}

fn strings<'d>(forms: &[Form<'d>]) -> Option<Kind<'d>> {
    let mut values = IndexSet::new();
    let mut formats: Vec<&TextFormat> = Vec::new();
    for form in forms {
        match &form.facts.kind {
            Kind::Enumeration(listed) => values.extend(listed.iter().copied()),
            Kind::Text(format) => formats.push(format),
            _ => return None,
        }
    }
    let Some((first, others)) = formats.split_first() else {
        return Some(Kind::Enumeration(values));
    };
    let alike = values.is_empty() && others.iter().all(|format| format == first);
    let is_secret = formats.contains(&&TextFormat::Password);
    Some(Kind::Text(match (alike, is_secret) {
        (true, _) => TextFormat::clone(first),
        // One secret form is enough to hide them all.
        (false, true) => TextFormat::Password,
        (false, false) => TextFormat::Plain,
    }))
}

fn numbers<'d>(forms: &[Form<'d>]) -> Option<Kind<'d>> {
    let mut kinds = forms.iter().map(|form| &form.facts.kind);
    let first = match kinds.next()? {
        kind @ (Kind::Integer(_) | Kind::Number(_)) => kind.clone(),
        _ => return None,
    };
    kinds.try_fold(first, |wider, kind| match (wider, kind) {
        (Kind::Integer(one), Kind::Integer(other)) if one == *other => Some(Kind::Integer(one)),
        (Kind::Integer(_), Kind::Integer(_)) => Some(Kind::Integer(IntegerFormat::Int64)),
        (Kind::Number(NumberFormat::Float), Kind::Number(NumberFormat::Float)) => {
            Some(Kind::Number(NumberFormat::Float))
        }
        (Kind::Number(NumberFormat::Decimal), Kind::Integer(_) | Kind::Number(_))
        | (_, Kind::Number(NumberFormat::Decimal)) => Some(Kind::Number(NumberFormat::Decimal)),
        (_, Kind::Integer(_) | Kind::Number(_)) => Some(Kind::Number(NumberFormat::Double)),
        _ => None,
    })
}
