#include "cli/attest-review-filter.h"

#include <string.h>

#include "util/attest-error.h"

static const char *const statuses[] = { "proposed", "accepted", "rejected", NULL };
static const char *const polarities[] = { "positive", "negative", "mixed", NULL };
static const char *const stances[] = { "supports", "contradicts", "context", "none", NULL };

AttestReviewFilter *
attest_review_filter_copy (const AttestReviewFilter *filter)
{
  AttestReviewFilter *copy = g_memdup2 (filter, sizeof *filter);

  copy->codebook = g_strdup (filter->codebook);
  copy->dimension = g_strdup (filter->dimension);
  copy->attribute = g_strdup (filter->attribute);
  copy->value = g_strdup (filter->value);
  copy->code = g_strdup (filter->code);
  copy->source = g_strdup (filter->source);
  copy->status = g_strdup (filter->status);
  copy->rule = g_strdup (filter->rule);
  copy->polarity = g_strdup (filter->polarity);
  copy->stance = g_strdup (filter->stance);
  return copy;
}

static void
clear_typed (AttestReviewFilter *filter)
{
  g_clear_pointer (&filter->code, g_free);
  g_clear_pointer (&filter->source, g_free);
  g_clear_pointer (&filter->status, g_free);
  g_clear_pointer (&filter->rule, g_free);
  g_clear_pointer (&filter->polarity, g_free);
  g_clear_pointer (&filter->stance, g_free);
  filter->min_rules = 0;
}

void
attest_review_filter_free (AttestReviewFilter *filter)
{
  if (filter == NULL)
    return;
  clear_typed (filter);
  g_free (filter->codebook);
  g_free (filter->dimension);
  g_free (filter->attribute);
  g_free (filter->value);
  g_free (filter);
}

/* ---- what there is ---- */

/* A key and its values; NULL values: anything. */
typedef struct
{
  const char *key;
  gsize offset; /* of the string in the filter */
  GPtrArray *values;
} Key;

enum
{
  KEY_CODE,
  KEY_SOURCE,
  KEY_STATUS,
  KEY_POLARITY,
  KEY_STANCE,
  KEY_RULE,
  N_KEYS
};

static GPtrArray *
list_names (const char *const *names)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  for (; *names != NULL; names++)
    g_ptr_array_add (values, g_strdup (*names));
  return values;
}

static GPtrArray *
list_codes (AttestStore *store, const char *codebook, GError **error)
{
  AttestReportFilter filter = { .codebook = codebook };
  g_autoptr (AttestFrequency) frequency = attest_store_report_frequency (store, &filter, error);
  GPtrArray *values = NULL;

  if (frequency == NULL)
    return NULL;
  values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < frequency->rows->len; i++)
    g_ptr_array_add (values,
                     g_strdup (g_array_index (frequency->rows, AttestFrequencyRow, i).code));
  return values;
}

static GPtrArray *
list_sources (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);
  GPtrArray *values = NULL;

  if (sources == NULL)
    return NULL;
  values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < sources->len; i++)
    g_ptr_array_add (values,
                     g_strdup (((AttestSourceInfo *)g_ptr_array_index (sources, i))->label));
  return values;
}

static void
clear_keys (Key *keys)
{
  for (guint i = 0; i < N_KEYS; i++)
    g_clear_pointer (&keys[i].values, g_ptr_array_unref);
}

static gboolean
load_keys (AttestStore *store, const AttestReviewFilter *filter, Key *keys, GError **error)
{
  const Key all[N_KEYS]
      = { [KEY_CODE] = { "code", G_STRUCT_OFFSET (AttestReviewFilter, code), NULL },
          [KEY_SOURCE] = { "source", G_STRUCT_OFFSET (AttestReviewFilter, source), NULL },
          [KEY_STATUS] = { "status", G_STRUCT_OFFSET (AttestReviewFilter, status), NULL },
          [KEY_POLARITY] = { "polarity", G_STRUCT_OFFSET (AttestReviewFilter, polarity), NULL },
          [KEY_STANCE] = { "stance", G_STRUCT_OFFSET (AttestReviewFilter, stance), NULL },
          [KEY_RULE] = { "rule", G_STRUCT_OFFSET (AttestReviewFilter, rule), NULL } };

  memcpy (keys, all, sizeof all);
  keys[KEY_CODE].values = list_codes (store, filter->codebook, error);
  if (keys[KEY_CODE].values == NULL)
    return FALSE;
  keys[KEY_SOURCE].values = list_sources (store, error);
  if (keys[KEY_SOURCE].values == NULL)
    return FALSE;
  keys[KEY_STATUS].values = list_names (statuses);
  keys[KEY_POLARITY].values = list_names (polarities);
  keys[KEY_STANCE].values = list_names (stances);
  return TRUE;
}

/* ---- typing ---- */

/* The value that is @word or the only one that begins so; *@n_found counts them, an exact one is
 * one. */
static const char *
find_value (const Key *key, const char *word, guint *n_found)
{
  const char *found = NULL;

  for (guint i = 0; key->values != NULL && i < key->values->len; i++)
    {
      const char *value = g_ptr_array_index (key->values, i);

      if (strcmp (value, word) == 0)
        {
          *n_found = 1;
          return value;
        }
      if (g_str_has_prefix (value, word))
        {
          (*n_found)++;
          found = value;
        }
    }
  return found;
}

static void
set (AttestReviewFilter *filter, const Key *key, const char *value)
{
  char **field = (char **)(gpointer)((char *)filter + key->offset);

  g_free (*field);
  *field = g_strdup (value);
}

