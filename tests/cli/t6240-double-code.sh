#!/bin/sh
# Sentences that several people code without knowing of each other: draw, copy, code, merge, agree. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
unset USER
USER=kim; export USER

on () { project=$1; shift; "$ATTEST" --project "$project.attest" "$@" 2>&1; }

# ---- twelve talks, in which one code is common, one rare, and one not there at all
cat >book.yaml <<'YAML'
id: small
dimensions:
  thing: {title: Thing}
  place: {title: Place}
codes:
  - {id: money, dimension: thing, rules: ['money', 'funds?']}
  - {id: wörk, dimension: thing, rules: ['wörkshops?']}
  - {id: border, dimension: place, rules: ['border']}
  - {id: moon, dimension: place, rules: ['moon']}
YAML
for n in 01 02 03 04 05 06 07 08 09 10 11 12; do
  {
    printf 'Interviewer: What about the money?\n\nАйгуль %s: The money came late. Nobody asked us why 🙂. We waited for it.\n' "$n"
    printf 'It was cold. The funds were small. Café owners helped. Все пришли. They left early.\n'
    case $n in 03|07|11) printf 'Two wörkshops were held. The money for them came from the border office.\n' ;; esac
    printf '\nInterviewer: And then?\n\nАйгуль %s: Nothing happened. We went home. لم يأت أحد.\n' "$n"
  } >"talk$n.txt"
done
{ on lead init lead && on lead ingest talk*.txt && on lead code book.yaml; } >/dev/null

# ---- what there is to draw from, and what it would tell
check 'a plan keeps nothing' eval 'on lead sample --double-code 40 --of segments --plan >plan; ! on lead sample --list | grep -q double-1'
check 'of each code, and of none' eval 'on lead sample --double-code 40 --of segments --plan --format json >plan.json; jq -e "[.[] | [.code, .found]] == [[\"money\", 27], [\"wörk\", 3], [\"border\", 3], [\"moon\", 0], [\"(no code)\", 84]]" plan.json'
check 'all there are of what is rare' eval 'jq -e "[.[] | select(.code == \"wörk\" or .code == \"border\") | [.drawn, .note]] == [[3, \"all there are\"], [3, \"all there are\"]]" plan.json'
check 'nothing to tell of what was not found' eval 'jq -e ".[] | select(.code == \"moon\") | .width == null and (.note | startswith(\"not found\"))" plan.json'
check 'more sentences without a code than of any' eval 'jq -e "(.[-1].drawn > .[0].drawn) and ([.[].drawn] | add) >= 40" plan.json'
check 'it says how alike sentences are, and from what' eval 'jq -e "[.[] | select(.alike_from == \"segments\")] | length == 3" plan.json'
check 'or what one was told' eval 'on lead sample --double-code 40 --of segments --plan --alike 0.2 --format json >a; jq -e ".[0].alike == 0.2 and .[0].alike_from == \"given\" and .[0].design_effect > 1.5" a'
check 'clusters make it wider' eval 'on lead sample --double-code 40 --of segments --plan --alike 0 --format json >b; [ "$(jq ".[0].width" a)" != null ] && jq -e -s ".[0][0].width > .[1][0].width" a b'
check 'a wanted width' eval '"$ATTEST" --project lead.attest sample --for-width 0.9 --of segments --plan --format json >w; jq -e "[.[] | select(.width != null) | .width <= 0.9] | ((map (select(.)) | length) * 2 >= length)" w'
check 'one that nobody reaches is said' prints 'the width cannot be reached' on lead sample --for-width 0.01 --of segments --plan
check 'and that all are needed' prints 'all 114 sentences are needed for that width' on lead sample --for-width 0.01 --of segments --plan
check 'of one dimension' eval 'on lead sample --double-code 10 --of segments --plan --dimension place --format json | jq -e "[.[].code] == [\"border\", \"moon\", \"(no code)\"]"'

# ---- drawing
check 'a sample, kept under a name' prints "40 sentences drawn, as sample 'double-1'; next" on lead sample --double-code 40 --of segments --seed 5
check 'the same again is the same' prints "drawn, as sample 'double-1'" on lead sample --double-code 40 --of segments --seed 5
check 'another seed is another' prints "drawn, as sample 'double-2'" on lead sample --double-code 40 --of segments --seed 6
check 'with a name' prints "drawn, as sample 'Bérénice'" on lead sample --double-code 12 --of segments --name Bérénice
check 'a name that is taken' prints "there is a sample 'Bérénice' already, drawn otherwise" on lead sample --double-code 13 --of segments --name Bérénice
check 'as CSV' eval 'on lead sample --double-code 40 --of segments --seed 5 --format csv >drawn.csv; [ "$(wc -l <drawn.csv)" = 41 ] && head -1 drawn.csv | grep -q "^sample,id,source,turn,start,end,stratum,weight"'
check 'weights add up to what there is' eval 'tail -n +2 drawn.csv | tr -d "\r" | awk -F, "{ n += \$8 } END { exit n < 113.9 || n > 114.1 }"'
check 'blind: neither stratum nor weight' eval 'on lead sample --double-code 40 --of segments --seed 5 --format csv --blind | head -1 | tr -d "\r" | grep -qx "sample,id,source,turn,start,end"'
check 'the list tells of all' eval 'on lead sample --list --format json >list; jq -e "[.[].sample] == [\"double-1\", \"double-2\", \"Bérénice\"] and .[0].seed == 5 and .[0].units == 40 and .[0].by == \"kim\" and .[0].design == \"40 of 114 sentences, by the codes of small\"" list'
check 'and one is shown' eval 'on lead sample --show double-1 --format json >show; jq -e "length == 40 and ([.[] | select(.stratum == \"(no code)\")] | length) >= 20 and all(.[]; .state == null)" show'
check 'as text' prints 'Drawn: 40 of 114 sentences, by the codes of small, seed 5' on lead sample --show double-1
check 'transcripts are kept, too' eval 'on lead sample --double-code 3 --seed 1 --name talks >/dev/null; on lead sample --list --format json | jq -e ".[-1] | [.sample, .unit, .units, .codebook] == [\"talks\", \"source\", 3, null]"'
check 'undo takes a sample back' eval 'on lead undo | grep -q "sample" ; ! on lead sample --list | grep -q talks'
check 'all verifies' prints ': 0 problems' on lead verify

# ---- what cannot be
check 'more than there are' prints 'the project has 114 sentences of respondents only' on lead sample --double-code 115 --of segments
check 'fewer than one' prints 'must not be negative' on lead sample --double-code -1 --of segments
check 'an unknown codebook' prints "no codebook 'big'" on lead sample --double-code 5 --of segments --codebook big
check 'an unknown code' prints "has no code 'sun'" on lead sample --double-code 5 --of segments --code sun
check 'a code that nothing has' prints 'small found nothing of moon in the project' on lead sample --double-code 5 --of segments --code moon
check 'an unknown sample' prints "no sample 'x' in lead.attest; there are: double-1" on lead sample --show x
check 'of what?' prints 'transcripts' on lead sample --double-code 5 --of words
check 'nothing coded yet' eval '{ on bare init bare && on bare ingest talk01.txt; } >/dev/null; on bare sample --double-code 2 --of segments | grep -q "code"'
check 'none drawn yet' prints 'no sample was drawn' on bare sample --list
check 'a new source is to be coded first' eval '{ on bare code book.yaml && on bare ingest talk02.txt; } >/dev/null; on bare sample --double-code 2 --of segments | grep -q "has not searched 1 of the sources"'
check 'options that need it' prints 'need --double-code or --for-width' on lead sample --of segments
done_testing
