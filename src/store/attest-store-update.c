#include "store/attest-store-update.h"

#include <string.h>

#include "store/attest-store-decision.h"
#include "store/attest-store-private.h"
#include "util/attest-error.h"
#include "util/attest-text.h"

enum
{
  FIND_BY_ORIGINAL,
  HAS_WITHDRAWAL,
  NEXT_NUMBER,
  LIST_QUOTES,
  COPY_DECISIONS,
  COPY_CONSENSUS,
  COPY_JUDGED,
  COPY_LINKS,
  COPY_PAGES,
  REMOVE_LINKS,
  ADD_CARRIED,
  HAS_TURN,
  GET_CHARS,
  REMOVE_UNHEARD,
  N_STATEMENTS
};

#define LINK_HOLDS                                                                                 \
  "l.stance IS NOT NULL AND l.id = (SELECT max (m.id) FROM entry_link m"                           \
  " WHERE m.entry_id = l.entry_id AND m.quote_key IS l.quote_key"                                  \
  " AND m.seq NOT IN (SELECT seq FROM taken_back))"

static const char *const statements[N_STATEMENTS] = {
  [FIND_BY_ORIGINAL] = "SELECT s.label, v.number FROM version v JOIN source s ON s.id = v.source_id"
                       " WHERE v.original_sha256 = ?1",
  [HAS_WITHDRAWAL] = "SELECT EXISTS (SELECT 1 FROM withdrawal_span w JOIN version v"
                     " ON v.id = w.version_id WHERE v.source_id = ?1)",
  [NEXT_NUMBER] = "SELECT max (number) + 1 FROM version WHERE source_id = ?1",
  /* Also those of versions before the last, which no earlier correction could carry. */
  [LIST_QUOTES]
  = "SELECT q.key, q.chars, q.version_id, q.start_byte, q.end_byte,"
    " (SELECT count (*) FROM decision_in_force f WHERE f.quote_key = q.key),"
    " (SELECT count (*) FROM entry_link l WHERE l.quote_key = q.key AND " LINK_HOLDS "),"
    " q.key IN (SELECT quote_key FROM sample_unit WHERE quote_key IS NOT NULL) OR q.key IN (SELECT "
    "quote_key FROM judged)"
    " FROM quote q JOIN version v ON v.id = q.version_id WHERE v.source_id = ?1 AND v.id <> ?2"
    " AND q.key NOT IN (SELECT old_key FROM carried WHERE new_key IS NOT NULL)"
    " AND (q.key IN (SELECT quote_key FROM decision)"
    "   OR q.key IN (SELECT quote_key FROM entry_link)"
    "   OR q.key IN (SELECT quote_key FROM sample_unit WHERE quote_key IS NOT NULL)"
    "   OR q.key IN (SELECT quote_key FROM judged))"
    " ORDER BY v.number, q.start_byte, q.end_byte",
  [COPY_DECISIONS]
  = "INSERT INTO decision (seq, quote_key, source_id, codebook, code, action, other_code, text,"
    "   coder, at) SELECT ?3, ?2, source_id, codebook, code, action, other_code, text, coder, at"
    " FROM decision_in_force WHERE quote_key = ?1 ORDER BY id",
  [COPY_CONSENSUS]
  = "INSERT OR IGNORE INTO consensus (decision_id, coder, seq) SELECT n.id, c.coder, ?3"
    " FROM decision o JOIN consensus c ON c.decision_id = o.id"
    " JOIN decision n ON n.seq = ?3 AND n.quote_key = ?2 AND n.codebook IS o.codebook"
    "   AND n.code IS o.code AND n.action = o.action AND n.coder = o.coder AND n.at = o.at"
    " WHERE o.quote_key = ?1",
  [COPY_JUDGED] = "INSERT INTO judged (seq, quote_key, codebook, coder, at)"
                  " SELECT ?3, ?2, codebook, coder, at FROM judged_in_force WHERE quote_key = ?1"
                  " ORDER BY id",
  [COPY_LINKS] = "INSERT INTO entry_link (seq, entry_id, quote_key, target_id, stance, note)"
                 " SELECT ?3, l.entry_id, ?2, NULL, l.stance, l.note FROM entry_link l"
                 " WHERE l.quote_key = ?1 AND " LINK_HOLDS " ORDER BY l.id",
  [COPY_PAGES] = "INSERT INTO quote_page (seq, quote_key, page) SELECT ?3, ?2, page FROM quote_page"
                 " WHERE id = (SELECT max (id) FROM quote_page WHERE quote_key = ?1"
                 "   AND seq NOT IN (SELECT seq FROM taken_back))",
  [REMOVE_LINKS] = "INSERT INTO entry_link (seq, entry_id, quote_key, target_id, stance, note)"
                   " SELECT ?2, l.entry_id, l.quote_key, NULL, NULL, NULL FROM entry_link l"
                   " WHERE l.quote_key = ?1 AND " LINK_HOLDS " ORDER BY l.id",
  [ADD_CARRIED] = "INSERT INTO carried (old_key, new_key, how, seq)"
                  " VALUES (?1, nullif (?2, 0), ?3, ?4)",
  /* A decision is of what one speaker says. */
  [HAS_TURN] = "SELECT EXISTS (SELECT 1 FROM turn WHERE version_id = ?1 AND start_byte <= ?2"
               " AND end_byte >= ?3)",
  [GET_CHARS] = "SELECT chars FROM quote WHERE key = ?1",
  /* Speakers whose names were corrected; of whom something is known, they stay. */
  [REMOVE_UNHEARD] = "DELETE FROM respondent WHERE origin = 'default'"
                     " AND id NOT IN (SELECT respondent_id FROM speaker"
                     "   WHERE respondent_id IS NOT NULL)"
                     " AND id NOT IN (SELECT respondent_id FROM respondent_attribute)",
};