/* "code=imp" */
static gboolean
take_pair (AttestReviewFilter *filter, const Key *keys, const char *name, const char *word,
           GError **error)
{
  for (guint i = 0; i < N_KEYS; i++)
    {
      guint n = 0;
      const char *value;

      if (!g_str_has_prefix (keys[i].key, name) || *name == '\0')
        continue;
      value = keys[i].values == NULL ? word : find_value (&keys[i], word, &n);
      if (value == NULL || n > 1)
        return attest_throw (error, ATTEST_ERROR_USAGE,
                             n > 1 ? "'%s' is the beginning of several: %s…" : "no %2$s is '%1$s'",
                             word, n > 1 ? value : keys[i].key);
      set (filter, &keys[i], value);
      return TRUE;
    }
  if (strcmp (name, "rules") == 0)
    {
      filter->min_rules = (int)g_ascii_strtoll (word, NULL, 10);
      return TRUE;
    }
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "'%s' is none of code, source, status, rule, polarity, stance, rules", name);
}

/* A word alone: an exact one goes before one that only begins so. */
static gboolean
take_word (AttestReviewFilter *filter, const Key *keys, const char *word, GError **error)
{
  const Key *found = NULL;
  const char *value = NULL;
  guint n = 0;

  for (guint i = 0; i < N_KEYS; i++)
    {
      guint n_here = 0;
      const char *here = find_value (&keys[i], word, &n_here);

      if (here != NULL && strcmp (here, word) == 0)
        {
          set (filter, &keys[i], here);
          return TRUE;
        }
      n += n_here;
      if (n_here > 0)
        {
          found = &keys[i];
          value = here;
        }
    }
  if (n != 1)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         n > 1 ? "'%s' is the beginning of several: %s…"
                               : "'%s' is no code, source, status, polarity or stance%s",
                         word, n > 1 ? value : "");
  set (filter, found, value);
  return TRUE;
}

AttestReviewFilter *
attest_review_filter_parse (const AttestReviewFilter *filter, AttestStore *store, const char *text,
                            GError **error)
{
  g_autoptr (AttestReviewFilter) next = attest_review_filter_copy (filter);
  g_auto (GStrv) words = g_strsplit_set (text, " ,\t", -1);
  Key keys[N_KEYS] = { { NULL } };
  gboolean ok = load_keys (store, filter, keys, error);

  clear_typed (next);
  for (guint i = 0; ok && words[i] != NULL; i++)
    {
      char *is = strchr (words[i], '=');

      if (*words[i] == '\0')
        continue;
      if (is != NULL)
        *is = '\0';
      ok = is != NULL ? take_pair (next, keys, words[i], is + 1, error)
                      : take_word (next, keys, words[i], error);
    }
  clear_keys (keys);
  return ok ? g_steal_pointer (&next) : NULL;
}

char *
attest_review_filter_to_text (const AttestReviewFilter *filter)
{
  const struct
  {
    const char *key, *value;
  } fields[] = { { "code", filter->code },         { "source", filter->source },
                 { "status", filter->status },     { "rule", filter->rule },
                 { "polarity", filter->polarity }, { "stance", filter->stance } };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].value != NULL)
      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? " " : "", fields[i].key,
                              fields[i].value);
  if (filter->min_rules > 0)
    g_string_append_printf (text, "%srules=%d", text->len > 0 ? " " : "", filter->min_rules);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
attest_review_filter_dup_title (const AttestReviewFilter *filter)
{
  const char *const given[]
      = { filter->codebook, filter->dimension, filter->code, filter->source, filter->value,
          filter->status,   filter->polarity,  filter->rule, filter->stance };
  g_autoptr (GString) title = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    if (given[i] != NULL)
      g_string_append_printf (title, "%s%s", title->len > 0 ? ", " : "", given[i]);
  if (filter->min_rules > 0)
    g_string_append_printf (title, "%s%d rules or more", title->len > 0 ? ", " : "",
                            filter->min_rules);
  return g_string_free (g_steal_pointer (&title), FALSE);
}

/* ---- the ledger ---- */

GHashTable *
attest_review_list_stances (AttestStore *store, GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (store, error);
  GHashTable *bits = NULL;

  if (ledger == NULL)
    return NULL;
  bits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      for (guint k = 0; !attest_ledger_entry_is_withdrawn (entry) && k < entry->links->len; k++)
        {
          const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, k);
          guint before = GPOINTER_TO_UINT (g_hash_table_lookup (bits, link->id));

          if (link->entry == NULL)
            g_hash_table_insert (bits, g_strdup (link->id),
                                 GUINT_TO_POINTER (before | 1u << link->stance));
        }
    }
  return bits;
}

gboolean
attest_review_filter_has_stance (const AttestReviewFilter *filter, guint bits)
{
  AttestStance stance;

  if (filter->stance == NULL)
    return TRUE;
  if (!attest_stance_from_string (filter->stance, &stance))
    return bits == 0;
  return (bits & 1u << stance) != 0;
}

GPtrArray *
attest_review_list_rules (const AttestStoreSegment *segment)
{
  GPtrArray *rules = g_ptr_array_new ();

  for (guint i = 0; i < segment->n_hits; i++)
    if (!g_ptr_array_find_with_equal_func (rules, segment->hits[i].rule, g_str_equal, NULL))
      g_ptr_array_add (rules, (gpointer)segment->hits[i].rule);
  g_ptr_array_add (rules, NULL);
  return rules;
}
