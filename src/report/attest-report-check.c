#include "report/attest-report-check-private.h"

#include <string.h>

#include "store/attest-store-silence.h"
#include "util/attest-error.h"

/* ---- what checks share ---- */

static void
add_problem (AttestChecker *checker, const char *id, const char *about, gboolean is_warning,
             char *message)
{
  AttestJudgementProblem problem = { .check = checker->check,
                                     .sentence = checker->check,
                                     .id = g_strdup (id),
                                     .about = g_strdup (about),
                                     .is_warning = is_warning,
                                     .message = message };

  g_array_append_val (checker->problems, problem);
}

void
attest_check_complain (AttestChecker *checker, const char *id, const char *about,
                       const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add_problem (checker, id, about, FALSE, g_strdup_vprintf (format, args));
  va_end (args);
}

void
attest_check_warn (AttestChecker *checker, const char *id, const char *about, const char *format,
                   ...)
{
  va_list args;

  va_start (args, format);
  add_problem (checker, id, about, TRUE, g_strdup_vprintf (format, args));
  va_end (args);
}

void
attest_check_tell (AttestChecker *checker, const char *sentence, ...)
{
  AttestJudgementProblem *problem
      = &g_array_index (checker->problems, AttestJudgementProblem, checker->problems->len - 1);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  const char *value;
  va_list args;

  va_start (args, sentence);
  while ((value = va_arg (args, const char *)) != NULL)
    g_strv_builder_add (values, value);
  va_end (args);
  problem->sentence = sentence;
  g_strfreev (problem->values);
  problem->values = g_strv_builder_end (values);
}

char *
attest_judgement_problem_dup_sentence (const AttestJudgementProblem *problem,
                                       const AttestCatalogue *labels)
{
  g_autofree char *sentence = g_strconcat ("check.", problem->sentence, NULL);
  g_autoptr (GPtrArray) pairs = g_ptr_array_new ();

  g_ptr_array_add (pairs, (gpointer) "about");
  g_ptr_array_add (pairs, (gpointer)(problem->about != NULL ? problem->about : ""));
  for (char **pair = problem->values; pair != NULL && pair[0] != NULL; pair += 2)
    {
      g_ptr_array_add (pairs, pair[0]);
      g_ptr_array_add (pairs, strcmp (pair[0], "strength") == 0
                                  ? (gpointer)attest_catalogue_get_word (labels, pair[0], pair[1])
                                  : (gpointer)pair[1]);
    }
  g_ptr_array_add (pairs, NULL);
  return attest_catalogue_dup_with (labels, sentence, (const char *const *)pairs->pdata);
}

guint
attest_check_count_links (const AttestLedgerEntry *entry, gboolean to_quotes, guint stances)
{
  guint n = 0;

  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);

      n += (link->entry == NULL) == to_quotes && (stances & (1u << link->stance)) != 0;
    }
  return n;
}

/* ---- the table ---- */

static const struct
{
  const char *name, *what;
  AttestCheckFunc run;
} checks[] = {
  { "rating-without-finding", "a rating that rests on no finding", attest_check_rating_basis },
  { "above-strength", "a rating better than its evidence is strong", attest_check_strength },
  { "ceiling", "high ratings everywhere", attest_check_ceiling },
  { "one-sided", "a best rating for which nothing to the contrary was linked",
    attest_check_one_sided },
  { "contrast", "a high rating whose text takes something back", attest_check_contrast },
  { "bad-news", "a high rating beside a finding that speaks ill, which its reason does not name",
    attest_check_bad_news },
  { "finding-without-quote", "a finding that no quote supports", attest_check_without_quote },
  { "without-basis", "another entry that rests on nothing", attest_check_without_basis },
  { "recommendation-open", "a recommendation without addressee, priority, time frame or conclusion",
    attest_check_recommendations },
  { "unused", "a finding or conclusion on which nothing rests", attest_check_unused },
  { "unanswered", "what contradicts, without a note", attest_check_unanswered },
  { "stale", "a link to what no longer stands", attest_check_stale },
  { "consent", "a link to a quote of somebody who does not want to be quoted",
    attest_check_consent },
  { "rejected", "a link to a quote that was rejected in review", attest_check_rejected },
  { "unused-evidence", "strong evidence of which nothing was used", attest_check_unused_evidence },
  { "unused-key-quote", "a key quote that was not used", attest_check_unused_keys },
};

guint
attest_check_count (void)
{
  return G_N_ELEMENTS (checks);
}

const char *
attest_check_get_name (guint i, const char **out_what)
{
  if (out_what != NULL)
    *out_what = checks[i].what;
  return checks[i].name;
}

