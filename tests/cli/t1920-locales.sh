#!/bin/sh
# The machine's language changes nothing: not who is the interviewer, not a number, not an order.
. "$ATTEST_SRCDIR/tests/tap.sh"

for name in tr_TR fr_FR; do
  localedef -i "$name" -f UTF-8 "$PWD/$name.UTF-8" >localedef.txt 2>&1 \
    || skip_all "no locale can be made: $(head -n 1 localedef.txt)"
done
LOCPATH=$PWD
export LOCPATH

# In Turkish the small letter of I has no dot.
cat > talk.txt <<'TXT'
FACILITATOR: Tell me about the project.
IBRAHIM: It was effective, wasn't it?
FACILITATOR: Go on.
IBRAHIM: The AIM was REACHED. Nothing else happened, did it?
TXT
cat > coders.csv <<'CSV'
item,coder,value
1,a,x
1,b,x
2,a,x
2,b,y
3,a,y
3,b,y
4,a,x
4,b,y
CSV

same_everywhere () # COMMAND…
{
  LC_ALL=C.UTF-8 "$ATTEST" "$@" >expected.txt || return 1
  for name in C tr_TR.UTF-8 fr_FR.UTF-8; do
    LC_ALL=$name "$ATTEST" "$@" >got.txt || return 1
    diff expected.txt got.txt || { echo "in $name"; return 1; }
  done
}

check 'who asks and who answers' same_everywhere read talk.txt --format json
check 'it is the facilitator who asks' \
  sh -c '[ "$(LC_ALL=tr_TR.UTF-8 "$ATTEST" read talk.txt --format json | jq -r ".turns[0].role")" = interviewer ]'
check 'what is coded' same_everywhere scan oecd-dac talk.txt --format jsonl --hits
check 'a table for people' same_everywhere agree --table coders.csv
check 'JSON' same_everywhere agree --table coders.csv --format json
check 'a picture' same_everywhere agree --table coders.csv --format svg

"$ATTEST" init p >/dev/null && "$ATTEST" ingest talk.txt >/dev/null && "$ATTEST" code oecd-dac >/dev/null
check 'counts' same_everywhere report frequency
check 'a page' same_everywhere report evidence --format html
done_testing
