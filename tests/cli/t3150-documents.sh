#!/bin/sh
# Documents as evidence: quoted by their words, with a page; no respondent, but a method. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"

cat >plan.txt <<'END'
The action plan foresees a register of migration by 2026.
It will be kept by the Sta\314\210te service; 🌍 the costs are
borne by the budget. The costs are known.

The register is searchable. Реестр ведётся. The register is searchable.
END
printf "$(cat plan.txt)\n" >plan.tmp && mv plan.tmp plan.txt
attest init p >/dev/null && attest ingest talk.txt >/dev/null && attest ingest plan.txt --kind document >/dev/null && attest code book.yaml >/dev/null
attest finding add 'There is a register' --criterion impact >/dev/null
same () { jq -e "$1" "$2"; }
count () { sqlite3 p.attest 'SELECT (SELECT count (*) FROM audit) + (SELECT count (*) FROM quote) + (SELECT count (*) FROM quote_page)'; }
refused ()
{
  before=$(count)
  what=$1 message=$2
  shift 2
  check "refused: $what" prints "$message" status_is 2 attest "$@"
  check "nothing was changed: $what" test "$before" = "$(count)"
}

id=$(attest finding link F1 --document plan --page 4 --quote "the Stäte service; 🌍 the costs are borne by the budget.")
check 'a quote of a document gets an id' [ -n "$id" ]
check 'é of two code points, another line break: the text is found' prints "^$id$" echo "$id"
attest trace F1 --format json >trace.json
attest text plan >text
check 'it stands where it is said to' same "[.chain[] | select(.quote)][0].quote | .page == \"4\" and .stands and .source == \"plan\" and .respondent == null" trace.json
cuts () { jq -e --rawfile text text '[.chain[] | select(.quote)][0].quote | .text == $text[.start:.end]' trace.json; }
check 'cut out of the text by its positions it is the same' cuts
check 'for people: with its page' prints "^  $id supports it  plan.*, p. 4" attest trace F1
check 'the evidence report shows it under the finding' prints 'p. 4.*Stäte service' attest report evidence impact
attest strength F1 --format json >strength.json
check 'a document is a method, and no respondent' same '.[0] | .supporting == 0 and .methods == 1' strength.json
quote=$(attest segments --format jsonl | jq -r 'select(.source == "talk") | .id' | head -1)
attest finding link F1 "$quote" >/dev/null
attest strength F1 --format json >strength.json
check 'beside an interview it is a second method' same '.[0] | .supporting == 1 and .methods == 2' strength.json
check 'it contradicts, with a note' prints '^Q' attest finding link F1 --document plan --quote 'Реестр ведётся.' --stance contradicts --note 'Not yet'
check 'verify has nothing to say' attest verify
check 'the page is changed' attest finding link F1 --document plan --page iv --quote 'the Stäte service; 🌍 the costs are borne by the budget.'
check 'then it is the other' prints ', p. iv' attest trace F1
check 'undo: as before' attest undo
check 'the page as before' prints ', p. 4' attest trace F1
attest export ledger >ledger.yaml
check 'the ledger as a text has it' prints "supports: $id  # “the Stäte service" cat ledger.yaml
check 'with what it says, and the page' sh -c 'grep -q "^    document: plan$" ledger.yaml && grep -q "^    page: .4.$" ledger.yaml'
mkdir copy && cp talk.txt plan.txt book.yaml copy && cd copy && attest init q >/dev/null && attest ingest talk.txt >/dev/null && attest ingest plan.txt --kind document >/dev/null && attest code book.yaml >/dev/null
sed 's/^- id: F1$/- id: new/; s/supports: Q[0-9A-Z]*  # “the Stäte.*/supports:/' ../ledger.yaml >new.yaml
check 'another copy takes it, also without the id of the quote' prints '^F1 added' attest import ledger new.yaml
attest export ledger >two.yaml
check 'and has the same' diff ../ledger.yaml two.yaml
sed 's/quote: Реестр/quote: Нет/' ../ledger.yaml >wrong.yaml
check 'what the document does not say has its place' prints "^wrong.yaml:[0-9]*:15: 'plan' does not say so" status_is 3 attest import ledger wrong.yaml
sed 's/supports: Q[0-9A-Z]*  # “the Stäte.*/supports: Q000000/' ../ledger.yaml >wrong.yaml
check 'an id of something else' prints "Q000000 is not what 'plan' says here, which is $id" status_is 3 attest import ledger wrong.yaml
cd ..
check 'and is taken back without a change' prints '^nothing was changed' attest import ledger ledger.yaml

