/* Three codebooks or more, all against all; see attest-report-compare.h. */
#include "report/attest-report-compare.h"

#include <math.h>

gboolean
attest_comparison_has_many (const AttestComparison *comparison)
{
  return comparison->sides->len > 2;
}

/* ---- all as coders ---- */

static AttestEstimate
get_all (const AttestComparison *comparison, guint row)
{
  return attest_comparison_trust (comparison->contrast->all[row].alpha, comparison->sources);
}

AttestTable *
attest_comparison_all_new (const AttestComparison *comparison, gboolean for_people)
{
  g_autofree char *title = g_strdup_printf ("All %u codebooks as coders", comparison->sides->len);
  AttestTable *table = attest_table_new (
      for_people ? title : NULL,
      for_people ? "Krippendorff's alpha of the codebooks that have the code." : NULL);
  guint n_rows = comparison->alignment->rows->len;

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "codebooks", "codebooks", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "krippendorff_alpha", "alpha", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "low", "from", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "high", "to", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "note", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  for (guint row = 0; row < n_rows + for_people; row++)
    {
      const AttestContrastAll *all = &comparison->contrast->all[row];
      AttestEstimate alpha = get_all (comparison, row);

      if (for_people && all->n_sides < 2)
        continue;
      if (row == n_rows)
        attest_table_begin_totals (table);
      attest_table_add_text (table, row < n_rows
                                        ? attest_alignment_row (comparison->alignment, row)->label
                                        : "mean of the codes");
      attest_table_add_int_if (table, row < n_rows, all->n_sides);
      attest_table_add_double (table, alpha.value);
      attest_table_add_double (table, alpha.low);
      attest_table_add_double (table, alpha.high);
      attest_table_add_text (table, all->reason);
    }
  return table;
}

/* ---- pairs ---- */

static double
get_cell (const AttestComparison *comparison, guint row, guint a, guint b, gboolean is_alpha)
{
  const AttestContrastCell *cell = attest_contrast_cell (comparison->contrast, row, a, b);

  return is_alpha ? cell->alpha : cell->jaccard;
}

