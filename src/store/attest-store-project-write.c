/* Writing what is known of the project, and the scope of criteria. */
#include "store/attest-store-ledger.h"
#include "store/attest-store-private.h"
#include "store/attest-store-project.h"

#include <string.h>

#include "util/attest-error.h"
#include "util/attest-language.h"
#include "util/attest-limits.h"

enum
{
  ADD_VALUE,
  ADD_SCOPE,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [ADD_VALUE] = "INSERT INTO project_value (seq, key, lang, value) VALUES (?1, ?2, ?3, ?4)",
  [ADD_SCOPE] = "INSERT INTO criterion_scope (seq, criterion, scope, name, because)"
                " VALUES (?1, ?2, ?3, ?4, ?5)",
};

static gboolean
check_lang (const char *lang, GError **error)
{
  return *lang == '\0' || attest_language_is_code (lang)
         || attest_throw (error, ATTEST_ERROR_USAGE,
                          "'%s' is no language: write en, fr, es, ru or another code of ISO 639-1",
                          lang);
}

gboolean
attest_store_set_project_value (AttestStore *store, const char *key, const char *lang,
                                const char *value, gboolean *out_changed, GError **error)
{
  g_autofree char *name = attest_project_normalise_key (key);
  g_autofree char *kept = NULL;
  g_autoptr (AttestProject) project = NULL;
  const AttestProjectValue *now;
  gboolean changed;
  gint64 seq;

  if (name == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' is no key: letters, digits, '_' and '-', at most %d", key,
                         ATTEST_MAX_ID_CHARS);
  lang = lang != NULL ? lang : "";
  if (!check_lang (lang, error))
    return FALSE;
  if (value != NULL && *value != '\0')
    {
      kept = attest_project_normalise_value (name, value, error);
      if (kept == NULL)
        return FALSE;
    }
  project = attest_store_load_project (store, error);
  if (project == NULL)
    return FALSE;
  now = attest_project_find (project, name, lang);
  changed = g_strcmp0 (now != NULL ? now->value : NULL, kept != NULL && *kept != '\0' ? kept : NULL)
            != 0;
  if (out_changed != NULL)
    *out_changed = changed;
  return !changed
         || (attest_store_begin_judging (store, &seq, error)
             && attest_stmt_exec (store, statements[ADD_VALUE], error, "isss", seq, name, lang,
                                  kept != NULL && *kept != '\0' ? kept : NULL));
}

/* ---- criteria ---- */

/* What an id of the ledger or of a quote looks like would be taken for one. */
static gboolean
check_id (const char *id, GError **error)
{
  gboolean looks_like_other = strchr ("FCRLGQ", g_ascii_toupper (*id)) != NULL
                              && g_ascii_isdigit (id[*id == '\0' ? 0 : 1]);
  gboolean fits = *id != '\0' && g_utf8_validate (id, -1, NULL)
                  && g_utf8_strlen (id, -1) <= ATTEST_MAX_ID_CHARS;

  for (const char *p = id; fits && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      fits = g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_' || c == '-';
    }
  if (!fits || looks_like_other)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "'%s' cannot be the id of a criterion: letters, digits, '_' and '-', like "
                         "conflict-sensitivity; --name takes any text",
                         id);
  return TRUE;
}

static gboolean
add_scope (AttestStore *store, const char *criterion, AttestScope scope, const char *name,
           const char *because, GError **error)
{
  gint64 seq;

  if (strlen (because) > ATTEST_MAX_LEDGER_TEXT_BYTES)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the reason is longer than %d bytes",
                         ATTEST_MAX_LEDGER_TEXT_BYTES);
  return attest_store_begin_judging (store, &seq, error)
         && attest_stmt_exec (store, statements[ADD_SCOPE], error, "issss", seq, criterion,
                              attest_scope_to_string (scope), name, because);
}

gboolean
attest_store_add_criterion (AttestStore *store, const char *criterion, const char *name,
                            const char *because, gboolean *out_changed, GError **error)
{
  g_autoptr (AttestProject) project = attest_store_load_project (store, error);
  const AttestCriterion *now;
  gboolean same;

  if (project == NULL || !check_id (criterion, error))
    return FALSE;
  now = attest_project_find_criterion (project, criterion);
  if (now != NULL && now->scope == ATTEST_SCOPE_CODEBOOK)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "a codebook of the project has the criterion "
                         "'%s' already",
                         criterion);
  same = now != NULL && now->scope == ATTEST_SCOPE_ADDED && strcmp (now->because, because) == 0
         && (name == NULL || g_strcmp0 (now->name, name) == 0);
  if (out_changed != NULL)
    *out_changed = !same;
  return same || add_scope (store, criterion, ATTEST_SCOPE_ADDED, name, because, error);
}

/* What is judged already cannot be out of the evaluation. */
static gboolean
check_unjudged (AttestStore *store, const char *criterion, GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (store, error);
  const AttestRating *rating;

  if (ledger == NULL)
    return FALSE;
  rating = attest_ledger_find_rating (ledger, criterion);
  if (rating != NULL && rating->position >= 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "%s was rated %s: 'attest rate %s not-assessed --because …' first",
                         criterion, rating->level, criterion);
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      if (attest_ledger_entry_bears (entry, criterion))
        return attest_throw (error, ATTEST_ERROR_USAGE,
                             "%s is on %s: withdraw it, or move it to another criterion, first",
                             entry->id, criterion);
    }
  return TRUE;
}

gboolean
attest_store_drop_criterion (AttestStore *store, const char *criterion, const char *because,
                             gboolean *out_changed, GError **error)
{
  g_autoptr (AttestProject) project = attest_store_load_project (store, error);
  const AttestCriterion *now;
  gboolean same;

  if (project == NULL)
    return FALSE;
  now = attest_project_find_criterion (project, criterion);
  if (now == NULL)
    {
      g_autoptr (GString) known = g_string_new (NULL);

      for (guint i = 0; i < project->criteria->len; i++)
        g_string_append_printf (known, "%s%s", i > 0 ? ", " : "",
                                ((AttestCriterion *)project->criteria->pdata[i])->criterion);
      return attest_throw (error, ATTEST_ERROR_USAGE, "there is no criterion '%s'; there are: %s",
                           criterion, known->len > 0 ? known->str : "none yet");
    }
  same = now->scope == ATTEST_SCOPE_DROPPED && strcmp (now->because, because) == 0;
  if (out_changed != NULL)
    *out_changed = !same;
  return same
         || (check_unjudged (store, criterion, error)
             && add_scope (store, criterion, ATTEST_SCOPE_DROPPED, NULL, because, error));
}