refused 'a text that it does not say' "'plan' does not say so, word for word" finding link F1 --document plan --quote 'The register is lost.'
refused 'a text in two places' "'plan' says so in 2 places: quote more" finding link F1 --document plan --quote 'The register is searchable.'
refused 'an interview' "'talk' is no document but of the kind interview" finding link F1 --document talk --quote 'That is so.'
refused 'no such source' "'nothing'" finding link F1 --document nothing --quote 'x'
refused 'a document without a quote' 'is quoted with what it says' finding link F1 --document plan
refused 'a page of nothing' 'is quoted with what it says' finding link F1 "$quote" --page 4
refused 'neither' 'what does F1 rest on' finding link F1
attest conclusion add C --on F1 >/dev/null
refused 'a conclusion on a document' 'a conclusion rests on findings' conclusion link C1 --document plan --quote 'The costs are known.'
attest book b >/dev/null && attest book one.html >/dev/null
check 'the book links a quote of a document to its place' grep -q "<a href=\"t[0-9]*.html#$id\">$id</a><bdi> plan.*, p. 4 " b/findings.html
marked () { sed 's/></>\n</g' "$@" | grep -q "<mark class=\"linked d0\" id=\"$id\">the Stäte service"; }
check 'where it is marked' marked b/t00*.html
check 'in one page, too' marked one.html
check 'and leads back to what rests on it' grep -q 'class="chip linked" href="findings.html#entry-F1"' b/t001.html b/t002.html
check 'its id is in the index' grep -q "<li id=\"$id\"><a href=\"t[0-9]*.html#$id\"" b/quotes.html
attest book public --public >/dev/null
check 'for the public there is no transcript to lead into' sh -c '! grep -q "#$1\"" public/*.html' - "$id"
cp p.attest copy.attest
sqlite3 copy.attest "DROP TRIGGER quote_page_never_updated; UPDATE quote_page SET page = '9'"
check 'verify: a page that somebody changed' \
  prints 'added to the ledger is not what stands there' status_is 10 attest --project copy.attest verify

# Pages that the file itself has.
mkdir pages && cd pages || exit 99
cp "$ATTEST_SRCDIR/tests/golden/reader-pdf/pages-printed.d/input.pdf" plan.pdf
cp "$ATTEST_SRCDIR/tests/golden/reader-docx/pages-and-footnote.d/input.docx" minutes.docx
cp ../book.yaml ../talk.txt .
printf 'attest: codebook/1\nid: paper\ndimensions: {criterion: {title: Criterion}}\ncodes:\n- {id: effect, dimension: criterion, rules: [{match: ["sentence which", "borne by"]}]}\n' >paper.yaml
attest init w >/dev/null && attest ingest plan.pdf minutes.docx --kind document >/dev/null 2>&1 && attest ingest talk.txt >/dev/null && attest code paper.yaml >/dev/null
attest finding add 'It is paid for' --criterion effect >/dev/null
link () { attest finding link F1 --document "$@"; }
paid=$(link plan --quote 'Its costs are borne by the budget')
long=$(link plan --quote 'the sentence which has begun comes to its end')
title=$(link plan --quote 'for the years after')
second=$(link minutes --quote 'This begins the second.')
note=$(link minutes --quote 'A note.')
attest trace F1 --format json >trace.json
page () { jq -r --arg id "$1" '.chain[] | select(.id == $id) | .quote.page' trace.json | grep -qx "$2"; }
check 'of a PDF: the number that is printed on the page, not its count' page "$paid" 2
check 'over two pages: both' page "$long" 3-4
check 'before the pages that are counted: not known' page "$title" null
check 'of a Word file: where Word began pages' page "$second" 2
check 'a footnote stands nobody knows where' page "$note" null
check 'for people' prints "^  $long supports it  plan.*, p. 3-4" attest trace F1
check 'the passages that rules found in it, too' prints 'plan ¶[0-9]*, p. 2' attest report evidence effect
check 'for programs' sh -c "'$ATTEST' report evidence effect --format json >e.json && jq -e '[.criteria[].segments[] | .page] == [\"2\", \"3-4\"]' e.json"
check 'in CSV' sh -c "'$ATTEST' report evidence effect --format csv | head -n 1 | grep -q ',page'"
check 'on a page of HTML' sh -c "'$ATTEST' report evidence effect --format html | grep -q ', p. 3-4'"
check 'what is said by hand goes before it' sh -c "'$ATTEST' finding link F1 --document plan --page B-7 --quote 'Its costs are borne by the budget' && '$ATTEST' trace F1 | grep -q ', p. B-7'"
check 'of another quote it says nothing' prints 'plan ¶[0-9]*, p. 2' attest report evidence effect
check 'a page that is known already is not said again' sh -c "
  '$ATTEST' undo >/dev/null && '$ATTEST' finding link F1 --document plan --page 2 --quote 'Its costs are borne by the budget' \
  && [ \$(sqlite3 w.attest 'SELECT count (*) FROM quote_page WHERE seq NOT IN (SELECT seq FROM taken_back)') = 0 ]"
sqlite3 w.attest 'SELECT * FROM page' >before
check 'pages are kept' [ -s before ]
check 'rebuild finds them again' sh -c "'$ATTEST' rebuild && sqlite3 w.attest 'SELECT * FROM page' | diff before - && '$ATTEST' verify"
sqlite3 w.attest 'DELETE FROM page'
check 'rebuild finds them in projects of an older attest' sh -c "'$ATTEST' rebuild && sqlite3 w.attest 'SELECT * FROM page' | diff before - && [ -s before ]"
attest ingest plan.pdf >/dev/null 2>&1
cp plan.pdf talk2.pdf && printf 'x' >>talk2.pdf && attest ingest talk2.pdf --label asked >/dev/null 2>&1 && attest code paper.yaml >/dev/null
check 'an interview is not cited by pages' sh -c "'$ATTEST' report evidence effect | grep 'asked ¶' >of-asked; [ -s of-asked ] && ! grep 'p\\.' of-asked"

done_testing
