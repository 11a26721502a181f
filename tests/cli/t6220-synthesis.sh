#!/bin/sh
# synthesis: evaluations side by side. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >eval.yaml <<'YAML'
id: eval
version: 2.0.0
dimensions: {criterion: {title: Criterion}, theme: {title: Theme}}
codes:
  - {id: relevance, dimension: criterion, rules: [needs?]}
  - {id: impact, dimension: criterion, rules: ["changed?", "измени\\w*"]}
  - {id: gender, dimension: theme, rules: [women]}
YAML
# make NAME NEEDS CHANGED: a project with five respondents, of whom so many speak of it
make ()
{
  "$ATTEST" init "$1" >/dev/null
  i=0
  while [ $i -lt 5 ]; do
    i=$((i + 1))
    {
      echo "R: I am number $i of $1, an old hand in this village."
      [ $i -gt "$2" ] || echo "I: And? "
      [ $i -gt "$2" ] || echo "R: It met our needs, all of them, in the cafés too."
      [ $i -gt "$3" ] || echo "I: And then? "
      [ $i -gt "$3" ] || echo "R: Much has changed here since the day it began."
    } >"$1-$i.txt"
  done
  "$ATTEST" --project "$1.attest" ingest --interviewer I "$1"-*.txt >/dev/null
  "$ATTEST" --project "$1.attest" code eval.yaml >/dev/null
}
in_project () { project=$1; shift; "$ATTEST" --project "$project.attest" "$@" >/dev/null; }
make a 5 3 && make b 4 1 && make c 5 2 && make d 5 0
in_project a project set 'title=Water' donor='Fund A' donor='Fund B' to=2019-12-31 country=Chad
in_project b project set 'title=Roads' donor='Fund A' to=2021 'report_date=2022-03-01'
in_project c project set 'title=Schools' donor='Fund C' to=2021
for of in a:5 b:3 c:4; do in_project "${of%:*}" rate relevance "${of#*:}" --because 'It is so'; done
in_project d rate relevance 4 --scale four-point --because 'It is so'
in_project a finding add 'It met the needs' --criterion relevance
quote=$("$ATTEST" --project a.attest segments --code relevance --format json | jq -r '.[0].id')
in_project a finding link F1 "$quote"
in_project b criterion drop impact --because 'Too early to tell'

synthesis () { "$ATTEST" synthesis a.attest b.attest c.attest d.attest "$@"; }
figure () # FILTER EXPECTED ARGS…
{
  filter=$1 expected=$2
  shift 2
  got=$(synthesis "$@" --format json | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; return 1; }
}
sum=$(cat a.attest b.attest c.attest d.attest | sha256sum)

check 'rows are evaluations' figure '[.report, (.evaluations[] | .title)]' '["synthesis","Water","Roads","Schools","d"]'
check 'columns are criteria' figure '.criteria' '["relevance","impact"]'
check 'with rating, strength and who spoke of it' figure '.evaluations[0] | .criteria[0] | [.rating.level, .rating.scale, .strength != null, .findings, .respondents]' '["5","iom-5",true,1,5]'
check 'of how many' figure '[.evaluations[] | .respondents]' '[5,5,5,5]'
check 'no rating and no finding are unknown' figure '.evaluations[2].criteria[1] | [.rating, .strength, .respondents]' '[null,null,2]'
check 'a criterion that is not judged' figure '.evaluations[1].criteria[1].judged' false
check 'by which codebook' figure '[.evaluations[0].codebook | .id, .version]' '["eval","2.0.0"]'
check 'attributes are lists' figure '[.evaluations[] | .attributes.donor]' '[["Fund A","Fund B"],["Fund A"],["Fund C"],[]]'
check 'the year is that of the report, or of the end' figure '[.evaluations[] | .attributes.year]' '[["2019"],["2022"],["2021"],[]]'
check 'totals count levels of each scale by itself' figure '.totals[0].scales | map([.scale, .n, .median, [.levels[] | .level, .n]])' \
  '[["four-point",1,"4",["4",1]],["iom-5",3,"4",["5",1,"4",1,"3",1]]]'
check 'and who spoke of it where it was judged' figure '[.totals[] | .code, .judged, .rated, .respondents, .respondents_of]' '["relevance",4,4,19,20,"impact",3,0,5,15]'
check 'totals by an attribute, one of several values each' figure '[.totals[] | select(.code == "relevance") | .value, .evaluations]' \
  '["Fund A",2,"Fund B",1,"Fund C",1,null,1]' --by donor
