#!/usr/bin/env bash
# The SDK compiled to WebAssembly and run by Node.js against a loopback service.
# Needs `rustup target add wasm32-unknown-unknown`, Node.js and `cargo install wasm-bindgen-cli --version V`, where V is
# the version of wasm-bindgen in Cargo.lock here.
set -euo pipefail
cd "$(dirname "$0")/../.."

for needed in wasm-bindgen node; do
  if ! command -v "$needed" >/dev/null; then
    echo "$needed is missing" >&2
    exit 2
  fi
done
target=target/in-wasm
cargo build --manifest-path tests/wasm/Cargo.toml --target wasm32-unknown-unknown --target-dir "$target"
wasm-bindgen --target nodejs --out-dir "$target/node" "$target/wasm32-unknown-unknown/debug/in_wasm.wasm"
node tests/wasm/run.mjs "$PWD/$target/node/in_wasm.js"
