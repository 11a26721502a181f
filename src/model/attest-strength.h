/* attest-strength: how well evidence supports a finding, by rules that are data.
 *
 * Facts are counts over the quotes of a finding, and ratios of them. Levels are tried in their
 * order, and the first whose conditions hold is the verdict; concerns that hold may lower it. Plain
 * data and arithmetic: codebook reads the rules, report counts.
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
  ATTEST_FACT_QUOTES,        /* that support it */
  ATTEST_FACT_WORDS,         /* of these quotes */
  ATTEST_FACT_CELLS,         /* of methods × groups, with somebody who supports it */
  ATTEST_FACT_FOCUS_GROUPS,  /* of those who support it; each is one respondent */
  ATTEST_FACT_HINDERED,      /* who support it, and could not speak freely or for themselves */
  ATTEST_FACT_EXCLUDED,      /* quotes that do not count: their respondents do not want it */
  /* Quotes that support it, of the one that has the most of them. */
  ATTEST_FACT_TOP_RESPONDENT,
  ATTEST_FACT_TOP_SOURCE,
  ATTEST_FACT_TOP_GROUP,
  ATTEST_FACT_TOP_ORGANISATION,
  /* Ratios; no counts of their own. */
  ATTEST_FACT_SHARE, /* of those who contradict in all who support or contradict */
  ATTEST_FACT_HINDERED_SHARE,
  ATTEST_FACT_TOP_RESPONDENT_SHARE,
  ATTEST_FACT_TOP_SOURCE_SHARE,
  ATTEST_FACT_TOP_GROUP_SHARE,
  ATTEST_FACT_TOP_ORGANISATION_SHARE,
  ATTEST_FACT_WORDS_PER_QUOTE,
} AttestFact;

#define ATTEST_N_FACTS 24
/* Facts that are counts come first. */
#define ATTEST_N_COUNTS ATTEST_FACT_SHARE

/** "supporting", … "contradicting-share", "words-per-quote" */
const char *attest_fact_to_string (AttestFact fact);
gboolean attest_fact_from_string (const char *name, AttestFact *out_fact);

typedef struct
{
  gint64 counts[ATTEST_N_COUNTS]; /* by AttestFact */
} AttestFacts;

/** A count, or a ratio as a fraction. Its denominator is 0 when there is nothing to divide by. */
void attest_facts_get (const AttestFacts *facts, AttestFact fact, gint64 *out_numerator,
                       gint64 *out_denominator);

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
  char *lower;        /* (nullable) the level to which a concern that lowers brings it */
  GArray *conditions; /* of AttestStrengthCondition; all groups of alternatives must hold */
  double carries;     /* the best position on a scale that it bears out, 0 … 1 */
} AttestStrengthLevel;

/* What is said beside the level, and may lower it. */
typedef struct
{
  char *concern;      /* id */
  char *says;         /* for people */
  GArray *conditions; /* of AttestStrengthCondition */
  gboolean lowers;
} AttestStrengthConcern;

/* Sets of "ATTRIBUTE=VALUE" are lower case. */
typedef struct
{
  GArray *levels;         /* of AttestStrengthLevel, in the order in which they are tried */
  GArray *concerns;       /* of AttestStrengthConcern */
  GHashTable *dependents; /* "ATTRIBUTE=VALUE": who is of the implementer or the donor */
  GHashTable *excluded;   /* "ATTRIBUTE=VALUE": who does not want to be counted */
  GHashTable *hindered;   /* "ATTRIBUTE=VALUE": who could not speak freely, or for themselves */
  GHashTable *methods;    /* other name, lower case → name of a method */
  GHashTable *contrast;   /* words that take something back, lower case, in NFC → language */
} AttestStrengthRules;

AttestStrengthRules *attest_strength_rules_new (void);
void attest_strength_rules_free (AttestStrengthRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestStrengthRules, attest_strength_rules_free)

/** Of AttestStrengthCondition. */
GArray *attest_strength_conditions_new (void);
/** Reads "supporting >= 4" or "methods >= 2 or organisations >= 4" and adds it. FALSE: it is none.
 */
gboolean attest_strength_conditions_add (GArray *conditions, const char *text);
/** The level of this name, or NULL. */
const AttestStrengthLevel *attest_strength_rules_find (const AttestStrengthRules *rules,
                                                       const char *level);
/** The first level whose conditions hold; the last has none. */
const AttestStrengthLevel *attest_strength_judge (const AttestStrengthRules *rules,
                                                  const AttestFacts *facts);
/** (element-type utf8) those of @conditions that do not hold: "groups >= 3"; with a free
 * function. */
GPtrArray *attest_strength_list_unmet (const GArray *conditions, const AttestFacts *facts);
/** The condition as it is written; a whole group of alternatives with " or ". Starts at *@at and
 * leaves it behind the group. */
char *attest_strength_dup_condition (const GArray *conditions, guint *at);

G_END_DECLS
