/* Sources and their versions: documents in. Documents out is attest-store-document.c. */
#include "config.h"

#include "store/attest-store-private.h"

#include <string.h>

#include "util/attest-error.h"

enum
{
  FIND_BY_ORIGINAL,
  FIND_LABEL,
  FIND_VERSION,
  ADD_SOURCE,
  ADD_INTERVIEWER,
  ADD_MAP,
  ADD_VERSION,
  ADD_CONTENT,
  ADD_METADATA,
  ADD_WARNING,
  LIST_SOURCES,
  LIST_INTERVIEWERS,
  LIST_MAP,
  LIST_RESPONDENTS,
  FIND_MAIN_LANGUAGE,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [FIND_BY_ORIGINAL] = "SELECT s.label FROM version v JOIN source s ON s.id = v.source_id"
                       " WHERE v.original_sha256 = ?1",
  [FIND_LABEL] = "SELECT v.path FROM source s JOIN version v ON v.source_id = s.id"
                 " WHERE s.label = ?1 ORDER BY v.number DESC LIMIT 1",
  [FIND_VERSION] = "SELECT s.id, v.id FROM source s JOIN version v ON v.source_id = s.id"
                   " WHERE s.label = ?1 ORDER BY v.number DESC LIMIT 1",
  [ADD_SOURCE] = "INSERT INTO source (label, kind, lang, encoding, format, added_at)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [ADD_INTERVIEWER] = "INSERT OR IGNORE INTO source_interviewer (source_id, label) VALUES (?1, ?2)",
  [ADD_MAP] = "INSERT INTO source_map (source_id, number, entry) VALUES (?1, ?2, ?3)",
  [ADD_VERSION]
  = "INSERT INTO version (source_id, number, path, original_sha256, text_sha256, reader, encoding,"
    " encoding_guessed, characters, words, warnings_dropped, tool_version, ingested_at)"
    " VALUES (?1, ?13, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
  [ADD_CONTENT] = "INSERT INTO version_content (version_id, original, text) VALUES (?1, ?2, ?3)",
  [ADD_METADATA] = "INSERT INTO version_metadata (version_id, number, key, value)"
                   " VALUES (?1, ?2, ?3, ?4)",
  [ADD_WARNING] = "INSERT INTO version_warning (version_id, number, line, message)"
                  " VALUES (?1, ?2, nullif (?3, 0), ?4)",
  [LIST_SOURCES] = "SELECT s.id, v.id, s.label, s.kind, v.number, v.path, v.reader, v.encoding,"
                   " v.original_sha256, v.text_sha256, v.ingested_at, v.characters, v.words,"
                   " (SELECT ifnull (sum (turns), 0) FROM speaker WHERE version_id = v.id),"
                   " (SELECT ifnull (max (words), 0) FROM coded WHERE version_id = v.id),"
                   " EXISTS (SELECT 1 FROM coded WHERE version_id = v.id),"
                   " EXISTS (SELECT 1 FROM incomplete WHERE version_id = v.id),"
                   " s.lang, s.encoding, s.format,"
                   " EXISTS (SELECT 1 FROM withdrawal_version WHERE version_id = v.id)"
                   " FROM source s JOIN version v ON v.source_id = s.id"
                   " WHERE (?1 IS NULL OR s.label = ?1)"
                   " AND v.number = (SELECT max (number) FROM version WHERE source_id = s.id)"
                   " ORDER BY s.label",
  [FIND_MAIN_LANGUAGE] = "SELECT t.lang FROM turn t"
                         " JOIN speaker p ON p.version_id = t.version_id AND p.number = t.speaker"
                         " WHERE t.lang IS NOT NULL AND p.role <> 'interviewer'"
                         " GROUP BY t.lang ORDER BY sum (t.words) DESC, t.lang LIMIT 1",
  [LIST_INTERVIEWERS] = "SELECT label FROM source_interviewer WHERE source_id = ?1 ORDER BY label",
  [LIST_MAP] = "SELECT entry FROM source_map WHERE source_id = ?1 ORDER BY number",
  [LIST_RESPONDENTS] = "SELECT DISTINCT r.label FROM speaker p"
                       " JOIN respondent r ON r.id = p.respondent_id"
                       " WHERE p.version_id = ?1 AND p.turns > 0 ORDER BY r.label",
};

