//! Work that goes on by itself: a task of Tokio's, and in WebAssembly one of the JavaScript around it.

use std::future::Future;

#[cfg(target_family = "wasm")]
use tokio::sync::oneshot;

#[cfg(target_family = "wasm")]
use super::fetch_transport::unless;

/// A task. Dropping it ends the task.
#[cfg(not(target_family = "wasm"))]
pub(crate) struct Task(tokio::task::AbortHandle);

#[cfg(not(target_family = "wasm"))]
impl Task {
    /// Must be called within a Tokio runtime.
    pub(crate) fn begin(work: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(work).abort_handle())
    }
}

#[cfg(not(target_family = "wasm"))]
impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A task. Dropping it ends the task.
#[cfg(target_family = "wasm")]
pub(crate) struct Task(oneshot::Sender<()>);

#[cfg(target_family = "wasm")]
impl Task {
    pub(crate) fn begin(work: impl Future<Output = ()> + Send + 'static) -> Self {
        let (kept, dropped) = oneshot::channel();
        wasm_bindgen_futures::spawn_local(async move {
            unless(work, async move { drop(dropped.await) }).await;
        });
        Self(kept)
    }
}
