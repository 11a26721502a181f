#!/bin/sh
# On a terminal: a pager, colours, and tables that fit; nothing of that elsewhere. TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"
command -v script >/dev/null || skip_all 'script (bsdutils) is not installed'

cat > book.yaml <<'YAML'
id: small
version: 1.0.0
dimensions:
  criterion: {title: Criterion}
codes:
  - {id: effectiveness, dimension: criterion, rules: ['targets?']}
  - {id: impact, dimension: criterion, rules: ['changed']}
YAML
printf 'Interviewer: And?\n\nAigul: All targets were reached, and much has changed for the people of the north, as one can see.\n' > talk.txt
"$ATTEST" init p >/dev/null && "$ATTEST" -p p.attest ingest talk.txt >/dev/null && "$ATTEST" -p p.attest code book.yaml >/dev/null || exit 99

# Says what it was given, and keeps what it reads.
cat > pager <<'SH'
#!/bin/sh
printf '%s\n' "$@" > pager.args
printf '%s\n' "$LESS" > pager.less
cat > pager.in
SH
chmod +x pager
unset PAGER ATTEST_PAGER LESS NO_COLOR COLUMNS
TERM=xterm-256color
export TERM
# COMMAND: on a terminal; its exit status is script's
on_terminal () { rm -f pager.in; script -qec "$1" typed >/dev/null </dev/null; }
report="$ATTEST -p p.attest report frequency"

paged () { ATTEST_PAGER='./pager "one word" two' on_terminal "$report" && grep -q effectiveness pager.in; }
check 'a report on a terminal goes through $ATTEST_PAGER' paged
args () { printf 'one word\ntwo\n' | cmp - pager.args; }
check 'its words are those of a shell' args
check 'less is told to end on one screen and to show colours' grep -qx FRX pager.less
not_run () { ATTEST_PAGER='./pager; touch ran $(touch ran) `touch ran`' on_terminal "$report"; [ ! -e ran ]; }
check 'no shell reads them' not_run
by_pager () { PAGER=./pager on_terminal "$report" && [ -s pager.in ]; }
check 'then $PAGER' by_pager
first () { PAGER=/nonexistent ATTEST_PAGER=./pager on_terminal "$report" && [ -s pager.in ]; }
check '$ATTEST_PAGER goes before' first
none () { ATTEST_PAGER=$1 PAGER=./pager on_terminal "$report" && [ ! -e pager.in ] && grep -q effectiveness typed; }
check 'an empty one is none' none ''
check 'and so is cat' none cat
status () { ATTEST_PAGER=./pager on_terminal "$ATTEST -p p.attest report frequency --dimension nosuch"; [ $? = 2 ] && grep -q "no dimension" typed; }
check 'the exit status is that of the command, and its message comes' status
missing () { ATTEST_PAGER=/nonexistent/pager on_terminal "$report" && grep -q 'ATTEST_PAGER=' typed && grep -q effectiveness typed; }
check 'one that cannot be started is told, and the report comes' missing
quits () { printf '#!/bin/sh\nexit 3\n' > quitter && chmod +x quitter && ATTEST_PAGER=./quitter on_terminal "$report"; }
check 'a pager that quits early is no error' quits
writes () { ATTEST_PAGER=./pager on_terminal "$ATTEST -p p.attest code book.yaml" && [ ! -e pager.in ]; }
check 'a command that writes has no pager' writes
piped () { ATTEST_PAGER=./pager "$ATTEST" -p p.attest report frequency | grep -q effectiveness && [ ! -e pager.in ]; }
rm -f pager.in
check 'no pager in a pipe' piped
helped () { ATTEST_PAGER=./pager on_terminal "$ATTEST report frequency --help" && grep -q Usage pager.in || grep -q 'attest report frequency' pager.in; }
check 'help, too' helped

esc=$(printf '\033')
colours () { ATTEST_PAGER=./pager on_terminal "$report" && grep -q "${esc}\[38;5;" pager.in; }
check 'codes have colours on a terminal' colours
different () { [ "$(grep -o "${esc}\[38;5;[0-9]*m\(effectiveness\|impact\)" pager.in | sed 's/m[a-z]*$//' | sort -u | wc -l)" = 2 ]; }
check 'each its own' different
no_color () { NO_COLOR=1 ATTEST_PAGER=./pager on_terminal "$report" && ! grep -q "$esc" pager.in; }
check 'NO_COLOR is obeyed' no_color
dumb () { TERM=dumb ATTEST_PAGER=./pager on_terminal "$report" && ! grep -q "$esc" pager.in; }
check 'and so is a dumb terminal' dumb
plain () { ! "$ATTEST" -p p.attest report frequency | grep -q "$esc"; }
check 'no colour in a pipe' plain
file () { ATTEST_PAGER=./pager on_terminal "$report -o file.txt" && ! grep -q "$esc" file.txt; }
check 'nor in a file' file

fits () { COLUMNS=40 "$ATTEST" -p p.attest report quotes > narrow.txt && [ "$(wc -L < narrow.txt)" -le 40 ] && grep -q north narrow.txt; }
check 'a quote wraps to 40 columns and is whole' fits
bars () { "$ATTEST" -p p.attest report frequency | grep -q '█'; }
check 'bars are of block characters' bars
done_testing
