#!/bin/sh
# agree of runs: what each found, found again, whatever was coded since. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
prints () { pattern=$1; shift; "$@" 2>&1 | grep -e "$pattern"; }

# ID VERSION APPLES [MORE]
write_book ()
{
  printf 'id: %s\nversion: %s\ndimensions: {kind: {title: Kind}, colour: {title: Colour}}\ncodes:\n' "$1" "$2"
  printf '  - {id: apple, dimension: kind, rules: [%s]}\n  - {id: pear, dimension: kind, rules: [pears?]}\n' "$3"
  printf '  - {id: red, dimension: colour, rules: [red, красн\\w*]}\n%s' "${4:-}"
}
# é as two code points, emoji, Cyrillic, Arabic.
cat >a.txt <<'TXT'
I: What about the red apples and pears?
Ana: The apples of the cafe\314\201 🍏 were good in the year before last. Красные были лучше всех. We had many pears in the cellar, too. كل شيء تغير هنا.
I: And?
Ana: We drank cider at every meeting of the village. Nobody complained about it at all.
TXT
printf '%b' "$(cat a.txt)" >a.tmp && mv a.tmp a.txt
sed 's/good/bad/; s/many pears/many plums/; s/cider/red cider/' a.txt >b.txt
"$ATTEST" init p >/dev/null && "$ATTEST" ingest a.txt b.txt >/dev/null
check 'no runs yet' prints "p.attest has no run 1; 'attest runs' lists them" status_is 2 "$ATTEST" agree --run 1 --run 2
write_book fruit 1.0 'apples?' >one.yaml
write_book fruit 1.1 'apples?, cider' '  - {id: plum, dimension: kind, rules: [plums?]}
' >two.yaml
"$ATTEST" code one.yaml >/dev/null && "$ATTEST" code two.yaml >/dev/null # runs 1 and 2
"$ATTEST" code two.yaml --all-roles >/dev/null                           # run 3

runs () { "$ATTEST" agree --run 1 --run 2 "$@"; }
figure () # FILTER EXPECTED ARGS…
{
  filter=$1 expected=$2
  shift 2
  got=$("$ATTEST" agree --no-intervals --format json "$@" | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; return 1; }
}
check 'two runs of one codebook' figure '[.unit, .items, .coder_names, [.per_code[] | [.code, .n, .all_present, .none_present, .split]]]' \
  '["sentence",12,["run 1","run 2"],[["apple",12,2,8,2],["pear",12,1,11,0],["red",12,3,9,0]]]' --run 1 --run 2
check 'which runs they are' figure '[.runs[] | [.run, .codebook, .version, .options, .sources, .segments, .found_again]]' \
  '[[1,"fruit","1.0",null,2,6,"same"],[2,"fruit","1.1",null,2,9,"same"]]' --run 1 --run 2
check 'also for people' prints '^Run 2: fruit 1.1, 20[0-9-]*; 2 sources, 9 segments, the same as then\.$' runs
check 'a code of one of them is named' figure '.warnings' '["Codes that not all of them have, left out: plum (only run 2)."]' --run 1 --run 2
check 'one dimension' figure '[.per_code[].code]' '["apple","pear"]' --run 1 --run 2 --dimension kind

# --- the same figures as of codebooks that are kept beside each other
sed 's/^id: fruit/id: first/' one.yaml >first.yaml && sed 's/^id: fruit/id: second/' two.yaml >second.yaml
"$ATTEST" code first.yaml >/dev/null && "$ATTEST" code second.yaml >/dev/null # runs 4 and 5
equal () # UNIT
{
  "$ATTEST" agree --codebook first --codebook second --unit "$1" --format json | jq 'del(.coder_names, .runs, .warnings, .pairs[].a, .pairs[].b)' >books.json
  runs --unit "$1" --format json | jq 'del(.coder_names, .runs, .warnings, .pairs[].a, .pairs[].b)' >runs.json
  jq -e '.per_code | length == 3' runs.json && cmp books.json runs.json
}
for unit in sentence paragraph turn source character; do
  check "as of codebooks, by $unit" equal $unit
done
check 'and beside a codebook that is the same' figure '[.coder_names, .overall.percent, .overall.krippendorff_alpha]' '[["second","run 2"],1,1]' --codebook second --run 2
check 'three of them' figure '[.coder_names, (.pairs | length)]' '[["first","run 1","run 2"],3]' --codebook first --run 1 --run 2
check 'what they differ about' sh -c '"$ATTEST" agree --run 1 --run 2 --disagreements --format json \
  | jq -e "[.[] | [.source, (.quote | contains(\"cider\")), .[\"run 1\"], .[\"run 2\"]]] == [[\"a\", true, [], [\"apple\"]], [\"b\", true, [\"red\"], [\"apple\", \"red\"]]]"'
