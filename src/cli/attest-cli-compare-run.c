#include "cli/attest-cli-compare-run.h"

#include <string.h>

#include "cli/attest-cli-alignment.h"
#include "report/attest-report.h"
#include "util/attest-limits.h"
#include "util/attest-pipeline.h"

gboolean
attest_compare_run_set_up (AttestCompareRun *run, GError **error)
{
  AttestCompareSetup *setup = &run->setup;
  guint jobs = run->wish->jobs;

  run->comparison->alignment
      = attest_cli_align_codebooks (run->wish->codebooks, run->wish->mapping, error);
  if (run->comparison->alignment == NULL)
    return FALSE;
  if (run->wish->codebooks->len > 1 && !setup->with_cross
      && attest_alignment_count_common (run->comparison->alignment) == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "the codebooks have no code in common, neither by id nor by name: pair "
                         "them by --mapping FILE; --suggest-mapping of two codebooks prints one");
  setup->wish = run->wish;
  setup->alignment = run->comparison->alignment;
  setup->n_sides = run->wish->codebooks->len;
  setup->n_rows = setup->alignment->rows->len;
  setup->max_differences = (gsize)run->wish->max_differences;
  setup->coders = g_new0 (AttestCoder *, setup->n_sides);
  run->unruled = g_new0 (AttestCliUnruled, setup->n_sides);
  for (guint i = 0; i < setup->n_sides; i++)
    {
      setup->coders[i] = attest_coder_new (g_ptr_array_index (run->wish->codebooks, i), NULL);
      attest_cli_unruled_init (&run->unruled[i]);
      attest_compare_describe_side (setup, run->comparison, i);
    }
  run->workers = g_new (AttestCompareWorker *, jobs);
  for (guint i = 0; i < jobs; i++)
    run->workers[i] = attest_compare_worker_new (setup);
  run->comparison->counts = g_new0 (AttestCompareCount, (gsize)setup->n_rows * setup->n_sides + 1);
  run->people = attest_compare_people_new (setup->n_sides, setup->n_rows, run->wish->attribute);
  run->units = g_array_new (FALSE, FALSE, sizeof (gint64));
  run->counts = g_array_new (FALSE, FALSE, sizeof (AttestContrastEntry));
  return TRUE;
}

void
attest_compare_run_tear_down (AttestCompareRun *run)
{
  for (guint i = 0; run->workers != NULL && i < run->wish->jobs; i++)
    attest_compare_worker_free (run->workers[i], run->setup.n_sides);
  g_free (run->workers);
  for (guint i = 0; run->setup.coders != NULL && i < run->setup.n_sides; i++)
    {
      attest_coder_unref (run->setup.coders[i]);
      attest_cli_unruled_end (&run->unruled[i], run->inv,
                              g_ptr_array_index (run->wish->codebooks, i));
    }
  g_free (run->setup.coders);
  g_free (run->unruled);
  attest_compare_people_free (run->people);
  g_clear_pointer (&run->disclosure, attest_disclosure_free);
  g_clear_pointer (&run->units, g_array_unref);
  g_clear_pointer (&run->counts, g_array_unref);
  g_free (run->cross);
  g_free (run->singles[0]);
  g_free (run->singles[1]);
}

/* ---- the sources of a project ---- */

static gpointer
next_source (gpointer data, guint64 *out_cost, GError **error)
{
  AttestCompareRun *run = data;

  if (run->next >= run->sources->len)
    return NULL;
  const AttestSourceInfo *info = g_ptr_array_index (run->sources, run->next++);
  AttestDocument *doc = attest_store_get_document (run->store, info->label, error);
  if (doc == NULL)
    return NULL;
  AttestCompareItem *item = g_new0 (AttestCompareItem, 1);
  item->label = g_strdup (info->label);
  item->doc = doc;
  item->rejected = g_hash_table_lookup (run->rejected, info->label);
  *out_cost = doc->length_bytes;
  return item;
}

