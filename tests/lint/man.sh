#!/bin/sh
# The manual page: complete, without a date, and as troff and mandoc like it. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
"$ATTEST" --generate=man > attest.1
"$ATTEST" --generate=json > table.json

missing ()
{
  sed 's/\\-/-/g; s/\\f.//g' attest.1 > plain
  jq -r '.commands[] | "\(.name)"' table.json | while read -r name; do
    grep -q "^\.SS attest $name\( \|\$\)" plain || echo "$name has no section"
  done
  jq -r '.commands[].options[].name, .options[].name' table.json | sort -u | while read -r name; do
    grep -q -e "--$name\( \|\$\)" plain || echo "--$name is missing"
  done
  for status in 0 1 2 3 4 5 6 10; do
    grep -q "^\.B $status\$" plain || echo "exit status $status is missing"
  done
}

silent 'every command, option and exit status is there' missing
sed -i '/^\.SS attest ingest/d' attest.1
check 'found: a command that is not there' prints '^ingest has no section' missing
"$ATTEST" --generate=man > attest.1
check 'the page is ASCII' fails env LC_ALL=C grep -n '[^ -~]' attest.1
check 'it has no date' fails grep -E '[^u]20[0-9][0-9]|January|UTC' attest.1
check 'it is the same on every run' sh -c '"$ATTEST" --generate=man | cmp - attest.1'

if command -v groff >/dev/null; then
  silent 'groff has no warning' sh -c 'groff -Tutf8 -man -ww attest.1 2>&1 >/dev/null'
  check 'it says what the table says' \
    sh -c 'groff -Tutf8 -man attest.1 | sed "s/\x1b\[[0-9;]*m//g; s/.\x08//g" | tr -s " \n" "  " | grep -q "attest ingest \[OPTIONS\] FILE…"'
else
  skip 'groff has no warning' 'groff is not installed'
fi
if command -v mandoc >/dev/null; then
  # It has no date on purpose; an example may be longer than a line.
  silent 'mandoc has no complaint' \
    sh -c 'mandoc -T lint attest.1 | grep -v -e "missing date" -e "line longer than 80 bytes"; true'
else
  skip 'mandoc has no complaint' 'mandoc is not installed'
fi
done_testing
