#!/bin/sh
# Every command and option says what it is for, in the form that help and manual need. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

gaps () # TABLE
{
  jq -r '
    def options($where): .options[] | . as $o | "\($where) --\(.name)" as $at
      | (if (.help // "") == "" then "\($at): no help" else empty end),
        (if (.help // "") | endswith(".") then "\($at): its help ends in a full stop" else empty end),
        (if (.doc // "") | test("[.]$") | not then "\($at): its doc does not end in a full stop" else empty end),
        (if .takes_value and (.value // "") == "" then "\($at): its value has no name" else empty end),
        (if (.takes_value | not) and .value != null then "\($at): a name for a value that it does not take" else empty end),
        (if (.value // "") | test("^[A-Z=.|0-9-]*$") | not then "\($at): the name of its value is not in capitals" else empty end),
        (if .name | test("^[a-z][a-z0-9-]+$") | not then "\($at): a name of other letters" else empty end);
    def twice: group_by(.) | .[] | select(length > 1) | .[0];
    options("attest"),
    (.groups as $groups | .commands[] | .name as $n
      | (if .name | test("^[a-z]+( [a-z]+(-[a-z]+)*)?$") | not then "\($n): a name of other letters" else empty end),
        (if .group | IN($groups[]) | not then "\($n): no such group: \(.group)" else empty end),
        (if .summary | test("^[A-Z].*[^.]$") | not then "\($n): its summary is no line that begins with a capital and has no full stop" else empty end),
        (if .summary | length > 57 then "\($n): its summary is too long for attest --help" else empty end),
        (if .doc | test("[.:]$") | not then "\($n): its doc does not end in a full stop" else empty end),
        (if .examples == [] then "\($n): no example" else empty end),
        (.examples[] | if .args | startswith($n) then empty else select(.args | contains($n) | not) | "\($n): an example of something else: \(.args)" end),
        ([.options[].name] | twice | "\($n): --\(.) twice"),
        ([.options[].letter | select(. != null)] | twice | "\($n): -\(.) twice"),
        (.options[] | select(.name == "help" or .letter == "h") | "\($n): help is there already"),
        options($n)),
    ([.commands[].name] | twice | "\(.): twice")' "$1"
}

"$ATTEST" --generate=json > table.json
silent 'every command and option is described' gaps table.json

# COMMAND…: exits 0, says nothing on standard error, fits 80 columns and names every option
help_of ()
{
  "$ATTEST" "$@" --help > help.txt 2> help.err </dev/null || { echo "$*: exit $?"; return; }
  [ ! -s help.err ] || { echo "$*: prints on standard error:"; cat help.err; }
  [ "$(wc -L < help.txt)" -le 80 ] || echo "$*: help is $(wc -L < help.txt) columns wide, not 80"
  jq -r --arg name "$*" '.commands[] | select(.name == $name) | .options[] | "--" + .name' table.json \
    | while read -r option; do
      grep -qe "^  .*$option" help.txt || echo "$*: $option is missing"
    done
}

all_help ()
{
  jq -r '.commands[].name' table.json | while read -r name; do
    # shellcheck disable=SC2086
    help_of $name
  done
}

silent 'every command has help of its own' all_help
jq -r '.commands[].name' table.json > names
on_front_page () { "$ATTEST" --help | grep -o '^  [a-z]\+\( [a-z-]\+\)\?' | sed 's/^  //' | sort | comm -13 - names.sorted; }
sort names > names.sorted
silent 'attest --help lists every command' on_front_page
check 'no line of attest --help is longer than 80 columns' \
  sh -c '[ "$("$ATTEST" --help | wc -L)" -le 80 ]'
check 'without a command: help on standard error, exit 2' \
  sh -c '"$ATTEST" >out 2>err; [ $? = 2 ] && [ ! -s out ] && grep -q "^Options" err'
check 'the family of a command' sh -c '"$ATTEST" codebook --help | grep -q "^  codebook check"'
check 'help of a family' sh -c '"$ATTEST" help codebook | grep -q "^  codebook check"'
check 'help in a narrow terminal fits it' \
  sh -c '[ "$(COLUMNS=50 "$ATTEST" --help | grep -v "^.attest COMMAND\|^New here" | wc -L)" -le 50 ]'

# The checks find what they are there to find.
damaged () # CHANGE MESSAGE
{
  jq "$1" table.json > damaged.json
  gaps damaged.json | grep -q "$2"
}
check 'found: a command without a group' damaged '.commands[0].group = ""' 'no such group'
check 'found: a summary with a full stop' damaged '.commands[0].summary = "Does it."' 'full stop'
check 'found: a doc without a full stop' damaged '.commands[1].doc = "Does it"' 'its doc does not'
check 'found: a command without an example' damaged '.commands[0].examples = []' 'no example'
check 'found: an option without help' damaged '.commands[0].options[0].help = ""' 'no help'
check 'found: an option without doc' damaged '.commands[0].options[0].doc = null' 'its doc does not'
check 'found: a value without a name' damaged '.commands[0].options[0].value = null' 'value has no name'
check 'found: the same letter twice' \
  damaged '(.commands[] | select(.name == "ingest").options) |= (.[0].letter = .[1].letter)' 'twice'
check 'found: the same name twice' damaged '.commands[1].name = .commands[0].name' 'twice'
done_testing
