//! One attempt: a request goes out, an answer comes in, within the limits of time and size.

use std::future::poll_fn;
use std::mem;
use std::task::{Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, header};
use http_body::Body;

use super::client::Inner;
use super::clock::{Instant, timeout_at};
use super::headers::header_text;
use super::request_body::{Movement, RequestBody};
use super::response::Received;
use super::text::natural;
use super::transfer::stood_still;
use super::transport::{ResponseBody, TransportError, TransportFuture};

/// How a good answer is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it at once, up to the client's bound.
    Whole,
    /// Piece by piece, of any length.
    Pieces,
}

/// An answer, and what of its body is still to come.
pub(super) type Exchanged = (Box<Received>, Option<ResponseBody>);

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
    /// When it is up, as far as one knows now; `None`: never.
    fn end(&self) -> Option<Instant> {
        let moved = self.movement.last().unwrap_or(self.start);
        let ends = [
            moved.checked_add(self.limit),
            self.start.checked_add(self.time_left),
        ];
        ends.into_iter().flatten().min()
    }

    /// What a future gives, unless time is up before, or that in which something has to come.
    async fn limits<F: Future + Unpin>(
        &self,
        idle: Option<Duration>,
        mut future: F,
    ) -> Result<F::Output, TransportError> {
        let mut idle_end = None;
        loop {
            let end = || {
                let begins = || idle.and_then(|idle| Instant::now().checked_add(idle));
                idle_end = idle_end.or_else(begins);
                idle_end.into_iter().chain(self.end()).min()
            };
            if let Some(output) = timeout_at(end, &mut future).await {
                return Ok(output);
            }
            let now = Instant::now();
            let is_over = |end: Option<Instant>| end.is_some_and(|end| end <= now);
            match idle {
                _ if is_over(self.end()) => return Err(self.over()),
                Some(idle) if is_over(idle_end) => return Err(stood_still(idle)),
                _ => {}
            }
        }
    }

    fn over(&self) -> TransportError {
        let limit = self.limit.min(self.time_left);
        TransportError::timeout(format!(
            "no whole answer within {:.1} s",
            limit.as_secs_f64()
        ))
    }
}

/// One attempt: the request goes out with the first poll. A body that breaks off is kept as far as it came.
pub(super) fn exchange(
    client: &Inner,
    request: http::Request<RequestBody>,
    start: Instant,
    time_left: Duration,
    wanted: Wanted,
) -> TransportFuture<'_, Exchanged> {
    let time = AttemptTime {
        limit: client.attempt_timeout,
        movement: request.body().movement(),
        start,
        time_left,
    };
    let has_body = request.method() != Method::HEAD;
    let mut response = client.transport.send(request);
    Box::pin(async move {
        let beginning = poll_fn(|context| {
            let response = ready!(response.as_mut().poll(context));
            Poll::Ready(response.map(|response| begun(client, response)))
        });
        let (mut received, mut pieces) = time.limits(None, beginning).await??;
        if wanted == Wanted::Pieces && received.status.is_success() {
            return Ok((received, Some(pieces)));
        }
        let mut body = Gathered::default();
        let length = announced(&received.headers).filter(|_| has_body);
        received.broken = if length.is_some_and(|it| it > client.max_response_bytes as u64) {
            Some(TransportError::too_large(client.max_response_bytes))
        } else {
            arrive(client, &time, &mut pieces, &mut body).await.err()
        };
        received.body = body.into_bytes();
        Ok((received, None))
    })
}

/// An answer without its body, and the body. Not within the future, which would carry the parts along.
fn begun(client: &Inner, response: http::Response<ResponseBody>) -> (Box<Received>, ResponseBody) {
    let (parts, pieces) = response.into_parts();
    let received = Box::new(Received {
        service: client.service,
        status: parts.status,
        headers: parts.headers,
        body: Bytes::new(),
        broken: None,
        credentials: client.credentials.clone(),
    });
    (received, pieces)
}

/// How long the body will be, in bytes (RFC 9110, section 8.6), where the service says so.
pub(super) fn announced(headers: &HeaderMap) -> Option<u64> {
    natural(header_text(headers.get(header::CONTENT_LENGTH)?)?)
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
    time: &AttemptTime,
    pieces: &mut ResponseBody,
    body: &mut Gathered,
) -> Result<(), TransportError> {
    while !pieces.is_end_stream() {
        let next = time.limits(Some(client.idle_timeout), pieces.next());
        let Some(piece) = next.await?? else {
            break;
        };
        let room = client.max_response_bytes.saturating_sub(body.len());
        let fits = piece.len() <= room;
        body.push(piece.slice(..piece.len().min(room)));
        if !fits {
            return Err(TransportError::too_large(client.max_response_bytes));
        }
    }
    Ok(())
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
    use std::pin::Pin;
    use std::task::Context;

    use http_body::Frame;

    use super::*;
    use crate::runtime::call::Call;
    use crate::runtime::client::ClientBuilder;
    use crate::runtime::service::TEST_SERVICE;
    use crate::runtime::transport::Transport;

    /// A body in one piece that says where it ends, and breaks off if one asks for more.
    struct Ending(Option<&'static str>);

    impl Body for Ending {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
            let piece = self
                .0
                .take()
                .map(|piece| Frame::data(Bytes::from_static(piece.as_bytes())));
            Poll::Ready(Some(
                piece.ok_or_else(|| TransportError::other("nothing is left")),
            ))
        }

        fn is_end_stream(&self) -> bool {
            self.0.is_none()
        }
    }

    impl Transport for Ending {
        fn send(
            &self,
            _: http::Request<RequestBody>,
        ) -> TransportFuture<'_, http::Response<ResponseBody>> {
            let body = ResponseBody::new(Self(self.0));
            Box::pin(async { Ok(http::Response::new(body)) })
        }
    }

    #[test]
    fn a_body_that_has_ended_is_asked_for_nothing_more() -> Result<(), Box<dyn std::error::Error>> {
        for whole in [Some("all of it"), None] {
            let client = ClientBuilder::new(&TEST_SERVICE)
                .transport(Ending(whole))
                .build()?;
            let runtime = tokio::runtime::Builder::new_current_thread().build()?;
            let answer = runtime.block_on(Call::custom(&client, Method::GET, "/").raw())?;
            assert_eq!(answer.raw_body(), whole.unwrap_or_default());
        }
        Ok(())
    }

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
