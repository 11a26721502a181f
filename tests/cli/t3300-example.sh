#!/bin/sh
# The shipped corpus is a whole example: decided, judged, with a brief of which every sentence is traced. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
export USER=kim
corpus=$ATTEST_SRCDIR/corpora/kyrgyz-migration

check 'the demo runs to its end' sh -c '"$ATTEST" demo tour >demo.out'
check 'and says what to open' prints '^  tour/book/index.html' cat demo.out
check 'each step is shown as it is typed' prints '^\$ attest --project tour/kyrgyz-migration.attest review --import ' cat demo.out
check 'what it says is there' test -f tour/book/index.html -a -f tour/evidence.html
attest () { "$ATTEST" --project tour/kyrgyz-migration.attest "$@"; }

attest segments --format jsonl >segments.jsonl
for code in relevance coherence effectiveness efficiency impact sustainability; do
  check "$code: nothing proposed is left, and much is accepted" jq -e -s --arg code $code \
    '[.[] | select(.code == $code)] | (map(select(.status == "proposed")) | length) == 0 and (map(select(.status == "accepted")) | length) >= 10' segments.jsonl
done
attest review --export >exported.csv
check 'each rejection has a reason' awk -F, '$8 == "reject" && $10 == "" { bad = 1; print } END { exit bad }' exported.csv
# Reasons may have commas and quotes: what stands in the file is what the project holds.
check 'the shipped decisions are those of the project' sh -c 'tr -d "\r" <exported.csv | cmp - "$1/decisions.csv"' - "$corpus"

check 'nothing was changed since' prints ', 150 links, .*: 0 problems$' attest verify
attest ratings --format json >ratings.json
check 'six ratings' jq -e '[.[].level] | sort == ["4", "5", "5", "5", "5", "5"]' ratings.json
attest strength --format json >strength.json
check 'every finding is better than weak, for what it says' jq -e '[.[] | select(.id | startswith("F"))] | length == 15 and all(.level == "strong" or .level == "moderate")' strength.json
check 'every finding but one was tried against what speaks against it' jq -e '[.[] | select((.id | startswith("F")) and .contradicting == 0) | .id] == ["F8"]' strength.json

attest check --format json >check.json
check 'check finds each weakness, and exits 10' test $? -eq 10
check 'those that are documented, and no others' jq -e '[.problems[] | "\(.check) \(.id)"] == ["contrast rating:efficiency", "contrast F11",
  "contrast rating:sustainability", "bad-news F4", "bad-news F11", "bad-news F2", "bad-news F14", "unused C3", "unanswered F10"]' check.json
check 'one warning' jq -e '[.warnings[] | "\(.check) \(.id)"] == ["recommendation-open R2"]' check.json
check 'two are silenced, with a reason' jq -e '[.silenced[] | "\(.check) \(.id // "project")"] == ["ceiling project", "unused C2"] and all(.silenced[]; .because != "" and .by == "evaluator")' check.json
check 'the evidence report shows what was silenced' prints '^Silenced: ceiling of project, by evaluator on ' attest report evidence relevance

attest brief check "$corpus/brief.en.md" --format json >brief.json
check 'every sentence of the brief is traced' jq -e '[.problems[] | select(.check == "unreferenced")] == []' brief.json
check 'what it rests on is not answered in one place' jq -e '[.problems[].check] | unique == ["contradicted"]' brief.json
check 'every respondent has consented, in some way' jq -e 'all(.[]; .attributes.consent != null)' <<END
$(attest respondents --format json | jq '[.[] | {attributes: (.attributes // .)}]')
END
check 'a recommendation leads back to its quotes' prints 'QG1BX3C supports it  01-migration-service' attest trace R3
check 'and a quote to the recommendations' prints 'R3  recommendation' attest trace QG1BX3C
done_testing
