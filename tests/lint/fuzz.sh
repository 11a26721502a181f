#!/bin/sh
# Every reader in the table has a fuzz target, listed for make check and make fuzz, with seeds. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

untested () # ROOT
{
  for id in $(sed -n 's/^ *[{=]* *&attest_reader_\([a-z0-9]*\),.*/\1/p' "$1/src/reader/attest-reader.c"); do
    [ -f "$1/tests/fuzz/fuzz-reader-$id.c" ] || echo "$id: no tests/fuzz/fuzz-reader-$id.c"
    grep -q "fuzz_programs += .*/fuzz-reader-$id\$" "$1/tests/Makefile-fuzz.am" \
      || echo "$id: its fuzz target is not in tests/Makefile-fuzz.am"
    ls "$1/tests/golden/reader-$id"/*.d/input.* >/dev/null 2>&1 \
      || echo "$id: no seeds in tests/golden/reader-$id"
  done
}
n_readers () { sed -n 's/^ *&attest_reader_[a-z0-9]*,.*/x/p' "$ATTEST_SRCDIR/src/reader/attest-reader.c" | wc -l; }
all_extern () # each that attest-reader-private.h declares is in the list, or else this test sees too little
{
  declared=$(grep -c '^extern const AttestReader attest_reader_' "$ATTEST_SRCDIR/src/reader/attest-reader-private.h")
  [ "$(n_readers)" -eq "$declared" ] || { echo "$(n_readers) in the table, $declared declared"; return 1; }
}

silent 'every reader has a fuzz target with seeds' untested "$ATTEST_SRCDIR"
check 'the table of readers is read whole' all_extern

mkdir -p src/reader tests/fuzz tests/golden
printf '  &attest_reader_new,\n' > src/reader/attest-reader.c
: > tests/Makefile-fuzz.am
found () { untested . | grep -q "$1"; }
check 'found: a reader without a target' found 'new: no tests/fuzz'
check 'found: a target in no Makefile' found 'new: .*Makefile-fuzz'
check 'found: no seeds' found 'new: no seeds'
done_testing
