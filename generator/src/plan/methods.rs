//! Methods: what a call takes, in which order, and what it gives.

use indexmap::IndexMap;

use super::answers;
use super::arguments::{self, Taken};
use super::docs;
use super::features::Features;
use super::names::{Ident, Names, Use};
use super::scopes::{Group, Scopes};
use super::type_names::CallWords;
use super::types::Types;
use crate::api::{AnswerKind, Api, BodyKind, Operation, SchemaId, SecurityRequirement};
use crate::model::{self, Constant, Need, Paging, RequiredStruct, RustType, Streamed};

/// More required values than this, beside those of the path, stand in one struct.
pub(super) const MOST_POSITIONAL: usize = 4;

/// What is known when methods are made.
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    pub(super) scopes: &'a Scopes,
    pub(super) types: &'a Types<'a>,
    pub(super) features: &'a Features,
    /// Whether the configuration says where the service is, whatever the document says.
    pub(super) has_configured_base_url: bool,
}

impl Context<'_> {
    /// The operation's own server; a configured base URL stands for all of them.
    fn base_url(&self, operation: &Operation) -> Option<String> {
        let own = operation.base_url.clone();
        own.filter(|_| !self.has_configured_base_url)
    }
}

/// The method of a group in a module. `names` are the handle's methods, `types` the module's type names.
pub(super) fn method(
    context: &Context<'_>,
    group: &Group,
    words: &CallWords,
    module: &[Ident],
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
        constants,
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
    let takes_parts = operation
        .body
        .as_ref()
        .is_some_and(|body| matches!(body.kind, BodyKind::Multipart(_)));
    let options = (takes_parts || !setters.is_empty()).then(|| {
        let options = format!("{} options", builder.bare());
        types.mint(Use::Type, &options, &["setters"])
    });
    let (output, answer) = answers::output(context, operation, module, || {
        let answer = format!("{} answer", builder.bare());
        types.mint(Use::Type, &answer, &["by status"])
    });
    let paging = operation.paging.as_ref().map(|paging| Paging {
        item: context.types.values(paging.element),
        next: paging.next.clone(),
        items: paging.items.clone(),
        facts: paging.facts.clone(),
    });
    let streamed = streamed(context, operation);
    model::Method {
        docs: method_docs(context, group, module, &constants),
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
        idempotency_key: operation.idempotency_key.clone(),
        credentials: need(&operation.security),
        arguments,
        required,
        constants,
        setters,
        body_media_type: operation.body.as_ref().map(|body| body.media_type.clone()),
        body_required: body,
        takes_parts,
        accept: operation.success.accept.clone(),
        base_url: context.base_url(operation),
        output,
        answer,
        paging,
        streamed,
        name,
        builder,
        options,
        operation: constant,
    }
}

fn streamed(context: &Context<'_>, operation: &Operation) -> Option<Streamed> {
    let success = &operation.success;
    let item = |schema| context.types.values(schema);
    match (&success.kind, success.events) {
        _ if operation.paging.is_some() => None,
        (_, Some(events)) => Some(Streamed::Events(item(events))),
        (AnswerKind::Lines(line), None) if success.others.is_empty() => {
            Some(Streamed::Lines(item(*line)))
        }
        _ => None,
    }
}

fn request(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

fn method_docs(
    context: &Context<'_>,
    group: &Group,
    module: &[Ident],
    constants: &[Constant],
) -> Vec<String> {
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
        let named =
            link(context, *schema, module).map_or_else(String::new, |link| format!(" ({link})"));
        paragraph(
            &mut lines,
            format!(
                "Beside the result, the answer has `{companion}`{named}: `.with_response()`, then `.member(\"/{companion}\")`."
            ),
        );
    }
    let further = [
        always_sent(constants),
        any_length(operation),
        other_media_types(operation),
        errors(context, operation, module),
    ];
    for line in further.into_iter().flatten() {
        paragraph(&mut lines, line);
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

/// What is sent without being asked for.
fn always_sent(constants: &[Constant]) -> Option<String> {
    let sent: Vec<String> = constants
        .iter()
        .filter_map(|constant| {
            let name = docs::code(constant.place.name()?);
            Some(format!("{name} as {}", docs::code(&constant.value)))
        })
        .collect();
    (!sent.is_empty()).then(|| format!("Sends {}.", sent.join(", ")))
}

fn paragraph(lines: &mut Vec<String>, text: String) {
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(text);
}

/// A link from a module to the type of a schema, if it has one.
fn link(context: &Context<'_>, schema: SchemaId, from: &[Ident]) -> Option<String> {
    match context.types.rust_type(schema) {
        RustType::Named(path) if path.module == from => Some(format!("[`{}`]", path.name)),
        RustType::Named(path) => {
            let module: Vec<&str> = path.module.iter().map(Ident::as_str).collect();
            let module = module.join("::");
            Some(format!("[`{0}`](crate::{module}::{0})", path.name))
        }
        _ => None,
    }
}

/// How an answer is had that memory may be too small for.
fn any_length(operation: &Operation) -> Option<String> {
    matches!(operation.success.kind, AnswerKind::Bytes)
        .then(|| "Of any length, as a stream or to a file: `.download()`.".to_owned())
}

/// What the body may be beside what the method makes.
fn other_media_types(operation: &Operation) -> Option<String> {
    let others = operation
        .body
        .iter()
        .flat_map(|body| &body.other_media_types);
    let others: Vec<String> = others.map(|other| format!("`{other}`")).collect();
    (!others.is_empty()).then(|| {
        format!(
            "The body may be {}, too: `.body_bytes()`.",
            others.join(" or ")
        )
    })
}

/// The types of error bodies, by status.
fn errors(context: &Context<'_>, operation: &Operation, from: &[Ident]) -> Option<String> {
    let mut types: IndexMap<String, Vec<&str>> = IndexMap::new();
    for error in &operation.errors {
        if let Some(link) = link(context, error.schema, from) {
            types.entry(link).or_default().push(&error.status);
        }
    }
    let bodies: Vec<String> = types
        .iter()
        .map(|(link, statuses)| format!("{} {link}", statuses.join(", ")))
        .collect();
    (!bodies.is_empty()).then(|| format!("Errors: {}.", bodies.join("; ")))
}

/// An empty alternative asks for nothing (OpenAPI 3.0.3, Security Requirement Object), and the others are
/// taken all the same.
fn need(alternatives: &[SecurityRequirement]) -> Need {
    if alternatives.iter().all(Vec::is_empty) {
        Need::Never
    } else if alternatives.iter().any(Vec::is_empty) {
        Need::IfThere
    } else {
        Need::Always
    }
}
