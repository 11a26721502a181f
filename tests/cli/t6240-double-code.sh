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
check 'fewer than codes and none' prints 'at least 4 are needed, one for each code that was found and one without' on lead sample --double-code 3 --of segments
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

# ---- copies, in which nothing tells what was found or decided
id_of () { "$ATTEST" --project lead.attest segments --format json | jq -r --arg q "$1" '[.[] | select(.quote | startswith($q)) | .id][0]'; }
on lead review --reject "$(id_of 'The money came late')" --reason 'a complaint of Ljudmila' --coder leila >/dev/null
check 'a copy of what was drawn' prints "made ana.attest with 40 sentences to judge, in 12 sources, without what anybody decided or rules found" on lead export --for-coder ana --sample double-1
check 'and another' prints 'made ben.attest with 40 sentences' on lead export --for-coder ben --sample double-1
check 'knows of no segment, decision, run or stratum' eval '[ "$(sqlite3 ben.attest "SELECT (SELECT count (*) FROM segment) + (SELECT count (*) FROM decision) + (SELECT count (*) FROM run_source) + (SELECT count (*) FROM asked) + (SELECT count (*) FROM sample_unit WHERE stratum IS NOT NULL OR of_units IS NOT NULL) + (SELECT count (*) FROM sample WHERE seed IS NOT NULL OR design IS NOT NULL)")" = 0 ]'
check 'nor of a quote but those drawn' eval '[ "$(sqlite3 ben.attest "SELECT count (*) FROM quote")" = 40 ]'
# Also in pages that SQLite has freed: keys of segments, as it writes them, and words.
sqlite3 lead.attest "SELECT DISTINCT printf ('%016x', quote_key) FROM segment WHERE quote_key NOT IN (SELECT quote_key FROM sample_unit u JOIN sample p ON p.id = u.sample_id WHERE p.name = 'double-1')" >keys
hex () { od -An -v -tx1 "$1" | tr -d ' \n'; }
hex ben.attest >bytes
check 'there are keys to look for' eval '[ "$(wc -l <keys)" -gt 5 ] && hex lead.attest | grep -q -f keys'
check 'nothing of them is in the file, free pages included' eval '! grep -q -f keys bytes'
check 'nor who decided what, or why' eval '! strings ben.attest | grep -E "leila|Ljudmila|no code"'
check 'rebuilding finds nothing either' eval 'cp ben.attest again.attest; on again rebuild >/dev/null; [ "$(sqlite3 again.attest "SELECT count (*) FROM segment")" = 0 ]'
check 'the file is for its owner alone' eval '[ "$(stat -c %a ben.attest)" = 600 ]'
check 'it verifies' prints ': 0 problems' on ben verify
check 'the text of the table is no sample' prints 'drawn.csv:1: lists sentences' on lead export --for-coder zoe --sample drawn.csv
check 'no such sample' prints "no sample 'double-9'" on lead export --for-coder zoe --sample double-9

# ---- coding, each in their copy
check 'review offers what was drawn, and no code' eval 'on ben review --list >out; grep -q "0 of 40 sentences of .double-1. judged by ben" out && [ "$(grep -c "  ?  " out)" = 40 ]'
check 'with question and turn for a spreadsheet' eval 'on ben review --list --format csv | head -1 | tr -d "\r" | grep -qx "id,source,turn,codes,text,asked,context"'
stratum () { jq -r --arg s "$1" '[.[] | select(.stratum == $s) | .id] | .[]' show; }
on lead sample --show double-1 --format json >show
m1=$(stratum money | sed -n 1p) m2=$(stratum money | sed -n 2p) w1=$(stratum wörk | sed -n 1p) n1=$(stratum '(no code)' | sed -n 1p) n2=$(stratum '(no code)' | sed -n 2p)
check 'codes by their beginnings' prints '1 sentence judged' on ben review --codes 'mon; wö' "$w1"
check 'none is said, too' prints '2 sentences judged' on ben review --no-code "$n1" "$n2"
check 'the same again is nothing new' prints 'judged so already' on ben review --no-code "$n1"
check 'other codes take the place of the first' eval 'on ben review --codes wörk "$w1" >/dev/null; on ben review --list --status all --format json | jq -e --arg i "$w1" ".[] | select(.id == \$i) | .codes == \"wörk\""'
check 'undo' eval 'on ben undo >/dev/null; on ben review --list --status all --format json | jq -e --arg i "$w1" ".[] | select(.id == \$i) | .codes == \"money; wörk\""'
check 'several codes begin so' prints "'mo' is the beginning of several codes: money, moon" on ben review --codes mo "$m1"
check 'no such code' prints "no code of small begins with 'sun'; it has: money, wörk, border, moon" on ben review --codes sun "$m1"
check 'a quote that was not drawn' prints 'is not in the sample' on ben review --no-code Q000000
check 'codes, or none' prints 'of a sample: --list' on ben review --no-code
check 'the copy is for one' prints "the copy is for 'ben', and not for 'ana'" on ben review --no-code "$m1" --coder ana
check 'where it was drawn, review is of segments' eval 'on lead review --list | grep -q "segments decided"'
check 'a column is missing' eval 'printf "id\nx\n" >bad.csv; on ben review --import bad.csv >out; [ $? = 3 ] && grep -q "bad.csv:1: the columns .id. and .codes. are needed" out'
check 'a code that there is not, in a file' eval 'printf "id,codes\r\n%s,money\r\n%s,sun\r\n" "$m1" "$m2" >bad.csv; on ben review --import bad.csv >out; [ $? = 3 ] && grep -q "bad.csv:3: no code of small begins with" out && on ben review --list | grep -q "3 of 40"'
# Both say what the codebook found, but for a few.
for coder in ana ben; do
  {
    printf 'id,codes\r\n'
    jq -r '.[] | .id + "," + (if .stratum == "(no code)" then "" else .stratum end)' show
  } >$coder.csv
