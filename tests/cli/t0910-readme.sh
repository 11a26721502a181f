#!/bin/sh
# The README: its tour runs as it stands there and prints what it shows, its links lead somewhere. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
PATH=$(dirname "$ATTEST"):$PATH
COLUMNS=88
export COLUMNS

# One file a command, NNN.cmd, and what is shown below it, NNN.out, from the indented blocks.
tour () # README
{
  awk '
    /^## A five-minute tour/ { on = 1 }
    /^## More/ { on = 0 }
    on && /^    \$ / { n++; file = sprintf("%03d", n); print substr($0, 7) > (file ".cmd"); printf "" > (file ".out"); next }
    on && /^    / && n { print substr($0, 5) > (file ".out"); next }
    on && /^$/ { next }
    { file = "/dev/null" }' "$1"
}

# Numbers, quote ids and widths change with the codebook; the words do not.
masked () { sed 's/Q[0-9A-Z]\{6\}/Q/g; s/[0-9][0-9.,]*/N/g; s/[─█▏▎▍▌▋▊▉]\{1,\}/-/g; s/  */ /g; s/ *$//; /^$/d' "$1"; }

# SHOWN PRINTED: the lines of SHOWN are in PRINTED, in order; "…" stands for any lines
is_printed ()
{
  masked "$1" > shown.masked
  masked "$2" > printed.masked
  awk '
    NR == FNR { shown[++n] = $0; next }
    { printed[++m] = $0 }
    END {
      at = 1; gap = 0
      for (i = 1; i <= n; i++) {
        if (shown[i] == "…") { gap = 1; continue }
        if (gap) while (at <= m && printed[at] != shown[i]) at++
        if (at > m || printed[at] != shown[i]) { print "not printed: " shown[i]; print "printed:     " printed[at]; exit 1 }
        at++; gap = 0
      }
      if (!gap && at <= m && n > 0) { print "not shown: " printed[at]; exit 1 }
    }' shown.masked printed.masked
}

cp -r "$ATTEST_SRCDIR/corpora" . && chmod -R u+w corpora
tour "$ATTEST_SRCDIR/README.md"
run () # FILE WITHOUT SUFFIX
{
  sh "$1.cmd" >printed.txt 2>errors.txt </dev/null
  status=$?
  cat errors.txt
  [ $status -eq 0 ] && [ ! -s errors.txt ] || { echo "exit $status"; return 1; }
  is_printed "$1.out" printed.txt
}
for command in [0-9]*.cmd; do
  check "$(cat "$command")" run "${command%.cmd}"
done
check 'the tour was there' [ -e 008.cmd ]
check 'the page of the tour is there' grep -q '<html' evidence.html

lost_links ()
{
  for file in README.md doc/architecture.md doc/hacking.md doc/codebook.md; do
    grep -o '](\([^)]*\))' "$ATTEST_SRCDIR/$file" | sed 's/](\(.*\))/\1/; s/#.*//' | grep -v -e '^http' -e '^$' \
      | while read -r link; do
        [ -e "$(dirname "$ATTEST_SRCDIR/$file")/$link" ] || echo "$file: $link is not there"
      done
  done
}
silent 'links lead somewhere' lost_links

# Files, commands and make targets that the pages name.
lost_names ()
{
  grep -oh '`\(src\|tests\|doc\|codebooks\)/[a-zA-Z0-9_./-]*`' "$ATTEST_SRCDIR"/README.md "$ATTEST_SRCDIR"/doc/architecture.md \
    "$ATTEST_SRCDIR"/doc/hacking.md | tr -d '`' | sort -u | while read -r name; do
    case $name in *NAME* | *NNN* | *ID.*) continue ;; esac
    [ -e "$ATTEST_SRCDIR/$name" ] || echo "$name is not there"
  done
  grep -oh '`attest [a-z]*' "$ATTEST_SRCDIR"/README.md "$ATTEST_SRCDIR"/doc/*.md | sed 's/.attest //' | sort -u \
    | while read -r command; do
      [ -z "$command" ] || "$ATTEST" "$command" --help >/dev/null 2>&1 || echo "attest $command is no command"
    done
}
silent 'files and commands that the pages name are there' lost_names

undocumented ()
{
  sed -n 's/.*ATTEST_NEED(.*\[\(lib[a-z0-9.-]*\|nettle-dev\)\]).*/\1/p' "$ATTEST_SRCDIR/configure.ac" | while read -r package; do
    grep -q "$package" "$ATTEST_SRCDIR/doc/architecture.md" || echo "doc/architecture.md does not name $package"
  done
}
silent 'every dependency has its reason in architecture.md' undocumented

printf '%s\n' one '…' three > a && printf '%s\n' one two three > b && printf '%s\n' one two four > c
check 'passed: lines that were left out' is_printed a b
check 'found: a line that is not printed' fails is_printed a c
check 'found: lines that are not shown' fails is_printed c a
done_testing
