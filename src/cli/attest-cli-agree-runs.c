/* Runs as coders: what each found, found again, and in which texts they can be compared. */
#include "cli/attest-cli-agree-project-private.h"

#include <string.h>

/* Names of sources in a sentence. */
#define MAX_NAMED 5

/* What a run found in a source. */
typedef struct
{
  gint64 version_id;
  guint version;
  const AttestRunSource *source; /* borrowed from the run */
  GArray *segments;              /* of AttestAgreeFound, by start */
} Text;

struct _AttestAgreeRun
{
  AttestRerun *rerun;
  GHashTable *texts; /* label → Text; without those that are gone */
  gint64 n_asked;    /* segments in what interviewers say, which is left out */
};

static void
text_free (gpointer data)
{
  g_array_unref (((Text *)data)->segments);
  g_free (data);
}

void
attest_agree_run_free (gpointer data)
{
  AttestAgreeRun *run = data;

  attest_rerun_free (run->rerun);
  g_hash_table_unref (run->texts);
  g_free (run);
}

static AttestAgreeRun *
run_at (const AttestAgreeLoading *loading, guint i)
{
  return g_ptr_array_index (loading->runs, i);
}

static const Text *
find_text (const AttestAgreeRun *run, const char *label)
{
  return g_hash_table_lookup (run->texts, label);
}

/* ---- which ---- */

static gboolean
parse_number (const char *text, gint64 *out_id, GError **error)
{
  return g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, out_id, NULL)
         || attest_throw (error, ATTEST_ERROR_USAGE,
                          "--run %s: give the number of a run; 'attest runs' lists them", text);
}

gboolean
attest_agree_add_runs (AttestAgreeLoading *loading, GPtrArray *codebooks, GError **error)
{
  const char *const *wanted = loading->wish->runs;

  loading->first_run = loading->project->coders->len;
  for (guint i = 0; wanted != NULL && wanted[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      AttestRerun *rerun;
      AttestAgreeRun *run;
      gint64 id;

      if (!parse_number (wanted[i], &id, error))
        return FALSE;
      name = g_strdup_printf ("run %" G_GINT64_FORMAT, id);
      if (g_ptr_array_find_with_equal_func (loading->project->coders, name, (GEqualFunc)g_str_equal,
                                            NULL))
        return attest_throw (error, ATTEST_ERROR_USAGE, "%s is named twice", name);
      rerun = attest_rerun_new (loading->store, id, error);
      if (rerun == NULL)
        return FALSE;
      run = g_new0 (AttestAgreeRun, 1);
      run->rerun = rerun;
      run->texts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, text_free);
      g_ptr_array_add (loading->runs, run);
      g_ptr_array_add (loading->names, g_strdup (rerun->info->codebook));
      g_ptr_array_add (loading->project->coders, g_steal_pointer (&name));
      g_ptr_array_add (codebooks, attest_codebook_ref (rerun->codebook));
    }
  return TRUE;
}

/* ---- what they found ---- */

typedef struct
{
  AttestAgreeLoading *loading;
  guint number; /* of the run */
} Taking;

static gboolean
take_text (const AttestRerun *rerun, guint i, const AttestDocument *doc, const AttestCoding *coding,
           gpointer data, GError **error)
{
  const Taking *taking = data;
  AttestAgreeRun *run = run_at (taking->loading, taking->number);
  g_autoptr (AttestCharMap) map = attest_char_map_new (doc->text, doc->length_bytes);
  Text *text = g_new0 (Text, 1);

  text->source = attest_rerun_source (rerun, i);
  text->version_id = text->source->version_id;
  text->version = text->source->version;
  text->segments = g_array_new (FALSE, FALSE, sizeof (AttestAgreeFound));
  g_hash_table_insert (run->texts, text->source->source, text);
  for (guint k = 0; k < coding->segments->len; k++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, k);
      AttestAgreeFound found = { .turn = segment->turn };

      if (!attest_agree_find_code (taking->loading, taking->loading->first_run + taking->number,
                                   attest_codebook_code (rerun->codebook, segment->code)->id,
                                   &found.code))
        continue;
      if (attest_document_turn_role (doc, segment->turn) == ATTEST_ROLE_INTERVIEWER
          && taking->loading->wish->unit != ATTEST_AGREE_SOURCE)
        {
          run->n_asked++;
          continue;
        }
      found.start = (gint64)attest_char_map_to_char (map, segment->start_byte);
      found.end = (gint64)attest_char_map_to_char (map, segment->end_byte);
      g_array_append_val (text->segments, found);
    }
  return TRUE;
}

