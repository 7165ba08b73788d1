//! What came back: the value with what stood around it, or the answer as it is.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::credentials::Credentials;
use super::error::{Context, Error};
use super::exchange::media_type;
use super::headers::header_text;
use super::service::Service;
use super::service_message::{ServiceMessage, messages_in};
use super::text::same_caseless;
use super::transport::TransportError;

/// An answer as far as it arrived.
pub(crate) struct Received {
    pub(crate) service: &'static Service,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Why the body isn't whole.
    pub(crate) broken: Option<TransportError>,
    /// Who asked, so that nobody is shown it where the service repeats it.
    pub(crate) credentials: Option<Credentials>,
}

impl Received {
    pub(crate) fn request_id(&self) -> Option<&str> {
        let names = self.service.request_id_headers;
        names
            .iter()
            .find_map(|name| header_text(self.headers.get(*name)?))
    }

    /// Messages without the credentials that the service repeats in them.
    pub(crate) fn without_credentials(
        &self,
        mut messages: Vec<ServiceMessage>,
    ) -> Vec<ServiceMessage> {
        for secret in self.credentials.iter().flat_map(Credentials::secrets) {
            for message in &mut messages {
                message.hide(secret);
            }
        }
        messages
    }

    /// The same answer with a part of its body.
    pub(crate) fn with_body(&self, body: Bytes) -> Box<Self> {
        Box::new(Self {
            service: self.service,
            status: self.status,
            headers: self.headers.clone(),
            body,
            broken: None,
            credentials: self.credentials.clone(),
        })
    }

    /// Whether the service says that the body is a JSON text.
    pub(crate) fn is_json(&self) -> bool {
        media_type(&self.headers).is_some_and(|it| same_caseless(it, "application/json"))
    }

    /// Whether the envelope says that the call failed.
    pub(crate) fn says_no(&self) -> bool {
        let success = self.service.envelope.and_then(|envelope| envelope.success);
        success.is_some_and(|success| {
            self.any_json()
                .is_some_and(|body| body.get(success) == Some(&Json::Bool(false)))
        })
    }

    /// The body as JSON, if it is.
    pub(crate) fn any_json(&self) -> Option<Json> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// A value with the answer that it was read from.
pub struct Response<T> {
    value: T,
    context: Context,
    received: Box<Received>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, context: Context, received: Box<Received>) -> Self {
        Self {
            value,
            context,
            received,
        }
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.received.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// What the service calls the request, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.received.request_id()
    }

    /// The body as it arrived. It may hold secrets.
    pub fn raw_body(&self) -> &Bytes {
        &self.received.body
    }

    /// How often the request was tried.
    pub fn attempts(&self) -> u32 {
        self.context.attempts
    }

    /// How long the call took, with all attempts and the waits between them.
    pub fn elapsed(&self) -> Duration {
        self.context.elapsed
    }

    /// What the service has to say beside the value, for instance that something is deprecated.
    /// Empty where its answers have no place for it.
    pub fn messages(&self) -> Vec<ServiceMessage> {
        let service = self.received.service;
        let member = service.envelope.and_then(|envelope| envelope.messages);
        match (member, self.received.any_json()) {
            (Some(member), Some(body)) => body
                .get(member)
                .map(|messages| messages_in(messages, &service.errors))
                .map(|messages| self.received.without_credentials(messages))
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// A member of the body by its JSON pointer (RFC 6901), for what stands beside the value;
    /// `None` if there is no such member or if it is null.
    ///
    /// # Errors
    ///
    /// [`Error::Unreadable`] if the member isn't an `M`. The answer stays with this response.
    pub fn member<M: DeserializeOwned>(&self, pointer: &str) -> Result<Option<M>, Error> {
        let member = self
            .received
            .any_json()
            .and_then(|mut body| body.pointer_mut(pointer).map(Json::take));
        match member {
            None | Some(Json::Null) => Ok(None),
            Some(member) => serde_json::from_value(member).map(Some).map_err(|_| {
                Error::unreadable(
                    self.context.clone(),
                    self.received.copy(),
                    pointer,
                    unlike::<M>(),
                )
            }),
        }
    }
}

impl Received {
    /// For an error about an answer that stays where it is.
    pub(crate) fn copy(&self) -> Box<Self> {
        self.with_body(self.body.clone())
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

/// An answer as it is, of any status.
pub struct RawResponse {
    context: Context,
    received: Box<Received>,
}

impl RawResponse {
    pub(crate) fn new(context: Context, received: Box<Received>) -> Self {
        Self { context, received }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.received.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// What the service calls the request, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.received.request_id()
    }

    /// The body. It may hold secrets.
    pub fn raw_body(&self) -> &Bytes {
        &self.received.body
    }

    /// The body alone.
    pub fn into_raw_body(self) -> Bytes {
        self.received.body
    }

    /// The body as text; what isn't UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.received.body)
    }

    /// The body as JSON, whatever the status.
    ///
    /// # Errors
    ///
    /// [`Error::Unreadable`] if the body isn't the JSON text of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.received.body).map_err(|_| {
            Error::unreadable(
                self.context.clone(),
                self.received.copy(),
                "",
                unlike::<T>(),
            )
        })
    }

    /// How often the request was tried.
    pub fn attempts(&self) -> u32 {
        self.context.attempts
    }

    /// How long the call took, with all attempts and the waits between them.
    pub fn elapsed(&self) -> Duration {
        self.context.elapsed
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

/// serde's own message would show the value.
pub(crate) fn unlike<T>() -> String {
    format!(
        "it is not JSON of the form that `{}` has",
        std::any::type_name::<T>()
    )
}
