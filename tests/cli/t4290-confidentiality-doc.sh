#!/bin/sh
# doc/confidentiality.md: its commands print what it says. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/doc-page.sh"
USER=kim
export USER
unpack_page confidentiality.md

check 'the page has files' sh -c '[ -s talk.txt ] && [ -s more.txt ] && [ -s who.csv ] && [ -s book.yaml ]'
for block in *.console; do
  check "$(sed -n '1s/^..//p' "$block") … prints what the page says" prints_as_shown "$block"
done
check 'the page has commands' [ -e 03.console ]
done_testing