static void
note (AttestAgreeLoading *loading, const AttestAgreeRun *run)
{
  const AttestRerun *rerun = run->rerun;
  AttestAgreeRunNote *note = g_new0 (AttestAgreeRunNote, 1);

  note->info = rerun->info;
  note->segments = rerun->segments;
  note->sources = g_hash_table_size (run->texts);
  note->proof = attest_rerun_get_proof (rerun);
  if (g_strcmp0 (note->proof, "different") == 0)
    loading->wish->inv->exit = ATTEST_EXIT_FOUND;
  g_ptr_array_add (loading->project->run_notes, note);
  g_ptr_array_extend_and_steal (loading->project->warnings, attest_rerun_list_remarks (rerun));
  if (run->n_asked > 0)
    g_ptr_array_add (loading->project->warnings,
                     g_strdup_printf ("Run %" G_GINT64_FORMAT " also searched what interviewers "
                                      "say (%s), which is left out, with %" G_GINT64_FORMAT
                                      " segments of the codes compared.",
                                      rerun->info->id, rerun->info->options, run->n_asked));
}

gboolean
attest_agree_code_runs (AttestAgreeLoading *loading, GError **error)
{
  for (guint i = 0; i < loading->runs->len; i++)
    {
      Taking taking = { loading, i };

      if (!attest_rerun_code (run_at (loading, i)->rerun, loading->wish->inv, loading->store,
                              loading->wish->jobs, take_text, &taking, error))
        return FALSE;
      note (loading, run_at (loading, i));
    }
  return TRUE;
}

void
attest_agree_foreach_found (const AttestAgreeLoading *loading, guint coder, const char *label,
                            AttestAgreeFoundFunc func, gpointer data)
{
  const Text *text = find_text (run_at (loading, coder - loading->first_run), label);

  for (guint i = 0; text != NULL && i < text->segments->len; i++)
    func (&g_array_index (text->segments, AttestAgreeFound, i), data);
}

gboolean
attest_agree_run_saw (const AttestAgreeLoading *loading, guint coder, const char *label)
{
  const Text *text = find_text (run_at (loading, coder - loading->first_run), label);
  const gint64 *chosen = g_hash_table_lookup (loading->versions, label);

  if (text == NULL)
    return FALSE;
  /* Passages that people judged are of the newest texts. */
  return chosen != NULL ? text->version_id == *chosen
                        : loading->wish->gold != NULL && text->source->is_current;
}

/* ---- in which texts ---- */

/* How many can be compared in this version. Codebooks and people are of the newest text. */
static guint
count_in_version (const AttestAgreeLoading *loading, const AttestSourceInfo *info,
                  gint64 version_id)
{
  guint n_others
      = loading->first_run
        + (loading->wish->coders != NULL ? g_strv_length ((char **)loading->wish->coders) : 0);
  guint n = version_id == info->version_id ? n_others : 0;

  for (guint i = 0; i < loading->runs->len; i++)
    {
      const Text *text = find_text (run_at (loading, i), info->label);

      n += text != NULL && text->version_id == version_id;
    }
  return n;
}

