#!/bin/sh
# A corrected transcript: what was decided of its quotes stays, where their words are now. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
export USER=kim
attest () { "$ATTEST" "$@"; }

cat >talk.txt <<'END'
Interviewer: How was it?

Aigul: The ofices changed how they work. Nobody came from the north.

Bakyt: It changed. And then it changed.

Aigul: The café changed, too: ещё и цены изменились 😀.

Bakyt: Yes.
END
cat >book.yaml <<'END'
attest: codebook/1
id: book
dimensions: {criterion: {title: Criterion}}
codes:
- {id: impact, dimension: criterion, rules: [{match: ['changed?', 'изменились', 'nobody came']}]}
- {id: other, dimension: criterion, rules: [{match: [never]}]}
END
attest init p >/dev/null && attest ingest talk.txt >/dev/null && attest code book.yaml >/dev/null
quote () { attest segments --format jsonl | jq -r --arg text "$1" 'select(.quote | contains($text)) | .id' | head -n 1; }
offices=$(quote ofices) north=$(quote north) cafe=$(quote café)
attest review --accept "$north" "$cafe" --key >/dev/null
attest review --reject "$offices" --reason 'a typing mistake' >/dev/null
attest memo "$cafe" 'prices' >/dev/null
start=$(attest text talk | jq -Rs 'split ("Bakyt: Yes")[0] | length + 7')
attest mark talk "$start" $((start + 4)) other >/dev/null
yes=$(attest segments --code other --format jsonl | jq -r .id)
attest finding add 'It changed' --criterion impact --on "$cafe" --on "$yes" --against "$north" >/dev/null
attest finding link F1 "$north" --stance contradicts --note 'Not planned'
attest finding link F1 "$offices" --stance context
attest verify >/dev/null || exit 99
before=$(attest undo --list --format json | jq length)

# The mistake is mended, a line is added above, another is wrapped; one sentence goes.
sed 's/ofices/offices/; s/^Interviewer: How was it?/Interviewer: Good day.\n\nInterviewer: How was it then?/' talk.txt \
  | awk '{ sub (/ Nobody came/, "\nNobody came"); print }' >new.txt
check 'a dry run says what would be' prints '1 are changed, 0 ambiguous, 0 lost$' status_is 10 attest update talk new.txt --dry-run
check 'and changes nothing' prints '^talk .* 1 ' sh -c '"$ATTEST" sources --format csv | cut -d, -f 1,7 | tr , " "; "$ATTEST" sources --format json | jq -r ".[0] | \"talk v \(.version) \""'
check 'and what it says now' prints "^$offices *– *changed *1 *1 *The ofices changed how they work. *The offices changed how they work." attest update talk new.txt --dry-run
check 'and how to carry it' prints "still means the same: --changed $offices" attest update talk new.txt --dry-run
mkdir other && cp p.attest other/confirmed.attest
check 'what was quoted with a mistake is not carried of itself, everything else is' \
  prints "^$offices *– *changed *1 *1 *The ofices changed" status_is 10 attest update talk new.txt
check 'another version' test "$(attest sources --format json | jq '.[0].version')" = 2
check 'the same file again is refused' prints 'the project holds these bytes already, as version 2' status_is 2 attest update talk new.txt
check 'and so is a source that there is not' prints "no source 'walk'" status_is 2 attest update walk new.txt

