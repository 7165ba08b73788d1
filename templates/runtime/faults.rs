//! Faults on purpose, so that callers see what their code makes of them.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use http_body::{Body, Frame};

use super::clock::sleep;
use super::request_body::RequestBody;
use super::transport::{ResponseBody, Transport, TransportError, TransportFuture};

/// What happens to one attempt of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// There is no connection: the request provably isn't sent.
    Refused,
    /// The request is sent, and its answer lost: whether the service acted, the client can't know.
    Reset,
    /// The answer begins and breaks off after this many bytes of its body.
    Cut(u64),
    /// The request is sent after this time.
    Delay(Duration),
    /// The service isn't asked: this is the answer, with an empty body.
    Status(StatusCode, HeaderMap),
}

/// Faults for the attempts of a client, in the order given; once they are used up, attempts go through. Clones share them.
///
/// Requests for access tokens are attempts, too. Waits take no time in tests where Tokio's clock is paused
/// (`tokio::time::pause`).
#[derive(Clone)]
pub struct Faults(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    faults: VecDeque<Fault>,
    attempts: u64,
}

impl Faults {
    /// One fault for each of the next attempts.
    pub fn new(faults: impl IntoIterator<Item = Fault>) -> Self {
        let faults = faults.into_iter().collect();
        Self(Arc::new(Mutex::new(Script {
            faults,
            attempts: 0,
        })))
    }

    /// A transport that lets these faults happen before another one's turn: for
    /// [`ClientBuilder::layer`](super::client::ClientBuilder::layer).
    pub fn around(&self, inner: Arc<dyn Transport>) -> FaultyTransport {
        FaultyTransport {
            faults: self.clone(),
            inner,
        }
    }

    /// How many faults didn't happen yet.
    pub fn remaining(&self) -> usize {
        self.script().faults.len()
    }

    /// How many attempts there were, with faults and without.
    pub fn attempts(&self) -> u64 {
        self.script().attempts
    }

    fn next(&self) -> Option<Fault> {
        let mut script = self.script();
        script.attempts = script.attempts.saturating_add(1);
        script.faults.pop_front()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faults")
            .field("remaining", &self.remaining())
            .field("attempts", &self.attempts())
            .finish()
    }
}

/// A transport with [`Faults`].
pub struct FaultyTransport {
    faults: Faults,
    inner: Arc<dyn Transport>,
}

impl Transport for FaultyTransport {
    fn send(
        &self,
        request: http::Request<RequestBody>,
    ) -> TransportFuture<'_, Response<ResponseBody>> {
        let fault = self.faults.next();
        Box::pin(async move {
            match fault {
                None => self.inner.send(request).await,
                Some(Fault::Refused) => Err(TransportError::not_sent(
                    "no connection: a fault on purpose",
                )),
                Some(Fault::Reset) => {
                    self.inner.send(request).await?;
                    Err(broken())
                }
                Some(Fault::Cut(left)) => {
                    let answer = self.inner.send(request).await?;
                    Ok(answer.map(|body| ResponseBody::new(Cut { body, left })))
                }
                Some(Fault::Delay(time)) => {
                    sleep(time).await;
                    self.inner.send(request).await
                }
                Some(Fault::Status(status, headers)) => {
                    let mut answer = Response::new(Bytes::new().into());
                    *answer.status_mut() = status;
                    *answer.headers_mut() = headers;
                    Ok(answer)
                }
            }
        })
    }
}

impl fmt::Debug for FaultyTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultyTransport")
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}

fn broken() -> TransportError {
    TransportError::other("the connection broke off: a fault on purpose")
}

/// A body that breaks off.
struct Cut {
    body: ResponseBody,
    left: u64,
}

impl Body for Cut {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if self.left == 0 {
            return Poll::Ready(Some(Err(broken())));
        }
        let piece = ready!(self.body.poll_piece(context));
        Poll::Ready(piece.map(|piece| {
            let mut piece = piece?;
            piece.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
            self.left -= piece.len() as u64;
            Ok(Frame::data(piece))
        }))
    }
}
