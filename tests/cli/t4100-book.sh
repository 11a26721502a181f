#!/bin/sh
# book: pages that hang together, hold nothing of a stranger as markup, and appear whole or not at all. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

hostile='<script>alert(1)</script> " onload="x" javascript:alert(1) </title></style></script><img src=http://x/y onerror=z> &lt;b&gt; ]]> <!-- women'
cat > book.yaml <<'YAML'
id: small
dimensions:
  criterion: {title: Criterion}
  theme: {title: Theme}
codes:
  - id: effectiveness
    dimension: criterion
    name: {en: 'Effect"><script>x</script>', fr: Efficacité}
    definition: 'What was <img src=x onerror=y> reached'
    asked: ['achiev\w+']
    rules: ['targets?', 'reached', 'достигл\w*', 'alert']
  - id: impact
    dimension: criterion
    rules: ['changed', 'يتغير']
  - id: Impact
    dimension: criterion
    rules: ['not asked']
  - id: gender
    dimension: theme
    rules: ['women', 'женщин\w*']
YAML
{ echo 'Interviewer: What was achieved for women?'; echo
  printf 'Minister Aibek: All targets were reached, also for women, cafe\314\201 \360\237\230\200. We were not asked.\n\n'
  echo 'Interviewer: And then?'; echo
  echo "Minister Aibek: $hostile"; } > ministry.txt
