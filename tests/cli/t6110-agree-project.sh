#!/bin/sh
# agree in a project: codebooks taken for coders, by sentence, turn and source. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >fruit.yaml <<'YAML'
id: fruit
dimensions: {kind: {title: Kind}, colour: {title: Colour}}
codes:
  - {id: apple, dimension: kind, rules: [apples?, cider]}
  - {id: pear, dimension: kind, rules: [pears?]}
  - {id: red, dimension: colour, rules: [red]}
  - {id: green, dimension: colour, rules: [green]}
YAML
cat >other.yaml <<'YAML'
id: other
dimensions: {kind: {title: Kind}, colour: {title: Colour}}
codes:
  - {id: pear, dimension: kind, rules: [pears?]}
  - {id: apple, dimension: kind, rules: [apples?]}
  - {id: plum, dimension: kind, rules: [plums?]}
  - {id: red, dimension: colour, rules: [red]}
YAML
cat >a.txt <<'TXT'
I: What about the apples and pears?
R: The apples were good in the year before last. Then it rained for nine weeks, and rained. We had many pears in the cellar, too.
I: And?
R: We drank cider at every meeting of the village. Nobody complained about it at all.
TXT
sed 's/good/bad/; s/many pears/many plums/' a.txt >b.txt
"$ATTEST" init p >/dev/null && "$ATTEST" ingest a.txt b.txt >/dev/null
"$ATTEST" code fruit.yaml >/dev/null && "$ATTEST" code other.yaml >/dev/null

agree () { "$ATTEST" agree --codebook fruit --codebook other "$@"; }
figure () # FILTER EXPECTED ARGS…
{
  filter=$1 expected=$2
  shift 2
  got=$(agree "$@" --format json --no-intervals | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; return 1; }
}

# Ten sentences of respondents; apple: 4 by one codebook, 2 of them by the other; pear: 1 by both.
check 'sentences, without the questions' figure '[.unit, .items, .coders, .coder_names[]]' '["sentence",10,2,"fruit","other"]'
check 'by code' figure '[.per_code[] | [.code, .all_present, .none_present, .split]]' '[["apple",2,6,2],["pear",1,9,0],["red",0,10,0]]'
check 'kappa' figure '.per_code[0] | [.percent, .cohen_kappa]' '[0.8,0.545455]'
check 'codes that one of them does not have are left out, and named' \
  figure '.warnings[0]' '"Codes that not all of them have, left out: green (only fruit), plum (only other)."'
check 'a code that nobody found has no kappa, and a reason' figure '.per_code[2] | [.cohen_kappa, (.notes | has("cohen_kappa"))]' '[null,true]'
check 'sources are drawn for intervals' sh -c '"$ATTEST" agree --codebook fruit --codebook other --format json | jq -e ".bootstrap | .unit == \"source\" and .clusters == 2"'
check 'turns' figure '[.unit, .items, (.per_code[0] | .all_present, .none_present, .split)]' '["turn",4,2,0,2]' --unit turn
check 'sources' figure '[.unit, .items, (.per_code[1] | .all_present, .none_present, .split)]' '["source",2,1,1,0]' --unit source
# Cider is in one sentence of each.
check 'characters: each code by itself' figure '[.unit, .items, .coder_names[], (.per_code[] | .code, .n)]' '["character",2,"fruit","other","apple",6,"pear",2,"red",0]' --unit character
check 'characters: what both found in the same way' figure '.per_code[1] | [.u_alpha, .overlap]' '[1,1]' --unit character
check 'characters: what one found twice as much' figure '.per_code[0] | [(.u_alpha > 0.3 and .u_alpha < 1), .prevalence > 0.2]' '[true,true]' --unit character
check 'characters: interviewers do not count' figure '.characters' "$( ("$ATTEST" turns a --format json; "$ATTEST" turns b --format json) | jq -s 'add | map(select(.role != "interviewer") | .end - .start) | add')" --unit character
check 'one dimension' figure '[.per_code[].code]' '["apple","pear"]' --dimension kind
check 'disagreements with their words' figure '.[0] | [.source, .quote, .fruit, .other]' \
  '["a","We drank cider at every meeting of the village.",["apple"],[]]' --disagreements
check 'and their place' sh -c 'text=$("$ATTEST" text a)
  "$ATTEST" agree --codebook fruit --codebook other --disagreements --format json \
    | jq -e --arg text "$text" ".[0] as \$d | \$text[\$d.start:\$d.end] == \$d.quote"'
check 'for people' prints '^a  *3  We drank cider.*apple  *(no code)' agree --disagreements
check 'the order of the codebooks changes no coefficient' sh -c '
  "$ATTEST" agree --codebook other --codebook fruit --no-intervals --format json | jq -S ".per_code | sort_by(.code)" >turned
  "$ATTEST" agree --codebook fruit --codebook other --no-intervals --format json | jq -S ".per_code | sort_by(.code)" | cmp - turned'

