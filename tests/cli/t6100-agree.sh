#!/bin/sh
# agree: coefficients of coders' tables, as published; what is not defined; what is wrong with a table. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

agree () { "$ATTEST" agree --table "$@"; }
json () { agree "$@" --format json; } # FILE ARGS
figure () # FILTER EXPECTED FILE ARGS…: jq -c of the JSON
{
  filter=$1 expected=$2
  shift 2
  got=$(json "$@" | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; return 1; }
}

# --- one value an item
# Krippendorff (2011), example C: four observers, twelve units, values missing.
{
  echo item,coder,value
  i=0
  for unit in 11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 .3..; do
    i=$((i + 1))
    for coder in A B C D; do
      value=${unit%"${unit#?}"} unit=${unit#?}
      [ "$value" = . ] || echo "$i,$coder,$value"
    done
  done
} >c.csv
check 'alpha, nominal' figure .overall.krippendorff_alpha 0.743421 c.csv
check 'alpha, ordinal' figure .overall.krippendorff_alpha 0.815388 c.csv --metric ordinal
check 'alpha, interval' figure .overall.krippendorff_alpha 0.849107 c.csv --metric interval
check 'alpha, ratio' figure .overall.krippendorff_alpha 0.797403 c.csv --metric ratio
check 'items, coders, and what two of them saw' figure '[.format, .unit, .items, .compared, .coders]' '[1,"item",12,11,4]' c.csv
check 'a row a value' figure '[.per_code[] | .code]' '["1","2","3","4","5"]' c.csv
check 'Fleiss, AC1 and Brennan-Prediger with values missing' \
  figure '.overall | [.percent, .fleiss_kappa, .gwet_ac1, .brennan_prediger, .se.gwet_ac1]' '[0.818182,0.761169,0.775444,0.772727,0.14295]' c.csv
check 'AC2 with linear weights' figure '.overall.gwet_ac2 * 1000 | round' 859 c.csv --metric interval --weights linear
check 'no kappa of two coders for four, and why' \
  figure '.overall | [.cohen_kappa, (.notes.cohen_kappa | test("two coders"))]' '[null,true]' c.csv
check 'each two of them' figure '[.pairs[] | .a + .b] | join(" ")' '"AB AC AD BC BD CD"' c.csv
check 'the benchmark has a name' figure '[.benchmark.name, .overall.level]' '["Krippendorff (2004)","tentative"]' c.csv
check 'and people see it' prints 'Krippendorff (2004): alpha is reliable from .800' agree c.csv
check 'people see unit and number' prints '^Unit: item; 11 of 12 were judged by two or more of 4 coders (A, B, C, D)' agree c.csv

# Two coders, 80 7 / 8 5: much agreement, little beyond chance.
awk 'BEGIN { print "item,coder,value"
  for (i = 1; i <= 100; i++) {
    print i ",Ana," (i <= 87 ? "no" : "yes"); print i ",Ben," (i <= 80 || (i > 87 && i <= 95) ? "no" : "yes") } }' >paradox.csv
check 'two coders' figure '.overall | [.percent, .cohen_kappa, .scott_pi, .krippendorff_alpha, .gwet_ac1, .brennan_prediger]' \
  '[0.85,0.314442,0.314286,0.317714,0.808,0.7]' paradox.csv
check 'n, prevalence, and the cells' figure '.per_code[1] | [.code, .n, .prevalence, .all_present, .none_present, .split]' \
  '["yes",100,0.125,5,80,15]' paradox.csv
check 'the paradox is named' figure '.overall.warnings | map(test("chance alone agrees often")) | any' true paradox.csv
check 'also to people' prints 'High agreement and a low alpha' agree paradox.csv
check 'what is taken for what' figure '.confusion[0]' '{"a":"no","b":"yes","pairs":15}' paradox.csv
check 'more values to choose from: AC1 and Brennan-Prediger change' \
  figure '[.categories, .overall.brennan_prediger, .overall.cohen_kappa]' '[3,0.775,0.314442]' paradox.csv --values no,yes,unsure
check 'disagreements' [ "$(agree paradox.csv --disagreements --format csv | wc -l)" -eq 16 ]
check 'disagreements say who said what' prints '^81,no,yes' agree paradox.csv --disagreements --format csv

# --- several codes an item
cat >codes.csv <<'CSV'
item,coder,code,cluster
s1,Ana,impact,t1
s1,Ben,impact,t1
s2,Ana,impact,t1
s2,Ben,impact,t1
s2,Ben,relevance,t1
s3,Ana,,t2
s3,Ben,,t2
s4,Ana,,t2
s4,Ben,relevance,t2
s5,Ana,impact,t3
CSV
check 'who gave no code said "absent", who has no row did not see it' \
  figure '[.items, .compared, (.per_code[] | .code, .n, .percent, .cohen_kappa)]' '[5,4,"impact",4,1,1,"relevance",4,0.5,0]' codes.csv
