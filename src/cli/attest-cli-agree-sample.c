/* Coders who judged the sentences of a sample, and what these stand for.
 *
 * Who was given a sample read nothing else: of other sentences it is not known what they would have
 * said. Of the sentences that they judged they said all there is to say, also where the rules
 * propose something. A sample was drawn with other chances for what is rare: each sentence that was
 * compared stands for as many as there are in its stratum for each that was compared.
 */
#include "cli/attest-cli-agree-project-private.h"

#include <string.h>

/* ---- what was judged ---- */

static gboolean
is_of_codebook (const AttestAgreeLoading *loading, const AttestJudged *judged)
{
  return g_ptr_array_find_with_equal_func (loading->names, judged->codebook,
                                           (GEqualFunc)g_str_equal, NULL);
}

/* Items that lie within it. */
static void
note_said (AttestAgreeLoading *loading, const AttestJudged *judged, guint source, guint coder)
{
  const AttestAgreeProject *project = loading->project;
  guint first, end;

  attest_agree_find_items (loading, source, judged->start, judged->end, &first, &end);
  for (guint i = first; i < end; i++)
    {
      const AttestAgreePlace *place = &g_array_index (project->places, AttestAgreePlace, i);

      if (place->start < judged->start || place->end > judged->end)
        continue;
      loading->said[(gsize)i * project->coders->len + coder] = 1;
      loading->judged[(gsize)i * project->coders->len + coder] = 1;
    }
  loading->saw[(gsize)source * project->coders->len + coder] = 1;
  loading->by_sentence[(gsize)source * project->coders->len + coder] = 1;
}

static gboolean
is_within (const AttestJudgement *judgement, const AttestJudged *judged)
{
  return strcmp (judgement->coder, judged->coder) == 0
         && strcmp (judgement->source, judged->source) == 0
         && strcmp (judgement->codebook, judged->codebook) == 0 && judgement->start >= judged->start
         && judgement->end <= judged->end;
}

/* Who decided anything beside the sentences of a sample has read the source. */
static void
note_readers (AttestAgreeLoading *loading, const GPtrArray *judged)
{
  const AttestAgreeProject *project = loading->project;

  for (guint i = 0; i < loading->judgements->len; i++)
    {
      const AttestJudgement *judgement = loading->judgements->pdata[i];
      guint source
          = GPOINTER_TO_UINT (g_hash_table_lookup (loading->source_numbers, judgement->source));
      gboolean is_beside = source > 0 && judgement->agreed == NULL;

      for (guint k = 0; is_beside && k < judged->len; k++)
        is_beside = !is_within (judgement, judged->pdata[k]);
      for (guint coder = loading->first_coder; is_beside && coder < project->coders->len; coder++)
        if (strcmp (judgement->coder, project->coders->pdata[coder]) == 0)
          loading->by_sentence[(gsize)(source - 1) * project->coders->len + coder] = 0;
    }
}

gboolean
attest_agree_take_said (AttestAgreeLoading *loading, GError **error)
{
  const AttestAgreeProject *project = loading->project;
  gsize n_coders = project->coders->len;
  g_autoptr (GPtrArray) judged = attest_store_list_judged (loading->store, NULL, error);

  loading->said = g_malloc0 (MAX (project->items->len * n_coders, 1));
  loading->by_sentence = g_malloc0 (MAX (project->sources->len * n_coders, 1));
  for (guint i = 0; judged != NULL && i < judged->len; i++)
    {
      const AttestJudged *one = judged->pdata[i];
      guint source = GPOINTER_TO_UINT (g_hash_table_lookup (loading->source_numbers, one->source));

      for (guint coder = loading->first_coder; source > 0 && coder < n_coders; coder++)
        if (strcmp (one->coder, project->coders->pdata[coder]) == 0
            && is_of_codebook (loading, one))
          note_said (loading, one, source - 1, coder);
    }
  if (judged == NULL)
    return FALSE;
  note_readers (loading, judged);
  return TRUE;
}

/* Of other sentences than those of a sample, who has read nothing else has said nothing. */
void
attest_agree_leave_out_unread (AttestAgreeLoading *loading)
{
  const AttestAgreeProject *project = loading->project;
  gsize n_coders = project->coders->len;

  for (guint source = 0; source < project->sources->len; source++)
    for (guint coder = loading->first_coder; coder < n_coders; coder++)
      for (guint i = g_array_index (loading->first_items, guint, source);
           loading->by_sentence[(gsize)source * n_coders + coder]
           && i < g_array_index (loading->first_items, guint, source + 1);
           i++)
        if (!loading->said[i * n_coders + coder])
          loading->missing[i * n_coders + coder] = 1;
}

