/* The parts of a ledger that are no entries: what is known of the project, the scope of criteria,
 * ratings, silences. */
#include "cli/attest-cli-ledger-import-private.h"
#include "cli/attest-cli-ledger.h"

#include <string.h>

#include "report/attest-report-chain.h"
#include "report/attest-report-check.h"
#include "store/attest-store-silence.h"

/* ---- what is known of the project ---- */

static void
set_value (AttestLedgerTake *take, const AttestLedgerFileValue *value, const char *key)
{
  gboolean changed = FALSE;
  GError *error = NULL;

  attest_store_set_project_value (take->store, key, value->lang, value->value.text, &changed,
                                  &error);
  if (attest_ledger_take_ok (take, value->value.byte, error) && changed)
    attest_ledger_take_tell (take, "project: %s%s%s %s", key, *value->lang != '\0' ? " in " : "",
                             value->lang, value->value.text != NULL ? "set" : "removed");
}

static void
remove_missing_values (AttestLedgerTake *take, GHashTable *seen)
{
  for (guint i = 0; i < take->project->values->len; i++)
    {
      const AttestProjectValue *value = g_ptr_array_index (take->project->values, i);
      g_autofree char *name = g_strdup_printf ("%s:%s", value->key, value->lang);
      const AttestLedgerPart *part
          = *value->lang == '\0' ? &take->file->project : &take->file->translations;
      GError *error = NULL;

      if (!part->is_there || g_hash_table_contains (seen, name))
        continue;
      attest_store_set_project_value (take->store, value->key, value->lang, NULL, NULL, &error);
      if (attest_ledger_take_ok (take, part->byte, error))
        attest_ledger_take_tell (take, "project: %s%s%s removed", value->key,
                                 *value->lang != '\0' ? " in " : "", value->lang);
    }
}

void
attest_ledger_take_values (AttestLedgerTake *take)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (AttestProject) project = NULL;
  GError *error = NULL;

  for (guint i = 0; i < take->file->values->len && take->fatal == NULL; i++)
    {
      const AttestLedgerFileValue *value
          = &g_array_index (take->file->values, AttestLedgerFileValue, i);
      g_autofree char *key = attest_project_normalise_key (value->key.text);
      g_autofree char *name = g_strdup_printf ("%s:%s", key != NULL ? key : "", value->lang);

      if (key == NULL)
        attest_ledger_file_complain (take->file, value->key.byte, "key",
                                     "'%s' is no key: letters, digits, '_' and '-'",
                                     value->key.text);
      else if (attest_ledger_take_once (take, seen, name, value->key.byte))
        set_value (take, value, key);
    }
  if (take->fatal != NULL)
    return;
  remove_missing_values (take, seen);
  project = attest_store_load_project (take->store, &error);
  if (project != NULL)
    attest_project_check (project, &error);
  attest_ledger_take_ok (take, take->file->project.byte, error);
}

/* ---- criteria ---- */

static gboolean
is_dropped (const AttestLedgerFileScope *scope)
{
  return strcmp (scope->scope.text, "dropped") == 0;
}

static const AttestLedgerFileScope *
find_scope (const AttestLedgerTake *take, const char *criterion)
{
  for (guint i = 0; i < take->file->scopes->len; i++)
    {
      const AttestLedgerFileScope *scope
          = &g_array_index (take->file->scopes, AttestLedgerFileScope, i);

      if (strcmp (scope->criterion.text, criterion) == 0)
        return scope;
    }
  return NULL;
}

static void
take_scope (AttestLedgerTake *take, const char *criterion, gboolean drop, const char *name,
            const char *because, gsize byte)
{
  gboolean changed = FALSE;
  GError *error = NULL;

  if (drop)
    attest_store_drop_criterion (take->store, criterion, because, &changed, &error);
  else
    attest_store_add_criterion (take->store, criterion, name, because, &changed, &error);
  if (attest_ledger_take_ok (take, byte, error) && changed)
    attest_ledger_take_tell (take, "criterion %s %s: %s", criterion, drop ? "dropped" : "added",
                             because);
}

