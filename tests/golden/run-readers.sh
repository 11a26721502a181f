#!/bin/sh
# What each reader makes of small files: tests/golden/reader-ID/CASE.d holds input.SUFFIX, perhaps args
# (one option a line), and expected.json, or expected.err for input that is refused. TAP.
# With ATTEST_UPDATE_GOLDEN=1 the expected files are written anew: look at the difference before you keep it.
set -u
golden=$ATTEST_SRCDIR/tests/golden
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT || exit 99
n=0

result () { # runs one case in its folder; prints what there is to compare
  set --
  if [ -f args ]; then while IFS= read -r arg; do set -- "$@" "$arg"; done < args; fi
  status=0
  "$ATTEST" read "$(echo input.*)" --format json "$@" > "$scratch/out" 2> "$scratch/err" || status=$?
  if [ "$status" -eq 0 ]; then cat "$scratch/out"; else echo "exit $status"; cat "$scratch/err"; fi
}

for case in "$golden"/reader-*/*.d; do
  cd "$case" || exit 99
  n=$((n + 1))
  name=${case#"$golden"/}
  result > "$scratch/actual"
  expected=expected.json
  head -n 1 "$scratch/actual" | grep -q '^exit ' && expected=expected.err
  if [ -n "${ATTEST_UPDATE_GOLDEN-}" ]; then
    rm -f expected.json expected.err
    cp "$scratch/actual" "$expected"
  fi
  if [ -f "$expected" ] && cmp -s "$expected" "$scratch/actual"; then
    echo "ok $n - ${name%.d}"
  else
    echo "not ok $n - ${name%.d}"
    diff -u "$expected" "$scratch/actual" 2>&1 | sed 's/^/# /'
  fi
done
echo "1..$n"