check 'what people did to a codebook is told' sh -c '
  cp p.attest kept; id=$("$ATTEST" segments --codebook fruit --code apple --format json | jq -r ".[0].id")
  "$ATTEST" review --codebook fruit --reject "$id" --reason no >/dev/null && "$ATTEST" mark a 60 70 pear --codebook fruit >/dev/null
  for unit in sentence character; do
    "$ATTEST" agree --codebook fruit --codebook other --unit $unit --format json | jq -e ".warnings[1] == \"Codebook fruit counts as people left it: without 1 segments that they rejected, with 1 that they added. --run compares what rules found.\"" || exit
  done; mv kept p.attest'

# --- codes with other names
sed 's/id: other/id: named/; s/id: apple/id: pomme, name: {en: "APPLE "}/; s/id: pear/id: poire/' other.yaml >named.yaml
sed -i 's/{id: apple, /{id: apple, name: {en: Apple}, /' fruit.yaml
"$ATTEST" code fruit.yaml >/dev/null && "$ATTEST" code named.yaml >/dev/null
printf 'a,b\npear,poire\n' >map.csv
named () { "$ATTEST" agree --codebook fruit --codebook named --no-intervals --format json "$@" | jq -c '[.per_code[] | [.code, .all_present, .split]]'; }
check 'codes of the same name are the same' prints '\[\["apple",2,2\],\["red",0,0\]\]' named
check 'and those that a mapping pairs' prints '\[\["apple",2,2\],\["pear",1,0\],\["red",0,0\]\]' named --mapping map.csv
check 'also as stretches' prints '"pear",' named --mapping map.csv --unit character
check 'a mapping needs codebooks' status_is 2 "$ATTEST" agree --table x.csv --mapping map.csv

# --- people and a codebook
"$ATTEST" sample --size 100 --blind --codebook fruit --output judged.csv
awk -F , -v OFS=, 'NR > 1 { code = /apples|cider/ ? "apple" : /pears/ ? "pear" : ""; sub(/[?]/, code) } { print }' judged.csv >right.csv
people () { "$ATTEST" agree --codebook fruit --gold "$@" --no-intervals --format json; }
said () # FILTER EXPECTED FILE ARGS…
{
  filter=$1 expected=$2
  shift 2
  got=$(people "$@" | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; return 1; }
}
check 'who says the same agrees with it' said '[.unit, .items, .coder_names[], .overall.cohen_kappa]' '["passage",10,"people","fruit",1]' right.csv
sed '/cider/s/apple//' right.csv >stricter.csv
check 'who is stricter does not' said '.per_code[0] | [.code, .all_present, .split, .cohen_kappa]' '["apple",2,2,0.545455]' stricter.csv
check 'codes of which people were not asked are left out' said '[.per_code[].code]' '["apple","pear"]' right.csv
check 'unless they are named' said '[.per_code[].code]' '["red","green"]' right.csv --dimension colour
check 'and a second codebook' said '[.coder_names, (.pairs | length)]' '[["people","fruit","other"],3]' right.csv --codebook other
check 'what they differ on' sh -c '"$ATTEST" agree --codebook fruit --gold stricter.csv --disagreements --format json \
  | jq -e "[.[] | .quote | contains(\"cider\")] == [true, true]"'
printf 'source,turn,codes\na,3,apple\nb,1,\n' >turns.csv
check 'whole turns' said '[.items, .per_code[0].all_present, .per_code[0].split]' '[2,1,1]' turns.csv
printf 'source,start,end,codes,weight\na,50,60,apple,3\n' >weighted.csv
check 'passages that were drawn with weights are no picture of the project' said '.warnings | map(test("different chances")) | any' true weighted.csv
printf 'source,turn,codes\na,3,plum\n' >bad.csv
check 'a code that the codebook does not have' prints "bad.csv:2: the codebook fruit has no code 'plum'" people bad.csv
printf 'text,codes\nAn apple,apple\n' >texts.csv
check 'texts of their own' status_is 3 people texts.csv
printf 'source,turn,codes\na,3,\n' >nothing.csv
check 'who gave no code was asked of which?' prints 'people gave no code' people nothing.csv
check 'no unit beside passages' status_is 2 people right.csv --unit turn

check 'one codebook' status_is 2 "$ATTEST" agree --codebook fruit
check 'the same twice' prints "'fruit' is named twice" "$ATTEST" agree --codebook fruit --codebook fruit
check 'one that is not there' status_is 2 "$ATTEST" agree --codebook fruit --codebook none
check 'a dimension that is not there' prints "no dimension 'size'" agree --dimension size
check 'a table and codebooks' status_is 2 agree --table x.csv
check 'no code in common' sh -c 'printf "id: veg\ncodes:\n- {id: leek, rules: [leeks?]}\n" >veg.yaml
  "$ATTEST" code veg.yaml >/dev/null; "$ATTEST" agree --codebook fruit --codebook veg 2>&1 | grep "no code in common.*--mapping"'
printf 'R: One more apple.\n' >c.txt && "$ATTEST" ingest c.txt >/dev/null && "$ATTEST" code fruit.yaml >/dev/null
check 'a source that one has not searched' prints "codebook 'other' has not searched 1 of the sources" agree
done_testing
