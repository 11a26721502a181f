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
  [LIST_TURNS] = "SELECT t.start_byte, t.end_byte, p.respondent_id IS ?2, p.label FROM turn t"
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

/* Nothing of the words is left. */
void
attest_strike (char *text, gsize start_byte, gsize end_byte)
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
          attest_strike (text, at - length, at);
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

/* Where the label of the first turn begins, at the end of the header: behind it there are only
 * marks and times. @header_bytes when it is not there. */
static gsize
find_first_label (const char *text, gsize header_bytes, const char *label)
{
  gsize length = label != NULL ? strlen (label) : 0;
  const char *found;

  if (length == 0 || length > header_bytes)
    return header_bytes;
  found = g_strrstr_len (text, (gssize)header_bytes, label);
  if (found == NULL || (found > text && g_ascii_isalnum (found[-1])))
    return header_bytes;
  for (const char *p = found + length; p < text + header_bytes; p++)
    if (strchr (" \t\n0123456789:.,;-()[]<>*_|", *p) == NULL)
      return header_bytes;
  return (gsize)(found - text);
}

/* The line of the label begins where it did. */
static void
strike_header (char *text, gsize end_byte)
{
  while (end_byte > 0 && text[end_byte - 1] == '\n')
    end_byte--;
  attest_strike (text, 0, end_byte);
}

void
attest_strike_turns (char *text, gsize length_bytes, const GArray *turns, GPtrArray *labels,
                     const char *first_label)
{
  gsize at = 0;

  for (guint i = 0; i < turns->len; i++)
    {
      AttestStrikeTurn turn = g_array_index (turns, AttestStrikeTurn, i);

      if (i == 0)
        at = find_first_label (text, turn.start_byte, turn.is_his ? NULL : first_label);
      if (i == 0)
        strike_header (text, at);
      if (turn.start_byte > at)
        strike_labels (text, at, turn.start_byte, labels);
      at = MAX (at, turn.end_byte);
      if (turn.is_his)
        attest_strike (text, turn.start_byte, turn.end_byte);
    }
  strike_labels (text, at, length_bytes, labels);
}

/* The turns of a version; *@out_first_label: of who speaks first. */
static GArray *
list_turns (AttestStore *store, gint64 version_id, gint64 respondent_id, gsize length_bytes,
            char **out_first_label, GError **error)
{
  g_autoptr (GArray) turns = g_array_new (FALSE, FALSE, sizeof (AttestStrikeTurn));
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_TURNS], error, "ii", version_id, respondent_id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestStrikeTurn turn = { .start_byte = (gsize)sqlite3_column_int64 (stmt, 0),
                                .end_byte = (gsize)sqlite3_column_int64 (stmt, 1),
                                .is_his = sqlite3_column_int (stmt, 2) != 0 };

      if (turn.start_byte > turn.end_byte || turn.end_byte > length_bytes)
        return attest_throw_null (error, ATTEST_ERROR_STORE,
                                  "%s: is damaged: a turn outside its text", store->path);
      if (turns->len == 0)
        *out_first_label = attest_stmt_dup (stmt, 3);
      g_array_append_val (turns, turn);
    }
  return rc < 0 ? NULL : g_steal_pointer (&turns);
}

/* His turns, the header of the transcript, and his label before his turns. */
static gboolean
strike_turns (AttestStore *store, gint64 version_id, gint64 respondent_id, gint64 seq, char *text,
              gsize length_bytes, GError **error)
{
  g_autoptr (GPtrArray) labels = list_labels (store, version_id, respondent_id, error);
  g_autofree char *first_label = NULL;
  g_autoptr (GArray) turns = labels != NULL ? list_turns (store, version_id, respondent_id,
                                                          length_bytes, &first_label, error)
                                            : NULL;

  if (turns == NULL)
    return FALSE;
  attest_strike_turns (text, length_bytes, turns, labels, first_label);
  for (guint i = 0; i < turns->len; i++)
    {
      AttestStrikeTurn turn = g_array_index (turns, AttestStrikeTurn, i);

      if (turn.is_his && turn.start_byte < turn.end_byte
          && !attest_stmt_exec (store, statements[ADD_SPAN], error, "iiii", seq, version_id,
                                (gint64)turn.start_byte, (gint64)turn.end_byte))
        return FALSE;
    }
  return TRUE;
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
    attest_strike (text, 0, length_bytes);
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
