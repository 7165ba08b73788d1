//! What a document means: operations, schemas, security, envelope.
//!
//! Wire names and JSON pointers only. Nothing here knows Rust: naming, optionality of Rust fields,
//! boxing and module placement belong to [`mod@crate::plan`]. Nothing here knows how the document
//! was spelled either: references are resolved, `allOf` is merged, slips are mended with a diagnostic.

mod bodies;
mod paging;

use indexmap::IndexMap;
use serde_json::Value;

use crate::pointer::Pointer;

pub use self::bodies::{
    AnswerKind, BodyKind, Encoding, ErrorAnswer, Form, OtherAnswer, RequestBody, Success,
};
pub use self::paging::{NextPage, PageFacts, Paging};

/// The meaning of one document under one configuration.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`, as written.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// `externalDocs.url` of the document, or `info.contact.url`.
    pub documentation_url: Option<String>,
    /// Base URLs, variables replaced by their defaults; the first is the default.
    pub servers: Vec<Server>,
    /// `components.securitySchemes`, in document order.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// Every schema that an operation reaches, addressed by [`SchemaId`].
    pub schemas: Vec<Schema>,
    /// In document order: paths as they stand, methods as HTTP lists them.
    pub operations: Vec<Operation>,
    /// Operations of the document that no method is made for, each with its reason.
    pub not_generated: Vec<NotGenerated>,
}

impl Api {
    /// The schema behind an id.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// The text of a property that must be there, whichever way the object travels, and has one value only.
    pub fn constant(&self, property: &Property) -> Option<&str> {
        let is_always_there = property.required && !property.read_only && !property.write_only;
        let only_value = self.schema(property.schema).only_value();
        only_value.filter(|_| is_always_there)
    }

    /// The text of a parameter that callers would have to give, though it can be no other.
    pub fn constant_parameter(&self, operation: &Operation, parameter: &Parameter) -> Option<&str> {
        let is_asked_for = operation.asks_for(parameter) && parameter.location != Location::Path;
        let only_value = self.schema(parameter.schema).only_value();
        only_value.filter(|_| is_asked_for)
    }
}

/// A base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Without a trailing slash, variables replaced by their defaults. May be relative or empty.
    pub url: String,
    /// What the document says of it.
    pub description: Option<String>,
}

/// How a caller proves who they are (OpenAPI 3.0.3, Security Scheme Object).
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Where the credential goes.
    pub kind: SecurityKind,
    /// Where a client gets tokens with its own credentials (RFC 6749, section 4.4), as the document has it.
    pub token_url: Option<String>,
    /// What the document says of it.
    pub description: Option<String>,
    /// Where it stands.
    pub at: Pointer,
}

/// Where a credential goes in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Bearer …`; also OAuth2 and OpenID Connect, whose tokens travel that way.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// A header of this name.
    Header(String),
    /// A query parameter of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
}

/// One alternative: all of these schemes together. Empty: anonymous.
pub type SecurityRequirement = Vec<String>;

/// An index into [`Api::schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub usize);

/// A schema, references followed and `allOf` merged.
#[derive(Clone, Debug)]
pub struct Schema {
    /// How the document names it, or where it stands unnamed.
    pub origin: Origin,
    /// What a value looks like.
    pub shape: Shape,
    /// Whether `null` is allowed beside the shape.
    pub nullable: bool,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `example`, else the first of `examples`.
    pub example: Option<Value>,
    /// `default`.
    pub default: Option<Value>,
    /// What `enum` lists of numbers and booleans, which stay what they are; and of a lone string in a
    /// union. A shape that says it itself leaves this empty.
    pub listed: Vec<Value>,
    /// Where it stands.
    pub at: Pointer,
}

impl Schema {
    /// The only text that it has for a value.
    pub fn only_value(&self) -> Option<&str> {
        match &self.shape {
            Shape::Enumeration(values) if !self.nullable => match values.as_slice() {
                [only] => Some(only),
                _ => None,
            },
            _ => None,
        }
    }
}