printf 'Interviewer: Чего достигли?\n\nОльга: Мы достигли того, что женщины решают сами.\n\nInterviewer: А еще?\n\nОльга: Ничего.\n' > 'ngo <b>.txt'
printf 'Interviewer: ماذا؟\n\nFatima: لم يتغير شيء.\n\nInterviewer: نعم؟\n\nFatima: نعم.\n' > 'سوق.txt'
awk 'BEGIN { for (i = 0; i < 4000; i++) printf "Respondent: turn %d is about the road and the well.\n\nInterviewer: And?\n\n", i }' >long.txt
printf "respondent,source,speaker,group\nPerson-One,ministry,,Government & <i>co</i>\nPerson-Two,ngo <b>,,\"Civil \"\"society\"\"\"\n" > r.csv
a () { "$ATTEST" -p p.attest "$@"; }
quote_of () { a segments --code "$1" --format json | jq -r ".[$2].id"; }
{ "$ATTEST" init p --title 'Test </title><script>x</script>' && a ingest ./*.txt && a respondents import r.csv &&
  a code book.yaml && a finding add "$hostile" --criterion effectiveness --on "$(quote_of effectiveness 0)" --against "$(quote_of impact 0)" &&
  a conclusion add 'It works' --on F1 && a recommendation add "$hostile" --on C1 --addressee "$hostile" &&
  a rate effectiveness 5 --because "$hostile" && a review --accept "$(quote_of effectiveness 0)" --code effectiveness; } >log 2>&1 ||
  { cat log; echo 'Bail out! no project'; exit 99; }
a book b >said && a book one.html >/dev/null || exit 99

check 'it says what it wrote' grep -q '^b: [0-9]* pages, 4 transcripts, [0-9]* segments$' said
same_bytes () { a book again >/dev/null && diff -r b again && a book again.html >/dev/null && cmp one.html again.html; }
check 'the same project gives the same bytes' same_bytes
check 'the folder can be verified' sh -c 'cd b && sha256sum --quiet -c SHA256SUMS && [ "$(wc -l <SHA256SUMS)" = "$(ls ./*.html | wc -l)" ]'
silent 'names of files differ where upper and lower case are one' sh -c 'ls b | tr A-Z a-z | sort | uniq -d'

if command -v xmllint >/dev/null; then
  places () # FOLDER: PAGE#ID of each place, and each page
  {
    for f in "$1"/*.html; do
      echo "${f##*/}"
      xmllint --html --xpath '//@id' "$f" 2>/dev/null | sed "s/^ *id=\"/${f##*/}#/; s/\"\$//"
    done | sort
  }
  links ()
  {
    for f in "$1"/*.html; do
      xmllint --html --xpath '//@href' "$f" 2>/dev/null | sed "s/^ *href=\"//; s/\"\$//; s/^#/${f##*/}#/"
    done | sort -u
  }
  resolve ()
  {
    places "$1" >places && links "$1" >links
    [ -s links ] || echo 'no links'
    uniq -d places
    comm -23 links places
  }
  mkdir -p single && cp one.html single/
  silent 'every link of the folder resolves, and no place is there twice' resolve b
  silent 'every link of the one page does' resolve single
  silent 'elements are only those that we write' sh -c '
    for f in b/*.html one.html; do xmllint --html --xpath "//*" "$f" 2>/dev/null | grep -o "<[a-zA-Z][a-zA-Z0-9]*" | sort -u; done | sort -u >e
    printf "<%s\n" html head meta title style body a div header p h1 nav ul ol li span h2 h3 h4 main section article b table caption thead tr th tbody td \
      h5 svg g path figure figcaption desc line text rect bdi blockquote mark footer time br dl dt dd details summary code form label select option input output script | sort >allowed
    comm -23 e allowed'
else
  skip 'links and elements' 'no xmllint'
fi
silent 'two scripts at most: ours, and data' sh -c 'grep -oh "<script[^>]*>" b/*.html one.html | sort -u | grep -vxF -e "<script>" -e "<script type=\"application/json\" id=\"search-index\">" || :'
silent 'no handler, no style attribute, nothing from outside' sh -c \
  'sed "/<script/,/<\/script>/d" b/*.html one.html | grep -aiE "<img|<link|<iframe|<object|<base| on[a-z]+=\"| style=\"|src=\"|url\(|@import|href=\"[^#a-z]|href=\"[a-z]*:" | head -5'
policy_is_ours () # PAGE
{
  for part in style script; do
    sed -n "/<$part>/,/<\/$part>/p" "$1" | tr '\n' '\001' | sed "s/.*<$part>//; s/<\/$part>.*//" | tr '\001' '\n' >part
    hash=$(sha256sum <part | cut -c1-64 | sed 's/../\\x&/g')
    hash=$(env printf "$hash" | base64)
    grep -q "content=\"default-src &#39;none&#39;; .*$part-src &#39;sha256-$hash&#39;; " "$1" || { echo "$part of $1"; return 1; }
  done
}
check 'the policy allows style and script by their hash, and nothing else' policy_is_ours b/index.html
check 'so it does in one page' policy_is_ours one.html
index_is_json () { sed -n '/id="search-index">/,/<\/script>/p' "$1" | sed '1s/.*id="search-index">//; s/<\/script>.*//' | jq -e '.sources | length == 4'; }
check 'what is searched is JSON, whatever was said' index_is_json b/search.html
check 'what a stranger wrote is text' sh -c 'grep -q "&lt;script&gt;alert(1)&lt;/script&gt; &quot; onload=&quot;x&quot; javascript:alert(1) &lt;/title&gt;" b/findings.html &&
  grep -q "Test &lt;/title&gt;&lt;script&gt;x&lt;/script&gt;" b/index.html && grep -q "What was &lt;img src=x onerror=y&gt; reached" b/codebook.html'
