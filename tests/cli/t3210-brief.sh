#!/bin/sh
# attest brief init and brief render. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"

printf 'respondent,source,speaker,group,consent\nA1,talk,Aigul,Government,anonymous\nB1,talk,Bakyt,Civil society,none\n' >people.csv
attest init p --title 'A <b>new</b> start' >/dev/null && attest ingest talk.txt >/dev/null \
  && attest respondents import people.csv >/dev/null && attest code book.yaml >/dev/null
attest segments --format jsonl >segments.jsonl
quote () { jq -r --arg text "$1" 'select(.quote | contains($text)) | .id' segments.jsonl | head -n 1; }
offices=$(quote offices) north=$(quote north) migrants=$(quote migrants)

check 'of an empty ledger: gaps, and nothing else is wrong' sh -c "'$ATTEST' brief init >e.md; '$ATTEST' brief check e.md --format json >e.json
  [ \$(jq '[.problems[] | select(.check == \"todo\")] | length' e.json) -gt 10 ] && jq -e '[.problems[] | select(.check != \"todo\")] == []' e.json"

attest finding add 'Offices work in another way. They *say* {so} <i>too</i>' --criterion impact --on "$offices" --on "$migrants" --against "$north" >/dev/null
attest finding link F1 "$north" --stance contradicts --note 'Aigul: it was not planned there'
attest conclusion add 'It will last' --criterion impact --on F1 >/dev/null
attest recommendation add 'Begin in the north.' --on C1 --addressee Ministry --priority high --time-frame 'by June' >/dev/null
attest lesson add 'Plan for the winter' --on F1 >/dev/null
attest practice add 'Officials train officials' --on F1 >/dev/null
attest finding add 'Nothing is known of costs' --on "$offices" >/dev/null
attest rate impact 4 --because 'Not in the north' >/dev/null
attest project set code=PO.1 'budget=USD 37887' from=2019-10-21 to=2020-01-21 brief_date=2022-07 purpose='To learn. To decide.' >/dev/null

# A text for each language, and what of it is a problem
problems () { attest brief check "$1" --format json | jq -r '.problems[] | select(.check != "todo") | "\(.line) \(.check) \(.message)"'; }
for lang in en fr es ru; do
  attest brief init --lang $lang >$lang.md
  silent "$lang: nothing but gaps is a problem" problems $lang.md
  check "$lang: the head says so" grep -q "^lang: $lang\$" $lang.md
done
check 'the rating, its word and its reference' grep -q '^### impact (rating 4: very good) {rating:impact}$' en.md
check 'in French' grep -q 'note 4.: très bien) {rating:impact}$' fr.md
check 'in Russian' grep -q 'оценка 4: очень хорошо) {rating:impact}$' ru.md
check 'each sentence of a finding refers to it, and its markup is text' \
  grep -q '^Offices work in another way. {F1} They \\\*say\\\* \\{so\\} \\<i\\>too\\</i\\>. {F1}$' en.md
check 'a conclusion below' grep -q '^It will last. {C1}$' en.md
check 'a recommendation with addressee, priority and time frame' \
  grep -q '^1. Begin in the north (Addressee: Ministry; Priority: high; Time frame: by June). {R1}$' en.md
check 'its priority in another language' grep -q 'Приоритет: высокий' ru.md
check 'a finding on no criterion' grep -q '^Nothing is known of costs. {F2}$' en.md
check 'what the project knows of itself' grep -q '^| Budget | USD 37,887 |$' en.md
check 'as the language writes it' sh -c "grep -q '21 октября 2019' ru.md && grep -q 'Июль 2022\|июль 2022' ru.md"
check 'numbers of the project' grep -q '^2 respondents in 2 groups were heard: .*{count:respondents, count:groups}$' en.md
check 'no number of a small group' fails grep -q 'Government (1)' en.md
check 'gaps where the project knows nothing' grep -q '^| Donor | {todo: Donor} |$' en.md

attest brief init --output mine.md && echo changed >mine.md
check 'what is there is left alone' prints 'mine.md is there already: --force replaces it' status_is 1 attest brief init --output mine.md
check 'and not a byte changed' grep -qx changed mine.md
check 'unless it is told to' sh -c "'$ATTEST' brief init --output mine.md --force && cmp mine.md en.md"

