#!/bin/sh
# autogen.sh          prepares ./configure
# autogen.sh demo     installs what a build needs, builds, and makes an example project from the corpus
# autogen.sh check    installs what the tests need besides, and runs them all
# autogen.sh full     besides, tries clang, the sanitizers, installation and distcheck (a quarter of
#                     an hour); tests/ci/full.sh says more
#
# demo, check and full build in _build/ and install Debian packages as root or by sudo, only when one is
# missing.
set -eu
cd "$(dirname "$0")"

build_packages='build-essential autoconf automake pkg-config libglib2.0-dev libpcre2-dev
  libsqlite3-dev libyaml-dev libarchive-dev libxml2-dev libpoppler-glib-dev libicu-dev libexttextcat-dev
  libexttextcat-data libglib2.0-dev-bin libuchardet-dev libjson-glib-dev nettle-dev
  libncurses-dev libxlsxwriter-dev libgsl-dev
  libcmark-gfm-dev libcmark-gfm-extensions-dev'
test_packages='jq sqlite3 libxml2-utils gzip unzip bash zsh fish man-db groff-base mandoc clang-format
  shellcheck codespell locales tmux chromium chromium-sandbox pandoc'
full_packages='clang xz-utils'

install_missing ()
{
  missing=
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' \
      || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  echo "installing:$missing"
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    as_root=sudo
    command -v sudo >/dev/null || {
      echo "autogen.sh: run it as root, or install sudo, or install yourself:$missing" >&2
      exit 1
    }
  fi
  # One unreachable source among several need not matter; a package that is missing then does.
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q || true
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $missing
}

# What the tests of pages drive Chromium with. Without it they are skipped and say so.
fetch_browser_modules ()
{
  # Not Debian's npm beside a nodejs of another origin, which it conflicts with.
  command -v node >/dev/null || install_missing nodejs
  command -v npm >/dev/null || install_missing npm
  mkdir -p tests/browser
  for file in package.json package-lock.json; do
    cmp -s "../tests/browser/$file" "tests/browser/$file" || cp "../tests/browser/$file" tests/browser/
  done
  if cmp -s tests/browser/package-lock.json tests/browser/installed; then return; fi
  (cd tests/browser && npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1 && cp package-lock.json installed) || {
    rm -rf tests/browser/node_modules
    echo "autogen.sh: npm cannot fetch the modules for tests in a browser, which are skipped: $(tail -n 1 tests/browser/npm.log)"
  }
}

build ()
{
  # shellcheck disable=SC2086
  install_missing $build_packages
  [ -x configure ] && [ -z "$(find configure.ac -newer configure)" ] \
    || autoreconf --force --install
  mkdir -p _build
  cd _build
  [ -f Makefile ] || ../configure --quiet
  make --silent -j"$(nproc)"
}

# How many tests of make check ended as $1; each test program leaves a .trs file.
count ()
{
  find tests -name '*.trs' -exec cat {} + | grep -c "^:test-result: $1" || true
}

case ${1-} in
  '')
    autoreconf --force --install
    ;;
  demo)
    build
    rm -rf ../_demo
    ./attest demo ../_demo
    ;;
  check)
    # shellcheck disable=SC2086
    install_missing $test_packages
    build
    fetch_browser_modules
    find tests -name '*.trs' -delete
    status=0
    make --silent -j"$(nproc)" check VERBOSE=1 || status=$?
    find tests -name '*.trs' | sed 's/trs$/log/' | sort | xargs grep -h -e '^ok.*# SKIP' -e '^1\.\.0 # SKIP' \
      | sed 's/^ok [0-9]* - /skipped: /; s/^1\.\.0/skipped: a whole script/' || true
    failed=$(($(count FAIL) + $(count ERROR) + $(count XPASS)))
    # Never green with a failure in the last line, nor red without one.
    [ "$failed" -eq 0 ] || [ "$status" -ne 0 ] || status=1
    [ "$status" -eq 0 ] || [ "$failed" -ne 0 ] || failed=1
    echo "$(($(count PASS) + $(count XFAIL))) passed, $failed failed, $(count SKIP) skipped"
    exit "$status"
    ;;
  full)
    # shellcheck disable=SC2086
    install_missing $build_packages $test_packages $full_packages
    shift
    tests/ci/full.sh "$@"
    ;;
  *)
    echo "usage: ./autogen.sh [demo|check|full [STEP...]]" >&2
    exit 2
    ;;
esac
