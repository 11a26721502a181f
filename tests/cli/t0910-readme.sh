#!/bin/sh
# The README: its tour runs as it stands there and prints what it shows, its links lead somewhere. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
PATH=$(dirname "$ATTEST"):$PATH
COLUMNS=88
export COLUMNS

# One file a command, NNN.cmd, and what is shown below it, NNN.out, from the indented blocks; what stands
# above the tour is 999, for when its project is there.
tour () # README
{
  awk '
    /^## A five-minute tour/ { on = 1 }
    /^## Two commands/ || /^## More/ { on = 0 }
    NR == 1 { on = 1; first = 998 }
    on && /^    \$ / { n++; file = sprintf("%03d", n + first); first = 0; print substr($0, 7) > (file ".cmd"); printf "" > (file ".out"); next }
    on && /^    / && n { print substr($0, 5) > (file ".out"); next }
    on && /^$/ { next }
    { file = "/dev/null" }' "$1"
}

# SHOWN PRINTED [NEW]: the lines of SHOWN are in PRINTED, in order; "…" stands for any lines. NEW gets
# SHOWN with the numbers, quote ids and bars of PRINTED.
is_printed ()
{
  awk -v new="${3:-/dev/null}" '
    function masked (line) {
      gsub (/Q[0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]/, "Q", line)
      gsub (/[0-9][0-9.,]*/, "N", line); gsub (/[─█▏▎▍▌▋▊▉]/, "", line); gsub (/  */, " ", line); sub (/ *$/, "", line)
      return line
    }
    { sub (/ *$/, "") }
    /^$/ { next }
    NR == FNR { shown[++n] = $0; next }
    { printed[++m] = $0 }
    END {
      at = 1; gap = 0
      for (i = 1; i <= n; i++) {
        if (shown[i] == "…") { gap = 1; print shown[i] > new; continue }
        if (gap) {
          for (to = at; to <= m && printed[to] != shown[i]; to++) ;
          if (to > m) for (to = at; to <= m && masked(printed[to]) != masked(shown[i]); to++) ;
          at = to
        }
        if (at > m || masked(printed[at]) != masked(shown[i])) { print "not printed: " shown[i]; print "printed:     " printed[at]; exit 1 }
        if (printed[at] != shown[i] && new == "/dev/null") { print "shown:   " shown[i]; print "printed: " printed[at]; print "make update-golden"; exit 1 }
        print printed[at] > new
        at++; gap = 0
      }
      if (!gap && at <= m && n > 0) { print "not shown: " printed[at]; exit 1 }
    }' "$1" "$2"
}

# README with the blocks of the tour replaced by NNN.new
renewed ()
{
  awk '
    /^## A five-minute tour/ { on = 1 }
    /^## Two commands/ || /^## More/ { on = 0 }
    NR == 1 { on = 1; first = 998 }
    on && /^    \$ / { n++; print; file = sprintf("%03d.new", n + first); first = 0; while ((getline line < file) > 0) print "    " line; next }
    on && n && /^    / { next }
    { print }' "$1"
}

cp -r "$ATTEST_SRCDIR/corpora" . && chmod -R u+w corpora
tour "$ATTEST_SRCDIR/README.md"
run () # FILE WITHOUT SUFFIX
{
  sh "$1.cmd" >printed.txt 2>errors.txt </dev/null
  status=$?
  cat errors.txt
  [ $status -eq 0 ] && [ ! -s errors.txt ] || { echo "exit $status"; return 1; }
  is_printed "$1.out" printed.txt "${ATTEST_UPDATE_GOLDEN:+$1.new}" || { cp "$1.out" "$1.new"; return 1; }
}
for command in [0-9]*.cmd; do
  check "$(cat "$command")" run "${command%.cmd}"
done
check 'the tour was there' [ -e 008.cmd ] && [ -e 999.cmd ]
if [ -n "${ATTEST_UPDATE_GOLDEN-}" ]; then
  renewed "$ATTEST_SRCDIR/README.md" >README.new && cp README.new "$ATTEST_SRCDIR/README.md"
fi
check 'the page of the tour is there' grep -q '<html' evidence-book/index.html

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
