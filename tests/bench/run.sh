#!/bin/sh
# run.sh: how fast attest is here, and how fast others are; what 'make bench' runs.
#
#   ATTEST_BENCH_MB       MB of transcripts, 100 unless given
#   ATTEST_BENCH_DIR      a folder of transcripts to use instead of made ones
#   ATTEST_BENCH_RUNS     runs of each measurement, of which the best counts, 3 unless given
#   ATTEST_BENCH_SLOW_MB  MB for what takes minutes for 100 MB, 4 unless given
#   ATTEST_BENCH_READER_MB  MB of text in each format whose reader is measured, 10 unless given
#   ATTEST_BENCH_PARTS    which of: project judged agree compare synthesis large small scan ascii others readers; all unless given
#   ATTEST_BENCH_LARGE_MB MB of a large project, 490 unless given
#   ATTEST_SAMPLES        its ../reference/cues.tsv gives the patterns, or else the shipped codebook
#
# Speeds are MB of files a second of wall clock; nothing else should run meanwhile. A ratio says how many
# times as fast attest searches for the same patterns on one thread.
set -eu

megabytes=${ATTEST_BENCH_MB:-100}
runs=${ATTEST_BENCH_RUNS:-3}
slow_megabytes=${ATTEST_BENCH_SLOW_MB:-4}
large_megabytes=${ATTEST_BENCH_LARGE_MB:-490}
reader_megabytes=${ATTEST_BENCH_READER_MB:-10}
parts=${ATTEST_BENCH_PARTS:-project judged agree compare synthesis large small scan ascii others readers}
here=$(cd "$(dirname "$0")" && pwd)
attest=$ATTEST_BUILDDIR/attest
measure=$ATTEST_BUILDDIR/tests/bench/measure
work=$(mktemp -d "${TMPDIR:-/tmp}/attest-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
LC_ALL=C.UTF-8
export LC_ALL

have () { command -v "$1" >/dev/null 2>&1; }
size_mb () { cat "$@" | wc -c | awk '{ printf "%.3f", $1 / 1e6 }'; }

# --- measuring -----------------------------------------------------------------------------

# try RUNS COMMAND…: the best run sets wall, cpu and peak (MB); FALSE: the command failed.
try () {
  left=$1
  shift
  wall=
  while [ "$left" -gt 0 ]; do
    status=0
    "$measure" "$work/measured" "$@" >"$work/out" 2>"$work/err" || status=$?
    # 6: a limit stopped a rule somewhere; 10: what is compared differs.
    case $status in 0 | 6 | 10) ;; *) return 1 ;; esac
    read -r new_wall new_cpu new_peak <"$work/measured"
    if [ -z "$wall" ] || awk "BEGIN { exit !($new_wall < $wall) }"; then
      wall=$new_wall cpu=$new_cpu peak=$(awk "BEGIN { printf \"%.0f\", $new_peak / 1000 }")
    fi
    left=$((left - 1))
  done
}

header () {
  printf '\n%s\n%-44s %8s %8s %8s %8s %8s %8s %7s\n' "$1" '' patterns threads MB MB/s 'cpu s' \
    'peak MB' ratio
}

# row NAME PATTERNS THREADS MB [RATIO]: prints what try measured.
row () {
  speed=$(awk "BEGIN { printf \"%.1f\", $4 / $wall }")
  printf '%-44s %8s %8s %8.1f %8s %8s %8s %7s\n' "$1" "$2" "$3" "$4" "$speed" "$cpu" "$peak" \
    "${5-}"
}

# row_seconds NAME: the same for what has no size.
row_seconds () { printf '%-44s %33s s %8s %8s\n' "$1" "$wall" "$cpu" "$peak"; }

skipped () { printf '%-44s %s\n' "$1" "$2"; }

# ratio SPEED: the speed of attest with $1 patterns by the speed of the last row.
ratio () { awk "BEGIN { printf \"%.1f\", $1 / ($mb_now / $wall) }"; }

# --- material ------------------------------------------------------------------------------

# Lines "code TAB language TAB pattern".
make_patterns () {
  cues=${ATTEST_SAMPLES:-none}/../reference/cues.tsv
  if [ -f "$cues" ]; then
    sed 1d "$cues" >"$work/patterns.tsv"
    echo "patterns: cues.tsv"
  elif have jq && "$attest" codebook show oecd-dac --format json >"$work/dac.json" 2>/dev/null; then
    jq -r '.codes[] | .code as $code | .rules[] | (.langs[0] // "en") as $lang
           | .match[].pattern | [$code, $lang, .] | join("\t")' "$work/dac.json" >"$work/patterns.tsv"
    echo "patterns: the codebook oecd-dac"
  else
    echo "run.sh: no patterns: set ATTEST_SAMPLES, or install jq" >&2
    exit 1
  fi
  n_patterns=$(wc -l <"$work/patterns.tsv")
}

