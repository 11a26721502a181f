#include "config.h"

#include "cli/attest-cli-rerun.h"

#include <string.h>

#include "cli/attest-progress.h"
#include "model/attest-coding-digest.h"
#include "report/attest-report.h"
#include "util/attest-limits.h"
#include "util/attest-pipeline.h"

/* Names of sources in a sentence. */
#define MAX_NAMED 5

AttestRerun *
attest_rerun_new (AttestStore *store, gint64 id, GError **error)
{
  g_autoptr (AttestRerun) rerun = g_new0 (AttestRerun, 1);
  g_autoptr (AttestCodebookInfo) codebook = g_new0 (AttestCodebookInfo, 1);

  rerun->info = attest_store_get_run (store, id, error);
  if (rerun->info == NULL)
    return NULL;
  if (rerun->info->options != NULL && strcmp (rerun->info->options, ATTEST_RUN_ALL_ROLES) != 0)
    return attest_throw_null (error, ATTEST_ERROR_CODEBOOK,
                              "run %" G_GINT64_FORMAT " was made with '%s', which this attest does "
                              "not know: a newer one made it",
                              id, rerun->info->options);
  codebook->id = rerun->info->codebook_id;
  codebook->name = g_strdup (rerun->info->codebook);
  rerun->codebook = attest_cli_load_kept_codebook (store, codebook, error);
  if (rerun->codebook == NULL)
    return NULL;
  rerun->sources = attest_store_list_run_sources (store, id, error);
  if (rerun->sources == NULL)
    return NULL;
  rerun->states = g_new0 (AttestRerunState, rerun->sources->len + 1);
  rerun->n_by[ATTEST_RERUN_NOT_YET] = rerun->sources->len;
  return g_steal_pointer (&rerun);
}

void
attest_rerun_free (AttestRerun *rerun)
{
  if (rerun == NULL)
    return;
  attest_run_info_free (rerun->info);
  attest_codebook_unref (rerun->codebook);
  g_clear_pointer (&rerun->sources, g_ptr_array_unref);
  g_free (rerun->states);
  g_free (rerun);
}

/* ---- texts ---- */

static AttestDocument *
read_again (AttestStore *store, const AttestRunSource *source, AttestDocument *kept,
            AttestLanguageGuesser *guesser, GError **error)
{
  g_autoptr (AttestSourceInfo) info = attest_store_get_source (store, source->source, error);
  g_autoptr (GBytes) original
      = info != NULL ? attest_store_get_version_original (store, source->version_id, error) : NULL;
  g_autoptr (AttestDocument) doc = NULL;

  if (original == NULL)
    return NULL;
  g_free (info->path);
  info->path = g_strdup (kept->path);
  g_free (info->reader);
  info->reader = g_strdup (kept->reader);
  if (!source->is_struck)
    doc = attest_cli_reread (info, original, guesser, error);
  if (doc != NULL && strcmp (doc->text_sha256, kept->text_sha256) == 0)
    return g_steal_pointer (&doc);
  if (doc != NULL || source->is_struck)
    attest_throw (error, ATTEST_ERROR_INPUT, "version %u of '%s' cannot be read any more as it was",
                  source->version, source->source);
  return NULL;
}

AttestDocument *
attest_cli_load_version (AttestStore *store, const AttestRunSource *source,
                         AttestLanguageGuesser *guesser, GError **error)
{
  g_autoptr (AttestDocument) doc = attest_store_get_version (store, source->version_id, error);

  if (doc == NULL || doc->turns->len > 0 || doc->length_bytes == 0)
    return g_steal_pointer (&doc);
  return read_again (store, source, doc, guesser, error);
}

/* ---- coding ---- */

typedef struct
{
  AttestRerun *rerun;
  AttestStore *store;
  AttestCoderWorker **workers;
  AttestLanguageGuesser *guesser;
  const char **codes;
  guint next;
  AttestRerunFunc func;
  gpointer data;
  AttestProgress progress;
} Run;

typedef struct
{
  guint number;
  AttestDocument *doc; /* NULL: gone */
  AttestCoding *coding;
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  attest_document_free (item->doc);
  attest_coding_free (item->coding);
  g_free (item);
}

static gpointer
next_source (gpointer data, guint64 *out_cost, GError **error)
{
  Run *run = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (AttestDocument) doc = NULL;
  Item *item;

  if (run->next >= run->rerun->sources->len)
    return NULL;
  doc = attest_cli_load_version (run->store, attest_rerun_source (run->rerun, run->next),
                                 run->guesser, &local);
  /* What is wrong with the project ends the work; what cannot be read is told of this source. */
  if (doc == NULL && g_error_matches (local, ATTEST_ERROR, ATTEST_ERROR_STORE))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  item = g_new0 (Item, 1);
  item->number = run->next++;
  item->doc = g_steal_pointer (&doc);
  *out_cost = item->doc != NULL ? item->doc->length_bytes : 0;
  return item;
}

