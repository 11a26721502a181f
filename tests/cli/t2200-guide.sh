#!/bin/sh
# guide check, apply, show; turns: an interview guide from the file to the turns that ask. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
a () { "$ATTEST" -p p.attest "$@"; }

cat > book.yaml <<'YAML'
id: small
codes:
  - id: impact
    rules: ['changed']
  - id: gender
    asked: ['women']
    rules: ['women']
YAML
cat > guide.yaml <<'YAML'
attest: guide/1
id: talks
version: "1"
languages: [en, ru]
questions:
  - id: Q1
    section: Effects
    asked: [impact]
    text: {en: What has changed in your life?, ru: Что изменилось в вашей жизни?}
  - id: Q2
    asked: gender
    words: {en: [what about women], ru: [а женщины]}
  - id: Q3
    match: {en: 'wom[ae]n'}
    words: {ru: что-нибудь еще}
YAML
cat > ana.txt <<'TXT'
Interviewer: What has changed in your life?

Ana: Everything changed.

Interviewer: And what about women?

Ana: Women changed.

Interviewer: Why do you think that is so, in your village?

Ana: I do not know.

Interviewer: Mm-hm.
TXT
cat > olga.txt <<'TXT'
Interviewer: Что изменилось в вашей жизни, если подумать?

Olga: Ничего не изменилось, к сожалению, все осталось как было раньше.

Interviewer: А женщины, что они говорят об этом?

Olga: Женщины ничего не говорят, потому что они заняты.
TXT

# --- check
"$ATTEST" guide check guide.yaml >out
check 'check: a good guide, its codebook not known' \
  grep -qx 'talks: 3 questions, 6 patterns, codes not checked (name their codebook with --codebook): 0 errors, 0 warnings' out
"$ATTEST" guide check guide.yaml --codebook book.yaml >out
check 'check: with its codebook' grep -qx 'talks: 3 questions, 6 patterns, codes of small: 0 errors, 0 warnings' out
sed 's/asked: gender/asked: gendr/; s/  - id: Q3/  - id: Q2/; s/section:/secton:/' guide.yaml >bad.yaml
check 'check: errors have line, column and remedy, exit 4' status_is 4 "$ATTEST" guide check bad.yaml --codebook book.yaml
"$ATTEST" guide check bad.yaml --codebook book.yaml >out
check 'check: unknown key' grep -qF "bad.yaml:7:5: error: unknown key 'secton': did you mean 'section'? [unknown-key]" out
check 'check: duplicate id' grep -qF "bad.yaml:13:9: error: question 'Q2' is there twice: the first is in line 10 [duplicate-id]" out
sed 's/asked: gender/asked: gendr/' guide.yaml >code.yaml
check 'check: a code that the codebook has not' \
  prints "code.yaml:11:12: error: codebook 'small' has no code 'gendr': did you mean 'gender'? .unknown-code." \
  status_is 4 "$ATTEST" guide check code.yaml --codebook book.yaml
sed 's/wom\[ae\]n/wom[aen/' guide.yaml >regex.yaml
check 'check: a bad pattern' prints 'regex.yaml:14:.*error: this pattern is not valid' status_is 4 "$ATTEST" guide check regex.yaml
sed 's/, ru: Что изменилось в вашей жизни?//; s/what about women/what changed in life, women/' guide.yaml >warn.yaml
check 'check: a language in which a question cannot be known' \
  prints "warn.yaml:6:5: warning: question 'Q1' cannot be known in 'ru'" status_is 0 "$ATTEST" guide check warn.yaml
cat >overlap.yaml <<'YAML'
attest: guide/1
id: overlap
questions:
  - {id: a, text: What has changed for the women here?}
  - {id: b, match: 'wom[ae]n'}
YAML
check 'check: a question that claims the text of another' \
  prints "overlap.yaml:4:5: warning: question 'b' also claims the text of 'a': 'women' .overlap." "$ATTEST" guide check overlap.yaml
is_json () { "$ATTEST" guide check code.yaml -b book.yaml --format json >j; jq -e "$1" j; }
check 'check: json' is_json '.format == 1 and .guide == "talks" and .codebook == "small" and .questions == 3 and
  (.problems | length) == 1 and .problems[0].line == 11 and .problems[0].question == "Q2" and .problems[0].check == "unknown-code"'
check 'check: no such file' status_is 1 "$ATTEST" guide check none.yaml

# --- apply
"$ATTEST" init p >/dev/null && a ingest ana.txt olga.txt >/dev/null || exit 99
check 'show: without a guide it says what to do' prints 'attest guide apply GUIDE' status_is 2 "$ATTEST" -p p.attest guide show
check 'apply: without a guide it says what to do' prints 'attest guide apply GUIDE' status_is 2 "$ATTEST" -p p.attest guide apply
check 'apply: without a codebook it says that codes were not checked' \
  prints 'whether it has the codes' "$ATTEST" -p p.attest guide apply guide.yaml
a code book.yaml >/dev/null
before () { sqlite3 p.attest 'SELECT * FROM question_turn; SELECT * FROM guide_source; SELECT count (*) FROM audit'; }
before >first
check 'apply: a code that the codebook has not, exit 4' status_is 4 "$ATTEST" -p p.attest guide apply code.yaml
check 'apply: a source that is not there, exit 2' status_is 2 "$ATTEST" -p p.attest guide apply guide.yaml none
before >second
check 'apply: what was refused changed nothing' cmp -s first second
a guide apply guide.yaml >out
check 'apply: says what was asked' eval 'printf "%s\n" \
  "aligned 2 sources with talks 1: of 6 turns of interviewers, 5 ask something:" \
  "     3 a question of the guide" "     1 are claimed by several questions of the guide" "     1 by none" \
  "'"'attest guide show' lists the turns"'" | cmp -s - out'

