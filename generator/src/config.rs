//! The SDK configuration beside a document (`specs/*.toml`): it refines, it is never needed.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// One SDK: which document, where to, and how it is to read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The document, relative to the configuration file. Without it, the configuration is used only where it is named.
    pub spec: Option<PathBuf>,
    /// OpenAPI Overlays, relative to the configuration file: they change the document on reading, in this order.
    pub overlays: Vec<PathBuf>,
    /// The emitted crate's folder, relative to the configuration file.
    pub out: Option<PathBuf>,
    /// The emitted manifest.
    pub package: PackageConfig,
    /// The client.
    pub client: ClientConfig,
    /// Ways to prove who the caller is, in order of preference. Default: one for each alternative of the document.
    pub credentials: Vec<CredentialConfig>,
    /// Path prefixes that address whose things are meant. Default: found by structure.
    pub scopes: Vec<ScopeConfig>,
    /// The object around every result, where the service has one.
    pub envelope: Option<EnvelopeConfig>,
    /// Where error details stand in an error body.
    pub errors: ErrorsConfig,
    /// How lists are paged, over what their structure shows. Of several entries for a list, the one with
    /// the longest prefix wins, for each key by itself; what an operation says of itself wins over all.
    pub paging: Vec<PagingConfig>,
    /// Which strings are secrets.
    pub secrets: SecretsConfig,
    /// Path prefixes and the resource that their operations belong to.
    pub resources: Vec<ResourceConfig>,
    /// Words of paths that are spelled otherwise, wherever no prefix says what they are (`cfg = "configurations"`).
    pub words: BTreeMap<String, String>,
    /// Single operations, by id.
    pub operations: BTreeMap<String, OperationConfig>,
    /// Old names of types and methods that are kept beside the new ones, deprecated.
    pub renamed: Vec<RenamedConfig>,
    /// Names of schemas in Rust: name in the document to type name.
    pub types: BTreeMap<String, String>,
    /// Example programs.
    pub examples: Vec<ExampleConfig>,
}

impl Config {
    /// Reads a configuration; its paths become relative to where the process stands.
    ///
    /// # Errors
    ///
    /// Where the file can't be read or isn't a configuration: with line, column and what was expected.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|error| ConfigError {
            path: path.to_owned(),
            message: error.to_string(),
        })?;
        Self::parse(&text, path)
    }

    /// As [`Config::read`], of a text that stood at a path.
    ///
    /// # Errors
    ///
    /// Where it isn't a configuration.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let mut config: Self = toml::from_str(text).map_err(|error| ConfigError {
            path: path.to_owned(),
            message: error.to_string(),
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let single = [&mut config.spec, &mut config.out].into_iter().flatten();
        for relative in single.chain(&mut config.overlays) {
            *relative = folder.join(&relative);
        }
        Ok(config)
    }
}

/// Why a configuration can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    path: PathBuf,
    message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}: {}",
            self.path.display(),
            self.message.trim_end()
        )
    }
}

impl std::error::Error for ConfigError {}

/// The emitted manifest.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PackageConfig {
    /// `package.name`. Default: the document's title in kebab case.
    pub name: Option<String>,
    /// `package.version`. Default: 0.1.0.
    pub version: Option<String>,
    /// `package.description`.
    pub description: Option<String>,
    /// `package.license`. Default: MIT OR Apache-2.0.
    pub license: Option<String>,
    /// `package.repository`.
    pub repository: Option<String>,
    /// The name under which examples import the crate.
    pub alias: Option<String>,
    /// What the API is called. Default: the document's title.
    pub title: Option<String>,
    /// Whether cargo may publish it.
    pub publish: bool,
}

/// The client.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClientConfig {
    /// Base URL, over the document's.
    pub base_url: Option<String>,
    /// Environment variable with another base URL. Default: `<PACKAGE>_BASE_URL`.
    pub base_url_env: Option<String>,
    /// Request header with a key by which the service knows a POST or PATCH that it has had before; a key is
    /// made for each call. Default: `Idempotency-Key`, where an operation has that parameter.
    pub idempotency_key_header: Option<String>,
    /// Response headers that name a request. Default: `x-request-id`, `request-id`.
    pub request_id_headers: Vec<String>,
}

/// A way to prove who the caller is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CredentialConfig {
    /// Constructor name.
    pub name: String,
    /// What it is made of.
    pub parts: Vec<CredentialPartConfig>,
}

/// One secret.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CredentialPartConfig {
    /// Security scheme name in the document.
    pub scheme: String,
    /// Argument name. Default: the scheme's name.
    pub argument: Option<String>,
    /// Environment variable. Default: `<PACKAGE>_<SCHEME>`; of a client's secret `<PACKAGE>_<SCHEME>_CLIENT_SECRET`.
    pub env: Option<String>,
    /// How the token is come by. Default: the caller has it.
    pub flow: Option<FlowConfig>,
    /// Environment variable of a client's identifier. Default: `<PACKAGE>_<SCHEME>_CLIENT_ID`.
    pub client_id_env: Option<String>,
}

