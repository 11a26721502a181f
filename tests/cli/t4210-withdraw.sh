#!/bin/sh
# respondents withdraw: what somebody said is nowhere in the project file any more, and it verifies. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"
prints () { pattern=$1; shift; "$@" 2>&1 | grep -e "$pattern"; }
fails () { ! "$@"; }

# Words of é as two code points, emoji, Cyrillic and Arabic; both speak twice.
cat >kii-7.txt <<'END'
Respondent name: Gulnara Zhumabekova
Date: 2024-05-06

Interviewer: How was it?

Gulnara: The kadastral offices changed. Café 🙂 Постановление изменило всё, يتغير كل شيء.

Bakyt: Much has changed for migrants, says nobody.

Interviewer: And then?

Gulnara: It changed xylophonically.

Bakyt: Yes, it changed.
END
cat >who.csv <<'END'
respondent,source,speaker,group,phone
R7,kii-7,Gulnara,Government,0555-7777
R8,kii-7,Bakyt,Migrants,
END
attest init p >/dev/null && attest ingest kii-7.txt talk.txt >/dev/null && attest respondents import who.csv >/dev/null
attest code book.yaml >/dev/null
attest segments --format json >before.json
quote () { jq -r --arg text "$1" '[.[] | select(.quote | contains($text))][0].id' before.json; }
hers=$(quote kadastral) too=$(quote xylophon) his=$(quote 'Much has changed for migrants, says')
attest finding add 'It changed' --criterion impact >/dev/null && attest finding link F1 "$hers" "$his" >/dev/null
attest finding link F1 "$hers" --note 'she means the cadastresecret' >/dev/null
attest memo "$hers" 'memosecret of mine' >/dev/null
attest review --accept "$his" >/dev/null
attest review --accept "$hers" >/dev/null
attest review --reject "$too" --reason 'reasonsecret' >/dev/null
attest mark kii-7 "$(jq -r --arg id "$too" '[.[] | select(.id == $id)][0] | "\(.start) \(.end)"' before.json | cut -d' ' -f1)" \
  "$(jq -r --arg id "$too" '[.[] | select(.id == $id)][0].end' before.json)" gender >/dev/null
attest review --export >decisions.csv
cp p.attest before.copy

words='kadastral Caf Постановление يتغير xylophon memosecret reasonsecret cadastresecret Gulnara Zhumabekova 0555-7777'
# FILE: which of the words are in its bytes
found () { for word in $words; do grep -aqF -e "$word" "$1" && echo "$word"; done; true; }
check 'found: all of it, before' test "$(found p.attest | wc -l)" -eq 11

check 'a reason is needed' prints 'because is needed' status_is 2 attest respondents withdraw R7
check 'what would go is said, and nothing is done' \
  prints 'destroy 2 turns (.* words) in 1 source.*cannot be undone: nothing was changed; add --yes' \
  status_is 2 attest respondents withdraw R7 --because 'asked for it'
check 'nobody of that name' prints "no respondent 'R9'" status_is 2 attest respondents withdraw R9 --because x --yes
check 'nothing was changed' cmp p.attest before.copy
touch p.attest.v7.bak
attest respondents withdraw R7 --because 'asked for it' --yes >out.txt 2>&1
check 'it is done, and what is left is named' \
  sh -c 'grep -q "^withdrawn-1: 2 turns" out.txt && grep -q "1 link of the ledger leads" out.txt && grep -q "^p.attest.v7.bak is a copy" out.txt' 
silent 'the words are nowhere in the file' found p.attest
check 'nor beside it' sh -c '[ ! -s p.attest-wal ] && [ ! -e p.attest-journal ]'
check 'it verifies, and says what was withdrawn' prints '^withdrawn-1 withdrew on 20..-..-.., with [23] quotes: asked for it' status_is 0 attest verify
check 'for programs' sh -c '"$ATTEST" verify --format json | jq -e ".withdrawals == 1 and .problems == []"'

check 'the label of who asks first stays, though the header goes' sh -c '[ "$("$ATTEST" text kii-7 | grep -c "^Interviewer: ")" = 2 ] && "$ATTEST" text kii-7 | grep -q "^Interviewer: How was it?"'

# The others stay where they are.
attest segments --format json >after.json
same () { jq -S '[.[] | select(.speaker == "Bakyt")]' "$1"; }
check 'what others said stays, at its place' sh -c '[ "$(jq -S "[.[] | select(.speaker == \"Bakyt\")] | map(del(.status, .coder))" before.json)" = "$(jq -S "[.[] | select(.speaker == \"Bakyt\")] | map(del(.status, .coder))" after.json)" ]'
check 'nothing of hers is coded' fails grep -q "$hers" after.json
check 'she is no respondent' sh -c '"$ATTEST" respondents --format json | jq -e "map(.respondent) | index(\"R7\") == null"'
check 'a link to what she said says so' prints 'was withdrawn by whoever said it' attest trace F1
check 'check objects' prints 'F1 *stale *it rests on quote' attest check
check 'nor is it told to the public' fails prints 'kadastral' attest trace F1 --public

# It does not come back.
log=$(attest verify --format json | jq .audit_entries)
for seq in $(seq 1 "$log"); do attest undo "$seq" >/dev/null 2>&1; done
silent 'by no undo' found p.attest
check 'and it still verifies' status_is 0 attest verify
check 'nor by reading the file again' sh -c '"$ATTEST" ingest kii-7.txt; :'
silent 'which holds it already' found p.attest
attest code book.yaml >/dev/null
silent 'nor by coding again' found p.attest
check 'nor by a rebuild' status_is 0 attest rebuild
silent 'which leaves her out' found p.attest
check 'after which all is as it was' sh -c '"$ATTEST" segments --format json | jq -e "[.[] | select(.speaker == \"Bakyt\" and .code == \"impact\")] | length >= 3"'
attest review --import decisions.csv >/dev/null 2>&1
silent 'nor by a file of decisions from before' found p.attest
check 'a passage of hers cannot be noted' \
  prints 'withdrawn by whoever said it' status_is 2 attest memo "$hers" 'again'
attest respondents import who.csv >/dev/null 2>&1
silent 'nor by the list of respondents' found p.attest
check 'and it verifies after all that' status_is 0 attest verify

# Twice in a source, and nobody else may look on.
check 'the other withdraws, too' prints '^gone-2: ' attest respondents withdraw R8 --because 'as well' --as gone-2 --yes
check 'his words are gone' fails grep -aq 'says nobody' p.attest
check 'both are named' sh -c '[ "$("$ATTEST" verify | grep -c withdrew)" = 2 ]'
mkdir other && cp before.copy other/p2.attest
mkfifo hold
sqlite3 other/p2.attest 'SELECT count (*) FROM source' '.shell cat hold' >/dev/null 2>&1 &
sleep 1
check 'refused while another has the project open' prints 'another program has the project open' \
  status_is 5 attest --project other/p2.attest respondents withdraw R7 --because x --yes
echo >hold
wait
check 'and then not' status_is 0 attest --project other/p2.attest respondents withdraw R7 --because x --yes
esc=$(printf '\033')
check 'control characters of an id are made visible' \
  sh -c '"$ATTEST" --project other/p2.attest respondents withdraw R8 --because "a${1}[2J" --as "b${1}[2J" --yes >out.txt
    "$ATTEST" --project other/p2.attest verify >>out.txt; grep -q "b.x1b" out.txt && ! grep -q "$1" out.txt' sh "$esc"
done_testing
