/* attest-needle-set: see the header.
 *
 * At each byte of the text the next four, hashed, are looked up in a set of bits that stays in the
 * processor's first cache. Each needle is in it by its four rarest bytes; nineteen places in twenty
 * are done with that. Needles of fewer than four bytes are in a second set by their first two.
 */
#include "pattern/attest-needle-set.h"

#include <string.h>

#include "pattern/attest-rarity.h"

#define KEY_BYTES 4
/* Bits of a hash: a set of 32 kB. */
#define HASH_BITS 18
/* Buckets of the table behind it. */
#define BUCKET_BITS 14

typedef struct
{
  guint32 key;
  guint32 needle;
  guint8 offset_bytes; /* of the key in the needle */
  guint8 length_bytes;
  char bytes[ATTEST_NEEDLE_BYTES];
} Entry;

/* Entries by bucket: those of bucket b are from first[b] up to first[b + 1]. */
typedef struct
{
  guint64 *bits;
  guint *first;
  Entry *entries;
} Table;

struct _AttestNeedleSet
{
  Table longer, shorter;
};

static guint32
hash (guint32 key)
{
  return key * 0x9e3779b1u >> (32 - HASH_BITS);
}

static void
set_bit (guint64 *bits, guint32 i)
{
  bits[i >> 6] |= G_GUINT64_CONSTANT (1) << (i & 63);
}

static gboolean
has_bit (const guint64 *bits, guint32 i)
{
  return bits[i >> 6] >> (i & 63) & 1;
}

static guint32
load (const char *bytes)
{
  guint32 key;

  memcpy (&key, bytes, sizeof key);
  return GUINT32_FROM_LE (key);
}

/* --- making one */

static guint8
rarest_key (const AttestNeedle *needle)
{
  guint8 best = 0;
  double most = -1;

  for (guint8 i = 0; i + KEY_BYTES <= needle->length_bytes; i++)
    {
      double bits = attest_rarity_letter_bits (needle->bytes + i, KEY_BYTES);

      if (bits > most)
        {
          most = bits;
          best = i;
        }
    }
  return best;
}

static guint32
long_bucket (const Entry *entry)
{
  return hash (entry->key) >> (HASH_BITS - BUCKET_BITS);
}

static guint32
short_bucket (const Entry *entry)
{
  return (guchar)entry->bytes[0];
}

typedef guint32 (*BucketFunc) (const Entry *entry);

/* Sorts by counting. */
static void
fill_buckets (Table *table, const GArray *entries, guint n_buckets, BucketFunc bucket)
{
  g_autofree guint *next = NULL;

  table->first = g_new0 (guint, n_buckets + 1);
  table->entries = g_new (Entry, MAX (entries->len, 1));
  for (guint i = 0; i < entries->len; i++)
    table->first[bucket (&g_array_index (entries, Entry, i)) + 1]++;
  for (guint b = 0; b < n_buckets; b++)
    table->first[b + 1] += table->first[b];
  next = g_memdup2 (table->first, n_buckets * sizeof (guint));
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      table->entries[next[bucket (entry)]++] = *entry;
    }
}

static void
mark_longer (Table *table, const GArray *entries)
{
  table->bits = g_new0 (guint64, (1u << HASH_BITS) / 64);
  for (guint i = 0; i < entries->len; i++)
    set_bit (table->bits, hash (g_array_index (entries, Entry, i).key));
}

/* By the first two bytes; one byte goes with any second. */
static void
mark_shorter (Table *table, const GArray *entries)
{
  if (entries->len > 0)
    table->bits = g_new0 (guint64, 0x10000 / 64);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      guint32 first = (guchar)entry->bytes[0], second = (guchar)entry->bytes[1];

      for (guint32 c = 0; c <= 0xff; c++)
        if (entry->length_bytes == 1 || c == second)
          set_bit (table->bits, first | c << 8);
    }
}

AttestNeedleSet *
attest_needle_set_new (const AttestNeedle *const *needles, guint n)
{
  AttestNeedleSet *set = g_new0 (AttestNeedleSet, 1);
  g_autoptr (GArray) longer = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GArray) shorter = g_array_new (FALSE, FALSE, sizeof (Entry));

  for (guint i = 0; i < n; i++)
    {
      Entry entry = { .needle = i, .length_bytes = needles[i]->length_bytes };

      memcpy (entry.bytes, needles[i]->bytes, entry.length_bytes);
      if (entry.length_bytes < KEY_BYTES)
        {
          g_array_append_val (shorter, entry);
          continue;
        }
      entry.offset_bytes = rarest_key (needles[i]);
      entry.key = load (entry.bytes + entry.offset_bytes);
      g_array_append_val (longer, entry);
    }
  mark_longer (&set->longer, longer);
  fill_buckets (&set->longer, longer, 1u << BUCKET_BITS, long_bucket);
  mark_shorter (&set->shorter, shorter);
  fill_buckets (&set->shorter, shorter, 0x100, short_bucket);
  return set;
}

static void
table_clear (Table *table)
{
  g_free (table->bits);
  g_free (table->first);
  g_free (table->entries);
}

void
attest_needle_set_free (AttestNeedleSet *set)
{
  if (set == NULL)
    return;
  table_clear (&set->longer);
  table_clear (&set->shorter);
  g_free (set);
}

/* --- searching */

typedef struct
{
  const char *text;
  gsize length_bytes;
  AttestNeedleFunc func;
  gpointer user_data;
} Search;

static void
try_entries (const Search *search, const Table *table, guint32 bucket, guint32 key, gsize at)
{
  for (guint i = table->first[bucket]; i < table->first[bucket + 1]; i++)
    {
      const Entry *entry = &table->entries[i];
      gsize start = at - entry->offset_bytes;

      if ((entry->length_bytes < KEY_BYTES || entry->key == key) && at >= entry->offset_bytes
          && entry->length_bytes <= search->length_bytes - start
          && memcmp (search->text + start, entry->bytes, entry->length_bytes) == 0)
        search->func (entry->needle, start, search->user_data);
    }
}

void
attest_needle_set_find (const AttestNeedleSet *set, const char *text, gsize length_bytes,
                        AttestNeedleFunc func, gpointer user_data)
{
  const Search search = { text, length_bytes, func, user_data };
  const guint64 *longer = set->longer.bits, *shorter = set->shorter.bits;

  for (gsize i = 0; i < length_bytes; i++)
    {
      guint32 key = load (text + i), hashed = hash (key);

      if (has_bit (longer, hashed))
        try_entries (&search, &set->longer, hashed >> (HASH_BITS - BUCKET_BITS), key, i);
      if (shorter != NULL && has_bit (shorter, key & 0xffff))
        try_entries (&search, &set->shorter, key & 0xff, key, i);
    }
}
