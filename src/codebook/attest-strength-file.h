/* attest-strength-file: the rules for the strength of evidence, as read from a YAML file
 * (doc/ledger.md).
 */
#pragma once

#include "codebook/attest-codebook.h"
#include "model/attest-strength.h"

G_BEGIN_DECLS

/** Parses rules. Problems and errors are as those of attest_codebook_parse(). */
AttestStrengthRules *attest_strength_rules_parse (const char *path, const char *text,
                                                  gsize length_bytes, GArray *problems,
                                                  GError **error);
/** Loads a file, or the shipped rules of this id ("strength"). */
AttestStrengthRules *attest_strength_rules_load (const char *file_or_id, GArray *problems,
                                                 GError **error);

G_END_DECLS
