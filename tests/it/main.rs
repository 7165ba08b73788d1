//! One integration binary: see the modules.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests"
)]

mod captured;
mod change_reports;
mod changes;
mod compiles;
mod diagnostics;
mod downloads;
mod events;
mod faults;
mod fixtures;
mod golden;
mod mutation;
mod pages;
mod pipeline;
mod readme;
mod received;
mod recorded;
mod recorder;
mod round_trips;
mod scripted;
mod server;
mod threads;
mod tidy;
mod uploads;
mod wire;
