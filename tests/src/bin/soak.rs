//! `soak [CALLS] [TASKS]`: calls through one client against a loopback service, where five attempts in a hundred go
//! wrong. Prints what came of them; exits with 1 where a call is lost, is done more often than it may be, or where
//! memory grows.

use std::process::ExitCode;

use tests::soak::{Soaked, soak};

/// Between a twentieth of the calls and the last one, in KiB.
const MOST_GROWTH: u64 = 16 * 1024;

#[allow(clippy::print_stderr, reason = "the error")]
#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|it| it.parse());
    let calls = arguments.next().and_then(Result::ok).unwrap_or(200_000);
    let tasks = arguments.next().and_then(Result::ok).unwrap_or(64);
    match soak(calls, tasks).await {
        Ok(soaked) => report(calls, &soaked),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

#[allow(clippy::print_stdout, reason = "the result")]
fn report(calls: u32, soaked: &Soaked) -> ExitCode {
    let Soaked {
        answered,
        failed,
        sent_again,
        connections,
        ended,
        faults,
        resident: [start, middle, end],
    } = soaked;
    println!(
        "{calls} calls: {answered} answered, {failed} failed, {sent_again} requests sent again"
    );
    println!("{connections} connections, of which the service ended {ended}");
    println!("resident: {start} KiB after a twentieth, {middle} after half, {end} at the end");
    for fault in faults.iter().take(20) {
        println!("{fault}");
    }
    let is_flat = end.saturating_sub(*start) <= MOST_GROWTH;
    if faults.is_empty() && is_flat {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
