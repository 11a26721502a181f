#!/bin/sh
# compare: groups of people, and evaluations; projects that are read in place. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >fruit.yaml <<'YAML'
id: fruit
codes:
  - {id: apple, rules: [apples?]}
  - {id: pear, rules: [pears?, "груши"]}
  - {id: plum, rules: [plums?]}
YAML
# people PROJECT APPLES OF GROUP FIRST: OF respondents, APPLES of whom speak of apples, three times each
people ()
{
  i=0
  while [ "$i" -lt "$3" ]; do
    n=$(($5 + i)) i=$((i + 1))
    {
      echo 'I: What do you grow?'
      if [ "$i" -le "$2" ]; then
        echo "R: Apples in the first year. Apples again in the second one. And apples ever since then, é, on plot $n."
      else
        echo "R: Nothing at all in number $n, we sold the land to others long ago."
      fi
    } >"$1-$n.txt"
    echo "$1-$n,$1-$n,R,$4" >>"$1.csv"
  done
}
for project in p q; do echo 'respondent,source,speaker,group' >$project.csv; done
people p 9 10 Farmers 10
people p 2 10 Traders 30
people q 1 12 Farmers 50
for project in p q; do
  "$ATTEST" init $project >/dev/null
  "$ATTEST" --project $project.attest ingest $project-*.txt >/dev/null
  "$ATTEST" --project $project.attest respondents import $project.csv >/dev/null
  "$ATTEST" --project $project.attest code fruit.yaml >/dev/null
done

groups () { "$ATTEST" compare --project p.attest --by group "$@"; }
figure () # FILTER EXPECTED COMMAND…
{
  filter=$1 expected=$2
  shift 2
  got=$("$@" --format json | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; return 1; }
}

# Fisher's exact test of 9 1 / 2 8: the hypergeometric chances of the tables that are no more likely.
check 'groups are compared by respondents, not by segments' figure '.per_code[0] | [.code, .a, .b, (.populations[] | .name, .with, .of, .segments)]' \
  '["apple",9,2,"Farmers",9,10,27,"Traders",2,10,6]' groups
check 'Fisher' figure '.per_code[0].test | [.name, .p, .odds_ratio.value, .risk_difference.value]' '["exact",0.00547749,36,0.7]' groups
check 'a code that nobody has is not tested' figure '.per_code[1] | [.test.p, .test.cramers_v, .notes.test]' '[null,null,"no variation: nobody has it"]' groups
check 'the number of tests is told' figure '.per_code[0].test | [.tests, .adjustment]' '[1,"holm"]' groups
check 'a difference is told to scripts' status_is 10 groups
check 'for people' prints '^apple  *9/10  *90 %  *2/10  *20 %  *+70 (.*0.005' groups
check 'as CSV, a row a group' sh -c '"$ATTEST" compare --project p.attest --by group --format csv | grep -c "^code,apple,"| grep "^2$"'

# Multiplicity.
cat >two.yaml <<'YAML'
id: two
codes:
  - {id: apple, rules: [apples?]}
  - {id: since, rules: [since]}
  - {id: nothing, rules: [nothing]}
YAML
check 'Holm multiplies by the number of codes' figure '[.per_code[].test | .p_adjusted]' '[0.0164325,0.0164325,0.0164325]' groups --codebook two.yaml
check 'unless it is told not to' figure '[.per_code[].test | .p_adjusted]' '[0.00547749,0.00547749,0.00547749]' groups --codebook two.yaml --adjust none
check 'which is said' prints 'p is not adjusted' groups --codebook two.yaml --adjust none

projects () { "$ATTEST" compare p.attest q.attest "$@"; }
check 'evaluations by what they hold' figure '[.compared, .unit, (.per_code[0].populations[] | .with, .of)]' '["projects","respondent",11,20,1,12]' projects
check 'and their sources' figure '[.unit, (.populations[] | .sources), .per_code[0].a]' '["source",20,12,11]' projects --unit source
check 'coded in memory by another codebook' figure '[.per_code[] | .a, .b]' '[11,1,11,1,9,11]' projects --codebook two.yaml
check 'the same in memory as in the project' sh -c '
  "$ATTEST" compare p.attest q.attest --codebook fruit --format json | jq -c "[.per_code[] | [.populations[] | .with, .of]]" >1
  "$ATTEST" compare p.attest q.attest --codebook fruit.yaml --format json | jq -c "[.per_code[] | [.populations[] | .with, .of]]" | cmp - 1'
