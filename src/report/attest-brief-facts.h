/* attest-brief-facts: numbers that a brief may cite from the project, {count:respondents}.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

/**
 * Name of a number → gint64 *: "sources", "interviews", "focus-groups", "documents", "surveys",
 * "observations", "respondents", "groups", "words", "quotes" (that entries of the ledger rest on),
 * "findings"; and of each code of the codebook of the last run, "respondents:impact" and
 * "groups:impact", that spoke of it, "silent-groups:impact", of whom nobody did.
 */
GHashTable *attest_brief_load_facts (AttestStore *store, GError **error);
/** FALSE: there is no number of this name. */
gboolean attest_brief_find_fact (GHashTable *facts, const char *name, gint64 *out_value);
/** The names, with commas between. */
char *attest_brief_list_facts (GHashTable *facts);

/** (element-type AttestRespondentInfo) respondents who said something, authors of documents left
 * out. */
GPtrArray *attest_brief_list_heard (AttestStore *store, GError **error);
/** (element-type AttestEvidence) of all codes; empty when nothing was coded. */
GPtrArray *attest_brief_load_codes (AttestStore *store, GError **error);
/** Whether nobody of a group that was there spoke of the code. */
gboolean attest_brief_is_silent (const AttestEvidenceGroup *group);

G_END_DECLS
