//! Carrying out a call: attempts, deadlines, the bound on answers.

use std::pin::pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, Uri, header};
use tokio::time::{Instant, sleep, timeout};

use super::authorization::Authorization;
use super::call::{Call, CallFuture};
use super::client::Inner;
use super::error::{Context, Error};
use super::operation::{Retry, Target};
use super::request_body::{Content, Movement, RequestBody};
use super::response::Received;
use super::retry;
use super::service_error::ServiceError;
use super::transfer::{Transfer, stood_still};
use super::transport::{ResponseBody, TransportError};

/// A request in full, ready to go out any number of times.
pub(crate) struct Prepared {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) authorization: Authorization,
    pub(crate) body: Content,
    pub(crate) retry: Retry,
    /// For all attempts and the waits between them.
    pub(crate) time: Duration,
    pub(crate) max_retries: u32,
}

/// How a good answer is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// All of it at once, up to the client's bound.
    Whole,
    /// Piece by piece, of any length.
    Pieces,
}

/// An answer, and what of its body is still to come.
type Exchanged = (Received, Option<ResponseBody>);

/// What has happened so far.
struct Progress {
    target: Target,
    start: Instant,
    time: Duration,
    attempts: u32,
    /// Whether the service may have got the request.
    arrived: bool,
}

impl Progress {
    fn time_left(&self) -> Duration {
        self.time.saturating_sub(self.start.elapsed())
    }

    fn context(self) -> Context {
        Context {
            target: Some(self.target),
            attempts: self.attempts,
            elapsed: self.start.elapsed(),
        }
    }
}

/// Sends a call, again where its kind allows it, and gives the answer, of whatever status.
///
/// Everything stops when the future is dropped.
pub(crate) async fn execute(call: Call<'_>) -> Result<(Context, Received), Error> {
    let (context, (received, _)) = attempt(call, Wanted::Whole).await?;
    Ok((context, received))
}

