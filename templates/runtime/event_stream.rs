//! Server-sent events as a stream that is resumed where it broke off.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{self, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::call::Call;
use super::clock::{Instant, sleep};
use super::decode::from_json;
use super::error::{Context, Error};
use super::event_parser::EventParser;
use super::exchange::media_type;
use super::operation::Retry;
use super::read::Flaw;
use super::request::Request;
use super::request_builder::RequestBuilder;
use super::response::Received;
use super::retry::backoff;
use super::send::begin;
use super::text::same_caseless;
use super::transfer::{SHOWN, Transfer};
use super::transport::TransportError;
use super::turns::Turns;
use super::value::Slot;

const EVENT_STREAM: &str = "text/event-stream";

impl<'a, T, O> RequestBuilder<'a, T, O> {
    /// Sends it when the stream is polled and gives the server-sent events of the answer (`text/event-stream`).
    pub fn stream_events(self) -> EventStream<'a> {
        EventStream::new(self.call)
    }
}

impl<'a> Request<'a> {
    /// Sends it when the stream is polled and gives the server-sent events of the answer (`text/event-stream`).
    pub fn stream_events(self) -> EventStream<'a> {
        EventStream::new(self.call)
    }
}

/// One server-sent event (the HTML standard, section 9.2). It may hold secrets.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerSentEvent {
    /// The id of the last event that had one; empty where none had.
    pub id: String,
    /// What kind of event it is; `message` where the service doesn't say.
    pub event: String,
    /// The data, lines of it with line feeds between them.
    pub data: String,
    /// How long the service wants clients to wait before they come back to a stream that broke off, where it said so in
    /// this event or before it.
    pub retry: Option<Duration>,
}

impl ServerSentEvent {
    /// The data as JSON.
    ///
    /// # Errors
    ///
    /// The data isn't the JSON text of a `T`. The message of serde's may show a value.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.data)
    }
}

/// Without the data, which may be anybody's secret.
impl fmt::Debug for ServerSentEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerSentEvent")
            .field("id", &self.id)
            .field("event", &self.event)
            .finish_non_exhaustive()
    }
}

/// Server-sent events: `while let Some(event) = events.next().await`, or any of what the crates `futures` and
/// `tokio-stream` offer for a [`Stream`].
///
/// A stream that breaks off, or ends within an event, is resumed after the last whole event if its call changes nothing
/// (GET) and its events have ids: with `Last-Event-ID`, after the time that the service asks for, as often in a row as the
/// call may be sent again. Before the first event it begins anew. Otherwise the last item is an error. An event that was cut is never given.
/// The end of the answer is the end of the stream.
#[must_use = "a stream does nothing until it is polled"]
pub struct EventStream<'a>(Turns<'a, Box<Events<'a>>, Arrived<'a>>);

type Arrived<'a> = (Box<Events<'a>>, Option<Result<ServerSentEvent, Error>>);

impl<'a> EventStream<'a> {
    pub(crate) fn new(mut call: Box<Call<'a>>) -> Self {
        call.accept = EVENT_STREAM;
        Self(Turns::Idle(Box::new(Events {
            call,
            start: Instant::now(),
            open: None,
            parser: EventParser::default(),
            is_under_way: false,
            in_a_row: 0,
        })))
    }

    /// The next event; `None` after the last one. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<ServerSentEvent, Error>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    pub(crate) fn poll_event(
        &mut self,
        context: &mut task::Context<'_>,
    ) -> Poll<Option<Result<ServerSentEvent, Error>>> {
        let turn = self.0.poll(context, |mut events| async move {
            let event = events.next().await;
            (events, event)
        });
        let Some((events, event)) = ready!(turn) else {
            return Poll::Ready(None);
        };
        if matches!(event, Some(Ok(_))) {
            self.0 = Turns::Idle(events);
        }
        Poll::Ready(event)
    }

    /// Nothing follows.
    pub(crate) fn end(&mut self) {
        self.0 = Turns::Over;
    }

    /// Reads the data of the event that came last; an error has it as its body.
    pub(crate) fn read(&self, event: &ServerSentEvent, slot: Slot<'_>) -> Result<(), Error> {
        let Err(error) = from_json(event.data.as_bytes(), slot) else {
            return Ok(());
        };
        let Flaw { path, message } = error.into();
        let Turns::Idle(events) = &self.0 else {
            return Err(Error::setup(message));
        };
        let Some((context, received, _)) = &events.open else {
            return Err(Error::setup(message));
        };
        let received = received.with_body(event.data.clone().into());
        Err(Error::unreadable(context.clone(), received, path, message))
    }
}