attest segments --format jsonl >now.jsonl
check 'before it is coded, what was accepted and marked is there' jq -e -s '[.[] | select(.status == "accepted") | .quote] | sort == (["Nobody came from the north.", "The café changed, too: ещё и цены изменились 😀.", "Yes."] | sort)' now.jsonl
attest code book.yaml >/dev/null
attest segments --format jsonl >now.jsonl
check 'coded, it is decided as it was' jq -e -s '[.[] | select(.status == "accepted") | .quote] | sort == (["Nobody came from the north.", "The café changed, too: ещё и цены изменились 😀.", "Yes."] | sort)' now.jsonl
check 'the mended sentence is proposed' jq -e -s '[.[] | select(.status == "proposed") | .quote] | index("The offices changed how they work.") != null' now.jsonl
check 'by whom, and when' prints 'kim' sh -c 'jq -r "select(.status == \"accepted\") | .coder" now.jsonl'
new_cafe=$(jq -r 'select(.quote | contains("café")) | .id' now.jsonl)
check 'a quote in another place has another id' test "$new_cafe" != "$cafe"
check 'the key quote is one' prints "^$new_cafe,.*,key," attest review --export
check 'the memo is there, of the new quote' prints "$new_cafe.*prices" attest memo
check 'the finding rests on the new quotes, with their notes' prints "$new_cafe supports it" attest trace F1
check 'what contradicts is answered' prints 'note: Not planned' attest trace F1
check 'the old ids are not linked any more' fails prints "$cafe" attest trace F1
check 'who asks for an old id is told the new one' prints "stands in an earlier version of the transcript; now it is $new_cafe" attest trace "$cafe"
check 'what was lost still is, with its words' prints 'The ofices changed how they work' attest trace F1
check 'and check finds it' prints 'F1 *stale *it rests on quote '"$offices"', which stands in an earlier version of the transcript only' attest check
check 'verify finds no more than that' sh -c 'test "$("$ATTEST" verify --format json | jq -c "[.problems[].id]")" = "[\"F1\"]"'
check 'nothing is counted twice' test "$(attest report frequency --format json | jq .totals.sources)" = 1
check 'the list of what can be undone is as it was' test "$(attest undo --list --format json | jq length)" = "$before"
attest finding link F1 "$offices" --remove
check 'without what was lost, all is well' attest verify
check 'rebuilt, it is as it was' attest rebuild
attest segments --format jsonl >rebuilt.jsonl
check 'every status is' test "$(jq -c '[.quote, .status]' now.jsonl | sort)" = "$(jq -c '[.quote, .status]' rebuilt.jsonl | sort)"

# Decisions go on to another copy: those of the text of now.
attest review --export >decisions.csv
check 'decisions of the earlier text are not exported as its' fails grep -q "^$cafe" decisions.csv

# Corrected once more: what was lost before is tried again.
sed 's/offices/ofices/' new.txt >again.txt
attest finding link F1 "$offices" --stance context 2>/dev/null
check 'a quote that comes back is found' prints '0 lost$' attest update talk again.txt
check 'and its decision with it' sh -c '"$ATTEST" code book.yaml >/dev/null; "$ATTEST" segments --format jsonl | jq -e -s "[.[] | select(.quote | contains(\"ofices\")) | .status] == [\"rejected\"]"'
check 'three versions verify' attest verify

# Whoever withdraws is gone from the earlier texts, too, and no file brings them back.
attest respondents withdraw talk/Aigul --because 'asked to' --yes >../withdrawn 2>&1
check 'what somebody took back is in no version' fails grep -aq 'Nobody came from the north' p.attest
check 'nor are their names for it' fails grep -aq 'ofices changed' p.attest
check 'and the project verifies' attest verify
echo "Bakyt: More." >more.txt
check 'another file of the talk is refused' prints 'would bring back what they said' status_is 2 attest update talk more.txt

# Somebody reads what was corrected, and says that it still means what was decided.
carry () { "$ATTEST" --project other/confirmed.attest "$@"; }
check 'what is not changed cannot be confirmed' prints "$cafe is no quote whose words are changed" status_is 2 carry update talk new.txt --changed "$cafe"
check 'what is confirmed is carried' prints '1 are changed, 0 ambiguous, 0 lost$' status_is 0 carry update talk new.txt --changed "$offices"
carry code book.yaml >/dev/null
check 'with its decision' jq -e -s '[.[] | select(.quote | contains("offices changed")) | .status] == ["rejected"]' <<END
$(carry segments --format jsonl)
END
check 'and its link' prints 'The offices changed how they work' carry trace F1
check 'its old id leads there' prints 'stands in an earlier version of the transcript; now it is Q' carry trace "$offices"
check 'and nothing is wrong' carry verify
done_testing
