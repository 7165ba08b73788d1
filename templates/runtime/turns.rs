//! What is done turn by turn and can be polled: idle, within a turn, or over.

use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Turns of a `W`, each of which gives a `T` with what the next one begins with. `W` and `T` are types of the runtime's
/// own, so that it is compiled once for each kind of stream and not for each type of item.
pub(crate) enum Turns<'a, W, T> {
    Idle(W),
    Busy(Pin<Box<dyn Future<Output = T> + Send + 'a>>),
    /// Nothing follows.
    Over,
}

impl<'a, W, T> Turns<'a, W, T> {
    /// Begins a turn where none is under way. What it gives leaves everything over, unless it is set to idle again.
    pub(crate) fn poll<F: Future<Output = T> + Send + 'a>(
        &mut self,
        context: &mut Context<'_>,
        begin: impl Fn(W) -> F,
    ) -> Poll<Option<T>> {
        loop {
            match mem::replace(self, Self::Over) {
                Self::Idle(with) => *self = Self::Busy(Box::pin(begin(with))),
                Self::Busy(mut turn) => {
                    let polled = turn.as_mut().poll(context);
                    if polled.is_pending() {
                        *self = Self::Busy(turn);
                    }
                    return polled.map(Some);
                }
                Self::Over => return Poll::Ready(None),
            }
        }
    }
}
