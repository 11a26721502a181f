/* attest-report-compare: codebooks held against each other on the same texts, for people and
 * programs.
 */
#pragma once

#include "report/attest-chart.h"
#include "report/attest-table.h"
#include "stats/attest-alignment.h"
#include "stats/attest-association.h"
#include "stats/attest-contrast.h"
#include "stats/attest-shifts.h"

G_BEGIN_DECLS

/* A codebook, or what a project holds by it. Strings are owned. */
typedef struct
{
  char *given;                /* on the command line */
  char *project;              /* (nullable) path: the side is a project, and this its codebook */
  char *project_title;        /* (nullable) */
  char *id, *version, *title; /* version and title: (nullable) */
  char *sha256;
  guint n_codes, n_rules, n_patterns;
  char **codes;    /* ids, by code */
  char **patterns; /* names, "impact/3.2", by pattern */
  /* By pattern: whether no other codebook has the same pattern for an aligned code. */
  gboolean *is_own;
} AttestCompareSide;

typedef struct
{
  char *path, *title; /* title: (nullable) */
  gint64 sources, words;
} AttestCompareProject;

/* A code of a passage. */
typedef struct
{
  guint side, code;
} AttestCompareCode;

/* Why a side gave a code that not all sides gave. */
typedef struct
{
  guint side, pattern;
  gint64 start, end, start_byte, end_byte; /* of the match, in the source's text */
} AttestCompareHit;

/* What somebody said of a segment, in a project that is a side. */
typedef struct
{
  guint side, code;
  gint64 start_byte, end_byte; /* of the segment */
  const char *action;          /* static: "accepted", "rejected", "marked" */
} AttestCompareDecision;

/* A sentence whose codes are not the same on all sides. For the public, it has no place. */
typedef struct
{
  guint project;
  const char *source;                      /* borrowed */
  guint turn;                              /* from 0 */
  gint64 start, end, start_byte, end_byte; /* of the sentence */
  char *quote;
  GArray *codes;     /* of AttestCompareCode: all that it has */
  GArray *hits;      /* of AttestCompareHit: of the codes that differ */
  GArray *decisions; /* (nullable) of AttestCompareDecision: of the codes that differ */
} AttestDifference;

/* Of a code by each side. */
typedef struct
{
  gint64 segments, sources, respondents;
} AttestCompareCount;

/* Respondents with one value of an attribute. */
typedef struct
{
  char *name; /* (nullable) NULL: the value is not known */
  gint64 respondents;
  gint64 sentences;
} AttestCompareGroup;

typedef struct
{
  gint64 sentences, respondents; /* with the code */
} AttestCompareShift;

typedef struct
{
  const char *unit; /* static: "sentence", "turn", "source" */
  GPtrArray *sides; /* of AttestCompareSide */
  GArray *projects; /* of AttestCompareProject */
  AttestAlignment *alignment;
  AttestContrast *contrast;   /* rows are those of the alignment */
  AttestCompareCount *counts; /* [row × sides + side] */
  GPtrArray *source_names;    /* of char *: what differences borrow */
  GArray *differences;        /* of AttestDifference, in the order of the texts */
  gint64 n_differences;       /* also those that are not in the list */
  gint64 rejected; /* segments left out because a human rejected that quote for that code */
  gint64 sources, respondents;
  guint min_group; /* for the public: smaller counts are not printed; 0: for the team */
  guint rounds;
  guint64 seed;
  char *attribute;            /* (nullable) of the groups */
  GArray *groups;             /* of AttestCompareGroup, by name, not known last */
  AttestCompareShift *shifts; /* [(row × groups + group) × sides + side] */
  AttestShifts *tests;        /* (nullable) by row and group, when there are groups */
  AttestAdjust adjust;
  guint n_paired, n_by_group, n_between; /* tests that p is adjusted for, in each table */
  GPtrArray *warnings;                   /* of char * */
} AttestComparison;

AttestComparison *attest_comparison_new (void);
void attest_comparison_free (AttestComparison *comparison);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestComparison, attest_comparison_free)

/* Fewer clusters make no interval that can be trusted. */
#define ATTEST_COMPARE_MIN_CLUSTERS 6

static inline AttestCompareSide *
attest_comparison_side (const AttestComparison *comparison, guint side)
{
  return g_ptr_array_index (comparison->sides, side);
}

/** "A", "B" … */
char *attest_comparison_dup_letter (guint side);
/** Whether so many respondents of @of must not be printed: few, or all but few. */
gboolean attest_comparison_is_small (const AttestComparison *comparison, gint64 respondents,
                                     gint64 of);
/** (nullable) as it was given; of a project in public NULL. Borrowed. */
const char *attest_comparison_get_given (const AttestComparison *comparison, guint side);
/** As it was given, without its folders unless another has that name, too; of a project in public
 * its title. */
char *attest_comparison_dup_name (const AttestComparison *comparison, guint side);
/** What is compared, a line each. */
char *attest_comparison_dup_note (const AttestComparison *comparison);

/** Codes of side 0 and @side, a row each. @for_people: what fits. */
AttestTable *attest_comparison_codes_new (const AttestComparison *comparison, guint side,
                                          gboolean for_people);
