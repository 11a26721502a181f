/* attest-cli-compare-private: one source while several codebooks code it.
 */
#pragma once

#include "cli/attest-cli-compare.h"
#include "util/attest-sentence.h"

G_BEGIN_DECLS

/* What all threads share. */
typedef struct
{
  const AttestCompareWish *wish;
  const AttestAlignment *alignment;
  guint n_sides, n_rows;
  AttestCoder **coders;  /* by side */
  gsize max_differences; /* of one source */
  gboolean with_cross;   /* count pairs of codes of the first two sides */
} AttestCompareSetup;

/* State of one thread. */
typedef struct
{
  AttestCoderWorker **coders; /* by side */
  AttestSentenceFinder *finder;
  GByteArray *held; /* [sentence × rows + row]: set of sides, of one turn */
} AttestCompareWorker;

/* A segment that a human rejected. */
typedef struct
{
  gint64 start, end; /* code points */
  char *codebook, *code;
} AttestCompareRejected;

/* A source, first to be coded, then coded. */
typedef struct
{
  char *label;
  AttestDocument *doc;
  GArray *rejected;      /* (nullable) borrowed, of AttestCompareRejected */
  AttestCoding **coding; /* by side; set beforehand: what a project holds */
  GArray *decisions;     /* (nullable) of AttestCompareDecision: what people said in projects */
  gint64 units;
  guint *counts;      /* [(row << sides) + set of sides]: units */
  guint *spoken;      /* [(((speaker + 1) × rows + row) << sides) + set]: sentences; speaker 0: the
                       * turns without a label */
  gint64 *sentences;  /* [speaker + 1] */
  gint64 *cross;      /* (nullable) [code of side 0 × codes of side 1 + code of side 1] */
  gint64 *singles[2]; /* (nullable) sentences by code of sides 0 and 1 */
  GArray *differences; /* of AttestDifference, source and project not set */
  gint64 n_differences, n_rejected;
} AttestCompareItem;

AttestCompareWorker *attest_compare_worker_new (const AttestCompareSetup *setup);
void attest_compare_worker_free (AttestCompareWorker *worker, guint n_sides);
void attest_compare_item_free (gpointer item);
/** Codes it by every codebook and counts. Any thread. */
void attest_compare_code (const AttestCompareSetup *setup, AttestCompareWorker *worker,
                          AttestCompareItem *item);

/* attest-cli-compare-turn.c */
/* The turn at hand of a source. */
typedef struct
{
  const AttestCompareSetup *setup;
  AttestCompareItem *item;
  AttestCompareWorker *worker;
  AttestCharMap *map; /* made when it is needed */
  guint number;
  GArray *sentences; /* of AttestSpan, into the document */
  guint *first;      /* by side: its first segment in this turn */
  guint *end;        /* by side: behind its last one */
} AttestCompareTurn;

/** Borrowed. */
AttestCharMap *attest_compare_turn_get_map (AttestCompareTurn *turn);
/** Counts the sentences, and lists those that differ. @in_unit: by row, the sides that gave it in
 * the unit so far. */
void attest_compare_turn_count (AttestCompareTurn *turn, guint8 *in_unit);
/** Counts a unit and empties it. */
void attest_compare_close_unit (const AttestCompareSetup *setup, AttestCompareItem *item,
                                guint8 *in_unit);

/* attest-cli-compare-sides.c */
/** Adds codebook @number of the wish to the sides of @comparison. */
void attest_compare_describe_side (const AttestCompareSetup *setup, AttestComparison *comparison,
                                   guint number);

/* attest-cli-compare-rejected.c */
/** Label of the source → GArray of AttestCompareRejected; of several decisions about the same, the
 * last counts. */
GHashTable *attest_compare_list_rejected (AttestStore *store, GError **error);

/* attest-cli-compare-groups.c */
/** (nullable) @name: (nullable) */
AttestCompareGroup *attest_compare_find_group (const AttestComparison *comparison,
                                               const char *name);
/** Of one that there is. */
guint attest_compare_number_of_group (const AttestComparison *comparison, const char *name);
/** By name, that of those whose group is not known last. */
void attest_compare_sort_groups (AttestComparison *comparison);

G_END_DECLS
