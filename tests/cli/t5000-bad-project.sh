#!/bin/sh
# A project file that is something else, damaged, newer, read-only or in use: one line that names it,
# exit 5 (1: it is not there), and not a byte changed. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

printf 'Interviewer: Did it help?\nRespondent: It helped.\n' > a.txt
printf 'Interviewer: What changed?\nRespondent: Everything.\n' > b.txt
"$ATTEST" init good >/dev/null && "$ATTEST" ingest a.txt >/dev/null || exit 99

state () { find . -name "$1*" -type f -exec sha256sum {} + | sort; }

# STATUS FILE PATTERN: each command that reads, and each that writes, refuses FILE and leaves it
refuses ()
{
  expected=$1 file=$2 pattern=$3
  before=$(state "$file")
  for command in sources 'text a' verify 'ingest b.txt' 'respondents set R1 group=X' rebuild; do
    # shellcheck disable=SC2086
    "$ATTEST" --project "$file" $command >out 2>err </dev/null
    status=$?
    cat err
    [ $status -eq "$expected" ] || { echo "$command: exit $status, not $expected"; return 1; }
    [ ! -s out ] || { echo "$command prints:"; cat out; return 1; }
    [ "$(wc -l < err)" -eq 1 ] || { echo "$command: not one line"; return 1; }
    grep -q "^attest: $file: .*$pattern" err || { echo "$command: not '$pattern'"; return 1; }
    [ "$(state "$file")" = "$before" ] || { echo "$command changed it"; return 1; }
  done
}

echo 'Interviewer: Is this a project?' > text.attest
check 'a text' refuses 5 text.attest 'not an attest project'
: > empty.attest
check 'an empty file' refuses 5 empty.attest 'is empty; if an .attest init'
head -c 60 good.attest > short.attest
check 'a file that is cut inside its header' refuses 5 short.attest 'not an attest project'
head -c 20000 good.attest > cut.attest
check 'a file that is cut off' refuses 5 cut.attest 'damaged'
sqlite3 other.attest 'CREATE TABLE shopping (what); INSERT INTO shopping VALUES (1);'
check 'a database of another program' refuses 5 other.attest 'not an attest project'
sqlite3 geo.attest 'CREATE TABLE t (a); PRAGMA application_id = 1196444487;'
check 'a database with the mark of another program' refuses 5 geo.attest 'not an attest project'
cp good.attest zero.attest && sqlite3 zero.attest 'PRAGMA application_id = 0;' >/dev/null
check 'a database that has lost its mark' refuses 5 zero.attest 'not an attest project'
cp good.attest newer.attest && sqlite3 newer.attest 'PRAGMA user_version = 99;'
check 'a project of a newer attest' refuses 5 newer.attest 'newer attest (schema 99.*update attest'
mkdir folder.attest
check 'a folder' refuses 5 folder.attest 'not an attest project'
mkfifo pipe.attest
check 'a pipe, without waiting for it' refuses 5 pipe.attest 'not an attest project'
check 'no file' refuses 1 none.attest 'No such file'
cp good.attest damaged.attest
printf '%01000d' 7 | dd of=damaged.attest bs=4096 seek=2 conv=notrunc 2>/dev/null
check 'damage inside is found by verify, with exit 5 or 10' \
  sh -c '"$ATTEST" -p damaged.attest verify; s=$?; [ $s = 5 ] || [ $s = 10 ]'
check 'init leaves what is there alone' \
  sh -c '"$ATTEST" init text.attest 2>err; [ $? = 1 ] && grep -q "^attest: text.attest: " err && grep -q "Is this" text.attest'
check 'init in a folder that is not there' \
  sh -c '"$ATTEST" init no/where 2>err; [ $? = 1 ] && grep -q "^attest: no/where.attest: No such file" err'

# --- in use: somebody holds a transaction
hold () # SQL: in another process, until release
{
  mkfifo ../talk && sqlite3 good.attest <../talk >../held 2>&1 &
  holder=$!
  while [ ! -p ../talk ]; do :; done
  exec 7>../talk
  echo "$1; SELECT 'held';" >&7
  while ! grep -q held ../held 2>/dev/null; do kill -0 $holder || return 1; done
}
release ()
{
  echo 'ROLLBACK;' >&7
  exec 7>&-
  wait $holder
  rm -f ../talk ../held
}
if hold 'PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; DELETE FROM turn'; then
  check 'while another program writes, reading goes on' \
    sh -c '"$ATTEST" -p good.attest turns a --format json | jq -e "length == 2"'
  check 'while another program writes, writing is refused in time' \
    sh -c '"$ATTEST" -p good.attest ingest b.txt >out 2>err; [ $? = 5 ] && [ "$(wc -l <err)" = 1 ] && grep -q "^attest: good.attest: is in use" err && [ ! -s out ]'
  release
  check 'afterwards it is as it was' \
    sh -c '"$ATTEST" -p good.attest sources --format json | jq -e "length == 1 and .[0].turns == 2" && "$ATTEST" -p good.attest verify'
