//! What is sent and what comes back.

use indexmap::IndexMap;
use serde_json::Value;

use super::{SchemaId, Style};
use crate::pointer::Pointer;

/// The request body of an operation.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// Whether the operation needs one.
    pub required: bool,
    /// The media type that is sent.
    pub media_type: String,
    /// The other media types that the operation takes, as they can be sent.
    pub other_media_types: Vec<String>,
    /// How it is made.
    pub kind: BodyKind,
    /// What the document says of it.
    pub description: Option<String>,
    /// `example` of the media type, else the first of `examples`.
    pub example: Option<Value>,
    /// Where it stands.
    pub at: Pointer,
}

/// How a request body is made.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyKind {
    /// A JSON text.
    Json(SchemaId),
    /// `application/x-www-form-urlencoded`, from the properties of an object.
    Form(Form),
    /// `multipart/form-data`, from the properties of an object; none: the document doesn't name the parts.
    Multipart(Option<Form>),
    /// JSON texts one after the other (NDJSON and its kin), each of this schema.
    Lines(SchemaId),
    /// Any other media type: the caller's own bytes.
    Bytes,
}

/// The properties of an object as fields or parts of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The object.
    pub schema: SchemaId,
    /// How some of the properties are spelled, by name; the others as their schemas suggest.
    pub encoding: IndexMap<String, Encoding>,
}

/// How one field or part of a form is spelled (OpenAPI 3.0.3, Encoding Object).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Encoding {
    /// The media type of a part.
    pub media_type: Option<String>,
    /// Whether that is one that values of the schema can't be written in: the caller gives bytes.
    pub is_opaque: bool,
    /// How lists and objects are spelled, where the document says.
    pub style: Option<Style>,
    /// Whether reserved characters of a field stay as they are.
    pub allow_reserved: bool,
}

/// An answer that means failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorAnswer {
    /// The status or range that the document gives for it (`404`, `4XX`, `default`).
    pub status: String,
    /// Its JSON body.
    pub schema: SchemaId,
}

/// What comes back when all is well.
#[derive(Clone, Debug)]
pub struct Success {
    /// The status or range that the document gives for it (`200`, `2XX`, `default`).
    pub status: String,
    /// What is in it.
    pub kind: AnswerKind,
    /// The `Accept` header that asks for it.
    pub accept: String,
    /// What the data of each server-sent event is, where the answer may also come as `text/event-stream`.
    pub events: Option<SchemaId>,
    /// Answers for other success statuses, where they aren't the same.
    pub others: Vec<OtherAnswer>,
    /// Whether it may come without a body (another success status has none).
    pub may_be_empty: bool,
    /// The envelope's other members that have a schema: name and schema.
    pub companions: Vec<(String, SchemaId)>,
    /// The names of the envelope's other members that are strings, numbers or flags.
    pub scalars: Vec<String>,
    /// Whether the answer has `Link` headers (RFC 8288).
    pub links: bool,
    /// What the document says of it.
    pub description: Option<String>,
    /// `example` of the media type, else the first of `examples`: the whole body.
    pub example: Option<Value>,
    /// Where it stands.
    pub at: Pointer,
}

/// A further answer that means success.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherAnswer {
    /// The status or range that the document gives for it.
    pub status: String,
    /// What is in it.
    pub kind: AnswerKind,
    /// What the document says of it.
    pub description: Option<String>,
}

/// What is in a successful answer.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerKind {
    /// Nothing.
    Empty,
    /// A JSON text; `enveloped` where the schema is that of the envelope's result.
    Json {
        /// The value that the caller gets.
        schema: SchemaId,
        /// Whether it stands inside the configured envelope.
        enveloped: bool,
    },
    /// Text of any media type `text/*`.
    Text,
    /// Bytes of any other media type.
    Bytes,
    /// JSON texts one after the other (NDJSON and its kin), each of this schema.
    Lines(SchemaId),
}
