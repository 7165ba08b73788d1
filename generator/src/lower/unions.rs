//! `oneOf` and `anyOf`: what alternatives have in common.
//!
//! One alternative beside `null` is that alternative. Strings unite to an enumeration or a string,
//! numbers to a number. What is left has several forms, for which there is no type yet.

use std::rc::Rc;

use indexmap::IndexSet;
use openapiv3::{ReferenceOr, Schema};

use super::Lowering;
use super::all_of::Piece;
use super::facts::{Facts, Kind, ObjectFacts};
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
        let mut pieces: Vec<Piece<'d>> = Vec::with_capacity(alternatives.len());
        for (index, alternative) in alternatives.iter().enumerate() {
            let place = Place::new(alternative, at.index(index));
            let Some(node) = self.resolve(&place) else {
                continue;
            };
            let facts = self.facts(&node);
            nullable |= facts.nullable;
            if !matches!(facts.kind, Kind::Null) {
                pieces.push(Piece::of(node, facts));
            }
        }
        if let [only] = pieces.as_slice() {
            let mut facts = Facts::clone(&only.facts);
            facts.alias = only.node.clone();
            facts.nullable |= nullable;
            return Piece::union(facts);
        }
        let mut facts = Facts::anything(at.clone());
        let forms: Vec<Rc<Facts<'d>>> = pieces.into_iter().map(|piece| piece.facts).collect();
        facts.read_only = !forms.is_empty() && forms.iter().all(|form| form.read_only);
        facts.write_only = !forms.is_empty() && forms.iter().all(|form| form.write_only);
        facts.kind = common(forms, nullable);
        facts.nullable = nullable;
        Piece::union(facts)
    }
}

fn common(forms: Vec<Rc<Facts<'_>>>, nullable: bool) -> Kind<'_> {
    if forms.is_empty() {
        return if nullable { Kind::Null } else { Kind::Any };
    }
    let all_narrow = forms.iter().all(|form| only_narrows(&form.kind));
    if all_narrow || forms.iter().any(|form| matches!(form.kind, Kind::Any)) {
        return Kind::Any;
    }
    if forms.iter().all(|form| matches!(form.kind, Kind::Boolean)) {
        return Kind::Boolean;
    }
    strings(&forms)
        .or_else(|| numbers(&forms))
        .unwrap_or(Kind::Union(forms))
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

fn strings<'d>(forms: &[Rc<Facts<'d>>]) -> Option<Kind<'d>> {
    let mut values = IndexSet::new();
    let mut formats: Vec<&TextFormat> = Vec::new();
    for form in forms {
        match &form.kind {
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

fn numbers<'d>(forms: &[Rc<Facts<'d>>]) -> Option<Kind<'d>> {
    let mut kinds = forms.iter().map(|form| &form.kind);
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
        (_, Kind::Integer(_) | Kind::Number(_)) => Some(Kind::Number(NumberFormat::Double)),
        _ => None,
    })
}
