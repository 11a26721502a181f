#!/bin/sh
# What becomes of codebooks of other programs: tests/golden/exchange-FORMAT/CASE.d holds input.SUFFIX,
# perhaps args (one option a line), and expected: the codebook and what was lost, or the error. TAP.
# With ATTEST_UPDATE_GOLDEN=1 the expected files are written anew: look at the difference before you keep it.
set -u
golden=$ATTEST_SRCDIR/tests/golden
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT || exit 99
n=0

result () { # runs one case in its folder; prints what there is to compare
  set --
  if [ -f args ]; then while IFS= read -r arg; do set -- "$@" "$arg"; done < args; fi
  status=0
  "$ATTEST" codebook import "$(echo input.*)" "$@" > "$scratch/out.yaml" 2> "$scratch/err" || status=$?
  [ "$status" -eq 0 ] || echo "exit $status"
  cat "$scratch/err" "$scratch/out.yaml"
  # What comes out is a codebook, and nothing comes out of what cannot be read.
  if [ "$status" -eq 0 ]; then
    "$ATTEST" codebook check "$scratch/out.yaml" > "$scratch/check" || cat "$scratch/check"
  fi
}

for case in "$golden"/exchange-*/*.d; do
  cd "$case" || exit 99
  n=$((n + 1))
  name=${case#"$golden"/}
  result > "$scratch/actual"
  [ -z "${ATTEST_UPDATE_GOLDEN-}" ] || cp "$scratch/actual" expected
  if cmp -s expected "$scratch/actual"; then
    echo "ok $n - ${name%.d}"
  else
    echo "not ok $n - ${name%.d}"
    diff -u expected "$scratch/actual" 2>&1 | sed 's/^/# /'
  fi
done
echo "1..$n"