/* Whether leaving it out of the file would change what is judged. */
static gboolean
is_missed (const AttestLedgerTake *take, const AttestCriterion *criterion)
{
  return take->file->criteria.is_there && find_scope (take, criterion->criterion) == NULL
         && ((criterion->scope == ATTEST_SCOPE_ADDED && !criterion->in_codebook)
             || (criterion->scope == ATTEST_SCOPE_DROPPED && criterion->in_codebook));
}

static void
take_missed (AttestLedgerTake *take, AttestScope scope)
{
  const char *because = take->options->withdraw_missing;

  for (guint i = 0; i < take->project->criteria->len; i++)
    {
      const AttestCriterion *criterion = g_ptr_array_index (take->project->criteria, i);

      if (criterion->scope != scope || !is_missed (take, criterion))
        continue;
      if (because != NULL)
        take_scope (take, criterion->criterion, scope == ATTEST_SCOPE_ADDED, NULL, because,
                    take->file->criteria.byte);
      else
        attest_ledger_file_complain (take->file, take->file->criteria.byte, "missing",
                                     "the criterion %s, which was %s, is missing: put it back, as "
                                     "'%s' with the reason where "
                                     "that is meant",
                                     criterion->criterion, attest_scope_to_string (scope),
                                     scope == ATTEST_SCOPE_ADDED ? "dropped" : "added");
    }
}

static void
take_scopes (AttestLedgerTake *take, gboolean dropped)
{
  for (guint i = 0; i < take->file->scopes->len && take->fatal == NULL; i++)
    {
      const AttestLedgerFileScope *scope
          = &g_array_index (take->file->scopes, AttestLedgerFileScope, i);

      if (is_dropped (scope) == dropped)
        take_scope (take, scope->criterion.text, dropped, scope->name.text, scope->because.text,
                    scope->criterion.byte);
    }
}

void
attest_ledger_take_added_criteria (AttestLedgerTake *take)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < take->file->scopes->len; i++)
    {
      const AttestLedgerFileScope *scope
          = &g_array_index (take->file->scopes, AttestLedgerFileScope, i);

      attest_ledger_take_once (take, seen, scope->criterion.text, scope->criterion.byte);
    }
  take_scopes (take, FALSE);
  take_missed (take, ATTEST_SCOPE_DROPPED);
}

void
attest_ledger_take_dropped_criteria (AttestLedgerTake *take)
{
  take_scopes (take, TRUE);
  take_missed (take, ATTEST_SCOPE_ADDED);
}

/* ---- ratings ---- */

/* NULL, with the problem noted: no such level. */
static AttestScale *
choose_level (AttestLedgerTake *take, const AttestLedgerFileRating *rated, const AttestRating *now,
              AttestScaleChoice *out_choice)
{
  const char *name = rated->scale.text;
  g_autoptr (AttestScale) scale = NULL;
  GError *error = NULL;

  if (name == NULL && now != NULL)
    name = now->scale;
  scale = attest_cli_load_scale (take->store, name, &error);
  if (!attest_ledger_take_ok (take, rated->scale.text != NULL ? rated->scale.byte : rated->byte,
                              error))
    return NULL;
  attest_scale_choose (scale, rated->level.text, NULL, out_choice, &error);
  return attest_ledger_take_ok (take, rated->level.byte, error) ? g_steal_pointer (&scale) : NULL;
}

static void
tell_rating (AttestLedgerTake *take, const AttestRating *rating, const AttestRating *now)
{
  g_autofree char *level = attest_rating_dup_level (rating);
  g_autofree char *before = now != NULL ? attest_rating_dup_level (now) : NULL;

  if (now == NULL)
    attest_ledger_take_tell (take, "%s rated %s", rating->criterion, level);
  else if (strcmp (now->level, rating->level) == 0)
    attest_ledger_take_tell (take, "%s rated %s for another reason, or on another scale",
                             rating->criterion, level);
  else
    attest_ledger_take_tell (take, "%s rated %s, which was %s", rating->criterion, level, before);
}