/* ---- what it stands for ---- */

/* Item of the units that stand: "SOURCE START END" → number of the unit + 1. */
static char *
dup_place (const char *source, gint64 start, gint64 end)
{
  return g_strdup_printf ("%s\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT, source, start, end);
}

/* By item: its unit in the sample + 1, or 0. */
static guint *
find_units (const AttestAgreeLoading *loading, const AttestSample *sample)
{
  const AttestAgreeProject *project = loading->project;
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint *units = g_new0 (guint, MAX (project->items->len, 1));

  for (guint i = 0; i < sample->units->len; i++)
    {
      const AttestSampleUnit *unit = &g_array_index (sample->units, AttestSampleUnit, i);

      if (unit->state == ATTEST_UNIT_STANDS)
        g_hash_table_insert (numbers, dup_place (unit->source, unit->start, unit->end),
                             GUINT_TO_POINTER (i + 1));
    }
  for (guint i = 0; i < project->items->len; i++)
    {
      const AttestAgreePlace *place = &g_array_index (project->places, AttestAgreePlace, i);
      g_autofree char *key = dup_place (place->source, place->start, place->end);

      units[i] = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, key));
    }
  return units;
}

/* All that coders judged who read nothing else is in it. */
static gboolean
covers (const AttestAgreeLoading *loading, const AttestSample *sample)
{
  const AttestAgreeProject *project = loading->project;
  gsize n_coders = project->coders->len;
  g_autofree guint *units = find_units (loading, sample);

  for (guint source = 0; source < project->sources->len; source++)
    for (guint i = g_array_index (loading->first_items, guint, source);
         i < g_array_index (loading->first_items, guint, source + 1); i++)
      for (guint coder = 0; coder < n_coders; coder++)
        if (loading->by_sentence[(gsize)source * n_coders + coder]
            && loading->said[i * n_coders + coder] && units[i] == 0)
          return FALSE;
  return TRUE;
}

/* The sample that is named, or the only one that holds what was judged; *@out NULL: none. */
static gboolean
choose_sample (AttestAgreeLoading *loading, AttestSample **out, GError **error)
{
  const AttestAgreeProject *project = loading->project;
  const char *name = loading->wish->sample;
  g_autoptr (GPtrArray) samples = NULL;
  int found = -1;

  *out = NULL;
  if (name != NULL)
    {
      *out = attest_store_find_sample (loading->store, name, error);
      return *out != NULL;
    }
  if (memchr (loading->by_sentence, 1, project->sources->len * project->coders->len) == NULL)
    return TRUE;
  samples = attest_store_list_samples (loading->store, error);
  if (samples == NULL)
    return FALSE;
  for (guint i = 0; i < samples->len; i++)
    {
      const AttestSample *sample = samples->pdata[i];

      if (sample->is_drawn && sample->unit == ATTEST_SAMPLE_SENTENCE && covers (loading, sample))
        {
          if (found >= 0)
            return attest_throw (error, ATTEST_ERROR_USAGE,
                                 "what was judged is in several samples, '%s' and '%s': say by "
                                 "--sample which is meant",
                                 ((AttestSample *)samples->pdata[found])->name, sample->name);
          found = (int)i;
        }
    }
  if (found >= 0)
    *out = g_ptr_array_steal_index (samples, (guint)found);
  else
    g_ptr_array_add (project->warnings,
                     g_strdup ("Sentences of several samples, or of one that was not drawn here: "
                               "the figures are of these sentences, not of the project. --sample "
                               "takes one sample, whose chances are known."));
  return TRUE;
}

static gboolean
check_sample (const AttestAgreeLoading *loading, const AttestSample *sample, GError **error)
{
  if (sample->unit != ATTEST_SAMPLE_SENTENCE || !sample->is_drawn)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         sample->is_drawn
                             ? "the sample '%s' is of whole sources: leave out --sample"
                             : "the sample '%s' was drawn in another project, which knows for what "
                               "its sentences stand",
                         sample->name);
  if (loading->project->unit != ATTEST_AGREE_SENTENCE)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "the sample '%s' is of sentences: leave out --unit", sample->name);
  return TRUE;
}

