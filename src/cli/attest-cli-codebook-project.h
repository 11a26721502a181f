/* attest-cli-codebook-project: what a project says of the rules that coded it.
 */
#pragma once

#include "codebook/attest-codebook.h"
#include "store/attest-store.h"

G_BEGIN_DECLS

/**
 * Adds warnings to @problems: rules that never hit, and codes whose segments always stand together.
 * Rules for languages that nobody speaks in the project are passed over.
 *
 * ATTEST_ERROR_USAGE when the project was not coded by a codebook of this id. *@out_is_older: it
 * was coded by another version of it.
 */
gboolean attest_cli_check_in_project (const AttestCodebook *codebook, AttestStore *store,
                                      GArray *problems, gboolean *out_is_older, GError **error);

G_END_DECLS
