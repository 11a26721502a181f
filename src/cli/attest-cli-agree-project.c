#include "cli/attest-cli-agree-project-private.h"

#include <string.h>

#include "cli/attest-cli-agree-sets.h"
#include "util/attest-limits.h"

const char *const attest_agree_units[]
    = { "sentence", "paragraph", "turn", "source", "passage", NULL };

/* ---- what was found ---- */

/* The first item of a source that ends behind @start; passages that people judged are in any order,
 * and the first of them is as good as any. */
static guint
find_item (const AttestAgreeLoading *loading, guint source, gint64 start)
{
  guint low = g_array_index (loading->first_items, guint, source);
  guint high = g_array_index (loading->first_items, guint, source + 1);

  while (low < high && loading->wish->gold == NULL)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (loading->project->places, AttestAgreePlace, middle).end <= start)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
attest_agree_find_items (const AttestAgreeLoading *loading, guint source, gint64 start, gint64 end,
                         guint *out_first, guint *out_end)
{
  guint last = g_array_index (loading->first_items, guint, source + 1);
  guint i = find_item (loading, source, start);

  *out_first = i;
  while (i < last && g_array_index (loading->project->places, AttestAgreePlace, i).start < end)
    i++;
  *out_end = i;
}

gboolean
attest_agree_counts (AttestAgreeLoading *loading, const AttestStoreSegment *segment)
{
  gboolean is_rejected = strcmp (segment->status, "rejected") == 0;
  gboolean is_of_rules = strcmp (segment->origin, "rule") == 0;

  /* Where people are coders, the rules are one that they did not correct. */
  if (loading->judgements != NULL)
    return is_of_rules;
  loading->n_rejected += is_rejected && is_of_rules;
  loading->n_by_hand += !is_rejected && !is_of_rules;
  return !is_rejected;
}

void
attest_agree_tell_decided (AttestAgreeLoading *loading, const char *codebook)
{
  if (loading->n_rejected + loading->n_by_hand > 0)
    g_ptr_array_add (loading->project->warnings,
                     g_strdup_printf ("Codebook %s counts as people left it: without %u segments "
                                      "that they rejected, with %u that they added. --run compares "
                                      "what rules found.",
                                      codebook, loading->n_rejected, loading->n_by_hand));
  loading->n_rejected = loading->n_by_hand = 0;
}

/* The coder at hand gave what stands there a code. */
static void
hold (const AttestAgreeLoading *loading, guint source, gint64 start, gint64 end, guint code)
{
  const AttestAgreeProject *project = loading->project;
  guint last = g_array_index (loading->first_items, guint, source + 1);

  for (guint i = find_item (loading, source, start); i < last; i++)
    {
      const AttestAgreePlace *place = &g_array_index (project->places, AttestAgreePlace, i);

      if (place->start < end && place->end > start)
        loading
            ->held[((gsize)i * project->coders->len + loading->coder) * project->codes->len + code]
            = 1;
      else if (loading->wish->gold == NULL)
        break;
    }
}

static gboolean
take_segment (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  AttestAgreeLoading *loading = data;
  guint source = GPOINTER_TO_UINT (g_hash_table_lookup (loading->source_numbers, segment->source));
  guint code;

  if (source != 0 && attest_agree_find_code (loading, loading->coder, segment->code, &code)
      && attest_agree_counts (loading, segment))
    hold (loading, source - 1, segment->start, segment->end, code);
  return TRUE;
}

static gboolean
take_segments (AttestAgreeLoading *loading, GError **error)
{
  const AttestAgreeProject *project = loading->project;

  for (guint i = loading->wish->gold != NULL ? 1 : 0; i < loading->first_run; i++)
    {
      AttestSegmentFilter filter = { .codebook = g_ptr_array_index (project->coders, i) };

      loading->coder = i;
      if (!attest_store_foreach_segment (loading->store, &filter, take_segment, loading, error))
        return FALSE;
      attest_agree_tell_decided (loading, filter.codebook);
    }
  return TRUE;
}

/* A source of a run. */
typedef struct
{
  const AttestAgreeLoading *loading;
  guint source;
} RunSource;

static void
take_found (const AttestAgreeFound *found, gpointer data)
{
  const RunSource *at = data;

  hold (at->loading, at->source, found->start, found->end, found->code);
}

