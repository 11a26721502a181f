#!/bin/sh
# codebook explain: which rule, pattern and condition decided.
# shellcheck source=tests/tap.sh
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >book.yaml <<'YAML'
id: book
codes:
  - id: efficiency
    stop: 'late news'
    min_weight: 1
    excludes: noise
    rules:
      - {id: money, words: [money, fund*], near: {words: 3, of: [late]}, unless: {of: [not], words: 2}}
      - {match: tard, lang: fr}
      - {match: 'yes', asked: 'was it cheap'}
      - {match: late, weight: 0.5}
      - [gone, lost]
  - {id: noise, rules: weather}
  - {id: hand, rules: []}
YAML

explain ()
{
  "$ATTEST" codebook explain book.yaml "$@" >out 2>err
}

# is WHAT: ./out is what stands on standard input
is ()
{
  cat >expected
  diff expected out | sed 's/^/# /'
  check "$1" cmp -s expected out
}

explain efficiency 'They came. The money was  very LATE in the café.' --lang en
check 'a sentence that is coded is exit 0' test $? -eq 0
is 'hits with their conditions, the segment, how it was said; the rest is counted' <<'OUT'
efficiency
  rule money (line 8)
    money.1 'money' by money
        hit; near 'LATE' (money.near.1; sentence, 3 words apart)
  rule 4 (line 11)
    4.1 'LATE' by late
        hit
  segment 'The money was very LATE in the café.' (strength 2, weight 1.5)
    polarity  negative by 'LATE' (negative)
    certainty asserted
    time      past by 'was' (past)
    holder    not known
    act       statement
  2 rules do not match, 1 rule is for other languages or roles; --all shows them
OUT
explain efficiency 'They came. The money was  very LATE in the café.' --lang en --all
check '--all: rules without a match one by one' grep -qx '    none of its 2 patterns matches' out
check '--all: what rules are for' grep -qx '  rule 2 (line 9): only for fr' out
check '--all: hits stay first' sed -n '2{/rule money/!q1}' out

explain efficiency 'Not the money. Yes, late news of funding here.' --lang en
is 'what took hits away comes behind what is coded' <<'OUT'
efficiency
  rule money (line 8)
    money.1 'money' by money
        no hit: nothing for near (sentence, 3 words apart): late
    money.2 'funding' by fund*
        hit; near 'late' (money.near.1; sentence, 3 words apart)
  segment 'Yes, late news of funding here.' (strength 1, weight 1)
    polarity  negative by 'late' (negative)
    certainty asserted
    time      present
    holder    not known
    act       statement
  matches that are no hits:
  rule 3 (line 10)
    3.1 'Yes' by yes
        no hit: it is for answers to a question that was not asked
  rule 4 (line 11)
    4.1 'late' by late
        no hit: taken away by stop 'late news' (stop.1; hit)
  1 rule does not match, 1 rule is for other languages or roles; --all shows them
OUT

explain efficiency 'Il arrive toujours tard.' --lang en
is 'nothing is coded: the rule of another language that would match' <<'OUT'
efficiency
  not coded
  would match in another language:
  rule 2 (line 9): only for fr
    2.1 'tard' by tard
        hit
  4 rules do not match; --all shows them
OUT
explain efficiency 'Il arrive toujours tard.' --lang en --format json
check 'the same as JSON' jq -e '.rules[1] | .matches == [] and .otherwise[0].match == "tard"' out
explain efficiency 'OK.'
check 'a language that cannot be told is told of' grep -q 'cannot be told from so few words' out
explain efficiency 'OK.' --format json
check 'and is null' jq -e '.lang == null and .lang_guessed == false' out
explain efficiency 'They told us that the money was late and that it would not come at all.'
check 'a language that can be told is guessed' grep -qx '  language: en, by guess; --lang says otherwise' out
explain efficiency 'They told us that the money was late.' --format json
check 'JSON has qualifiers and their words' jq -e '.lang == "en" and .lang_guessed
  and (.segments[0] | .holder == "reported" and .time == "past" and .polarity == "negative"
    and any(.triggers[]; .trigger == "negative" and .match == "late" and .start == 32 and .counts))' out

explain efficiency 'It always came late. The weather was late and the money, too.' --lang en
check 'segments that fall away again say why' grep -qx \
  "  dropped 'It always came late.' (strength 1, weight 0.5): it weighs less than 1" out
check 'for other codes, too' grep -q 'weight 1.5): noise is in the sentence$' out
check 'and then it is not coded' grep -qx '  not coded' out

explain efficiency 'Yes, sure it was.' --asked 'Was it cheap?' --format json --lang en
check 'an answer, as JSON' jq -e '.format == 1 and .code == "efficiency" and .role == "respondent"
  and .rules[2].matches[0].verdict == "hit" and .rules[2].why_not == null
  and (.segments | length) == 1
  and (.segments[0] | .start == 0 and .end == 17 and .start_byte == 0 and .end_byte == 17
    and .quote == "Yes, sure it was." and .strength == 1 and .weight == 1)' out
explain efficiency 'Ça, 😀 money came late.' --format json
check 'positions in code points and bytes' jq -e '.rules[0].matches[0]
  | .start == 6 and .start_byte == 10 and .match == "money"
    and .conditions[0].by.match == "late" and .conditions[0].by.end_byte == 25' out
explain efficiency 'The money was not late at all.' --format json
check 'JSON names the condition' jq -e '.rules[0].matches[0]
  | .verdict == "taken away" and .conditions[0].use == "unless" and .conditions[0].by.match == "not"' out

cat >alternatives.yaml <<'YAML'
id: book
codes: [{id: a, rules: ['(?:money|cash|funds?) (?:was |is )?late']}]
YAML
"$ATTEST" codebook explain alternatives.yaml a 'The cash is late.' --lang en >out 2>err
check 'alternatives that the match went through' grep -qx '        through cash, is ' out
"$ATTEST" codebook explain alternatives.yaml a 'The cash is late.' --lang en --format json >out 2>err
check 'the same as JSON' jq -e '.rules[0].matches[0].alternatives == ["cash", "is "]' out

explain efficiency ''
check 'an empty text is not coded' grep -qx '  not coded' out
explain hand x
check 'a code without rules says so' grep -q 'people give it' out
explain efficency x
status=$?
check 'a code that is not there is exit 2' test $status -eq 2
check 'and is told, with the one that it is like' grep -q "book has no code 'efficency': did you mean 'efficiency'?" err
explain 'The weather was late.' --lang en
check 'without a code, all of which a rule matches' test "$(grep -c '^[a-z]' out)" -eq 2
check 'in the order of the codebook' test "$(grep '^[a-z]' out | tr '\n' ' ')" = 'efficiency noise '
explain 'Nothing here.' --lang en
check 'and when there is none, that is said' grep -q 'no rule of book matches' err
explain efficiency x --lang english
check 'a language that is none is exit 2' test $? -eq 2
explain efficiency "$(printf 'a\377b')"
check 'what is not UTF-8 is exit 2' test $? -eq 2
done_testing
