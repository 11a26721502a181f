/* attest-terms: see the header.
 *
 * Words are numbered once; a term is up to three numbers. First the passages of the code are
 * counted; what is rare in them is forgotten before the rest is looked at, which may be a hundred
 * times as much.
 */
#include "engine/attest-terms-private.h"

#include <string.h>

typedef struct
{
  guint32 words[ATTEST_MAX_TERM_WORDS];
} Key;

typedef struct
{
  AttestTerm term;
  guint last_passage; /* + 1 */
  gboolean covered;   /* in the last passage so far */
  /* Of a term that is in one cluster only, as most are; of others, term.counts are there. */
  guint first_cluster;
  guint64 first_count;
} Entry;

typedef struct
{
  const AttestTermIndex *index;
  guint code;
  GHashTable *entries; /* Key → Entry */
  guint number;        /* of the passage that is counted */
  const AttestPassage *passage;
  const GArray *places;
  gboolean is_missed; /* it has no hit of the code */
} Count;

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return (key->words[0] * 0x9e3779b1u) ^ (key->words[1] * 0x85ebca6bu)
         ^ (key->words[2] * 0xc2b2ae35u);
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Key)) == 0;
}

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->term.text);
  g_free (entry->term.counts);
  g_free (entry);
}

static const AttestTermPlace *
place_at (const Count *count, guint i)
{
  return &g_array_index (count->places, AttestTermPlace, i);
}

static gboolean
is_stop (const Count *count, guint i)
{
  return g_array_index (count->index->is_stop, gboolean, place_at (count, i)->word);
}

