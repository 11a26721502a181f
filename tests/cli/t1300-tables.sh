#!/bin/sh
# Tables as transcripts: what a survey's answers are asked about, and that --map is kept.
. "$ATTEST_SRCDIR/tests/tap.sh"

cat > codebook.yaml <<'YAML'
id: small
version: "1"
codes:
  - id: impact
    asked: ['changed?']
    rules: ['prices?']
YAML
cat > survey.csv <<'CSV'
id,sex,What has changed?,Other comments
K1,F,Prices fell a lot.,Prices of seeds rose.
K2,M,,"Prices, prices, always prices."
CSV

scan () { "$ATTEST" scan codebook.yaml "$@" --format jsonl | jq -r '[.speaker, .quote, (.asked | join(" "))] | join("|")'; }

answers_are_asked_by_headings ()
{
  cat > expected <<'TXT'
K1|Prices fell a lot.|impact
K1|Prices of seeds rose.|
K2|Prices, prices, always prices.|
TXT
  scan survey.csv | diff expected -
}
check 'an answer is asked about what its heading asks, and no heading about the one before' \
  answers_are_asked_by_headings

cat > table.csv <<'CSV'
Wer,Was
Ana,Prices rose?
Li,They fell.
CSV
map_names_columns ()
{
  "$ATTEST" read table.csv --map speaker=Wer --map text=Was --format json \
    | jq -r '.turns[] | .speaker' | tr '\n' ' ' | grep -qx 'Ana Li '
}
check 'read --map names the columns' map_names_columns

map_is_kept ()
{
  "$ATTEST" init p && "$ATTEST" ingest table.csv --map speaker=Wer,text=Was \
    && "$ATTEST" turns table --format json >before && "$ATTEST" rebuild \
    && "$ATTEST" turns table --format json | cmp before - && "$ATTEST" verify
}
check 'a project keeps --map: rebuild and verify read the table the same way' map_is_kept

unknown_key () { "$ATTEST" read table.csv --map words=Was; [ $? -eq 2 ]; }
check 'an unknown key of --map is a wrong command line' unknown_key
unknown_column () { "$ATTEST" read table.csv --map text=Wo; [ $? -eq 3 ]; }
check 'a column that the table does not have is an error of the file' unknown_column

silent 'a reader who has seen enough is no error' sh -c '"$ATTEST" --help | head -n 1 >/dev/null
  i=0; while [ $i -lt 400 ]; do "$ATTEST" --generate json; i=$((i + 100)); done | head -n 1 >/dev/null'
done_testing
