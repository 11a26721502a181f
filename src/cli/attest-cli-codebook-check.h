/* attest-cli-codebook-check: what `codebook check` and `codebook test` share: a codebook that was
 * looked at.
 */
#pragma once

#include "cli/attest-cli.h"
#include "engine/attest-coder.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;         /* as given */
  AttestCodebook *codebook; /* NULL: it has errors */
  GArray *problems;         /* of AttestProblem */
  AttestCodebookTest *test; /* NULL: not run */
} AttestCliChecked;

void attest_cli_checked_clear (AttestCliChecked *checked);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestCliChecked, attest_cli_checked_clear)

/** Loads @name and, with @with_warnings, lints it. FALSE when the file cannot be read; a codebook
 * with errors is a result. */
gboolean attest_cli_checked_load (AttestCliChecked *checked, const char *name,
                                  gboolean with_warnings, GError **error);
/** Runs the examples, unless there are errors. */
void attest_cli_checked_test (AttestCliChecked *checked);

/** Whether no example needs the pattern; those of questions are not looked at. */
gboolean attest_cli_checked_is_unreached (const AttestCliChecked *checked, guint pattern);
/** The file's name as it is safe to print. */
char *attest_cli_checked_dup_path (const AttestCliChecked *checked);
/** "" for 1, else "s". */
const char *attest_cli_plural (guint n);

/** Whether no example needs any pattern of the rule. */
gboolean attest_cli_checked_is_unreached_rule (const AttestCliChecked *checked, guint rule);
/** Which alternatives of the pattern examples went through; NULL: it is not reached, or has none.
 */
const AttestReached *attest_cli_checked_reached (const AttestCliChecked *checked, guint pattern);
/** What no example needs, one a line, and a line of counts. */
void attest_cli_checked_write_coverage (AttestInvocation *inv, const AttestCliChecked *checked);
/** The problems, one a line. */
void attest_cli_checked_write_problems (AttestInvocation *inv, const AttestCliChecked *checked);
/** One line: what the codebook has, and how many errors and warnings. */
void attest_cli_checked_write_counts (AttestInvocation *inv, const AttestCliChecked *checked);
/** @verbose: with patterns that are slow. */
void attest_cli_checked_write_json (const AttestCliChecked *checked, gboolean verbose, FILE *out);

/** The exit status that it asks for. */
AttestExit attest_cli_checked_exit (const AttestCliChecked *checked);

G_END_DECLS
