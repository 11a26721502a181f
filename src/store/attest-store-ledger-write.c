/* Writing the ledger: what was checked is added, with the number of the audit entry to come. */
#include "store/attest-store-decision.h"
#include "store/attest-store-ledger.h"
#include "store/attest-store-private.h"
#include "store/attest-store-project.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"

/* Of an entry that comes from another project: behind it there must be room for more. */
#define MAX_NUMBER 1000000

enum
{
  HAS_CODE,
  LIST_CODES,
  FIND_SCALE,
  ADD_SCALE,
  LAST_SCALE,
  NAMED_SCALE,
  ADD_RATING,
  NEXT_NUMBER,
  HAS_NUMBER,
  ADD_ENTRY,
  ADD_VALUE,
  ADD_LINK,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [HAS_CODE] = "SELECT EXISTS (SELECT 1 FROM code WHERE code = ?1)",
  /* Those that are rated, where there are any. */
  [LIST_CODES] = "SELECT group_concat (code, ', ') FROM (SELECT DISTINCT code FROM code"
                 " WHERE dimension = 'criterion'"
                 "   OR NOT EXISTS (SELECT 1 FROM code WHERE dimension = 'criterion')"
                 " ORDER BY codebook_id, number)",
  [FIND_SCALE] = "SELECT id FROM scale WHERE sha256 = ?1",
  [ADD_SCALE] = "INSERT INTO scale (name, version, title, sha256, text, added_at)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [LAST_SCALE] = "SELECT s.name, s.text FROM rating r JOIN scale s ON s.id = r.scale_id"
                 " WHERE r.seq NOT IN (SELECT seq FROM taken_back) ORDER BY r.id DESC LIMIT 1",
  [NAMED_SCALE] = "SELECT text FROM scale WHERE name = ?1 ORDER BY id DESC LIMIT 1",
  [ADD_RATING] = "INSERT INTO rating (seq, criterion, scale_id, level, label, position, because)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, CASE WHEN ?6 >= 0 THEN ?6 END, ?7)",
  /* Also of entries that were taken back: an id never comes to mean something else. */
  [NEXT_NUMBER] = "SELECT ifnull (max (number), 0) + 1 FROM entry WHERE kind = ?1",
  [HAS_NUMBER] = "SELECT EXISTS (SELECT 1 FROM entry WHERE kind = ?1 AND number = ?2)",
  [ADD_ENTRY] = "INSERT INTO entry (seq, kind, number) VALUES (?1, ?2, ?3)",
  [ADD_VALUE] = "INSERT INTO entry_value (seq, entry_id, field, value) VALUES (?1, ?2, ?3, ?4)",
  [ADD_LINK]
  = "INSERT INTO entry_link (seq, entry_id, quote_key, target_id, stance, note)"
    " VALUES (?1, ?2, CASE WHEN ?3 <> 0 THEN ?4 END, CASE WHEN ?3 = 0 THEN ?4 END, ?5, ?6)",
};

gboolean
attest_store_begin_judging (AttestStore *store, gint64 *out_seq, GError **error)
{
  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  store->has_judged = TRUE;
  return attest_store_peek_audit (store, out_seq, error);
}

/* ---- ratings ---- */

static gboolean
throw_unknown (AttestStore *store, const char *criterion, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_CODES], error, "");
  const char *codes;

  if (stmt == NULL || attest_stmt_step (store, stmt, error) < 0)
    return FALSE;
  codes = attest_stmt_text (stmt, 0);
  if (codes == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "the project has no criteria yet: 'attest code CODEBOOK' brings them");
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "no codebook of the project has the code '%s'; there are: %s. 'attest "
                       "criterion add' adds one",
                       criterion, codes);
}

gboolean
attest_store_has_code (AttestStore *store, const char *code, gboolean *out_has, GError **error)
{
  gint64 has = 0;

  if (!attest_stmt_get_int (store, statements[HAS_CODE], &has, error, "s", code))
    return FALSE;
  *out_has = has != 0;
  return TRUE;
}

/* @scope: NULL: only a code. */
static gboolean
check_known (AttestStore *store, const char *criterion, const AttestCriterion *scope,
             GError **error)
{
  gboolean has;

  return attest_store_has_code (store, criterion, &has, error)
         && (has || scope != NULL || throw_unknown (store, criterion, error));
}

