#!/bin/sh
# Ratings, findings and what follows from them; trace in both directions; verify. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"

attest init p >/dev/null && attest ingest talk.txt >/dev/null && attest code book.yaml >/dev/null
attest segments --format jsonl >segments.jsonl
quote () { jq -r --arg text "$1" 'select(.quote | contains($text)) | .id' segments.jsonl; }
offices=$(quote offices) migrants=$(quote migrants) north=$(quote north)
check 'there are three quotes' test -n "$offices" -a -n "$migrants" -a -n "$north"
same () { jq -e "$1" "$2"; }
count () { sqlite3 p.attest "SELECT (SELECT count (*) FROM rating) + (SELECT count (*) FROM entry)
  + (SELECT count (*) FROM entry_value) + (SELECT count (*) FROM entry_link) + (SELECT count (*) FROM audit)"; }
# DESCRIPTION MESSAGE ARG…: exits 2 with the message, and changes nothing
refused ()
{
  before=$(count)
  what=$1 message=$2
  shift 2
  check "refused: $what" prints "$message" status_is 2 attest "$@"
  check "nothing was changed: $what" test "$before" = "$(count)"
}

# Ratings.
refused 'a level that is not on the scale' "'6' is no level of the scale iom-5, which has 5 excellent" \
  rate impact 6 --because x
refused 'a rating without a reason' 'needs a reason' rate impact 5
refused 'a reason that says nothing' 'the reason is empty' rate impact 5 --because '  '
refused 'a criterion that there is not' "the code 'imapct'; there are: impact, gender" rate imapct 5 --because x
printf 'attest: scale/1\nid: bad\nlevels: 5\n' >bad.yaml
check 'a scale that is not one: line and column' \
  prints '^attest: bad.yaml:3:9: levels are a list' status_is 4 attest scales bad.yaml
check 'a rating on it is refused' status_is 4 attest rate impact 5 --scale bad.yaml --because x
check 'rated by the number' prints '^impact: 5 excellent, on the scale iom-5$' attest rate impact 5 --because 'All offices'
check 'and again, by the word' prints '^impact: 4 very good, on' attest rate impact 'Very good' --because 'Not all' --coder Lee
check 'outside the order' prints '^gender: not assessed, on' attest rate gender not-assessed --because 'Too early'
attest ratings --format json >ratings.json
check 'the last holds, and says who gave it' \
  same 'map(select(.criterion == "impact")) | length == 1 and .[0].level == "4" and .[0].by == "Lee" and .[0].because == "Not all"' ratings.json
attest ratings impact --history --format json >history.json
check 'the history has both' same 'map(.level) == ["5", "4"] and .[0].by == "kim"' history.json
check 'a percentage' prints '^gender: 66.7, on the scale percentage$' \
  attest rate gender '66.7 %' --scale percentage --because 'Two of three'
check 'the scale is kept for the next' prints "'very good' is no level of the scale percentage" \
  status_is 2 attest rate impact 'very good' --because x

# The ledger.
check 'a finding gets an id' prints '^F1$' attest finding add 'Offices work in another way' --criterion impact \
  --on "$offices" --on "$migrants" --against "$north"
refused 'an unknown quote' "no quote 'QZZZZZZ' in p.attest" finding add x --on "$offices" --on QZZZZZZ
refused 'what is no id' "neither a quote, like Q7F3K2A, nor in the ledger" finding add x --on nothing
refused 'a finding of nothing' 'the text is empty' finding add ' '
check 'a finding on a finding' prints '^F2$' attest finding add 'Migrants see it' --on F1
refused 'a circular chain' 'F1 cannot rest on F2, which rests on F1 itself' finding link F1 F2
refused 'a finding that rests on itself' 'F2 cannot rest on itself' finding link F2 F2
check 'a conclusion' prints '^C1$' attest conclusion add 'It will last' --on F1 --on F2
refused 'a conclusion on a quote' 'a conclusion rests on findings and conclusions' conclusion link C1 "$offices"
refused 'one of two links does not fit: neither is made' 'no quote' finding link F2 "$offices" QZZZZZZ
check 'a recommendation' prints '^R1$' attest recommendation add 'Fund a second year' --on C1 \
  --addressee Donor --priority high --time-frame 'six months'
refused 'a priority that there is not' 'priority' recommendation edit R1 --priority urgent
refused 'to withdraw what others rest on' 'F2 rests on F1' finding edit F1 --withdraw 'No'
refused 'the id of another kind' 'F1 is a finding, not a lesson' lesson edit F1 x
check 'an answer to what contradicts' attest finding link F1 "$north" --stance contradicts --note 'The north came later'
attest finding list --format json >findings.json
check 'the list says what is for and against' \
  same ".[0].supports == [\"$offices\", \"$migrants\"] and .[0].contradicts == [\"$north\"]" findings.json
check 'a lesson and a good practice may rest on quotes' \
  sh -c '"$0" lesson add L --on "$1" && "$0" practice add G --on "$1" --on F1' "$ATTEST" "$offices"

# Trace.
attest trace R1 --format json >down.json
check 'down: from a recommendation to the quotes' \
  same "[.chain[].id] == [\"R1\", \"C1\", \"F1\", \"F2\", \"$offices\", \"$migrants\", \"$north\"]" down.json
check 'down: each says what it rests on' \
  same '.format == 1 and .root.type == "recommendation" and .chain[1].rests_on == ["F1", "F2"] and .chain[0].addressee == "Donor"' down.json
attest text talk >text
# The quote cut out of the text by its positions, in code points and in bytes.
cuts ()
{
  jq -e --rawfile text text '[.chain[] | select(.quote)] | length == 3 and all(.[].quote;
    .text == $text[.start:.end] and .stands == true and .source == "talk")' down.json
}
check 'down: quotes stand where they are said to' cuts
check 'down: who said it, in which turn' \
  same "[.chain[] | select(.id == \"$migrants\").quote | .speaker, .turn] == [\"Bakyt\", 2]" down.json
