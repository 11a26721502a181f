/* Evidence of which nothing was used: selective quoting is easiest to do by leaving out. */
#include "report/attest-report-check-private.h"

#include <string.h>

#include "report/attest-report.h"
#include "store/attest-store-voice.h"
#include "util/attest-limits.h"

/* Quotes that are named of those that were not used. */
#define MAX_NAMED 3

/* ---- strong evidence ---- */

/* Those who speak of a code, all well or all ill. */
typedef struct
{
  AttestChecker *checker;
  GHashTable *judged; /* codes that were rated, or that findings are on */
  char *code;         /* of the passages; NULL: before the first */
  guint polarity;
  GPtrArray *passages; /* of AttestQuotePassage, owned */
  guint n_accepted;
  gboolean is_used; /* something rests on one of them */
} Chorus;

static AttestQuotePassage *
copy_passage (const AttestQuotePassage *passage)
{
  AttestQuotePassage *copy = g_new0 (AttestQuotePassage, 1);

  copy->id = g_strdup (passage->id);
  copy->source = g_strdup (passage->source);
  copy->kind = passage->kind;
  copy->role = g_strdup (passage->role);
  copy->respondent = g_strdup (passage->respondent);
  copy->group = g_strdup (passage->group);
  copy->turn = passage->turn;
  copy->text = g_strdup ("");
  return copy;
}

/* The first few, and @more when there are others. */
static char *
dup_ids (const GPtrArray *passages, const char *more)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < MIN (passages->len, MAX_NAMED); i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "",
                            ((const AttestQuotePassage *)g_ptr_array_index (passages, i))->id);
  if (passages->len > MAX_NAMED)
    g_string_append (ids, more);
  return g_string_free (ids, FALSE);
}

static void
tell_chorus (const Chorus *chorus, const AttestStrength *strength)
{
  g_autofree char *respondents
      = g_strdup_printf ("%" G_GINT64_FORMAT, strength->facts.counts[ATTEST_FACT_SUPPORTING]);
  g_autofree char *groups
      = g_strdup_printf ("%" G_GINT64_FORMAT, strength->facts.counts[ATTEST_FACT_GROUPS]);
  g_autofree char *n = g_strdup_printf ("%u", chorus->passages->len);
  g_autofree char *ids = dup_ids (chorus->passages, " …");
  g_autofree char *accepted = g_strdup_printf ("%u", chorus->n_accepted);

  attest_check_tell (
      chorus->checker,
      chorus->polarity == ATTEST_POLARITY_POSITIVE ? "unused-evidence-well" : "unused-evidence-ill",
      "respondents", respondents, "groups", groups, "n", n, "accepted", accepted, "ids", ids, NULL);
}

static void
complain_of_chorus (Chorus *chorus)
{
  const char *polarity
      = attest_qualifier_value_to_string (ATTEST_QUALIFIER_POLARITY, chorus->polarity);
  g_auto (AttestStrength) strength = { 0 };
  g_autofree char *respondents = NULL, *groups = NULL, *n_passages = NULL, *more = NULL;
  g_autofree char *ids = NULL;

  attest_strength_of_passages (chorus->checker->counter, chorus->passages, &strength);
  /* Strong is the level that no other is above. */
  if (strength.level->next != NULL || strength.level->carries < 1)
    return;
  more = g_strdup_printf (" and %u more", chorus->passages->len - MAX_NAMED);
  ids = dup_ids (chorus->passages, more);
  respondents
      = attest_report_dup_count (strength.facts.counts[ATTEST_FACT_SUPPORTING], "respondent", NULL);
  groups = attest_report_dup_count (strength.facts.counts[ATTEST_FACT_GROUPS], "group", NULL);
  n_passages = attest_report_dup_count (chorus->passages->len, "passage", NULL);
  attest_check_complain (chorus->checker, chorus->code, polarity,
                         "%s of %s speak %s of it in %s (%u accepted in review), and nothing rests "
                         "on any: %s; 'attest "
                         "review --list --status all --code %s --polarity %s' lists them",
                         respondents, groups,
                         chorus->polarity == ATTEST_POLARITY_POSITIVE ? "well" : "ill", n_passages,
                         chorus->n_accepted, ids, chorus->code, polarity);
  tell_chorus (chorus, &strength);
}

