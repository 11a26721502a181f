#include "cli/attest-cli-sample-list.h"

#include <string.h>

#include "cli/attest-cli-report.h"
#include "store/attest-store-judgement.h"
#include "store/attest-store-sample.h"
#include "util/attest-text.h"

/* ---- who has judged what ---- */

static char *
dup_key (const char *coder, const char *unit, const char *codebook)
{
  return g_strdup_printf ("%s\n%s\n%s", coder, unit, codebook);
}

/* (element-type char *) keys of what is judged: a sentence by its quote, a source by its label. */
static GHashTable *
load_judged (AttestStore *store, GError **error)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) judged = attest_store_list_judged (store, NULL, error);
  g_autoptr (GPtrArray) judgements
      = judged != NULL ? attest_store_list_judgements (store, NULL, error) : NULL;

  if (judgements == NULL)
    return NULL;
  for (guint i = 0; i < judged->len; i++)
    {
      const AttestJudged *one = judged->pdata[i];

      g_hash_table_add (keys, dup_key (one->coder, one->id, one->codebook));
    }
  for (guint i = 0; i < judgements->len; i++)
    {
      const AttestJudgement *one = judgements->pdata[i];

      if (one->agreed == NULL)
        g_hash_table_add (keys, dup_key (one->coder, one->source, ""));
    }
  return g_steal_pointer (&keys);
}

static gboolean
has_judged (GHashTable *keys, const AttestSample *sample, const AttestSampleUnit *unit,
            const char *coder)
{
  g_autofree char *key = sample->unit == ATTEST_SAMPLE_SENTENCE
                             ? dup_key (coder, unit->id, sample->codebook)
                             : dup_key (coder, unit->source, "");

  return g_hash_table_contains (keys, key);
}

static guint
count_judged (GHashTable *keys, const AttestSample *sample, const char *coder)
{
  guint n = 0;

  for (guint i = 0; i < sample->units->len; i++)
    n += has_judged (keys, sample, &g_array_index (sample->units, AttestSampleUnit, i), coder);
  return n;
}

static guint
count_gone (const AttestSample *sample)
{
  guint n = 0;

  for (guint i = 0; i < sample->units->len; i++)
    n += g_array_index (sample->units, AttestSampleUnit, i).state != ATTEST_UNIT_STANDS;
  return n;
}

