//! What the client needs to know about the service: base URL, credentials, envelope, errors.

use std::collections::BTreeSet;

use super::docs;
use super::names::{Names, Use, environment_variable, lone};
use crate::api::{Api, SecurityKind};
use crate::config::{Config, CredentialConfig, CredentialPartConfig};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Credential, CredentialPart, CredentialPlace, Envelope, ErrorShape, Service};
use crate::pointer::Pointer;

const REQUEST_ID_HEADERS: &[&str] = &["x-request-id", "request-id"];
/// What `Credentials` has itself.
const RESERVED_CONSTRUCTORS: &[&str] = &["of", "from_env", "new", "clone"];

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
    }
}

fn credentials(
    api: &Api,
    config: &Config,
    package: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Credential> {
    let configured = if config.credentials.is_empty() {
        from_document(api)
    } else {
        config.credentials.clone()
    };
    let mut constructors = Names::reserving(RESERVED_CONSTRUCTORS.iter().copied());
    configured
        .iter()
        .filter_map(|credential| {
            let mut arguments = Names::default();
            let mut parts = Vec::with_capacity(credential.parts.len());
            let mut about = Vec::new();
            for part in &credential.parts {
                let Some(scheme) = api.security_schemes.get(&part.scheme) else {
                    diagnostics.push(Diagnostic::new(
                        Code::StaleConfiguration,
                        Pointer::root(),
                        format!("the document has no security scheme `{}`, which the configuration names", part.scheme),
                    ));
                    return None;
                };
                let says = scheme.description.as_deref().and_then(docs::first_line);
                about.push(says.unwrap_or_else(|| spoken(&scheme.kind)));
                parts.push(CredentialPart {
                    argument: arguments.mint(
                        Use::Argument,
                        part.argument.as_deref().unwrap_or(&part.scheme),
                        &["secret"],
                    ),
                    scheme: part.scheme.clone(),
                    env: part
                        .env
                        .clone()
                        .unwrap_or_else(|| environment_variable(&format!("{package} {}", part.scheme))),
                    place: place(&scheme.kind),
                });
            }
            Some(Credential {
                constructor: constructors.mint(Use::Method, &credential.name, &["credentials"]),
                docs: vec![about.join(" ")],
                parts,
            })
        })
        .collect()
}

/// One way for each alternative that an operation takes, in order of first appearance.
fn from_document(api: &Api) -> Vec<CredentialConfig> {
    let mut seen = BTreeSet::new();
    api.operations
        .iter()
        .flat_map(|operation| &operation.security)
        .filter(|requirement| !requirement.is_empty() && seen.insert((*requirement).clone()))
        .map(|requirement| CredentialConfig {
            name: requirement.join(" "),
            parts: requirement
                .iter()
                .map(|scheme| CredentialPartConfig {
                    scheme: scheme.clone(),
                    argument: None,
                    env: None,
                })
                .collect(),
        })
        .collect()
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
