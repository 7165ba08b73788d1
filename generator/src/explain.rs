//! One operation on its way: its place in the document, what it means, the Rust it becomes.

use std::fmt::Write;

use crate::Planned;
use crate::api::{AnswerKind, Api, BodyKind, NextPage, Operation, Paging, SchemaId, Shape};
use crate::files::Files;
use crate::model::{Argument, Method, Resource, RustType};
use crate::source::Source;

/// How many lines of the document are shown.
const LINES: usize = 40;

/// What is said of an operation; `folder` is how the crate is named in it. `None`: there is no such operation.
pub fn explain(
    source: &Source,
    planned: &Planned,
    files: &Files,
    folder: &str,
    id: &str,
) -> Option<String> {
    let operation = planned
        .api
        .operations
        .iter()
        .find(|operation| operation.id == id)?;
    let (resource, method) = planned
        .krate
        .methods()
        .find(|(_, method)| method.ids.iter().any(|method_id| method_id == id))?;
    let sections = [
        in_document(source, operation),
        as_api(&planned.api, operation),
        as_rust(resource, method),
        emitted(files, folder, operation, method),
    ];
    Some(sections.join("\n"))
}

/// Ids that are near to one that isn't there.
pub fn nearest<'a>(planned: &'a Planned, id: &str) -> Vec<&'a str> {
    let mut scored: Vec<(f32, &str)> = planned
        .api
        .operations
        .iter()
        .map(|operation| {
            (
                similar::TextDiff::from_chars(id, &operation.id).ratio(),
                operation.id.as_str(),
            )
        })
        .filter(|(ratio, _)| *ratio > 0.5)
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored.into_iter().take(3).map(|(_, id)| id).collect()
}

fn in_document(source: &Source, operation: &Operation) -> String {
    let mut text = format!("# In the document\n\n{}\n", operation.at);
    let Some(span) = source.locate(&operation.at) else {
        return text;
    };
    let _ = writeln!(text, "{}:{}:{}\n", source.name, span.line, span.column);
    let lines: Vec<&str> = source.text.lines().skip(span.line - 1).collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let first = lines.first().copied().unwrap_or_default();
    let own = lines
        .iter()
        .enumerate()
        .take_while(|(number, line)| {
            *number == 0 || line.trim().is_empty() || indent(line) > indent(first)
        })
        .count();
    for line in lines.iter().take(own.min(LINES)) {
        let shown: String = line.chars().take(160).collect();
        let _ = writeln!(text, "    {shown}");
    }
    if own > LINES {
        let _ = writeln!(text, "    … {} more lines", own - LINES);
    }
    text
}

