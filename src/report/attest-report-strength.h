/* attest-report-strength: what a finding rests on, counted, and the verdict of the rules.
 *
 * Respondents are counted, and not quotes. A quote counts when it stands, was not rejected in
 * review, and its respondent wants to be used; of nobody known, its source is the respondent. A
 * focus group is one, and so are people of one organisation interviewed together. The quotes of a
 * finding are also those of the findings that it rests on.
 */
#pragma once

#include <glib.h>

#include "model/attest-strength.h"
#include "store/attest-store-ledger.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

typedef struct _AttestStrengthCounter AttestStrengthCounter;

/** @rules and @ledger are borrowed and must outlive it. */
AttestStrengthCounter *attest_strength_counter_new (AttestStore *store,
                                                    const AttestStrengthRules *rules,
                                                    const AttestLedger *ledger, GError **error);
void attest_strength_counter_free (AttestStrengthCounter *counter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestStrengthCounter, attest_strength_counter_free)

/** Borrowed: id → AttestQuotePassage, of all quotes that the ledger links. */
GHashTable *attest_strength_counter_get_passages (const AttestStrengthCounter *counter);

/** An attribute of a respondent, borrowed; NULL: not known. @respondent: (nullable) label. */
const char *attest_strength_counter_get_attribute (const AttestStrengthCounter *counter,
                                                   const char *respondent, const char *name);

/* Where those who support it were heard. */
typedef struct
{
  const char *method, *group; /* (nullable) borrowed from the counter */
  gint64 respondents;
} AttestStrengthCell;

typedef struct
{
  AttestFacts facts;
  guint findings;                    /* that were counted, those below them included */
  const AttestStrengthLevel *level;  /* borrowed from the rules */
  const AttestStrengthLevel *before; /* the level before concerns lowered it; borrowed */
  GPtrArray *concerns;    /* of AttestStrengthConcern, borrowed from the rules: that hold */
  GPtrArray *raise;       /* of char *: what the next level asks for and is not there */
  GArray *cells;          /* of AttestStrengthCell, by method and group */
  GHashTable *supporters; /* who supports it; borrowed from the counter */
} AttestStrength;

void attest_strength_clear (AttestStrength *strength);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestStrength, attest_strength_clear)

/** Of a finding. */
void attest_strength_of_finding (AttestStrengthCounter *counter, const AttestLedgerEntry *finding,
                                 AttestStrength *out_strength);
/** Of all findings on a criterion together. */
void attest_strength_of_criterion (AttestStrengthCounter *counter, const char *criterion,
                                   AttestStrength *out_strength);

/** Of quotes that nobody linked yet, as if all of them supported something. @passages:
 * (element-type AttestQuotePassage) id, source, kind, role, respondent, group and text are read. */
void attest_strength_of_passages (AttestStrengthCounter *counter, GPtrArray *passages,
                                  AttestStrength *out_strength);
/** Fills level, concerns and raise from the facts. */
void attest_strength_judge_all (const AttestStrengthRules *rules, AttestStrength *strength);

/* ---- in words ---- */

/** "moderate: 3 support it and 1 contradicts it; 2 groups, 3 organisations, 1 method, 2
 * independent" */
char *attest_strength_dup_sentence (const AttestStrength *strength);
/** "groups >= 3 (is 2)", for people; @raise: one of those of the strength. */
char *attest_strength_dup_raise (const AttestStrength *strength, const char *raise);
/** The name of a fact as a key in JSON and CSV: "contradicting_share". */
char *attest_strength_dup_key (AttestFact fact);
/** The fact as it is printed: "3", "1/4 (0.25)", or NULL: nothing to divide by. */
char *attest_strength_dup_fact (const AttestStrength *strength, AttestFact fact);
/** {"level", "because":[…], "raise":[…], "before", "concerns":[{"concern", "says", "lowers"}],
 * "facts":{…}, "triangulation":[{"method", "group", "respondents"}]} */
void attest_strength_write_json (const AttestStrength *strength, AttestJson *json);

G_END_DECLS
