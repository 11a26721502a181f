#!/bin/sh
# code, scan, rebuild: from transcripts to segments, and that the options do not change them.
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

status ()
{
  "$@" >out 2>err
  echo $?
}

cat > codebook.yaml <<'YAML'
id: small
version: "1"
codes:
  - id: effectiveness
    asked: ['achiev\w+']
    rules:
      - match: ['targets?']
      - match: ['reached']
  - id: efficiency
    rules: ['on time', {match: 'retards?', lang: fr}]
YAML
cat > one.txt <<'TXT'
Interviewer: What has the project achieved here, in your view?

Respondent: All targets were reached, and the money came on time. The targets were low, people said.

Interviewer: Mm-hm.

Respondent: And it rained.
TXT
cat > deux.txt <<'TXT'
Interviewer: Qu'est-ce qui a bien marché dans votre commune, et qu'est-ce qui n'a pas marché ?

Respondent: Il y avait des retards, beaucoup de retards, mais les gens étaient très contents avec nous.
TXT

"$ATTEST" scan codebook.yaml one.txt deux.txt --format jsonl >all.jsonl 2>err
ok $? "scan exits 0"
jq -r '[.path, .turn, .code, .strength, .quote, (.asked | join(" "))] | @tsv' all.jsonl >found
printf '%s\t1\teffectiveness\t2\tAll targets were reached, and the money came on time.\teffectiveness\n%s\t1\tefficiency\t1\tAll targets were reached, and the money came on time.\teffectiveness\n%s\t1\teffectiveness\t1\tThe targets were low, people said.\teffectiveness\n%s\t1\tefficiency\t1\tIl y avait des retards, beaucoup de retards, mais les gens étaient très contents avec nous.\t\n' \
  one.txt one.txt one.txt deux.txt >expected
cmp -s expected found; ok $? "scan finds the sentences, their rules and what was asked"

jq -r 'keys_unsorted | join(" ")' all.jsonl | sort -u >keys
echo "path turn speaker role code dimension start end start_byte end_byte start_ms quote polarity certainty time holder asked strength hits" | cmp -s - keys
ok $? "the keys are those of the contract, in order"

cat >said.txt <<'TXT'
Interviewer: What has the project achieved?

Respondent: We never reached the targets. There were no delays with those targets, I was told. Maybe they will set better targets.
TXT
"$ATTEST" scan codebook.yaml said.txt --lang en --format jsonl \
  | jq -r '[.polarity, .certainty, .time, .holder // "-"] | join(" ")' | uniq >found
printf '%s\n' 'negative asserted past own' 'positive asserted past reported' 'positive possible planned -' | cmp -s - found
ok $? "segments say how something was said"
[ "$("$ATTEST" scan codebook.yaml said.txt --lang tr --format jsonl | jq -r '.polarity, .certainty, .time, .holder' | sort -u)" = null ]
ok $? "in a language without rules nothing is known of it"

"$ATTEST" scan codebook.yaml one.txt deux.txt --format jsonl --hits >hits.jsonl
jq -r '[.rule, .match] | @tsv' hits.jsonl >found
printf 'effectiveness/1.1\ttargets\neffectiveness/2.1\treached\nefficiency/1.1\ton time\neffectiveness/1.1\ttargets\nefficiency/2.1\tretards\nefficiency/2.1\tretards\n' | cmp -s - found
ok $? "hits come by position and name their rule"

"$ATTEST" scan codebook.yaml one.txt deux.txt --count --format csv >found
printf 'code,dimension,segments,hits,files\r\neffectiveness,code,2,3,1\r\nefficiency,code,2,3,2\r\n' | cmp -s - found
ok $? "--count sums up segments, hits and files"

printf 'one.txt\n\ndeux.txt\n' | "$ATTEST" scan codebook.yaml - --format jsonl | cmp -s - all.jsonl
ok $? "a list of files on standard input is the same"

for i in 1 2 3 4 5 6 7 8 9 10 11 12; do cat one.txt >"many-$i.txt"; echo "Respondent: $i targets." >>"many-$i.txt"; done
"$ATTEST" scan codebook.yaml many-*.txt --format jsonl --jobs 1 >jobs1
"$ATTEST" scan codebook.yaml many-*.txt --format jsonl --jobs 7 >jobs7
"$ATTEST" scan codebook.yaml many-*.txt --format jsonl --no-prefilter >plain
[ -s jobs1 ] && cmp -s jobs1 jobs7 && cmp -s jobs1 plain
ok $? "the same bytes for any --jobs and without prefilter"

