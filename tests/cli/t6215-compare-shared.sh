#!/bin/sh
# compare: projects that hold the same texts, passage by passage; many projects at once. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >old.yaml <<'YAML'
id: old
codes:
  - {id: water, rules: [taps?, "колод\\w*"]}
  - {id: cost, rules: [paid]}
YAML
cat >new.yaml <<'YAML'
id: new
codes:
  - {id: water, rules: [taps?]}
  - {id: price, rules: [paid, fees?]}
YAML
for i in 1 2 3 4 5 6 7; do
  printf 'I: How is the water?\nR: We have a tap 💧, e\314\201. Наш колодец сухой. We paid nothing in %s.\n' $i >t$i.txt
done
printf 'I: And here?\nR: The tap is new. We paid once.\n' >mine.txt
printf 'I: And there?\nR: No fees at all in the town.\n' >yours.txt
"$ATTEST" init ana >/dev/null && "$ATTEST" --project ana.attest ingest t*.txt mine.txt >/dev/null
# Another copy of the same texts under other names.
mkdir b && for i in 1 2 3 4 5 6 7; do cp t$i.txt b/copy$i.txt; done
"$ATTEST" init ben >/dev/null && "$ATTEST" --project ben.attest ingest b/*.txt yours.txt >/dev/null
"$ATTEST" --project ana.attest code old.yaml >/dev/null && "$ATTEST" --project ben.attest code new.yaml >/dev/null

compare () { "$ATTEST" compare ana.attest ben.attest "$@"; }
figure () # FILTER EXPECTED ARGS…
{
  filter=$1 expected=$2
  shift 2
  got=$(compare --format json --bootstrap 100 "$@" | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; return 1; }
}
check 'what both hold, as two codebooks have it' figure '.shared | [.compared, .sources, .units, .a.kind, .a.id, .b.project]' '["projects on the same texts",7,21,"project","old","ben.attest"]'
check 'lost and gained' figure '[.shared.paired[] | [.code, .a, .b, .both, .lost, .gained]]' '[["water",14,7,7,7,0]]'
check 'codes with other names' sh -c 'printf "a,b\ncost,price\n" >map.csv; "$ATTEST" compare ana.attest ben.attest --mapping map.csv --format json | jq -e ".shared.paired[1] | [.code, .a, .b, .both] == [\"cost\", 7, 7, 7]"'
check 'counts as the projects list them' sh -c '
  "$ATTEST" --project ana.attest segments --code water --format json | jq "[.[] | select(.source | test(\"^t\"))] | length" >1
  "$ATTEST" compare ana.attest ben.attest --format json | jq ".shared.paired[0].a" | cmp - 1'
check 'the rule responsible, and its place in code points' sh -c 'text=$("$ATTEST" --project ana.attest text t1)
  "$ATTEST" compare ana.attest ben.attest --format json | jq -e --arg text "$text" ".shared.differences[0]
    | .rules == [\"water/2.1\"] and \$text[.start:.end] == .quote and \$text[.hits[0].start:.hits[0].end] == \"колодец\""'
check 'nobody counts twice' figure '[.populations[] | .units, .sources]' '[1,1,1,1]'
check 'which is told' prints 'Texts that several of the projects hold: 7. They are compared passage by passage' compare
check 'for people' prints 'The same texts in ana.attest and ben.attest' compare
check 'exit 10' status_is 10 compare
check 'CSV of one part' sh -c '"$ATTEST" compare ana.attest ben.attest --part paired --format csv | grep "^ana.attest,ben.attest,sentence,water,14,7,7,7,0,21,"'
check 'a page' sh -c '"$ATTEST" compare ana.attest ben.attest --format html >page.html; grep -c "What A and B find" page.html | grep "^[1-9]"; grep "Who has which code, by project" page.html'
check 'a workbook' sh -c '"$ATTEST" compare ana.attest ben.attest --format xlsx -o w.xlsx; unzip -p w.xlsx xl/workbook.xml | grep "name=\"projects\".*name=\"paired\".*name=\"differences\""'

# --- what people decided
id=$("$ATTEST" --project ana.attest segments --code water --source t1 --format json | jq -r '.[] | select(.quote | contains("tap")) | .id')
"$ATTEST" --project ana.attest review --code water --reject "$id" --reason 'A tap of beer' >/dev/null
check 'what somebody rejected does not count' figure '.shared.paired[0] | [.a, .b, .both, .lost, .gained]' '[13,7,6,7,1]'
check 'and is told where it makes the difference' figure '[.shared.differences[] | select(.decisions != []) | [.source, .a, .b, .decisions]]' '[["t1",[],["water"],["A rejected water"]]]'
check 'for people, too' prints 'A rejected water' compare
start=$("$ATTEST" --project ben.attest text copy2 | jq -Rs 'split("Наш")[0] | length')
"$ATTEST" --project ben.attest mark copy2 "$start" $((start + 18)) water >/dev/null
check 'what somebody marked counts' figure '.shared.paired[0] | [.a, .b, .both]' '[13,8,7]'
check 'copies that nobody touched do not differ' sh -c 'cp ana.attest copy.attest; "$ATTEST" compare ana.attest copy.attest --format json | jq -e ".shared | .differences_total == 0 and .overall.jaccard == 1"'
check 'exit 0' status_is 0 "$ATTEST" compare ana.attest copy.attest

printf 'id: other\ncodes:\n  - {id: zebra, rules: [zebra]}\n' >other.yaml
cp copy.attest zebra.attest && "$ATTEST" --project zebra.attest code other.yaml >/dev/null
check 'codes that cannot be paired are told' prints 'Not compared passage by passage: the codebooks have no code in common' "$ATTEST" compare ana.attest zebra.attest

check 'two of one name are told apart' sh -c 'mkdir -p again && cp ana.attest again/ana.attest && "$ATTEST" compare ana.attest again/ana.attest | grep "The same texts in ana.attest and again/ana.attest"'
check 'which project was not coded by it' prints "zebra.attest was not coded by 'old', and to code all in memory" sh -c 'cp b/copy1.txt raw.txt; rm -f zebra.attest; "$ATTEST" init zebra >/dev/null; "$ATTEST" --project zebra.attest ingest raw.txt >/dev/null; "$ATTEST" compare ana.attest zebra.attest --codebook old'

# --- in public
check 'no paths, no labels' sh -c '"$ATTEST" compare ana.attest ben.attest --public --format json >public.json; ! grep "attest\"\|\"t1\"\|copy1" public.json && jq -e ".shared.a.project == null and .shared.a.given == null" public.json'

# --- by one codebook, and by group
check 'one codebook finds the same in each: not compared' figure '[.shared, (.populations[] | .units)]' '[null,1,1]' --codebook old.yaml
check 'which is told' prints 'All are coded by one codebook' compare --codebook old.yaml
check 'options for passages need some' status_is 2 compare --codebook old.yaml --part paired
for project in ana ben; do
  { echo 'respondent,source,speaker,place'
    for label in $("$ATTEST" --project $project.attest sources --format json | jq -r '.[].label'); do
      case $label in *[1-3] | mine) echo "P$label,$label,R,up" ;; *) echo "P$label,$label,R,down" ;; esac
    done; } >people.csv
  "$ATTEST" --project $project.attest respondents import people.csv >/dev/null
done
check 'among groups a text counts once' figure '[.populations[] | [.name, .units]]' '[["down",5],["up",4]]' --by place --codebook old.yaml
check 'coded or not' sh -c '"$ATTEST" --project ben.attest code old.yaml >/dev/null; "$ATTEST" compare ana.attest ben.attest --by place --codebook old --format json | jq -e "[.populations[].units] == [5, 4]"'

# --- three
cp ana.attest third.attest && "$ATTEST" --project third.attest code new.yaml >/dev/null
check 'three projects: what all of them hold' sh -c '"$ATTEST" compare ana.attest ben.attest third.attest --format json | jq -e ".shared.sources == 7 and (.shared.matrix.krippendorff_alpha | length) == 3 and (.warnings | map(select(contains(\"what they alone share\"))) | length) == 1"'

# --- many
mkdir many && for i in 1 2 3 4 5 6 7 8 9; do
  printf 'I: So?\nR: There is a tap in year %s. We paid a fee.\n' $i >m$i.txt
  "$ATTEST" init many/m$i >/dev/null && "$ATTEST" --project many/m$i.attest ingest m$i.txt >/dev/null
done
check 'codebooks on a folder of projects' sh -c '"$ATTEST" compare old.yaml new.yaml many --format json --no-intervals | jq -e "[(.projects | length), .sources, .units, .per_code[0].both] == [9, 9, 18, 9]"'
check 'on a pattern' sh -c '"$ATTEST" compare old.yaml new.yaml --project "many/m[1-3].attest" --format json --no-intervals | jq -e "(.projects | length) == 3"'
check 'on a list' sh -c 'ls many/*.attest | "$ATTEST" compare old.yaml new.yaml - --format json --no-intervals | jq -e "(.projects | length) == 9"'
check 'projects of a folder' sh -c '"$ATTEST" compare many --codebook old.yaml --format json | jq -e "(.populations | length) == 9"'
check 'keyness takes a folder, too' sh -c '"$ATTEST" keyness many --all --min-count 1 --format json | jq -e ".format == 1"'
check 'named twice counts once' prints 'many/m1.attest: is named twice and counts once' "$ATTEST" compare old.yaml new.yaml many/m1.attest many/m1.attest
check 'a pattern that matches nothing' prints 'no file is named like that' "$ATTEST" compare old.yaml new.yaml --project 'many/x*.attest'
mkdir none
check 'a folder without projects' prints 'none: no project files' "$ATTEST" compare old.yaml new.yaml none
check 'never NaN' sh -c '! grep -iw "nan" page.html public.json'
done_testing
