#include "cli/attest-cli-compare.h"

#include <string.h>

#include "cli/attest-cli-compare-private.h"
#include "cli/attest-cli-alignment.h"
#include "cli/attest-cli-compare-people.h"
#include "cli/attest-progress.h"
#include "report/attest-disclosure.h"
#include "report/attest-report.h"
#include "store/attest-store-decision.h"
#include "util/attest-limits.h"
#include "util/attest-pipeline.h"

const char *const attest_compare_units[] = { "sentence", "turn", "source", NULL };

typedef struct
{
  AttestInvocation *inv;
  const AttestCompareWish *wish;
  AttestCompareSetup setup;
  AttestComparison *comparison;
  AttestCompareWorker **workers;
  AttestComparePeople *people;
  GArray *units;  /* of gint64: by source */
  GArray *counts; /* of guint: as AttestContrastInput has them */
  gint64 *cross, *singles[2];
  AttestCliUnruled *unruled; /* by side */
  AttestProgress progress;
  /* The project at hand. */
  AttestStore *store;
  GPtrArray *sources;           /* of AttestSourceInfo */
  GHashTable *rejected;         /* label → GArray of AttestCompareRejected */
  AttestDisclosure *disclosure; /* (nullable) for the public */
  guint next;
} Run;

/* ---- the codebooks ---- */

/* What patterns of different codebooks that do the same for an aligned code have in common. */
static char *
dup_pattern_key (const Run *run, guint side, const AttestCodebookPattern *pattern)
{
  return g_strdup_printf ("%u %d %s", run->setup.alignment->row_of[side][pattern->code],
                          (int)pattern->use, pattern->source);
}

/* Marks the patterns that no other codebook has for an aligned code. */
static void
mark_own (const Run *run, guint number)
{
  const AttestCodebook *codebook = g_ptr_array_index (run->wish->codebooks, number);
  AttestCompareSide *side = attest_comparison_side (run->comparison, number);
  g_autoptr (GHashTable) others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint other = 0; other < run->setup.n_sides; other++)
    {
      const AttestCodebook *from = g_ptr_array_index (run->wish->codebooks, other);

      for (guint i = 0; other != number && i < from->patterns->len; i++)
        g_hash_table_add (others, dup_pattern_key (run, other, attest_codebook_pattern (from, i)));
    }
  for (guint i = 0; i < codebook->patterns->len; i++)
    {
      g_autofree char *key = dup_pattern_key (run, number, attest_codebook_pattern (codebook, i));

      side->is_own[i] = !g_hash_table_contains (others, key);
    }
}

static void
describe_side (const Run *run, guint number)
{
  const AttestCodebook *codebook = g_ptr_array_index (run->wish->codebooks, number);
  AttestCompareSide *side = g_new0 (AttestCompareSide, 1);

  side->given = g_strdup (g_ptr_array_index (run->wish->given, number));
  side->id = g_strdup (codebook->id);
  side->version = g_strdup (codebook->version);
  side->title = g_strdup (codebook->title);
  side->sha256 = g_strdup (codebook->sha256);
  side->n_codes = codebook->codes->len;
  side->n_rules = codebook->rules->len;
  side->n_patterns = codebook->patterns->len;
  side->codes = g_new0 (char *, side->n_codes + 1);
  side->patterns = g_new0 (char *, side->n_patterns + 1);
  side->is_own = g_new0 (gboolean, side->n_patterns + 1);
  for (guint i = 0; i < side->n_codes; i++)
    side->codes[i] = g_strdup (attest_codebook_code (codebook, i)->id);
  for (guint i = 0; i < side->n_patterns; i++)
    side->patterns[i] = g_strdup (attest_codebook_pattern (codebook, i)->name);
  g_ptr_array_add (run->comparison->sides, side);
  mark_own (run, number);
}

static gboolean
set_up (Run *run, GError **error)
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
                         "them by --mapping FILE; --suggest-mapping prints one");
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
      describe_side (run, i);
    }
  run->workers = g_new (AttestCompareWorker *, jobs);
  for (guint i = 0; i < jobs; i++)
    run->workers[i] = attest_compare_worker_new (setup);
  run->comparison->counts = g_new0 (AttestCompareCount, (gsize)setup->n_rows * setup->n_sides + 1);
  run->people = attest_compare_people_new (setup->n_sides, setup->n_rows, run->wish->attribute);
  run->units = g_array_new (FALSE, FALSE, sizeof (gint64));
  run->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  return TRUE;
}

static void
tear_down (Run *run)
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

/* ---- what humans rejected ---- */

static void
clear_rejected (gpointer data)
{
  AttestCompareRejected *rejected = data;

  g_free (rejected->codebook);
  g_free (rejected->code);
}

static void
free_list (gpointer data)
{
  g_array_unref (data);
}

