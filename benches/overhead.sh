#!/usr/bin/env bash
# The create call through the emitted client beside one written by hand: median latency over loopback, and allocations.
# Prints a Markdown table; exits with 1 where ours takes more than 1.05 times as long or 1.2 times the allocations.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --quiet --release --manifest-path benches/overhead/Cargo.toml --target-dir target
# Both sides of a call on one core, where there is a way to say so: to wake another one takes longer than the call.
pin=()
if command -v taskset > /dev/null; then
  pin=(taskset -c 0)
fi
"${pin[@]}" target/release/overhead
