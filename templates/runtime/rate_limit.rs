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

#[derive(Debug)]
struct State {
    full_at: Instant,
    /// Turns that were given back while others wait for later ones; the earliest is the last one here.
    free: Vec<Instant>,
    paused_until: Instant,
    /// Whoever has a turn from before a pause needs another one.
    pauses: u64,
}

/// When it is somebody's turn; given back where they don't wait for it.
struct Turn<'a> {
    of: &'a RateLimit,
    at: Instant,
    pauses: u64,
    is_over: bool,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            self.of.give_back(self);
        }
    }
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
                free: Vec::new(),
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
            let mut turn = self
                .turn(time_left)
                .map_err(|wait| too_late(wait, time_left))?;
            sleep_until(turn.at).await;
            turn.is_over = true;
            if turn.pauses == self.state().pauses {
                return Ok(());
            }
        }
    }

    /// Takes the next turn. Of one that would be too late: how long it is until then.
    fn turn(&self, time_left: Duration) -> Result<Turn<'_>, Duration> {
        let mut state = self.state();
        let now = Instant::now();
        // One whose time is over can't be made up for: two would go at once.
        state.free.retain(|at| *at >= now);
        if let Some(at) = state.free.last().copied() {
            let wait = at.saturating_duration_since(now);
            if wait > time_left {
                return Err(wait);
            }
            state.free.pop();
            return Ok(self.turn_at(at, &state));
        }
        let full_in = state.full_at.saturating_duration_since(now);
        let wait = full_in.saturating_sub(self.burst);
        if wait > time_left {
            return Err(wait);
        }
        state.full_at = now + full_in + self.interval;
        Ok(self.turn_at(now + wait, &state))
    }

    fn turn_at(&self, at: Instant, state: &State) -> Turn<'_> {
        Turn {
            of: self,
            at,
            pauses: state.pauses,
            is_over: false,
        }
    }

    /// For whoever comes next. As long as nobody has a later turn, the bucket is as if it had not been taken.
    fn give_back(&self, turn: &Turn<'_>) {
        let mut state = self.state();
        if turn.pauses != state.pauses {
            return;
        }
        let later = state.free.partition_point(|at| *at > turn.at);
        state.free.insert(later, turn.at);
        while let Some(last) = state.full_at.checked_sub(self.burst + self.interval) {
            let Some(place) = state.free.iter().position(|at| *at == last) else {
                return;
            };
            state.free.remove(place);
            state.full_at -= self.interval;
        }
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
            state.free.clear();
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
