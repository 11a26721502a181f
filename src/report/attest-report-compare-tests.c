/* Whether codebooks find as much, in all and by group; see attest-report-compare.h. */
#include "report/attest-report-compare.h"

#include <math.h>

static const AttestShift *
get_test (const AttestComparison *comparison, guint side, guint row, guint group)
{
  return &comparison->tests->pairs[side - 1].shifts[(gsize)row * comparison->groups->len + group];
}

/* ---- what is hidden ---- */

static gboolean
is_too_small (const AttestComparison *comparison, guint side, guint row, guint group)
{
  gint64 of = g_array_index (comparison->groups, AttestCompareGroup, group).respondents;
  const AttestCompareShift *shifts
      = comparison->shifts
        + ((gsize)row * comparison->groups->len + group) * comparison->sides->len;
  const AttestShift *test = get_test (comparison, side, row, group);
  guint least = comparison->min_group;

  return attest_comparison_is_small (comparison, shifts[0].respondents, of)
         || attest_comparison_is_small (comparison, shifts[side].respondents, of)
         || (test->lost_people > 0 && test->lost_people < least)
         || (test->gained_people > 0 && test->gained_people < least);
}

/* One count that is left out follows from the others and their sum: where one group is small, none
 * is told. */
gboolean
attest_comparison_is_hidden (const AttestComparison *comparison, guint side, guint row)
{
  for (guint group = 0; group < comparison->groups->len; group++)
    if (is_too_small (comparison, side, row, group))
      return TRUE;
  return FALSE;
}

gboolean
attest_comparison_has_small_group (const AttestComparison *comparison)
{
  for (guint i = 0; i < comparison->groups->len; i++)
    {
      gint64 of = g_array_index (comparison->groups, AttestCompareGroup, i).respondents;

      if (attest_comparison_is_small (comparison, 0, of))
        return TRUE;
    }
  return FALSE;
}

/* ---- a test, for people ---- */

/* "-0.4"; "0.0" has no sign, whatever was rounded away. */
static char *
dup_points (double value)
{
  return fabs (100 * value) < .05 ? g_strdup ("0.0") : g_strdup_printf ("%+.1f", 100 * value);
}

static void
add_points (AttestTable *table, double value)
{
  g_autofree char *text = isnan (value) ? NULL : dup_points (value);

  attest_table_add_text (table, text);
}

static void
add_range (AttestTable *table, double low, double high)
{
  g_autofree char *from = dup_points (low), *to = dup_points (high);
  g_autofree char *text = isnan (low) ? NULL : g_strdup_printf ("%s to %s", from, to);

  attest_table_add_text (table, text);
}

static void
add_p (AttestTable *table, double p)
{
  g_autofree char *text = attest_p_to_string (p);

  attest_table_add_text (table, text);
}

static void
add_test_headings (AttestTable *table)
{
  attest_table_add_column (table, "lost", "lost", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "gained", "gained", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "points", "points", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "by_source", "95 % by source", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "tango", "95 % Tango", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_RIGHT | ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "p_by_source", "p by source", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_RIGHT);
  attest_table_add_column (table, "p", "p McNemar", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_RIGHT);
}

AttestEstimate
attest_comparison_trust (AttestEstimate estimate, gint64 clusters)
{
  if (clusters < ATTEST_COMPARE_MIN_CLUSTERS || estimate.low >= estimate.high)
    estimate.low = estimate.high = NAN;
  return estimate;
}

static void
add_test (AttestTable *table, const AttestPaired *test, const AttestEstimate *by_source,
          double p_cluster, double p)
{
  attest_table_add_int (table, test->lost);
  attest_table_add_int (table, test->gained);
  add_points (table, test->difference.value);
  add_range (table, by_source->low, by_source->high);
  add_range (table, test->difference.low, test->difference.high);
  add_p (table, p_cluster);
  add_p (table, p);
}

/* ---- a test, for programs ---- */

static const char *const test_keys[] = { "difference",
                                         "difference_low",
                                         "difference_high",
                                         "difference_source_low",
                                         "difference_source_high",
                                         "p",
                                         "p_adjusted",
                                         "p_exact",
                                         "p_mid",
                                         "chi2",
                                         "p_chi2",
                                         "p_by_source",
                                         "p_by_source_adjusted" };

