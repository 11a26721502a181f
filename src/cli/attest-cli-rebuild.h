/* attest-cli-rebuild: making turns, questions and segments again, inside a transaction. */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

/**
 * Reads all originals again, aligns sources with their guides, and codes with those of @codebooks
 * (element-type AttestCodebookInfo) that had coded, in this order. Nothing derived may be there.
 */
gboolean attest_cli_derive (AttestInvocation *inv, GPtrArray *codebooks, guint *out_n_sources,
                            guint *out_n_coded, GError **error);

G_END_DECLS
