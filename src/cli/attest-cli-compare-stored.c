#include "cli/attest-cli-compare-stored.h"

#include <string.h>

#include "cli/attest-cli-compare-run.h"
#include "report/attest-report-html.h"

typedef struct
{
  AttestCompareRun run;
  const AttestSharedTexts *shared;
  GPtrArray *stores;    /* of AttestStore, by side */
  GPtrArray *labels;    /* of GHashTable: SHA-256 of the text → label of the source, by side */
  GPtrArray *codebooks; /* of AttestCodebook */
  GPtrArray *names;     /* of char *: of the codebooks in their projects */
  guint n_unknown;      /* segments of codes that the codebook does not have any more */
  guint n_unheard;      /* segments where the first project has an interviewer's turn, or none */
} Comparing;

/* ---- opening ---- */

static GHashTable *
list_labels (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);
  GHashTable *labels;

  if (sources == NULL)
    return NULL;
  labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      g_hash_table_insert (labels, g_strdup (info->text_sha256), g_strdup (info->label));
    }
  return labels;
}

static gboolean
open_side (Comparing *comparing, const char *path, const char *name, GError **error)
{
  AttestReportFilter filter = { .codebook = name };
  AttestStore *store = attest_store_open (path, ATTEST_STORE_IN_PLACE, error);

  if (store == NULL)
    return FALSE;
  g_ptr_array_add (comparing->stores, store);
  g_autoptr (AttestFrequency) frequency = attest_store_report_frequency (store, &filter, error);
  if (frequency == NULL)
    return FALSE;
  AttestCodebook *codebook = attest_cli_load_kept_codebook (store, frequency->codebook, error);
  GHashTable *labels = codebook != NULL ? list_labels (store, error) : NULL;
  if (codebook != NULL)
    g_ptr_array_add (comparing->codebooks, codebook);
  g_ptr_array_add (comparing->names, g_strdup (frequency->codebook->name));
  if (labels != NULL)
    g_ptr_array_add (comparing->labels, labels);
  return labels != NULL;
}

static gboolean
open_sides (Comparing *comparing, const char *codebook, GError **error)
{
  const GPtrArray *projects = comparing->run.wish->projects;

  for (guint i = 0; i < projects->len; i++)
    if (!open_side (comparing, g_ptr_array_index (projects, i), codebook, error))
      return FALSE;
  return TRUE;
}

/* ---- what a project has in a text ---- */

typedef struct
{
  Comparing *comparing;
  guint side;
  AttestCompareItem *item;
  GHashTable *codes, *patterns; /* id or name → number + 1 */
} Reading;

/* The turn of the first project in which @byte is; its number, or that behind the last one. */
static guint
find_turn (const AttestDocument *doc, gsize byte)
{
  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);

      if (byte >= turn->start_byte && byte < turn->end_byte)
        return attest_document_turn_role (doc, i) == ATTEST_ROLE_INTERVIEWER ? doc->turns->len : i;
    }
  return doc->turns->len;
}

static void
add_hits (const Reading *reading, const AttestStoreSegment *stored, AttestSegment *segment)
{
  AttestCoding *coding = reading->item->coding[reading->side];

  segment->first_hit = coding->hits->len;
  for (guint i = 0; i < stored->n_hits && stored->hits != NULL; i++)
    {
      const AttestStoreHit *hit = &stored->hits[i];
      guint pattern = GPOINTER_TO_UINT (g_hash_table_lookup (reading->patterns, hit->rule));
      AttestHit new = { pattern - 1, (gsize)hit->start_byte, (gsize)hit->end_byte };

      if (pattern > 0)
        g_array_append_val (coding->hits, new);
    }
  segment->n_hits = coding->hits->len - segment->first_hit;
}

/* What people said of it. */
static void
add_decision (const Reading *reading, const AttestStoreSegment *stored, guint code)
{
  gboolean is_rejected = strcmp (stored->status, "rejected") == 0;
  AttestCompareDecision decision
      = { reading->side, code, stored->start_byte, stored->end_byte,
          is_rejected                                                       ? "rejected"
          : stored->origin != NULL && strcmp (stored->origin, "human") == 0 ? "marked"
                                                                            : "accepted" };

  if (is_rejected || stored->coder != NULL)
    g_array_append_val (reading->item->decisions, decision);
}

static gboolean
take_segment (const AttestStoreSegment *stored, gpointer data, GError **error)
{
  Reading *reading = data;
  guint code = GPOINTER_TO_UINT (g_hash_table_lookup (reading->codes, stored->code));
  guint turn = find_turn (reading->item->doc, (gsize)stored->start_byte);
  AttestSegment segment = { .turn = turn,
                            .code = code - 1,
                            .start_byte = (gsize)stored->start_byte,
                            .end_byte = (gsize)stored->end_byte };

  if (code == 0 || turn == reading->item->doc->turns->len)
    {
      reading->comparing->n_unknown += code == 0;
      reading->comparing->n_unheard += code > 0;
      return TRUE;
    }
  add_decision (reading, stored, code - 1);
  if (strcmp (stored->status, "rejected") == 0)
    return TRUE;
  add_hits (reading, stored, &segment);
  g_array_append_val (reading->item->coding[reading->side]->segments, segment);
  return TRUE;
}