check 'several scales are told' prints 'The ratings are on 2 scales' synthesis
check 'for people' prints '^Water .*Fund A; Fund B *5 .* 5/5 *– – 3/5' synthesis
check 'totals for people' prints '^Fund A: 2 evaluations' synthesis --by donor
check 'as CSV, a line an evaluation and criterion' sh -c '"$ATTEST" synthesis a.attest b.attest --format csv | wc -l | grep "^5$"'
check 'its totals as CSV' sh -c '"$ATTEST" synthesis a.attest b.attest --by donor --format csv | sed -n 2p | grep "^Fund A,relevance,2,2,"'
check 'own keys, too' sh -c '"$ATTEST" --project a.attest project set wave=first >/dev/null; "$ATTEST" synthesis a.attest --attribute wave --format json | jq -e ".evaluations[0].attributes == {\"wave\": [\"first\"]}"'
check 'a key that nobody has' prints 'no project has it; they have: .*donor' synthesis --by colour
check 'is a mistake' status_is 2 synthesis --by colour
check 'threads do not matter' sh -c 'for j in 1 3; do "$ATTEST" synthesis [abcd].attest --format json --jobs $j >out.$j; done; cmp out.1 out.3'
check 'copies are told' sh -c 'cp b.attest copy.attest; "$ATTEST" synthesis b.attest copy.attest | grep "holds, too: 5"'
check 'a folder' sh -c 'mkdir -p f && cp b.attest c.attest f && "$ATTEST" synthesis f --format json | jq -e "[.evaluations[].title] == [\"Roads\", \"Schools\"]"'
check 'a list on standard input' sh -c 'ls [ab].attest | "$ATTEST" synthesis - --format json | jq -e ".evaluations | length == 2"'
check 'named twice' prints 'a.attest: is named twice and counts once' synthesis a.attest
rm -rf f

check 'a page' sh -c '"$ATTEST" synthesis a.attest b.attest --format html >page.html; grep "Ratings on the scale iom-5" page.html && ! grep -i "<script\|attest\.attest" page.html'

# --- for the public
check 'small counts are not printed' figure '.evaluations[2].criteria[1] | [.respondents, .segments, .suppressed]' '[null,null,true]' --public
check 'nor those of all but a few' figure '.evaluations[1].criteria[0] | [.respondents, .suppressed]' '[null,true]' --public
check 'nor totals with one in it' figure '.totals[0].respondents' null --public
check 'nor paths' figure '.evaluations[0].path' null --public
check 'which is said' prints 'Counts of fewer than 3 respondents' synthesis --public
check 'for the team all is printed' figure '.evaluations[2].criteria[1].respondents' 2 --internal

# --- what cannot be read
sum=$(cat a.attest b.attest c.attest d.attest | sha256sum)
printf 'hello, this is no project at all\n' >foreign.attest
check 'a foreign file is named and left out' prints 'foreign.attest: is not an attest project; left out' synthesis foreign.attest
check 'the others go on' sh -c '"$ATTEST" synthesis a.attest foreign.attest b.attest --format json 2>/dev/null | jq -e "[(.evaluations | length), .failed[0].path] == [2, \"foreign.attest\"]"'
check 'and the exit status tells' status_is 5 synthesis foreign.attest
check 'one that is not there' status_is 1 synthesis none.attest
sqlite3 c.attest ".backup new.attest" && sqlite3 new.attest 'PRAGMA user_version = 999;' >/dev/null
check 'a newer one' prints 'new.attest: was made by a newer attest.*left out' synthesis new.attest
head -c 30000 b.attest >cut.attest
check 'a damaged one' prints 'cut.attest: .*left out' synthesis cut.attest
gzip -dc "$ATTEST_SRCDIR/tests/schema/v001.attest.gz" >old.attest
old=$(sha256sum old.attest)
check 'an older one is read' sh -c '"$ATTEST" synthesis old.attest --format json | jq -e ".evaluations | length == 1"'
check 'and stays as it is' sh -c "sha256sum old.attest | grep '${old%% *}' && ! ls | grep bak"
check 'all of them unreadable' prints 'none of the projects could be read' "$ATTEST" synthesis foreign.attest cut.attest
check 'a codebook that a project does not have' prints "no codebook 'oecd-dac' in a.attest.*left out" synthesis --codebook oecd-dac
"$ATTEST" init empty >/dev/null
check 'one without sources stays a row' sh -c '"$ATTEST" synthesis a.attest empty.attest --format json | jq -e ".evaluations[1] | .codebook == null and .criteria == []"'
check 'nothing was changed' sh -c "cat a.attest b.attest c.attest d.attest | sha256sum | grep '${sum%% *}'"
done_testing