static gboolean
is_compared (const AttestAgreeLoading *loading, guint item)
{
  const AttestAgreeProject *project = loading->project;
  guint n = 0;

  for (guint coder = 0; coder < project->coders->len; coder++)
    n += !loading->missing[(gsize)item * project->coders->len + coder];
  return n >= 2;
}

/* How many of the stratum of each unit were compared. */
static GHashTable *
count_compared (const AttestAgreeLoading *loading, const AttestSample *sample, const guint *units)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < loading->project->items->len; i++)
    if (units[i] > 0 && is_compared (loading, i))
      {
        const char *stratum = g_array_index (sample->units, AttestSampleUnit, units[i] - 1).stratum;

        g_hash_table_insert (
            counts, (gpointer)stratum,
            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, stratum)) + 1));
      }
  return counts;
}

/* A stratum of which nothing was compared: nobody knows how far they would agree there. */
static gboolean
check_strata (const AttestSample *sample, GHashTable *counts, GError **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < sample->units->len; i++)
    {
      const char *stratum = g_array_index (sample->units, AttestSampleUnit, i).stratum;

      if (!g_hash_table_contains (counts, stratum) && g_hash_table_add (told, (gpointer)stratum))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                *stratum != '\0' ? stratum : "(no code)");
    }
  return names->len == 0
         || attest_throw (
             error, ATTEST_ERROR_USAGE,
             "of what was drawn for %s in '%s', nothing was judged by two yet: figures "
             "would leave out what it stands for. 'attest sample --show %s' tells what "
             "is left, and --disagreements lists what there is",
             names->str, sample->name, sample->name);
}

/* Weights with a mean of 1, so that equal chances are as if there were none. */
static void
weigh (AttestAgreeLoading *loading, const AttestSample *sample, const guint *units,
       GHashTable *counts)
{
  AttestAgreeProject *project = loading->project;
  double sum = 0, squares = 0;
  guint n = 0;

  project->weights = g_new0 (double, MAX (project->items->len, 1));
  for (guint i = 0; i < project->items->len; i++)
    {
      const AttestSampleUnit *unit;

      if (units[i] == 0 || !is_compared (loading, i))
        continue;
      unit = &g_array_index (sample->units, AttestSampleUnit, units[i] - 1);
      project->weights[i]
          = (double)unit->of_units / GPOINTER_TO_UINT (g_hash_table_lookup (counts, unit->stratum));
      sum += project->weights[i];
      squares += project->weights[i] * project->weights[i];
      n++;
    }
  for (guint i = 0; i < project->items->len; i++)
    project->weights[i] *= n / sum;
  project->effective_items = sum * sum / squares;
  project->sample = g_strdup (sample->name);
  project->sample_design = g_strdup (sample->design);
}

gboolean
attest_agree_take_sample (AttestAgreeLoading *loading, GError **error)
{
  const AttestAgreeProject *project = loading->project;
  gsize n_coders = project->coders->len;
  g_autoptr (AttestSample) sample = NULL;
  g_autoptr (GHashTable) counts = NULL;
  g_autofree guint *units = NULL;

  if (!choose_sample (loading, &sample, error))
    return FALSE;
  if (sample == NULL)
    return TRUE;
  if (!check_sample (loading, sample, error))
    return FALSE;
  units = find_units (loading, sample);
  for (guint i = 0; i < project->items->len; i++)
    if (units[i] == 0)
      memset (loading->missing + i * n_coders, 1, n_coders);
  if (loading->wish->only_listed)
    return TRUE;
  counts = count_compared (loading, sample, units);
  /* That there is nothing at all is told by who asks for it. */
  if (g_hash_table_size (counts) == 0)
    return TRUE;
  if (!check_strata (sample, counts, error))
    return FALSE;
  weigh (loading, sample, units, counts);
  return TRUE;
}

gboolean
attest_agree_check_whole (AttestStore *store, const AttestAgreeWish *wish, GError **error)
{
  g_autoptr (GPtrArray) judged
      = wish->coders != NULL ? attest_store_list_judged (store, wish->codes_of, error) : NULL;

  if (wish->coders == NULL)
    return TRUE;
  for (guint i = 0; judged != NULL && i < judged->len; i++)
    if (g_strv_contains (wish->coders, ((AttestJudged *)judged->pdata[i])->coder))
      return attest_throw (error, ATTEST_ERROR_USAGE,
                           "'%s' has judged sentences of a sample, and not whole texts, of which "
                           "stretches could be compared: leave out --unit",
                           ((AttestJudged *)judged->pdata[i])->coder);
  return judged != NULL;
}
