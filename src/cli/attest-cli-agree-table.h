/* attest-cli-agree-table: who judged what how, from a CSV file.
 *
 * A row is a judgement: `item`, `coder`, and `value` (one value of an item), or `code` (a code of
 * an item; a coder gives several in several rows, or in one with ";" between, and has a row with an
 * empty one for an item without). Optional `cluster`: the transcript that the item is from.
 *
 * A coder without a row for an item, or with an empty value, did not judge it.
 */
#pragma once

#include "stats/attest-agreement.h"

G_BEGIN_DECLS

/* Names are sorted, so that the order of the rows does not matter. */
typedef struct
{
  GPtrArray *items, *coders, *clusters; /* of char *; clusters: NULL when items are their own */
  GPtrArray *codes;                     /* of char *: codes, or the values */
  gboolean is_sets;
  guint empty_values;  /* rows whose value is empty */
  char *doubtful;      /* (nullable) a value that may stand for "none", as NA does */
  GPtrArray *warnings; /* of char *: names that are alike */
  guint16 *ratings;    /* see AttestRatings */
  guint *cluster_of;   /* by item */
  guint n_values;      /* values, or different sets */
  guint8 *sets;        /* see AttestAgreementInput */
  double *numbers;     /* of the values; NULL for nominal and ordinal */
} AttestAgreeTable;

/**
 * @metric: of values; codes are nominal. @scheme: (nullable) all values or codes that there are,
 * with commas between, values in their order; otherwise those that occur, in the order of numbers.
 * ATTEST_ERROR_INPUT "PATH:LINE: …": a column that is missing, a judgement that is there twice, a
 * value that is no number where it must be one or is not in @scheme; "PATH: …": fewer than two
 * coders, or no item that two of them judged. ATTEST_ERROR_USAGE: of @scheme.
 */
AttestAgreeTable *attest_agree_table_load (const char *path, AttestMetric metric,
                                           const char *scheme, GError **error);
void attest_agree_table_free (AttestAgreeTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestAgreeTable, attest_agree_table_free)

/** Sets what the table knows: ratings, sets, numbers. Borrows. */
void attest_agree_table_set_input (const AttestAgreeTable *table, AttestAgreementInput *input);

G_END_DECLS
