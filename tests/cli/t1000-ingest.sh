#!/bin/sh
# init, ingest, sources, turns, text and read as a user and a script see them. TAP.
set -u
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT && cd "$scratch" || exit 99
n=0
check () { # DESCRIPTION COMMAND…
  n=$((n + 1)); what=$1; shift
  if "$@" >out.txt 2>err.txt; then echo "ok $n - $what"
  else echo "not ok $n - $what"; sed 's/^/# /' out.txt err.txt; fi
}
status_is () { expected=$1; shift; "$@" >out.txt 2>err.txt; [ $? -eq "$expected" ]; }

printf 'Interviewer: Did it help?\nRespondent: It helped in \303\211t\303\251 \360\237\231\202.\n' > a.txt
head -c 600 /dev/zero > zeros.txt
: > empty.txt
printf 'not a database' > foreign.attest

check 'init makes a project that only its owner can read' \
  sh -c '"$ATTEST" init p && [ "$(stat -c %a p.attest)" = 600 ]'
check 'init leaves an existing file alone' status_is 1 "$ATTEST" init p
check 'a good file is taken, bad ones are named, exit 3' \
  sh -c '"$ATTEST" -p p.attest ingest a.txt zeros.txt empty.txt >o 2>e; [ $? = 3 ] &&
    grep -q "^1 added, 0 already there, 2 not taken" o && grep -q "zeros.txt: binary" e && grep -q "empty.txt: the file is empty" e'
check 'a missing file is exit 1' status_is 1 "$ATTEST" -p p.attest ingest no-such-file
check 'the same bytes change nothing and say so' \
  sh -c 'cp a.txt b.txt; "$ATTEST" -p p.attest ingest b.txt | grep -q "already in the project as a"'
check 'too many words: the usage' \
  sh -c '"$ATTEST" -p p.attest sources x 2>e; [ $? = 2 ] && grep -qF "usage: attest sources; " e'
check 'sources in JSON' \
  sh -c '"$ATTEST" -p p.attest sources --format json | jq -e "length == 1 and .[0].label == \"a\" and .[0].turns == 2"'
check 'turns: spans are what was said, in code points and bytes' \
  sh -c '"$ATTEST" -p p.attest turns a --format json |
    jq -e ".[1] | .speaker == \"Respondent\" and .role == \"respondent\" and .start == 38 and .end == 57 and .end_byte - .start_byte == 24 and .start_ms == null"'
check 'text is the text, nothing else' sh -c '"$ATTEST" -p p.attest text a | cmp - a.txt'
check 'read in JSON keeps to the contract' \
  sh -c '"$ATTEST" read a.txt --format json | jq -e "keys == [\"characters\",\"encoding\",\"format\",\"metadata\",\"path\",\"reader\",\"sha256\",\"text\",\"text_sha256\",\"turns\",\"warnings\",\"words\"]"'
check 'a file that is no project is refused and unchanged' \
  sh -c '"$ATTEST" -p foreign.attest sources; [ $? = 5 ] && [ "$(cat foreign.attest)" = "not a database" ]'
printf 'respondent,source,speaker,group,place\nR01,a,,Government,Osh\n' > r.csv
printf 'respondent,source\nR01,a\nR02,nowhere\n' > bad.csv
check 'respondents are imported' \
  sh -c '"$ATTEST" -p p.attest respondents import r.csv &&
    "$ATTEST" -p p.attest respondents --format json | jq -e "length == 1 and .[0].respondent == \"R01\" and .[0].group == \"Government\" and .[0].sources == [\"a\"]"'
check 'a bad row is named with its line, and no row is taken' \
  sh -c '"$ATTEST" -p p.attest respondents import bad.csv 2>e; [ $? = 3 ] && grep -q "bad.csv:3: " e &&
    "$ATTEST" -p p.attest respondents --format json | jq -e "length == 1"'
check 'verify finds nothing in a good project' \
  sh -c '"$ATTEST" -p p.attest verify --format json | jq -e ".sources == 1 and .problems == []"'
corpus=$ATTEST_SRCDIR/corpora/kyrgyz-migration
export corpus
check 'docx: bold names, some of them by style' \
  sh -c '"$ATTEST" read "$corpus/04-implementer.docx" --format json |
    jq -e "([.turns[].speaker] | unique) == [\"Evaluator\", \"Project assistant\"] and .metadata != {} and (.turns | length) > 20"'
check 'docx: a table of time, speaker and text' \
  sh -c '"$ATTEST" read "$corpus/06-womens-cso.docx" --format json |
    jq -e "([.turns[].speaker] | unique) == [\"Director\", \"Interviewer\"] and all(.turns[]; .start_ms != null)"'
check 'vtt: voices, and the note as metadata' \
  sh -c '"$ATTEST" read "$corpus/03-un-agency.vtt" --format json |
    jq -e "([.turns[] | .speaker + \"/\" + .role] | unique) == [\"Evaluator/interviewer\", \"Programme officer/respondent\"] and .metadata.Consent == \"anonymous.\" and all(.turns[]; .start_ms < .end_ms)"'
check 'srt: names in the text' \
  sh -c '"$ATTEST" read "$corpus/07-academia.srt" --format json |
    jq -e "([.turns[] | .speaker + \"/\" + .role] | unique) == [\"Interviewer/interviewer\", \"Researcher/respondent\"] and .warnings == [] and all(.turns[]; .start_ms < .end_ms)"'
check 'a docx that is cut off is bad input' \
  sh -c 'head -c 3000 "$corpus/04-implementer.docx" > cut.docx; "$ATTEST" read cut.docx; [ $? = 3 ]'
check 'an unknown command is exit 2' status_is 2 "$ATTEST" frobnicate
check 'an unknown option is exit 2' status_is 2 "$ATTEST" read --frob a.txt
check 'a full disk is not success' status_is 1 sh -c '"$ATTEST" read a.txt > /dev/full'
check 'every command has help' \
  sh -c 'for c in init ingest sources turns text read; do "$ATTEST" $c --help 2>&1 >o | grep . && exit 1; grep -q "^Options" o || exit 1; done'
check 'the manual and the completions are made' \
  sh -c 'for f in man bash zsh fish; do "$ATTEST" --generate=$f | grep -q ingest || exit 1; done; "$ATTEST" --generate=bash | bash -n && "$ATTEST" --generate=json | jq -e "length > 0"'
echo "1..$n"
