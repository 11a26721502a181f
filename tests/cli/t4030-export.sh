#!/bin/sh
# export --format xlsx and r: every kind of thing as a table, numbers as numbers, nothing runs, nothing half written. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

command -v unzip >/dev/null && command -v xmllint >/dev/null || skip_all 'unzip or xmllint is missing'

cat >book.yaml <<'YAML'
id: small
dimensions: {criterion: {title: Criterion}, theme: {title: Theme}}
codes:
- {id: impact, dimension: criterion, rules: ['chang\w+', 'измен\w+', '=SUM']}
- {id: gender, dimension: theme, rules: ['women', 'женщин\w*']}
YAML
{
  printf 'Interviewer: And now?\n\nAnna: =SUM(A1:A9) has changed, café 🙂 for women.\n\n'
  printf 'Interviewer: What else?\n\nAnna: +1 for the change.\n'
} >one.txt
printf 'Interviewer: Что?\n\nОльга: Женщины изменили всё.\n\nInterviewer: А ещё?\n\nОльга: Ничего.\n' >two.txt
printf 'respondent,source,group,note\nA,one,Government,=1+1\nO,two,,"a ""b"", c"\n' >who.csv

"$ATTEST" init p --title 'Title & <b>' >/dev/null && "$ATTEST" ingest one.txt two.txt >/dev/null \
  && "$ATTEST" respondents import who.csv >/dev/null && "$ATTEST" code book.yaml >/dev/null \
  && quote=$("$ATTEST" segments --code impact --source one --format json | jq -r '.[0].id') \
  && "$ATTEST" finding add 'Much has changed' --criterion impact --on "$quote" >/dev/null \
  && "$ATTEST" rate impact 4 --because 'it says so' >/dev/null \
  && "$ATTEST" export --format xlsx --book 'book.html' --output t.xlsx 2>err \
  && mkdir x && (cd x && unzip -q ../t.xlsx) || {
  echo 'Bail out! no workbook'
  exit 99
}

sheet () # NAME: the XML of a sheet
{
  id=$(xmllint --xpath "count(//*[local-name()='sheet'][@name='$1']/preceding-sibling::*) + 1" x/xl/workbook.xml)
  cat "x/xl/worksheets/sheet$id.xml"
}

cell () # SHEET HEADING ROW: the text of a cell
{
  sheet "$1" >s.xml
  column=$(xmllint --xpath "count((//*[local-name()='row'][1]/*[string(.)='$2'])[1]/preceding-sibling::*) + 1" s.xml)
  letter=$(xmllint --xpath "string((//*[local-name()='row'][1]/*)[$column]/@r)" s.xml | tr -d 0-9)
  xmllint --xpath "string(//*[@r='$letter$3'])" s.xml
}

has_sheets ()
{
  xmllint --xpath "//*[local-name()='sheet']/@name" x/xl/workbook.xml | tr -d ' \n' >names
  for name in about segments frequency matrix matrix_respondents cells presence respondents sources ratings findings \
    conclusions recommendations lessons practices links columns; do
    grep -q "name=\"$name\"" names || { echo "no $name"; return 1; }
  done
}
check 'there is a sheet for each kind of thing' has_sheets

is_well_formed () { find x -name '*.xml' -exec xmllint --noout {} +; }
check 'every part of it is well-formed' is_well_formed

