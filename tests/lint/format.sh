#!/bin/sh
# The sources are as clang-format 14 (Debian 12) lays them out. To mend: make format. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
clang_format=$(command -v clang-format-14 || command -v clang-format) \
  || skip_all 'clang-format is not installed'
# Another version lays out differently.
"$clang_format" --version | grep -q 'version 14\.' || skip_all 'clang-format is not version 14'

misplaced () # ROOT
{
  (cd "$1" && find src tests -name '*.[ch]' | sort \
    | xargs "$clang_format" --style=file --dry-run -Werror 2>&1 | grep ': error:' | cut -d' ' -f1 | head)
}

silent 'the layout is the one of .clang-format' misplaced "$ATTEST_SRCDIR"

mkdir -p src tests && cp "$ATTEST_SRCDIR/.clang-format" . && echo 'int  x ;' > src/bad.c
check 'found: a stray space' sh -c '[ -n "$1" ]' sh "$(misplaced .)"
echo 'int x;' > src/bad.c
silent 'passed: a line as it should be' misplaced .
done_testing
