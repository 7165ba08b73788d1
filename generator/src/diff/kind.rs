//! The kinds of change: a stable name for each.

/// Declares [`Kind`]: variant, name as printed, whether it can change public items of the crate.
macro_rules! kinds {
    ($($(#[doc = $docs:literal])* $variant:ident = $name:literal, $reach:ident;)*) => {
        /// What happened. `docs` of each variant say when.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[doc = $docs])* $variant,)* }

        impl Kind {
            /// Every kind, for documentation and tests.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// As printed, and as an ignore file names it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// When it is told, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($docs),*).trim_ascii(),)* }
            }

            /// How far it reaches into the emitted crate.
            pub(super) fn reach(self) -> Reach {
                match self { $(Self::$variant => Reach::$reach,)* }
            }
        }
    };
}

/// How far a kind of change reaches into the emitted crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Public items may follow from it.
    Items,
    /// Names of items may follow from it, where nothing else explains them.
    Names,
    /// The crate tells callers more or less, and its items stay.
    Warnings,
    /// Documentation comments or data inside the crate.
    Text,
    /// Nothing of it is in the crate.
    Nowhere,
}

kinds! {
    /// A method of a path that wasn't there.
    OperationAdded = "operation-added", Items;
    /// A method of a path that isn't there any more.
    OperationRemoved = "operation-removed", Items;
    /// The same operation under another path or method.
    OperationMoved = "operation-moved", Items;
    /// Another `operationId`.
    OperationIdChanged = "operation-id-changed", Names;
    /// A parameter of a path is called otherwise; nobody sends its name.
    PathParameterRenamed = "path-parameter-renamed", Names;
    /// A parameter that wasn't there.
    ParameterAdded = "parameter-added", Items;
    /// A parameter that isn't there any more.
    ParameterRemoved = "parameter-removed", Items;
    /// The same parameter under another name.
    ParameterRenamed = "parameter-renamed", Items;
    /// The same parameter in another place of the request.
    ParameterMoved = "parameter-moved", Items;
    /// A parameter that could be left out can't any more.
    ParameterBecameRequired = "parameter-became-required", Items;
    /// A parameter may be left out now.
    ParameterBecameOptional = "parameter-became-optional", Items;
    /// Lists or objects in a parameter are spelled otherwise.
    ParameterStyleChanged = "parameter-style-changed", Items;
    /// An operation that took no body takes one.
    BodyAdded = "body-added", Items;
    /// An operation takes no body any more.
    BodyRemoved = "body-removed", Items;
    /// A body that could be left out can't any more.
    BodyBecameRequired = "body-became-required", Items;
    /// A body may be left out now.
    BodyBecameOptional = "body-became-optional", Items;
    /// One more media type that a body may have.
    BodyMediaTypeAdded = "body-media-type-added", Items;
    /// One media type less that a body may have.
    BodyMediaTypeRemoved = "body-media-type-removed", Items;
    /// Fields or parts of a form are spelled otherwise.
    BodyEncodingChanged = "body-encoding-changed", Items;
    /// Success comes with another status.
    AnswerStatusChanged = "answer-status-changed", Items;
    /// One more status that means success.
    AnswerAdded = "answer-added", Items;
    /// One status less that means success.
    AnswerRemoved = "answer-removed", Items;
    /// An answer is of another kind: JSON, text, bytes, nothing.
    AnswerKindChanged = "answer-kind-changed", Items;
    /// An answer comes in other media types.
    AnswerMediaTypeChanged = "answer-media-type-changed", Items;
    /// An answer may come without a body now.
    AnswerBecameOptional = "answer-became-optional", Items;
    /// An answer always has a body now.
    AnswerBecameCertain = "answer-became-certain", Items;
    /// An answer stands inside the envelope, or not any more.
    EnvelopeChanged = "envelope-changed", Items;
    /// One more status with an error body.
    ErrorAnswerAdded = "error-answer-added", Items;
    /// One status with an error body less.
    ErrorAnswerRemoved = "error-answer-removed", Items;
    /// A value is of another type.
    TypeChanged = "type-changed", Items;
    /// A value has another `format`.
    FormatChanged = "format-changed", Items;
    /// A value may be `null` now.
    BecameNullable = "became-nullable", Items;
    /// A value can't be `null` any more.
    BecameNotNullable = "became-not-nullable", Items;
    /// One more value of an enumeration.
    EnumValueAdded = "enum-value-added", Items;
    /// One value of an enumeration less.
    EnumValueRemoved = "enum-value-removed", Items;
    /// A property that wasn't there.
    PropertyAdded = "property-added", Items;
    /// A property that isn't there any more.
    PropertyRemoved = "property-removed", Items;
    /// The same property under another name.
    PropertyRenamed = "property-renamed", Items;
    /// A property that could be left out can't any more.
    PropertyBecameRequired = "property-became-required", Items;
    /// A property may be left out now.
    PropertyBecameOptional = "property-became-optional", Items;
    /// A property stands in answers only now.
    PropertyBecameReadOnly = "property-became-read-only", Items;
    /// A property may be sent now.
    PropertyBecameWritable = "property-became-writable", Items;
    /// A property stands in requests only now.
    PropertyBecameWriteOnly = "property-became-write-only", Items;
    /// A property stands in answers now.
    PropertyBecameReadable = "property-became-readable", Items;
    /// A string is a secret now, or not any more.
    SecrecyChanged = "secrecy-changed", Items;
    /// An object may have further keys of a type.
    FurtherKeysAdded = "further-keys-added", Items;
    /// An object has no further keys of a type any more.
    FurtherKeysRemoved = "further-keys-removed", Items;
    /// One more form of a union.
    FormAdded = "form-added", Items;
    /// One form of a union less.
    FormRemoved = "form-removed", Items;
    /// The forms of a union are told apart otherwise.
    DiscriminatorChanged = "discriminator-changed", Items;
    /// The same schema under another name.
    SchemaRenamed = "schema-renamed", Items;
    /// Another schema stands there.
    SchemaReplaced = "schema-replaced", Items;
    /// A schema's `title`.
    TitleChanged = "title-changed", Names;
    /// What the service takes where a caller says nothing.
    DefaultChanged = "default-changed", Text;
    /// Fewer values are right (`maxLength`, `pattern`, …).
    ConstraintTightened = "constraint-tightened", Nowhere;
    /// More values are right.
    ConstraintRelaxed = "constraint-relaxed", Nowhere;
    /// Other values are right.
    ConstraintChanged = "constraint-changed", Nowhere;
    /// Callers are told not to use it any more.
    Deprecated = "deprecated", Warnings;
    /// Callers may use it again.
    NoLongerDeprecated = "no-longer-deprecated", Text;
    /// Another base URL.
    ServerChanged = "server-changed", Items;
    /// One more base URL.
    ServerAdded = "server-added", Items;
    /// One base URL less.
    ServerRemoved = "server-removed", Items;
    /// One more way to prove who the caller is.
    SecuritySchemeAdded = "security-scheme-added", Items;
    /// One way less to prove who the caller is.
    SecuritySchemeRemoved = "security-scheme-removed", Items;
    /// A credential goes elsewhere.
    SecuritySchemeChanged = "security-scheme-changed", Items;
    /// Credentials that were enough aren't.
    SecurityTightened = "security-tightened", Items;
    /// Other credentials are enough, too.
    SecurityRelaxed = "security-relaxed", Items;
    /// A header of an answer.
    HeaderChanged = "header-changed", Nowhere;
    /// `summary`, `description`, `externalDocs` and their kin.
    DescriptionChanged = "description-changed", Text;
    /// `example` and `examples`.
    ExampleChanged = "example-changed", Text;
    /// A key that OpenAPI leaves to others (`x-…`).
    ExtensionChanged = "extension-changed", Nowhere;
    /// The tags of an operation.
    TagsChanged = "tags-changed", Names;
    /// `info`: title, version, contact, licence.
    InfoChanged = "info-changed", Names;
    /// What the service itself calls: callbacks and links.
    CallbackChanged = "callback-changed", Nowhere;
    /// Public items changed for which nothing in the document accounts alone: the configuration, or names.
    InterfaceChanged = "interface-changed", Items;
}