static void
add_test_columns (AttestTable *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (test_keys); i++)
    attest_table_add_column (table, test_keys[i], "", ATTEST_COLUMN_DOUBLE, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "test", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "tests", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "adjustment", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "note", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
}

/* What is to be beware of in one test; NULL: nothing. */
static const char *
find_note (const AttestPaired *test)
{
  if (test->reason != NULL)
    return test->reason;
  return test->lost + test->gained < ATTEST_PAIRED_FEW
             ? "fewer than 6 changes: no p can be below .05"
             : NULL;
}

static void
add_test_cells (AttestTable *table, const AttestComparison *comparison, const AttestPaired *test,
                const AttestEstimate *by_source, const double p[4], guint n_tests)
{
  const double values[] = { test->difference.value,
                            test->difference.low,
                            test->difference.high,
                            by_source->low,
                            by_source->high,
                            p[0],
                            p[1],
                            test->p_exact,
                            test->p_mid,
                            test->chi2,
                            test->p_chi2,
                            p[2],
                            p[3] };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    attest_table_add_double (table, values[i]);
  attest_table_add_text (table, test->name);
  attest_table_add_int (table, n_tests);
  attest_table_add_text (table, attest_adjust_names[comparison->adjust]);
  attest_table_add_text (table, find_note (test));
}

static void
add_nulls (AttestTable *table, guint n)
{
  for (guint i = 0; i < n; i++)
    attest_table_add_null (table);
}

/* ---- by code ---- */

static void
add_paired_row (AttestTable *table, const AttestComparison *comparison, guint side, guint row,
                gboolean for_people)
{
  const AttestContrastRow *found = &comparison->contrast->pairs[side - 1].rows[row];
  AttestEstimate by_source = attest_comparison_trust (found->difference, comparison->sources);
  const double p[]
      = { found->paired.p, found->p_adjusted, found->p_cluster, found->p_cluster_adjusted };

  attest_table_add_text (table, attest_alignment_row (comparison->alignment, row)->label);
  attest_table_add_int (table, found->a);
  attest_table_add_int (table, found->b);
  if (for_people)
    {
      add_test (table, &found->paired, &by_source, found->p_cluster_adjusted, found->p_adjusted);
      return;
    }
  attest_table_add_int (table, found->both);
  attest_table_add_int (table, found->paired.lost);
  attest_table_add_int (table, found->paired.gained);
  attest_table_add_int (table, found->paired.n);
  add_test_cells (table, comparison, &found->paired, &by_source, p, comparison->n_paired);
}

/* Takes @title over. */
static AttestTable *
new_for_people (char *title, guint side, const char *unit)
{
  g_autofree char *owned = title;
  g_autofree char *letter = attest_comparison_dup_letter (side);
  g_autofree char *note = g_strdup_printf (
      "Lost: only A has the code; gained: only %s. Points: gained less lost, of 100 %ss.", letter,
      unit);

  return attest_table_new (owned, note);
}