done
sed -i "s/^$n1,.*/$n1,border/; s/^$m1,.*/$m1,/" ben.csv
sed -i "s/^$m2,.*/$m2,?/" ana.csv
on ana review --import ana.csv >/dev/null
check 'a file of codes; ? is left open' prints '39 of 40 sentences' on ana review --list
check 'all of it' prints "40 of 40 sentences of 'double-1' judged by ben; the copy can go back now" on ben review --import ben.csv

# ---- back, and how far they agree
check 'merge' prints '0 conflicts' on lead merge ana.attest ben.attest
check 'the list tells who has judged how much' eval 'on lead sample --list --format json | jq -e "[.[] | select(.sample == \"double-1\") | [.coder, .judged, .left]] == [[\"ana\", 39, 1], [\"ben\", 40, 0]]"'
check 'segments of the rules are still there' eval '[ "$(sqlite3 lead.attest "SELECT count (*) FROM segment WHERE origin = '"'rule'"'")" = 33 ]'
on lead agree --coder ana --coder ben --judged --format json --no-intervals >agree
check 'units are the sentences that both judged' eval 'jq -e ".unit == \"sentence\" and .compared == 39 and .overall.n == 39" agree'
check 'with the sample that they stand for' eval 'jq -e ".sample.name == \"double-1\" and .sample.effective_items > 10 and .sample.effective_items < 39" agree'
check 'what is rare is rare' eval 'jq -e "[.per_code[] | select(.code == \"wörk\") | .prevalence] | .[0] > 0.02 and .[0] < 0.04" agree'
check 'no standard errors of equal items' eval 'jq -e "[.per_code[].se.cohen_kappa] | all(. == null)" agree'
# Independently: Cohen's kappa of money, each sentence with N_h / n_h compared.
cat >kappa.py <<'PY'
import csv, json
show = json.load(open('show'))
codes = {c: {r['id']: r['codes'] for r in csv.DictReader(open(c + '.csv'))} for c in ('ana', 'ben')}
rows = [r for r in show if codes['ana'][r['id']] != '?']
n = {}
for r in rows:
    n[r['stratum']] = n.get(r['stratum'], 0) + 1
t = [[0, 0], [0, 0]]
for r in rows:
    a, b = (codes[c][r['id']] == 'money' for c in ('ana', 'ben'))
    t[a][b] += r['of'] / n[r['stratum']]
