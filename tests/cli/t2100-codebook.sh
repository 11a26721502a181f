#!/bin/sh
# codebook check, test, show: what they print, for people and for programs, and how they exit.
set -u
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 99
n=0

ok ()
{
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

# is WHAT: ./out is what stands on standard input
is ()
{
  cat >expected
  diff expected out | sed 's/^/# /'
  cmp -s expected out
  ok $? "$1"
}

# exits STATUS COMMAND…: standard output in ./out, errors in ./err
exits ()
{
  expected=$1
  shift
  "$@" >out 2>err
  status=$?
  [ "$status" -eq "$expected" ] || echo "# exit $status, not $expected"
  [ "$status" -eq "$expected" ]
}

cat >good.yaml <<'YAML'
attest: codebook/1
id: good
version: "2.1"
title: A good one
languages: [en, fr]
dimensions:
  criterion: {title: {en: Criterion, fr: Critère}}
  theme: Theme
fragments: {result: 'target|goal'}
codes:
  - id: effectiveness
    dimension: criterion
    name: {en: Effectiveness, fr: Efficacité}
    question: Is the intervention achieving its objectives?
    definition: >-
      The extent to which the intervention achieved, or is expected to achieve, its objectives, and
      its results, including any differential results across groups.
    include: results
    exclude: change beyond
    confusions: [{with: gender, rule: who}]
    asked: ['what did you achieve', {match: [quoi], lang: fr}]
    rules:
      - '{{result}}s? reached'
      - {id: late, match: ['retard', 'en retard'], unless: 'sans retard', weight: 0.5, lang: fr,
         role: [respondent, interpreter]}
    examples: {en: [Two goals reached., Both targets reached.], fr: "C'est en retard."}
    counterexamples: {en: [The goal is far.], fr: [Sans retard !]}
  - id: gender
    dimension: theme
    definition: Women and men.
    rules: wom[ae]n
    examples: [Women spoke.]
    counterexamples: [The men spoke.]
YAML

exits 0 "$ATTEST" codebook check good.yaml
ok $? 'check of a good codebook is exit 0'
is 'and says what it has' <<'OUT'
good: 2 codes, 3 rules, 7 patterns: 0 errors, 0 warnings
OUT

cat >slow.yaml <<'YAML'
id: slow
codes:
  - id: impact
    rules: ['lives changed', '\w{9,}', 'quizz?|a', '(?:never)?']
YAML
exits 0 "$ATTEST" codebook check --verbose slow.yaml
ok $? 'check --verbose is exit 0'
grep -v 'warning:' out >notes
mv notes out
is 'and names the patterns that are searched for everywhere' <<'OUT'
slow.yaml:4:30: note: pattern impact/2.1 is searched for everywhere: no word or part of a word is in all that it matches [slow]
slow.yaml:4:40: note: pattern impact/3.1 is searched for everywhere: what is in all that it matches is too short or too common [slow]
slow.yaml:4:52: note: pattern impact/4.1 is searched for everywhere: it can match the empty string [slow]
slow: 3 patterns searched for everywhere, 1 only where a word of theirs is
slow: examples need 0 of 4 rules; 'attest codebook test --coverage' lists the others
slow: 1 code, 4 rules, 4 patterns: 0 errors, 3 warnings
OUT
exits 0 "$ATTEST" codebook check --verbose slow.yaml --format json
jq -e '[.slow[] | [.pattern, .line]] == [["impact/2.1", 4], ["impact/3.1", 4], ["impact/4.1", 4]]
       and (.slow[0].reason | length) > 20' out >/dev/null
ok $? 'and to programs'

exits 0 "$ATTEST" codebook check good.yaml --format json
jq -e '.format == 1 and .codebook == "good" and (.sha256 | length) == 64 and .codes == 2
       and .rules == 3 and .patterns == 7 and .problems == [] and .tests == null
       and (keys_unsorted == ["format","codebook","sha256","codes","rules","patterns","problems","tests"])' out >/dev/null
ok $? 'check as JSON'
[ "$(jq -r .sha256 out)" = "$(sha256sum good.yaml | cut -d' ' -f1)" ]
ok $? 'the SHA-256 is that of the file'

exits 0 "$ATTEST" codebook test good.yaml
ok $? 'test of a good codebook is exit 0'
is 'and says how many examples there are' <<'OUT'
good: 7 examples passed, 0 failed
OUT
exits 0 "$ATTEST" codebook test good.yaml --format json
jq -e '.tests == {"passed": 7, "failed": 0, "untested_codes": [],
  "unreached_rules": [], "unreached_patterns": [], "unreached_alternatives": []}' out >/dev/null
ok $? 'test as JSON'

exits 0 "$ATTEST" codebook show good.yaml
ok $? 'show'
sed -i 's/^sha256 .*/sha256 …/' out
is 'shows it for people' <<'OUT'
good 2.1
title       A good one
languages   en, fr
sha256 …

