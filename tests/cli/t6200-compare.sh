#!/bin/sh
# compare: codebooks on the same texts, in memory. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >fruit.yaml <<'YAML'
id: fruit
version: 1.0.0
codes:
  - {id: apple, name: {en: Apple}, rules: [apples?, cider]}
  - {id: pear, rules: [pears?, "яблок\\w*", "café"]}
  - {id: red, rules: [red]}
  - {id: green, rules: [green]}
YAML
cat >other.yaml <<'YAML'
id: other
codes:
  - {id: pear, rules: [pears?, "café"]}
  - {id: pomme, name: {en: " apple "}, rules: [apples?]}
  - {id: plum, rules: [plums?]}
  - {id: red, rules: [red]}
YAML
# The é of one is two code points.
{
  echo 'I: What about the apples and pears?'
  echo 'Ana: The apples were good 🍏 in the year before last. Then it rained for nine weeks, and rained. We had many pears in the cellar, too.'
  echo 'I: And?'
  printf 'Ben: We drank cider at every meeting in the cafe\314\201 of the village. Мы видели яблоки на каждом дереве, и они были хороши.\n'
} >a.txt
sed 's/good/bad/; s/many pears/many plums/; s/Ben:/Eve:/' a.txt >b.txt
"$ATTEST" init p >/dev/null && "$ATTEST" ingest a.txt b.txt >/dev/null
cat >respondents.csv <<'CSV'
respondent,source,speaker,group
Ana,a,Ana,Farmers
Ben,a,Ben,Farmers
Ana of b,b,Ana,Traders
Eve,b,Eve,Traders
CSV
"$ATTEST" respondents import respondents.csv >/dev/null

compare () { "$ATTEST" compare fruit.yaml other.yaml "$@"; }
figure () # FILTER EXPECTED ARGS…
{
  filter=$1 expected=$2
  shift 2
  got=$(compare "$@" --format json --no-intervals | jq -c "$filter")
  [ "$got" = "$expected" ] || { echo "got $got"; return 1; }
}
before=$(cat p.attest* | sha256sum)

check 'it tells a script that they differ' status_is 10 compare
check 'and that they do not' status_is 0 "$ATTEST" compare fruit.yaml fruit.yaml
check 'what they are' figure '[.a.id, .a.version, .b.id, .a.codes, .b.patterns, .unit]' '["fruit","1.0.0","other",4,5,"sentence"]'
check 'the unit is counted, questions left out' figure '[.units, .sources, .respondents]' '[10,2,4]'
check 'codes are the same by id and by name' figure '[.per_code[] | [.code, .aligned_by, .a_codes[0], .b_codes[0]]]' \
  '[["apple","name","apple","pomme"],["pear","id","pear","pear"],["red","id","red","red"],["green",null,"green",null],["plum",null,null,"plum"]]'
check 'counts by code' figure '[.per_code[] | [.a, .b, .both, .gained, .lost]]' '[[4,2,2,0,2],[5,3,3,0,2],[0,0,0,0,0],[0,null,null,0,0],[null,1,null,1,0]]'
check 'Jaccard and alpha' figure '[.per_code[0] | .jaccard, .krippendorff_alpha]' '[0.5,0.547619]'
check 'the same alpha as agree has' sh -c '
  "$ATTEST" code fruit.yaml >/dev/null; "$ATTEST" code other.yaml >/dev/null
  "$ATTEST" compare fruit.yaml other.yaml --format json | jq -c ".per_code[1] | .krippendorff_alpha" >c
  "$ATTEST" agree --codebook fruit --codebook other --format json | jq -c ".per_code[] | select(.code == \"pear\") | .krippendorff_alpha" | cmp - c'
before=$(cat p.attest* | sha256sum)
check 'respondents' figure '[.per_code[0] | .a_counts.respondents, .b_counts.respondents]' '[4,2]'
check 'a code that nobody found has no alpha, and a reason' figure '.per_code[2] | [.jaccard, .krippendorff_alpha, .notes.krippendorff_alpha]' \
  '[null,null,"no variation: neither found the code anywhere"]'
