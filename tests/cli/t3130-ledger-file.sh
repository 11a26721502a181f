#!/bin/sh
# export ledger and import ledger: the whole ledger as a text and back, the difference or nothing. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"

attest init p --title 'Улучшение 🌍' >/dev/null && attest ingest talk.txt >/dev/null && attest code book.yaml >/dev/null
attest segments --format jsonl >segments.jsonl
quote () { jq -r --arg text "$1" 'select(.quote | contains($text)) | .id' segments.jsonl; }
offices=$(quote offices) migrants=$(quote migrants) north=$(quote north)
count () { sqlite3 p.attest 'SELECT count (*) FROM audit'; }

# Everything that a ledger has, in texts that YAML would like to take for something else.
attest finding add "First: yes # no
- supports: $migrants

  indented 🌍 e$(printf '\314\201') مرحبا ¶" --criterion impact --on "$offices" --against "$north" >/dev/null
attest finding add yes --on F1 >/dev/null
attest finding link F1 "$north" --stance contradicts --note 'answered: "so", it'\''s
on two lines' >/dev/null
attest finding link F1 "$migrants" --stance context >/dev/null
attest finding add 'Not so' >/dev/null
attest finding edit F3 --withdraw 'a slip' >/dev/null
attest conclusion add 12 --on F2 >/dev/null
attest recommendation add '{a: [b]} & *c !d %e' --on C1 --addressee '@all' --priority high --time-frame 2027-01-01 --resources '~' >/dev/null
attest lesson add '|' --on "$offices" >/dev/null
attest practice add "$(printf 'tab\there')" --on F1 >/dev/null
attest rate impact 'very good' --because 'null' >/dev/null
attest rate gender 66.7 --scale percentage --because '- x' >/dev/null
attest criterion add conflict --name 'Чувствительность' --because 'The donor: asks' >/dev/null
attest project set donor='A: b' donor='«В»' 'purpose=One.

Two # three 😀' from=2020-02 budget='USD 1,000' 'own key=0x10' >/dev/null
attest project set --lang fr title="L'étude" >/dev/null
attest check silence above-strength rating:impact --because 'For the annex: only' >/dev/null 2>&1

# There and back.
attest export ledger -o one.yaml
before=$(count)
check 'the same changes nothing' prints '^nothing was changed' attest import ledger one.yaml
check 'not even the log' [ "$(count)" = "$before" ]
python3 - >libyaml.json <<'PY' 2>/dev/null || true
import json
try:
    import yaml
    json.dump(yaml.safe_load(open("one.yaml")), open("libyaml.json", "w"))
except ImportError:
    pass
PY
check 'a silence is there' prints '^- check: above-strength' cat one.yaml
check 'quotes are there for people' prints "supports: $offices  # “The offices changed how they work.” talk ¶1$" cat one.yaml
check 'and are left out where they should be' fails grep -q 'offices changed' - <<END
$(attest export ledger --no-quotes)
END
check 'emoji and Arabic are legible' prints 'indented 🌍 é مرحبا ¶' cat one.yaml
check 'what looks like something else is in quotes' prints "^  text: 'yes'$" cat one.yaml

# Into another copy of the project, which has nothing yet.
mkdir copy && cd copy && attest init q >/dev/null && attest ingest ../talk.txt >/dev/null && attest code ../book.yaml >/dev/null
sed 's/^- id: \(.\)\([0-9]*\)$/- id: new-\1\2/; s/: \([FC][0-9]\)$/: new-\1/' ../one.yaml >local.yaml
check 'entries under names of their own' prints '^F1 added: First: yes' attest import ledger local.yaml
attest export ledger -o two.yaml
check 'give the same text' diff ../one.yaml two.yaml
check 'verify' attest verify
n=$(sqlite3 q.attest 'SELECT count (*) FROM audit')
check 'again, by the text: nothing' prints '^nothing was changed' attest import ledger local.yaml
check 'it was one step' [ "$(sqlite3 q.attest 'SELECT count (*) FROM audit')" = "$n" ]
check 'that is taken back' attest undo "$n"
check 'then there is nothing' [ "$(attest finding list --format csv | wc -l)" = 1 ]
check 'and put into force again' attest undo "$((n + 1))"
attest export ledger -o three.yaml
check 'as it was' diff ../one.yaml three.yaml
cd ..

