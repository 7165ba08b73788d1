//! Answers of any length: a stream of pieces, or a file.

use std::fmt;
use std::future::poll_fn;
#[cfg(not(target_family = "wasm"))]
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{self, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

#[cfg(not(target_family = "wasm"))]
use super::call_future::CallFuture;
use super::error::{Context, Error};
#[cfg(not(target_family = "wasm"))]
use super::partial_file::PartialFile;
use super::response::Received;
use super::resumption::{Incoming, Resumable};
use super::transport::TransportError;

/// An answer whose body is still arriving: `while let Some(piece) = download.next().await`, or any of what
/// the crates `futures` and `tokio-stream` offer for a [`Stream`]; or [`to_file`](Self::to_file).
///
/// It may be of any length: no more than a piece of it is in memory. A body that breaks off, that stands still for
/// longer than [`idle_timeout`](super::client::ClientBuilder::idle_timeout) or that has another length than announced
/// is resumed where it can be proven that the rest is of the same bytes: if the call changes nothing (GET), and its answer
/// has `Accept-Ranges: bytes`, a length and a strong `ETag`, the rest is asked for with `Range` and `If-Range`
/// (RFC 9110, sections 13.1.5 and 14.2), as often in a row as the call may be sent again. Otherwise it ends with an error,
/// and nothing follows. Dropping it ends the transfer.
#[must_use = "a download does nothing until it is polled"]
pub struct Download {
    context: Context,
    /// Everything but the body.
    received: Box<Received>,
    incoming: Incoming,
    total: Option<u64>,
    arrived: u64,
    on_progress: Option<OnProgress>,
}

type OnProgress = Box<dyn FnMut(Progress) + Send>;

/// How far a transfer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How much arrived, in bytes.
    pub transferred: u64,
    /// How much it will be, in bytes, where the service says so.
    pub total: Option<u64>,
}

impl Download {
    pub(crate) fn new(context: Context, received: Box<Received>, transfer: Resumable) -> Self {
        Self {
            context,
            received,
            total: transfer.total,
            incoming: Incoming::new(transfer),
            arrived: 0,
            on_progress: None,
        }
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

    /// How long the body is, in bytes (`Content-Length`; RFC 9110, section 8.6), where the service says so.
    pub fn content_length(&self) -> Option<u64> {
        self.total
    }

    /// Calls this after every piece that arrived.
    pub fn on_progress(mut self, on_progress: impl FnMut(Progress) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(on_progress));
        self
    }

    /// The next piece; `None` after the last one. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    /// Writes what is still to come to a file and gives its length in bytes.
    ///
    /// The file appears, in place of one that was there, when it is whole and on the disk: until then it is written
    /// beside under another name. After an error, or when the future is dropped, nothing is left of it.
    ///
    /// # Errors
    ///
    /// [`Error::Unreadable`] if the body breaks off or the file can't be written.
    #[cfg(not(target_family = "wasm"))]
    pub fn to_file(self, path: impl AsRef<Path>) -> CallFuture<'static, u64> {
        CallFuture::new(self.write(path.as_ref().to_path_buf()))
    }

    #[cfg(not(target_family = "wasm"))]
    async fn write(mut self, path: PathBuf) -> Result<u64, Error> {
        let mut file = PartialFile::create(path)
            .await
            .map_err(|error| self.unwritable(&error))?;
        let mut length: u64 = 0;
        while let Some(piece) = self.next().await {
            let piece = piece?;
            file.write(&piece)
                .await
                .map_err(|error| self.unwritable(&error))?;
            length = length.saturating_add(piece.len() as u64);
        }
        file.finish()
            .await
            .map_err(|error| self.unwritable(&error))?;
        Ok(length)
    }

    fn poll_piece(
        &mut self,
        context: &mut task::Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        let piece = match ready!(self.incoming.poll_piece(context)) {
            Some(Ok(piece)) => piece,
            Some(Err(broken)) => return Poll::Ready(Some(Err(self.broken(broken)))),
            None => return Poll::Ready(None),
        };
        self.arrived = self.arrived.saturating_add(piece.len() as u64);
        if let Some(on_progress) = &mut self.on_progress {
            on_progress(Progress {
                transferred: self.arrived,
                total: self.total,
            });
        }
        Poll::Ready(Some(Ok(piece)))
    }

    fn broken(&self, broken: TransportError) -> Error {
        let message = format!("it broke off after {} bytes: {broken}", self.arrived);
        let mut received = self.received.copy();
        received.broken = Some(broken);
        Error::unreadable(self.context.clone(), received, "", message)
    }

    #[cfg(not(target_family = "wasm"))]
    fn unwritable(&self, error: &std::io::Error) -> Error {
        let message = format!("the file can't be written: {error}");
        Error::unreadable(self.context.clone(), self.received.copy(), "", message)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_piece(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("content_length", &self.total)
            .finish_non_exhaustive()
    }
}
