//! From a call to the request that goes out.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::Entry;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::authorization::Authorization;
use super::base_url::BaseUrl;
use super::body::Body;
use super::call::Call;
use super::client::Inner;
use super::credentials::{Tokens, wanted_variables};
use super::idempotency;
use super::links;
use super::multipart::{Multipart, boundary};
use super::operation::{Need, Retry};
use super::query_pairs;
use super::request_body::Content;
use super::send::Prepared;
use super::service::{CredentialKind, CredentialPlace};
use super::uri;

/// For what the runtime adds to the headers of the client and the call, so that they needn't grow.
const ROOM_FOR_HEADERS: usize = 4;

/// What a form with files in it is (RFC 7578).
const MULTIPART: &str = "multipart/form-data";

impl Call<'_> {
    /// Goes on to a link in the answer to this call, as it was made last.
    pub(crate) fn follow(&mut self, link: &str) {
        let from = match &self.link {
            Some(link) => Ok(link.clone()),
            None => base_url(self.client.inner(), self.base_url)
                .map(|base_url| format!("{base_url}{}{}", self.path, self.template)),
        };
        let absolute = from.ok().and_then(|from| links::absolute(&from, link));
        // What is no URL is told when the request is made.
        self.link = Some(absolute.unwrap_or_else(|| link.to_owned()));
    }

    /// The request in full, or why there is none.
    pub(crate) fn prepare(self: Box<Self>) -> Result<Prepared, String> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let client = self.client.inner();
        let mut path = self.path;
        path.push_str(self.template);
        if path.contains('{') {
            return Err("a path parameter has no value".to_owned());
        }
        if uri::has_dot_segment(&path) {
            return Err("a path segment would be `.` or `..`".to_owned());
        }
        let more = self.headers.len() + ROOM_FOR_HEADERS;
        let mut headers = HeaderMap::with_capacity(client.headers.len() + more);
        for (name, value) in &client.headers {
            headers.append(name.clone(), value.clone());
        }
        headers.extend(self.headers);
        set_default(
            &mut headers,
            header::ACCEPT,
            shared_header_value(self.accept),
        );
        let retry = keyed(self.retry, &mut headers);
        let body = finished_body(self.body, self.media_type, self.body_required, &mut headers);
        let base_url = base_url(client, self.base_url)?;
        let query = self.query;
        let (mut path, mut query) = match &self.link {
            None if base_url.path().is_empty() => (path, query),
            None => ([base_url.path(), &path].concat(), query),
            Some(link) => links::target(&base_url, &path, link)
                .map(|(path, query)| (path, without_credentials(client, &query)))?,
        };
        let tokens = add_credentials(
            client,
            &base_url,
            self.credentials,
            &mut headers,
            &mut query,
        )?;
        if !query.is_empty() {
            path.push('?');
            path.push_str(&query);
        }
        Ok(Prepared {
            method: self.target.method,
            uri: base_url.uri(path)?,
            headers,
            authorization: Authorization::with(tokens),
            retry,
            time: self.timeout.unwrap_or(match body.is_streamed() {
                true => Duration::MAX,
                false => client.timeout,
            }),
            max_retries: self.max_retries.unwrap_or(client.max_retries),
            body,
        })
    }
}

/// Where an operation is: at its own server, unless the caller chose one for all of them.
fn base_url<'c>(client: &'c Inner, own: Option<&str>) -> Result<Cow<'c, BaseUrl>, String> {
    match own.filter(|_| !client.base_url_is_chosen) {
        Some(own) => BaseUrl::parse(own)
            .map(Cow::Owned)
            .map_err(|why| format!("the operation's own server can't be called: {why}")),
        None => Ok(Cow::Borrowed(&client.base_url)),
    }
}

/// The query of a link that the service made of an earlier request's.
fn without_credentials(client: &Inner, query: &str) -> String {
    let kinds = client.service.credentials.iter();
    let names = kinds
        .flat_map(|kind| kind.parts)
        .filter_map(|part| match part.place {
            CredentialPlace::Query(name) => Some(name),
            _ => None,
        });
    names.fold(query.to_owned(), |query, name| {
        query_pairs::without_pair(&query, name)
    })
}

/// A header that a caller gives, if it can be sent (RFC 9110, section 5.5).
pub(crate) fn checked_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = HeaderName::try_from(name).map_err(|_| "a header name isn't valid".to_owned())?;
    if name == header::CONTENT_LENGTH || name == header::TRANSFER_ENCODING {
        return Err(format!(
            "header `{name}` follows from the body and can't be set"
        ));
    }
    match header_value(value) {
        Some(mut value) => {
            // Only who gave it knows whether it is a secret.
            value.set_sensitive(true);
            Ok((name, value))
        }
        None => Err(format!("header `{name}` {UNFIT_FOR_HEADER}")),
    }
}

