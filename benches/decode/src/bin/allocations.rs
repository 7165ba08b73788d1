//! Counts allocations: `WORK THINGS ours derived`, a line each.

use std::alloc::System;

use decode::{answer, decode, encode};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    for things in [100, 5000] {
        let text = answer(things);
        let decode_ours = of(|times| decode::<things::things::Things>(&text, times));
        let decode_derived = of(|times| decode::<decode::Things>(&text, times));
        println!("decode {things} {decode_ours} {decode_derived}");
        let encode_ours = of(|times| encode::<things::things::Things>(&text, times));
        let encode_derived = of(|times| encode::<decode::Things>(&text, times));
        println!("encode {things} {encode_ours} {encode_derived}");
    }
}

/// Allocations and reallocations of one time, without what comes before it.
fn of(work: impl Fn(usize) -> bool) -> usize {
    let count = |times| {
        let region = Region::new(ALLOCATOR);
        assert!(work(times), "the answer isn't of the model");
        let change = region.change();
        change.allocations + change.reallocations
    };
    count(2) - count(1)
}
