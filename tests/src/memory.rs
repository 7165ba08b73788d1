//! How much memory this process takes, as Linux has it (proc(5)).

use std::io;

/// What is resident now, in KiB.
///
/// # Errors
/// There is no such figure here.
pub fn resident() -> io::Result<u64> {
    status("VmRSS:")
}

/// The most that was resident at once, in KiB.
///
/// # Errors
/// There is no such figure here.
pub fn peak() -> io::Result<u64> {
    status("VmHWM:")
}

fn status(name: &str) -> io::Result<u64> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let figure = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    figure.ok_or_else(|| io::Error::other("no such figure"))
}