gboolean
attest_store_check_known_criterion (AttestStore *store, const char *criterion, GError **error)
{
  g_autoptr (AttestProject) project = attest_store_load_project (store, error);

  return project != NULL
         && check_known (store, criterion, attest_project_find_criterion (project, criterion),
                         error);
}

gboolean
attest_store_check_criterion (AttestStore *store, const char *criterion, GError **error)
{
  g_autoptr (AttestProject) project = attest_store_load_project (store, error);
  const AttestCriterion *scope;

  if (project == NULL)
    return FALSE;
  scope = attest_project_find_criterion (project, criterion);
  if (scope != NULL && !attest_criterion_is_judged (scope))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "%s is not judged (%s); 'attest criterion add %s --because …' brings it "
                         "back",
                         criterion, scope->because, criterion);
  return check_known (store, criterion, scope, error);
}

gboolean
attest_store_add_scale (AttestStore *store, const char *name, const char *version,
                        const char *title, const char *sha256, const char *text, gsize length_bytes,
                        gint64 *out_id, GError **error)
{
  g_autofree char *now = attest_store_dup_now ();

  *out_id = 0;
  if (!attest_stmt_get_int (store, statements[FIND_SCALE], out_id, error, "s", sha256))
    return FALSE;
  if (*out_id != 0)
    return TRUE;
  if (!attest_stmt_exec (store, statements[ADD_SCALE], error, "ssssts", name, version, title,
                         sha256, text, length_bytes, now))
    return FALSE;
  *out_id = sqlite3_last_insert_rowid (store->db);
  return TRUE;
}

gboolean
attest_store_get_last_scale (AttestStore *store, char **out_name, GBytes **out_text, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LAST_SCALE], error, "");
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

  if (rc < 0)
    return FALSE;
  *out_name = rc > 0 ? attest_stmt_dup (stmt, 0) : NULL;
  *out_text = rc > 0 ? attest_stmt_dup_bytes (stmt, 1) : NULL;
  return TRUE;
}

gboolean
attest_store_find_scale (AttestStore *store, const char *name, GBytes **out_text, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[NAMED_SCALE], error, "s", name);
  int rc = stmt != NULL ? attest_stmt_step (store, stmt, error) : -1;

  if (rc < 0)
    return FALSE;
  *out_text = rc > 0 ? attest_stmt_dup_bytes (stmt, 0) : NULL;
  return TRUE;
}

gboolean
attest_store_add_rating (AttestStore *store, gint64 scale_id, const AttestRating *rating,
                         GError **error)
{
  gint64 seq;

  return attest_store_check_criterion (store, rating->criterion, error)
         && attest_store_begin_judging (store, &seq, error)
         && attest_stmt_exec (store, statements[ADD_RATING], error, "isissds", seq,
                              rating->criterion, scale_id, rating->level, rating->label,
                              rating->position, rating->because);
}

/* ---- entries ---- */

static AttestLedgerEntry *
find_entry (AttestStore *store, const AttestLedger *ledger, const char *id, GError **error)
{
  AttestLedgerEntry *entry = attest_ledger_find (ledger, id);

  if (entry == NULL)
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "there is no '%s' in the ledger of %s", id,
                              store->path);
  if (attest_ledger_entry_is_withdrawn (entry))
    return attest_throw_null (error, ATTEST_ERROR_USAGE, "%s was withdrawn (%s) and stays as it is",
                              entry->id, entry->fields[ATTEST_FIELD_WITHDRAWN]);
  return entry;
}

static gboolean
check_fields (AttestStore *store, const char *const *fields, GError **error)
{
  const char *criterion = fields[ATTEST_FIELD_CRITERION];

  for (guint i = 0; i < ATTEST_N_ENTRY_FIELDS; i++)
    if (fields[i] != NULL && strlen (fields[i]) > ATTEST_MAX_LEDGER_TEXT_BYTES)
      return attest_throw (error, ATTEST_ERROR_USAGE, "the %s is longer than %d bytes",
                           attest_entry_field_to_string ((AttestEntryField)i),
                           ATTEST_MAX_LEDGER_TEXT_BYTES);
  return criterion == NULL || *criterion == '\0'
         || attest_store_check_criterion (store, criterion, error);
}

