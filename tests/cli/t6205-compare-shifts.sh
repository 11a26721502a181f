#!/bin/sh
# compare: whether two codebooks find as much, in all and by group. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >old.yaml <<'YAML'
id: old
codes:
  - {id: water, rules: [taps?, "колод\\w*", "café"]}
  - {id: cost, rules: [paid]}
  - {id: never, rules: [zebra]}
YAML
cat >new.yaml <<'YAML'
id: new
codes:
  - {id: water, rules: [taps?, "café"]}
  - {id: cost, rules: [paid, fees?]}
  - {id: never, rules: [zebra]}
YAML
# Each says four sentences of water, of which women lose three and men one, and nobody else does. The é of
# one is two code points. One man pays a fee.
echo 'respondent,source,speaker,group' >people.csv
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
  {
    echo 'I: How is the water?'
    if [ $((i % 2)) = 0 ]; then
      echo 'R: Мы ходим на колодец каждый день 💧. И ещё раз на колодец. Колодец далеко от дома. There is one tap.'
      group=women
    else
      printf 'R: We have a tap. The tap works. We meet in the cafe\314\201 on Sundays. Наш колодец сухой.\n'
      group=men
    fi
    echo 'I: And?'
    if [ "$i" = 1 ]; then echo 'R: We paid fees. The fee is low.'; else echo "R: Nothing else at all in $i."; fi
  } >t$i.txt
  [ "$i" = 14 ] && group=
  echo "P$i,t$i,R,$group" >>people.csv
done
"$ATTEST" init p >/dev/null && "$ATTEST" ingest t*.txt >/dev/null && "$ATTEST" respondents import people.csv >/dev/null

compare () { "$ATTEST" compare old.yaml new.yaml "$@"; }
figure () # FILTER EXPECTED ARGS…
{
  filter=$1 expected=$2
  shift 2
  got=$(compare --format json --bootstrap 200 "$@" | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; return 1; }
}

# 7 women lose 3 each, 7 men 1 each: 28 of 71 sentences.
check 'lost and gained of how many' figure '[.paired[] | [.code, .a, .b, .both, .lost, .gained, .units]]' \
  '[["water",56,28,28,28,0,71],["cost",1,2,1,0,1,71],["never",0,0,0,0,0,71]]'
# 2/2^28 less the chance of just this; all signs of 14 sources alike: 2/2^14.
check 'McNemar, mid-p from 25 changes on' figure '.paired[0] | [.test, .p_exact, .p_mid, .p, .chi2, .p_by_source]' \
  '["mid-p",7.45058e-09,3.72529e-09,3.72529e-09,28,0.00012207]'
check 'and adjusted for the codes that change' figure '.paired[0] | [.tests, .adjustment, .p_by_source_adjusted]' '[2,"holm",0.000244141]'
check 'or not' figure '.paired[0] | [.adjustment, .p_by_source_adjusted]' '["none",0.00012207]' --adjust none
check 'exact below, with a word of warning' figure '.paired[1] | [.test, .p, .note]' '["exact",1,"fewer than 6 changes: no p can be below .05"]'
check 'no change, no test' figure '.paired[2] | [.test, .p, .p_by_source, .difference, .note]' '[null,null,null,0,"no change: there is nothing to test"]'
check 'the difference, by Tango and by source' figure '.paired[0] | [.difference == -28/71 or (.difference + 28/71 | fabs) < 1e-6, .difference_low < .difference, .difference_source_low < .difference, .difference_source_high > .difference]' '[true,true,true,true]'
check 'of turns' figure '[.paired[0] | .unit, .units, .lost]' '["turn",28,0]' --unit turn
check 'of sources, p is that of McNemar' figure '.paired[1] | [.unit, .p_exact == .p_by_source]' '["source",true]' --unit source

check 'by group' figure '[.shifts[] | select(.code == "water") | [.group, .sentences, .a_sentences, .b_sentences, .both_sentences, .lost_sentences, .gained_sentences, .lost_respondents, .sources]]' \
  '[["men",36,28,21,21,7,0,7,7],["women",30,24,6,6,18,0,6,6],[null,5,4,1,1,3,0,1,1]]' --by group
