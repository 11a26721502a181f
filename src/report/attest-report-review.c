#include "report/attest-report-review.h"

#include <string.h>

#include "stats/attest-proportion.h"

typedef struct
{
  AttestReview *review;
  GHashTable *codes, *rules; /* name → index + 1 of its row */
} Tally;

static void
clear_row (gpointer item)
{
  AttestReviewRow *row = item;

  g_free (row->code);
  g_free (row->rule);
}

void
attest_review_free (AttestReview *review)
{
  if (review == NULL)
    return;
  g_array_unref (review->codes);
  g_array_unref (review->rules);
  g_free (review);
}

static void
count (AttestReviewRow *row, const char *status)
{
  row->proposed += strcmp (status, "proposed") == 0;
  row->accepted += strcmp (status, "accepted") == 0;
  row->rejected += strcmp (status, "rejected") == 0;
}

/* The row of @name, made when it is new. */
static AttestReviewRow *
find_row (GHashTable *index, GArray *rows, const char *name, const char *code, const char *rule)
{
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (index, name));

  if (at == 0)
    {
      AttestReviewRow row = { .code = g_strdup (code), .rule = g_strdup (rule) };

      g_array_append_val (rows, row);
      at = rows->len;
      g_hash_table_insert (index, g_strdup (name), GUINT_TO_POINTER (at));
    }
  return &g_array_index (rows, AttestReviewRow, at - 1);
}

static gboolean
is_first_hit_of_rule (const AttestStoreSegment *segment, guint hit)
{
  for (guint i = 0; i < hit; i++)
    if (strcmp (segment->hits[i].rule, segment->hits[hit].rule) == 0)
      return FALSE;
  return TRUE;
}

static gboolean
add_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  Tally *tally = data;
  AttestReview *review = tally->review;

  if (strcmp (segment->origin, "rule") != 0)
    {
      review->manual += strcmp (segment->status, "accepted") == 0;
      return TRUE;
    }
  count (&review->total, segment->status);
  count (find_row (tally->codes, review->codes, segment->code, segment->code, NULL),
         segment->status);
  for (guint i = 0; i < segment->n_hits; i++)
    if (is_first_hit_of_rule (segment, i))
      count (find_row (tally->rules, review->rules, segment->hits[i].rule, segment->code,
                       segment->hits[i].rule),
             segment->status);
  return TRUE;
}

static int
compare_rules (gconstpointer a, gconstpointer b)
{
  return strcmp (((const AttestReviewRow *)a)->rule, ((const AttestReviewRow *)b)->rule);
}

AttestReview *
attest_review_new (AttestStore *store, const AttestSegmentFilter *filter, GError **error)
{
  g_autoptr (AttestReview) review = g_new0 (AttestReview, 1);
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  AttestSegmentFilter all = { NULL };
  Tally tally = { review, codes, rules };

  if (filter != NULL)
    all = *filter;
  all.status = NULL;
  all.with_hits = TRUE;
  review->codes = g_array_new (FALSE, TRUE, sizeof (AttestReviewRow));
  review->rules = g_array_new (FALSE, TRUE, sizeof (AttestReviewRow));
  g_array_set_clear_func (review->codes, clear_row);
  g_array_set_clear_func (review->rules, clear_row);
  if (!attest_store_foreach_segment (store, &all, add_segment, &tally, error))
    return NULL;
  g_array_sort (review->rules, compare_rules);
  return g_steal_pointer (&review);
}

char *
attest_review_dup_progress (const AttestReview *review)
{
  const AttestReviewRow *total = &review->total;
  gint64 decided = total->accepted + total->rejected, all = decided + total->proposed;
  g_autofree char *segments = attest_report_dup_count (all, "segment", NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GINT64_FORMAT " of %s decided", decided, segments);
  if (all > 0)
    g_string_append_printf (text, " (%" G_GINT64_FORMAT " %%)", decided * 100 / all);
  if (decided > 0)
    g_string_append_printf (text, ": %" G_GINT64_FORMAT " accepted, %" G_GINT64_FORMAT " rejected",
                            total->accepted, total->rejected);
  if (review->manual > 0)
    g_string_append_printf (text, "; %" G_GINT64_FORMAT " coded by hand", review->manual);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_row (AttestTable *table, const char *kind, const AttestReviewRow *row)
{
  AttestEstimate precision
      = attest_proportion_estimate (row->accepted, row->accepted + row->rejected);

  attest_table_add_text (table, kind);
  attest_table_add_text (table, row->code);
  attest_table_add_text (table, row->rule);
  attest_table_add_text (table, row->rule != NULL ? row->rule : row->code);
  attest_table_add_int (table, row->proposed);
  attest_table_add_int (table, row->accepted);
  attest_table_add_int (table, row->rejected);
  attest_table_add_double (table, precision.value);
  attest_table_add_double (table, precision.low);
  attest_table_add_double (table, precision.high);
}

AttestTable *
attest_review_to_table (const AttestReview *review)
{
  AttestTable *table = attest_table_new (
      "Precision of codes and rules",
      "Unit: segment that a rule found. Precision: accepted of those decided, with Wilson's "
      "interval (95 %).\nA segment that several rules found counts for each of them.");
  g_autofree char *progress = attest_review_dup_progress (review);
  AttestReviewRow total = review->total;

  total.code = (char *)"all";
  attest_table_set_origin (table, progress);
  attest_table_add_column (table, "kind", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "code", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "rule", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "name", "code or rule", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "proposed", "open", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "accepted", "accepted", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "rejected", "rejected", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "precision", "precision", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "low", "from", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "high", "to", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_begin_section (table, "codes");
  for (guint i = 0; i < review->codes->len; i++)
    add_row (table, "code", &g_array_index (review->codes, AttestReviewRow, i));
  attest_table_begin_section (table, "rules with a decision");
  for (guint i = 0; i < review->rules->len; i++)
    {
      const AttestReviewRow *row = &g_array_index (review->rules, AttestReviewRow, i);

      if (row->accepted + row->rejected > 0)
        add_row (table, "rule", row);
    }
  attest_table_begin_totals (table);
  add_row (table, "all", &total);
  return table;
}
