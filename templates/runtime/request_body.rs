//! The body of a request on its way out.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
#[cfg(not(target_family = "wasm"))]
use bytes::BytesMut;
use http_body::{Body, Frame, SizeHint};
#[cfg(not(target_family = "wasm"))]
use tokio::fs::File;
#[cfg(not(target_family = "wasm"))]
use tokio::io::{AsyncRead, ReadBuf};

use super::byte_stream::{Once, Source};
use super::clock::Instant;
#[cfg(not(target_family = "wasm"))]
use super::disk::do_aside;
use super::transport::{TransportError, TransportFuture};

/// How much of a file is read at once, in bytes.
#[cfg(not(target_family = "wasm"))]
const PIECE: u64 = 64 * 1024;

/// What a request has as its body, ready to be opened for every attempt.
pub(crate) enum Content {
    /// Most bodies.
    One(Source),
    /// A body in parts.
    Parts(Vec<Source>),
}

impl Default for Content {
    fn default() -> Self {
        Self::Parts(Vec::new())
    }
}

impl Content {
    pub(super) fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::One(Source::Bytes(bytes.into()))
    }

    fn sources(&self) -> &[Source] {
        match self {
            Self::One(source) => std::slice::from_ref(source),
            Self::Parts(sources) => sources,
        }
    }

    /// Whether it is read while it is sent, so that only standing still is a matter of time.
    pub(crate) fn is_streamed(&self) -> bool {
        let mut sources = self.sources().iter();
        sources.any(|source| !matches!(source, Source::Bytes(_)))
    }

    /// Whether all of it is still to be had.
    pub(crate) fn can_be_sent(&self) -> bool {
        let mut sources = self.sources().iter();
        sources.all(|source| !matches!(source, Source::Once { once, .. } if once.has_begun()))
    }

    /// Whether it is in memory in one piece, or there is none: then nobody waits for it.
    pub(crate) fn is_in_memory(&self) -> bool {
        matches!(self.sources(), [] | [Source::Bytes(_)])
    }

    /// A body for one attempt, of what is in memory in one piece.
    pub(crate) fn in_memory(&self) -> RequestBody {
        match self.sources() {
            [Source::Bytes(bytes)] => bytes.clone().into(),
            _ => Bytes::new().into(),
        }
    }

    /// A body for one attempt.
    #[cold]
    pub(crate) fn open(&self) -> TransportFuture<'_, RequestBody> {
        Box::pin(async move {
            if !self.can_be_sent() {
                return Err(TransportError::unreadable_content(
                    "its stream was sent before",
                ));
            }
            let mut body = RequestBody::of(Bytes::new());
            for source in self.sources() {
                let (piece, its) = match source {
                    Source::Bytes(bytes) => (Piece::Bytes(bytes.clone()), Some(bytes.len() as u64)),
                    #[cfg(not(target_family = "wasm"))]
                    Source::Path(path) => {
                        let path = Arc::clone(path);
                        let opened = do_aside(Box::new(move || std::fs::File::open(path))).await;
                        let file = Box::new(File::from_std(opened.map_err(unopened)?));
                        let left = file.metadata().await.map_err(unopened)?.len();
                        let buffer = BytesMut::new();
                        (Piece::File { file, left, buffer }, Some(left))
                    }
                    Source::Once { once, length } => {
                        let once = Arc::clone(once);
                        let (left, begun) = (*length, false);
                        (Piece::Once { once, left, begun }, *length)
                    }
                };
                body.push(piece);
                body.length = body
                    .length
                    .zip(its)
                    .and_then(|(one, other)| one.checked_add(other));
            }
            Ok(body)
        })
    }
}

#[cfg(not(target_family = "wasm"))]
fn unopened(error: std::io::Error) -> TransportError {
    TransportError::unreadable_content(format!("the file can't be opened: {error}"))
}

/// The body of a request: whole, or read piece by piece while it is sent. An [`http_body::Body`], which HTTP clients take.
pub struct RequestBody {
    /// What is sent now: nothing is in memory beside it for a body in one piece.
    current: Piece,
    further: VecDeque<Piece>,
    /// What is still to come, in bytes.
    length: Option<u64>,
    /// When something was last taken of it; nobody knows of a body that is handed over as a whole.
    moved: Option<Arc<Mutex<Instant>>>,
    /// Gets a copy of what is taken of it.
    #[cfg(feature = "test-util")]
    shown: Option<Arc<Mutex<super::recorded_body::Passed>>>,
}

enum Piece {
    Bytes(Bytes),
    #[cfg(not(target_family = "wasm"))]
    File {
        /// Boxed, so that bodies without files are small.
        file: Box<File>,
        left: u64,
        buffer: BytesMut,
    },
    Once {
        once: Arc<Once>,
        left: Option<u64>,
        begun: bool,
    },
}

