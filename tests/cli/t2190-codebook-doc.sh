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

# Blocks "```yaml NAME" become files, "```console" blocks become NN.console.
awk '
  /^```yaml ./ { file = $2; next }
  /^```console/ { file = sprintf ("%02d.console", ++blocks); next }
  /^```/ { if (file) close (file); file = ""; next }
  file { print > file }
' "$ATTEST_SRCDIR/doc/codebook.md"

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
attest () { "$ATTEST" "$@" 2>&1; }
for block; do
  grep '^\$ ' "$block" | while read -r _ command; do
    echo "\$ $command"
    eval "$command"
  done >out
  cmp -s "$block" out || diff "$block" out | sed 's/^/# /'
  cmp -s "$block" out
  ok $? "$(sed -n '1s/^..//p' "$block") … prints what the page says"
done
echo "1..$n"