/* What runs found; what they did not search, they did not judge. */
static void
take_runs (AttestAgreeLoading *loading)
{
  const AttestAgreeProject *project = loading->project;

  for (guint coder = loading->first_run; coder < loading->first_coder; coder++)
    for (guint source = 0; source < project->sources->len; source++)
      {
        const char *label = g_ptr_array_index (project->sources, source);
        RunSource at = { loading, source };

        loading->coder = coder;
        if (attest_agree_run_saw (loading, coder, label))
          {
            attest_agree_foreach_found (loading, coder, label, take_found, &at);
            continue;
          }
        for (guint i = g_array_index (loading->first_items, guint, source);
             i < g_array_index (loading->first_items, guint, source + 1); i++)
          loading->missing[(gsize)i * project->coders->len + coder] = 1;
      }
}

/* What people said of the items. */
static void
take_judgements (AttestAgreeLoading *loading)
{
  const AttestAgreeProject *project = loading->project;

  for (guint i = 0; i < loading->gold_items->len; i++)
    {
      const GArray *codes
          = attest_agree_gold_item (loading, g_array_index (loading->gold_items, guint, i))->codes;

      for (guint k = 0; k < codes->len; k++)
        {
          const AttestCode *given
              = attest_codebook_code (loading->judged_by, g_array_index (codes, guint, k));
          guint code;

          if (attest_agree_find_code (loading, 0, given->id, &code))
            loading->held[(gsize)i * project->coders->len * project->codes->len + code] = 1;
        }
    }
}

/* A source that one of the coders saw says nothing of agreement. */
static void
leave_out_single (AttestAgreeLoading *loading)
{
  const AttestAgreeProject *project = loading->project;
  gsize n_coders = project->coders->len;
  guint n_single = 0;

  /* Of one codebook alone, which is no comparison, nothing is missing. */
  if (loading->project->coders->len < 2)
    return;
  for (guint source = 0; source < project->sources->len; source++)
    {
      guint first = g_array_index (loading->first_items, guint, source);
      guint end = g_array_index (loading->first_items, guint, source + 1), n = 0;

      for (gsize coder = 0; coder < n_coders; coder++)
        {
          gboolean saw = FALSE;

          for (guint i = first; i < end && !saw; i++)
            saw = !loading->missing[i * n_coders + coder];
          n += saw;
        }
      if (n >= 2)
        continue;
      n_single += n;
      memset (loading->missing + first * n_coders, 1, (end - first) * n_coders);
    }
  if (n_single > 0)
    g_ptr_array_add (
        project->warnings,
        g_strdup_printf ("Left out, since only one of the coders saw them: %u source%s.", n_single,
                         n_single == 1 ? "" : "s"));
}

static gboolean
make_ratings (AttestAgreeLoading *loading, GError **error)
{
  AttestAgreeProject *project = loading->project;
  guint n_codes = project->codes->len;
  gsize n = (gsize)project->items->len * project->coders->len;
  g_auto (AttestAgreeSets) sets;

  attest_agree_sets_init (&sets, n_codes);
  project->ratings = g_new (guint16, n);
  for (gsize i = 0; i < n; i++)
    if (loading->missing[i])
      project->ratings[i] = ATTEST_NO_RATING;
    else if (!attest_agree_sets_number (&sets, loading->held + i * n_codes, &project->ratings[i],
                                        error))
      return FALSE;
  project->n_values = attest_agree_sets_take (&sets, &project->sets);
  project->cluster_of = g_new (guint, project->items->len);
  for (guint source = 0; source < project->sources->len; source++)
    for (guint i = g_array_index (loading->first_items, guint, source);
         i < g_array_index (loading->first_items, guint, source + 1); i++)
      project->cluster_of[i] = source;
  return TRUE;
}

static gboolean
load_all (AttestAgreeLoading *loading, GError **error)
{
  const AttestAgreeProject *project = loading->project;

  if (!attest_agree_list_units (loading, error))
    return FALSE;
  gsize size = (gsize)project->items->len * project->coders->len * project->codes->len;
  if (size > ATTEST_MAX_AGREE_BYTES)
    return attest_throw (error, ATTEST_ERROR_LIMIT,
                         "more than %u million judgements: choose by --dimension, or a larger "
                         "--unit",
                         ATTEST_MAX_AGREE_BYTES / 1000000);
  loading->held = g_malloc0 (MAX (size, 1));
  loading->missing = g_malloc0 (MAX ((gsize)project->items->len * project->coders->len, 1));
  take_judgements (loading);
  take_runs (loading);
  if (!take_segments (loading, error)
      || (loading->judgements != NULL && !attest_agree_take_coders (loading, error)))
    return FALSE;
  leave_out_single (loading);
  return make_ratings (loading, error);
}