static void
clear_problem (gpointer item)
{
  AttestJudgementProblem *problem = item;

  g_free (problem->id);
  g_free (problem->about);
  g_free (problem->message);
  g_strfreev (problem->values);
  g_free (problem->silenced);
  g_free (problem->silenced_by);
  g_free (problem->silenced_at);
}

void
attest_judgement_check_free (AttestJudgementCheck *check)
{
  if (check == NULL)
    return;
  g_array_unref (check->problems);
  g_free (check);
}

static void
count (const AttestLedger *ledger, AttestJudgementCheck *check)
{
  check->ratings = ledger->ratings->len;
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      if (attest_ledger_entry_is_withdrawn (entry))
        continue;
      check->entries++;
      check->links += entry->links->len;
    }
}

/* ---- silence ---- */

static const char *
target_of (const AttestJudgementProblem *problem)
{
  return problem->id != NULL ? problem->id : ATTEST_CHECK_PROJECT;
}

static gboolean
apply_silences (AttestStore *store, AttestJudgementCheck *check, GError **error)
{
  g_autoptr (GPtrArray) silences = attest_store_list_silences (store, error);

  if (silences == NULL)
    return FALSE;
  for (guint i = 0; i < check->problems->len; i++)
    {
      AttestJudgementProblem *problem = &g_array_index (check->problems, AttestJudgementProblem, i);
      const AttestSilence *silence
          = attest_silence_find (silences, problem->check, target_of (problem), problem->about);

      /* Older projects silenced all problems of a check with an id. */
      if (silence == NULL)
        silence = attest_silence_find (silences, problem->check, target_of (problem), NULL);
      if (silence != NULL)
        {
          problem->silenced = g_strdup (silence->because);
          problem->silenced_by = g_strdup (silence->by);
          problem->silenced_at = g_strdup (silence->at);
        }
      check->open += silence == NULL && !problem->is_warning;
      check->warnings += silence == NULL && problem->is_warning;
    }
  return TRUE;
}

static gboolean
check_name (const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      if (strcmp (checks[i].name, name) == 0)
        return TRUE;
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", checks[i].name);
    }
  return attest_throw (error, ATTEST_ERROR_USAGE, "there is no check '%s'; there are: %s", name,
                       names->str);
}

gboolean
attest_check_silence (AttestStore *store, const AttestJudgementCheck *found, const char *check,
                      const char *id, const char *about, const char *because, guint *out_n,
                      GError **error)
{
  *out_n = 0;
  if (!check_name (check, error))
    return FALSE;
  for (guint i = 0; i < found->problems->len; i++)
    {
      const AttestJudgementProblem *problem
          = &g_array_index (found->problems, AttestJudgementProblem, i);

      if (strcmp (problem->check, check) != 0 || g_ascii_strcasecmp (target_of (problem), id) != 0
          || (about != NULL
              && (problem->about == NULL || g_ascii_strcasecmp (problem->about, about) != 0)))
        continue;
      if (!attest_store_set_silence (store, check, target_of (problem), problem->about, because,
                                     NULL, error)
          /* What an older program silenced as a whole counts again as a whole. */
          || (because == NULL
              && !attest_store_set_silence (store, check, target_of (problem), NULL, NULL, NULL,
                                            error)))
        return FALSE;
      (*out_n)++;
    }
  if (*out_n > 0)
    return TRUE;
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "'%s' finds nothing in '%s%s%s': 'attest check' lists what there is", check,
                       id, about != NULL ? "' about '" : "", about != NULL ? about : "");
}

/* ---- running ---- */

static gboolean
run_checks (AttestChecker *checker, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (checks) && checker->error == NULL; i++)
    {
      checker->check = checks[i].name;
      checks[i].run (checker);
    }
  if (checker->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&checker->error));
  return FALSE;
}

AttestJudgementCheck *
attest_check_judgements (AttestStore *store, const AttestStrengthRules *rules, GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (store, error);
  g_autoptr (AttestStrengthCounter) counter = NULL;
  g_autoptr (AttestJudgementCheck) check = NULL;
  AttestChecker checker;

  if (ledger == NULL)
    return NULL;
  counter = attest_strength_counter_new (store, rules, ledger, error);
  if (counter == NULL)
    return NULL;
  check = g_new0 (AttestJudgementCheck, 1);
  check->problems = g_array_new (FALSE, FALSE, sizeof (AttestJudgementProblem));
  g_array_set_clear_func (check->problems, clear_problem);
  count (ledger, check);
  checker = (AttestChecker){ .store = store,
                             .rules = rules,
                             .ledger = ledger,
                             .counter = counter,
                             .passages = attest_strength_counter_get_passages (counter),
                             .problems = check->problems };
  if (!run_checks (&checker, error))
    return NULL;
  return apply_silences (store, check, error) ? g_steal_pointer (&check) : NULL;
}
