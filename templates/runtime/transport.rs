//! The border to the network: a request goes out, a status, headers and a body come back.
//!
//! Deadlines, the bound on the size of answers, credentials and retries are the runtime's matter:
//! a transport does one exchange and nothing else.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::request_body::RequestBody;

/// Sends one request and gives its answer.
///
/// Give your own to [`ClientBuilder::transport`](super::client::ClientBuilder::transport) to test without a network
/// or to send through another HTTP client. It must not follow redirects, since the request may carry
/// credentials, and must not send a request again by itself. The future is dropped when time is up.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request. An answer of any status is `Ok`.
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> TransportFuture<'_, http::Response<ResponseBody>>;
}

/// What a transport does asynchronously.
pub type TransportFuture<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, TransportError>> + Send + 'a>>;

/// The body of an answer: whole, or in pieces as they arrive. An [`http_body::Body`], which a layer can read piece by
/// piece.
pub struct ResponseBody(Kind);

enum Kind {
    Whole(Option<Bytes>),
    Arriving(Pin<Box<dyn Body<Data = Bytes, Error = TransportError> + Send>>),
}

impl ResponseBody {
    /// A body that is still arriving. What follows its data (trailers, RFC 9110, section 6.5) is not passed on.
    pub fn new(body: impl Body<Data = Bytes, Error = TransportError> + Send + 'static) -> Self {
        Self(Kind::Arriving(Box::pin(body)))
    }

    /// The next piece; `None` after the last.
    pub(crate) fn next(
        &mut self,
    ) -> impl Future<Output = Result<Option<Bytes>, TransportError>> + Unpin {
        poll_fn(|context| self.poll_piece(context).map(Option::transpose))
    }

    pub(crate) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let body = match &mut self.0 {
            Kind::Whole(bytes) => return Poll::Ready(bytes.take().map(Ok)),
            Kind::Arriving(body) => body,
        };
        loop {
            match ready!(body.as_mut().poll_frame(context)).map(|frame| frame.map(Frame::into_data))
            {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(Ok(piece))) => return Poll::Ready(Some(Ok(piece))),
                Some(Ok(Err(_))) => {}
            }
        }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let piece = ready!(self.poll_piece(context));
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Whole(bytes) => bytes.is_none(),
            Kind::Arriving(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64),
            Kind::Arriving(body) => body.size_hint(),
        }
    }
}

impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        Self(Kind::Whole(Some(bytes)))
    }
}

impl From<Vec<u8>> for ResponseBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static str> for ResponseBody {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}

/// Why there is no answer. Shows neither URL nor header values.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    timed_out: bool,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What the failure of an exchange means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TransportErrorKind {
    NotSent,
    NotRecorded,
    Timeout,
    TooLarge,
    Content,
    Other,
}

impl TransportError {
    /// The request provably didn't reach the service: no name, no connection, no TLS session.
    /// Such a request may be sent again, whatever it does.
    pub fn not_sent(message: impl Into<String>) -> Self {
        Self::of(TransportErrorKind::NotSent, message)
    }

    /// There was no answer in time; the request may have arrived.
    pub fn timeout(message: impl Into<String>) -> Self {
        Self::of(TransportErrorKind::Timeout, message)
    }

    /// The exchange broke off; the request may have arrived.
    pub fn other(message: impl Into<String>) -> Self {
        Self::of(TransportErrorKind::Other, message)
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        Self::of(
            TransportErrorKind::TooLarge,
            format!(
                "the answer is larger than {limit} bytes (`ClientBuilder::max_response_bytes`)"
            ),
        )
    }

    /// What was to be sent can't be read: another attempt wouldn't change it.
    pub(crate) fn unreadable_content(message: impl Into<String>) -> Self {
        Self::of(TransportErrorKind::Content, message)
    }

    /// No recording has it: it goes nowhere, and another attempt wouldn't change it.
    pub(crate) fn not_recorded(message: impl Into<String>) -> Self {
        Self::of(TransportErrorKind::NotRecorded, message)
    }

    fn of(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            timed_out: kind == TransportErrorKind::Timeout,
            message: message.into(),
            source: None,
        }
    }

    /// With what lies behind it. Its texts must not hold secrets, URLs with a query among them.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Whether the request provably didn't reach the service.
    pub fn is_not_sent(&self) -> bool {
        matches!(
            self.kind,
            TransportErrorKind::NotSent | TransportErrorKind::NotRecorded
        )
    }

    /// Whether time was up.
    pub fn is_timeout(&self) -> bool {
        self.timed_out
    }

    /// Notes whether time was up, for instance before there was a connection.
    pub(crate) fn or_timed_out(mut self, timed_out: bool) -> Self {
        self.timed_out |= timed_out;
        self
    }

    pub(crate) fn is_not_recorded(&self) -> bool {
        self.kind == TransportErrorKind::NotRecorded
    }

    pub(crate) fn is_too_large(&self) -> bool {
        self.kind == TransportErrorKind::TooLarge
    }

    pub(crate) fn is_unreadable_content(&self) -> bool {
        self.kind == TransportErrorKind::Content
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