static const char *const kind_names[ATTEST_N_SOURCE_KINDS]
    = { "interview", "focus-group", "document", "survey", "observation" };

const char *
attest_source_kind_to_string (AttestSourceKind kind)
{
  g_return_val_if_fail ((guint)kind < ATTEST_N_SOURCE_KINDS, "interview");
  return kind_names[kind];
}

gboolean
attest_source_kind_from_string (const char *name, AttestSourceKind *out_kind)
{
  for (guint i = 0; i < ATTEST_N_SOURCE_KINDS; i++)
    if (g_strcmp0 (name, kind_names[i]) == 0)
      {
        *out_kind = (AttestSourceKind)i;
        return TRUE;
      }
  return FALSE;
}

const char *
attest_source_status_to_string (AttestSourceStatus status)
{
  static const char *const names[] = { "new", "coded", "incomplete" };

  g_return_val_if_fail ((guint)status < G_N_ELEMENTS (names), "new");
  return names[status];
}

gboolean
attest_store_find_version (AttestStore *store, const char *label, gint64 *out_source_id,
                           gint64 *out_version_id, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[FIND_VERSION], error, "s", label);
  int rc;

  if (stmt == NULL || (rc = attest_stmt_step (store, stmt, error)) < 0)
    return FALSE;
  if (rc == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "no source '%s' in %s; see 'attest sources'",
                         label, store->path);
  if (out_source_id != NULL)
    *out_source_id = sqlite3_column_int64 (stmt, 0);
  *out_version_id = sqlite3_column_int64 (stmt, 1);
  return TRUE;
}

/* ---- in ---- */

/* The name of the file without its suffix; what no label may hold becomes "_". */
static char *
label_from_path (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *valid = NULL;
  char *dot = strrchr (name, '.');
  GString *label = g_string_new (NULL);

  if (dot != NULL && dot != name)
    *dot = '\0';
  valid = g_utf8_make_valid (name, -1);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      g_string_append_unichar (label, g_unichar_iscntrl (c) ? '_' : c);
    }
  return g_string_free (label, FALSE);
}

static gboolean
check_label (const char *label, GError **error)
{
  if (*label == '\0' || !g_utf8_validate (label, -1, NULL))
    return attest_throw (error, ATTEST_ERROR_USAGE, "the label of a source must not be empty");
  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return attest_throw (error, ATTEST_ERROR_USAGE,
                           "the label of a source must not hold control characters");
  return TRUE;
}

static gboolean
add_source (AttestStore *store, const char *label, const AttestSourceOptions *options,
            const char *now, gint64 *out_id, GError **error)
{
  if (!attest_stmt_exec (store, statements[ADD_SOURCE], error, "ssssss", label,
                         attest_source_kind_to_string (options->kind), options->lang,
                         options->encoding, options->format, now))
    return FALSE;
  *out_id = sqlite3_last_insert_rowid (store->db);
  for (guint i = 0; options->interviewers != NULL && options->interviewers[i] != NULL; i++)
    if (!attest_stmt_exec (store, statements[ADD_INTERVIEWER], error, "is", *out_id,
                           options->interviewers[i]))
      return FALSE;
  for (guint i = 0; options->map != NULL && options->map[i] != NULL; i++)
    if (!attest_stmt_exec (store, statements[ADD_MAP], error, "iis", *out_id, (gint64)i,
                           options->map[i]))
      return FALSE;
  return TRUE;
}

static gboolean
add_content (AttestStore *store, gint64 version_id, const AttestDocument *doc, GError **error)
{
  gsize original_bytes;
  const char *original = g_bytes_get_data (doc->original, &original_bytes);
  gboolean same = original_bytes == doc->length_bytes
                  && (original_bytes == 0 || memcmp (original, doc->text, original_bytes) == 0);

  return attest_stmt_exec (store, statements[ADD_CONTENT], error, "ibt", version_id, original,
                           original_bytes, same ? NULL : doc->text, doc->length_bytes);
}

