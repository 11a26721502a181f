/* attest-cli-export-coder: a copy of a project for somebody who is to code as if nobody had. */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

/**
 * Makes @path (NULL: NAME.attest) from the project of @inv, for @coder. @sample: (nullable) CSV
 * with a column source: only these. ATTEST_ERROR_INPUT: not such a table, or a source that is not
 * there.
 */
gboolean attest_cli_export_for_coder (AttestInvocation *inv, const char *coder, const char *sample,
                                      const char *path, GError **error);

G_END_DECLS
