#!/bin/sh
# attest check: what a reviewer would object to. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
. "$ATTEST_SRCDIR/tests/cli/ledger-fixture.sh"

echo "- {id: reach, dimension: criterion, rules: [{match: ['migrants']}]}" >> book.yaml

printf 'attest: strength/1\nid: bad\nlevels: [{level: a, if: [group >= 3]}, {level: b}]\n' >bad.yaml
attest init p >/dev/null && attest ingest talk.txt >/dev/null && attest code book.yaml >/dev/null
attest segments --format jsonl >segments.jsonl
quote () { jq -r --arg text "$1" 'select(.quote | contains($text)) | .id' segments.jsonl | head -n 1; }
offices=$(quote offices) north=$(quote north)

# For all but strength: any evidence will do.
printf 'attest: strength/1\nid: easy\nlevels: [{level: enough}]\n' >easy.yaml

# CHECK…: these problems, "ID check", and no others; exit 10 when there are any
finds ()
{
  attest check --rules easy.yaml --format json >check.json
  status=$?
  cat check.json
  jq -r '.problems[] | "\(.id // "-") \(.check)"' check.json | sort >found
  printf '%s\n' "$@" | sed '/^$/d' | sort >wanted
  diff wanted found && [ $status -eq "$([ -s wanted ] && echo 10 || echo 0)" ]
}

check 'a project without judgements' finds ''
attest rate impact 4 --because A >/dev/null
check 'a rating without a finding' finds 'rating:impact rating-without-finding'
attest rate gender not-assessed --because A >/dev/null
check 'what was not assessed needs none' finds 'rating:impact rating-without-finding'
attest finding add 'Offices changed' --criterion impact >/dev/null
check 'a finding without a quote' finds 'F1 finding-without-quote'
attest finding link F1 "$north" --stance contradicts
check 'contradicted only, without an answer' finds 'F1 finding-without-quote' 'F1 unanswered'
attest finding link F1 "$north" --stance contradicts --note 'Not planned'
attest finding link F1 "$offices"
check 'mended' finds ''
check 'a rating that is better than its evidence: why, and what it would take' \
  prints 'evidence, which is weak: respondents who support it 1, who contradict it 1;.*supporting >= 3' attest check --format json
check 'rules with a mistake: line and column' prints '^attest: bad.yaml:3:26: a condition is like' status_is 4 attest check --rules bad.yaml
attest rate impact 5 --because A >/dev/null
check 'the best rating, but heard both sides' finds ''
attest finding link F1 "$north" --remove
check 'the best rating, one-sided' finds 'rating:impact one-sided'
attest rate gender 5 --because A >/dev/null && attest rate reach 5 --because A >/dev/null
check 'the best everywhere' finds 'rating:impact one-sided' '- ceiling' 'rating:gender rating-without-finding' 'gender unused-evidence' \
  'rating:reach rating-without-finding'
