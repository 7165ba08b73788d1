//! The command line over scratch workspaces: what it writes, says and exits with.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod action;
mod bump;
mod check;
mod generate;
mod inspect;
mod messages;
mod overlays;
mod published;
mod sarif;
mod scratch;
