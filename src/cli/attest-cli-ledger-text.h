/* attest-cli-ledger-text: the ledger of a project as one YAML text, out of the project and back
 * into it. doc/ledger-file.md is the format.
 */
#pragma once

#include "cli/attest-cli.h"
#include "codebook/attest-ledger-file.h"

G_BEGIN_DECLS

/**
 * The project data, the scope of criteria, the ledger, ratings and silences, in an order that stays
 * the same. @with_quotes: what quotes say stands behind their ids, as comments.
 */
char *attest_cli_ledger_to_text (AttestStore *store, gboolean with_quotes, GError **error);

typedef struct
{
  const char *withdraw_missing; /* (nullable) why what the file has no more does not count */
  const char *coder, *command, *detail; /* for the audit log */
  gboolean dry_run;                     /* nothing is kept */
  gboolean takes_ids; /* of another project: what has an id that this one never gave is new */
  const char *head;   /* (nullable) nothing is done unless the audit log ends with this hash … */
  gboolean is_outdated; /* (out) … and it does not */
} AttestLedgerImport;

/**
 * Writes, in a transaction of its own: gives the project what the file says, and nothing that it
 * says already. What is wrong is noted in @file, and then nothing is done.
 *
 * @out_changes: (element-type utf8) what was done, a line each, in the order of the file.
 * Returns: FALSE with @error when the project file failed, or when the file is wrong.
 */
gboolean attest_cli_ledger_from_file (AttestStore *store, AttestLedgerFile *file,
                                      AttestLedgerImport *import, GPtrArray *out_changes,
                                      GArray *problems, GError **error);

/** Prints to standard error what is wrong, each with its place and the line. @path: safe to print.
 */
void attest_cli_print_problems (AttestInvocation *inv, const char *path, const GArray *problems);
/** Prints what was done, or with @dry_run would be. */
void attest_cli_print_changes (AttestInvocation *inv, const GPtrArray *changes, gboolean dry_run);

G_END_DECLS
