#!/bin/sh
# attest brief check: whether each sentence of a brief is backed. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"

printf 'respondent,source,speaker,group,consent\nA1,talk,Aigul,Government,anonymous\nB1,talk,Bakyt,Civil society,none\n' >people.csv
attest init p >/dev/null && attest ingest talk.txt >/dev/null && attest respondents import people.csv >/dev/null \
  && attest code book.yaml >/dev/null
attest segments --format jsonl >segments.jsonl
quote () { jq -r --arg text "$1" 'select(.quote | contains($text)) | .id' segments.jsonl | head -n 1; }
offices=$(quote offices) north=$(quote north) migrants=$(quote migrants)
attest finding add 'Offices work in another way' --criterion impact --on "$offices" --against "$north" >/dev/null
attest finding add 'Something else' --on "$migrants" >/dev/null
attest conclusion add 'It will last' --on F1 >/dev/null
attest rate impact 4 --because 'Not in the north' >/dev/null

# TEXT CHECK…: of a brief with this text, "LINE:COLUMN check" each, and no others; exit 10 when there are any
finds ()
{
  printf '%b' "$1" >b.md
  shift
  attest brief check b.md --format json >check.json
  status=$?
  cat b.md check.json
  jq -r '.problems[] | "\(.line):\(.column) \(.check)"' check.json >found
  printf '%s\n' "$@" | sed '/^$/d' >wanted
  diff wanted found && [ $status -eq "$([ -s wanted ] && echo 10 || echo 0)" ]
}

check 'nothing to say of an empty text' finds '' ''
check 'a sentence without reference' finds 'It works. {C1}\nThis nobody can trace.\n' '1:12 contradicted' '2:1 unreferenced'
attest finding link F1 "$north" --stance contradicts --note 'It was not planned there'
check 'answered: nothing to say' finds 'It works. {F1}\nIt will surely last. {C1}\nWe think so ourselves. {judgement}\nFixed words are here. {boilerplate}\n' ''
check 'a section that is not traced' finds '# A {untraced}\n\nWords about nothing.\n\n# B\n\nOther words are here.\n' '7:1 unreferenced'
check 'what is not there' finds 'It is so. {F9}\nHere it is {Q7F3K2A}.\nRated well {rating:gender}.\nOf them all 3 {count:cows}.\n' \
  '1:12 dangling' '2:13 dangling' '3:13 dangling' '4:16 dangling'
check 'braces that say nothing' finds 'It is so. {F1, foo}\nA set \\{x\\} is fine. {F1}\nIt is {F1\n' '1:16 unknown-mark' '3:1 unreferenced' '3:7 unknown-mark'
check 'a gap' finds '{todo: write on}\n' '1:2 todo'
check 'a gap over three lines is one, and no sentence' finds 'It is so. {F1}\n\n- {todo: write on,\n  here are words of it.\n  And more.}\n- That is all. {F1}\n' '3:4 todo'
check 'raw HTML' finds 'It is so. {F1}\n\n<script>alert (1)</script>\n' '3:1 html'

check 'words that were said' finds "One said “The offices changed how they work.” {$offices}\n" ''
check 'words left out, and a word put in' finds "“[They] changed […] they work” {$offices}, as one said.\n" ''
check 'words that nobody said' finds "One said «The offices changed what they do» {$offices}.\n" '1:1 not-verbatim'
check 'a long quotation without its quote' finds '“Everything is now much better than before” was said. {F1}\n' '1:1 not-verbatim'
check 'a title in quotation marks is no quotation' finds 'The plan “To the north” works. {F1}\n' ''
check 'a quotation of the finding itself' finds '“The offices changed how they work” was said. {F1}\n' ''
check 'words of somebody who refused' finds "“Much has changed for migrants” {$migrants}.\n" '1:1 confidential'
check 'the same without the words' finds "Migrants feel the change. {$migrants}\n" ''
check 'who was interviewed is not named' finds 'Aigul told us so herself. {F1}\n' '1:1 confidential'
check 'nor in a section that is not traced' finds '# A {untraced}\n\nAigul told us so herself.\n' '3:1 confidential'
check 'nor in a gap' finds '{todo: ask Aigul again}\n' '1:2 todo' '1:2 confidential'
check 'nor in braces that say nothing' finds 'It is so. {F1, Aigul}\n' '1:16 unknown-mark' '1:16 confidential'
check 'so that neither gets into what is for the public' prints 'b.md:1:16: it names somebody' status_is 3 attest brief render b.md --format md
check 'but in its tables, where evaluators are' finds '# A {untraced}\n\n| | |\n|-|-|\n| Evaluator | Aigul |\n' ''

