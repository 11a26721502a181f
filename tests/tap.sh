# shellcheck shell=sh
# Sourced by shell tests: TAP in a scratch folder of their own, which is also $HOME.
#
#   . "$ATTEST_SRCDIR/tests/tap.sh"
#   check 'what a user may count on' COMMAND [ARG…]     passes when the command exits 0
#   silent 'what must not be there' COMMAND [ARG…]      passes when it prints nothing and exits 0
#   skip 'what could not be tried' 'why'
#   skip_all 'why'                                       the whole script
#   done_testing                                         the last line
#
# A command may be a function of the script. What a failed one printed is shown.

set -u
scratch=$(mktemp -d "${TMPDIR:-/tmp}/attest-test.XXXXXX") || exit 99
trap 'chmod -R u+w "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT
trap 'exit 99' HUP INT TERM
cd "$scratch" || exit 99
HOME=$scratch/home
XDG_DATA_HOME=$HOME/.local/share XDG_CACHE_HOME=$HOME/.cache XDG_CONFIG_HOME=$HOME/.config
export HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_CONFIG_HOME
mkdir "$HOME" work && cd work || exit 99
tap_count=0

tap_result () # STATUS DESCRIPTION
{
  tap_count=$((tap_count + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $tap_count - $2"
  else
    echo "not ok $tap_count - $2"
    sed 's/^/#   /' ../tap.out ../tap.err | head -n 60
  fi
}

check () # DESCRIPTION COMMAND…
{
  tap_what=$1
  shift
  "$@" >../tap.out 2>../tap.err
  tap_result $? "$tap_what"
}

silent () # DESCRIPTION COMMAND…
{
  tap_what=$1
  shift
  tap_status=0
  "$@" >../tap.out 2>../tap.err || tap_status=1
  [ ! -s ../tap.out ] && [ ! -s ../tap.err ] || tap_status=1
  tap_result $tap_status "$tap_what"
}

skip () # DESCRIPTION REASON
{
  tap_count=$((tap_count + 1))
  echo "ok $tap_count - $1 # SKIP $2"
}

skip_all () # REASON
{
  echo "1..0 # SKIP $1"
  exit 0
}

done_testing ()
{
  echo "1..$tap_count"
}

# For use inside checks.

status_is () # STATUS COMMAND…
{
  tap_expected=$1
  shift
  "$@"
  tap_got=$?
  [ $tap_got -eq "$tap_expected" ] || { echo "exit $tap_got, not $tap_expected"; return 1; }
}

prints () # PATTERN COMMAND…: finds a line on either stream
{
  tap_pattern=$1
  shift
  "$@" >../prints 2>&1
  cat ../prints
  grep -q -e "$tap_pattern" ../prints
}

fails () # COMMAND…
{
  ! "$@"
}
