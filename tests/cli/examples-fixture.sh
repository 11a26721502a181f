# Sourced by tests that run the examples of the table: a folder with what they name.
# shellcheck shell=sh

make_files () # FOLDER: interviews/, interview.txt, corrected.txt, respondents.csv, guide.yaml, codebook.yaml, mine.yaml, words.*, tables
{
  mkdir "$1" "$1/interviews"
  cp "$ATTEST_SRCDIR"/corpora/kyrgyz-migration/[0-9]* "$1/interviews"
  cp "$ATTEST_SRCDIR/corpora/kyrgyz-migration/01-migration-service.txt" "$1/interview.txt"
  cp "$ATTEST_SRCDIR/corpora/kyrgyz-migration/respondents.csv" "$ATTEST_SRCDIR/corpora/kyrgyz-migration/guide.yaml" "$1"
  sed 's/Turkey/Türkiye/' "$1/interview.txt" >"$1/corrected.txt"
  # The last codebook applied is the one that reports are about: it has the codes that they name.
  cat > "$1/codebook.yaml" <<'END'
attest: codebook/1
id: mine
version: 1.0.0
title: A codebook for the examples
languages: [en]
dimensions:
  criterion: {title: Evaluation criterion}
  theme: {title: Cross-cutting theme}
codes:
  - id: impact
    dimension: criterion
    name: {en: Impact}
    asked: ['difference']
    rules:
      - match: ['changed?\w*']
      - match: ['difference', 'women']
    examples: ['Much has changed since then.', 'It made a difference.', 'Women vote now.']
    counterexamples: ['The office is open on Mondays.']
  - id: gender
    dimension: theme
    name: {en: Gender}
    rules:
      - match: ['wom[ae]n', 'gender']
    examples: ['Women came too.', 'The gender adviser left.']
    counterexamples: ['Everybody came.']
END
  cp "$1/codebook.yaml" "$1/mine.yaml"
  printf '%%\n1\tmoney\n2\ttime\n%%\nfund*\t1\ntoo late\t2\n' >"$1/words.dic"
  printf 'id: words\ncodes:\n- {id: money, rules: [{words: [fund*]}]}\n' >"$1/words.yaml"
  cat > "$1/brief.md" <<'END'
---
attest: brief/1
lang: en
---

# Evaluation of the project

## Key findings and conclusions

### Impact (rating 4: very good) {rating:impact}

Two offices work in another way. {F1}
END
  {
    echo 'text,codes'
    for place in Osh Naryn Talas Batken; do
      echo "Much has changed for migrants in $place.,impact"
      echo "Everybody in $place came to the meeting.,"
      echo "The office in $place is open on Mondays.,"
    done
  } >"$1/gold.csv"
  {
    echo 'item,coder,code,cluster'
    for item in 1 2 3 4 5 6 7 8; do
      echo "$item,Ana,impact,t$item"
      echo "$item,Ben,$([ $item = 5 ] || echo impact),t$item"
      echo "$((item + 8)),Ana,,t$item"
      echo "$((item + 8)),Ben,,t$item"
    done
  } >"$1/coders.csv"
  printf 'source,turn,codes\n01-migration-service,3,relevance\n01-migration-service,5,\n' >"$1/passages.csv"
  sed 's/code,cluster/value,cluster/; s/,impact,/,3,/; s/,,/,1,/' "$1/coders.csv" >"$1/ratings.csv"
}

make_project () # FOLDER: with a coded project of all that is in interviews/, and a ledger
{
  (cd "$1" && "$ATTEST" init kyrgyz && "$ATTEST" ingest interviews/* \
    && "$ATTEST" respondents import respondents.csv && "$ATTEST" code codebook.yaml \
    && "$ATTEST" code oecd-dac && "$ATTEST" guide apply guide.yaml \
    && "$ATTEST" rate impact 4 --because 'Two offices of three work in another way' \
    && "$ATTEST" finding add 'Two offices work in another way' --criterion impact \
    && "$ATTEST" finding add 'One office works as before' --criterion impact \
    && "$ATTEST" conclusion add 'The change is half done' --on F1 \
    && "$ATTEST" recommendation add 'Fund a year more' --on C1 \
    && "$ATTEST" lesson add 'Begin with the records' --on F1 \
    && "$ATTEST" practice add 'Officials train officials' --on F1 \
    && "$ATTEST" export ledger --output ledger.yaml \
    && "$ATTEST" segments --codebook mine --format json | jq -r '.[0:3][] | .id + ":" + .code' >ids \
    && xargs "$ATTEST" review --codebook mine --coder ana --accept <ids \
    && head -n 2 ids | xargs "$ATTEST" review --codebook mine --coder ben --accept \
    && tail -n 1 ids | xargs "$ATTEST" review --codebook mine --coder ben --reject && rm ids \
    && mkdir copies && cp kyrgyz.attest copies/ana.attest && cp kyrgyz.attest copies/ben.attest \
    && mkdir others && sed 's/Kyrgyz/Tajik/g; s/the/this/g' interview.txt >others/interview.txt \
    && "$ATTEST" init others/tajik && "$ATTEST" --project others/tajik.attest ingest others/interview.txt)
}
