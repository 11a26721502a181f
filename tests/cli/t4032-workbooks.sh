#!/bin/sh
# --format xlsx of the commands that compare: a workbook with a sheet for each table. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

command -v unzip >/dev/null && command -v xmllint >/dev/null || skip_all 'unzip or xmllint is missing'

for name in a b; do
  printf 'id: %s\ncodes:\n- {id: impact, rules: [%s]}\n' "$name" "$([ $name = a ] && echo 'changed' || echo 'changed, women')" >$name.yaml
done
printf 'Interviewer: So?\n\nAnna: Much has changed. Women speak.\n\nInterviewer: And?\n\nAnna: =1+1 women.\n' >one.txt
printf 'Interviewer: So?\n\nOlga: Nothing is new. It changed.\n\nInterviewer: And?\n\nOlga: Yes.\n' >two.txt
printf 'respondent,source,group\nA,one,X\nO,two,Y\n' >who.csv
printf 'item,coder,value\n1,k,yes\n1,l,yes\n2,k,no\n2,l,yes\n3,k,no\n3,l,no\n' >codes.csv
mkdir p && "$ATTEST" init p/p >/dev/null && cd p && "$ATTEST" ingest ../one.txt ../two.txt >/dev/null \
  && "$ATTEST" respondents import ../who.csv >/dev/null && "$ATTEST" code ../a.yaml >/dev/null \
  && "$ATTEST" rate impact 4 --because so >/dev/null && "$ATTEST" project set donor=Fund >/dev/null || {
  echo 'Bail out! no project'
  exit 99
}

has_sheets () # NAME… ; COMMAND in $command: writes t.xlsx, which has these sheets and no formula
{
  rm -rf t.xlsx x
  # shellcheck disable=SC2086
  "$ATTEST" $command --format xlsx --output t.xlsx
  [ $? -eq 0 ] || [ -s t.xlsx ] || return 1
  mkdir x && (cd x && unzip -q ../t.xlsx) && find x -name '*.xml' -exec xmllint --noout {} + || return 1
  for sheet in "$@"; do
    grep -q "name=\"$sheet\"" x/xl/workbook.xml || { echo "no sheet $sheet"; return 1; }
  done
  ! grep -rq '<f>' x
}
command='compare ../a.yaml ../b.yaml'
check 'compare: codes and differences' has_sheets codes differences
gained () { grep -rq '=1+1 women' x; }
check 'with the words that one codebook finds alone' gained
command='compare --by group'
check 'compare --by: codes and cells' has_sheets codes cells
command='synthesis p.attest'
check 'synthesis: evaluations' has_sheets evaluations
command='synthesis p.attest --by donor'
check 'synthesis --by: totals, too' has_sheets evaluations totals
command='keyness --by group'
check 'keyness: terms' has_sheets terms
command='agree --table ../codes.csv'
check 'agree: codes, pairs, confusion, differences' has_sheets codes overall pairs confusion differences
check 'a mapping is no workbook' status_is 2 "$ATTEST" compare ../a.yaml ../b.yaml --suggest-mapping --format xlsx
done_testing
