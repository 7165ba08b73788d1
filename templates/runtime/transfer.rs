//! The body of an answer on its way: piece by piece, within the limits of the call.

use std::pin::pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};

use super::clock::{Instant, timeout};
use super::transport::{ResponseBody, TransportError};

/// How much of a body of another kind than was asked for an error keeps, in bytes.
pub(crate) const SHOWN: usize = 64 * 1024;

/// How long the beginning of a body is waited for that is only shown.
const BEGINNING: Duration = Duration::from_secs(2);

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
        let Some(piece) = timeout(|| limit, self.pieces.next()).await else {
            return Err(if limit < self.idle {
                TransportError::timeout("it took longer than `timeout` allows")
            } else {
                stood_still(limit)
            });
        };
        let Some(piece) = piece? else {
            return whole(self.arrived, self.total).map(|()| None);
        };
        self.arrived = self.arrived.saturating_add(piece.len() as u64);
        Ok(Some(piece))
    }

    /// What comes first, up to so many bytes: as much as there is before it stands still or breaks off.
    pub(crate) async fn beginning(&mut self, most: usize) -> Bytes {
        let end = Instant::now() + BEGINNING;
        let mut bytes = BytesMut::new();
        while bytes.len() < most {
            // What trickles isn't waited for.
            let left = end.saturating_duration_since(Instant::now());
            let Some(Ok(Some(piece))) = timeout(|| left, pin!(self.next())).await else {
                break;
            };
            let room = most.saturating_sub(bytes.len());
            bytes.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        }
        bytes.freeze()
    }
}

/// What ends after so many bytes is broken where another length was announced.
pub(crate) fn whole(arrived: u64, total: Option<u64>) -> Result<(), TransportError> {
    match total {
        Some(total) if total != arrived => Err(TransportError::other(format!(
            "{total} bytes were announced"
        ))),
        _ => Ok(()),
    }
}

/// What a body that doesn't move ends with.
pub(crate) fn stood_still(idle: Duration) -> TransportError {
    TransportError::timeout(format!(
        "the answer stood still for {:.1} s",
        idle.as_secs_f64()
    ))
}
