#!/bin/sh
# Two people code without knowing of each other: sample, export, merge, agree, reconcile. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
unset USER
USER=kim; export USER

on () { project=$1; shift; "$ATTEST" --project "$project.attest" "$@" 2>&1; }
id_of () { "$ATTEST" --project lead.attest segments --format json | jq -r --arg q "$1" '[.[] | select(.quote | startswith($q)) | .id][0]'; }

cat >book.yaml <<'YAML'
id: small
codes:
  - {id: results, rules: ['targets?', 'reached']}
  - {id: timing, rules: ['late', 'on time']}
YAML
cat >osh.txt <<'TXT'
Interviewer: What has the project achieved here, in your view?

Respondent: All targets were reached. The money came late. Wörkshops came on time, mostly.

We missed two targets. Café 🙂 was late.
TXT
printf 'Interviewer: And?\n\nБакыт: The targets were reached. Все пришли late.\n' >naryn.txt
printf 'Interviewer: And?\n\nGulnara: It came on time. Nobody knew the target.\n' >talas.txt
{
  on lead init lead && on lead ingest osh.txt naryn.txt talas.txt && on lead code book.yaml
  on lead respondents set osh/Respondent group=officials
  on lead respondents set talas/Gulnara group=migrants
  on lead review --reject "$(id_of 'The money')" --coder leila
} >/dev/null

# a sample, and copies of it
check 'a sample of transcripts' eval 'on lead sample --double-code 2 --seed 4 >double.csv; [ "$(wc -l <double.csv)" = 3 ]'
check 'the same seed draws the same' eval 'on lead sample --double-code 2 --seed 4 | diff - double.csv'
check 'all of them, of each kind and group one' eval 'on lead sample --double-code 3 | cut -d , -f 1 | tr "\r\n" "  " | grep -q "naryn.*osh.*talas"'
check 'as many as a width takes' prints 'all 3 transcripts are needed for that width' on lead sample --for-width 0.2
check 'and what is to be expected' eval '"$ATTEST" --project lead.attest sample --for-width 0.2 --code timing --plan --format json >plan 2>/dev/null; jq -e "length == 1 and .[0].code == \"timing\" and .[0].width > .2" plan'
check 'with how alike sentences of one transcript are' eval '"$ATTEST" --project lead.attest sample --double-code 2 --plan --format json | jq -e "all(.[]; .alike >= 0 and .alike_from == \"segments\")" && "$ATTEST" --project lead.attest sample --double-code 2 --plan --alike 0.3 --format json | jq -e "all(.[]; .alike == 0.3 and .alike_from == \"given\")"'
check 'more than there are' prints 'the project has 3 sources only' on lead sample --double-code 4
check 'no width' prints "'wide' is no number from 0 to 1" on lead sample --for-width wide
check 'not both' prints 'either --double-code or --for-width' on lead sample --for-width 0.2 --double-code 2
printf 'source\r\nosh\r\nnaryn\r\n' >double.csv
check 'a copy for a coder' prints 'made ana.attest with 2 sources, without what anybody decided' on lead export --for-coder ana --sample double.csv
check 'knows of nobody' eval '[ "$(sqlite3 ana.attest "SELECT (SELECT count (*) FROM decision) + (SELECT count (*) FROM entry) + (SELECT count (*) FROM rating)")" = 0 ] && ! strings ana.attest | grep -q leila'
check 'has the segments that rules propose' prints '^7 listed; 0 of 7 segments decided' on ana review --list
check 'and respondents' eval 'on ana respondents --format csv >out; grep -q officials out && ! grep -q Gulnara out'
check 'and verifies' prints ': 0 problems' on ana verify
check 'another, in another file' prints 'made b.attest' on lead export --for-coder ben --sample double.csv --output b.attest
check 'a source that is not there' eval 'printf "source\nosch\n" >bad.csv; on lead export --for-coder zoe --sample bad.csv >out; [ $? = 3 ] && grep -q "bad.csv:2: no source .osch." out && [ ! -e zoe.attest ]'
check 'no such column' eval 'printf "sources\nosh\n" >bad.csv; on lead export --for-coder zoe --sample bad.csv >out; [ $? = 3 ] && grep -q "bad.csv:1: no column .source." out'
check 'a file that is there stays' eval 'on lead export --for-coder ana >out; [ $? != 0 ] && grep -q ana.attest out'

# who code it
all=$(id_of 'All targets') money=$(id_of 'The money') work=$(id_of 'Wörkshops') missed=$(id_of 'We missed')
cafe=$(id_of 'Café') targets=$(id_of 'The targets') came=$(id_of 'Все')
{
  on ana review --accept "$all" "$money" "$work" "$targets" --coder ana
  on ana review --reject "$missed" "$cafe" "$came" --reason 'no result' --coder ana
  on b review --accept "$all" "$missed" "$work" "$targets" --coder ben
  on b review --reject "$money" "$cafe" --coder ben
} >/dev/null
check 'one coder alone' prints 'one coder has nobody to agree with.*merge the copy of another' on ana agree --coder ana
check 'nobody' eval '"$ATTEST" init all >/dev/null; on all agree --coder ana --coder ben | grep -q "nobody has judged a segment"; rm all.attest'
on lead undo "$(sqlite3 lead.attest "SELECT max (seq) FROM audit WHERE command = 'review'")" >/dev/null
check 'what they did comes back' prints 'new there: 0 sources, 0 respondents, 13 decisions' on lead merge ana.attest b.attest

