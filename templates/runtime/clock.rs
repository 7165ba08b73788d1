//! Time that passes: of Tokio's timer, and in WebAssembly of the JavaScript around it.

use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

#[cfg(not(target_family = "wasm"))]
pub(crate) use tokio::time::{Instant, sleep, sleep_until};
#[cfg(target_family = "wasm")]
pub(crate) use wasmtimer::std::Instant;
#[cfg(target_family = "wasm")]
pub(crate) use wasmtimer::tokio::{sleep, sleep_until};

/// Whether there is anything here that lets calls go on.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn is_running() -> bool {
    tokio::runtime::Handle::try_current().is_ok()
}

/// Whether there is anything here that lets calls go on: whoever runs WebAssembly has a loop of events.
#[cfg(target_family = "wasm")]
pub(crate) fn is_running() -> bool {
    true
}

/// The point in time that a timer takes for this one: `setTimeout` counts milliseconds in 31 bits and takes more for none
/// at all.
#[cfg(target_family = "wasm")]
fn within_reach(end: Instant) -> Instant {
    const LONGEST: Duration = Duration::from_secs(24 * 24 * 60 * 60);
    end.min(Instant::now() + LONGEST)
}

/// The point in time that a timer takes for this one.
#[cfg(not(target_family = "wasm"))]
fn within_reach(end: Instant) -> Instant {
    end
}

/// Tokio holds back what takes too long a turn, which mustn't hold back the clock.
#[cfg(not(target_family = "wasm"))]
fn unhindered<F: Future>(future: F) -> impl Future<Output = F::Output> {
    tokio::task::unconstrained(future)
}

#[cfg(target_family = "wasm")]
fn unhindered<F: Future>(future: F) -> F {
    future
}

/// What a future gives; `None`: it takes longer than this. What is ready at once takes no timer, and nobody asks for its
/// limit.
pub(crate) fn timeout<F: Future + Unpin>(
    limit: impl FnOnce() -> Duration,
    future: F,
) -> impl Future<Output = Option<F::Output>> {
    timeout_at(|| Instant::now().checked_add(limit()), future)
}

/// [`timeout`] at a point in time; where there is none, there is no limit.
pub(crate) async fn timeout_at<F: Future + Unpin>(
    end: impl FnOnce() -> Option<Instant>,
    mut future: F,
) -> Option<F::Output> {
    let at_once = poll_fn(|context| Poll::Ready(Pin::new(&mut future).poll(context)));
    if let Poll::Ready(output) = at_once.await {
        return Some(output);
    }
    let Some(end) = end() else {
        return Some(future.await);
    };
    let mut time = pin!(unhindered(sleep_until(within_reach(end))));
    let mut was_just_polled = true;
    poll_fn(|context| {
        if !mem::take(&mut was_just_polled)
            && let Poll::Ready(output) = Pin::new(&mut future).poll(context)
        {
            return Poll::Ready(Some(output));
        }
        time.as_mut().poll(context).map(|()| None)
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::future::{pending, ready};
    use std::task::{Context, Waker};

    use super::*;

    #[test]
    fn nobody_asks_for_the_limit_of_what_is_ready() {
        let asked = Cell::new(0);
        let limit = || {
            asked.set(asked.get() + 1);
            Duration::ZERO
        };
        let mut context = Context::from_waker(Waker::noop());
        let at_once = pin!(timeout(limit, ready(1))).poll(&mut context);
        assert_eq!((at_once, asked.get()), (Poll::Ready(Some(1)), 0));
    }

    #[cfg(not(target_family = "wasm"))]
    #[test]
    fn the_limit_is_asked_for_once_where_something_is_waited_for() -> std::io::Result<()> {
        let asked = Cell::new(0);
        let limit = || {
            asked.set(asked.get() + 1);
            Duration::from_millis(1)
        };
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let waited = async { timeout(limit, pending::<()>()).await };
        let outcome = runtime.enable_time().build()?.block_on(waited);
        assert_eq!((outcome, asked.get()), (None, 1));
        Ok(())
    }
}
