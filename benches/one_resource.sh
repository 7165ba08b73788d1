#!/usr/bin/env bash
# Measures `cargo check` of the SDK alone with one resource of it: each of its features on its own, without what cargo
# keeps from one build for the next. Prints a Markdown table of those that take the most, and exits with 1 where one
# takes more CPU time than the limit. Needs Rust 1.95, crates.io and GNU time.
#
#   SPEC_CORPUS=path/to/documents benches/one_resource.sh [--features zones,ips] [--limit SECONDS]
#
# The limit is that of a machine on which openapi-to-rust's crate of the same document is checked in 113 CPU seconds
# (`peers.sh --tools openapi-to-rust --only generate,check`): one that takes twice as long has twice the limit.
set -euo pipefail

readonly SHOWN=12

only=
limit=1.5
while [ $# -gt 0 ]; do
  case "$1" in
    --features) only=$2 ;;
    --limit) limit=$2 ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

root=$(cd "$(dirname "$0")/.." && pwd)
if ! [ -f "${SPEC_CORPUS:-}/cloudflare.json" ]; then
  echo "skipped: SPEC_CORPUS doesn't name the folder of documents"
  exit 0
fi
spec=$(cd "$SPEC_CORPUS" && pwd)/cloudflare.json
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CARGO_INCREMENTAL=0
unset CARGO_TARGET_DIR RUSTFLAGS || true

cargo run --quiet --release --manifest-path "$root/Cargo.toml" -p generator -- \
  generate --config "$root/specs/cloudflare.toml" --spec "$spec" --out "$scratch/sdk" --name sdk --quiet

check() {
  cargo check --quiet --manifest-path "$scratch/sdk/Cargo.toml" --no-default-features --features "rustls,$1"
}
export -f check
export scratch

resources() {
  if [ -n "$only" ]; then
    printf '%s\n' ${only//,/ }
  else
    sed -n '/^default = \[/,/^\]/s/^ *"\(.*\)",$/\1/p' "$scratch/sdk/Cargo.toml" | grep -vx rustls
  fi
}

# What the SDK stands on is compiled with an empty crate in its place.
mv "$scratch/sdk/src" "$scratch/full"
mkdir "$scratch/sdk/src"
touch "$scratch/sdk/src/lib.rs"
check "$(resources | head -n 1)" 2>"$scratch/log"
rm -r "$scratch/sdk/src"
mv "$scratch/full" "$scratch/sdk/src"

for resource in $(resources); do
  touch "$scratch/sdk/src/lib.rs"
  if ! /usr/bin/time -o "$scratch/time" -f '%U %S %M' bash -c 'check "$1"' _ "$resource" 2>"$scratch/log"; then
    cat "$scratch/log" >&2
    exit 1
  fi
  awk -v resource="$resource" '{ printf "%s %.2f %d\n", resource, $1 + $2, $3 / 1024 }' "$scratch/time"
done | sort -k 2,2nr >"$scratch/all"

echo '| resource | CPU s | peak MB |'
echo '|---|---:|---:|'
head -n "$SHOWN" "$scratch/all" | awk '{ printf "| `%s` | %s | %s |\n", $1, $2, $3 }'
awk -v limit="$limit" '
  { cpu[NR] = $2; if ($2 > limit) over++ }
  END {
    printf "\n%d resources: median %.2f, least %.2f, over %.2f: %d\n", NR, cpu[int((NR + 1) / 2)], cpu[NR], limit, over
    exit over > 0
  }' "$scratch/all"