stays () # the first row stays in sight, with filters, in every sheet
{
  for file in x/xl/worksheets/*.xml; do
    grep -q 'ySplit="1"[^>]*state="frozen"' "$file" && grep -q '<autoFilter' "$file" || { echo "$file"; return 1; }
  done
}
check 'headings stay in sight, with filters' stays

right_cells ()
{
  [ "$(cell segments quote 2)" = '=SUM(A1:A9) has changed, café 🙂 for women.' ] \
    && [ "$(cell frequency segments 2)" = 3 ] && [ "$(cell frequency code 2)" = impact ] \
    && [ "$(cell presence gender 2)" = 1 ] && [ "$(cell findings id 2)" = F1 ] \
    && [ "$(cell findings 'rests on' 2)" = "$quote" ] && [ "$(cell ratings level 2)" = 4 ] \
    && [ "$(cell respondents note 2)" = '=1+1' ] && [ "$(cell matrix Government 2)" = 2 ] \
    && [ "$(cell about value 2)" = 'Title & <b>' ]
}
check 'cells say what the project says' right_cells

numbers ()
{
  sheet frequency >s.xml
  xmllint --xpath "//*[local-name()='row'][2]/*[not(@t)]/*[local-name()='v']" s.xml | grep -q '<v>3</v>'
}
check 'a number is a number' numbers

no_formula () { ! grep -l '<f>' x/xl/worksheets/*.xml; }
check 'nothing is a formula' no_formula

links ()
{
  sheet segments | grep -q '<hyperlink ' && grep -q "book.html\"\|book.html#" x/xl/worksheets/_rels/sheet2.xml.rels \
    && sheet segments | grep -q "location=\"$quote\""
}
check 'a quote leads to its place in the book' links

same_bytes () { "$ATTEST" export --format xlsx --book book.html | cmp - t.xlsx; }
check 'the same project gives the same bytes, also into a pipe' same_bytes

no_temporary () { [ -z "$(ls -A tmp)" ]; }
mkdir tmp
TMPDIR=$PWD/tmp "$ATTEST" export --format xlsx --output u.xlsx
check 'no temporary file stays' no_temporary

cut_is_told ()
{
  mkdir -p long && cp p.attest long/p.attest \
    && "$ATTEST" -p long/p.attest finding add "$(head -c 32768 /dev/zero | tr '\0' 'a')" --criterion impact \
    && prints '1 text is longer than a cell' "$ATTEST" -p long/p.attest export --format xlsx --output long/t.xlsx
}
check 'a text that no cell can hold is told of' cut_is_told

check 'a folder that is not there is an error' status_is 1 "$ATTEST" export --format xlsx --output missing/t.xlsx
check '--book without a workbook is refused' status_is 2 "$ATTEST" export --book book.html

public_tables () # nobody has a row, and small counts are not told
{
  "$ATTEST" export --public --format r --output public \
    && [ ! -e public/presence.csv ] && [ ! -e public/respondents.csv ] && [ ! -e public/cells.csv ] \
    && ! grep -rqE 'Anna|Ольга|Government|one\.txt' public/*.csv && grep -q '^criterion,impact,.*<3' public/frequency.csv \
    && "$ATTEST" export --public --format xlsx >public.xlsx && mkdir y && (cd y && unzip -q ../public.xlsx) \
    && ! grep -rqE 'Anna|Ольга|Government' y && grep -rq '&lt;3' y
}
check 'for the public there is nothing about one person' public_tables

# ---- a folder of CSV files ----

"$ATTEST" export --format r --output tables || { echo 'Bail out! no tables'; exit 99; }

dictionary_is_complete ()
{
  for file in tables/*.csv; do
    name=$(basename "$file" .csv)
    [ "$name" = columns ] && continue
    head -n 1 "$file" | tr -d '\r"' | tr ',' '\n' | while read -r key; do
      grep -q "^$name,\"*$key\"*,[a-z]*,\"*[^\",]" tables/columns.csv || { echo "$name: $key"; exit 1; }
    done || return 1
  done
}
check 'the dictionary says what every column is' dictionary_is_complete

same_segments () { [ "$(grep -c . tables/segments.csv)" = "$("$ATTEST" export | grep -c .)" ]; }
check 'the segments are those of the export' same_segments

is_private () { [ "$(stat -c %a tables)" = 700 ]; }
check 'nobody else reads the folder' is_private

stays_as_it_is ()
{
  cp -r tables before && status_is 2 "$ATTEST" export --format r --output tables && diff -r tables before \
    && [ -z "$(find . -maxdepth 1 -name '.attest-tables*')" ]
}
check 'a folder that is there stays as it is' stays_as_it_is
check 'without a folder it is refused' status_is 2 "$ATTEST" export --format r

empty_project () { mkdir none && "$ATTEST" init none/e >/dev/null && "$ATTEST" -p none/e.attest export --format r --output empty && "$ATTEST" -p none/e.attest export --format xlsx >e.xlsx; }
check 'an empty project has all tables, without rows' empty_project

if command -v python3 >/dev/null; then
  read_by_python ()
  {
    (cd tables && python3 -c '
import read
t = read.read_attest(".")
s = t["segments"]
assert len(s) == 5, len(s)
first = [row for row in s if row["source"] == "one"][0]
assert first["quote"] == "=SUM(A1:A9) has changed, café 🙂 for women.", first["quote"]
assert first["turn"] == 1 and first["speaker"] == "Anna" and first["start_ms"] is None
assert t["respondents"][0]["attribute:note"] == "=1+1"
assert t["respondents"][0]["sources"] == ["one"]
assert t["presence"][1]["gender"] == 1
assert t["ratings"][0]["position"] == 0.75, t["ratings"]
assert t["recommendations"] == []
')
  }
  check 'read.py reads them with their types' read_by_python
else
  skip 'read.py reads them with their types' 'python3 is missing'
fi
if command -v Rscript >/dev/null; then
  read_by_r ()
  {
    (cd tables && LC_ALL=C.UTF-8 Rscript -e 'source("read.R")
stopifnot(nrow(attest$segments) == 5, is.numeric(attest$segments$turn), is.na(attest$segments$start_ms[1]))
stopifnot(attest$respondents[["attribute:note"]][1] == "=1+1", attest$ratings$position == 0.75)
stopifnot(identical(attest$findings$rests_on[[1]], attest$links$target), nrow(attest$lessons) == 0)')
  }
  check 'read.R reads them with their types' read_by_r
else
  skip 'read.R reads them with their types' 'R is missing'
fi
done_testing
