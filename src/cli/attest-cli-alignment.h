/* attest-cli-alignment: which codes of codebooks are the same, as the command line says.
 */
#pragma once

#include "codebook/attest-codebook.h"
#include "stats/attest-alignment.h"

G_BEGIN_DECLS

/** @codebooks: (element-type AttestCodebook); @mapping: (nullable) a file. */
AttestAlignment *attest_cli_align_codebooks (const GPtrArray *codebooks, const char *mapping,
                                             GError **error);

G_END_DECLS
