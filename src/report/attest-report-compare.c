#include "report/attest-report-compare.h"

#include <math.h>
#include <string.h>

#include "report/attest-report.h"

/* ---- owning ---- */

static void
free_side (gpointer data)
{
  AttestCompareSide *side = data;

  g_free (side->given);
  g_free (side->project);
  g_free (side->project_title);
  g_free (side->id);
  g_free (side->version);
  g_free (side->title);
  g_free (side->sha256);
  g_strfreev (side->codes);
  g_strfreev (side->patterns);
  g_free (side->is_own);
  g_free (side);
}

static void
clear_project (gpointer data)
{
  AttestCompareProject *project = data;

  g_free (project->path);
  g_free (project->title);
}

static void
clear_group (gpointer data)
{
  g_free (((AttestCompareGroup *)data)->name);
}

AttestComparison *
attest_comparison_new (void)
{
  AttestComparison *comparison = g_new0 (AttestComparison, 1);

  comparison->sides = g_ptr_array_new_with_free_func (free_side);
  comparison->projects = g_array_new (FALSE, FALSE, sizeof (AttestCompareProject));
  g_array_set_clear_func (comparison->projects, clear_project);
  comparison->source_names = g_ptr_array_new_with_free_func (g_free);
  comparison->differences = g_array_new (FALSE, FALSE, sizeof (AttestDifference));
  g_array_set_clear_func (comparison->differences, attest_difference_clear);
  comparison->groups = g_array_new (FALSE, FALSE, sizeof (AttestCompareGroup));
  g_array_set_clear_func (comparison->groups, clear_group);
  comparison->warnings = g_ptr_array_new_with_free_func (g_free);
  return comparison;
}

void
attest_comparison_free (AttestComparison *comparison)
{
  if (comparison == NULL)
    return;
  g_ptr_array_unref (comparison->sides);
  g_array_unref (comparison->projects);
  attest_alignment_free (comparison->alignment);
  attest_contrast_free (comparison->contrast);
  g_free (comparison->counts);
  g_ptr_array_unref (comparison->source_names);
  g_array_unref (comparison->differences);
  g_free (comparison->attribute);
  g_array_unref (comparison->groups);
  g_free (comparison->shifts);
  attest_shifts_free (comparison->tests);
  g_ptr_array_unref (comparison->warnings);
  g_free (comparison);
}

char *
attest_comparison_dup_letter (guint side)
{
  return g_strdup_printf ("%c", 'A' + (int)side);
}

static gboolean
is_few (const AttestComparison *comparison, gint64 n)
{
  return n > 0 && n < comparison->min_group;
}

gboolean
attest_comparison_is_small (const AttestComparison *comparison, gint64 respondents, gint64 of)
{
  return is_few (comparison, of) || is_few (comparison, respondents)
         || is_few (comparison, of - respondents);
}

gboolean
attest_comparison_is_of_projects (const AttestComparison *comparison)
{
  return comparison->sides->len > 0 && attest_comparison_side (comparison, 0)->project != NULL;
}

const char *
attest_comparison_get_given (const AttestComparison *comparison, guint side)
{
  const AttestCompareSide *info = attest_comparison_side (comparison, side);

  return info->project != NULL && comparison->min_group > 0 ? NULL : info->given;
}

char *
attest_comparison_dup_name (const AttestComparison *comparison, guint side)
{
  const AttestCompareSide *info = attest_comparison_side (comparison, side);

  if (info->project != NULL && comparison->min_group > 0)
    return info->project_title != NULL ? g_strdup (info->project_title)
                                       : g_strdup_printf ("project %c", 'A' + (int)side);
  g_autofree char *name = g_path_get_basename (info->given);
  for (guint i = 0; i < comparison->sides->len; i++)
    {
      g_autofree char *other = g_path_get_basename (attest_comparison_side (comparison, i)->given);

      if (i != side && strcmp (other, name) == 0)
        return g_filename_display_name (info->given);
    }
  return g_filename_display_basename (info->given);
}

/* ---- what is compared ---- */

