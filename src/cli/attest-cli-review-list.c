/* Segments that are to be decided, as a table. */
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-review.h"
#include "cli/attest-review-filter.h"
#include "report/attest-report-review.h"

#include <string.h>

typedef struct
{
  const AttestReviewListing *wanted;
  AttestTable *table;
  char *source; /* of the segment before */
  guint count;
} Listing;

static AttestTable *
make_table (const AttestInvocation *inv)
{
  /* Empty columns to be filled in; the file is then one for --import. */
  static const char *const to_fill[] = { "decision", "new_code", "reason", "memo" };
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "id", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT,
                           inv->columns > 0 ? ATTEST_COLUMN_MACHINE : ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "codebook", "codebook", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "strength", "rules", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "rules", "", ATTEST_COLUMN_LIST, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "polarity", "said", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "status", "status", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  for (guint i = 0; i < G_N_ELEMENTS (to_fill); i++)
    attest_table_add_column (table, to_fill[i], "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "quote", "text", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  return table;
}

static gboolean
add_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Listing *listing = data;
  AttestTable *table = listing->table;
  g_autoptr (GPtrArray) rules = attest_review_list_rules (segment);
  const char *const *names = (const char *const *)rules->pdata;
  gboolean is_decided = strcmp (segment->status, "proposed") != 0;
  g_autofree char *quote
      = g_strdup_printf ("%s%s%s%.*s", is_decided ? "[" : "", is_decided ? segment->status : "",
                         is_decided ? "] " : "", (int)segment->quote_bytes, segment->quote);

  if ((gint64)segment->strength < listing->wanted->min_rules
      || (listing->wanted->rule != NULL && !g_strv_contains (names, listing->wanted->rule)))
    return TRUE;
  if (g_strcmp0 (listing->source, segment->source) != 0)
    {
      attest_table_begin_section (table, segment->source);
      g_free (listing->source);
      listing->source = g_strdup (segment->source);
    }
  attest_table_add_text (table, segment->id);
  attest_table_add_text (table, segment->source);
  attest_table_add_int (table, segment->turn);
  attest_table_add_text (table, segment->codebook);
  attest_table_add_text (table, segment->code);
  attest_table_add_int (table, segment->strength);
  attest_table_add_list (table, names);
  attest_table_add_text (
      table, attest_qualifier_value_to_string (
                 ATTEST_QUALIFIER_POLARITY, segment->qualifiers.values[ATTEST_QUALIFIER_POLARITY]));
  attest_table_add_text (table, segment->status);
  for (guint i = 0; i < 4; i++)
    attest_table_add_null (table);
  attest_table_add_text (table, quote);
  listing->count++;
  return TRUE;
}

gboolean
attest_cli_list_review (AttestInvocation *inv, const AttestReviewListing *wanted, GError **error)
{
  g_autoptr (AttestTable) table = make_table (inv);
  g_autoptr (AttestReview) review = NULL;
  g_autofree char *progress = NULL;
  Listing listing = { .wanted = wanted, .table = table };
  gboolean ok
      = attest_store_foreach_segment (inv->store, wanted->filter, add_segment, &listing, error);

  g_free (listing.source);
  if (!ok)
    return FALSE;
  review = attest_review_new (inv->store, wanted->filter, error);
  if (review == NULL)
    return FALSE;
  if (listing.count > 0 || g_strcmp0 (wanted->format, "csv") == 0
      || g_strcmp0 (wanted->format, "json") == 0)
    attest_cli_write_table (inv, table, wanted->format);
  if (wanted->format != NULL && strcmp (wanted->format, "table") != 0)
    return TRUE;
  progress = attest_review_dup_progress (review);
  fprintf (inv->out, "%s%u listed; %s\n", listing.count > 0 ? "\n" : "", listing.count, progress);
  return TRUE;
}
