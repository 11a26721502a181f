/* Respondents out. */
#include "store/attest-store-private.h"

#include <string.h>

enum
{
  LIST_ALL,
  LIST_ATTRIBUTES,
  LIST_SPEAKERS,
  LIST_LABELS,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LIST_ALL] = "SELECT r.id, r.label, r.origin = 'given',"
               " (SELECT ifnull (sum (turns), 0) FROM speaker WHERE respondent_id = r.id),"
               " (SELECT ifnull (sum (words), 0) FROM speaker WHERE respondent_id = r.id)"
               " FROM respondent r ORDER BY r.label",
  [LIST_ATTRIBUTES]
  = "SELECT name, value FROM respondent_attribute WHERE respondent_id = ?1 ORDER BY name",
  [LIST_SPEAKERS] = "SELECT s.label, p.label FROM speaker p"
                    " JOIN version v ON v.id = p.version_id JOIN source s ON s.id = v.source_id"
                    " WHERE p.respondent_id = ?1 ORDER BY s.label, v.number, p.number",
  [LIST_LABELS] = "SELECT DISTINCT label FROM speaker WHERE label IS NOT NULL ORDER BY label",
};

static void
clear_attribute (gpointer item)
{
  AttestAttribute *attribute = item;

  g_free (attribute->name);
  g_free (attribute->value);
}

static void
clear_speaker (gpointer item)
{
  AttestRespondentSpeaker *speaker = item;

  g_free (speaker->source);
  g_free (speaker->speaker);
}

void
attest_respondent_info_free (AttestRespondentInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->label);
  g_array_unref (info->attributes);
  g_array_unref (info->speakers);
  g_free (info);
}

const char *
attest_respondent_info_get (const AttestRespondentInfo *info, const char *name)
{
  for (guint i = 0; i < info->attributes->len; i++)
    {
      const AttestAttribute *attribute = &g_array_index (info->attributes, AttestAttribute, i);

      if (strcmp (attribute->name, name) == 0)
        return attribute->value;
    }
  return NULL;
}

static gboolean
load_details (AttestStore *store, gint64 id, AttestRespondentInfo *info, GError **error)
{
  g_auto (AttestStmt) attributes
      = attest_stmt_query (store, statements[LIST_ATTRIBUTES], error, "i", id);
  g_auto (AttestStmt) speakers = NULL;
  int rc;

  if (attributes == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, attributes, error)) > 0)
    {
      AttestAttribute attribute
          = { attest_stmt_dup (attributes, 0), attest_stmt_dup (attributes, 1) };

      g_array_append_val (info->attributes, attribute);
    }
  if (rc < 0)
    return FALSE;
  speakers = attest_stmt_query (store, statements[LIST_SPEAKERS], error, "i", id);
  if (speakers == NULL)
    return FALSE;
  while ((rc = attest_stmt_step (store, speakers, error)) > 0)
    {
      AttestRespondentSpeaker speaker
          = { attest_stmt_dup (speakers, 0), attest_stmt_dup (speakers, 1) };

      g_array_append_val (info->speakers, speaker);
    }
  return rc == 0;
}

GPtrArray *
attest_store_list_respondents (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) respondents
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_respondent_info_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_ALL], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestRespondentInfo *info = g_new0 (AttestRespondentInfo, 1);

      g_ptr_array_add (respondents, info);
      info->label = attest_stmt_dup (stmt, 1);
      info->given = sqlite3_column_int (stmt, 2) != 0;
      info->turns = sqlite3_column_int64 (stmt, 3);
      info->words = sqlite3_column_int64 (stmt, 4);
      info->attributes = g_array_new (FALSE, TRUE, sizeof (AttestAttribute));
      info->speakers = g_array_new (FALSE, TRUE, sizeof (AttestRespondentSpeaker));
      g_array_set_clear_func (info->attributes, clear_attribute);
      g_array_set_clear_func (info->speakers, clear_speaker);
      if (!load_details (store, sqlite3_column_int64 (stmt, 0), info, error))
        return NULL;
    }
  return rc < 0 ? NULL : g_steal_pointer (&respondents);
}

GPtrArray *
attest_store_list_speakers (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST_LABELS], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    g_ptr_array_add (labels, attest_stmt_dup (stmt, 0));
  return rc < 0 ? NULL : g_steal_pointer (&labels);
}