/// What a schema is called, in the document's own terms.
///
/// A schema that is used both with and without `null` stands in [`Api::schemas`] twice, with equal
/// `origin`, `at` and `shape`, and different `nullable`: it is one type, so a type belongs to the
/// pair of `origin` and `at`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// `components.schemas.<name>`.
    Component(String),
    /// A property of an object schema.
    Property(SchemaId, String),
    /// The elements of an array schema.
    Items(SchemaId),
    /// The values of a map schema.
    Values(SchemaId),
    /// A parameter of an operation (index into [`Api::operations`]).
    Parameter(usize, String),
    /// The request body of an operation.
    RequestBody(usize),
    /// The answer of an operation for a status.
    Response(usize, String),
    /// A member of an envelope around the result of an operation.
    Result(usize),
    /// A form of a union, by what it is called there.
    Member(SchemaId, String),
}

/// What a value looks like on the wire.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Anything: unconstrained, or a form that has no Rust type yet (which is a diagnostic).
    Any,
    /// A JSON string.
    Text(TextFormat),
    /// A JSON number without a fraction.
    Integer(IntegerFormat),
    /// A JSON number.
    Number(NumberFormat),
    /// `true` or `false`.
    Boolean,
    /// One of these strings, in document order; at least one.
    Enumeration(Vec<String>),
    /// An array.
    List(SchemaId),
    /// An object whose keys are data.
    Map(SchemaId),
    /// An object whose keys are known.
    Object(Object),
    /// One of several forms.
    Union(Union),
}

/// `format` of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFormat {
    /// No format, or one that stays a string.
    Plain,
    /// RFC 3339 date and time.
    DateTime,
    /// RFC 3339 full date.
    Date,
    /// `format: password`: a secret wherever it stands.
    Password,
    /// `byte`: bytes in base64 (RFC 4648).
    Base64,
    /// Raw bytes (in bodies and answers, outside JSON).
    Binary,
}

/// `format` of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerFormat {
    /// `int32`.
    Int32,
    /// `int64`, or no format.
    Int64,
    /// `uint32` and narrower.
    Uint32,
    /// `uint64`.
    Uint64,
}

/// `format` of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFormat {
    /// `float`.
    Float,
    /// `decimal`: its digits count, however many they are.
    Decimal,
    /// `double`, or no format.
    Double,
}

/// An object with known keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// In document order.
    pub properties: Vec<Property>,
    /// The schema of further keys, where the document allows and types them.
    pub additional: Option<SchemaId>,
}

/// One of several forms (`oneOf`, `anyOf`); at least two.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// In document order. Strings count as one form, numbers too, and so do unnamed unions' own forms.
    pub members: Vec<Member>,
    /// The property that tells the forms apart, where there is one.
    pub tag: Option<Tag>,
}

/// A property by whose value the forms of a union are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// On the wire.
    pub property: String,
    /// Whether the document only implies values of it, by the names of its schemas. Services often send
    /// others, so an unknown one says nothing.
    pub implied: bool,
}

/// A form of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// What it is called: its schema's name, else its tag, its title, or what it is. Not always unique.
    pub name: String,
    /// Whether that is the name of a component.
    pub is_component: bool,
    /// Its value.
    pub schema: SchemaId,
    /// Values of [`Tag::property`] that lead to it (numbers and booleans as JSON spells them); none: any may.
    pub tags: Vec<String>,
    /// Never shown. Only on strings.
    pub secret: bool,
}

/// One key of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// On the wire.
    pub name: String,
    /// Its value.
    pub schema: SchemaId,
    /// Whether the object must have it.
    pub required: bool,
    /// Only in answers.
    pub read_only: bool,
    /// Only in requests.
    pub write_only: bool,
    /// Never shown: in `Debug`, errors or traces. Only on strings.
    pub secret: bool,
    /// Whether a string of this name would be a secret: so are those that stand in it.
    pub telling: bool,
    /// What the document says of it here, else of its schema.
    pub description: Option<String>,
    /// `deprecated`, here or on its schema.
    pub deprecated: bool,
    /// Where it stands.
    pub at: Pointer,
}

