//! What the client needs to know about the service: base URL, credentials, envelope, errors.

use std::collections::BTreeSet;

use super::docs;
use super::names::{Names, Use, environment_variable, lone};
use crate::api::{Api, SecurityKind, SecurityScheme};
use crate::config::{Config, CredentialConfig, CredentialPartConfig, FlowConfig};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Credential, CredentialPart, CredentialPlace, Envelope, ErrorShape, Service};
use crate::pointer::Pointer;

const REQUEST_ID_HEADERS: &[&str] = &["x-request-id", "request-id"];
/// What `Credentials` has itself.
const RESERVED_CONSTRUCTORS: &[&str] = &[
    "of",
    "from_env",
    "from_variables",
    "new",
    "clone",
    "apply",
    "tokens",
    "with_tokens",
    "token_url",
    "scope",
];
/// What a caller is told of a client's own credentials.
const CLIENT_CREDENTIALS: &str = "A client's identifier and secret, with which access tokens are fetched as they are \
    needed (OAuth 2.0, client credentials).";

/// The service of an API, for a package of this name.
pub(super) fn service(
    api: &Api,
    config: &Config,
    package: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Service {
    let base_url = config.client.base_url.clone().or_else(|| {
        let url = api.servers.first().map(|server| server.url.clone())?;
        (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
    });
    let base_url_env = config
        .client
        .base_url_env
        .clone()
        .unwrap_or_else(|| environment_variable(&format!("{package} base url")));
    let request_id_headers = if config.client.request_id_headers.is_empty() {
        REQUEST_ID_HEADERS
            .iter()
            .map(|header| (*header).to_owned())
            .collect()
    } else {
        config
            .client
            .request_id_headers
            .iter()
            .map(|header| header.to_ascii_lowercase())
            .collect()
    };
    Service {
        base_url: base_url.map(|url| url.trim_end_matches('/').to_owned()),
        base_url_env,
        credentials: credentials(api, config, package, diagnostics),
        envelope: config.envelope.as_ref().map(|envelope| Envelope {
            result: envelope.result.clone(),
            success: envelope.success.clone(),
            messages: envelope.messages.clone(),
        }),
        errors: ErrorShape {
            list: config.errors.list.clone(),
            code: config.errors.code.clone(),
            message: config.errors.message.clone(),
            documentation_url: config.errors.documentation_url.clone(),
            source_pointer: config.errors.source_pointer.clone(),
        },
        request_id_headers,
        secrets: super::secrets::names(api),
    }
}

fn credentials(
    api: &Api,
    config: &Config,
    package: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Credential> {
    let configured = if config.credentials.is_empty() {
        from_document(api, diagnostics)
    } else {
        config.credentials.clone()
    };
    let mut constructors = Names::reserving(RESERVED_CONSTRUCTORS.iter().copied());
    configured
        .iter()
        .filter_map(|credential| {
            let mut planning = Parts {
                api,
                package,
                arguments: Names::default(),
                parts: Vec::with_capacity(credential.parts.len()),
                about: Vec::new(),
            };
            for part in &credential.parts {
                diagnostics.extend(useless_variable(part));
                if let Err(message) = planning.add(part) {
                    let at = Pointer::root();
                    diagnostics.push(Diagnostic::new(Code::StaleConfiguration, at, message));
                    return None;
                }
            }
            Some(Credential {
                constructor: constructors.mint(Use::Method, &credential.name, &["credentials"]),
                docs: vec![planning.about.join(" ")],
                parts: planning.parts,
            })
        })
        .collect()
}

/// Without the flow there is no client whose identifier could stand in a variable.
fn useless_variable(part: &CredentialPartConfig) -> Option<Diagnostic> {
    let variable = part
        .client_id_env
        .as_ref()
        .filter(|_| part.flow.is_none())?;
    let message = format!(
        "`client_id_env = {variable:?}` of the security scheme `{}` is without `flow`, so it isn't used",
        part.scheme
    );
    let said = Diagnostic::new(Code::StaleConfiguration, Pointer::root(), message);
    Some(said.help("add `flow = \"client_credentials\"`, or leave it out"))
}

/// The parts of one credential, as they come together.
struct Parts<'a> {
    api: &'a Api,
    package: &'a str,
    arguments: Names,
    parts: Vec<CredentialPart>,
    about: Vec<String>,
}

impl Parts<'_> {
    /// An error says why the document doesn't have it.
    fn add(&mut self, part: &CredentialPartConfig) -> Result<(), String> {
        let name = &part.scheme;
        let scheme = self.api.security_schemes.get(name).ok_or_else(|| {
            format!("the document has no security scheme `{name}`, which the configuration names")
        })?;
        let argument = part.argument.as_deref().unwrap_or(name);
        let says = scheme.description.as_deref().and_then(docs::first_line);
        if part.flow == Some(FlowConfig::ClientCredentials) {
            let url = token_url(self.api, scheme).ok_or_else(|| {
                format!("the security scheme `{name}` has no token URL for client credentials")
            })?;
            self.about.extend(says);
            self.about.push(CLIENT_CREDENTIALS.to_owned());
            let id = format!("{argument} client id");
            self.push(
                name,
                &id,
                part.client_id_env.as_ref(),
                CredentialPlace::ClientId,
            );
            let secret = format!("{argument} client secret");
            let place = CredentialPlace::ClientSecret(url);
            self.push(name, &secret, part.env.as_ref(), place);
        } else {
            self.about
                .push(says.unwrap_or_else(|| spoken(&scheme.kind)));
            self.push(name, argument, part.env.as_ref(), place(&scheme.kind));
        }
        Ok(())
    }

    fn push(&mut self, scheme: &str, argument: &str, env: Option<&String>, place: CredentialPlace) {
        let said = match place {
            CredentialPlace::ClientId => format!("{scheme} client id"),
            CredentialPlace::ClientSecret(_) => format!("{scheme} client secret"),
            _ => scheme.to_owned(),
        };
        let package = self.package;
        self.parts.push(CredentialPart {
            argument: self.arguments.mint(Use::Argument, argument, &["secret"]),
            scheme: scheme.to_owned(),
            env: env
                .cloned()
                .unwrap_or_else(|| environment_variable(&format!("{package} {said}"))),
            place,
        });
    }
}

/// One way for each alternative that an operation takes, in order of first appearance; after one with a token
/// that a client can fetch, the way to do that.
fn from_document(api: &Api, diagnostics: &mut Vec<Diagnostic>) -> Vec<CredentialConfig> {
    let mut seen = BTreeSet::new();
    let mut told = BTreeSet::new();
    let requirements = api
        .operations
        .iter()
        .flat_map(|operation| &operation.security)
        .filter(|requirement| !requirement.is_empty() && seen.insert((*requirement).clone()));
    let mut credentials = Vec::new();
    for requirement in requirements {
        credentials.push(CredentialConfig {
            name: requirement.join(" "),
            parts: requirement.iter().map(|scheme| given(scheme)).collect(),
        });
        let Some((fetched, scheme)) = fetched(api, requirement) else {
            continue;
        };
        if token_url(api, scheme).is_some() {
            let part = |scheme: &String| CredentialPartConfig {
                flow: (scheme == fetched).then_some(FlowConfig::ClientCredentials),
                ..given(scheme)
            };
            credentials.push(CredentialConfig {
                name: format!("{} client", requirement.join(" ")),
                parts: requirement.iter().map(part).collect(),
            });
        } else if told.insert(fetched) {
            let message =
                format!("the token URL of the security scheme `{fetched}` isn't absolute");
            let help = "tokens can't be fetched there: callers give the token itself";
            let at = scheme.at.clone();
            let said = Diagnostic::new(Code::UnsupportedSecurityScheme, at, message).help(help);
            diagnostics.push(said);
        }
    }
    credentials
}

fn given(scheme: &str) -> CredentialPartConfig {
    CredentialPartConfig {
        scheme: scheme.to_owned(),
        argument: None,
        env: None,
        flow: None,
        client_id_env: None,
    }
}

/// The scheme of an alternative whose token a client can fetch; none where another one takes its place in the
/// request.
fn fetched<'r>(
    api: &'r Api,
    requirement: &'r [String],
) -> Option<(&'r String, &'r SecurityScheme)> {
    let scheme = |name: &String| api.security_schemes.get(name);
    let mut authorizing = requirement.iter().filter(|name| {
        let kind = scheme(name).map(|scheme| &scheme.kind);
        matches!(kind, Some(SecurityKind::Bearer | SecurityKind::Basic))
    });
    let first = authorizing.next()?;
    let is_alone = authorizing.next().is_none();
    let scheme = scheme(first).filter(|scheme| scheme.token_url.is_some())?;
    is_alone.then_some((first, scheme))
}

