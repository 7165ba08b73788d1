//! What a media type says about how a body is made and read.

use openapiv3::{Content, MediaType};

/// The kinds of body that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// `application/json` itself.
    Json,
    /// `…+json`, or a range with a schema, which is JSON for want of anything else.
    JsonLike,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `text/…`.
    Text,
    /// Anything else that is one run of bytes.
    Bytes,
    /// `multipart/…`: parts, each with headers of its own.
    Multipart,
}

impl Kind {
    /// What `name` says, where `media_type` stands for it.
    pub(super) fn of(name: &str, media_type: &MediaType) -> Self {
        let essence = essence(name);
        match essence.as_str() {
            "application/json" => Self::Json,
            "text/json" => Self::JsonLike,
            "*/*" | "application/*" if media_type.schema.is_some() => Self::JsonLike,
            "application/x-www-form-urlencoded" => Self::Form,
            other if other.ends_with("+json") => Self::JsonLike,
            other if other.starts_with("text/") => Self::Text,
            other if other.starts_with("multipart/") => Self::Multipart,
            _ => Self::Bytes,
        }
    }

    /// Whether the body is a JSON text.
    pub(super) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::JsonLike)
    }
}

/// The media type without parameters, in lower case (RFC 9110, section 8.3.1).
pub(super) fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The entry whose kind comes first in the order of [`Kind`], the earlier one of equals.
pub(super) fn preferred(content: &Content) -> Option<(&str, &MediaType, Kind)> {
    content
        .iter()
        .map(|(name, media_type)| (name.as_str(), media_type, Kind::of(name, media_type)))
        .min_by_key(|(_, _, kind)| *kind)
}

/// The media type to send: a range can't be sent, so it becomes `for_a_range`.
pub(super) fn concrete(name: &str, for_a_range: &str) -> String {
    if name.contains('*') {
        for_a_range.to_owned()
    } else {
        name.to_owned()
    }
}
