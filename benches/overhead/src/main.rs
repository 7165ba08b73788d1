//! The create call through the emitted client beside one written by hand: median latency over loopback, and
//! allocations. Prints a Markdown table; exits with 1 where ours takes more than 1.05 times as long or more than 1.2
//! times the allocations.

mod by_hand;
mod service;

use std::alloc::System;
use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use generated::{AccountId, Client, Credentials};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tokio::runtime;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Each call is for another one than the call before, so that its path is another one, too.
const ACCOUNTS: [&str; 3] = [
    "023e105f4ecef8ad9ca31a8372d0c353",
    "699d98642c564d2e855e9661899b7252",
    "01a7362d577a6c3019a474fd6f485823",
];

/// They take turns, so that what disturbs one disturbs the other.
const ROUNDS: usize = 160;
const CALLS_IN_A_ROUND: usize = 250;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let base_url = service::start()?;
    let ours = Client::builder()
        .base_url(&base_url)
        .credentials(Credentials::api_token("test-token"))
        .build()?;
    let by_hand = by_hand::Client::new(&base_url)?;
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let create = |account| runtime.block_on(create(&ours, account));
    let create_by_hand = |account| runtime.block_on(create_by_hand(&by_hand, account));
    // The connections are made before anything counts.
    take(create)?;
    take(create_by_hand)?;
    let (mut times, mut times_by_hand) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        times.extend(take(create)?);
        times_by_hand.extend(take(create_by_hand)?);
    }
    let latency = (median(times), median(times_by_hand));
    let allocations = (allocated(create)?, allocated(create_by_hand)?);
    Ok(report(latency, allocations))
}

async fn create(client: &Client, account: &str) -> Result<usize, Box<dyn Error>> {
    let zero_trust = client.zero_trust();
    let tokens = zero_trust.access().service_tokens();
    let token = tokens
        .create(AccountId::new(account), "CI/CD token")
        .duration("60m")
        .await?;
    Ok(token.client_secret.expose_secret().len())
}

async fn create_by_hand(client: &by_hand::Client, account: &str) -> Result<usize, Box<dyn Error>> {
    let token = client.create(account, "CI/CD token").await?;
    Ok(token.ok_or("no token")?.client_secret.len())
}

/// Of the calls of a round.
fn accounts() -> impl Iterator<Item = &'static str> {
    ACCOUNTS.into_iter().cycle().take(CALLS_IN_A_ROUND)
}

fn take(
    call: impl Fn(&'static str) -> Result<usize, Box<dyn Error>>,
) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut times = Vec::with_capacity(CALLS_IN_A_ROUND);
    for account in accounts() {
        let start = Instant::now();
        check(call(account)?)?;
        times.push(start.elapsed());
    }
    Ok(times)
}

/// Allocations and reallocations of one call, on the average of a round.
fn allocated(
    call: impl Fn(&'static str) -> Result<usize, Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
    let region = Region::new(ALLOCATOR);
    for account in accounts() {
        check(call(account)?)?;
    }
    let change = region.change();
    Ok((change.allocations + change.reallocations) as f64 / CALLS_IN_A_ROUND as f64)
}

fn check(length: usize) -> Result<(), Box<dyn Error>> {
    if length == 64 {
        Ok(())
    } else {
        Err("the secret isn't the one that was sent".into())
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e6
}

fn report(latency: (f64, f64), allocations: (f64, f64)) -> ExitCode {
    println!("| create call | ours | by hand | ratio |");
    println!("|---|---:|---:|---:|");
    let latency_ratio = row("median latency, µs", latency);
    let allocation_ratio = row("allocations", allocations);
    if latency_ratio <= 1.05 && allocation_ratio <= 1.2 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn row(measure: &str, (ours, by_hand): (f64, f64)) -> f64 {
    let ratio = ours / by_hand;
    println!("| {measure} | {ours:.1} | {by_hand:.1} | {ratio:.3} |");
    ratio
}
