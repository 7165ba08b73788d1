//! What a media type says about how a body is made and read.

use openapiv3::{Content, MediaType};

use super::Lowering;
use super::bodies::schema_places;
use super::facts::Kind as SchemaKind;
use crate::api::TextFormat;
use crate::diagnostic::Code;
use crate::media_type::essence;
use crate::pointer::Pointer;

/// The kinds of body that are told apart, those first that say most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// `application/json` itself.
    Json,
    /// `…+json`, or what isn't known with a schema, which is JSON for want of anything else.
    JsonLike,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// JSON texts one after the other.
    Lines,
    /// `text/…`.
    Text,
    /// Anything else that is one run of bytes.
    Bytes,
    /// `multipart/…` other than forms.
    Parts,
}

impl Kind {
    /// Whether the body is a JSON text.
    pub(super) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::JsonLike)
    }
}

/// An entry of `content`, understood.
#[derive(Clone, Debug)]
pub(super) struct Entry<'d> {
    pub(super) name: &'d str,
    pub(super) media_type: &'d MediaType,
    pub(super) kind: Kind,
    pub(super) at: Pointer,
}

impl<'d> Lowering<'d> {
    /// The entries, the preferred one first: by kind, the earlier one of equals.
    pub(super) fn entries(&mut self, content: &'d Content, under: &Pointer) -> Vec<Entry<'d>> {
        let mut entries: Vec<Entry<'d>> = content
            .iter()
            .map(|(name, media_type)| self.entry(name, media_type, under.child(name)))
            .collect();
        entries.sort_by_key(|entry| entry.kind);
        entries
    }

    /// One of them.
    pub(super) fn entry(
        &mut self,
        name: &'d str,
        media_type: &'d MediaType,
        at: Pointer,
    ) -> Entry<'d> {
        let kind = match by_name(&essence(name)) {
            Some(Kind::Lines) => self.lines_or_bytes(media_type, &at),
            Some(kind) if is_valid(name) => kind,
            _ => self.by_schema(name, media_type, &at),
        };
        if !is_valid(name) {
            self.report(
                Code::InvalidMediaType,
                &at,
                format!("`{name}` is no media type"),
                format!("`{}` is assumed", generic(kind)),
            );
        }
        Entry {
            name,
            media_type,
            kind,
            at,
        }
    }

    /// What a value of the schema is sent as where no media type says it.
    fn by_schema(&mut self, name: &str, media_type: &'d MediaType, at: &Pointer) -> Kind {
        if media_type.schema.is_none() {
            return Kind::Bytes;
        }
        match self.facts_together(&schema_places(media_type, at), at).kind {
            SchemaKind::Text(TextFormat::Binary) => Kind::Bytes,
            SchemaKind::Text(_) => Kind::Text,
            // Neither name nor schema says that it is JSON.
            SchemaKind::Any if !is_range(name) => Kind::Bytes,
            _ => Kind::JsonLike,
        }
    }

    /// A document that describes all lines together as text says nothing of what is in them.
    fn lines_or_bytes(&mut self, media_type: &'d MediaType, at: &Pointer) -> Kind {
        match self.facts_together(&schema_places(media_type, at), at).kind {
            SchemaKind::Text(_) => Kind::Bytes,
            _ => Kind::Lines,
        }
    }
}

/// What a media type is by its name alone.
fn by_name(essence: &str) -> Option<Kind> {
    Some(match essence {
        "application/json" => Kind::Json,
        "text/json" => Kind::JsonLike,
        "*" | "*/*" | "application/*" => return None,
        "application/x-www-form-urlencoded" => Kind::Form,
        "multipart/form-data" | "multipart/*" => Kind::Multipart,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/json-lines"
        | "application/json-seq"
        | "application/stream+json" => Kind::Lines,
        "plain/text" => Kind::Text,
        other if other.ends_with("+json-seq") => Kind::Lines,
        other if other.ends_with("+json") => Kind::JsonLike,
        other if other.starts_with("application/json+") => Kind::JsonLike,
        other if other.starts_with("text/") => Kind::Text,
        other if other.starts_with("multipart/") => Kind::Parts,
        _ => Kind::Bytes,
    })
}

/// Whether it is `type/subtype`, parameters or none, that can stand in a header; or a range.
pub(super) fn is_valid(name: &str) -> bool {
    let essence = essence(name);
    let is_token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    let is_sendable = name
        .bytes()
        .all(|byte| byte == b' ' || byte.is_ascii_graphic());
    let parts = essence.split_once('/');
    is_sendable
        && (essence == "*" || parts.is_some_and(|(main, sub)| is_token(main) && is_token(sub)))
}

/// The media type to send: what can't be sent as it is written becomes the usual one of its kind.
pub(super) fn concrete(name: &str, kind: Kind) -> String {
    if kind == Kind::Multipart {
        // Its one parameter is the boundary, which every request makes anew.
        return generic(kind).to_owned();
    }
    if !is_valid(name) || is_range(name) {
        return generic(kind).to_owned();
    }
    name.trim().to_owned()
}

/// The usual media type of a kind.
fn generic(kind: Kind) -> &'static str {
    match kind {
        Kind::Json | Kind::JsonLike => "application/json",
        Kind::Form => "application/x-www-form-urlencoded",
        Kind::Multipart => "multipart/form-data",
        Kind::Lines => "application/x-ndjson",
        Kind::Text => "text/plain",
        Kind::Bytes | Kind::Parts => "application/octet-stream",
    }
}

/// The `Accept` header for an answer (RFC 9110, section 12.5.1). Beside the answer itself it admits
/// what failures come as, so that a strict service still says what is wrong.
pub(super) fn accept(name: &str, kind: Kind) -> String {
    let says_nothing = !is_valid(name) || by_name(&essence(name)).is_none();
    match kind {
        Kind::Json => without_charset(name),
        // Strict services have no JSON where the document has a range, and send what they have.
        Kind::JsonLike if says_nothing || is_range(name) => {
            format!("{}, */*;q=0.5", generic(kind))
        }
        Kind::JsonLike => format!("{}, application/json;q=0.9", name.trim()),
        Kind::Bytes | Kind::Parts if says_nothing => "*/*".to_owned(),
        _ if says_nothing => format!("{}, */*;q=0.5", generic(kind)),
        _ => format!("{}, */*;q=0.5", name.trim()),
    }
}

/// JSON has no `charset` (RFC 8259, section 11), and strict services know of none.
fn without_charset(name: &str) -> String {
    let parameters = name.split(';').map(str::trim).skip(1);
    let kept = parameters.filter(|parameter| {
        let parameter = parameter.to_ascii_lowercase();
        !parameter.is_empty() && !parameter.starts_with("charset")
    });
    kept.fold("application/json".to_owned(), |name, parameter| {
        format!("{name}; {parameter}")
    })
}

pub(super) fn is_range(name: &str) -> bool {
    essence(name).contains('*')
}
