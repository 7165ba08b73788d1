//! Is it an OpenAPI document at all, and of which version?

use serde_json::{Map, Value};

use super::{LoadError, LoadErrorKind, parse};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::source::Source;

/// What is read as if it were said, where the document says nothing usable.
const ASSUMED_VERSION: &str = "3.0.3";

/// The versions that differ in how they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// 3.0, and whatever isn't newer.
    OpenApi30,
    /// 3.1 and 3.2: schemas are JSON Schema.
    OpenApi31,
}

/// Leaves an object with an `openapi` text and a `paths` object.
pub(super) fn check(
    value: &mut Value,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Version, LoadError> {
    if value.is_null() && source.locate(&Pointer::root()).is_none() {
        return Err(parse::empty());
    }
    let kind = kind_of(value);
    let Value::Object(root) = value else {
        let message = format!("an OpenAPI document is an object, and this is {kind}");
        return Err(nothing_to_read(source, "", message));
    };
    if !["openapi", "swagger", "paths"]
        .iter()
        .any(|key| root.contains_key(*key))
    {
        let message = "the document has neither `openapi` nor `paths`";
        return Err(nothing_to_read(source, "", message.to_owned()));
    }
    let version = check_version(root, diagnostics);
    check_paths(root, source, diagnostics)?;
    Ok(version)
}

fn check_version(root: &mut Map<String, Value>, diagnostics: &mut Vec<Diagnostic>) -> Version {
    let at = Pointer::root().child("openapi");
    let said = match root.get("openapi") {
        // YAML takes a bare `3.0` for a number.
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(Value::String(text)) => Some(text.clone()),
        _ => None,
    };
    let unsupported = |message: String, at: Pointer| {
        Diagnostic::new(Code::UnsupportedVersion, at, message)
            .help("it is read as OpenAPI 3.0; what doesn't fit is reported")
    };
    match (&said, root.get("swagger")) {
        (Some(version), _) if is(version, "3.0") || is_3_1(version) => {}
        (Some(version), _) => {
            diagnostics.push(unsupported(
                format!("the document is OpenAPI {version}, which isn't known"),
                at,
            ));
        }
        (None, Some(version)) => {
            let version = version
                .as_str()
                .map_or_else(|| version.to_string(), str::to_owned);
            let at = Pointer::root().child("swagger");
            diagnostics.push(unsupported(
                format!("the document is Swagger {version}, neither 2.0 nor OpenAPI 3"),
                at,
            ));
        }
        (None, None) => {
            let message = "the document doesn't say which version of OpenAPI it is";
            diagnostics.push(unsupported(message.to_owned(), at));
        }
    }
    let version = said.unwrap_or_else(|| ASSUMED_VERSION.to_owned());
    let read_as = if is_3_1(&version) {
        Version::OpenApi31
    } else {
        Version::OpenApi30
    };
    root.insert("openapi".to_owned(), Value::String(version));
    read_as
}

fn is_3_1(version: &str) -> bool {
    is(version, "3.1") || is(version, "3.2")
}

pub(super) fn is(version: &str, minor: &str) -> bool {
    version
        .strip_prefix(minor)
        .is_some_and(|patch| patch.is_empty() || patch.starts_with('.'))
}

fn check_paths(
    root: &mut Map<String, Value>,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), LoadError> {
    match root.get("paths") {
        Some(Value::Object(_)) => return Ok(()),
        Some(other) if !other.is_null() => {
            let message = format!("`paths` must be an object, and is {}", kind_of(other));
            return Err(nothing_to_read(source, "/paths", message));
        }
        _ => {}
    }
    let at = Pointer::parse("/paths");
    let help = "a document without paths has no operations";
    diagnostics
        .push(Diagnostic::new(Code::InvalidNode, at, "the document has no `paths`").help(help));
    root.insert("paths".to_owned(), Value::Object(Map::new()));
    Ok(())
}

fn nothing_to_read(source: &Source, at: &str, message: String) -> LoadError {
    LoadError::new(LoadErrorKind::NotOpenApi, message)
        .at(source.locate(&Pointer::parse(at)))
        .hint("an OpenAPI document begins with `openapi: 3.0.3`, and has `info` and `paths`")
}

/// What JSON calls a value, with its article.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
