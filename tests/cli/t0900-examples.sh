#!/bin/sh
# Every example of help and manual runs, each in a fresh folder with what it names: interviews/,
# interview.txt, respondents.csv, codebook.yaml, mine.yaml, words.dic, words.yaml and a coded project. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
PATH=$(dirname "$ATTEST"):$PATH
. "$ATTEST_SRCDIR/tests/cli/examples-fixture.sh"

EDITOR=true
export EDITOR
make_files fixture
check 'the fixture is made' make_project fixture

# ARGS COMMENT: exits 0, or as the comment says, without a complaint
example ()
{
  rm -rf here && cp -r fixture here && cd here || return 1
  sh -c "attest $1" >../example.out 2>../example.err </dev/null
  status=$?
  cd ..
  cat example.out example.err
  [ ! -s example.err ] || return 1
  case "$status $2" in
    "0 "* | *" exit $status"*) return 0 ;;
    *) echo "exit $status"; return 1 ;;
  esac
}

attest --generate=json | jq -r '.commands[].examples[] | [.args, .comment // ""] | .[]' > examples
while read -r args && read -r comment; do
  check "attest $args" example "$args" "$comment"
done < examples

check 'found: an example that fails' fails example 'read no-such-file' ''
check 'found: an example that complains' fails example 'read interview.txt; echo oops >&2' ''
check 'passed: an exit status that its comment names' \
  example 'help; exit 10' 'for scripts; exit 10 when it finds something'
done_testing