# Rendering.
printf '\n## More\n\nOne said “The offices changed how they work.” {%s} So it is. {judgement}\n\n<script>alert (1)</script>\n\nA [link](http://example.org/x) and ![picture](http://example.org/y.png). {F1}\n' "$offices" >>en.md
attest brief render en.md --output en.html 2>en.err
check 'problems are told' grep -q 'warning: en.md: .* problems' en.err
check 'a page that holds a policy' grep -q "Content-Security-Policy.*default-src &#39;none&#39;; style-src &#39;sha256-" en.html
check 'well formed, as far as XML goes' sh -c "sed 's/<!DOCTYPE html>//; s/<\(meta\|br\|hr\)\([^>]*\)>/<\1\2\/>/g' en.html | xmllint --noout -"
check 'no script, image or address that is followed' fails grep -q '<script\|<img\|href="[^#]\|src=' en.html
check 'raw HTML is text' grep -q '&lt;script&gt;' en.html
check 'references are numbers that lead into the annex' grep -q '<sup><a href="#n1" id="r1">1</a></sup>' en.html
check 'each number that is linked is there' sh -c "grep -o 'href=\"#[a-z0-9]*\"' en.html | sort -u | sed 's/href=\"#\(.*\)\"/\1/' | while read -r id; do grep -q \"id=\\\"\$id\\\"\" en.html || exit 1; done"
check 'a gap can be seen' grep -q '<mark class="gap">\[Donor\]</mark>' en.html
check 'judgement has a mark' grep -q '<a href="#judgement">J</a>' en.html
check 'the annex: the strength of a finding' grep -q 'Strength of evidence: weak' en.html
check 'the quote of who consented' grep -q 'The offices changed how they work' en.html
check 'what speaks against it, and the answer' grep -q 'contradicts it.*Nobody came from the north.*answer' en.html
check 'not the quote of who refused' sh -c "! grep -q 'Much has changed for migrants' en.html && grep -q 'does not want to be quoted' en.html"
check 'nobody has a name' fails grep -q 'Aigul' en.html
attest brief render en.md --output in.html --internal 2>/dev/null
check 'who was heard, no small number' sh -c "grep -q '<caption>Who was heard: 2 respondents</caption>' en.html && grep -q '<th scope=\"row\" dir=\"auto\">Government</th><td>fewer than 3</td>' en.html"
check 'internal: numbers, too' grep -q 'Government</th><td>1</td>' in.html
check 'internal: names and all quotes' sh -c "grep -q 'Aigul' in.html && grep -q 'Much has changed for migrants' in.html"
printf 'One said “Much has changed for migrants.” {%s}\n' "$migrants" >no.md
echo old >no.html
check 'a text with words of who refused: not for the public' prints '^attest: no.md:1:1: .*--internal' status_is 3 attest brief render no.md --output no.html
check 'and the page that was there stays' grep -qx old no.html
check 'internal it is' attest brief render no.md --internal --output no.html
check 'for one audience only' status_is 2 attest brief render en.md --internal --public

attest brief render en.md --output again.html 2>/dev/null
check 'the same bytes again' cmp en.html again.html
attest brief render en.md --format md >en2.md 2>/dev/null
check 'Markdown: footnotes by the same names' grep -q '^\[^F1\]: Finding F1' en2.md
check 'and the check says the same of it' sh -c "for f in en en2; do '$ATTEST' brief check \$f.md --format json \
  | jq -c '(.problems[] | select(.check != \"html\") | [.check, .sentence, .message]), (.sentences[] | select(.text | test(\"alert|link\") | not) | [.text, .traced, .references])' >\$f.check; done; diff en.check en2.check"
check 'Markdown of Markdown is the same' sh -c "'$ATTEST' brief render en2.md --format md 2>/dev/null | cmp - en2.md"
check 'a pipe that nobody reads to the end' sh -c "'$ATTEST' brief render en.md 2>/dev/null | head -c 100 >/dev/null"
check 'another format' prints 'it must be one of: html, md, docx, odt, pdf' status_is 2 attest brief render en.md --format doc
printf -- '---\nlang: de\n---\nEs ist so. {F1}\n' >de.md
check 'a language without words: told, and in English' sh -c "'$ATTEST' brief render de.md 2>de.err | grep -q 'Annex: evidence' && grep -q \"no words in 'de'\" de.err"

# Other programs.
for format in docx odt pdf; do
  echo old >out.$format
  check "$format without its program: which package" prints "^attest: $format needs a program that is not installed: on Debian, apt-get install " \
    status_is 1 env PATH=/nonexistent "$ATTEST" brief render en.md --output out.$format
  check "$format without its program: what was there stays" grep -qx old out.$format
done
for format in docx odt; do
  if ! command -v pandoc >/dev/null; then
    skip "$format" 'pandoc is not installed'
    continue
  fi
  attest brief render en.md --output b.$format 2>/dev/null
  check "$format: attest reads it" sh -c "'$ATTEST' read b.$format 2>/dev/null | grep -q 'Offices work in another way.*They \*say\* {so} <i>too</i>'"
  check "$format: the title once" sh -c "[ \$('$ATTEST' read b.$format 2>/dev/null | grep -c 'Evaluation of the project') -eq 1 ]"
  sleep 2
  attest brief render en.md --output c.$format 2>/dev/null
  check "$format: the same bytes again" cmp b.$format c.$format
done
# In some containers Chromium cannot build its own sandbox, and does not start without.
chromium_runs ()
{
  [ "$(id -u)" -ne 0 ] || set -- --no-sandbox
  chromium --headless --disable-gpu "$@" --user-data-dir="$PWD/chromium" --dump-dom about:blank 2>/dev/null | grep -q '<html'
}
if command -v chromium >/dev/null && chromium_runs; then
  attest brief render en.md --output b.pdf 2>/dev/null
  check 'pdf: attest reads it' sh -c "'$ATTEST' read b.pdf 2>/dev/null | grep -q 'Evidence\|Annex: evidence'"
  attest brief render en.md --output c.pdf 2>/dev/null
  check 'pdf: the same bytes again' cmp b.pdf c.pdf
  check 'pdf: two pages' sh -c "[ \$(grep -ac '/Type /Page\$' b.pdf) -le 3 ]"
else
  skip 'pdf' 'chromium is not installed, or does not run here'
fi
mkdir fake && printf '#!/bin/sh\necho "cannot: \033[31mno\033[0m" >&2\nexit 4\n' >fake/pandoc && chmod +x fake/pandoc
check 'a program that fails: what it says, cleaned' prints '^attest: pandoc failed: cannot: \\x1b' status_is 1 env PATH="$PWD/fake:$PATH" "$ATTEST" brief render en.md --format docx
done_testing