check 'a page' sh -c '"$ATTEST" agree --run 1 --run 2 --format html | grep -q "Run 1: fruit 1.0"'
check 'a workbook' sh -c '"$ATTEST" agree --run 1 --run 2 --format xlsx --output w.xlsx && [ -s w.xlsx ]'
check 'whatever the number of threads' sh -c 'for n in 1 3; do "$ATTEST" agree --run 1 --run 2 --jobs $n >jobs.$n; done; cmp jobs.1 jobs.3'
check 'what people decide changes nothing' sh -c '
  "$ATTEST" agree --run 1 --run 2 >before
  for id in $("$ATTEST" segments --codebook fruit --format json | jq -r ".[] | .id + \":\" + .code" | head -n 3); do
    "$ATTEST" review --codebook fruit --reject "$id" --coder ana >/dev/null || exit
  done
  "$ATTEST" agree --run 1 --run 2 | cmp - before'

# --- options, people
check 'what interviewers say is left out, and that is said' \
  figure '[.overall.percent, .warnings[0]]' '[1,"Run 3 also searched what interviewers say (--all-roles), which is left out, with 6 segments of the codes compared."]' --run 2 --run 3
check 'a person and a run' figure '[.coder_names, .items]' '[["run 2","ana"],12]' --run 2 --coder ana
check 'who rejected what it found' sh -c '"$ATTEST" agree --run 2 --coder ana --judged --format json | jq -e ".overall.percent < 1 and .compared > 0"'
"$ATTEST" sample --size 100 --blind --codebook first --output judged.csv
awk -F , -v OFS=, 'NR > 1 { code = /apples/ ? "apple" : /pears/ ? "pear" : ""; sub(/[?]/, code) } { print }' judged.csv >right.csv
check 'passages that people judged' figure '[.coder_names, .unit, (.per_code[] | select(.code == "apple") | .split)]' '[["people","run 1"],"passage",0]' --gold right.csv --run 1 --dimension kind
check 'and two runs' figure '[.coder_names, (.per_code[0] | [.code, .split])]' '[["people","run 1","run 2"],["apple",2]]' --gold right.csv --run 1 --run 2 --dimension kind

# --- texts that changed
cp p.attest kept
printf 'I: So?\nAna: One more apple, and cider.\nI: Oh.\nAna: Yes.\n' >c.txt && "$ATTEST" ingest c.txt >/dev/null
"$ATTEST" code two.yaml >/dev/null # run 6
check 'a source of one of them is left out, and named' figure '[.items, .warnings[1:]]' '[12,["Left out, since fewer than two of them searched it: 1 source (c)."]]' --run 1 --run 6
check 'but for others it is there' sh -c '"$ATTEST" code first.yaml >/dev/null; "$ATTEST" agree --run 2 --run 6 --run 7 --format json \
  | jq -e ".items == 14 and .compared == 14 and (.pairs | map(.n) == [12, 12, 14])"'
sed 's/good/fine/' a.txt >a2.txt && "$ATTEST" update a a2.txt >/dev/null
check 'a text that was corrected since is taken as they had it' figure '[.items, .warnings[-1]]' \
  '[14,"Compared in an earlier version, which they searched: 1 source (a)."]' --run 6 --run 7
check 'with its words' sh -c '"$ATTEST" agree --run 1 --run 6 --unit turn --disagreements --format json | jq -e "[.[].source] == [\"a\", \"b\"]"'
"$ATTEST" code two.yaml >/dev/null # run 8
check 'runs before and after: another text is no text in common' figure '[.items, .warnings[-1]]' \
  '[6,"Left out, since each searched another version: 1 source (a (run 1: version 1, run 8: version 2))."]' --run 1 --run 8
check 'also by characters' figure '[.items, .warnings[-1]]' \
  '[1,"Left out, since each searched another version: 1 source (a (run 1: version 1, run 8: version 2))."]' --run 1 --run 8 --unit character
check 'nothing in common' sh -c '"$ATTEST" init q >/dev/null; "$ATTEST" -p q.attest ingest a.txt >/dev/null; "$ATTEST" -p q.attest code one.yaml >/dev/null
  "$ATTEST" -p q.attest update a a2.txt >/dev/null; "$ATTEST" -p q.attest code one.yaml >/dev/null
  "$ATTEST" -p q.attest agree --run 1 --run 2 2>err; [ $? = 2 ] && grep "no source was searched by two of them in the same version (run 1 searched 1, run 2 searched 1): .attest code" err \
  && "$ATTEST" -p q.attest agree --run 1 --run 2 --unit character 2>&1 | grep "no source was searched by two"'
rm q.attest; cp kept p.attest

