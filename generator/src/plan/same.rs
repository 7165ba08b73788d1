//! Whether two operations are the same but for the front of their paths.

use std::collections::HashSet;

use crate::api::{AnswerKind, Api, BodyKind, Location, Operation, Parameter, SchemaId, Shape};

/// Compares operations and schemas of one API; pairs that were found equal are remembered.
pub(super) struct Same<'a> {
    api: &'a Api,
    equal: HashSet<(SchemaId, SchemaId)>,
}

impl<'a> Same<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self {
            api,
            equal: HashSet::new(),
        }
    }

    /// What two operations differ in, the first parameter of their paths aside.
    pub(super) fn difference(
        &mut self,
        one: &Operation,
        other: &Operation,
    ) -> Option<&'static str> {
        let (mine, theirs) = (after_scope(one), after_scope(other));
        if mine.len() != theirs.len()
            || !mine
                .iter()
                .zip(&theirs)
                .all(|(one, other)| self.parameters(one, other))
        {
            return Some("their parameters");
        }
        let bodies = match (&one.body, &other.body) {
            (None, None) => true,
            (Some(one), Some(other)) => {
                one.required == other.required
                    && one.media_type == other.media_type
                    && match (&one.kind, &other.kind) {
                        (BodyKind::Json(one), BodyKind::Json(other))
                        | (BodyKind::Lines(one), BodyKind::Lines(other)) => {
                            self.schemas(*one, *other)
                        }
                        (BodyKind::Form(one), BodyKind::Form(other))
                        | (BodyKind::Multipart(Some(one)), BodyKind::Multipart(Some(other))) => {
                            one.encoding == other.encoding && self.schemas(one.schema, other.schema)
                        }
                        (one, other) => one == other,
                    }
            }
            _ => false,
        };
        if !bodies {
            return Some("their bodies");
        }
        let answers = one.success.may_be_empty == other.success.may_be_empty
            && one.success.accept == other.success.accept
            && one.success.others.len() == other.success.others.len()
            && self.answers(&one.success.kind, &other.success.kind)
            && match (one.success.events, other.success.events) {
                (Some(one), Some(other)) => self.schemas(one, other),
                (one, other) => one.is_none() == other.is_none(),
            }
            && one
                .success
                .others
                .iter()
                .zip(&other.success.others)
                .all(|(one, other)| {
                    one.status == other.status && self.answers(&one.kind, &other.kind)
                });
        if !answers {
            return Some("their answers");
        }
        if !pages(one, other) {
            return Some("their pages");
        }
        if one.base_url != other.base_url {
            return Some("their servers");
        }
        if one.retry != other.retry {
            return Some("what may be sent again");
        }
        (one.security.is_empty() != other.security.is_empty())
            .then_some("whether they take credentials")
    }

    fn answers(&mut self, one: &AnswerKind, other: &AnswerKind) -> bool {
        match (one, other) {
            (
                AnswerKind::Json {
                    schema: one,
                    enveloped: first,
                },
                AnswerKind::Json {
                    schema: other,
                    enveloped: second,
                },
            ) => first == second && self.schemas(*one, *other),
            (AnswerKind::Lines(one), AnswerKind::Lines(other)) => self.schemas(*one, *other),
            (one, other) => one == other,
        }
    }

    fn parameters(&mut self, one: &Parameter, other: &Parameter) -> bool {
        // Names of path parameters are never sent.
        (one.name == other.name || one.location == Location::Path)
            && one.location == other.location
            && one.required == other.required
            && one.style == other.style
            && one.secret == other.secret
            && self.schemas(one.schema, other.schema)
    }

    fn schemas(&mut self, one: SchemaId, other: SchemaId) -> bool {
        let mut pairs = vec![(one, other)];
        let mut assumed: HashSet<(SchemaId, SchemaId)> = HashSet::new();
        while let Some(pair) = pairs.pop() {
            let (one, other) = pair;
            if one == other || self.equal.contains(&pair) || !assumed.insert(pair) {
                continue;
            }
            if !self.shapes(one, other, &mut pairs) {
                return false;
            }
        }
        self.equal.extend(assumed);
        true
    }

    /// Compares one level; what is below goes to `pairs`.
    fn shapes(
        &self,
        one: SchemaId,
        other: SchemaId,
        pairs: &mut Vec<(SchemaId, SchemaId)>,
    ) -> bool {
        let (one, other) = (self.api.schema(one), self.api.schema(other));
        if one.nullable != other.nullable {
            return false;
        }
        match (&one.shape, &other.shape) {
            (Shape::List(one), Shape::List(other)) | (Shape::Map(one), Shape::Map(other)) => {
                pairs.push((*one, *other));
                true
            }
            (Shape::Object(one), Shape::Object(other)) => {
                let properties = one.properties.len() == other.properties.len()
                    && one
                        .properties
                        .iter()
                        .zip(&other.properties)
                        .all(|(one, other)| {
                            pairs.push((one.schema, other.schema));
                            one.name == other.name
                                && one.required == other.required
                                && one.read_only == other.read_only
                                && one.secret == other.secret
                        });
                match (one.additional, other.additional) {
                    (None, None) => properties,
                    (Some(one), Some(other)) => {
                        pairs.push((one, other));
                        properties
                    }
                    _ => false,
                }
            }
            (Shape::Union(one), Shape::Union(other)) => {
                one.tag == other.tag
                    && one.members.len() == other.members.len()
                    && one.members.iter().zip(&other.members).all(|(one, other)| {
                        pairs.push((one.schema, other.schema));
                        one.tags == other.tags && one.secret == other.secret
                    })
            }
            (one, other) => one == other,
        }
    }
}

/// Whether pages hang together alike; their elements are those of equal answers.
fn pages(one: &Operation, other: &Operation) -> bool {
    match (&one.paging, &other.paging) {
        (Some(one), Some(other)) => {
            one.next == other.next && one.items == other.items && one.facts == other.facts
        }
        (one, other) => one.is_none() == other.is_none(),
    }
}

/// The parameters but for the first of the path.
fn after_scope(operation: &Operation) -> Vec<&Parameter> {
    let scope = operation
        .parameters
        .iter()
        .position(|parameter| parameter.location == Location::Path);
    let others = operation
        .parameters
        .iter()
        .enumerate()
        .filter(|(index, _)| Some(*index) != scope);
    others.map(|(_, parameter)| parameter).collect()
}
