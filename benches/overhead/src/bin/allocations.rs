//! Prints the allocations and reallocations of one call, ours and by hand, on the average of a round.

use std::alloc::System;
use std::error::Error;

use overhead::{CALLS_IN_A_ROUND, Clients, accounts};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> Result<(), Box<dyn Error>> {
    let clients = Clients::connected()?;
    let ours = allocated(|account| clients.create(account))?;
    let by_hand = allocated(|account| clients.create_by_hand(account))?;
    println!("{ours} {by_hand}");
    Ok(())
}

fn allocated(
    call: impl Fn(&'static str) -> Result<(), Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
    let region = Region::new(ALLOCATOR);
    for account in accounts() {
        call(account)?;
    }
    let change = region.change();
    Ok((change.allocations + change.reallocations) as f64 / CALLS_IN_A_ROUND as f64)
}
