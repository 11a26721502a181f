#!/bin/sh
# codebook suggest: words that tell a code's passages from the rest.
# shellcheck source=tests/tap.sh
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >book.yaml <<'YAML'
id: book
codes:
  - {id: water, rules: [{words: [well*]}]}
  - {id: money, rules: ['budget']}
YAML
{
  echo 'text,codes,lang,cluster'
  for transcript in a b c d; do
    cat <<CSV
The irrigation canal was dry all summer.,water,en,$transcript
The irrigation canal and the wells are old.,water,en,$transcript
They paid the budget late in May.,money,en,$transcript
The school has a new roof.,,en,$transcript
The road to the school is bad.,,en,$transcript
They met every week in May.,,en,$transcript
Le canal est sec.,water,fr,f$transcript
L’école est loin.,,fr,f$transcript
Le toit de l’école fuit.,,fr,f$transcript
CSV
  done
  for _ in 1 2 3 4 5; do echo 'Ask Amarro about the canal.,water,en,a'; done
  echo 'We talked for hours.,?,en,a'
} >gold.csv

suggest () # OPTIONS…: in ./out and ./err
{
  "$ATTEST" codebook suggest --gold gold.csv --codebook book.yaml "$@" >out 2>err
}

suggest --format json
check 'judged texts need no project' test $? -eq 0
silent 'and nothing is complained about' cat err
# 13 in 85 words, 0 in 104: G² = 26 ln (189/85), log ratio = log2 ((13/85)/(.5/104))
check 'words with their figures' jq -e '.[0] | .code == "water" and .lang == "en" and .words == "canal"
  and .in_code == 13 and .in_rest == 0 and .code_words == 85 and .rest_words == 104
  and ((.g2 - 20.7765) | fabs) < .001 and ((.log_ratio - 4.99149) | fabs) < .0001
  and .passages == 13 and .others == 0 and .precision == 1 and .recall == 1
  and .missed == 9 and .covered == 0 and .sources == 4 and .mostly_in == "a"' out
check 'each language by itself' jq -e '[.[] | select(.lang == "fr") | .words] == ["canal", "sec"]' out
check 'a phrase is left to the word that tells as much' jq -e 'all(.words != "irrigation canal")' out
check 'what the rules match already is left out' jq -e 'all(.words != "budget" and .words != "wells")' out
check 'and what one transcript alone has' jq -e 'all(.words != "amarro")' out
check 'stop words are no suggestions' jq -e 'all(.words != "the" and .words != "le")' out
cp out first
suggest --format json
check 'the same again' cmp first out

suggest --format json --all
check '--all: with what is covered' jq -e 'any(.words == "budget" and .covered == 4 and .missed == 0)' out
check '--all: with what one transcript has' jq -e 'any(.words == "amarro" and .sources == 1)' out
suggest --format csv --code money --limit 1
check 'CSV of one code, the best alone' test "$(wc -l <out)" -eq 2
check 'with the columns of JSON' grep -q '^code,lang,words,g2,log_ratio,precision,recall,passages' out
suggest --min-passages 20
check 'nothing to suggest is exit 0' test $? -eq 0
check 'and is said' grep -q 'no words tell a code from the rest' err
suggest
check 'a table has a heading for each code and language' grep -qx 'water, fr: 4 passages, 8 others' out
suggest --code watr
check 'a code that is not there is exit 2' test $? -eq 2
suggest --gold nowhere.csv
check 'a file that is not there is exit 1' test $? -eq 1
echo 'text,codes
x,fire' >bad.csv
check 'a code in the file that is not there has its line' \
  prints '^attest: bad.csv:2: the codebook book has no code' \
  status_is 3 "$ATTEST" codebook suggest --gold bad.csv --codebook book.yaml

# A project: its sentences, with the codes of their segments.
for transcript in a b c; do
  cat >$transcript.txt <<TEXT
Interviewer: What about water here, and the pump? Was it dry?

Respondent: In $transcript the wells ran dry. They are dry every summer, each summer, all summer, and next summer the wells lie empty. We met in May.

Interviewer: Anything else?

Respondent: The school is new. The road is bad, and the school is far. Wells are dry. Wells and the pump, dry again.
TEXT
done
"$ATTEST" init p.attest >/dev/null && "$ATTEST" ingest --lang en a.txt b.txt c.txt >/dev/null 2>&1
"$ATTEST" code book.yaml >/dev/null 2>&1
"$ATTEST" codebook suggest --format json >out
check 'the sentences of a project, without those of interviewers' jq -e '.[0] | .words == "dry"
  and .in_code == 12 and .passages == 12 and .precision == 1 and .missed == 0 and .sources == 3' out
printf 'source,turn,codes\na,1,water\nb,1,water\nc,1,water\na,3,\nb,3,\nc,3,\n' >turns.csv
"$ATTEST" codebook suggest --gold turns.csv --all --format json >out
check 'places in a project' jq -e 'any(.words == "summer" and .passages == 3 and .others == 0 and .missed == 0)' out
"$ATTEST" codebook suggest --reviewed >out 2>err
check 'nothing is reviewed: no sentence' grep -q '^0 sentences' out
for id in $("$ATTEST" segments --format json | jq -r '.[] | select(.quote | test("Wells are dry|In . the")) | .id'); do
  "$ATTEST" review "$id" --reject --coder me >/dev/null
done
for id in $("$ATTEST" segments --status proposed --format json | jq -r '.[].id'); do
  "$ATTEST" review "$id" --accept --coder me >/dev/null
done
"$ATTEST" codebook suggest --reviewed --all --min-passages 2 --format json >out 2>err
check 'reviewed: what tells accepted from rejected' jq -e 'any(.words == "summer" and .passages == 3 and .others == 0)' out
check 'rejected passages are the others' jq -e 'all(.words != "dry")' out
check 'not with judged passages of a file' status_is 2 "$ATTEST" codebook suggest --reviewed --gold turns.csv
check 'nothing in the project changes' "$ATTEST" verify
done_testing