AttestTable *
attest_comparison_paired_new (const AttestComparison *comparison, guint side, gboolean for_people)
{
  static const char *const counts[] = { "both", "lost", "gained", "units" };
  g_autofree char *letter = attest_comparison_dup_letter (side);
  AttestTable *table = for_people
                           ? new_for_people (g_strdup_printf ("Do A and %s find as much?", letter),
                                             side, comparison->unit)
                           : attest_table_new (NULL, NULL);

  if (!for_people)
    {
      attest_table_add_column (table, "a_codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "b_codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "unit", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
    }
  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "a", "A", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "b", letter, ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; !for_people && i < G_N_ELEMENTS (counts); i++)
    attest_table_add_column (table, counts[i], "", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  if (for_people)
    add_test_headings (table);
  else
    add_test_columns (table);
  for (guint row = 0; row < comparison->alignment->rows->len; row++)
    {
      if (!comparison->contrast->pairs[side - 1].rows[row].is_common)
        continue;
      if (!for_people)
        {
          attest_table_add_text (table, attest_comparison_get_given (comparison, 0));
          attest_table_add_text (table, attest_comparison_get_given (comparison, side));
          attest_table_add_text (table, comparison->unit);
        }
      add_paired_row (table, comparison, side, row, for_people);
    }
  return table;
}

/* ---- by group ---- */

AttestTable *
attest_comparison_group_paired_new (const AttestComparison *comparison, guint side)
{
  g_autofree char *letter = attest_comparison_dup_letter (side);
  AttestTable *table
      = new_for_people (g_strdup_printf ("Sentences lost and gained from A to %s, by %s", letter,
                                         comparison->attribute),
                        side, "sentence");

  attest_table_add_column (table, "code", "code", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "group", "group", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "a", "A", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "b", letter, ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  add_test_headings (table);
  for (guint row = 0; row < comparison->alignment->rows->len; row++)
    for (guint group = 0; group < comparison->groups->len; group++)
      {
        const AttestShift *shift = get_test (comparison, side, row, group);
        const char *name = g_array_index (comparison->groups, AttestCompareGroup, group).name;

        if (shift->test.lost + shift->test.gained == 0)
          continue;
        attest_table_add_text (table, attest_alignment_row (comparison->alignment, row)->label);
        attest_table_add_text (table, name != NULL ? name : "(not known)");
        if (attest_comparison_is_hidden (comparison, side, row))
          {
            add_nulls (table, 9);
            continue;
          }
        AttestEstimate by_source = attest_comparison_trust (shift->difference, shift->clusters);
        attest_table_add_int (table, shift->a);
        attest_table_add_int (table, shift->b);
        add_test (table, &shift->test, &by_source, shift->p_cluster_adjusted, shift->p_adjusted);
      }
  return table;
}

static const char *const shift_counts[]
    = { "sentences",        "both_sentences",     "lost_sentences", "gained_sentences",
        "lost_respondents", "gained_respondents", "sources" };
static const char *const shift_shares[]
    = { "lost_share",   "lost_share_low",   "lost_share_high",
        "gained_share", "gained_share_low", "gained_share_high" };

void
attest_comparison_add_shift_columns (AttestTable *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (shift_counts); i++)
    attest_table_add_column (table, shift_counts[i], "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  for (guint i = 0; i < G_N_ELEMENTS (shift_shares); i++)
    attest_table_add_column (table, shift_shares[i], "", ATTEST_COLUMN_DOUBLE,
                             ATTEST_COLUMN_MACHINE);
  add_test_columns (table);
  attest_table_add_column (table, "a_codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "b_codebook", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
}

static void
add_shift_tests (AttestTable *table, const AttestComparison *comparison, guint side, guint row,
                 guint group)
{
  const AttestShift *shift = get_test (comparison, side, row, group);

  if (attest_comparison_is_hidden (comparison, side, row))
    {
      add_nulls (table, G_N_ELEMENTS (shift_counts) + G_N_ELEMENTS (shift_shares)
                            + G_N_ELEMENTS (test_keys) + 3);
      attest_table_add_text (table, "a count behind it is too small to print");
      return;
    }
  const gint64 counts[]
      = { shift->n,           shift->both,          shift->test.lost, shift->test.gained,
          shift->lost_people, shift->gained_people, shift->clusters };
  AttestEstimate by_source = attest_comparison_trust (shift->difference, shift->clusters);
  AttestEstimate shares[] = { attest_comparison_trust (shift->lost, shift->clusters),
                              attest_comparison_trust (shift->gained, shift->clusters) };
  const double p[]
      = { shift->test.p, shift->p_adjusted, shift->p_cluster, shift->p_cluster_adjusted };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    attest_table_add_int (table, counts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      attest_table_add_double (table, shares[i].value);
      attest_table_add_double (table, shares[i].low);
      attest_table_add_double (table, shares[i].high);
    }
  add_test_cells (table, comparison, &shift->test, &by_source, p, comparison->n_by_group);
}

void
attest_comparison_add_shift_cells (AttestTable *table, const AttestComparison *comparison,
                                   guint side, guint row, guint group)
{
  add_shift_tests (table, comparison, side, row, group);
  attest_table_add_text (table, attest_comparison_get_given (comparison, 0));
  attest_table_add_text (table, attest_comparison_get_given (comparison, side));
}
