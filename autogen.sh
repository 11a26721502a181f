#!/bin/sh
# Prepares configure.
set -eu
cd "$(dirname "$0")"
autoreconf --force --install