check 'the rating of the project' finds '### Impact (rating 4: very good) {rating:impact}\n' ''
check 'in another language' finds '### Impact (note 4 : très bien) {rating:impact}\n' ''
check 'another level' finds '### Impact (rating 5: excellent) {rating:impact}\n' '1:35 rating'
check 'another number, or another word' finds '### Impact (5: very good) {rating:impact}\n### Impact (4: good) {rating:impact}\n' '1:28 rating' '2:23 rating'
check 'no rating in a heading that refers to one' finds '### Impact {rating:impact}\n' '1:13 rating'
check 'in a sentence' finds 'Impact is very good, and 5 offices work. {rating:impact}\nImpact is excellent. {rating:impact}\n' '2:23 rating'
check 'numbers of the project' finds 'We heard 2 people in 1 interview. {count:respondents, count:interviews}\nTwo were heard. {count:respondents}\n' ''
check 'a number that no longer holds' finds 'We heard 3 people there. {count:respondents}\n' '1:27 count'

check 'left out of the brief' prints 'findings that nothing in it refers to: F2' sh -c "echo 'It will last. {C1}' >b.md; '$ATTEST' brief check b.md"
attest review --reject "$offices" --reason 'no' >/dev/null
check 'a quote that was rejected' finds "It is so, they say. {$offices}\n" '1:22 rejected'
attest undo >/dev/null 2>&1 || attest review --accept "$offices" >/dev/null
attest finding edit F2 --withdraw 'Not seen' >/dev/null
check 'what was withdrawn' finds 'It is so, they say. {F2}\n' '1:22 withdrawn'

# What somebody says why it does not count.
silenced () { attest brief check b.md --format json >check.json; jq -r '.silenced[] | "\(.line):\(.column) \(.check): \(.because)"' check.json | diff - "$1"; }
check 'silenced, with a reason' finds 'We heard 3 people there. {count:respondents} {silence count: as of June; é😀}\n' ''
echo '1:27 count: as of June; é😀' >wanted.silenced
check 'it is listed with the reason' silenced wanted.silenced
check 'for people, too' prints "does not say (silenced: as of June; é😀) \[count\]" attest brief check b.md
check 'and counted apart' prints '; 0 problems, and 1 silenced$' attest brief check b.md
check 'JUnit leaves it out' sh -c "'$ATTEST' brief check b.md --format junit | grep -q 'failures=\"0\"'"
check 'another sentence counts' finds 'We heard 3 people there. {count:respondents, F1} {silence count: as of June}\nOf 4 people. {count:respondents}\n' '2:15 count'
check 'another check counts' finds 'We heard 3 people there. {count:respondents, F9} {silence count: as of June}\n' '1:46 dangling'
check 'one of several, by its name' finds 'Of 3 people in 4 talks. {count:respondents, count:interviews} {silence count count:respondents: as of June}\n' '1:45 count'
check 'a reason over two lines, in capitals' finds 'It is so. {F9} {SILENCE Dangling F9: it is\nin another project}\n' ''
check 'in a heading' finds '### Impact {rating:impact} {silence rating: it stands below}\n' ''
attest finding link F1 "$migrants" --stance contradicts >/dev/null
check 'a quote that contradicts is named' finds "It works. {F1} {silence contradicted $migrants: she says so of another year}\n" ''
check 'so that another counts' finds "It works. {F1} {silence contradicted $offices: of another year}\n" '1:12 contradicted' '1:17 silence'
check 'without its name it counts' finds 'It works. {F1} {silence contradicted: of another year}\n' '1:12 contradicted' '1:17 silence'
attest undo >/dev/null 2>&1
check 'a silence of nothing' finds 'It works. {F1} {silence count: no longer}\n' '1:17 silence'
check 'no reason' finds 'It works. {F9} {silence dangling}\n' '1:12 dangling' '1:17 silence'
check 'no check' finds 'It works. {F1} {silence foo: why}\n' '1:17 silence'
check 'names stay secret' finds 'Aigul told us so. {F1} {silence confidential: she said yes}\n' '1:1 confidential' '1:25 silence'
check 'a gap is a gap' finds '{todo: write} {silence todo: later}\n' '1:2 todo' '1:16 silence'
printf 'Of 3 people. {count:respondents} {silence count: Aigul is new}\n' >b.md
check 'the reason is not for the public' sh -c "for f in html md; do '$ATTEST' brief render b.md --format \$f >r.\$f || exit 1; done; ! grep -iE 'Aigul|silence' r.html r.md"
check 'in Markdown for those who hold the project it stays' sh -c "'$ATTEST' brief render b.md --internal --format md >r.md; grep -F '{silence count: Aigul is new}' r.md
  '$ATTEST' brief check r.md"

