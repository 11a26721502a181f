#!/bin/sh
# A command that prints of a project can print it for the public, or says below why it does not. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

# Of reports, comparisons and exports. NAME: why there is no --public. A name alone stands for its family, too.
cat >without <<'END'
sample: passages for coders; score: passages for those who write rules; agree: work of coders; reconcile: work of coders; compare: passages for those who write rules
report cooccurrence: what two codes share follows from what they do not; report saturation: of single sources, in their order; report timeline: of one transcript
export ledger: the text that the team edits; import ledger: writes; merge: writes
END
tr ';' '\n' <without | sed 's/^ *//; /^$/d' >reasons

# TABLE
missing ()
{
  jq -r '.commands[] | select(.group | IN("report", "compare", "exchange"))
    | select([.options[].name] | index("public") | not) | .name' "$1" \
    | while read -r name; do
      grep -qE "^($name|${name%% *}): ." reasons || echo "$name: neither --public nor a reason why not in tests/lint/public.sh"
    done
}
# The two audiences come together; the other options where they say something.
incomplete ()
{
  jq -r '.commands[] | .name as $n | [.options[].name] as $o
    | select($o | index("public")) | select($o | index("internal") | not) | "\($n): --internal is missing"' "$1"
}

"$ATTEST" --generate=json >table.json
silent 'every command prints for the public, or there is a reason' missing table.json
silent 'with the options of it' incomplete table.json

echo '{"commands": [{"name": "publish", "group": "exchange", "options": [{"name": "format"}]}]}' >bad.json
check 'found: a new command without' sh -c '[ -n "$1" ]' sh "$(missing bad.json)"
echo '{"commands": [{"name": "publish", "options": [{"name": "public"}, {"name": "min-group"}]}]}' >bad.json
check 'found: one audience of two' sh -c '[ -n "$1" ]' sh "$(incomplete bad.json)"
silent 'passed: a reason' missing /dev/stdin <<'END'
{"commands": [{"name": "export ledger", "group": "exchange", "options": []}]}
END
done_testing
