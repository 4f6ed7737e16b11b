#!/bin/sh
# One story from its draft to its correction, for editors who like a terminal. It needs curl 7.82 or newer.
#
#   export TOKEN=…                          a token of an editor
#   export API=http://localhost:3000/v1     where Dateline is
#
#   docs/examples/edit.sh draft my-story story.json      save it, unpublished: {"headline": …, "body": …}
#   docs/examples/edit.sh preview my-story               read it as it is saved
#   docs/examples/edit.sh publish my-story               publish it; a third word is an instant: 2030-01-07T06:00:00Z
#   docs/examples/edit.sh correct my-story 3 change.json change version 3, as you have read it:
#                                                        {"body": …, "correction": {"kind": "correction", "text": …}}
#
# A correction is refused where the story has a newer version by now: look at that one, and repeat.
set -eu

usage() {
  sed -n '2,13s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

# Prints the answer, and fails when it is a refusal, which says what to do.
ask() {
  curl --silent --show-error --fail-with-body --header "authorization: Bearer $TOKEN" "$@"
}

[ $# -ge 2 ] || usage
: "${TOKEN:?is not set: it is the token of an editor}"
story="${API:-http://localhost:3000/v1}/articles/$2"

case "$1 $#" in
  'draft 3') ask --request PUT --json "@$3" "$story?publish=no" ;;
  'preview 2') ask "$story?at=latest&include=quotes.speaker,relatedLinks,people" ;;
  'publish 2') ask --request POST "$story/publish" ;;
  'publish 3') ask --request POST "$story/publish?at=$3" ;;
  'correct 4') ask --request PATCH --header "if-match: \"$3\"" --json "@$4" "$story" ;;
  *) usage ;;
esac