static void
carried_free (gpointer data)
{
  AttestCarriedQuote *quote = data;

  g_free (quote->id);
  g_free (quote->new_id);
  g_free (quote->text);
  g_free (quote->now);
  g_free (quote);
}

void
attest_update_free (AttestUpdate *update)
{
  if (update == NULL)
    return;
  g_ptr_array_unref (update->quotes);
  g_free (update);
}

/* ---- the new version ---- */

static gboolean
check_new (AttestStore *store, const AttestDocument *doc, GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[FIND_BY_ORIGINAL], error, "s", doc->sha256);
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

  if (rc <= 0)
    return rc == 0;
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "%s: the project holds these bytes already, as version %s of '%s'",
                       doc->path, attest_stmt_text (stmt, 1), attest_stmt_text (stmt, 0));
}

/* Another file of the same talk would bring back what somebody took back. */
static gboolean
check_not_withdrawn (AttestStore *store, const char *label, gint64 source_id, GError **error)
{
  gint64 has = 0;

  if (!attest_stmt_get_int (store, statements[HAS_WITHDRAWAL], &has, error, "i", source_id))
    return FALSE;
  return !has
         || attest_throw (
             error, ATTEST_ERROR_USAGE,
             "somebody who speaks in '%s' withdrew: another file of it would bring back "
             "what they said, so its text stays as it is",
             label);
}

/* What was made of the earlier versions: it would be counted twice. In this order: what refers
 * before what it refers to. */
static gboolean
drop_derived (AttestStore *store, gint64 source_id, gint64 version_id, GError **error)
{
#define EARLIER " WHERE version_id IN (SELECT id FROM version WHERE source_id = ?1 AND id <> ?2)"
  static const char *const steps[] = { "DELETE FROM question_turn" EARLIER,
                                       "DELETE FROM question_answer" EARLIER,
                                       "DELETE FROM question_incomplete" EARLIER,
                                       "DELETE FROM aligned" EARLIER,
                                       "DELETE FROM segment" EARLIER,
                                       "DELETE FROM asked" EARLIER,
                                       "DELETE FROM incomplete" EARLIER,
                                       "DELETE FROM coded" EARLIER,
                                       "DELETE FROM turn" EARLIER,
                                       "DELETE FROM speaker" EARLIER };
#undef EARLIER

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!attest_stmt_exec (store, steps[i], error, "ii", source_id, version_id))
      return FALSE;
  return TRUE;
}

/* ---- carrying ---- */

