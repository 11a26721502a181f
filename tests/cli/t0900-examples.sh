#!/bin/sh
# Every example of help and manual runs, each in a fresh folder with what it names: interviews/,
# interview.txt, respondents.csv, codebook.yaml, mine.yaml and a coded project. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
PATH=$(dirname "$ATTEST"):$PATH
corpus=$ATTEST_SRCDIR/corpora/kyrgyz-migration

mkdir fixture fixture/interviews
cp "$corpus"/[0-9]* fixture/interviews
cp "$corpus/01-migration-service.txt" fixture/interview.txt
cp "$corpus/respondents.csv" fixture
cat > fixture/codebook.yaml <<'END'
attest: codebook/1
id: mine
version: 1.0.0
title: A codebook for the examples
languages: [en]
dimensions:
  criterion: {title: Evaluation criterion}
  theme: {title: Cross-cutting theme}
codes:
  - id: impact
    dimension: criterion
    name: {en: Impact}
    asked: ['difference']
    rules:
      - match: ['changed?\w*']
      - match: ['difference', 'women']
    examples: ['Much has changed since then.', 'It made a difference.', 'Women vote now.']
    counterexamples: ['The office is open on Mondays.']
  - id: gender
    dimension: theme
    name: {en: Gender}
    rules:
      - match: ['wom[ae]n', 'gender']
    examples: ['Women came too.', 'The gender adviser left.']
    counterexamples: ['Everybody came.']
END
cp fixture/codebook.yaml fixture/mine.yaml
if [ ! -e "$ATTEST_SRCDIR/codebooks/oecd-dac.yaml" ]; then
  mkdir -p "$XDG_DATA_HOME/attest/codebooks"
  sed 's/^id: mine/id: oecd-dac/' fixture/codebook.yaml > "$XDG_DATA_HOME/attest/codebooks/oecd-dac.yaml"
fi

cd fixture || exit 99
make_project ()
{
  attest init kyrgyz && attest ingest interviews/* && attest respondents import respondents.csv \
    && attest code codebook.yaml && attest code oecd-dac
}
check 'the fixture is made' make_project
cd ..

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
