#!/bin/sh
# The shipped codebooks: right, fast, and the same care for each code and language.
# shellcheck source=tests/tap.sh
. "$ATTEST_SRCDIR/tests/tap.sh"

# What each code owes to its readers: one line per code that lacks something. jq's $ are its own.
# shellcheck disable=SC2016
lacking='
  def missing: . == null or . == "";
  def shy ($examples; $lang; $least): ([$examples[] | select (.lang == $lang)] | length) < $least;
  .languages as $languages | .codes[] | . as $code
  | [ (select (.definition | missing) | "definition"), (select (.question | missing) | "question"),
      (select (.include | missing) | "include"), (select (.exclude | missing) | "exclude"),
      ($languages[] | . as $lang
       | (select ($code.names[$lang] | missing) | "a name in " + $lang),
         (select (shy ($code.examples; $lang; if $lang == "en" then 4 else 2 end)) | "examples in " + $lang),
         (select (shy ($code.counterexamples; $lang; if $lang == "en" then 4 else 2 end))
          | "counterexamples in " + $lang),
         (select ([$code.rules[].langs[]?] | index ($lang) | not) | "rules in " + $lang)) ]
  | select (length > 0) | $code.code + " lacks " + join (", ")'

no_warnings () # ID
{
  "$ATTEST" codebook check "$1" >out && grep -q ': 0 errors, 0 warnings$' out || { cat out; return 1; }
}

# A pattern without a word of its own is tried at each place of each text.
needles () # ID
{
  "$ATTEST" codebook check --verbose "$1" | grep -q ": 0 patterns searched for everywhere"
}

lacks () # ID
{
  "$ATTEST" codebook show "$1" --format json | jq -r "$lacking"
}

n_books=0
for book in "$ATTEST_SRCDIR"/codebooks/*.yaml; do
  id=$(basename "$book" .yaml)
  n_books=$((n_books + 1))
  check "$id: no warnings" no_warnings "$id"
  check "$id: its examples pass" "$ATTEST" codebook test "$id"
  check "$id: each pattern is looked for by a word of it" needles "$id"
  silent "$id: each code has all that it should" lacks "$id"
  check "$id is in the folder's README" grep -q "^| \`$id\` |" "$ATTEST_SRCDIR/codebooks/README.md"
  check "$id is installed" grep -q "/$id.yaml" "$ATTEST_SRCDIR/codebooks/Makefile-codebooks.am"
done
check 'there are some' test "$n_books" -ge 3
check 'found: a code that lacks something' sh -c '
  printf "id: poor\nlanguages: [en]\ncodes:\n  - {id: a, rules: [x]}\n" >poor.yaml
  "$ATTEST" codebook show poor.yaml --format json | jq -r "$1" | grep -q "^a lacks definition.*rules in en$"' - "$lacking"
done_testing