check 'overall is the mean of the codes' figure '.overall | [.percent, .cohen_kappa, .method]' '[0.75,0.5,"mean of the codes"]' codes.csv
check 'alphas of the sets' figure '.overall | [.jaccard_alpha, .masi_alpha]' '[0.475,0.435484]' codes.csv
check 'clusters are what is drawn' figure '[.bootstrap.unit, .bootstrap.clusters, .bootstrap.rounds]' '["cluster",3,2000]' codes.csv
check 'three of them are not enough' figure '.warnings | map(test("cannot be trusted")) | any' true codes.csv
check 'and people do not see such intervals' fails prints '0.00 to' agree codes.csv
{ echo item,coder,code; echo 's1,Ana,impact; relevance'; echo s1,Ben,relevance; } >joined.csv
check 'several codes in a cell' figure '[.per_code[].percent]' '[0,1]' joined.csv
check 'no code is told from not seen' prints '^s4,t2,(no code),relevance' agree codes.csv --disagreements --format csv
check 'no code is an empty list' figure '.[1].Ana' '[]' codes.csv --disagreements

# --- intervals
awk 'BEGIN { print "item,coder,code,cluster"
  for (i = 1; i <= 120; i++) for (c = 1; c <= 3; c++)
    print i ",C" c "," (i % 4 == 0 && (i + c) % 7 ? "a" : (i * c) % 11 == 3 ? "b" : "") ",t" i % 10 }' >many.csv
check 'intervals hold their figure' sh -c '"$ATTEST" agree --table many.csv --format json --bootstrap 300 \
  | jq -e "[.per_code[], .overall] | all(.ci.krippendorff_alpha[0] <= .krippendorff_alpha and .krippendorff_alpha <= .ci.krippendorff_alpha[1])"'
json many.csv --bootstrap 300 --seed 4 --jobs 1 >one.json
json many.csv --bootstrap 300 --seed 4 --jobs 3 >three.json
json many.csv --bootstrap 300 --seed 5 >other.json
check 'the same for any number of threads' cmp one.json three.json
check 'and on every machine' [ "$(jq -c '.overall.ci | [.percent, .krippendorff_alpha]' one.json)" = '[[0.873542,0.9],[0.331739,0.372998]]' ]
check 'another seed, other intervals' fails cmp -s one.json other.json
{ head -n 1 many.csv; tail -n +2 many.csv | sort -r; } >turned.csv
json turned.csv --bootstrap 300 --seed 4 >turned.json
check 'the order of the rows does not matter' cmp one.json turned.json
check 'none when none are wanted' figure '.overall.ci.percent' null many.csv --no-intervals
check 'CSV has them in columns' prints '^(overall),120,.*' agree many.csv --format csv

# --- not defined
printf 'item,coder,value\n1,A,x\n1,B,x\n2,A,x\n2,B,x\n' >constant.csv
check 'no variation: null, with the reason' \
  figure '.overall | [.percent, .cohen_kappa, .krippendorff_alpha, .gwet_ac1, (.notes | keys | length)]' '[1,null,null,null,6]' constant.csv
check 'never NaN' fails prints '[ :]-*nan' agree constant.csv --format json
check 'people read why' prints 'No kappa and no alpha (x, overall): no variation' agree constant.csv