check 'a code that one lacks has none either' figure '.per_code[4] | [.a, .krippendorff_alpha, .notes.krippendorff_alpha]' '[null,null,"a has no such code"]'
check 'the passages, with the rules responsible' figure '[.differences[] | [.source, .turn, .a, .b, .rules]]' \
  '[["a",3,["apple","pear"],["pear"],["apple/2.1"]],["a",3,["pear"],[],["pear/2.1"]],["b",1,[],["plum"],["plum/1.1"]],["b",3,["apple","pear"],["pear"],["apple/2.1"]],["b",3,["pear"],[],["pear/2.1"]]]'
check 'their place is in code points' sh -c 'text=$("$ATTEST" text a)
  "$ATTEST" compare fruit.yaml other.yaml --format json \
    | jq -e --arg text "$text" ".differences[0] | \$text[.start:.end] == .quote and (\$text[.hits[0].start:.hits[0].end] == \"cider\")"'
check 'a pattern that only one has' figure '.differences[0].hits[0] | [.side, .why]' '["a","pattern"]'
check 'turns' figure '[.unit, .units, .per_code[0].a, .per_code[0].b]' '["turn",4,4,2]' --unit turn
check 'sources' figure '[.unit, .units, .per_code[4].b, (.differences | length)]' '["source",2,1,5]' --unit source
check 'only codes that both have' figure '[.differences[].rules[0]]' '["apple/2.1","pear/2.1","apple/2.1","pear/2.1"]' --common
check 'shifts by group' figure '[.shifts[] | select(.code == "apple") | [.group, .respondents, .a_respondents, .b_respondents, .shift_sentences]]' \
  '[["Farmers",2,2,1,-1],["Traders",2,2,1,-1]]' --by group
check 'why there is no alpha, for people' prints 'a code does not vary: 1 found nowhere, 0 in every sentence' compare
check 'for people' prints '^apple  *4  *2  *2  *2  *0  *0.50' compare
check 'the sentences that differ, for people' prints '^a  *3 .*We drank cider' compare
check 'as CSV' sh -c '"$ATTEST" compare fruit.yaml other.yaml --format csv | sed -n 2p | grep "^fruit.yaml,other.yaml,sentence,apple,name,4,2,2,2,0,0.5,"'
check 'only the sentences' sh -c '"$ATTEST" compare fruit.yaml other.yaml --differences --format csv --limit 2 | wc -l | grep "^3$"'
check 'the number of threads does not matter' sh -c '
  "$ATTEST" compare fruit.yaml other.yaml --format json --jobs 1 >1; "$ATTEST" compare fruit.yaml other.yaml --format json --jobs 4 | cmp - 1'
check 'few sources make no interval for people' prints 'Intervals need 6 sources' compare

check 'as a page' sh -c '"$ATTEST" compare fruit.yaml other.yaml --by group --format html >page.html; xmllint --html --noout page.html 2>&1 | grep -v "Tag \(section\|main\|header\|nav\|footer\|figure\|figcaption\|svg\|g\|rect\|text\|title\|desc\|line\|circle\|path\|details\|summary\) invalid" | grep error; grep -c "<svg" page.html | grep "^[1-9]"'
check 'which runs nothing and asks for nothing' sh -c '! grep -i "<script\|http://\|https://\|src=" page.html | grep -v xmlns'
check 'names in it are escaped' sh -c 'sed "s/id: apple/id: \"apple\"/; s/{en: Apple}/{en: \"<b>Apple<\/b>\"}/" fruit.yaml >"<i>.yaml"; "$ATTEST" compare "<i>.yaml" other.yaml --format html | grep -c "<i>.yaml" | grep "^0$"'
check 'a forest plot' sh -c '"$ATTEST" compare fruit.yaml other.yaml --format svg | xmllint --noout -'

check 'a codebook that the project keeps' sh -c 'mkdir elsewhere && cp p.attest elsewhere && cd elsewhere && "$ATTEST" compare fruit other --format json | jq -e ".per_code[0].a == 4"'

