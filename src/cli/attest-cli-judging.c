#include "cli/attest-cli-judging.h"

#include <string.h>

#include "cli/attest-cli-review.h"
#include "store/attest-store-judgement.h"
#include "util/attest-error.h"

void
attest_judging_free (AttestJudging *judging)
{
  if (judging == NULL)
    return;
  g_clear_pointer (&judging->sample, attest_sample_free);
  g_free (judging->coder);
  g_strfreev (judging->codes);
  g_strfreev (judging->names);
  g_clear_pointer (&judging->given, g_hash_table_unref);
  g_clear_pointer (&judging->done, g_hash_table_unref);
  g_free (judging);
}

/* ---- what is judged ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
add_given (AttestJudging *judging, const char *id, const char *code)
{
  GPtrArray *codes = g_hash_table_lookup (judging->given, id);

  if (codes == NULL)
    {
      codes = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (judging->given, g_strdup (id), codes);
    }
  g_ptr_array_add (codes, g_strdup (code));
  g_ptr_array_sort (codes, compare_names);
}

gboolean
attest_judging_reload (AttestJudging *judging, AttestStore *store, GError **error)
{
  const char *codebook = judging->sample->codebook;
  g_autoptr (GPtrArray) judgements = attest_store_list_judgements (store, codebook, error);
  g_autoptr (GPtrArray) judged
      = judgements != NULL ? attest_store_list_judged (store, codebook, error) : NULL;

  judging->store = store;
  g_clear_pointer (&judging->given, g_hash_table_unref);
  g_clear_pointer (&judging->done, g_hash_table_unref);
  judging->given
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  judging->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (judged == NULL)
    return FALSE;
  for (guint i = 0; i < judgements->len; i++)
    {
      const AttestJudgement *judgement = judgements->pdata[i];

      if (judgement->agreed == NULL && judgement->holds
          && strcmp (judgement->coder, judging->coder) == 0)
        add_given (judging, judgement->id, judgement->code);
    }
  for (guint i = 0; i < judged->len; i++)
    {
      const AttestJudged *one = judged->pdata[i];

      if (strcmp (one->coder, judging->coder) == 0)
        g_hash_table_add (judging->done, g_strdup (one->id));
    }
  return TRUE;
}

gboolean
attest_judging_is_done (const AttestJudging *judging, const char *id)
{
  return g_hash_table_contains (judging->done, id);
}

char *
attest_judging_dup_codes (const AttestJudging *judging, const char *id)
{
  const GPtrArray *codes = g_hash_table_lookup (judging->given, id);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; codes != NULL && i < codes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", (char *)codes->pdata[i]);
  return g_strdup (text->str);
}

static const AttestSampleUnit *
unit_at (const AttestJudging *judging, guint i)
{
  return &g_array_index (judging->sample->units, AttestSampleUnit, i);
}

guint
attest_judging_count_units (const AttestJudging *judging)
{
  guint n = 0;

  for (guint i = 0; i < judging->sample->units->len; i++)
    n += unit_at (judging, i)->state == ATTEST_UNIT_STANDS;
  return n;
}

guint
attest_judging_count_done (const AttestJudging *judging)
{
  guint n = 0;

  for (guint i = 0; i < judging->sample->units->len; i++)
    n += unit_at (judging, i)->state == ATTEST_UNIT_STANDS
         && attest_judging_is_done (judging, unit_at (judging, i)->id);
  return n;
}

const AttestSampleUnit *
attest_judging_find (const AttestJudging *judging, const char *id)
{
  for (guint i = 0; i < judging->sample->units->len; i++)
    if (unit_at (judging, i)->state == ATTEST_UNIT_STANDS
        && g_ascii_strcasecmp (unit_at (judging, i)->id, id) == 0)
      return unit_at (judging, i);
  return NULL;
}

/* ---- whose sample ---- */

gboolean
attest_judging_find_sample (AttestStore *store, const char *name, AttestSample **out_sample,
                            GError **error)
{
  g_autoptr (GPtrArray) samples = NULL;
  int found = -1;

  *out_sample = NULL;
  if (name != NULL)
    {
      *out_sample = attest_store_find_sample (store, name, error);
      return *out_sample != NULL;
    }
  samples = attest_store_list_samples (store, error);
  if (samples == NULL)
    return FALSE;
  for (guint i = 0; i < samples->len; i++)
    {
      const AttestSample *sample = samples->pdata[i];

      /* Where it was drawn, a review is of segments. */
      if (sample->is_drawn)
        return TRUE;
      if (sample->unit != ATTEST_SAMPLE_SENTENCE)
        continue;
      if (found >= 0)
        return attest_throw (error, ATTEST_ERROR_USAGE,
                             "several samples were given to coders in %s: say which by --sample",
                             attest_store_get_path (store));
      found = (int)i;
    }
  if (found >= 0)
    *out_sample = g_ptr_array_steal_index (samples, (guint)found);
  return TRUE;
}

