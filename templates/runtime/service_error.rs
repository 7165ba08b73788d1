//! A refusal by the service, and the messages in its answers.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde_json::Value as Json;

use super::error::{Context, Error, tries};
use super::response::Received;
use super::retry;
use super::service::ErrorShape;

/// The service said no: a status other than 2xx, or an envelope that says so.
pub struct ServiceError(Box<Refusal>);

struct Refusal {
    context: Context,
    received: Received,
    errors: Vec<ServiceMessage>,
}

/// A message of the service: an error, or something to know beside a result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceMessage {
    /// Its code; numbers in decimal.
    pub code: Option<String>,
    /// For people. Empty if the service gives none.
    pub message: String,
    /// Where there is more about it.
    pub documentation_url: Option<String>,
    /// Which part of the request it is about, as the service writes it (mostly a JSON pointer).
    pub source_pointer: Option<String>,
}

impl ServiceError {
    pub(crate) fn refusal(context: Context, received: Received) -> Error {
        let errors = match serde_json::from_slice(&received.body) {
            Ok(body) => errors_in(&body, &received.service.errors),
            Err(_) => Vec::new(),
        };
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
        } = &self.0.received;
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

impl fmt::Display for ServiceMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.code, self.message.as_str()) {
            (Some(code), "") => OneLine(code).fmt(f)?,
            (Some(code), message) => write!(f, "{}: {}", OneLine(code), OneLine(message))?,
            (None, message) => OneLine(message).fmt(f)?,
        }
        if let Some(pointer) = &self.source_pointer {
            write!(f, " at {}", OneLine(pointer))?;
        }
        match &self.documentation_url {
            Some(url) => write!(f, " ({})", OneLine(url)),
            None => Ok(()),
        }
    }
}

/// A text of the service on one line of bearable length, so that it can't forge lines of a log.
struct OneLine<'a>(&'a str);

const LINE_LIMIT: usize = 300;

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        for (index, character) in self.0.chars().enumerate() {
            if index == LINE_LIMIT {
                return f.write_char('…');
            }
            f.write_char(if character.is_control() {
                ' '
            } else {
                character
            })?;
        }
        Ok(())
    }
}

/// Scheme and host only: the rest of a redirect may hold what isn't for logs.
fn redirect_origin(headers: &HeaderMap) -> Option<String> {
    let location: http::Uri = headers.get(header::LOCATION)?.to_str().ok()?.parse().ok()?;
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

fn media_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').next().map(str::trim)
}

/// The messages that the envelope has beside a result.
pub(crate) fn messages_in(member: &Json, shape: &ErrorShape) -> Vec<ServiceMessage> {
    member
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|entry| message_in(entry, shape))
        .collect()
}

fn errors_in(body: &Json, shape: &ErrorShape) -> Vec<ServiceMessage> {
    if let Some(list) = shape.list {
        let entries = body
            .pointer(list)
            .and_then(Json::as_array)
            .into_iter()
            .flatten();
        let errors: Vec<_> = entries
            .filter_map(|entry| message_in(entry, shape))
            .collect();
        if !errors.is_empty() {
            return errors;
        }
    }
    common_errors(body, shape)
}

/// The shapes that most services use, RFC 9457 (problem details) and RFC 6749 (OAuth) among them.
fn common_errors(body: &Json, shape: &ErrorShape) -> Vec<ServiceMessage> {
    let own = message_in(body, shape);
    if let Some(list) = body.get("errors").and_then(Json::as_array) {
        let mut errors: Vec<_> = list
            .iter()
            .filter_map(|entry| message_in(entry, shape))
            .collect();
        if errors.iter().all(|error| error.message.is_empty()) {
            errors.splice(0..0, own);
        }
        return errors;
    }
    match body.get("error") {
        Some(error @ Json::Object(_)) => message_in(error, shape).into_iter().collect(),
        Some(Json::String(code)) => {
            let message = own.map(|own| own.message).unwrap_or_default();
            vec![ServiceMessage {
                code: Some(code.clone()),
                message,
                ..ServiceMessage::default()
            }]
        }
        _ => own.into_iter().collect(),
    }
}

/// One error or message; none if nothing in it is known.
fn message_in(entry: &Json, shape: &ErrorShape) -> Option<ServiceMessage> {
    if let Json::String(message) = entry {
        return Some(ServiceMessage {
            message: message.clone(),
            ..ServiceMessage::default()
        });
    }
    let message = ServiceMessage {
        code: first_text(
            entry,
            shape.code,
            &["/code", "/error_code", "/errorCode", "/type"],
        ),
        message: first_text(
            entry,
            shape.message,
            &[
                "/message",
                "/error_description",
                "/detail",
                "/title",
                "/msg",
                "/error_message",
                "/description",
            ],
        )
        .unwrap_or_default(),
        documentation_url: first_text(
            entry,
            shape.documentation_url,
            &["/documentation_url", "/docs_url", "/help_url", "/more_info"],
        ),
        source_pointer: first_text(
            entry,
            shape.source_pointer,
            &["/source/pointer", "/pointer", "/field", "/param", "/path"],
        ),
    };
    (message != ServiceMessage::default()).then_some(message)
}

/// The text or number at the configured place, else at the first usual one.
fn first_text(entry: &Json, configured: Option<&str>, usual: &[&str]) -> Option<String> {
    let at = |pointer: &str| match entry.pointer(pointer)? {
        Json::String(text) if !text.is_empty() => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match configured {
        Some(pointer) => at(pointer),
        None => usual.iter().find_map(|pointer| at(pointer)),
    }
}
