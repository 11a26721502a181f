#!/bin/sh
# Control characters in transcripts, file names, respondents' attributes and codebooks never reach
# the terminal: every example of the table, in every format, on a folder full of them. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
PATH=$(dirname "$ATTEST"):$PATH
. "$ATTEST_SRCDIR/tests/cli/examples-fixture.sh"

esc=$(printf '\033')
c1=$(printf '\302\233')     # U+009B, which some terminals take for ESC [
rlo=$(printf '\342\200\256') # U+202E turns the direction of what follows
evil="${esc}]0;owned$(printf '\007')${c1}31m${esc}[2J$(printf '\b\177')"

make_files evil
for file in evil/interview.txt evil/interviews/*.txt evil/interviews/*.md; do
  # In labels, in the middle of what is said, and in the header.
  sed "s/^\([A-Z][A-Za-z]*\):/\1 ${evil}x:/; s/ the / the ${evil}${rlo} /" "$file" > file
  { printf 'title: %s\nplace: %s\n\n' "A${evil}" "B${evil}"; cat file; } > "$file"
done
printf 'Anna %s: We changed a lot, the women too.\n\nBob: Did it make a difference?\n\nAnna %s: Women %s came.\n\nBob: And then?\n' \
  "$evil" "$evil" "$evil" > "evil/interviews/13-${esc}[31m${c1}red.txt"
sed "s/Bishkek/Bish${evil}kek/; 1s/place/pla${esc}ce/" evil/respondents.csv > file
cp file evil/respondents.csv
for file in evil/codebook.yaml evil/mine.yaml; do
  sed 's/^title: .*/title: "A \\e]0;owned\\a \\u009b31m title"/; s/{en: Impact}/{en: "Im\\e[31mpact\\u009b"}/' "$file" > file
  cp file "$file"
done
sed 's/^title: .*/title: "A \\e]0;owned\\a \\u009b31m title"/; s/section: Opening/section: "Op\\e[31mening"/; s/en: Is there anything that I did not ask?/en: "Is there \\e[31manything that I did not ask?"/' \
  evil/guide.yaml > file
cp file evil/guide.yaml

# The lines that hold what a terminal would obey: C0 but TAB and line ends, DEL, C1.
controls () # FILE…
{
  cat "$@" | LC_ALL=C grep -naP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r.|\xc2[\x80-\x9f]' \
    | cat -v | head -n 5
}
overrides () # FILE…
{
  LC_ALL=C grep -naP '\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' "$@" | cat -v | head -n 5
}

make_evil ()
{
  make_project evil >made.out 2>made.err || cat made.err
  controls made.out made.err
}
silent 'a project is made of them' make_evil
cd evil || exit 99
attest sources >../sources.out 2>../sources.err
check 'they are in there' sh -c 'attest text 01-migration-service | grep -q owned && [ "$(attest sources --format json | jq length)" = 13 ]'

# ARGS: what it prints to a pipe and, for tables, to a terminal
prints_none ()
{
  sh -c "attest $1" >../out.txt 2>../err.txt </dev/null
  controls ../out.txt ../err.txt
  case $1 in
    # Data for programs, and the text as it is.
    *"--format json"* | *"--format csv"* | text* | read* | sample* | *html* | *output*) ;;
    *) overrides ../out.txt ../err.txt ;;
  esac
}
every_format ()
{
  attest --generate=json | jq -r '.commands[] | (.examples[] | .args), ((.examples[0].args | gsub(" --format [a-z]+"; "")) as $first
    | (.options[] | select(.name == "format").choices[]) as $format | "\($first) --format \($format)")'
}
every_format | sort -u > ../examples
while read -r args; do
  case $args in
    # These change what the others show.
    init* | ingest* | *import* | *' set '* | demo*) continue ;;
    # Packed bytes for a file; what is in them is looked at in t4030.
    *'--format xlsx'*) args="$args --output ../out.xlsx" ;;
  esac
  silent "attest $args" prints_none "$args"
done < ../examples

# On a terminal there are colours of our own, and nothing else.
if command -v script >/dev/null && script -qec true /dev/null </dev/null >/dev/null 2>&1; then
  on_a_terminal ()
  {
    TERM=xterm script -qec "attest $1" /dev/null </dev/null 2>&1 \
      | sed "s/${esc}\[[0-9;]*m//g; s/${esc}\[K//g" | tr -d '\r' >../out.txt
    [ -s ../out.txt ] || echo 'nothing was printed'
    controls ../out.txt
    case $1 in read*) ;; *) overrides ../out.txt ;; esac
  }
  for args in sources 'turns 01-migration-service' respondents segments 'codebook show mine.yaml' \
    'report frequency' 'read interview.txt'; do
    silent "attest $args, on a terminal" on_a_terminal "$args"
  done
else
  skip 'on a terminal' 'no terminal can be made here'
fi

# Errors name files.
in_errors ()
{
  cp interview.txt "${evil}.txt"
  for command in "read '${evil}-none.txt'" "-p '${evil}.attest' sources" "ingest '${evil}/x'" \
    "init '${evil}/x'" "codebook check '${evil}.txt'" "scan '${evil}.yaml' interview.txt" \
    "'${evil}'" "sources '--${evil}'" "sources --format '${evil}'" "text '${evil}'" \
    "segments --code '${evil}'" "segments --where '${evil}=1'" "respondents import '${evil}.txt'"; do
    sh -c "attest $command" >../out.txt 2>../err.txt </dev/null
    [ $? -ne 0 ] || echo "no error: $command" | cat -v
    controls ../out.txt ../err.txt
    overrides ../out.txt ../err.txt
  done
}
silent 'in error messages' in_errors

printf 'a\033[2J\n' > ../bad
printf 'id: v\nversion: "1\\e[31m"\ncodes: [{id: a, rules: [b]}]\n' > ../version.yaml
check 'a version has none' prints 'version.yaml:2:10: error: a version is one line without control characters' \
  status_is 4 attest codebook check ../version.yaml
check 'found: an escape' prints '2J' controls ../bad
printf 'a\302\233 \n' > ../bad
check 'found: a C1 control' prints '1:a' controls ../bad
printf 'a\342\200\256\n' > ../bad
check 'found: a bidirectional override' prints '1:a' overrides ../bad
printf '\303\251\t\320\266\n' > ../bad
silent 'passed: letters and tabs' controls ../bad
done_testing