fn as_api(api: &Api, operation: &Operation) -> String {
    let mut text = format!(
        "# What it means\n\n{} {}\n",
        operation.method.as_str(),
        operation.path
    );
    for parameter in &operation.parameters {
        let needed = if parameter.required {
            "required"
        } else {
            "optional"
        };
        let location = format!("{:?}", parameter.location).to_lowercase();
        let _ = writeln!(
            text,
            "{location} parameter {}: {}, {needed}",
            parameter.name,
            shape(api, parameter.schema)
        );
    }
    if let Some(body) = &operation.body {
        let needed = if body.required {
            "required"
        } else {
            "optional"
        };
        let of = match &body.kind {
            BodyKind::Json(schema) | BodyKind::Lines(schema) => Some(*schema),
            BodyKind::Form(form) | BodyKind::Multipart(Some(form)) => Some(form.schema),
            BodyKind::Multipart(None) | BodyKind::Bytes => None,
        };
        let kind = match (&body.kind, of) {
            (BodyKind::Lines(_), Some(schema)) => format!("lines of {}", shape(api, schema)),
            (_, Some(schema)) => shape(api, schema),
            (BodyKind::Multipart(_), None) => "parts of any name".to_owned(),
            (_, None) => "bytes".to_owned(),
        };
        let _ = writeln!(text, "body {}: {kind}, {needed}", body.media_type);
        if let Some(schema) = of {
            properties(api, schema, &mut text);
        }
    }
    let success = &operation.success;
    let _ = writeln!(
        text,
        "answer {}: {}",
        success.status,
        answer(api, &success.kind)
    );
    if let Some(events) = success.events {
        let _ = writeln!(text, "events: {}", shape(api, events));
    }
    if let AnswerKind::Json { schema, .. } = success.kind {
        properties(api, schema, &mut text);
    }
    for other in &success.others {
        let _ = writeln!(
            text,
            "answer {}: {}",
            other.status,
            answer(api, &other.kind)
        );
    }
    for error in &operation.errors {
        let _ = writeln!(text, "error {}: {}", error.status, shape(api, error.schema));
    }
    if let Some(base_url) = &operation.base_url {
        let _ = writeln!(text, "server: {base_url}");
    }
    let _ = match &operation.idempotency_key {
        None => writeln!(text, "sent again: {}", operation.retry.as_str()),
        Some(header) => writeln!(text, "sent again: with the same key in {header}"),
    };
    if let Some(paging) = &operation.paging {
        let _ = writeln!(text, "pages: {}", pages(paging));
    }
    let security: Vec<String> = operation
        .security
        .iter()
        .map(|schemes| schemes.join(" + "))
        .collect();
    let _ = writeln!(
        text,
        "credentials: {}",
        if security.is_empty() {
            "none".to_owned()
        } else {
            security.join(", or ")
        }
    );
    text
}

/// The scheme, where the list stands, and what proves its end.
fn pages(paging: &Paging) -> String {
    let mut text = paging.next.as_str().to_owned();
    let _ = match &paging.next {
        NextPage::Single | NextPage::Link => Ok(()),
        NextPage::Url { url } => write!(text, " at {url}"),
        NextPage::Page { parameter, first } | NextPage::Offset { parameter, first } => {
            write!(text, " by {parameter} from {first}")
        }
        NextPage::Cursor { parameter, cursor } => write!(text, " by {parameter} from {cursor}"),
        NextPage::LastItem { parameter, member } => {
            write!(text, " by {parameter} from {member} of the last")
        }
    };
    if !paging.items.is_empty() {
        let _ = write!(text, ", list at /{}", paging.items.join("/"));
    }
    for (name, place) in paging.facts.places() {
        let _ = write!(text, ", {name} at {place}");
    }
    text
}

fn answer(api: &Api, kind: &AnswerKind) -> String {
    match kind {
        AnswerKind::Empty => "nothing".to_owned(),
        AnswerKind::Text => "text".to_owned(),
        AnswerKind::Bytes => "bytes".to_owned(),
        AnswerKind::Lines(schema) => format!("lines of {}", shape(api, *schema)),
        AnswerKind::Json { schema, enveloped } => {
            let inside = if *enveloped {
                " inside the envelope"
            } else {
                ""
            };
            format!("{}{inside}", shape(api, *schema))
        }
    }
}

fn properties(api: &Api, schema: SchemaId, text: &mut String) {
    if let Shape::Object(object) = &api.schema(schema).shape {
        for property in &object.properties {
            let needed = if property.required {
                "required"
            } else {
                "optional"
            };
            let secret = if property.secret { ", secret" } else { "" };
            let null = if api.schema(property.schema).nullable {
                " or null"
            } else {
                ""
            };
            let _ = writeln!(
                text,
                "  {}: {}{null}, {needed}{secret}",
                property.name,
                shape(api, property.schema)
            );
        }
    }
}

