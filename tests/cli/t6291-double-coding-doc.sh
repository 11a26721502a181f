#!/bin/sh
# doc/double-coding.md: its commands print what it says. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/doc-page.sh"
USER=kim; export USER
unpack_page double-coding.md

check 'the page has texts' test -s north.txt -a -s fields.yaml -a -s ben-codes.csv
for block in *.console; do
  check "$(sed -n '1s/^..//p' "$block") … prints what the page says" prints_as_shown "$block"
done
check 'the page has commands' [ -e 08.console ]
done_testing
