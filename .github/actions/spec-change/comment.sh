#!/usr/bin/env bash
# Puts a text on a pull request, in place of the one that was put there before. Needs `gh`, and from the environment:
#
#   COMMENT       the file with the text; by its first line an older comment is known
#   REPOSITORY    owner/name
#   PULL_REQUEST  its number
#   GH_TOKEN      for gh: may write to pull requests
set -euo pipefail
: "${COMMENT:?}" "${REPOSITORY:?}" "${PULL_REQUEST:?}"

mark=$(head -n 1 "$COMMENT")
export mark
comments="repos/$REPOSITORY/issues/$PULL_REQUEST/comments"
id=$(gh api --paginate "$comments" --jq '.[] | select(.body | startswith(env.mark)) | .id' | head -n 1)
if [ -n "$id" ]; then
  gh api --method PATCH "repos/$REPOSITORY/issues/comments/$id" --field "body=@$COMMENT" --silent
else
  gh api --method POST "$comments" --field "body=@$COMMENT" --silent
fi
