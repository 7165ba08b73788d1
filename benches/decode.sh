#!/usr/bin/env bash
# Decoding and encoding emitted models beside serde's derived ones: instructions (callgrind) and allocations.
# Prints a Markdown table; exits with 1 where ours takes more than 1.15 times the instructions, or allocates more.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v valgrind >/dev/null; then
  echo "valgrind is missing: apt-get install valgrind" >&2
  exit 2
fi

readonly AT_MOST=1.15
cargo run --quiet --release -p generator -- generate --spec benches/decode/spec.yaml \
  --out target/decode/things --name things --quiet
cargo build --quiet --release --manifest-path benches/decode/Cargo.toml --target-dir target
bin=target/release

total() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bin/decode" "$@" 2>&1 |
    awk '/Collected/ { print $4 }'
}

# What one time takes: two runs that differ by nothing else.
instructions() {
  local once thrice
  once=$(total "$@" 1)
  thrice=$(total "$@" 3)
  echo $(((thrice - once) / 2))
}

allocations=$("$bin/allocations")
over=0
echo '| work | things | instructions, ours | derived | ratio | allocations, ours | derived |'
echo '|---|---:|---:|---:|---:|---:|---:|'
for work in decode encode; do
  for things in 100 5000; do
    ours=$(instructions ours $work $things)
    derived=$(instructions derived $work $things)
    read -r more less < <(awk -v w=$work -v t=$things '$1 == w && $2 == t { print $3, $4 }' <<<"$allocations")
    ratio=$(awk -v a="$ours" -v b="$derived" 'BEGIN { printf "%.3f", a / b }')
    echo "| $work | $things | $ours | $derived | $ratio | $more | $less |"
    if awk -v r="$ratio" -v m=$AT_MOST 'BEGIN { exit !(r > m) }' || [ "$more" -gt "$less" ]; then over=1; fi
  done
done
exit $over
