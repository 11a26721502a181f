#!/bin/sh
# doc/codebook.md: its codebooks are right, and its commands print what it says.
set -u
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 99
n=0

ok ()
{
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

. "$ATTEST_SRCDIR/tests/cli/doc-page.sh"
unpack_page codebook.md

set -- *.yaml
[ $# -ge 8 ]
ok $? 'the page has codebooks'
for book; do
  case $book in
    broken.yaml) continue ;;
    failing.yaml) expected=10 ;;
    *) expected=0 ;;
  esac
  "$ATTEST" codebook test "$book" >out 2>&1
  [ $? -eq $expected ]
  ok $? "$book: its examples pass"
  case $book in
    first.yaml | failing.yaml) continue ;;
  esac
  "$ATTEST" codebook check "$book" | tail -n 1 | grep -q ': 0 errors, 0 warnings$'
  ok $? "$book: nothing is wrong with it"
done

set -- *.console
[ $# -ge 3 ]
ok $? 'the page has commands'
for block; do
  prints_as_shown "$block" >difference
  status=$?
  sed 's/^/# /' difference
  ok $status "$(sed -n '1s/^..//p' "$block") … prints what the page says"
done
echo "1..$n"
