//! What one operation is: data, so that one function can carry out all of them.

use std::borrow::Cow;

use http::Method;

use super::paging::PagingScheme;

/// An operation of the document.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Its `operationId`.
    pub(crate) id: &'static str,
    /// HTTP method.
    pub(crate) method: Method,
    /// Path template: `{…}` stands for a value.
    pub(crate) path: &'static str,
    /// The server of this operation alone, where it has one.
    pub(crate) base_url: Option<&'static str>,
    /// What may be sent again.
    pub(crate) retry: Retry,
    /// Whether it takes credentials.
    pub(crate) credentials: Need,
    /// Media type of the body.
    pub(crate) body: Option<&'static str>,
    /// Whether a JSON object body is sent, as `{}`, when no member was set.
    pub(crate) body_required: bool,
    /// How the answer is read.
    pub(crate) answer: Answer,
    /// The `Accept` header that asks for it (RFC 9110, section 12.5.1).
    pub(crate) accept: &'static str,
    /// How the pages of the answer hang together, where it has pages.
    pub(crate) paging: Option<&'static PagingScheme>,
}

/// Whether a call takes credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// It is for everybody, and sent without.
    Never,
    /// It is for everybody, and sent with those that the client has.
    IfThere,
    /// It isn't sent without.
    Always,
}

/// What may be sent again after an attempt failed (RFC 9110, section 9.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retry {
    /// It changes nothing.
    Safe,
    /// Twice is the same as once.
    Idempotent,
    /// Twice may be one too many: again only if it provably didn't arrive or was turned away (429, or 503
    /// with `Retry-After`).
    Unsafe,
    /// Twice is the same as once where this header has the same key: the service knows what it had before.
    Keyed(&'static str),
}

impl Retry {
    /// By method, as RFC 9110 defines them.
    pub(crate) fn of(method: &Method) -> Self {
        if method.is_safe() {
            Self::Safe
        } else if method.is_idempotent() {
            Self::Idempotent
        } else {
            Self::Unsafe
        }
    }
}

/// How an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Whatever comes is ignored.
    Empty,
    /// A JSON text.
    Json,
    /// A JSON text inside the envelope.
    Enveloped,
    /// Text in UTF-8.
    Text,
    /// Bytes.
    Bytes,
    /// JSON texts, one after the other.
    Lines,
    /// One of these by the first and last status that it is for; the first one where none fits.
    ByStatus(&'static [(u16, u16, Answer)]),
}

impl Answer {
    /// How an answer of this status is read.
    pub(crate) fn of_status(self, status: u16) -> Self {
        let Self::ByStatus(answers) = self else {
            return self;
        };
        let fits = |(first, last, _): &&(u16, u16, Self)| (*first..=*last).contains(&status);
        let found = answers.iter().find(fits).or(answers.first());
        found.map_or(Self::Empty, |(_, _, answer)| *answer)
    }
}

/// What is told of an operation in errors and in `Debug`: nothing that a caller gave.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// `operationId`; none for a request outside the document.
    pub(crate) id: Option<&'static str>,
    /// HTTP method.
    pub(crate) method: Method,
    /// Path template.
    pub(crate) path: Cow<'static, str>,
}

impl Target {
    /// The operation of the document.
    pub(crate) fn of(operation: &'static Operation) -> Self {
        Self {
            id: Some(operation.id),
            method: operation.method.clone(),
            path: Cow::Borrowed(operation.path),
        }
    }
}

/// How a list or an object is spelled in a query (OpenAPI 3.0.3, Parameter Object, `style` and `explode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `a,b`.
    Simple,
    /// `a,b`, and `k=v` for objects.
    SimpleExploded,
    /// `.a,b`.
    Label,
    /// `.a.b`.
    LabelExploded,
    /// `;name=a,b`.
    Matrix,
    /// `;name=a;name=b`.
    MatrixExploded,
    /// `name=a,b`.
    Form,
    /// `name=a&name=b`.
    FormExploded,
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a%7Cb`.
    PipeDelimited,
    /// `name[key]=value`.
    DeepObject,
    /// `name=` and a JSON text.
    Json,
}
