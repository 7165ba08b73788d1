//! Carrying out a call: one attempt after the other, until an outcome stands or time is up.

use std::future::ready;
use std::time::Duration;

use http::{HeaderMap, Method, Uri};

use super::authorization::Authorization;
use super::call::Call;
use super::call_future::{BoxedCall, CallFuture, Read};
use super::client::Inner;
use super::clock::{Instant, is_running, sleep};
use super::error::{Context, Error};
use super::exchange::{Exchanged, Outcome, Wanted, announced, exchange};
use super::layer::{Attempt, OutgoingCall};
use super::operation::Target;
use super::prepare::Head;
use super::request_body::{Content, RequestBody};
use super::response::Received;
use super::retry;
use super::service_error::ServiceError;
use super::trace::Trace;
use super::transfer::Transfer;
use super::transport::{TransportError, TransportFuture};

/// What has happened so far.
struct Progress {
    /// When somebody began to wait for it.
    start: Option<Instant>,
    /// For all attempts and the waits between them.
    time: Duration,
    attempts: u32,
    /// Whether the service may have got the request.
    arrived: bool,
}

impl Progress {
    fn elapsed(&self, now: Instant) -> Duration {
        self.start
            .map_or(Duration::ZERO, |start| now.saturating_duration_since(start))
    }

    fn time_left(&self, now: Instant) -> Duration {
        self.time.saturating_sub(self.elapsed(now))
    }

    /// How long the request may wait before it goes out. What has all time for its body has the client's for this.
    fn time_to_begin(&self, client: &Inner) -> Duration {
        if self.time == Duration::MAX {
            client.timeout
        } else {
            self.time_left(Instant::now())
        }
    }
}

