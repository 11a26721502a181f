/* attest-cli-compare-stored: projects that hold the same texts, passage by passage: what each of
 * them has there, decisions of people included.
 */
#pragma once

#include "cli/attest-cli-compare.h"
#include "cli/attest-cli-shared-texts.h"

G_BEGIN_DECLS

/**
 * Holds against each other what the projects have in the texts that all of them hold, as if they
 * were codebooks on the same texts. @wish: without its codebooks, which are those that the projects
 * keep: @codebook (nullable), or the one that coded last. Turns and respondents are those of the
 * first project.
 */
AttestComparison *attest_cli_compare_stored (AttestInvocation *inv, const AttestCompareWish *wish,
                                             const AttestSharedTexts *shared, const char *codebook,
                                             GError **error);

G_END_DECLS