printf 'x\000\001\002' >binary.txt
rc=$(status "$ATTEST" scan codebook.yaml one.txt binary.txt none.txt --format jsonl)
[ "$rc" -eq 3 ] && grep -q 'binary.txt' err && grep -q 'none.txt' err && [ "$(wc -l <out)" -eq 3 ]
ok $? "bad files are named, the good one is coded, exit 3"

printf 'id: slow\ncodes:\n  - id: a\n    rules: ["(?:a+)+\\\\d"]\n' >slow.yaml
{ echo "R: good"; printf 'R: '; head -c 4000 /dev/zero | tr '\0' a; echo; } >slow.txt
rc=$(status "$ATTEST" scan slow.yaml slow.txt)
[ "$rc" -eq 6 ] && grep -q 'slow.txt: turn 1: a/1.1 was not searched to the end' err
ok $? "a limit is told with file, turn and rule, exit 6"

printf 'R: Biz bu yerde yashaymiz va ishlaymiz, lekin pul yoq, suv ham yoq edi, maktab esa juda uzoqda joylashgan.\n' >uz.txt
"$ATTEST" scan codebook.yaml uz.txt --lang uz >out 2>err
grep -q "1 turns are in 'uz'" err
[ $? -eq 1 ]; ok $? "rules without a language are for every language"
printf 'id: fr\ncodes: [{id: a, rules: [{match: x, lang: fr}]}]\n' >fr.yaml
"$ATTEST" scan fr.yaml uz.txt --lang uz >out 2>err
grep -q "1 turns are in 'uz', for which fr has no rules" err
ok $? "turns in a language without rules are told"

"$ATTEST" init p >/dev/null && "$ATTEST" ingest one.txt deux.txt >/dev/null
ok $? "init and ingest"
"$ATTEST" code codebook.yaml >out 2>err
ok $? "code exits 0"
grep -q '^coded 2 sources (3 turns, .* words) by small 1: 4 segments, 6 hits$' out
ok $? "code says what it did"
"$ATTEST" verify >/dev/null
ok $? "the coded project verifies"
dump () { sqlite3 p.attest "SELECT q.id, s.turn, s.start_byte, s.end_byte, c.code, s.strength, s.weight FROM segment s JOIN quote_id q ON q.key = s.quote_key JOIN code c ON c.id = s.code_id ORDER BY s.version_id, s.start_byte, c.number"; }
dump >before
"$ATTEST" code >/dev/null && dump >after && [ -s before ] && cmp -s before after
ok $? "coding again replaces, and changes nothing"
"$ATTEST" rebuild >out && dump >after && cmp -s before after
ok $? "rebuild makes the same segments again"
rc=$(status "$ATTEST" code missing.yaml)
[ "$rc" -ne 0 ] && dump >after && cmp -s before after
ok $? "a codebook that cannot be read changes nothing"
rc=$(status "$ATTEST" code slow.yaml)
[ "$rc" -eq 0 ] && dump | head -4 | cmp -s - before
ok $? "another codebook leaves the segments of the first alone"

printf 'R: Le projet a atteint ses objectifs, et nous sommes contents.\n' >trois.txt
"$ATTEST" ingest --coder Айгүл trois.txt >/dev/null && "$ATTEST" code --coder Ben codebook.yaml >/dev/null \
  && "$ATTEST" rebuild --coder Ana >/dev/null && "$ATTEST" verify >/dev/null \
  && [ "$(sqlite3 p.attest "SELECT group_concat(actor || ' ' || command, ', ') FROM (SELECT * FROM audit ORDER BY seq DESC LIMIT 3)")" = \
       'Ana rebuild, Ben code, Айгүл ingest' ]
ok $? "the log names who took in, coded and rebuilt, as --coder says"

"$ATTEST" respondents set one/Respondent group=Government >/dev/null \
  && "$ATTEST" respondents --format csv | grep -q 'one/Respondent.*Government'
ok $? "respondents set"
rc=$(status "$ATTEST" respondents set one/Respondent Government)
[ "$rc" -eq 2 ]; ok $? "respondents set without '=' is a usage error"
"$ATTEST" help scan >out && grep -q '^attest scan .*CODEBOOK FILE' out
ok $? "help of a command"

echo "1..$n"
