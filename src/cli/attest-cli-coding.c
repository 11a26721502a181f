#include "cli/attest-cli-coding.h"

#include <string.h>

#include "cli/attest-progress.h"
#include "reader/attest-reader.h"
#include "util/attest-limits.h"
#include "util/attest-pipeline.h"

AttestCodebook *
attest_cli_load_codebook (const char *file_or_id, GError **error)
{
  g_autoptr (GArray) problems = attest_problems_new ();

  return attest_codebook_load (file_or_id, problems, error);
}

int
attest_cli_find_code (const AttestCodebook *codebook, const char *id, GError **error)
{
  int code = attest_codebook_find_code (codebook, id);

  if (code < 0)
    {
      g_autofree char *message = attest_codebook_dup_no_code (codebook, id);

      attest_throw (error, ATTEST_ERROR_USAGE, "%s", message);
    }
  return code;
}

AttestQualifierSet *
attest_cli_load_qualifiers (AttestInvocation *inv, GError **error)
{
  AttestQualifierSet *set = attest_qualifier_set_load (error);

  if (set != NULL && attest_qualifier_set_get_count (set) == 0)
    attest_cli_complain (inv, "warning: the lists of qualifiers are not installed: polarity, "
                              "certainty, time and holder of segments stay unknown");
  return set;
}

AttestCodebook *
attest_cli_load_kept_codebook (AttestStore *store, const AttestCodebookInfo *info, GError **error)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GBytes) text = attest_store_get_codebook_text (store, info->id, error);

  return text == NULL ? NULL
                      : attest_codebook_parse (info->name, g_bytes_get_data (text, NULL),
                                               g_bytes_get_size (text), problems, error);
}

AttestDocument *
attest_cli_reread (const AttestSourceInfo *info, GBytes *original, AttestLanguageGuesser *guesser,
                   GError **error)
{
  AttestReadOptions read_options = { .encoding = info->given_encoding,
                                     .format = info->reader,
                                     .interviewers = (const char *const *)info->given_interviewers,
                                     .map = (const char *const *)info->given_map };
  AttestDocument *doc = attest_reader_read_bytes (info->path, original, &read_options, error);

  if (doc != NULL && guesser != NULL)
    attest_languages_assign (doc, guesser, info->given_lang);
  return doc;
}

gboolean
attest_cli_check_lang (const char *lang, GError **error)
{
  if (lang == NULL || attest_language_is_code (lang))
    return TRUE;
  return attest_throw (error, ATTEST_ERROR_USAGE, "--lang %s: give a code such as en, fr, es or ru",
                       lang);
}

guint
attest_cli_jobs (int jobs)
{
  return jobs > 0 ? (guint)jobs : attest_pipeline_default_jobs ();
}

void
attest_cli_guessers_init (AttestCliGuessers *guessers, AttestInvocation *inv, guint jobs)
{
  guessers->n = jobs;
  guessers->guessers = g_new (AttestLanguageGuesser *, jobs);
  for (guint i = 0; i < jobs; i++)
    guessers->guessers[i] = attest_language_guesser_new ();
  if (!attest_language_guesser_is_ready (guessers->guessers[0]))
    attest_cli_complain (inv,
                         "warning: the data that languages are told by is not installed: turns "
                         "have no language, and rules of every language are applied");
}

void
attest_cli_guessers_clear (AttestCliGuessers *guessers)
{
  for (guint i = 0; i < guessers->n; i++)
    attest_language_guesser_free (guessers->guessers[i]);
  g_free (guessers->guessers);
}

/* --- what must not pass in silence -------------------------------------------------------- */

