//! What a call takes, where that goes, and how its answer is read.

use super::RustType;
use crate::api::{Location, NextPage, PageFacts, Style};
use crate::plan::names::Ident;

/// How an answer is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// No body expected; whatever comes is ignored.
    Empty,
    /// A JSON text.
    Json,
    /// A JSON text inside the envelope.
    Enveloped,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// JSON texts, one after the other.
    Lines,
    /// By status, into an enum.
    ByStatus(AnswerEnum),
}

/// An enum of what a method gives, a variant for each status that has a type of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerEnum {
    /// Type name.
    pub name: Ident,
    /// The first one stands for statuses that the document doesn't have.
    pub variants: Vec<AnswerVariant>,
}

/// A variant of an [`AnswerEnum`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerVariant {
    /// Rust name (`Accepted`).
    pub name: Ident,
    /// Documentation.
    pub docs: Vec<String>,
    /// The first and the last status that it is for.
    pub statuses: (u16, u16),
    /// What is in it.
    pub ty: Option<RustType>,
    /// How that is read.
    pub answer: Answer,
}

/// How the pages of an answer hang together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// What the stream of all pages gives.
    pub item: RustType,
    /// How the next page is asked for.
    pub next: NextPage,
    /// The members that lead from the answer's value to the list.
    pub items: Vec<String>,
    /// What the answer says of all pages.
    pub facts: PageFacts,
}

/// The required values of a call that has too many for positional arguments.
#[derive(Clone, Debug)]
pub struct RequiredStruct {
    /// Type name.
    pub name: Ident,
    /// Name of the argument.
    pub argument: Ident,
    /// Its public fields.
    pub fields: Vec<Argument>,
}

/// Whether a call takes credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It is for everybody, and sent without.
    Never,
    /// It is for everybody, and sent with those that the client has.
    IfThere,
    /// It isn't sent without.
    Always,
}

/// A value that the caller gives.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Rust name.
    pub name: Ident,
    /// Documentation.
    pub docs: Vec<String>,
    /// What it is.
    pub ty: RustType,
    /// Where it goes.
    pub place: Place,
    /// Callers are told not to use it.
    pub deprecated: bool,
}

/// A value that every call sends.
#[derive(Clone, Debug)]
pub struct Constant {
    /// Where it goes.
    pub place: Place,
    /// The text.
    pub value: String,
}

/// Where an argument goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `{scope}` or a scope's identifier at the front of the path.
    Scope,
    /// A path parameter.
    Path {
        /// As the template has it.
        name: String,
        /// How its value is spelled.
        style: Style,
    },
    /// A query, header or cookie parameter.
    Parameter {
        /// Name on the wire.
        name: String,
        /// Query, header or cookie.
        location: Location,
        /// How lists and objects are spelled.
        style: Style,
        /// Whether reserved characters of a value stay as they are.
        reserved: bool,
    },
    /// A member of the JSON object that is the body.
    BodyField(String),
    /// A field of the form that is the body.
    FormField {
        /// Name on the wire.
        name: String,
        /// How lists and objects are spelled.
        style: Style,
        /// Whether reserved characters of a value stay as they are.
        reserved: bool,
    },
    /// A part of the body: the value as text or JSON, a list as several parts.
    Part {
        /// Name on the wire.
        name: String,
        /// The media type of the whole value, over what it suggests.
        media_type: Option<String>,
    },
    /// Parts of the body, one for each value in an object.
    DeepPart(String),
    /// A part of the body that is a file.
    File {
        /// Name on the wire.
        name: String,
        /// Its media type, if the caller doesn't say.
        media_type: Option<String>,
        /// Whether it is a list of them.
        many: bool,
    },
    /// The elements of a list, a JSON text each.
    Lines,
    /// The whole JSON body.
    Body,
    /// The whole body as bytes.
    Bytes,
}

impl Place {
    /// What it is called on the wire, if it is a parameter, a member or a part.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Path { name, .. }
            | Self::Parameter { name, .. }
            | Self::BodyField(name)
            | Self::FormField { name, .. }
            | Self::Part { name, .. }
            | Self::DeepPart(name)
            | Self::File { name, .. } => Some(name),
            Self::Scope | Self::Lines | Self::Body | Self::Bytes => None,
        }
    }
}
