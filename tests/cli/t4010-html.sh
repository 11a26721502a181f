#!/bin/sh
# report … --format html: one page, self-contained, every link resolves, nothing of a stranger is markup. TAP.
set -u
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT && cd "$scratch" || exit 99
n=0
check () { # DESCRIPTION SHELL
  n=$((n + 1))
  if sh -c "$2" >out.txt 2>err.txt; then echo "ok $n - $1"
  else echo "not ok $n - $1"; head -c 2000 out.txt err.txt | sed 's/^/# /'; fi
}
hostile='<script>alert(1)</script> " onload="x" javascript:alert(1) </title></style><img src=http://x/y onerror=z> &lt;b&gt; women'
cat > book.yaml <<'YAML'
id: small
dimensions:
  criterion: {title: Criterion}
  theme: {title: Theme}
codes:
  - id: effectiveness
    dimension: criterion
    name: 'Effect"><script>x</script>'
    asked: ['achiev\w+']
    rules: ['targets?', 'reached', 'достигл\w*', 'alert']
  - id: impact
    dimension: criterion
    rules: ['changed', 'يتغير']
  - id: gender
    dimension: theme
    rules: ['women', 'женщин\w*']
YAML
{ echo 'Interviewer: What was achieved for women?'; echo
  echo 'Minister Aibek: All targets were reached, also for women. We were not asked.'; echo
  echo 'Interviewer: And then?'; echo
  echo "Minister Aibek: $hostile"; } > ministry.txt
printf 'Interviewer: Чего достигли?\n\nОльга: Мы достигли того, что женщины решают сами.\n\nInterviewer: А еще?\n\nОльга: Ничего.\n' > 'ngo <b>.txt'
printf 'Interviewer: ماذا؟\n\nFatima: لم يتغير شيء.\n\nInterviewer: نعم؟\n\nFatima: نعم.\n' > 'سوق.txt'
printf "respondent,source,speaker,group\nPerson-One,ministry,,Government & <i>co</i>\nPerson-Two,ngo <b>,,\"Civil \"\"society\"\"\"\n" > r.csv
"$ATTEST" init p --title 'Test </title><script>x</script>' >log && "$ATTEST" -p p.attest ingest ./*.txt >log &&
  "$ATTEST" -p p.attest respondents import r.csv >log && "$ATTEST" -p p.attest code book.yaml >log ||
  { echo 'Bail out! no project'; exit 99; }
for r in frequency matrix 'matrix --cols attribute:group' evidence 'evidence --dimension all' 'evidence gender'; do
  "$ATTEST" -p p.attest report $r --format html -o "$(echo "$r" | tr -d ' :-').html" || { echo "Bail out! $r"; exit 99; }
done

ls ./*.html >pages

check 'the same project gives the same bytes' \
  'cp evidence.html first && "$ATTEST" -p p.attest report evidence --format html | cmp - first'
if command -v xmllint >/dev/null; then
  check 'the pages are well-formed HTML' \
    'while read -r f; do xmllint --html --noout "$f" 2>&1 | grep -a "error" | grep -av "Tag .* invalid"; done <pages | { ! grep . ; }'
  check 'elements and attributes are only those that we write' \
    'while read -r f; do xmllint --html --xpath "//*" "$f" 2>/dev/null | grep -o "<[a-zA-Z][a-zA-Z0-9]*" | sort -u; done <pages | sort -u >e
     printf "<%s\n" html head meta title style body a div header p h1 nav ul li span h2 h3 main section b table caption thead tr th tbody td tfoot svg rect bdi blockquote mark footer time br | sort >allowed
     ! comm -23 e allowed | grep .'
  check 'every link leads to a place of the page, and no place is there twice' \
    'while read -r f; do
       xmllint --html --xpath "//@href" "$f" 2>/dev/null | sed "s/^ *href=\"//; s/\"$//" | sort -u >hrefs; [ -s hrefs ] || exit 1
       xmllint --html --xpath "//@id" "$f" 2>/dev/null | sed "s/^ *id=\"/#/; s/\"$//" | sort >ids
       [ -z "$(uniq -d ids)" ] && [ -z "$(comm -23 hrefs ids)" ] || exit 1; done <pages'
  check 'the page has a table for each count, with headings that say of what' \
    'for x in "//table[not(caption)]" "//table//thead//th[not(@scope)]" "//svg[not(title)]" "//svg[not(@role)]"; do
       while read -r f; do [ "$(xmllint --html --xpath "count($x)" "$f" 2>/dev/null)" = 0 ] || exit 1; done <pages; done'
else
  echo "ok $((n + 1)) - # SKIP no xmllint"; n=$((n + 1))
fi
check 'no script, no handler, no style attribute, nothing from outside' \
  '! grep -aiE "<script|<img|<link|<iframe|<object|<base|<form| on[a-z]+=\"| style=\"|src=\"|url\(|@import|href=\"[^#]" ./*.html'
check 'the policy allows the style of the page, by its hash, and nothing else' \
  'while read -r f; do
     sed -n "/<style>/,/<\/style>/p" "$f" | tr "\n" "\001" | sed "s/.*<style>//; s/<\/style>.*//" | tr "\001" "\n" >style
     hash=$(sha256sum <style | cut -c1-64 | sed "s/../\\\\x&/g"); hash=$(env printf "$hash" | base64)
     grep -q "content=\"default-src &#39;none&#39;; style-src &#39;sha256-$hash&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;\"" "$f" || exit 1; done <pages'
