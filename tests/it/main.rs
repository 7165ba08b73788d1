//! One integration binary: see the modules.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests"
)]

mod browser;
mod captured;
mod change_reports;
mod changes;
mod compiles;
mod diagnostics;
mod downloads;
mod events;
mod faults;
mod faults_on_purpose;
mod fixtures;
mod golden;
mod kit;
mod migration;
mod mutation;
mod page;
mod pages;
mod pipeline;
#[path = "../../generator/tests/cli/published.rs"]
mod published;
mod readme;
mod received;
mod recorded;
mod recorder;
mod renamed;
mod resumed;
mod round_trips;
mod scripted;
mod server;
mod soak;
mod threads;
mod tidy;
mod uploads;
mod wire;