else
  skip 'while another program writes' 'sqlite3 does not hold a transaction'
fi

# --- permissions: root may do everything, so somebody else tries
if [ "$(id -u)" -eq 0 ]; then
  somebody () { setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent "$@"; }
else
  somebody () { "$@"; }
fi
mkdir ../shared && cp "$ATTEST" a.txt b.txt ../shared && cp -r "$ATTEST_DATA_DIR/data" ../shared
chmod 755 .. && cd ../shared || exit 99
[ "$(id -u)" -ne 0 ] || chown 65534:65534 . ./*
ATTEST_DATA_DIR=$PWD
ATTEST=$PWD/attest
export ATTEST_DATA_DIR ATTEST
if somebody "$ATTEST" --version >/dev/null 2>&1 && somebody "$ATTEST" init good >/dev/null; then
  somebody "$ATTEST" -p good.attest ingest a.txt >/dev/null
  reads () { somebody "$ATTEST" -p "$1" turns a --format json | jq -e 'length == 2' && somebody "$ATTEST" -p "$1" verify; }
  writes_not ()
  {
    before=$(state "$1")
    somebody "$ATTEST" -p "$1" ingest b.txt >../out 2>../err
    status=$?
    cat ../err
    [ $status -eq 5 ] && [ "$(wc -l < ../err)" -eq 1 ] && grep -q "^attest: $1: .*$2" ../err || return 1
    [ "$(state "$1")" = "$before" ] || { echo "changed: $before"; state "$1"; return 1; }
  }
  cp -p good.attest fixed.attest && chmod 400 fixed.attest
  check 'a read-only file is read' reads fixed.attest
  check 'a read-only file is not written' writes_not fixed.attest 'is read-only'
  mkdir shut && cp -p good.attest shut/in.attest && chmod 555 shut
  [ "$(id -u)" -ne 0 ] || chown 0 shut
  check 'a project in a read-only folder is read' reads shut/in.attest
  check 'a project in a read-only folder is not written, and the remedy is named' \
    writes_not shut/in.attest '\(read-only\|folder\)'
  cp -p good.attest secret.attest && chmod 000 secret.attest
  reads_not () { status_is 1 somebody "$ATTEST" -p "$1" sources 2>../err; grep -q "^attest: $1: Permission denied" ../err; }
  check 'a file that may not be read is exit 1' reads_not secret.attest
else
  skip 'read-only files and folders' 'nobody cannot run attest here'
fi

# --- modes
cd ../work || exit 99
umask 000
"$ATTEST" init mode >/dev/null
check 'a new project is readable by its owner only' sh -c '[ "$(stat -c %a mode.attest)" = 600 ]'
modes_in_use ()
{
  mkfifo ../hold
  # A reader keeps -wal and -shm there while we look.
  sqlite3 mode.attest 'BEGIN; SELECT count(*) FROM source;' '.read ../hold' >/dev/null &
  reader=$!
  "$ATTEST" -p mode.attest ingest a.txt
  stat -c '%a %n' mode.attest* > modes
  echo 'ROLLBACK;' > ../hold
  wait $reader
  cat modes
  grep -q -e -wal modes && ! grep -v '^600 ' modes
}
check 'so are -wal and -shm' modes_in_use
gzip -dc "$ATTEST_SRCDIR/tests/schema/v001.attest.gz" > old.attest
chmod 600 old.attest
sqlite3 old.attest 'PRAGMA user_version' > version
if [ "$(cat version)" -lt "$(sqlite3 good.attest 'PRAGMA user_version')" ]; then
  check 'and the copy that is made before an upgrade' \
    sh -c '"$ATTEST" -p old.attest sources && [ "$(stat -c %a old.attest.v1.bak)" = 600 ]'
else
  skip 'and the copy that is made before an upgrade' 'there is no older schema yet'
fi
done_testing
