//! How a caller proves who they are.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use base64::Engine as _;
use bytes::Bytes;
use http::header::Entry;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use zeroize::Zeroizing;

use super::client::Inner;
use super::headers::put_header;
use super::prepare::{UNFIT_FOR_HEADER, is_padded, shared_header_value};
use super::secret::Secret;
use super::service::{CredentialKind, CredentialPart, CredentialPlace};
use super::text::{find_any, joined};
use super::uri;

/// Proof of who the caller is. Sent with every call that takes it, to the base URL only, or to the token URL where access
/// tokens are fetched; shown nowhere.
#[derive(Clone)]
pub struct Credentials {
    kind: &'static CredentialKind,
    secrets: Arc<[Secret]>,
    /// What each part is in a header, where it goes into one: made once, so that no call leaves a copy behind.
    values: Arc<[Option<HeaderValue>]>,
    /// Where the token comes from, if it isn't one of the secrets.
    tokens: Option<Arc<dyn Tokens>>,
}

/// Gives tokens that are fetched when they are needed.
pub(crate) trait Tokens: Send + Sync {
    /// The token to send now; an error says why there is none, in a sentence.
    fn token<'a>(&'a self, client: &'a Inner) -> Token<'a>;
    /// The service doesn't take this one any more.
    fn refused(&self, token: &Secret);
    /// Tokens from another URL.
    fn elsewhere(&self, url: &str) -> Arc<dyn Tokens>;
    /// Tokens that allow something else.
    fn scoped(&self, scope: &str) -> Arc<dyn Tokens>;
}

/// A token, once it is fetched.
pub(crate) type Token<'a> = Pin<Box<dyn Future<Output = Result<Secret, String>> + Send + 'a>>;

impl Credentials {
    /// Credentials of a kind, a secret for each of its parts.
    pub(crate) fn of(kind: &'static CredentialKind, secrets: Vec<Secret>) -> Self {
        let parts = kind.parts.iter().zip(&secrets);
        Self {
            kind,
            tokens: fetched(kind, &secrets),
            values: parts.map(|(part, secret)| value_of(part, secret)).collect(),
            secrets: secrets.into(),
        }
    }

    /// What proves who somebody is.
    pub(crate) fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    /// What gives a token for each request, where tokens are fetched.
    pub(crate) fn tokens(&self) -> Option<Arc<dyn Tokens>> {
        self.tokens.clone()
    }

    /// With other tokens, where any are fetched.
    pub(crate) fn with_tokens(self, change: impl Fn(&dyn Tokens) -> Arc<dyn Tokens>) -> Self {
        let tokens = self.tokens.as_deref().map(change);
        Self { tokens, ..self }
    }

    /// The first kind whose variables are all set; empty ones count as not set.
    pub(crate) fn from_variables(
        kinds: &'static [CredentialKind],
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let read = |name: &str| variable(name).filter(|value| !value.is_empty());
        for kind in kinds {
            let secrets: Option<Vec<Secret>> = kind
                .parts
                .iter()
                .map(|part| read(part.env).map(Secret::from))
                .collect();
            if let Some(secrets) = secrets {
                return Ok(Self::of(kind, secrets));
            }
        }
        Err(format!(
            "no credentials: set {}{}",
            wanted_variables(kinds),
            half_set(kinds, &read)
        ))
    }

    /// Puts every part where it goes. A header that the caller has set by hand stays as it is.
    pub(crate) fn apply(&self, headers: &mut HeaderMap, query: &mut String) -> Result<(), String> {
        let secrets = self.secrets.iter().zip(self.values.iter());
        for (part, (secret, value)) in self.kind.parts.iter().zip(secrets) {
            let text = secret.expose_secret();
            match part.place {
                CredentialPlace::Bearer | CredentialPlace::Basic => {
                    set_header(headers, part, header::AUTHORIZATION, value)?;
                }
                CredentialPlace::Header(name) => {
                    let name = HeaderName::try_from(name).map_err(|_| unfit(part))?;
                    set_header(headers, part, name, value)?;
                }
                CredentialPlace::Query(name) => uri::push_pair(query, name, text),
                CredentialPlace::Cookie(name) => {
                    add_cookie(headers, name, text).map_err(|()| unfit(part))?
                }
                CredentialPlace::ClientId | CredentialPlace::ClientSecret { .. } => {}
            }
        }
        Ok(())
    }
}

/// What fetches tokens, where a kind has the parts for it.
fn fetched(kind: &CredentialKind, secrets: &[Secret]) -> Option<Arc<dyn Tokens>> {
    let parts = || kind.parts.iter().zip(secrets);
    let (_, id) = parts().find(|(part, _)| matches!(part.place, CredentialPlace::ClientId))?;
    parts().find_map(|(part, secret)| match part.place {
        CredentialPlace::ClientSecret { token_url, tokens } => Some(tokens(token_url, id, secret)),
        _ => None,
    })
}

/// How a token is sent (RFC 6750, section 2.1), if it can be.
pub(crate) fn bearer(token: &Secret) -> Option<HeaderValue> {
    secret_value(joined(&["Bearer ", token.expose_secret()], ""))
}