/* Of several decisions about the same, the last counts. */
static gboolean
take_decision (const AttestDecision *decision, gpointer data, GError **error)
{
  GHashTable *lists = data;
  gboolean rejects
      = decision->action == ATTEST_DECISION_REJECT || decision->action == ATTEST_DECISION_RECODE;
  gboolean accepts = decision->action == ATTEST_DECISION_ACCEPT
                     || decision->action == ATTEST_DECISION_MARK
                     || decision->action == ATTEST_DECISION_RECODED;

  if ((!rejects && !accepts) || decision->source == NULL || decision->codebook == NULL
      || decision->code == NULL)
    return TRUE;
  GArray *list = g_hash_table_lookup (lists, decision->source);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const AttestCompareRejected *old = &g_array_index (list, AttestCompareRejected, i);

      if (old->start == decision->start && old->end == decision->end
          && strcmp (old->codebook, decision->codebook) == 0
          && strcmp (old->code, decision->code) == 0)
        {
          if (accepts)
            g_array_remove_index (list, i);
          return TRUE;
        }
    }
  if (accepts)
    return TRUE;
  AttestCompareRejected rejected = { decision->start, decision->end, g_strdup (decision->codebook),
                                     g_strdup (decision->code) };
  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (AttestCompareRejected));
      g_array_set_clear_func (list, clear_rejected);
      g_hash_table_insert (lists, g_strdup (decision->source), list);
    }
  g_array_append_val (list, rejected);
  return TRUE;
}

/* ---- the sources of a project ---- */

static gpointer
next_source (gpointer data, guint64 *out_cost, GError **error)
{
  Run *run = data;

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
  const Run *run = user_data;

  attest_compare_code (&run->setup, run->workers[worker], data);
  return data;
}

/* Its words as the respondent consented, for the public. */
static void
disclose (const Run *run, const AttestCompareItem *item, AttestDifference *difference)
{
  const char *speaker = attest_document_turn_label (item->doc, difference->turn);
  const char *respondent = attest_compare_people_find (run->people, item->label, speaker);
  g_autofree char *quote = g_steal_pointer (&difference->quote);

  difference->quote = attest_disclosure_dup_quote (run->disclosure, NULL, item->label, respondent,
                                                   quote, strlen (quote), NULL);
}

static void
take_differences (Run *run, AttestCompareItem *item)
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
      difference->codes = g_array_new (FALSE, FALSE, sizeof (AttestCompareCode));
      difference->hits = g_array_new (FALSE, FALSE, sizeof (AttestCompareHit));
    }
}

static void
take_counts (Run *run, AttestCompareItem *item)
{
  const AttestCompareSetup *setup = &run->setup;

  g_array_append_val (run->units, item->units);
  g_array_append_vals (run->counts, item->counts, setup->n_rows << setup->n_sides);
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

static gboolean
take_source (gpointer data, gpointer user_data, GError **error)
{
  AttestCompareItem *item = data;
  Run *run = user_data;

  for (guint side = 0; side < run->setup.n_sides; side++)
    {
      attest_cli_complain_incomplete (run->inv, item->label,
                                      g_ptr_array_index (run->wish->codebooks, side),
                                      item->coding[side]);
      attest_cli_unruled_count (&run->unruled[side], run->setup.coders[side], item->doc);
    }
  g_ptr_array_add (run->comparison->source_names,
                   g_strdup (run->disclosure != NULL
                                 ? attest_disclosure_get_source (run->disclosure, item->label)
                                 : item->label));
  run->comparison->rejected += item->n_rejected;
  take_counts (run, item);
  attest_compare_people_add (run->people, item);
  take_differences (run, item);
  attest_progress_step (&run->progress);
  attest_compare_item_free (item);
  return TRUE;
}

/* ---- projects, one after another ---- */

static gboolean
open_disclosure (Run *run, GError **error)
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
close_disclosure (Run *run)
{
  char *note = run->disclosure != NULL ? attest_disclosure_dup_note (run->disclosure) : NULL;

  if (note != NULL)
    g_ptr_array_add (run->comparison->warnings, note);
  g_clear_pointer (&run->disclosure, attest_disclosure_free);
  return TRUE;
}

static gboolean
code_project (Run *run, const char *path, GError **error)
{
  static const AttestPipelineFuncs funcs
      = { next_source, code_source, take_source, attest_compare_item_free };
  g_autoptr (AttestStore) store = attest_store_open (path, ATTEST_STORE_IN_PLACE, error);
  g_autoptr (GPtrArray) sources = store != NULL ? attest_store_list_sources (store, error) : NULL;
  g_autoptr (GHashTable) rejected
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_list);
  AttestCompareProject project = { .path = g_strdup (path) };

  if (sources == NULL
      || !attest_store_foreach_decision (store, NULL, take_decision, rejected, error)
      || !attest_compare_people_begin (run->people, store, error))
    {
      g_free (project.path);
      return FALSE;
    }
  project.title = attest_store_dup_meta (store, "title", NULL);
  project.sources = sources->len;
  for (guint i = 0; i < sources->len; i++)
    project.words += ((const AttestSourceInfo *)g_ptr_array_index (sources, i))->words;
  g_array_append_val (run->comparison->projects, project);
  run->comparison->sources += project.sources;
  run->store = store;
  run->sources = sources;
  run->rejected = rejected;
  run->next = 0;
  return open_disclosure (run, error)
         && attest_pipeline_run (&funcs, run, run->wish->jobs, ATTEST_MAX_QUEUED_BYTES, error)
         && close_disclosure (run);
}