fn shape(api: &Api, id: SchemaId) -> String {
    let schema = api.schema(id);
    let named = match &schema.origin {
        crate::api::Origin::Component(name) => format!(" `{name}`"),
        _ => String::new(),
    };
    match &schema.shape {
        Shape::Any => "any value".to_owned(),
        Shape::Text(format) => format!("string ({format:?})").replace(" (Plain)", ""),
        Shape::Integer(_) => "integer".to_owned(),
        Shape::Number(_) => "number".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Enumeration(values) => format!("one of {} strings{named}", values.len()),
        Shape::List(items) => format!("list of {}", shape_below(api, *items)),
        Shape::Map(values) => format!("map of {}", shape_below(api, *values)),
        Shape::Object(_) => format!("object{named}"),
        Shape::Union(union) => format!("one of {} forms{named}", union.members.len()),
    }
}

/// One level is enough: a list may lead back to itself.
fn shape_below(api: &Api, id: SchemaId) -> String {
    match &api.schema(id).shape {
        Shape::List(_) => "lists".to_owned(),
        Shape::Map(_) => "maps".to_owned(),
        _ => shape(api, id),
    }
}

fn as_rust(resource: &Resource, method: &Method) -> String {
    let mut text = format!(
        "# In Rust\n\nclient.{}().{}\n",
        resource.dotted().replace('.', "()."),
        method.name
    );
    let required = method.required.iter().flat_map(|required| &required.fields);
    for argument in method.arguments.iter().chain(required) {
        let _ = writeln!(text, "argument {}", spelled(argument));
    }
    for constant in &method.constants {
        let name = constant.place.name().unwrap_or_default();
        let _ = writeln!(text, "sends    {name}: \"{}\"", constant.value);
    }
    for setter in &method.setters {
        let _ = writeln!(text, "setter   {}", spelled(setter));
    }
    let _ = writeln!(text, "gives    {}", rust_type(&method.output));
    text
}

fn spelled(argument: &Argument) -> String {
    format!("{}: {}", argument.name, rust_type(&argument.ty))
}

fn rust_type(ty: &RustType) -> String {
    match ty {
        RustType::Unit => "()".to_owned(),
        RustType::Json => "JsonValue".to_owned(),
        RustType::Option(inner) => format!("Option<{}>", rust_type(inner)),
        RustType::Nullable(inner) => format!("Nullable<{}>", rust_type(inner)),
        RustType::Vec(inner) => format!("Vec<{}>", rust_type(inner)),
        RustType::Map(inner) => format!("BTreeMap<String, {}>", rust_type(inner)),
        RustType::Boxed(inner) => format!("Box<{}>", rust_type(inner)),
        RustType::Named(path) => path.name.to_string(),
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U32 => "u32".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F32 => "f32".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::String
        | RustType::Decimal
        | RustType::Timestamp
        | RustType::Date
        | RustType::Base64
        | RustType::Secret
        | RustType::Bytes
        | RustType::ByteStream
        | RustType::Part => {
            format!("{ty:?}")
        }
    }
}

fn emitted(files: &Files, folder: &str, operation: &Operation, method: &Method) -> String {
    let comment = format!("// spec: {}", operation.at);
    let found = files.0.iter().find_map(|(path, text)| {
        let lines: Vec<&str> = text.lines().collect();
        let at = lines.iter().position(|line| line.trim() == comment)?;
        Some((path, lines, at))
    });
    let Some((path, lines, at)) = found else {
        return format!(
            "# Emitted\n\n`{}` has no method in the emitted files\n",
            operation.id
        );
    };
    let is_docs = |line: &str| line.trim_start().starts_with("//");
    let start = lines
        .iter()
        .take(at)
        .rposition(|line| !is_docs(line))
        .map_or(0, |line| line + 1);
    let end = lines
        .iter()
        .skip(at)
        .position(|line| *line == "    }")
        .map_or(lines.len(), |line| at + line + 1);
    let declared = lines
        .iter()
        .skip(at)
        .position(|line| line.contains(&format!("fn {}", method.name)))
        .unwrap_or(0);
    let mut text = format!("# Emitted\n\n{folder}/{path}:{}\n\n", at + declared + 1);
    for line in lines.iter().take(end).skip(start) {
        let _ = writeln!(text, "{line}");
    }
    text
}
