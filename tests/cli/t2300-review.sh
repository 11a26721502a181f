#!/bin/sh
# review, mark, memo, undo: what people decide of segments, and that it is kept. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

attest () { "$ATTEST" "$@" 2>&1; }
same () { diff "$1" "$2"; }
# segment: code and how it stands, in order
segments () { "$ATTEST" segments --format json | jq -r '.[] | [.code, .quote, .status, .coder // "-", .origin] | join ("|")'; }
entries () { "$ATTEST" verify --format json | jq .audit_entries; }

cat >book.yaml <<'YAML'
id: small
version: "1"
codes:
  - {id: results, rules: ['targets?', 'reached']}
  - {id: timing, rules: ['late', 'on time']}
YAML
cat >one.txt <<'TXT'
Interviewer: What has the project achieved here, in your view?

Respondent: All targets were reached. The money came late. Wörkshops came on time, mostly. We missed two targets.

Interviewer: And then?

Respondent: It rained, and the targets were late.
TXT
"$ATTEST" init p >/dev/null && "$ATTEST" ingest one.txt >/dev/null && "$ATTEST" code book.yaml >/dev/null
USER=kim
export USER
segments >proposed
id_of () { "$ATTEST" segments --format json | jq -r --arg q "$1" '[.[] | select(.quote | startswith($q)) | .id][0]'; }
all=$(id_of 'All targets') money=$(id_of 'The money') work=$(id_of 'Wörkshops') missed=$(id_of 'We missed') rained=$(id_of 'It rained')

check 'the queue has what nobody has decided' prints '6 listed; 0 of 6 segments decided' attest review
check 'accept says how it is taken back' prints "accepted: 2 decisions; 'attest undo 4' takes them back" attest review --accept "$all" "$work"
check 'the segments are accepted, by the user' \
  prints '^results|All targets were reached.|accepted|kim|rule$' segments
check 'reject keeps the reason' prints 'rejected: 1 decision' attest review --reject "$money" --reason 'of money, not of time' --coder lee
check 'recode gives another code' prints 'recoded: 1 decision' attest review --recode "$missed" timing
check 'of several codes, one is to be named' prints 'is coded by several: results, timing; say which, by ID:CODE' attest review --accept "$rained"
check 'and is then taken, with what stands beside it' prints 'accepted: 3 decisions' attest review --accept "$rained:timing" --key --memo 'cite this'
cat >expected <<'TXT'
results|All targets were reached.|accepted|kim|rule
timing|The money came late.|rejected|lee|rule
timing|Wörkshops came on time, mostly.|accepted|kim|rule
results|We missed two targets.|rejected|kim|rule
timing|We missed two targets.|accepted|kim|manual
results|It rained, and the targets were late.|proposed|-|rule
timing|It rained, and the targets were late.|accepted|kim|rule
TXT
segments >decided
check 'segments have status and coder' same expected decided
check 'the queue shrinks' prints '^1 listed; 5 of 6 segments decided (83 %): 3 accepted, 2 rejected; 1 coded by hand' attest review --list
check 'the queue can be filtered' prints '^0 listed' attest review --list --code timing
check 'and show what was decided' prints '\[rejected\] The money' attest review --list --status rejected
"$ATTEST" export >export.csv
check 'an export has both' prints '"\?Wörkshops came on time, mostly."\?.*,accepted,kim,' cat export.csv

"$ATTEST" report frequency --format json >frequency.json
check 'reports count without what is rejected' jq -e '[.rows[] | .segments] == [2, 3]' frequency.json
check 'and say how many that is' prints 'Left out: 2 segments that were rejected' attest report frequency
check 'evidence, too' prints 'Left out: 2 segments that were rejected' attest report evidence
check 'evidence cites nothing that was rejected' fails prints 'The money' attest report evidence timing

n=$(entries)
check 'the same again is nothing new' prints '^1 decided so already' attest review --accept "$work"
check 'and no entry of the log' [ "$(entries)" = "$n" ]

"$ATTEST" code book.yaml >/dev/null && segments >again
check 'coding again changes no decision' same decided again
"$ATTEST" rebuild >/dev/null && segments >again
check 'nor does rebuild' same decided again
sed 's/version: "1"/version: "2"/; s/, .on time.//' book.yaml >book2.yaml
"$ATTEST" code book2.yaml >/dev/null
check 'what was accepted stays when no rule finds it any more' prints '^timing|Wörkshops came on time, mostly.|accepted|kim|manual$' segments
"$ATTEST" code book.yaml >/dev/null && segments >again
check 'and is as before when a rule finds it again' same decided again
check 'the project is sound' "$ATTEST" verify

"$ATTEST" review --stats --format json >stats.json
check 'precision of a code, with its interval' jq -e \
  '.[] | select(.kind == "code" and .code == "timing") | .accepted == 2 and .rejected == 1 and .precision > 0.66 and .precision < 0.67 and .low < 0.21 and .high > 0.93' stats.json
check 'precision of a rule' jq -e '.[] | select(.rule == "results/2.1") | .accepted == 1 and .rejected == 0' stats.json
check 'rules that nothing was decided about are left out' jq -e '[.[] | select(.kind == "rule") | .proposed + .accepted + .rejected] | all(. > 0)' stats.json

