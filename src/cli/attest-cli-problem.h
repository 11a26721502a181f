/* attest-cli-problem: what is wrong with a codebook or a guide, printed as compilers do
 * (FILE:LINE:COLUMN: …), so that editors jump to it.
 */
#pragma once

#include "cli/attest-cli.h"
#include "codebook/attest-codebook.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

/** @path: safe to print. */
void attest_cli_write_problem (AttestInvocation *inv, const char *path,
                               const AttestProblem *problem);
/** An array of objects. @code_key: what problems are with, "code" or "question". */
void attest_cli_write_problems_json (AttestJson *json, const GArray *problems,
                                     const char *code_key);
/** How many of @problems are errors, and how many are warnings. */
void attest_cli_count_problems (const GArray *problems, guint *out_errors, guint *out_warnings);
/** "2 errors, 1 warning" */
char *attest_cli_dup_problem_count (const GArray *problems);

G_END_DECLS
