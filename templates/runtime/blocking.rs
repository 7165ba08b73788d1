//! Calls without async: `.wait()` in place of `.await`, with the feature `blocking`.
//!
//! The thread that calls waits; one thread of this process, the same for all clients, moves what goes over connections
//! in the meantime and between calls, so that connections stay open from one call to the next.

use std::fmt;
use std::future::{Future, pending, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Waker};
use std::thread;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};
use tokio::task::coop::poll_proceed;

use super::call_future::CallFuture;
use super::download::Download;
use super::error::Error;
use super::page_stream::{ItemStream, PageStream};
use super::request_builder::RequestBuilder;
use super::value::Value;

/// As many turns as Tokio gives before it asks to yield, and more.
const MOST_TURNS: u32 = 1024;

impl<'a, T: Value + Default + 'a, O> RequestBuilder<'a, T, O> {
    /// Sends it and waits for the value: `.await` for code that isn't async.
    ///
    /// # Errors
    ///
    /// Those of the call, and [`Error::NotSent`] inside async code, whose thread must not stand still (that of
    /// `spawn_blocking` may).
    pub fn wait(self) -> Result<T, Error> {
        self.into_future().wait()
    }
}

impl<T> CallFuture<'_, T> {
    /// Waits for what it gives: `.await` for code that isn't async.
    ///
    /// # Errors
    ///
    /// Those of the call, and [`Error::NotSent`] inside async code, whose thread must not stand still (that of
    /// `spawn_blocking` may).
    pub fn wait(self) -> Result<T, Error> {
        drive(self)?
    }
}

impl<'a, I: Value + Default> ItemStream<'a, I> {
    /// The things one after the other, for code that isn't async.
    pub fn wait(self) -> BlockingIter<Self> {
        BlockingIter(Some(self))
    }
}

impl<'a, T: Value + Default> PageStream<'a, T> {
    /// The pages one after the other, for code that isn't async.
    pub fn wait(self) -> BlockingIter<Self> {
        BlockingIter(Some(self))
    }
}

impl Download {
    /// The pieces one after the other, for code that isn't async.
    pub fn wait(self) -> BlockingIter<Self> {
        BlockingIter(Some(self))
    }
}

/// What a stream gives, one after the other; each is waited for.
///
/// Inside async code, whose thread must not stand still, the first and last item is [`Error::NotSent`].
#[must_use = "an iterator does nothing until it is asked for an item"]
pub struct BlockingIter<S>(pub(super) Option<S>);

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for BlockingIter<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.0.as_mut()?;
        let next = poll_fn(|context| Pin::new(&mut *stream).poll_next(context));
        drive(next).unwrap_or_else(|misused| {
            self.0 = None;
            Some(Err(misused))
        })
    }
}

impl<S> fmt::Debug for BlockingIter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingIter").finish_non_exhaustive()
    }
}

/// What a future gives, waited for on this thread.
fn drive<F: Future>(future: F) -> Result<F::Output, Error> {
    Ok(runtime()?.block_on(future))
}

/// The runtime of all that waits; it begins with the first that does.
fn runtime() -> Result<Handle, Error> {
    static RUNTIME: Mutex<Option<Handle>> = Mutex::new(None);

    if is_async() {
        let problem =
            "`wait` was called inside async code: use `.await` there, or `spawn_blocking`";
        return Err(Error::setup(problem));
    }
    let mut runtime = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    match &*runtime {
        Some(handle) => Ok(handle.clone()),
        None => {
            let handle = start().map_err(|error| {
                Error::setup(format!(
                    "no thread to send calls from can be started: {error}"
                ))
            })?;
            Ok(runtime.insert(handle).clone())
        }
    }
}

/// Whether this thread runs async code, and is none of a runtime's that blocking code is handed to: async code has so many
/// turns before it has to yield, other code has no end of them.
fn is_async() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    let mut turn = || poll_proceed(&mut context).map(|turn| turn.made_progress());
    Handle::try_current().is_ok() && (0..MOST_TURNS).any(|_| turn().is_pending())
}

fn start() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let thread = thread::Builder::new().name(concat!(env!("CARGO_PKG_NAME"), "-io").to_owned());
    thread.spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
}
