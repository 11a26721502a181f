/* Respondents: the people behind speakers, with their attributes.
 *
 * The user's mapping (respondent_speaker) is content. Who is behind a speaker in effect
 * (speaker.respondent_id) is derived from it, or from the transcript where the user said nothing:
 * each respondent's voice is a person of its own, named SOURCE/SPEAKER; a focus group, and a source
 * without labels, is one respondent named SOURCE. Documents and observations are nobody's voice.
 */
#include "store/attest-store-private.h"

#include <string.h>

#include "model/attest-consent.h"
#include "util/attest-error.h"

enum
{
  FIND_RESPONDENT,
  ADD_RESPONDENT,
  MARK_GIVEN,
  MAP_SPEAKER,
  SET_ATTRIBUTE,
  REMOVE_ATTRIBUTE,
  GET_SOURCE,
  HAS_VOICE,
  LIST_VOICES,
  ASSIGN,
  REMOVE_UNUSED,
  HAS_SPEAKER,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [FIND_RESPONDENT] = "SELECT id FROM respondent WHERE label = ?1",
  [ADD_RESPONDENT] = "INSERT INTO respondent (label, origin) VALUES (?1, ?2)",
  [MARK_GIVEN] = "UPDATE respondent SET origin = 'given' WHERE id = ?1 AND origin <> 'given'",
  [MAP_SPEAKER] = "INSERT INTO respondent_speaker (source_id, speaker, respondent_id)"
                  " VALUES (?1, ?2, ?3) ON CONFLICT (source_id, speaker)"
                  " DO UPDATE SET respondent_id = excluded.respondent_id",
  [SET_ATTRIBUTE] = "INSERT INTO respondent_attribute (respondent_id, name, value)"
                    " VALUES (?1, ?2, ?3) ON CONFLICT (respondent_id, name)"
                    " DO UPDATE SET value = excluded.value",
  [REMOVE_ATTRIBUTE] = "DELETE FROM respondent_attribute WHERE respondent_id = ?1 AND name = ?2",
  [GET_SOURCE] = "SELECT label, kind FROM source WHERE id = ?1",
  [HAS_VOICE] = "SELECT count (*) FROM speaker p JOIN version v ON v.id = p.version_id"
                " WHERE v.source_id = ?1 AND p.number >= 0 AND p.role = 'respondent'",
  [LIST_VOICES]
  = "SELECT p.version_id, p.number, p.label, p.role,"
    " ifnull ((SELECT m.respondent_id FROM respondent_speaker m"
    "   WHERE m.source_id = v.source_id AND m.speaker = p.label AND p.label <> ''),"
    "  (SELECT m.respondent_id FROM respondent_speaker m"
    "   WHERE m.source_id = v.source_id AND m.speaker = '' AND p.role <> 'interviewer')),"
    " p.respondent_id"
    " FROM speaker p JOIN version v ON v.id = p.version_id WHERE v.source_id = ?1 AND "
    "p.role_reason IS NOT 'withdrew'"
    " ORDER BY p.version_id, p.number",
  [ASSIGN] = "UPDATE speaker SET respondent_id = nullif (?3, 0)"
             " WHERE version_id = ?1 AND number = ?2",
  [REMOVE_UNUSED] = "DELETE FROM respondent WHERE id = ?1 AND origin = 'default'"
                    " AND NOT EXISTS (SELECT 1 FROM speaker WHERE respondent_id = ?1)",
  [HAS_SPEAKER] = "SELECT count (*) FROM speaker p JOIN version v ON v.id = p.version_id"
                  " WHERE v.source_id = ?1 AND p.label = ?2",
};

/* ---- who is behind a speaker ---- */

/* The id of the respondent @label, which is made with @origin when it is new. */
static gboolean
intern_respondent (AttestStore *store, const char *label, const char *origin, gint64 *out_id,
                   GError **error)
{
  *out_id = 0;
  if (!attest_stmt_get_int (store, statements[FIND_RESPONDENT], out_id, error, "s", label))
    return FALSE;
  if (*out_id != 0)
    return TRUE;
  if (!attest_stmt_exec (store, statements[ADD_RESPONDENT], error, "ss", label, origin))
    return FALSE;
  *out_id = sqlite3_last_insert_rowid (store->db);
  return TRUE;
}

/* A speaker and who the user said it is. */
typedef struct
{
  gint64 version_id, number;
  char *label; /* NULL: the turns without a label */
  AttestRole role;
  gint64 respondent_id; /* 0: the user said nothing */
  gint64 former_id;     /* who was behind it until now; 0: nobody */
} Voice;

static void
clear_voice (gpointer item)
{
  g_free (((Voice *)item)->label);
}