void
attest_cli_complain_warnings (AttestInvocation *inv, const AttestDocument *doc)
{
  for (guint i = 0; i < doc->warnings->len; i++)
    {
      const AttestWarning *warning = &g_array_index (doc->warnings, AttestWarning, i);

      if (warning->line > 0)
        attest_cli_complain (inv, "%s:%u: warning: %s", doc->path, warning->line, warning->message);
      else
        attest_cli_complain (inv, "%s: warning: %s", doc->path, warning->message);
    }
  if (doc->warnings_dropped > 0)
    attest_cli_complain (inv, "%s: warning: %u more warnings are not shown", doc->path,
                         doc->warnings_dropped);
}

void
attest_cli_complain_incomplete (AttestInvocation *inv, const char *name,
                                const AttestCodebook *codebook, const AttestCoding *coding)
{
  for (guint i = 0; i < coding->incomplete->len; i++)
    {
      const AttestIncomplete *incomplete = &g_array_index (coding->incomplete, AttestIncomplete, i);

      attest_cli_complain (
          inv, "%s: turn %u: %s was not searched to the end: %s", name, incomplete->turn,
          attest_codebook_pattern (codebook, incomplete->pattern)->name, incomplete->reason);
      inv->exit = MAX (inv->exit, ATTEST_EXIT_LIMIT);
    }
}

void
attest_cli_unruled_init (AttestCliUnruled *unruled)
{
  unruled->turns = g_hash_table_new (g_str_hash, g_str_equal);
}

