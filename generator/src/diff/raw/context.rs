//! What a node of a document is, by how it was reached (OpenAPI 3.0.3, section 4.7).

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    Document,
    Info,
    Paths,
    PathItem,
    Operation,
    Parameters,
    Parameter,
    Body,
    /// Media types by name.
    Content,
    MediaType,
    /// Answers by status.
    Responses,
    Response,
    Components,
    /// Parts of one kind by name: what a member of it is.
    Named(Part),
    Schema,
    /// Schemas by name, inside a schema.
    Properties,
    /// Schemas side by side.
    Schemas,
    SecurityScheme,
    /// Told as one, whatever is in it.
    Whole,
}

/// A kind of part that `components` has by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Schema,
    Parameter,
    Body,
    Response,
    SecurityScheme,
    Other,
}

impl Context {
    /// What stands under a key of it.
    pub(super) fn child(self, key: &str) -> Self {
        match self {
            Self::Document => match key {
                "info" => Self::Info,
                "paths" => Self::Paths,
                "components" => Self::Components,
                _ => Self::Whole,
            },
            Self::Paths => Self::PathItem,
            Self::PathItem => match key {
                "parameters" => Self::Parameters,
                "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => {
                    Self::Operation
                }
                _ => Self::Whole,
            },
            Self::Operation => match key {
                "parameters" => Self::Parameters,
                "requestBody" => Self::Body,
                "responses" => Self::Responses,
                _ => Self::Whole,
            },
            Self::Parameter => match key {
                "schema" => Self::Schema,
                "content" => Self::Content,
                _ => Self::Whole,
            },
            Self::Body | Self::Response => match key {
                "content" => Self::Content,
                _ => Self::Whole,
            },
            Self::Content => Self::MediaType,
            Self::MediaType => match key {
                "schema" => Self::Schema,
                _ => Self::Whole,
            },
            Self::Responses => Self::Response,
            Self::Components => Self::Named(match key {
                "schemas" => Part::Schema,
                "parameters" => Part::Parameter,
                "requestBodies" => Part::Body,
                "responses" => Part::Response,
                "securitySchemes" => Part::SecurityScheme,
                _ => Part::Other,
            }),
            Self::Named(part) => match part {
                Part::Schema => Self::Schema,
                Part::Parameter => Self::Parameter,
                Part::Body => Self::Body,
                Part::Response => Self::Response,
                Part::SecurityScheme => Self::SecurityScheme,
                Part::Other => Self::Whole,
            },
            Self::Schema => match key {
                "properties" => Self::Properties,
                "items" | "additionalProperties" | "not" => Self::Schema,
                "allOf" | "anyOf" | "oneOf" => Self::Schemas,
                _ => Self::Whole,
            },
            Self::Properties | Self::Schemas => Self::Schema,
            Self::Parameters => Self::Parameter,
            Self::Info | Self::SecurityScheme | Self::Whole => Self::Whole,
        }
    }

    /// Whether its keys are names that the document gives, not keywords.
    pub(super) fn is_named(self) -> bool {
        matches!(
            self,
            Self::Paths
                | Self::Content
                | Self::Responses
                | Self::Named(_)
                | Self::Properties
                | Self::Components
        )
    }
}