# Differences.
cp one.yaml new.yaml
sed -i "s/^  text: 'yes'/  text: 'no'/; s/level: '4'/level: excellent/; s/^  addressee: .*/  time_frame: soon/; s/time_frame: '2027-01-01'//" new.yaml
sed -i "s/^conclusions:/- text: Another\n  rests_on: [{supports: f2}]\nconclusions:/" new.yaml
check 'a dry run says what would be' prints '^F2: text changed$' attest import ledger new.yaml --dry-run
check 'and does nothing' [ "$(count)" = "$before" ]
attest import ledger new.yaml --coder lee >changes
check 'a text' grep -qx 'F2: text changed' changes
check 'fields: a new one, one that is gone' grep -qx 'R1: addressee removed, time_frame changed' changes
check 'a rating, by its word' grep -qx 'impact rated 5 excellent, which was 4 very good' changes
check 'a new entry and its link' grep -qx 'F4: F2 supports it' changes
check 'one entry in the log' [ "$(count)" = $((before + 1)) ]
check 'in somebody'\''s name' prints '^lee$' sqlite3 p.attest 'SELECT actor FROM audit ORDER BY seq DESC LIMIT 1'
check 'nothing of the rest was touched' [ "$(wc -l <changes)" = 6 ]
attest undo >/dev/null
attest export ledger -o back.yaml
check 'taken back, it is as it was' diff one.yaml back.yaml
sed "s/supports: F1$/supports: $offices/; s/^- id: F1/- id: F1\n  withdrawn: done/; s/^  - supports: F1//" one.yaml >turned.yaml
sed -i '/^practices:/,/^ratings:/{/supports/d;/rests_on/d}' turned.yaml
check 'what rested on it is moved and it is withdrawn, in one go' prints '^F1 withdrawn: done$' attest import ledger turned.yaml
attest undo >/dev/null
# F1 on F2 in place of F2 on F1.
python3 - <<'PY'
text = open("one.yaml").read()
text = text.replace("- id: F2\n  text: 'yes'\n  rests_on:\n  - supports: F1\n", "- id: F2\n  text: 'yes'\n")
text = text.replace("- id: F2", "  - supports: F2\n- id: F2", 1)
open("round.yaml", "w").write(text)
PY
check 'a link that is turned round' prints '^F1: F2 supports it$' attest import ledger round.yaml
attest undo >/dev/null

# What is missing is not lost.
sed '/^- id: F2/,/^- id: F3/{/^- id: F3/!d}; s/supports: F2$/supports: F1/' one.yaml >missing.yaml
check 'an entry that is missing is told' prints 'F2 is missing (yes): put it back' status_is 3 attest import ledger missing.yaml
check 'nothing was done' [ "$(count)" = $((before + 6)) ]
check 'unless it is meant' prints '^F2 withdrawn: Out of date$' attest import ledger missing.yaml --withdraw-missing 'Out of date'
attest undo >/dev/null
sed '/^ratings:/,$d' one.yaml >part.yaml
check 'a part that is not there stays' prints '^nothing was changed' attest import ledger part.yaml
sed '/^- criterion: impact/,/because/d' one.yaml >rating.yaml
check 'a rating that is missing' prints 'the rating of impact is missing' status_is 3 attest import ledger rating.yaml

# A name of one's own is that of the entry everywhere in the file.
mkdir own && (cd own && attest init r >/dev/null)
printf '%s\n' 'attest: ledger/1' 'practices:' '- {id: mine, text: Ask early}' 'silences:' '- {check: without-basis, of: Mine, because: self-evident}' >own.yaml
check 'a silence of an entry that is new' prints '^silenced without-basis of G1: self-evident$' attest -p own/r.attest import ledger own.yaml

# What is wrong: all of it, with line and column, and nothing is done.
now=$(count)
wrong () # DESCRIPTION MESSAGE FILE-LINE…
{
  what=$1 message=$2
  shift 2
  printf '%s\n' 'attest: ledger/1' "$@" >bad.yaml
  check "$what" prints "$message" status_is 3 attest import ledger bad.yaml
  check "$what: nothing was done" [ "$(count)" = "$now" ]
}
wrong 'an unknown quote' "^bad.yaml:5:17: no quote 'QZZZZZZ' in p.attest" 'findings:' '- text: x' '  rests_on:' '  - supports:   QZZZZZZ' \
  '- {id: F1, text: y}' '- {id: F2, text: y}'
check 'the line is shown' prints '^ *\^$' attest import ledger bad.yaml
wrong 'a circular chain of names' 'bad.yaml:9:15: F6 cannot rest on F5, which rests on F6 itself' 'findings:' '- id: a' '  text: A' \
  '  rests_on: [{supports: b}]' '- id: b' '  text: B' '  rests_on:' '  - supports: a' 
wrong 'a level that is not on the scale' "^bad.yaml:3:30: '6' is no level of the scale iom-5, which has 5 excellent" 'ratings:' \
  '- {criterion: impact, level: 6, scale: iom-5, because: x}'