static GArray *
list_voices (AttestStore *store, gint64 source_id, GError **error)
{
  g_autoptr (GArray) voices = g_array_new (FALSE, TRUE, sizeof (Voice));
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[LIST_VOICES], error, "i", source_id);
  int rc;

  g_array_set_clear_func (voices, clear_voice);
  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      Voice voice = { .version_id = sqlite3_column_int64 (stmt, 0),
                      .number = sqlite3_column_int64 (stmt, 1),
                      .label = attest_stmt_dup (stmt, 2),
                      .role = ATTEST_ROLE_OTHER,
                      .respondent_id = sqlite3_column_int64 (stmt, 4),
                      .former_id = sqlite3_column_int64 (stmt, 5) };

      attest_role_from_string (attest_stmt_text (stmt, 3), &voice.role);
      g_array_append_val (voices, voice);
    }
  return rc < 0 ? NULL : g_steal_pointer (&voices);
}

/* The label of the respondent that stands for @voice, or NULL when nobody does. */
static char *
default_label (const Voice *voice, const char *source, AttestSourceKind kind, gboolean has_voice)
{
  if (kind == ATTEST_SOURCE_DOCUMENT || kind == ATTEST_SOURCE_OBSERVATION
      || voice->role != ATTEST_ROLE_RESPONDENT)
    return NULL;
  if (kind == ATTEST_SOURCE_FOCUS_GROUP)
    return g_strdup (source);
  if (voice->label != NULL)
    return g_strdup_printf ("%s/%s", source, voice->label);
  /* Beside labelled answers, text without a label is a heading or a note. */
  return has_voice ? NULL : g_strdup (source);
}

static gboolean
get_source (AttestStore *store, gint64 source_id, char **out_label, AttestSourceKind *out_kind,
            GError **error)
{
  g_auto (AttestStmt) stmt
      = attest_stmt_query (store, statements[GET_SOURCE], error, "i", source_id);

  if (stmt == NULL || attest_stmt_step (store, stmt, error) < 0)
    return FALSE;
  *out_label = attest_stmt_dup (stmt, 0);
  attest_source_kind_from_string (attest_stmt_text (stmt, 1), out_kind);
  return TRUE;
}

/* Who all respondents of the version of @voice are, or 0 when they are several. */
static gint64
find_only_respondent (const GArray *voices, const Voice *voice)
{
  gint64 only = 0;

  for (guint i = 0; i < voices->len; i++)
    {
      const Voice *other = &g_array_index (voices, Voice, i);

      if (other->version_id != voice->version_id || other->role != ATTEST_ROLE_RESPONDENT
          || other->respondent_id == 0)
        continue;
      if (only != 0 && only != other->respondent_id)
        return 0;
      only = other->respondent_id;
    }
  return only;
}

/* Sets who is behind each voice. */
static gboolean
find_respondents (AttestStore *store, GArray *voices, const char *source, AttestSourceKind kind,
                  gboolean has_voice, GError **error)
{
  for (guint i = 0; i < voices->len; i++)
    {
      Voice *voice = &g_array_index (voices, Voice, i);
      g_autofree char *label
          = voice->respondent_id == 0 ? default_label (voice, source, kind, has_voice) : NULL;

      if (label != NULL
          && !intern_respondent (store, label, "default", &voice->respondent_id, error))
        return FALSE;
    }
  /* What an interpreter says is what the only respondent has said. */
  for (guint i = 0; i < voices->len; i++)
    {
      Voice *voice = &g_array_index (voices, Voice, i);

      if (voice->respondent_id == 0 && voice->role == ATTEST_ROLE_INTERPRETER)
        voice->respondent_id = find_only_respondent (voices, voice);
    }
  return TRUE;
}

gboolean
attest_store_assign_respondents (AttestStore *store, gint64 source_id, GError **error)
{
  g_autoptr (GArray) voices = list_voices (store, source_id, error);
  g_autofree char *source = NULL;
  AttestSourceKind kind = ATTEST_SOURCE_INTERVIEW;
  gint64 has_voice = 0;

  if (voices == NULL || !get_source (store, source_id, &source, &kind, error)
      || !attest_stmt_get_int (store, statements[HAS_VOICE], &has_voice, error, "i", source_id)
      || !find_respondents (store, voices, source, kind, has_voice > 0, error))
    return FALSE;
  for (guint i = 0; i < voices->len; i++)
    {
      const Voice *voice = &g_array_index (voices, Voice, i);

      if (!attest_stmt_exec (store, statements[ASSIGN], error, "iii", voice->version_id,
                             voice->number, voice->respondent_id))
        return FALSE;
    }
  for (guint i = 0; i < voices->len; i++)
    {
      const Voice *voice = &g_array_index (voices, Voice, i);

      if (voice->former_id != 0 && voice->former_id != voice->respondent_id
          && !attest_stmt_exec (store, statements[REMOVE_UNUSED], error, "i", voice->former_id))
        return FALSE;
    }
  return TRUE;
}

/* ---- what the user says ---- */

char *
attest_store_normalise_attribute (const char *name)
{
  g_autofree char *copy = g_strdup (name);
  g_autofree char *lower = NULL;

  if (name == NULL)
    return NULL;
  lower = g_utf8_strdown (g_strstrip (copy), -1);
  if (strcmp (lower, "stakeholder_group") == 0 || strcmp (lower, "stakeholder group") == 0)
    return g_strdup (ATTEST_ATTRIBUTE_GROUP);
  return g_steal_pointer (&lower);
}

