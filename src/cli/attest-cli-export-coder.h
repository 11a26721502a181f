/* attest-cli-export-coder: a copy of a project for somebody who is to code as if nobody had. */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

/**
 * Makes @path (NULL: NAME.attest) from the project of @inv, for @coder. @sample: (nullable) only
 * this: a sample that was drawn, or a CSV with a column source. Of a sample of sentences nothing
 * that rules found is in the copy. ATTEST_ERROR_INPUT: not such a table, or a source that is not
 * there. ATTEST_ERROR_USAGE: no such sample, or one that @coder has judged.
 */
gboolean attest_cli_export_for_coder (AttestInvocation *inv, const char *coder, const char *sample,
                                      const char *path, GError **error);

G_END_DECLS