/// What is wrong with a text that [`header_value`] refuses.
pub(crate) const UNFIT_FOR_HEADER: &str =
    "begins or ends with a space, or holds a line break or another control character";

/// A text that arrives as it is. Spaces around it would not: they aren't part of a value
/// (RFC 9110, section 5.5).
pub(crate) fn header_value(text: &str) -> Option<HeaderValue> {
    shared_header_value(Bytes::copy_from_slice(text.as_bytes()))
}

/// [`header_value`] of a text that needn't be copied.
pub(crate) fn shared_header_value(text: impl Into<Bytes>) -> Option<HeaderValue> {
    let text: Bytes = text.into();
    let is_space = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    if is_space(text.first()) || is_space(text.last()) {
        return None;
    }
    HeaderValue::from_maybe_shared(text).ok()
}

/// Gives a request its key, unless the caller has; what can't have one is only sent when that is safe.
fn keyed(retry: Retry, headers: &mut HeaderMap) -> Retry {
    let Retry::Keyed(name) = retry else {
        return retry;
    };
    match HeaderName::try_from(name) {
        Ok(name) => {
            let key = shared_header_value(idempotency::key());
            set_default(headers, name.clone(), key);
            // An empty one of the caller's tells nothing from anything.
            match headers.get(name) {
                Some(key) if !key.is_empty() => retry,
                _ => Retry::Unsafe,
            }
        }
        Err(_) => Retry::Unsafe,
    }
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: Option<HeaderValue>) {
    if let (Entry::Vacant(entry), Some(value)) = (headers.entry(name), value) {
        entry.insert(value);
    }
}

/// What the body is; its media type goes to the headers.
fn finished_body(
    body: Body,
    media_type: Option<&'static str>,
    required: bool,
    headers: &mut HeaderMap,
) -> Content {
    let (default_type, content) = match body {
        Body::None if required && media_type.is_some_and(|it| it.ends_with("json")) => {
            ("application/json", Content::bytes("{}"))
        }
        Body::None if required && media_type.is_some_and(|it| it == MULTIPART) => {
            return finished_parts(&Multipart::default(), headers);
        }
        Body::None => return Content::default(),
        Body::Object(object) => ("application/json", Content::bytes(object.into_json())),
        Body::Json(json) => ("application/json", Content::bytes(json)),
        Body::Form(form) => ("application/x-www-form-urlencoded", Content::bytes(form)),
        Body::Content(content) => ("application/octet-stream", Content::One(content.0)),
        Body::Multipart(parts) => return finished_parts(&parts, headers),
    };
    set_default(
        headers,
        header::CONTENT_TYPE,
        shared_header_value(media_type.unwrap_or(default_type)),
    );
    content
}

/// The boundary goes to the headers, whatever media type stands there.
fn finished_parts(parts: &Multipart, headers: &mut HeaderMap) -> Content {
    let boundary = boundary();
    if let Ok(value) = HeaderValue::from_str(&format!("{MULTIPART}; boundary={boundary}")) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    parts.to_content(&boundary)
}

fn add_credentials(
    client: &Inner,
    base_url: &BaseUrl,
    need: Need,
    headers: &mut HeaderMap,
    query: &mut String,
) -> Result<Option<Arc<dyn Tokens>>, String> {
    let kinds = client.service.credentials;
    match &client.credentials {
        _ if need == Need::Never => Ok(None),
        Some(_) if !client.may_carry_credentials(base_url) => Err(format!(
            "credentials would go to {} unencrypted: use https, or `ClientBuilder::allow_insecure_http(\"{}\")`",
            base_url.origin(),
            base_url.host()
        )),
        Some(credentials) => {
            credentials.apply(headers, query)?;
            Ok(credentials.tokens(headers))
        }
        None if need == Need::Always && !kinds.is_empty() && !given_by_hand(kinds, headers) => {
            Err(format!(
                "no credentials: set {}, and use `Client::from_env`; or give the client `Credentials`",
                wanted_variables(kinds)
            ))
        }
        None => Ok(None),
    }
}

/// Whether the caller has set the headers of one kind of credentials.
fn given_by_hand(kinds: &[CredentialKind], headers: &HeaderMap) -> bool {
    kinds.iter().any(|kind| {
        kind.parts.iter().all(|part| match part.place {
            CredentialPlace::Bearer
            | CredentialPlace::Basic
            | CredentialPlace::ClientId
            | CredentialPlace::ClientSecret { .. } => headers.contains_key(header::AUTHORIZATION),
            CredentialPlace::Header(name) => headers.contains_key(name),
            CredentialPlace::Cookie(_) => headers.contains_key(header::COOKIE),
            CredentialPlace::Query(_) => false,
        })
    })
}