/* The number of the id @wanted, where no entry had it, or else the next one. */
static gboolean
choose_number (AttestStore *store, AttestEntryKind kind, const char *wanted, gint64 *out_number,
               GError **error)
{
  const char *name = attest_entry_kind_to_string (kind);
  gint64 taken = 0;

  if (wanted != NULL && g_ascii_string_to_signed (wanted + 1, 10, 1, MAX_NUMBER, out_number, NULL))
    {
      if (!attest_stmt_get_int (store, statements[HAS_NUMBER], &taken, error, "si", name,
                                *out_number))
        return FALSE;
      if (!taken)
        return TRUE;
    }
  return attest_stmt_get_int (store, statements[NEXT_NUMBER], out_number, error, "s", name);
}

gboolean
attest_store_add_entry (AttestStore *store, AttestEntryKind kind, const char *const *fields,
                        char **out_id, GError **error)
{
  return attest_store_add_entry_as (store, kind, NULL, fields, out_id, error);
}

gboolean
attest_store_add_entry_as (AttestStore *store, AttestEntryKind kind, const char *wanted,
                           const char *const *fields, char **out_id, GError **error)
{
  const char *name = attest_entry_kind_to_string (kind);
  gint64 seq, key, number = 0;

  g_return_val_if_fail (fields[ATTEST_FIELD_TEXT] != NULL, FALSE);
  if (!check_fields (store, fields, error) || !attest_store_begin_judging (store, &seq, error)
      || !choose_number (store, kind, wanted, &number, error)
      || !attest_stmt_exec (store, statements[ADD_ENTRY], error, "isi", seq, name, number))
    return FALSE;
  key = sqlite3_last_insert_rowid (store->db);
  for (guint i = 0; i < ATTEST_N_ENTRY_FIELDS; i++)
    if (fields[i] != NULL && *fields[i] != '\0'
        && !attest_stmt_exec (store, statements[ADD_VALUE], error, "iiss", seq, key,
                              attest_entry_field_to_string ((AttestEntryField)i), fields[i]))
      return FALSE;
  attest_store_note_entry (store, key, kind, number, fields);
  *out_id = attest_entry_kind_dup_id (kind, number);
  return TRUE;
}

/* What rests on an entry would hang in the air. */
static gboolean
check_unused (const AttestLedgerEntry *entry, GError **error)
{
  for (guint i = 0; i < entry->used_by->len; i++)
    {
      const AttestLedgerEntry *user = g_ptr_array_index (entry->used_by, i);

      if (!attest_ledger_entry_is_withdrawn (user))
        return attest_throw (error, ATTEST_ERROR_USAGE,
                             "%s rests on %s: take the link away first, 'attest %s link %s %s "
                             "--remove'",
                             user->id, entry->id, attest_entry_kind_to_string (user->kind),
                             user->id, entry->id);
    }
  return TRUE;
}

gboolean
attest_store_set_entry (AttestStore *store, const char *id, const char *const *fields,
                        gboolean *out_changed, GError **error)
{
  g_autoptr (AttestLedger) owned = NULL;
  const AttestLedger *ledger = attest_store_borrow_ledger (store, &owned, error);
  AttestLedgerEntry *entry = ledger != NULL ? find_entry (store, ledger, id, error) : NULL;
  gint64 seq;

  *out_changed = FALSE;
  if (entry == NULL || !check_fields (store, fields, error))
    return FALSE;
  if (fields[ATTEST_FIELD_WITHDRAWN] != NULL && !check_unused (entry, error))
    return FALSE;
  for (guint i = 0; i < ATTEST_N_ENTRY_FIELDS; i++)
    {
      const char *value = fields[i] != NULL && *fields[i] != '\0' ? fields[i] : NULL;

      if (fields[i] == NULL || g_strcmp0 (value, entry->fields[i]) == 0)
        continue;
      if (!attest_store_begin_judging (store, &seq, error)
          || !attest_stmt_exec (store, statements[ADD_VALUE], error, "iiss", seq, entry->key,
                                attest_entry_field_to_string ((AttestEntryField)i), value))
        return FALSE;
      attest_store_note_value (store, entry->id, (AttestEntryField)i, value);
      *out_changed = TRUE;
    }
  return TRUE;
}

/* ---- links ---- */

