//! What we will say in Rust: modules, types, methods, with every identifier final.
//!
//! No OpenAPI and no tokens: [`mod@crate::plan`] decides everything here, [`crate::emit`] only spells it.

mod calls;
mod renamed;
mod secrets;
mod types;

use crate::api::{Method as HttpMethod, Retry};
use crate::plan::names::Ident;
use crate::pointer::Pointer;

pub use self::calls::{
    Answer, AnswerEnum, AnswerVariant, Argument, Constant, Need, Paging, Place, RequiredStruct,
};
pub use self::renamed::{OldMethod, OldType};
pub use self::secrets::SecretNames;
pub use self::types::{
    Enum, Field, Model, ModelForm, RustType, TypeItem, TypeKind, TypePath, Union, UnionVariant,
    Variant,
};

/// A crate to emit.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The manifest's facts.
    pub package: Package,
    /// The service behind the crate: base URL, credentials, envelope.
    pub service: Service,
    /// Identifier types of scopes (`AccountId`) and unions of them (`AccountOrZone`), for `scopes.rs`.
    pub scopes: Vec<Scope>,
    /// Resources at the top of the tree, in order.
    pub resources: Vec<Resource>,
    /// Types that more than one resource uses, for `types.rs`.
    pub shared_types: Vec<TypeItem>,
    /// The module that they stand in.
    pub shared_module: Vec<Ident>,
    /// The files that they stand in; none: all in the module's own.
    pub shared_parts: Vec<Part>,
    /// Old names of types that stood in that module.
    pub shared_old_types: Vec<OldType>,
    /// What callers may choose to compile; none: there is nothing to choose from.
    pub features: Vec<Feature>,
    /// Example programs.
    pub examples: Vec<Example>,
    /// Whether the document has numbers whose digits count.
    pub has_decimals: bool,
    /// What was left out, for `api.md`.
    pub not_generated: Vec<crate::api::NotGenerated>,
}

/// Facts of the emitted `Cargo.toml` and README.
#[derive(Clone, Debug)]
pub struct Package {
    /// `package.name`.
    pub name: String,
    /// The library's name in paths: the package name in snake case.
    pub library: Ident,
    /// `package.version`.
    pub version: String,
    /// `package.description`, one line.
    pub description: String,
    /// `package.license`.
    pub license: String,
    /// `package.repository`.
    pub repository: Option<String>,
    /// What the API is called by its vendor.
    pub title: String,
    /// The description of the API, markdown made safe for rustdoc.
    pub about: Vec<String>,
    /// The document, as named in the `@generated` line: relative to the workspace where it is in it.
    pub source: String,
    /// The alias under which examples import the crate (`acme`), else the library name.
    pub alias: Ident,
    /// Whether cargo may publish it.
    pub publish: bool,
    /// Whether it is a member of the workspace around it (else it is its own workspace).
    pub in_workspace: bool,
}

/// What the runtime needs to know about the service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Absolute base URL, no trailing slash; `None`: the caller must give one.
    pub base_url: Option<String>,
    /// Environment variable with another base URL.
    pub base_url_env: String,
    /// Ways to prove who the caller is, in order of preference.
    pub credentials: Vec<Credential>,
    /// The members of the envelope, where there is one.
    pub envelope: Option<Envelope>,
    /// Where error details stand in an error body.
    pub errors: ErrorShape,
    /// Response headers that name a request, first match wins.
    pub request_id_headers: Vec<String>,
    /// What must not stand in recordings of exchanges.
    pub secrets: SecretNames,
}

impl Service {
    /// Whether a credential is a client's own, with which tokens are fetched.
    pub fn fetches_tokens(&self) -> bool {
        let mut parts = self
            .credentials
            .iter()
            .flat_map(|credential| &credential.parts);
        parts.any(|part| matches!(part.place, CredentialPlace::ClientSecret(_)))
    }
}

/// A way to prove who the caller is: one constructor of `Credentials`.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Constructor name (`api_token`).
    pub constructor: Ident,
    /// What it is, from the document.
    pub docs: Vec<String>,
    /// What it is made of.
    pub parts: Vec<CredentialPart>,
}

/// One secret and its place in the request.
#[derive(Clone, Debug)]
pub struct CredentialPart {
    /// Security scheme name in the document.
    pub scheme: String,
    /// Argument of the constructor.
    pub argument: Ident,
    /// Environment variable. Basic authentication takes `user:password`.
    pub env: String,
    /// Where it goes.
    pub place: CredentialPlace,
}

/// Where a credential goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialPlace {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`, base64 of the value.
    Basic,
    /// The value in a header.
    Header(String),
    /// The value in a query parameter.
    Query(String),
    /// The value in a cookie.
    Cookie(String),
    /// Nowhere: a client's identifier, with which tokens are fetched.
    ClientId,
    /// Nowhere: the secret that goes with the identifier. Where tokens are fetched.
    ClientSecret(String),
}

/// Member names of the envelope around results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The result itself.
    pub result: String,
    /// Boolean: whether all went well.
    pub success: Option<String>,
    /// Messages that aren't errors.
    pub messages: Option<String>,
}

