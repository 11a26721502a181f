#!/bin/sh
# merge: what a respondent took back in one copy is gone from the merged project, whatever other copies hold. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
on () { project=$1; shift; "$ATTEST" --project "$project.attest" "$@" 2>&1; }

# Words of é as two code points, emoji, Cyrillic and Arabic.
cat >kii-7.txt <<'END'
Respondent name: Gulnara Zhumabekova

Interviewer: How was it?

Gulnara: The kadastral offices changed. Café 🙂 Постановление изменило всё, يتغير كل شيء.

Bakyt: Much has changed for migrants, says nobody.

Interviewer: And then?

Gulnara: It changed xylophonically.

Bakyt: Yes, it changed.
END
cat >late.txt <<'END'
Interviewer: And later?

Gulnara: Later it changed quixotically.

Dastan: For me it changed, too.

Interviewer: Anything else?

Gulnara: No.

Dastan: No.
END
cat >who.csv <<'END'
respondent,source,speaker,group,phone
R7,kii-7,Gulnara,Government,0555-7777
R8,kii-7,Bakyt,Migrants,
END
cat >book.yaml <<'END'
attest: codebook/1
id: book
dimensions: {criterion: {title: Criterion}}
codes:
- {id: impact, dimension: criterion, rules: [{match: ['changed?']}]}
- {id: gender, dimension: criterion, rules: [{match: [never]}]}
END
quote () { on "$1" segments --format json | jq -r --arg text "$2" '[.[] | select(.quote | contains($text))][0].id'; }
"$ATTEST" init base >/dev/null
{ on base ingest kii-7.txt && on base respondents import who.csv && on base code book.yaml --coder kim; } >/dev/null
hers=$(quote base kadastral) too=$(quote base xylophon) his=$(quote base 'migrants, says') yes=$(quote base 'Yes, it')
{ on base review --accept "$hers" "$his" --coder kim && on base memo "$hers" 'memosecret of mine' --coder kim; } >/dev/null
for copy in ana ben chi; do cp base.attest $copy.attest; done

# She withdraws in ana's copy; ben goes on, and hears her once more.
on ana respondents withdraw R7 --because 'asked by phone' --yes >/dev/null
on ana review --accept "$yes" --coder ana >/dev/null
sleep 1.1 # the log counts in seconds
{
  on ben review --reject "$too" --reason 'reasonsecret' --coder ben
  on ben review --reject "$yes" --coder ben
  on ben memo "$too" 'notesecret' --coder ben
  on ben finding add 'It changed' --criterion impact --on "$hers" --on "$his" --coder ben
  on ben finding link F1 "$too" --note 'she means the cadastresecret' --coder ben
  on ben respondents set R7 phone=0555-8888
  on ben ingest late.txt
  printf 'respondent,source,speaker\nR7,late,Gulnara\n' >late.csv
  on ben respondents import late.csv
  on ben code book.yaml --coder ben
  on ben review --accept "$(quote ben quixotic)" --coder ben
  on ben review --accept "$(quote ben 'For me')" --coder ben
} >/dev/null

words='kadastral Café Постановление يتغير xylophon quixotic memosecret reasonsecret notesecret cadastresecret Gulnara Zhumabekova 0555-7777 0555-8888'
# FILE…: which of the words are in their bytes
found () { for file in "$@"; do for word in $words; do grep -aqF -e "$word" "$file" && echo "$file: $word"; done; done; true; }
check 'found: all of it, in the copy that does not know' test "$(found ben.attest | wc -l)" -eq 14

"$ATTEST" merge all ana.attest ben.attest >out 2>&1
check 'merging tells that somebody withdrew' prints '^1 respondent withdrew in one copy: what they said is left out, also of the others, with [0-9]* decisions and memos' cat out
check 'and which copy still has it' prints '^ben.attest still holds what they said: delete it' cat out
silent 'her words are nowhere in the file' found all.attest
check 'nor beside it' sh -c 'for f in all.attest-wal all.attest-journal all.attest.v*; do [ ! -s "$f" ] || exit 1; done'
check 'the copies are as they were' test "$(found ben.attest | wc -l)" -eq 14
check 'it verifies, and the tombstone stays' prints '^withdrawn-1 withdrew on 20..-..-.., with [0-9]* quotes: asked by phone' on all verify
check 'without a problem' prints ': 0 problems' on all verify
check 'what others said is all there' sh -c '[ "$("$ATTEST" --project all.attest text kii-7 | grep -c "changed")" = 2 ] && "$ATTEST" --project all.attest text late | grep -q "For me it changed, too."'
check 'and decided as it was: the last counts' sh -c '"$ATTEST" --project all.attest segments --format json | jq -e --arg yes "$1" "[.[] | select(.id == \$yes and .code == \"impact\") | .status] == [\"rejected\"]"' sh "$yes"
check 'also in the source of one copy' sh -c '"$ATTEST" --project all.attest segments --format json | jq -e "[.[] | select(.quote | contains(\"For me\")) | .status] == [\"accepted\"]"'
check 'nothing of hers is coded' sh -c '"$ATTEST" --project all.attest segments --format json | jq -e "[.[].id] | (index(\"$1\") // index(\"$2\")) == null"' sh "$hers" "$too"
check 'she is no respondent' sh -c '"$ATTEST" --project all.attest respondents --format json | jq -e "map(.respondent) | index(\"R7\") == null and index(\"R8\") != null"'
check 'the link says so' prints 'was withdrawn by whoever said it' on all trace F1
silent 'no command tells her words' sh -c 'for c in "segments" "trace F1" "report quotes" "memo" "review --export" "respondents" "undo --list" "text kii-7" "text late"; do "$ATTEST" --project all.attest $c; done | grep -e kadastral -e secret -e Gulnara -e 0555; true'