impl RequestBody {
    /// The body as bytes, if it is in memory in one piece.
    pub fn as_bytes(&self) -> Option<Bytes> {
        match &self.current {
            Piece::Bytes(bytes) if self.further.is_empty() => Some(bytes.clone()),
            _ => None,
        }
    }

    /// How long it is, in bytes, where that is known.
    pub fn content_length(&self) -> Option<u64> {
        self.length
    }

    /// Tells when something was last taken of it.
    pub(crate) fn movement(&self) -> Movement {
        Movement(self.moved.clone())
    }

    fn of(bytes: Bytes) -> Self {
        Self {
            length: Some(bytes.len() as u64),
            current: Piece::Bytes(bytes),
            further: VecDeque::new(),
            moved: None,
            #[cfg(feature = "test-util")]
            shown: None,
        }
    }

    /// Shows what is taken of it from now on, as it is taken.
    #[cfg(feature = "test-util")]
    pub(super) fn show(&mut self, to: Arc<Mutex<super::recorded_body::Passed>>) {
        self.shown = Some(to);
    }

    fn push(&mut self, piece: Piece) {
        let is_first = matches!(&self.current, Piece::Bytes(bytes) if bytes.is_empty());
        if is_first && self.further.is_empty() {
            self.current = piece;
        } else {
            self.further.push_back(piece);
        }
        if self.as_bytes().is_none() && self.moved.is_none() {
            self.moved = Some(Arc::new(Mutex::new(Instant::now())));
        }
    }

    fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            match ready!(self.current.poll(context)) {
                Some(Ok(bytes)) if bytes.is_empty() => {}
                Some(Ok(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                Some(Err(error)) => {
                    self.current = Piece::Bytes(Bytes::new());
                    self.further.clear();
                    return Poll::Ready(Some(Err(error)));
                }
                None => match self.further.pop_front() {
                    Some(next) => self.current = next,
                    None => return Poll::Ready(None),
                },
            }
        }
    }
}

impl Piece {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        match self {
            Self::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)))
            }
            #[cfg(not(target_family = "wasm"))]
            Self::File { left: 0, .. } => Poll::Ready(None),
            #[cfg(not(target_family = "wasm"))]
            Self::File { file, left, buffer } => {
                let wanted = usize::try_from(PIECE.min(*left)).unwrap_or(usize::MAX);
                buffer.resize(wanted, 0);
                let mut place = ReadBuf::new(buffer);
                let read = ready!(Pin::new(file).poll_read(context, &mut place));
                let filled = place.filled().len();
                *left = left.saturating_sub(filled as u64);
                Poll::Ready(Some(match read {
                    Ok(()) if filled > 0 => Ok(buffer.split_to(filled).freeze()),
                    Ok(()) => Err(broken("the file became shorter while it was sent")),
                    Err(error) => Err(broken(format!("the file can't be read: {error}"))),
                }))
            }
            Self::Once { once, left, begun } => {
                if !*begun && !once.begin() {
                    return Poll::Ready(Some(Err(broken("its stream was sent before"))));
                }
                *begun = true;
                Poll::Ready(match ready!(once.poll_piece(context)) {
                    Some(Ok(bytes)) => Some(within(left, bytes)),
                    Some(Err(error)) => {
                        Some(Err(broken("its stream broke off").with_source(error)))
                    }
                    None if left.is_some_and(|left| left > 0) => {
                        Some(Err(broken("its stream is shorter than was said")))
                    }
                    None => None,
                })
            }
        }
    }
}

/// A piece of a stream, and what is left of the length that was said.
fn within(left: &mut Option<u64>, bytes: Bytes) -> Result<Bytes, TransportError> {
    if let Some(left) = left {
        *left = left
            .checked_sub(bytes.len() as u64)
            .ok_or_else(|| broken("its stream is longer than was said"))?;
    }
    Ok(bytes)
}

fn broken(message: impl Into<String>) -> TransportError {
    TransportError::unreadable_content(message)
}

/// When a body last moved, where anybody knows.
pub(crate) struct Movement(Option<Arc<Mutex<Instant>>>);

impl Movement {
    pub(crate) fn last(&self) -> Option<Instant> {
        let moved = self.0.as_ref()?.lock().ok()?;
        Some(*moved)
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let piece = ready!(self.poll_piece(context));
        if let Some(Ok(mut moved)) = self.moved.as_ref().map(|moved| moved.lock()) {
            *moved = Instant::now();
        }
        if let (Some(Ok(bytes)), Some(length)) = (&piece, &mut self.length) {
            *length = length.saturating_sub(bytes.len() as u64);
        }
        #[cfg(feature = "test-util")]
        if let Some(Ok(mut shown)) = self.shown.as_ref().map(|shown| shown.lock()) {
            match &piece {
                Some(Ok(bytes)) => shown.push(bytes),
                Some(Err(_)) => {}
                None => shown.is_whole = true,
            }
        }
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self::of(bytes)
    }
}

/// Without the content, which may be anybody's secret.
impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBody")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
