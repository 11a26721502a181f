#!/bin/sh
# merge: several people's copies of a project become one, and nothing is lost. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"

on () { project=$1; shift; "$ATTEST" --project "$project.attest" "$@" 2>&1; }
# What people decided, in order; and what the ledger says.
decided () { on "$1" review --export | cut -d , -f 6-; on "$1" finding list --format csv; on "$1" ratings --format csv; on "$1" respondents --format csv; }
same () { decided "$1" >one && decided "$2" >two && diff one two; }

{
  attest init base && attest ingest talk.txt && attest code book.yaml && attest review --accept \
    "$(attest segments --format json | jq -r '.[0].id')" --coder kim
} >/dev/null
cp base.attest ana.attest
cp base.attest ben.attest
cp base.attest unlike.attest
changed=$(attest --project base.attest segments --format json | jq -r '.[0].id')
nobody=$(attest --project base.attest segments --format json | jq -r '.[1].id')
printf 'Интервьюер: Как?\n\nЧынара: Cáfé changed 🙂 a lot.\n' >chynara.txt
{
  on ana review --reject "$changed" --reason 'of offices' --coder ana
  on ana review --reject "$nobody" --coder ana
  on ana finding add 'Ana found this' --criterion impact --coder ana
  on ana finding link F1 "$nobody" --contradicts --coder ana
  on ana rate impact 4 --because 'it is so' --coder ana
  on ana respondents set talk/Bakyt group=women
  on ana undo 6 --coder ana
  on ben mark talk 104 120 impact --coder ben --memo 'is it?'
  on ben finding add 'Ben found that' --criterion gender --coder ben
  on ben rate impact 2 --because 'it is not' --coder ben
  on ben respondents set talk/Bakyt group=officials gender=m
  on ben ingest chynara.txt
  on ben code book.yaml
} >/dev/null

check 'merging says what came and what differs' eval '"$ATTEST" merge all ana.attest ben.attest >out; [ $? = 10 ]'
check 'it counts' prints 'merged into all.attest, new there: 2 sources, 1 respondent, 5 decisions, 8 rows of the ledger' cat out
check 'one number of two findings changes' prints '^entry  *F1  *F1 of [ab][en][an].attest is F2 now' cat out
check 'two ratings of one criterion' prints "^rating  *impact  *impact is rated '[24]' in .*; kept" cat out
check 'two groups of one respondent' prints "talk/Bakyt, group is '[wo].*' in .* and '[wo].*' in .*; kept '" cat out
check 'but only once' eval '[ "$(grep -c ^attribute out)" = 1 ]'
check 'the other order is the same' status_is 10 "$ATTEST" merge other ben.attest ana.attest
check 'to the last decision' same all other
check 'merging again changes nothing' prints 'all.attest holds all of it already: nothing was changed' "$ATTEST" merge all ben.attest ana.attest
check 'also each into the other' prints 'holds all of it already' on all merge other.attest
check 'the project verifies' prints ': 0 problems' on all verify
check 'what was taken back stays so' eval 'on all review --list --status rejected | grep -q "0 listed\|^1 listed"'
check 'the finding of each is there' prints 'Ana found this' on all finding list
check 'and of the other' prints 'Ben found that' on all finding list
check 'with who wrote it' eval 'on all finding list --format csv | grep "Ben found" | grep -q ben'
check 'a memo came, too' prints 'is it?' on all memo
check 'a new transcript is coded' prints 'Cáfé changed' on all segments
check 'one entry of the log tells of the merge' eval '[ "$(sqlite3 all.attest "SELECT count (*) FROM audit WHERE command = '"'merge'"' AND detail LIKE '"'%ana.attest%ben.attest%'"' OR command = '"'merge'"' AND detail LIKE '"'%ben.attest%ana.attest%'"'")" = 1 ]'

cp ana.attest into.attest
check 'into a project, which keeps its numbers' eval 'on into merge ben.attest >out; [ $? = 10 ] && grep -q "F1 of ben.attest is F2 now" out'
check 'with the same decisions' eval 'on into review --export | cut -d , -f 6- | sort >a; on all review --export | cut -d , -f 6- | sort >b; diff a b'
check 'and verifies' prints ': 0 problems' on into verify
{
  on into review --accept "$nobody" --coder kim
  on ben rate gender 3 --because 'fair' --coder ben
} >/dev/null
check 'work goes on and comes again' prints 'new there: 0 sources, 0 respondents, 0 decisions, 1 row of the ledger, 1 audit entry; 0 conflicts' on into merge ben.attest
check 'json tells the same' eval 'on ana merge into.attest --format json >out; jq -e ".format == 1 and .changed and .decisions == 3 and (.conflicts | type == \"array\")" out'
check 'after which both say the same' same ana into

