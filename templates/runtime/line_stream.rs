//! JSON texts one after the other as a stream, with no more than one of them in memory.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{self, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::call::Call;
use super::decode::from_json;
use super::error::{Context, Error};
use super::exchange::media_type;
use super::line_splitter::LineSplitter;
use super::read::Flaw;
use super::request_builder::RequestBuilder;
use super::response::Received;
use super::resumption::{Resumable, begin_resumable};
use super::streamed::InLines;
use super::text::{before, same_caseless, split};
use super::transfer::SHOWN;
use super::transport::TransportError;
use super::turns::Turns;
use super::value::{Slot, Value};

impl<'a, T, I, O> RequestBuilder<'a, T, InLines<I, O>> {
    /// Sends it when the stream is polled and gives the items of the answer as they come (`application/x-ndjson` and its
    /// kin), instead of all of them at once.
    pub fn stream_values(self) -> LineStream<'a, I> {
        LineStream {
            lines: Lines::new(self.call),
            of: PhantomData,
        }
    }
}

/// Items that come one after the other, a JSON text each: `while let Some(item) = items.next().await`, or any of what the
/// crates `futures` and `tokio-stream` offer for a [`Stream`].
///
/// An item that isn't what it should be is an error that has its text as [`raw_body`](Error::raw_body), and the stream goes
/// on behind it. An answer that breaks off is resumed as a [`Download`](super::download::Download) is, where it can be; else
/// that, as one that ends within an item or is of another kind, is an error after which nothing follows. An item may be as
/// long as [`max_response_bytes`](super::client::ClientBuilder::max_response_bytes) says, all of them together may be
/// of any length. Dropping the stream ends the transfer.
#[must_use = "a stream does nothing until it is polled"]
pub struct LineStream<'a, I> {
    lines: Lines<'a>,
    of: PhantomData<fn() -> I>,
}

impl<I: Value + Default> LineStream<'_, I> {
    /// The next item; `None` after the last one. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<I, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut task::Context<'_>) -> Poll<Option<Result<I, Error>>> {
        let mut item = I::default();
        let read = ready!(self.lines.poll_into(context, item.slot()));
        Poll::Ready(read.map(|read| read.map(|()| item)))
    }
}

impl<I: Value + Default> Stream for LineStream<'_, I> {
    type Item = Result<I, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<I> fmt::Debug for LineStream<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LineStream").finish_non_exhaustive()
    }
}

/// Begins an answer, if it may be one of JSON texts.
async fn open(call: Box<Call<'_>>) -> Result<(Context, Box<Received>, Resumable), Error> {
    let asked = call.accept;
    let (context, mut received, mut transfer) = begin_resumable(call).await?;
    if media_type(&received.headers).is_none_or(|it| may_be_lines(it, asked)) {
        return Ok((context, received, transfer));
    }
    received.body = transfer.beginning(SHOWN).await;
    let expected = before(asked, b",;");
    let message = format!("expected `{expected}`");
    Err(Error::unreadable(context, received, "", message))
}

/// Whether a body is what was asked for, or of a media type that says so, or says nothing.
fn may_be_lines(media_type: &str, asked: &str) -> bool {
    let is = |name: &str| same_caseless(media_type, name);
    let is_asked = split(asked, b",").any(|range| is(before(range, b";").trim()));
    is_asked || LINES.iter().any(|name| is(name)) || media_type.ends_with("+json-seq")
}

/// What lines of JSON come as where they come as something else than the document says.
const LINES: [&str; 11] = [
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonl",
    "application/jsonlines",
    "application/x-jsonlines",
    "application/json-lines",
    "application/json-seq",
    "application/stream+json",
    "application/octet-stream",
    "text/plain",
];

/// The texts, whatever is in them.
struct Lines<'a>(Turns<'a, Box<Answer<'a>>, Arrived<'a>>);

type Arrived<'a> = (Box<Answer<'a>>, Option<Result<Vec<u8>, Error>>);

/// The answer they are in.
struct Answer<'a> {
    /// Until it is sent.
    call: Option<Box<Call<'a>>>,
    most: usize,
    open: Option<(Context, Box<Received>, Resumable)>,
    splitter: LineSplitter,
    /// How many texts there were.
    count: usize,
}

impl<'a> Lines<'a> {
    fn new(call: Box<Call<'a>>) -> Self {
        Self(Turns::Idle(Box::new(Answer {
            most: call.client().inner().max_response_bytes,
            call: Some(call),
            open: None,
            splitter: LineSplitter::default(),
            count: 0,
        })))
    }

    fn poll_into(
        &mut self,
        context: &mut task::Context<'_>,
        slot: Slot<'_>,
    ) -> Poll<Option<Result<(), Error>>> {
        let turn = self.0.poll(context, |mut answer| async move {
            let text = answer.next().await;
            (answer, text)
        });
        let Some((mut answer, Some(text))) = ready!(turn) else {
            return Poll::Ready(None);
        };
        let read = text.and_then(|text| {
            let read = answer.read(text, slot);
            self.0 = Turns::Idle(answer);
            read
        });
        Poll::Ready(Some(read))
    }
}

impl Answer<'_> {
    async fn next(&mut self) -> Option<Result<Vec<u8>, Error>> {
        if let Some(call) = self.call.take() {
            match open(call).await {
                Ok(open) => self.open = Some(open),
                Err(error) => return Some(Err(error)),
            }
        }
        loop {
            let text = self.splitter.next();
            let length = text.as_ref().map_or(self.splitter.pending(), Vec::len);
            if length > self.most {
                return self.failed(TransportError::too_large(self.most)).map(Err);
            }
            if let Some(text) = text {
                return Some(Ok(text));
            }
            let (_, _, transfer) = self.open.as_mut()?;
            let broken = match transfer.next().await {
                Ok(Some(piece)) => {
                    self.splitter.feed(&piece);
                    continue;
                }
                Ok(None) => match (self.splitter.rest()?, transfer.total) {
                    ((_, true), None) => TransportError::other("it ended within a number"),
                    ((text, _), _) => return Some(Ok(text)),
                },
                Err(broken) => broken,
            };
            return self.failed(broken).map(Err);
        }
    }

    fn failed(&mut self, broken: TransportError) -> Option<Error> {
        let (context, mut received, transfer) = self.open.take()?;
        let message = format!("it broke off after {} bytes: {broken}", transfer.arrived);
        received.broken = Some(broken);
        Some(Error::unreadable(
            context,
            received,
            format!("/{}", self.count),
            message,
        ))
    }

    fn read(&mut self, text: Vec<u8>, slot: Slot<'_>) -> Result<(), Error> {
        let index = self.count;
        self.count += 1;
        let Err(error) = from_json(&text, slot) else {
            return Ok(());
        };
        let Flaw { path, message } = error.into();
        let (context, received) = match &self.open {
            Some((context, received, _)) => {
                (context.clone(), received.with_body(Bytes::from(text)))
            }
            None => return Err(Error::setup(message)),
        };
        Err(Error::unreadable(
            context,
            received,
            format!("/{index}{path}"),
            message,
        ))
    }
}