/// Sends a call as [`execute`] does and gives a good answer as it begins; a refusal is an error.
///
/// The client's limit for a call ends with the beginning of the answer; the caller's own is for all of it.
pub(crate) async fn begin(call: Call<'_>) -> Result<(Context, Received, Transfer), Error> {
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

/// Boxed, so that it is compiled once and not within everything that sends.
fn attempt(call: Call<'_>, wanted: Wanted) -> CallFuture<'_, (Context, Exchanged)> {
    Box::pin(attempts(call, wanted))
}

async fn attempts(call: Call<'_>, wanted: Wanted) -> Result<(Context, Exchanged), Error> {
    let target = call.target().clone();
    let client = call.client().inner();
    let mut prepared = match call.prepare() {
        Ok(prepared) => prepared,
        Err(problem) => return Err(refused(target, problem)),
    };
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(refused(
            target,
            "a call must be awaited within a Tokio runtime".to_owned(),
        ));
    }
    let mut progress = Progress {
        target,
        start: Instant::now(),
        time: prepared.time,
        attempts: 0,
        arrived: false,
    };
    loop {
        progress.attempts = progress.attempts.saturating_add(1);
        let time_left = progress.time_left();
        if let Err(problem) = prepared.authorize(client, time_left).await {
            let arrived = progress.arrived;
            let error = TransportError::not_sent(problem);
            return Err(Error::transport(progress.context(), error, arrived));
        }
        let request = match prepared.request().await {
            Ok(request) => request,
            Err(error) => {
                let arrived = progress.arrived;
                return Err(Error::transport(progress.context(), error, arrived));
            }
        };
        let outcome = exchange(client, request, progress.time_left(), wanted).await;
        if prepared.renews(&outcome) {
            continue;
        }
        match wait(&prepared, &mut progress, &outcome) {
            Some(wait) if client.retry_budget.withdraw() => sleep(wait).await,
            _ => return finish(client, progress, outcome),
        }
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

fn finish(
    client: &Inner,
    progress: Progress,
    outcome: Result<Exchanged, TransportError>,
) -> Result<(Context, Exchanged), Error> {
    let arrived = progress.arrived;
    let context = progress.context();
    match outcome {
        Ok(exchanged) => {
            if !exchanged.0.status.is_server_error() {
                client.retry_budget.deposit();
            }
            Ok((context, exchanged))
        }
        Err(error) => Err(Error::transport(context, error, arrived)),
    }
}

/// How long to wait before the next attempt; `None`: this outcome stands.
fn wait(
    prepared: &Prepared,
    progress: &mut Progress,
    outcome: &Result<Exchanged, TransportError>,
) -> Option<Duration> {
    let wait = match outcome {
        Err(error) => {
            progress.arrived |= !error.is_not_sent();
            prepared
                .retry
                .after_failure(error)
                .then(|| retry::backoff(progress.attempts))
        }
        Ok((received, _)) => {
            progress.arrived |= received.status != http::StatusCode::TOO_MANY_REQUESTS;
            match &received.broken {
                Some(broken) if received.status.is_success() => prepared
                    .retry
                    .after_failure(broken)
                    .then(|| retry::backoff(progress.attempts)),
                _ if prepared.retry.after_answer(received.status, &received.headers) => {
                    retry::wait_after_answer(&received.headers, progress.attempts)
                }
                _ => None,
            }
        }
    };
    wait.filter(|wait| {
        progress.attempts <= prepared.max_retries
            && *wait < progress.time_left()
            && prepared.body.can_be_sent()
    })
}

impl Prepared {
    async fn authorize(&mut self, client: &Inner, time_left: Duration) -> Result<(), String> {
        let headers = &mut self.headers;
        self.authorization.add(client, time_left, headers).await
    }

    /// Whether the request goes out again at once, with another token.
    fn renews(&mut self, outcome: &Result<Exchanged, TransportError>) -> bool {
        let status = outcome.as_ref().map(|(received, _)| received.status);
        self.body.can_be_sent() && status.is_ok_and(|status| self.authorization.renew(status))
    }

    async fn request(&self) -> Result<http::Request<RequestBody>, TransportError> {
        let mut request = http::Request::new(self.body.open().await?);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        Ok(request)
    }
}

/// The time of one attempt: it begins anew with every piece of the request that goes out.
struct AttemptTime {
    limit: Duration,
    movement: Movement,
    start: Instant,
    time_left: Duration,
}

impl AttemptTime {
    fn left(&self) -> Duration {
        let in_all = self.time_left.saturating_sub(self.start.elapsed());
        self.limit
            .saturating_sub(self.movement.still())
            .min(in_all)
    }

    /// What a future gives, unless time is up before.
    async fn limits<F: Future>(&self, future: F) -> Result<F::Output, TransportError> {
        let mut future = pin!(future);
        loop {
            let left = self.left();
            match timeout(left, &mut future).await {
                Ok(output) => return Ok(output),
                Err(_) if self.left().is_zero() => {
                    let limit = self.limit.min(self.time_left);
                    return Err(TransportError::timeout(format!(
                        "no whole answer within {:.1} s",
                        limit.as_secs_f64()
                    )));
                }
                Err(_) => {}
            }
        }
    }
}

/// One attempt. A body that breaks off is kept as far as it came.
async fn exchange(
    client: &Inner,
    request: http::Request<RequestBody>,
    time_left: Duration,
    wanted: Wanted,
) -> Result<Exchanged, TransportError> {
    let time = AttemptTime {
        limit: client.attempt_timeout,
        movement: request.body().movement(),
        start: Instant::now(),
        time_left,
    };
    let has_body = request.method() != Method::HEAD;
    let response = time.limits(client.transport.send(request)).await??;
    let (parts, pieces) = response.into_parts();
    let mut received = Received {
        service: client.service,
        status: parts.status,
        headers: parts.headers,
        body: Bytes::new(),
        broken: None,
    };
    if wanted == Wanted::Pieces && received.status.is_success() {
        return Ok((received, Some(pieces)));
    }
    let mut body = BytesMut::new();
    let length = announced(&received.headers).filter(|_| has_body);
    received.broken = if length.is_some_and(|it| it > client.max_response_bytes as u64) {
        Some(TransportError::too_large(client.max_response_bytes))
    } else {
        match time.limits(arrive(client, pieces, &mut body)).await {
            Ok(arrived) => arrived.err(),
            Err(late) => Some(late),
        }
    };
    received.body = body.freeze();
    Ok((received, None))
}

/// How long the body will be, in bytes (RFC 9110, section 8.6), where the service says so.
fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Takes the pieces of a body as they come, up to the client's bound.
async fn arrive(
    client: &Inner,
    mut pieces: ResponseBody,
    body: &mut BytesMut,
) -> Result<(), TransportError> {
    let idle = client.idle_timeout;
    loop {
        let Ok(piece) = timeout(idle, pieces.next()).await else {
            return Err(stood_still(idle));
        };
        let Some(piece) = piece? else {
            return Ok(());
        };
        let room = client.max_response_bytes.saturating_sub(body.len());
        body.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        if piece.len() > room {
            return Err(TransportError::too_large(client.max_response_bytes));
        }
    }
}
