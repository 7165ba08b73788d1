//! Text to value. Failures become [`LoadError`]s with their place and how to mend them.

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::value::{Context, Fault, ValueSeed};
use super::{LoadError, LoadErrorKind, syntax};
use crate::source::{Format, Source, Span};

pub(super) fn parse(source: &Source) -> Result<Value, LoadError> {
    if source.text.trim().is_empty() {
        return Err(empty());
    }
    match source.format {
        Format::Json => json(source),
        Format::Yaml => yaml(source),
    }
}

/// Nothing, or nothing but comments.
pub(super) fn empty() -> LoadError {
    LoadError::new(LoadErrorKind::NotOpenApi, "the document is empty")
        .hint("it should begin with `openapi: 3.0.3`, `info` and `paths`")
}

fn json(source: &Source) -> Result<Value, LoadError> {
    let context = Context::new(source.text.len(), false);
    let mut reader = serde_json::Deserializer::from_str(&source.text);
    let value = ValueSeed(&context).deserialize(&mut reader);
    value
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| {
            // serde_json counts columns in bytes, and 0 before a line's first.
            let start = source.line_start(error.line());
            let offset = (start + error.column().saturating_sub(1)).min(source.text.len());
            match context.fault() {
                Some(fault) => faulty(source, &fault, Some(source.span(offset..offset))),
                None => syntax::json(source, offset, &error),
            }
        })
}

fn yaml(source: &Source) -> Result<Value, LoadError> {
    if let Some(place) = syntax::too_deep_for_libyaml(source) {
        return Err(syntax::too_deep(place));
    }
    let context = Context::new(source.text.len(), true);
    let reader = serde_yaml::Deserializer::from_str(&source.text);
    ValueSeed(&context).deserialize(reader).map_err(|error| {
        let place = error.location().map(|location| location.index());
        let span = place.map(|character| {
            let mut characters = source.text.char_indices();
            let offset = characters
                .nth(character)
                .map_or(source.text.len(), |(offset, _)| offset);
            source.span(offset..offset)
        });
        match context.fault() {
            Some(fault) => faulty(source, &fault, span),
            None => syntax::yaml(source, span, &error),
        }
    })
}

/// The text is well formed, and yet no JSON value.
fn faulty(source: &Source, fault: &Fault, span: Option<Span>) -> LoadError {
    let error = |message: String, hint: &str| {
        LoadError::new(LoadErrorKind::Syntax, message)
            .hint(hint)
            .at(span.clone())
    };
    match fault {
        Fault::DuplicateKey(key) => {
            let error = error(
                format!("the key `{key}` is there twice in one object"),
                "remove or rename one of the two",
            );
            match source.duplicate_key() {
                Some((first, again)) => error.at(again).related(first, "it is here already"),
                None => error,
            }
        }
        Fault::NotFinite => error(
            "the number is infinite or not a number, which JSON can't say".into(),
            "leave it out, or write it in quotes if it is meant as text",
        ),
        Fault::BadMerge => error(
            "`<<` merges a mapping or a list of mappings, and this is something else".into(),
            "let it refer to a mapping, as in `<<: *defaults`",
        ),
        Fault::TooLarge => error(
            "aliases make the document far larger than its text".into(),
            "use `$ref` to `components` instead of YAML aliases",
        ),
    }
}
