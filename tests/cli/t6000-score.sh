#!/bin/sh
# sample and score: passages drawn, judged, and held against what the codebook finds. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >fruit.yaml <<'YAML'
id: fruit
dimensions: {kind: {title: Kind}, colour: {title: Colour}}
codes:
  - {id: apple, dimension: kind, rules: [apples?, cider]}
  - {id: pear, dimension: kind, rules: [pears?]}
  - {id: red, dimension: colour, rules: [red]}
YAML
cat >gold.csv <<'CSV'
text,codes,cluster
The apples were good.,apple,A
We had pears and a café.,pear,A
Cider it was.,apple,B
It rained on the apples.,pear,B
Nothing here.,,C
A red one.,apple,C
Not judged yet,?,C
CSV
score () { "$ATTEST" score --codebook fruit.yaml --gold "$@"; }
figure () { [ "$(score gold.csv --format json | jq -c "$1")" = "$2" ] || score gold.csv --format json; }

check 'tp, fp, fn' figure '[.per_code[] | [.code, .tp, .fp, .fn]]' '[["apple",2,1,1],["pear",1,0,1]]'
check 'precision and recall' figure '[.per_code[0].precision, .per_code[1].recall]' '[0.666667,0.5]'
check 'micro' figure '[.micro.precision, .micro.recall, .micro.f1]' '[0.75,0.6,0.666667]'
check 'macro' figure '.macro.precision' '0.833333'
check 'codes of other dimensions are not judged' figure '[.per_code[].code]' '["apple","pear"]'
check 'but when they are asked for' prints '^red,0,1,0' score gold.csv --dimension colour --format csv
check 'what is not judged is left out' figure '[.items, .not_judged, .clusters]' '[6,1,3]'
check 'what is taken for what' figure '.confusion[0]' '{"gold":"apple","found":null,"items":1}'
check 'intervals hold the figure' sh -c '"$ATTEST" score --codebook fruit.yaml --gold gold.csv --format json \
  | jq -e "all(.per_code[]; .ci.f1 == null or (.ci.f1[0] <= .f1 and .f1 <= .ci.f1[1]))"'
score gold.csv --seed 3 --format csv >one.csv
score gold.csv --seed 3 --format csv >two.csv
check 'the same seed, the same intervals' cmp one.csv two.csv
check 'two rules' prints '^apple,0,0,3' score gold.csv --min-rules 2 --format csv

printf 'text,codes\nx,plum\n' >bad.csv
check 'a code that is not in the codebook' prints "bad.csv:2: the codebook fruit has no code 'plum'" score bad.csv
check 'is an error of the file' status_is 3 score bad.csv
printf 'text,label\nx,apple\n' >bad.csv
check 'a column that is missing' prints "bad.csv:1: no column 'codes'" score bad.csv
printf 'text,codes,weight\nx,apple,-1\n' >bad.csv
check 'a weight that is none' prints "bad.csv:2: '-1' is no weight" score bad.csv
check 'no file' status_is 2 "$ATTEST" score

# --- passages of a project
cat >a.txt <<'TXT'
I: What fruit?
R: The apples were good. Then it rained, and rained. Pears, too.
I: And?
R: We drank cider. Nobody complained.
TXT
sed 's/good/bad/; s/Pears/Plums/' a.txt >b.txt
"$ATTEST" init p >/dev/null && "$ATTEST" ingest a.txt b.txt >/dev/null && "$ATTEST" code fruit.yaml >/dev/null
"$ATTEST" sample --size 100 --output all.csv
check 'every sentence is drawn once' [ "$(wc -l <all.csv)" -eq 10 ]
check 'with what was found' [ "$(awk -F , '$8 == "apple"' all.csv | wc -l)" -eq 4 ]
check 'no question of the interviewer' fails grep -q 'What fruit' all.csv
"$ATTEST" sample --size 2 --seed 5 --output one.csv
"$ATTEST" sample --size 2 --seed 5 --output two.csv
check 'the same seed, the same passages' cmp one.csv two.csv
check 'weights add up to all passages' sh -c '"$ATTEST" sample --size 2 --format json | jq -e "map(.weight) | add == 9"'
check 'blind, nothing tells what was found' fails grep -q -e stratum -e found -e weight "$( "$ATTEST" sample --blind --output blind.csv; echo blind.csv )"
sed 's/,?,\([a-z]*\),/,\1,\1,/' one.csv >judged.csv
check 'who agrees with all finds no fault' sh -c '"$ATTEST" score --gold judged.csv --format json \
  | jq -e ".micro.precision == 1 and .micro.recall == 1 and .weighted"'
sed 's/rained/poured/' judged.csv >other.csv
check 'a text that is not there' status_is 3 "$ATTEST" score --gold other.csv
printf 'source,turn,codes\na,1,apple;pear\na,3,\nb,1,apple\n' >turns.csv
check 'whole turns' sh -c '"$ATTEST" score --gold turns.csv --unit turn --format json \
  | jq -ce "[.unit, .per_code[0].tp, .per_code[0].fp] == [\"turn\", 2, 1]"'
check 'a turn that is not there' prints "turns.csv:2: 'a' has only 4 turns" sh -c \
  'printf "source,turn,codes\na,9,\n" >turns.csv; "$ATTEST" score --gold turns.csv'
done_testing