Criterion (criterion)

  effectiveness  Effectiveness
    names       fr Efficacité
    question    Is the intervention achieving its objectives?
    definition  The extent to which the intervention achieved, or is expected to achieve, its
                objectives, and its results, including any differential results across groups.
    include     results
    exclude     change beyond
    or is it    gender: who
    asked
      asked.1        what did you achieve
      asked.2        quoi  (fr)
    rules
      1.1            (?:target|goal)s? reached
      late           weight 0.5, fr, respondent, interpreter:
      late.1         retard
      late.2         en retard
      late.unless.1  sans retard
    examples    (en) Two goals reached.
                (en) Both targets reached.
                (fr) C'est en retard.
    not coded   (en) The goal is far.
                (fr) Sans retard !

Theme (theme)

  gender
    definition  Women and men.
    rules
      1.1         wom[ae]n
    examples    Women spoke.
    not coded   The men spoke.
OUT
exits 0 "$ATTEST" codebook show good.yaml --code gender
grep -q '^  gender' out && ! grep -q effectiveness out
ok $? 'show of one code'
exits 0 "$ATTEST" codebook show good.yaml --format json
jq -e '.codebook == "good" and .version == "2.1" and [.codes[].code] == ["effectiveness", "gender"]
       and .codes[0].names.fr == "Efficacité" and .codes[0].rules[1].roles == ["respondent", "interpreter"]
       and .codes[0].rules[0].match[0] == {"name": "effectiveness/1.1", "source": "{{result}}s? reached",
         "pattern": "(?:target|goal)s? reached", "word_edges": true, "langs": null, "line": 23, "word": false}
       and .codes[0].rules[1].unless[0].langs == ["fr"] and .codes[0].examples[2].lang == "fr"
       and .dimensions[0].titles.fr == "Critère"' out >/dev/null
ok $? 'show as JSON'
exits 2 "$ATTEST" codebook show good.yaml --code impact && grep -q "good has no code 'impact'" err
ok $? 'show of a code that is not there'

# Errors
cat >bad.yaml <<'YAML'
id: bad
codes:
  - id: a
    rules: ['(', 'ok', "\u00e9)", '{{no}}']
    weight: 2
  - id: a
    dimension: theme
    rules: {lang: english, role: boss, weight: 0, match: 漢字)}
fragments:
  one: '{{two}}'
  two: '{{one}}'
YAML
exits 4 "$ATTEST" codebook check bad.yaml
ok $? 'check of a codebook with errors is exit 4'
[ ! -s err ]
ok $? 'and nothing goes to the standard error'
is 'all errors are listed, each with its line and a caret' <<'OUT'
bad.yaml:4:15: error: this pattern is not valid: missing closing parenthesis [regex]
      rules: ['(', 'ok', "\u00e9)", '{{no}}']
                ^
bad.yaml:4:31: error: this pattern is not valid: unmatched closing parenthesis [regex]
      rules: ['(', 'ok', "\u00e9)", '{{no}}']
                                ^
bad.yaml:4:36: error: unknown fragment 'no': add it under fragments [unknown-fragment]
      rules: ['(', 'ok', "\u00e9)", '{{no}}']
                                     ^
bad.yaml:5:5: error: unknown key 'weight': a code has id, dimension, name, question, definition, include, exclude, confusions, asked, min_weight, stop, requires, excludes, rules, examples, counterexamples [unknown-key]
      weight: 2
      ^
bad.yaml:6:9: error: code 'a' is there twice: the first is in line 3 [duplicate-id]
    - id: a
          ^
bad.yaml:7:16: error: unknown dimension 'theme': add it under dimensions [unknown-dimension]
      dimension: theme
                 ^
bad.yaml:8:19: error: unknown language 'english': a language is a code of two or three letters, such as en, fr or ky [language]
      rules: {lang: english, role: boss, weight: 0, match: 漢字)}
                    ^
bad.yaml:8:34: error: unknown role 'boss': it is interviewer, respondent, interpreter or other [role]
      rules: {lang: english, role: boss, weight: 0, match: 漢字)}
                                   ^
bad.yaml:8:48: error: a weight is more than 0 and at most 1000000; to switch a rule off, remove it [weight]
      rules: {lang: english, role: boss, weight: 0, match: 漢字)}
                                                 ^
bad.yaml:8:60: error: this pattern is not valid: unmatched closing parenthesis [regex]
      rules: {lang: english, role: boss, weight: 0, match: 漢字)}
                                                               ^
bad.yaml:11:9: error: fragment 'one' refers to itself [circular-fragment]
    two: '{{one}}'
          ^
bad.yaml: 11 errors, 0 warnings
OUT
exits 4 "$ATTEST" codebook check bad.yaml --format json
jq -e '.codebook == "bad.yaml" and .sha256 == null and .codes == null and .tests == null
       and (.problems | length) == 11
       and .problems[0] == {"severity": "error", "line": 4, "column": 15, "code": "a", "rule": "1",
         "check": "regex", "message": "this pattern is not valid: missing closing parenthesis"}' out >/dev/null
