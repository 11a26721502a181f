#!/bin/sh
# undo of what is not only added to: respondents, and the guides of sources. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"

cat >guide.yaml <<'END'
attest: guide/1
id: guide
codebook: book
languages: [en]
questions:
- {id: how, text: How was it?, words: [how was it], asked: [impact]}
END
attest init p >/dev/null && attest ingest talk.txt >/dev/null && attest code book.yaml >/dev/null
printf 'respondent,source,speaker,group\nR1,talk,Aigul,Office\nR2,talk,Bakyt,Donor\n' >r.csv
state () { attest respondents --format csv; attest guide show --format csv 2>&1; attest turns talk --format csv; attest segments --format csv; }
last () { sqlite3 p.attest 'SELECT max (seq) FROM audit'; }
state >zero
attest respondents import r.csv >/dev/null
state >one
import=$(last)
attest respondents set R1 group=Other place=Osh
state >two
set=$(last)
attest respondents set R2 place=Naryn
other=$(last)
attest undo "$other" >/dev/null
state >now
check 'an attribute that was new is gone' diff two now
check 'what a later command changed is refused' prints 'a later command changed the same' status_is 2 attest undo "$import"
state >now
check 'and nothing is changed' diff two now
attest undo "$set" >/dev/null
state >now
check 'attributes are as before' diff one now
attest undo "$import" >/dev/null
state >now
check 'there are the speakers again' diff zero now
attest undo "$(last)" >/dev/null
state >now
check 'the import is in force again' diff one now
check 'then the attributes, too' attest undo "$((set + 2))"
check 'they are listed' prints 'respondents set' attest undo --list
check 'verify' attest verify
check 'rebuild leaves it alone' attest rebuild
state >one
attest guide apply guide.yaml >/dev/null
state >guided
guide=$(last)
check 'a guide is taken back' attest undo "$guide"
state >now
check 'with all that it found' diff one now
check 'and put into force again' attest undo "$(last)"
state >now
check 'as it was' diff guided now
attest guide remove talk >/dev/null
check 'a guide that was removed' attest undo "$(last)"
state >now
check 'is there again' diff guided now
check 'verify has nothing to say' attest verify
check 'what was taken in stays: it says why, and what to do' \
  prints "entry 2 ('ingest') cannot be taken back: what was taken in is never lost" status_is 2 attest undo 2
check 'coding, too' prints "entry 3 ('code') cannot be taken back: .*attest code" status_is 2 attest undo 3
cp p.attest copy.attest
sqlite3 copy.attest "DELETE FROM change"
check 'verify: what somebody deleted' prints 'added to the ledger is not what stands there' status_is 10 attest --project copy.attest verify

# Numbers of respondents are others after a merge, and what would be taken back might be somebody else's.
mkdir ana ben && cp p.attest ana && cp p.attest ben
attest --project ana/p.attest respondents set R1 place=Talas && attest --project ben/p.attest respondents set R2 age=30
seq=$(sqlite3 ben/p.attest 'SELECT max (seq) FROM audit')
attest merge both.attest ana/p.attest ben/p.attest >/dev/null
check 'after a merge: refused, with what to do' \
  prints 'the project was merged since: set the respondents' status_is 2 attest --project both.attest undo "$seq"
check 'and nothing is lost' prints 'Talas' attest --project both.attest respondents

rm -f both.attest copy.attest
# Whoever withdraws is not kept for an undo, either.
attest respondents set R1 name='Known Person' >/dev/null
check 'what is kept for an undo has the name' sh -c 'strings -a p.attest | grep -q "Known Person"'
check 'somebody withdraws' attest respondents withdraw R1 --because asked --yes
check 'no name is left, not in what undo kept' fails sh -c 'strings -a p.attest | grep "Known Person"'
check 'verify has nothing to say' attest verify
check 'undo says why it cannot' prints 'somebody withdrew since' status_is 2 attest undo "$import"

# What is decided of segments is told where it was about them, and not otherwise.
attest finding add 'To be taken back' --criterion impact >/dev/null
check 'taking back a finding says nothing of segments' sh -c '"$ATTEST" undo >out && grep -q "taken back" out && ! grep -q "segments decided" out'
done_testing