static gpointer
code_source (gpointer data, guint worker, gpointer user_data)
{
  Item *item = data;
  Run *run = user_data;

  if (item->doc != NULL)
    item->coding = attest_coder_code (run->workers[worker], item->doc);
  return item;
}

static AttestRerunState
judge (const Run *run, const Item *item)
{
  const AttestRunSource *source = attest_rerun_source (run->rerun, item->number);
  g_autofree char *digest = NULL;

  if (item->doc == NULL)
    return ATTEST_RERUN_GONE;
  if (source->digest == NULL)
    return source->is_struck ? ATTEST_RERUN_STRUCK : ATTEST_RERUN_UNPROVED;
  digest = attest_coding_dup_digest (item->coding, run->codes);
  if (strcmp (digest, source->digest) == 0)
    return ATTEST_RERUN_SAME;
  return source->is_struck ? ATTEST_RERUN_STRUCK : ATTEST_RERUN_OTHER;
}

static gint64
count_incomplete (const AttestCoding *coding)
{
  g_autoptr (GHashTable) turns = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < coding->incomplete->len; i++)
    g_hash_table_add (
        turns, GUINT_TO_POINTER (g_array_index (coding->incomplete, AttestIncomplete, i).turn));
  return g_hash_table_size (turns);
}

static gboolean
take_source (gpointer data, gpointer user_data, GError **error)
{
  Item *item = data;
  Run *run = user_data;
  AttestRerun *rerun = run->rerun;
  AttestRerunState state = judge (run, item);
  gboolean ok = TRUE;

  rerun->states[item->number] = state;
  rerun->n_by[state]++;
  rerun->n_by[ATTEST_RERUN_NOT_YET]--;
  if (item->coding != NULL)
    {
      rerun->segments += item->coding->segments->len;
      rerun->turns += item->coding->coded_turns;
      rerun->incomplete += count_incomplete (item->coding);
      ok = run->func == NULL
           || run->func (rerun, item->number, item->doc, item->coding, run->data, error);
    }
  attest_progress_step (&run->progress);
  item_free (item);
  return ok;
}

gboolean
attest_rerun_code (AttestRerun *rerun, AttestInvocation *inv, AttestStore *store, int jobs,
                   AttestRerunFunc func, gpointer data, GError **error)
{
  static const AttestPipelineFuncs funcs = { next_source, code_source, take_source, item_free };
  AttestCoderOptions options = { .all_roles = rerun->info->options != NULL };
  g_autoptr (AttestCoder) coder = attest_coder_new (rerun->codebook, &options);
  g_autofree const char **codes = g_new0 (const char *, rerun->codebook->codes->len + 1);
  Run run = { .rerun = rerun, .store = store, .codes = codes, .func = func, .data = data };
  guint n_jobs = attest_cli_jobs (jobs);
  gboolean ok;

  for (guint i = 0; i < rerun->codebook->codes->len; i++)
    codes[i] = attest_codebook_code (rerun->codebook, i)->id;
  run.guesser = attest_language_guesser_new ();
  run.workers = g_new (AttestCoderWorker *, n_jobs);
  for (guint i = 0; i < n_jobs; i++)
    run.workers[i] = attest_coder_worker_new (coder);
  attest_progress_start (&run.progress, inv, "coding again", rerun->sources->len);
  ok = attest_pipeline_run (&funcs, &run, n_jobs, ATTEST_MAX_QUEUED_BYTES, error);
  attest_progress_end (&run.progress);
  for (guint i = 0; i < n_jobs; i++)
    attest_coder_worker_free (run.workers[i]);
  g_free (run.workers);
  attest_language_guesser_free (run.guesser);
  return ok;
}

/* ---- what is to be said ---- */

/* Of a run of which nothing was noted, the number of turns is known all the same. */
static gboolean
has_other_turns (const AttestRerun *rerun)
{
  return !rerun->info->is_noted && rerun->n_by[ATTEST_RERUN_STRUCK] == 0
         && rerun->turns != rerun->info->turns;
}

const char *
attest_rerun_get_proof (const AttestRerun *rerun)
{
  if (rerun->n_by[ATTEST_RERUN_OTHER] + rerun->n_by[ATTEST_RERUN_GONE] > 0
      || has_other_turns (rerun))
    return "different";
  if (!rerun->info->is_noted
      || rerun->n_by[ATTEST_RERUN_UNPROVED] + rerun->n_by[ATTEST_RERUN_STRUCK] > 0)
    return NULL;
  return "same";
}

