/* How many tests there are, and what is to be said of them; see attest-report-compare.h. */
#include "report/attest-report-compare.h"

#include <math.h>

guint
attest_comparison_count_known (const AttestComparison *comparison)
{
  guint n = 0;

  for (guint i = 0; i < comparison->groups->len; i++)
    n += g_array_index (comparison->groups, AttestCompareGroup, i).name != NULL;
  return n;
}

/* ---- how many tests there are ---- */

/* Adjusts the @n values at @p, and counts those that there are. */
static guint
adjust_all (GPtrArray *p, AttestAdjust adjust)
{
  g_autofree double *values = g_new (double, p->len + 1);
  guint n = 0;

  for (guint i = 0; i < p->len; i++)
    {
      values[i] = *(double *)g_ptr_array_index (p, i);
      n += !isnan (values[i]);
    }
  attest_adjust_p (values, p->len, adjust);
  for (guint i = 0; i < p->len; i++)
    *(double *)g_ptr_array_index (p, i) = values[i];
  g_ptr_array_set_size (p, 0);
  return n;
}

/* Those of McNemar's test and those by source are each adjusted by themselves: a reader takes one
 * or the other. */
static void
adjust_paired (AttestComparison *comparison, AttestAdjust adjust)
{
  g_autoptr (GPtrArray) p = g_ptr_array_new (), clusters = g_ptr_array_new ();

  for (guint pair = 0; pair < comparison->contrast->n_pairs; pair++)
    for (guint row = 0; row < comparison->alignment->rows->len; row++)
      {
        AttestContrastRow *found = &comparison->contrast->pairs[pair].rows[row];

        if (!found->is_common)
          continue;
        found->p_adjusted = found->paired.p;
        found->p_cluster_adjusted = found->p_cluster;
        g_ptr_array_add (p, &found->p_adjusted);
        g_ptr_array_add (clusters, &found->p_cluster_adjusted);
      }
  comparison->n_paired = adjust_all (p, adjust);
  adjust_all (clusters, adjust);
}

static void
adjust_groups (AttestComparison *comparison, AttestAdjust adjust)
{
  g_autoptr (GPtrArray) p = g_ptr_array_new (), clusters = g_ptr_array_new ();
  g_autoptr (GPtrArray) between = g_ptr_array_new ();

  for (guint pair = 0; pair < comparison->tests->n_pairs; pair++)
    for (guint row = 0; row < comparison->alignment->rows->len; row++)
      {
        AttestShiftPair *found = &comparison->tests->pairs[pair];

        if (!comparison->contrast->pairs[pair].rows[row].is_common)
          continue;
        for (guint group = 0; group < comparison->groups->len; group++)
          {
            AttestShift *shift = &found->shifts[(gsize)row * comparison->groups->len + group];

            shift->p_adjusted = shift->test.p;
            shift->p_cluster_adjusted = shift->p_cluster;
            g_ptr_array_add (p, &shift->p_adjusted);
            g_ptr_array_add (clusters, &shift->p_cluster_adjusted);
          }
        found->lost[row].p_adjusted = found->lost[row].p;
        found->gained[row].p_adjusted = found->gained[row].p;
        g_ptr_array_add (between, &found->lost[row].p_adjusted);
        g_ptr_array_add (between, &found->gained[row].p_adjusted);
      }
  comparison->n_by_group = adjust_all (p, adjust);
  adjust_all (clusters, adjust);
  comparison->n_between = adjust_all (between, adjust);
}

void
attest_comparison_adjust (AttestComparison *comparison, AttestAdjust adjust)
{
  comparison->adjust = adjust;
  adjust_paired (comparison, adjust);
  if (comparison->tests != NULL)
    adjust_groups (comparison, adjust);
}

/* ---- what to beware of ---- */

static void
count_small (const AttestComparison *comparison, guint *out_few, guint *out_tested)
{
  for (guint pair = 0; pair < comparison->contrast->n_pairs; pair++)
    for (guint row = 0; row < comparison->alignment->rows->len; row++)
      {
        const AttestContrastRow *found = &comparison->contrast->pairs[pair].rows[row];

        if (!found->is_common || isnan (found->paired.p))
          continue;
        ++*out_tested;
        *out_few += found->paired.lost + found->paired.gained < ATTEST_PAIRED_FEW;
      }
}

static void
add_multiplicity (const AttestComparison *comparison, GPtrArray *remarks)
{
  GString *text = g_string_new (NULL);

  if (comparison->adjust == ATTEST_ADJUST_NONE)
    g_string_append_printf (text,
                            "p is not adjusted: of %u tests of codes one in 20 is below .05 by "
                            "chance alone",
                            comparison->n_paired);
  else
    g_string_append_printf (text, "p is adjusted for %u tests of codes", comparison->n_paired);
  if (comparison->tests != NULL)
    g_string_append_printf (text, ", %u by group", comparison->n_by_group);
  if (comparison->n_between > 0)
    g_string_append_printf (text, " and %u between groups", comparison->n_between);
  if (comparison->adjust != ATTEST_ADJUST_NONE)
    g_string_append_printf (
        text, " (%s)",
        comparison->adjust == ATTEST_ADJUST_HOLM ? "Holm 1979" : "Benjamini and Hochberg 1995");
  g_string_append_c (text, '.');
  g_ptr_array_add (remarks, g_string_free (text, FALSE));
}

static void
add_group_remarks (const AttestComparison *comparison, GPtrArray *remarks)
{
  guint known = attest_comparison_count_known (comparison), small = 0;

  for (guint i = 0; i < known; i++)
    small += g_array_index (comparison->groups, AttestCompareGroup, i).respondents
             < ATTEST_SMALL_GROUP;
  if (known < 2)
    g_ptr_array_add (remarks, g_strdup_printf ("All respondents who speak, and whose %s is known, "
                                               "have the same: groups are not compared.",
                                               comparison->attribute));
  else if (comparison->n_between > 0)
    g_ptr_array_add (remarks, g_strdup_printf ("Between groups: p by dealing out the groups to the "
                                               "respondents anew, %u times, seed %" G_GUINT64_FORMAT
                                               "; no p is below %.2g.",
                                               comparison->rounds, comparison->seed,
                                               1 / (double)(comparison->rounds + 1)));
  if (small > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("Small: %u of %u groups have fewer than %d respondents. A "
                                      "difference that is not found there says nothing.",
                                      small, known, ATTEST_SMALL_GROUP));
}

void
attest_comparison_append_test_remarks (const AttestComparison *comparison, GPtrArray *remarks)
{
  guint few = 0, tested = 0;

  count_small (comparison, &few, &tested);
  if (tested > 0)
    {
      g_ptr_array_add (
          remarks,
          g_strdup_printf ("p McNemar takes %ss as independent, which those of a transcript are "
                           "not; p by source takes the change of a whole source one way or the "
                           "other: read that. With k sources that change it is never below "
                           "2^(1-k).",
                           comparison->unit));
      add_multiplicity (comparison, remarks);
    }
  if (few > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("Small: %u of %u codes change in fewer than %d %ss, too few "
                                      "for any test.",
                                      few, tested, ATTEST_PAIRED_FEW, comparison->unit));
  if (comparison->tests != NULL)
    add_group_remarks (comparison, remarks);
}
