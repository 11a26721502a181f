#!/bin/sh
# Evidence books for the public and in other languages, in headless Chromium. TAP.
. "$ATTEST_SRCDIR/tests/browser/browser.sh"

printf 'Interviewer: Чего достигли?\n\nОльга Каримова: Женщины решают сами, спросите Каримову, говорит Каримова. Миграция, migration.\n\nInterviewer: А еще?\n\nОльга Каримова: Цели достигнуты.\n' >karimova-office.txt
printf 'Interviewer: What changed?\n\nFatima Aliyeva: I am Fatima, and the migration policy changed much.\n\nInterviewer: More?\n\nFatima Aliyeva: We reached the targets.\n' >aliyeva-bazaar.txt
grep -E '^respondent|,(01|02|05|12)-' "$corpus/respondents.csv" >given.csv
printf 'respondent,source,consent\nKarimova,karimova-office,anonymous\nAliyeva,aliyeva-bazaar,anonymous\n' >who.csv
printf '%s\n' Каримов karimova-office aliyeva-bazaar Karimova Aliyeva Fatima 01-migration 02-foreign 12-focus 05-migrant >secrets.txt
a () { "$ATTEST" -p p.attest "$@"; }
quote () { a segments --code "$1" --format json | jq -r ".[$2].id"; }
make_project ()
{
  "$ATTEST" init p --title 'Migration policy' && a ingest "$corpus"/01* "$corpus"/02* "$corpus"/05* "$corpus"/12* karimova-office.txt aliyeva-bazaar.txt &&
    a respondents import given.csv && a respondents import who.csv && a code oecd-dac &&
    a finding add 'It changed, says Fatima.' --criterion impact --on "$(quote impact 0)" --on "$(quote impact 1)" --against "$(quote impact 2)" &&
    a finding add 'Nothing supports it.' --criterion relevance &&
    a conclusion add 'It was the right thing.' --on F1 && a recommendation add 'Go on.' --on C1 && a rate impact 5 --because 'As Fatima Aliyeva said'
}
books ()
{
  a book public --public && a book public-page.html --public && a book fr --lang fr && a book fr-page.html --lang fr &&
    a book public-ru --public --lang ru && a book public-ru-page.html --public --lang ru
}
{ make_project && books; } >log 2>&1 || { cat log; echo 'Bail out! no book'; exit 99; }
run_node audiences.mjs en=public fr=fr ru=public-ru
