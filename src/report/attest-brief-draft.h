/* attest-brief-draft: the first text of a brief, with what the project knows, and gaps where a
 * person has to write.
 */
#pragma once

#include "report/attest-brief-names.h"
#include "report/attest-catalogue.h"
#include "store/attest-store.h"

G_BEGIN_DECLS

/**
 * Markdown as attest_brief_parse() reads it; its language is that of @labels. Nothing in it but its
 * gaps is a problem to attest_brief_check(), unless the project has it.
 * @names: in the same language.
 */
char *attest_brief_draft (AttestStore *store, const AttestCatalogue *labels,
                          const AttestBriefNames *names, GError **error);

/* What a catalogue and a language make together. */

/** "3 interviews"; @what: "interview", a label of [count]. */
char *attest_brief_dup_count (const AttestCatalogue *labels, const char *what, gint64 n);
/** "rating 4: very good" */
char *attest_brief_dup_rating (const AttestCatalogue *labels, const AttestBriefNames *names,
                               const char *scale, const char *level, const char *label,
                               gboolean is_ordered);
/** "haute" of "high"; @priority itself, when it is no word of attest. */
const char *attest_brief_get_priority (const AttestCatalogue *labels, const char *priority);

G_END_DECLS