# --- what is wrong with a table
wrong () # TEXT MESSAGE [ARGS]: exit 3, nothing on standard output
{
  printf "$1" >bad.csv
  message=$2
  shift 2
  "$ATTEST" agree --table bad.csv "$@" >out 2>err
  status=$?
  cat out err
  [ $status -eq 3 ] && [ ! -s out ] && grep -q -e "$message" err
}
check 'a column that is missing' wrong 'item,who,value\n1,A,x\n' "bad.csv:1: no column 'coder'"
check 'neither value nor code' wrong 'item,coder,label\n1,A,x\n' "bad.csv:1: no column 'value'"
check 'both' wrong 'item,coder,value,code\n1,A,x,y\n' 'bad.csv:1: both a column'
check 'a judgement that is there twice' wrong 'item,coder,value\n1,A,x\n2,A,x\n1,A,y\n' "bad.csv:4: coder 'A' judged item '1' in line 2"
check 'a code that is there twice' wrong 'item,coder,code\n1,A,x\n1,B,x\n1,B,x\n' "bad.csv:4: coder 'B' judged item '1' in line 3"
check 'a code and none' wrong 'item,coder,code\n1,A,x\n1,A,\n1,B,x\n' "bad.csv:3: coder 'A'"
check 'no coder' wrong 'item,coder,value\n1,A,x\n1,,x\n' 'bad.csv:3: no coder'
check 'no item' wrong 'item,coder,value\n,A,x\n' 'bad.csv:2: no item'
check 'one coder only' wrong 'item,coder,value\n1,A,x\n2,A,y\n' "bad.csv: only one coder, 'A'"
check 'a column that is there twice' wrong 'item,coder,value,Value \n1,A,x,y\n' "bad.csv:1: two columns 'value': leave one of them out"
check 'more cells than the header' wrong 'item,coder,value\n1,A,x,y\n' 'bad.csv:2: 4 cells, but the header has 3'
check 'a quote that is not closed' wrong 'item,coder,value\n1,A,"x\n1,B,x\n' 'bad.csv:2:5: the quote that opens here is not closed'
check 'no UTF-8' wrong 'item,coder,value\n1,A,caf\351\n' 'bad.csv:2:8: invalid UTF-8'
check 'what has no value is said' wrong 'item,coder,value\n1,A,x\n1,B,\n2,B,\n' 'no item was judged by two coders.*; 2 rows have no value, which counts as not judged'
check 'a value too large for its square' wrong 'item,coder,value\n1,A,1e200\n1,B,3\n' 'bad.csv: the value 1e+200 is too large to be compared: at most 1e+150' --metric interval
check 'nothing that both saw' wrong 'item,coder,value\n1,A,x\n2,B,x\n' 'bad.csv: no item was judged by two coders'
check 'empty values only' wrong 'item,coder,value\n1,A,\n1,B,\n' 'bad.csv: no item was judged by two coders'
check 'no rows' wrong 'item,coder,value\n' 'bad.csv:1: it has no rows'
check 'two clusters of one item' wrong 'item,coder,value,cluster\n1,A,x,t1\n1,B,x,t2\n' "bad.csv:3: item '1' is of cluster 't2' here"
check 'a word among numbers' wrong 'item,coder,value\n1,A,3\n1,B,high\n' "'high' is no number" --metric interval
check 'words without an order' wrong 'item,coder,value\n1,A,low\n1,B,high\n' 'by --values' --metric ordinal
check 'a value that is not of the scheme' wrong 'item,coder,value\n1,A,x\n1,B,z\n' "bad.csv:3: 'z' is not among --values" --values x,y
check 'ratios below zero' wrong 'item,coder,value\n1,A,-1\n1,B,2\n' 'below 0' --metric ratio
check 'words with an order' sh -c 'printf "item,coder,value\n1,A,low\n1,B,high\n2,A,mid\n2,B,mid\n" >order.csv
  "$ATTEST" agree --table order.csv --metric ordinal --values low,mid,high --format json | jq -e ".per_code[1].code == \"mid\""'
check '2 and 2.0 are one value of a scale' sh -c 'printf "item,coder,value\n1,A,2\n1,B,2.0\n2,A,3\n2,B,3\n" >same.csv
  "$ATTEST" agree --table same.csv --metric interval --values 1.0,2,3 --format json | jq -e ".overall.percent == 1 and .categories == 3"'
check 'empty values are counted' sh -c 'printf "item,coder,value\n1,A,x\n1,B,x\n2,A,y\n2,B,y\n3,A,\n3,B,x\n" >empty.csv
  "$ATTEST" agree --table empty.csv --format json | jq -e ".warnings[0] == \"Rows with an empty value, which count as not judged: 1.\" and .compared == 2"'
check 'what may mean nothing is named' prints "'NA' is counted as a value" sh -c \
  'printf "item,coder,value\n1,A,x\n1,B,NA\n" >na.csv; "$ATTEST" agree --table na.csv'
# --- the same table however it was saved; names that only look different are the same
printf 'item,coder,value\nZo\303\251 1,Zo\303\251,x\nZo\303\251 1,Ben,x\n2,Zo\303\251,"y, z"\n2,Ben,x\n' >plain.csv
printf '\357\273\277Item;Coder;Value\r\nZoe\314\201 1; Zoe\314\201\302\240;x\r\n"Zo\303\251 1";Ben;x\302\240\r\n2;Zo\303\251;"y, z"\r\n\r\n2;"Ben ";x' >saved.csv
check 'BOM, CRLF, semicolons, quotes, spaces, é as two characters' sh -c '
  for f in plain saved; do "$ATTEST" agree --table $f.csv --no-intervals --format json >$f.json || exit; done; cmp plain.json saved.json && jq -e ".coders == 2 and .compared == 2" plain.json'
