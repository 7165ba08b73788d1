//! The line that says what takes so long.

use std::io::{IsTerminal, Write, stderr};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long work takes before it is worth a line, and how often that is renewed.
const EVERY: Duration = Duration::from_secs(1);

/// Work under way; dropped at its end.
pub(crate) struct Progress {
    work: Option<Sender<()>>,
    watcher: Option<JoinHandle<()>>,
}

impl Progress {
    /// None where nobody watches: stderr isn't a terminal.
    pub(crate) fn start(name: &str) -> Option<Self> {
        if !stderr().is_terminal() {
            return None;
        }
        let (work, end) = mpsc::channel();
        let name: String = name.chars().filter(|one| !one.is_control()).collect();
        let start = Instant::now();
        let watch = move || {
            let mut shown = false;
            while end.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                let seconds = start.elapsed().as_secs();
                let _ = write!(stderr(), "\r{name} … {seconds} s");
                shown = true;
            }
            if shown {
                let blank = " ".repeat(name.chars().count() + 20);
                let _ = write!(stderr(), "\r{blank}\r");
            }
        };
        let watcher = thread::Builder::new().spawn(watch).ok()?;
        Some(Self {
            work: Some(work),
            watcher: Some(watcher),
        })
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.work.take());
        // The line is gone before anything else is said.
        if let Some(watcher) = self.watcher.take() {
            let _ = watcher.join();
        }
    }
}
