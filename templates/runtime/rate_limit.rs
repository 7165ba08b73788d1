//! A limit on how often a client sends, shared by all of its calls.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::clock::{Instant, sleep_until};
use super::rate_limit_headers::asked_to_pause;
use super::transport::TransportError;

/// No service holds a client back for longer at once: what it says may be wrong.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Beyond this, a limit is a mistake, and points in time that follow from it may not exist.
const LONGEST_PERIOD: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A bucket of tokens that fills steadily, in the form of the generic cell rate algorithm: what is kept is the time at
/// which the bucket will be full again.
#[derive(Debug)]
pub(crate) struct RateLimit {
    /// From one token to the next.
    interval: Duration,
    /// How long the bucket takes to fill up, less a token.
    burst: Duration,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    full_at: Instant,
    paused_until: Instant,
    /// Whoever has a turn from before a pause needs another one.
    pauses: u64,
}

/// When it is somebody's turn.
struct Turn {
    at: Instant,
    pauses: u64,
}

impl RateLimit {
    /// So many requests in this time, and so many at once after a while of silence.
    pub(crate) fn new(requests: u32, per: Duration) -> Self {
        let per = per.min(LONGEST_PERIOD);
        let interval = per / requests.max(1);
        let now = Instant::now();
        Self {
            interval,
            burst: per.saturating_sub(interval),
            state: Mutex::new(State {
                full_at: now,
                paused_until: now,
                pauses: 0,
            }),
        }
    }

    /// Waits until a request may go out. Where that would be too late, it is an error at once.
    pub(crate) async fn admit(
        &self,
        time_left: impl Fn() -> Duration,
    ) -> Result<(), TransportError> {
        loop {
            let time_left = time_left();
            let turn = self
                .turn(time_left)
                .map_err(|wait| too_late(wait, time_left))?;
            sleep_until(turn.at).await;
            if turn.pauses == self.state().pauses {
                return Ok(());
            }
        }
    }

    /// Takes the next turn. Of one that would be too late: how long it is until then.
    fn turn(&self, time_left: Duration) -> Result<Turn, Duration> {
        let mut state = self.state();
        let now = Instant::now();
        let full_in = state.full_at.saturating_duration_since(now);
        let wait = full_in.saturating_sub(self.burst);
        if wait > time_left {
            return Err(wait);
        }
        state.full_at = now + full_in + self.interval;
        Ok(Turn {
            at: now + wait,
            pauses: state.pauses,
        })
    }

    /// Takes note of what the service says of its own limit.
    pub(crate) fn observe(&self, status: StatusCode, headers: &HeaderMap) {
        if let Some(pause) = asked_to_pause(status, headers) {
            self.pause(pause.min(LONGEST_PAUSE));
        }
    }

    /// Nothing goes out before, and one after the other from then on: what the service counts is spent.
    fn pause(&self, pause: Duration) {
        let mut state = self.state();
        let until = Instant::now() + pause;
        if until > state.paused_until {
            state.paused_until = until;
            state.full_at = until + self.burst;
            state.pauses += 1;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn too_late(wait: Duration, time_left: Duration) -> TransportError {
    let (wait, time_left) = (wait.as_secs_f64(), time_left.as_secs_f64());
    let message = format!(
        "the client's rate limit lets it go in {wait:.1} s, and its time is up in {time_left:.1} s"
    );
    TransportError::not_sent(message).or_timed_out(true)
}
