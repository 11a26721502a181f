/* Where quotes stand now, when copies have corrected transcripts: what people said of a quote of an
 * earlier version, in a copy that did not know of the correction, is about where its words are. */
#include "store/attest-store-merge-private.h"

#include <string.h>

#include "util/attest-anchor.h"
#include "util/attest-error.h"

/* Of a chain of corrections. Two copies may have corrected one there and back: then it has no end.
 */
#define MAX_STEPS 1000

enum
{
  LIST_CARRIED,
  LIST_VERSIONS,
  FIND_QUOTE,
  HAS_TURNS,
  HAS_TURN,
  GOES_BACK,
  DROP_BACK,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LIST_CARRIED]
  = "SELECT old_key, ifnull (new_key, 0), how, seq FROM carried ORDER BY seq, old_key",
  /* The last version of each source, and those before. */
  [LIST_VERSIONS] = "SELECT v.id, (SELECT w.id FROM version w WHERE w.source_id = v.source_id"
                    "   ORDER BY w.number DESC LIMIT 1), v.original_sha256 FROM version v",
  [FIND_QUOTE] = "SELECT version_id, start_byte, end_byte FROM quote WHERE key = ?1",
  [HAS_TURNS] = "SELECT EXISTS (SELECT 1 FROM turn WHERE version_id = ?1)",
  [HAS_TURN] = "SELECT EXISTS (SELECT 1 FROM turn WHERE version_id = ?1 AND start_byte <= ?2"
               " AND end_byte >= ?3)",
  [GOES_BACK] = "SELECT EXISTS (SELECT 1 FROM quote q JOIN version v ON v.id = q.version_id"
                " JOIN quote r ON r.key = ?2 JOIN version w ON w.id = r.version_id"
                " WHERE q.key = ?1 AND w.number <= v.number)",
  [DROP_BACK] = "DELETE FROM carried WHERE EXISTS (SELECT 1 FROM quote q"
                " JOIN version v ON v.id = q.version_id JOIN quote r ON r.key = carried.new_key"
                " JOIN version w ON w.id = r.version_id"
                " WHERE q.key = carried.old_key AND w.number <= v.number)",
};

/* That an update, or a merge before, carried a quote. */
typedef struct
{
  gint64 new_key; /* 0: nobody could say where to */
  gint64 merged_seq;
  AttestAnchor how;
  gboolean is_update;
} Carry;

typedef struct
{
  gint64 place; /* 0: nobody can say */
  AttestAnchor how;
} Place;

/* Two texts that are compared. */
typedef struct
{
  gint64 from, to; /* ids of versions */
  GBytes *before, *after;
  AttestAnchors *anchors; /* NULL: a text is no UTF-8 */
} Pair;

struct _AttestMergePlaces
{
  GHashTable *carries;   /* key → GArray of Carry, by merged_seq */
  GHashTable *before;    /* key → the key from which a merge moved it */
  GHashTable *last;      /* version → the last of its source, where it is another */
  GHashTable *originals; /* version → SHA-256 of its original */
  GHashTable *known;     /* key → Place */
  GPtrArray *pairs;      /* of Pair */
};

/* ---- what is known ---- */

static void
free_pair (gpointer item)
{
  Pair *pair = item;

  attest_anchors_free (pair->anchors);
  g_bytes_unref (pair->before);
  g_bytes_unref (pair->after);
  g_free (pair);
}

void
attest_merge_places_free (AttestMergePlaces *places)
{
  if (places == NULL)
    return;
  g_hash_table_unref (places->carries);
  g_hash_table_unref (places->before);
  g_hash_table_unref (places->last);
  g_hash_table_unref (places->originals);
  g_hash_table_unref (places->known);
  g_ptr_array_unref (places->pairs);
  g_free (places);
}

static gpointer
dup_key (gint64 key)
{
  return g_memdup2 (&key, sizeof key);
}

static AttestAnchor
parse_how (const char *how)
{
  for (int i = 0; i < ATTEST_N_ANCHORS; i++)
    if (strcmp (attest_anchor_to_string ((AttestAnchor)i), how) == 0)
      return (AttestAnchor)i;
  return ATTEST_ANCHOR_LOST;
}