check 'groups over several projects' figure '[.per_code[0].populations[] | .with, .of]' '[10,22,2,10]' projects --by group
check 'with the word that they are pooled' prints 'Groups are pooled over the projects' projects --by group
check '--projects takes any name' sh -c 'cp p.attest one.db; "$ATTEST" compare --projects one.db q.attest --format json | jq -e ".per_code[0].a == 11"'
check 'a forest plot of two groups' sh -c '"$ATTEST" compare --project p.attest --by group --format svg >f.svg; xmllint --noout f.svg && grep "Farmers against Traders" f.svg'
check 'a page' sh -c '"$ATTEST" compare p.attest q.attest --format html | grep -c "<svg" | grep "^[1-9]"'
check 'copies of an interview are told' prints 'Texts that several of the projects hold: 20' "$ATTEST" compare --projects p.attest one.db
check 'and count in none of the projects' sh -c '"$ATTEST" compare --projects p.attest one.db --format json | jq -e "[.populations[].units] == [0, 0]"'
check 'small counts are not printed in public' figure '.per_code[0] | [.populations[1].with, .populations[1].of, .test.p, .populations[1].suppressed]' '[null,12,null,true]' projects --public
check 'nor in the table' prints '^apple  *11/20 *55 %  *\* ' projects --public
check 'nor paths' figure '.a.path' null projects --public
# A human's word counts.
id=$("$ATTEST" --project q.attest segments --code apple --format json | jq -r '.[0].id')
for segment in $("$ATTEST" --project q.attest segments --code apple --format json | jq -r '.[].id'); do
  "$ATTEST" --project q.attest review --reject "$segment" --reason no >/dev/null
done
check 'what was rejected does not count' figure '.per_code[0].b' 0 projects
check 'nor in memory' figure '.per_code[0].b' 0 projects --codebook fruit.yaml

# --- projects that are not as they should be
gzip -dc "$ATTEST_SRCDIR/tests/schema/v001.attest.gz" >old.attest
sum=$(sha256sum old.attest)
check 'an older project is read' sh -c '"$ATTEST" compare old.attest p.attest --codebook fruit.yaml --format json | jq -e ".populations | length == 2"'
check 'and stays as it is' sh -c "sha256sum old.attest | grep '${sum%% *}' && ! ls | grep bak"
printf 'SQLite format 3' >bad.attest
check 'a foreign file is named' prints 'bad.attest: is not an attest project' projects bad.attest
check 'and nothing is compared' status_is 5 projects bad.attest
check 'a file that is not there' prints 'none.attest' projects none.attest
head -c 20000 p.attest >cut.attest
check 'a damaged one' prints 'cut.attest: ' projects cut.attest
"$ATTEST" init raw >/dev/null && "$ATTEST" --project raw.attest ingest p-10.txt >/dev/null
check 'one that was not coded' prints 'in raw.attest' projects raw.attest
"$ATTEST" init bare >/dev/null
check 'one where nobody speaks' prints 'No respondent counts in bare, so that it is not compared' projects bare.attest --codebook two.yaml
check 'has no test, and says why' figure '.per_code[0].test.p' null "$ATTEST" compare p.attest bare.attest --codebook two.yaml
rm bare.attest
mkdir -p other && sed 's/sold/gave/' p-10.txt >other/p-10.txt && sed 's/year/month/' p-10.txt >>other/p-10.txt
"$ATTEST" init other/o >/dev/null && "$ATTEST" --project other/o.attest ingest other/p-10.txt >/dev/null
check 'another text of the same name is told' prints 'the same name whose text is not the same in all projects: 1 .p-10.' "$ATTEST" compare p.attest other/o.attest --codebook two.yaml
check 'nothing to compare' prints 'nothing to compare: name two codebooks' "$ATTEST" compare p.attest
check 'sentences are not independent' prints 'not independent' groups --unit sentence
check 'an attribute that nobody has' prints "no respondent has an attribute 'shoe'" "$ATTEST" compare p.attest --by shoe
check 'never NaN' sh -c '! "$ATTEST" compare p.attest --by group --format json | grep -i nan'
done_testing
