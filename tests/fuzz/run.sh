#!/bin/sh
# tests/fuzz/run.sh TARGET…: builds the fuzz targets with libFuzzer and the sanitizers in _fuzz/, and
# runs each for FUZZ_SECONDS. New inputs are kept in _fuzz/corpus-NAME, what fails in _fuzz/crash-*.
set -eu
command -v clang >/dev/null || { echo "make fuzz needs clang: apt-get install clang" >&2; exit 1; }
flags='-g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all'
mkdir -p _fuzz
cd _fuzz
[ -f Makefile ] || "$ATTEST_SRCDIR/configure" --quiet CC=clang \
  CFLAGS="$flags -fsanitize=fuzzer-no-link"
make --silent libattest.a
libs=$(make --silent print-libs)
status=0
for target in "$@"; do
  name=${target##*/fuzz-}
  # shellcheck disable=SC2046,SC2086
  clang $flags -fsanitize=fuzzer -std=gnu11 -DATTEST_LIBFUZZER -I"$ATTEST_SRCDIR/src" -I. \
    $(pkg-config --cflags glib-2.0) "$ATTEST_SRCDIR/tests/fuzz/fuzz-$name.c" libattest.a $libs \
    -o "fuzz-$name"
  mkdir -p "corpus-$name"
  for seed in "$ATTEST_SRCDIR/tests/golden/$(echo "$name" | sed 's/^reader-/&/')"/*.d/input.*; do
    cp "$seed" "corpus-$name/$(echo "${seed%/*}" | sed 's,.*/,,').${seed##*.}"
  done
  # Parts of archives, for the targets that make archives of what is none.
  case $name in reader-docx) part=word/document.xml ;; reader-xlsx) part='xl/worksheets/s*.xml' ;; *) part= ;; esac
  if [ -n "$part" ] && command -v unzip >/dev/null; then
    for seed in "corpus-$name"/*.d."${name#reader-}"; do
      unzip -p "$seed" "$part" >"$seed.xml" 2>/dev/null || rm -f "$seed.xml"
    done
  fi
  echo "== $name, ${FUZZ_SECONDS:-60} s"
  G_SLICE=always-malloc ASAN_OPTIONS=allocator_may_return_null=1 "./fuzz-$name" \
    -max_total_time="${FUZZ_SECONDS:-60}" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="crash-$name-" "corpus-$name" \
    >"log-$name" 2>&1 || { status=1; tail -n 40 "log-$name"; }
  grep -E 'stat::number_of_executed_units|^SUMMARY' "log-$name" || :
done
exit "$status"
