/* attest-cli-compare: codes the sources of projects by several codebooks in memory, and holds the
 * results against each other.
 *
 * Each source is read once, and each turn cut into sentences once; every codebook searches it.
 * Projects are opened for reading, one after another, and nothing in them is changed.
 */
#pragma once

#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-shared-texts.h"
#include "report/attest-report-compare.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_COMPARE_SENTENCE,
  ATTEST_COMPARE_TURN,
  ATTEST_COMPARE_SOURCE,
} AttestCompareUnit;

/** "sentence", "turn", "source", NULL */
extern const char *const attest_compare_units[];

/* Borrowed. */
typedef struct
{
  const GPtrArray *codebooks;    /* of AttestCodebook: two or more */
  const GPtrArray *given;        /* of char *: their names on the command line */
  const GPtrArray *projects;     /* of char *: paths */
  const char *mapping;           /* (nullable) a file */
  const char *attribute;         /* (nullable) shifts by it */
  const AttestSharedTexts *skip; /* (nullable) texts that are left out: those of several projects */
  gboolean skip_later;           /* only where they come again; in the first project they count */
  AttestCompareUnit unit;
  gboolean only_common; /* codes that only one codebook has make no difference */
  gint64 max_differences;
  AttestAdjust adjust;
  guint rounds, jobs;
  guint64 seed;
  guint min_group; /* for the public; 0: for the team */
} AttestCompareWish;

/** Loads the codebooks that are @given: files, ids of shipped ones, or of what the first of
 * @projects keeps. Appends them to @codebooks. ATTEST_ERROR_USAGE: fewer than two, or too many. */
gboolean attest_cli_compare_load_codebooks (const GPtrArray *given, const GPtrArray *projects,
                                            GPtrArray *codebooks, GError **error);

/** Errors: of a project or the mapping; ATTEST_ERROR_USAGE when the codebooks have no code in
 * common, or nobody speaks in the projects. */
AttestComparison *attest_cli_compare (AttestInvocation *inv, const AttestCompareWish *wish,
                                      GError **error);

/* A respondent, or a source, by one codebook. */
typedef struct
{
  guint project;
  const char *group;     /* (nullable) of a respondent */
  const guint *segments; /* by code: sentences of a respondent; 1 or 0 of a source */
} AttestComparedUnit;

typedef void (*AttestComparedUnitFunc) (const AttestComparedUnit *unit, gpointer data);

/** Codes by the one codebook of @wish and calls @func for each respondent who says something, or
 * with the unit source for each source. */
gboolean attest_cli_compare_foreach_unit (AttestInvocation *inv, const AttestCompareWish *wish,
                                          AttestComparedUnitFunc func, gpointer data,
                                          GError **error);

/** A table with the columns a, b, jaccard, both, a_units and b_units: codes of the first two
 * codebooks that stand in the same sentences. */
AttestTable *attest_cli_suggest_mapping (AttestInvocation *inv, const AttestCompareWish *wish,
                                         GError **error);

G_END_DECLS
