//! What a method gives: the type of the answer, or an enum where it depends on the status.

use super::docs;
use super::methods::Context;
use super::names::{Ident, Names, Use};
use super::types::optional;
use crate::api::{AnswerKind, Operation};
use crate::model::{Answer, AnswerEnum, AnswerVariant, RustType, TypeKind, TypePath};

/// The type of the answer, and how it is read. `name` is for the enum, if there is one in `module`.
pub(super) fn output(
    context: &Context<'_>,
    operation: &Operation,
    module: &[Ident],
    name: impl FnOnce() -> Ident,
) -> (RustType, Answer) {
    let success = &operation.success;
    let variants = variants(context, operation);
    if variants.len() < 2 {
        return single(context, &success.kind, success.may_be_empty);
    }
    let name = name();
    let path = TypePath {
        module: module.to_vec(),
        name: name.clone(),
        kind: TypeKind::Plain,
    };
    (
        RustType::Named(path),
        Answer::ByStatus(AnswerEnum { name, variants }),
    )
}

/// A variant for each status; fewer than two if one type is right for all of them.
fn variants(context: &Context<'_>, operation: &Operation) -> Vec<AnswerVariant> {
    let success = &operation.success;
    let first = single(context, &success.kind, false);
    let differs =
        |kind: &AnswerKind| *kind != AnswerKind::Empty && single(context, kind, false) != first;
    if !success.others.iter().any(|other| differs(&other.kind)) {
        return Vec::new();
    }
    let mut names = Names::default();
    let is_range = |status: &str| status.parse::<u16>().is_err();
    let others = success.others.iter().map(|other| {
        (
            other.status.as_str(),
            &other.kind,
            other.description.as_deref(),
        )
    });
    let mut answers: Vec<_> = std::iter::once((
        success.status.as_str(),
        &success.kind,
        success.description.as_deref(),
    ))
    .chain(others)
    .collect();
    // A range is for what no status of its own is for.
    answers.sort_by_key(|(status, ..)| is_range(status));
    let variants = answers.into_iter().map(|(status, kind, description)| {
        let (ty, answer) = single(context, kind, false);
        let mut lines = vec![format!("Status {status}.")];
        let said = description.map(docs::lines).unwrap_or_default();
        if !said.is_empty() {
            lines.push(String::new());
            lines.extend(said);
        }
        AnswerVariant {
            name: names.mint(Use::Variant, word(status), &["status", status]),
            docs: lines,
            statuses: range(status),
            ty: (ty != RustType::Unit).then_some(ty),
            answer,
        }
    });
    variants.collect()
}

fn single(context: &Context<'_>, kind: &AnswerKind, may_be_empty: bool) -> (RustType, Answer) {
    match kind {
        AnswerKind::Empty => (RustType::Unit, Answer::Empty),
        AnswerKind::Text => (
            optional(RustType::String, !may_be_empty, false),
            Answer::Text,
        ),
        AnswerKind::Bytes => (RustType::Bytes, Answer::Bytes),
        AnswerKind::Lines(schema) => (
            RustType::Vec(Box::new(context.types.values(*schema))),
            Answer::Lines,
        ),
        AnswerKind::Json { schema, enveloped } => {
            let ty = context.types.rust_type(*schema);
            let nullable = context.api.schema(*schema).nullable;
            let is_surely_there = !may_be_empty && !nullable;
            let answer = if *enveloped {
                Answer::Enveloped
            } else {
                Answer::Json
            };
            let ty = if is_surely_there || ty == RustType::Json {
                ty
            } else {
                RustType::Option(Box::new(ty))
            };
            (ty, answer)
        }
    }
}

/// What HTTP calls a success status (RFC 9110, section 15.3, and RFC 4918).
fn word(status: &str) -> &str {
    match status {
        "200" => "ok",
        "201" => "created",
        "202" => "accepted",
        "203" => "non authoritative information",
        "204" => "no content",
        "205" => "reset content",
        "206" => "partial content",
        "207" => "multi status",
        "2XX" => "other",
        other => other,
    }
}

/// The first and the last status of a range; a single one twice.
fn range(status: &str) -> (u16, u16) {
    match status.parse() {
        Ok(status) => (status, status),
        Err(_) => (200, 299),
    }
}