# --- for the public
cat >consent.csv <<'CSV'
respondent,consent
Ana,anonymous
Ben,none
Eve,anonymous
CSV
"$ATTEST" respondents import consent.csv >/dev/null
public () { compare --public --by group --format json --no-intervals; }
check 'sentences are printed as their respondents consented' sh -c '"$ATTEST" compare fruit.yaml other.yaml --public --format json   | jq -e "[.differences[].quote] | (map(select(contains(\"cider\"))) | length) == 1 and (map(select(contains(\"no consent to be quoted\"))) | length) == 2"'
check 'without their place and their source' sh -c '"$ATTEST" compare fruit.yaml other.yaml --public --format json   | jq -e ".differences | all(.turn == null and .start == null and .project == null and .hits[0].start == null and (.source | test(\"^S\")))"'
check 'few respondents are not counted' sh -c '"$ATTEST" compare fruit.yaml other.yaml --public --by group --format json | jq -e "[.per_code[0].b_counts.respondents, .shifts[0].respondents, .shifts[0].a_respondents] == [null, null, null]"'
check 'which is said' prints 'Counts of fewer than 3 respondents' compare --public
check 'no label is printed' sh -c '! "$ATTEST" compare fruit.yaml other.yaml --public --by group --format html | grep -w "Ana\|Ben\|Eve"'
check 'not both' status_is 2 compare --public --internal

# --- three codebooks
sed 's/id: other/id: third/; s/, "café"//' other.yaml >third.yaml
check 'the first against each' figure '[.c.id, .others[0].b, (.others[0].per_code[] | select(.code == "pear") | .a, .b)]' '["third","c",5,1]' third.yaml

check 'all as coders: what agree says of three codebooks' sh -c '
  mkdir -p three && cp p.attest three/three.attest
  for book in fruit other third; do "$ATTEST" --project three/three.attest code $book.yaml >/dev/null; done
  "$ATTEST" --project three/three.attest agree --codebook fruit --codebook other --codebook third --format json --no-intervals \
    | jq -c "[.per_code[] | select(.code == \"pear\" or .code == \"plum\") | [.code, .krippendorff_alpha]]" >agree.json
  "$ATTEST" compare fruit.yaml other.yaml third.yaml --format json --no-intervals >three.json
  jq -c "[.all.per_code[] | select(.code == \"pear\") | [.code, .krippendorff_alpha]]" three.json >all.json
  jq -c "[.[] | select(.[0] == \"pear\")]" agree.json | cmp - all.json'
check 'a code of one codebook has none, and a reason' figure '.all.per_code[] | select(.code == "green") | [.codebooks, .krippendorff_alpha, .note]' '[1,null,"only one codebook has the code"]' third.yaml
check 'each two of them: what they are by themselves' sh -c '
  "$ATTEST" compare other.yaml third.yaml --format json --no-intervals | jq -c "[.overall.jaccard, .overall.krippendorff_alpha]" >two
  jq -c "[.matrix.jaccard[1][2], .matrix.krippendorff_alpha[2][1]]" three.json | cmp - two'
