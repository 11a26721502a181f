/* attest-cli-brief: what the commands for briefs read: the file, and the names of criteria and
 * levels in its language.
 */
#pragma once

#include "cli/attest-cli.h"
#include "report/attest-brief-check.h"
#include "report/attest-brief-names.h"
#include "report/attest-brief.h"
#include "report/attest-catalogue.h"

G_BEGIN_DECLS

/**
 * Reads a brief. It is decoded like a transcript; what is no plain decoding is told, and so is a
 * guess. Errors: G_FILE_ERROR, ATTEST_ERROR_INPUT, ATTEST_ERROR_LIMIT, each with the path.
 */
AttestBrief *attest_cli_load_brief (AttestInvocation *inv, const char *path, GError **error);

/** @lang: ISO 639-1. What codebooks and scales of the project call criteria and levels. */
AttestBriefNames *attest_cli_load_brief_names (AttestStore *store, const char *lang,
                                               GError **error);

/** The words that attest adds; in English, which is told, when it has none in this language. */
AttestCatalogue *attest_cli_load_brief_labels (AttestInvocation *inv, const char *lang,
                                               GError **error);

/** FALSE with ATTEST_ERROR_INPUT and the place when the public may not read the text of the brief,
 * or of @only this sentence; (nullable). */
gboolean attest_cli_is_publishable (const AttestBriefCheck *found, const AttestBriefSentence *only,
                                    GError **error);

G_END_DECLS
