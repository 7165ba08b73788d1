//! The crate's root and the client's own file.

use askama::Template;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::{Attributes, docs, inner_docs};
use super::example;
use super::recordings;
use super::rendered;
use super::resource::ChildView;
use super::tokens::{blank_before, gate, ident, optional_text, text};
use crate::model::{
    Crate, Credential, CredentialPart, CredentialPlace, Scope, SecretNames, Service,
};

#[derive(Template)]
#[template(path = "lib.rs.askama")]
struct LibraryView {
    docs: Attributes,
    private_modules: Vec<TokenStream>,
    modules: Vec<ModuleView>,
    has_decimals: bool,
    scopes: Option<TokenStream>,
}

struct ModuleView {
    gate: TokenStream,
    name: TokenStream,
}

/// `lib.rs`, unformatted.
pub(super) fn library(krate: &Crate) -> String {
    let mut lines = vec![krate.package.description.clone()];
    if !krate.package.about.is_empty() {
        lines.push(String::new());
        lines.extend(krate.package.about.iter().cloned());
    }
    let mut modules: Vec<ModuleView> = krate
        .resources
        .iter()
        .map(|resource| ModuleView {
            gate: gate(&resource.features),
            name: module(&resource.module),
        })
        .collect();
    if !krate.shared_types.is_empty() {
        modules.extend(krate.shared_module.iter().map(|shared| ModuleView {
            gate: TokenStream::new(),
            name: module(shared),
        }));
    }
    let names: Vec<TokenStream> = krate
        .scopes
        .iter()
        .map(|scope| match scope {
            Scope::Id { name, .. } | Scope::OneOf { name, .. } => module(name),
        })
        .collect();
    rendered(&LibraryView {
        docs: [inner_docs(&lines), example::documented(krate)]
            .into_iter()
            .collect(),
        private_modules: if names.is_empty() {
            Vec::new()
        } else {
            vec![quote!(scopes)]
        },
        modules,
        has_decimals: krate.has_decimals,
        scopes: (!names.is_empty()).then(|| quote!(#(#names),*)),
    })
}

fn module(name: &crate::plan::names::Ident) -> TokenStream {
    let name = ident(name);
    quote!(#name)
}

#[derive(Template)]
#[template(path = "client.rs.askama")]
struct ClientView {
    service: TokenStream,
    no_base_url: &'static str,
    from_env_docs: Attributes,
    resources: Vec<ChildView>,
    credentials: Option<Vec<CredentialView>>,
    recorder_docs: Attributes,
}

struct CredentialView {
    blank: TokenStream,
    docs: Attributes,
    constructor: TokenStream,
    parameters: TokenStream,
    index: Literal,
    values: TokenStream,
}

/// `client.rs`, unformatted.
pub(super) fn client(krate: &Crate) -> String {
    let service = &krate.service;
    let credentials = service.credentials.iter().enumerate();
    let credentials: Vec<CredentialView> = credentials
        .map(|(index, credential)| CredentialView::of(index, credential))
        .collect();
    rendered(&ClientView {
        service: service_value(&krate.package.name, service),
        no_base_url: if service.base_url.is_none() {
            ", or because the document names no base URL: use [`Client::builder`]"
        } else {
            ""
        },
        from_env_docs: docs(&from_env_docs(service)),
        resources: krate.resources.iter().map(ChildView::of).collect(),
        credentials: (!credentials.is_empty()).then_some(credentials),
        recorder_docs: docs(&recordings::documented(&krate.package.library)),
    })
}

impl CredentialView {
    fn of(index: usize, credential: &Credential) -> Self {
        let constructor = ident(&credential.constructor);
        let arguments: Vec<_> = credential
            .parts
            .iter()
            .map(|part| ident(&part.argument))
            .collect();
        Self {
            blank: blank_before(index),
            docs: docs(&credential.docs),
            constructor: quote!(#constructor),
            parameters: quote!(#(#arguments: impl Into<Secret>),*),
            index: Literal::usize_unsuffixed(index),
            values: quote!(#(#arguments.into()),*),
        }
    }
}

fn from_env_docs(service: &Service) -> Vec<String> {
    let base_url = format!("`{}` for another base URL.", service.base_url_env);
    let mut lines = if service.credentials.is_empty() {
        vec![format!("A client from the environment: {base_url}")]
    } else {
        vec![
            format!("A client from the environment: {};", variables(service)),
            base_url,
        ]
    };
    lines.extend(["", "# Errors", ""].map(str::to_owned));
    let missing = if service.credentials.is_empty() {
        ""
    } else {
        "credentials are missing, naming the variables to set, or if "
    };
    lines.push(format!(
        "[`Error::NotSent`] if {missing}the base URL isn't valid."
    ));
    lines
}

/// `A`, or `B` and `C`.
fn variables(service: &Service) -> String {
    let kinds: Vec<String> = service.credentials.iter().map(variables_of).collect();
    kinds.join(", or ")
}

/// `B` and `C`.
pub(super) fn variables_of(credential: &Credential) -> String {
    let parts: Vec<String> = credential
        .parts
        .iter()
        .map(|part| format!("`{}`", part.env))
        .collect();
    parts.join(" and ")
}

fn service_value(package: &str, service: &Service) -> TokenStream {
    let package = text(package);
    let base_url = optional_text(service.base_url.as_deref());
    let base_url_env = text(&service.base_url_env);
    let credentials = service.credentials.iter().map(credential_kind);
    let envelope = match &service.envelope {
        None => quote!(None),
        Some(envelope) => {
            let result = text(&envelope.result);
            let success = optional_text(envelope.success.as_deref());
            let messages = optional_text(envelope.messages.as_deref());
            quote!(Some(Envelope { result: #result, success: #success, messages: #messages }))
        }
    };
    let list = optional_text(service.errors.list.as_deref());
    let code = optional_text(service.errors.code.as_deref());
    let message = optional_text(service.errors.message.as_deref());
    let documentation_url = optional_text(service.errors.documentation_url.as_deref());
    let source_pointer = optional_text(service.errors.source_pointer.as_deref());
    let headers = &service.request_id_headers;
    let SecretNames {
        fields,
        parameters,
        operations,
    } = &service.secrets;
    quote! {
        Service {
            name: #package,
            version: env!("CARGO_PKG_VERSION"),
            base_url: #base_url,
            base_url_env: #base_url_env,
            credentials: &[#(#credentials),*],
            envelope: #envelope,
            errors: ErrorShape {
                list: #list,
                code: #code,
                message: #message,
                documentation_url: #documentation_url,
                source_pointer: #source_pointer,
            },
            request_id_headers: &[#(#headers),*],
            secrets: SecretNames {
                fields: &[#(#fields),*],
                parameters: &[#(#parameters),*],
                operations: &[#(#operations),*],
            },
        }
    }
}

fn credential_kind(credential: &Credential) -> TokenStream {
    let name = text(credential.constructor.bare());
    let parts = credential.parts.iter().map(credential_part);
    quote!(CredentialKind { name: #name, parts: &[#(#parts),*] })
}

fn credential_part(part: &CredentialPart) -> TokenStream {
    let scheme = text(&part.scheme);
    let env = text(&part.env);
    let place = match &part.place {
        CredentialPlace::Bearer => quote!(Bearer),
        CredentialPlace::Basic => quote!(Basic),
        CredentialPlace::Header(name) => quote!(Header(#name)),
        CredentialPlace::Query(name) => quote!(Query(#name)),
        CredentialPlace::Cookie(name) => quote!(Cookie(#name)),
        CredentialPlace::ClientId => quote!(ClientId),
        CredentialPlace::ClientSecret(url) => quote!(ClientSecret {
            token_url: #url,
            tokens: crate::runtime::client_credentials::tokens,
        }),
    };
    quote!(CredentialPart { scheme: #scheme, env: #env, place: CredentialPlace::#place })
}
