#!/bin/sh
# doc/compare.md: its commands print what it says. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/doc-page.sh"
unpack_page compare.md

check 'the page has codebooks' test -s old.yaml -a -s new.yaml
for block in *.console; do
  check "$(sed -n '1s/^..//p' "$block") … prints what the page says" prints_as_shown "$block"
done
check 'the page has commands' [ -e 03.console ]
done_testing