void
attest_cli_unruled_count (AttestCliUnruled *unruled, const AttestCoder *coder,
                          const AttestDocument *doc)
{
  for (guint i = 0; i < doc->turns->len; i++)
    {
      const char *lang = attest_document_turn (doc, i)->lang;

      if (lang == NULL || attest_document_turn_role (doc, i) == ATTEST_ROLE_INTERVIEWER
          || attest_coder_knows_language (coder, lang))
        continue;
      gpointer count = g_hash_table_lookup (unruled->turns, lang);
      g_hash_table_insert (unruled->turns, (gpointer)lang,
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
    }
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

void
attest_cli_unruled_end (AttestCliUnruled *unruled, AttestInvocation *inv,
                        const AttestCodebook *codebook)
{
  g_autoptr (GList) langs = g_list_sort (g_hash_table_get_keys (unruled->turns), compare_strings);

  for (GList *l = langs; l != NULL; l = l->next)
    attest_cli_complain (inv,
                         "warning: %u turns are in '%s', for which %s has no rules: they stay "
                         "uncoded; if the language is wrong, give it with --lang",
                         GPOINTER_TO_UINT (g_hash_table_lookup (unruled->turns, l->data)),
                         (const char *)l->data, codebook->id);
  g_hash_table_unref (unruled->turns);
}

/* --- coding a project ---------------------------------------------------------------------- */

typedef struct
{
  AttestInvocation *inv;
  AttestCoder *coder;
  AttestCoderWorker **workers;
  GPtrArray *sources; /* of AttestSourceInfo */
  guint next;
  AttestCliUnruled unruled;
  AttestProgress progress;
} CodeRun;

typedef struct
{
  const AttestSourceInfo *source;
  AttestDocument *doc;
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
  CodeRun *run = data;
  Item *item;

  if (run->next >= run->sources->len)
    return NULL;
  item = g_new0 (Item, 1);
  item->source = g_ptr_array_index (run->sources, run->next++);
  item->doc = attest_store_get_document (run->inv->store, item->source->label, error);
  if (item->doc == NULL)
    {
      item_free (item);
      return NULL;
    }
  *out_cost = item->doc->length_bytes;
  return item;
}

static gpointer
code_source (gpointer data, guint worker, gpointer user_data)
{
  Item *item = data;
  CodeRun *run = user_data;

  item->coding = attest_coder_code (run->workers[worker], item->doc);
  return item;
}

static gboolean
store_source (gpointer data, gpointer user_data, GError **error)
{
  Item *item = data;
  CodeRun *run = user_data;
  gboolean ok = attest_store_add_coding (run->inv->store, item->source->label, item->doc,
                                         item->coding, error);

  attest_cli_complain_incomplete (run->inv, item->source->label,
                                  attest_coder_get_codebook (run->coder), item->coding);
  attest_cli_unruled_count (&run->unruled, run->coder, item->doc);
  attest_progress_step (&run->progress);
  item_free (item);
  return ok;
}

static gboolean
begin_run (AttestInvocation *inv, const AttestCodebook *codebook,
           const AttestCliCodeOptions *options, GError **error)
{
  g_autofree AttestStoreCode *codes = g_new (AttestStoreCode, codebook->codes->len + 1);
  g_autofree const char **patterns = g_new (const char *, codebook->patterns->len + 1);
  g_autofree char *libraries = attest_coder_dup_libraries ();
  AttestRunSpec spec = { .codes = codes,
                         .n_codes = codebook->codes->len,
                         .patterns = patterns,
                         .n_patterns = codebook->patterns->len,
                         .options = options->codes_only        ? ATTEST_RUN_CODES_ONLY
                                    : options->coder.all_roles ? ATTEST_RUN_ALL_ROLES
                                                               : NULL,
                         .libraries = libraries };

  for (guint i = 0; i < codebook->codes->len; i++)
    {
      const AttestCode *code = attest_codebook_code (codebook, i);

      g_autofree char *langs = attest_codebook_dup_rule_langs (codebook, code);
      g_autofree char *asked_langs = attest_codebook_dup_asked_langs (codebook, code);

      codes[i] = (AttestStoreCode){ code->id, attest_local_text_get (code->name, NULL),
                                    attest_codebook_dimension (codebook, code->dimension)->id,
                                    g_intern_string (langs), g_intern_string (asked_langs) };
    }
  for (guint i = 0; i < codebook->patterns->len; i++)
    patterns[i] = attest_codebook_pattern (codebook, i)->name;
  return attest_store_add_codebook (inv->store, codebook->id, codebook->version, codebook->title,
                                    codebook->sha256, codebook->text, codebook->length_bytes,
                                    &spec.codebook_id, error)
         && attest_store_begin_run (inv->store, &spec, NULL, error);
}

static gboolean
run_pipeline (CodeRun *run, guint jobs, GError **error)
{
  static const AttestPipelineFuncs funcs = { next_source, code_source, store_source, item_free };
  gboolean ok;

  run->workers = g_new (AttestCoderWorker *, jobs);
  for (guint i = 0; i < jobs; i++)
    run->workers[i] = attest_coder_worker_new (run->coder);
  attest_progress_start (&run->progress, run->inv, "coding", run->sources->len);
  ok = attest_pipeline_run (&funcs, run, jobs, ATTEST_MAX_QUEUED_BYTES, error);
  attest_progress_end (&run->progress);
  for (guint i = 0; i < jobs; i++)
    attest_coder_worker_free (run->workers[i]);
  g_free (run->workers);
  return ok;
}

gboolean
attest_cli_code_project (AttestInvocation *inv, AttestCodebook *codebook,
                         const AttestCliCodeOptions *options, AttestRunResult *out_result,
                         GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (inv->store, error);
  g_autoptr (AttestQualifierSet) qualifiers = NULL;
  g_autoptr (AttestCoder) coder = NULL;
  AttestCoderOptions coder_options = options->coder;
  CodeRun run = { .inv = inv, .sources = sources };
  gboolean ok;

  if (sources == NULL || !begin_run (inv, codebook, options, error))
    return FALSE;
  if (options->codes_only)
    return attest_store_end_run (inv->store, out_result, error);
  coder_options.qualifiers = qualifiers = attest_cli_load_qualifiers (inv, error);
  if (qualifiers == NULL)
    return FALSE;
  run.coder = coder = attest_coder_new (codebook, &coder_options);
  attest_cli_unruled_init (&run.unruled);
  ok = run_pipeline (&run, attest_cli_jobs (options->jobs), error);
  attest_cli_unruled_end (&run.unruled, inv, codebook);
  return ok && attest_store_end_run (inv->store, out_result, error);
}