static void
add_name (GPtrArray *names, const char *name)
{
  if (name != NULL
      && !g_ptr_array_find_with_equal_func (names, name, (GEqualFunc)g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Who was given a copy, and who has judged any of it, sorted. */
static GPtrArray *
list_coders (GPtrArray *samples, GHashTable *keys, const AttestSample *sample)
{
  GPtrArray *coders = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < samples->len; i++)
    if (strcmp (((AttestSample *)samples->pdata[i])->name, sample->name) == 0)
      add_name (coders, ((AttestSample *)samples->pdata[i])->coder);
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *coder = g_strndup (key, strcspn (key, "\n"));

      if (!g_ptr_array_find_with_equal_func (coders, coder, (GEqualFunc)g_str_equal, NULL)
          && count_judged (keys, sample, coder) > 0)
        add_name (coders, coder);
    }
  g_ptr_array_sort (coders, compare_names);
  return coders;
}

/* ---- the list ---- */

static AttestTable *
make_list (void)
{
  AttestTable *table = attest_table_new (
      "Samples for several coders",
      "units: drawn; judged, left: of these, by the coder. gone: whoever said it withdrew, or the "
      "transcript was corrected there.");

  attest_table_add_column (table, "sample", "sample", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "unit", "unit", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "codebook", "codebook", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "units", "units", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "gone", "gone", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "seed", "seed", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "at", "drawn", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "by", "by", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "design", "design", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "coder", "coder", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "judged", "judged", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "left", "left", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  return table;
}

static void
add_row (AttestTable *table, const AttestSample *sample, const char *coder, guint n_judged)
{
  guint gone = count_gone (sample);

  attest_table_add_text (table, sample->name);
  attest_table_add_text (table, attest_sample_unit_kind_to_string (sample->unit));
  attest_table_add_text (table, sample->codebook);
  attest_table_add_int (table, sample->units->len);
  attest_table_add_int (table, gone);
  if (sample->is_drawn)
    attest_table_add_int (table, sample->seed);
  else
    attest_table_add_null (table);
  attest_table_add_text (table, sample->at);
  attest_table_add_text (table, sample->by);
  attest_table_add_text (table, sample->design);
  attest_table_add_text (table, coder);
  if (coder == NULL)
    {
      attest_table_add_null (table);
      attest_table_add_null (table);
      return;
    }
  attest_table_add_int (table, n_judged);
  attest_table_add_int (table, (gint64)sample->units->len - gone - n_judged);
}

/* What is known of a sample by its copy only, where nobody drew one of that name. */
static gboolean
is_listed (GPtrArray *samples, guint at)
{
  const AttestSample *sample = samples->pdata[at];

  for (guint i = 0; i < samples->len && !sample->is_drawn; i++)
    {
      const AttestSample *other = samples->pdata[i];

      if (strcmp (other->name, sample->name) == 0 && (other->is_drawn || i < at))
        return FALSE;
    }
  return TRUE;
}

gboolean
attest_cli_sample_list (AttestInvocation *inv, const char *format, GError **error)
{
  g_autoptr (GPtrArray) samples = attest_store_list_samples (inv->store, error);
  g_autoptr (GHashTable) keys = samples != NULL ? load_judged (inv->store, error) : NULL;
  g_autoptr (AttestTable) table = make_list ();

  if (keys == NULL)
    return FALSE;
  for (guint i = 0; i < samples->len; i++)
    {
      const AttestSample *sample = samples->pdata[i];
      g_autoptr (GPtrArray) coders = list_coders (samples, keys, sample);

      if (!is_listed (samples, i))
        continue;
      for (guint k = 0; k < coders->len; k++)
        add_row (table, sample, coders->pdata[k], count_judged (keys, sample, coders->pdata[k]));
      if (coders->len == 0)
        add_row (table, sample, NULL, 0);
    }
  if (attest_table_n_rows (table) == 0 && (format == NULL || strcmp (format, "table") == 0))
    fputs ("no sample was drawn; 'attest sample --double-code N' draws one\n", inv->out);
  else
    attest_cli_write_table (inv, table, format);
  return TRUE;
}

/* ---- one of them ---- */

static AttestTable *
make_units (const AttestSample *sample, GPtrArray *coders)
{
  g_autofree char *note = sample->is_drawn ? g_strdup_printf (
                              "Drawn: %s, seed %" G_GINT64_FORMAT ".", sample->design, sample->seed)
                                           : g_strdup_printf ("Given to %s.", sample->coder);
  g_autofree char *title = g_strdup_printf ("Sample %s", sample->name);
  AttestTable *table = attest_table_new (title, note);
  gboolean is_sentence = sample->unit == ATTEST_SAMPLE_SENTENCE;
  guint place = is_sentence ? ATTEST_COLUMN_PLAIN : ATTEST_COLUMN_MACHINE;

  attest_table_add_column (table, "id", "quote", ATTEST_COLUMN_TEXT, place);
  attest_table_add_column (table, "source", "source", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turn", "turn", ATTEST_COLUMN_INT, place);
  attest_table_add_column (table, "start", "start", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "end", "end", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "stratum", is_sentence ? "drawn for" : "kind and group",
                           ATTEST_COLUMN_TEXT,
                           sample->is_drawn ? ATTEST_COLUMN_PLAIN : ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "of", "of", ATTEST_COLUMN_INT,
                           sample->is_drawn ? ATTEST_COLUMN_PLAIN : ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "state", "state", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < coders->len; i++)
    attest_table_add_column (table, coders->pdata[i], coders->pdata[i], ATTEST_COLUMN_TEXT,
                             ATTEST_COLUMN_PLAIN);
  return table;
}

static void
add_unit (AttestTable *table, const AttestSample *sample, const AttestSampleUnit *unit,
          GHashTable *keys, GPtrArray *coders)
{
  static const char *const states[] = { NULL, "lost", "withdrawn" };
  gboolean is_sentence = sample->unit == ATTEST_SAMPLE_SENTENCE;

  attest_table_add_text (table, unit->id);
  attest_table_add_text (table, unit->source);
  if (is_sentence && unit->state == ATTEST_UNIT_STANDS)
    {
      attest_table_add_int (table, unit->turn);
      attest_table_add_int (table, unit->start);
      attest_table_add_int (table, unit->end);
    }
  else
    for (guint i = 0; i < 3; i++)
      attest_table_add_null (table);
  attest_table_add_text (table, g_strcmp0 (unit->stratum, "") == 0 ? "(no code)" : unit->stratum);
  if (unit->of_units > 0)
    attest_table_add_int (table, unit->of_units);
  else
    attest_table_add_null (table);
  attest_table_add_text (table, states[unit->state]);
  for (guint i = 0; i < coders->len; i++)
    attest_table_add_text (table,
                           has_judged (keys, sample, unit, coders->pdata[i]) ? "judged" : NULL);
}

gboolean
attest_cli_sample_show (AttestInvocation *inv, const char *name, const char *format, GError **error)
{
  g_autoptr (AttestSample) sample = attest_store_find_sample (inv->store, name, error);
  g_autoptr (GPtrArray) samples
      = sample != NULL ? attest_store_list_samples (inv->store, error) : NULL;
  g_autoptr (GHashTable) keys = samples != NULL ? load_judged (inv->store, error) : NULL;
  g_autoptr (GPtrArray) coders = NULL;
  g_autoptr (AttestTable) table = NULL;

  if (keys == NULL)
    return FALSE;
  coders = list_coders (samples, keys, sample);
  table = make_units (sample, coders);
  for (guint i = 0; i < sample->units->len; i++)
    add_unit (table, sample, &g_array_index (sample->units, AttestSampleUnit, i), keys, coders);
  attest_cli_write_table (inv, table, format);
  return TRUE;
}
