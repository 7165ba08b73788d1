//! What can go wrong, by what the caller can know of it.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::failure::{Failure, MaybeSent, NotSent, Unread, Unreadable};
use super::operation::Target;
use super::response::Received;
use super::service_error::ServiceError;
use super::trace;
use super::transport::TransportError;

/// Why a call has no result.
///
/// `Display` is one line to act on. Neither it nor `Debug` shows a body, a header value or a query,
/// so an error can be logged. What the service answered is kept: [`Error::raw_body`].
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The service never got the request.
    NotSent(NotSent),
    /// The request went out and there is no answer: whether the service acted on it is unknown.
    MaybeSent(MaybeSent),
    /// The service said no.
    Service(ServiceError),
    /// The service said yes, and its answer can't be read.
    Unreadable(Unreadable),
}

/// Which call it was, and what it took.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// None while a client is made.
    pub(crate) target: Option<Target>,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.target {
            Some(Target {
                id: Some(id),
                method,
                path,
            }) => write!(f, "{id} ({method} {path})"),
            Some(Target {
                id: None,
                method,
                path,
            }) => write!(f, "{method} {path}"),
            None => f.write_str("the client"),
        }
    }
}

impl Error {
    /// Before a client or a request exists.
    pub(crate) fn setup(message: impl Into<String>) -> Self {
        Self::not_sent(Context::default(), message)
    }

    pub(crate) fn not_sent(context: Context, message: impl Into<String>) -> Self {
        Self::NotSent(NotSent(Box::new(Failure {
            context,
            message: message.into(),
            source: None,
        })))
    }

    /// No attempt had an answer; `arrived`: one of them may have reached the service.
    pub(crate) fn transport(context: Context, error: TransportError, arrived: bool) -> Self {
        let failure = Box::new(Failure {
            context,
            message: error.to_string(),
            source: Some(error),
        });
        if arrived {
            Self::MaybeSent(MaybeSent(failure))
        } else {
            Self::NotSent(NotSent(failure))
        }
    }

    pub(crate) fn unreadable(
        context: Context,
        received: Box<Received>,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        trace::unreadable(&context);
        Self::Unreadable(Unreadable(Box::new(Unread {
            context,
            received,
            path: path.into(),
            message: message.into(),
        })))
    }

    fn context(&self) -> &Context {
        match self {
            Self::NotSent(NotSent(failure)) | Self::MaybeSent(MaybeSent(failure)) => {
                &failure.context
            }
            Self::Service(error) => error.context(),
            Self::Unreadable(Unreadable(unread)) => &unread.context,
        }
    }

    fn received(&self) -> Option<&Received> {
        match self {
            Self::NotSent(_) | Self::MaybeSent(_) => None,
            Self::Service(error) => Some(error.received()),
            Self::Unreadable(Unreadable(unread)) => Some(&unread.received),
        }
    }

    /// The `operationId` of the call; none for a request outside the document and while a client is made.
    pub fn operation(&self) -> Option<&'static str> {
        self.context().target.as_ref().and_then(|target| target.id)
    }

    /// The HTTP method of the call.
    pub fn method(&self) -> Option<&http::Method> {
        self.context().target.as_ref().map(|target| &target.method)
    }

    /// The path template of the call, below the base URL.
    pub fn path(&self) -> Option<&str> {
        self.context()
            .target
            .as_ref()
            .map(|target| target.path.as_ref())
    }

    /// How often the request was tried; 0 if it was refused before.
    pub fn attempts(&self) -> u32 {
        self.context().attempts
    }

    /// How long the call took, with all attempts and the waits between them.
    pub fn elapsed(&self) -> Duration {
        self.context().elapsed
    }

    /// Whether the request reached the service; `None` if that is unknown.
    pub fn was_sent(&self) -> Option<bool> {
        match self {
            Self::NotSent(_) => Some(false),
            Self::MaybeSent(_) => None,
            Self::Service(_) | Self::Unreadable(_) => Some(true),
        }
    }

    /// The status of the answer, where there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.received().map(|received| received.status)
    }

    /// What the service calls the request, for its support.
    pub fn request_id(&self) -> Option<&str> {
        self.received().and_then(|received| received.request_id())
    }

    /// The body of the answer, where there was one. It may hold secrets.
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.received().map(|received| &received.body)
    }

    /// How long the service asks to wait (`Retry-After`; RFC 9110, section 10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Service(error) => error.retry_after(),
            _ => None,
        }
    }

    /// The service's refusal, if it is one.
    pub fn as_service(&self) -> Option<&ServiceError> {
        match self {
            Self::Service(error) => Some(error),
            _ => None,
        }
    }

    /// Whether the service refused with status 401 (RFC 9110): it doesn't know who is calling.
    pub fn is_unauthorized(&self) -> bool {
        self.refused_with(StatusCode::UNAUTHORIZED)
    }

    /// Whether the service refused with status 403 (RFC 9110): the caller may not do this.
    pub fn is_forbidden(&self) -> bool {
        self.refused_with(StatusCode::FORBIDDEN)
    }

    /// Whether the service refused with status 404 (RFC 9110): there is no such thing.
    pub fn is_not_found(&self) -> bool {
        self.refused_with(StatusCode::NOT_FOUND)
    }

    /// Whether the service refused with status 409 (RFC 9110): it conflicts with how things stand.
    pub fn is_conflict(&self) -> bool {
        self.refused_with(StatusCode::CONFLICT)
    }

    /// Whether the service refused with status 429 (RFC 6585): too many requests.
    pub fn is_rate_limited(&self) -> bool {
        self.refused_with(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether there was no answer in time.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::NotSent(NotSent(failure)) | Self::MaybeSent(MaybeSent(failure)) => failure
                .source
                .as_ref()
                .is_some_and(TransportError::is_timeout),
            Self::Service(_) => false,
            Self::Unreadable(Unreadable(unread)) => unread
                .received
                .broken
                .as_ref()
                .is_some_and(TransportError::is_timeout),
        }
    }

    fn refused_with(&self, status: StatusCode) -> bool {
        self.as_service()
            .is_some_and(|error| error.status() == status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSent(error) => error.fmt(f),
            Self::MaybeSent(error) => error.fmt(f),
            Self::Service(error) => error.fmt(f),
            Self::Unreadable(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::NotSent(error) => error.source(),
            Self::MaybeSent(error) => error.source(),
            Self::Service(error) => error.source(),
            Self::Unreadable(error) => error.source(),
        }
    }
}

/// ` after 3 attempts in 1.2 s`, where there was more than one.
pub(crate) fn tries(context: &Context) -> String {
    match context.attempts {
        0 | 1 => String::new(),
        attempts => format!(
            " after {attempts} attempts in {:.1} s",
            context.elapsed.as_secs_f64()
        ),
    }
}