/* One update at work. */
typedef struct
{
  AttestStore *store;
  gint64 version_id;
  const AttestDocument *doc;
  AttestCharMap *map;
  GArray *old_quotes;    /* of AttestQuote, as update->quotes */
  GArray *new_keys;      /* of gint64; 0: not carried */
  AttestVersionText old; /* the text that the quotes at hand are of */
  AttestAnchors *anchors;
  GPtrArray *confirmed; /* (nullable) of char * */
  AttestUpdate *update;
} Carrying;

static gboolean
list_quotes (Carrying *carrying, gint64 source_id, GError **error)
{
  AttestStore *store = carrying->store;
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_QUOTES], error, "ii",
                                                source_id, carrying->version_id);
  int rc;

  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestQuote quote = { .key = sqlite3_column_int64 (stmt, 0),
                            .chars = (guint)sqlite3_column_int64 (stmt, 1),
                            .version_id = sqlite3_column_int64 (stmt, 2),
                            .start_byte = sqlite3_column_int64 (stmt, 3),
                            .end_byte = sqlite3_column_int64 (stmt, 4) };
      AttestCarriedQuote *carried;
      char id[ATTEST_QUOTE_ID_BYTES];

      if (sqlite3_column_int64 (stmt, 5) + sqlite3_column_int64 (stmt, 6) == 0
          && sqlite3_column_int (stmt, 7) == 0)
        continue;
      attest_quote_format_id (quote.key, quote.chars, id);
      carried = g_new0 (AttestCarriedQuote, 1);
      carried->id = g_strdup (id);
      carried->decisions = (guint)sqlite3_column_int64 (stmt, 5);
      carried->links = (guint)sqlite3_column_int64 (stmt, 6);
      g_ptr_array_add (carrying->update->quotes, carried);
      g_array_append_val (carrying->old_quotes, quote);
    }
  return rc == 0;
}

static gboolean
load_old_text (Carrying *carrying, gint64 version_id, GError **error)
{
  gboolean is_same = carrying->old.text != NULL && carrying->old.version_id == version_id;
  gsize length_bytes;
  const char *text;

  if (!attest_version_text_load (&carrying->old, carrying->store, version_id, error))
    return FALSE;
  if (is_same)
    return TRUE;
  g_clear_pointer (&carrying->anchors, attest_anchors_free);
  text = g_bytes_get_data (carrying->old.text, &length_bytes);
  if (g_utf8_validate_len (text, length_bytes, NULL))
    carrying->anchors
        = attest_anchors_new (text, length_bytes, carrying->doc->text, carrying->doc->length_bytes);
  return TRUE;
}

/* The quote that stands at these bytes of the new version, registered. */
static gboolean
register_quote (Carrying *carrying, gsize start_byte, gsize end_byte, gint64 *out_key,
                GError **error)
{
  const AttestDocument *doc = carrying->doc;
  g_autoptr (GArray) quotes = g_array_new (FALSE, FALSE, sizeof (AttestQuote));
  AttestQuote quote
      = { .key = attest_quote_make_key (doc->sha256,
                                        (gint64)attest_char_map_to_char (carrying->map, start_byte),
                                        (gint64)attest_char_map_to_char (carrying->map, end_byte)),
          .version_id = carrying->version_id,
          .start_byte = (gint64)start_byte,
          .end_byte = (gint64)end_byte,
          .text_hash = attest_quote_hash_text (doc->text + start_byte, end_byte - start_byte) };

  *out_key = quote.key;
  g_array_append_val (quotes, quote);
  return attest_store_register_quotes (carrying->store, quotes, error);
}

static gboolean
is_confirmed (const Carrying *carrying, const char *id)
{
  for (guint i = 0; carrying->confirmed != NULL && i < carrying->confirmed->len; i++)
    if (g_ascii_strcasecmp (carrying->confirmed->pdata[i], id) == 0)
      return TRUE;
  return FALSE;
}

/* Who confirms what is not so has looked at another text. */
static gboolean
check_confirmed (const Carrying *carrying, GError **error)
{
  for (guint i = 0; carrying->confirmed != NULL && i < carrying->confirmed->len; i++)
    {
      const char *id = carrying->confirmed->pdata[i];
      gboolean found = FALSE;

      for (guint k = 0; k < carrying->update->quotes->len && !found; k++)
        {
          const AttestCarriedQuote *quote = carrying->update->quotes->pdata[k];

          found = quote->is_confirmed && g_ascii_strcasecmp (quote->id, id) == 0;
        }
      if (!found)
        return attest_throw (error, ATTEST_ERROR_USAGE,
                             "%s is no quote whose words are changed in this text; without "
                             "--changed, --dry-run lists them",
                             id);
    }
  return TRUE;
}

