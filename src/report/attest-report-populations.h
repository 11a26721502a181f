/* attest-report-populations: groups of people, or evaluations, held against each other by how many
 * have each code.
 *
 * What is counted are units that do not depend on each other: respondents, or sources; never
 * segments, of which one respondent may give fifty.
 */
#pragma once

#include "report/attest-report-compare.h"
#include "report/attest-table.h"
#include "stats/attest-association.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_POPULATION_GROUPS,   /* respondents with a value of an attribute */
  ATTEST_POPULATION_PROJECTS, /* evaluations */
} AttestPopulationKind;

/* Strings are owned. */
typedef struct
{
  char *name;            /* (nullable) NULL: the value is not known, which is not compared */
  char *path, *codebook; /* (nullable) of a project; codebook: "oecd-dac 1.1.0 (sha256 …)" */
  gint64 units, sources, words;
} AttestPopulation;

typedef struct
{
  char *code, *dimension;
} AttestPopulationCode;

typedef struct
{
  gint64 with, segments;
} AttestPopulationCell;

typedef struct
{
  AttestAssociation test;
  double p_adjusted;
} AttestPopulationTest;

typedef struct
{
  AttestPopulationKind kind;
  const char *unit;            /* static: "respondent", "source" */
  char *attribute;             /* (nullable) of groups */
  GArray *codes;               /* of AttestPopulationCode */
  GArray *populations;         /* of AttestPopulation, in their order */
  GHashTable *numbers;         /* name → number + 1 */
  GArray *cells;               /* of AttestPopulationCell: [population × codes + code] */
  AttestPopulationTest *tests; /* by code, after attest_populations_test() */
  AttestAdjust adjust;
  guint n_tests; /* codes that could be tested */
  guint64 seed;
  guint min_group;          /* for the public: smaller counts are not printed; 0: for the team */
  GPtrArray *warnings;      /* of char * */
  AttestComparison *shared; /* (nullable) of texts that all projects hold, passage by passage; they
                             * do not count in the populations */
} AttestPopulations;

AttestPopulations *attest_populations_new (AttestPopulationKind kind, const char *unit);
void attest_populations_free (AttestPopulations *populations);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPopulations, attest_populations_free)

/** The number of a code, added when it is new; only before the first population. */
guint attest_populations_add_code (AttestPopulations *populations, const char *code,
                                   const char *dimension);
/** FALSE: there is no such code. */
gboolean attest_populations_find_code (const AttestPopulations *populations, const char *code,
                                       guint *out_code);
/** The number of a population, added when it is new. @name: (nullable) */
guint attest_populations_add (AttestPopulations *populations, const char *name);

static inline AttestPopulation *
attest_populations_get (const AttestPopulations *populations, guint i)
{
  return &g_array_index (populations->populations, AttestPopulation, i);
}
static inline AttestPopulationCell *
attest_populations_cell (const AttestPopulations *populations, guint population, guint code)
{
  return &g_array_index (populations->cells, AttestPopulationCell,
                         population * populations->codes->len + code);
}

/** Adds one unit. @segments: by code. */
void attest_populations_add_unit (AttestPopulations *populations, guint population,
                                  const guint *segments);

/** Sorts groups by name, and tests each code over those whose name is known. ATTEST_ERROR_USAGE:
 * there are not two. */
gboolean attest_populations_test (AttestPopulations *populations, AttestAdjust adjust, guint64 seed,
                                  GError **error);
/** Whether the count must not be printed: few have the code, or all but few, or there are few. */
gboolean attest_populations_is_hidden (const AttestPopulations *populations, guint population,
                                       guint code);
/** Whether there are so few in it that not even that is printed. */
gboolean attest_populations_is_small (const AttestPopulations *populations, guint population);
/** What is to be printed of the test of a code: all NAN when a count behind it is hidden. */
AttestPopulationTest attest_populations_get_test (const AttestPopulations *populations, guint code);
/** Codes whose adjusted p is below .05. */
guint attest_populations_count_found (const AttestPopulations *populations);
/** Those that are compared. */
guint attest_populations_count_known (const AttestPopulations *populations);

/** What is to be printed of the share that has the code: NAN when its count is hidden. */
AttestEstimate attest_populations_get_share (const AttestPopulations *populations, guint population,
                                             guint code);

AttestTable *attest_populations_table_new (const AttestPopulations *populations);
/** A row for each code and population. */
AttestTable *attest_populations_cells_new (const AttestPopulations *populations);
/** What to beware of, in whole sentences: (element-type char *). */
GPtrArray *attest_populations_remarks (const AttestPopulations *populations);
/** See "compare" in the contract. */
void attest_populations_write_json (const AttestPopulations *populations, GString *out);

/** A page with charts and tables. */
void attest_populations_write_html (const AttestPopulations *populations, GString *out);
/** (element-type AttestChart) the most important first; with a free function. */
GPtrArray *attest_populations_list_charts (const AttestPopulations *populations);

G_END_DECLS
