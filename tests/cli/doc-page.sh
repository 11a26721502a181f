# Sourced by tests of pages: the files and commands that stand in a page.
# shellcheck shell=sh

# PAGE: blocks "```yaml NAME" and "```text NAME" become files, "```console" blocks become NN.console.
unpack_page ()
{
  awk '
    /^```(yaml|text) ./ { file = $2; next }
    /^```console/ { file = sprintf ("%02d.console", ++blocks); next }
    /^```/ { if (file) close (file); file = ""; next }
    file { print > file }
  ' "$ATTEST_SRCDIR/doc/$1"
}

attest () { "$ATTEST" "$@" 2>&1; }

# CONSOLE: its commands print what stands below them
prints_as_shown ()
{
  grep '^\$ ' "$1" | while read -r _ command; do
    echo "\$ $command"
    eval "$command"
  done | tr -d '\r' >printed
  diff "$1" printed
}
