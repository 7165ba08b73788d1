//! The create call through the emitted client beside one written by hand: median latency over loopback, and
//! allocations. Prints a Markdown table; exits with 1 where ours takes more than 1.05 times as long or more than 1.2
//! times the allocations.
//!
//! Where a process has its memory makes calls some percent faster or slower, for all of its life: the latencies are
//! the medians of those of several processes, and those don't count allocations, which takes time, too.

use std::env;
use std::error::Error;
use std::process::{Command, ExitCode, Stdio};

use overhead::median;

const PROCESSES: usize = 15;

/// Ours, and by hand.
type Pair = (f64, f64);

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let latencies: Vec<Pair> = (0..PROCESSES)
        .map(|_| told_by("latency"))
        .collect::<Result<_, _>>()?;
    let allocations = [told_by("allocations")?];
    println!("| create call | ours | by hand | ratio | least | most |");
    println!("|---|---:|---:|---:|---:|---:|");
    let latency_ratio = row("median latency, µs", &latencies);
    let allocation_ratio = row("allocations", &allocations);
    Ok(if latency_ratio <= 1.05 && allocation_ratio <= 1.2 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What a program beside this one prints.
fn told_by(program: &str) -> Result<Pair, Box<dyn Error>> {
    let path = env::current_exe()?.with_file_name(program);
    let output = Command::new(path).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("`{program}` failed: {}", output.status).into());
    }
    let told = String::from_utf8(output.stdout)?;
    let (ours, by_hand) = told.trim().split_once(' ').ok_or("it printed no figures")?;
    Ok((ours.parse()?, by_hand.parse()?))
}

fn row(measure: &str, pairs: &[Pair]) -> f64 {
    let ratios = || pairs.iter().map(|(ours, by_hand)| ours / by_hand);
    let ours = median(pairs.iter().map(|(ours, _)| *ours));
    let by_hand = median(pairs.iter().map(|(_, by_hand)| *by_hand));
    let ratio = median(ratios());
    let least = ratios().fold(f64::MAX, f64::min);
    let most = ratios().fold(0.0, f64::max);
    println!("| {measure} | {ours:.1} | {by_hand:.1} | {ratio:.3} | {least:.3} | {most:.3} |");
    ratio
}
