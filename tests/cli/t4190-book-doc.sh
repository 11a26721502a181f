#!/bin/sh
# doc/book.md: its files are a template that works, and its commands print what it says. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"
. "$ATTEST_SRCDIR/tests/cli/doc-page.sh"
mkdir our && cd our && unpack_page book.md && mv ./*.console .. && cd .. || exit 99
"$ATTEST" init p >/dev/null && "$ATTEST" ingest talk.txt >/dev/null && "$ATTEST" code book.yaml >/dev/null || exit 99

check 'the page has files' [ -s our/footer.txt ] && [ -s our/colours.ini ] && [ -s our/labels.ini ]
for block in *.console; do
  check "$(sed -n '1s/^..//p' "$block") … prints what the page says" prints_as_shown "$block"
done
check 'the page has commands' [ -e 01.console ]
check 'the template is seen in the book' grep -q 'Example Institute for Evaluation' evidence-book/index.html

# Every file, part and value that there is stands in the page.
named ()
{
  for name in $(sed -n 's/^  { "\([a-z-]*\)", attest_book_part.*/\1/p' "$ATTEST_SRCDIR/src/book/attest-book.c") title page codebook tool; do
    grep -q "{{$name}}" "$ATTEST_SRCDIR/doc/book.md" || echo "{{$name}} is not in the page"
  done
  for file in "$ATTEST_SRCDIR"/src/book/template/*.txt; do
    grep -q "\`${file##*/}\`" "$ATTEST_SRCDIR/doc/book.md" || echo "${file##*/} is not in the page"
  done
}
silent 'the page names every file, part and value' named
done_testing
