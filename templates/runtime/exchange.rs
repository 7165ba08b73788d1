//! One attempt: a request goes out, an answer comes in, within the limits of time and size.

use std::mem;
use std::pin::pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, header};

use super::client::Inner;
use super::clock::{Instant, timeout};
use super::request_body::{Movement, RequestBody};
use super::response::Received;
use super::transfer::stood_still;
use super::transport::{ResponseBody, TransportError};

/// How a good answer is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it at once, up to the client's bound.
    Whole,
    /// Piece by piece, of any length.
    Pieces,
}

/// An answer, and what of its body is still to come.
pub(super) type Exchanged = (Received, Option<ResponseBody>);

/// What came of an attempt.
pub(super) type Outcome = Result<Exchanged, TransportError>;

/// The time of one attempt: it begins anew with every piece of the request that goes out.
struct AttemptTime {
    limit: Duration,
    movement: Movement,
    start: Instant,
    time_left: Duration,
}

impl AttemptTime {
    fn left(&self) -> Duration {
        let now = Instant::now();
        let since = |point| now.saturating_duration_since(point);
        let still = since(self.movement.last().unwrap_or(self.start));
        let in_all = self.time_left.saturating_sub(since(self.start));
        self.limit.saturating_sub(still).min(in_all)
    }

    /// What a future gives, unless time is up before.
    async fn limits<F: Future + Unpin>(
        &self,
        mut future: F,
    ) -> Result<F::Output, TransportError> {
        loop {
            match timeout(|| self.left(), &mut future).await {
                Some(output) => return Ok(output),
                None if self.left().is_zero() => {
                    let limit = self.limit.min(self.time_left);
                    return Err(TransportError::timeout(format!(
                        "no whole answer within {:.1} s",
                        limit.as_secs_f64()
                    )));
                }
                None => {}
            }
        }
    }
}

/// One attempt: the request goes out with the first poll. A body that breaks off is kept as far as it came.
pub(super) fn exchange(
    client: &Inner,
    request: http::Request<RequestBody>,
    start: Instant,
    time_left: Duration,
    wanted: Wanted,
) -> impl Future<Output = Outcome> {
    let time = AttemptTime {
        limit: client.attempt_timeout,
        movement: request.body().movement(),
        start,
        time_left,
    };
    let has_body = request.method() != Method::HEAD;
    let response = client.transport.send(request);
    async move {
        let (mut received, pieces) = begun(client, time.limits(response).await??);
        if wanted == Wanted::Pieces && received.status.is_success() {
            return Ok((received, Some(pieces)));
        }
        let mut body = Gathered::default();
        let length = announced(&received.headers).filter(|_| has_body);
        received.broken = if length.is_some_and(|it| it > client.max_response_bytes as u64) {
            Some(TransportError::too_large(client.max_response_bytes))
        } else {
            let arrival = pin!(arrive(client, pieces, &mut body));
            match time.limits(arrival).await {
                Ok(arrived) => arrived.err(),
                Err(late) => Some(late),
            }
        };
        received.body = body.into_bytes();
        Ok((received, None))
    }
}

/// An answer without its body, and the body. Not within the future, which would carry the parts along.
fn begun(client: &Inner, response: http::Response<ResponseBody>) -> (Received, ResponseBody) {
    let (parts, pieces) = response.into_parts();
    let received = Received {
        service: client.service,
        status: parts.status,
        headers: parts.headers,
        body: Bytes::new(),
        broken: None,
        credentials: client.credentials.clone(),
    };
    (received, pieces)
}

/// How long the body will be, in bytes (RFC 9110, section 8.6), where the service says so.
pub(super) fn announced(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// What the body is (RFC 9110, section 8.3), without parameters and spelled as it came: media types have no case.
pub(super) fn media_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.as_bytes();
    let essence = value.split(|byte| *byte == b';').next()?;
    std::str::from_utf8(essence.trim_ascii()).ok()
}

/// Takes the pieces of a body as they come, up to the client's bound.
async fn arrive(
    client: &Inner,
    mut pieces: ResponseBody,
    body: &mut Gathered,
) -> Result<(), TransportError> {
    let idle = client.idle_timeout;
    loop {
        let Some(piece) = timeout(|| idle, pin!(pieces.next())).await else {
            return Err(stood_still(idle));
        };
        let Some(piece) = piece? else {
            return Ok(());
        };
        let room = client.max_response_bytes.saturating_sub(body.len());
        let fits = piece.len() <= room;
        body.push(piece.slice(..piece.len().min(room)));
        if !fits {
            return Err(TransportError::too_large(client.max_response_bytes));
        }
    }
}

/// A body as far as it came. What came in one piece is that piece, and not a copy.
#[derive(Default)]
struct Gathered {
    only: Bytes,
    all: BytesMut,
}

impl Gathered {
    fn len(&self) -> usize {
        self.only.len() + self.all.len()
    }

    fn push(&mut self, piece: Bytes) {
        if self.len() == 0 {
            self.only = piece;
        } else if !piece.is_empty() {
            self.all.extend_from_slice(&mem::take(&mut self.only));
            self.all.extend_from_slice(&piece);
        }
    }

    fn into_bytes(self) -> Bytes {
        if self.all.is_empty() {
            self.only
        } else {
            self.all.freeze()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_piece_is_kept_as_it_came_and_more_are_put_together() {
        let gathered = |pieces: &[&'static str]| {
            let mut body = Gathered::default();
            for piece in pieces {
                body.push(Bytes::from_static(piece.as_bytes()));
            }
            assert_eq!(body.len(), pieces.concat().len());
            body.into_bytes()
        };
        let piece = "one";
        assert_eq!(gathered(&["", piece, ""]).as_ptr(), piece.as_ptr());
        assert_eq!(gathered(&["a", "", "bc", "d"]), "abcd");
        assert_eq!(gathered(&[]), "");
    }
}