char *
attest_comparison_dup_note (const AttestComparison *comparison)
{
  g_autoptr (GString) note = g_string_new (NULL);
  g_autofree char *units
      = attest_report_dup_count (comparison->contrast->units, comparison->unit, NULL);
  g_autofree char *sources = attest_report_dup_count (comparison->sources, "source", NULL);
  g_autofree char *respondents
      = attest_report_dup_count (comparison->respondents, "respondent", NULL);

  for (guint i = 0; i < comparison->sides->len; i++)
    {
      const AttestCompareSide *side = attest_comparison_side (comparison, i);

      if (side->project != NULL)
        {
          g_autofree char *name = attest_comparison_dup_name (comparison, i);

          g_string_append_printf (note, "%c: %s, codebook %s%s%s\n", 'A' + (int)i, name, side->id,
                                  side->version != NULL ? " " : "",
                                  side->version != NULL ? side->version : "");
          continue;
        }
      g_string_append_printf (note, "%c: %s%s%s (sha256 %.8s), %u codes, %u patterns\n",
                              'A' + (int)i, side->id, side->version != NULL ? " " : "",
                              side->version != NULL ? side->version : "", side->sha256,
                              side->n_codes, side->n_patterns);
    }
  g_string_append_printf (note, "Unit: %s. %s of %s, %s", comparison->unit, units, sources,
                          respondents);
  if (comparison->projects->len > 1)
    g_string_append_printf (note, ", %u projects", comparison->projects->len);
  g_string_append (note, "; interviewers left out.");
  return g_string_free (g_steal_pointer (&note), FALSE);
}

/* Why there is "–" in the place of an alpha. */
static void
add_undefined (const AttestComparison *comparison, GPtrArray *remarks)
{
  guint nowhere = 0, everywhere = 0;

  for (guint pair = 0; pair < comparison->contrast->n_pairs; pair++)
    for (guint row = 0; row < comparison->alignment->rows->len; row++)
      {
        const AttestContrastRow *found = &comparison->contrast->pairs[pair].rows[row];

        if (found->reason == NULL)
          continue;
        nowhere += found->a == 0;
        everywhere += found->a > 0;
      }
  if (nowhere + everywhere > 0)
    g_ptr_array_add (
        remarks, g_strdup_printf ("No alpha, because a code does not vary: %u found nowhere, %u "
                                  "in every %s, by both.",
                                  nowhere, everywhere, comparison->unit));
}

GPtrArray *
attest_comparison_remarks (const AttestComparison *comparison)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func (g_free);

  if (comparison->rejected > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("Segments left out because somebody rejected that quote for "
                                      "that code: %" G_GINT64_FORMAT ".",
                                      comparison->rejected));
  if (comparison->sources < ATTEST_COMPARE_MIN_CLUSTERS && comparison->rounds > 0)
    g_ptr_array_add (remarks, g_strdup_printf ("Intervals need %d sources or more; there are "
                                               "%" G_GINT64_FORMAT ".",
                                               ATTEST_COMPARE_MIN_CLUSTERS, comparison->sources));
  else if (comparison->rounds > 0)
    g_ptr_array_add (remarks, g_strdup_printf ("Intervals: 95 %%, %u resamples of sources, seed "
                                               "%" G_GUINT64_FORMAT ".",
                                               comparison->rounds, comparison->seed));
  g_ptr_array_add (remarks,
                   g_strdup ("Alpha: Krippendorff's, nominal; reliable from .800, tentative from "
                             ".667 (Krippendorff 2004)."));
  add_undefined (comparison, remarks);
  attest_comparison_append_test_remarks (comparison, remarks);
  if (comparison->min_group > 0)
    g_ptr_array_add (remarks,
                     g_strdup_printf ("Counts of fewer than %u respondents, and of all but "
                                      "fewer, are not printed.",
                                      comparison->min_group));
  for (guint i = 0; i < comparison->warnings->len; i++)
    g_ptr_array_add (remarks, g_strdup (g_ptr_array_index (comparison->warnings, i)));
  return remarks;
}
