/* Which coders differ, and about what. */
#include "report/attest-report-agree-private.h"
#include "report/attest-report-agree.h"

#include <math.h>

#include "stats/attest-confusion.h"
#include "util/attest-number.h"

/* Pairs of codes that are taken for each other, for people. */
#define N_CONFUSED 10

void
attest_agree_add_figure (AttestTable *table, double value, gboolean is_percent)
{
  g_autofree char *text = NULL;

  if (isnan (value))
    {
      attest_table_add_null (table);
      return;
    }
  text = is_percent ? g_strdup_printf ("%.0f %%", 100 * value) : attest_number_dup (value, 2);
  attest_table_add_text (table, text);
}

AttestTable *
attest_agree_report_confusion_new (const AttestAgreeReport *report)
{
  g_autoptr (GArray) list = attest_confusion_list (report->input);
  AttestTable *table = attest_table_new ("What coders differ about", "Unit: pair of judgements");

  attest_table_add_column (table, "a", "one says", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "b", "another says", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "pairs", "pairs", ATTEST_COLUMN_INT, ATTEST_COLUMN_BAR);
  for (guint i = 0; i < MIN (list->len, N_CONFUSED); i++)
    {
      const AttestConfusion *confusion = &g_array_index (list, AttestConfusion, i);

      attest_table_add_text (table, report->codes[confusion->a]);
      attest_table_add_text (table, confusion->b < report->agreement->n_codes
                                        ? report->codes[confusion->b]
                                        : "(no code)");
      attest_table_add_int (table, (gint64)confusion->pairs);
    }
  return table;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const AttestAgreementPair *x = *(const AttestAgreementPair *const *)a,
                            *y = *(const AttestAgreementPair *const *)b;

  if (isnan (x->krippendorff_alpha) != isnan (y->krippendorff_alpha))
    return isnan (x->krippendorff_alpha) ? 1 : -1;
  if (x->krippendorff_alpha < y->krippendorff_alpha
      || x->krippendorff_alpha > y->krippendorff_alpha)
    return x->krippendorff_alpha < y->krippendorff_alpha ? -1 : 1;
  return x < y ? -1 : x > y;
}

static GPtrArray *
choose_pairs (const AttestAgreement *agreement, guint max_pairs)
{
  GPtrArray *pairs = g_ptr_array_new ();

  for (guint i = 0; i < agreement->n_pairs; i++)
    g_ptr_array_add (pairs, &agreement->pairs[i]);
  if (pairs->len <= max_pairs)
    return pairs;
  g_ptr_array_sort (pairs, compare_pairs);
  g_ptr_array_set_size (pairs, (int)max_pairs);
  return pairs;
}

static char *
describe_pairs (const AttestAgreeReport *report, guint n)
{
  g_autoptr (GString) note = g_string_new (NULL);

  g_string_printf (note, "Unit: %s that both judged%s", report->unit,
                   report->input->n_codes > 0 ? "; figures are the mean of the codes" : "");
  if (n < report->agreement->n_pairs)
    g_string_append_printf (note, "; of %u pairs the %u that agree least, --format json has all",
                            report->agreement->n_pairs, n);
  return g_strdup (note->str);
}

AttestTable *
attest_agree_report_pairs_new (const AttestAgreeReport *report, guint max_pairs)
{
  g_autoptr (GPtrArray) pairs = choose_pairs (report->agreement, max_pairs);
  g_autofree char *note = describe_pairs (report, pairs->len);
  AttestTable *table = attest_table_new ("Two coders each", note);

  attest_table_add_column (table, "a", "coder", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "b", "coder", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "n", "n", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "percent", "agree", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "cohen_kappa", "Cohen κ", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "krippendorff_alpha", "alpha", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_RIGHT);
  for (guint i = 0; i < pairs->len; i++)
    {
      const AttestAgreementPair *pair = g_ptr_array_index (pairs, i);

      attest_table_add_text (table, report->coders[pair->a]);
      attest_table_add_text (table, report->coders[pair->b]);
      attest_table_add_int (table, pair->items);
      attest_agree_add_figure (table, pair->percent, TRUE);
      attest_agree_add_figure (table, pair->cohen_kappa, FALSE);
      attest_agree_add_figure (table, pair->krippendorff_alpha, FALSE);
    }
  return table;
}