# In another order, again, and into each of them.
"$ATTEST" merge other ben.attest ana.attest >/dev/null 2>&1
decided () { on "$1" review --export | cut -d , -f 6-; on "$1" finding list --format csv; on "$1" respondents --format csv; on "$1" text kii-7; on "$1" text late; on "$1" turns late; }
decided all >one; decided other >two
check 'and all is the same' diff one two
check 'again, nothing is changed' prints 'holds all of it already' "$ATTEST" merge all ana.attest ben.attest
cp ben.attest into.attest
check 'into the copy that did not know' prints '^1 respondent withdrew' on into merge ana.attest
silent 'which knows nothing of it any more' found into.attest
check 'and verifies' prints ': 0 problems' on into verify
decided into >two
check 'as all the others' diff one two
cp ana.attest into.attest
on into merge ben.attest >/dev/null
silent 'into the copy in which she withdrew' found into.attest
decided into >two
check 'is the same' diff one two

# Work goes on in a copy that never heard of it, and comes again.
{ on ben memo "$hers" 'latersecret' --coder ben && on ben review --accept "$yes" --coder ben; } >/dev/null
check 'what comes later from it' prints '^1 respondent withdrew' on all merge ben.attest
check 'brings nothing back' sh -c '! grep -aq latersecret all.attest'
silent 'of all the words' found all.attest
check 'but what is about others' sh -c '"$ATTEST" --project all.attest segments --format json | jq -e --arg yes "$1" "[.[] | select(.id == \$yes and .code == \"impact\") | .status] == [\"accepted\"]"' sh "$yes"
check 'and verifies still' prints ': 0 problems' on all verify
check 'a rebuild is the same' status_is 0 on all rebuild
silent 'and brings nothing back either' found all.attest

# Both withdraw, she in one copy and he in another; or she in both.
on chi respondents withdraw R8 --because 'by letter' --yes >/dev/null
"$ATTEST" merge both ana.attest chi.attest >out 2>&1
silent 'of her, nothing' found both.attest
check 'of him, nothing' sh -c '! grep -aq -e migrants -e "says nobody" both.attest'
check 'two tombstones' sh -c '[ "$("$ATTEST" --project both.attest verify | grep -c "^withdrawn-[12] withdrew")" = 2 ]'
check 'no problem' prints ': 0 problems' on both verify
cp base.attest dee.attest
on dee respondents withdraw R7 --because 'by mail' --yes >/dev/null
check 'who withdrew in both is one' sh -c '"$ATTEST" merge twice ana.attest dee.attest >out; "$ATTEST" --project twice.attest verify >>out; [ "$(grep -c "^withdrawn-. withdrew on" out)" = 1 ]'
check 'and the other reason is told' prints "withdrew in two copies: kept 'asked by phone', not 'by mail'\|withdrew in two copies: kept 'by mail', not 'asked by phone'" cat out
check 'no problem there' prints ': 0 problems' on twice verify
silent 'and no words' found twice.attest

# Corrected before they parted, or since.
sed 's/xylophonically/xylophonically, really/' kii-7.txt >mended.txt
cp base.attest first.attest
on first update kii-7 mended.txt --coder kim >/dev/null
on first code book.yaml >/dev/null
cp first.attest eva.attest
cp first.attest fay.attest
on eva respondents withdraw R7 --because 'asked' --yes >/dev/null
on fay review --reject "$(quote fay 'Yes, it')" --coder fay >/dev/null
check 'of a text that both have corrected' status_is 0 "$ATTEST" merge fine eva.attest fay.attest
silent 'nothing is left, in no version' found fine.attest
check 'it verifies as well' prints ': 0 problems' on fine verify
check 'with what was decided of others' sh -c '"$ATTEST" --project fine.attest segments --format json | jq -e "[.[] | select(.quote | contains(\"Yes, it\")) | .status] | index(\"rejected\") != null"'
cp base.attest gus.attest
on gus update kii-7 mended.txt --coder gus >/dev/null
check 'who it is in a text corrected since, nobody can say' prints "^attest: gus.attest: somebody who speaks in 'kii-7' withdrew in another copy (withdrawn-1), and this one has a text .* nothing was merged" status_is 2 "$ATTEST" merge none ana.attest gus.attest
check 'no file is left' [ ! -e none.attest ]
check 'a text from before is to be corrected first' prints "base.attest: somebody who speaks in 'kii-7' .* 'attest --project base.attest update kii-7 FILE', and merge again" status_is 2 "$ATTEST" merge none eva.attest base.attest
on base update kii-7 mended.txt --coder kim >/dev/null
check 'and then it goes' status_is 0 "$ATTEST" merge none eva.attest base.attest
silent 'without her words' found none.attest
done_testing
