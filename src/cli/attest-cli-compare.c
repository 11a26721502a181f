#include "cli/attest-cli-compare.h"

#include <string.h>

#include "cli/attest-cli-compare-run.h"

const char *const attest_compare_units[] = { "sentence", "turn", "source", NULL };

static void
contrast (AttestCompareRun *run)
{
  guint n_rows = run->setup.n_rows;
  g_autofree guint *sides = g_new0 (guint, n_rows + 1);
  AttestContrastInput input = { .n_sides = run->setup.n_sides,
                                .n_codes = n_rows,
                                .n_clusters = run->units->len,
                                .units = (const gint64 *)(gpointer)run->units->data,
                                .entries = (const AttestContrastEntry *)(gpointer)run->counts->data,
                                .n_entries = run->counts->len,
                                .sides = sides,
                                .rounds = run->wish->rounds,
                                .jobs = run->wish->jobs,
                                .seed = run->wish->seed };

  for (guint i = 0; i < n_rows; i++)
    sides[i] = attest_alignment_row (run->setup.alignment, i)->sides;
  g_array_sort (run->counts, attest_contrast_compare_entries);
  run->comparison->contrast = attest_contrast_compute (&input);
}

gboolean
attest_cli_compare_finish (AttestCompareRun *run, GError **error)
{
  run->comparison->unit = attest_compare_units[run->wish->unit];
  run->comparison->min_group = run->wish->min_group;
  run->comparison->rounds = run->wish->rounds;
  run->comparison->seed = run->wish->seed;
  contrast (run);
  if (!attest_compare_people_finish (run->people, run->comparison, run->wish->jobs, error))
    return FALSE;
  attest_comparison_adjust (run->comparison, run->wish->adjust);
  return TRUE;
}

static gboolean
compare (AttestCompareRun *run, GError **error)
{
  if (!attest_compare_run_set_up (run, error) || !attest_compare_run_code (run, error))
    return FALSE;
  if (run->comparison->sources == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "there is nothing to compare: the project%s no sources; take them in by "
                         "'attest ingest'",
                         run->wish->projects->len == 1 ? " has" : "s have");
  return attest_cli_compare_finish (run, error);
}

AttestComparison *
attest_cli_compare (AttestInvocation *inv, const AttestCompareWish *wish, GError **error)
{
  g_autoptr (AttestComparison) comparison = attest_comparison_new ();
  AttestCompareRun run = { .inv = inv, .wish = wish, .comparison = comparison };
  gboolean ok = compare (&run, error);

  attest_compare_run_tear_down (&run);
  return ok ? g_steal_pointer (&comparison) : NULL;
}

/* ---- one codebook ---- */

static void
foreach_source (const AttestCompareRun *run, AttestComparedUnitFunc func, gpointer data)
{
  guint n_rows = run->setup.n_rows, source = 0, next = 0;
  g_autofree guint *with = g_new0 (guint, n_rows + 1);

  for (guint project = 0; project < run->comparison->projects->len; project++)
    for (gint64 i
         = g_array_index (run->comparison->projects, AttestCompareProject, project).sources;
         i > 0; i--, source++)
      {
        AttestComparedUnit unit = { project, NULL, with };

        memset (with, 0, n_rows * sizeof (guint));
        /* They come source by source; sets of sides are none, and the one that there is. */
        for (; next < run->counts->len; next++)
          {
            const AttestContrastEntry *entry
                = &g_array_index (run->counts, AttestContrastEntry, next);

            if (entry->cluster != source)
              break;
            with[entry->code] = entry->n;
          }
        func (&unit, data);
      }
}

gboolean
attest_cli_compare_foreach_unit (AttestInvocation *inv, const AttestCompareWish *wish,
                                 AttestComparedUnitFunc func, gpointer data, GError **error)
{
  g_autoptr (AttestComparison) comparison = attest_comparison_new ();
  AttestCompareRun run = { .inv = inv, .wish = wish, .comparison = comparison };
  gboolean ok = attest_compare_run_set_up (&run, error) && attest_compare_run_code (&run, error);

  if (ok && wish->unit == ATTEST_COMPARE_SOURCE)
    foreach_source (&run, func, data);
  else if (ok)
    ok = attest_compare_people_foreach (run.people, func, data, error);
  attest_compare_run_tear_down (&run);
  return ok;
}

/* ---- a mapping ---- */

/* Codes that share less are left to the reader. */
#define LEAST_OVERLAP .1

static void
add_suggestions (const AttestCompareRun *run, AttestTable *table)
{
  const AttestCodebook *a = g_ptr_array_index (run->wish->codebooks, 0);
  const AttestCodebook *b = g_ptr_array_index (run->wish->codebooks, 1);
  g_autoptr (GArray) list = attest_alignment_suggest (
      run->singles[0], a->codes->len, run->singles[1], b->codes->len, run->cross, LEAST_OVERLAP);

  for (guint i = 0; i < list->len; i++)
    {
      const AttestAlignSuggestion *suggestion = &g_array_index (list, AttestAlignSuggestion, i);

      attest_table_add_text (table, attest_codebook_code (a, suggestion->a)->id);
      attest_table_add_text (table, attest_codebook_code (b, suggestion->b)->id);
      attest_table_add_double (table, suggestion->jaccard);
      attest_table_add_int (table, suggestion->both);
      attest_table_add_int (table, suggestion->n_a);
      attest_table_add_int (table, suggestion->n_b);
    }
}

AttestTable *
attest_cli_suggest_mapping (AttestInvocation *inv, const AttestCompareWish *wish, GError **error)
{
  g_autoptr (AttestComparison) comparison = attest_comparison_new ();
  const AttestCodebook *a = g_ptr_array_index (wish->codebooks, 0);
  const AttestCodebook *b = g_ptr_array_index (wish->codebooks, 1);
  AttestCompareRun run = { .inv = inv, .wish = wish, .comparison = comparison };
  AttestTable *table = NULL;

  run.setup.with_cross = TRUE;
  run.cross = g_new0 (gint64, (gsize)a->codes->len * b->codes->len + 1);
  run.singles[0] = g_new0 (gint64, a->codes->len + 1);
  run.singles[1] = g_new0 (gint64, b->codes->len + 1);
  if (attest_compare_run_set_up (&run, error) && attest_compare_run_code (&run, error))
    {
      table = attest_table_new (NULL, NULL);
      attest_table_add_column (table, "a", "A", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "b", "B", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "jaccard", "Jaccard", ATTEST_COLUMN_DOUBLE,
                               ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "both", "both", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "a_units", "sentences A", ATTEST_COLUMN_INT,
                               ATTEST_COLUMN_PLAIN);
      attest_table_add_column (table, "b_units", "sentences B", ATTEST_COLUMN_INT,
                               ATTEST_COLUMN_PLAIN);
      add_suggestions (&run, table);
    }
  attest_compare_run_tear_down (&run);
  return table;
}
