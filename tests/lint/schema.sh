#!/bin/sh
# People have project files made by every step of the schema: a step on the list never changes, and
# every step is on the list. To add one: sha256sum src/store/sql/NNN-name.sql >> tests/schema/steps.sha256
# and a project file made by it (doc/hacking.md). TAP.
. "$ATTEST_SRCDIR/tests/tap.sh"

changed_steps () # ROOT
{
  (cd "$1" && sha256sum --check --quiet tests/schema/steps.sha256) 2>&1
}

unlisted_steps () # ROOT
{
  (cd "$1" && for step in src/store/sql/*.sql; do
    grep -q "  $step\$" tests/schema/steps.sha256 || echo "$step is not in tests/schema/steps.sha256"
    number=$(basename "$step" | cut -c1-3)
    [ -e "tests/schema/v$number.attest.gz" ] || echo "tests/schema/v$number.attest.gz is missing"
  done)
}

silent 'released steps are as they were' changed_steps "$ATTEST_SRCDIR"
silent 'every step is listed and has a project file made by it' unlisted_steps "$ATTEST_SRCDIR"

mkdir -p src/store/sql tests/schema
echo 'CREATE TABLE a (b);' > src/store/sql/001-a.sql
sha256sum src/store/sql/001-a.sql > tests/schema/steps.sha256
echo > tests/schema/v001.attest.gz
silent 'passed: a step as it was' changed_steps .
silent 'passed: a step that is listed' unlisted_steps .
echo '-- a remark' >> src/store/sql/001-a.sql
check 'found: a step that changed' prints '001-a.sql: FAILED' changed_steps .
echo 'CREATE TABLE c (d);' > src/store/sql/002-c.sql
check 'found: a step that is not listed' prints '002-c.sql is not in' unlisted_steps .
check 'found: a step without a project file' prints 'v002.attest.gz is missing' unlisted_steps .
done_testing