attest trace "$offices" --format json >up.json
check 'up: everything that rests on a quote' \
  same '([.chain[].id] | sort) == (["C1", "F1", "F2", "G1", "L1", "R1", "rating:impact", .root.id] | sort)' up.json
check 'the id of a quote in lower case' prints 'on impact' attest trace "$(echo "$offices" | tr A-Z a-z)"
attest trace impact --format json >rating.json
check 'from a rating' same '.root.id == "rating:impact" and .chain[0].rating.label == "very good" and .chain[0].rests_on == ["F1"]' rating.json
check 'for people: the answer beside what contradicts' prints 'note: The north came later' attest trace F1
check 'for people: what rests on it' prints '^on it rests: F2, C1, G1, the rating of impact$' attest finding show F1
check 'an id that there is not' prints 'neither in the ledger' status_is 2 attest trace F9
attest report evidence impact --format json >evidence.json
check 'evidence has the rating and the findings' same \
  '.criteria[0] | .rating.level == "4" and .rating.scale == "iom-5" and .rating.by == "Lee" and .findings[0].id == "F1" and (.findings[0].links | length == 3)' \
  evidence.json
check 'evidence for people, too' prints '^Rated 4 very good on the scale iom-5 by Lee on .*: Not all$' attest report evidence impact

# Taking back.
attest finding edit F2 'Said worse' >/dev/null
check 'a change is taken back' attest undo
attest finding list --format json >findings.json
check 'it says what it said before' same '.[1].text == "Migrants see it"' findings.json

# Verify.
attest verify --format json >verify.json
check 'verify counts links' same '.links == 10 and .problems == []' verify.json
check 'code again: the ledger stays' attest code book.yaml
check 'rebuild: the ledger stays' attest rebuild
attest trace R1 --format json >again.json
check 'the same chain as before' cmp down.json again.json
cp p.attest copy.attest
sqlite3 copy.attest "DROP TRIGGER rating_never_updated; UPDATE rating SET level = '5' WHERE level = '4'"
check 'a rating that somebody changed' prints 'added to the ledger is not what stands there' \
  status_is 10 attest --project copy.attest verify
cp p.attest copy.attest
sqlite3 copy.attest "DROP TRIGGER content_never_updated;
  UPDATE version_content SET original = CAST (replace (CAST (original AS TEXT), 'offices changed', 'offices change') AS BLOB)"
check 'a quote whose text no longer stands is a problem of the link' \
  prints "F1 rests on quote $offices, which is not what stands in the text" status_is 10 attest --project copy.attest verify
attest --project copy.attest trace F1 --format json >stale.json
check 'trace says so, too' same "[.chain[] | select(.id == \"$offices\").quote | .stands, .problem] == [false, \"is not what stands in the text\"]" stale.json

# Strangers' text.
attest finding add "$(printf 'red \033[31m text')" >/dev/null
control () { attest finding list; attest trace F3; attest report evidence impact; }
check 'control characters are shown as text' fails prints "$(printf '\033')" control
done_testing