static gboolean
add_notes (AttestStore *store, gint64 version_id, const AttestDocument *doc, GError **error)
{
  for (guint i = 0; i < doc->metadata->len; i++)
    {
      const AttestMetadata *pair = &g_array_index (doc->metadata, AttestMetadata, i);

      if (!attest_stmt_exec (store, statements[ADD_METADATA], error, "iiss", version_id, (gint64)i,
                             pair->key, pair->value))
        return FALSE;
    }
  for (guint i = 0; i < doc->warnings->len; i++)
    {
      const AttestWarning *warning = &g_array_index (doc->warnings, AttestWarning, i);

      if (!attest_stmt_exec (store, statements[ADD_WARNING], error, "iiis", version_id, (gint64)i,
                             (gint64)warning->line, warning->message))
        return FALSE;
    }
  return TRUE;
}

gboolean
attest_store_add_version (AttestStore *store, gint64 source_id, gint64 number,
                          const AttestDocument *doc, gint64 *out_id, GError **error)
{
  g_autofree char *path = g_utf8_make_valid (doc->path, -1);
  g_autofree char *now = attest_store_dup_now ();

  if (!attest_stmt_exec (store, statements[ADD_VERSION], error, "isssssiiiissi", source_id, path,
                         doc->sha256, doc->text_sha256, doc->reader, doc->encoding,
                         (gint64)(doc->encoding_guessed != FALSE), doc->characters, doc->words,
                         (gint64)doc->warnings_dropped, PACKAGE_VERSION, now, number))
    return FALSE;
  *out_id = sqlite3_last_insert_rowid (store->db);
  return add_content (store, *out_id, doc, error) && add_notes (store, *out_id, doc, error);
}

/* The first text column of a query with one text value, or NULL; @error tells failure. */
static char *
query_text (AttestStore *store, const char *sql, const char *value, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, sql, error, "s", value);

  if (stmt == NULL || attest_stmt_step (store, stmt, error) <= 0)
    return NULL;
  return attest_stmt_dup (stmt, 0);
}