for criterion in impact gender reach; do attest rate $criterion not-rated --because A >/dev/null; done
attest conclusion add 'It lasts' >/dev/null
check 'a conclusion that rests on nothing, and nothing on it' finds 'C1 without-basis' 'C1 unused'
attest conclusion link C1 F1 && attest recommendation add 'Go on' --on C1 --priority high >/dev/null
check 'a recommendation that does not say who and until when' finds 'R1 recommendation-open' 'R1 recommendation-open'
attest recommendation edit R1 --addressee Donor --time-frame 'by June'
check 'mended, too' finds ''
attest review --reject "$offices" --reason 'no' >/dev/null
check 'a quote that was rejected in review' finds 'F1 rejected'
check 'for people: what to do' prints "F1 *rejected *it rests on quote $offices, which was rejected in review" attest check --rules easy.yaml
check 'for people: what was checked' prints '3 ratings, 3 entries of the ledger, 3 links checked: 1 problem, 2 warnings$' attest check --rules easy.yaml
junit () { attest check --rules easy.yaml --format junit >check.xml; xmllint --noout check.xml && cat check.xml; }
check 'JUnit: one of sixteen test cases failed' prints 'tests="16" failures="1"' junit
check 'JUnit: which' prints '<testcase classname="attest.check" name="rejected">' junit
silence () { attest check silence --rules easy.yaml "$@"; }
check 'silenced without a reason: refused' prints 'with a reason' status_is 2 silence rejected F1
check 'a check that there is not' prints "no check 'rejcted'; there are: rating-without-finding, " status_is 2 silence rejcted F1 --because x
check 'what is no problem' prints "'stale' finds nothing in 'F1'" status_is 2 silence stale F1 --because x
check 'silenced with a reason' silence rejected f1 --because 'The reviewer was wrong'
check 'it does not count' finds ''
check 'and is still shown, with the reason' prints '(silenced: The reviewer was wrong)' attest check --rules easy.yaml
check 'and counted apart' prints ': 0 problems, 2 warnings, and 1 silenced$' attest check --rules easy.yaml
attest check --rules easy.yaml --format json >silenced.json
check 'in JSON, too' jq -e '.problems == [] and .silenced[0].because == "The reviewer was wrong" and .silenced[0].id == "F1"' silenced.json
check 'JUnit: nothing failed' prints 'failures="0"' junit
check 'the evidence report says so, with the reason' prints 'Silenced: rejected of F1 about Q[0-9A-Z]*, by kim on 2[0-9-]*: The reviewer was wrong' \
  attest report evidence impact
check 'on a page, too' prints '<li>Silenced: rejected of F1 about Q' attest report evidence impact --format html
attest report evidence impact --format json >evidence.json
check 'and in JSON' jq -e '.silenced[0] | .check == "rejected" and .id == "F1" and .by == "kim" and (.about | startswith("Q"))' evidence.json
check 'the audit log holds it' prints ' 0 problems$' attest verify
attest undo >undone
check 'an undo lets it count' prints 'taken back' cat undone
check 'as it did' finds 'F1 rejected'
check 'and another puts the silence into force again' attest undo "$(sed -n "s/.*'attest undo \([0-9]*\)'.*/\1/p" undone)"
check 'again silenced' finds ''
check 'silenced again with the same reason: nothing new' prints '^that is so already$' silence rejected F1 --because 'The reviewer was wrong'
check 'it counts again' silence rejected F1 --remove
check 'as before' finds 'F1 rejected'
attest review --accept "$offices" >/dev/null
sqlite3 p.attest "DROP TRIGGER content_never_updated;
  UPDATE version_content SET original = CAST (replace (CAST (original AS TEXT), 'offices changed', 'offices change') AS BLOB)"
check 'a quote that no longer stands' finds 'F1 stale'
attest recommendation edit R1 --withdraw no && attest conclusion link C1 F1 --remove && attest finding edit F1 --withdraw no
attest conclusion edit C1 --withdraw no
check 'what was withdrawn is no problem' finds ''

