#!/bin/sh
# doc/merge.md: its commands print what it says. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/doc-page.sh"
unpack_page merge.md

for block in *.console; do
  check "$(sed -n '1s/^..//p' "$block") … prints what the page says" prints_as_shown "$block"
done
check 'the page has commands' [ -e 02.console ]
done_testing