/// Where tokens of a scheme are fetched: a path is one of the service's, wherever a client finds that.
fn token_url(api: &Api, scheme: &SecurityScheme) -> Option<String> {
    let url = scheme.token_url.as_deref()?;
    let is_absolute = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    if is_absolute(url) {
        return Some(url.to_owned());
    }
    let server = &api.servers.first()?.url;
    if !(is_absolute(server) && url.starts_with('/')) || url.starts_with("//") {
        return None;
    }
    Some(url.to_owned())
}

fn place(kind: &SecurityKind) -> CredentialPlace {
    match kind {
        SecurityKind::Bearer => CredentialPlace::Bearer,
        SecurityKind::Basic => CredentialPlace::Basic,
        SecurityKind::Header(name) => CredentialPlace::Header(name.clone()),
        SecurityKind::Query(name) => CredentialPlace::Query(name.clone()),
        SecurityKind::Cookie(name) => CredentialPlace::Cookie(name.clone()),
    }
}

/// What a caller gives, where the document doesn't say.
fn spoken(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::Bearer => "A bearer token.".to_owned(),
        SecurityKind::Basic => "A user and a password, as `user:password`.".to_owned(),
        SecurityKind::Header(name) => format!("The header {}.", docs::code(name)),
        SecurityKind::Query(name) => format!("The query parameter {}.", docs::code(name)),
        SecurityKind::Cookie(name) => format!("The cookie {}.", docs::code(name)),
    }
}

/// The library name of a package.
pub(super) fn library(package: &str) -> super::names::Ident {
    lone(Use::Module, package)
}