/// An HTTP method of OpenAPI's path item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// In capitals, as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// What may be sent again when nobody knows whether it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// Changes nothing: GET, HEAD, OPTIONS.
    Safe,
    /// Twice is as good as once: PUT, DELETE.
    Idempotent,
    /// Twice is not once: POST, PATCH. Sent again only when the first provably wasn't sent.
    Unsafe,
}

impl Retry {
    /// In lower case, as `inspect` prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Idempotent => "idempotent",
            Self::Unsafe => "unsafe",
        }
    }
}

/// One operation of the document.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`; without one, method and path (`GET /things/{id}`). Unique.
    pub id: String,
    /// HTTP method.
    pub method: Method,
    /// Path template as it stands in the document, with every `{parameter}` declared.
    pub path: String,
    /// Where it stands.
    pub at: Pointer,
    /// As they stand.
    pub tags: Vec<String>,
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// `externalDocs.url`.
    pub documentation_url: Option<String>,
    /// Callers are told not to use it.
    pub deprecated: bool,
    /// Path parameters in template order, then the others in document order.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<RequestBody>,
    /// What comes back when all is well.
    pub success: Success,
    /// What comes back when it isn't, where the document names its schema.
    pub errors: Vec<ErrorAnswer>,
    /// Its own absolute base URL, where that isn't the document's.
    pub base_url: Option<String>,
    /// Alternatives; empty: anonymous.
    pub security: Vec<SecurityRequirement>,
    /// What may be sent again.
    pub retry: Retry,
    /// The header with a key by which the service knows a request that it has had before; only where
    /// [`Self::retry`] is unsafe.
    pub idempotency_key: Option<String>,
    /// How the pages of the answer hang together, if it is a list.
    pub paging: Option<Paging>,
}

impl Operation {
    /// Whether callers have to give a value for a parameter; an idempotency key is made where they don't.
    pub fn asks_for(&self, parameter: &Parameter) -> bool {
        parameter.required && !self.is_key(parameter)
    }

    /// Whether a parameter is the idempotency key.
    pub fn is_key(&self, parameter: &Parameter) -> bool {
        parameter.location == Location::Header
            && self.idempotency_key.as_ref() == Some(&parameter.name)
    }
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// On the wire.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Whether the operation needs it. Path parameters always are.
    pub required: bool,
    /// Its value.
    pub schema: SchemaId,
    /// How lists and objects are spelled.
    pub style: Style,
    /// Whether reserved characters of a value stay as they are. Only in a query.
    pub allow_reserved: bool,
    /// Never shown.
    pub secret: bool,
    /// Whether a string of this name would be a secret: so are those that stand in it.
    pub telling: bool,
    /// What the document says of it.
    pub description: Option<String>,
    /// Callers are told not to use it.
    pub deprecated: bool,
    /// Where it stands.
    pub at: Pointer,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// How a parameter's value is spelled (OpenAPI 3.0.3, Style Values), `explode` included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b` in a path or header.
    Simple,
    /// `a,b`, and `k=v` for objects.
    SimpleExploded,
    /// `.a,b` in a path.
    Label,
    /// `.a.b` in a path.
    LabelExploded,
    /// `;name=a,b` in a path.
    Matrix,
    /// `;name=a;name=b` in a path.
    MatrixExploded,
    /// `name=a,b`.
    Form,
    /// `name=a&name=b`.
    FormExploded,
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a|b`.
    PipeDelimited,
    /// `name[key]=value`.
    DeepObject,
    /// `content: application/json`: the value as JSON text.
    Json,
}

/// An operation that no method is made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotGenerated {
    /// As in [`Operation::id`].
    pub id: String,
    /// HTTP method.
    pub method: Method,
    /// Path template.
    pub path: String,
    /// Where it stands.
    pub at: Pointer,
    /// Why.
    pub reason: String,
}
