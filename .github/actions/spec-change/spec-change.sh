#!/usr/bin/env bash
# What a change of a document means for callers of its SDK: runs `generator check` and `generator diff`, writes the
# text of a comment, and fails where files are stale or where callers break and nobody said that they may.
#
# Anywhere in a git repository; what it needs is in the environment:
#
#   SPEC       the document, from the root of the repository
#   BASE       the revision that the change is compared with (origin/main)
#   CONFIG     its SDK configuration, where it has one
#   OUT        the SDK's folder, where no configuration names it; without either, files aren't checked
#   IGNORE     changes that were agreed to (`generator diff --ignore`), where the file is there
#   LABELS     the labels of the pull request, one a line or between commas
#   LABEL      the one with which callers may break (breaking-change)
#   GENERATOR  the command (generator)
#   COMMENT    where the comment goes (spec-change.md in the folder for temporary files)
#
# Exits with 0 if it may be merged, 1 if not, 2 if something is wrong with what it was given.
set -euo pipefail

: "${SPEC:?the document, as in specs/api.yaml}"
BASE=${BASE:-origin/main}
CONFIG=${CONFIG:-}
OUT=${OUT:-}
IGNORE=${IGNORE:-}
LABELS=${LABELS:-}
LABEL=${LABEL:-breaking-change}
GENERATOR=${GENERATOR:-generator}
TEMPORARY=${RUNNER_TEMP:-${TMPDIR:-/tmp}}
COMMENT=${COMMENT:-$TEMPORARY/spec-change.md}

work=$(mktemp -d "$TEMPORARY/spec-change.XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 2
}

cd "$(git rev-parse --show-toplevel)"
[ -f "$SPEC" ] || fail "there is no document \`$SPEC\`"
# What others merged in the meantime is no part of this change.
old=$(git merge-base "$BASE" HEAD) || fail "\`$BASE\` and HEAD have no commit in common; fetch the whole history"

# Runs the generator; its exit code is in $code, and anything beyond 1 ends the script.
code=0
run() {
  code=0
  "$GENERATOR" "$@" || code=$?
  [ "$code" -le 1 ] || fail "\`generator $1\` exited with $code"
}

check() {
  if [ -n "$CONFIG" ]; then
    run check --quiet --config "$CONFIG" >"$work/check"
  elif [ -n "$OUT" ]; then
    run check --quiet --spec "$SPEC" --out "$OUT" >"$work/check"
  fi
  stale=$code
}

# Where the older revision has a file: in the same place, or where it was moved from. Nothing: nowhere.
place_in_old() {
  if git cat-file -e "$old:$1" 2>/dev/null; then
    printf '%s' "$1"
    return
  fi
  local status from to
  while IFS= read -r -d '' status && IFS= read -r -d '' from && IFS= read -r -d '' to; do
    if [ "$to" = "$1" ]; then
      printf '%s' "$from"
      return
    fi
  done < <(git diff --find-renames=25% --diff-filter=R --name-status -z "$old")
}

compare() {
  local inputs=("git:$old:$old_spec" "$SPEC") old_config
  if [ -n "$CONFIG" ]; then
    inputs+=(--new-config "$CONFIG")
    old_config=$(place_in_old "$CONFIG")
    if [ -n "$old_config" ]; then
      inputs+=(--old-config "git:$old:$old_config")
    else
      inputs+=(--old-config "$CONFIG")
    fi
  fi
  if [ -n "$IGNORE" ] && [ -f "$IGNORE" ]; then
    inputs+=(--ignore "$IGNORE")
  fi
  run diff "${inputs[@]}" --format markdown --fail-on major >"$work/diff"
  breaks=$code
  step=$(sed -n 's/^### The SDK needs a \([a-z]*\) step.*/\1/p' "$work/diff" | head -n 1)
  if [ "${GITHUB_ACTIONS:-}" = true ]; then
    run diff "${inputs[@]}" --format github --quiet
  fi
}

has_label() {
  tr ',' '\n' <<<"$LABELS" | sed 's/^[[:space:]]*//; s/[[:space:]]*$//' | grep -Fxq -- "$LABEL"
}

check
breaks=0 step=
old_spec=$(place_in_old "$SPEC")
if [ -n "$old_spec" ]; then
  compare
else
  printf '### A new document: there is no SDK yet that it could break\n' >"$work/diff"
fi

verdict=passed
{
  # By this line the comment is found again.
  printf '<!-- spec-change: %s -->\n' "$SPEC"
  cat "$work/diff"
  if [ "$breaks" -eq 1 ] && has_label; then
    printf '\nCallers break, and the label `%s` says that they may.\n' "$LABEL"
  elif [ "$breaks" -eq 1 ]; then
    verdict=failed
    printf '\n**Callers break.** If they may: set the label `%s`, or name the changes%s with a reason.\n' \
      "$LABEL" "${IGNORE:+ in \`$IGNORE\`}"
  fi
  if [ "$stale" -eq 1 ]; then
    verdict=failed
    printf '\n**The SDK isn'\''t what the document says.** Run the generator and commit what it writes.\n'
  fi
} >"$COMMENT"

if [ -s "$work/check" ]; then
  cat "$work/check"
fi
cat "$COMMENT"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  cat "$COMMENT" >>"$GITHUB_STEP_SUMMARY"
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  printf 'step=%s\nverdict=%s\ncomment=%s\n' "${step:-none}" "$verdict" "$COMMENT" >>"$GITHUB_OUTPUT"
fi
[ "$verdict" = passed ]