# One corrects a transcript, the other does not know.
printf 'Interviewer: How was it?\n\nAigul: It changed a lot. Nobody cáme 🙂 from north.\n\nBakyt: Мы changed.\n' >walk.txt
printf 'Interviewer: How was it then?\n\nAigul: It changed a lot.\nNobody cáme 🙂 from north.\n\nBakyt: Мы changed.\n' >mended.txt
{
  attest init early && on early ingest walk.txt && on early code book.yaml
  cp early.attest nia.attest
  cp early.attest old.attest
  on nia update walk mended.txt --coder nia
  on nia code book.yaml
  quote=$(attest --project old.attest segments --format json | jq -r '[.[] | select (.quote | contains ("Мы"))][0].id')
  on old review --reject "$quote" --reason 'of a house' --coder old
  on old finding add 'They changed' --criterion impact --on "$quote" --coder old
} >/dev/null
check 'decisions about the earlier text come into the corrected one' eval '"$ATTEST" merge mended nia.attest old.attest && on mended segments --format json | jq -e "[.[] | select (.quote | contains (\"Мы\"))] | map (.status) | unique == [\"rejected\"]"'
check 'and links' prints 'Мы changed' on mended trace F1
check 'an old id leads to the new one' prints 'in an earlier version of the transcript; now it is Q' on mended trace "$quote"
check 'it verifies' prints ': 0 problems' on mended verify
check 'the other order is the same again' eval '"$ATTEST" merge mended2 old.attest nia.attest && same mended mended2'
on old update walk mended.txt --coder old >/dev/null
check 'who takes the same correction later has it in common' eval '"$ATTEST" merge mended old.attest && on mended review --export >out && [ "$(grep -c "of a house" out)" = 1 ]'
printf 'Interviewer: How was it?\n\nAigul: Nobody cáme 🙂 from north.\n\nBakyt: Мы changed, we think.\n' >other.txt
cp early.attest oz.attest
on oz update walk other.txt --coder oz >/dev/null
check 'two corrections are listed' eval '"$ATTEST" merge two nia.attest oz.attest >out; [ $? = 10 ]'
check 'with what to do' prints "^version  *walk .*was corrected differently in .* 'attest update walk FILE'" cat out
check 'and verify' prints ': 0 problems' on two verify

# what cannot be merged
cp into.attest before
cp ben.attest bad.attest
sqlite3 bad.attest 'DROP TRIGGER rating_never_updated; UPDATE rating SET level = 5'
check 'a damaged copy' eval 'on into merge bad.attest >out; [ $? = 5 ]'
check 'is named' prints 'bad.attest: what audit entry .* nothing was merged' cat out
check 'and changes nothing' prints 'holds all of it already' on into merge ana.attest
check 'no project' status_is 5 "$ATTEST" merge new talk.txt ana.attest
check 'leaves no file' [ ! -e new.attest ]
check 'no copy' status_is 1 "$ATTEST" merge new ana.attest nowhere.attest
check 'leaves no file either' [ ! -e new.attest ]
check 'a project that no merge made' prints 'is a project already, and not the outcome of a merge' "$ATTEST" merge unlike.attest ben.attest
check 'one name only' prints 'merge needs a new file and the copies' "$ATTEST" merge new
check 'itself' prints 'cannot be merged into itself' on ana merge ana.attest

# a copy of an older attest is read as it is, and stays so
gunzip <"$ATTEST_SRCDIR/tests/schema/v001.attest.gz" >old.attest
chmod 600 old.attest
cp old.attest old.before
check 'a copy of an older attest is not brought up to date' eval '"$ATTEST" merge upgraded old.attest unlike.attest >out 2>&1; cmp old.attest old.before && [ ! -e old.attest.v1.bak ]'

cp unlike.attest future.attest
sqlite3 future.attest 'PRAGMA user_version = 999'
cp future.attest future.before
check 'one of a newer attest is refused' prints 'future.attest: was made by a newer attest' status_is 5 "$ATTEST" merge newer unlike.attest future.attest
check 'untouched' eval 'cmp future.attest future.before && [ ! -e newer.attest ]'

# One coded with another codebook meanwhile: the last run counts, and decisions stay.
{
  cp early.attest books.attest
  sed 's/changed?/changed|cáme/; s/^id: book/id: book\nversion: 2.0.0/' book.yaml >book2.yaml
  on books code book2.yaml --coder nia
  cp early.attest judged.attest
  on judged review --reject "$(on judged segments --format json | jq -r '[.[] | select (.quote | contains ("Мы"))][0].id')" --coder old
  "$ATTEST" merge coded judged.attest books.attest
} >/dev/null
check 'coded by the codebook that coded last' prints 'cáme' on coded segments
check 'with what was decided before' eval 'on coded segments --format json | jq -e "[.[] | select (.quote | contains (\"Мы\")) | .status] | unique == [\"rejected\"]"'
check 'and both codebooks are kept' eval '[ "$(sqlite3 coded.attest "SELECT count (*) FROM codebook")" = 2 ]'

# other texts under the same label
printf 'Interviewer: How was it?\n\nAigul: The offices changed after all.\n' >talk.txt
{ attest init third && on third ingest talk.txt; } >/dev/null
check 'another text of a label is kept beside it' prints "^text  *talk  *third.attest has another text than base.attest as source 'talk'" "$ATTEST" merge texts base.attest third.attest
check 'under a label of its own' prints '^talk~[0-9a-f]\{6\} ' on texts sources
done_testing
