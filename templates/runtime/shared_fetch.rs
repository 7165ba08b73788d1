//! A secret that is fetched once for all who wait for it, in a task of its own: it moves whoever of them is polled.

use std::future::Future;

use tokio::sync::watch;

use super::secret::Secret;
use super::task::Task;

/// What came of it, once it is there; an error says why there is no secret, in a sentence.
pub(crate) type Outcome = watch::Receiver<Option<Result<Secret, String>>>;

/// Something that is being fetched, or was. Dropping it ends the task, dropping an [`Outcome`] doesn't.
pub(crate) struct SharedFetch {
    outcome: Outcome,
    _task: Task,
}

impl SharedFetch {
    /// Must be called within a Tokio runtime.
    pub(crate) fn begin(
        fetch: impl Future<Output = Result<Secret, String>> + Send + 'static,
    ) -> Self {
        let (sender, outcome) = watch::channel(None);
        let task = Task::begin(async move {
            let fetched = fetch.await;
            sender.send_replace(Some(fetched));
        });
        Self {
            outcome,
            _task: task,
        }
    }

    pub(crate) fn subscribe(&self) -> Outcome {
        self.outcome.clone()
    }

    /// What it will come to, unless that stands already or never will.
    pub(crate) fn running(&self) -> Option<Outcome> {
        let is_over = self.outcome.borrow().is_some() || self.outcome.has_changed().is_err();
        (!is_over).then(|| self.subscribe())
    }
}

/// Waits for what came of it; `None`: its task was ended.
pub(crate) async fn outcome(outcome: &mut Outcome) -> Option<Result<Secret, String>> {
    let fetched = outcome.wait_for(Option::is_some).await.ok()?;
    Option::clone(&fetched)
}
