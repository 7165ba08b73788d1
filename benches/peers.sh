#!/usr/bin/env bash
# Measures this generator beside ploidy and openapi-to-rust: the same documents, the same machine, the same run.
# Prints one Markdown table. Needs Rust 1.95, crates.io and GNU time.
#
#   SPEC_CORPUS=path/to/documents benches/peers.sh [--documents cloudflare,github,stripe]
#       [--tools ploidy,openapi-to-rust,ours] [--only generate,check,debug,release,binary]
#
# Another document is named by its path below the folder, without `.json`.
# PEERS_SCRATCH keeps what is installed and built from run to run (default: a new folder below TMPDIR).
set -euo pipefail

readonly PLOIDY_VERSION=0.15.0
readonly OPENAPI_TO_RUST_VERSION=0.23.0
readonly RUNS=3

documents=cloudflare,github,stripe
tools=ploidy,openapi-to-rust,ours
only=generate,check,debug,release,binary
while [ $# -gt 0 ]; do
  case "$1" in
    --documents) documents=$2 ;;
    --tools) tools=$2 ;;
    --only) only=$2 ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done

root=$(cd "$(dirname "$0")/.." && pwd)
if [ -z "${SPEC_CORPUS:-}" ]; then
  echo "skipped: SPEC_CORPUS doesn't name the folder of documents"
  exit 0
fi
corpus=$(cd "$SPEC_CORPUS" && pwd)
if ! [ -x /usr/bin/time ]; then
  echo "GNU time is missing: apt-get install time" >&2
  exit 2
fi
scratch=${PEERS_SCRATCH:-$(mktemp -d)}
mkdir -p "$scratch"
scratch=$(cd "$scratch" && pwd)
aside=$(mktemp -d -p "$scratch")
trap 'rm -rf "$aside"' EXIT
# Every crate is built whole; what is shared between runs are dependencies only.
export CARGO_INCREMENTAL=0
unset CARGO_TARGET_DIR RUSTFLAGS || true

declare -A cell

say() { echo "$*" >&2; }

wanted() { case ",$2," in *",$1,"*) true ;; *) false ;; esac }

spec_of() {
  case "$1" in
    stripe) echo "$corpus/apis-guru/stripe.com.json" ;;
    *) echo "$corpus/$1.json" ;;
  esac
}

install_tools() {
  local bin="$scratch/bin"
  if wanted ploidy "$tools" && ! "$bin/ploidy" --version 2>/dev/null | grep -qF "$PLOIDY_VERSION"; then
    say "installing ploidy $PLOIDY_VERSION"
    cargo install --quiet --locked --root "$scratch" "ploidy@$PLOIDY_VERSION"
  fi
  if wanted openapi-to-rust "$tools" &&
    ! "$bin/openapi-to-rust" --version 2>/dev/null | grep -qF "$OPENAPI_TO_RUST_VERSION"; then
    say "installing openapi-to-rust $OPENAPI_TO_RUST_VERSION"
    cargo install --quiet --locked --root "$scratch" "openapi-to-rust@$OPENAPI_TO_RUST_VERSION"
  fi
  if wanted ours "$tools"; then
    say "building this generator"
    cargo build --quiet --release --manifest-path "$root/Cargo.toml" -p generator
  fi
}

# measured LOG COMMAND…: sets wall, cpu (seconds) and memory (MB, of the largest process); fails as the command does.
measured() {
  local log=$1 status=0
  shift
  /usr/bin/time -o "$scratch/measured" -f '%e %U %S %M' "$@" >"$log" 2>&1 || status=$?
  read -r wall cpu memory < <(tail -n 1 "$scratch/measured" |
    awk '{ printf "%.2f %.2f %d\n", $1, $2 + $3, $4 / 1024 }')
  return $status
}

# Each tool as its README says.
generate() {
  local tool=$1 spec=$2 crate=$3
  case "$tool" in
    ploidy) "$scratch/bin/ploidy" generate rust "$spec" -o "$crate" ;;
    openapi-to-rust)
      mkdir -p "$crate/src"
      cd "$crate" && "$scratch/bin/openapi-to-rust" generate "$spec" --quiet
      ;;
    ours) "$root/target/release/generator" generate --spec "$spec" --out "$crate" --name subject --quiet ;;
  esac
}
export -f generate
export scratch root

# openapi-to-rust writes modules and the list of what they need; the crate around them is its user's.
complete() {
  local tool=$1 crate=$2
  if [ "$tool" = openapi-to-rust ]; then
    echo 'pub mod generated;' >"$crate/src/lib.rs"
    {
      printf '[package]\nname = "subject"\nversion = "0.1.0"\nedition = "2024"\n\n'
      cat "$crate/src/generated/REQUIRED_DEPS.toml"
    } >"$crate/Cargo.toml"
  fi
  grep -q '^\[workspace\]' "$crate/Cargo.toml" || printf '\n[workspace]\n' >>"$crate/Cargo.toml"
}

# Puts a folder out of the way. What is deleted costs whoever writes next: ext4 looks at each inode that was freed in the
# last minutes before it takes one.
set_aside() { ! [ -e "$1" ] || mv "$1" "$(mktemp -d -p "$aside")"; }

measure_generation() {
  local tool=$1 document=$2 crate=$3 best_wall='' best_cpu='' most=0 run
  for run in $(seq "$RUNS"); do
    set_aside "$crate"
    measured "$crate.generate.log" bash -c 'generate "$@"' _ "$tool" "$(spec_of "$document")" "$crate" || {
      cell[$document/generate/$tool]='fails'
      return 1
    }
    best_wall=$(printf '%s\n' $best_wall "$wall" | sort -n | head -n 1)
    best_cpu=$(printf '%s\n' $best_cpu "$cpu" | sort -n | head -n 1)
    most=$(printf '%s\n' "$most" "$memory" | sort -n | tail -n 1)
  done
  complete "$tool" "$crate"
  cell[$document/generation, wall s/$tool]=$best_wall
  cell[$document/generation, CPU s/$tool]=$best_cpu
  cell[$document/generation, peak MB/$tool]=$most
  cell[$document/files/$tool]=$(find "$crate/src" -name '*.rs' | wc -l)
  cell[$document/lines/$tool]=$(find "$crate/src" -name '*.rs' -exec cat {} + | wc -l)
}