static void
clear_place (gpointer data)
{
  g_free (((AttestAgreePlace *)data)->quote);
}

AttestAgreeProject *
attest_agree_project_new (void)
{
  AttestAgreeProject *project = g_new0 (AttestAgreeProject, 1);

  project->sources = g_ptr_array_new_with_free_func (g_free);
  project->coders = g_ptr_array_new_with_free_func (g_free);
  project->codes = g_ptr_array_new_with_free_func (g_free);
  project->items = g_ptr_array_new_with_free_func (g_free);
  project->warnings = g_ptr_array_new_with_free_func (g_free);
  project->runs = g_ptr_array_new_with_free_func (attest_agree_run_free);
  project->run_notes = g_ptr_array_new_with_free_func (g_free);
  project->places = g_array_new (FALSE, FALSE, sizeof (AttestAgreePlace));
  g_array_set_clear_func (project->places, clear_place);
  return project;
}

void
attest_agree_loading_init (AttestAgreeLoading *loading, AttestAgreeProject *project,
                           AttestStore *store, const AttestAgreeWish *wish)
{
  *loading = (AttestAgreeLoading){ .project = project, .store = store, .wish = wish };
  loading->runs = project->runs;
  loading->source_numbers = g_hash_table_new (g_str_hash, g_str_equal);
  loading->versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  loading->first_items = g_array_new (FALSE, FALSE, sizeof (guint));
  loading->gold_items = g_array_new (FALSE, FALSE, sizeof (guint));
  loading->names = g_ptr_array_new_with_free_func (g_free);
  loading->seen_by_one = g_ptr_array_new_with_free_func (g_free);
  loading->other_versions = g_ptr_array_new_with_free_func (g_free);
  loading->earlier = g_ptr_array_new_with_free_func (g_free);
}

void
attest_agree_loading_clear (AttestAgreeLoading *loading)
{
  attest_agree_clear_coders (loading);
  attest_codebook_unref (loading->judged_by);
  g_clear_pointer (&loading->numbers, g_ptr_array_unref);
  g_ptr_array_unref (loading->names);
  g_ptr_array_unref (loading->seen_by_one);
  g_ptr_array_unref (loading->other_versions);
  g_ptr_array_unref (loading->earlier);
  g_array_unref (loading->gold_items);
  g_array_unref (loading->first_items);
  g_hash_table_unref (loading->versions);
  g_hash_table_unref (loading->source_numbers);
  g_free (loading->held);
}

AttestAgreeProject *
attest_agree_project_load (AttestStore *store, const AttestAgreeWish *wish, GError **error)
{
  g_autoptr (AttestAgreeProject) project = attest_agree_project_new ();
  g_auto (AttestAgreeLoading) loading;

  attest_agree_loading_init (&loading, project, store, wish);
  project->unit = wish->gold != NULL ? ATTEST_AGREE_PASSAGE : wish->unit;
  if ((wish->coders != NULL && !attest_agree_choose_coders (&loading, error))
      || !attest_agree_choose_codes (&loading, error) || !attest_agree_code_runs (&loading, error)
      || !load_all (&loading, error))
    return NULL;
  return g_steal_pointer (&project);
}

void
attest_agree_project_free (AttestAgreeProject *project)
{
  if (project == NULL)
    return;
  g_ptr_array_unref (project->sources);
  g_ptr_array_unref (project->coders);
  g_ptr_array_unref (project->codes);
  g_ptr_array_unref (project->items);
  g_ptr_array_unref (project->warnings);
  g_ptr_array_unref (project->run_notes);
  g_ptr_array_unref (project->runs);
  g_array_unref (project->places);
  g_free (project->ratings);
  g_free (project->cluster_of);
  g_free (project->sets);
  g_free (project->sample);
  g_free (project->sample_design);
  g_free (project->weights);
  g_free (project);
}

void
attest_agree_project_set_input (const AttestAgreeProject *project, AttestAgreementInput *input)
{
  input->ratings = (AttestRatings){ .n_items = project->items->len,
                                    .n_coders = project->coders->len,
                                    .n_values = project->n_values,
                                    .n_clusters = project->sources->len,
                                    .values = project->ratings,
                                    .clusters = project->cluster_of };
  input->n_codes = project->codes->len;
  input->sets = project->sets;
  input->item_weights = project->weights;
}