# For people: the place, the line, a caret and what to do.
printf 'Ещё é\xcc\x81 😀. {F1} Это {F9}.\n' >b.md
check 'the line, and a caret below the place' prints '^  Ещё' attest brief check b.md
check 'the caret counts columns' prints '^                      ^$' attest brief check b.md
check 'the place in code points' prints '^b.md:1:21: S2: there is no F9' attest brief check b.md

# Other encodings and line ends.
printf 'Les bureaux ont chang\351 leur fa\347on de travailler, d\351j\340. {F1}\n' >w.md
check 'Windows-1252 is read, and said to be a guess' prints 'warning: w.md: it is not UTF-8 and was read as .*a guess: save it as UTF-8' attest brief check w.md
printf '\357\273\277---\r\nattest: brief/1\r\nlang: fr\r\n---\r\n\r\nTout va bien ici. {F1}\r\nRien ne va.\r\n' >c.md
check 'a BOM and CRLF: the same lines' prints '^c.md:7:1: S2: nothing says what this rests on' attest brief check c.md
check 'the language of the head' sh -c "'$ATTEST' brief check c.md --format json | jq -e '.lang == \"fr\"'"
printf '\000\001\002\003' >bin.md
check 'no text at all' prints '^attest: bin.md' status_is 3 attest brief check bin.md
check 'no such file' prints 'none.md' status_is 1 attest brief check none.md
printf -- '---\nlang: klingon\n---\n' >h.md
check 'a head that says something unknown: line and column' prints '^attest: h.md:2:1:' status_is 3 attest brief check h.md
printf 'It is so here. {F1} \033[31mred\033[0m text \342\200\256 here.\n' >e.md
check 'control characters are shown as text' sh -c "! '$ATTEST' brief check e.md 2>&1 | grep -q '[[:cntrl:]]'"

# Much that is wrong: some of each check, and how many there are.
awk 'BEGIN { for (i = 0; i < 300; i++) print "Nobody knows this at all.\n" }' >m.md && echo '{todo: one}' >>m.md
check 'a long list ends, and says so' prints '^not listed: 100 more; of each check 200 are$' attest brief check m.md
check 'no check hides another' prints 'still to be written: one' attest brief check m.md
check 'how many there are in all' prints '; 301 problems$' attest brief check m.md
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "Too long. " }' >l.md
check 'a text that is no brief: a limit' prints '^attest: l.md: longer than 131072 bytes' status_is 6 attest brief check l.md

# For programs.
printf 'It is so here. {F1}\nThat is not so.\n' >b.md
check 'JUnit: a case a check' sh -c "'$ATTEST' brief check b.md --format junit >j.xml; xmllint --noout j.xml \
  && xmllint --xpath 'string(//testcase[@name=\"unreferenced\"]/failure)' j.xml | grep -q '^b.md:2:1: nothing says'"
check 'JSON: what each sentence refers to' sh -c "'$ATTEST' brief check b.md --format json \
  | jq -e '.sentences[0] | .id == \"S1\" and .references == [\"F1\"] and .start == 0 and .end_byte == 14'"

# From a sentence down to the quotes.
printf '# Impact (rating 4: very good) {rating:impact}\n\nIt is so here, they say. {F1} We agree with that. {judgement, %s} Nothing follows from this.\n' "$north" >t.md
check 'trace: a sentence by its number' prints '^S1  sentence, line 3$' attest trace --brief t.md S1
check 'trace: down to the quote' prints "^    $offices supports it  talk" attest trace --brief t.md S1
check 'trace: by line and column, also judgement and a quote' sh -c "'$ATTEST' trace --brief t.md 3:40 >t.out
  grep -q '^S2' t.out && grep -qx '  judgement' t.out && grep -q '^  $north  talk' t.out"
check 'trace: a heading with a rating' prints '^  impact  rated 4' attest trace --brief t.md 1
check 'trace: one that rests on nothing' prints '^  rests on nothing$' attest trace --brief t.md S3
check 'trace: JSON' sh -c "'$ATTEST' trace --brief t.md S1 --format json \
  | jq -e '.root == {type: \"sentence\", id: \"S1\", text: \"It is so here, they say.\"} and .chain[0].rests_on == [\"F1\"] and .chain[0].line == 3 and .chain[1].id == \"F1\"'"
check 'trace: no such sentence' prints "t.md has no sentence 'S9'" status_is 2 attest trace --brief t.md S9
printf 'Aigul told us so herself. {F1} It is so, they say. {F1}\n' >v.md
check 'trace: for the public, not a sentence with a name' prints '^attest: v.md:1:1: it names somebody' status_is 3 attest trace --brief v.md S1 --public
check 'trace: another of the same text' prints '^S2  sentence' attest trace --brief v.md S2 --public
printf 'It is so here. {F9}\n' >u.md
check 'trace: a reference that leads nowhere, with its place' prints "^attest: u.md:1:1: 'F9' is neither" status_is 2 attest trace --brief u.md S1
done_testing