static gboolean
is_label_free (AttestStore *store, const char *label, gboolean *out_free, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *path = query_text (store, statements[FIND_LABEL], label, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *out_free = path == NULL;
  return TRUE;
}

gboolean
attest_store_add_document (AttestStore *store, const AttestDocument *doc,
                           const AttestSourceOptions *options, AttestSourceResult *out_result,
                           char **out_label, GError **error)
{
  g_autofree char *now = attest_store_dup_now ();
  g_autofree char *label = NULL;
  g_autofree char *same = NULL;
  g_autoptr (GError) local = NULL;
  gint64 source_id, version_id;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  same = query_text (store, statements[FIND_BY_ORIGINAL], doc->sha256, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *out_result = same != NULL ? ATTEST_SOURCE_SAME : ATTEST_SOURCE_ADDED;
  label = same != NULL             ? g_steal_pointer (&same)
          : options->label != NULL ? g_strdup (options->label)
                                   : label_from_path (doc->path);
  if (*out_result == ATTEST_SOURCE_ADDED)
    {
      gboolean is_free = FALSE;

      if (!check_label (label, error) || !is_label_free (store, label, &is_free, error))
        return FALSE;
      if (!is_free)
        *out_result = ATTEST_SOURCE_LABEL_TAKEN;
    }
  if (*out_result == ATTEST_SOURCE_ADDED)
    if (!add_source (store, label, options, now, &source_id, error)
        || !attest_store_add_version (store, source_id, 1, doc, &version_id, error)
        || !attest_store_add_turns (store, version_id, doc, error)
        || !attest_store_assign_respondents (store, source_id, error))
      return FALSE;
  if (out_label != NULL)
    *out_label = g_steal_pointer (&label);
  return TRUE;
}

/* ---- lists ---- */

static char **
query_strv (AttestStore *store, const char *sql, gint64 id, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (AttestStmt) stmt = attest_stmt_query (store, sql, error, "i", id);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_strv_builder_add (builder, attest_stmt_text (stmt, 0));
  return rc < 0 ? NULL : g_strv_builder_end (builder);
}

void
attest_source_info_free (AttestSourceInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->label);
  g_free (info->path);
  g_free (info->reader);
  g_free (info->encoding);
  g_free (info->sha256);
  g_free (info->text_sha256);
  g_free (info->ingested_at);
  g_strfreev (info->respondents);
  g_free (info->given_lang);
  g_free (info->given_encoding);
  g_free (info->given_format);
  g_strfreev (info->given_interviewers);
  g_strfreev (info->given_map);
  g_free (info);
}

static AttestSourceInfo *
source_info_from_row (AttestStore *store, AttestStmt stmt, GError **error)
{
  g_autoptr (AttestSourceInfo) info = g_new0 (AttestSourceInfo, 1);

  info->id = sqlite3_column_int64 (stmt, 0);
  info->version_id = sqlite3_column_int64 (stmt, 1);
  info->label = attest_stmt_dup (stmt, 2);
  attest_source_kind_from_string (attest_stmt_text (stmt, 3), &info->kind);
  info->version = (guint)sqlite3_column_int64 (stmt, 4);
  info->path = attest_stmt_dup (stmt, 5);
  info->reader = attest_stmt_dup (stmt, 6);
  info->encoding = attest_stmt_dup (stmt, 7);
  info->sha256 = attest_stmt_dup (stmt, 8);
  info->text_sha256 = attest_stmt_dup (stmt, 9);
  info->ingested_at = attest_stmt_dup (stmt, 10);
  info->characters = sqlite3_column_int64 (stmt, 11);
  info->words = sqlite3_column_int64 (stmt, 12);
  info->turns = sqlite3_column_int64 (stmt, 13);
  info->coded_words = sqlite3_column_int64 (stmt, 14);
  if (sqlite3_column_int (stmt, 15))
    info->status = sqlite3_column_int (stmt, 16) ? ATTEST_SOURCE_INCOMPLETE : ATTEST_SOURCE_CODED;
  info->given_lang = attest_stmt_dup (stmt, 17);
  info->given_encoding = attest_stmt_dup (stmt, 18);
  info->given_format = attest_stmt_dup (stmt, 19);
  info->is_struck = sqlite3_column_int (stmt, 20) != 0;
  info->given_interviewers = query_strv (store, statements[LIST_INTERVIEWERS], info->id, error);
  if (info->given_interviewers == NULL)
    return NULL;
  info->given_map = query_strv (store, statements[LIST_MAP], info->id, error);
  if (info->given_map == NULL)
    return NULL;
  info->respondents = query_strv (store, statements[LIST_RESPONDENTS], info->version_id, error);
  return info->respondents != NULL ? g_steal_pointer (&info) : NULL;
}

static GPtrArray *
list_sources (AttestStore *store, const char *label, GError **error)
{
  g_autoptr (GPtrArray) sources
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_source_info_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_SOURCES], error, "s", label);
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestSourceInfo *info = source_info_from_row (store, stmt, error);

      if (info == NULL)
        return NULL;
      g_ptr_array_add (sources, info);
    }
  return rc < 0 ? NULL : g_steal_pointer (&sources);
}

GPtrArray *
attest_store_list_sources (AttestStore *store, GError **error)
{
  return list_sources (store, NULL, error);
}

AttestSourceInfo *
attest_store_get_source (AttestStore *store, const char *label, GError **error)
{
  g_autoptr (GPtrArray) sources = NULL;
  gint64 version_id;

  if (!attest_store_find_version (store, label, NULL, &version_id, error))
    return NULL;
  sources = list_sources (store, label, error);
  return sources != NULL && sources->len > 0 ? g_ptr_array_steal_index (sources, 0) : NULL;
}

gboolean
attest_store_find_main_language (AttestStore *store, const char **out_lang, GError **error)
{
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[FIND_MAIN_LANGUAGE], error, "");
  int rc;

  if (stmt == NULL || (rc = attest_stmt_step (store, stmt, error)) < 0)
    return FALSE;
  *out_lang = rc > 0 ? g_intern_string (attest_stmt_text (stmt, 0)) : NULL;
  return TRUE;
}
