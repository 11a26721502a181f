#!/bin/sh
# segments, kwic, report and export as a user and a script see them. TAP.
set -u
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT && cd "$scratch" || exit 99
n=0
check () { # DESCRIPTION COMMAND…
  n=$((n + 1)); what=$1; shift
  if "$@" >out.txt 2>err.txt; then echo "ok $n - $what"
  else echo "not ok $n - $what"; sed 's/^/# /' out.txt err.txt; fi
}
# A shell that knows how to run attest on the project.
sh_is () { what=$1; shift; check "$what" sh -c 'a () { "$ATTEST" -p p.attest "$@"; }; '"$1"; }

cat > book.yaml <<'YAML'
id: small
version: 1.0.0
dimensions:
  criterion: {title: Criterion}
  theme: {title: Theme}
codes:
  - id: effectiveness
    dimension: criterion
    asked: ['achiev\w+']
    rules: ['targets?', 'reached', 'достигл\w*']
  - id: impact
    dimension: criterion
    rules: ['changed']
  - id: gender
    dimension: theme
    rules: ['women', 'женщин\w*']
YAML
cat > ministry.txt <<'TXT'
Interviewer: What was achieved for women?

Official: All targets were reached, also for women. =1+1 is what we got.

Interviewer: And then?

Official: Nothing changed.
TXT
cat > ngo.txt <<'TXT'
Interviewer: Чего достигли?

Activist: Мы достигли того, что женщины решают сами.

Interviewer: А еще?

Activist: <b>Больше</b> ничего.
TXT
printf 'respondent,source,speaker,group\nR1,ministry,,Government\nR2,ngo,,Civil society\n' > r.csv
"$ATTEST" init p >/dev/null && "$ATTEST" -p p.attest ingest ministry.txt ngo.txt >/dev/null &&
  "$ATTEST" -p p.attest respondents import r.csv >/dev/null || { echo "Bail out! no project"; exit 99; }

sh_is 'a report of a project that is not coded says what to do' \
  'a report frequency >o 2>e; [ $? = 2 ] && [ ! -s o ] && grep -q "attest code" e'
"$ATTEST" -p p.attest code book.yaml >/dev/null || { echo "Bail out! cannot code"; exit 99; }

# segments
sh_is 'segments: keys of the contract, in order' \
  '[ "$(a segments --format jsonl | jq -r "keys_unsorted | join(\" \")" | sort -u)" = \
   "path turn speaker role code dimension start end start_byte end_byte start_ms quote polarity certainty time holder asked strength hits id source respondent origin codebook run status coder" ]'
sh_is 'segments: json, jsonl and csv have the same segments' \
  'a segments --format json >s.json && jq -e "length == 5" s.json && a segments --format jsonl | jq -s . >l.json &&
   [ "$(jq -S . s.json)" = "$(jq -S . l.json)" ] && [ "$(a segments --format csv | wc -l)" = 6 ]'
sh_is 'segments: the quote is the text between its positions, in code points and bytes' \
  'for s in ministry ngo; do a text $s > $s.text; done
   jq -r ".[] | select(.source == \"ngo\") | \"\(.start_byte) \(.end_byte) \(.quote)\"" s.json | while read -r from to quote; do
     [ "$(tail -c +$((from + 1)) ngo.text | head -c $((to - from)))" = "$quote" ] || exit 1; done &&
   jq -e --rawfile t ngo.text "all(.[] | select(.source == \"ngo\"); \$t[.start:.end] == .quote)" s.json'
sh_is 'segments: filters' \
  'a segments --code gender --format json | jq -e "length == 2 and all(.[]; .code == \"gender\")" &&
   a segments --dimension criterion --source ngo --format json | jq -e "length == 1" &&
   a segments --min-rules 2 --format json | jq -e "length == 1 and .[0].strength == 2 and (.[0].hits | length) == 2" &&
   a segments --where Group=Government --format json | jq -e "length == 3 and all(.[]; .respondent == \"R1\")" &&
   a segments --status rejected --format json | jq -e ". == []"'
sh_is 'segments: can be asked for by polarity' \
  'for p in positive negative mixed; do
     a segments --polarity $p --format json >$p.json && jq -e --arg p $p "all(.[]; .polarity == \$p)" $p.json >/dev/null || exit 1
   done
   [ "$(jq -s "add | length" positive.json negative.json mixed.json)" = "$(jq "map(select(.polarity != null)) | length" s.json)" ] &&
   ! a segments --polarity good'
