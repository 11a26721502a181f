#!/bin/sh
# runs: what each time of coding was, and whether it can be found again. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
prints () { pattern=$1; shift; "$@" 2>&1 | grep -e "$pattern"; }

write_book () # VERSION APPLES
{
  printf 'id: fruit\nversion: %s\ncodes:\n  - {id: apple, rules: [%s]}\n  - {id: pear, rules: [pears?]}\n' "$1" "$2" >fruit.yaml
}
# é as two code points, emoji, Cyrillic, Arabic.
cat >a.txt <<'TXT'
I: What about the apples?
Ana: The cafe\314\201 sold apples 🍏 all year. Груши, груши. كل شيء تغير. And we had pears.
I: And?
Ben: Cider at every meeting. No pears.
TXT
printf '%b' "$(cat a.txt)" >a.tmp && mv a.tmp a.txt
printf 'I: Well?\nAna: More apples, more cider.\nI: And?\nAna: No.\n' >b.txt

"$ATTEST" init p >/dev/null
check 'nothing was coded yet' prints "nothing was coded yet: 'attest code'" "$ATTEST" runs
check 'which is an empty list for programs' sh -c '"$ATTEST" runs --format json | jq -e ".format == 1 and .runs == []"'
"$ATTEST" ingest a.txt >/dev/null
write_book 1.0 'apples?' && "$ATTEST" code fruit.yaml >/dev/null
"$ATTEST" ingest b.txt >/dev/null
write_book 1.1 'apples?, cider' && "$ATTEST" code fruit.yaml >/dev/null
"$ATTEST" code fruit.yaml --all-roles >/dev/null

runs () # FILTER EXPECTED ARGS…
{
  filter=$1 expected=$2
  shift 2
  got=$("$ATTEST" runs --format json "$@" 2>err.txt | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; cat err.txt; return 1; }
}
check 'what each was' runs '[.runs[] | [.run, .codebook, .version, .options, .sources, .turns, .segments, .last]]' \
  '[[1,"fruit","1.0",null,1,2,3,false],[2,"fruit","1.1",null,2,4,5,false],[3,"fruit","1.1","--all-roles",2,8,6,true]]'
check 'by which programs' sh -c '"$ATTEST" runs --format json | jq -e ".runs[0] | .tool_version != null and (.libraries | test(\"^PCRE2 [0-9.]+, ICU [0-9.]+$\"))"'
check 'with the text of the codebook' sh -c '"$ATTEST" runs --format json | jq -re ".runs[1].sha256" | grep -qx "$(sha256sum fruit.yaml | cut -d" " -f1)"'
check 'for people' prints '^  3  .*fruit *1.1 *--all-roles .*yes$' "$ATTEST" runs
check 'as CSV' prints '^2,.*,fruit,1.1,' "$ATTEST" runs --format csv
check 'of one codebook' runs '.runs | length' 3 --codebook fruit
check 'of none' status_is 2 "$ATTEST" runs --codebook veg

# --- found again
check 'all are found again, though their segments are gone' \
  runs '[[.runs[] | [.segments_now, .found_again]], .warnings]' '[[[3,"same"],[5,"same"],[6,"same"]],[]]' --check
check 'whatever the number of threads' sh -c 'for n in 1 4; do "$ATTEST" runs --check --jobs $n >jobs.$n; done; cmp jobs.1 jobs.4'
check 'what people decided changes nothing' sh -c '
  id=$("$ATTEST" segments --code apple --format json | jq -r ".[0].id")
  "$ATTEST" review --reject "$id" --reason no >/dev/null && "$ATTEST" mark b 14 18 pear >/dev/null && "$ATTEST" runs --check' 
check 'nothing is written' sh -c 'before=$(sha256sum <p.attest); "$ATTEST" runs --check >/dev/null; [ "$before" = "$(sha256sum <p.attest)" ]'

# --- a corrected text: what the run searched is kept
sed 's/No pears/No plums/' a.txt >a2.txt && "$ATTEST" update a a2.txt >/dev/null
check 'a run is of the version that it searched' \
  runs '[.runs[] | .found_again]' '["same","same","same"]' --check
"$ATTEST" code fruit.yaml >/dev/null
check 'and the next of the next' runs '[.runs[] | .segments_now]' '[3,5,6,4]' --check

