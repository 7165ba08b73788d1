//! What every call of an operation has: values that the document doesn't know of, limits, and ways to send.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use serde::Serialize;

use super::byte_stream::ByteStream;
use super::call::Call;
use super::call_future::CallFuture;
use super::download::Download;
use super::error::Error;
use super::response::{RawResponse, Response};
use super::value::Value;

/// A call of an operation that answers a `T`: set options, then `.await`.
///
/// `O` tells the options of one operation from those of others; it has no values.
#[must_use = "a call does nothing until it is awaited"]
pub struct RequestBuilder<'a, T, O = ()> {
    pub(crate) call: Box<Call<'a>>,
    of: PhantomData<fn() -> (T, O)>,
}

impl<'a, T, O> RequestBuilder<'a, T, O> {
    #[inline]
    pub(crate) fn new(call: Box<Call<'a>>) -> Self {
        let of = PhantomData;
        Self { call, of }
    }

    /// Sets a header that the document doesn't know.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.call.header_text(name, value);
        self
    }

    /// Adds a query parameter that the document doesn't know.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.call.query_text(name, value);
        self
    }

    /// Sets a body field that the document doesn't know: `name`, `outer.inner`, or a JSON pointer
    /// (RFC 6901). A value with a secret in it has to be wrapped in [`Exposed`](super::encode::Exposed).
    pub fn body_field(mut self, path: &str, value: impl Serialize) -> Self {
        self.call.merge_body(path, serde_json::to_value(&value));
        self
    }

    /// Sends these bytes, or this file or stream, as the body, whatever else was set for it: for media types that
    /// the document gives beside the one this call is made for, or doesn't know.
    pub fn body_bytes(mut self, media_type: &str, bytes: impl Into<ByteStream>) -> Self {
        self.call.replace_body(media_type, bytes.into());
        self
    }

    /// How long the call may take with all attempts and the waits between them,
    /// instead of the client's limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call.timeout(timeout);
        self
    }

    /// How often the request is sent again at most, instead of the client's limit.
    /// What may be sent again at all depends on the operation, or on what [`idempotent`](Self::idempotent) says.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.call.max_retries(max_retries);
        self
    }

    /// Whether sending it twice is the same as sending it once (RFC 9110, section 9.2.2), instead of what the operation is:
    /// then it is sent again also where it may have been carried out. With `false` it is only sent again if it provably
    /// wasn't sent, or if the service says that it did nothing (429, or 503 with `Retry-After`).
    pub fn idempotent(mut self, is_idempotent: bool) -> Self {
        self.call.idempotent(is_idempotent);
        self
    }

    /// Sends it and gives the answer as it is; any status is `Ok`.
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
}

impl<'a, T: Value + Default + 'a, O> RequestBuilder<'a, T, O> {
    /// Sends it and gives the value with status, headers, request id and raw body.
    pub fn with_response(self) -> CallFuture<'a, Response<T>> {
        self.call.response()
    }
}

impl<'a, T: Value + Default + 'a, O> IntoFuture for RequestBuilder<'a, T, O> {
    type Output = Result<T, Error>;
    type IntoFuture = CallFuture<'a, T>;

    fn into_future(self) -> Self::IntoFuture {
        self.call.value()
    }
}

impl<T, O> Clone for RequestBuilder<'_, T, O> {
    fn clone(&self) -> Self {
        Self::new(self.call.clone())
    }
}

impl<T, O> fmt::Debug for RequestBuilder<'_, T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.debug("RequestBuilder", f)
    }
}

/// `multipart!(UploadWidget)`: what a call has beside that where its body is made of parts.
macro_rules! multipart {
    ($builder:ident) => {
        impl $builder<'_> {
            /// Adds a part that the document doesn't know, as it is: a plain field where it has no file name.
            #[inline]
            pub fn part(
                mut self,
                name: &str,
                part: impl Into<$crate::runtime::emitted::Part>,
            ) -> Self {
                self.call.named_part(name, part.into());
                self
            }
        }
    };
}

pub(crate) use multipart;