check 'what a stranger wrote is text' \
  'grep -q "&lt;script&gt;alert(1)&lt;/script&gt; &quot; onload=&quot;x&quot; javascript:alert(1) &lt;/title&gt;&lt;/style&gt;&lt;img src=http://x/y onerror=z&gt; &amp;lt;b&amp;gt;" evidence.html &&
   grep -q "<h1 dir=\"auto\">Test &lt;/title&gt;&lt;script&gt;x&lt;/script&gt;</h1>" evidence.html &&
   grep -q "Government &amp; &lt;i&gt;co&lt;/i&gt;" evidence.html && grep -q "Effect&quot;&gt;&lt;script&gt;" evidence.html'
check 'as many quotes as segments, criterion by criterion, each linked to its passage' \
  '"$ATTEST" -p p.attest report evidence --dimension all --format json >e.json
   jq -r ".criteria[] | .code as \$c | .segments[] | \"e-\(\$c).\(.id)\"" e.json | sort >expected
   grep -ao "<li id=\"e-[^\"]*\"" evidencedimensionall.html | cut -d\" -f2 | sort >found; [ -s found ] && cmp expected found &&
   jq -r ".criteria[].segments[].id" e.json | sort -u >quotes
   grep -ao "<\(mark\|span\) class=\"[^\"]*\" id=\"Q[^\"]*\"" evidencedimensionall.html | sed "s/.*id=\"//; s/\"//" | sort >marks; cmp quotes marks'
check 'what is marked is what was quoted' \
  '"$ATTEST" -p p.attest segments --code gender --format json | jq -r ".[] | select(.source == \"ministry\") | .quote" | head -1 >quote
   grep -F ">$(cat quote)</mark>" evidence.html'
check 'the interviewer is shown and not marked; nobody is named' \
  'grep -q "<b>Interviewer</b>" evidence.html && grep -q "What was achieved for women?</p>" evidence.html &&
   ! grep -E "Aibek|Ольга|Fatima|Person-|$PWD" evidence.html evidencedimensionall.html'
check 'text of another direction finds its own' \
  'grep -q "<p class=\"said\" dir=\"auto\"[^>]*><mark[^>]*>لم يتغير شيء.</mark>" evidence.html'
check 'only the transcripts that are quoted are part of the page' \
  'grep -q "<h2 dir=\"auto\">ministry</h2>" evidencegender.html && ! grep -q "<h2 dir=\"auto\">سوق</h2>" evidencegender.html'
check 'a page that is limited to some respondents says so' \
  '"$ATTEST" -p p.attest report evidence --where "group=Civil \"society\"" --format html >w.html
   grep -q "Only respondents with group: Civil &quot;society&quot;" w.html && ! grep -q ">ministry<" w.html'
check 'a page that fails leaves the old one and nothing else' \
  'echo old >keep.html; "$ATTEST" -p p.attest report evidence nil --format html -o keep.html; [ $? = 2 ] && [ "$(cat keep.html)" = old ] && ! ls keep.html.*
   "$ATTEST" -p p.attest report evidence --format html >/dev/full; [ $? = 1 ]'
echo "1..$n"