static GHashTable *
number_names (char *const *names, guint n)
{
  GHashTable *numbers = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (numbers, names[i], GUINT_TO_POINTER (i + 1));
  return numbers;
}

static gboolean
read_side (Comparing *comparing, guint side, const char *label, AttestCompareItem *item,
           GError **error)
{
  const AttestCompareSide *info = attest_comparison_side (comparing->run.comparison, side);
  g_autoptr (GHashTable) codes = number_names (info->codes, info->n_codes);
  g_autoptr (GHashTable) patterns = number_names (info->patterns, info->n_patterns);
  AttestSegmentFilter filter = { .codebook = g_ptr_array_index (comparing->names, side),
                                 .source = label,
                                 .with_hits = TRUE };
  Reading reading = { comparing, side, item, codes, patterns };

  item->coding[side] = attest_coding_new ();
  return attest_store_foreach_segment (g_ptr_array_index (comparing->stores, side), &filter,
                                       take_segment, &reading, error);
}

static gboolean
compare_text (Comparing *comparing, const AttestSourceInfo *info, GError **error)
{
  AttestCompareRun *run = &comparing->run;
  AttestCompareItem *item = g_new0 (AttestCompareItem, 1);
  gboolean ok;

  item->label = g_strdup (info->label);
  item->doc
      = attest_store_get_document (g_ptr_array_index (comparing->stores, 0), info->label, error);
  item->coding = g_new0 (AttestCoding *, run->setup.n_sides + 1);
  item->decisions = g_array_new (FALSE, FALSE, sizeof (AttestCompareDecision));
  ok = item->doc != NULL;
  for (guint side = 0; ok && side < run->setup.n_sides; side++)
    {
      const char *label
          = g_hash_table_lookup (g_ptr_array_index (comparing->labels, side), info->text_sha256);

      ok = read_side (comparing, side, label, item, error);
    }
  if (!ok)
    {
      attest_compare_item_free (item);
      return FALSE;
    }
  attest_compare_code (&run->setup, run->workers[0], item);
  attest_compare_run_take (run, item);
  return TRUE;
}

/* ---- all of them ---- */

static void
describe_projects (Comparing *comparing)
{
  AttestComparison *comparison = comparing->run.comparison;

  for (guint i = 0; i < comparing->stores->len; i++)
    {
      AttestCompareSide *side = attest_comparison_side (comparison, i);

      side->project = g_strdup (g_ptr_array_index (comparing->run.wish->projects, i));
      side->project_title
          = attest_report_dup_project_title (g_ptr_array_index (comparing->stores, i), NULL);
    }
}

static void
add_warnings (const Comparing *comparing)
{
  GPtrArray *warnings = comparing->run.comparison->warnings;

  if (comparing->n_unknown > 0)
    g_ptr_array_add (warnings,
                     g_strdup_printf ("Segments left out because their code is not in the codebook "
                                      "any more: %u.",
                                      comparing->n_unknown));
  if (comparing->n_unheard > 0)
    g_ptr_array_add (warnings,
                     g_strdup_printf ("Segments left out because the first project takes what was "
                                      "said there for the interviewer's, or for nobody's: %u.",
                                      comparing->n_unheard));
}

static gboolean
compare_texts (Comparing *comparing, GError **error)
{
  AttestCompareRun *run = &comparing->run;
  AttestStore *store = g_ptr_array_index (comparing->stores, 0);
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);

  if (sources == NULL || !attest_compare_run_begin (run, store, error))
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      if (!attest_shared_texts_in_all (comparing->shared, info->text_sha256))
        continue;
      if (!compare_text (comparing, info, error))
        return FALSE;
      attest_compare_run_count (run, info);
    }
  for (guint i = 0; i < comparing->stores->len; i++)
    if (!attest_store_check_unchanged (g_ptr_array_index (comparing->stores, i), error))
      return FALSE;
  return attest_compare_run_end (run);
}

AttestComparison *
attest_cli_compare_stored (AttestInvocation *inv, const AttestCompareWish *wish,
                           const AttestSharedTexts *shared, const char *codebook, GError **error)
{
  g_autoptr (AttestComparison) comparison = attest_comparison_new ();
  g_autoptr (GPtrArray) stores = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_store_free);
  g_autoptr (GPtrArray) labels
      = g_ptr_array_new_with_free_func ((GDestroyNotify)g_hash_table_unref);
  g_autoptr (GPtrArray) codebooks
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_codebook_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  AttestCompareWish stored = *wish;
  Comparing comparing = {
    .shared = shared, .stores = stores, .labels = labels, .codebooks = codebooks, .names = names
  };
  gboolean ok;

  stored.codebooks = codebooks;
  stored.given = wish->projects;
  stored.unit = ATTEST_COMPARE_SENTENCE;
  comparing.run = (AttestCompareRun){ .inv = inv, .wish = &stored, .comparison = comparison };
  ok = open_sides (&comparing, codebook, error)
       && attest_compare_run_set_up (&comparing.run, error);
  if (ok)
    describe_projects (&comparing);
  ok = ok && compare_texts (&comparing, error) && attest_cli_compare_finish (&comparing.run, error);
  add_warnings (&comparing);
  attest_compare_run_tear_down (&comparing.run);
  return ok ? g_steal_pointer (&comparison) : NULL;
}
