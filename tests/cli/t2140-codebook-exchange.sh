#!/bin/sh
# codebook import and export: codebooks of other programs, and what is lost on the way.
# shellcheck source=tests/tap.sh
. "$ATTEST_SRCDIR/tests/tap.sh"

printf '%%\n1\tmoney\n2\ttime\n%%\nfund*\t1\ntoo late\t2\t1\nlike\t(3)1/2\n' >words.dic
cat >mine.yaml <<'YAML'
id: mine
title: Money & time
dimensions: {criterion: {title: Criterion}, theme: {title: Theme}}
codes:
  - id: money
    dimension: criterion
    name: {en: Money, fr: Argent}
    definition: "What it costs <and> who pays."
    include: prices
    rules:
      - {words: [fund*, donor]}
      - {match: '(?:over|under) budget', unless: [under budget lines]}
      - {match: slow, near: {of: [bank], words: 3}}
      - 'paid (?!by)'
    examples: [The funds came.]
    counterexamples: [It rained.]
  - {id: quotes, dimension: theme, name: Good quotes, rules: []}
YAML

# --- import

"$ATTEST" codebook import words.dic >out.yaml 2>err
check 'a codebook on standard output' grep -q '^  - id: money$' out.yaml
check 'what was lost on standard error, with its place' \
  grep -q '^attest: words.dic:7:1: warning: .*\[condition\]$' err
check 'it is a codebook' "$ATTEST" codebook check out.yaml
printf 'Woman: The funding came too late.\n' >talk.txt
"$ATTEST" scan out.yaml talk.txt --format jsonl >hits
check 'and codes' sh -c 'test "$(jq -r .code hits | sort | tr "\n" " ")" = "money time "'

check 'into a file' prints '^out2.yaml: 2 codes, 3 patterns; import: LIWC dictionary$' \
  "$ATTEST" codebook import words.dic --output out2.yaml
check 'which is the same' cmp out.yaml out2.yaml
check 'from standard input' sh -c '"$ATTEST" codebook import - <words.dic 2>err | grep -q "id: stdin"'
"$ATTEST" codebook import words.dic --rule-each 2>err >each.yaml
check 'a rule for each word' test "$(grep -c -e '- words:' each.yaml)" -eq 3

"$ATTEST" codebook import words.dic --format json >report 2>err
check 'a report for programs' jq -e '.format == 1 and .action == "import" and .other == "liwc" and .codes == 2
  and .patterns == 3 and .output == null and (.text | startswith("# Imported"))' report
check 'which lists the losses' jq -e '.losses | length == 1 and .[0].what == "condition" and .[0].kind == "dropped"
  and .[0].line == 7 and .[0].column == 1' report
check 'and says nothing else' test ! -s err
"$ATTEST" codebook import words.dic --format json --output json.yaml >report
check 'with a file, the codebook is there' sh -c 'cmp out.yaml json.yaml && jq -e ".text == null" report'

cp words.dic words.txt
check 'the content says the format, whatever the name' prints 'LIWC' "$ATTEST" codebook import words.txt -o x.yaml
check 'not the name alone' status_is 3 "$ATTEST" codebook import --format liwc mine.yaml
printf 'a: x\n' >plain.yml
check 'where the content is not sure, the name decides' prints 'quanteda' "$ATTEST" codebook import plain.yml -o x.yaml
printf 'nothing\n' >unknown.bin
check 'what is in no format' prints 'is in no format .*say which' "$ATTEST" codebook import unknown.bin
check 'is exit 3' status_is 3 "$ATTEST" codebook import unknown.bin
check 'a file that is not there is exit 1' status_is 1 "$ATTEST" codebook import none.dic
check 'a codebook of attest is not imported' prints 'is a codebook of attest already' \
  "$ATTEST" codebook import mine.yaml

# --- bad input changes nothing

printf '%%\n1\tmoney\n%%\nfund*\t1\nlate\t9\n' >bad.dic
echo kept >kept.yaml
check 'a bad number has its place' prints '^attest: bad.dic:5:6: there is no category 9' \
  "$ATTEST" codebook import bad.dic --output kept.yaml
check 'and the file stays as it was' grep -qx kept kept.yaml
check 'a bad file is exit 3' status_is 3 "$ATTEST" codebook import bad.dic
"$ATTEST" codebook import bad.dic >out 2>err
check 'and prints no codebook' test ! -s out
head -c 3000000 /dev/zero | tr '\0' '%' >big.dic
check 'a line of megabytes is refused' status_is 3 "$ATTEST" codebook import big.dic

# --- export

for format in csv lexicoder liwc qdc quanteda wordstat yoshikoder; do
  "$ATTEST" codebook export mine.yaml --format $format >out.$format 2>err.$format
  check "export to $format" test $? -eq 0 -a -s out.$format
  "$ATTEST" codebook import out.$format >back.yaml 2>/dev/null
  check "$format: comes back" "$ATTEST" codebook check back.yaml
  "$ATTEST" codebook show back.yaml --format json >back.json
  check "$format: with the same codes" jq -e '[.codes[].code] == ["money", "quotes"]' back.json
done
"$ATTEST" codebook export mine.yaml --format liwc >again
check 'the same bytes every time' cmp again out.liwc
check 'a condition that is needed: its rule is left out, and told' \
  grep -q "^attest: mine.yaml:13:9: warning: money/3 hits only by its 'near'.*\[rule\]" err.liwc