static void
rate (AttestLedgerTake *take, const AttestLedgerFileRating *rated)
{
  const AttestRating *now = attest_ledger_find_rating (take->ledger, rated->criterion.text);
  g_auto (AttestScaleChoice) choice = { NULL };
  g_autoptr (AttestScale) scale = choose_level (take, rated, now, &choice);
  AttestRating rating = { .criterion = rated->criterion.text,
                          .level = choice.level,
                          .label = (char *)choice.label,
                          .position = choice.position,
                          .because = rated->because.text };
  GError *error = NULL;

  if (scale == NULL
      || (now != NULL && strcmp (now->level, choice.level) == 0
          && strcmp (now->scale, scale->file->id) == 0
          && strcmp (now->because, rating.because) == 0))
    return;
  attest_cli_add_rating (take->store, scale, &rating, &error);
  if (attest_ledger_take_ok (take, rated->criterion.byte, error))
    tell_rating (take, &rating, now);
}

void
attest_ledger_take_ratings (AttestLedgerTake *take)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < take->file->rated->len && take->fatal == NULL; i++)
    {
      const AttestLedgerFileRating *rated
          = &g_array_index (take->file->rated, AttestLedgerFileRating, i);

      if (attest_ledger_take_once (take, seen, rated->criterion.text, rated->criterion.byte))
        rate (take, rated);
    }
  for (guint i = 0; take->file->ratings.is_there && i < take->ledger->ratings->len; i++)
    {
      const AttestRating *now = g_ptr_array_index (take->ledger->ratings, i);

      if (!g_hash_table_contains (seen, now->criterion))
        attest_ledger_file_complain (take->file, take->file->ratings.byte, "missing",
                                     "the rating of %s is missing: put it back, with the level "
                                     "not-rated and the reason where that is meant",
                                     now->criterion);
    }
}

/* ---- silences ---- */

static char *
dup_silence_name (const char *check, const char *target, const char *about)
{
  return g_strdup_printf ("%s of %s%s%s", check, target, about != NULL ? " about " : "",
                          about != NULL ? about : "");
}

static gboolean
is_check (const char *name)
{
  for (guint i = 0; i < attest_check_count (); i++)
    if (strcmp (attest_check_get_name (i, NULL), name) == 0)
      return TRUE;
  return FALSE;
}

static void
silence (AttestLedgerTake *take, const AttestLedgerFileSilence *silenced, const char *target,
         const char *name)
{
  gboolean changed = FALSE;
  GError *error = NULL;

  if (!is_check (silenced->check.text))
    {
      attest_ledger_file_complain (take->file, silenced->check.byte, "check",
                                   "there is no check '%s': doc/ledger.md lists them",
                                   silenced->check.text);
      return;
    }
  attest_store_set_silence (take->store, silenced->check.text, target, silenced->about.text,
                            silenced->because.text, &changed, &error);
  if (attest_ledger_take_ok (take, silenced->byte, error) && changed)
    attest_ledger_take_tell (take, "silenced %s: %s", name, silenced->because.text);
}

void
attest_ledger_take_silences (AttestLedgerTake *take)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GError *error = NULL;
  g_autoptr (GPtrArray) now = attest_store_list_silences (take->store, &error);

  if (!attest_ledger_take_ok (take, 0, error))
    return;
  for (guint i = 0; i < take->file->silenced->len && take->fatal == NULL; i++)
    {
      const AttestLedgerFileSilence *silenced
          = &g_array_index (take->file->silenced, AttestLedgerFileSilence, i);
      const char *target = attest_ledger_take_find_id (take, silenced->of.text);
      g_autofree char *name = dup_silence_name (silenced->check.text, target, silenced->about.text);

      if (target != NULL && attest_ledger_take_once (take, seen, name, silenced->byte))
        silence (take, silenced, target, name);
    }
  for (guint i = 0; take->file->silences.is_there && i < now->len && take->fatal == NULL; i++)
    {
      const AttestSilence *before = g_ptr_array_index (now, i);
      g_autofree char *name = dup_silence_name (before->check, before->target, before->about);

      if (g_hash_table_contains (seen, name))
        continue;
      attest_store_set_silence (take->store, before->check, before->target, before->about, NULL,
                                NULL, &error);
      if (attest_ledger_take_ok (take, take->file->silences.byte, error))
        attest_ledger_take_tell (take, "%s counts again", name);
    }
}
