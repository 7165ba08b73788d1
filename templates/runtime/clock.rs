//! Time that passes: of Tokio's timer, and in WebAssembly of the JavaScript around it.

#[cfg(not(target_family = "wasm"))]
pub(crate) use tokio::time::{Instant, sleep, sleep_until, timeout};
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

/// What a future gives, unless time is up before.
#[cfg(target_family = "wasm")]
pub(crate) fn timeout<F: Future>(
    limit: std::time::Duration,
    future: F,
) -> wasmtimer::tokio::Timeout<F> {
    // `setTimeout` counts milliseconds in 31 bits and takes more for none at all.
    const LONGEST: std::time::Duration = std::time::Duration::from_secs(24 * 24 * 60 * 60);
    wasmtimer::tokio::timeout(limit.min(LONGEST), future)
}