static int
compare_carries (gconstpointer a, gconstpointer b)
{
  const Carry *x = a, *y = b;

  if (x->merged_seq != y->merged_seq)
    return x->merged_seq < y->merged_seq ? -1 : 1;
  return x->new_key < y->new_key ? -1 : x->new_key > y->new_key;
}

/* Of several, the one with the smallest key. */
static void
note_before (AttestMergePlaces *places, gint64 old_key, const Carry *carry)
{
  const gint64 *other = g_hash_table_lookup (places->before, &carry->new_key);

  if (carry->new_key != 0 && !carry->is_update && (other == NULL || old_key < *other))
    g_hash_table_insert (places->before, dup_key (carry->new_key), dup_key (old_key));
}

static gboolean
load_carries (AttestMergePlaces *places, AttestMerge *merge, AttestMergeCopy *copy, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (copy->store, statements[LIST_CARRIED], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (copy->store, stmt, error)) > 0)
    {
      gint64 old_key = sqlite3_column_int64 (stmt, 0);
      const AttestMergeEntry *entry
          = attest_merge_copy_entry (copy, sqlite3_column_int64 (stmt, 3));
      GArray *carries = g_hash_table_lookup (places->carries, &old_key);
      Carry carry = { .new_key = sqlite3_column_int64 (stmt, 1),
                      .how = parse_how (attest_stmt_text (stmt, 2)) };
      gint64 goes_back = 0;

      if (!attest_stmt_get_int (merge->store, statements[GOES_BACK], &goes_back, error, "ii",
                                old_key, carry.new_key))
        return FALSE;
      if (entry == NULL || goes_back)
        continue;
      entry = g_hash_table_lookup (merge->merged, entry->name);
      carry.merged_seq = entry->merged_seq;
      carry.is_update = g_str_has_prefix (entry->command, "update ");
      if (carries == NULL)
        {
          carries = g_array_new (FALSE, FALSE, sizeof (Carry));
          g_hash_table_insert (places->carries, dup_key (old_key), carries);
        }
      g_array_append_val (carries, carry);
      note_before (places, old_key, &carry);
    }
  return rc == 0;
}

static gboolean
load_versions (AttestMergePlaces *places, AttestMerge *merge, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (merge->store, statements[LIST_VERSIONS], error, "");
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (merge->store, stmt, error)) > 0)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0), last = sqlite3_column_int64 (stmt, 1);

      g_hash_table_insert (places->originals, dup_key (id), attest_stmt_dup (stmt, 2));
      if (id != last)
        g_hash_table_insert (places->last, dup_key (id), dup_key (last));
    }
  return rc == 0;
}

AttestMergePlaces *
attest_merge_places_new (AttestMerge *merge, GError **error)
{
  g_autoptr (AttestMergePlaces) places = g_new0 (AttestMergePlaces, 1);
  GHashTableIter iter;
  gpointer carries;

  places->carries
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_array_unref);
  places->before = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  places->last = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  places->originals = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  places->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  places->pairs = g_ptr_array_new_with_free_func (free_pair);
  for (guint i = 0; i < merge->copies->len; i++)
    if (!load_carries (places, merge, merge->copies->pdata[i], error))
      return NULL;
  g_hash_table_iter_init (&iter, places->carries);
  while (g_hash_table_iter_next (&iter, NULL, &carries))
    g_array_sort (carries, compare_carries);
  return load_versions (places, merge, error) ? g_steal_pointer (&places) : NULL;
}

gboolean
attest_merge_drop_carried_back (AttestMerge *merge, GError **error)
{
  return attest_stmt_exec (merge->store, statements[DROP_BACK], error, "");
}

/* ---- by its words ---- */

