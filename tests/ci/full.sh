#!/bin/sh
# tests/ci/full.sh [STEP…]: what make check cannot try, because it takes builds of its own. TAP.
#
#   clang      no warning from clang
#   configure  a library that is missing is named with its Debian package
#   install    what is installed works from there, and uninstall leaves nothing
#   tarball    the tarball builds in its own folder
#   dist       make distcheck
#   address    the tests under AddressSanitizer and UndefinedBehaviorSanitizer
#   thread     the tests under ThreadSanitizer
#
# Without STEP: all. Works in _ci/; the log of a failed step is shown and stays there.
set -u
cd "$(dirname "$0")/../.." || exit 99
top=$PWD
jobs=$(nproc)
count=0
failed=0
[ -x configure ] || autoreconf --force --install >/dev/null || exit 99

build () # FOLDER [CONFIGURE ARGUMENT…]
{
  folder=$top/_ci/$1
  shift
  rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" && "$top/configure" --quiet "$@" \
    && make --silent -j"$jobs"
}

step_clang ()
{
  command -v clang >/dev/null || { echo 'clang is not installed'; return 1; }
  # The unit tests too, but without running them.
  build clang CC="${CLANG:-clang}" CFLAGS='-O1 -Werror' && make --silent -j"$jobs" check TESTS=
}

step_configure ()
{
  mkdir -p "$top/_ci/configure" && cd "$top/_ci/configure" || return 1
  if PKG_CONFIG_LIBDIR=/nonexistent PKG_CONFIG_PATH='' "$top/configure" --quiet >out.txt 2>&1; then
    echo 'configure found libraries where there are none'
    return 1
  fi
  cat out.txt
  for package in $(sed -n 's/^ATTEST_NEED(.*\[\([^]]*\)\])$/\1/p' "$top/configure.ac"); do
    tail -n 1 out.txt | grep -q "apt-get install.* $package\( \|\$\)" \
      || { echo "$package is not named"; return 1; }
  done
}

step_install ()
{
  prefix=$top/_ci/prefix
  rm -rf "$prefix" "$top/_ci/staged"
  build install --prefix="$prefix" || return 1
  make --silent install DESTDIR="$top/_ci/staged" && [ ! -e "$prefix" ] \
    && [ -x "$top/_ci/staged$prefix/bin/attest" ] || return 1
  make --silent install || return 1
  (
    unset ATTEST_DATA_DIR
    cd "$(mktemp -d)" && attest=$prefix/bin/attest && "$attest" init p \
      && "$attest" ingest "$prefix"/share/attest/corpora/kyrgyz-migration/[0-9]* \
      && "$attest" code oecd-dac && "$attest" report frequency && "$attest" verify
  ) || return 1
  for file in man/man1/attest.1 bash-completion/completions/attest zsh/site-functions/_attest \
    fish/vendor_completions.d/attest.fish doc/attest/README.md; do
    [ -s "$prefix/share/$file" ] || { echo "$file is not installed"; return 1; }
  done
  make --silent uninstall || return 1
  left=$(find "$prefix" -type f)
  [ -z "$left" ] || { echo "left by uninstall: $left"; return 1; }
}

step_tarball ()
{
  build tarball && make --silent dist && tar xf attest-*.tar.xz && cd attest-*/ \
    && ./configure --quiet && make --silent -j"$jobs" && ./attest --version
}

step_dist ()
{
  # Tests that need what is not in the tarball skip by themselves.
  # Here there is time for every write of the fault tests.
  build dist && ATTEST_FAULT_STEP=1 make --silent -j"$jobs" distcheck
}

step_address ()
{
  build address --enable-sanitizers=address,undefined CFLAGS='-O1 -g' \
    && make --silent -j"$jobs" check VERBOSE=1
}

step_thread ()
{
  build thread --enable-sanitizers=thread CFLAGS='-O1 -g' \
    && TSAN_OPTIONS="suppressions=$top/tests/ci/thread.supp" make --silent -j"$jobs" check VERBOSE=1
}

[ $# -gt 0 ] || set -- clang configure install tarball dist address thread
mkdir -p _ci
for step in "$@"; do
  count=$((count + 1))
  if ("step_$step") >"_ci/$step.log" 2>&1 && ! grep -q 'warning:' "_ci/$step.log"; then
    echo "ok $count - $step"
    # distcheck leaves folders that cannot be written.
    chmod -R u+w "_ci/$step" 2>/dev/null
    rm -rf "_ci/$step" _ci/prefix _ci/staged
  else
    failed=$((failed + 1))
    echo "not ok $count - $step"
    # What went wrong stands above the summary of make.
    grep -e '^not ok' -e '^ERROR' -e 'runtime error' -e 'WARNING: ' -e 'SUMMARY: ' -e 'error:' -e 'warning:' "_ci/$step.log" \
      | head -n 30 | sed 's/^/#   /'
    grep -v '^  *\(CC\|AR\|CCLD\|GEN\) ' "_ci/$step.log" | tail -n 20 | sed 's/^/#   /'
  fi
done
echo "1..$count"
[ $failed -eq 0 ]