impl Stream for EventStream<'_> {
    type Item = Result<ServerSentEvent, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        let event = ready!(self.get_mut().poll_event(context));
        Poll::Ready(event)
    }
}

impl fmt::Debug for EventStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").finish_non_exhaustive()
    }
}

/// One answer after the other, and what came of them.
struct Events<'a> {
    /// As the caller made it.
    call: Box<Call<'a>>,
    start: Instant,
    open: Option<(Context, Box<Received>, Transfer)>,
    parser: EventParser,
    /// Whether an event was given.
    is_under_way: bool,
    /// How often it was resumed since the last event.
    in_a_row: u32,
}

impl Events<'_> {
    async fn next(&mut self) -> Option<Result<ServerSentEvent, Error>> {
        loop {
            if let Some(event) = self.parser.next() {
                self.is_under_way = true;
                self.in_a_row = 0;
                return Some(Ok(event));
            }
            let broken = match &mut self.open {
                None => match self.connect().await {
                    Ok(()) => continue,
                    Err(error) => return Some(Err(error)),
                },
                Some((_, _, transfer)) => match transfer.next().await {
                    Ok(Some(piece)) => {
                        self.parser.feed(&piece);
                        let most = self.call.client.inner().max_response_bytes;
                        if self.parser.pending() <= most {
                            continue;
                        }
                        TransportError::too_large(most)
                    }
                    Ok(None) if !self.parser.is_within_event() => return None,
                    Ok(None) => TransportError::other("it ended within an event"),
                    Err(broken) => broken,
                },
            };
            match self.wait(&broken) {
                Some(wait) => {
                    self.open = None;
                    self.parser.resumed();
                    sleep(wait).await;
                }
                None => return self.failed(broken).map(Err),
            }
        }
    }

    async fn connect(&mut self) -> Result<(), Error> {
        let mut call = self.call.clone();
        if let Some(timeout) = call.timeout {
            call.timeout(timeout.saturating_sub(self.start.elapsed()));
        }
        if !self.parser.last_id().is_empty() {
            call.header_text("last-event-id", self.parser.last_id());
        }
        let (context, mut received, mut transfer) = begin(call).await?;
        if !is_event_stream(&received.headers) && received.status != StatusCode::NO_CONTENT {
            received.body = transfer.beginning(SHOWN).await;
            let message = format!("expected `{EVENT_STREAM}`");
            return Err(Error::unreadable(context, received, "", message));
        }
        self.open = Some((context, received, transfer));
        Ok(())
    }

    /// How long to wait before the stream is resumed; `None`: it can't be.
    fn wait(&mut self, broken: &TransportError) -> Option<Duration> {
        let client = self.call.client.inner();
        let most = self.call.max_retries.unwrap_or(client.max_retries);
        let in_time = self.call.timeout.is_none_or(|it| self.start.elapsed() < it);
        let may = self.call.retry == Retry::Safe
            && (!self.is_under_way || !self.parser.last_id().is_empty())
            && !broken.is_too_large()
            && in_time
            && self.in_a_row < most
            && client.retry_budget.withdraw();
        self.in_a_row = self.in_a_row.saturating_add(1);
        may.then(|| {
            self.parser
                .retry()
                .unwrap_or_else(|| backoff(self.in_a_row))
        })
    }

    fn failed(&mut self, broken: TransportError) -> Option<Error> {
        let (context, mut received, transfer) = self.open.take()?;
        let message = format!("it broke off after {} bytes: {broken}", transfer.arrived);
        received.broken = Some(broken);
        Some(Error::unreadable(context, received, "", message))
    }
}

/// Whether the body is what was asked for.
fn is_event_stream(headers: &HeaderMap) -> bool {
    media_type(headers).is_some_and(|it| same_caseless(it, EVENT_STREAM))
}
