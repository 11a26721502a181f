#!/bin/sh
# keyness: words that are typical of a group or an evaluation. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

# speak NAME GROUP TEXT: a respondent with a transcript of about the same length as the others
echo 'respondent,source,speaker,group' >who.csv
speak ()
{
  {
    echo "I: What do you think of the water here, the tariff, the tariff?"
    echo "R: $3"
    echo "I: And how is the road?"
    echo "R: We are $1. The road is long, and the school is near the old market in our village."
  } >"$1.txt"
  echo "$1,$1,R,$2" >>who.csv
}
for n in 1 2 3 4 5 6; do
  speak "f$n" Farmers "The irrigation canal broke. Our irrigation canal is old. Nobody mends the irrigation canal."
  speak "t$n" Traders "The market fees rose. We pay market fees each day. Nobody explains the market fees to us."
done
# One person's word, a name of his own; and another language.
speak f7 Farmers "Bakyt came. Bakyt again. Bakyt and Bakyt. It was Bakyt who said it. Then Bakyt left us."
speak r1 Farmers "Вода приходит по каналу. Вода нужна всем. Вода грязная, вода холодная, и вода дорогая у нас в селе."
speak r2 Traders "Рынок закрыт. Рынок далеко. Рынок грязный и дорогой, рынок нужен всем людям у нас в селе."
speak r3 Farmers "Вода приходит по каналу весной. Вода нужна всем. Вода грязная, вода холодная, и вода дорогая у нас в этом селе."
speak r4 Traders "Рынок открыт. Рынок рядом. Рынок большой, рынок нужен всем людям у нас в этом большом селе."
"$ATTEST" init p >/dev/null
"$ATTEST" ingest --interviewer I ./*.txt >/dev/null
"$ATTEST" respondents import who.csv >/dev/null

keyness () { "$ATTEST" keyness --by group "$@"; }
figure () # FILTER EXPECTED ARGS…
{
  filter=$1 expected=$2
  shift 2
  got=$(keyness "$@" --format json | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; return 1; }
}
check 'words and phrases of a group' figure '[.rows[] | select(.group == "Farmers" and .lang == "en") | .words] | contains(["irrigation", "irrigation canal", "canal"])' true
check 'of the other group' figure '[.rows[] | select(.group == "Traders" and .lang == "en") | .words] | contains(["market fees", "fees"])' true
check 'with how often, by whom and of how many' figure '.rows[] | select(.words == "irrigation canal") | [.a, .b, .a_respondents, .b_respondents, .log_ratio > 3, .p_adjusted < 0.001, .p_respondents < 0.05]' '[18,0,6,0,true,true,true]'
check 'a word spread evenly has a low DP' figure '.rows[] | select(.words == "irrigation canal") | .dp < 0.5' true
check 'languages are kept apart' figure '[.rows[] | select(.lang == "ru") | .group, .words] | contains(["Farmers", "вода", "Traders", "рынок"])' true --all
check 'what interviewers say does not count' figure '[.rows[].words | select(test("tariff"))]' '[]' --all --min-count 1
check 'what one person alone says is left out' figure '[.rows[].words | select(test("bakyt"))]' '[]' --all
check 'unless that is wanted, with the name' figure '.rows[] | select(.words == "bakyt") | [.mostly, .a_respondents]' '["f7",1]' --min-respondents 1
check 'single words' figure '[.rows[] | select(.words | contains(" "))]' '[]' --words 1
check 'phrases end at a mark' figure '[.rows[] | select(.words == "canal broke our")]' '[]' --all --min-count 1
check 'fewer tests, smaller p' sh -c '"$ATTEST" keyness --by group --format json --words 1 --adjust holm | jq -e ".tests > 3 and .adjustment == \"holm\" and (.rows[0].p_adjusted > .rows[0].p)"'
check 'one language' figure '[.groups[].lang] | unique' '["ru"]' --lang ru
check 'small groups are told' prints 'Fewer than 5 respondents.*(ru)' keyness
check 'and what p means' prints 'takes the words of a respondent as independent' keyness
check 'for people' prints '^irrigation canal  *[0-9.]*  *[0-9.]*  *0\.[0-9]*  *18 : 0' keyness
check 'as CSV' sh -c '"$ATTEST" keyness --by group --format csv | head -n 2 | tail -n 1 | grep "^Farmers,"'
check 'a page' sh -c '"$ATTEST" keyness --by group --format html | grep -c "<svg" | grep "^[1-9]"'
check 'at most so many' figure '[.rows[] | select(.group == "Farmers" and .lang == "en")] | length' 2 --limit 2
check 'a name that several say is not printed in public' sh -c 'mkdir n && cd n
  for n in 1 2 3 4; do
    printf "I: And?\nZarina: Zarina came in spring number $n. Zarina said so, and Zarina left.\nI: So?\nZarina: Yes, in spring.\n" >z$n.txt
    printf "I: And?\nOrozbek: The well is dry in number $n. The well again, the well.\nI: So?\nOrozbek: Yes, the well.\n" >o$n.txt
  done
  echo "respondent,source,speaker,side" >w.csv; for n in 1 2 3 4; do echo "z$n,z$n,Zarina,a"; echo "o$n,o$n,Orozbek,b"; done >>w.csv
  "$ATTEST" init n && "$ATTEST" ingest --interviewer I [zo]*.txt && "$ATTEST" respondents import w.csv || exit 1
  "$ATTEST" keyness --by side --all --min-count 2 --format json | grep -c "\"zarina\"" && ! "$ATTEST" keyness --by side --all --min-count 2 --public --format json | grep -i zarina'
check 'in public no group of few' figure '[.groups[] | .respondents] | min >= 3' true --public
check 'and no name' figure '[.rows[] | .mostly] | unique' '[null]' --public --min-respondents 1

cp p.attest q.attest
check 'nothing is typical of two that are the same' prints 'nothing but in texts that several projects hold' "$ATTEST" keyness p.attest q.attest
check 'which is an error' status_is 2 "$ATTEST" keyness p.attest q.attest
check 'among groups such texts count once' sh -c '"$ATTEST" keyness p.attest --by group --format json | jq -c .rows >1; "$ATTEST" keyness p.attest q.attest --by group --format json | jq -c .rows | cmp - 1'
check 'which is told' prints 'Each counts once, in the first of them' "$ATTEST" keyness p.attest q.attest --by group
mkdir empty && "$ATTEST" init empty/none >/dev/null
check 'one that says nothing' prints "only in 'p' do respondents say something" "$ATTEST" keyness p.attest empty/none.attest
check 'one project and no attribute' prints 'nothing to compare: name two projects' "$ATTEST" keyness p.attest
check 'an attribute that nobody has' prints "no respondent has an attribute 'shoe'" "$ATTEST" keyness p.attest --by shoe
check 'a language that is none' status_is 2 keyness --lang English p.attest
check 'too many words' status_is 2 "$ATTEST" keyness --by group --words 4 p.attest
check 'never NaN' sh -c '! "$ATTEST" keyness p.attest --by group --all --format json | grep -i nan'
done_testing