# What texts, recommendations, consent and silence about good evidence have to answer for, in another project.
mkdir texts && cd texts || exit 99
attest init p >/dev/null && attest ingest ../talk.txt >/dev/null && attest code ../book.yaml >/dev/null
cp ../segments.jsonl .
{ cat ../easy.yaml; echo 'contrast: {en: [however, may includ*, but], fr: [cependant], ru: [но]}'; } >easy.yaml
attest finding add 'Offices changed' --criterion impact --on "$offices" >/dev/null
attest finding link F1 "$north" --stance contradicts --note 'Not planned'
attest rate impact 5 --because 'They changed' >/dev/null
check 'a best rating of what is well said' finds ''
nfd=$(printf 'e\314\201')
attest rate impact 4 --because "Tout a change$nfd, CEPENDANT pas au nord" >/dev/null
check 'a high rating whose reason takes something back' finds 'rating:impact contrast'
check 'the words are quoted' prints 'very good, and the text takes something back: “CEPENDANT pas au nord”' attest check --rules easy.yaml
attest rate impact 3 --because 'Changed, however not in the north' >/dev/null
check 'a rating that is not high may say so' finds ''
attest rate impact 5 --because 'They changed' >/dev/null
attest finding edit F1 'Работа идёт, но не на севере; it may include more. Butter is fine'
check 'a finding behind a high rating, in any language, whole words only' finds 'F1 contrast'
check 'each of the words' prints 'back: “но не на севере”, “may include more”' attest check --rules easy.yaml
attest finding edit F1 'Offices changed'
attest recommendation add 'Go on' --on F1 --addressee Donor --priority high --time-frame 'by June' --resources none >/dev/null
check 'a recommendation without a conclusion' finds 'R1 recommendation-open'
attest conclusion add 'It lasts' --on F1 >/dev/null && attest recommendation link R1 C1
check 'with one' finds ''
check 'whose consent nobody noted: one warning' prints '^project  consent  warning: whether those' attest check --rules easy.yaml
check 'which is no problem' prints ': 0 problems, 1 warning$' attest check --rules easy.yaml
attest respondents set talk/Aigul consent=anonymous
check 'known of one: no warning of theirs' fails prints 'consent' attest check --rules easy.yaml
attest finding link F1 "$(quote 'for migrants')" --stance context
check 'of the other, by name' prints '^F1  consent  warning: it rests on quote Q[0-9A-Z]* of respondent .*, of whom no consent is known' attest check --rules easy.yaml
attest check --rules easy.yaml --format json >check.json
check 'in JSON apart from problems' jq -e '.problems == [] and .warnings[0].check == "consent" and (.warnings[0].about | startswith("Q"))' check.json
check 'a warning can be silenced, too' attest check silence --rules easy.yaml consent F1 --because 'asked by phone'
check 'and is then none' prints ': 0 problems, and 1 silenced$' attest check --rules easy.yaml
attest finding link F1 "$(quote 'for migrants')" --remove && attest review --key "$(quote 'for migrants'):reach" >/dev/null
check 'a key quote on which nothing rests' prints "^$(quote 'for migrants')  unused-key-quote  warning: a key quote on" attest check --rules easy.yaml
cd .. || exit 99

# Strength, in another project: three respondents of two groups, one of them of the implementer.
mkdir strength && cd strength || exit 99
n=0
for who in Aigul Bakyt Chinara Dana; do
  n=$((n + 1))
  printf 'Interviewer: How was it?\n\n%s: The offices changed, %s says.\n\nInterviewer: Thanks.\n\n%s: Yes.\n' $who $who $who >$n-$who.txt
done
cat >who.csv <<'END'
respondent,source,group,organisation,implementer
R1,1-Aigul,Government,Ministry,no
R2,2-Bakyt,Migrants,,no
R3,3-Chinara,Implementer,Agency,yes
R4,4-Dana,Donor,Fund,no
END
attest init p >/dev/null && attest ingest [1-4]*.txt >/dev/null && attest respondents import who.csv >/dev/null && attest code ../book.yaml >/dev/null
attest segments --code impact --format jsonl | jq -r '[.source, .id] | @tsv' >ids
id () { grep "^$1" ids | cut -f 2; }
attest finding add 'Offices changed' --criterion impact --on "$(id 1)" >/dev/null
strength () { attest strength F1 --format json >strength.json && jq -e "$1" strength.json; }
check 'one respondent: weak' strength '.[0] | .level == "weak" and .supporting == 1 and .groups == 1 and .organisations == 1 and .independent == 1'
attest finding link F1 "$(id 2)"
check 'two of two groups: limited' strength '.[0] | .level == "limited" and .groups == 2 and .organisations == 1'
attest finding link F1 "$(id 3)"
check 'three, one of the implementer: moderate' strength '.[0] | .level == "moderate" and .supporting == 3 and .independent == 2'
check 'what would raise it' strength '.[0].raise | index("supporting >= 4") != null'
attest finding link F1 "$(id 4)" --stance contradicts
check 'one against it: moderate, one link is not answered' strength '.[0] | .level == "moderate" and .contradicting == 1 and .unanswered == 1'
attest finding link F1 "$(id 3)" --stance contradicts
check 'two against two: contested' strength '.[0].level == "contested"'
attest review --reject "$(id 3)" --reason no >/dev/null
check 'a quote that was rejected does not count' strength '.[0] | .level == "limited" and .contradicting == 1'
attest finding add 'The same' --on F1 >/dev/null
check 'a finding on a finding has its quotes' prints '^F2 *limited *2 *1 ' attest strength F2
check 'the criterion has all of its findings' prints '^impact *limited *2 *1 ' attest strength impact
attest report evidence impact --format json >evidence.json
check 'evidence tells it, too' jq -e '.criteria[0] | .strength.level == "limited"
  and (.strength.because | index("supporting = 2") != null) and .profile.supporting == 2 and .profile.contradicting == 1' evidence.json
