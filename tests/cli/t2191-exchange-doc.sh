#!/bin/sh
# doc/exchange.md: its commands print what it says. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/doc-page.sh"
unpack_page exchange.md

check 'the page has a dictionary and a codebook' [ -s economy.dic ] && [ -s small.yaml ]
for block in *.console; do
  check "$(sed -n '1s/^..//p' "$block") … prints what the page says" prints_as_shown "$block"
done
check 'the page has commands' [ -e 02.console ]
check 'its codebook passes its tests' "$ATTEST" codebook test small.yaml
done_testing
