#!/bin/sh
# A disk that is full or broken, and a program that is killed, at each single write: the project is
# as it was before or as it is after, it verifies, and nothing is called done that is not. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
# 1 looks at every write, which takes a minute.
step=${ATTEST_FAULT_STEP:-3}
fail_io=$ATTEST_BUILDDIR/tests/fault/fail-io.so
[ -e "$fail_io" ] || skip_all 'tests/fault/fail-io.so is not built'
if nm "$ATTEST" 2>/dev/null | grep -q -e ' __asan_init' -e ' __tsan_init'; then
  skip_all 'a sanitizer wants to be loaded first'
fi

printf 'Interviewer: Did it help?\nRespondent: It helped.\n' > a.txt
printf 'Interviewer: What changed?\nRespondent: Everything \303\251.\n' > b.txt
printf 'id: small\ncodes: [{id: help, rules: [helped]}]\n' > book.yaml
mkdir before && cd before || exit 99
"$ATTEST" init p >/dev/null && "$ATTEST" ingest ../a.txt >/dev/null && "$ATTEST" code ../book.yaml >/dev/null || exit 99
quote=$("$ATTEST" segments --format json | jq -r '.[0].id')
cd ..

dump () # FOLDER: what the project holds, opened as anybody would after a crash
{
  rm -rf dumped && cp -r "$1" dumped && sqlite3 dumped/p.attest .dump
}
dump before > before.sql

failures=0

# N HOW COMMAND…: in a fresh copy; status in $status
with_fault ()
{
  rm -rf now && cp -r before now
  fault_at=$1 fault_how=$2
  shift 2
  # The shell tells of what is killed.
  {
    (cd now && LD_PRELOAD=$fail_io FAIL_IO_PATH=p.attest FAIL_IO_AT=$fault_at \
      FAIL_IO_HOW=$fault_how "$@" >../now.out 2>../now.err)
    status=$?
  } 2>/dev/null
  [ $status -eq 0 ] || failures=$((failures + 1))
}

complain () { echo "$fault_how at write $fault_at: $*"; cat now.out now.err; }

# What must hold after each fault.
examine () # ADDED: what the command adds, as the beginning of a row in SQL
{
  "$ATTEST" -p now/p.attest verify >verify.out 2>&1 || complain "verify: $(cat verify.out)"
  dump now > now.sql 2>&1
  if cmp -s before.sql now.sql; then
    [ $status -ne 0 ] || complain 'success without the change'
  else
    grep -q "^INSERT INTO $1" now.sql || complain 'half a change'
    # A failed sync leaves open which of both it is; a full disk does not.
    [ $status -eq 0 ] || [ "$fault_how" != full ] || complain 'failure with the change'
  fi
  if [ $status -ne 0 ] && [ "$fault_how" != kill ]; then
    [ $status -eq 5 ] || [ $status -eq 1 ] || complain "exit $status"
    [ "$(wc -l < now.err)" -eq 1 ] || complain 'not one line'
    grep -q '^attest: .*p[.]attest' now.err || complain 'the file is not named'
  fi
  [ -z "$(find now -type f ! -perm 600)" ] || complain "readable by others: $(ls -l now)"
}

# HOW STEP ADDED COMMAND…: at every STEP-th write until the command no longer meets one
at_every_write ()
{
  how=$1 stride=$2 added=$3
  shift 3
  n=1
  survived=0
  failures=0
  while [ $n -le 400 ] && [ $survived -lt 2 ]; do
    with_fault $n "$how" "$@"
    examine "$added"
    # A fault after the commit (the log is written back) does no harm: look a little further.
    if [ $status -eq 0 ]; then survived=$((survived + 1)); else survived=0; fi
    n=$((n + stride))
  done
  [ $failures -gt $((10 / stride)) ] || echo "only $failures faults were met"
  [ $n -lt 400 ] || echo 'no end of writes'
}

b="source VALUES([0-9]*,'b',"
silent 'ingest, the disk is full from each write on' at_every_write full $step "$b" "$ATTEST" ingest ../b.txt
silent 'ingest, killed in each write' at_every_write kill $step "$b" "$ATTEST" ingest ../b.txt
silent 'ingest, the disk breaks' at_every_write broken 4 "$b" "$ATTEST" ingest ../b.txt
silent 'ingest, a write fails once' at_every_write once 4 "$b" "$ATTEST" ingest ../b.txt

silent 'a decision, the disk is full from each write on' \
  at_every_write full 1 'decision VALUES(1,' "$ATTEST" review --accept "$quote"
silent 'a decision, killed in each write' at_every_write kill 1 'decision VALUES(1,' "$ATTEST" review --accept "$quote"

silent 'a finding with its link, the disk is full from each write on' \
  at_every_write full 1 'entry_link VALUES(1,' "$ATTEST" finding add 'It works' --on "$quote"
