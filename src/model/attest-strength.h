/* attest-strength: how well evidence supports a finding, by rules that are data.
 *
 * Facts are counts over the quotes of a finding. Levels are tried in their order, and the first
 * whose conditions hold is the verdict. Plain data and arithmetic: codebook reads the rules, report
 * counts.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATTEST_FACT_SUPPORTING,    /* respondents who support it */
  ATTEST_FACT_CONTRADICTING, /* respondents who contradict it */
  ATTEST_FACT_GROUPS,        /* of those who support it */
  ATTEST_FACT_ORGANISATIONS, /* of those who support it */
  ATTEST_FACT_METHODS,       /* by which those who support it were heard */
  ATTEST_FACT_INDEPENDENT,   /* who support it and are not of the implementer */
  ATTEST_FACT_UNANSWERED,    /* links that contradict, without a note */
  ATTEST_FACT_SHARE,         /* of those who contradict in both; no count of its own */
} AttestFact;

#define ATTEST_N_FACTS 8

/** "supporting", … "contradicting-share" */
const char *attest_fact_to_string (AttestFact fact);
gboolean attest_fact_from_string (const char *name, AttestFact *out_fact);

typedef struct
{
  gint64 counts[ATTEST_N_FACTS]; /* by AttestFact */
} AttestFacts;

typedef struct
{
  AttestFact fact;
  char op[3]; /* "=", "<", "<=", ">", ">=" */
  gint64 numerator, denominator;
  gboolean is_or; /* an alternative to the one before */
} AttestStrengthCondition;

typedef struct
{
  char *level;
  char *next;         /* (nullable) the level above it */
  GArray *conditions; /* of AttestStrengthCondition; all groups of alternatives must hold */
  double carries;     /* the best position on a scale that it bears out, 0 … 1 */
} AttestStrengthLevel;

typedef struct
{
  GArray *levels; /* of AttestStrengthLevel, in the order in which they are tried */
  GHashTable
      *dependents; /* "ATTRIBUTE=VALUE", lower case: who is of the implementer or the donor */
} AttestStrengthRules;

AttestStrengthRules *attest_strength_rules_new (void);
void attest_strength_rules_free (AttestStrengthRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestStrengthRules, attest_strength_rules_free)

/** Reads "supporting >= 4" or "methods >= 2 or organisations >= 4" and adds it. FALSE: it is none.
 */
gboolean attest_strength_level_add_condition (AttestStrengthLevel *level, const char *text);
/** The level of this name, or NULL. */
const AttestStrengthLevel *attest_strength_rules_find (const AttestStrengthRules *rules,
                                                       const char *level);
/** The first level whose conditions hold; the last has none. */
const AttestStrengthLevel *attest_strength_judge (const AttestStrengthRules *rules,
                                                  const AttestFacts *facts);
/** (element-type utf8) the conditions of @level that do not hold: "groups >= 3"; with a free
 * function. */
GPtrArray *attest_strength_list_unmet (const AttestStrengthLevel *level, const AttestFacts *facts);

G_END_DECLS