check 'on a page, too' prints '<p>Strength of the evidence: limited: ' attest report evidence impact --format html
check 'for people' prints '^Strength of the evidence: limited: respondents who support it 2' attest report evidence impact
attest respondents set R1 consent=None
check 'whoever does not want to be quoted is not' \
  prints "F1 *consent *it rests on quote $(id 1) of respondent R1, who does not want to be quoted (consent: None)" attest check
attest respondents set R1 consent=anonymous
check 'whoever wants to, under no name, is' fails prints 'want to be quoted' attest check
check 'a respondent who withdrew is not counted' \
  strength '.[0] | .supporting == 2 and .excluded == 0'
attest respondents set R1 consent=Withdrawn
check 'but for them, it is one; and it is said' strength '.[0] | .supporting == 1 and .excluded == 1 and (.concerns | index("excluded") != null)'
attest respondents set R1 consent=anonymous
attest respondents set R1 quote=none
check 'nor is who is not to be quoted in particular' prints '(consent: anonymous)' attest check
attest respondents set R1 quote=
check 'a way of quoting that there is not' prints "quote 'perhaps': write none, paraphrase" status_is 3 attest respondents set R1 quote=perhaps
check 'no finding' prints 'neither a finding nor a criterion' status_is 2 attest strength F9

# Who is one, and what lowers: five respondents, two of one organisation in one interview, a focus group, an interpreter.
mkdir ../units && cd ../units || exit 99
printf 'attest: codebook/1\nid: good\ndimensions: {criterion: {title: C}}\ncodes:\n- {id: ease, dimension: criterion, rules: [{match: [easier]}]}\n' >../good.yaml
talk () # SPEAKER…: each says one sentence
{
  for who in "$@"; do
    printf 'Interviewer: How was it?\n\n%s: The offices changed, %s says.\n\n%s: They changed again, says %s.\n\n%s: It is excellent and easier now.\n\n' "$who" "$who" "$who" "$who" "$who"
  done
}
talk Aigul Bakyt >1-both.txt
talk Chinara >2-one.txt
talk P1 P2 P3 >3-group.txt
talk Dana >4-last.txt
cat >who.csv <<'END'
respondent,source,speaker,group,organisation,method,interpreter
R1,1-both,Aigul,Government,Ministry,KII,no
R2,1-both,Bakyt,Government,Ministry,Key informant interview,no
R3,2-one,Chinara,Civil society,NGO,,no
P1,3-group,P1,Migrants,,FGD,no
P2,3-group,P2,Migrants,,FGD,no
P3,3-group,P3,Migrants,,FGD,no
R4,4-last,Dana,Civil society,NGO,KII,no
END
attest init p >/dev/null && attest ingest [1-4]*.txt >/dev/null && attest respondents import who.csv >/dev/null
sed "s/id: impact,/& asked: ['how was it'],/" ../book.yaml >book.yaml && attest code book.yaml >/dev/null
attest segments --code impact --format jsonl >segments.jsonl
ids () { jq -r --arg source "$1" 'select(.source == $source) | .id' segments.jsonl; }
# shellcheck disable=SC2046 # ids have no spaces
attest finding add 'Offices changed' --criterion impact >/dev/null && attest finding link F1 $(ids 1-both) $(ids 3-group)
check 'two of one organisation interviewed together are one, and so is a focus group' \
  strength '.[0] | .supporting == 2 and .groups == 2 and .methods == 2 and .focus_groups == 1 and .quotes == 10'
