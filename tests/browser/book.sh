#!/bin/sh
# The evidence book in headless Chromium. TAP. Pictures go to tests/browser/pictures/ in the build folder, to be looked at.
#
# Skipped where chromium, node or the modules are missing; './autogen.sh check' installs them.
set -u
skip_all () { echo "1..0 # SKIP $1"; exit 0; }
here=$ATTEST_BUILDDIR/tests/browser
ATTEST_NODE_MODULES=$here/node_modules
ATTEST_PICTURES=$here/pictures
ATTEST_CHROMIUM=$(command -v chromium || command -v chromium-browser) || skip_all 'chromium is not installed'
export ATTEST_NODE_MODULES ATTEST_PICTURES ATTEST_CHROMIUM
command -v node >/dev/null || skip_all 'node is not installed'
[ -d "$ATTEST_NODE_MODULES/playwright-core" ] && [ -d "$ATTEST_NODE_MODULES/axe-core" ] ||
  skip_all 'playwright-core and axe-core are not there: ./autogen.sh check fetches them'
corpus=$ATTEST_SRCDIR/corpora/kyrgyz-migration

scratch=$(mktemp -d "${TMPDIR:-/tmp}/attest-test.XXXXXX") || exit 99
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 99
HOME=$scratch
export HOME
evil='<script>window.attestRan = 1</script> " onload="window.attestRan=1" <img src=x onerror=window.attestRan=1> javascript:window.attestRan=1 </style></title></script>'
printf 'Interviewer: Чего достигли?\n\nОльга: Женщины решают сами. It changed\nmuch, cafe\314\201 \360\237\230\200.\n\nInterviewer: А еще?\n\nОльга: %s\n' "$evil" > "ngo.txt"
printf 'Interviewer: ماذا؟\n\nFatima: لم يتغير شيء في المشروع.\n\nInterviewer: نعم؟\n\nFatima: نعم.\n' > market.txt
a () { "$ATTEST" -p p.attest "$@"; }
quote () { a segments --code "$1" --format json | jq -r ".[$2].id"; }
make_project ()
{
  "$ATTEST" init p --title "Migration policy </title><script>window.attestRan = 1</script>" && a ingest "$corpus"/[0-9]* ngo.txt market.txt &&
    a respondents import "$corpus/respondents.csv" && a code oecd-dac &&
    a finding add "$evil" --criterion impact --on "$(quote impact 0)" --on "$(quote impact 1)" --against "$(quote impact 2)" &&
    a finding add 'Needs were named by several groups.' --criterion relevance --on "$(quote relevance 0)" --on "$(quote relevance 5)" &&
    a conclusion add 'It was the right thing.' --on F2 && a recommendation add "Go on. $evil" --on C1 --addressee 'The ministry' --priority high &&
    a lesson add 'Ask early.' --on F2 && a rate impact 4 --because "$evil" && a rate relevance 5 --because 'Needs were named.' &&
    a review --accept "$(quote impact 0)" --code impact
}
{ make_project && a book folder && a book one.html; } >log 2>&1 || { cat log; echo 'Bail out! no book'; exit 99; }
# The settings by which our own programs stop at a warning are not for Chromium.
unset G_DEBUG G_SLICE MALLOC_PERTURB_ MALLOC_CHECK_
node "$ATTEST_SRCDIR/tests/browser/book.mjs" folder one.html || { echo "Bail out! node: exit $?"; exit 99; }