static char *
normalise_value (const char *value)
{
  return value == NULL ? g_strdup ("") : g_strstrip (g_strdup (value));
}

/* @keep_when_empty: an empty value says nothing; otherwise it removes. */
static gboolean
set_attributes (AttestStore *store, gint64 respondent_id, const AttestAttribute *attributes,
                guint n_attributes, gboolean keep_when_empty, GError **error)
{
  for (guint i = 0; i < n_attributes; i++)
    {
      g_autofree char *name = attest_store_normalise_attribute (attributes[i].name);
      g_autofree char *value = normalise_value (attributes[i].value);
      AttestConsent consent;
      gboolean ok = TRUE;

      if (*name == '\0')
        return attest_throw (error, ATTEST_ERROR_USAGE, "an attribute must have a name");
      if (strcmp (name, ATTEST_ATTRIBUTE_QUOTE) == 0 && *value != '\0'
          && !attest_consent_from_string (value, &consent))
        return attest_throw (error, ATTEST_ERROR_INPUT,
                             "quote '%s': write none, paraphrase, anonymous or attributed, or "
                             "nothing when consent is not recorded",
                             value);
      if (*value != '\0')
        ok = attest_stmt_exec (store, statements[SET_ATTRIBUTE], error, "iss", respondent_id, name,
                               value);
      else if (!keep_when_empty)
        ok = attest_stmt_exec (store, statements[REMOVE_ATTRIBUTE], error, "is", respondent_id,
                               name);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_speaker (AttestStore *store, gint64 source_id, const char *source, const char *speaker,
               GError **error)
{
  gint64 n = 0;

  if (!attest_stmt_get_int (store, statements[HAS_SPEAKER], &n, error, "is", source_id, speaker))
    return FALSE;
  if (n == 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "no speaker '%s' in source '%s'; see 'attest turns %s'", speaker, source,
                         source);
  return TRUE;
}

static gboolean
import_row (AttestStore *store, const AttestRespondentRow *row, GError **error)
{
  g_autofree char *label = normalise_value (row->respondent);
  g_autofree char *speaker = normalise_value (row->speaker);
  gint64 respondent_id, source_id, version_id;

  if (*label == '\0')
    return attest_throw (error, ATTEST_ERROR_INPUT, "the respondent has no name");
  if (!intern_respondent (store, label, "given", &respondent_id, error)
      || !attest_stmt_exec (store, statements[MARK_GIVEN], error, "i", respondent_id)
      || !set_attributes (store, respondent_id, row->attributes, row->n_attributes, TRUE, error))
    return FALSE;
  if (row->source == NULL)
    return *speaker == '\0'
           || attest_throw (error, ATTEST_ERROR_INPUT, "a speaker is given, but no source");
  return attest_store_find_version (store, row->source, &source_id, &version_id, error)
         && (*speaker == '\0' || check_speaker (store, source_id, row->source, speaker, error))
         && attest_stmt_exec (store, statements[MAP_SPEAKER], error, "isi", source_id, speaker,
                              respondent_id)
         && attest_store_assign_respondents (store, source_id, error);
}

static gboolean
import_rows (AttestStore *store, const AttestRespondentRow *rows, guint n_rows, GError **error)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (GError) local = NULL;

      if (import_row (store, &rows[i], &local))
        continue;
      /* A name that does not exist is a mistake in the table, not on the command line. */
      if (g_error_matches (local, ATTEST_ERROR, ATTEST_ERROR_USAGE))
        local->code = ATTEST_ERROR_INPUT;
      if (rows[i].line > 0 && local->code == ATTEST_ERROR_INPUT)
        g_prefix_error (&local, "%u: ", rows[i].line);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

gboolean
attest_store_import_respondents (AttestStore *store, const AttestRespondentRow *rows, guint n_rows,
                                 GError **error)
{
  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (sqlite3_exec (store->db, "SAVEPOINT respondents", NULL, NULL, NULL) != SQLITE_OK)
    return attest_store_throw (store, error);
  if (!import_rows (store, rows, n_rows, error))
    {
      sqlite3_exec (store->db, "ROLLBACK TO respondents; RELEASE respondents", NULL, NULL, NULL);
      return FALSE;
    }
  if (sqlite3_exec (store->db, "RELEASE respondents", NULL, NULL, NULL) != SQLITE_OK)
    return attest_store_throw (store, error);
  return TRUE;
}

gboolean
attest_store_set_respondent (AttestStore *store, const char *label,
                             const AttestAttribute *attributes, guint n_attributes, GError **error)
{
  gint64 respondent_id = 0;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (!attest_stmt_get_int (store, statements[FIND_RESPONDENT], &respondent_id, error, "s", label))
    return FALSE;
  if (respondent_id == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "no respondent '%s' in %s; see 'attest respondents list'", label,
                         store->path);
  return attest_stmt_exec (store, statements[MARK_GIVEN], error, "i", respondent_id)
         && set_attributes (store, respondent_id, attributes, n_attributes, FALSE, error);
}
