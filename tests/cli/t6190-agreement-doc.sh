#!/bin/sh
# doc/agreement.md: its commands print what it says. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/doc-page.sh"
unpack_page agreement.md

check 'the page has tables' test -s coders.csv -a -s codes.csv -a -s ratings.csv -a -s spans.csv
for block in *.console; do
  check "$(sed -n '1s/^..//p' "$block") … prints what the page says" prints_as_shown "$block"
done
check 'the page has commands' [ -e 04.console ]
done_testing
