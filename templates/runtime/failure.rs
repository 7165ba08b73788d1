//! The ways in which a call fails without a refusal by the service.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use super::error::{Context, tries};
use super::response::Received;
use super::transport::TransportError;

/// The service never got the request: it can be sent again without a second thought.
pub struct NotSent(pub(super) Box<Failure>);

/// The request went out and there is no answer: whether the service acted on it is unknown.
pub struct MaybeSent(pub(super) Box<Failure>);

pub(crate) struct Failure {
    pub(super) context: Context,
    pub(super) message: String,
    pub(super) source: Option<TransportError>,
}

/// The service said yes, and its answer can't be read. The answer is kept, since what is in it may
/// not come a second time: [`Unreadable::raw_body`].
pub struct Unreadable(pub(super) Box<Unread>);

pub(crate) struct Unread {
    pub(super) context: Context,
    pub(super) received: Box<Received>,
    pub(super) path: String,
    pub(super) message: String,
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure {
            context, message, ..
        } = &*self.0;
        if context.target.is_none() {
            return f.write_str(message);
        }
        write!(f, "{context} was not sent: {message}{}", tries(context))
    }
}

impl fmt::Display for MaybeSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure {
            context, message, ..
        } = &*self.0;
        let tries = tries(context);
        write!(
            f,
            "{context} has no answer: {message}{tries}; whether the service acted on it is unknown"
        )
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unread {
            context,
            received,
            path,
            message,
        } = &*self.0;
        write!(
            f,
            "{context}: the answer ({}) can't be read",
            received.status
        )?;
        if !path.is_empty() {
            write!(f, " at {path}")?;
        }
        write!(f, ": {message}")?;
        // Of a body that was handed out as it came, nothing is kept.
        if received.body.is_empty() {
            return Ok(());
        }
        f.write_str("; the answer is kept: raw_body()")
    }
}

impl NotSent {
    /// Why.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl MaybeSent {
    /// Why there is no answer.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl Unreadable {
    /// Where the answer stops making sense: a JSON pointer (RFC 6901), empty for the whole answer.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What was expected there and what kind of thing was found; never a value out of the answer.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.0.received.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &http::HeaderMap {
        &self.0.received.headers
    }

    /// The body of the answer, as far as it arrived. It may hold secrets.
    pub fn raw_body(&self) -> &Bytes {
        &self.0.received.body
    }
}

impl StdError for NotSent {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}

impl StdError for MaybeSent {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}

impl StdError for Unreadable {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.received.broken.as_ref().map(|source| source as _)
    }
}

impl fmt::Debug for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug("NotSent", f)
    }
}

impl fmt::Debug for MaybeSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug("MaybeSent", f)
    }
}

impl Failure {
    fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("message", &self.message)
            .field("context", &self.context)
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreadable")
            .field("status", &self.0.received.status)
            .field("path", &self.0.path)
            .field("message", &self.0.message)
            .field("context", &self.0.context)
            .finish_non_exhaustive()
    }
}