# --- what cannot be shown
cp p.attest kept
sqlite3 p.attest "UPDATE run_source SET digest = '$(printf x | sha256sum | cut -d' ' -f1)', segments = 9 WHERE run_id = 1"
check 'another result is told, with how it was made' prints 'warning: Run 1 is not what it was: in 1 source (a) .* (3 now, 9 then.*PCRE2.*verify' "$ATTEST" runs --check
check 'and the exit status' status_is 10 "$ATTEST" runs --check
check 'in the list' runs '[.runs[] | .found_again]' '["different","same","same","same"]' --check
sqlite3 p.attest "UPDATE run SET tool_version = '0.0.1', libraries = 'PCRE2 8.39, ICU 60.2'"
check 'another version of attest or PCRE2 is named' prints 'made by attest 0.0.1 with PCRE2 8.39, ICU 60.2, and this is attest .* with PCRE2' "$ATTEST" runs --check
cp kept p.attest
# Times are to the second, and this test is quicker.
sqlite3 p.attest "UPDATE version SET ingested_at = iif (id = 1, '2001', '2999') || '-01-01T00:00:00Z'"
sqlite3 p.attest 'DELETE FROM run_source WHERE run_id = 1; UPDATE run_source SET digest = NULL WHERE run_id = 2'
check 'of a time before attest noted it: nobody can say' runs '[.runs[] | .found_again]' '[null,null,"same","same"]' --check
check 'which is said' prints 'Run 1 is of a time when attest did not note' "$ATTEST" runs --check
check 'and which sources' prints 'Run 2: what it found in 2 sources (a, b) was not noted' "$ATTEST" runs --check
sqlite3 p.attest 'UPDATE run SET turns_coded = 7 WHERE id = 1'
check 'but other turns tell' prints 'Run 1 is not what it was: it searched 7 turns, now 2' status_is 10 "$ATTEST" runs --check
cp kept p.attest
sqlite3 p.attest "UPDATE run SET options = '--new-option' WHERE id = 2"
check 'an option of a newer attest' prints "run 2 was made with '--new-option'" status_is 4 "$ATTEST" runs --check
cp kept p.attest

# --- withdrawals
printf 'respondent,source,speaker\nR1,a,Ana\nR1,b,Ana\n' >who.csv
"$ATTEST" respondents import who.csv >/dev/null
"$ATTEST" respondents withdraw R1 --because asked --yes >/dev/null 2>&1
check 'words that were withdrawn are left out, and that is said' prints 'Run 3 searched what respondents said who have withdrawn since, in .*b' "$ATTEST" runs --check
check 'an earlier text of theirs is gone' prints 'Run 3: the text of 1 source (a) cannot be read any more' "$ATTEST" runs --check
"$ATTEST" code fruit.yaml >/dev/null
check 'a run since then is found again' runs '.runs[-1] | [.segments_now, .found_again]' '[1,"same"]' --check

# --- every corpus, and real texts
recode () # NAME CODEBOOK FILE…
{
  name=$1 book=$2
  shift 2
  "$ATTEST" init "$name" >/dev/null && "$ATTEST" -p "$name.attest" ingest "$@" >/dev/null 2>&1
  "$ATTEST" -p "$name.attest" code "$book" >/dev/null 2>&1
  "$ATTEST" -p "$name.attest" code "$book" --all-roles >/dev/null 2>&1
  "$ATTEST" -p "$name.attest" code "$book" >/dev/null 2>&1
  stored=$("$ATTEST" -p "$name.attest" segments --format jsonl | wc -l)
  [ "$stored" -gt 20 ] || { echo "only $stored segments"; return 1; }
  "$ATTEST" -p "$name.attest" runs --check --format json \
    | jq -e --argjson n "$stored" '(.runs | length == 3) and all(.runs[]; .found_again == "same") and .runs[0].segments_now == $n and .runs[2].segments_now == $n and .runs[1].segments_now > $n'
}
mkdir corpora && cd corpora || exit 99
for corpus in "$ATTEST_SRCDIR"/corpora/*/; do
  check "every run of $(basename "$corpus") is found again" recode "$(basename "$corpus")" oecd-dac "$corpus"0*.*  "$corpus"1*.*
done
# Turns and languages of an earlier text are kept nowhere: it is read again.
corrected () # NAME
{
  "$ATTEST" -p "$1.attest" sources --format json | jq -r '.[] | select(.path | endswith(".txt")) | .label + "\t" + .path' >paths
  while IFS="$(printf '\t')" read -r label path; do
    { cat "$path"; printf '\nAnd nobody added a line to %s.\n' "$label"; } >corrected.txt
    "$ATTEST" -p "$1.attest" update "$label" corrected.txt >/dev/null 2>&1
  done <paths
  "$ATTEST" -p "$1.attest" sources --format json | jq -e 'any(.[]; .version == 2)' \
    && "$ATTEST" -p "$1.attest" runs --check --format json | jq -e 'all(.runs[]; .found_again == "same")'
}
for project in *.attest; do
  check "also when all texts of ${project%.attest} were corrected since" corrected "${project%.attest}"
done
if [ -d "${ATTEST_SAMPLES:-}/a_interviews" ]; then
  check 'and of real interviews' recode samples oecd-dac "$ATTEST_SAMPLES"/a_interviews
else
  skip 'and of real interviews' 'no samples'
fi
done_testing
