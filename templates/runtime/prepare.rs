//! From a call to the request that goes out.

use std::borrow::Cow;
use std::mem;

use bytes::Bytes;
use http::header::Entry;
use http::{HeaderMap, HeaderName, HeaderValue, Uri, header};

use super::authorization::Authorization;
use super::base_url::BaseUrl;
use super::body::Body;
use super::call::Call;
use super::client::Inner;
use super::credentials::{Credentials, wanted_variables};
use super::headers::put_header;
use super::idempotency;
use super::links;
use super::multipart::{Multipart, boundary};
use super::operation::{Need, Retry};
use super::query_pairs;
use super::request_body::Content;
use super::service::{CredentialKind, CredentialPlace};
use super::text::{find_any, joined};
use super::uri;

/// For what the runtime adds to the headers of the client and the call, so that they needn't grow.
const ROOM_FOR_HEADERS: usize = 4;

/// What a form with files in it is (RFC 7578).
const MULTIPART: &str = "multipart/form-data";

/// A request but for its method and its body.
#[derive(Clone, Default)]
pub(crate) struct Head {
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
}

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

    /// Settles what is the same in every attempt, the body and its key among it; or says why there is none.
    pub(crate) fn settle(&mut self) -> Result<Content, String> {
        match self.problem.take() {
            Some(problem) => Err(problem),
            None => {
                self.settle_key();
                Ok(self.settle_body())
            }
        }
    }

    /// What goes out in an attempt, or why nothing does.
    pub(crate) fn head(&self) -> Result<Head, String> {
        if find_any(self.template, b"{").is_some() {
            return Err("a path parameter has no value".to_owned());
        }
        let client = self.client.inner();
        let base_url = base_url(client, self.base_url)?;
        let mut headers = self.all_headers();
        let (mut target, mut query) = self.path_and_query(&base_url)?;
        self.add_credentials(&base_url, &mut headers, &mut query)?;
        if !query.is_empty() {
            target += "?";
            target.push_str(&query);
        }
        Ok(Head {
            uri: base_url.uri(target)?,
            headers,
        })
    }

    fn path_and_query(&self, base_url: &BaseUrl) -> Result<(String, String), String> {
        let path = joined(&[base_url.path(), &self.path, self.template], "");
        if uri::has_dot_segment(&path) {
            return Err("a path segment would be `.` or `..`".to_owned());
        }
        match &self.link {
            None => Ok((path, self.query.clone())),
            Some(link) => links::target(base_url, &path, link)
                .map(|(path, query)| (path, without_credentials(self.client.inner(), &query))),
        }
    }

    /// The client's, those of this call and what follows from the operation.
    fn all_headers(&self) -> HeaderMap {
        let client = self.client.inner();
        let more = self.headers.len() + ROOM_FOR_HEADERS;
        let mut headers = HeaderMap::with_capacity(client.headers.len() + more);
        for (name, value) in &client.headers {
            headers.append(name.clone(), value.clone());
        }
        headers.extend(self.headers.clone());
        set_default(&mut headers, header::ACCEPT, Some(self.accept));
        set_default(&mut headers, header::CONTENT_TYPE, self.media_type);
        headers
    }

    /// Gives the call its key, unless the caller has; what can't have one is only sent when that is safe.
    fn settle_key(&mut self) {
        let Retry::Keyed(name) = self.retry else {
            return;
        };
        let Ok(name) = HeaderName::try_from(name) else {
            self.retry = Retry::Unsafe;
            return;
        };
        let given = self.headers.get(&name);
        let key = match given.or_else(|| self.client.inner().headers.get(&name)) {
            Some(key) => Some(key.clone()),
            None => shared_header_value(idempotency::key().into()),
        };
        match key {
            Some(key) if !key.is_empty() => {
                put_header(&mut self.headers, name, key);
            }
            // An empty one of the caller's tells nothing from anything.
            _ => self.retry = Retry::Unsafe,
        }
    }

    /// What the body is; its media type is the one that it has then.
    fn settle_body(&mut self) -> Content {
        let media_type = self.media_type.take();
        let (default_type, content) = match mem::take(&mut self.body) {
            Body::None
                if self.body_required && media_type.is_some_and(|it| it.ends_with("json")) =>
            {
                ("application/json", Content::bytes("{}"))
            }
            Body::None if self.body_required && media_type.is_some_and(|it| it == MULTIPART) => {
                return self.settle_parts(&Multipart::default());
            }
            Body::None => return Content::default(),
            Body::Object(object) => ("application/json", Content::bytes(object.into_json())),
            Body::Json(json) => ("application/json", Content::bytes(json)),
            Body::Form(form) => ("application/x-www-form-urlencoded", Content::bytes(form)),
            Body::Content(content) => ("application/octet-stream", Content::One(content.0)),
            Body::Multipart(parts) => return self.settle_parts(&parts),
        };
        self.media_type = Some(media_type.unwrap_or(default_type));
        content
    }

    /// The boundary goes to the headers, whatever media type stands there.
    fn settle_parts(&mut self, parts: &Multipart) -> Content {
        let boundary = boundary();
        if let Ok(value) = HeaderValue::from_str(&format!("{MULTIPART}; boundary={boundary}")) {
            put_header(&mut self.headers, header::CONTENT_TYPE, value);
        }
        parts.to_content(&boundary)
    }

    fn add_credentials(
        &self,
        base_url: &BaseUrl,
        headers: &mut HeaderMap,
        query: &mut String,
    ) -> Result<(), String> {
        let client = self.client.inner();
        let kinds = client.service.credentials;
        match &client.credentials {
            _ if self.credentials == Need::Never => Ok(()),
            Some(_) if !client.may_carry_credentials(base_url) => Err(format!(
                "credentials would go to {} unencrypted: use https, or `ClientBuilder::allow_insecure_http(\"{}\")`",
                base_url.origin(),
                base_url.host()
            )),
            Some(credentials) => credentials.apply(headers, query),
            None if self.credentials == Need::Always
                && !kinds.is_empty()
                && !given_by_hand(kinds, headers) =>
            {
                Err(format!(
                    "no credentials: set {}, and use `Client::from_env`; or give the client `Credentials`",
                    wanted_variables(kinds)
                ))
            }
            None => Ok(()),
        }
    }

    /// What gives a token for each request, where tokens are fetched.
    pub(crate) fn authorization(&self) -> Authorization {
        let credentials = self.client.inner().credentials.as_ref();
        let credentials = credentials.filter(|_| self.credentials != Need::Never);
        Authorization::with(credentials.and_then(Credentials::tokens))
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
pub(crate) fn shared_header_value(text: Bytes) -> Option<HeaderValue> {
    if is_padded(&text) {
        return None;
    }
    HeaderValue::from_maybe_shared(text).ok()
}

/// Whether a text begins or ends with a space, which would be lost on the way.
pub(crate) fn is_padded(text: &[u8]) -> bool {
    let is_space = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    is_space(text.first()) || is_space(text.last())
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: Option<&'static str>) {
    let text = value.map(|value| Bytes::from_static(value.as_bytes()));
    if let Some(value) = text.and_then(shared_header_value)
        && let Entry::Vacant(entry) = headers.entry(name)
    {
        entry.insert(value);
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
