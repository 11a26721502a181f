#!/bin/sh
# A disk that breaks, and a program that is killed, while an evidence book is written: the old book is there as it was.
# A full disk is in tests/cli/t4100-book.sh. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
fail_io=$ATTEST_BUILDDIR/tests/fault/fail-io.so
[ -e "$fail_io" ] || skip_all 'tests/fault/fail-io.so is not built'
if nm "$ATTEST" 2>/dev/null | grep -q -e ' __asan_init' -e ' __tsan_init'; then
  skip_all 'a sanitizer wants to be loaded first'
fi
printf 'Interviewer: Did it help?\nRespondent: It helped.\n' > a.txt
printf 'id: small\ncodes: [{id: help, rules: [helped]}]\n' > book.yaml
"$ATTEST" init p >/dev/null && "$ATTEST" ingest a.txt >/dev/null && "$ATTEST" code book.yaml >/dev/null || exit 99
"$ATTEST" book folder >/dev/null && "$ATTEST" book one.html >/dev/null || exit 99
cp -r folder old-folder && cp one.html old.html
"$ATTEST" memo --source a 'The office was loud.' >/dev/null 2>&1 || "$ATTEST" memo a 'The office was loud.' >/dev/null 2>&1
"$ATTEST" finding add 'It helped' >/dev/null || exit 99

# WHAT HOW: at each sync of a file of it, until none is met
at_every_sync ()
{
  n=1
  met=0
  while [ $n -le 60 ]; do
    rm -rf folder one.html && cp -r old-folder folder && cp old.html one.html
    {
      LD_PRELOAD=$fail_io FAIL_IO_PATH=$1 FAIL_IO_AT=$n FAIL_IO_HOW=$2 "$ATTEST" book "$1" >out 2>err
      status=$?
    } 2>/dev/null
    if [ $status -eq 0 ]; then
      diff -rq folder old-folder >/dev/null && cmp -s one.html old.html && echo "at sync $n: success without the new book"
      break
    fi
    met=$((met + 1))
    diff -r folder old-folder && cmp one.html old.html || echo "at sync $n: the old book is not as it was"
    if [ "$2" != kill ]; then
      [ $status -eq 1 ] || echo "at sync $n: exit $status"
      grep -q "^attest: $1" err || { echo "at sync $n:"; cat err; }
      [ -z "$(ls -d "$1".* 2>/dev/null)" ] || ls -d "$1".*
    fi
    rm -rf "$1".*
    n=$((n + 1))
  done
  [ $met -gt 0 ] || echo 'no fault was met'
  [ $n -le 60 ] || echo 'no end of syncs'
}
silent 'a folder, the disk breaks at each sync' at_every_sync folder broken
silent 'a folder, killed at each sync' at_every_sync folder kill
silent 'one page, the disk breaks' at_every_sync one.html broken
silent 'one page, killed' at_every_sync one.html kill
# What a killed one left behind does not stand in the way.
mkdir folder.abcdef && echo x >folder.abcdef/index.html
check 'the next book is written all the same' "$ATTEST" book folder
done_testing
