/* attest-cli-workbook: what a command prints as a workbook, for the commands that print tables. */
#pragma once

#include "cli/attest-cli-report.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;   /* of the sheet; the same as of the one before: more rows of it */
  AttestTable *table; /* (nullable) none, and no sheet */
} AttestSheet;

/**
 * Appends a workbook of @sheets, whose tables it takes over, to @output. Of what does not fit into
 * a cell it tells on inv->err.
 * @path: (nullable) where the output goes; NULL with a terminal is ATTEST_ERROR_USAGE.
 */
gboolean attest_cli_append_workbook (AttestInvocation *inv, const AttestSheet *sheets,
                                     guint n_sheets, const char *path, AttestOutput *output,
                                     GError **error);

G_END_DECLS
