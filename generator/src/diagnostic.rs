//! What the generator has to say about a document: never a panic, never silence.

use crate::pointer::Pointer;

/// A value, and what was noticed while it was made.
#[derive(Clone, Debug)]
pub struct Report<T> {
    /// The value; the best that could be made where there are errors.
    pub value: T,
    /// In the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
}

/// One thing to know about the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name of the rule.
    pub code: Code,
    /// One sentence in the document's own terms, lower case, no full stop.
    pub message: String,
    /// Where.
    pub at: Pointer,
    /// How to mend it, or what is done instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Without help.
    pub fn new(code: Code, at: Pointer, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            at,
            help: None,
        }
    }

    /// With help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Something is said less exactly in Rust than in the document, or a slip was mended.
    Warning,
    /// An operation or the document could not be used.
    Error,
}

impl Severity {
    /// As printed before the brackets.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Declares [`Code`]: variant, name as printed, severity, meaning.
macro_rules! codes {
    ($($(#[doc = $docs:literal])* $variant:ident = $name:literal, $severity:ident;)*) => {
        /// A stable name for each thing that can be said. `docs` of each variant say when.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $docs])* $variant,)* }

        impl Code {
            /// Every code, for documentation and tests.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// As printed between brackets.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// When it is said, in a sentence or two.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($docs),*).trim_start(),)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The document says it is something else than OpenAPI 3 or Swagger 2.0.
    UnsupportedVersion = "unsupported-version", Warning;
    /// A node isn't what OpenAPI wants there; it was replaced by the nearest thing that is.
    InvalidNode = "invalid-node", Warning;
    /// A `$ref` leads nowhere, to a file that isn't below the document's folder, or to itself.
    UnresolvedReference = "unresolved-reference", Warning;
    /// A schema has a form that has no Rust type yet; a JSON value, or a list of any of its forms, stands in for it.
    UnsupportedSchema = "unsupported-schema", Warning;
    /// The members of an `allOf` contradict each other.
    ConflictingAllOf = "conflicting-all-of", Warning;
    /// `required` names a property that the schema doesn't have.
    UnknownRequiredProperty = "unknown-required-property", Note;
    /// A parameter's style or place isn't supported; the nearest supported one is used.
    UnsupportedParameterStyle = "unsupported-parameter-style", Warning;
    /// A path has a parameter that isn't declared, or declares one that isn't in it.
    PathParameterMismatch = "path-parameter-mismatch", Warning;
    /// Two operations have the same id; the later gets its method and path added.
    DuplicateOperationId = "duplicate-operation-id", Warning;
    /// A media type of a body or answer isn't supported; raw bytes stand in for it.
    UnsupportedMediaType = "unsupported-media-type", Warning;
    /// A media type isn't one (`undefined`, the empty text); its schema says what it is taken for.
    InvalidMediaType = "invalid-media-type", Warning;
    /// A security scheme can't be expressed; its operations are called without it.
    UnsupportedSecurityScheme = "unsupported-security-scheme", Warning;
    /// An operation has a server of its own that isn't an absolute URL; the document's is called.
    IgnoredServer = "ignored-server", Warning;
    /// The configuration names something that the document doesn't have.
    StaleConfiguration = "stale-configuration", Warning;
    /// The target of an overlay's action matches nothing in the document, so the action does nothing.
    UnmatchedOverlayTarget = "unmatched-overlay-target", Warning;
    /// An overlay's action can't be done where its target leads; what is there is left as it is.
    OverlayMisfit = "overlay-misfit", Warning;
    /// An old name of a type or a method can't be kept beside the new one.
    RenameNotKept = "rename-not-kept", Warning;
    /// Twin operations differ, so they stay two methods.
    TwinsDiffer = "twins-differ", Warning;
    /// Two methods of one resource would have the same name; one is named after its path.
    MethodNameClash = "method-name-clash", Note;
    /// An operation counts pages, and where its list stands can't be told; it has no stream of all pages.
    UnknownPages = "unknown-pages", Note;
    /// A cycle of required properties can't hold a finite value; one of them is made optional.
    InfiniteSchema = "infinite-schema", Warning;
    /// A webhook or a callback: the service calls, so there is no method.
    CallOfTheService = "call-of-the-service", Note;
    /// An operation has no method.
    OperationNotGenerated = "operation-not-generated", Warning;
}