AttestTable *
attest_comparison_matrix_new (const AttestComparison *comparison, gboolean is_alpha)
{
  AttestTable *table = attest_table_new (is_alpha ? "Alpha of each two codebooks"
                                                  : "Jaccard of each two codebooks",
                                         "Mean of the codes that both have.");
  guint n = comparison->sides->len;

  attest_table_add_column (table, "codebook", "codebook", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint side = 0; side < n; side++)
    {
      g_autofree char *letter = attest_comparison_dup_letter (side);

      attest_table_add_column (table, letter, letter, ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
    }
  for (guint a = 0; a < n; a++)
    {
      g_autofree char *name = attest_comparison_dup_name (comparison, a);
      g_autofree char *label = g_strdup_printf ("%c: %s", 'A' + (int)a, name);

      attest_table_add_text (table, label);
      for (guint b = 0; b < n; b++)
        {
          double value
              = a == b ? NAN
                       : get_cell (comparison, comparison->alignment->rows->len, a, b, is_alpha);

          attest_table_add_double (table, value);
          if (value >= 0)
            attest_table_heat (table, value);
        }
    }
  return table;
}

AttestTable *
attest_comparison_pairs_new (const AttestComparison *comparison)
{
  AttestTable *table = attest_table_new (NULL, NULL);
  guint n_rows = comparison->alignment->rows->len;

  attest_table_add_column (table, "a_codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "b_codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "code", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "jaccard", "", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "krippendorff_alpha", "", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  for (guint a = 0; a < comparison->sides->len; a++)
    for (guint b = a + 1; b < comparison->sides->len; b++)
      for (guint row = 0; row < n_rows; row++)
        {
          const AttestAlignedRow *aligned = attest_alignment_row (comparison->alignment, row);

          if (!((aligned->sides >> a) & (aligned->sides >> b) & 1))
            continue;
          attest_table_add_text (table, attest_comparison_get_given (comparison, a));
          attest_table_add_text (table, attest_comparison_get_given (comparison, b));
          attest_table_add_text (table, aligned->label);
          attest_table_add_double (table, get_cell (comparison, row, a, b, FALSE));
          attest_table_add_double (table, get_cell (comparison, row, a, b, TRUE));
        }
  return table;
}

/* ---- JSON ---- */

static void
write_matrix (AttestJson *json, const AttestComparison *comparison, gboolean is_alpha)
{
  attest_json_key (json, is_alpha ? "krippendorff_alpha" : "jaccard");
  attest_json_begin_array (json);
  for (guint a = 0; a < comparison->sides->len; a++)
    {
      attest_json_begin_array (json);
      for (guint b = 0; b < comparison->sides->len; b++)
        attest_json_double (
            json, get_cell (comparison, comparison->alignment->rows->len, a, b, is_alpha));
      attest_json_end_array (json);
    }
  attest_json_end_array (json);
}

static void
write_all (AttestJson *json, const AttestComparison *comparison)
{
  g_autoptr (AttestTable) table = attest_comparison_all_new (comparison, FALSE);
  AttestEstimate mean = get_all (comparison, comparison->alignment->rows->len);

  attest_json_key (json, "all");
  attest_json_begin_object (json);
  attest_json_key (json, "per_code");
  attest_table_write_json (table, json);
  attest_json_key (json, "overall");
  attest_json_begin_object (json);
  attest_json_member_string (json, "method", "mean of the codes");
  attest_json_member_int (json, "codes", comparison->contrast->n_all);
  attest_json_member_double (json, "krippendorff_alpha", mean.value);
  attest_json_member_interval (json, "ci", mean.low, mean.high);
  attest_json_end_object (json);
  attest_json_end_object (json);
}

void
attest_comparison_write_all (const AttestComparison *comparison, AttestJson *json)
{
  g_autoptr (AttestTable) pairs = NULL;

  if (!attest_comparison_has_many (comparison))
    {
      attest_json_member_null (json, "all");
      attest_json_member_null (json, "matrix");
      attest_json_member_null (json, "pairs");
      return;
    }
  write_all (json, comparison);
  attest_json_key (json, "matrix");
  attest_json_begin_object (json);
  attest_json_member_string (json, "method", "mean of the codes");
  attest_json_key (json, "sides");
  attest_json_begin_array (json);
  for (guint side = 0; side < comparison->sides->len; side++)
    {
      char letter[] = { (char)('a' + (int)side), '\0' };

      attest_json_string (json, letter);
    }
  attest_json_end_array (json);
  write_matrix (json, comparison, FALSE);
  write_matrix (json, comparison, TRUE);
  attest_json_end_object (json);
  pairs = attest_comparison_pairs_new (comparison);
  attest_json_key (json, "pairs");
  attest_table_write_json (pairs, json);
}

/* ---- pictures ---- */

/* The matrix of pairs. */
static AttestChart *
make_matrix (const AttestComparison *comparison, gboolean is_alpha)
{
  AttestChart *chart = attest_chart_new (
      ATTEST_CHART_HEAT, is_alpha ? "Alpha of each two codebooks" : "Jaccard of each two codebooks",
      "mean of the codes that both have");

  attest_chart_set_axes (chart, "codebook", "codebook");
  attest_chart_set_decimals (chart, 2);
  attest_chart_set_scale (chart, 0, 1);
  for (guint side = 0; side < comparison->sides->len; side++)
    {
      g_autofree char *letter = attest_comparison_dup_letter (side);

      attest_chart_add_series (chart, letter);
    }
  for (guint a = 0; a < comparison->sides->len; a++)
    {
      g_autofree char *name = attest_comparison_dup_name (comparison, a);
      g_autofree char *label = g_strdup_printf ("%c: %s", 'A' + (int)a, name);
      guint at = attest_chart_add_row (chart, label);

      for (guint b = 0; b < comparison->sides->len; b++)
        if (a == b)
          attest_chart_set_text (chart, at, b, "");
        else
          attest_chart_set (
              chart, at, b,
              get_cell (comparison, comparison->alignment->rows->len, a, b, is_alpha));
    }
  return chart;
}

/* Codes by pairs: where codebooks part. */
static AttestChart *
make_codes (const AttestComparison *comparison)
{
  AttestChart *chart = attest_chart_new (ATTEST_CHART_HEAT, "Alpha of each two codebooks, by code",
                                         "Krippendorff's alpha");

  attest_chart_set_note (chart, "–: not both have the code, or it does not vary.");
  attest_chart_set_axes (chart, "code", "codebooks");
  attest_chart_set_decimals (chart, 2);
  attest_chart_set_scale (chart, 0, 1);
  for (guint a = 0; a < comparison->sides->len; a++)
    for (guint b = a + 1; b < comparison->sides->len; b++)
      {
        g_autofree char *name = g_strdup_printf ("%c %c", 'A' + (int)a, 'A' + (int)b);

        attest_chart_add_series (chart, name);
      }
  for (guint row = 0; row < comparison->alignment->rows->len; row++)
    {
      guint pair = 0;

      if (comparison->contrast->all[row].n_sides < 2)
        continue;
      guint at
          = attest_chart_add_row (chart, attest_alignment_row (comparison->alignment, row)->label);
      for (guint a = 0; a < comparison->sides->len; a++)
        for (guint b = a + 1; b < comparison->sides->len; b++)
          attest_chart_set (chart, at, pair++, get_cell (comparison, row, a, b, TRUE));
    }
  return chart;
}

void
attest_comparison_append_all_charts (const AttestComparison *comparison, GPtrArray *charts)
{
  if (!attest_comparison_has_many (comparison))
    return;
  g_ptr_array_add (charts, make_matrix (comparison, TRUE));
  g_ptr_array_add (charts, make_matrix (comparison, FALSE));
  g_ptr_array_add (charts, make_codes (comparison));
}

void
attest_comparison_append_all_tables (const AttestComparison *comparison, GPtrArray *tables)
{
  if (!attest_comparison_has_many (comparison))
    return;
  g_ptr_array_add (tables, attest_comparison_all_new (comparison, TRUE));
  g_ptr_array_add (tables, attest_comparison_matrix_new (comparison, TRUE));
  g_ptr_array_add (tables, attest_comparison_matrix_new (comparison, FALSE));
}