check 'and code by code' sh -c '
  jq -e "[.pairs[] | select(.a_codebook == \"fruit.yaml\" and .b_codebook == \"third.yaml\" and .code == \"pear\") | .jaccard, .krippendorff_alpha]
    == [.others[0].per_code[] | select(.code == \"pear\") | .jaccard, .krippendorff_alpha]" three.json'
check 'two have neither' figure '[.all, .matrix, .pairs]' '[null,null,null]'
check 'for people' sh -c '"$ATTEST" compare fruit.yaml other.yaml third.yaml | grep -A 6 "^Alpha of each two codebooks" | grep "^B: other.yaml .* – "'
check 'as CSV' sh -c '"$ATTEST" compare fruit.yaml other.yaml third.yaml --part pairs --format csv | grep -c "^other.yaml,third.yaml," | grep "^4$"; "$ATTEST" compare fruit.yaml other.yaml third.yaml --part all --format csv | grep "^pear,3,0\."'
check 'of three or more' status_is 2 compare --part pairs
check 'as heat maps' sh -c '"$ATTEST" compare fruit.yaml other.yaml third.yaml --format html | grep -c "of each two codebooks" | grep "^[1-9]"'

# --- mappings
printf 'a,b\ngreen,plum\n' >map.csv
check 'a mapping pairs what has other names' figure '.per_code[] | select(.code == "green") | [.aligned_by, .b_codes[0], .a, .b]' '["mapping","plum",0,1]' --mapping map.csv
printf 'a,b\napple,pomme\napple,plum\n' >two.csv
check 'two codes of one may be one of the other' figure '.per_code[0] | [.b_codes, .b]' '[["pomme","plum"],3]' --mapping two.csv
printf 'a,b\napple,peach\n' >bad.csv
check 'a code that is not there' prints "bad.csv:2: other has no code 'peach'" compare --mapping bad.csv
check 'is an error of the input' status_is 3 compare --mapping bad.csv
printf 'x,y\napple,plum\n' >bad.csv
check 'another table' prints "bad.csv:1: no column 'a'" compare --mapping bad.csv
check 'a mapping is suggested' sh -c '"$ATTEST" compare fruit.yaml other.yaml --suggest-mapping | tr -d "\r" >suggested.csv
  cut -d, -f1,2 suggested.csv | tr "\n" " " | grep "^a,b apple,pomme pear,pear $"'
check 'which is one' status_is 10 compare --mapping suggested.csv

# --- what somebody rejected
id=$("$ATTEST" segments --codebook fruit --code apple --format json | jq -r '.[] | select(.quote | contains("cider")) | .id' | head -n 1)
"$ATTEST" review --codebook fruit --code apple --reject "$id" --reason 'It is a drink' >/dev/null
check 'what a human rejected is no difference' figure '[.rejected, .per_code[0].a, .per_code[0].lost]' '[1,3,1]'
"$ATTEST" undo >/dev/null
check 'until that is taken back' figure '[.rejected, .per_code[0].a]' '[0,4]'

# --- projects
before=$(cat p.attest | sha256sum)
"$ATTEST" --project q.attest init q >/dev/null 2>&1 || "$ATTEST" init q >/dev/null
sed 's/Ana:/Zoe:/' a.txt >c.txt && "$ATTEST" --project q.attest ingest c.txt >/dev/null
check 'several projects, which stay apart' sh -c '"$ATTEST" compare fruit.yaml other.yaml p.attest q.attest --format json --no-intervals \
  | jq -e "[(.projects | length), .sources, .respondents, .units, .differences[-1].project] == [2, 3, 6, 15, \"q.attest\"]"'
check 'also by --project' sh -c '"$ATTEST" compare fruit.yaml other.yaml --project p.attest --project q.attest --format json --no-intervals | jq -e ".sources == 3"'
check 'nothing is changed' sh -c "cat p.attest | sha256sum | grep '${before%% *}'"

# --- bad input
rm -f q.attest*
check 'one codebook' prints 'nothing to compare: name two codebooks' "$ATTEST" compare fruit.yaml
printf 'id: veg\ncodes:\n- {id: leek, rules: [leeks?]}\n' >veg.yaml
check 'no code in common' prints 'no code in common.*--mapping' "$ATTEST" compare fruit.yaml veg.yaml
check 'is an error' status_is 2 "$ATTEST" compare fruit.yaml veg.yaml
check 'an attribute that nobody has' prints "no respondent has an attribute 'shoe'; there are: .*group" compare --by shoe
check 'a project that is none' status_is 5 compare --project a.txt
"$ATTEST" init empty >/dev/null
check 'a project without sources' prints "has no sources" "$ATTEST" compare fruit.yaml other.yaml empty.attest
check 'never NaN' sh -c '! "$ATTEST" compare fruit.yaml other.yaml p.attest --format json | grep -i nan'
done_testing