# pick N: N of the patterns, from all over the list.
pick () {
  awk -v n="$1" -v all="$n_patterns" 'int (NR * n / all) > int ((NR - 1) * n / all)' "$work/patterns.tsv"
}

# codebook N: a codebook of them in $work/N.yaml, without languages, so that every pattern is searched
# everywhere, as the others do; the bare patterns in $work/N.txt.
codebook () {
  pick "$1" | cut -f 3 >"$work/$1.txt"
  pick "$1" | awk -F '\t' -v q="'" '
    BEGIN { print "attest: codebook/1\nid: bench\ndimensions:\n  criterion: {title: Bench}\ncodes:" }
    $1 != code {
      code = $1
      gsub (/[^a-z0-9]+/, "-", $1)
      print "  - id: " $1 "\n    dimension: criterion\n    rules:"
    }
    { gsub (q, q q, $3); print "      - match: [" q $3 q "]" }' >"$work/$1.yaml"
}

make_corpus () {
  folder=${ATTEST_BENCH_DIR:-$work/corpus}
  if [ -z "${ATTEST_BENCH_DIR-}" ]; then
    echo "making $megabytes MB of transcripts …" >&2
    "$here/make-corpus.sh" "$megabytes" "$folder" "$ATTEST_SRCDIR/corpora"
  fi
  find -L "$folder" -type f \( -name '*.txt' -o -name '*.md' \) | LC_ALL=C sort >"$work/files"
  tr '\n' '\0' <"$work/files" >"$work/files0"
  mb=$(xargs -0 cat <"$work/files0" | wc -c | awk '{ printf "%.3f", $1 / 1e6 }')
  mkdir "$work/slow"
  taken=0
  while IFS= read -r file && [ "$taken" -lt $((slow_megabytes * 1000000)) ]; do
    cp "$file" "$work/slow/"
    taken=$((taken + $(wc -c <"$file")))
  done <"$work/files"
  slow_mb=$(size_mb "$work"/slow/*)
}

# --- attest --------------------------------------------------------------------------------

bench_project () {
  header "A project"
  try "$runs" sh -c 'xargs -0 cat <"$1" >/dev/null' sh "$work/files0"
  row "cat" - 1 "$mb"
  try "$runs" sh -c 'rm -f "$1".attest*; "$2" init "$1" && xargs -0 "$2" --project "$1.attest" ingest <"$3"' \
    sh "$work/p" "$attest" "$work/files0"
  row "init + ingest" - "$(nproc)" "$mb"
  ingest=$wall ingest_cpu=$cpu
  for n in 60 "$n_patterns"; do
    try "$runs" "$attest" --project "$work/p.attest" code "$work/$n.yaml"
    row "code" "$n" "$(nproc)" "$mb"
  done
  code=$wall code_cpu=$cpu
  try "$runs" "$attest" --project "$work/p.attest" report frequency
  wall=$(awk "BEGIN { print $ingest + $code + $wall }")
  cpu=$(awk "BEGIN { print $ingest_cpu + $code_cpu + $cpu }")
  row "init + ingest + code + report frequency" "$n_patterns" "$(nproc)" "$mb"
  for report in frequency evidence 'matrix --rows criterion --cols criterion'; do
    # shellcheck disable=SC2086
    if try "$runs" "$attest" --project "$work/p.attest" report $report; then
      row_seconds "report $report"
    else
      skipped "report $report" "$(head -n 1 "$work/err")"
    fi
  done
  try 1 "$attest" --project "$work/p.attest" verify && row_seconds "verify"
  try 1 "$attest" --project "$work/p.attest" segments --format jsonl && row_seconds "segments --format jsonl"
  rm -f "$work"/p.attest*
}

# Two codebooks that share most of their patterns, by what coding by one of them costs.
bench_compare ()
{
  header "Two codebooks on a project"
  for half in one two; do
    [ $half = one ] && range="1,$((n_patterns - n_patterns / 16))p" || range="$((n_patterns / 16)),${n_patterns}p"
    {
      echo "id: $half"
      echo codes:
      sed -n "$range" "$work/patterns.tsv" | sort -s -t "$(printf '\t')" -k 1,1 | awk -F '\t' -v q="'" '
        $1 != code { print "  - id: " $1 "\n    rules:"; code = $1 }
        { gsub (q, q q, $3); print "      - {match: [" q $3 q "], lang: " $2 "}" }'
    } >"$work/$half.yaml"
  done
  rm -f "$work"/c.attest*
  "$attest" init "$work/c" >/dev/null
  "$attest" --project "$work/c.attest" ingest "$folder" >/dev/null 2>&1
  try "$runs" "$attest" --project "$work/c.attest" code "$work/one.yaml"
  row "code" "$n_patterns" "$(nproc)" "$mb"
  attest_cpu=$cpu
  try "$runs" "$attest" compare "$work/one.yaml" "$work/two.yaml" "$work/c.attest" || [ -n "$wall" ]
  row "compare with another codebook" "$n_patterns" "$(nproc)" "$mb" \
    "$(awk "BEGIN { printf \"%.2f\", $cpu / $attest_cpu }")"
  rm -f "$work"/c.attest*
}

bench_synthesis ()
{
  header "300 evaluations of 40 transcripts of 30 kB"
  have jq || { skipped synthesis "jq is not installed"; return; }
  ATTEST=$attest "$here/make-projects.sh" 300 "$work/projects"
  try "$runs" "$attest" synthesis "$work/projects" --by donor
  row_seconds "synthesis --by donor"
  rm -rf "$work/projects"
}

# What a reviewer does with a project that is judged: each once, in a process of its own.
bench_judged ()
{
  header "200 sources, 20,000 segments, half of them decided, 60 findings with 20 quotes each"
  have jq || { skipped judged "jq is not installed"; return; }
  judged=$work/judged.attest
  "$here/make-judged.sh" "$attest" "$judged" 200
  quote=$("$attest" --project "$judged" trace R1 --format json | jq -r 'first (.chain[] | select (.type == "quote")).id')
  for command in check "trace R1" "trace relevance" "trace $quote" verify strength counter "review --list"; do
    # shellcheck disable=SC2086 # words of a command
    try "$runs" "$attest" --project "$judged" $command
    row_seconds "$(echo "$command" | sed "s/ Q.*/ QUOTE/")"
  done
  if have python3; then
    try "$runs" python3 "$here/open-review.py" "$attest" "$judged"
    row_seconds "review, until the screen shows"
  else
    skipped review "python3 is not installed"
  fi
  bench_book "$judged"
}

# PROJECT: its evidence book, written, and opened and searched in a browser.
bench_book ()
{
  for book in folder one.html; do
    try "$runs" "$attest" --project "$1" book "$work/book-$book"
    row_seconds "book $book, $(du -sb "$work/book-$book" | awk '{ printf "%.0f MB", $1 / 1e6 }')"
  done
  ATTEST_NODE_MODULES=$ATTEST_BUILDDIR/tests/browser/node_modules
  export ATTEST_NODE_MODULES
  if have node && have chromium && [ -d "$ATTEST_NODE_MODULES/playwright-core" ]; then
    (cd "$work" && node "$here/book.mjs" book-folder book-one.html women 'capacity building' the zzz)
  else
    skipped 'the book in a browser' 'chromium, node or their modules are not there: ./autogen.sh check'
  fi
}

# Whether the memory stays as it is, and the speed.
bench_large ()
{
  echo "making $large_megabytes MB of transcripts …" >&2
  "$here/make-corpus.sh" "$large_megabytes" "$work/large" "$ATTEST_SRCDIR/corpora"
  header "A large project"
  large_mb=$(cat "$work"/large/* | wc -c | awk '{ printf "%.3f", $1 / 1e6 }')
  cat >"$work/large.sh" <<'END'
set -e
rm -f "$1".attest*
"$2" init "$1"
"$2" --project "$1.attest" ingest "$3"
"$2" --project "$1.attest" code "$4"
"$2" --project "$1.attest" report frequency
END
  try 1 sh "$work/large.sh" "$work/p" "$attest" "$work/large" "$work/$n_patterns.yaml"
  row "init + ingest + code + report frequency" "$n_patterns" "$(nproc)" "$large_mb"
  rm -rf "$work/large" "$work"/p.attest*
}

# One evaluation, as most projects are: twelve transcripts of about 60 kB.
bench_small () {
  header "Twelve transcripts of 60 kB: init + ingest + code + report frequency"
  mkdir "$work/small"
  awk 'NR <= 12' "$work/files" | while IFS= read -r file; do
    head -c 60000 "$file" | iconv -c -f UTF-8 -t UTF-8 >"$work/small/$(basename "$file")"
  done
  cat >"$work/small.sh" <<'END'
set -e
rm -f "$1".attest*
"$2" init "$1"
"$2" --project "$1.attest" ingest "$3"/*
"$2" --project "$1.attest" code "$4"
"$2" --project "$1.attest" report frequency
END
  for codebook in "$work/$n_patterns.yaml" oecd-dac; do
    try "$runs" sh "$work/small.sh" "$work/p" "$attest" "$work/small" "$codebook"
    row_seconds "with $(basename "$codebook")"
  done
  if have hyperfine; then
    hyperfine --style basic --warmup 1 --runs 10 \
      "sh $work/small.sh $work/p $attest $work/small oecd-dac" 2>/dev/null | sed -n '2,3p'
  fi
}

# scan N JOBS [OPTION…]: over all files.
scan () {
  scanned=$1 threads=$2
  shift 2
  try "$runs" sh -c 'list=$1; shift; exec "$@" - <"$list"' sh "$work/files" "$attest" scan --hits --format csv \
    --jobs "$threads" "$@" "$work/$scanned.yaml"
}

bench_scan () {
  header "scan --hits"
  for n in $sizes; do
    for jobs in 1 2; do
      scan "$n" "$jobs" || { skipped "scan" "$(head -n 1 "$work/err")"; continue; }
      row "scan" "$n" "$jobs" "$mb"
      [ "$jobs" -eq 2 ] || eval "speed_$n=$(awk "BEGIN { print $mb / $wall }")"
    done
    mb_now=$slow_mb
    try 1 "$attest" scan --hits --format csv --jobs 1 --no-prefilter "$work/$n.yaml" "$work"/slow/*
    eval "speed=\$speed_$n"
    row "scan --no-prefilter" "$n" 1 "$slow_mb" "$(ratio "$speed")"
  done
}

# --- others --------------------------------------------------------------------------------

# What YARA has no words for: letters beyond ASCII, looking around, properties, references.
yara_can () { LC_ALL=C grep -v '[^ -~]\|(?[=!<>]\|\\[pPkgKQXRA1-9]\|[*+?}]+\|(?[a-z]' "$1"; }

# ascii N: codebook and rules of at most N patterns that both can express, as N.yaml and N.yar.
ascii () {
  yara_can "$work/all.txt" | awk -v n="$1" 'NR <= n' >"$work/$1.txt"
  awk '{
    gsub ("[(][?]:", "("); gsub ("/", "\\/")
    printf "rule r%d { strings: $a = /%s/ nocase condition: $a }\n", NR, $0
  }' "$work/$1.txt" >"$work/$1.yar"
  awk -v q="'" '
    BEGIN { print "attest: codebook/1\nid: bench\ncodes:\n  - id: all\n    rules:" }
    { gsub (q, q q); print "      - match: [" q $0 q "]" }' "$work/$1.txt" >"$work/$1.yaml"
}

# The patterns without letters beyond ASCII, which YARA and a byte-wise ripgrep can search for.
bench_ascii () {
  header "Others, the patterns in ASCII"
  for n in 060 0300; do
    ascii "$n"
    count=$(wc -l <"$work/$n.txt")
    if ! scan "$n" 1; then
      skipped "scan" "$(head -n 1 "$work/err")"
      continue
    fi
    row "scan --hits" "$count" 1 "$mb"
    attest_speed=$(awk "BEGIN { print $mb / $wall }")
    mb_now=$mb
    if ! have yara; then
      skipped yara "not installed"
    elif try "$runs" yara -s -w -p 1 --scan-list "$work/$n.yar" "$work/files"; then
      row "yara -s -p 1" "$count" 1 "$mb" "$(ratio "$attest_speed")"
    else
      skipped "yara -s -p 1" "$(head -n 1 "$work/err")"
    fi
    if have rg && try "$runs" rg -j 1 --no-unicode -i -f "$work/$n.txt" "$folder"; then
      row "rg -f --no-unicode: lines, not patterns" "$count" 1 "$mb" "$(ratio "$attest_speed")"
    fi
  done
}

# other NAME N MB FILES-FROM COMMAND…: one of the tools that take the patterns as they are.
other () {
  name=$1 n=$2 mb_now=$3
  shift 3
  eval "speed=\${speed_$n-}"
  [ -n "$speed" ] || return 0
  if try 1 "$@"; then
    row "$name" "$n" 1 "$mb_now" "$(ratio "$speed")"
  else
    skipped "$name, $n patterns" "$(head -n 1 "$work/err")"
  fi
}

bench_others () {
  header "Others, the same patterns"
  for n in 60 300; do
    if have rg; then
      other "rg -f: lines, not patterns" "$n" "$slow_mb" rg -j 1 -i -f "$work/$n.txt" "$work/slow"
    else
      skipped rg "not installed"
    fi
    if have ugrep; then
      other "ugrep -f: lines, not patterns" "$n" "$slow_mb" ugrep -r -J 1 -i -f "$work/$n.txt" "$work/slow"
    else
      skipped ugrep "not installed"
    fi
    if have python3; then
      other "Python, re.finditer" "$n" "$slow_mb" python3 "$here/loop.py" "$work/$n.txt" "$work"/slow/*
    fi
    if echo x | grep -q -P x 2>/dev/null; then
      # shellcheck disable=SC2016
      other "grep -P, pattern by pattern" "$n" "$slow_mb" sh -c \
        'list=$1; shift; while IFS= read -r p; do grep -P -i -o -b -e "$p" "$@"; done <"$list"; true' \
        sh "$work/$n.txt" "$work"/slow/*
    fi
  done
}

# --- readers -------------------------------------------------------------------------------

# read_all FORMAT JOBS: a scan for one word, which is next to nothing beside the reading.
read_all () {
  find "$work/readers/$1" -type f | LC_ALL=C sort >"$work/reader-files"
  try "$runs" sh -c 'list=$1; shift; exec "$@" - <"$list"' sh "$work/reader-files" "$attest" scan --hits \
    --format csv --jobs "$2" "$work/none.yaml"
}

bench_readers () {
  header "Readers: MB of text (docx, pdf) or of files (vtt, json)"
  have python3 || { skipped readers "python3 is not installed"; return; }
  printf 'attest: codebook/1\nid: none\ncodes:\n  - id: none\n    rules:\n      - match: [zqxzqxzqx]\n' \
    >"$work/none.yaml"
  # Not every paragraph has a label.
  "$here/make-corpus.sh" $((reader_megabytes * 3)) "$work/reader-corpus" "$ATTEST_SRCDIR/corpora"
  python3 "$here/make-readers.py" "$work/readers" "$reader_megabytes" "$work"/reader-corpus/*
  text_mb=$(awk '{ printf "%.3f", $1 / 1e6 }' "$work/readers/bytes")
  for kind in docx docx-runs; do
    read_all "$kind" 2 && row "$kind" 1 2 "$text_mb"
  done
  for kind in vtt json; do
    read_all "$kind" 1 && row "$kind" 1 1 "$(size_mb "$work/readers/$kind"/*)"
  done
  read_all pdf 1 && row pdf 1 1 "$text_mb"
  attest_speed=$(awk "BEGIN { print $text_mb / $wall }")
  mb_now=$text_mb
  if ! have pdftotext; then
    skipped pdftotext "not installed"
  elif try "$runs" sh -c 'for file do pdftotext "$file" /dev/null; done' sh "$work/readers/pdf"/*; then
    row pdftotext - 1 "$text_mb" "$(ratio "$attest_speed")"
  fi
}

# How far coders agree, with intervals.
bench_agree ()
{
  header "100,000 sentences of 200 transcripts, 10 codes, 4 coders, 2,000 resamples"
  have python3 || { skipped agree "python3 is not installed"; return; }
  python3 "$here/make-coders.py" "$work/coders.csv"
  cut -d , -f 1-3 "$work/coders.csv" >"$work/no-clusters.csv"
  for jobs in 1 2; do
    try "$runs" "$attest" agree --table "$work/coders.csv" --jobs "$jobs" --format json
    row_seconds "agree, drawing transcripts, --jobs $jobs"
    try "$runs" "$attest" agree --table "$work/no-clusters.csv" --jobs "$jobs" --format json
    row_seconds "agree, drawing sentences, --jobs $jobs"
  done
}

# -------------------------------------------------------------------------------------------

"$attest" --version
uname -srm
echo "$(nproc) processors: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)"
make_patterns
make_corpus
cut -f 3 "$work/patterns.tsv" >"$work/all.txt"
sizes=
for n in 10 60 300 "$n_patterns"; do
  [ "$n" -gt "$n_patterns" ] || sizes="$sizes $n"
done
for n in $sizes; do
  codebook "$n"
done
for part in $parts; do
  "bench_$part"
done
