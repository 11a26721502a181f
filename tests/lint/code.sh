#!/bin/sh
# What the sources do not do: call what is banned, grow long, keep globals that change, leave work
# without an issue. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
lint=$ATTEST_SRCDIR/tests/lint

banned_calls () # ROOT
{
  (cd "$1" && find src tests -name '*.[ch]' | sort | xargs awk -f "$lint/strip.awk") | awk -F: '
    {
      text = $0
      sub(/^[^:]*:[^:]*:/, "", text)
      if (match(text, /(^|[^A-Za-z0-9_])(strcpy|stpcpy|strcat|strncpy|strncat|sprintf|vsprintf|strtok|strtok_r|atoi|atol|atof|gets|gmtime|localtime|asctime|ctime|system|popen|mktemp|tmpnam|tempnam|alloca|g_alloca|g_newa|g_print|g_printerr|setjmp|longjmp|rand|srand)[ ]*\(/))
        print $1 ":" $2 ": banned: " substr(text, RSTART, RLENGTH)
      # A test may stop by g_error; the program never.
      if ($1 ~ /^src/ && text ~ /(^|[^A-Za-z0-9_])g_error[ ]*\(/)
        print $1 ":" $2 ": banned: g_error"
    }'
}

# A table of data is as long as what it lists.
long_files () # ROOT
{
  (cd "$1" && find src tests -name '*.[ch]' ! -name 'attest-entities-private.h' -exec wc -l {} +) \
    | awk '$2 != "total" && $1 > 800 { print $2 ": " $1 " lines: split it" }'
}

# clang-format puts the braces of a function into column 0.
long_functions ()
{
  (cd "$1" && find src -name '*.c' | sort | xargs awk '
    FNR == 1 { start = 0 }
    /^{/ { start = FNR }
    /^}$/ && start {
      if (FNR - start + 1 > 60) print FILENAME ":" start ": a function of " FNR - start + 1 " lines"
      start = 0
    }')
}

loose_notes ()
{
  (cd "$1" && grep -rnE '(FIXME|HACK)([^A-Za-z]|$)' --include='*.[ch]' src) || true
  (cd "$1" && grep -rnE 'TODO' --include='*.[ch]' src | grep -vE 'TODO \(#[0-9]+\)') || true
}

# Variables that are neither constant nor on the stack, from the objects.
changeable_globals () # ARCHIVE…
{
  objdump -t "$@" | awk '
    / file format / { object = $1 }
    $NF ~ /^(q|once|ready|quark|steps|done)\.[0-9]+$/ { next }
    / [lg]     O [.](data|bss)[\t]/ { print object " " $NF }'
}

silent 'no banned call' banned_calls "$ATTEST_SRCDIR"
silent 'no file above 800 lines' long_files "$ATTEST_SRCDIR"
silent 'no function above 60 lines' long_functions "$ATTEST_SRCDIR"
silent 'work that is left names its issue' loose_notes "$ATTEST_SRCDIR"
if ! command -v objdump >/dev/null; then
  skip 'no changeable globals' 'objdump is not installed'
elif nm "$ATTEST_BUILDDIR/libattest.a" 2>/dev/null | grep -q -e __asan -e __tsan -e __gcov; then
  skip 'no changeable globals' 'this build adds globals of its own (sanitizers, coverage)'
else
  silent 'no changeable globals' \
    changeable_globals "$ATTEST_BUILDDIR/libattest.a" "$ATTEST_BUILDDIR/libattestcli.a"
fi

# Each of them finds what it is there to find.
finds () # FUNCTION CODE
{
  rm -rf src tests && mkdir -p src/util tests && printf '%s\n' "$2" > src/util/bad.c
  [ -n "$("$1" .)" ]
}
passes () { ! finds "$@"; }
check 'found: strcpy' finds banned_calls '  strcpy (a, b);'
check 'found: sprintf' finds banned_calls '  n = sprintf(a, "%d", b);'
check 'found: g_error' finds banned_calls '  g_error ("no");'
check 'passed: g_snprintf, my_system and a comment' \
  passes banned_calls '  g_snprintf (a, n, "%d", 1); my_system (b); /* strcpy (a, b) */'
check 'found: a long file' finds long_files "$(seq 801)"
check 'passed: a file of 800 lines' passes long_files "$(seq 800)"
check 'found: a long function' finds long_functions "$(echo '{'; seq 59; echo '}')"
check 'passed: a function of 60 lines' passes long_functions "$(echo '{'; seq 58; echo '}')"
check 'found: work without an issue' finds loose_notes '/* TODO: later */'
check 'passed: work with an issue' passes loose_notes '/* TODO (#12): later */'
if command -v objdump >/dev/null && command -v cc >/dev/null; then
  globals_of () { echo "$1" > g.c && cc -c g.c -o g.o && changeable_globals g.o; }
  check 'found: a static variable' \
    sh -c '[ -n "$1" ]' sh "$(globals_of 'static int counter; int f (void) { return counter++; }')"
  check 'passed: a static constant' \
    sh -c '[ -z "$1" ]' sh "$(globals_of 'static const char *const a[] = { "b" }; const char *f (void) { return a[0]; }')"
fi
done_testing
