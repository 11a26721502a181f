#!/bin/sh
# make-projects.sh N FOLDER [SOURCES]: N coded, rated projects of SOURCES (40) transcripts each, for 'attest synthesis'.
#
# Twelve different ones are made of the shipped corpus, with other texts, ratings, donors and years; the others are
# copies of these under other names. $ATTEST is the program.
set -eu

[ $# -ge 2 ] || {
  echo "usage: make-projects.sh N FOLDER [SOURCES]" >&2
  exit 2
}
n=$1 folder=$2 sources=${3:-40}
here=$(cd "$(dirname "$0")" && pwd)
attest=${ATTEST:-attest}
mkdir -p "$folder"
work=$(mktemp -d "${TMPDIR:-/tmp}/attest-projects.XXXXXX")
trap 'rm -rf "$work"' EXIT

# At least 60 kB a transcript.
"$here/make-corpus.sh" $((sources * 12 / 3)) "$work/texts" >/dev/null
find "$work/texts" -type f | LC_ALL=C sort >"$work/list"
kinds=12
[ "$n" -ge $kinds ] || kinds=$n

# make_one K: project number K
make_one ()
{
  project=$folder/p$(printf %03d "$1").attest
  rm -f "$project"
  "$attest" init "${project%.attest}" >/dev/null
  awk -v k="$1" -v m="$sources" '{ line[NR] = $0 } END { for (i = 0; i < m; i++) print line[(k * 7 + i) % NR + 1] }' "$work/list" \
    | sort -u | while IFS= read -r file; do
      head -c 30000 "$file" | iconv -c -f UTF-8 -t UTF-8 >"$work/$1-$(basename "$file")" 2>/dev/null || true
    done
  "$attest" --project "$project" ingest "$work/$1-"* >/dev/null 2>&1 || true
  "$attest" --project "$project" code oecd-dac >/dev/null 2>&1 || true
  "$attest" --project "$project" project set "title=Evaluation $1" "donor=Donor $(($1 % 4))" \
    "country=Country $(($1 % 3))" "to=$((2015 + $1 % 9))-12-31" >/dev/null
  for criterion in relevance effectiveness efficiency impact; do
    quote=$("$attest" --project "$project" segments --code "$criterion" --format json 2>/dev/null | jq -r '.[0].id // empty')
    "$attest" --project "$project" finding add "What was found on $criterion" --criterion "$criterion" >/dev/null
    id=F$("$attest" --project "$project" finding list --format json | jq length)
    [ -z "$quote" ] || "$attest" --project "$project" finding link "$id" "$quote" >/dev/null 2>&1 || true
    "$attest" --project "$project" rate "$criterion" $((1 + ($1 + ${#criterion}) % 5)) --because "It says so" >/dev/null
  done
  rm -f "$work/$1-"*
}

k=1
while [ "$k" -le "$kinds" ]; do
  make_one "$k"
  k=$((k + 1))
done
while [ "$k" -le "$n" ]; do
  cp "$folder/p$(printf %03d $(((k - 1) % kinds + 1))).attest" "$folder/p$(printf %03d "$k").attest"
  k=$((k + 1))
done
