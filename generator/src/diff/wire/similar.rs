//! Whether two things of two documents are the same under another name.

use std::collections::HashSet;

use crate::api::{AnswerKind, Api, BodyKind, Object, Operation, SchemaId, Shape};

use super::Walk;

/// How deep structures are compared.
const DEEP: usize = 4;

/// Names that are this much alike may be one name, changed.
const ALIKE: f32 = 0.6;

/// Whether two names may be one, changed.
pub(super) fn names_are_alike(old: &str, new: &str) -> bool {
    let (old, new) = (old.to_lowercase(), new.to_lowercase());
    similar::TextDiff::from_chars(&old, &new).ratio() >= ALIKE
}

/// Whether two schemas have the same structure, names of schemas aside.
pub(super) fn same_structure(old: (&Api, SchemaId), new: (&Api, SchemaId)) -> bool {
    same_to(old, new, DEEP)
}

fn same_to(old: (&Api, SchemaId), new: (&Api, SchemaId), depth: usize) -> bool {
    let (was, is) = (old.0.schema(old.1), new.0.schema(new.1));
    if was.nullable != is.nullable || was.listed != is.listed {
        return false;
    }
    if depth == 0 {
        return std::mem::discriminant(&was.shape) == std::mem::discriminant(&is.shape);
    }
    let below = |was: SchemaId, is: SchemaId| same_to((old.0, was), (new.0, is), depth - 1);
    match (&was.shape, &is.shape) {
        (Shape::List(was), Shape::List(is)) | (Shape::Map(was), Shape::Map(is)) => below(*was, *is),
        (Shape::Object(was), Shape::Object(is)) => {
            was.properties.len() == is.properties.len()
                && was.additional.is_some() == is.additional.is_some()
                && was.properties.iter().zip(&is.properties).all(|(was, is)| {
                    was.name == is.name
                        && was.required == is.required
                        && below(was.schema, is.schema)
                })
        }
        (Shape::Union(was), Shape::Union(is)) => {
            was.members.len() == is.members.len()
                && was
                    .members
                    .iter()
                    .zip(&is.members)
                    .all(|(was, is)| below(was.schema, is.schema))
        }
        (was, is) => was == is,
    }
}

impl Walk<'_> {
    /// Whether two schemas of different names have enough in common to be one that was renamed.
    pub(super) fn are_alike(&self, old: SchemaId, new: SchemaId) -> bool {
        let (was, is) = (self.old.schema(old), self.new.schema(new));
        match (&was.shape, &is.shape) {
            (Shape::Object(was), Shape::Object(is)) => have_much_in_common(was, is),
            (Shape::Enumeration(was), Shape::Enumeration(is)) => half_in_common(
                was.iter().map(String::as_str),
                is.iter().map(String::as_str),
            ),
            (was, is) => std::mem::discriminant(was) == std::mem::discriminant(is),
        }
    }

    /// Whether two operations take and give the same.
    pub(super) fn same_operation(&self, old: &Operation, new: &Operation) -> bool {
        let same = |was: SchemaId, is: SchemaId| same_structure((self.old, was), (self.new, is));
        let parameters = old.parameters.len() == new.parameters.len()
            && old.parameters.iter().zip(&new.parameters).all(|(was, is)| {
                was.location == is.location
                    && was.required == is.required
                    && (was.name == is.name || was.location == crate::api::Location::Path)
                    && same(was.schema, is.schema)
            });
        let bodies = match (&old.body, &new.body) {
            (None, None) => true,
            (Some(was), Some(is)) => match (&was.kind, &is.kind) {
                (BodyKind::Json(was), BodyKind::Json(is))
                | (BodyKind::Lines(was), BodyKind::Lines(is)) => same(*was, *is),
                (BodyKind::Form(was), BodyKind::Form(is))
                | (BodyKind::Multipart(Some(was)), BodyKind::Multipart(Some(is))) => {
                    same(was.schema, is.schema)
                }
                (was, is) => std::mem::discriminant(was) == std::mem::discriminant(is),
            },
            _ => false,
        };
        let answers = match (&old.success.kind, &new.success.kind) {
            (AnswerKind::Json { schema: was, .. }, AnswerKind::Json { schema: is, .. })
            | (AnswerKind::Lines(was), AnswerKind::Lines(is)) => same(*was, *is),
            (was, is) => std::mem::discriminant(was) == std::mem::discriminant(is),
        };
        parameters && bodies && answers
    }
}

/// Whether two objects have half of their properties in common, by name.
pub(super) fn have_much_in_common(one: &Object, other: &Object) -> bool {
    let mine = one.properties.iter().map(|one| one.name.as_str());
    let theirs = other.properties.iter().map(|one| one.name.as_str());
    half_in_common(mine, theirs)
}

fn half_in_common<'a>(
    mine: impl Iterator<Item = &'a str>,
    theirs: impl Iterator<Item = &'a str>,
) -> bool {
    let mine: HashSet<&str> = mine.collect();
    let theirs: HashSet<&str> = theirs.collect();
    let common = mine.intersection(&theirs).count();
    common * 2 >= mine.len().max(theirs.len())
}
