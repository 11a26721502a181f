/* attest-report-synthesis: what many evaluations found, side by side.
 *
 * A row is an evaluation, read from its project file; a column a criterion, with its rating, the
 * strength of its evidence, and how many respondents spoke of it. Evaluations have attributes (what
 * is known of the project: country, donor …), by which totals are made. Levels of different scales
 * are never put together: a total counts the levels of each scale, and its median is the level in
 * the middle, not a mean of numbers.
 */
#pragma once

#include "report/attest-disclosure.h"
#include "report/attest-report-strength.h"
#include "report/attest-table.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

/* A criterion of an evaluation. Strings are owned. */
typedef struct
{
  char *criterion;
  gboolean is_dropped;         /* not judged by this evaluation */
  char *level, *label, *scale; /* (nullable) NULL: not rated; label: for people */
  double position;             /* 0 the worst … 1 the best; -1: outside the order */
  char *strength;              /* (nullable) NULL: there is no finding on it */
  gint64 findings;
  gboolean is_coded; /* the codebook has a code of this id */
  gint64 segments, sources, respondents;
  gboolean is_small; /* the counts must not be printed in public */
} AttestSynthesisCell;

typedef struct
{
  char *key, *value; /* items of a list on lines */
} AttestSynthesisAttribute;

typedef struct
{
  char *path, *title;
  GArray *attributes;                                     /* of AttestSynthesisAttribute */
  char *codebook_id, *codebook_version, *codebook_sha256; /* (nullable) NULL: it was not coded */
  gint64 sources, respondents, words;                     /* that the codebook searched */
  gint64 not_searched;                                    /* sources that it did not */
  gint64 recommendations;
  GPtrArray *texts; /* of char *: SHA-256 of the texts of its sources */
  GArray *cells;    /* of AttestSynthesisCell, in the order of the project */
} AttestEvaluation;

typedef struct
{
  const char *codebook;             /* (nullable) id; NULL: that of the last run */
  const AttestStrengthRules *rules; /* borrowed */
  gboolean is_public;
  guint min_group; /* for the public, see attest-disclosure.h */
} AttestSynthesisOptions;

/** Reads one project. Any thread, with a store of its own. */
AttestEvaluation *attest_evaluation_load (AttestStore *store, const AttestSynthesisOptions *options,
                                          GError **error);
void attest_evaluation_free (AttestEvaluation *evaluation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestEvaluation, attest_evaluation_free)

/** (nullable) borrowed; "year" is that of the report, or of the end of the project. */
const char *attest_evaluation_get (const AttestEvaluation *evaluation, const char *key);
/** Borrowed, or NULL. */
const AttestSynthesisCell *attest_evaluation_find (const AttestEvaluation *evaluation,
                                                   const char *criterion);

/* What could not be read. */
typedef struct
{
  char *path, *message;
} AttestSynthesisFailure;

typedef struct
{
  GPtrArray *evaluations; /* of AttestEvaluation */
  GPtrArray *criteria;    /* of char *: all that any has, in the order in which they are met */
  GPtrArray *attributes;  /* of char *: keys that are shown */
  char *by;               /* (nullable) key of the totals */
  GArray *failures;       /* of AttestSynthesisFailure */
  guint min_group;        /* 0: internal */
} AttestSynthesis;

AttestSynthesis *attest_synthesis_new (void);
void attest_synthesis_free (AttestSynthesis *synthesis);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestSynthesis, attest_synthesis_free)
/** Takes @evaluation over. */
void attest_synthesis_add (AttestSynthesis *synthesis, AttestEvaluation *evaluation);
void attest_synthesis_fail (AttestSynthesis *synthesis, const char *path, const char *message);

/* Levels of one scale. */
typedef struct
{
  char *scale;
  GPtrArray *levels;  /* of char *: best first, outside the order last */
  GArray *positions;  /* of double */
  GArray *counts;     /* of gint64 */
  gint64 n, ordered;  /* ratings; those inside the order */
  const char *median; /* (nullable) borrowed: the level in the middle, the lower of two */
} AttestSynthesisScale;

/* A criterion of the evaluations with one value of the attribute. */
typedef struct
{
  const char *value;     /* (nullable) borrowed; NULL: not known, or all when there is no @by */
  const char *criterion; /* borrowed */
  gint64 evaluations, judged, rated, coded;
  GPtrArray *scales;       /* of AttestSynthesisScale, by name */
  GPtrArray *strengths;    /* of char *: level names, as they are met */
  GArray *strength_counts; /* of gint64 */
  gint64 respondents, of;  /* over the evaluations that were coded for it */
  gboolean is_small;
} AttestSynthesisTotal;

/** (element-type AttestSynthesisTotal) by value, not known last, then by criterion; with a free
 * function. An evaluation with several values counts for each. */
GPtrArray *attest_synthesis_total (const AttestSynthesis *synthesis);

/** A row an evaluation. */
AttestTable *attest_synthesis_table_new (const AttestSynthesis *synthesis);
/** A row an evaluation and criterion, for programs. */
AttestTable *attest_synthesis_cells_new (const AttestSynthesis *synthesis);
/** A row a value and criterion. */
AttestTable *attest_synthesis_totals_new (const AttestSynthesis *synthesis, gboolean for_people);
/** What to beware of, in whole sentences: (element-type char *). */
GPtrArray *attest_synthesis_remarks (const AttestSynthesis *synthesis);
void attest_synthesis_write_json (const AttestSynthesis *synthesis, GString *out);

/** A page with charts and tables. */
void attest_synthesis_write_html (const AttestSynthesis *synthesis, GString *out);
/** (element-type AttestChart) the most important first; with a free function. */
GPtrArray *attest_synthesis_list_charts (const AttestSynthesis *synthesis);

G_END_DECLS