static gpointer
code_source (gpointer data, guint worker, gpointer user_data)
{
  const AttestCompareRun *run = user_data;

  attest_compare_code (&run->setup, run->workers[worker], data);
  return data;
}

/* Its words as the respondent consented, for the public. */
static void
disclose (const AttestCompareRun *run, const AttestCompareItem *item, AttestDifference *difference)
{
  const char *speaker = attest_document_turn_label (item->doc, difference->turn);
  const char *respondent = attest_compare_people_find (run->people, item->label, speaker);
  g_autofree char *quote = g_steal_pointer (&difference->quote);

  difference->quote = attest_disclosure_dup_quote (run->disclosure, NULL, item->label, respondent,
                                                   quote, strlen (quote), NULL);
}

static void
take_differences (AttestCompareRun *run, AttestCompareItem *item)
{
  AttestComparison *comparison = run->comparison;
  const char *source
      = g_ptr_array_index (comparison->source_names, comparison->source_names->len - 1);
  gint64 room = run->wish->max_differences - (gint64)comparison->differences->len;
  guint n = (guint)MIN (MAX (room, 0), (gint64)item->differences->len);

  comparison->n_differences += item->n_differences;
  for (guint i = 0; i < n; i++)
    {
      AttestDifference *difference = &g_array_index (item->differences, AttestDifference, i);

      difference->source = source;
      difference->project = comparison->projects->len - 1;
      if (run->disclosure != NULL)
        disclose (run, item, difference);
      g_array_append_val (comparison->differences, *difference);
      difference->quote = NULL;
      difference->decisions = NULL;
      difference->codes = g_array_new (FALSE, FALSE, sizeof (AttestCompareCode));
      difference->hits = g_array_new (FALSE, FALSE, sizeof (AttestCompareHit));
    }
}

static void
take_counts (AttestCompareRun *run, AttestCompareItem *item)
{
  const AttestCompareSetup *setup = &run->setup;

  for (guint row = 0; row < setup->n_rows; row++)
    for (guint set = 1; set < 1u << setup->n_sides; set++)
      {
        AttestContrastEntry entry
            = { row, run->units->len, set, item->counts[((gsize)row << setup->n_sides) + set] };

        if (entry.n > 0)
          g_array_append_val (run->counts, entry);
      }
  g_array_append_val (run->units, item->units);
  for (guint side = 0; side < setup->n_sides; side++)
    {
      g_autofree gboolean *seen = g_new0 (gboolean, setup->n_rows + 1);

      for (guint i = 0; i < item->coding[side]->segments->len; i++)
        {
          guint row
              = setup->alignment->row_of[side][attest_coding_segment (item->coding[side], i)->code];
          AttestCompareCount *count = &run->comparison->counts[(gsize)row * setup->n_sides + side];

          count->segments++;
          count->sources += !seen[row];
          seen[row] = TRUE;
        }
    }
  if (!setup->with_cross)
    return;
  gsize n[2] = { attest_coder_get_codebook (setup->coders[0])->codes->len,
                 attest_coder_get_codebook (setup->coders[1])->codes->len };
  for (gsize i = 0; i < n[0] * n[1]; i++)
    run->cross[i] += item->cross[i];
  for (guint side = 0; side < 2; side++)
    for (gsize i = 0; i < n[side]; i++)
      run->singles[side][i] += item->singles[side][i];
}

void
attest_compare_run_take (AttestCompareRun *run, AttestCompareItem *item)
{
  g_ptr_array_add (run->comparison->source_names,
                   g_strdup (run->disclosure != NULL
                                 ? attest_disclosure_get_source (run->disclosure, item->label)
                                 : item->label));
  run->comparison->rejected += item->n_rejected;
  take_counts (run, item);
  attest_compare_people_add (run->people, item);
  take_differences (run, item);
  attest_compare_item_free (item);
}