silent 'nobody is named' sh -c 'grep -lE "Aibek|Ольга|Fatima|Person-" b/*.html one.html; grep -l "$PWD" b/*.html one.html; :'
quotes_of_findings ()
{
  sed -n '/id="entry-F1"/,/<\/article>/p' b/findings.html >f1
  cat f1
  grep -q ">Supports</h3>" f1 && grep -q "t002.html#$(quote_of effectiveness 0)\"" f1 && grep -q '>Contradicts</h3>' f1 &&
    grep -q "t004.html#$(quote_of impact 0)\"" f1 && grep -q 'href="findings.html#entry-F1"' b/recommendations.html
}
check 'a finding has its quotes by stance, a conclusion its finding' quotes_of_findings
as_many_quotes ()
{
  for code in effectiveness impact gender; do
    [ "$(grep -c "<li id=\"e-$code\\.Q" "b/code-$code.html")" = "$(a segments --code $code --format json | jq length)" ] || { echo "$code"; return 1; }
  done
}
check 'a code has as many quotes as segments' as_many_quotes
check 'text of another direction finds its own' grep -q '<p class="said" dir="rtl"[^>]*>.*<mark[^>]*>لم يتغير شيء.</mark>' b/t004.html
check 'precision is told where it was measured' grep -q '1 of 1 accepted: 100 %' b/codebook.html
check 'a heading without a part is left out' sh -c '! grep -q "Good practices" b/recommendations.html && grep -q ">Recommendations</h2>" b/recommendations.html'

for lang in fr:Constats es:Hallazgos ru:Обзор; do
  check "words in ${lang%%:*}" sh -c '"$ATTEST" -p p.attest book l --lang "$1" >/dev/null && grep -q "lang=\"$1\"" l/index.html && grep -q ">$2<" l/index.html' - "${lang%%:*}" "${lang#*:}"
done
check 'names of codes follow' sh -c '"$ATTEST" -p p.attest book l --lang fr && grep -q ">Efficacité<" l/index.html'
check 'another language, exit 2' status_is 2 "$ATTEST" -p p.attest book l --lang de

# For the public; tests/cli/t4200-public.sh looks for what must not come out.
a book silent --public >said
check 'for the public: nothing of who was not asked for consent' sh -c '! grep -l "All <b>targets\|We were not asked\|Мы достигли\|the road and the well" silent/*.html && grep -q "Quotes not printed, since consent is not recorded: [0-9]" silent/index.html'
printf 'respondent,quote\nPerson-One,anonymous\n' >consent.csv
a respondents import consent.csv >/dev/null && a book pub --public >/dev/null && a book pub.html --public >/dev/null
check 'the quotes of who consented, and no more of the transcript' sh -c 'grep -q "All targets were reached, also for women" pub/code-gender.html && ! grep -l "What was achieved\|Minister\|>ministry" pub/*.html pub.html'
command -v xmllint >/dev/null && silent 'every link of it resolves' resolve pub
command -v xmllint >/dev/null && mkdir -p single2 && cp pub.html single2/ && silent 'of the one page, too' resolve single2
index_of_quotes () { sed -n '/id="search-index">/,/<\/script>/p' pub/search.html | sed '1s/.*id="search-index">//; s/<\/script>.*//' | jq -e '[.sources[][2][] | select(.[0] | type != "string" or (startswith("Q") | not))] == []'; }
check 'its search knows quotes only' index_of_quotes

# Templates.
check 'a footer of their own, as text' sh -c 'mkdir -p t && echo "<script>y</script> {{title}}" >t/footer.txt && "$ATTEST" -p p.attest book tb --template t &&
  grep -q "&lt;script&gt;y&lt;/script&gt; Test &lt;/title&gt;" tb/index.html'
cp -r tb kept
for case in 'footer.txt|a\nb {{nil}}|t/footer.txt:2:3: there is no placeholder .nil.' 'footer.txt|é {{title|t/footer.txt:1:3: .*not closed' \
  'index.txt|x {{ratings}}|t/index.txt:1:3: .*alone on its line' 'findings.txt|# none|{{findings}} is missing' 'index.txt|{{findings}}|only once, in findings.txt' \
  'footer.txt|####  deep|t/footer.txt:1:1: ' 'footr.txt|x|t/footr.txt: is no file of a template' 'labels.ini|[page]\nnil=x|t/labels.ini:2: there is no label' \
  'labels.ini|[page]\n\nindex={x}|t/labels.ini:3: .*no value {x}' 'colours.ini|[light]\naccent=red;} body{|is no colour' 'colours.ini|[light]\nx=#fff|no colour .x.' \
  'logo.png|GIF89a|t/logo.png: is no png picture' 'footer.txt|\0377|not UTF-8'; do
  check "a template: $case" sh -c 'file=${1%%|*} rest=${1#*|}; rm -rf t && mkdir t && printf "%b" "${rest%%|*}" >"t/$file"
    "$ATTEST" -p p.attest book tb --template t 2>err; [ $? = 3 ] && grep -q "${rest#*|}" err && [ "$(wc -l <err)" = 1 ]' - "$case"
