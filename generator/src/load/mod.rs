//! Text to document: parsed to a value, rewritten to what OpenAPI 3.0 wants, read, and repaired where
//! it can't be read.

mod beside;
mod certificates;
mod check;
mod frame;
mod json_schema;
mod kinds;
mod operations;
mod overlay;
mod parse;
mod read;
mod read_schema;
mod repair;
mod rewrite;
mod schemas;
mod swagger;
mod syntax;
mod value;

use std::fmt;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::Value;

use crate::api::NotGenerated;
use crate::diagnostic::Report;
use crate::pointer::Pointer;
use crate::source::{Source, Span};

pub(crate) use self::beside::Origins;
pub(crate) use self::read::{lone_parameter, lone_path_item, lone_response, lone_schema};

/// A document that reads as OpenAPI 3.0.
#[derive(Clone, Debug)]
pub struct Document {
    /// The document, typed.
    pub openapi: OpenAPI,
    /// The same document, untyped: rewritten and repaired, with the keys that OpenAPI doesn't know.
    pub value: Value,
    /// Operations that the text has and `openapi` doesn't, because they can't be read.
    pub unreadable: Vec<NotGenerated>,
    /// Where its nodes stand in the text.
    pub(crate) originals: Originals,
}

/// Where the nodes of a document stand in the text that was read.
#[derive(Clone, Debug, Default)]
pub struct Originals {
    /// Whether the text is Swagger 2.0, so that its parts stand elsewhere in it.
    is_swagger: bool,
    /// Where the parts stood that are from other files.
    origins: Origins,
    /// Where the parts stood that overlays moved or brought.
    moved: overlay::Moved,
}

impl Originals {
    /// Where a node of the document stands in the text.
    pub fn of(&self, at: &Pointer) -> Pointer {
        let at = if self.is_swagger {
            self.origins.original(&swagger::original(at))
        } else {
            self.origins.original(at)
        };
        self.moved.original(at)
    }
}

impl Document {
    /// Where a node of this document stands in the text that was read.
    pub fn original(&self, at: &Pointer) -> Pointer {
        self.originals.of(at)
    }
}

/// Why there is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// What kind of trouble.
    pub kind: LoadErrorKind,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// The file that it is about, as pointers name it; none: the document itself.
    pub file: Option<Box<str>>,
    /// Where, if the trouble has a place.
    pub span: Option<Span>,
    /// Another place that the trouble is about.
    pub related: Option<Box<Related>>,
    /// How to mend it.
    pub hint: Option<String>,
}

/// Another place that trouble is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there, in a few words.
    pub label: String,
}

/// What kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadErrorKind {
    /// The text isn't JSON or YAML.
    Syntax,
    /// The text is JSON or YAML, and doesn't describe an API.
    NotOpenApi,
    /// An overlay is JSON or YAML, and doesn't say what to change.
    NotOverlay,
}

impl LoadErrorKind {
    /// Every kind, for documentation and tests.
    pub const ALL: [Self; 3] = [Self::Syntax, Self::NotOpenApi, Self::NotOverlay];

    /// When it is said, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Syntax => "The text is no JSON or YAML.",
            Self::NotOpenApi => "The text is JSON or YAML, and describes no API.",
            Self::NotOverlay => "An overlay is JSON or YAML, and doesn't say what to change.",
        }
    }

    /// As printed between brackets.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax-error",
            Self::NotOpenApi => "not-openapi",
            Self::NotOverlay => "not-overlay",
        }
    }
}

impl LoadError {
    fn new(kind: LoadErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            file: None,
            span: None,
            related: None,
            hint: None,
        }
    }

    fn at(self, span: impl Into<Option<Span>>) -> Self {
        let span = span.into();
        Self { span, ..self }
    }

    fn related(self, span: Span, label: impl Into<String>) -> Self {
        let label = label.into();
        let related = Some(Box::new(Related { span, label }));
        Self { related, ..self }
    }

    fn hint(self, hint: impl Into<String>) -> Self {
        let hint = Some(hint.into());
        Self { hint, ..self }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(formatter, "{file}: ")?;
        }
        if let Some(span) = &self.span {
            write!(formatter, "line {}, column {}: ", span.line, span.column)?;
        }
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for LoadError {}

/// Reads a document. What isn't OpenAPI 3.0 in it is mended, with a diagnostic each.
///
/// # Errors
/// Where the text is neither JSON nor YAML, or nothing in it describes an API; or where an overlay can't be read.
pub fn load(source: &Source) -> Result<Report<Document>, LoadError> {
    let mut value = parse::parse(source)?;
    let mut diagnostics = Vec::new();
    let moved = overlay::apply(&mut value, source, &mut diagnostics)?;
    let origins = beside::take_in(&mut value, source, &mut diagnostics);
    let is_swagger = swagger::is_swagger(&value);
    if is_swagger {
        swagger::convert(&mut value, &mut diagnostics);
    }
    let version = check::check(&mut value, source, &mut diagnostics)?;
    json_schema::rewrite(
        &mut value,
        version == check::Version::OpenApi31,
        &mut diagnostics,
    );
    rewrite::rewrite(&mut value, &mut diagnostics);
    let named = operations::named(&value);
    let openapi = match read::read(&value) {
        Some(openapi) => openapi,
        None => {
            repair::repair(&mut value, &mut diagnostics);
            typed(&value).map_err(|error| beyond_repair(source, &error))?
        }
    };
    let unreadable = operations::unreadable(named, &openapi, &mut diagnostics);
    let originals = Originals {
        is_swagger,
        origins,
        moved,
    };
    for diagnostic in &mut diagnostics {
        diagnostic.at = originals.of(&diagnostic.at);
    }
    let value = Document {
        openapi,
        value,
        unreadable,
        originals,
    };
    Ok(Report { value, diagnostics })
}

/// The quick way, else openapiv3's own, which says what is wrong.
fn typed(value: &Value) -> Result<OpenAPI, serde_json::Error> {
    read::read(value).map_or_else(|| OpenAPI::deserialize(value), Ok)
}

fn beyond_repair(source: &Source, error: &serde_json::Error) -> LoadError {
    LoadError::new(
        LoadErrorKind::NotOpenApi,
        format!("the document can't be read: {error}"),
    )
    .at(source.locate(&Pointer::root()))
}

#[cfg(test)]
mod read_tests;
#[cfg(test)]
mod tests;
