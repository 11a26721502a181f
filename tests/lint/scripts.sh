#!/bin/sh
# Scripts: shellcheck; words: codespell; every source and every test is in a Makefile. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

complaints () # SCRIPT…
{
  # 1091: the sourced file is not at hand; 2034, 2154: what tap.sh sets and reads; 1111: “quotes”
  # are what people say.
  shellcheck --severity=warning --exclude=1091,1111,2034,2154 --format=gcc "$@"
}

if command -v shellcheck >/dev/null; then
  silent 'shellcheck has nothing to say' complaints "$ATTEST_SRCDIR/autogen.sh" \
    "$ATTEST_SRCDIR"/tests/*.sh "$ATTEST_SRCDIR"/tests/*/*.sh
  printf '%s\n' '#!/bin/sh' 'cd $1; rm -rf *' > bad.sh
  check 'found: a cd that may fail' prints 'SC2164' complaints bad.sh
else
  skip 'shellcheck has nothing to say' 'shellcheck is not installed'
fi

misspelt () # FILE…
{
  # Words of other languages and of the field are listed in codespell.txt.
  codespell --ignore-words="$ATTEST_SRCDIR/tests/lint/codespell.txt" "$@"
}

if command -v codespell >/dev/null; then
  silent 'codespell has nothing to say' \
    misspelt --skip='labels.ini,attest-entities-private.h,attest-abbreviations-private.h,*.gz' \
    "$ATTEST_SRCDIR/src" "$ATTEST_SRCDIR/doc" "$ATTEST_SRCDIR/README.md" "$ATTEST_SRCDIR/NEWS" \
    "$ATTEST_SRCDIR/configure.ac" "$ATTEST_SRCDIR/autogen.sh"
  echo 'a mispelled word' > bad.txt
  check 'found: a misspelt word' prints 'misspelled' misspelt bad.txt
else
  skip 'codespell has nothing to say' 'codespell is not installed'
fi

# A file that no Makefile knows is in no tarball, and a test that none knows never runs.
unlisted () # ROOT
{
  # The fragment of a folder writes %D%/NAME, and may list a file of another folder.
  (cd "$1" && cat Makefile.am src/*/Makefile-*.am tests/Makefile-*.am | tr ' \t/' '\n\n\n' | sort -u > "$scratch/listed"
  find src tests -name '*.[ch]' -o -name '*.sql' -o -name '*.sh' | sort | while read -r file; do
    echo "${file##*/} $file"
  done | grep -v '^attest-store-resource[.]' | sort \
    | join -v 1 - "$scratch/listed" | sed 's/^[^ ]* \(.*\)/\1 is in no Makefile/')
}

silent 'every source and test is in a Makefile' unlisted "$ATTEST_SRCDIR"
mkdir -p src/util tests/cli
touch src/util/a.c src/util/ab.c tests/cli/t1.sh Makefile.am tests/Makefile-tests.am
echo 'X = %D%/a.c' > src/util/Makefile-util.am
check 'found: a source in no Makefile' prints '^src/util/ab.c is' unlisted .
check 'found: a test in no Makefile' prints '^tests/cli/t1.sh is' unlisted .
check 'passed: a source in a Makefile' fails prints '/a.c is' unlisted .

# What configure asks for, autogen.sh installs.
uninstalled () # ROOT
{
  sed -n '/^build_packages=/,/[^=]'"'"'$/p' "$1/autogen.sh" | tr " '=" '\n' | sort -u > "$scratch/installed"
  sed -n 's/^ATTEST_NEED(.*\[\([^]]*\)\])$/\1/p; s/.*apt-get install \([a-z][a-z0-9.+-]*\).*/\1/p' "$1/configure.ac" \
    | sort -u | comm -13 "$scratch/installed" - | sed 's/$/ is not in build_packages of autogen.sh/'
}

silent 'autogen.sh installs what configure asks for' uninstalled "$ATTEST_SRCDIR"
cp "$ATTEST_SRCDIR/autogen.sh" .
echo 'ATTEST_NEED([X], [x >= 1], [libx-dev])' > configure.ac
check 'found: a library that autogen.sh does not install' prints '^libx-dev is not in' uninstalled .
done_testing