done
check 'the good book is still there' diff -r kept tb
rm -rf t && mkdir t && printf '[light]\naccent = #123456\n' >t/colours.ini && printf '\211PNG\r\n' >t/logo.png
check 'colours and a logo' sh -c '"$ATTEST" -p p.attest book tb --template t && grep -q -e "--accent: #123456" tb/index.html && grep -q "<img class=\"logo\" src=\"data:image/png;base64," tb/index.html && grep -q "img-src data:" tb/index.html'

# What is there is not lost.
mkdir other && echo precious >other/notes.txt
check 'a folder of something else is refused' sh -c '"$ATTEST" -p p.attest book other 2>err; [ $? = 2 ] && grep -q "other: holds .notes.txt., which is no part of a book" err && [ "$(cat other/notes.txt)" = precious ] && [ "$(ls -A other)" = notes.txt ]'
echo precious >b/mine.html
check 'and so is a book with a file more' sh -c '"$ATTEST" -p p.attest book b 2>err; [ $? = 2 ] && grep -q "mine.html" err && [ -s b/mine.html ]'
rm b/mine.html
check 'a file is no folder' sh -c 'echo x >plain; "$ATTEST" -p p.attest book plain 2>err; [ $? = 2 ] && [ "$(cat plain)" = x ]'
check 'an empty folder, with a slash' sh -c 'mkdir -p empty && "$ATTEST" -p p.attest book empty/ && [ -s empty/index.html ] && [ -z "$(ls -d empty?* 2>/dev/null)" ]'
check 'a book that is there is replaced, and nothing stays beside it' sh -c 'rm b/t001.html; "$ATTEST" -p p.attest book b && [ -s b/t001.html ] && [ -z "$(ls -d b.* 2>/dev/null)" ]'
cp -r b kept-b && cp one.html kept.html
check 'a full disk: an error, and the folder as it was' sh -c 'trap "" XFSZ; ulimit -f 200; "$ATTEST" -p p.attest book b 2>err; [ $? = 1 ]'
check 'it names the folder' grep -q '^attest: b: cannot' err
check 'the book is the old one, and nothing is left' sh -c 'diff -r kept-b b && [ -z "$(ls -d b.* 2>/dev/null)" ]'
check 'the same of the file' sh -c 'trap "" XFSZ; ulimit -f 200; "$ATTEST" -p p.attest book one.html 2>err; [ $? = 1 ] && cmp kept.html one.html && [ -z "$(ls one.html.* 2>/dev/null)" ]'
if [ "$(id -u)" = 0 ]; then
  skip 'a folder that cannot be written' 'root writes everywhere'
else
  check 'a folder that cannot be written' sh -c 'mkdir ro && chmod a-w ro && "$ATTEST" -p p.attest book ro/b 2>err; [ $? = 1 ] && grep -q "^attest: ro/b: cannot make the folder" err'
fi
check 'no folder to write into, exit 1' status_is 1 "$ATTEST" -p p.attest book nil/nil/b
check 'an empty project, before anything is coded' sh -c '"$ATTEST" init q >/dev/null; "$ATTEST" -p q.attest book qb 2>err; [ $? = 2 ] && grep -q codebook err && [ ! -e qb ]'
done_testing