# --- what cannot be shown to be the same
sqlite3 p.attest "UPDATE run_source SET digest = '$(printf x | sha256sum | cut -d' ' -f1)' WHERE run_id = 1 AND version_id = 1"
check 'a run that is not what it was' prints 'Run 1 is not what it was: in 1 source (a)' runs
check 'the exit status tells it, too' status_is 10 runs
check 'and the JSON' figure '[.runs[].found_again]' '["different","same"]' --run 1 --run 2
check 'by characters, too' status_is 10 runs --unit character
sqlite3 p.attest 'DELETE FROM run_source WHERE run_id = 1'
check 'a run that nothing is noted of' prints 'Run 1 is of a time when attest did not note' runs
check 'which is no error' status_is 0 runs
cp kept p.attest
printf 'respondent,source,speaker\nR1,a,Ana\n' >who.csv && "$ATTEST" respondents import who.csv >/dev/null
"$ATTEST" respondents withdraw R1 --because asked --yes >/dev/null 2>&1
check 'words that were withdrawn' prints 'Run 1 searched what respondents said who have withdrawn since, in 1 source (a)' runs
check 'and are no units that nobody gave a code' figure '[.items, ([.runs[].found_again])]' '[6,[null,null]]' --run 1 --run 2
check 'also by characters' sh -c '"$ATTEST" agree --run 1 --run 2 --unit character --format json | jq -e --argjson n "$("$ATTEST" turns b --format json | jq "map(select(.role != \"interviewer\") | .end - .start) | add")" ".characters == \$n"'
check 'are nowhere' sh -c '! "$ATTEST" agree --run 1 --run 2 --format html | grep -q "best of all\|were good"'
cp kept p.attest

# --- bad input: what is missing, and what to do
bad () # MESSAGE ARGS…
{
  message=$1
  shift
  "$ATTEST" agree "$@" >out.txt 2>err.txt
  status=$?
  [ $status = 2 ] && [ ! -s out.txt ] && grep -e "$message" err.txt || { echo "status $status"; cat out.txt err.txt; return 1; }
}
check 'one run' bad 'one run has nobody to agree with: give --codebook or --run once more' --run 1
check 'the same twice' bad 'run 1 is named twice' --run 1 --run 01
check 'no such run' bad "has no run 99; 'attest runs' lists them" --run 1 --run 99
check 'no number' bad '--run last: give the number of a run' --run 1 --run last
check 'a negative one' bad '--run -1: give the number of a run' --run 1 --run=-1
check 'one that is too large' bad 'give the number of a run' --run 1 --run 99999999999999999999
check 'a table' bad 'a table has its own coders' --run 1 --table x.csv
check 'a dimension that it does not have' bad "the codebook of run 1 has no dimension 'size'" --run 1 --run 2 --dimension size
check 'codes of another codebook' bad 'either --codebook or --run, or --codes-of' --run 1 --coder ana --codes-of fruit
printf 'id: veg\ncodes:\n- {id: leek, rules: [leeks?]}\n' >veg.yaml && "$ATTEST" code veg.yaml >/dev/null
check 'no code in common' bad 'no code in common.*--mapping' --run 1 --run 6
printf 'a,b\napple,leek\n' >map.csv
check 'but for a mapping' figure '[.per_code[].code]' '["apple"]' --run 1 --run 6 --mapping map.csv
check 'nothing is ever NaN' sh -c 'for unit in sentence source character; do "$ATTEST" agree --run 1 --run 6 --mapping map.csv --unit $unit --format json; "$ATTEST" agree --run 1 --run 6 --mapping map.csv --unit $unit; done | grep -wi "nan\|inf" && exit 1; true'

# --- real texts
if [ -d "${ATTEST_SAMPLES:-}/a_interviews" ]; then
  mkdir real && cd real || exit 99
  "$ATTEST" init p >/dev/null && "$ATTEST" ingest "$ATTEST_SAMPLES"/a_interviews >/dev/null 2>&1
  sed 's/effective(/effectual(/' "$ATTEST_SRCDIR"/codebooks/oecd-dac.yaml >changed.yaml
  "$ATTEST" code >/dev/null 2>&1 && "$ATTEST" code changed.yaml >/dev/null 2>&1
  sed 's/^id: oecd-dac/id: before/' "$ATTEST_SRCDIR"/codebooks/oecd-dac.yaml >before.yaml
  "$ATTEST" code before.yaml >/dev/null 2>&1
  check 'real texts: as of codebooks' sh -c '
    "$ATTEST" agree --run 1 --run 2 --format json | jq "del(.coder_names, .runs, .pairs[].a, .pairs[].b)" >runs.json
    "$ATTEST" agree --codebook before --codebook oecd-dac --format json | jq "del(.coder_names, .runs, .pairs[].a, .pairs[].b)" | cmp - runs.json && jq -e ".items > 1000" runs.json'
  cd ..
else
  skip 'real texts: as of codebooks' 'no samples'
fi
done_testing
