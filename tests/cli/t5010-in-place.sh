#!/bin/sh
# Commands that read many projects in place: nothing is written to a project, nor beside it. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >fruit.yaml <<'YAML'
id: fruit
codes:
  - {id: apple, rules: [apples?]}
YAML
sed 's/apples?/pears?/' fruit.yaml >pear.yaml
for n in 1 2 3; do printf 'I: What grows?\nAna: Apples and pears, é, in year %s.\n' $n >$n.txt; done
mkdir in && "$ATTEST" init in/p --title 'In the file' >/dev/null && "$ATTEST" --project in/p.attest ingest 1.txt 2.txt >/dev/null
"$ATTEST" --project in/p.attest code fruit.yaml >/dev/null
for version in 001 005 009; do gzip -dc "$ATTEST_SRCDIR/tests/schema/v$version.attest.gz" >in/v$version.attest; done

# The title is in the log alone; and is half overwritten, with what it was in the journal.
mkdir wal hot
cp in/p.attest w.attest && cp in/p.attest h.attest
sqlite3 w.attest >/dev/null <<'SQL'
PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
UPDATE meta SET value = 'In the log' WHERE key = 'title';
.shell cp w.attest w.attest-wal wal
SQL
sqlite3 h.attest >/dev/null <<'SQL'
PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; PRAGMA cache_spill = 1;
BEGIN;
UPDATE meta SET value = hex (randomblob (400000)) WHERE key = 'title';
.shell cp h.attest h.attest-journal hot
ROLLBACK;
SQL
check 'a log and a journal wait' test -s wal/w.attest-wal -a -s hot/h.attest-journal

# The time of a folder tells of files that were there for a moment.
everything () { sha256sum in/* wal/* hot/*; stat -c '%n %.9Y %i %a' in wal hot in/* wal/* hot/*; }
everything >before
"$ATTEST" synthesis in wal hot --format json >synthesis.json 2>errors || :
check 'synthesis leaves all as it is' sh -c '[ -z "$1" ]' sh "$(everything | diff before -)"
check 'and reads what a log holds' jq -e '.evaluations | map(.title) | index("In the log")' synthesis.json
check 'and not what a journal takes back' jq -e '.evaluations | map(.title) | map(select(. == "In the file")) | length == 2' synthesis.json
check 'and older ones' jq -e '(.evaluations | length) == 6 and (.failed | length) == 0' synthesis.json
unchanged () # COMMAND…
{
  "$ATTEST" "$@" >out 2>&1
  everything | diff before - >changed || { cat out changed; return 1; }
}
check 'compare of codebooks' unchanged compare fruit.yaml pear.yaml in/p.attest wal/w.attest hot/h.attest in/v001.attest in/v009.attest
check 'it found something' grep -q 'apple' out
check 'compare of projects' unchanged compare in/p.attest wal/w.attest hot/h.attest in/v005.attest --codebook fruit.yaml
check 'keyness' unchanged keyness in/p.attest wal/w.attest hot/h.attest --all
# A folder where nothing may be written.
if [ "$(id -u)" != 0 ]; then
  chmod 500 wal hot in
  everything >before
  check 'in folders that are read-only' unchanged synthesis in wal hot
  chmod 700 wal hot in
fi
check 'no copy is left' sh -c 'mkdir tmp && TMPDIR=$PWD/tmp "$ATTEST" synthesis wal hot >/dev/null && [ -z "$(ls -A tmp)" ]'
head -c 9000 in/v001.attest >in/cut.attest
check 'a damaged one is named' sh -c '"$ATTEST" synthesis in 2>&1 | grep "cut.attest"'
done_testing
