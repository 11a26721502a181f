#!/bin/sh
# A file name from a stranger cannot drive the terminal.
. "$ATTEST_SRCDIR/tests/tap.sh"

escape=$(printf '\033')
evil="e${escape}[31m"
printf 'Interviewer: Well?\nAna: The project was effective and relevant.\n' > talk.txt
cp talk.txt "$evil.txt"
cp "$ATTEST_SRCDIR/codebooks/humanitarian.yaml" "$evil.yaml"
printf 'id: bad\ncodes:\n  - id: a\n    rules: ["(x"]\n' > "bad$evil.yaml"
printf 'It was effective [[Q2345AB]].\n' > "$evil.md"
"$ATTEST" init p >/dev/null && "$ATTEST" ingest talk.txt >/dev/null && "$ATTEST" code oecd-dac >/dev/null
cp p.attest "$evil.attest"

# Whatever it does, and whether or not it can be done.
never_raw () # ARGUMENT…
{
  "$ATTEST" "$@" >out.txt 2>err.txt </dev/null
  status=$?
  if [ $status -gt 10 ] || ! cat out.txt err.txt | grep -q .; then echo "exit $status, nothing said"; return 1; fi
  ! grep -a "$escape" out.txt err.txt
}
hides () # WHAT ARGUMENT…
{
  what=$1
  shift
  check "$what" never_raw "$@"
}

project=--project=p.attest
hides 'a text that is there already' $project ingest "$evil.txt"
hides 'a codebook as transcript' $project ingest "$evil.yaml"
hides 'a file that is not there' $project ingest "no$evil.txt"
hides 'a codebook that is checked' codebook check --verbose "$evil.yaml"
hides 'one with a mistake' codebook check "bad$evil.yaml"
hides 'its examples' codebook test --coverage "$evil.yaml"
hides 'its examples in TAP' codebook test --format tap "bad$evil.yaml"
hides 'what changed' codebook diff "$evil.yaml" oecd-dac
hides 'a codebook that codes' $project code "bad$evil.yaml"
hides 'how a file was read' read --explain "$evil.txt"
hides 'hits' scan oecd-dac "$evil.txt"
hides 'a new project' init "new$evil"
hides 'another project' --project "$evil.attest" sources
hides 'a copy to merge' $project merge "$evil.attest"
hides 'projects that are compared' compare p.attest "$evil.attest" --no-intervals
hides 'projects side by side' synthesis p.attest "$evil.attest"
hides 'a brief' $project brief check "$evil.md"
hides 'a ledger that is none' $project import ledger "$evil.txt"
hides 'a table that is none' agree --table "$evil.txt"
hides 'people judged' score --gold "$evil.txt" oecd-dac
hides 'a book' $project book "$evil.book"
hides 'a copy for a coder' $project export --for-coder ana --output "copy$evil.attest"
hides 'a sample for a coder' $project sample --double-code 2 --of segments --name two
hides 'a copy of it' $project export --for-coder ana --sample two --output "two$evil.attest"
hides 'a project of two copies' merge "all$evil.attest" p.attest "two$evil.attest"
hides 'one that holds all' merge "all$evil.attest" p.attest
hides 'the example' demo "$evil.demo"
done_testing
