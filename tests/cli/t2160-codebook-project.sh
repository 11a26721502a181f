#!/bin/sh
# codebook check --project: what a project says of the rules that coded it.
# shellcheck source=tests/tap.sh
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >book.yaml <<'YAML'
id: book
codes:
  - id: water
    rules: [{words: [well*]}, {id: pumps, words: [pump*]}, {match: puits, lang: fr}]
  - {id: need, rules: [{words: [well*, school*]}]}
  - {id: again, rules: [{words: [well*, school*]}]}
  - {id: early, rules: [early]}
YAML
for name in a b; do
  cat >$name.txt <<TEXT
Interviewer: Did pumps help in $name?

Respondent: The wells of $name are dry. We met early. The school is far. Wells and wells. No wells.

Interviewer: And early on?

Respondent: Schools and wells, no more of it than that.
TEXT
done
"$ATTEST" init p.attest >/dev/null
"$ATTEST" ingest --lang en a.txt b.txt >/dev/null
"$ATTEST" code book.yaml >/dev/null

"$ATTEST" codebook check book.yaml --project p.attest >out 2>err
check 'warnings are exit 0' test $? -eq 0
silent 'without a complaint' cat err
check 'a rule that never hit, at its place; a question is no hit' \
  grep -qx "book.yaml:4:31: warning: rule water/pumps hits nothing in the project \[never-fired\]" out
check 'rules that hit are not listed' fails grep -q 'rule water/1 hits nothing' out
check 'nor those for languages that nobody speaks' fails grep -q 'rule water/3 hits nothing' out
check 'codes that always stand together' grep -q \
  "'need' and 'again' always stand together in the project (8 and 8 segments).*\[always-together\]" out
check 'once' test "$(grep -c "'need' and 'again'\|'again' and 'need'" out)" -eq 1
check 'a code that is always within another' grep -q \
  "each of the 6 segments of 'water' in the project overlaps one of 'need'" out
check 'a code that stands alone is not told of' fails grep -q "'early'.*always-together" out
"$ATTEST" codebook check book.yaml --project p.attest --format json >out
check 'as JSON' jq -e '[.problems[] | select(.check == "never-fired")] | length == 1
  and .[0].code == "water" and .[0].rule == "pumps" and .[0].severity == "warning"' out
"$ATTEST" --project p.attest codebook check book.yaml >out
check 'the project may be named first' grep -q never-fired out
"$ATTEST" codebook check book.yaml >out
check 'without --project nothing is said of the one in the folder' fails grep -q never-fired out

echo '# changed' >>book.yaml
check 'another version than the one that coded is told of' \
  prints 'was coded by another version of book' status_is 0 \
  "$ATTEST" codebook check book.yaml --project p.attest
sed 's/^id: book/id: other/' book.yaml >other.yaml
check 'a codebook that did not code it is exit 2' \
  status_is 2 "$ATTEST" codebook check other.yaml --project p.attest
check 'a project that is not there is exit 1' \
  status_is 1 "$ATTEST" codebook check book.yaml --project nowhere.attest
check 'nothing in the project changes' "$ATTEST" verify
done_testing
