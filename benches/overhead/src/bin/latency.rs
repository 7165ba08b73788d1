//! Prints the median latency of a call, ours and by hand, in microseconds.

use std::error::Error;
use std::time::{Duration, Instant};

use overhead::{CALLS_IN_A_ROUND, Clients, accounts, median};

/// They take turns, so that what disturbs one disturbs the other.
const ROUNDS: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let clients = Clients::connected()?;
    let (mut ours, mut by_hand) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.extend(take(|account| clients.create(account))?);
        by_hand.extend(take(|account| clients.create_by_hand(account))?);
    }
    println!("{} {}", micros(&ours), micros(&by_hand));
    Ok(())
}

fn take(
    call: impl Fn(&'static str) -> Result<(), Box<dyn Error>>,
) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut times = Vec::with_capacity(CALLS_IN_A_ROUND);
    for account in accounts() {
        let start = Instant::now();
        call(account)?;
        times.push(start.elapsed());
    }
    Ok(times)
}

fn micros(times: &[Duration]) -> f64 {
    median(times.iter().map(|time| time.as_secs_f64() * 1e6))
}
