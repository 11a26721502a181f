/* What the files of attest-report-strength share. */
#pragma once

#include "report/attest-report-strength.h"

G_BEGIN_DECLS

#define ATTRIBUTE_ORGANISATION "organisation"
#define ATTRIBUTE_METHOD "method"

struct _AttestStrengthCounter
{
  const AttestStrengthRules *rules;
  const AttestLedger *ledger;
  GPtrArray *passages, *respondents; /* own what stands in the tables */
  GHashTable *passages_by_id, *respondents_by_label;
  GHashTable *same; /* label of a respondent → another who counts with them */
};

/** Fills `same`. */
void attest_strength_join_respondents (AttestStrengthCounter *counter);
/** Borrowed; by what means @info was heard in a source of this @kind. Both (nullable). */
const char *attest_strength_get_method (const AttestStrengthCounter *counter,
                                        const AttestRespondentInfo *info, const char *kind);
gboolean attest_strength_is_focus_group (const char *method);
/** Borrowed: what stands for the respondent where people are counted. @respondent: (nullable) */
const char *attest_strength_get_unit (const AttestStrengthCounter *counter, const char *respondent,
                                      const char *source, gboolean is_focus_group);
/** Whether an attribute of @info, (nullable), is among @pairs, see AttestStrengthRules. */
gboolean attest_strength_has_any (GHashTable *pairs, const AttestRespondentInfo *info);
gboolean attest_strength_has_pair (GHashTable *pairs, const char *name, const char *value);

G_END_DECLS
