//! What the runtime needs to know about a service: data that the emitted crate fills in.

use std::sync::Arc;

use super::credentials::Tokens;
use super::secret::Secret;

/// A service.
#[derive(Debug)]
pub(crate) struct Service {
    /// Package name, for the user agent.
    pub(crate) name: &'static str,
    /// Package version, for the user agent.
    pub(crate) version: &'static str,
    /// Where it is; `None`: the caller must say.
    pub(crate) base_url: Option<&'static str>,
    /// Environment variable with another base URL.
    pub(crate) base_url_env: &'static str,
    /// Ways to prove who the caller is, in order of preference.
    pub(crate) credentials: &'static [CredentialKind],
    /// The object around every result, where there is one.
    pub(crate) envelope: Option<Envelope>,
    /// Where the details stand in an error answer.
    pub(crate) errors: ErrorShape,
    /// Response headers that name a request; the first match wins.
    pub(crate) request_id_headers: &'static [&'static str],
    /// What must not stand in recordings.
    pub(crate) secrets: SecretNames,
}

/// Where secrets stand that aren't credentials, by their names on the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SecretNames {
    /// Members of objects, forms among them.
    pub(crate) fields: &'static [&'static str],
    /// Parameters, wherever they go.
    pub(crate) parameters: &'static [&'static str],
    /// Operations whose body or answer is a secret as a whole.
    pub(crate) operations: &'static [&'static str],
}

/// Member names of the object around every result.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Envelope {
    /// The result itself.
    pub(crate) result: &'static str,
    /// Boolean: whether all went well.
    pub(crate) success: Option<&'static str>,
    /// Messages that aren't errors.
    pub(crate) messages: Option<&'static str>,
}

/// JSON pointers (RFC 6901) into an error answer. All `None`: the common shapes are tried.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ErrorShape {
    /// The list of errors; without it, the answer is itself the error.
    pub(crate) list: Option<&'static str>,
    /// Within one error.
    pub(crate) code: Option<&'static str>,
    /// Within one error.
    pub(crate) message: Option<&'static str>,
    /// Within one error.
    pub(crate) documentation_url: Option<&'static str>,
    /// Within one error.
    pub(crate) source_pointer: Option<&'static str>,
}

/// A way to prove who the caller is.
#[derive(Debug)]
pub(crate) struct CredentialKind {
    /// What its constructor is called.
    pub(crate) name: &'static str,
    /// What it is made of: all parts are sent together.
    pub(crate) parts: &'static [CredentialPart],
}

/// One secret and its place in a request.
#[derive(Debug)]
pub(crate) struct CredentialPart {
    /// The document's name of it.
    pub(crate) scheme: &'static str,
    /// Environment variable.
    pub(crate) env: &'static str,
    /// Where it goes.
    pub(crate) place: CredentialPlace,
}

/// Where a credential goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CredentialPlace {
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer,
    /// `Authorization: Basic …` (RFC 7617); the secret is `user:password`.
    Basic,
    /// A header.
    Header(&'static str),
    /// A query parameter.
    Query(&'static str),
    /// A cookie (RFC 6265).
    Cookie(&'static str),
    /// Nowhere: it is a client's identifier (RFC 6749, section 2.2), with which tokens are fetched.
    ClientId,
    /// Nowhere: it is the secret that goes with the identifier.
    ClientSecret {
        /// Where tokens are fetched.
        token_url: &'static str,
        /// What fetches them.
        tokens: fn(url: &str, id: &Secret, secret: &Secret) -> Arc<dyn Tokens>,
    },
}

/// A service that takes no credentials, for tests of what is the same for all services.
#[cfg(test)]
pub(crate) static TEST_SERVICE: Service = Service {
    name: "test",
    version: "1",
    base_url: Some("https://service.example"),
    base_url_env: "TEST_BASE_URL",
    credentials: &[],
    envelope: None,
    errors: ErrorShape {
        list: None,
        code: None,
        message: None,
        documentation_url: None,
        source_pointer: None,
    },
    request_id_headers: &[],
    secrets: SecretNames {
        fields: &[],
        parameters: &[],
        operations: &[],
    },
};