/* Of the codebook, as the project was coded with it. */
static gboolean
list_codes (AttestJudging *judging, AttestStore *store, GError **error)
{
  AttestReportFilter filter = { .codebook = judging->sample->codebook };
  g_autoptr (AttestFrequency) frequency = attest_store_report_frequency (store, &filter, error);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (frequency == NULL)
    return FALSE;
  for (guint i = 0; i < frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row = &g_array_index (frequency->rows, AttestFrequencyRow, i);
      g_autofree char *named
          = g_strdup_printf ("%s  %s", row->code, row->name != NULL ? row->name : "");

      g_strv_builder_add (codes, row->code);
      g_strv_builder_add (names, named);
    }
  judging->codes = g_strv_builder_end (codes);
  judging->names = g_strv_builder_end (names);
  return TRUE;
}

AttestJudging *
attest_judging_new (AttestStore *store, AttestSample *sample, const char *coder, GError **error)
{
  g_autoptr (AttestJudging) judging = g_new0 (AttestJudging, 1);

  judging->sample = sample;
  if (sample->unit != ATTEST_SAMPLE_SENTENCE)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "the sample '%s' is of whole sources: 'attest review' without "
                              "--sample goes through their segments",
                              sample->name);
  if (!sample->is_drawn && coder != NULL && g_strcmp0 (coder, sample->coder) != 0)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "the copy is for '%s', and not for '%s': 'attest export --for-coder' "
                              "makes one for each",
                              sample->coder, coder);
  judging->coder = g_strdup (!sample->is_drawn ? sample->coder : attest_cli_get_coder (coder));
  if (!list_codes (judging, store, error) || !attest_judging_reload (judging, store, error))
    return NULL;
  return g_steal_pointer (&judging);
}

/* ---- judging ---- */

/* The code that is @word, or the only one that begins so. */
static const char *
find_code (const AttestJudging *judging, const char *word, GError **error)
{
  const char *found = NULL;
  g_autofree char *all = NULL;

  for (guint i = 0; judging->codes[i] != NULL; i++)
    {
      if (strcmp (judging->codes[i], word) == 0)
        return judging->codes[i];
      if (!g_str_has_prefix (judging->codes[i], word))
        continue;
      if (found != NULL)
        return attest_throw_null (error, ATTEST_ERROR_USAGE,
                                  "'%s' is the beginning of several codes: %s, %s", word, found,
                                  judging->codes[i]);
      found = judging->codes[i];
    }
  if (found != NULL)
    return found;
  all = g_strjoinv (", ", judging->codes);
  return attest_throw_null (error, ATTEST_ERROR_USAGE, "no code of %s begins with '%s'; it has: %s",
                            judging->sample->codebook, word, all);
}

char **
attest_judging_parse_codes (const AttestJudging *judging, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, ";, \t", -1);
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *code;

      if (*words[i] == '\0')
        continue;
      code = find_code (judging, words[i], error);
      if (code == NULL)
        return NULL;
      if (!g_ptr_array_find_with_equal_func (codes, code, (GEqualFunc)g_str_equal, NULL))
        g_ptr_array_add (codes, g_strdup (code));
    }
  g_ptr_array_sort (codes, compare_names);
  g_ptr_array_add (codes, NULL);
  return (char **)g_ptr_array_steal (codes, NULL);
}

static gboolean
decide (AttestJudging *judging, const AttestSampleUnit *unit, const char *code, gboolean holds,
        gboolean *out_changed, GError **error)
{
  AttestDecisionSpec spec = { .action = holds ? ATTEST_DECISION_MARK : ATTEST_DECISION_REJECT,
                              .id = holds ? NULL : unit->id,
                              .source = holds ? unit->source : NULL,
                              .start = holds ? unit->start : 0,
                              .end = holds ? unit->end : 0,
                              .codebook = judging->sample->codebook,
                              .code = code,
                              .coder = judging->coder,
                              .from_file = !holds };
  gboolean changed = FALSE;

  if (!attest_store_decide (judging->store, &spec, &changed, error))
    return FALSE;
  *out_changed |= changed;
  return TRUE;
}

static gboolean
has (const GPtrArray *codes, const char *code)
{
  return codes != NULL
         && g_ptr_array_find_with_equal_func ((GPtrArray *)codes, code, (GEqualFunc)g_str_equal,
                                              NULL);
}

gboolean
attest_judging_judge (AttestJudging *judging, const AttestSampleUnit *unit,
                      const char *const *codes, gboolean *out_changed, GError **error)
{
  const GPtrArray *given = g_hash_table_lookup (judging->given, unit->id);
  gboolean changed = !attest_judging_is_done (judging, unit->id);

  for (guint i = 0; codes[i] != NULL; i++)
    if (!has (given, codes[i]) && !decide (judging, unit, codes[i], TRUE, &changed, error))
      return FALSE;
  for (guint i = 0; given != NULL && i < given->len; i++)
    if (!g_strv_contains (codes, given->pdata[i])
        && !decide (judging, unit, given->pdata[i], FALSE, &changed, error))
      return FALSE;
  *out_changed = changed;
  return !changed
         || attest_store_add_judged (judging->store, unit->id, judging->sample->codebook,
                                     judging->coder, error);
}