check 'of different names of a method there is one' strength '.[0].triangulation == ["focus-group, Migrants: 1", "interview, Government: 1"]'
check 'concentration: the largest respondent, source, group and organisation' \
  strength '.[0] | .top_respondent == 6 and .top_respondent_share == 0.6 and .top_source == 6 and .top_group_share == 0.6 and .top_organisation == 4'
check 'how long its quotes are' strength '.[0] | .words == 50 and .words_per_quote == 5'
# shellcheck disable=SC2046
attest finding link F1 $(ids 2-one) $(ids 4-last)
check 'four of three groups by two methods: strong, and what gives most of it is said' \
  strength '.[0] | .level == "strong" and .supporting == 4 and .cells == 3 and (.concerns | index("concentrated") != null)'
for who in R3 R4 P1; do attest respondents set $who interpreter=yes; done
check 'most spoke through an interpreter: one level down' \
  strength '.[0] | .level == "moderate" and .before == "strong" and .hindered == 3 and .hindered_share == 0.75 and .raise == ["not hindered"]'
check 'the sentence says so' prints 'strong before concerns: more than half' attest strength F1
check 'with an id, every number' prints '^  top-respondent-share  *6/14 (0.43)$' attest strength F1
check 'without, the table alone' fails prints 'top-respondent-share' attest strength
check 'and what it would take' prints '^F1, to be strong: not hindered$' attest strength F1
check 'of those who could have spoken: with an interval' strength '.[0] | .asked == 4 and .eligible == 4 and .share == 1 and .share_low > 0.5 and .share_high == 1'
for id in $(ids 4-last); do attest finding link F1 "$id" --remove; done
check 'one who was asked and does not support it' strength '.[0] | .supporting == 3 and .eligible == 4 and .share == 0.75'
attest rate gender 5 --because 'All well' >/dev/null
check 'a rating without a finding: no evidence' prints '^gender  none ' attest strength gender
for who in R3 R4 P1; do attest respondents set $who interpreter=no; done
attest code ../good.yaml >/dev/null && attest rate ease 3 --because 'Some' >/dev/null
check 'strong evidence that nothing uses: who speaks well of it, and where to look' \
  prints "^ease  *unused-evidence  *4 respondents of 3 groups speak well of it in 7 passages (0 accepted in review), and nothing rests on any: Q.* and 4 more; 'attest review" attest check
attest finding add 'Easier' --criterion ease --on "$(attest segments --code ease --format jsonl | jq -r .id | head -n 1)" >/dev/null
check 'until a finding rests on it' fails prints unused-evidence attest check

# Counter-evidence: what says the opposite, until it is linked or rejected.
mkdir ../counter && cd ../counter || exit 99
cat >talk.txt <<'END'
Interviewer: How was it?

Aigul: The training was excellent. The training was a failure.

Bakyt: The training was useless and a waste of money. There was a training in May.

Aigul: Yes.

