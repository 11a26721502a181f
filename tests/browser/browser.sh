# shellcheck shell=sh
# Sourced by tests of pages: what they need, or they are skipped; a folder to work in. Pictures go to tests/browser/pictures/
# in the build folder, to be looked at.
#
# './autogen.sh check' installs what is missing.
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
run_node () # SCRIPT ARGUMENT…
{
  # The settings by which our own programs stop at a warning are not for Chromium.
  unset G_DEBUG G_SLICE MALLOC_PERTURB_ MALLOC_CHECK_
  script=$1
  shift
  node "$ATTEST_SRCDIR/tests/browser/$script" "$@" || { echo "Bail out! node: exit $?"; exit 99; }
}