/* As the table carried has it: what somebody confirmed stands where he read it. */
static AttestAnchor
how_noted (const AttestCarriedQuote *quote)
{
  if (quote->how != ATTEST_ANCHOR_CHANGED)
    return quote->how;
  return quote->is_confirmed ? ATTEST_ANCHOR_WORDS : ATTEST_ANCHOR_LOST;
}

static gboolean
carry_quote (Carrying *carrying, const AttestQuote *quote, AttestCarriedQuote *carried,
             gint64 *out_key, GError **error)
{
  gsize start_byte = 0, end_byte = 0, length_bytes;
  gint64 has_turn = 0, chars = 0;
  char id[ATTEST_QUOTE_ID_BYTES];
  const char *text;

  *out_key = 0;
  carried->how = ATTEST_ANCHOR_LOST;
  if (!load_old_text (carrying, quote->version_id, error))
    return FALSE;
  text = g_bytes_get_data (carrying->old.text, &length_bytes);
  if (carrying->anchors == NULL || (gsize)quote->end_byte > length_bytes)
    return TRUE;
  carried->text
      = g_strndup (text + quote->start_byte, (gsize)(quote->end_byte - quote->start_byte));
  carried->how = attest_anchors_find (carrying->anchors, (gsize)quote->start_byte,
                                      (gsize)quote->end_byte, &start_byte, &end_byte);
  if (carried->how > ATTEST_ANCHOR_CHANGED)
    return TRUE;
  if (!attest_stmt_get_int (carrying->store, statements[HAS_TURN], &has_turn, error, "iii",
                            carrying->version_id, (gint64)start_byte, (gint64)end_byte))
    return FALSE;
  if (!has_turn)
    {
      carried->how = ATTEST_ANCHOR_LOST;
      return TRUE;
    }
  if (carried->how == ATTEST_ANCHOR_CHANGED)
    {
      carried->now = g_strndup (carrying->doc->text + start_byte, end_byte - start_byte);
      carried->is_confirmed = is_confirmed (carrying, carried->id);
      if (!carried->is_confirmed)
        return TRUE;
    }
  if (!register_quote (carrying, start_byte, end_byte, out_key, error)
      || !attest_stmt_get_int (carrying->store, statements[GET_CHARS], &chars, error, "i",
                               *out_key))
    return FALSE;
  attest_quote_format_id (*out_key, (guint)chars, id);
  carried->new_id = g_strdup (id);
  return TRUE;
}

static gboolean
carry_quotes (Carrying *carrying, GError **error)
{
  for (guint i = 0; i < carrying->old_quotes->len; i++)
    {
      AttestCarriedQuote *carried = g_ptr_array_index (carrying->update->quotes, i);
      gint64 key;

      if (!carry_quote (carrying, &g_array_index (carrying->old_quotes, AttestQuote, i), carried,
                        &key, error))
        return FALSE;
      if (carried->text == NULL)
        carried->text = g_strdup ("");
      carrying->update->n_by[carried->how]++;
      g_array_append_val (carrying->new_keys, key);
    }
  return TRUE;
}