# --- show, turns
a guide show --format json >show.json
found () { jq -e "$1" show.json; }
check 'show: what each question found' found '[.guides[0].questions[] | [.question, .section, .asked, .turns, .sources, .respondents]] ==
  [["Q1", "Effects", ["impact"], 2, 2, 2], ["Q2", null, ["gender"], 2, 2, 2], ["Q3", null, [], 1, 1, 1]]'
check 'show: provenance' found '.guides[0] | .id == "talks" and .version == "1" and (.sha256 | length) == 64 and
  .sources == ["ana", "olga"] and (.applied_at | test("^20..-"))'
check 'show: every turn that asks, of several questions or of none' found '[.turns[] | [.source, .turn, .lang, .questions]] ==
  [["ana", 0, "en", ["Q1"]], ["ana", 2, "en", ["Q2", "Q3"]], ["ana", 4, "en", []],
   ["olga", 0, "ru", ["Q1"]], ["olga", 2, "ru", ["Q2"]]]'
a guide show >out
check 'show: people see both lists' eval 'grep -A4 "^Turns that several questions claim" out | grep -q "ana .*2  Q2, Q3 .*And what about women" &&
  grep -A4 "^Turns that ask something that is no question" out | grep -q "ana .*4  Why do you think"'
check 'show: one source' [ "$(a guide show --source olga --format csv | wc -l)" -eq 3 ]
check 'show: a source that is not there, exit 2' status_is 2 "$ATTEST" -p p.attest guide show --source none
a turns ana >out
check 'turns: names the questions' grep -q '^ *2 .*en .*Q2, Q3$' out
check 'turns: says that none of the guide claims a turn' grep -q '^ *4 .*(none of the guide)$' out
check 'turns: a nod asks nothing' grep -q '^ *6 .*–$' out
a turns ana --format json >turns.json
turns_are () { jq -e "$1" turns.json; }
check 'turns: json' turns_are '[.[].questions] == [["Q1"], null, ["Q2", "Q3"], null, [], null, null]'

# --- again
dump () { sqlite3 p.attest 'SELECT version_id, turn, q.question, start_byte, end_byte FROM question_turn t LEFT JOIN question q ON q.id = t.question_id ORDER BY 1, 2, 3'; }
dump >first
a code book.yaml >/dev/null && a code oecd-dac >/dev/null && dump >second
check 'coding again leaves it' cmp -s first second
a rebuild >/dev/null && dump >second
check 'rebuild makes it again' cmp -s first second
check 'the audit log says which guide' eval 'sqlite3 p.attest "SELECT detail FROM audit WHERE command = '"'guide apply'"'" | grep -qx "talks 1 (sha256 [0-9a-f]\{8\})"'
check 'verify' status_is 0 "$ATTEST" -p p.attest verify
sed 's/id: talks/id: other/' guide.yaml >other.yaml
a guide apply other.yaml olga -b book.yaml >/dev/null
guides () { a guide show --format json | jq -c '[.guides[] | [.id, .sources]]'; }
check 'another guide for one source' [ "$(guides)" = '[["other",["olga"]],["talks",["ana"]]]' ]
a guide apply guide.yaml -b book.yaml >out
check 'a guide leaves the sources of others' eval 'grep -qx "sources that keep another guide: 1" out && [ "$(guides)" = "[[\"other\",[\"olga\"]],[\"talks\",[\"ana\"]]]" ]'
check 'apply: with two guides it asks which' prints 'several guides' status_is 2 "$ATTEST" -p p.attest guide apply
a guide apply guide.yaml olga -b book.yaml >/dev/null
check 'a guide takes a source that is named' [ "$(guides)" = '[["talks",["ana","olga"]]]' ]
cp ana.txt bea.txt && echo 'Ana: Bea said so.' >>bea.txt && a ingest bea.txt >/dev/null
check 'show: a source taken in since is named' prints 'Not aligned with a guide.*: bea$' "$ATTEST" -p p.attest guide show
a guide apply >/dev/null
check 'apply: again, also to it' [ "$(guides)" = '[["talks",["ana","bea","olga"]]]' ]

check 'remove: a source that is not there, exit 2' status_is 2 "$ATTEST" -p p.attest guide remove none
check 'remove: one source' eval 'a guide remove olga | grep -qx "1 source taken out of a guide" && [ "$(guides)" = "[[\"talks\",[\"ana\",\"bea\"]]]" ]'
check 'remove: what was found in it is gone' eval 'a turns olga --format json | jq -e "all(.[]; .questions == null)"'
check 'remove: all' eval 'a guide remove | grep -qx "2 sources taken out of a guide" && a verify'
check 'remove: then there is no guide' status_is 2 "$ATTEST" -p p.attest guide show
check 'check: several guides' prints 'talks: 3 questions' status_is 4 "$ATTEST" guide check bad.yaml guide.yaml -b book.yaml

printf 'attest: guide/1\nid: slow\nquestions:\n  - {id: s, match: "(?:a+)+\\\\d"}\n' >slow.yaml
{ printf 'Interviewer: '; head -c 4000 /dev/zero | tr '\0' a; printf '?\n\nAna: No.\n\nInterviewer: Why?\n\nAna: So.\n'; } >long.txt
"$ATTEST" init s >/dev/null && "$ATTEST" -p s.attest ingest long.txt >/dev/null 2>&1
check 'a limit is told, exit 6' prints 'long: turn 0: s/asked.1 was not searched to the end' status_is 6 "$ATTEST" -p s.attest guide apply slow.yaml
done_testing