sh_is 'segments: they are qualified as by scan' \
  'a segments --format json | jq -c ".[] | [.polarity, .certainty, .time, .holder]" | sort >1 &&
   "$ATTEST" scan book.yaml ministry.txt ngo.txt --format jsonl | jq -c "[.polarity, .certainty, .time, .holder]" | sort | cmp -s - 1'
sh_is 'segments: what does not exist is exit 2, and says what there is' \
  'for o in "--code nil" "--source nil" "--dimension nil" "--codebook nil" "--where group=nil" "--where nil=1" "--where nil" "--status nil" "--format nil"; do
     a segments $o >o 2>e; [ $? = 2 ] && [ ! -s o ] || exit 1; done
   a segments --where group=nil 2>&1 | grep -q "Civil society, Government"'
sh_is 'segments: the table fits its width and names its unit' \
  'COLUMNS=60 a segments >o && grep -q "5 segments" o && [ "$(LC_ALL=C.UTF-8 wc -L <o)" -le 60 ]'

# kwic
sh_is 'kwic searches respondents only, unless told' \
  'a kwic achieved | grep -q "^0 matches" && a kwic --all-roles achieved | grep -q "^1 match in 1 turn of 1 source" &&
   a kwic "достигл|targets" --format json | jq -e "length == 2 and .[1].match == \"достигл\" and .[1].before == \"Мы \" and .[0].turn == 1"'
sh_is 'kwic: positions are those of the text' \
  'a kwic "женщин\w*" --format json | jq -e --rawfile t ngo.text "all(.[]; \$t[.start:.end] == .match)"'
sh_is 'kwic: a pattern that is wrong shows the place, exit 2' \
  'a kwic "ab(c" >o 2>e; [ $? = 2 ] && [ ! -s o ] && grep -q "^      ^" e'
printf 'R: %s!\n' "$(printf 'a%.0s' $(seq 1 60))" > bomb.txt
sh_is 'kwic: a limit is named and is exit 6' \
  'a ingest bomb.txt >o && a kwic "^(a+)+\$" >o 2>e; [ $? = 6 ] && grep -q "bomb ¶0: not searched to the end" e'