/* The term of @n words at @i. FALSE: there is none. */
static gboolean
key_at (const Count *count, guint i, guint n, Key *out)
{
  *out = (Key){ { 0 } };
  if (i + n > count->places->len || is_stop (count, i) || is_stop (count, i + n - 1))
    return FALSE;
  for (guint k = 0; k < n; k++)
    {
      out->words[k] = place_at (count, i + k)->word;
      if (out->words[k] == ATTEST_TERM_BREAK)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_hit (const Count *count, gsize start_byte, gsize end_byte)
{
  for (guint i = 0; i < count->passage->hits->len; i++)
    {
      const AttestPassageHit *hit = &g_array_index (count->passage->hits, AttestPassageHit, i);

      if (hit->code == count->code && hit->start_byte < end_byte && hit->end_byte > start_byte)
        return TRUE;
    }
  return FALSE;
}

static char *
dup_term_text (const Count *count, guint i, guint n)
{
  gsize start_byte = place_at (count, i)->start_byte;
  gsize end_byte = place_at (count, i + n - 1)->end_byte;
  g_autofree char *lower
      = g_utf8_strdown (count->passage->text + start_byte, (gssize)(end_byte - start_byte));
  GString *text = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (text, g_utf8_get_char (p));
    else if (text->len > 0 && text->str[text->len - 1] != ' ')
      g_string_append_c (text, ' ');
  return g_string_free (text, FALSE);
}

static Entry *
add_entry (Count *count, const Key *key, guint i, guint n)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->term.text = dup_term_text (count, i, n);
  entry->term.n_words = n;
  g_hash_table_insert (count->entries, g_memdup2 (key, sizeof *key), entry);
  return entry;
}

static void
spread_counts (Entry *entry, guint n_clusters)
{
  if (entry->term.counts != NULL)
    return;
  entry->term.counts = g_new0 (guint64, n_clusters);
  entry->term.counts[entry->first_cluster] = entry->first_count;
}

static void
count_cluster (const Count *count, Entry *entry)
{
  guint cluster = count->passage->cluster;

  if (entry->term.counts == NULL && (entry->first_count == 0 || entry->first_cluster == cluster))
    {
      entry->first_cluster = cluster;
      entry->first_count++;
      return;
    }
  spread_counts (entry, count->index->n_clusters);
  entry->term.counts[cluster]++;
}

static void
count_in_code (Count *count, guint i, guint n)
{
  gboolean is_covered;
  Entry *entry;
  Key key;

  if (!key_at (count, i, n, &key))
    return;
  entry = g_hash_table_lookup (count->entries, &key);
  if (entry == NULL)
    entry = add_entry (count, &key, i, n);
  is_covered
      = has_hit (count, place_at (count, i)->start_byte, place_at (count, i + n - 1)->end_byte);
  entry->term.in_code++;
  count_cluster (count, entry);
  if (entry->last_passage != count->number + 1)
    {
      entry->term.code_passages++;
      entry->term.missed += count->is_missed ? 1 : 0;
      entry->term.covered += is_covered ? 1 : 0;
    }
  else if (entry->covered && !is_covered)
    entry->term.covered--;
  entry->covered = is_covered && (entry->covered || entry->last_passage != count->number + 1);
  entry->last_passage = count->number + 1;
}

static void
count_in_rest (Count *count, guint i, guint n)
{
  Entry *entry;
  Key key;

  if (!key_at (count, i, n, &key))
    return;
  entry = g_hash_table_lookup (count->entries, &key);
  if (entry == NULL)
    return;
  entry->term.in_rest++;
  if (entry->last_passage != count->number + 1)
    entry->term.rest_passages++;
  entry->last_passage = count->number + 1;
}

static void
count_words (const Count *count, gboolean in_code, AttestTermGround *ground)
{
  guint64 words = 0;

  for (guint i = 0; i < count->places->len; i++)
    words += place_at (count, i)->word != ATTEST_TERM_BREAK;
  *(in_code ? &ground->code_words : &ground->rest_words) += words;
  *(in_code ? &ground->code_passages : &ground->rest_passages) += 1;
  if (in_code)
    ground->words[count->passage->cluster] += words;
}

/* All passages in the language that have the code, or all that have not. */
static void
count_passages (Count *count, const char *lang, gboolean in_code, AttestTermGround *ground)
{
  for (guint number = 0; number < count->index->passages->len; number++)
    {
      const AttestPassage *passage = g_ptr_array_index (count->index->passages, number);

      if (passage->lang != lang || attest_passage_has_code (passage, count->code) != in_code)
        continue;
      count->number = number;
      count->passage = passage;
      count->places = g_ptr_array_index (count->index->places, number);
      count->is_missed = !has_hit (count, 0, passage->length_bytes);
      count_words (count, in_code, ground);
      for (guint i = 0; i < count->places->len; i++)
        for (guint n = 1; n <= ATTEST_MAX_TERM_WORDS; n++)
          if (in_code)
            count_in_code (count, i, n);
          else
            count_in_rest (count, i, n);
    }
}

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  const AttestTerm *x = *(const AttestTerm *const *)a, *y = *(const AttestTerm *const *)b;

  return strcmp (x->text, y->text);
}

GPtrArray *
attest_term_index_count (const AttestTermIndex *index, const char *lang, guint code,
                         guint min_passages, AttestTermGround *out_ground)
{
  g_autoptr (GHashTable) entries = g_hash_table_new_full (hash_key, equal_keys, g_free, NULL);
  Count count = { .index = index, .code = code, .entries = entries };
  /* The term is the first thing in its entry. */
  GPtrArray *terms = g_ptr_array_new_with_free_func (free_entry);
  GHashTableIter iter;
  gpointer value;

  memset (out_ground, 0, sizeof *out_ground);
  out_ground->n_clusters = index->n_clusters;
  out_ground->words = g_new0 (guint64, index->n_clusters + 1);
  count_passages (&count, lang, TRUE, out_ground);
  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((const Entry *)value)->term.code_passages < min_passages)
      {
        free_entry (value);
        g_hash_table_iter_remove (&iter);
      }
    else
      spread_counts (value, index->n_clusters);
  count_passages (&count, lang, FALSE, out_ground);
  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (terms, value);
  g_ptr_array_sort (terms, compare_terms);
  return terms;
}

void
attest_term_ground_clear (AttestTermGround *ground)
{
  g_clear_pointer (&ground->words, g_free);
}
