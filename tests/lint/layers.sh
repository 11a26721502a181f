#!/bin/sh
# Each folder of src/ includes only what stands below it, keeps its library to itself, and only
# cli/ prints, reads argv or exits. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
lint=$ATTEST_SRCDIR/tests/lint

# ROOT: the sources below ROOT/src without comments and strings
code ()
{
  (cd "$1" && find src -name '*.[ch]' | sort | xargs awk -f "$lint/strip.awk")
}

# What a folder may include; the order is the order of the layers.
upward_includes ()
{
  code "$1" | awk -F: '
    BEGIN {
      may["util"] = "util"
      may["model"] = "model util"
      may["pattern"] = "pattern model util"
      may["codebook"] = "codebook pattern model util"
      may["reader"] = "reader model util"
      may["exchange"] = "exchange codebook reader pattern model util"
      may["engine"] = "engine codebook pattern model util"
      may["store"] = "store model util"
      may["stats"] = "stats model util"
      may["report"] = "report stats store model util"
      may["book"] = "book report stats store codebook pattern model util"
      may["cli"] = "cli book report stats store engine exchange reader codebook pattern model util"
    }
    $3 ~ /^# *include *"[^"]*\// {
      split($1, at, "/")
      name = $3
      sub(/^[^"]*"/, "", name)
      sub(/\/.*/, "", name)
      if (index(" " may[at[2]] " ", " " name " ") == 0)
        print $1 ":" $2 ": " at[2] " must not include " name
    }
    $3 ~ /^# *include *"[^"\/]*"/ && $3 !~ /"config.h"/ {
      print $1 ":" $2 ": include by folder: " $3
    }
    $3 ~ /^# *include *"[^"]*-private.h"/ {
      split($1, at, "/")
      if ($3 !~ "\"" at[2] "/") print $1 ":" $2 ": a private header of another folder"
    }'
}

# A library is used in one folder.
stray_libraries ()
{
  code "$1" | awk -F: '
    function only(folder, header) {
      if ($3 ~ "<" header && $1 !~ "^src/" folder "/")
        print $1 ":" $2 ": " header " belongs to " folder
    }
    $3 ~ /^# *include *</ {
      only("store", "sqlite3")
      only("pattern", "pcre2")
      only("codebook", "yaml[.]h")
      only("reader", "(libxml|archive|poppler|uchardet|json-glib)")
      only("stats", "gsl/")
      only("report", "(xlsxwriter|cmark)")
      only("cli", "n?curses")
      only("util", "(unicode|libexttextcat|nettle)")
    }'
}

# Only cli/ talks to people and ends the program; a process that does one thing ends itself.
stray_output ()
{
  code "$1" | awk -F: '
    $1 !~ /^src\/cli\// {
      text = $0
      sub(/^[^:]*:[^:]*:/, "", text)
      if ($1 == "src/util/attest-child.c")
        gsub(/_exit [(]/, "", text)
      if (text ~ /(^|[^A-Za-z0-9_])(printf|vprintf|fprintf|vfprintf|puts|fputs|putc|fputc|putchar|perror|g_print|g_printerr|g_message|g_warning|g_critical|g_error|g_debug|exit|_exit|abort|write_stdout)[ ]*\(/ \
          || text ~ /(^|[^A-Za-z0-9_])(stdout|stderr|stdin|argv)([^A-Za-z0-9_]|$)/)
        print $1 ":" $2 ": only cli prints, reads argv or exits: " text
    }'
}

headers_without_pragma ()
{
  (cd "$1" && find src -name '*.h' -exec grep -L '^#pragma once$' {} +) || true
}

silent 'includes go downwards only' upward_includes "$ATTEST_SRCDIR"
silent 'a library is used in its folder only' stray_libraries "$ATTEST_SRCDIR"
silent 'only cli prints, reads argv or exits' stray_output "$ATTEST_SRCDIR"
silent 'every header may be included twice' headers_without_pragma "$ATTEST_SRCDIR"

# Each of them finds what it is there to find.
finds () # FUNCTION FOLDER CODE
{
  rm -rf src && mkdir -p "src/$2" && printf '%s\n' "$3" > "src/$2/bad.c"
  [ -n "$("$1" .)" ]
}
passes () { ! finds "$@"; }

check 'found: engine sees the store' finds upward_includes engine '#include "store/attest-store.h"'
check 'found: store sees a pattern' finds upward_includes store '#include "pattern/attest-pattern.h"'
check 'found: util looks up' finds upward_includes util '#include "model/attest-document.h"'
check 'found: an include without its folder' finds upward_includes util '#include "attest-text.h"'
check "found: another folder's private header" \
  finds upward_includes cli '#include "store/attest-store-private.h"'
check 'found: a folder that has no layer' finds upward_includes extra '#include "util/attest-text.h"'
check 'found: SQLite outside store' finds stray_libraries report '#include <sqlite3.h>'
check 'found: PCRE2 outside pattern' finds stray_libraries engine '#include <pcre2.h>'
check 'found: libxml2 outside reader' finds stray_libraries report '#include <libxml/xmlreader.h>'
check 'found: libyaml outside codebook' finds stray_libraries cli '#include <yaml.h>'
check 'found: curses outside cli' finds stray_libraries report '#include <curses.h>'
check 'found: a print in the library' finds stray_output store '  g_print ("%d", 1);'
check 'found: an exit in the library' finds stray_output model '  exit (1);'
check 'found: standard output in the library' finds stray_output report '  fwrite (a, 1, n, stdout);'
check 'passed: a call that only ends alike' passes stray_output util '  snprintf (a, n, "%d", 1);'
check 'passed: a print in a comment or a string' \
  passes stray_output util '/* printf ("x") */ a = "exit (1)"; // abort ()'
check 'passed: an include downwards' passes upward_includes cli '#include "store/attest-store.h"'
mkdir -p src/util && echo 'int x;' > src/util/bad.h
check 'found: a header that may not be included twice' \
  sh -c '[ "$1" = src/util/bad.h ]' sh "$(headers_without_pragma .)"
done_testing