# ---- files ----
"$ATTEST" review --export >decisions.csv
check 'an export has its columns' prints '^id,source,text_sha256,start,end,codebook,code,decision,new_code,reason,memo,coder,at,quote' head -1 decisions.csv
check 'and each decision once' [ "$(wc -l <decisions.csv)" -eq 8 ]
check 'its own decisions are nothing new' prints '^7 decided so already' attest review --import decisions.csv
mkdir other && cd other && "$ATTEST" init q >/dev/null && "$ATTEST" ingest ../one.txt >/dev/null && "$ATTEST" code ../book.yaml >/dev/null
check 'another copy takes them' prints '^imported: 7 decisions' attest review --import ../decisions.csv
segments >../copied
"$ATTEST" review --export >../decisions2.csv
cd ..
check 'with coders and all' same decided copied
check 'and gives the same file' same decisions.csv decisions2.csv
mkdir foreign && cd foreign && sed 's/reached/met/' ../one.txt >two.txt && "$ATTEST" init r >/dev/null && "$ATTEST" ingest two.txt >/dev/null && "$ATTEST" code ../book.yaml >/dev/null
segments >before
check 'of another project nothing is taken' prints '^attest: ../decisions.csv:2: .*is of another project' attest review --import ../decisions.csv
segments >after
check 'and nothing is changed' same before after
check 'not even the log' [ "$(entries)" = 3 ]
strange=$("$ATTEST" segments --format json | jq -r '[.[] | select(.quote | contains("met"))][0].id')
"$ATTEST" review --reject "$strange" --reason no >/dev/null
"$ATTEST" review --export | tail -1 >../strange.csv
cd ../other || exit 99
cat ../decisions.csv ../strange.csv >../mixed.csv
sed -i '2s/,accept,/,reject,/; 2s/,kim,/,lee,/' ../mixed.csv
segments >before
check 'rows that fit do not count when one does not' prints '^attest: ../mixed.csv:9: .*is of another project' attest review --import ../mixed.csv
segments >after
check 'nothing of them is taken' same before after
check 'and the log says nothing' [ "$(entries)" = 4 ]
cd ..

"$ATTEST" undo 7 >/dev/null
"$ATTEST" review --list --format csv >queue.csv
check 'the queue as CSV has columns to fill in' prints 'code,strength,rules,polarity,status,decision,new_code,reason,memo,quote' head -1 queue.csv
sed "2s/,proposed,,,,/,proposed,Reject,,'=no,a memo/" queue.csv >filled.csv
check 'filled in, it is taken' prints 'imported: 2 decisions' attest review --import filled.csv
check 'but for what spreadsheets need' prints ',reject,,.=no,' attest review --export
check 'memos are listed' prints 'a memo' attest memo

bad () # DESCRIPTION LINE MESSAGE CSV-LINE…
{
  what=$1 line=$2 message=$3
  shift 3
  printf '%s\n' "$@" >bad.csv
  before=$(segments | cksum)
  check "a file with $what: line and fault are named" prints "^attest: bad.csv:$line: .*$message" attest review --import bad.csv
  check "a file with $what: nothing is taken" [ "$(segments | cksum)" = "$before" ]
}
bad 'an unknown id' 3 "no quote 'Q000000'" id,code,decision "$all,results,reject" "Q000000,results,accept"
bad 'a code that is not in the codebook' 3 "no code 'nope' in codebook 'small'" id,code,decision "$all,results,reject" "$work,nope,accept"
bad 'a new code that is not in the codebook' 2 "no code 'nope'" id,code,decision,new_code "$all,results,recode,nope"
bad 'no such decision' 3 "'maybe' is no decision" id,code,decision "$all,results,reject" "$all,results,maybe"
bad 'another codebook' 2 "no codebook 'large'" id,codebook,code,decision "$all,large,results,reject"
bad 'no column of decisions' 1 "a column 'decision' is needed" id,code "$all,results"
bad 'another passage under the id' 2 'is another passage' id,text_sha256,start,end,code,decision "$money,$("$ATTEST" sources --format json | jq -r '.[0].text_sha256'),76,101,results,accept"

# ---- by hand ----
start=$("$ATTEST" segments --format json | jq '[.[] | select(.quote | startswith("Wörk"))][0].start')
check 'mark codes by characters' prints 'marked: 1 decision' attest mark one "$start" $((start + 9)) results
check 'and quotes them' prints '^results|Wörkshops|accepted|kim|manual$' segments
check 'not across turns' status_is 2 attest mark one "$start" $((start + 120)) results
check 'not what the interviewer says' prints 'is what the interviewer says' attest mark one 14 18 results
check 'not beyond the text' prints 'is not a passage of the text' attest mark one 10 100000 results
check 'not with a code that is not there' prints "no code 'nope'" attest mark one "$start" $((start + 9)) nope
check 'a note on a source' prints 'noted: 1 decision' attest memo one 'interviewed twice'
check 'a note on a code' prints 'noted: 1 decision' attest memo timing 'too broad'
check 'a note on nothing' status_is 2 attest memo nothing 'x'
check 'memo lists them' prints 'too broad' attest memo
check 'memo lists those of a quote' prints 'a memo' attest memo "$(sed -n '2s/,.*//p' queue.csv)"

# ---- taking back ----
check 'undo --list has the commands' prints 'imported: 2 decisions' attest undo --list
check 'what decided nothing cannot be taken back' prints "entry 2 ('ingest') cannot be taken back: what was taken in is never lost" attest undo 2
check 'nor what is not there' prints 'has no entry 99' attest undo 99
check 'nor what is no number' status_is 2 attest undo x
while "$ATTEST" undo >/dev/null 2>&1; do :; done
segments >undone
check 'undo of all gives the state before' same proposed undone
check 'undo of an undo decides again' prints 'taken back' attest undo "$(entries)"
segments >redone
check 'which changes something' fails same proposed redone
check 'the project is sound to the end' "$ATTEST" verify

check 'nothing to name' status_is 2 attest review --accept
check 'two things at once' status_is 2 attest review --accept --reject "$all"
check 'an id alone' prints 'what of' attest review "$all"
done_testing
