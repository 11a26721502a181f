#!/bin/sh
# codebook diff: codes and rules that came, went and changed, and what that does to a project.
# shellcheck source=tests/tap.sh
. "$ATTEST_SRCDIR/tests/tap.sh"

cat >old.yaml <<'YAML'
id: book
codes:
  - id: impact
    definition: Old words.
    rules: [changed, {id: lives, match: [lives, life]}, {match: gone, weight: 0.5}, same]
  - {id: money, rules: [money, {words: [fund*]}]}
  - {id: empty, rules: []}
  - {id: left, rules: left}
YAML
cat >new.yaml <<'YAML'
id: book
codes:
  - {id: funds, rules: [money, {words: [fund*]}]}
  - id: impact
    definition: New words.
    rules: [same, changed, {id: alive, match: [lives, life]}, {match: gone, weight: 2},
            {match: 'better', near: {of: [life], words: 2}}]
  - {id: fresh, rules: rained}
YAML

rows () # JQ: of ./out
{
  jq -r '.[] | [.change, .code, (.rule // "-"), (.was // "-"), (.details | join("; "))] | join(" | ")' out
}

"$ATTEST" codebook diff old.yaml new.yaml --format json >out 2>err
check 'diff is exit 0' test $? -eq 0
rows >found
cat >expected <<'OUT'
renamed | funds | - | money | 
changed | impact | - | - | - definition: Old words.; + definition: New words.
renamed | impact | alive | lives | 
changed | impact | 4 | - | - weight 0.5; + weight 2
added | impact | 5 | - | + better; + near (sentence, 2 words apart): life (word)
added | fresh | - | - | 
removed | empty | - | - | 
removed | left | - | - | 
OUT
check 'what was added, removed, changed and renamed' diff expected found
"$ATTEST" codebook diff old.yaml old.yaml --format json >out
check 'the same codebook has no difference' jq -e '. == []' out
"$ATTEST" codebook diff old.yaml new.yaml >out
check 'a table for people' grep -q '^renamed *funds' out

printf 'Interviewer: How is it?\nWoman: It rained a lot here. Our life is left.\n\nInterviewer: And then?\nWoman: Nothing changed for us.\n' >talk.txt
"$ATTEST" init p >/dev/null && "$ATTEST" ingest talk.txt >/dev/null 2>&1
before=$(sha256sum <p.attest)
"$ATTEST" codebook diff old.yaml new.yaml --project p.attest --format json >out 2>err
check 'segments gained' jq -e '[.[] | select(.change == "gained")]
  | map([.code, .quote, .source, .turn]) == [["fresh", "It rained a lot here.", "talk", 2]]' out
check 'segments lost' jq -e '[.[] | select(.change == "lost")]
  | map([.code, .quote]) == [["left", "Our life is left."]]' out
check 'the project is as it was' test "$before" = "$(sha256sum <p.attest)"
"$ATTEST" codebook diff old.yaml new.yaml --project none.attest >out 2>err
check 'a project that is not there is an error' test $? -ne 0
printf 'id: x\ncodes: [{id: a, rules: ["("]}]\n' >bad.yaml
"$ATTEST" codebook diff old.yaml bad.yaml >out 2>err
check 'a codebook with an error is exit 4' test $? -eq 4
check 'and tells its place' grep -q 'bad.yaml:2:' err
done_testing
