#!/bin/sh
# make-judged.sh ATTEST PROJECT [SOURCES]
#
# Makes PROJECT: SOURCES transcripts (200 unless given) of about 100 segments each, half of them decided, 60 findings
# on the six criteria with 20 quotes each, conclusions, recommendations and ratings. The same arguments give the same
# project but for its times.
set -eu

[ $# -ge 2 ] || {
  echo "usage: make-judged.sh ATTEST PROJECT [SOURCES]" >&2
  exit 2
}
attest=$1
project=$2
sources=${3:-200}
here=$(cd "$(dirname "$0")" && pwd)
corpus=$here/../../corpora/kyrgyz-migration
work=$(mktemp -d "${TMPDIR:-/tmp}/attest-judged.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
USER=bench
export USER

run () { "$attest" --project "$project" "$@"; }

# Four transcripts in one, of which no two are equal.
n=0
set -- 01-migration-service.txt 02-foreign-affairs.md 05-migrant-rights-cso.txt 08-donor.md 09-returned-migrant.txt \
  10-labour-ministry.txt 11-regional-expert.txt 12-focus-group.txt
echo respondent,source,group,organisation,method,consent >"$work/who.csv"
while [ $n -lt "$sources" ]; do
  name=$(printf 's%04d' $n)
  for _ in 1 2 3 4; do
    first=$1
    shift
    set -- "$@" "$first"
    cat "$corpus/$first"
    printf '\n\n'
  done >"$work/$name.txt"
  printf 'Note %d\n' $n >>"$work/$name.txt"
  echo "R$n,$name,group $((n % 7)),organisation $((n % 40)),KII,anonymous" >>"$work/who.csv"
  n=$((n + 1))
  first=$1
  shift
  set -- "$@" "$first"
done
"$attest" init "$project" >/dev/null
run ingest "$work"/s*.txt >/dev/null 2>&1
run respondents import "$work/who.csv" >/dev/null
run code oecd-dac >/dev/null
run segments --format jsonl | jq -r '[.id, .code] | @csv' | tr -d '"' | awk -F, '
  BEGIN { print "id,codebook,code,decision,reason" }
  NR % 4 == 0 { print $1 ",oecd-dac," $2 ",accept," }
  NR % 4 == 2 { print $1 ",oecd-dac," $2 ",reject,no" }' >"$work/decisions.csv"
run review --import "$work/decisions.csv" >/dev/null
finding=0
for criterion in relevance coherence effectiveness efficiency impact sustainability; do
  run segments --code $criterion --status accepted --format jsonl | jq -r .id | sort -u >"$work/ids"
  for part in 1 2 3 4 5 6 7 8 9 10; do
    finding=$((finding + 1))
    run finding add "Finding $part on $criterion" --criterion $criterion >/dev/null
    # shellcheck disable=SC2046 # ids have no spaces
    run finding link F$finding $(awk "NR % 10 == $part - 1" "$work/ids" | head -n 20)
    run conclusion add "Conclusion $finding" --on F$finding >/dev/null
    run recommendation add "Recommendation $finding" --on C$finding --addressee A --priority high --time-frame soon >/dev/null
  done
  run rate $criterion 4 --because 'As found' >/dev/null
done