/* Old and new key of the quotes that were carried, and the entry that is at work, to @sql. */
static gboolean
for_each_carried (Carrying *carrying, const char *sql, gboolean removes, GError **error)
{
  gint64 seq;

  if (!attest_store_peek_audit (carrying->store, &seq, error))
    return FALSE;
  for (guint i = 0; i < carrying->old_quotes->len; i++)
    {
      gint64 old_key = g_array_index (carrying->old_quotes, AttestQuote, i).key;
      gint64 new_key = g_array_index (carrying->new_keys, gint64, i);

      if (new_key == 0)
        continue;
      if (removes ? !attest_stmt_exec (carrying->store, sql, error, "ii", old_key, seq)
                  : !attest_stmt_exec (carrying->store, sql, error, "iii", old_key, new_key, seq))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_carried (Carrying *carrying, GError **error)
{
  gint64 seq;

  if (!attest_store_peek_audit (carrying->store, &seq, error))
    return FALSE;
  for (guint i = 0; i < carrying->old_quotes->len; i++)
    {
      const AttestCarriedQuote *carried = g_ptr_array_index (carrying->update->quotes, i);

      if (!attest_stmt_exec (carrying->store, statements[ADD_CARRIED], error, "iisi",
                             g_array_index (carrying->old_quotes, AttestQuote, i).key,
                             g_array_index (carrying->new_keys, gint64, i),
                             attest_anchor_to_string (how_noted (carried)), seq))
        return FALSE;
    }
  return TRUE;
}

/* Links and decisions are sealed by an entry each. Decisions last: from then on those about the
 * quotes before are not in force. */
static gboolean
write_carried (Carrying *carrying, const char *actor, const char *label, GError **error)
{
  AttestStore *store = carrying->store;

  store->has_judged = TRUE;
  if (!for_each_carried (carrying, statements[COPY_LINKS], FALSE, error)
      || !for_each_carried (carrying, statements[COPY_PAGES], FALSE, error)
      || !for_each_carried (carrying, statements[REMOVE_LINKS], TRUE, error)
      || !attest_store_append_sealed (store, actor, "update links", label, error))
    return FALSE;
  store->has_decided = TRUE;
  return for_each_carried (carrying, statements[COPY_DECISIONS], FALSE, error)
         && for_each_carried (carrying, statements[COPY_CONSENSUS], FALSE, error)
         && for_each_carried (carrying, statements[COPY_JUDGED], FALSE, error)
         && note_carried (carrying, error)
         && attest_store_append_sealed (store, actor, "update decisions", label, error);
}

static void
carrying_clear (Carrying *carrying)
{
  g_clear_pointer (&carrying->map, attest_char_map_free);
  g_clear_pointer (&carrying->anchors, attest_anchors_free);
  attest_version_text_clear (&carrying->old);
  g_array_unref (carrying->old_quotes);
  g_array_unref (carrying->new_keys);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Carrying, carrying_clear)

AttestUpdate *
attest_store_update_source (AttestStore *store, const char *label, const AttestDocument *doc,
                            const char *actor, GError **error)
{
  return attest_store_update_confirmed (store, label, doc, NULL, actor, error);
}

AttestUpdate *
attest_store_update_confirmed (AttestStore *store, const char *label, const AttestDocument *doc,
                               GPtrArray *confirmed, const char *actor, GError **error)
{
  g_autoptr (AttestUpdate) update = g_new0 (AttestUpdate, 1);
  g_auto (Carrying) carrying = { .store = store,
                                 .doc = doc,
                                 .old_quotes = g_array_new (FALSE, FALSE, sizeof (AttestQuote)),
                                 .new_keys = g_array_new (FALSE, FALSE, sizeof (gint64)),
                                 .confirmed = confirmed,
                                 .update = update };
  gint64 source_id, last_id, number = 0;

  g_return_val_if_fail (attest_store_is_writing (store), NULL);
  update->quotes = g_ptr_array_new_with_free_func (carried_free);
  if (!attest_store_find_version (store, label, &source_id, &last_id, error)
      || !check_not_withdrawn (store, label, source_id, error) || !check_new (store, doc, error)
      || !attest_stmt_get_int (store, statements[NEXT_NUMBER], &number, error, "i", source_id)
      || !attest_store_add_version (store, source_id, number, doc, &carrying.version_id, error)
      || !drop_derived (store, source_id, carrying.version_id, error)
      || !attest_store_add_turns (store, carrying.version_id, doc, error)
      || !attest_store_assign_respondents (store, source_id, error)
      || !attest_stmt_exec (store, statements[REMOVE_UNHEARD], error, "")
      || !attest_store_append_sealed (store, actor, "update source", label, error))
    return NULL;
  update->version = (guint)number;
  carrying.map = attest_char_map_new (doc->text, doc->length_bytes);
  if (!list_quotes (&carrying, source_id, error) || !carry_quotes (&carrying, error)
      || !check_confirmed (&carrying, error)
      || (update->quotes->len > 0 && !write_carried (&carrying, actor, label, error)))
    return NULL;
  return g_steal_pointer (&update);
}