static gboolean
check_base (const AttestLedgerEntry *entry, const AttestLedgerEntry *base, GError **error)
{
  if (!attest_entry_kind_takes (entry->kind, base->kind))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "a %s rests on %s, not on a %s: %s cannot rest "
                         "on %s",
                         attest_entry_kind_to_string (entry->kind),
                         attest_entry_kind_get_bases (entry->kind),
                         attest_entry_kind_to_string (base->kind), entry->id, base->id);
  if (attest_ledger_rests_on (base, entry))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         base == entry ? "%s cannot rest on itself"
                                       : "%s cannot rest on %s, which rests on %s itself",
                         entry->id, base->id, entry->id);
  return TRUE;
}

/* What a link is to: an entry, or a quote. */
typedef struct
{
  const AttestLedgerEntry *entry, *base; /* base: NULL: a quote */
  gint64 key;                            /* of the base, or of the quote */
} Ends;

static gboolean
find_ends (AttestStore *store, const AttestLedger *ledger, const char *id, const char *target,
           Ends *out, GError **error)
{
  AttestQuote quote;

  out->entry = find_entry (store, ledger, id, error);
  if (out->entry == NULL)
    return FALSE;
  out->base = attest_ledger_find (ledger, target);
  if (out->base != NULL)
    {
      out->key = out->base->key;
      return find_entry (store, ledger, target, error) != NULL
             && check_base (out->entry, out->base, error);
    }
  if (g_ascii_toupper (*target) != 'Q')
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' is neither a quote, like Q7F3K2A, nor in the ledger of %s", target,
                         store->path);
  if (!attest_store_find_quote (store, target, &quote, error))
    return FALSE;
  out->key = quote.key;
  if (!attest_entry_kind_takes_quotes (out->entry->kind))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "a %s rests on %s: link the quote %s to a finding, and %s to that",
                         attest_entry_kind_to_string (out->entry->kind),
                         attest_entry_kind_get_bases (out->entry->kind), target, out->entry->id);
  return TRUE;
}

static const AttestLedgerLink *
find_link (const Ends *ends)
{
  for (guint i = 0; i < ends->entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (ends->entry->links, AttestLedgerLink, i);

      if (link->entry == ends->base && (link->entry != NULL || link->quote_key == ends->key))
        return link;
    }
  return NULL;
}

static gboolean
add_link (AttestStore *store, const Ends *ends, const char *target, const char *stance,
          const char *note, GError **error)
{
  gint64 seq;

  if (!attest_store_begin_judging (store, &seq, error)
      || !attest_stmt_exec (store, statements[ADD_LINK], error, "iiiiss", seq, ends->entry->key,
                            (gint64)(ends->base == NULL), ends->key, stance, note))
    return FALSE;
  attest_store_note_link (store, ends->entry->id, ends->base != NULL ? ends->base->id : NULL,
                          ends->key, ends->base != NULL ? ends->base->id : target, stance, note);
  return TRUE;
}

gboolean
attest_store_set_link (AttestStore *store, const char *id, const char *target, AttestStance stance,
                       const char *note, GError **error)
{
  g_autoptr (AttestLedger) owned = NULL;
  const AttestLedger *ledger = attest_store_borrow_ledger (store, &owned, error);
  const AttestLedgerLink *link;
  Ends ends;

  if (ledger == NULL || !find_ends (store, ledger, id, target, &ends, error))
    return FALSE;
  if (note != NULL && strlen (note) > ATTEST_MAX_LEDGER_TEXT_BYTES)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the note is longer than %d bytes",
                         ATTEST_MAX_LEDGER_TEXT_BYTES);
  link = find_link (&ends);
  if (note == NULL)
    note = link != NULL ? link->note : NULL;
  else if (*note == '\0')
    note = NULL;
  if (link != NULL && link->stance == stance && g_strcmp0 (link->note, note) == 0)
    return TRUE;
  return add_link (store, &ends, target, attest_stance_to_string (stance), note, error);
}

gboolean
attest_store_remove_link (AttestStore *store, const char *id, const char *target, GError **error)
{
  g_autoptr (AttestLedger) owned = NULL;
  const AttestLedger *ledger = attest_store_borrow_ledger (store, &owned, error);
  Ends ends;

  if (ledger == NULL || !find_ends (store, ledger, id, target, &ends, error))
    return FALSE;
  if (find_link (&ends) == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "%s does not rest on %s", ends.entry->id,
                         target);
  return add_link (store, &ends, target, NULL, NULL, error);
}
