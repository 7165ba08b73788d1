//! Carrying out a call: attempts, deadlines, the bound on answers.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, Uri, header};
use tokio::time::{Instant, sleep, timeout};

use super::call::Call;
use super::client::Inner;
use super::error::{Context, Error};
use super::operation::{Retry, Target};
use super::response::Received;
use super::retry;
use super::transport::{ResponseBody, TransportError};

/// A request in full, ready to go out any number of times.
pub(crate) struct Prepared {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) retry: Retry,
    /// For all attempts and the waits between them.
    pub(crate) time: Duration,
    pub(crate) max_retries: u32,
}

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
    let target = call.target().clone();
    let client = call.client().inner();
    let prepared = match call.prepare() {
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
        let limit = client.attempt_timeout.min(progress.time_left());
        let outcome = exchange(client, prepared.request(), limit).await;
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
    outcome: Result<Received, TransportError>,
) -> Result<(Context, Received), Error> {
    let arrived = progress.arrived;
    let context = progress.context();
    match outcome {
        Ok(received) => {
            if !received.status.is_server_error() {
                client.retry_budget.deposit();
            }
            Ok((context, received))
        }
        Err(error) => Err(Error::transport(context, error, arrived)),
    }
}

/// How long to wait before the next attempt; `None`: this outcome stands.
fn wait(
    prepared: &Prepared,
    progress: &mut Progress,
    outcome: &Result<Received, TransportError>,
) -> Option<Duration> {
    let wait = match outcome {
        Err(error) => {
            progress.arrived |= !error.is_not_sent();
            prepared
                .retry
                .after_failure(error)
                .then(|| retry::backoff(progress.attempts))
        }
        Ok(received) => {
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
    wait.filter(|wait| progress.attempts <= prepared.max_retries && *wait < progress.time_left())
}

impl Prepared {
    fn request(&self) -> http::Request<Bytes> {
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        request
    }
}

/// One attempt. A body that breaks off is kept as far as it came.
async fn exchange(
    client: &Inner,
    request: http::Request<Bytes>,
    limit: Duration,
) -> Result<Received, TransportError> {
    let start = Instant::now();
    let late = || {
        TransportError::timeout(format!(
            "no whole answer within {:.1} s",
            limit.as_secs_f64()
        ))
    };
    let has_body = request.method() != Method::HEAD;
    let response = match timeout(limit, client.transport.send(request)).await {
        Ok(response) => response?,
        Err(_) => return Err(late()),
    };
    let (parts, pieces) = response.into_parts();
    let mut body = BytesMut::new();
    let broken = if has_body && announced(&parts.headers) > client.max_response_bytes as u64 {
        Some(TransportError::too_large(client.max_response_bytes))
    } else {
        let time_left = limit.saturating_sub(start.elapsed());
        match timeout(time_left, arrive(client, pieces, &mut body)).await {
            Ok(arrived) => arrived.err(),
            Err(_) => Some(late()),
        }
    };
    Ok(Received {
        service: client.service,
        status: parts.status,
        headers: parts.headers,
        body: body.freeze(),
        broken,
    })
}

/// How long the body will be, in bytes (RFC 9110, section 8.6); 0 where the service doesn't say.
fn announced(headers: &HeaderMap) -> u64 {
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    length.unwrap_or(0)
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
            let message = format!("the answer stood still for {:.1} s", idle.as_secs_f64());
            return Err(TransportError::timeout(message));
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