static void
leave_out (AttestAgreeLoading *loading, const AttestSourceInfo *info)
{
  g_autoptr (GString) who = g_string_new (info->label);
  guint n = loading->first_run > 0 || loading->wish->coders != NULL;

  for (guint i = 0; i < loading->runs->len; i++)
    {
      const AttestAgreeRun *run = run_at (loading, i);
      const Text *text = find_text (run, info->label);

      if (text == NULL)
        continue;
      n++;
      g_string_append_printf (who, "%srun %" G_GINT64_FORMAT ": version %u",
                              who->len > strlen (info->label) ? ", " : " (", run->rerun->info->id,
                              text->version);
    }
  if (n >= 2)
    {
      g_string_append_c (who, ')');
      g_ptr_array_add (loading->other_versions, g_strdup (who->str));
    }
  else
    g_ptr_array_add (loading->seen_by_one, g_strdup (info->label));
}

/* The version that most can be compared in; of several, the newest. */
static const Text *
choose (const AttestAgreeLoading *loading, const AttestSourceInfo *info, guint *out_n)
{
  const Text *best = NULL;
  guint version = info->version;

  *out_n = count_in_version (loading, info, info->version_id);
  for (guint i = 0; i < loading->runs->len; i++)
    {
      const Text *text = find_text (run_at (loading, i), info->label);
      guint n = text != NULL ? count_in_version (loading, info, text->version_id) : 0;

      if (n > *out_n || (n > 0 && n == *out_n && text->version > version))
        {
          best = text;
          *out_n = n;
          version = text->version;
        }
    }
  return best;
}

gboolean
attest_agree_get_text (AttestAgreeLoading *loading, const AttestSourceInfo *info,
                       AttestDocument **out_doc, GError **error)
{
  guint n = 0;
  const Text *text = choose (loading, info, &n);
  gint64 version_id = text != NULL ? text->version_id : info->version_id;

  *out_doc = NULL;
  if (loading->runs->len > 0 && n < 2)
    {
      leave_out (loading, info);
      return TRUE;
    }
  if (text == NULL)
    *out_doc = attest_store_get_document (loading->store, info->label, error);
  else
    {
      AttestLanguageGuesser *guesser = attest_language_guesser_new ();

      *out_doc = attest_cli_load_version (loading->store, text->source, guesser, error);
      attest_language_guesser_free (guesser);
      if (!text->source->is_current)
        g_ptr_array_add (loading->earlier, g_strdup (info->label));
    }
  g_hash_table_insert (loading->versions, g_strdup (info->label),
                       g_memdup2 (&version_id, sizeof version_id));
  return *out_doc != NULL;
}

/* ---- what is to be said ---- */

/* "2 sources (a, b)" */
static char *
dup_list (const GPtrArray *names)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len, MAX_NAMED); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *)names->pdata[i]);
  return g_strdup_printf ("%u source%s (%s%s)", names->len, names->len == 1 ? "" : "s", text->str,
                          names->len > MAX_NAMED ? ", …" : "");
}

static void
warn (AttestAgreeLoading *loading, const GPtrArray *sources, const char *format_before,
      const char *format_after)
{
  g_autofree char *list = NULL;

  if (sources->len == 0)
    return;
  list = dup_list (sources);
  g_ptr_array_add (loading->project->warnings,
                   g_strconcat (format_before, list, format_after, NULL));
}

gboolean
attest_agree_check_texts (AttestAgreeLoading *loading, GError **error)
{
  g_autoptr (GString) who = g_string_new (NULL);

  warn (loading, loading->seen_by_one, "Left out, since fewer than two of them searched it: ", ".");
  warn (loading, loading->other_versions, "Left out, since each searched another version: ", ".");
  warn (loading, loading->earlier, "Compared in an earlier version, which they searched: ", ".");
  if (loading->runs->len == 0 || g_hash_table_size (loading->versions) > 0)
    return TRUE;
  for (guint i = 0; i < loading->runs->len; i++)
    {
      const AttestAgreeRun *run = run_at (loading, i);

      g_string_append_printf (who, "%srun %" G_GINT64_FORMAT " searched %u", i > 0 ? ", " : "",
                              run->rerun->info->id, g_hash_table_size (run->texts));
    }
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "no source was searched by two of them in the same version (%s): 'attest "
                       "code' searches all sources as they are now, and makes another run",
                       who->str);
}