printf 'item,coder,value\n"1\nof two lines",A,x\n"1\nof two lines",B,y\n2,A,x\n2,B,x\n' >lines.csv
printf 'item,coder,value\n1,A,2.1\n1,B,2.10\n2,A,3.3\n2,B,2.1\n' >decimals.csv
check 'numbers as they were written' sh -c '"$ATTEST" agree --table decimals.csv --metric interval --no-intervals --format json | jq -e "[.per_code[].code] == [\"2.1\", \"3.3\"]"'
check 'a name of two lines' sh -c '"$ATTEST" agree --table lines.csv --disagreements --format json | jq -e ".[0].item == \"1\nof two lines\""'
printf 'item,coder,value\n1,Ana,x\n1,ana,X\n2,Ana,x\n2,ana,x\n' >case.csv
check 'names that differ in case alone' prints "'Ana' and 'ana' are two coders" "$ATTEST" agree --table case.csv
check 'and values' prints "'X' and 'x' are two values" "$ATTEST" agree --table case.csv
for format in csv svg; do
  check "what $format has no place for is told beside it" prints "'Ana' and 'ana' are two coders" "$ATTEST" agree --table case.csv --format $format --output out.$format
done
check 'also beside a list' prints "'Ana' and 'ana' are two coders" "$ATTEST" agree --table case.csv --disagreements --format csv
check 'every row of CSV says of what it is' sh -c '"$ATTEST" agree --table plain.csv --no-intervals --format csv | tr -d "\r" | sed 1d >rows; [ "$(grep -c ",item,[a-z ]*,Krippendorff (2004)$" rows)" = "$(wc -l <rows)" ]'

# --- many coders
seq 1 50 | awk 'BEGIN { print "item,coder,value" } { for (i = 1; i <= 6; i++) print i ",c" $1 "," (i * $1) % 3 }' >many.csv
check 'fifty coders: those who agree least' prints 'of 1225 pairs the 30 that agree least' "$ATTEST" agree --table many.csv --no-intervals
check 'and all of them for programs' sh -c '"$ATTEST" agree --table many.csv --no-intervals --format json | jq -e ".pairs | length == 1225"'
echo '1,one,1' >>many.csv
check 'more are a survey' prints 'more than 50 coders: compare fewer of them at once' status_is 6 "$ATTEST" agree --table many.csv

# --- transcripts that say nothing of agreement
{
  echo 'item,coder,value,cluster'
  for i in 1 2 3 4 5 6 7 8; do echo "$i,A,x,t$i"; done
  echo '1,B,x,t1'; echo '2,B,y,t2'
} >sparse.csv
check 'two transcripts that both saw make no interval, however many one saw' \
  prints 'Intervals from 2 clusters cannot be trusted' "$ATTEST" agree --table sparse.csv

check 'no table' status_is 2 "$ATTEST" agree
check 'no such file' status_is 1 "$ATTEST" agree --table none.csv
check 'weights without an order' status_is 2 "$ATTEST" agree --table c.csv --weights linear
check 'a metric of codes' status_is 2 "$ATTEST" agree --table codes.csv --metric ordinal
printf 'item,coder,value\n1,A\033[31m,x\n1,B\033[0m,y\033[1m\n' >control.csv
check 'control characters become visible' sh -c '"$ATTEST" agree --table control.csv >out; "$ATTEST" agree --table control.csv --disagreements >>out
  cat -v out; ! grep -q "$(printf "\033")" out && grep -q "A.x1b" out'
check 'a page with pictures and the items' sh -c '"$ATTEST" agree --table paradox.csv --bootstrap 50 --format html >page.html \
  && grep -q "Agreement of .* and " page.html && grep -q "<svg" page.html && grep -q "Where coders differ" page.html && ! grep -q "<script" page.html'
check 'a forest plot' sh -c '"$ATTEST" agree --table paradox.csv --bootstrap 50 --format svg >plot.svg && xmllint --noout plot.svg && grep -q "AC1" plot.svg'
check 'of items, not of characters' status_is 2 "$ATTEST" agree --table c.csv --unit character --format svg
check 'a name from a stranger is text' sh -c 'printf "item,coder,value\n1,<b>A,<script>x\n1,B,y\n2,<b>A,y\n2,B,y\n" >evil.csv
  "$ATTEST" agree --table evil.csv --no-intervals --format html >evil.html && ! grep -q "<script>x\|<b>A" evil.html && grep -q "&lt;script&gt;x" evil.html'
check 'into a file' sh -c '"$ATTEST" agree --table c.csv --output out.txt && grep -q "^overall" out.txt'
done_testing