N = sum(map(sum, t))
po = (t[0][0] + t[1][1]) / N
pe = sum((t[i][0] + t[i][1]) / N * (t[0][i] + t[1][i]) / N for i in (0, 1))
print(po, (po - pe) / (1 - pe))
PY
check 'and are what one computes by hand' eval 'python3 kappa.py >hand; jq -r ".per_code[] | select(.code == \"money\") | \"\(.percent) \(.cohen_kappa)\"" agree >tool; paste -d " " hand tool | awk "{ d = \$1 - \$3; e = \$2 - \$4; exit d * d > 1e-11 || e * e > 1e-11 }"'
check 'for people, too' prints 'Sample double-1 (40 of 114 sentences, by the codes of small): each stands for those from which it was drawn' on lead agree --coder ana --coder ben
check 'that nobody differed is not that nobody would' prints 'Nobody differed about .*wörk.*may be differences that the sample did not meet' on lead agree --coder ana --coder ben
check 'a sample by its name' eval 'on lead agree --coder ana --coder ben --sample double-1 --format json --no-intervals | jq -e ".compared == 39"'
check 'of what they do not agree on' eval 'on lead agree --coder ana --coder ben --disagreements --format json | jq -e "length == 2"'
{ on lead export --for-coder mia --sample double-1 && on mia review --no-code "$n1" && on lead merge mia.attest; } >/dev/null
check 'a stratum of which nothing was judged' prints "of what was drawn for .* in 'double-1', nothing was judged by two yet" on lead agree --coder ana --coder mia
check 'what there is can be listed' eval '"$ATTEST" --project lead.attest agree --coder ben --coder mia --disagreements --format json 2>/dev/null | jq -e "length == 1"'
check 'sentences are the unit' prints 'leave out --unit' on lead agree --coder ana --coder ben --sample double-1 --unit turn
check 'no stretches of what was read in part' prints "has judged sentences of a sample, and not whole texts" on lead agree --coder ana --coder ben --unit character
check 'for coders' prints 'sample are for --coder' on lead agree --codebook small --sample double-1

# ---- settling
check 'only what both judged' prints 'of [0-9]* passages that several coders read, they differ about 2; 0 settled, 2 open' on lead reconcile
check 'says who said what' eval 'on lead reconcile --between ana --between ben --format json | jq -e "[.items[] | [.code, (.coders[] | .says)]] | sort == [[\"border\", null, \"accepted\"], [\"money\", \"accepted\", null]]"'
check 'settled with a reason' prints 'settled, accepted' on lead reconcile --accept "$m1:money" --reason 'of funds, too' --coder kim
check 'both originals stay' eval 'on lead agree --coder ana --coder ben --disagreements --format json | jq -e "length == 2"'
check 'consensus counts when it is asked for' eval 'on lead agree --coder ana --coder ben --consensus --disagreements --format json | jq -e "length == 1"'
check 'with its history' eval 'on lead reconcile --all --format json | jq -e "[.items[] | .consensus | select(. != null) | [.by, .reason] + .agreed] == [[\"kim\", \"of funds, too\", \"ana\", \"ben\"]]"'
check 'all verifies at the end' prints ': 0 problems' on lead verify
check 'who has judged it takes another name' prints "'ben' has judged 40 of the 40 sentences of 'double-1'" on lead export --for-coder ben --sample double-1 --output x.attest
check 'merging again changes nothing' eval 'on lead merge ben.attest >/dev/null; on lead agree --coder ana --coder ben --format json --no-intervals | jq -e ".compared == 39"'

# ---- somebody who has coded whole transcripts, and a second one by a sample
{
  on solo init solo && on solo ingest talk0*.txt && on solo code book.yaml
  "$ATTEST" --project solo.attest segments --format json | jq -r '.[] | .id + ":" + .code' | xargs "$ATTEST" --project solo.attest review --coder ana --accept
  on solo sample --double-code 20 --of segments --name second && on solo export --for-coder ben --sample second --output second.attest
  "$ATTEST" --project second.attest review --list --format csv | cut -d , -f 1,4 | sed 's/?//' >second.csv
  on second review --import second.csv && on solo merge second.attest
} >/dev/null
check 'counts the sentences of the second' eval 'on solo agree --coder ana --coder ben --judged --format json --no-intervals | jq -e ".compared == 20 and .sample.name == \"second\""'
check 'and what they differ about, in these' eval 'on solo reconcile --format json | jq -e "(.differences > 0) and all(.items[].coders; length == 2)"'
check 'ρ from what two have judged, once there is enough' eval 'on lead sample --double-code 40 --of segments --plan --format json | jq -e ".[0].alike_from == \"double coding\""'

# ---- a transcript that was corrected meanwhile
sed 's/came late/came very late/' talk01.txt >corrected.txt
sed 's/It was cold\. The funds/The funds/' talk02.txt >corrected2.txt
{ on lead export --for-coder zoe --sample double-1; on lead update talk01 corrected.txt; on zoe review --no-code "$n1"; on lead merge zoe.attest; } >/dev/null
check 'what still stands is counted' eval 'on lead sample --list --format json | jq -e "[.[] | select(.sample == \"double-1\" and .coder == \"zoe\") | .judged] == [1]"'
check 'a copy made now has what stands' eval 'on lead sample --double-code 114 --of segments --name every >/dev/null; on lead update talk02 corrected2.txt >/dev/null; on lead export --for-coder neu --sample every | grep -q "with 113 sentences to judge"'
check 'and the rest is there' prints ': 0 problems' on lead verify
done_testing
