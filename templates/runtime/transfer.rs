//! The body of an answer on its way: piece by piece, within the limits of the call.

use std::pin::pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use super::clock::{Instant, timeout};
use super::transport::{ResponseBody, TransportError};
use super::turns::Turns;

/// A body that is still arriving, and how long it may take.
pub(crate) struct Transfer {
    pub(crate) pieces: ResponseBody,
    /// How long it may stand still.
    pub(crate) idle: Duration,
    /// When it has to be whole, where the caller set a limit for all of it.
    pub(crate) deadline: Option<Instant>,
    /// How long it is, in bytes, where the service says so.
    pub(crate) total: Option<u64>,
    /// How much of it came, in bytes.
    pub(crate) arrived: u64,
}

impl Transfer {
    /// The next piece; `None` after the last. A body of another length than announced is broken.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        let left = self
            .deadline
            .map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let limit = left.map_or(self.idle, |left| left.min(self.idle));
        let Some(piece) = timeout(limit, pin!(self.pieces.next())).await else {
            return Err(if limit < self.idle {
                TransportError::timeout("it took longer than `timeout` allows")
            } else {
                stood_still(limit)
            });
        };
        let Some(piece) = piece? else {
            return match self.total {
                Some(total) if total != self.arrived => Err(TransportError::other(format!(
                    "{total} bytes were announced"
                ))),
                _ => Ok(None),
            };
        };
        self.arrived = self.arrived.saturating_add(piece.len() as u64);
        Ok(Some(piece))
    }
}

/// What a body that doesn't move ends with.
pub(crate) fn stood_still(idle: Duration) -> TransportError {
    TransportError::timeout(format!(
        "the answer stood still for {:.1} s",
        idle.as_secs_f64()
    ))
}

/// A transfer that can be polled. After its end, and after an error, nothing follows.
pub(crate) struct Incoming(Turns<'static, Box<Transfer>, Arrived>);

type Arrived = (Box<Transfer>, Result<Option<Bytes>, TransportError>);

impl Incoming {
    pub(crate) fn new(transfer: Transfer) -> Self {
        Self(Turns::Idle(Box::new(transfer)))
    }

    pub(crate) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let turn = self.0.poll(context, |mut transfer| async move {
            let piece = transfer.next().await;
            (transfer, piece)
        });
        let Some((transfer, piece)) = ready!(turn) else {
            return Poll::Ready(None);
        };
        if matches!(piece, Ok(Some(_))) {
            self.0 = Turns::Idle(transfer);
        }
        Poll::Ready(piece.transpose())
    }
}
