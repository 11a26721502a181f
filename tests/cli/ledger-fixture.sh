# shellcheck shell=sh
# What the tests of judgements share: an interview and a codebook that codes it. Sourced.
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
END
attest () { "$ATTEST" "$@"; }
