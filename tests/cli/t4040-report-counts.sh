#!/bin/sh
# Reports that count over segments: the numbers are those that the segments themselves give. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
a () { "$ATTEST" -p p.attest "$@"; }
corpus=$ATTEST_SRCDIR/corpora/kyrgyz-migration
in_json () { jq -e "$2" "$1"; }

"$ATTEST" init p >/dev/null && a ingest "$corpus"/[0-9]* >/dev/null && a respondents import "$corpus/respondents.csv" >/dev/null \
  && a code oecd-dac >/dev/null || exit 99
a segments --format json >segments.json
n_forms () # REPORT…
{
  a report "$@" --format html >page.html && grep -q '<html' page.html && grep -q '</html>' page.html \
    && a report "$@" --format csv >t.csv && a report "$@" --format json >t.json && jq -e '.format == 1' t.json \
    && a report "$@" >t.txt && [ -s t.txt ]
}
svg () { a report "$@" --format svg >t.svg && grep -q '^<svg' t.svg && xmllint --noout t.svg; }

# ---- cooccurrence
for unit in turn source respondent; do
  case $unit in turn) key='"\(.source) \(.turn)"' ;; source) key=.source ;; *) key=.respondent ;; esac
  a report cooccurrence --unit $unit --format json >c.json
  check "cooccurrence by $unit: pairs are those of the segments" eval "jq -e --slurpfile c c.json '
    [group_by($key)[] | [.[].code] | unique] as \$units
    | all(\$c[0].pairs[]; . as \$p
        | .both == ([\$units[] | select(index(\$p.code) and index(\$p.with))] | length)
          and .code_units == ([\$units[] | select(index(\$p.code))] | length))
      and ([\$c[0].pairs[].both] | add) == ([\$units[] | length * (length - 1) / 2] | add)' segments.json"
done
a report cooccurrence --format json >c.json
check 'cooccurrence by segment: passages that overlap' eval "jq -e --slurpfile c c.json '
  [group_by([.source, .turn])[] | sort_by(.start)
   | reduce .[] as \$s ([]; if length > 0 and \$s.start < .[-1].end then .[-1].codes += [\$s.code] | .[-1].end = ([.[-1].end, \$s.end] | max)
       else . + [{end: \$s.end, codes: [\$s.code]}] end) | .[].codes | unique] as \$units
  | \$c[0].units == (\$units | length)
    and all(\$c[0].pairs[]; . as \$p | .both == ([\$units[] | select(index(\$p.code) and index(\$p.with))] | length))' segments.json"
check 'Jaccard and PMI are of these counts' in_json c.json '.units as $n | all(.pairs[];
  (.jaccard - .both / (.code_units + .with_units - .both) | fabs) < 1e-5
  and (.expected - .code_units * .with_units / $n | fabs) < 1e-3 * .expected
  and (.pmi - ((.both * $n / (.code_units * .with_units)) | log2) | fabs) < 1e-4
  and .few == (.code_units * .with_units / $n < 5))'
check '--min leaves out rare pairs' eval 'a report cooccurrence --min 3 --format json | jq -e "all(.pairs[]; .both >= 3) and (.pairs | length) > 0"'
check 'cooccurrence: all forms' n_forms cooccurrence
check 'cooccurrence: a matrix' svg cooccurrence
check 'cooccurrence: a network' svg cooccurrence --network --unit turn
check 'csv has a line a pair' [ "$(wc -l <t.csv)" = "$(jq '.pairs | length + 1' t.json)" ]

# ---- saturation
a report saturation --format json >s.json
check 'saturation: codes known after each source' eval "jq -e --slurpfile s s.json '
  [group_by(.source)[] | {source: .[0].source, codes: ([.[].code] | unique)}] as \$sources
  | all(range(\$s[0].steps | length); . as \$i | \$s[0].steps[\$i].known
      == ([\$sources[] | select(.source <= \$s[0].steps[\$i].source) | .codes[]] | unique | length))' segments.json"
check 'shares are of the base' in_json s.json '.base_themes as $b | .base as $n | .run as $r | .steps as $s
  | all(range($s | length); . as $i | if $i + 1 < $n + $r then $s[$i].share == null
      else ($s[$i].run_new == ([$s[$i - $r + 1:$i + 1][].new] | add)) and (($s[$i].share - $s[$i].run_new / $b | fabs) < 1e-5) end)'
check 'in the end every order knows all' in_json s.json '.steps[-1].mean == .themes and .steps[-1].low == .themes'
same () { a report saturation --seed 5 --format json >1.json && a report saturation --seed 5 --format json >2.json && cmp 1.json 2.json; }
check 'the same seed, the same orders' same
check 'phrases are more than rules, rules more than codes' eval '
  [ "$(a report saturation --of phrase --format json | jq .themes)" -gt "$(a report saturation --of rule --format json | jq .themes)" ] &&
  [ "$(a report saturation --of rule --format json | jq .themes)" -gt "$(jq .themes s.json)" ]'
check 'of one group: its sources' eval 'a report saturation --where group=Government --format json | jq -e "(.steps | length) == 3 and .reached == null"'
check 'too few sources: it is said what is missing' prints 'needs 8' "$ATTEST" -p p.attest report saturation --where group=Government --base 5 --run 3
check 'a threshold that is none, exit 2' status_is 2 "$ATTEST" -p p.attest report saturation --threshold few
check 'too many orders, exit 2' status_is 2 "$ATTEST" -p p.attest report saturation --orders 1000000000
check 'saturation: all forms' n_forms saturation --of rule
check 'saturation: a curve' svg saturation --of phrase

# ---- nothing to count
"$ATTEST" init q >/dev/null && printf 'Interviewer: And?\n\nA: So.\n' >quiet.txt && "$ATTEST" -p q.attest ingest quiet.txt >/dev/null \
  && "$ATTEST" -p q.attest code oecd-dac >/dev/null
for report in cooccurrence saturation; do
  for format in table csv json html svg; do
    check "report $report of a project without a segment, $format" "$ATTEST" -p q.attest report $report --format $format
  done
done
done_testing