static Pair *
get_pair (AttestMergePlaces *places, AttestMerge *merge, gint64 from, gint64 to, GError **error)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  gsize before_bytes, after_bytes;
  const char *old_text, *new_text;
  Pair *pair;

  for (guint i = 0; i < places->pairs->len; i++)
    {
      pair = places->pairs->pdata[i];
      if (pair->from == from && pair->to == to)
        return pair;
    }
  before = attest_store_load_text (merge->store, from, error);
  after = before != NULL ? attest_store_load_text (merge->store, to, error) : NULL;
  if (after == NULL)
    return NULL;
  pair = g_new0 (Pair, 1);
  pair->from = from;
  pair->to = to;
  old_text = g_bytes_get_data (before, &before_bytes);
  new_text = g_bytes_get_data (after, &after_bytes);
  if (g_utf8_validate_len (old_text, before_bytes, NULL)
      && g_utf8_validate_len (new_text, after_bytes, NULL))
    pair->anchors = attest_anchors_new (old_text, before_bytes, new_text, after_bytes);
  pair->before = g_steal_pointer (&before);
  pair->after = g_steal_pointer (&after);
  g_ptr_array_add (places->pairs, pair);
  return pair;
}

/* A decision is of what one speaker says; turns are derived, so a copy is asked. */
static gboolean
is_in_turn (AttestMerge *merge, gint64 version, gsize start_byte, gsize end_byte)
{
  for (guint i = 0; i < merge->copies->len; i++)
    {
      AttestMergeCopy *copy = merge->copies->pdata[i];
      gint64 there = attest_merge_find_reverse (copy, "version", version);
      gint64 has = 0;

      if (there == 0
          || !attest_stmt_get_int (copy->store, statements[HAS_TURNS], &has, NULL, "i", there)
          || !has)
        continue;
      has = 0;
      return attest_stmt_get_int (copy->store, statements[HAS_TURN], &has, NULL, "iii", there,
                                  (gint64)start_byte, (gint64)end_byte)
             && has;
    }
  return TRUE;
}

/* The quote at these bytes of a version, registered. */
static gboolean
register_quote (AttestMergePlaces *places, AttestMerge *merge, const Pair *pair, gsize start_byte,
                gsize end_byte, gint64 *out_key, GError **error)
{
  g_autoptr (GArray) quotes = g_array_new (FALSE, FALSE, sizeof (AttestQuote));
  gsize length_bytes;
  const char *text = g_bytes_get_data (pair->after, &length_bytes);
  AttestCharMap *map = attest_char_map_new (text, length_bytes);
  AttestQuote quote
      = { .key = attest_quote_make_key (g_hash_table_lookup (places->originals, &pair->to),
                                        (gint64)attest_char_map_to_char (map, start_byte),
                                        (gint64)attest_char_map_to_char (map, end_byte)),
          .version_id = pair->to,
          .start_byte = (gint64)start_byte,
          .end_byte = (gint64)end_byte,
          .text_hash = attest_quote_hash_text (text + start_byte, end_byte - start_byte) };

  attest_char_map_free (map);
  *out_key = quote.key;
  g_array_append_val (quotes, quote);
  return attest_store_register_quotes (merge->store, quotes, error);
}

/* @out: as it is when the words are in no place of which one can be sure. */
static gboolean
find_by_words (AttestMergePlaces *places, AttestMerge *merge, gint64 key, Place *out,
               GError **error)
{
  gint64 version = 0, start = 0, end = 0;
  gsize start_byte = 0, end_byte = 0;
  const gint64 *last;
  const Pair *pair;
  AttestAnchor how;

  {
    g_auto (AttestStmt) stmt
        = attest_stmt_query (merge->store, statements[FIND_QUOTE], error, "i", key);
    int rc = stmt != NULL ? attest_stmt_step (merge->store, stmt, error) : -1;

    if (rc <= 0)
      return rc == 0;
    version = sqlite3_column_int64 (stmt, 0);
    start = sqlite3_column_int64 (stmt, 1);
    end = sqlite3_column_int64 (stmt, 2);
  }
  last = g_hash_table_lookup (places->last, &version);
  if (last == NULL)
    {
      out->place = key;
      return TRUE;
    }
  pair = get_pair (places, merge, version, *last, error);
  if (pair == NULL)
    return FALSE;
  if (pair->anchors == NULL || start >= end || (gsize)end > g_bytes_get_size (pair->before))
    return TRUE;
  how = attest_anchors_find (pair->anchors, (gsize)start, (gsize)end, &start_byte, &end_byte);
  if (how <= ATTEST_ANCHOR_WORDS && !is_in_turn (merge, *last, start_byte, end_byte))
    how = ATTEST_ANCHOR_LOST;
  out->how = MAX (out->how, how);
  return how > ATTEST_ANCHOR_WORDS
         || register_quote (places, merge, pair, start_byte, end_byte, &out->place, error);
}

