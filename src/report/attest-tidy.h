/* attest-tidy: tables as a folder of CSV files with a dictionary of their columns, and short
 * scripts that read them in R and in Python with the right types.
 */
#pragma once

#include "report/attest-table.h"

G_BEGIN_DECLS

typedef struct _AttestTidy AttestTidy;

/**
 * Begins a folder beside @path, which attest_tidy_finish() puts in its place. Errors: G_FILE_ERROR;
 * ATTEST_ERROR_USAGE when there is something at @path other than an empty folder.
 */
AttestTidy *attest_tidy_new (const char *path, GError **error);

/** Appends rows to NAME.csv, see AttestDatasetFunc. */
gboolean attest_tidy_add (AttestTidy *tidy, const char *name, const AttestTable *table,
                          gboolean is_first, GError **error);

/** Adds the scripts and makes the folder appear. */
gboolean attest_tidy_finish (AttestTidy *tidy, GError **error);

/** Without attest_tidy_finish() before, nothing stays. */
void attest_tidy_free (AttestTidy *tidy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestTidy, attest_tidy_free)

G_END_DECLS
