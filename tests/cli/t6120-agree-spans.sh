#!/bin/sh
# agree on stretches of text: unitizing alphas, as published; what is wrong with a table. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

agree () { "$ATTEST" agree --unit character --table "$@"; }
figure () # FILTER EXPECTED FILE ARGS…
{
  filter=$1 expected=$2
  shift 2
  got=$(agree "$@" --format json | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; return 1; }
}

# The example of lindanna/unitized_alpha: .474, .433, .779, .769, .787.
cat >three.csv <<'CSV'
item,coder,start,end,code,length
t,A,2,5,1,20
t,A,9,11,1,20
t,A,12,20,2,20
t,B,2,5,1,20
t,B,7,15,2,20
t,C,2,5,1,20
t,C,10,15,2,20
CSV
check 'u, |u, cu' figure '.overall | [.u_alpha, .bar_u_alpha, .cu_alpha]' '[0.473913,0.432813,0.778882]' three.csv
check '(k)u' figure '[.per_code[].ku_alpha]' '[0.769252,0.786971]' three.csv
check 'unit, texts, characters, coders' figure '[.format, .unit, .items, .characters, .coders, .coder_names[]]' '[1,"character",1,20,3,"A","B","C"]' three.csv
# Krippendorff (2004), p. 254: .7286, 1, overall .8587.
printf 'item,coder,start,end,code,length\nt,A,75,145,c,300\nt,A,220,250,c,\nt,B,70,150,c,\nt,B,205,225,c,\nt,B,250,270,c,\nt,A,30,90,k,\nt,A,150,200,k,\nt,B,30,90,k,\nt,B,150,200,k,\n' >book.csv
check 'the alpha of 1995' figure '[.per_code[], .overall] | map(.u_alpha_1995)' '[0.728599,1,0.858665]' book.csv
check 'stretches and their share' figure '[.per_code[] | .n, .prevalence]' '[4,0.183333,3,0.35]' three.csv
check 'one text makes no interval, and says so' figure '[.overall.ci.u_alpha, (.warnings[0] | test("cannot be trusted"))]' '[null,true]' three.csv
{ cat three.csv; sed '1d; s/^t,/u,/' three.csv; sed '1d; s/^t,/v,/' three.csv; } >many.csv
check 'texts add up' figure '[.items, .characters, .overall.cu_alpha > 0.7]' '[3,60,true]' many.csv
check 'equal texts leave no doubt' figure '.overall | [.ci.u_alpha[0] == .u_alpha, .ci.u_alpha[1] == .u_alpha]' '[true,true]' many.csv
agree many.csv --jobs 1 --format json >one.json && agree many.csv --jobs 3 --format json >other.json
check 'the same for any number of threads' cmp one.json other.json
{ head -n 1 many.csv; tail -n +2 many.csv | sort -r; } >turned.csv
agree turned.csv --format json >turned.json
check 'the order of the rows does not matter' cmp one.json turned.json

sed 's/,A,/,Z,/' three.csv >renamed.csv
check 'the order of the coders does not matter' figure '.overall | [.u_alpha, .bar_u_alpha, .cu_alpha]' '[0.473913,0.432813,0.778882]' renamed.csv

# Two codes on one place: each by itself.
cat >two.csv <<'CSV'
item,coder,start,end,code,length
t,A,2,10,x,24
t,A,14,20,x,24
t,A,4,12,y,24
t,B,4,8,x,24
t,B,15,17,x,24
t,B,4,12,y,24
CSV
check 'each code by itself' figure '[.per_code[].u_alpha]' '[0.358333,1]' two.csv
check 'all together not, and why' figure '[.overlapping, .overall.u_alpha, (.overall.notes.u_alpha | test("two codes to one place"))]' '[true,null,true]' two.csv
check 'for people' prints 'No alpha of overall: a coder gave two codes to one place' agree two.csv
check 'parts of a stretch are the stretch' sh -c 'sed "s/^t,A,2,10,x,24/t,A,2,8,x,24\nt,A,5,10,x,24/" two.csv >parts.csv
  "$ATTEST" agree --unit character --table parts.csv --format json | jq -e ".per_code[0].n == 4 and .per_code[0].u_alpha == 0.358333"'
check 'which is told' sh -c '"$ATTEST" agree --unit character --table parts.csv --format json | jq -e ".warnings | any(test(\"overlap another of the same coder and code, or are there twice, which count as one: 1\"))"'
printf '\357\273\277Item;Coder;Start;End;Code;Length\r\nt;Zoe\314\201;2;5;x;9\r\nt;"zo\303\251 ";2;5;x;9\r\n' >saved.csv
check 'saved by a spreadsheet; names that differ in case alone' figure '[.coders, .per_code[0].u_alpha, (.warnings | any(test("are two coders")))]' '[2,1,true]' saved.csv
check 'what CSV has no place for is told beside it' prints 'warning: .*are two coders' agree saved.csv --format csv
check 'and its rows say of what they are' prints '^x,.*,character,reliable,Krippendorff (2004)' agree saved.csv --format csv
check 'who the coders are' prints 'both coders saw (A, B)\.' agree two.csv
check 'who marked nothing is there' figure '[.coders, .per_code[0].n, .per_code[0].overlap]' '[2,1,0]' \
  "$(printf 'item,coder,start,end,code,length\nt,A,0,5,x,9\nt,B,,,,9\n' >nothing.csv; echo nothing.csv)"
check 'CSV' prints '^(overall),7,' agree three.csv --format csv
check 'a table for people names unit and benchmark' prints 'Krippendorff (2004)' agree three.csv

wrong () # TEXT MESSAGE: exit 3, nothing on standard output
{
  printf "$1" >bad.csv
  agree bad.csv >out 2>err
  status=$?
  cat out err
  [ $status -eq 3 ] && [ ! -s out ] && grep -q -e "$2" err
}
check 'a column that is missing' wrong 'item,coder,start,code\nt,A,1,x\n' "bad.csv:1: no column 'end'"
check 'no number' wrong 'item,coder,start,end,code\nt,A,one,2,x\n' "bad.csv:2: 'one' is no start"
check 'an end before the start' wrong 'item,coder,start,end,code\nt,A,5,5,x\n' 'bad.csv:2: the stretch ends before it begins'
check 'beyond the text' wrong 'item,coder,start,end,code,length\nt,A,5,9,x,8\n' "bad.csv:2: the stretch ends at 9, and item 't' has 8 characters"
check 'two lengths' wrong 'item,coder,start,end,code,length\nt,A,5,7,x,8\nt,B,5,7,x,9\n' "bad.csv:3: item 't' has 9 characters here, and 8 before"
check 'a stretch without a code' wrong 'item,coder,start,end,code\nt,A,5,9,\n' 'bad.csv:2: a stretch without a code'
check 'one coder' wrong 'item,coder,start,end,code\nt,A,5,9,x\n' 'bad.csv: no item was seen by two coders'
check 'no rows' wrong 'item,coder,start,end,code\n' 'bad.csv:1: it has no rows'
check 'texts without a length are named' figure '.warnings[0] | test("without a length")' true \
  "$(cut -d , -f 1-5 three.csv >short.csv; echo short.csv)"
check 'a unit of projects' status_is 2 "$ATTEST" agree --unit turn --table three.csv
check 'no metric' status_is 2 agree three.csv --metric ordinal
done_testing
