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

# ---- triangulation
a report triangulation --format json >t3.json
a respondents --format json >people.json
check 'triangulation: cells of a code are its respondents' eval "jq -e --slurpfile t t3.json '
  [.[] | {code, respondent}] | unique | group_by(.code) | map({key: .[0].code, value: length}) | from_entries as \$n
  | all(\$t[0].rows[]; ([.cells[].respondents] | add) == (\$n[.code] // 0))' segments.json"
check 'everybody is in a cell, and empty ones are counted' in_json t3.json '.rows[0] as $first
  | ([$first.cells[].present] | add) == 12
    and all(.rows[]; .empty == ([.cells[] | select(.present > 0 and .respondents == 0)] | length)
      and .places == ([.cells[] | select(.present > 0)] | length) and all(.cells[]; .respondents <= .present))'
check 'a focus group is a method of its own' in_json t3.json '.methods == ["focus-group", "interview"]'
check 'people see both kinds of empty cell' eval 'a report triangulation relevance >t.txt && grep -q "0/1" t.txt && grep -q "–" t.txt'
check 'a code that is none, exit 2, and the codes there are' prints 'impact' status_is 2 "$ATTEST" -p p.attest report triangulation impcat
check 'an attribute that is none, exit 2' status_is 2 "$ATTEST" -p p.attest report triangulation --attribute shoesize
check 'triangulation: all forms' n_forms triangulation --attribute gender
check 'triangulation: a picture' svg triangulation

# ---- evidence-matrix
a report evidence-matrix --format json >m.json
check 'evidence-matrix: who spoke, and which way' eval "jq -e --slurpfile m m.json --slurpfile p people.json '
  (\$p[0] | map({key: (.respondent // .label), value: (.group // .attributes.group)}) | from_entries) as \$group
  | . as \$all | all(\$m[0].rows[]; .code as \$code | all(.cells[]; . as \$c
      | [\$all[] | select(.code == \$code and \$group[.respondent] == \$c.group)] as \$s
      | \$c.segments == (\$s | length)
        and \$c.spoke == ([\$s[].respondent] | unique | length)
        and \$c.positive == ([\$s[] | select(.polarity == \"positive\" or .polarity == \"mixed\").respondent] | unique | length)
        and \$c.negative == ([\$s[] | select(.polarity == \"negative\" or .polarity == \"mixed\").respondent] | unique | length)
        and ([\$c.quotes[].id] | sort) == ([\$s[].id] | unique)))' segments.json"
check 'a group that was there and said nothing is silent' in_json m.json '[.rows[].cells[] | select(.spoke == 0 and .present > 0)]
  | length > 0 and all(.[]; .direction == "silent" and .quotes == [])'
check 'questions need a guide' prints 'attest guide apply' status_is 2 "$ATTEST" -p p.attest report evidence-matrix --rows questions
a guide apply "$corpus/guide.yaml" >/dev/null
check 'a question is spoken of by its codes' eval 'a report evidence-matrix --rows questions --format json >mq.json &&
  jq -e --slurpfile m m.json "(.rows | length) > 10 and ((.rows[] | select(.question == \"1.1\").cells | map(.spoke)) == (\$m[0].rows[] | select(.code == \"relevance\").cells | map(.spoke)))" mq.json'
id=$(jq -r '[.[] | select(.code == "impact")][0].id' segments.json)
against=$(jq -r '[.[] | select(.code == "impact")][5].id' segments.json)
a finding add 'It <changed>' --criterion impact --on "$id" --against "$against" >/dev/null
check 'a finding: its stances' eval 'a report evidence-matrix --rows findings --format json | jq -e "([.rows[0].cells[].positive] | add) == 1 and ([.rows[0].cells[].negative] | add) == 1"'
a finding edit F1 'It <changed>: the offices changed how they work, and people who came to them say that they see it at once' >/dev/null
fits () { COLUMNS=80 "$ATTEST" -p p.attest report triangulation --findings >t.txt && [ "$(wc -L <t.txt)" -le 80 ] && grep -q 'at once' t.txt; }
check 'a long finding is broken, not cut, above its rows' fits
check 'triangulation of findings: who supports it' eval 'a report triangulation --findings --format json | jq -e "([.rows[0].cells[].respondents] | add) == 1"'
check 'evidence-matrix: all forms' n_forms evidence-matrix --quotes 2
check 'text of people is no markup' eval 'a report evidence-matrix --rows findings --format html >page.html && ! grep -q "<changed>" page.html && grep -q "&lt;changed&gt;" page.html'
check 'evidence-matrix: a picture' svg evidence-matrix --rows findings

# ---- respondents
a report respondents --format json >r.json
check 'respondents: each attribute adds up' in_json r.json '(.respondents | length) as $n | ([.respondents[].words] | add) as $words
  | [.groups | group_by(.attribute)[]] | length > 2 and all(.[]; ([.[].respondents] | add) == $n and ([.[].words] | add) == $words)'
check 'segments and codes are those of the segments' eval "jq -e --slurpfile r r.json '
  group_by(.respondent) | map({key: .[0].respondent, value: {n: length, codes: ([.[].code] | unique | length)}}) | from_entries as \$s
  | all(\$r[0].respondents[]; .segments == (\$s[.respondent].n // 0) and .codes == (\$s[.respondent].codes // 0))' segments.json"
check 'one attribute only' eval 'a report respondents --attribute group --format json | jq -e "[.groups[].attribute] | unique == [\"group\"]"'
check 'respondents: all forms' n_forms respondents --each
check 'respondents: a picture' svg respondents

# ---- quotes
a report quotes --format json >quotes.json
check 'quotes: all of them, each with its words' eval "jq -e --slurpfile q quotes.json '
  ([\$q[0].codes[] | .code as \$c | .quotes[] | {code: \$c, id, quote, start, \"end\": .end, start_byte}] | sort) == ([.[] | {code, id, quote, start, \"end\": .end, start_byte}] | sort)' segments.json"
check 'those that more rules found stand first' in_json quotes.json 'all(.codes[]; [.quotes[].strength] | . == (sort | reverse))'
a review --accept "$against" --code impact --coder kim >/dev/null 2>&1
check 'accepted ones stand before' eval "a report quotes impact --format json | jq -e '.codes[0].quotes[0].id == \"$against\"'"
check '--reviewed: only those' eval "a report quotes --reviewed --format json | jq -e '[.codes[].quotes[].id] == [\"$against\"]'"
check '--polarity, --min-strength' eval 'a report quotes --polarity negative --min-strength 2 --format json |
  jq -e "[.codes[].quotes[]] | length > 0 and all(.[]; .polarity == \"negative\" and .strength >= 2)"'
check '--limit says how many there are' eval 'a report quotes impact --limit 2 >t.txt && grep -q "2 of 14 quotes" t.txt'
check 'no label of a respondent for people' eval 'a report quotes >t.txt; a report quotes --format html >page.html; ! grep -qE "(^|[^A-Z0-9])(R0[0-9]|FG12)([^A-Z0-9]|$)" t.txt page.html'
check 'quotes: all forms' n_forms quotes impact

# ---- codebook
a review --reject "$id" --code impact --reason 'not so' --coder kim >/dev/null 2>&1
a report codebook --format json >b.json
check 'codebook: precision is accepted of decided, with an interval' in_json b.json '.codes[] | select(.code == "impact")
  | .accepted == 1 and .rejected == 1 and .precision == 0.5 and (.interval[0] - 0.0945 | fabs) < 0.001 and (.interval[1] - 0.9055 | fabs) < 0.001'
check 'where nothing was decided it is not known' in_json b.json '.codes[] | select(.code == "gender") | .precision == null and .interval == [null, null]'
check 'definitions, examples and rules are there' in_json b.json 'all(.codes[]; (.rules | length) > 0 and .definition != null) and ([.codes[].examples[]] | length) > 10'
check 'codebook: all forms' n_forms codebook
check 'codebook: a picture' svg codebook

# ---- timeline
a report timeline 03-un-agency --format json >l.json
check 'timeline: every segment of the source, in its order' eval "jq -e --slurpfile l l.json '
  ([\$l[0].rows[] | .code as \$c | .marks[] | {code: \$c, id, start, \"end\": .end, turn}] | sort)
  == ([.[] | select(.source == \"03-un-agency\" and (.id != \"$id\" or .code != \"impact\")) | {code, id, start, \"end\": .end, turn}] | sort)' segments.json"
check 'places grow with positions and end with the transcript' in_json l.json '.length as $n
  | ([.rows[].marks[]] | sort_by(.start) | map(.from) | . == sort) and all(.rows[].marks[]; .from <= .to and .to <= $n)'
check 'without times, by words' eval 'a report timeline 05-migrant-rights-cso --format json | jq -e ".scale == \"words\" and .length > 1000"'
check 'a source that is none, exit 2' status_is 2 "$ATTEST" -p p.attest report timeline nobody
check 'timeline: all forms' n_forms timeline 03-un-agency
check 'timeline: a picture' svg timeline 03-un-agency

# ---- for the public
a report triangulation --public --format json >tp.json
check 'public: no cell of few, of few there, or of few who did not' in_json tp.json 'all(.rows[].cells[];
  .present == null or ((.present == 0 or .present >= 3) and (.respondents == 0 or .respondents >= 3)
    and (.present == .respondents or .present - .respondents >= 3)))'
check 'public: never one hidden cell in a row, which would follow from the total' in_json tp.json \
  'all(.rows[]; ([.cells[] | select(.present == null)] | length) != 1)'
a report evidence-matrix --public --format json >mp.json
check 'public: the same of the evidence matrix, in both directions' in_json mp.json 'all(.rows[].cells[]; .present == null
  or all(.positive, .negative, .neutral, .spoke, .present - .spoke; . == 0 or . >= 3))
  and all(.rows[]; ([.cells[] | select(.present == null)] | length) != 1)'
check 'public: values of few respondents are not counted' eval 'a report respondents --public --format json |
  jq -e "all(.groups[]; .respondents == null or .respondents >= 3) and all(.respondents[]; .words == null and (.respondent | startswith(\"P\")))"'
check 'public: no source, position or label of a quote' eval 'a report quotes --public --format json | jq -e "[.codes[].quotes[]] | length > 100
  and all(.[]; .turn == null and .start == null and (.source | startswith(\"S\")) and ((.respondent // \"P\") | startswith(\"P\")))"'

# ---- nothing to count
"$ATTEST" init q >/dev/null && printf 'Interviewer: And?\n\nA: So.\n' >quiet.txt && "$ATTEST" -p q.attest ingest quiet.txt >/dev/null \
  && "$ATTEST" -p q.attest code oecd-dac >/dev/null
for report in cooccurrence saturation triangulation evidence-matrix respondents codebook 'timeline quiet'; do
  for format in table csv json html svg; do
    # shellcheck disable=SC2086 # words of a command line
    check "report $report of a project without a segment, $format" "$ATTEST" -p q.attest report $report --format $format
  done
done
check 'report quotes of a project without a segment' "$ATTEST" -p q.attest report quotes
done_testing
