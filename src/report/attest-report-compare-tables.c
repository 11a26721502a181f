/* The tables of a comparison; see attest-report-compare.h. */
#include "report/attest-report-compare.h"

#include <math.h>

#include "report/attest-report.h"
#include "util/attest-number.h"

static gboolean
has_interval (const AttestComparison *comparison, const AttestEstimate *estimate)
{
  return !isnan (estimate->low) && comparison->sources >= ATTEST_COMPARE_MIN_CLUSTERS;
}

static void
add_interval (AttestTable *table, const AttestComparison *comparison,
              const AttestEstimate *estimate)
{
  g_autofree char *text = has_interval (comparison, estimate)
                              ? attest_number_dup_interval (estimate->low, estimate->high, 2)
                              : NULL;

  attest_table_add_text (table, text);
}

/* ---- by code ---- */

static void
add_code_columns (AttestTable *table, guint side)
{
  g_autofree char *letter = attest_comparison_dup_letter (side);
  g_autofree char *lost = g_strdup_printf ("only A");
  g_autofree char *gained = g_strdup_printf ("only %s", letter);
  g_autofree char *respondents = g_strdup_printf ("resp. %s", letter);

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "aligned_by", "aligned by", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "a", "A", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "b", letter, ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "both", "both", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "lost", lost, ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "gained", gained, ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "jaccard", "Jaccard", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "krippendorff_alpha", "alpha", ATTEST_COLUMN_DOUBLE,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "interval", "95 %", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "a_respondents", "resp. A", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "b_respondents", respondents, ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "a_segments", "segments A", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "b_segments", "segments B", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "a_sources", "sources A", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "b_sources", "sources B", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_MACHINE);
}

static void
add_code_row (AttestTable *table, const AttestComparison *comparison, guint side, guint row)
{
  const AttestAlignedRow *aligned = attest_alignment_row (comparison->alignment, row);
  const AttestContrastRow *contrast = &comparison->contrast->pairs[side - 1].rows[row];
  const AttestCompareCount *counts = comparison->counts + (gsize)row * comparison->sides->len;
  gboolean in_a = aligned->sides & 1, in_b = (aligned->sides >> side) & 1;

  attest_table_add_text (table, aligned->label);
  attest_table_add_text (table,
                         contrast->is_common ? attest_aligned_by_to_string (aligned->by) : NULL);
  attest_table_add_int_if (table, in_a, contrast->a);
  attest_table_add_int_if (table, in_b, contrast->b);
  attest_table_add_int_if (table, contrast->is_common, contrast->both);
  attest_table_add_int (table, contrast->a - contrast->both);
  attest_table_add_int (table, contrast->b - contrast->both);
  attest_table_add_double (table, contrast->is_common ? contrast->jaccard.value : NAN);
  attest_table_add_double (table, contrast->alpha.value);
  add_interval (table, comparison, &contrast->alpha);
  attest_table_add_int_if (table,
                           in_a
                               && !attest_comparison_is_small (comparison, counts[0].respondents,
                                                               comparison->respondents),
                           counts[0].respondents);
  attest_table_add_int_if (table,
                           in_b
                               && !attest_comparison_is_small (comparison, counts[side].respondents,
                                                               comparison->respondents),
                           counts[side].respondents);
  attest_table_add_int_if (table, in_a, counts[0].segments);
  attest_table_add_int_if (table, in_b, counts[side].segments);
  attest_table_add_int_if (table, in_a, counts[0].sources);
  attest_table_add_int_if (table, in_b, counts[side].sources);
}

/* The mean of alpha and Jaccard over codes; counts of different codes do not add up. */
static void
add_mean_row (AttestTable *table, const AttestComparison *comparison, guint side)
{
  const AttestContrastPair *pair = &comparison->contrast->pairs[side - 1];

  attest_table_begin_totals (table);
  attest_table_add_text (table, "mean of the codes");
  for (guint i = 0; i < 6; i++)
    attest_table_add_null (table);
  attest_table_add_double (table, pair->jaccard.value);
  attest_table_add_double (table, pair->alpha.value);
  add_interval (table, comparison, &pair->alpha);
  for (guint i = 0; i < 6; i++)
    attest_table_add_null (table);
}