# reports
sh_is 'frequency: keys of the contract, totals, and every code' \
  'a report frequency --format json >f.json &&
   jq -e "keys_unsorted == [\"format\",\"report\",\"unit\",\"codebook\",\"rows\",\"totals\"] and .format == 1
     and (.codebook | keys_unsorted) == [\"id\",\"version\",\"sha256\"]
     and (.rows[0] | keys_unsorted) == [\"dimension\",\"code\",\"name\",\"segments\",\"hits\",\"sources\",\"respondents\",\"groups\",\"per_1000_words\"]
     and (.totals | keys_unsorted) == [\"sources\",\"respondents\",\"groups\",\"turns\",\"words\",\"segments\"]
     and [.rows[].segments] == [2, 1, 2] and .totals.segments == 5 and .totals.respondents == 2" f.json'
sh_is 'frequency: the counts are those of the segments' \
  'jq -e --slurpfile s s.json "all(.rows[]; . as \$r | (\$s[0] | map(select(.code == \$r.code))) as \$m |
     (\$m | length) == \$r.segments and (\$m | map(.hits | length) | add) == \$r.hits
     and (\$m | map(.source) | unique | length) == \$r.sources)" f.json'
sh_is 'frequency names its unit, the codebook and what was searched' \
  'a report frequency >o && grep -q "^Unit: segment" o && grep -q "^Codebook: small 1.0.0 (sha256 $(sha256sum book.yaml | cut -c1-8))" o && grep -q "2 respondents in 2 groups" o'
sh_is 'a report says what its codebook did not search' \
  'a report frequency | grep -q "^Not searched with this codebook: 1 source of the project" &&
   a report matrix | grep -q "^Not searched" && a report evidence | grep -q "^Not searched" && a report evidence --format html | grep -q ">Not searched"'
cat > bad.yaml <<'YAML'
id: bad
codes:
  - id: never
    rules: ['^(a+)+$', 'targets?']
YAML
cp p.attest q.attest
check 'a report of a search that a limit stopped says so' \
  sh -c '"$ATTEST" -p q.attest code bad.yaml; [ $? = 6 ] && "$ATTEST" -p q.attest report frequency >o &&
    grep -q "^Incomplete: a limit stopped the search of 1 turn" o && ! grep -q "^Not searched" o'
sh_is 'matrix: keys of the contract, cells in order' \
  'a report matrix --format json >m.json && jq -e "keys_unsorted == [\"format\",\"report\",\"unit\",\"rows\",\"cols\",\"cells\"]
     and .rows == [\"effectiveness\",\"impact\"] and .cols == [\"gender\"] and .cells[0][0] == {segments: 2, sources: 2, respondents: 2}
     and .cells[1][0].segments == 0" m.json'
sh_is 'matrix: by an attribute; one that nobody has is exit 2' \
  'a report matrix --cols attribute:group --format json | jq -e ".cols == [\"Civil society\",\"Government\"] and .cells[0][1].segments == 1" &&
   { a report matrix --cols attribute:grop 2>e; [ $? = 2 ]; } && grep -q "there are: group" e'
sh_is 'evidence: keys of the contract, criteria only, asked and spoke apart' \
  'a report evidence --format json >e.json && jq -e "keys_unsorted == [\"format\",\"report\",\"criteria\",\"silenced\"]
     and [.criteria[].code] == [\"effectiveness\",\"impact\"]
     and (.criteria[0] | keys_unsorted) == [\"code\",\"rating\",\"strength\",\"profile\",\"findings\",\"segments\",\"scope\"]
     and .criteria[0].rating == null and .criteria[0].findings == []
     and .criteria[0].profile.respondents == 2 and .criteria[0].profile.asked == 1 and .criteria[0].profile.asked_and_spoke == 1
     and [.criteria[0].segments[].group] == [\"Civil society\",\"Government\"]" e.json'
sh_is 'evidence cites id, source, turn and group, and no speaker or respondent' \
  'a report evidence gender >o && grep -q "^  Q[0-9A-Z]* ministry ¶1 (Government)$" o && ! grep -E "Official|Activist|R1|R2" o'
sh_is 'a report that nobody asked for is exit 2' \
  'a report evidence nil >o 2>e; [ $? = 2 ] && [ ! -s o ]; a report 2>e; [ $? = 2 ] && grep -q "frequency, matrix" e'

# files
sh_is 'export: CSV that no spreadsheet runs, with all columns' \
  'a export -o x.csv && head -1 x.csv | grep -q ",weight,act,codebook_version,codebook_sha256,lang,attribute:group" && [ "$(wc -l <x.csv)" = 6 ] &&
   ! grep -E "(^|,)\"?[=+@]" x.csv'
sh_is 'export: JSON' 'a export --format json | jq -e ".format == 1 and (.segments | length) == 5 and .segments[0].attributes.group == \"Government\""'
sh_is 'a file that cannot be written is exit 1, and an old one stays' \
  'echo old >keep; a report frequency -o no/such/folder 2>e; [ $? = 1 ] || exit 1
   mkdir -p d; a report frequency -o d 2>e; [ $? = 1 ] || exit 1
   a report evidence nil -o keep 2>e; [ "$(cat keep)" = old ] && [ "$(ls -A | grep -c keep)" = 1 ]'
sh_is 'a full disk is not success' \
  'for c in "segments" "segments --format json" "report frequency" "report evidence" "export" "kwic ."; do
     a $c >/dev/full 2>e; [ $? = 1 ] || exit 1; a $c 2>e | head -c 1 >o; done; [ ! -s e ]'
on_tty () { env "$@" script -qc "$ATTEST -p p.attest report evidence gender" /dev/null; }
tty_is () {
  esc=$(printf '\033')
  on_tty NONE=1 >bold && grep -q "${esc}\\[1mwomen${esc}\\[0m" bold && on_tty NO_COLOR=1 >plain && ! grep -q "$esc" plain &&
    on_tty TERM=dumb >plain && ! grep -q "$esc" plain && "$ATTEST" -p p.attest report evidence gender >piped && ! grep -q "$esc" piped
}
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then check 'what was found is bold on a terminal, and only there' tty_is
else n=$((n + 1)); echo "ok $n - what was found is bold on a terminal # SKIP no terminal can be made here"; fi
echo "1..$n"