/// How a token is come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowConfig {
    /// It is fetched with a client's identifier and secret (RFC 6749, section 4.4).
    ClientCredentials,
}

/// A path prefix that addresses whose things are meant.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeConfig {
    /// `/accounts/{account_id}`.
    pub prefix: String,
    /// Name in unions (`Account`). Default: from the prefix.
    pub name: Option<String>,
    /// Identifier type (`AccountId`). Default: from the parameter.
    pub id: Option<String>,
    /// Environment variable that examples take it from.
    pub env: Option<String>,
}

/// Member names of the envelope.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeConfig {
    /// The result itself.
    pub result: String,
    /// Boolean: whether all went well. An object without it is no envelope.
    #[serde(default)]
    pub success: Option<String>,
    /// Messages that aren't errors.
    #[serde(default)]
    pub messages: Option<String>,
}

/// JSON pointers into an error body. Default: the common shapes are tried.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ErrorsConfig {
    /// The list of errors (`/errors`); without it, the body is the error.
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

/// Which strings are secrets, beside `format: password`, `writeOnly` and telling names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SecretsConfig {
    /// Property and parameter names that are secrets.
    pub names: Vec<String>,
    /// Property and parameter names that are not, whatever the rules say.
    pub not: Vec<String>,
}

/// Operations under a path prefix. Of several prefixes, the longest that says something wins, for each key by itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ResourceConfig {
    /// Front of the path after the scope (`/access/service_tokens`); `{}` or `{any_name}` is any
    /// parameter (`/policies/{}/rules`). With the scope in front it means that scope alone
    /// (`/zones/{}/settings`). `-` and `_` are alike. A prefix that is a whole path says that its last
    /// word is a thing and no action.
    pub prefix: String,
    /// Dotted resource (`zero_trust.access.service_tokens`); the words of the path beyond the prefix follow it.
    pub resource: Option<String>,
    /// Method names: what a method would be called, and what it is called here (`{ list = "get" }`).
    pub methods: BTreeMap<String, String>,
    /// Whether a last word is always an action (`true`) or never one (`false`). Default: where the paths
    /// beside it say so.
    pub actions: Option<bool>,
}

/// One operation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OperationConfig {
    /// Dotted resource.
    pub resource: Option<String>,
    /// Method name.
    pub name: Option<String>,
    /// `safe`, `idempotent` or `unsafe`.
    pub retry: Option<String>,
    /// Leaves it out, with this reason.
    pub hide: Option<String>,
    /// How its pages hang together; its `prefix` means nothing here.
    pub paging: Option<PagingConfig>,
}

/// How lists are paged. Places are JSON pointers (RFC 6901) into the body of an answer.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PagingConfig {
    /// Front of the path; `{}` or `{any_name}` is any parameter. Default: every path.
    pub prefix: Option<String>,
    /// How the next page is asked for.
    pub scheme: Option<PagingSchemeConfig>,
    /// The query parameter that moves from page to page.
    pub parameter: Option<String>,
    /// Its value for the first page of `page` and `offset`.
    pub first: Option<i64>,
    /// Where the list stands, below the answer's value and not its envelope (`/items`); empty: it is the value.
    pub items: Option<String>,
    /// Where the cursor or the URL stands; of `last_item`, the property of an element (`id`).
    pub next: Option<String>,
    /// Where it says how many elements there are in all.
    pub total: Option<String>,
    /// Where it says how many pages there are.
    pub pages: Option<String>,
    /// Where it says how many elements a page has at most.
    pub size: Option<String>,
    /// Where it says which page it is.
    pub number: Option<String>,
    /// Where it says whether there are more pages.
    pub more: Option<String>,
}

/// How the next page of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PagingSchemeConfig {
    /// By a query parameter that counts pages.
    Page,
    /// By a query parameter that counts the elements before the page.
    Offset,
    /// By a query parameter with what stands in the body.
    Cursor,
    /// By a query parameter that names the last element of the page before.
    LastItem,
    /// By the header `Link` (RFC 8288).
    Link,
    /// By a URL in the body.
    Url,
    /// There is one page.
    Single,
    /// It isn't a list: there is no stream of it.
    None,
}

/// Something that callers know under another name: a type or a method.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenamedConfig {
    /// The old path of a type (`pets::Pet`), that of a call included (`pets::ListPets`).
    #[serde(rename = "type")]
    pub type_: Option<String>,
    /// The old name of a method after its dotted resource (`pets.list`).
    pub method: Option<String>,
    /// What it is called now, likewise.
    pub to: String,
    /// The version that has the new name.
    pub since: Option<String>,
}

/// An example program.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleConfig {
    /// File name without extension.
    pub name: String,
    /// Operation id.
    pub operation: String,
}
