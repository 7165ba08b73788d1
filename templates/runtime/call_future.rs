//! A call on its way.

use std::pin::Pin;
use std::task::{self, Poll, ready};

use super::error::{Context, Error};
use super::exchange::Exchanged;
use super::operation::Answer;
use super::response::Received;

/// A call on its way; nothing is sent before it is awaited, and dropping it stops it.
#[must_use = "a call does nothing until it is awaited"]
pub struct CallFuture<'a, T>(OnItsWay<'a, T>);

/// What comes of a call, boxed so that it is compiled once and not within everything that sends.
pub(crate) type BoxedCall<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Makes of an answer what the caller gets.
pub(crate) type Read<T> = fn(Context, Box<Received>, Answer) -> Result<T, Error>;

enum OnItsWay<'a, T> {
    /// An answer that is read when all of it is there: what most calls are, without a future for each kind of value.
    Answer(BoxedCall<'a, (Context, Exchanged)>, Answer, Read<T>),
    Other(BoxedCall<'a, T>),
}

impl<'a, T> CallFuture<'a, T> {
    pub(crate) fn new(future: impl Future<Output = Result<T, Error>> + Send + 'a) -> Self {
        Self(OnItsWay::Other(Box::pin(future)))
    }

    /// Of an answer of this kind, once it is there.
    pub(crate) fn of_answer(
        answer: BoxedCall<'a, (Context, Exchanged)>,
        kind: Answer,
        read: Read<T>,
    ) -> Self {
        Self(OnItsWay::Answer(answer, kind, read))
    }
}

impl<T> Future for CallFuture<'_, T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, task_context: &mut task::Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            OnItsWay::Answer(answer, kind, read) => {
                let (context, (received, _)) = ready!(answer.as_mut().poll(task_context))?;
                Poll::Ready(read(context, received, *kind))
            }
            OnItsWay::Other(future) => future.as_mut().poll(task_context),
        }
    }
}

/// Without what it is of, which nobody knows any more.
impl<T> std::fmt::Debug for CallFuture<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}