Bakyt: No.
END
printf 'attest: codebook/1\nid: book\ncodes:\n- {id: use, rules: [{match: [training]}]}\n' >book.yaml
attest init p >/dev/null && attest ingest talk.txt >/dev/null && attest code book.yaml >/dev/null
attest segments --format jsonl | jq -r '[.polarity // "none", .id] | @tsv' >polarities
good=$(grep positive polarities | cut -f 2) bad=$(grep negative polarities | head -n 1 | cut -f 2) worse=$(grep negative polarities | tail -n 1 | cut -f 2)
check 'one speaks well, two speak ill, one neither' test "$(cut -f 1 polarities | sort | uniq -c | tr -s ' \n' ' ')" = ' 2 negative 1 none 1 positive '
attest finding add 'It was useful' --criterion use --on "$good" >/dev/null
counter () { attest counter --format json >counter.json; jq -c '[.[] | .id]' counter.json; }
check 'a finding that is good news: those that speak ill' prints "^\[\"$bad\",\"$worse\"\]$" counter
attest finding link F1 "$bad" --stance contradicts --note 'One trainer'
check 'an answer takes one off the list' prints "^\[\"$worse\"\]$" counter
attest review --reject "$worse" --reason 'another training' >/dev/null
check 'and so does a rejection' prints '^\[\]$' counter
check 'nothing is left' prints '^0 quotes to answer, of 1 finding on a criterion$' attest counter
attest finding edit F1 --withdraw no
attest finding add 'It was bad' --criterion use --on "$bad" >/dev/null
check 'a finding that is bad news: who speaks well' prints "^\[\"$good\"\]$" counter
attest review --accept "$worse" >/dev/null && attest finding link F2 "$worse" && attest rate use 5 --because 'All like it' >/dev/null
check 'a high rating beside bad news' prints '^F2 *bad-news *use is rated 5 excellent, and this finding is no good news: of the quotes that support it, 2 speak ill and 0 well' attest check
attest rate use 2 --because 'Nobody likes it' >/dev/null
check 'a low one goes well with it' fails prints bad-news attest check
attest rate use 4 --because 'F2 is of one trainer who has left; see F20' >/dev/null
check 'a high one that says why' fails prints bad-news attest check
attest rate use 4 --because 'F20 says it' >/dev/null
check 'of another finding that has more digits' prints '^F2 *bad-news ' attest check
check 'a finding that there is not' prints 'neither a finding on a criterion' status_is 2 attest counter F7

# Whether more interviews would change it: of what rules found for this criterion, and not for others.
mkdir more && cd more || exit 99
cat >book.yaml <<'END'
attest: codebook/1
id: two
dimensions: {criterion: {title: Criterion}, theme: {title: Theme}}
codes:
- {id: impact, dimension: criterion, rules: [{match: ['changed \w+']}]}
- {id: gender, dimension: theme, rules: [{match: ['women \w+']}]}
END
n=0
for words in 'changed offices' 'changed rules, women came' 'changed é́cole, women led' 'changed minds' 'changed Offices, women worked' 'changed minds' \
  'changed rules, women spoke'; do
  n=$((n + 1)) && printf 'Interviewer: How?\n\nR%s: It has %s.\n' $n "$words" >talk-$n.txt
done
attest init q >/dev/null && attest ingest talk-*.txt >/dev/null && attest code book.yaml >/dev/null
# shellcheck disable=SC2046
attest finding add 'Much has changed' --criterion impact --on "$(attest segments --code impact --format jsonl | jq -r .id | head -n 1)" >/dev/null
attest report saturation --of phrase --dimension criterion --format csv >saturation.csv
check 'saturation: what is new after the first is what the report of this criterion says' strength \
  '.[0] | .sources == 7 and .saturation == 4 and .saturation_last == 0 and .saturation_orders >= 0 and .saturation_orders <= 1000'
check 'the report says the same' sh -c "sed -n '6p;\$p' saturation.csv && [ \"\$(tail -n 1 saturation.csv | cut -d, -f5)\" = 0 ]"
check 'in words, with what was counted' prints 'Saturation at 4+2: after 4 sources, the next 2 bring at most 5 % of the 4 phrases of the first 4' attest strength F1
check 'and how it hangs on the order' prints 'Counted: what was said of impact. The last 2 bring 0 %; [0-9]* of 1000 random orders (seed 1) reach it' attest strength F1
rm talk-[67].txt && attest init r >/dev/null && attest -p r.attest ingest talk-*.txt >/dev/null && attest -p r.attest code book.yaml >/dev/null
attest -p r.attest finding add 'Much has changed' --criterion impact >/dev/null
check 'with few interviews nothing is told' prints 'Not to be told: 5 sources, and a base of 4 with a run of 2 needs 6' attest -p r.attest strength F1
check 'for programs: not known' sh -c "'$ATTEST' -p r.attest strength F1 --format json | jq -e '.[0] | .sources == 5 and .saturation == null and .saturation_last == null and .saturation_orders == null'"
cd .. || exit 99

done_testing