/// Sends a call, again where its kind allows it, and reads the answer, of whatever status.
///
/// Everything stops when the future is dropped.
pub(crate) fn execute<T>(call: Box<Call<'_>>, read: Read<T>) -> CallFuture<'_, T> {
    let kind = call.answer;
    CallFuture::of_answer(attempt(call, Wanted::Whole), kind, read)
}

/// Sends a call as [`execute`] does and gives a good answer as it begins; a refusal is an error.
///
/// The client's limit for a call ends with the beginning of the answer; the caller's own is for all of it.
pub(crate) async fn begin(
    call: Box<Call<'_>>,
) -> Result<(Context, Box<Received>, Transfer), Error> {
    let start = Instant::now();
    let idle = call.client().inner().idle_timeout;
    let deadline = call.timeout.and_then(|limit| start.checked_add(limit));
    let has_body = call.target().method != Method::HEAD;
    let (context, (received, pieces)) = attempt(call, Wanted::Pieces).await?;
    let Some(pieces) = pieces else {
        return Err(ServiceError::refusal(context, received));
    };
    let transfer = Transfer {
        pieces,
        idle,
        deadline,
        total: announced(&received.headers).filter(|_| has_body),
        arrived: 0,
    };
    Ok((context, received, transfer))
}

fn attempt(call: Box<Call<'_>>, wanted: Wanted) -> BoxedCall<'_, (Context, Exchanged)> {
    match Sending::of(call, wanted) {
        Ok(sending) => sending.run(),
        Err(error) => Box::pin(ready(Err(error))),
    }
}

fn refused(target: Target, problem: String) -> Error {
    Error::not_sent(
        Context {
            target: Some(target),
            ..Context::default()
        },
        problem,
    )
}

/// A call that is being carried out.
pub(super) struct Sending<'a> {
    client: &'a Inner,
    call: Box<Call<'a>>,
    body: Content,
    /// Of the next request. An attempt takes it along, and another one is made where another attempt follows: few do.
    head: Option<Head>,
    authorization: Authorization,
    progress: Progress,
    wanted: Wanted,
}

impl<'a> Sending<'a> {
    fn of(mut call: Box<Call<'a>>, wanted: Wanted) -> Result<Self, Error> {
        let settled = call.settle().and_then(|body| Ok((body, call.head()?)));
        let (body, head) = match settled {
            Ok(settled) => settled,
            Err(problem) => return Err(refused(call.target().clone(), problem)),
        };
        let client = call.client().inner();
        let time = call.timeout.unwrap_or(match body.is_streamed() {
            true => Duration::MAX,
            false => client.timeout,
        });
        Ok(Self {
            client,
            wanted,
            body,
            head: Some(head),
            authorization: call.authorization(),
            progress: Progress {
                start: None,
                time,
                attempts: 0,
                arrived: false,
            },
            call,
        })
    }

    /// Carries it out, through the layers of the client.
    fn run(mut self) -> BoxedCall<'a, (Context, Exchanged)> {
        let layers = &self.client.call_layers;
        Box::pin(async move {
            let trace = Trace::of_call(self.target(), self.uri());
            if !is_running() {
                return Err(
                    self.refused("a call must be awaited within a Tokio runtime".to_owned())
                );
            }
            // Time passes from when somebody waits for it.
            let now = Instant::now();
            self.progress.start = Some(now);
            if layers.is_empty() {
                return trace.around(self.send(&trace, Some(now))).await;
            }
            let call = OutgoingCall {
                sending: Box::new(self),
                trace: &trace,
                layers,
            };
            // Boxed, so that calls without layers don't carry its room along.
            Box::pin(trace.around(call.run())).await.0
        })
    }

    pub(super) fn target(&self) -> &Target {
        self.call.target()
    }

    fn uri(&self) -> Option<&Uri> {
        self.head.as_ref().map(|head| &head.uri)
    }

    /// Of every attempt, where the client has layers.
    pub(super) fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.head.get_or_insert_default().headers
    }

    fn context(&self) -> Context {
        Context {
            target: Some(self.target().clone()),
            attempts: self.progress.attempts,
            elapsed: self.progress.elapsed(Instant::now()),
        }
    }

    pub(super) fn refused(&self, problem: String) -> Error {
        Error::not_sent(self.context(), problem)
    }

    /// One attempt after the other, until there is an outcome that stands. The clock is read again after whatever was
    /// waited for.
    pub(super) async fn send(
        &mut self,
        trace: &Trace,
        mut now: Option<Instant>,
    ) -> Result<(Context, Exchanged), Error> {
        // What stands if there is no time for another attempt.
        let mut last: Option<Box<Outcome>> = None;
        loop {
            if self.head.is_none()
                && let Err(error) = self.make_head()
            {
                return self.finish(trace, Err(error));
            }
            if self.waits_to_begin() {
                if let Err(error) = self.get_ready().await {
                    return self.finish(trace, last.map_or(Err(error), |last| *last));
                }
                now = None;
            }
            self.progress.attempts = self.progress.attempts.saturating_add(1);
            let opened = match self.body.is_in_memory() {
                true => None,
                false => match self.body.open().await {
                    Ok(body) => {
                        now = None;
                        Some(Box::new(body))
                    }
                    Err(error) => return self.finish(trace, Err(error)),
                },
            };
            let start = now.take().unwrap_or_else(Instant::now);
            // The span ends with the attempt, and not with the wait after it.
            let outcome = {
                let attempt = Trace::of_attempt(self.target(), self.uri());
                let exchange = self.exchange(&attempt, opened, start);
                let outcome = attempt.around(exchange).await;
                self.observe(&attempt, &outcome);
                outcome
            };
            if self.renews(&outcome) {
                last = Some(Box::new(outcome));
                continue;
            }
            match self.wait(&outcome) {
                Some(wait) if self.client.retry_budget.withdraw() => {
                    trace.waits(&outcome, wait);
                    Box::pin(sleep(wait)).await;
                    last = Some(Box::new(outcome));
                }
                _ => return self.finish(trace, outcome),
            }
        }
    }

    #[cold]
    fn make_head(&mut self) -> Result<(), TransportError> {
        self.head = Some(self.call.head().map_err(TransportError::not_sent)?);
        Ok(())
    }

    /// Whether there is anything to get before a request goes out.
    fn waits_to_begin(&self) -> bool {
        self.authorization.is_fetched() || self.client.rate_limit.is_some()
    }

    /// Gets a token where tokens are fetched, and then waits until the client's rate limit lets a request go.
    #[cold]
    fn get_ready(&mut self) -> TransportFuture<'_, ()> {
        Box::pin(async move {
            self.authorize().await?;
            match &self.client.rate_limit {
                Some(limit) => {
                    limit
                        .admit(|| self.progress.time_to_begin(self.client))
                        .await
                }
                None => Ok(()),
            }
        })
    }

    /// Puts the token of now into the request, where tokens are fetched.
    async fn authorize(&mut self) -> Result<(), TransportError> {
        let Self {
            client,
            authorization,
            progress,
            head,
            ..
        } = self;
        let time_left = || progress.time_to_begin(client);
        let headers = &mut head.get_or_insert_default().headers;
        authorization.add(client, time_left, headers).await
    }

    /// Whether the request goes out again at once, with another token.
    fn renews(&mut self, outcome: &Outcome) -> bool {
        let Ok((received, _)) = outcome else {
            return false;
        };
        // In this order: a refused token is of no use to later calls either.
        let renews = self.authorization.renew(received.status) && self.body.can_be_sent();
        self.progress.arrived |= renews;
        renews
    }

    /// The request of an attempt, with a body that was opened for it or the one that is in memory. Its room on the stack
    /// is free again before anything is sent, which takes more than a processor's nearest cache holds.
    #[inline(never)]
    fn request(&mut self, opened: Option<Box<RequestBody>>) -> http::Request<RequestBody> {
        let body = opened.map_or_else(|| self.body.in_memory(), |body| *body);
        let head = match self.client.call_layers.is_empty() {
            true => self.head.take(),
            // What layers made of the headers is for every attempt.
            false => self.head.clone(),
        };
        let Head { uri, headers } = head.unwrap_or_default();
        let mut request = http::Request::new(body);
        *request.method_mut() = self.target().method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        if self.client.shows_attempts {
            request.extensions_mut().insert(Attempt {
                operation: self.target().id,
                path: self.target().path.clone(),
                number: self.progress.attempts,
            });
            #[cfg(feature = "test-util")]
            {
                let base_path = super::passing::BasePath::of(&self.client.base_url);
                request.extensions_mut().insert(base_path);
            }
        }
        request
    }

    /// The request goes to the transport at once, and not into the future that is carried along.
    fn exchange(
        &mut self,
        trace: &Trace,
        opened: Option<Box<RequestBody>>,
        start: Instant,
    ) -> TransportFuture<'a, Exchanged> {
        let request = self.request(opened);
        let time_left = self.progress.time_left(start);
        trace.within(|| exchange(self.client, request, start, time_left, self.wanted))
    }

    /// Tells whoever listens, and the rate limit, what came of an attempt.
    fn observe(&self, trace: &Trace, outcome: &Outcome) {
        trace.ends(outcome, self.progress.attempts);
        if let (Some(limit), Ok((received, _))) = (&self.client.rate_limit, outcome) {
            limit.observe(received.status, &received.headers);
        }
    }

    /// How long to wait before the next attempt; `None`: this outcome stands.
    fn wait(&mut self, outcome: &Outcome) -> Option<Duration> {
        let Self {
            client,
            call,
            body,
            progress,
            ..
        } = self;
        let wait = match outcome {
            Err(error) => {
                progress.arrived |= !error.is_not_sent();
                call.retry
                    .after_failure(error)
                    .then(|| retry::backoff(progress.attempts))
            }
            Ok((received, _)) => {
                progress.arrived |= received.status != http::StatusCode::TOO_MANY_REQUESTS;
                match &received.broken {
                    Some(broken) if received.status.is_success() => call
                        .retry
                        .after_failure(broken)
                        .then(|| retry::backoff(progress.attempts)),
                    _ if call.retry.after_answer(received.status, &received.headers) => {
                        retry::wait_after_answer(&received.headers, progress.attempts)
                    }
                    _ => None,
                }
            }
        };
        wait.filter(|wait| {
            progress.attempts <= call.max_retries.unwrap_or(client.max_retries)
                && *wait < progress.time_left(Instant::now())
                && body.can_be_sent()
        })
    }

    fn finish(&self, trace: &Trace, outcome: Outcome) -> Result<(Context, Exchanged), Error> {
        trace.ends(&outcome, self.progress.attempts);
        let arrived = self.progress.arrived;
        let context = self.context();
        match outcome {
            Ok(exchanged) => {
                if !exchanged.0.status.is_server_error() {
                    self.client.retry_budget.deposit();
                }
                Ok((context, exchanged))
            }
            Err(error) => Err(Error::transport(context, error, arrived)),
        }
    }
}
