#!/bin/sh
# read --explain: which reader, encoding, labels and roles, and why. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

printf 'Interviewer: Did it help?\nNura: It helped.\nInterviewer: How?\nNura: Much.\n' > a.txt
printf 'I: Caf\351?\nR: Non.\n' > latin.txt
explain () { "$ATTEST" read "$1" --explain > out 2> err; }
says () { grep -qE -e "$1" out || { cat out; return 1; }; }

check 'a text is explained' explain a.txt
check 'the reader, and how sure it is' says '^reader +txt \(plain text\), 10 of 100'
check 'all others that did not bid' says '^bid 0 +docx.*eaf.*vtt.*json'
check 'the encoding and how it was found' says '^encoding +UTF-8: all of it is valid UTF-8$'
check 'turns and their labels' says 'labels begin turns: 4 before a colon'
check 'why a label is a speaker and why the role' says '^Nura +2 +it comes again +respondent +not an interviewer'
check 'a known label' says '^Interviewer +2 +a known word +interviewer +the label'
check 'no warnings is said, too' says '^warnings +none'

printf 'Speaker,Time,Text,Mood\nAna,0:01,Why?,calm\nLi,0:05,It rained.,sad\n' > table.csv
explain table.csv
check 'of a table: what its columns are' grep -q "each row is a turn; columns: speaker 'Speaker', time 'Time', what was said 'Text'" out
explain latin.txt
check 'a guessed encoding is called a guess' says '^encoding +windows-1252: a guess'
check 'warnings name the line' says '^warnings +line 1: not valid UTF-8 from here'

cp "$ATTEST_SRCDIR/tests/golden/reader-eaf/overlap-and-translation.d/input.eaf" talk.eaf
explain talk.eaf
check 'structure outbids the look of text' says '^reader +eaf .*80 of 100'
check 'what else bid' says '^also bid +txt'

head -c 2000 talk.eaf > cut.eaf
explain cut.eaf && status=0 || status=$?
check 'a file that cannot be read: exit 3' test "$status" -eq 3
check '… and who wanted to read it' says '^reader +eaf'
check '… and the error with its line' grep -q '^attest: cut.eaf: [0-9]*: ' err
: > empty.txt
explain empty.txt && status=0 || status=$?
check 'an empty file: exit 3' test "$status" -eq 3
"$ATTEST" read a.txt --explain --format json > out 2> err && status=0 || status=$?
check '--explain has no --format: exit 2' test "$status" -eq 2
printf 'I: \342\200\256x?\nR: y\n' > "$(printf 'b\033[31m.txt')"
explain "$(printf 'b\033[31m.txt')"
check 'nothing in a name reaches the terminal as it is' sh -c '! grep -q "$(printf "\033")" out'
"$ATTEST" read a.txt > plain
check 'without it, the text is the text' cmp plain a.txt
done_testing