ok $? 'errors as JSON'
exits 4 "$ATTEST" codebook test bad.yaml && grep -q 'bad.yaml: 11 errors' out
ok $? 'test of a codebook with errors is exit 4'
exits 4 "$ATTEST" codebook show bad.yaml && [ ! -s out ]
ok $? 'show of a codebook with errors is exit 4 and prints nothing'
sed -n 1,3p err >out
is 'and tells the first error' <<'OUT'
attest: bad.yaml:4:15: this pattern is not valid: missing closing parenthesis
      rules: ['(', 'ok', "\u00e9)", '{{no}}']
                ^
OUT
printf 'id: a\ncodes:\n\t- id: b\n' >tab.yaml
exits 4 "$ATTEST" codebook check tab.yaml && grep -q '^tab.yaml:[0-9]*:[0-9]*: error: .* \[yaml\]$' out
ok $? 'what is not YAML has a place'
for bytes in 'id: \377' '\000' '' 'id: a\ncodes: [[[[[[' '%%YAML 9.9\n---\na: b' '\376\377\000i'; do
  # shellcheck disable=SC2059
  printf "$bytes" >odd.yaml
  exits 4 "$ATTEST" codebook check odd.yaml
  ok $? "exit 4 for $(printf '%s' "$bytes" | tr -d '\\')"
done

# Warnings and failures
cat >warn.yaml <<'YAML'
id: warn
languages: [en]
codes:
  - id: a
    rules: ['x', 'x', '(?:y)?', {match: z, lang: fr}]
    examples: [nothing of it, "a\x1b[31m red text"]
    counterexamples: [an x]
YAML
exits 0 "$ATTEST" codebook check warn.yaml
ok $? 'warnings alone are exit 0'
is 'each has its place and its kind' <<'OUT'
warn.yaml:4:5: warning: code 'a' has no definition: people will read it differently [missing-definition]
warn.yaml:5:18: warning: rule a/2 finds nothing that rule a/1 (line 5) does not: remove it [shadowed]
warn.yaml:5:23: warning: a/3.1: it also matches where there is nothing, which is never a hit; make a part of it required [empty-match]
warn.yaml:5:33: warning: language 'fr' is not among the languages of the codebook [undeclared-language]
warn: 1 code, 4 rules, 4 patterns: 0 errors, 4 warnings
OUT
exits 10 "$ATTEST" codebook test warn.yaml
ok $? 'examples that fail are exit 10'
is 'each is shown with what was expected; escapes do not reach the terminal' <<'OUT'
warn.yaml:6:16: no rule of a hits this example
    nothing of it
warn.yaml:6:31: no rule of a hits this example
    a\x1b[31m red text
warn.yaml:7:23: a/1.1 hits 'x', but this is a counterexample
    an x
warn: 0 examples passed, 3 failed
OUT
exits 10 "$ATTEST" codebook test warn.yaml --format json
jq -e '.tests.failed == 3 and (.problems | length) == 4 and all(.problems[]; .severity == "warning")' out >/dev/null
ok $? 'failures as JSON'
printf 'id: u\ncodes: [{id: b, rules: [x]}, {id: c, rules: [y], examples: [y]}]\n' >untested.yaml
exits 0 "$ATTEST" codebook test untested.yaml
is 'codes that nothing tests are named' <<'OUT'
u: 1 example passed, 0 failed
without examples or without counterexamples: b, c
OUT

# Several, files that are not there, shipped ones
exits 10 "$ATTEST" codebook test bad.yaml good.yaml warn.yaml
grep -q '^bad.yaml: 11 errors' out && grep -q '^good: 7' out && grep -q '^warn: 0' out
ok $? 'several codebooks are all looked at'
exits 4 "$ATTEST" codebook check good.yaml bad.yaml --format json && jq -s -e 'length == 2' out >/dev/null
ok $? 'as JSON, one object after the other'
exits 1 "$ATTEST" codebook check gone.yaml && grep -q '^attest: cannot read gone.yaml: No such file' err && [ ! -s out ]
ok $? 'a file that is not there is exit 1'
exits 1 "$ATTEST" codebook check no-such && grep -q "no shipped codebook 'no-such'" err
ok $? 'a codebook that is not shipped is exit 1'
exits 4 "$ATTEST" codebook check gone.yaml bad.yaml && grep -q gone.yaml err && grep -q '11 errors' out
ok $? 'one that is not there does not hide the others'
mkdir -p share/attest/codebooks && cp good.yaml share/attest/codebooks/mine.yaml
XDG_DATA_HOME=$dir/share exits 0 "$ATTEST" codebook check mine
ok $? 'a codebook in the folder of the user is found by its id'
exits 2 "$ATTEST" codebook check
ok $? 'check needs a codebook'
exits 2 "$ATTEST" codebook && grep -q "'codebook' needs one of: check, test, show" err
ok $? 'codebook alone names its commands'
exits 1 sh -c '"$ATTEST" codebook check bad.yaml >/dev/full'
ok $? 'a full disk is not success'
echo "1..$n"
