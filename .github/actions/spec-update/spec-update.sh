#!/usr/bin/env bash
# Fetches a document from whoever publishes it, makes the next version of its SDK and opens a pull request. In a git
# repository, from the branch that the pull request is to go to; what it needs is in the environment:
#
#   SPEC       the document, from the root of the repository
#   URL        where the newest one is; curl fetches it
#   CONFIG     its SDK configuration, which names the SDK's folder and holds its version
#   BRANCH     of the pull request (spec-update/ and the document's name); what it had is replaced
#   GENERATOR  the command (generator)
#   GH_TOKEN   for gh: may write contents and pull requests. Workflows run for the pull request only if it isn't the
#              workflow's own token
#
# Exits with 0 if there is a pull request or nothing to do, else with 1 or more.
set -euo pipefail

: "${SPEC:?the document, as in specs/api.yaml}"
: "${URL:?where the newest one is}"
: "${CONFIG:?its SDK configuration}"
name=$(basename "$SPEC")
BRANCH=${BRANCH:-spec-update/${name%.*}}
GENERATOR=${GENERATOR:-generator}
TEMPORARY=${RUNNER_TEMP:-${TMPDIR:-/tmp}}

work=$(mktemp -d "$TEMPORARY/spec-update.XXXXXX")
trap 'rm -rf "$work"' EXIT

cd "$(git rev-parse --show-toplevel)"
base=$(git branch --show-current)

curl --fail --silent --show-error --location --max-time 300 --retry 3 --output "$work/$name" "$URL"
if cmp -s "$work/$name" "$SPEC"; then
  printf '%s is the newest one\n' "$SPEC"
  exit 0
fi
cp "$work/$name" "$SPEC"
"$GENERATOR" generate --bump --config "$CONFIG"
"$GENERATOR" diff "git:HEAD:$SPEC" "$SPEC" --old-config "git:HEAD:$CONFIG" --new-config "$CONFIG" \
  --format markdown >"$work/body"
title="Update $SPEC: $(sed -n '1s/^### //p' "$work/body")"

# The folder is the configuration's; all that this run wrote is in the worktree.
git switch --quiet --force-create "$BRANCH"
git add --all
git -c user.name="${GIT_AUTHOR_NAME:-spec-update}" -c user.email="${GIT_AUTHOR_EMAIL:-spec-update@users.noreply.github.com}" \
  commit --quiet --message "$title"
git push --quiet --force origin "$BRANCH"
if [ -n "$(gh pr list --head "$BRANCH" --base "$base" --state open --json number --jq '.[].number')" ]; then
  gh pr edit "$BRANCH" --title "$title" --body-file "$work/body"
else
  gh pr create --head "$BRANCH" --base "$base" --title "$title" --body-file "$work/body"
fi