/// Where error details stand in an error body; JSON pointers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorShape {
    /// The list of errors; empty where the body is itself the error.
    pub list: Option<String>,
    /// Within one error.
    pub code: Option<String>,
    /// Within one error.
    pub message: Option<String>,
    /// Within one error.
    pub documentation_url: Option<String>,
    /// Within one error.
    pub source_pointer: Option<String>,
}

/// A type for the front of a path.
#[derive(Clone, Debug)]
pub enum Scope {
    /// `pub struct AccountId(String)`.
    Id {
        /// Type name.
        name: Ident,
        /// Documentation.
        docs: Vec<String>,
    },
    /// `pub enum AccountOrZone { Account(AccountId), Zone(ZoneId) }`.
    OneOf {
        /// Type name.
        name: Ident,
        /// Documentation.
        docs: Vec<String>,
        /// In document order.
        variants: Vec<ScopeVariant>,
    },
}

/// One side of twin paths.
#[derive(Clone, Debug)]
pub struct ScopeVariant {
    /// Variant name (`Account`).
    pub name: Ident,
    /// The literal path before the identifier, without slashes at its ends (`accounts`).
    pub literal: String,
    /// Its identifier type (`AccountId`).
    pub id: Ident,
}

/// A node of the resource tree: a handle and, below it, methods and further handles.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Module name and accessor name (`service_tokens`).
    pub module: Ident,
    /// Modules from the crate root to this one, itself included.
    pub path: Vec<Ident>,
    /// Handle type (`ServiceTokens`).
    pub handle: Ident,
    /// Documentation of the handle.
    pub docs: Vec<String>,
    /// In document order.
    pub methods: Vec<Method>,
    /// Types that this resource uses, or several of those below it, and no other.
    pub types: Vec<TypeItem>,
    /// Old names of its methods.
    pub old_methods: Vec<OldMethod>,
    /// Old names of types that stood in its module.
    pub old_types: Vec<OldType>,
    /// The files that builders and types stand in; none: all in the module's own.
    pub parts: Vec<Part>,
    /// Cargo features with any of which it is compiled; none: always, or as its parent is.
    pub features: Vec<String>,
    /// Further handles, sorted by name.
    pub children: Vec<Resource>,
}

/// A file of a module that is too long for one, or whose types aren't always compiled. It is private:
/// all that stands in it is re-exported by the module, so that paths don't depend on it.
#[derive(Clone, Debug)]
pub struct Part {
    /// Module name (`calls`, `types`).
    pub module: Ident,
    /// Documentation of the file.
    pub docs: Vec<String>,
    /// The methods whose builders stand in it, by index.
    pub calls: Vec<usize>,
    /// The types that stand in it, by index.
    pub types: Vec<usize>,
    /// Cargo features with any of which it is compiled; none: always.
    pub features: Vec<String>,
    /// Files of its own.
    pub parts: Vec<Part>,
}

/// A Cargo feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// As in the manifest.
    pub name: String,
    /// The accessors of the client that it brings (`dns`, `radar().http`).
    pub resources: Vec<String>,
    /// Features that it stands for.
    pub enables: Vec<String>,
}

/// A method of a handle, its builder and its operation.
#[derive(Clone, Debug)]
pub struct Method {
    /// `create`.
    pub name: Ident,
    /// Builder type (`CreateServiceToken`).
    pub builder: Ident,
    /// Type that tells the builder's own methods from those of others, where it has any.
    pub options: Option<Ident>,
    /// Static with the operation's data (`CREATE`).
    pub operation: Ident,
    /// What it does, from the document; ends with verb and path, and a link where there is one.
    pub docs: Vec<String>,
    /// Set where callers are told not to use it.
    pub deprecated: bool,
    /// Operation ids, in document order; twins have more than one.
    pub ids: Vec<String>,
    /// Where they stand.
    pub at: Vec<Pointer>,
    /// Verb and path of each, as the document has them.
    pub requests: Vec<String>,
    /// HTTP method.
    pub http_method: HttpMethod,
    /// Path template; twins have `{scope}` in place of literal and identifier. A literal brace can't occur.
    pub path: String,
    /// What may be sent again.
    pub retry: Retry,
    /// The header with a key by which the service knows a request that it has had before.
    pub idempotency_key: Option<String>,
    /// Whether it takes credentials.
    pub credentials: Need,
    /// Positional arguments, in order.
    pub arguments: Vec<Argument>,
    /// Where there are too many required values: one struct of them, the method's last argument.
    pub required: Option<RequiredStruct>,
    /// What every call sends without being asked for.
    pub constants: Vec<Constant>,
    /// Optional values, in document order.
    pub setters: Vec<Argument>,
    /// The media type of the body, where there is one; sent also when nothing was set, if `body_required`.
    pub body_media_type: Option<String>,
    /// Whether an object body is sent (as `{}`) when no field was set.
    pub body_required: bool,
    /// Whether the caller may add parts of other names to the body.
    pub takes_parts: bool,
    /// The `Accept` header.
    pub accept: String,
    /// Its own absolute base URL, where it has one.
    pub base_url: Option<String>,
    /// What the caller gets.
    pub output: RustType,
    /// How the answer is read.
    pub answer: Answer,
    /// How its pages hang together, where it has pages.
    pub paging: Option<Paging>,
    /// What its answer gives one after the other, where it may come so.
    pub streamed: Option<Streamed>,
}