AttestTable *
attest_comparison_codes_new (const AttestComparison *comparison, guint side, gboolean for_people)
{
  g_autofree char *note = attest_comparison_dup_note (comparison);
  g_autofree char *a = attest_comparison_dup_name (comparison, 0);
  g_autofree char *b = attest_comparison_dup_name (comparison, side);
  g_autofree char *title = attest_comparison_is_of_projects (comparison)
                               ? g_strdup_printf ("The same texts in %s and %s", a, b)
                               : g_strdup_printf ("Codes of %s and %s", a, b);
  AttestTable *table = attest_table_new (for_people ? title : NULL, NULL);

  if (side == 1)
    attest_table_set_origin (table, note);
  if (!for_people)
    {
      attest_table_add_column (table, "a_codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "b_codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "unit", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
    }
  add_code_columns (table, side);
  for (guint row = 0; row < comparison->alignment->rows->len; row++)
    {
      guint sides = attest_alignment_row (comparison->alignment, row)->sides;

      if ((sides & (1u | 1u << side)) == 0)
        continue;
      if (!for_people)
        {
          attest_table_add_text (table, attest_comparison_get_given (comparison, 0));
          attest_table_add_text (table, attest_comparison_get_given (comparison, side));
          attest_table_add_text (table, comparison->unit);
        }
      add_code_row (table, comparison, side, row);
    }
  if (for_people)
    add_mean_row (table, comparison, side);
  return table;
}

/* ---- passages ---- */

static void
add_list (AttestTable *table, GPtrArray *list)
{
  g_ptr_array_add (list, NULL);
  attest_table_add_list (table, (const char *const *)list->pdata);
}

static void
add_difference (AttestTable *table, const AttestComparison *comparison,
                const AttestDifference *difference)
{
  g_autoptr (GPtrArray) rules = attest_difference_list_rules (comparison, difference);
  g_autoptr (GPtrArray) decisions = attest_difference_list_decisions (comparison, difference);

  if (comparison->projects->len > 1)
    attest_table_add_text (
        table,
        comparison->min_group > 0
            ? NULL
            : g_array_index (comparison->projects, AttestCompareProject, difference->project).path);
  attest_table_add_text (table, difference->source);
  attest_table_add_int_if (table, comparison->min_group == 0, difference->turn);
  attest_table_add_int_if (table, comparison->min_group == 0, difference->start);
  attest_table_add_int_if (table, comparison->min_group == 0, difference->end);
  for (guint side = 0; side < comparison->sides->len; side++)
    {
      g_autoptr (GPtrArray) codes
          = attest_difference_list_codes (comparison, difference, side, side);

      add_list (table, codes);
    }
  add_list (table, rules);
  if (attest_comparison_is_of_projects (comparison))
    add_list (table, decisions);
  attest_table_add_text (table, difference->quote);
}

AttestTable *
attest_comparison_differences_new (const AttestComparison *comparison, gboolean for_people)
{
  g_autofree char *title
      = g_strdup_printf ("Sentences that differ: %u of %" G_GINT64_FORMAT,
                         comparison->differences->len, comparison->n_differences);
  AttestTable *table = attest_table_new (for_people ? title : NULL, NULL);

  if (comparison->projects->len > 1)
    attest_table_add_column (table, "project", "project", ATTEST_COLUMN_TEXT,
                             ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "start", "start", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "end", "end", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  for (guint side = 0; side < comparison->sides->len; side++)
    {
      g_autofree char *letter = attest_comparison_dup_letter (side);
      g_autofree char *key = g_ascii_strdown (letter, -1);

      attest_table_add_column (table, key, letter, ATTEST_COLUMN_LIST, ATTEST_COLUMN_WRAP);
    }
  attest_table_add_column (table, "rules", "rules", ATTEST_COLUMN_LIST, ATTEST_COLUMN_WRAP);
  if (attest_comparison_is_of_projects (comparison))
    attest_table_add_column (table, "decisions", "people", ATTEST_COLUMN_LIST, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "quote", "quote", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < comparison->differences->len; i++)
    add_difference (table, comparison,
                    &g_array_index (comparison->differences, AttestDifference, i));
  return table;
}

/* ---- by group ---- */

static void
add_shift (AttestTable *table, const AttestComparison *comparison, guint side, guint row,
           guint group, gboolean for_people)
{
  const AttestCompareGroup *info = &g_array_index (comparison->groups, AttestCompareGroup, group);
  const AttestCompareShift *shifts
      = comparison->shifts
        + ((gsize)row * comparison->groups->len + group) * comparison->sides->len;

  attest_table_add_text (table, attest_alignment_row (comparison->alignment, row)->label);
  attest_table_add_text (table, info->name != NULL || !for_people ? info->name : "(not known)");
  gboolean is_shown = !attest_comparison_is_hidden (comparison, side, row);

  attest_table_add_int_if (table, !attest_comparison_has_small_group (comparison),
                           info->respondents);
  attest_table_add_int_if (table, is_shown, shifts[0].respondents);
  attest_table_add_int_if (table, is_shown, shifts[side].respondents);
  attest_table_add_int_if (table, is_shown, shifts[side].respondents - shifts[0].respondents);
  attest_table_add_int_if (table, is_shown, shifts[0].sentences);
  attest_table_add_int_if (table, is_shown, shifts[side].sentences);
  attest_table_add_int_if (table, is_shown, shifts[side].sentences - shifts[0].sentences);
  attest_comparison_add_shift_cells (table, comparison, side, row, group);
}

AttestTable *
attest_comparison_shifts_new (const AttestComparison *comparison, guint side, gboolean for_people)
{
  g_autofree char *letter = attest_comparison_dup_letter (side);
  g_autofree char *title
      = g_strdup_printf ("Shifts from A to %s by %s", letter,
                         comparison->attribute != NULL ? comparison->attribute : "");
  g_autofree char *has = g_strdup_printf ("have it by %s", letter);
  g_autofree char *sentences = g_strdup_printf ("sentences %s", letter);
  AttestTable *table = attest_table_new (for_people ? title : NULL,
                                         for_people ? "Only where the two differ." : NULL);
  guint wanted = 1u | 1u << side;

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "group", "group", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "respondents", "respondents", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "a_respondents", "have it by A", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "b_respondents", has, ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "shift_respondents", "shift", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "a_sentences", "sentences A", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "b_sentences", sentences, ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "shift_sentences", "shift of sentences", ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_OPTIONAL);
  attest_comparison_add_shift_columns (table);
  for (guint row = 0; row < comparison->alignment->rows->len; row++)
    for (guint group = 0; group < comparison->groups->len; group++)
      {
        const AttestCompareShift *shifts
            = comparison->shifts
              + ((gsize)row * comparison->groups->len + group) * comparison->sides->len;
        gboolean is_common
            = (attest_alignment_row (comparison->alignment, row)->sides & wanted) == wanted;

        if (is_common
            && (!for_people || shifts[0].sentences != shifts[side].sentences
                || shifts[0].respondents != shifts[side].respondents))
          add_shift (table, comparison, side, row, group, for_people);
      }
  return table;
}