/* ---- where it is ---- */

/* Before merges moved it: where it goes now must not depend on what was merged first. */
static gint64
find_root (const AttestMergePlaces *places, gint64 key)
{
  for (guint step = 0; step < MAX_STEPS; step++)
    {
      const gint64 *before = g_hash_table_lookup (places->before, &key);

      if (before == NULL)
        break;
      key = *before;
    }
  return key;
}

/* As far as updates carried it, of several the last. */
static gint64
follow (const AttestMergePlaces *places, gint64 key, AttestAnchor *how)
{
  for (guint step = 0; step < MAX_STEPS; step++)
    {
      const GArray *carries = g_hash_table_lookup (places->carries, &key);
      const Carry *found = NULL;

      for (guint i = carries != NULL ? carries->len : 0; i-- > 0 && found == NULL;)
        if (g_array_index (carries, Carry, i).new_key != 0
            && g_array_index (carries, Carry, i).is_update)
          found = &g_array_index (carries, Carry, i);
      if (found == NULL)
        break;
      *how = MAX (*how, found->how);
      key = found->new_key;
    }
  return key;
}

/* The last quote to which anybody carried it: of those before, what is decided does not count. */
static gint64
follow_to_the_end (const AttestMergePlaces *places, gint64 key)
{
  AttestAnchor how = ATTEST_ANCHOR_DIFF;

  for (guint step = 0; step < MAX_STEPS; step++)
    {
      const GArray *carries;
      gint64 next = 0;

      key = follow (places, key, &how);
      carries = g_hash_table_lookup (places->carries, &key);
      for (guint i = 0; carries != NULL && i < carries->len; i++)
        if (g_array_index (carries, Carry, i).new_key != 0)
          next = g_array_index (carries, Carry, i).new_key;
      if (next == 0)
        break;
      key = next;
    }
  return key;
}

gboolean
attest_merge_find_place (AttestMerge *merge, gint64 key, gint64 *out_place, AttestAnchor *out_how,
                         GError **error)
{
  AttestMergePlaces *places = merge->places;
  const Place *known = g_hash_table_lookup (places->known, &key);
  Place place = { 0, ATTEST_ANCHOR_DIFF };

  if (known == NULL)
    {
      gint64 root = find_root (places, key);

      if (!find_by_words (places, merge, follow (places, root, &place.how), &place, error))
        return FALSE;
      if (place.place == 0)
        {
          place.how = ATTEST_ANCHOR_DIFF;
          if (!find_by_words (places, merge, root, &place, error))
            return FALSE;
        }
      if (place.place == 0)
        {
          place.place = follow_to_the_end (places, key);
          if (place.how < ATTEST_ANCHOR_AMBIGUOUS)
            place.how = ATTEST_ANCHOR_LOST;
        }
      known = g_memdup2 (&place, sizeof place);
      g_hash_table_insert (places->known, dup_key (key), (gpointer)known);
    }
  *out_place = known->place;
  *out_how = known->how;
  return TRUE;
}

gint64
attest_merge_find_place_before (const AttestMerge *merge, gint64 key, gint64 merged_seq)
{
  GHashTableIter iter;
  gpointer old_key, carries;
  gint64 found = 0;

  g_hash_table_iter_init (&iter, merge->places->carries);
  while (g_hash_table_iter_next (&iter, &old_key, &carries))
    for (guint i = 0; i < ((GArray *)carries)->len; i++)
      {
        const Carry *carry = &g_array_index ((GArray *)carries, Carry, i);
        gint64 old = *(gint64 *)old_key;

        if (carry->new_key == key && carry->merged_seq == merged_seq && (found == 0 || old < found))
          found = old;
      }
  return found;
}

gboolean
attest_merge_was_carried (const AttestMerge *merge, gint64 key, gint64 place)
{
  const GArray *carries = g_hash_table_lookup (merge->places->carries, &key);

  for (guint i = 0; carries != NULL && i < carries->len; i++)
    {
      const Carry *carry = &g_array_index (carries, Carry, i);

      if (carry->new_key == place && (place == 0 || carry->is_update))
        return TRUE;
    }
  return FALSE;
}
