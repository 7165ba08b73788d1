//! Security schemes and requirements.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityScheme as Scheme};

use super::Lowering;
use crate::api::{SecurityKind, SecurityRequirement, SecurityScheme};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

impl<'d> Lowering<'d> {
    /// `components.securitySchemes`.
    pub(super) fn security_schemes(&mut self) -> IndexMap<String, SecurityScheme> {
        let mut schemes = IndexMap::new();
        let Some(components) = &self.document.components else {
            return schemes;
        };
        let under = Pointer::root().child("components").child("securitySchemes");
        for (name, item) in &components.security_schemes {
            let at = under.child(name);
            if let Some(scheme) = self.resolve_security_scheme(item, at.clone()) {
                schemes.insert(name.clone(), self.security_scheme(scheme, at));
            }
        }
        schemes
    }

    fn security_scheme(&mut self, scheme: &Scheme, at: Pointer) -> SecurityScheme {
        let token_url = match scheme {
            Scheme::OAuth2 { flows, .. } => token_url(flows),
            _ => None,
        };
        let (kind, description) = match scheme {
            Scheme::APIKey {
                location,
                name,
                description,
                ..
            } => (api_key(location, name.clone()), description),
            Scheme::HTTP {
                scheme,
                description,
                ..
            } => (self.http_scheme(scheme, &at), description),
            Scheme::OAuth2 { description, .. } | Scheme::OpenIDConnect { description, .. } => {
                (SecurityKind::Bearer, description)
            }
        };
        SecurityScheme {
            kind,
            token_url,
            description: description.clone(),
            at,
        }
    }

    /// HTTP authentication schemes have names without case (RFC 9110, section 11.1).
    fn http_scheme(&mut self, scheme: &str, at: &Pointer) -> SecurityKind {
        match scheme.to_ascii_lowercase().as_str() {
            "bearer" => SecurityKind::Bearer,
            "basic" => SecurityKind::Basic,
            _ => {
                self.report(
                    Code::UnsupportedSecurityScheme,
                    at,
                    format!("the HTTP authentication scheme `{scheme}` isn't supported"),
                    "the credential is sent as a bearer token",
                );
                SecurityKind::Bearer
            }
        }
    }

    /// The alternatives of an operation: its own, else the document's.
    pub(super) fn security(
        &mut self,
        operation: &'d openapiv3::Operation,
        at: &Pointer,
    ) -> Vec<SecurityRequirement> {
        let (alternatives, at) = match (&operation.security, &self.document.security) {
            (Some(own), _) => (own, at.child("security")),
            (None, Some(general)) => (general, Pointer::root().child("security")),
            (None, None) => return Vec::new(),
        };
        let described: Vec<SecurityRequirement> = alternatives
            .iter()
            .enumerate()
            .map(|(index, requirement)| {
                let names = requirement.keys();
                let at = at.index(index);
                names
                    .filter(|name| self.is_scheme(name, &at))
                    .cloned()
                    .collect()
            })
            .collect();
        // What is left of an alternative without any described scheme isn't the document's leave to go without.
        let is_another_left = described.iter().any(|names| !names.is_empty());
        described
            .into_iter()
            .zip(alternatives)
            .filter(|(names, stated)| !is_another_left || !names.is_empty() || stated.is_empty())
            .map(|(names, _)| names)
            .collect()
    }

    fn is_scheme(&mut self, name: &str, at: &Pointer) -> bool {
        let known = self
            .document
            .components
            .as_ref()
            .is_some_and(|components| components.security_schemes.contains_key(name));
        if !known {
            self.report(
                Code::UnsupportedSecurityScheme,
                at,
                format!("the security scheme `{name}` isn't described"),
                "add it to `components.securitySchemes`; calls are made without it",
            );
        }
        known
    }
}

fn token_url(flows: &OAuth2Flows) -> Option<String> {
    let flow = flows.client_credentials.as_ref()?;
    Some(flow.token_url.trim().to_owned())
}

fn api_key(location: &APIKeyLocation, name: String) -> SecurityKind {
    match location {
        APIKeyLocation::Query => SecurityKind::Query(name),
        APIKeyLocation::Header => SecurityKind::Header(name),
        APIKeyLocation::Cookie => SecurityKind::Cookie(name),
    }
}
