/* attest-brief-facts: numbers that a brief may cite from the project, {count:respondents}.
 */
#pragma once

#include "store/attest-store.h"

G_BEGIN_DECLS

/** Name of a number → gint64 *: "sources", "interviews", "focus-groups", "documents", "surveys",
 * "observations", "respondents", "groups", "words", "quotes" (that entries of the ledger rest on),
 * "findings". */
GHashTable *attest_brief_load_facts (AttestStore *store, GError **error);
/** FALSE: there is no number of this name. */
gboolean attest_brief_find_fact (GHashTable *facts, const char *name, gint64 *out_value);
/** The names, with commas between. */
char *attest_brief_list_facts (GHashTable *facts);

/** Whether a respondent was heard: said something, or stands for a group or a document. */
gboolean attest_brief_is_heard (const AttestRespondentInfo *respondent);

G_END_DECLS
