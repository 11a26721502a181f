/* Whether groups differ in what a codebook loses and gains; see attest-report-compare.h. */
#include "report/attest-report-compare.h"

#include <math.h>

/* "men 1/4 25 %; women 5/6 83 %": of those that have the code at all. */
static char *
dup_shares (const AttestComparison *comparison, guint side, guint row, gboolean is_lost)
{
  GString *text = g_string_new (NULL);

  for (guint group = 0; group < comparison->groups->len; group++)
    {
      const AttestShift *shift = &comparison->tests->pairs[side - 1]
                                      .shifts[(gsize)row * comparison->groups->len + group];
      const char *name = g_array_index (comparison->groups, AttestCompareGroup, group).name;
      gint64 of = is_lost ? shift->a : shift->b, n = of - shift->both;

      if (name == NULL || of == 0)
        continue;
      if (text->len > 0)
        g_string_append (text, "; ");
      g_string_append_printf (text, "%s %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT " %.0f %%", name, n,
                              of, 100 * (double)n / (double)of);
    }
  return g_string_free (text, FALSE);
}

static void
add_for_people (AttestTable *table, const AttestComparison *comparison, guint side, guint row,
                const AttestShiftContrast *found, gboolean is_lost)
{
  g_autofree char *shares = dup_shares (comparison, side, row, is_lost);
  AttestEstimate estimate = attest_comparison_trust (found->apart, comparison->sources);
  g_autofree char *apart = isnan (estimate.value) ? NULL
                           : isnan (estimate.low)
                               ? g_strdup_printf ("%+.0f", 100 * estimate.value)
                               : g_strdup_printf ("%+.0f (%+.0f to %+.0f)", 100 * estimate.value,
                                                  100 * estimate.low, 100 * estimate.high);
  g_autofree char *p = attest_p_to_string (found->p);
  g_autofree char *adjusted = attest_p_to_string (found->p_adjusted);

  attest_table_add_text (table, attest_alignment_row (comparison->alignment, row)->label);
  attest_table_add_text (table, is_lost ? "lost" : "gained");
  attest_table_add_text (table, shares);
  attest_table_add_int (table, found->people);
  if (attest_comparison_count_known (comparison) == 2)
    attest_table_add_text (table, apart);
  else
    attest_table_add_double (table, found->v);
  attest_table_add_text (table, p);
  attest_table_add_text (table, adjusted);
}

static void
add_for_programs (AttestTable *table, const AttestComparison *comparison, guint side, guint row,
                  const AttestShiftContrast *found, gboolean is_lost)
{
  gboolean is_hidden = attest_comparison_is_hidden (comparison, side, row);
  AttestEstimate apart = attest_comparison_trust (found->apart, comparison->sources);
  const double values[]
      = { found->chi2, found->v, found->p, found->p_adjusted, apart.value, apart.low, apart.high };

  attest_table_add_text (table, attest_alignment_row (comparison->alignment, row)->label);
  attest_table_add_text (table, is_lost ? "lost" : "gained");
  attest_table_add_int_if (table, !is_hidden, found->groups);
  attest_table_add_int_if (table, !is_hidden, found->people);
  attest_table_add_int_if (table, !is_hidden, found->units);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    attest_table_add_double (table, is_hidden ? NAN : values[i]);
  attest_table_add_text (table, !is_hidden && !isnan (found->p) ? "permutation" : NULL);
  attest_table_add_int (table, comparison->n_between);
  attest_table_add_text (table, attest_adjust_names[comparison->adjust]);
  attest_table_add_text (table,
                         is_hidden ? "a count behind it is too small to print" : found->reason);
  attest_table_add_text (table, attest_comparison_get_given (comparison, 0));
  attest_table_add_text (table, attest_comparison_get_given (comparison, side));
}

static void
add_columns (AttestTable *table, const AttestComparison *comparison, gboolean for_people)
{
  static const char *const counts[] = { "groups", "respondents", "sentences" };
  static const char *const figures[]
      = { "chi2", "cramers_v", "p", "p_adjusted", "apart", "apart_low", "apart_high" };

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "share", "what", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  if (for_people)
    {
      gboolean is_two = attest_comparison_count_known (comparison) == 2;

      attest_table_add_column (table, "groups", "of the sentences of each", ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_WRAP);
      attest_table_add_column (table, "respondents", "respondents", ATTEST_COLUMN_INT,
                               ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "effect", is_two ? "points apart" : "Cramér's V",
                               is_two ? ATTEST_COLUMN_TEXT : ATTEST_COLUMN_DOUBLE,
                               ATTEST_COLUMN_RIGHT);
      attest_table_add_column (table, "p", "p", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
      attest_table_add_column (table, "p_adjusted", "adjusted", ATTEST_COLUMN_TEXT,
                               ATTEST_COLUMN_RIGHT);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    attest_table_add_column (table, counts[i], "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    attest_table_add_column (table, figures[i], "", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "test", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "tests", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "adjustment", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "note", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "a_codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "b_codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
}

AttestTable *
attest_comparison_between_new (const AttestComparison *comparison, guint side, gboolean for_people)
{
  g_autofree char *title
      = g_strdup_printf ("Do groups differ in what they lose and gain, by %s?",
                         comparison->attribute != NULL ? comparison->attribute : "");
  AttestTable *table = attest_table_new (
      for_people ? title : NULL,
      for_people ? "Lost: of the sentences with the code by A; gained: of those by the other."
                 : NULL);

  add_columns (table, comparison, for_people);
  for (guint row = 0; comparison->tests != NULL && row < comparison->alignment->rows->len; row++)
    {
      const AttestShiftPair *pair = &comparison->tests->pairs[side - 1];

      if (!comparison->contrast->pairs[side - 1].rows[row].is_common)
        continue;
      for (guint i = 0; i < 2; i++)
        {
          const AttestShiftContrast *found = i == 0 ? &pair->lost[row] : &pair->gained[row];

          if (!for_people)
            add_for_programs (table, comparison, side, row, found, i == 0);
          else if (!isnan (found->chi2) && !attest_comparison_is_hidden (comparison, side, row))
            add_for_people (table, comparison, side, row, found, i == 0);
        }
    }
  return table;
}
