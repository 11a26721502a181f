#!/bin/sh
# doc/reports.md: its commands print what it says. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/doc-page.sh"
unset COLUMNS
unpack_page reports.md

check 'the page has files' [ -s union.txt ] && [ -s book.yaml ] && [ -s people.csv ]
for block in *.console; do
  check "$(sed -n '1s/^..//p' "$block") … prints what the page says" prints_as_shown "$block"
done
check 'the page has commands' [ -e 08.console ]
done_testing