/// What a part is in a header; `None`: it goes elsewhere, or can't be sent there.
fn value_of(part: &CredentialPart, secret: &Secret) -> Option<HeaderValue> {
    let text = secret.expose_secret();
    match part.place {
        CredentialPlace::Bearer => bearer(secret),
        CredentialPlace::Basic => {
            let encoded = Zeroizing::new(base64::engine::general_purpose::STANDARD.encode(text));
            secret_value(joined(&["Basic ", &encoded], ""))
        }
        CredentialPlace::Header(_) => secret_value(text.to_owned()),
        _ => None,
    }
}

/// A value that is shown nowhere, and overwritten when nothing needs it any more.
fn secret_value(text: String) -> Option<HeaderValue> {
    let mut value = shared_header_value(Bytes::from_owner(Zeroizing::new(text.into_bytes())))?;
    value.set_sensitive(true);
    Some(value)
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({}: [redacted])", self.kind.name)
    }
}

/// Adds a pair to the one `Cookie` header (RFC 6265, section 5.4).
pub(crate) fn add_cookie(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), ()> {
    if find_any(value, b";").is_some() || is_padded(value.as_bytes()) {
        return Err(());
    }
    let mut cookies = match headers.get(header::COOKIE) {
        Some(cookies) => [cookies.as_bytes(), b"; "].concat(),
        None => Vec::new(),
    };
    cookies.extend_from_slice(format!("{name}={value}").as_bytes());
    let mut cookies = HeaderValue::from_bytes(&cookies).map_err(|_| ())?;
    cookies.set_sensitive(true);
    put_header(headers, header::COOKIE, cookies);
    Ok(())
}

/// What to set, as a person reads it: `A, or B and C`.
pub(crate) fn wanted_variables(kinds: &[CredentialKind]) -> String {
    let sets = kinds.iter().map(|kind| {
        let set: Vec<&str> = kind.parts.iter().map(|part| part.env).collect();
        joined(&set, " and ")
    });
    let sets: Vec<String> = sets.collect();
    let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
    joined(&sets, ", or ")
}

/// Names what is missing where one half of a pair is there: most likely the pair was meant.
fn half_set(kinds: &[CredentialKind], read: &dyn Fn(&str) -> Option<String>) -> String {
    for kind in kinds {
        let (set, missing): (Vec<&str>, Vec<&str>) = kind
            .parts
            .iter()
            .map(|part| part.env)
            .partition(|name| read(name).is_some());
        if !set.is_empty() && !missing.is_empty() {
            return format!(
                " ({} is set, {} is not)",
                joined(&set, " and "),
                joined(&missing, " and ")
            );
        }
    }
    String::new()
}

fn set_header(
    headers: &mut HeaderMap,
    part: &CredentialPart,
    name: HeaderName,
    value: &Option<HeaderValue>,
) -> Result<(), String> {
    if let Entry::Vacant(entry) = headers.entry(name) {
        entry.insert(value.clone().ok_or_else(|| unfit(part))?);
    }
    Ok(())
}

fn unfit(part: &CredentialPart) -> String {
    format!(
        "the credential `{}` can't be sent: it {UNFIT_FOR_HEADER}",
        part.scheme
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    static KINDS: [CredentialKind; 2] = [
        CredentialKind {
            name: "api_token",
            parts: &[CredentialPart {
                scheme: "token",
                env: "CLOUD_TOKEN",
                place: CredentialPlace::Bearer,
            }],
        },
        CredentialKind {
            name: "api_key",
            parts: &[
                CredentialPart {
                    scheme: "email",
                    env: "CLOUD_EMAIL",
                    place: CredentialPlace::Header("x-email"),
                },
                CredentialPart {
                    scheme: "key",
                    env: "CLOUD_KEY",
                    place: CredentialPlace::Query("key"),
                },
            ],
        },
    ];

    fn read(set: &'static [&'static str]) -> Result<Credentials, String> {
        Credentials::from_variables(&KINDS, &|name| {
            set.contains(&name).then(|| "a b".to_owned())
        })
    }

    #[test]
    fn missing_variables_are_named() {
        let wanted = "no credentials: set CLOUD_TOKEN, or CLOUD_EMAIL and CLOUD_KEY";
        assert_eq!(read(&[]).err().as_deref(), Some(wanted));
        let half = format!("{wanted} (CLOUD_EMAIL is set, CLOUD_KEY is not)");
        assert_eq!(read(&["CLOUD_EMAIL"]).err(), Some(half));
    }

    #[test]
    fn every_part_goes_to_its_place() {
        let (mut headers, mut query) = (HeaderMap::new(), String::new());
        let applied =
            read(&["CLOUD_EMAIL", "CLOUD_KEY"]).and_then(|it| it.apply(&mut headers, &mut query));
        assert_eq!(applied, Ok(()));
        assert_eq!(
            headers.get("x-email").map(HeaderValue::as_bytes),
            Some(&b"a b"[..])
        );
        assert!(
            headers
                .get("x-email")
                .is_some_and(HeaderValue::is_sensitive)
        );
        assert_eq!(query, "key=a%20b");
    }

    #[test]
    fn cookies_share_one_header() {
        let mut headers = HeaderMap::new();
        assert_eq!(add_cookie(&mut headers, "a", "1"), Ok(()));
        assert_eq!(add_cookie(&mut headers, "b", "2"), Ok(()));
        assert_eq!(
            headers.get(header::COOKIE).map(HeaderValue::as_bytes),
            Some(&b"a=1; b=2"[..])
        );
        assert_eq!(add_cookie(&mut headers, "c", "3; d=4"), Err(()));
    }
}