wrong 'a scale that there is not' "^bad.yaml:3:41: there is no .*'mine'" 'ratings:' '- {criterion: impact, level: 5, scale:  mine, because: x}'
wrong 'an id of other entries' "^bad.yaml:3:8: F9 is no id of what stands under 'lessons', which are like L1" 'lessons:' '- {id: F9, text: x}'
wrong 'an id of another kind' '^bad.yaml:3:8: F1 is a finding: it does not stand under' 'lessons:' '- {id: F1, text: x}'
wrong 'an id twice' "^bad.yaml:4:8: 'f1' is there twice" 'findings:' '- {id: F1, text: x}' '- {id: f1, text: y}'
wrong 'a word of no ledger' "^bad.yaml:3:13: unknown key 'criterium': did you mean 'criterion'" 'findings:' '- {text: x, criterium: impact}'
wrong 'an entry without a text' "^bad.yaml:3:3: an entry needs 'text'" 'findings:' '- {criterion: impact}'
wrong 'a criterion of nobody' "^bad.yaml:3:24: no codebook of the project has the code 'imapct'" 'findings:' '- {text: x, criterion: imapct}'
wrong 'a priority' "^bad.yaml:3:23: 'urgent' is no priority" 'recommendations:' '- {text: x, priority: urgent}'
wrong 'a conclusion on a quote' '^bad.yaml:3:35: a conclusion rests on findings' 'conclusions:' "- {text: x, rests_on: [{supports: $offices}]}"
wrong 'a withdrawn entry that is changed' '^bad.yaml:3:3: F3 was withdrawn (a slip) and stays as it is' 'findings:' '- {id: F3, text: Other, withdrawn: a slip}'
wrong 'to rest on what is withdrawn' 'F3 was withdrawn' 'lessons:' '- {text: x, rests_on: [{supports: F3}]}'
wrong 'a date' "^bad.yaml:3:9: 'soon' is no date" 'project:' '  from: soon'
wrong 'a criterion that is rated and dropped' '^bad.yaml:3:15: impact was rated 4' 'criteria:' '- {criterion: impact, scope: dropped, because: x}'
wrong 'a check' "^bad.yaml:3:12: there is no check 'luck'" 'silences:' '- {check:  luck, of: F1, because: x}'
wrong 'a scope' "^bad.yaml:3:32: the scope is 'added' or 'dropped'" 'criteria:' '- {criterion: impact, scope:   out, because: x}'
check 'more than one mistake: all are told' prints '^attest: bad.yaml: [2-9] errors: nothing was changed' attest import ledger bad.yaml
wrong 'no YAML' '^bad.yaml:3:1: what begins here is not closed' 'findings: ['
printf 'findings: []\n' >bad.yaml
check 'no ledger' prints "needs 'attest'" status_is 3 attest import ledger bad.yaml
printf 'attest: ledger/1\nfindings:\n- text: caf\351\n' >bad.yaml
check 'Windows-1252' prints '^bad.yaml:3:12: not valid UTF-8: save the file as UTF-8' status_is 3 attest import ledger bad.yaml
: >bad.yaml
check 'an empty file' prints 'the file is empty' status_is 3 attest import ledger bad.yaml
check 'a file that there is not' status_is 1 attest import ledger nothing.yaml
printf 'attest: ledger/1\nlessons:\n- text: "red \\e[31m \xc2\x9b"\n' >bad.yaml
check 'control characters in messages' fails prints "$(printf '\033')" attest import ledger bad.yaml
# Into another project that has the same texts: ids are kept where they are free, and the same again changes nothing.
attest export ledger --output whole.yaml
mkdir other && cp talk.txt book.yaml other/ 2>/dev/null
(cd other && attest init q >/dev/null && attest ingest talk.txt >/dev/null && attest code book.yaml >/dev/null)
marks () { grep -v '^#' "$1" | grep -v '^ *because:.*silen'; }
check 'a ledger goes into another project' status_is 0 sh -c 'cd other && "$ATTEST" review --import ../decisions.csv >/dev/null 2>&1; "$ATTEST" import ledger ../whole.yaml >out 2>&1 || { cat out; exit 1; }'
check 'and comes out as it was' sh -c 'cd other && "$ATTEST" export ledger --output whole.yaml && diff ../whole.yaml whole.yaml'
check 'once' prints '^nothing was changed' sh -c 'cd other && "$ATTEST" import ledger ../whole.yaml'
check 'and it verifies' prints ': 0 problems' sh -c 'cd other && "$ATTEST" verify'
printf 'attest: ledger/1\nfindings:\n- {id: F40, text: Of another}\n- {id: F41, text: Too}\nconclusions:\n- {id: C40, text: So, rests_on: [{supports: f40}]}\n' >forty.yaml
mkdir third && (cd third && attest init r >/dev/null && attest ingest ../talk.txt >/dev/null && attest code ../book.yaml >/dev/null)
check 'ids that are free stay' prints '^F40 added: Of another' sh -c 'cd third && "$ATTEST" import ledger ../forty.yaml'
(cd third && attest undo) >/dev/null
check 'an id that was taken back is never given again' prints '^F42 added, which is F40 in the file: Of another' sh -c 'cd third && "$ATTEST" import ledger ../forty.yaml'
check 'links follow' prints 'F42' sh -c 'cd third && "$ATTEST" conclusion show C41'
check 'nor a second time' prints '^nothing was changed' sh -c 'cd third && "$ATTEST" import ledger ../forty.yaml'
done_testing
