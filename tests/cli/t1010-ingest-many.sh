#!/bin/sh
# ingest and scan of folders, archives and standard input, and what names of files say. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

interview () # ANSWER
{
  printf 'I: How was it?\nR: %s\nI: And then?\nR: It went on.\n' "$1"
}
labels () { "$ATTEST" sources --format json | jq -r '.[].label' | tr '\n' ' '; }
labels_are () { found=$(labels) && [ "$found" = "$1" ] || { echo "labels: $found"; return 1; }; }

mkdir -p in/north in/south/deep in/.git
interview 'fine, said one' >in/north/a.txt
interview 'fine, said two' >in/south/a.txt
interview 'fine, said three' >in/south/a.md
interview 'fine, said four' >in/south/deep/b.txt
interview 'not meant' >in/.git/c.txt
interview 'not meant either' >'in/~$a.docx'
echo sound >in/a.mp3
echo 'respondent,group' >in/respondents.csv
ln -s ../in in/again

"$ATTEST" init p >/dev/null
check 'a folder is taken whole' prints '4 added, 0 already there, 0 not taken' "$ATTEST" ingest in
check 'names that two files have get longer' labels_are 'a b south/a south/a.txt '
check 'what is left out is named' prints 'in/a.mp3: left out: no reader for .mp3 files' "$ATTEST" ingest in
check 'the list of respondents is not an interview' prints 'in/respondents.csv: left out: .*respondents import' "$ATTEST" ingest in
check 'a link to a folder is not followed' prints 'in/again: left out' "$ATTEST" ingest in
check 'again nothing is added' prints '0 added, 4 already there' "$ATTEST" ingest in
check 'an empty folder is told' prints 'void: left out: no transcript is in it' sh -c 'mkdir void && "$ATTEST" ingest void'

interview 'fine, said one, and more' >in/north/a.txt
check 'a changed file is no second source' status_is 3 "$ATTEST" ingest in/north/a.txt
check 'and it is told what to do' prints 'a.txt: the project has another text as .a.* --label' "$ATTEST" ingest in/north/a.txt
check 'a label settles it' prints '1 added' "$ATTEST" ingest in/north/a.txt --label other
check 'a label is for one file' status_is 2 "$ATTEST" ingest in --label x

for command in ingest 'scan oecd-dac'; do
  check "$command: a file that is gone" status_is 1 sh -c "\"$ATTEST\" $command gone.txt"
  check "$command: and one among several" status_is 3 sh -c "\"$ATTEST\" $command gone.txt in/south/a.txt"
done

# --- archives
zipped () # FILE NAME=FILE…
{
  python3 - "$@" <<'END'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    for arg in sys.argv[2:]:
        name, file = arg.split('=')
        z.write(file, name)
END
}
if command -v python3 >/dev/null; then
  interview 'fine, said five' >five
  interview 'fine, said six' >six
  head -c 40000000 /dev/zero >zeros
  zipped good.zip 'Bishkek/Зарина.txt=five' 'six.txt=six' '__MACOSX/._six.txt=six' 'p.png=six' 'n.zip=six'
  check 'a .zip is a folder' prints '2 added, 0 already there, 0 not taken' "$ATTEST" ingest good.zip
  check 'names in it are kept' prints 'good.zip/Bishkek/Зарина.txt' "$ATTEST" sources --format json
  check 'an archive in an archive is left out' prints 'good.zip/n.zip: left out' "$ATTEST" ingest good.zip
  zipped bomb.zip zeros.txt=zeros six.txt=six
  check 'a bomb is refused, the others are taken' prints '0 added, 1 already there, 1 not taken' "$ATTEST" ingest bomb.zip
  check 'by its name' prints 'bomb.zip/zeros.txt: .*bomb' "$ATTEST" ingest bomb.zip
  mkdir strangers
  zipped strangers/far.zip '../../climbs.txt=five' '/rooted.txt=six'
  check 'names that lead elsewhere are only names' prints '0 added, 2 already there' "$ATTEST" ingest strangers/far.zip
  check 'and nothing is written there' sh -c '[ ! -e climbs.txt ] && [ ! -e ../climbs.txt ] && [ ! -e /rooted.txt ]'
  head -c 200 good.zip >cut.zip
  check 'a cut archive is an error' status_is 3 "$ATTEST" ingest cut.zip
  printf 'attest: codebook/1\nid: said\ncodes:\n  - id: said\n    rules:\n      - match: [said]\n' >said.yaml
  check 'scan reads archives, too' prints 'good.zip/six.txt' "$ATTEST" scan said.yaml good.zip --format jsonl
else
  skip 'archives' 'python3 is not installed'
fi

# --- standard input
check 'a list of files' sh -c 'find in -name "*.md" | "$ATTEST" ingest - | grep "0 added, 1 already there"'
check 'a list whose files are gone is not a transcript' sh -c 'printf "gone.txt\n" | "$ATTEST" ingest - 2>&1 | grep "gone.txt: No such file"'
check 'a transcript' sh -c 'printf "I: How?\nR: So.\nI: Why?\nR: Because.\n" | "$ATTEST" ingest - | grep "1 added"'
check 'is called stdin' prints 'Because' "$ATTEST" text stdin
check 'and can be read again' prints '0 problems' "$ATTEST" verify

check 'read takes standard input' sh -c 'printf "I: How?\nR: So.\n" | "$ATTEST" read - --format json | jq -e ".turns | length == 2"'
check 'a warning is told beside the text' sh -c \
  'printf "So it was.\n" | "$ATTEST" read - 2>&1 >/dev/null | grep "stdin: warning: no speaker labels"'
check 'a warning for the whole file has no line' sh -c \
  'printf "So it was.\n" | "$ATTEST" read - --format json | jq -e ".warnings[0].line == null"'

# --- what names say
"$ATTEST" init named >/dev/null
mkdir names
interview 'one' >names/migrants-07.txt
interview 'two' >names/donor-08.txt
interview 'three' >names/unnamed.txt
named () { "$ATTEST" --project named.attest "$@"; }
check 'names are matched' prints '3 added' named ingest names --name-pattern '^(?<group>[a-z]+)-(?<id>\d+)'
check 'a group is an attribute' sh -c \
  '"$ATTEST" --project named.attest respondents --format csv | grep "^07,migrants-07,.*,migrants"'
check 'a name that does not match is told' prints 'unnamed.txt: its name does not match' \
  sh -c 'rm named.attest; "$ATTEST" init named && "$ATTEST" --project named.attest ingest names -n "(?<group>[a-z]+)-"'
check 'without an id, all respondents of the file' sh -c \
  '"$ATTEST" --project named.attest respondents --format csv | grep "^donor-08/R,.*,donor"'
check 'a pattern that is none' status_is 2 named ingest names -n '(?<group>'
check 'a pattern without a name' status_is 2 named ingest names -n '([a-z]+)'
check 'a kind' prints '"kind":"focus-group"' sh -c \
  '"$ATTEST" --project named.attest ingest in/north/a.txt --kind focus-group >/dev/null; "$ATTEST" --project named.attest sources --format json | tr -d " "'
done_testing
