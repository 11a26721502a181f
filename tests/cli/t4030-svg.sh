#!/bin/sh
# Pictures of reports: a file of SVG that stands alone, says in words what it shows, holds nothing that
# runs, and is the same each time. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
command -v xmllint >/dev/null || skip_all 'xmllint is not installed'

cat > book.yaml <<'YAML'
id: small
version: 1.0.0
dimensions:
  criterion: {title: Criterion}
  theme: {title: Theme}
codes:
  - id: effectiveness
    dimension: criterion
    name: '<b>Efficacité</b> & "résultats"'
    asked: ['achieved']
    rules: ['targets?', 'reached']
  - id: gender
    dimension: theme
    name: مساواة النساء
    rules: ['women', 'женщин\w*']
YAML
cat > ministry.txt <<'TXT'
Interviewer: What was achieved for women?

Official: All targets were reached, also for women.
TXT
cat > ngo.txt <<'TXT'
Interviewer: What was achieved?

Activist: Женщины говорят сами.
TXT
cat > people.csv <<'CSV'
respondent,source,group
R1,ministry,<script>alert(1)</script>
R2,ngo,"Société civile é👍"
CSV
a () { "$ATTEST" -p p.attest "$@"; }
"$ATTEST" init p >/dev/null && a ingest ministry.txt ngo.txt >/dev/null && a respondents import people.csv >/dev/null \
  && a code book.yaml >/dev/null || exit 99

picture () # NAME ARGUMENTS…
{
  name=$1
  shift
  a report "$@" --format svg --output "$name.svg" || return 1
  xmllint --noout --nonet "$name.svg" || return 1
  [ "$(xmllint --xpath 'count(/*[local-name()="svg"][@role="img"]/*[local-name()="title"])' "$name.svg")" = 1 ] || return 1
  [ -n "$(xmllint --xpath 'string(/*/*[local-name()="desc"])' "$name.svg")" ] || return 1
  ! grep -qiE '<script|<b>|<image|<foreignObject|href=|url\(|@import| on[a-z]+=' "$name.svg"
}
for report in frequency matrix 'matrix --cols attribute:group' coverage 'coverage --by group' \
  'coverage --by respondent' silence evidence; do
  # shellcheck disable=SC2086 # words of a command line
  check "report $report: a picture" picture one $report
done

same () { a report frequency --format svg > 1.svg && LC_ALL=C a report frequency --format svg > 2.svg && cmp 1.svg 2.svg; }
check 'the same project makes the same bytes' same
numbers () { a report frequency --format svg | xmllint --xpath 'string(/*/*[local-name()="desc"])' - | grep -q 'مساواة النساء (gender) 2'; }
check 'the text alternative names the highest count' numbers
done_testing
