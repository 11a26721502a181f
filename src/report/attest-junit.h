/* attest-junit: what checks found, for continuous integration: JUnit's XML, a test case a check.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AttestJunit AttestJunit;

/** @suite: "attest check"; @class_name: "attest.check". Both must be safe in an attribute. */
AttestJunit *attest_junit_new (const char *suite, const char *class_name);
void attest_junit_free (AttestJunit *junit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestJunit, attest_junit_free)

/** Begins the next case, which fails when attest_junit_add_failure() is called before the one
 * after it. @name: "dangling"; @what: what a failure means. */
void attest_junit_begin_case (AttestJunit *junit, const char *name, const char *what);
/** A line of text of the case; control characters are made visible. */
void attest_junit_add_failure (AttestJunit *junit, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** Appends the document. Nothing can be added any more. */
void attest_junit_finish (AttestJunit *junit, GString *out);

G_END_DECLS
