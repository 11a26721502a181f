#!/bin/sh
# doc/guide.md: its guides are right, and its commands print what it says. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/doc-page.sh"
unpack_page guide.md

check 'the page has guides' [ -s guide.yaml ] && [ -s mistakes.yaml ]
for block in *.console; do
  check "$(sed -n '1s/^..//p' "$block") … prints what the page says" prints_as_shown "$block"
done
check 'the page has commands' [ -e 03.console ]

# What is shipped for the interviews in corpora/.
corpus=$ATTEST_SRCDIR/corpora/kyrgyz-migration
mkdir corpus && cd corpus && "$ATTEST" init p >/dev/null && "$ATTEST" ingest "$corpus"/[0-9]* >/dev/null && "$ATTEST" respondents import "$corpus/respondents.csv" >/dev/null
"$ATTEST" code oecd-dac >/dev/null && "$ATTEST" guide apply "$corpus/guide.yaml" >/dev/null

check 'the shipped guide: nothing is wrong with it' \
  prints '19 questions, .* codes of oecd-dac: 0 errors, 0 warnings$' attest guide check "$corpus/guide.yaml"
"$ATTEST" guide show --format json >show.json
found () { jq -e "$1" show.json; }
check 'the shipped guide: every question was asked' found 'all(.guides[0].questions[]; .turns > 0)'
check 'the shipped guide: no turn of two sections is claimed twice without reason' \
  found '[.turns[] | select((.questions | length) > 1)] | length <= 2'
check 'the shipped guide: in three languages' \
  found '[.turns[] | select((.questions | length) > 0) | .lang] | unique == ["en", "fr", "ru"]'
done_testing
