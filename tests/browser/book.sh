#!/bin/sh
# The evidence book in headless Chromium. TAP.
. "$ATTEST_SRCDIR/tests/browser/browser.sh"

evil='<script>window.attestRan = 1</script> " onload="window.attestRan=1" <img src=x onerror=window.attestRan=1> javascript:window.attestRan=1 </style></title></script>'
printf 'Interviewer: Чего достигли?\n\nОльга: Женщины решают сами. It changed\nmuch, cafe\314\201 \360\237\230\200.\n\nInterviewer: А еще?\n\nОльга: %s\n' "$evil" > "ngo.txt"
printf 'Interviewer: ماذا؟\n\nFatima: لم يتغير شيء في المشروع.\n\nInterviewer: نعم؟\n\nFatima: نعم.\n' > market.txt
a () { "$ATTEST" -p p.attest "$@"; }
quote () { a segments --code "$1" --format json | jq -r ".[$2].id"; }
make_project ()
{
  "$ATTEST" init p --title "Migration policy </title><script>window.attestRan = 1</script>" && a ingest "$corpus"/[0-9]* ngo.txt market.txt &&
    a respondents import "$corpus/respondents.csv" && a code oecd-dac &&
    a finding add "$evil" --criterion impact --on "$(quote impact 0)" --on "$(quote impact 1)" --against "$(quote impact 2)" &&
    a finding add 'Needs were named by several groups.' --criterion relevance --on "$(quote relevance 0)" --on "$(quote relevance 5)" &&
    a conclusion add 'It was the right thing.' --on F2 && a recommendation add "Go on. $evil" --on C1 --addressee 'The ministry' --priority high &&
    a lesson add 'Ask early.' --on F2 && a rate impact 4 --because "$evil" && a rate relevance 5 --because 'Needs were named.' &&
    a review --accept "$(quote impact 0)" --code impact
}
{ make_project && a book folder && a book one.html; } >log 2>&1 || { cat log; echo 'Bail out! no book'; exit 99; }
run_node book.mjs folder one.html