check 'the share that is lost' figure '[.shifts[] | select(.code == "water") | .lost_share]' '[0.25,0.75,0.75]' --by group
check 'a test in each group' figure '[.shifts[] | select(.code == "water") | [.p, .p_by_source]]' '[[0.015625,0.015625],[7.62939e-06,0.03125],[0.25,1]]' --by group
# All of a group have the same share: of the C(13, 6) ways to deal the groups only this one is as far apart.
check 'women lose more than men' figure '.between_groups[0] | [.code, .share, .groups, .respondents, .sentences, .p < 0.01, .apart]' '["water","lost",2,13,52,true,-0.5]' --by group
check 'χ² of 7 of 28 and 18 of 24' figure '.between_groups[0] | [.chi2, .cramers_v]' '[12.9422,0.498888]' --by group
check 'nothing gained, no test' figure '.between_groups[1] | [.share, .p, .note]' '["gained",null,"nothing is gained"]' --by group
check 'a code of one group' figure '.between_groups[3] | [.code, .p, .note]' '["cost",null,"only one group has the code: there is nothing to compare"]' --by group
check 'nobody has it' figure '.between_groups[4].note' '"a does not find the code in any group"' --by group
check 'nothing drawn' figure '.between_groups[0] | [.p, .note, .chi2]' '[null,"nothing was drawn",12.9422]' --by group --no-intervals
check 'the seed decides, threads do not' sh -c '
  for jobs in 1 3; do "$ATTEST" compare old.yaml new.yaml --by group --format json --seed 5 --jobs $jobs >$jobs.json; done; cmp 1.json 3.json'
check 'the same sums as the passages have' sh -c '
  "$ATTEST" compare old.yaml new.yaml --by group --format json >all.json
  jq -e "([.differences[] | select((.a | index(\"water\")) and (.b | index(\"water\") | not))] | length)
    == ([.shifts[] | select(.code == \"water\") | .lost_sentences] | add) and .paired[0].lost == ([.shifts[] | select(.code == \"water\") | .lost_sentences] | add)" all.json'

check 'for people' prints '^water  *56  *28  *28  *0  *-39.4 ' compare
check 'with which p is to be read' prints 'p McNemar takes sentences as independent' compare
check 'and for how many tests' prints 'adjusted for 2 tests of codes, 4 by group and 1 between groups (Holm 1979)' compare --by group
check 'groups side by side' prints 'men 7/28 25 %; women 18/24 75 %' compare --by group
sed '1!s/,[a-z]*$/,men/' people.csv >men.csv; mkdir men && cp p.attest men/men.attest
"$ATTEST" --project men/men.attest respondents import men.csv >/dev/null
check 'one group is not compared' prints 'have the same: groups are not compared' compare men/men.attest --by group
check 'small groups are told' sh -c 'sed "s/,women$/,few/;s/^P2,t2,R,few/P2,t2,R,women/" people.csv >few.csv; cp p.attest few.attest; "$ATTEST" --project few.attest respondents import few.csv >/dev/null
  "$ATTEST" compare old.yaml new.yaml few.attest --by group | grep "Small: 1 of 3 groups have fewer than 5 respondents"'
rm -f few.attest*
for part in codes paired shifts between differences; do
  check "CSV of $part" sh -c '"$ATTEST" compare old.yaml new.yaml --by group --part '$part' --format csv >part.csv; grep -c water part.csv | grep "^[1-9]"; head -n 1 part.csv | grep "code\|rules"'
done
check 'a part by group needs a group' status_is 2 compare --part shifts
check 'JSON has all parts' status_is 2 compare --part paired --format json
check 'one part at a time' status_is 2 compare --part paired --differences
check 'of codebooks only' status_is 2 "$ATTEST" compare p.attest --by group --part paired
check 'small multiples' sh -c '"$ATTEST" compare old.yaml new.yaml --by group --format html >page.html; grep -c "What B finds more or less than A, by group" page.html | grep "^[1-9]"; grep "Do groups differ" page.html'
check 'never NaN' sh -c '! grep -iw "nan\|inf" page.html all.json part.csv'

# --- for the public: six women are told, three changes of one man are not
check 'a count of few is not printed, nor those from which it follows' figure '[.shifts[] | select(.code == "cost") | .a_respondents, .lost_sentences, .p] | unique' '[null]' --by group --public
check 'nor what rests on it' figure '.between_groups[0] | [.p, .chi2, .note]' '[null,null,"a count behind it is too small to print"]' --by group --public

# --- three codebooks: each against the first
sed 's/id: new/id: third/; s/taps?, //' new.yaml >third.yaml
check 'tests of all pairs are counted' figure '[.paired[0].tests, .others[0].paired[0].lost, .others[0].b]' '[4,49,"c"]' third.yaml
check 'in CSV, too' sh -c '"$ATTEST" compare old.yaml new.yaml third.yaml --by group --part shifts --format csv | grep -c "^water,.*,third.yaml" | grep "^3$"'
done_testing
