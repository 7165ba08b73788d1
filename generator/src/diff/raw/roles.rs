//! What a key says, by the node that has it.

use crate::diff::kind::Kind;

use super::context::Context;

/// What a key says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A change of its own kind that breaks nothing.
    Words(Kind),
    /// Which values are right.
    Limit,
    /// What the service takes where a caller says nothing.
    Default,
    /// Whether callers are told not to use it.
    Deprecation,
    /// What [`crate::api::Api`] holds, so that it was told where it means something.
    Structure,
    /// Nothing.
    Nothing(&'static str),
}

/// What a key of a node says.
pub(super) fn role(context: Context, key: &str) -> Role {
    if key.starts_with("x-") && !context.is_named() {
        return Role::Words(Kind::ExtensionChanged);
    }
    match context {
        Context::Document => match key {
            "openapi" | "swagger" => Role::Nothing("the version of the format isn't the service's"),
            "tags" => Role::Words(Kind::TagsChanged),
            "externalDocs" => Role::Words(Kind::DescriptionChanged),
            _ => Role::Structure,
        },
        Context::Info => match key {
            "description" => Role::Words(Kind::DescriptionChanged),
            _ => Role::Words(Kind::InfoChanged),
        },
        Context::Operation | Context::PathItem => match key {
            "tags" => Role::Words(Kind::TagsChanged),
            "callbacks" => Role::Words(Kind::CallbackChanged),
            _ => common(key),
        },
        Context::Response => match key {
            "headers" => Role::Words(Kind::HeaderChanged),
            "links" => Role::Words(Kind::CallbackChanged),
            _ => common(key),
        },
        Context::Schema => schema(key),
        Context::Parameter | Context::Body | Context::MediaType | Context::SecurityScheme => {
            common(key)
        }
        Context::Components
        | Context::Named(_)
        | Context::Paths
        | Context::Parameters
        | Context::Content
        | Context::Responses
        | Context::Properties
        | Context::Schemas
        | Context::Whole => Role::Structure,
    }
}

fn schema(key: &str) -> Role {
    match key {
        "title" => Role::Words(Kind::TitleChanged),
        "default" => Role::Default,
        "xml" => Role::Nothing("the crate speaks JSON"),
        "maximum"
        | "minimum"
        | "exclusiveMaximum"
        | "exclusiveMinimum"
        | "maxLength"
        | "minLength"
        | "pattern"
        | "maxItems"
        | "minItems"
        | "uniqueItems"
        | "maxProperties"
        | "minProperties"
        | "multipleOf"
        | "format"
        | "additionalProperties"
        | "not" => Role::Limit,
        _ => common(key),
    }
}

fn common(key: &str) -> Role {
    match key {
        "description" | "summary" | "externalDocs" => Role::Words(Kind::DescriptionChanged),
        "example" | "examples" => Role::Words(Kind::ExampleChanged),
        "deprecated" => Role::Deprecation,
        _ => Role::Structure,
    }
}