static gboolean
take_source (gpointer data, gpointer user_data, GError **error)
{
  AttestCompareItem *item = data;
  AttestCompareRun *run = user_data;

  for (guint side = 0; side < run->setup.n_sides; side++)
    {
      attest_cli_complain_incomplete (run->inv, item->label,
                                      g_ptr_array_index (run->wish->codebooks, side),
                                      item->coding[side]);
      attest_cli_unruled_count (&run->unruled[side], run->setup.coders[side], item->doc);
    }
  attest_compare_run_take (run, item);
  attest_progress_step (&run->progress);
  return TRUE;
}

/* ---- projects, one after another ---- */

static gboolean
open_disclosure (AttestCompareRun *run, GError **error)
{
  AttestDisclosureOptions options
      = { .audience = ATTEST_AUDIENCE_PUBLIC, .min_group = run->wish->min_group };

  if (run->wish->min_group == 0)
    return TRUE;
  g_clear_pointer (&run->disclosure, attest_disclosure_free);
  run->disclosure = attest_disclosure_new (run->store, &options, error);
  return run->disclosure != NULL;
}

/* Says what was left out of this project. */
static gboolean
close_disclosure (AttestCompareRun *run)
{
  char *note = run->disclosure != NULL ? attest_disclosure_dup_note (run->disclosure) : NULL;

  if (note != NULL)
    g_ptr_array_add (run->comparison->warnings, note);
  g_clear_pointer (&run->disclosure, attest_disclosure_free);
  return TRUE;
}

gboolean
attest_compare_run_begin (AttestCompareRun *run, AttestStore *store, GError **error)
{
  AttestCompareProject project = { .path = g_strdup (attest_store_get_path (store)),
                                   .title = attest_store_dup_meta (store, "title", NULL) };

  g_array_append_val (run->comparison->projects, project);
  run->store = store;
  return attest_compare_people_begin (run->people, store, error) && open_disclosure (run, error);
}

void
attest_compare_run_count (AttestCompareRun *run, const AttestSourceInfo *info)
{
  AttestCompareProject *project = &g_array_index (run->comparison->projects, AttestCompareProject,
                                                  run->comparison->projects->len - 1);

  project->sources++;
  project->words += info->words;
  run->comparison->sources++;
}

gboolean
attest_compare_run_end (AttestCompareRun *run)
{
  return close_disclosure (run);
}

/* Of the next project. */
static GPtrArray *
list_sources (const AttestCompareRun *run, AttestStore *store, GError **error)
{
  if (run->wish->skip == NULL)
    return attest_store_list_sources (store, error);
  return attest_shared_texts_list_counted (run->wish->skip, run->comparison->projects->len,
                                           run->wish->skip_later, store, error);
}

static gboolean
code_project (AttestCompareRun *run, const char *path, GError **error)
{
  static const AttestPipelineFuncs funcs
      = { next_source, code_source, take_source, attest_compare_item_free };
  g_autoptr (AttestStore) store = attest_store_open (path, ATTEST_STORE_IN_PLACE, error);
  g_autoptr (GPtrArray) sources = store != NULL ? list_sources (run, store, error) : NULL;
  g_autoptr (GHashTable) rejected
      = sources != NULL ? attest_compare_list_rejected (store, error) : NULL;

  if (rejected == NULL || !attest_compare_run_begin (run, store, error))
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    attest_compare_run_count (run, g_ptr_array_index (sources, i));
  run->sources = sources;
  run->rejected = rejected;
  run->next = 0;
  return attest_pipeline_run (&funcs, run, run->wish->jobs, ATTEST_MAX_QUEUED_BYTES, error)
         && attest_compare_run_end (run) && attest_store_check_unchanged (store, error);
}

gboolean
attest_compare_run_code (AttestCompareRun *run, GError **error)
{
  gboolean ok = TRUE;

  attest_progress_start (&run->progress, run->inv, "comparing", 0);
  for (guint i = 0; ok && i < run->wish->projects->len; i++)
    ok = code_project (run, g_ptr_array_index (run->wish->projects, i), error);
  attest_progress_end (&run->progress);
  return ok;
}
