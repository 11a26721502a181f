#!/bin/sh
# codebook test: TAP, and which patterns the examples need.
# shellcheck source=tests/tap.sh
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >book.yaml <<'YAML'
id: book
codes:
  - id: money
    asked: cheap
    rules:
      - words: [money, fund*, cash]
        near: {words: 3, of: [late, slow]}
        unless: ['funding round', 'cash cow']
        examples: [The money was late., 'The cash is late, the cash cow too.']
        counterexamples: [A slow funding round., "It's #1"]
    examples: [Slow funds here.]
    counterexamples: [The rain came.]
YAML

"$ATTEST" codebook test book.yaml --format tap >out 2>err
check 'all pass: exit 0' test $? -eq 0
cat >expected <<'OUT'
ok 1 - book.yaml:9:20 The money was late.
ok 2 - book.yaml:9:41 The cash is late, the cash cow too.
ok 3 - book.yaml:10:27 not: A slow funding round.
ok 4 - book.yaml:10:50 not: It's  1
ok 5 - book.yaml:11:16 Slow funds here.
ok 6 - book.yaml:12:23 not: The rain came.
1..6
OUT
check 'a line for each example, and the plan' diff expected out
"$ATTEST" codebook test book.yaml --coverage >out 2>err
check 'coverage is exit 0' test $? -eq 0
check 'every pattern is needed' grep -qx 'book: examples need 1 of 1 rule, 7 of 7 patterns' out

sed -e 's/Slow funds/Slow food/' -e '/counterexamples: .A slow/d' book.yaml >less.yaml
"$ATTEST" codebook test less.yaml --format tap >out 2>err
check 'one fails: exit 10' test $? -eq 10
check 'and is not ok' grep -q '^not ok 3 - less.yaml:10:16 Slow food here.$' out
check 'with the reason' grep -qx '# no rule of money hits this example' out
"$ATTEST" codebook test less.yaml --format json >out 2>err
check 'patterns that no example needs, as JSON' jq -e '.tests.unreached_patterns
  == ["money/1.2", "money/1.near.2", "money/1.unless.1"]' out
cat >alternatives.yaml <<'YAML'
id: alt
codes:
  - id: money
    rules:
      - ['(?:money|funds|cash) (?:is |was |)late', 'budget']
      - {match: ['rain\w*'], unless: 'rain(?:bow|fall)'}
      - [sun, moon]
    examples: [The money was late., The money late again.]
    counterexamples: [The rainbow.]
YAML
"$ATTEST" codebook test alternatives.yaml --coverage >out 2>err
cat >expected <<'OUT'
alt: 3 examples passed, 0 failed
alternatives.yaml:7:9: no example needs rule money/3
alternatives.yaml:5:10: no example reaches in money/1.1: 'funds', 'cash', 'is '
alternatives.yaml:5:52: no example needs money/1.2: budget
alternatives.yaml:6:18: no example needs money/2.1: rain\w*
alternatives.yaml:6:38: no example reaches in money/2.unless.1: 'fall'
alt: examples need 2 of 3 rules, 2 of 6 patterns, 4 of 8 alternatives in these
OUT
check 'rules, patterns and alternatives that no example needs' diff expected out
"$ATTEST" codebook test alternatives.yaml --format json >out 2>err
check 'the same as JSON' jq -e '.tests | .unreached_rules == ["money/3"]
  and (.unreached_alternatives | length == 4)
  and .unreached_alternatives[0] == {"pattern": "money/1.1", "alternative": "funds"}' out
printf 'id: x\ncodes: [{id: a, rules: ["("]}]\n' >bad.yaml
"$ATTEST" codebook test book.yaml bad.yaml --format tap >out 2>err
check 'a codebook with an error is exit 4' test $? -eq 4
check 'and one test that is not ok' grep -qx 'not ok 7 - bad.yaml can be read' out
check 'the plan counts it' grep -qx '1..7' out

printf 'id: a\ncodes: [{id: b, rules: [], examples: [Said by people.], counterexamples: [No.]}]\n' >people.yaml
check 'examples of a code that people give are no tests' prints '^a: 0 examples passed, 0 failed$' \
  "$ATTEST" codebook test people.yaml
done_testing
