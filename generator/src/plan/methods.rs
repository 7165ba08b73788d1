//! Methods: what a call takes, in which order, and what it gives.

use super::arguments::{self, Taken};
use super::docs;
use super::names::{Ident, Names, Use};
use super::scopes::{Group, Scopes};
use super::types::{CallWords, Types, optional};
use crate::api::{AnswerKind, Api, Operation};
use crate::model::{self, Answer, RequiredStruct, RustType};

/// More required values than this, beside those of the path, stand in one struct.
pub(super) const MOST_POSITIONAL: usize = 4;

/// What is known when methods are made.
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    pub(super) scopes: &'a Scopes,
    pub(super) types: &'a Types<'a>,
}

/// The method of a group. `names` are the handle's methods, `types` the module's type names.
pub(super) fn method(
    context: &Context<'_>,
    group: &Group,
    words: &CallWords,
    names: &mut Names,
    types: &mut Names,
) -> model::Method {
    let operation = group.first(context.api);
    let name = names.mint(Use::Method, &words.method, &["call", "operation"]);
    let builder = types.mint(Use::Type, &words.call, &["call", &words.parent]);
    let constant = super::names::lone(Use::Constant, name.bare());
    let Taken {
        arguments,
        required,
        setters,
        body,
    } = arguments::take(context, group, operation);
    let required = (!required.is_empty()).then(|| RequiredStruct {
        name: types.mint(
            Use::Type,
            &format!("{} required", builder.bare()),
            &["values"],
        ),
        argument: super::names::lone(Use::Argument, "required"),
        fields: required,
    });
    let (output, answer) = output(context, operation);
    model::Method {
        docs: method_docs(context, group),
        deprecated: operation.deprecated,
        ids: group
            .operations
            .iter()
            .map(|index| context.api.operations[*index].id.clone())
            .collect(),
        at: group
            .operations
            .iter()
            .map(|index| context.api.operations[*index].at.clone())
            .collect(),
        requests: group
            .operations
            .iter()
            .map(|index| request(&context.api.operations[*index]))
            .collect(),
        http_method: operation.method,
        path: if group.has_twins() {
            format!("/{{scope}}{}", group.rest)
        } else {
            operation.path.clone()
        },
        retry: operation.retry,
        authenticated: operation
            .security
            .iter()
            .any(|requirement| !requirement.is_empty()),
        arguments,
        required,
        setters,
        body_media_type: operation.body.as_ref().map(|body| body.media_type.clone()),
        body_required: body,
        output,
        answer,
        name,
        builder,
        operation: constant,
    }
}

fn request(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

fn output(context: &Context<'_>, operation: &Operation) -> (RustType, Answer) {
    let success = &operation.success;
    match &success.kind {
        AnswerKind::Empty => (RustType::Unit, Answer::Empty),
        AnswerKind::Text => (
            optional(RustType::String, !success.may_be_empty, false),
            Answer::Text,
        ),
        AnswerKind::Bytes => (RustType::Bytes, Answer::Bytes),
        AnswerKind::Json { schema, enveloped } => {
            let ty = context.types.rust_type(*schema);
            let nullable = context.api.schema(*schema).nullable;
            let is_surely_there = !success.may_be_empty && !nullable;
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

fn method_docs(context: &Context<'_>, group: &Group) -> Vec<String> {
    let operation = group.first(context.api);
    let summary = operation
        .summary
        .as_deref()
        .map(docs::lines)
        .unwrap_or_default();
    let description = operation
        .description
        .as_deref()
        .map(docs::lines)
        .unwrap_or_default();
    let mut lines = summary;
    if !description.is_empty() && description != lines {
        let says_more = lines.first().is_none_or(|summary| {
            summary.trim_end_matches('.') != description[0].trim_end_matches('.')
        });
        if !lines.is_empty() && says_more {
            lines.push(String::new());
        } else {
            lines.clear();
        }
        lines.extend(description);
    }
    for (companion, schema) in &operation.success.companions {
        let ty = context.types.rust_type(*schema);
        let named = match &ty {
            RustType::Named(path) => {
                let module: Vec<&str> = path.module.iter().map(Ident::as_str).collect();
                format!(" ([`{0}`](crate::{1}::{0}))", path.name, module.join("::"))
            }
            _ => String::new(),
        };
        paragraph(
            &mut lines,
            format!(
                "Beside the result, the answer has `{companion}`{named}: `.with_response()`, then `.member(\"/{companion}\")`."
            ),
        );
    }
    let calls: Vec<String> = group
        .operations
        .iter()
        .map(|index| format!("`{}`", request(&context.api.operations[*index])))
        .collect();
    paragraph(&mut lines, calls.join(" or "));
    if let Some(url) = &operation.documentation_url
        && (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(|character: char| character.is_whitespace() || "<>".contains(character))
    {
        paragraph(&mut lines, format!("Documentation: <{url}>"));
    }
    lines
}

fn paragraph(lines: &mut Vec<String>, text: String) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(text);
}
