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

/// The longest time that a timer takes: `setTimeout` counts milliseconds in 31 bits and takes more for none at all.
#[cfg(target_family = "wasm")]
const LONGEST: Duration = Duration::from_secs(24 * 24 * 60 * 60);
/// The longest time that a timer takes.
#[cfg(not(target_family = "wasm"))]
const LONGEST: Duration = Duration::MAX;

/// Tokio holds back what takes too long a turn, which mustn't hold back the clock.
#[cfg(not(target_family = "wasm"))]
fn unhindered<F: Future>(future: F) -> impl Future<Output = F::Output> {
    tokio::task::unconstrained(future)
}

#[cfg(target_family = "wasm")]
fn unhindered<F: Future>(future: F) -> F {
    future
}

/// What a future gives; `None`: time is up before. What is ready at once takes no timer, and nobody asks for its limit.
pub(crate) async fn timeout<F: Future + Unpin>(
    limit: impl FnOnce() -> Duration,
    mut future: F,
) -> Option<F::Output> {
    let at_once = poll_fn(|context| Poll::Ready(Pin::new(&mut future).poll(context)));
    if let Poll::Ready(output) = at_once.await {
        return Some(output);
    }
    let mut time = pin!(unhindered(sleep(limit().min(LONGEST))));
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
