//! Content that is sent: bytes, a file, or a stream that can be read once.

use std::error::Error as StdError;
use std::fmt;
#[cfg(not(target_family = "wasm"))]
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

/// Content of any length for a body or a part of one. Whatever is bytes or text converts into one.
///
/// Files and streams are read while they are sent, never as a whole. A file is opened again for every attempt; a stream
/// can be read once, so a call with one isn't sent again once reading began. Clones share the stream.
#[derive(Clone)]
pub struct ByteStream(pub(super) Source);

#[derive(Clone)]
pub(crate) enum Source {
    Bytes(Bytes),
    #[cfg(not(target_family = "wasm"))]
    Path(Arc<Path>),
    Once {
        once: Arc<Once>,
        length: Option<u64>,
    },
}

/// A stream, and whether anybody has begun to read it.
pub(crate) struct Once {
    begun: AtomicBool,
    pieces: Mutex<BoxedStream>,
}

type BoxedStream = Pin<Box<dyn Stream<Item = Result<Bytes, BoxedError>> + Send>>;

type BoxedError = Box<dyn StdError + Send + Sync>;

impl ByteStream {
    /// The content of a file, as long as it is when it is opened.
    #[cfg(not(target_family = "wasm"))]
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        Self(Source::Path(path.into().into()))
    }

    /// The pieces of a stream, whatever their number.
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + 'static,
    {
        Self::once(Box::pin(Erased(Box::pin(stream))), None)
    }

    /// The pieces of a stream that has this many bytes in all: for services that want to know before. Another
    /// length breaks the request off.
    pub fn from_stream_with_length<S, E>(stream: S, length: u64) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + 'static,
    {
        Self::once(Box::pin(Erased(Box::pin(stream))), Some(length))
    }

    fn once(pieces: BoxedStream, length: Option<u64>) -> Self {
        let once = Once {
            begun: AtomicBool::new(false),
            pieces: Mutex::new(pieces),
        };
        Self(Source::Once {
            once: Arc::new(once),
            length,
        })
    }

    /// The name of the file.
    pub(super) fn file_name(&self) -> Option<String> {
        match &self.0 {
            #[cfg(not(target_family = "wasm"))]
            Source::Path(path) => Some(path.file_name()?.to_string_lossy().into_owned()),
            Source::Bytes(_) | Source::Once { .. } => None,
        }
    }
}

impl Once {
    /// Whether reading began, and isn't possible any more.
    pub(super) fn has_begun(&self) -> bool {
        self.begun.load(Ordering::SeqCst)
    }

    /// Whether this is the first to read it.
    pub(super) fn begin(&self) -> bool {
        !self.begun.swap(true, Ordering::SeqCst)
    }

    pub(super) fn poll_piece(
        &self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, BoxedError>>> {
        match self.pieces.lock() {
            Ok(mut pieces) => pieces.as_mut().poll_next(context),
            Err(_) => Poll::Ready(Some(Err("reading it panicked".into()))),
        }
    }
}

/// A stream whose kind of error is forgotten.
struct Erased<S>(Pin<Box<S>>);

impl<S, E> Stream for Erased<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<BoxedError>,
{
    type Item = Result<Bytes, BoxedError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map_err(Into::into)
    }
}

impl<B: Into<Bytes>> From<B> for ByteStream {
    fn from(bytes: B) -> Self {
        Self(Source::Bytes(bytes.into()))
    }
}

/// Without the content, which may be anybody's secret.
impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, length) = match &self.0 {
            Source::Bytes(bytes) => ("bytes", Some(bytes.len() as u64)),
            #[cfg(not(target_family = "wasm"))]
            Source::Path(_) => ("file", None),
            Source::Once { length, .. } => ("stream", *length),
        };
        f.debug_struct("ByteStream")
            .field("kind", &kind)
            .field("length", &length)
            .finish()
    }
}
