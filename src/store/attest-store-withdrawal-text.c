/* What a respondent said, struck out of a text. */
#include "store/attest-store-private.h"
#include "store/attest-store-withdrawal.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  LIST_TURNS,
  LIST_LABELS,
  ADD_SPAN,
  ADD_VERSION,
  SET_CONTENT,
  LIST_EARLIER,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LIST_TURNS] = "SELECT t.start_byte, t.end_byte, p.respondent_id IS ?2 FROM turn t"
                 " JOIN speaker p ON p.version_id = t.version_id AND p.number = t.speaker"
                 " WHERE t.version_id = ?1 ORDER BY t.start_byte",
  [LIST_LABELS] = "SELECT DISTINCT label FROM speaker WHERE version_id = ?1 AND respondent_id = ?2"
                  " AND label <> '' ORDER BY length (label) DESC",
  [ADD_SPAN] = "INSERT INTO withdrawal_span (seq, version_id, start_byte, end_byte)"
               " VALUES (?1, ?2, ?3, ?4)",
  [ADD_VERSION] = "INSERT INTO withdrawal_version (seq, version_id, text_sha256)"
                  " VALUES (?1, ?2, ?3)",
  [SET_CONTENT] = "UPDATE version_content SET text = ?2, original = x'' WHERE version_id = ?1",
  [LIST_EARLIER] = "SELECT v.id FROM version v JOIN version w ON w.source_id = v.source_id"
                   " WHERE w.id = ?1 AND v.number < w.number",
};

/* By their bytes. */
static const char *const marks[] = { "_", "·", "░", "🀫" };

gboolean
attest_store_is_struck (const char *text, gsize length_bytes)
{
  const char *end = text + length_bytes;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gsize bytes = (gsize)(g_utf8_next_char (p) - p);

      if (memcmp (p, marks[CLAMP (bytes, 1, G_N_ELEMENTS (marks)) - 1], bytes) != 0)
        return FALSE;
    }
  return length_bytes > 0;
}

/* As many characters of as many bytes each, in no order: nothing of the words is left. */
static void
strike (char *text, gsize start_byte, gsize end_byte)
{
  guint counts[G_N_ELEMENTS (marks)] = { 0 };
  char *p = text + start_byte;

  while (p < text + end_byte)
    {
      gsize bytes = (gsize)(g_utf8_next_char (p) - p);

      counts[CLAMP (bytes, 1, G_N_ELEMENTS (marks)) - 1]++;
      p += bytes;
    }
  p = text + start_byte;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    for (guint k = 0; k < counts[i]; k++, p += i + 1)
      memcpy (p, marks[i], i + 1);
}

/* What stands between turns: his labels. */
static void
strike_labels (char *text, gsize start_byte, gsize end_byte, GPtrArray *labels)
{
  for (guint i = 0; i < labels->len; i++)
    {
      const char *label = g_ptr_array_index (labels, i);
      gsize length = strlen (label);
      const char *found;
      gsize at = start_byte;

      while (at < end_byte
             && (found = g_strstr_len (text + at, (gssize)(end_byte - at), label)) != NULL)
        {
          at = (gsize)(found - text) + length;
          strike (text, at - length, at);
        }
    }
}

static GPtrArray *
list_labels (AttestStore *store, gint64 version_id, gint64 respondent_id, GError **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_LABELS], error, "ii", version_id, respondent_id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_ptr_array_add (labels, attest_stmt_dup (stmt, 0));
  return rc < 0 ? NULL : g_steal_pointer (&labels);
}

/* His turns, the header of the transcript, and his label before his turns. */
static gboolean
strike_turns (AttestStore *store, gint64 version_id, gint64 respondent_id, gint64 seq, char *text,
              gsize length_bytes, GError **error)
{
  g_autoptr (GPtrArray) labels = list_labels (store, version_id, respondent_id, error);
  g_auto (AttestStmt) stmt = NULL;
  gsize at = 0;
  gboolean is_header = TRUE;
  int rc;

  if (labels == NULL)
    return FALSE;
  stmt = attest_stmt_query (store, statements[LIST_TURNS], error, "ii", version_id, respondent_id);
  if (stmt == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      gsize start = (gsize)sqlite3_column_int64 (stmt, 0);
      gsize end = (gsize)sqlite3_column_int64 (stmt, 1);

      if (start > end || end > length_bytes)
        return attest_throw (error, ATTEST_ERROR_STORE, "%s: is damaged: a turn outside its text",
                             store->path);
      if (is_header)
        strike (text, 0, start);
      else if (start > at)
        strike_labels (text, at, start, labels);
      is_header = FALSE;
      at = MAX (at, end);
      if (!sqlite3_column_int (stmt, 2) || start == end)
        continue;
      strike (text, start, end);
      if (!attest_stmt_exec (store, statements[ADD_SPAN], error, "iiii", seq, version_id,
                             (gint64)start, (gint64)end))
        return FALSE;
    }
  strike_labels (text, at, length_bytes, labels);
  return rc == 0;
}

/* @respondent_id: whose turns; 0: all of the text. */
static gboolean
strike_one (AttestStore *store, gint64 version_id, gint64 respondent_id, gint64 seq, GError **error)
{
  g_autoptr (GBytes) bytes = attest_store_load_text (store, version_id, error);
  g_autofree char *text = NULL;
  g_autofree char *sha256 = NULL;
  gsize length_bytes;

  if (bytes == NULL)
    return FALSE;
  length_bytes = g_bytes_get_size (bytes);
  text = g_memdup2 (g_bytes_get_data (bytes, NULL), length_bytes + 1);
  if (!g_utf8_validate_len (text, length_bytes, NULL))
    return attest_throw (error, ATTEST_ERROR_STORE, "%s: is damaged: a text is no UTF-8",
                         store->path);
  if (respondent_id == 0)
    strike (text, 0, length_bytes);
  if (respondent_id == 0
          ? length_bytes > 0
                && !attest_stmt_exec (store, statements[ADD_SPAN], error, "iiii", seq, version_id,
                                      (gint64)0, (gint64)length_bytes)
          : !strike_turns (store, version_id, respondent_id, seq, text, length_bytes, error))
    return FALSE;
  sha256 = attest_sha256_hex (text, length_bytes);
  return attest_stmt_exec (store, statements[ADD_VERSION], error, "iis", seq, version_id, sha256)
         && attest_stmt_exec (store, statements[SET_CONTENT], error, "it", version_id, text,
                              length_bytes);
}

gboolean
attest_store_strike_version (AttestStore *store, gint64 version_id, gint64 respondent_id,
                             gint64 seq, GError **error)
{
  g_autoptr (GArray) earlier = g_array_new (FALSE, FALSE, sizeof (gint64));
  int rc;

  {
    g_auto (AttestStmt) stmt
        = attest_stmt_query (store, statements[LIST_EARLIER], error, "i", version_id);

    if (stmt == NULL)
      return FALSE;
    while ((rc = attest_stmt_step (store, stmt, error)) > 0)
      {
        gint64 id = sqlite3_column_int64 (stmt, 0);

        g_array_append_val (earlier, id);
      }
  }
  if (rc < 0 || !strike_one (store, version_id, respondent_id, seq, error))
    return FALSE;
  /* A text that was corrected since has his words, too, and no turns any more that say where. */
  for (guint i = 0; i < earlier->len; i++)
    if (!strike_one (store, g_array_index (earlier, gint64, i), 0, seq, error))
      return FALSE;
  return TRUE;
}