/* "2 sources (a, b)" */
static char *
dup_sources (const AttestRerun *rerun, AttestRerunState state)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < rerun->sources->len; i++)
    if (rerun->states[i] == state && n++ < MAX_NAMED)
      g_string_append_printf (text, "%s%s", n > 1 ? ", " : "",
                              attest_rerun_source (rerun, i)->source);
  return g_strdup_printf ("%u source%s (%s%s)", n, n == 1 ? "" : "s", text->str,
                          n > MAX_NAMED ? ", …" : "");
}

/* By which programs it was made then and now, as far as they differ. */
static char *
dup_makers (const AttestRerun *rerun)
{
  const AttestRunInfo *info = rerun->info;
  g_autofree char *libraries = attest_coder_dup_libraries ();

  if (strcmp (info->tool_version, PACKAGE_VERSION) == 0
      && (info->libraries == NULL || strcmp (info->libraries, libraries) == 0))
    return g_strdup_printf ("attest %s%s%s made it, too; 'attest verify' tells whether the project "
                            "was altered",
                            PACKAGE_VERSION, info->libraries != NULL ? " with " : "",
                            info->libraries != NULL ? libraries : "");
  return g_strdup_printf ("it was made by attest %s%s%s, and this is attest %s with %s",
                          info->tool_version, info->libraries != NULL ? " with " : "",
                          info->libraries != NULL ? info->libraries : "", PACKAGE_VERSION,
                          libraries);
}

static void
remark_on_others (const AttestRerun *rerun, GPtrArray *remarks)
{
  g_autofree char *makers = dup_makers (rerun);
  gint64 id = rerun->info->id;

  if (rerun->n_by[ATTEST_RERUN_OTHER] > 0)
    {
      g_autofree char *sources = dup_sources (rerun, ATTEST_RERUN_OTHER);

      g_ptr_array_add (
          remarks,
          g_strdup_printf ("Run %" G_GINT64_FORMAT " is not what it was: in %s other segments are "
                           "found now than then (%" G_GINT64_FORMAT " now, %" G_GINT64_FORMAT
                           " then, in all); %s. Figures are of what is found now.",
                           id, sources, rerun->segments, rerun->info->segments, makers));
    }
  if (has_other_turns (rerun))
    g_ptr_array_add (remarks,
                     g_strdup_printf ("Run %" G_GINT64_FORMAT " is not what it was: it searched "
                                      "%" G_GINT64_FORMAT " turns, now %" G_GINT64_FORMAT "; %s.",
                                      id, rerun->info->turns, rerun->turns, makers));
  if (rerun->n_by[ATTEST_RERUN_GONE] > 0)
    {
      g_autofree char *sources = dup_sources (rerun, ATTEST_RERUN_GONE);

      g_ptr_array_add (remarks, g_strdup_printf ("Run %" G_GINT64_FORMAT ": the text of %s cannot "
                                                 "be read any more as it was, and is left out.",
                                                 id, sources));
    }
}

GPtrArray *
attest_rerun_list_remarks (const AttestRerun *rerun)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func (g_free);
  gint64 id = rerun->info->id;

  remark_on_others (rerun, remarks);
  if (rerun->n_by[ATTEST_RERUN_STRUCK] > 0)
    {
      g_autofree char *sources = dup_sources (rerun, ATTEST_RERUN_STRUCK);

      g_ptr_array_add (remarks,
                       g_strdup_printf ("Run %" G_GINT64_FORMAT " searched what respondents said "
                                        "who have withdrawn since, in %s: their words are left "
                                        "out, and the rest cannot be shown to be the same.",
                                        id, sources));
    }
  if (!rerun->info->is_noted)
    g_ptr_array_add (
        remarks, g_strdup_printf ("Run %" G_GINT64_FORMAT " is of a time when attest did not note "
                                  "what runs search and find: it is made again from the texts that "
                                  "were there then, and nobody can say whether it is the same.",
                                  id));
  else if (rerun->n_by[ATTEST_RERUN_UNPROVED] > 0)
    {
      g_autofree char *sources = dup_sources (rerun, ATTEST_RERUN_UNPROVED);

      g_ptr_array_add (remarks,
                       g_strdup_printf ("Run %" G_GINT64_FORMAT ": what it found in %s was not "
                                        "noted by the attest of then, so that nobody can say "
                                        "whether it is the same.",
                                        id, sources));
    }
  if (rerun->incomplete > 0)
    g_ptr_array_add (remarks, g_strdup_printf ("A limit stopped run %" G_GINT64_FORMAT
                                               " in %" G_GINT64_FORMAT
                                               " turns, where it may have missed codes.",
                                               id, rerun->incomplete));
  return remarks;
}