# Builds what the crate needs with an empty crate in its place, then the crate alone.
measure_build() {
  local tool=$1 document=$2 crate=$3 name=$4
  shift 4
  local cargo=(cargo "$@" --quiet --manifest-path "$crate/Cargo.toml" --target-dir "$crate.target")
  mv "$crate/src" "$crate/full"
  mkdir "$crate/src"
  touch "$crate/src/lib.rs"
  local ready=0
  "${cargo[@]}" >"$crate.dependencies.log" 2>&1 || ready=$?
  rm -rf "$crate/src"
  mv "$crate/full" "$crate/src"
  touch "$crate/src/lib.rs"
  if [ $ready -eq 0 ] && measured "$crate.$name.log" "${cargo[@]}"; then
    cell[$document/$name, CPU s/$tool]=$cpu
    cell[$document/$name, peak MB/$tool]=$memory
    cell[$document/$name, warnings/$tool]=$(grep -c '^warning: ' "$crate.$name.log" || true)
    say "$document: $tool: $name: $cpu CPU s, $memory MB"
  else
    cell[$document/$name, CPU s/$tool]="doesn't compile"
    return 1
  fi
}

# A program of three calls: benches/calls/DOCUMENT/TOOL.rs, where there is one. It is built twice, since what it needs comes
# first: the second time only the program itself is compiled and linked, as after each change of it.
measure_binary() {
  local tool=$1 document=$2 crate=$3 program="$root/benches/calls/$2/$1.rs" package
  [ -f "$program" ] || return 0
  package=$(sed -n 's/^name = "\(.*\)"/\1/p' "$crate/Cargo.toml" | head -n 1)
  mkdir -p "$crate.calls/src"
  cp "$program" "$crate.calls/src/main.rs"
  cat >"$crate.calls/Cargo.toml" <<MANIFEST
[package]
name = "calls"
version = "0.1.0"
edition = "2024"

[dependencies]
subject = { package = "$package", path = "$crate" }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt"] }

[profile.release]
strip = true

[workspace]
MANIFEST
  local cargo=(cargo build --quiet --release --manifest-path "$crate.calls/Cargo.toml" --target-dir "$crate.target")
  if "${cargo[@]}" >"$crate.calls.log" 2>&1 && touch "$crate.calls/src/main.rs" &&
    measured "$crate.calls.log" "${cargo[@]}"; then
    cell[$document/program of three calls, release build, CPU s/$tool]=$cpu
    say "$document: $tool: program of three calls: $cpu CPU s, $memory MB"
    cell[$document/stripped binary of three calls, kB/$tool]=$(($(stat -c %s "$crate.target/release/calls") / 1000))
  else
    cell[$document/stripped binary of three calls, kB/$tool]="doesn't compile"
  fi
}

measure() {
  local tool=$1 document=$2 crate="$scratch/${2//\//-}-$1"
  say "$document: $tool"
  if wanted generate "$only" || ! [ -f "$crate/Cargo.toml" ]; then
    measure_generation "$tool" "$document" "$crate" || return 0
  fi
  if wanted check "$only"; then measure_build "$tool" "$document" "$crate" check check || return 0; fi
  if wanted debug "$only"; then measure_build "$tool" "$document" "$crate" 'debug build' build || return 0; fi
  if wanted release "$only"; then measure_build "$tool" "$document" "$crate" 'release build' build --release || return 0; fi
  if wanted binary "$only"; then measure_binary "$tool" "$document" "$crate"; fi
}

# ratio OURS PEER…: ours over the smallest number of the peers.
ratio() {
  printf '%s\n' "$@" | awk '
    NR == 1 { ours = $1; next }
    $1 ~ /^[0-9.]+$/ && (best == "" || $1 < best) { best = $1 }
    END { if (ours ~ /^[0-9.]+$/ && best > 0) printf "%.3f", ours / best; else printf "" }'
}

print_table() {
  local document name
  echo "| document | measure | ploidy $PLOIDY_VERSION | openapi-to-rust $OPENAPI_TO_RUST_VERSION | ours | ours / better peer |"
  echo '|---|---|---:|---:|---:|---:|'
  for document in ${documents//,/ }; do
    for name in generate 'generation, wall s' 'generation, CPU s' 'generation, peak MB' files lines \
      'check, CPU s' 'check, peak MB' 'check, warnings' 'debug build, CPU s' 'debug build, peak MB' \
      'release build, CPU s' 'release build, peak MB' 'program of three calls, release build, CPU s' \
      'stripped binary of three calls, kB'; do
      local a=${cell[$document/$name/ploidy]:-} b=${cell[$document/$name/openapi-to-rust]:-} c=${cell[$document/$name/ours]:-}
      [ -n "$a$b$c" ] || continue
      echo "| $document | $name | $a | $b | $c | $(ratio "$c" "$a" "$b") |"
    done
  done
}

install_tools
say "$(rustc --version), $(nproc) cores, $(date -u +%F)"
for document in ${documents//,/ }; do
  if ! [ -f "$(spec_of "$document")" ]; then
    say "skipped: no $(spec_of "$document")"
    continue
  fi
  for tool in ${tools//,/ }; do
    measure "$tool" "$document"
  done
done
print_table