/// The values of an answer that come one after the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Streamed {
    /// Lines of JSON.
    Lines(RustType),
    /// Data of server-sent events.
    Events(RustType),
}

impl Streamed {
    /// The type of each.
    pub fn item(&self) -> &RustType {
        match self {
            Self::Lines(item) | Self::Events(item) => item,
        }
    }
}

/// An example program that calls one operation.
#[derive(Clone, Debug)]
pub struct Example {
    /// File name without extension.
    pub name: String,
    /// Module path of the resource, then the method.
    pub resource: Vec<Ident>,
    /// The Cargo feature that it needs.
    pub feature: Option<String>,
    /// The method called.
    pub method: Ident,
    /// What it shows, one line.
    pub docs: Vec<String>,
    /// How each positional argument is made.
    pub arguments: Vec<ExampleValue>,
    /// Optional setters to call, with their values.
    pub setters: Vec<(Ident, ExampleValue)>,
    /// The result's fields that the program prints (wire order); none: the whole value.
    pub prints: bool,
}

/// How an example makes a value.
#[derive(Clone, Debug)]
pub enum ExampleValue {
    /// A string literal.
    Text(String),
    /// A literal of a text that is base64 already.
    Base64(String),
    /// An integer literal.
    Integer(i64),
    /// A decimal of this text.
    Decimal(String),
    /// A floating-point literal.
    Number(f64),
    /// A boolean literal.
    Flag(bool),
    /// A scope identifier from an environment variable.
    ScopeFromEnv {
        /// The identifier type.
        id: Ident,
        /// The variable.
        env: String,
    },
    /// A scope identifier from a literal.
    ScopeFromText {
        /// The identifier type.
        id: Ident,
        /// The literal.
        text: String,
    },
    /// Anything else, as JSON decoded at run time into the argument's type.
    Json(String),
}

impl Crate {
    /// How many operations of the document have a method.
    pub fn operations(&self) -> usize {
        self.methods().map(|(_, method)| method.ids.len()).sum()
    }

    /// How many types it defines.
    pub fn types(&self) -> usize {
        let own: usize = self
            .all_resources()
            .map(|resource| resource.types.len())
            .sum();
        own + self.shared_types.len() + self.scopes.len()
    }

    /// Every type of the document with the resource that it stands in; none: shared by all.
    pub fn document_types(&self) -> impl Iterator<Item = (Option<&Resource>, &TypeItem)> {
        let own = self.all_resources().flat_map(|resource| {
            let types = resource.types.iter();
            types.map(move |item| (Some(resource), item))
        });
        let shared = self.shared_types.iter().map(|item| (None, item));
        own.chain(shared).filter(|(_, item)| item.is_of_document())
    }

    /// The module of a resource's types, or of those that are shared by all.
    pub fn module_of<'c>(&'c self, resource: Option<&'c Resource>) -> &'c [Ident] {
        resource.map_or(&self.shared_module, |resource| &resource.path)
    }

    /// Every resource, parents before children.
    pub fn all_resources(&self) -> impl Iterator<Item = &Resource> {
        let mut stack: Vec<&Resource> = self.resources.iter().rev().collect();
        std::iter::from_fn(move || {
            let resource = stack.pop()?;
            stack.extend(resource.children.iter().rev());
            Some(resource)
        })
    }

    /// Every method with its resource.
    pub fn methods(&self) -> impl Iterator<Item = (&Resource, &Method)> {
        self.all_resources().flat_map(|resource| {
            resource
                .methods
                .iter()
                .map(move |method| (resource, method))
        })
    }
}

impl Method {
    /// The positional arguments in the order in which a call takes them: those of the path as its
    /// template has them, where one may stand twice, then all others.
    pub fn in_path_order(&self) -> Vec<&Argument> {
        let is_in_path =
            |argument: &&Argument| matches!(argument.place, Place::Scope | Place::Path { .. });
        let scope = self
            .arguments
            .iter()
            .find(|argument| argument.place == Place::Scope);
        let named = |name: &str| {
            self.arguments.iter().find(
                |argument| matches!(&argument.place, Place::Path { name: own, .. } if own == name),
            )
        };
        let names = self.path.split('{').skip(1);
        // A scope is always the first place; a later one of that name is a parameter of the document.
        let names = names.skip(usize::from(scope.is_some()));
        let names = names.filter_map(|rest| Some(rest.split_once('}')?.0));
        let others = self
            .arguments
            .iter()
            .filter(|argument| !is_in_path(argument));
        scope
            .into_iter()
            .chain(names.filter_map(named))
            .chain(others)
            .collect()
    }
}

impl Resource {
    /// `inventory.things`: the accessors that lead to it.
    pub fn dotted(&self) -> String {
        let modules: Vec<&str> = self.path.iter().map(Ident::bare).collect();
        modules.join(".")
    }
}
