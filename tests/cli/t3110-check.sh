#!/bin/sh
# attest check: what a reviewer would object to. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
export USER=kim

cat > talk.txt <<'END'
Interviewer: How was it?

Aigul: The offices changed how they work. Nobody came from the north.

Bakyt: Much has changed for migrants.

Aigul: That is so.

Bakyt: Yes.
END
cat > book.yaml <<'END'
attest: codebook/1
id: book
dimensions: {criterion: {title: Criterion}}
codes:
- {id: impact, dimension: criterion, rules: [{match: ['changed?']}]}
- {id: gender, dimension: criterion, rules: [{match: ['nobody came']}]}
- {id: reach, dimension: criterion, rules: [{match: ['migrants']}]}
END
attest () { "$ATTEST" "$@"; }
attest init p >/dev/null && attest ingest talk.txt >/dev/null && attest code book.yaml >/dev/null
attest segments --format jsonl >segments.jsonl
quote () { jq -r --arg text "$1" 'select(.quote | contains($text)) | .id' segments.jsonl | head -n 1; }
offices=$(quote offices) north=$(quote north)

# CHECK…: these problems, "ID check", and no others; exit 10 when there are any
finds ()
{
  attest check --format json >check.json
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
attest rate impact 5 --because A >/dev/null
check 'the best rating, but heard both sides' finds ''
attest finding link F1 "$north" --remove
check 'the best rating, one-sided' finds 'rating:impact one-sided'
attest rate gender 5 --because A >/dev/null && attest rate reach 5 --because A >/dev/null
check 'the best everywhere' finds 'rating:impact one-sided' '- ceiling' 'rating:gender rating-without-finding' \
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
check 'for people: what to do' prints "F1 *rejected *it rests on quote $offices, which was rejected in review" attest check
check 'for people: what was checked' prints '3 ratings, 3 entries of the ledger, 3 links checked: 1 problem' attest check
junit () { attest check --format junit >check.xml; xmllint --noout check.xml && cat check.xml; }
check 'JUnit: one of ten test cases failed' prints 'tests="10" failures="1"' junit
check 'JUnit: which' prints '<testcase classname="attest.check" name="rejected">' junit
attest undo >/dev/null
sqlite3 p.attest "DROP TRIGGER content_never_updated;
  UPDATE version_content SET original = CAST (replace (CAST (original AS TEXT), 'offices changed', 'offices change') AS BLOB)"
check 'a quote that no longer stands' finds 'F1 stale'
attest recommendation edit R1 --withdraw no && attest conclusion link C1 F1 --remove && attest finding edit F1 --withdraw no
attest conclusion edit C1 --withdraw no
check 'what was withdrawn is no problem' finds ''
done_testing
