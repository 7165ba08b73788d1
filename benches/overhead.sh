#!/usr/bin/env bash
# The create call through the emitted client beside one written by hand: median latency over loopback, and allocations.
# Prints a Markdown table; exits with 1 where ours takes more than 1.05 times as long or 1.2 times the allocations.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo run --quiet --release --manifest-path benches/overhead/Cargo.toml --target-dir target
