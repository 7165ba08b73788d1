//! A refusal by the service.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use super::error::{Context, Error, tries};
use super::exchange::media_type;
use super::headers::header_text;
use super::response::{Received, unlike};
use super::retry;
use super::service_message::{OneLine, ServiceMessage, errors_in};

/// The service said no: a status other than 2xx, or an envelope that says so.
pub struct ServiceError(Box<Refusal>);

struct Refusal {
    context: Context,
    received: Box<Received>,
    errors: Vec<ServiceMessage>,
}

impl ServiceError {
    pub(crate) fn refusal(context: Context, received: Box<Received>) -> Error {
        let errors = received
            .any_json()
            .map(|body| errors_in(&body, &received.service.errors))
            .unwrap_or_default();
        let errors = received.without_credentials(errors);
        Error::Service(Self(Box::new(Refusal {
            context,
            received,
            errors,
        })))
    }

    pub(crate) fn context(&self) -> &Context {
        &self.0.context
    }

    pub(crate) fn received(&self) -> &Received {
        &self.0.received
    }

    /// The status of the answer; 2xx where only the envelope says no.
    pub fn status(&self) -> StatusCode {
        self.0.received.status
    }

    /// What the service says is wrong; empty if its answer isn't one that can be read.
    pub fn errors(&self) -> &[ServiceMessage] {
        &self.0.errors
    }

    /// Whether one of the errors has this code, which may be given as a number or as a text.
    pub fn has_code(&self, code: impl fmt::Display) -> bool {
        let code = code.to_string();
        self.0
            .errors
            .iter()
            .any(|error| error.code.as_deref() == Some(&code))
    }

    /// What the service calls the request, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.received.request_id()
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.received.headers
    }

    /// The body of the answer, as far as it arrived.
    pub fn raw_body(&self) -> &Bytes {
        &self.0.received.body
    }

    /// The body of the answer as the type that the document gives for its status, or as any other of
    /// serde's: the documentation of a method names the types.
    ///
    /// # Errors
    ///
    /// [`Error::Unreadable`] if the body isn't the JSON text of a `T`. The answer stays with this error.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let Refusal {
            context, received, ..
        } = &*self.0;
        serde_json::from_slice(&received.body)
            .map_err(|_| Error::unreadable(context.clone(), received.copy(), "", unlike::<T>()))
    }

    /// How long the service asks to wait (`Retry-After`; RFC 9110, section 10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(&self.0.received.headers)
    }

    /// What to say where the answer has no error in it that could be read.
    fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Received {
            status,
            headers,
            body,
            ..
        } = &*self.0.received;
        if status.is_redirection() {
            return match redirect_origin(headers) {
                Some(origin) => write!(
                    f,
                    ": it points to {origin}, and redirects aren't followed; check the base URL"
                ),
                None => f.write_str(": redirects aren't followed; check the base URL"),
            };
        }
        if body.is_empty() {
            return f.write_str(": the answer is empty");
        }
        let media_type = media_type(headers).unwrap_or("no media type");
        write!(
            f,
            ": the answer ({media_type}, {} bytes) names no error; it is kept: raw_body()",
            body.len()
        )
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Refusal {
            context,
            received,
            errors,
        } = &*self.0;
        write!(f, "{context}: {}{}", received.status, tries(context))?;
        for (index, error) in errors.iter().enumerate() {
            f.write_str(if index == 0 { ": " } else { "; " })?;
            error.fmt(f)?;
        }
        if errors.is_empty() {
            self.describe(f)?;
        }
        match self.request_id() {
            Some(id) => write!(f, " [request {}]", OneLine(id)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceError")
            .field("status", &self.status())
            .field("errors", &self.0.errors)
            .field("request_id", &self.request_id())
            .field("context", &self.0.context)
            .finish_non_exhaustive()
    }
}

impl StdError for ServiceError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.received.broken.as_ref().map(|source| source as _)
    }
}

/// Scheme and host only: the rest of a redirect may hold what isn't for logs.
fn redirect_origin(headers: &HeaderMap) -> Option<String> {
    let location: http::Uri = header_text(headers.get(header::LOCATION)?)?.parse().ok()?;
    Some(format!(
        "{}://{}{}",
        location.scheme_str()?,
        location.host()?,
        match location.port_u16() {
            Some(port) => format!(":{port}"),
            None => String::new(),
        }
    ))
}
