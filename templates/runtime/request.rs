//! Requests outside the document.

use std::fmt;
use std::time::Duration;

use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::byte_stream::ByteStream;
use super::call::Call;
use super::call_future::CallFuture;
use super::client::Client;
use super::download::Download;
use super::part::Part;
use super::response::RawResponse;

/// A request that [`Client::request`] begins: set what it needs, then send it.
#[derive(Clone)]
#[must_use = "a request does nothing until it is sent and awaited"]
pub struct Request<'a> {
    pub(super) call: Box<Call<'a>>,
}

impl<'a> Request<'a> {
    pub(crate) fn new(client: &'a Client, method: Method, path: &str) -> Self {
        Self {
            call: Call::custom(client, method, path),
        }
    }

    /// Sets a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.call.header_text(name, value);
        self
    }

    /// Adds a query parameter.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.call.query_text(name, value);
        self
    }

    /// The body, as JSON. A value with a secret in it has to be wrapped in [`Exposed`](super::encode::Exposed).
    pub fn body_json(mut self, value: &impl Serialize) -> Self {
        self.call.serialized_body(value);
        self
    }

    /// The body as it is, of this media type: bytes, a file or a stream.
    pub fn body_bytes(mut self, media_type: &str, bytes: impl Into<ByteStream>) -> Self {
        self.call.replace_body(media_type, bytes.into());
        self
    }

    /// Adds a part to a body of `multipart/form-data`: a plain field where it has no file name.
    pub fn part(mut self, name: &str, part: impl Into<Part>) -> Self {
        self.call.named_part(name, part.into());
        self
    }

    /// How long the call may take with all attempts and the waits between them.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call.timeout(timeout);
        self
    }

    /// How often the request is sent again at most, where its method or [`idempotent`](Self::idempotent) allows it.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.call.max_retries(max_retries);
        self
    }

    /// Whether sending it twice is the same as sending it once (RFC 9110, section 9.2.2), instead of what its method says:
    /// then it is sent again also where it may have been carried out. With `false` it is only sent again if it provably
    /// wasn't sent, or if the service says that it did nothing (429, or 503 with `Retry-After`).
    pub fn idempotent(mut self, is_idempotent: bool) -> Self {
        self.call.idempotent(is_idempotent);
        self
    }

    /// Sends it; an answer of any status is `Ok`.
    pub fn send_raw(self) -> CallFuture<'a, RawResponse> {
        self.call.raw()
    }

    /// Sends it and gives the answer as it arrives, of any length: a stream of pieces, or a file.
    ///
    /// Until the answer begins it is a call like others, a refusal is an error. The time that
    /// [`timeout`](Self::timeout) sets is for the body, too; the client's own limit is not.
    pub fn download(self) -> CallFuture<'a, Download> {
        self.call.download()
    }

    /// Sends it and reads the result as a `T`: the body's JSON, out of its envelope where the service has one.
    /// For the whole body there is [`Self::send_raw`] with [`RawResponse::json`].
    pub fn send<T: DeserializeOwned + 'a>(self) -> CallFuture<'a, T> {
        self.call.deserialized()
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.debug("Request", f)
    }
}
