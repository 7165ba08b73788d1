//! Server-sent events whose data is JSON of one type.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{self, Poll, ready};

use futures_core::Stream;

use super::error::Error;
use super::event_stream::{EventStream, ServerSentEvent};
use super::request_builder::RequestBuilder;
use super::streamed::InEvents;
use super::value::{Slot, Value};

/// What many services send as data behind their last event. It isn't JSON, so no value is written so.
const END_MARK: &str = "[DONE]";

impl<'a, T, I, O> RequestBuilder<'a, T, InEvents<I, O>> {
    /// Sends it when the stream is polled and gives the server-sent events of the answer (`text/event-stream`), the data
    /// of each read as the document describes it.
    ///
    /// Where the service answers so only when it is asked to in the request (often by a member `stream`), set that, too.
    pub fn stream_values(self) -> EventValues<'a, I> {
        EventValues {
            events: self.stream_events(),
            last: None,
            of: PhantomData,
        }
    }
}

/// The data of server-sent events, one value after the other: `while let Some(value) = values.next().await`, or any of
/// what the crates `futures` and `tokio-stream` offer for a [`Stream`]. [`last_event`](Self::last_event) is the event that
/// the value stood in.
///
/// It is resumed as an [`EventStream`] is. Data that isn't what it should be is an error that has the data as
/// [`raw_body`](Error::raw_body), and the stream goes on behind it. Data that is `[DONE]` is the end of the stream.
#[must_use = "a stream does nothing until it is polled"]
pub struct EventValues<'a, I> {
    events: EventStream<'a>,
    last: Option<ServerSentEvent>,
    of: PhantomData<fn() -> I>,
}

impl<'a, I> EventValues<'a, I> {
    /// The event that the last value stood in, or that couldn't be read; with its id, kind and data as they came.
    pub fn last_event(&self) -> Option<&ServerSentEvent> {
        self.last.as_ref()
    }

    /// The events that are still to come, as they are.
    pub fn into_events(self) -> EventStream<'a> {
        self.events
    }

    fn poll_into(
        &mut self,
        context: &mut task::Context<'_>,
        slot: Slot<'_>,
    ) -> Poll<Option<Result<(), Error>>> {
        let event = match ready!(self.events.poll_event(context)) {
            Some(Ok(event)) => event,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        if event.data.trim() == END_MARK {
            self.events.end();
            return Poll::Ready(None);
        }
        let read = self.events.read(&event, slot);
        self.last = Some(event);
        Poll::Ready(Some(read))
    }
}

impl<I: Value + Default> EventValues<'_, I> {
    /// The next value; `None` after the last one. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<I, Error>> {
        poll_fn(|context| self.poll_value(context)).await
    }

    fn poll_value(&mut self, context: &mut task::Context<'_>) -> Poll<Option<Result<I, Error>>> {
        let mut value = I::default();
        let read = ready!(self.poll_into(context, value.slot()));
        Poll::Ready(read.map(|read| read.map(|()| value)))
    }
}

impl<I: Value + Default> Stream for EventValues<'_, I> {
    type Item = Result<I, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_value(context)
    }
}

impl<I> fmt::Debug for EventValues<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventValues").finish_non_exhaustive()
    }
}