static void
end_chorus (Chorus *chorus)
{
  if (chorus->code != NULL && !chorus->is_used && chorus->passages->len > 0)
    complain_of_chorus (chorus);
  g_ptr_array_set_size (chorus->passages, 0);
  chorus->n_accepted = 0;
  chorus->is_used = FALSE;
}

/* They come by code and polarity. */
static gboolean
add_voice (const AttestVoice *voice, gpointer data, GError **error)
{
  Chorus *chorus = data;

  if ((voice->polarity != ATTEST_POLARITY_POSITIVE && voice->polarity != ATTEST_POLARITY_NEGATIVE)
      || !g_hash_table_contains (chorus->judged, voice->code))
    return TRUE;
  if (g_strcmp0 (chorus->code, voice->code) != 0 || chorus->polarity != voice->polarity)
    {
      end_chorus (chorus);
      g_free (chorus->code);
      chorus->code = g_strdup (voice->code);
      chorus->polarity = voice->polarity;
    }
  chorus->n_accepted += voice->is_accepted;
  chorus->is_used
      = chorus->is_used || g_hash_table_contains (chorus->checker->passages, voice->passage.id);
  if (!chorus->is_used)
    g_ptr_array_add (chorus->passages, copy_passage (&voice->passage));
  return TRUE;
}

/* Of other codes nobody said that this evaluation judges them. */
static GHashTable *
list_judged (const AttestLedger *ledger)
{
  GHashTable *judged = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ledger->ratings->len; i++)
    {
      AttestRating *rating = g_ptr_array_index (ledger->ratings, i);

      if (rating->position >= 0)
        g_hash_table_add (judged, rating->criterion);
    }
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);
      char *criterion = entry->fields[ATTEST_FIELD_CRITERION];

      if (criterion != NULL && attest_ledger_entry_bears (entry, criterion))
        g_hash_table_add (judged, criterion);
    }
  return judged;
}

void
attest_check_unused_evidence (AttestChecker *checker)
{
  g_autoptr (GHashTable) judged = list_judged (checker->ledger);
  g_autoptr (GPtrArray) passages
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_quote_passage_free);
  Chorus chorus = { .checker = checker, .judged = judged, .passages = passages };

  if (g_hash_table_size (judged) > 0
      && attest_store_foreach_voice (checker->store, add_voice, &chorus, &checker->error))
    end_chorus (&chorus);
  g_free (chorus.code);
}

/* ---- key quotes ---- */

typedef struct
{
  AttestChecker *checker;
  GHashTable *seen;
  guint n;
} Keys;

static gboolean
find_key (const AttestVoice *voice, gpointer data, GError **error)
{
  Keys *keys = data;

  if (!voice->is_key || g_hash_table_contains (keys->checker->passages, voice->passage.id)
      || !g_hash_table_add (keys->seen, g_strdup (voice->passage.id)))
    return TRUE;
  if (++keys->n <= ATTEST_MAX_CHECK_WORKLIST)
    attest_check_warn (keys->checker, voice->passage.id, NULL,
                       "a key quote on %s, of %s ¶%" G_GINT64_FORMAT
                       ", and nothing rests on it: link it, or 'attest review --no-key %s'",
                       voice->code, voice->passage.source, voice->passage.turn, voice->passage.id);
  return TRUE;
}

void
attest_check_unused_keys (AttestChecker *checker)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Keys keys = { checker, seen, 0 };

  if (checker->ledger->entries->len > 0
      && attest_store_foreach_voice (checker->store, find_key, &keys, &checker->error)
      && keys.n > ATTEST_MAX_CHECK_WORKLIST)
    {
      g_autofree char *more = g_strdup_printf ("%u", keys.n - ATTEST_MAX_CHECK_WORKLIST);

      attest_check_warn (checker, NULL, NULL, "and %s more key quotes on which nothing rests",
                         more);
      attest_check_tell (checker, "unused-key-quotes", "n", more, NULL);
    }
}
