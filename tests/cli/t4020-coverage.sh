#!/bin/sh
# report coverage, report silence: numbers that hold, and the same in every form. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
a () { "$ATTEST" -p p.attest "$@"; }
corpus=$ATTEST_SRCDIR/corpora/kyrgyz-migration

"$ATTEST" init p >/dev/null && a ingest "$corpus"/[0-9]* >/dev/null && a respondents import "$corpus/respondents.csv" >/dev/null || exit 99
check 'before coding it says what to do' prints 'attest code' status_is 2 "$ATTEST" -p p.attest report coverage
a code oecd-dac >/dev/null
check '--questions without a guide says what to do' prints 'attest guide apply' status_is 2 "$ATTEST" -p p.attest report coverage --questions
a report coverage --format json >without.json
a guide apply "$corpus/guide.yaml" >/dev/null
a report coverage --format json >c.json
a report coverage --questions --format json >q.json
a report silence --format json >s.json
a report evidence --format json >e.json
in_json () { jq -e "$2" "$1"; }

for file in without c q; do
  check "$file: the five states are all respondents, in all, by group and one by one" in_json $file.json '
    (.respondents | length) as $n
    | all(.rows[]; .respondents == $n and .both + .silent + .unasked + .never + .unknown == $n
        and (.cells | length) == $n
        and ([.groups[].respondents] | add) == $n
        and . as $row | all("asked", "spoke", "both", "silent", "unasked", "never", "unknown"; . as $k | ([$row.groups[][$k]] | add) == $row[$k]))
    and all(.rows[]; . as $row | all("both", "silent", "unasked", "never", "unknown"; . as $k | ([$row.cells[] | select(.state == $k)] | length) == $row[$k]))
    and all(.rows[]; .asked == ([.cells[] | select(.asked)] | length) and .spoke == ([.cells[] | select(.segments > 0)] | length))
    and all(.rows[].cells[]; (.reason != null) == (.state == "unknown"))'
done
check 'asked, spoke and both are those of report evidence' eval '
  jq -S "[.rows[] | {code, asked, spoke, both}]" c.json >1
  jq -S "[.criteria[] | {code, asked: .profile.asked, spoke: .profile.respondents, both: .profile.asked_and_spoke}]" e.json >2
  jq -e "length > 0 and all(.[]; .asked != null and .spoke != null)" 2 && jq -s -e "(.[0] | map({key: .code, value: .}) | from_entries) as \$c | all(.[1][]; \$c[.code].asked == .asked and \$c[.code].spoke == .spoke)" 1 2'
check 'a guide only adds to who was asked' eval 'jq -s -e "[.[0].rows, .[1].rows] | transpose | all(.[]; .[0].asked <= .[1].asked and .[0].spoke == .[1].spoke)" without.json c.json'
check 'silence lists those of coverage' eval 'jq -s -e "[.[0].rows, .[1].rows] | transpose
  | all(.[]; .[0].silent == (.[1].silent | length) and .[0].never == (.[1].never | length))" c.json s.json'
check 'who was asked is asked in a turn of the source' in_json s.json 'all(.rows[].silent[]; .source != null and .turn != null) and all(.rows[].never[]; .turn == null)'
check 'a question about no code has no answers' in_json q.json '[.rows[] | select(.codes == [])] | length > 0 and all(.[]; .both + .silent + .unasked + .never == 0)'

lines () { a report coverage "$@" --format csv | wc -l; }
check 'csv: a line a code, a group, a respondent' eval \
  '[ "$(lines)" = $((1 + $(jq ".rows | length" c.json))) ] && [ "$(lines --by group)" = $((1 + $(jq "[.rows[].groups[]] | length" c.json))) ] &&
   [ "$(lines --by respondent)" = $((1 + $(jq "[.rows[].cells[]] | length" c.json))) ]'
check 'csv: silence' [ "$(a report silence --format csv | wc -l)" = "$(jq '[.rows[] | (.silent, .never, .unknown)[]] | length + 1' s.json)" ]
check 'one code' [ "$(lines gender)" = 2 ]
check 'one dimension' [ "$(lines --dimension theme)" = "$(jq '[.rows[] | select(.dimension == "theme")] | length + 1' c.json)" ]
check 'the questions about one code' eval '[ "$(lines --questions gender)" = 2 ]'
check 'only respondents of one group' eval \
  'a report coverage --where group=Migrants --format json | jq -e "(.respondents | length) == 2 and all(.rows[]; .respondents == 2)"'
check 'an unknown code, exit 2' status_is 2 "$ATTEST" -p p.attest report silence impcat
check 'an unknown code of questions, exit 2' status_is 2 "$ATTEST" -p p.attest report silence --questions impcat
check 'an unknown group, exit 2' status_is 2 "$ATTEST" -p p.attest report coverage --where group=Nobody
for report in coverage silence; do
  check "$report: a page" eval "a report $report --format html -o page.html && grep -q '<html' page.html && ! grep -q 'R0[0-9]' page.html"
done

# Taken in and not coded: not silence.
printf 'Interviewer: Will it last when the project ends?\n\nDana: I do not know.\n' >dana.txt
a ingest dana.txt >/dev/null
a report coverage --format json >new.json
check 'a source that was not coded is named, and nobody in it is silent' in_json new.json '.not_coded == ["dana"] and .without_guide == ["dana"] and
  all(.rows[].cells[] | select(.respondent | startswith("dana")); .state == "unknown" and .reason == "not-coded")'
check 'people are told' prints 'Not coded with this codebook.*: dana' "$ATTEST" -p p.attest report silence sustainability
done_testing
