//! `decode ours|derived decode|encode THINGS TIMES`: one piece of work, to run under callgrind.

use std::process::ExitCode;

use decode::{answer, decode, encode};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let number = |index: usize| words.get(index).and_then(|word| word.parse().ok());
    let (Some(things), Some(times)) = (number(3), number(4)) else {
        return ExitCode::from(2);
    };
    let text = answer(things);
    let done = match (words[1].as_str(), words[2].as_str()) {
        ("ours", "decode") => decode::<things::things::Things>(&text, times),
        ("derived", "decode") => decode::<decode::Things>(&text, times),
        ("ours", "encode") => encode::<things::things::Things>(&text, times),
        ("derived", "encode") => encode::<decode::Things>(&text, times),
        _ => false,
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