check 'an exception that is lost is told' grep -q 'money/2 has exceptions' err.liwc
check 'a pattern that is no list of words is told' grep -q 'money/4.1 is no list of words, because of a lookaround' err.liwc
check 'csv keeps exceptions' fails grep -q 'has exceptions' err.csv
printf '%%\n1\tcriterion (Criterion)\n\t2\tmoney (Money)\n3\ttheme (Theme)\n\t4\tquotes (Good quotes)\n%%\n' >expected
printf 'fund*\t2\ndonor\t2\nover budget\t2\nunder budget\t2\n' >>expected
check 'liwc as it is written' diff expected out.liwc
check 'the suffix says the format' prints '^x.lc3: 2 codes, 4 patterns; export: Lexicoder dictionary$' \
  "$ATTEST" codebook export mine.yaml --output x.lc3
check 'a report of the export' sh -c '"$ATTEST" codebook export mine.yaml --output x.cat --format json \
  | jq -e ".action == \"export\" and .other == \"wordstat\" and .output == \"x.cat\" and (.losses | length > 3)"'
check 'no format is a mistake' status_is 2 "$ATTEST" codebook export mine.yaml
check 'an unknown suffix, too' status_is 2 "$ATTEST" codebook export mine.yaml --output x.xyz
printf 'id: a\ncodes: [{id: b, rules: ["(?!x)y"]}]\n' >none.yaml
check 'nothing that fits is exit 4' status_is 4 "$ATTEST" codebook export none.yaml --format liwc -o none.dic
check 'and writes nothing' test ! -e none.dic
check 'one language of a shipped codebook' sh -c '"$ATTEST" codebook export oecd-dac --lang fr --format quanteda 2>err \
  | "$ATTEST" codebook import --format quanteda - >fr.yaml && "$ATTEST" codebook check fr.yaml'

# --- CSV keeps nearly all

cat >conditions.yaml <<'YAML'
id: conditions
languages: [en, fr]
dimensions: {criterion: {title: Criterion}, theme: {title: Theme}}
codes:
  - id: efficiency
    dimension: criterion
    definition: How well money and time are used.
    asked: ['well spent', {match: 'bien dépensé', lang: fr}]
    stop: [money laundering, {of: [for example], unit: sentence}, {match: ':\)', word_edges: false, lang: fr}]
    rules:
      - {id: late, words: [money, 'fund*', "don't pay"], near: {words: 4, of: [late, 'delay*']},
         unless: [{of: [not, never], words: 2}, of late]}
      - {all: [budget, [kept, within]], weight: 0.5}
      - {match: spent, after: {match: 'money|months?', words: 3}, before: [too late, in vain],
         unit: {window: 1}, lang: [en, fr]}
      - {match: [a, b], near: [{of: [c], words: 0}, {match: d, words: 3, unit: turn}], unless: {of: [e], unit: turn}}
    examples: [The money came late.]
  - {id: other, dimension: theme, rules: [x, 'y+']}
YAML
"$ATTEST" codebook export conditions.yaml -o conditions.csv >out 2>err
check 'csv: conditions are kept' test ! -s err
"$ATTEST" codebook import conditions.csv -o back.yaml >out 2>err
check 'and come back without a loss' test ! -s err
"$ATTEST" codebook diff conditions.yaml back.yaml --format json >diff.json
check 'as they were' jq -e '. == []' diff.json
check 'in columns that people can read' \
  grep -q '^criterion,Criterion,efficiency,,,,,,4,near 2,match,d,1,,3,turn' conditions.csv

"$ATTEST" codebook export oecd-dac -o dac.csv >out 2>&1
"$ATTEST" codebook import dac.csv -o dac.yaml >out 2>&1
"$ATTEST" codebook diff oecd-dac dac.yaml --format json >diff.json
check 'the shipped codebook comes back with every rule, and loses names in other languages' jq -e \
  'length > 5 and all(.[]; .change == "changed" and .rule == null and all(.details[]; startswith("- name: ")))' diff.json

# --- REFI-QDA

check 'names and definitions go into qdc' grep -q 'name="Money" isCodable="true"' out.qdc
check 'what is markup elsewhere is escaped' grep -q 'What it costs &lt;and&gt; who pays.' out.qdc
"$ATTEST" codebook import out.qdc 2>/dev/null >back.yaml
check 'and come back' sh -c '"$ATTEST" codebook show back.yaml --format json | jq -e ".codes[0]
  | .definition == \"What it costs <and> who pays.\" and .include == \"prices\"
    and .examples[0].text == \"The funds came.\""'
check 'examples of a code without rules are for people' "$ATTEST" codebook test back.yaml
schema=${ATTEST_SAMPLES-none}/../reference/schemas/Codebook.xsd
if [ -f "$schema" ] && command -v xmllint >/dev/null; then
  check 'qdc is valid' xmllint --noout --nonet --schema "$schema" out.qdc
  "$ATTEST" codebook export oecd-dac --format qdc >dac.qdc 2>/dev/null
  check 'the shipped codebook, too' xmllint --noout --nonet --schema "$schema" dac.qdc
else
  skip 'qdc is valid' 'no schema or no xmllint'
fi
samples=${ATTEST_SAMPLES-none}
if [ -d "$samples/b_refi_qda_MIT" ]; then
  check 'the codes of a project of ATLAS.ti' prints '^x.yaml: 14 codes, 0 patterns' \
    "$ATTEST" codebook import "$samples/b_refi_qda_MIT/TestProject.qdpx" -o x.yaml
  check 'a table of 4,471 patterns' prints '^x.yaml: 17 codes, 4471 patterns' \
    "$ATTEST" codebook import "$samples/b_codebooks/SDGmapR_MIT/cmu250_keywords_cleaned.csv" -o x.yaml
else
  skip 'real codebooks' 'no samples'
fi
done_testing
