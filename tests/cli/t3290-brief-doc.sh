#!/bin/sh
# What doc/brief.md shows is what happens. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/doc-page.sh"
export USER=kim

unpack_page brief.md
for console in *.console; do
  check "the commands of $console" prints_as_shown "$console"
done
done_testing