silent 'a finding with its link, killed in each write' \
  at_every_write kill 1 'entry_link VALUES(1,' "$ATTEST" finding add 'It works' --on "$quote"

# A withdrawal is whole or not at all, and then the words are gone, also when the file could not be written anew.
withdraw_at_every_write () # HOW
{
  n=1
  survived=0
  failures=0
  while [ $n -le 2000 ] && [ $survived -lt 2 ]; do
    with_fault $n "$1" "$ATTEST" respondents withdraw a/Respondent --because asked --yes
    "$ATTEST" -p now/p.attest verify >verify.out 2>&1 || complain "verify: $(cat verify.out)"
    dump now >now.sql 2>&1
    if grep -q '^INSERT INTO withdrawal VALUES(1,' now.sql; then
      ! cat now/* | grep -aq 'It helped' || complain 'the words are still there'
    else
      cmp -s before.sql now.sql || complain 'half a change'
      [ $status -ne 0 ] || complain 'success without the change'
    fi
    if [ $status -eq 0 ]; then survived=$((survived + 1)); else survived=0; fi
    # The last many are those that write the file anew.
    n=$((n < 30 ? n + 1 : n + 23))
  done
  [ $failures -gt 10 ] || echo "only $failures faults were met"
  [ $n -lt 2000 ] || echo 'no end of writes'
}
silent 'a withdrawal, the disk is full from each write on' withdraw_at_every_write full
silent 'a withdrawal, killed in each write' withdraw_at_every_write kill
cp before/p.attest other.attest
"$ATTEST" -p other.attest review --accept "$quote" --coder ben >/dev/null && "$ATTEST" -p other.attest ingest b.txt >/dev/null
silent 'a merge, the disk is full from each write on' \
  at_every_write full 4 'decision VALUES(1,' "$ATTEST" -p p.attest merge ../other.attest
silent 'a merge, killed in each write' at_every_write kill 4 'decision VALUES(1,' "$ATTEST" -p p.attest merge ../other.attest
merge_on_a_full_disk ()
{
  n=1
  status=1
  while [ $n -le 800 ] && [ $status -ne 0 ]; do
    rm -rf new && mkdir new
    (cd new && LD_PRELOAD=$fail_io FAIL_IO_PATH=q.attest FAIL_IO_AT=$n FAIL_IO_HOW=full \
      "$ATTEST" merge q ../before/p.attest ../other.attest >../now.out 2>../now.err)
    status=$?
    [ $status -eq 0 ] || [ -z "$(ls -A new)" ] || echo "at write $n: left behind: $(ls new)"
    n=$((n + 5))
  done
  [ $n -gt 5 ] && [ $status -eq 0 ] || echo "$n writes, exit $status"
}
silent 'a merge into a new file on a full disk leaves nothing behind' merge_on_a_full_disk

# A large transaction works with a rollback journal: faults here and there.
awk 'BEGIN { for (i = 0; i < 150000; i++) printf "Respondent: turn %d was about the school, the road and the well.\n", i }' > large.txt
silent 'the large file is large enough for that' sh -c '[ "$(wc -c < large.txt)" -gt 8500000 ] || echo no'
in_a_large_transaction ()
{
  FAIL_IO_COUNT=$scratch/count
  export FAIL_IO_COUNT
  with_fault 1000000 full "$ATTEST" ingest ../large.txt
  unset FAIL_IO_COUNT
  writes=$(cat "$scratch/count")
  [ "$writes" -gt 100 ] || echo "only $writes writes"
  for fault in 'kill 2' "kill $((writes / 2))" "kill $((writes * 9 / 10))" "full $((writes / 4))"; do
    with_fault "${fault#* }" "${fault% *}" "$ATTEST" ingest ../large.txt
    [ $status -ne 0 ] || complain 'the fault never came'
    examine "source VALUES([0-9]*,'large',"
  done
}
silent 'a large ingest, full disk and killed' in_a_large_transaction

init_on_a_full_disk ()
{
  n=1
  status=1
  while [ $n -le 800 ] && [ $status -ne 0 ]; do
    rm -rf new && mkdir new
    (cd new && LD_PRELOAD=$fail_io FAIL_IO_PATH=q.attest FAIL_IO_AT=$n FAIL_IO_HOW=full \
      "$ATTEST" init q >../now.out 2>../now.err)
    status=$?
    [ $status -eq 0 ] || [ -z "$(ls -A new)" ] || echo "at write $n: left behind: $(ls new)"
    [ $status -eq 0 ] || grep -q '^attest: .*q[.]attest' now.err || { echo "at write $n:"; cat now.err; }
    n=$((n + 1))
  done
  [ $n -gt 5 ] && [ $status -eq 0 ] || echo "$n writes, exit $status"
}
silent 'init on a full disk leaves nothing behind' init_on_a_full_disk
done_testing
