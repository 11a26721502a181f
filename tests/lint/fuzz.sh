#!/bin/sh
# Every reader and every format of codebooks in its table has a fuzz target, listed for make check and make fuzz, with seeds. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

without_target () # ROOT KIND ID…
{
  root=$1 kind=$2
  shift 2
  for id in "$@"; do
    [ -f "$root/tests/fuzz/fuzz-$kind-$id.c" ] || echo "$id: no tests/fuzz/fuzz-$kind-$id.c"
    grep -q "fuzz_programs += .*/fuzz-$kind-$id\$" "$root/tests/Makefile-fuzz.am" \
      || echo "$id: its fuzz target is not in tests/Makefile-fuzz.am"
    ls "$root/tests/golden/$kind-$id"/*.d/input.* >/dev/null 2>&1 \
      || echo "$id: no seeds in tests/golden/$kind-$id"
  done
}
# shellcheck disable=SC2046
untested () # ROOT
{
  without_target "$1" reader \
    $(sed -n 's/^ *[{=]* *&attest_reader_\([a-z0-9]*\),.*/\1/p' "$1/src/reader/attest-reader.c")
  without_target "$1" exchange \
    $(sed -n 's/^ *&attest_format_\([a-z0-9]*\),.*/\1/p' "$1/src/exchange/attest-exchange.c")
}
n_readers () { sed -n 's/^ *&attest_reader_[a-z0-9]*,.*/x/p' "$ATTEST_SRCDIR/src/reader/attest-reader.c" | wc -l; }
all_extern () # each that attest-reader-private.h declares is in the list, or else this test sees too little
{
  declared=$(grep -c '^extern const AttestReader attest_reader_' "$ATTEST_SRCDIR/src/reader/attest-reader-private.h")
  [ "$(n_readers)" -eq "$declared" ] || { echo "$(n_readers) in the table, $declared declared"; return 1; }
}

silent 'every reader has a fuzz target with seeds' untested "$ATTEST_SRCDIR"
check 'the table of readers is read whole' all_extern

mkdir -p src/reader src/exchange tests/fuzz tests/golden
printf '  &attest_reader_new,\n' > src/reader/attest-reader.c
printf '  &attest_format_other,\n' > src/exchange/attest-exchange.c
: > tests/Makefile-fuzz.am
found () { untested . | grep -q "$1"; }
check 'found: a reader without a target' found 'new: no tests/fuzz'
check 'found: a target in no Makefile' found 'new: .*Makefile-fuzz'
check 'found: no seeds' found 'new: no seeds'
check 'found: a format of codebooks without a target' found 'other: no tests/fuzz/fuzz-exchange'
done_testing
