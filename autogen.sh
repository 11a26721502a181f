#!/bin/sh
# autogen.sh          prepares ./configure
# autogen.sh demo     installs what a build needs, builds, and makes an example project from the corpus
# autogen.sh check    installs what the tests need besides, and runs them all
#
# demo and check build in _build/ and install Debian packages as root or by sudo, only when one is
# missing.
set -eu
cd "$(dirname "$0")"

build_packages='build-essential autoconf automake pkg-config libglib2.0-dev libpcre2-dev
  libsqlite3-dev libfyaml-dev libarchive-dev libxml2-dev libicu-dev libexttextcat-dev
  libexttextcat-data libuchardet-dev libjson-glib-dev nettle-dev'
test_packages='jq sqlite3 libxml2-utils gzip'

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
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $missing
}

build ()
{
  # shellcheck disable=SC2086
  install_missing $build_packages
  [ -x configure ] && [ configure -nt configure.ac ] || autoreconf --force --install
  mkdir -p _build
  cd _build
  [ -f Makefile ] || ../configure --quiet
  make --silent -j"$(nproc)"
}

case ${1-} in
  '')
    autoreconf --force --install
    ;;
  demo)
    build
    rm -rf ../_demo
    mkdir ../_demo
    ./attest init ../_demo/kyrgyz-migration
    ./attest --project ../_demo/kyrgyz-migration.attest ingest \
      ../corpora/kyrgyz-migration/[0-9]*
    ./attest --project ../_demo/kyrgyz-migration.attest sources
    echo "the project is in _demo/kyrgyz-migration.attest"
    ;;
  check)
    # shellcheck disable=SC2086
    install_missing $test_packages
    build
    status=0
    make --silent -j"$(nproc)" check VERBOSE=1 || status=$?
    count () { sed -n "s/^:test-result: $1.*/x/p" $(find tests -name '*.trs') | wc -l; }
    echo "$(count PASS) passed, $(($(count FAIL) + $(count ERROR) + $(count XPASS))) failed, $(count SKIP) skipped"
    exit "$status"
    ;;
  *)
    echo "usage: ./autogen.sh [demo|check]" >&2
    exit 2
    ;;
esac