/** Passages, with what changed. */
AttestTable *attest_comparison_differences_new (const AttestComparison *comparison,
                                                gboolean for_people);
/** Codes by group, a row each, of side 0 and @side; without a row when there are no groups. */
AttestTable *attest_comparison_shifts_new (const AttestComparison *comparison, guint side,
                                           gboolean for_people);
/* attest-report-compare-adjust.c */
/** Groups whose name is known: the first. */
guint attest_comparison_count_known (const AttestComparison *comparison);
/** Adjusts p for the number of tests: of all codes, of codes by group, and between groups. */
void attest_comparison_adjust (AttestComparison *comparison, AttestAdjust adjust);
/** What is to be said of the tests, appended to @remarks: how p is adjusted, what is small. */
void attest_comparison_append_test_remarks (const AttestComparison *comparison, GPtrArray *remarks);

/* attest-report-compare-tests.c */
/** Whether side 0 and @side find as much, a row a code. */
AttestTable *attest_comparison_paired_new (const AttestComparison *comparison, guint side,
                                           gboolean for_people);
/** Without its interval by source where that cannot be trusted: few sources make none, and where
 * all are the same it has no width, which says nothing. */
AttestEstimate attest_comparison_trust (AttestEstimate estimate, gint64 sources);
/** The same by group, for people. */
AttestTable *attest_comparison_group_paired_new (const AttestComparison *comparison, guint side);
/** Columns and cells of the tests of a group, for programs, behind those of the shifts. */
void attest_comparison_add_shift_columns (AttestTable *table);
void attest_comparison_add_shift_cells (AttestTable *table, const AttestComparison *comparison,
                                        guint side, guint row, guint group);
/** Whether groups differ in what they lose and gain, two rows a code. */
AttestTable *attest_comparison_between_new (const AttestComparison *comparison, guint side,
                                            gboolean for_people);
/** Whether counts of a code by group must not be printed: too few people are behind one of them. */
gboolean attest_comparison_is_hidden (const AttestComparison *comparison, guint side, guint row);
/** Whether there are so few in a group that not even that is printed, of any. */
gboolean attest_comparison_has_small_group (const AttestComparison *comparison);

/* attest-report-compare-all.c */
/** Whether there are three codebooks or more, of which all are held against all. */
gboolean attest_comparison_has_many (const AttestComparison *comparison);
/** Alpha of all codebooks as coders, a row a code. */
AttestTable *attest_comparison_all_new (const AttestComparison *comparison, gboolean for_people);
/** A row and a column a codebook, for people. @is_alpha: else Jaccard. */
AttestTable *attest_comparison_matrix_new (const AttestComparison *comparison, gboolean is_alpha);
/** A row a code and pair, for programs. */
AttestTable *attest_comparison_pairs_new (const AttestComparison *comparison);
/** Members all, matrix and pairs: null for two codebooks. */
void attest_comparison_write_all (const AttestComparison *comparison, AttestJson *json);
void attest_comparison_append_all_charts (const AttestComparison *comparison, GPtrArray *charts);
/** For people. */
void attest_comparison_append_all_tables (const AttestComparison *comparison, GPtrArray *tables);

/** What to beware of, in whole sentences: (element-type char *). */
GPtrArray *attest_comparison_remarks (const AttestComparison *comparison);
/** Whether the sides are projects that hold the same texts. */
gboolean attest_comparison_is_of_projects (const AttestComparison *comparison);
/** See "compare" in the contract. */
void attest_comparison_write_json (const AttestComparison *comparison, GString *out);
/** The same object, as a value. */
void attest_comparison_write_object (const AttestComparison *comparison, AttestJson *json);

/* attest-report-compare-passages.c */
/** Frees what a difference owns. */
void attest_difference_clear (gpointer difference);
/** Whether the side gave the row to the passage. */
gboolean attest_difference_has_row (const AttestComparison *comparison,
                                    const AttestDifference *difference, guint side, guint row);
/** (element-type char *) ids of the codes that @side gave and @other did not; without @other (the
 * same as @side): all. Borrowed strings. */
GPtrArray *attest_difference_list_codes (const AttestComparison *comparison,
                                         const AttestDifference *difference, guint side,
                                         guint other);
/** (element-type char *) "B rejected access": what people said of what differs. */
GPtrArray *attest_difference_list_decisions (const AttestComparison *comparison,
                                             const AttestDifference *difference);
/** (element-type char *) names of the patterns behind the differences, each once; borrowed strings.
 */
GPtrArray *attest_difference_list_rules (const AttestComparison *comparison,
                                         const AttestDifference *difference);

/** (element-type AttestTable) all tables, for people. */
void attest_comparison_append_tables (const AttestComparison *comparison, GPtrArray *tables);
/** A page with charts and tables. */
void attest_comparison_write_html (const AttestComparison *comparison, GString *out);
/** (element-type AttestChart) the most important first; with a free function. */
GPtrArray *attest_comparison_list_charts (const AttestComparison *comparison);

G_END_DECLS
