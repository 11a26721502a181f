#!/bin/sh
# make-corpus.sh MEGABYTES FOLDER [SOURCE…]
#
# Fills FOLDER with transcripts of 60 to 500 kB each, MEGABYTES in all, made of the .txt and .md files under each
# SOURCE (default: the shipped corpus): the header of one of them, then its paragraphs in an order
# of their own, so that no two files are equal and every file has the speakers of its original. The same arguments give
# the same bytes.
set -eu

[ $# -ge 2 ] || {
  echo "usage: make-corpus.sh MEGABYTES FOLDER [SOURCE…]" >&2
  exit 2
}
megabytes=$1
folder=$2
shift 2
[ $# -gt 0 ] || set -- "$(dirname "$0")/../../corpora"
mkdir -p "$folder"

find -L "$@" -type f \( -name '*.txt' -o -name '*.md' \) | LC_ALL=C sort \
  | LC_ALL=C awk -v limit="$megabytes" -v folder="$folder" '
# One generator for every awk: what rand() gives differs between them.
function random(n) {
  seed = (seed * 16807) % 2147483647
  return int (seed / 2147483647 * n)
}
# Units of one file: unit[first[f]] is the header, those up to last[f] are paragraphs, or lines where
# hardly any are blank.
function load(path, f,    line, text, blanks, lines, i) {
  lines = blanks = 0
  while ((getline line < path) > 0) {
    sub (/\r$/, "", line)
    row[++lines] = line
    blanks += line == ""
  }
  close (path)
  first[f] = n_units
  text = ""
  for (i = 1; i <= lines; i++) {
    text = text row[i] "\n"
    if (row[i] == "" ? text ~ /[^\n]/ : blanks * 10 < lines && n_units > first[f]) {
      unit[n_units++] = text
      text = ""
    }
  }
  if (text ~ /[^\n]/)
    unit[n_units++] = text
  last[f] = n_units - 1
  return last[f] - first[f] > 1
}
BEGIN { seed = 20210902; n_units = 0; n_files = 0 }
{
  if (load($0, n_files)) {
    suffix[n_files] = $0
    sub (/.*\./, "", suffix[n_files])
    n_files++
  }
}
END {
  if (n_files == 0) {
    print "make-corpus.sh: no transcript to start from" > "/dev/stderr"
    exit 1
  }
  for (n = 1; done < limit * 1000000; n++) {
    f = (n - 1) % n_files
    size = 60000 + random(440000)
    out = sprintf ("%s/t%05d.%s", folder, n, suffix[f])
    printf "%s", unit[first[f]] > out
    written = length (unit[first[f]])
    while (written < size) {
      text = unit[first[f] + 1 + random(last[f] - first[f])]
      printf "%s", text > out
      written += length (text)
    }
    close (out)
    done += written
  }
}'