static gboolean
code_projects (Run *run, GError **error)
{
  gboolean ok = TRUE;

  attest_progress_start (&run->progress, run->inv, "comparing", 0);
  for (guint i = 0; ok && i < run->wish->projects->len; i++)
    ok = code_project (run, g_ptr_array_index (run->wish->projects, i), error);
  attest_progress_end (&run->progress);
  return ok;
}

static void
contrast (Run *run)
{
  guint n_rows = run->setup.n_rows;
  g_autofree guint *sides = g_new0 (guint, n_rows + 1);
  AttestContrastInput input = { .n_sides = run->setup.n_sides,
                                .n_codes = n_rows,
                                .n_clusters = run->units->len,
                                .units = (const gint64 *)(gpointer)run->units->data,
                                .counts = (const guint *)(gpointer)run->counts->data,
                                .sides = sides,
                                .rounds = run->wish->rounds,
                                .jobs = run->wish->jobs,
                                .seed = run->wish->seed };

  for (guint i = 0; i < n_rows; i++)
    sides[i] = attest_alignment_row (run->setup.alignment, i)->sides;
  run->comparison->contrast = attest_contrast_compute (&input);
}

static gboolean
compare (Run *run, GError **error)
{
  if (!set_up (run, error) || !code_projects (run, error))
    return FALSE;
  if (run->comparison->sources == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "there is nothing to compare: the project%s no sources; take them in by "
                         "'attest ingest'",
                         run->wish->projects->len == 1 ? " has" : "s have");
  run->comparison->unit = attest_compare_units[run->wish->unit];
  run->comparison->min_group = run->wish->min_group;
  run->comparison->rounds = run->wish->rounds;
  run->comparison->seed = run->wish->seed;
  contrast (run);
  return attest_compare_people_finish (run->people, run->comparison, error);
}

AttestComparison *
attest_cli_compare (AttestInvocation *inv, const AttestCompareWish *wish, GError **error)
{
  g_autoptr (AttestComparison) comparison = attest_comparison_new ();
  Run run = { .inv = inv, .wish = wish, .comparison = comparison };
  gboolean ok = compare (&run, error);

  tear_down (&run);
  return ok ? g_steal_pointer (&comparison) : NULL;
}

/* ---- one codebook ---- */

static void
foreach_source (const Run *run, AttestComparedUnitFunc func, gpointer data)
{
  guint n_rows = run->setup.n_rows, source = 0;
  g_autofree guint *with = g_new0 (guint, n_rows + 1);

  for (guint project = 0; project < run->comparison->projects->len; project++)
    for (gint64 i
         = g_array_index (run->comparison->projects, AttestCompareProject, project).sources;
         i > 0; i--, source++)
      {
        AttestComparedUnit unit = { project, NULL, with };

        /* Sets of sides are none, and the one that there is. */
        for (guint row = 0; row < n_rows; row++)
          with[row] = g_array_index (run->counts, guint, (source * n_rows + row) * 2 + 1);
        func (&unit, data);
      }
}

gboolean
attest_cli_compare_foreach_unit (AttestInvocation *inv, const AttestCompareWish *wish,
                                 AttestComparedUnitFunc func, gpointer data, GError **error)
{
  g_autoptr (AttestComparison) comparison = attest_comparison_new ();
  Run run = { .inv = inv, .wish = wish, .comparison = comparison };
  gboolean ok = set_up (&run, error) && code_projects (&run, error);

  if (ok && wish->unit == ATTEST_COMPARE_SOURCE)
    foreach_source (&run, func, data);
  else if (ok)
    ok = attest_compare_people_foreach (run.people, func, data, error);
  tear_down (&run);
  return ok;
}

/* ---- a mapping ---- */

/* Codes that share less are left to the reader. */
#define LEAST_OVERLAP .1

static void
add_suggestions (const Run *run, AttestTable *table)
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
  Run run = { .inv = inv, .wish = wish, .comparison = comparison };
  AttestTable *table = NULL;

  run.setup.with_cross = TRUE;
  run.cross = g_new0 (gint64, (gsize)a->codes->len * b->codes->len + 1);
  run.singles[0] = g_new0 (gint64, a->codes->len + 1);
  run.singles[1] = g_new0 (gint64, b->codes->len + 1);
  if (set_up (&run, error) && code_projects (&run, error))
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
  tear_down (&run);
  return table;
}
