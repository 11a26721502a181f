#!/bin/sh
# book --lang: no word of ours is left in English. Whatever the project holds is written in Georgian, so that each other
# word of a page is ours, and must be among the words of the catalogue in the language of the book. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

command -v xmllint >/dev/null || { skip 'words of every language' 'no xmllint'; done_testing; exit 0; }

cat > book.yaml <<'YAML'
id: წიგნი
dimensions:
  criterion: {}
  theme: {}
codes:
  - id: შედეგი
    dimension: criterion
    question: რა შეიცვალა?
    definition: რაც შეიცვალა
    include: ცვლილება
    exclude: გეგმა
    asked: ['შეიცვალა\?']
    rules:
      - match: ['შედეგ\w*']
        unless: ['შედეგის გარეშე']
      - match: ['კარგ\w*']
        weight: 0.5
    examples: [შედეგი კარგია.]
    counterexamples: [არაფერი.]
  - id: მდგრადობა
    dimension: criterion
    rules: ['დარჩ\w*']
  - id: საჭიროება
    dimension: criterion
    asked: ['გჭირდებათ\?']
    rules: ['საჭირო\w*']
  - id: ცარიელი
    dimension: criterion
    rules: ['არასოდეს ნათქვამი']
  - id: ქალები
    dimension: theme
    rules: ['ქალ\w*']
YAML
say () # NAME SENTENCE…
{
  name=$1
  shift
  printf 'Interviewer: რა შეიცვალა? რა გჭირდებათ?\n\n' >"$name.txt"
  for sentence; do printf 'Respondent: %s\n\nInterviewer: კიდევ?\n\n' "$sentence" >>"$name.txt"; done
}
n=1
for group in სოფელი სოფელი სოფელი ქალაქი ქალაქი ქალაქი; do
  say "კითხვა$n" "შედეგი კარგია და ქალებს ეს მოსწონთ, ასე იყო $n." "შედეგი არ დარჩება და არ არის კარგი, თქვა $n." "ქალებისთვის საჭირო იყო $n." "ეს დარჩება $n."
  echo "კაცი$n,კითხვა$n,,$group,interview,$([ $n = 2 ] && echo none || echo anonymous)" >>rows
  n=$((n + 1))
done
say კითხვა7 'შედეგი აქ სხვაა.'
printf 'Interviewer: რა შეიცვალა?\n\nAida: შედეგი.\n\nInterviewer: კიდევ?\n\nBek: ქალები.\n\nAida: არა.\n\nBek: კი.\n' >ჯგუფი.txt
{ echo respondent,source,speaker,group,method,consent && cat rows; } >r.csv
USER=კოდირება
export USER
a () { "$ATTEST" -p p.attest "$@"; }
quote () { a segments --code "$1" --format json | jq -r ".[$2].id"; }
make_project ()
{
  "$ATTEST" init p --title 'სახელი' && a ingest კითხვა*.txt && a ingest --kind focus-group ჯგუფი.txt && a respondents import r.csv && a code book.yaml &&
    gone=$(quote მდგრადობა 1) && a review --accept "$(quote შედეგი 0)" --code შედეგი && a review --reject "$gone" --code მდგრადობა --reason 'არა' &&
    a review --key "$(quote ქალები 7):ქალები" &&
    a finding add 'პირველი' --criterion შედეგი --on "$(quote შედეგი 0)" --on "$(quote შედეგი 1)" --on "$(quote შედეგი 3)" --against "$(quote შედეგი 5)" &&
    a finding add 'მეორე' --criterion მდგრადობა && a finding add 'მესამე' --criterion მდგრადობა --against "$(quote მდგრადობა 1)" &&
    a finding add 'მეოთხე' --criterion საჭიროება --on "$(quote საჭიროება 1)" --on "$gone" &&
    a conclusion add 'დასკვნა' --on F1 && a conclusion add 'ცარიელი' && a recommendation add 'რჩევა' --on F1 && a recommendation add 'ბოლო' --on C1 --addressee 'ვინმე' --priority high &&
    a lesson add 'გაკვეთილი' --on F1 && a practice add 'კარგი' --on F1 &&
    a rate შედეგი 5 --because 'მაგრამ კარგია' && a rate მდგრადობა 5 --because 'კარგია' && a rate საჭიროება 5 --because 'კარგია' && a rate ცარიელი 5 --because 'კარგია' &&
    a check silence finding-without-quote F2 --because 'ვიცით'
}
make_project >log 2>&1 || { cat log; echo 'Bail out! no project'; exit 99; }
a check >problems
for check in rating-without-finding above-strength ceiling finding-without-quote without-basis recommendation-open unanswered consent rejected unused-key-quote; do
  check "the project has a problem: $check" grep -q "$check" problems
done

words () { sed 's/ / /g' | tr -c "A-Za-z0-9\200-\377'" '\n' | grep '[A-Za-z][A-Za-z]' | sort -u; }
# Words of the page that are seen or read out: Latin letters, or Cyrillic ones in a book that is not Russian.
words_of () # FOLDER
{
  for page in "$1"/*.html; do
    xmllint --html --nonet --xpath '//body//text()[not(ancestor::script) and not(ancestor::code)] | //@aria-label | //@title | //@alt | //@data-found | //@data-more' "$page" 2>/dev/null |
      sed 's/^ *[a-z-]*="//; s/&[a-z]*;/ /g'
    sed -n 's/.*id="search-index">//p' "$page" | grep -o '"interviewer":"[^"]*"' | sed 's/"interviewer"//'
  done | words
}
catalogue_of () # LANG: words of the catalogue, of scales and of dates in it
{
  sed -n "s/^[a-z_-]*\\[$1]=//p" "$ATTEST_SRCDIR/src/report/labels/labels.ini"
  sed -n "s/.*$1: \\([^,}]*\\).*/\\1/p" "$ATTEST_SRCDIR"/codebooks/scales/*.yaml
}
for lang in fr es ru; do
  for audience in '' --public; do
    check "a book in $lang $audience" a book "b-$lang$audience" --lang $lang $audience
    words_of "b-$lang$audience" >words
    catalogue_of $lang | words >known
    # Names of things, which have no language: this program, a scale, a pattern.
    printf '%s\n' attest sha256 iom unless >>known
    sort -u -o known known
    check 'it has words' sh -c '[ "$(wc -l <words)" -gt 40 ] || [ "$1" = ru ]' - $lang
    silent 'all are of the catalogue' sh -c 'comm -23 words known | grep -vE "^([QRS][0-9A-Z]{5,6}|[0-9a-f]+|[FCRLG][0-9]+)$" | head -20; :'
  done
done
silent 'nobody is named, also where it is said whose consent is missing' sh -c 'grep -lE "კაცი[0-9]" b-*/*.html; :'
check 'a word that is missing is found' sh -c 'echo zzzz >>words; sort -u -o words words; comm -23 words known | grep -q zzzz'
done_testing