# agreement
check 'of two people' eval 'on lead agree --coder ana --coder ben --format json --no-intervals >out; jq -e ".unit == \"sentence\" and .coder_names == [\"ana\", \"ben\"] and .items == 9 and .compared == 6" out'
check 'by what each said' eval 'jq -e "[.per_code[] | [.code, .n, .split]] == [[\"results\", 6, 1], [\"timing\", 6, 1]]" out'
check 'sources that both read are drawn for intervals, not all' eval 'on lead agree --coder ana --coder ben --format json >out; jq -e ".bootstrap.clusters == 2 and (.warnings | any(test(\"Intervals from 2 sources\")))" out'
check 'what a coder left open is not judged' prints 'left open, which count as not judged by them: 1' on lead agree --coder ana --coder ben
check 'only where somebody judged' eval 'on lead agree --coder ana --coder ben --judged --format json --no-intervals | jq -e ".compared == 6"'
check 'by paragraph' eval 'on lead agree --coder ana --coder ben --unit paragraph --format json --no-intervals >out; jq -e ".unit == \"paragraph\" and .compared == 2" out'
check 'by characters' eval 'on lead agree --coder ana --coder ben --unit character --format json --no-intervals >out; jq -e ".unit == \"character\" and (.coder_names | length) == 2" out'
check 'a person and the rules' eval 'on lead agree --coder ana --codebook small --format json --no-intervals >out; jq -e ".coder_names == [\"small\", \"ana\"] and ([.per_code[] | .split] == [1, 2])" out'
check 'disagreements with what each gave' prints '^osh  *1  The money came late\.  *timing  *(no code)' on lead agree --coder ana --coder ben --disagreements
check 'an unknown coder' prints "'zoe' has judged nothing in lead.attest; there are: ana, ben" on lead agree --coder ana --coder zoe
check 'no option for a table' prints 'are for --coder' on lead agree --table x.csv --judged

# differences
check 'the worklist' prints '^of 7 passages that several coders read, they differ about 2; 0 settled, 2 open$' on lead reconcile
check 'says who said what' eval 'on lead reconcile | grep -q "timing  *yes  *no  *The money came late\."'
check 'json has reasons' eval 'on lead reconcile --format json >out; jq -e ".differences == 2 and ([.items[] | .coders[] | select(.reason == \"no result\")] | length) == 1" out'
check 'settling says how it is taken back' prints 'settled, accepted: 1 decision; .attest undo [0-9]*. takes it back' on lead reconcile --accept "$money" --reason 'of the project, too' --coder kim
check 'the segment is accepted' eval 'on lead segments --format json | jq -e --arg i "$money" ".[] | select(.id == \$i) | .status == \"accepted\""'
check 'it says who agreed' eval 'on lead reconcile --all --format json | jq -e ".settled == 1 and ([.items[] | .consensus | select(. != null) | [.says, .by] + .agreed] == [[\"accepted\", \"kim\", \"ana\", \"ben\"]])"'
check 'it is off the list' prints '1 settled, 1 open' on lead reconcile
check 'agreement stays what it was' eval 'on lead agree --coder ana --coder ben --format json --no-intervals | jq -e "[.per_code[] | .split] == [1, 1]"'
check 'and is better with what was settled' eval 'on lead agree --coder ana --coder ben --consensus --format json --no-intervals | jq -e "[.per_code[] | .split] == [1, 0]"'
check 'both originals are there' eval '[ "$(sqlite3 lead.attest "SELECT count (*) FROM decision WHERE coder IN ('"'ana', 'ben'"')")" = 13 ]'
check 'judged again, it is open again' eval 'on lead review --reject "$money" --coder ben >/dev/null; on lead reconcile | grep -q "0 settled, 2 open"'
check 'not about the same' prints 'coders do not differ about' on lead reconcile --accept "$all"
check 'and what?' prints 'accept or --reject is needed' on lead reconcile "$money"
check 'all verifies' prints ': 0 problems' on lead verify
check 'who agreed is sealed' eval 'cp lead.attest forged.attest; sqlite3 forged.attest "DROP TRIGGER consensus_never_updated; UPDATE consensus SET coder = '"'zoe'"' WHERE coder = '"'ben'"'"; on forged verify | grep -q "are not those that were taken"'
check 'one coder has no difference' prints "only 'ana' has judged segments: a difference takes two" on ana reconcile
check 'settling merges, too' eval 'cp ana.attest later.attest; on later merge lead.attest >/dev/null; on later reconcile --all --format json | jq -e ".differences == 2"'

# bounds that differ are one difference
{
  on lead undo
  on lead mark talas 29 43 timing --coder ana
  on lead mark talas 29 40 timing --coder ben
  on lead mark talas 44 60 results --coder ben
} >/dev/null
check 'passages that overlap are one' eval 'on lead reconcile --format json | jq -e "[.items[] | select(.source == \"talas\") | [.code, (.coders | map (.says))]] == [[\"results\", [null, \"accepted\"]]]"'
done_testing
