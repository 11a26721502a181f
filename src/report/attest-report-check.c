#include "report/attest-report-check.h"

#include <string.h>

#include "model/attest-consent.h"
#include "report/attest-report-chain.h"
#include "report/attest-report-strength.h"
#include "util/attest-error.h"
#include "util/attest-text.h"

/* So few ratings may well all be good. */
#define MIN_RATINGS_FOR_CEILING 3

typedef struct
{
  const AttestLedger *ledger;
  AttestStrengthCounter *counter;
  GHashTable *passages; /* id → AttestQuotePassage, of all quotes that are linked */
  GArray *problems;
  const char *check; /* that is at work */
} Checker;

static void G_GNUC_PRINTF (3, 4)
    complain (Checker *checker, const char *id, const char *format, ...)
{
  AttestJudgementProblem problem = { .check = checker->check, .id = g_strdup (id) };
  va_list args;

  va_start (args, format);
  problem.message = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (checker->problems, problem);
}

/* ---- walking ---- */

typedef void (*EntryFunc) (Checker *checker, const AttestLedgerEntry *entry);
typedef void (*LinkFunc) (Checker *checker, const AttestLedgerEntry *entry,
                          const AttestLedgerLink *link);

static guint
count_links (const AttestLedgerEntry *entry, gboolean to_quotes, guint stances)
{
  guint n = 0;

  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);

      n += (link->entry == NULL) == to_quotes && (stances & (1u << link->stance)) != 0;
    }
  return n;
}

#define ANY_STANCE 7u
#define SUPPORTS (1u << ATTEST_STANCE_SUPPORTS)

static gboolean
is_top_level (const AttestRating *rating)
{
  return rating->position >= 1;
}

/* ---- checks of ratings ---- */

static void
check_rating_basis (Checker *checker)
{
  for (guint i = 0; i < checker->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (checker->ledger->ratings, i);
      g_autofree char *id = g_strconcat (ATTEST_RATING_PREFIX, rating->criterion, NULL);
      gboolean has_finding = FALSE;

      for (guint k = 0; k < checker->ledger->entries->len && !has_finding; k++)
        has_finding = attest_ledger_entry_bears (g_ptr_array_index (checker->ledger->entries, k),
                                                 rating->criterion);
      /* What was not rated needs none. */
      if (!has_finding && rating->position >= 0)
        complain (checker, id,
                  "the rating rests on no finding: add one, 'attest finding add … --criterion %s'",
                  rating->criterion);
    }
}

/* A rating may be as good as its evidence is strong. */
static void
check_strength (Checker *checker)
{
  for (guint i = 0; i < checker->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (checker->ledger->ratings, i);
      g_autofree char *id = g_strconcat (ATTEST_RATING_PREFIX, rating->criterion, NULL);
      g_auto (AttestStrength) strength = { 0 };
      g_autofree char *sentence = NULL, *raise = NULL;

      attest_strength_of_criterion (checker->counter, rating->criterion, &strength);
      if (rating->position <= strength.level->carries || strength.findings == 0)
        continue;
      sentence = attest_strength_dup_sentence (&strength);
      g_ptr_array_add (strength.raise, NULL);
      raise = g_strjoinv ("; ", (char **)strength.raise->pdata);
      complain (checker, id, "the rating is better than its evidence, which is %s%s%s", sentence,
                *raise != '\0' ? ". It would take " : "", raise);
    }
}

static void
check_ceiling (Checker *checker)
{
  guint n = 0, n_top = 0;

  for (guint i = 0; i < checker->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (checker->ledger->ratings, i);

      n += rating->position >= 0;
      n_top += is_top_level (rating);
    }
  if (n >= MIN_RATINGS_FOR_CEILING && n_top == n)
    complain (checker, NULL,
              "all %u ratings are the best of their scale: look for what speaks "
              "against them",
              n);
}

static void
check_unheard (Checker *checker)
{
  for (guint i = 0; i < checker->ledger->ratings->len; i++)
    {
      const AttestRating *rating = g_ptr_array_index (checker->ledger->ratings, i);
      g_autofree char *id = g_strconcat (ATTEST_RATING_PREFIX, rating->criterion, NULL);
      guint n_against = 0, n_findings = 0;

      for (guint k = 0; k < checker->ledger->entries->len; k++)
        {
          const AttestLedgerEntry *entry = g_ptr_array_index (checker->ledger->entries, k);

          if (!attest_ledger_entry_bears (entry, rating->criterion))
            continue;
          n_findings++;
          n_against += count_links (entry, TRUE, 1u << ATTEST_STANCE_CONTRADICTS)
                       + count_links (entry, FALSE, 1u << ATTEST_STANCE_CONTRADICTS);
        }
      if (is_top_level (rating) && n_findings > 0 && n_against == 0)
        complain (checker, id,
                  "the best rating, and nothing is linked that speaks against its findings: look "
                  "at 'attest counter %s'",
                  rating->criterion);
    }
}

/* ---- checks of entries ---- */

static void
for_each_entry (Checker *checker, EntryFunc func)
{
  for (guint i = 0; i < checker->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (checker->ledger->entries, i);

      if (!attest_ledger_entry_is_withdrawn (entry))
        func (checker, entry);
    }
}

static void
find_baseless (Checker *checker, const AttestLedgerEntry *entry)
{
  const char *kind = attest_entry_kind_to_string (entry->kind);

  if (entry->kind == ATTEST_ENTRY_FINDING)
    return;
  if (count_links (entry, FALSE, SUPPORTS) + count_links (entry, TRUE, SUPPORTS) == 0)
    complain (checker, entry->id, "the %s rests on nothing: 'attest %s link %s ID', with %s", kind,
              kind, entry->id, attest_entry_kind_get_bases (entry->kind));
}

static void
find_without_quote (Checker *checker, const AttestLedgerEntry *entry)
{
  if (entry->kind == ATTEST_ENTRY_FINDING && count_links (entry, TRUE, SUPPORTS) == 0
      && count_links (entry, FALSE, SUPPORTS) == 0)
    complain (checker, entry->id, "%s",
              count_links (entry, TRUE, ANY_STANCE) > 0
                  ? "no quote supports the finding: it is contradicted only, or has only context"
                  : "the finding rests on no quote: 'attest segments' lists quotes to link");
}

static void
find_unaddressed (Checker *checker, const AttestLedgerEntry *entry)
{
  static const struct
  {
    AttestEntryField field;
    const char *what, *option;
  } needed[] = { { ATTEST_FIELD_ADDRESSEE, "who is to act", "addressee" },
                 { ATTEST_FIELD_PRIORITY, "how urgent it is", "priority" },
                 { ATTEST_FIELD_TIME_FRAME, "until when", "time-frame" } };

  if (entry->kind != ATTEST_ENTRY_RECOMMENDATION)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (entry->fields[needed[i].field] == NULL)
      complain (checker, entry->id,
                "the recommendation does not say %s: 'attest recommendation edit %s --%s …'",
                needed[i].what, entry->id, needed[i].option);
}

static void
find_unused (Checker *checker, const AttestLedgerEntry *entry)
{
  gboolean is_basis = entry->kind == ATTEST_ENTRY_FINDING || entry->kind == ATTEST_ENTRY_CONCLUSION;
  const char *criterion = entry->fields[ATTEST_FIELD_CRITERION];
  gboolean is_rated = entry->kind == ATTEST_ENTRY_FINDING && criterion != NULL
                      && attest_ledger_find_rating (checker->ledger, criterion) != NULL;
  guint n = 0;

  for (guint i = 0; i < entry->used_by->len; i++)
    n += !attest_ledger_entry_is_withdrawn (g_ptr_array_index (entry->used_by, i));
  if (is_basis && !is_rated && n == 0)
    complain (checker, entry->id, "nothing rests on the %s: use it, or withdraw it with a reason",
              attest_entry_kind_to_string (entry->kind));
}

/* ---- checks of links ---- */

static void
for_each_link (Checker *checker, LinkFunc func)
{
  for (guint i = 0; i < checker->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (checker->ledger->entries, i);

      for (guint k = 0; !attest_ledger_entry_is_withdrawn (entry) && k < entry->links->len; k++)
        func (checker, entry, &g_array_index (entry->links, AttestLedgerLink, k));
    }
}

static void
find_unanswered (Checker *checker, const AttestLedgerEntry *entry, const AttestLedgerLink *link)
{
  if (link->stance == ATTEST_STANCE_CONTRADICTS && link->note == NULL)
    complain (checker, entry->id,
              "%s contradicts it and has no answer: 'attest %s link %s %s --stance contradicts "
              "--note …'",
              link->id, attest_entry_kind_to_string (entry->kind), entry->id, link->id);
}

static void
find_stale (Checker *checker, const AttestLedgerEntry *entry, const AttestLedgerLink *link)
{
  const AttestQuotePassage *passage
      = link->entry == NULL ? g_hash_table_lookup (checker->passages, link->id) : NULL;

  if (passage != NULL && passage->problem != NULL)
    complain (checker, entry->id, "it rests on quote %s, which %s", link->id, passage->problem);
  else if (link->entry != NULL && attest_ledger_entry_is_withdrawn (link->entry))
    complain (checker, entry->id, "it rests on %s, which was withdrawn", link->id);
}

static void
find_rejected (Checker *checker, const AttestLedgerEntry *entry, const AttestLedgerLink *link)
{
  const AttestQuotePassage *passage
      = link->entry == NULL ? g_hash_table_lookup (checker->passages, link->id) : NULL;

  if (passage != NULL && passage->segments > 0 && passage->segments == passage->rejected)
    complain (checker, entry->id,
              "it rests on quote %s, which was rejected in review: link another, or decide again",
              link->id);
}

/* What respondents said of being quoted; not known is no refusal. */
static void
find_not_consented (Checker *checker, const AttestLedgerEntry *entry, const AttestLedgerLink *link)
{
  const AttestQuotePassage *passage
      = link->entry == NULL ? g_hash_table_lookup (checker->passages, link->id) : NULL;
  const char *quote, *consent;

  if (passage == NULL)
    return;
  quote = attest_strength_counter_get_attribute (checker->counter, passage->respondent,
                                                 ATTEST_ATTRIBUTE_QUOTE);
  consent = attest_strength_counter_get_attribute (checker->counter, passage->respondent,
                                                   ATTEST_ATTRIBUTE_CONSENT);
  if (attest_consent_from_attributes (quote, consent) == ATTEST_CONSENT_NONE)
    complain (checker, entry->id,
              "it rests on quote %s of respondent %s, who does not want to be quoted (consent: %s)",
              link->id, passage->respondent, consent != NULL ? consent : quote);
}

/* ---- the table ---- */

/* One of the three. */
typedef struct
{
  const char *id, *what;
  void (*all) (Checker *checker);
  EntryFunc entry;
  LinkFunc link;
} Check;

static const Check checks[] = {
  { "rating-without-finding", "a rating that rests on no finding", check_rating_basis, NULL, NULL },
  { "above-strength", "a rating better than its evidence is strong", check_strength, NULL, NULL },
  { "ceiling", "the best rating everywhere", check_ceiling, NULL, NULL },
  { "one-sided", "a best rating for which nothing to the contrary was linked", check_unheard, NULL,
    NULL },
  { "finding-without-quote", "a finding that no quote supports", NULL, find_without_quote, NULL },
  { "without-basis", "another entry that rests on nothing", NULL, find_baseless, NULL },
  { "recommendation-open", "a recommendation without addressee, priority or time frame", NULL,
    find_unaddressed, NULL },
  { "unused", "a finding or conclusion on which nothing rests", NULL, find_unused, NULL },
  { "unanswered", "what contradicts, without a note", NULL, NULL, find_unanswered },
  { "stale", "a link to what no longer stands", NULL, NULL, find_stale },
  { "consent", "a link to a quote of somebody who does not want to be quoted", NULL, NULL,
    find_not_consented },
  { "rejected", "a link to a quote that was rejected in review", NULL, NULL, find_rejected },
};

static void
clear_problem (gpointer item)
{
  g_free (((AttestJudgementProblem *)item)->id);
  g_free (((AttestJudgementProblem *)item)->message);
  g_free (((AttestJudgementProblem *)item)->silenced);
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

#define SILENCE "silence:"

static char *
dup_silence_key (const char *check, const char *id)
{
  return g_strdup_printf (SILENCE "%s:%s", check, id != NULL ? id : ATTEST_CHECK_PROJECT);
}

static gboolean
apply_silence (AttestStore *store, AttestJudgementCheck *check, GError **error)
{
  g_autoptr (GHashTable) silences = attest_store_list_meta (store, SILENCE, error);

  if (silences == NULL)
    return FALSE;
  for (guint i = 0; i < check->problems->len; i++)
    {
      AttestJudgementProblem *problem = &g_array_index (check->problems, AttestJudgementProblem, i);
      g_autofree char *key = dup_silence_key (problem->check, problem->id);

      problem->silenced = g_strdup (g_hash_table_lookup (silences, key));
      check->open += problem->silenced == NULL;
    }
  return TRUE;
}

static gboolean
check_name (const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      if (strcmp (checks[i].id, name) == 0)
        return TRUE;
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", checks[i].id);
    }
  return attest_throw (error, ATTEST_ERROR_USAGE, "there is no check '%s'; there are: %s", name,
                       names->str);
}

gboolean
attest_check_silence (AttestStore *store, const AttestJudgementCheck *found, const char *check,
                      const char *id, const char *because, GError **error)
{
  if (!check_name (check, error))
    return FALSE;
  for (guint i = 0; i < found->problems->len; i++)
    {
      const AttestJudgementProblem *problem
          = &g_array_index (found->problems, AttestJudgementProblem, i);
      const char *name = problem->id != NULL ? problem->id : ATTEST_CHECK_PROJECT;
      g_autofree char *key = NULL;

      if (strcmp (problem->check, check) != 0 || g_ascii_strcasecmp (name, id) != 0)
        continue;
      key = dup_silence_key (check, problem->id);
      return attest_store_set_meta (store, key, because, error);
    }
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "'%s' finds nothing in '%s': 'attest check' "
                       "lists what there is",
                       check, id);
}

AttestJudgementCheck *
attest_check_judgements (AttestStore *store, const AttestStrengthRules *rules, GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (store, error);
  g_autoptr (GPtrArray) owner = NULL;
  g_autoptr (GHashTable) passages = NULL;
  g_autoptr (AttestStrengthCounter) counter = NULL;
  g_autoptr (AttestJudgementCheck) check = NULL;
  Checker checker;

  if (ledger == NULL)
    return NULL;
  passages = attest_store_load_linked_quotes (store, ledger, &owner, error);
  if (passages == NULL)
    return NULL;
  counter = attest_strength_counter_new (store, rules, ledger, error);
  if (counter == NULL)
    return NULL;
  check = g_new0 (AttestJudgementCheck, 1);
  check->problems = g_array_new (FALSE, FALSE, sizeof (AttestJudgementProblem));
  g_array_set_clear_func (check->problems, clear_problem);
  count (ledger, check);
  checker = (Checker){ ledger, counter, passages, check->problems, NULL };
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      checker.check = checks[i].id;
      if (checks[i].all != NULL)
        checks[i].all (&checker);
      if (checks[i].entry != NULL)
        for_each_entry (&checker, checks[i].entry);
      if (checks[i].link != NULL)
        for_each_link (&checker, checks[i].link);
    }
  return apply_silence (store, check, error) ? g_steal_pointer (&check) : NULL;
}

/* ---- for programs ---- */

static void
write_problems (const AttestJudgementCheck *check, gboolean silenced, AttestJson *json)
{
  attest_json_key (json, silenced ? "silenced" : "problems");
  attest_json_begin_array (json);
  for (guint i = 0; i < check->problems->len; i++)
    {
      const AttestJudgementProblem *problem
          = &g_array_index (check->problems, AttestJudgementProblem, i);

      if ((problem->silenced != NULL) != silenced)
        continue;
      attest_json_begin_object (json);
      attest_json_member_string (json, "check", problem->check);
      attest_json_member_string (json, "id", problem->id);
      attest_json_member_string (json, "message", problem->message);
      if (silenced)
        attest_json_member_string (json, "because", problem->silenced);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

void
attest_judgement_check_write_json (const AttestJudgementCheck *check, AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_int (json, "ratings", check->ratings);
  attest_json_member_int (json, "entries", check->entries);
  attest_json_member_int (json, "links", check->links);
  write_problems (check, FALSE, json);
  write_problems (check, TRUE, json);
  attest_json_end_object (json);
}

/* XML has no control characters, not even escaped. */
static char *
escape (const char *text)
{
  g_autofree char *printable = attest_text_printable (text, strlen (text), 0);

  return g_markup_escape_text (printable, -1);
}

static guint
count_problems (const AttestJudgementCheck *check, const char *id)
{
  guint n = 0;

  for (guint i = 0; i < check->problems->len; i++)
    {
      const AttestJudgementProblem *problem
          = &g_array_index (check->problems, AttestJudgementProblem, i);

      n += problem->silenced == NULL && strcmp (problem->check, id) == 0;
    }
  return n;
}

void
attest_judgement_check_write_junit (const AttestJudgementCheck *check, GString *out)
{
  guint n_failed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    n_failed += count_problems (check, checks[i].id) > 0;
  g_string_append_printf (out,
                          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<testsuite name=\"attest check\" tests=\"%u\" failures=\"%u\">\n",
                          (guint)G_N_ELEMENTS (checks), n_failed);
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_string_append_printf (out, "  <testcase classname=\"attest.check\" name=\"%s\"",
                              checks[i].id);
      if (count_problems (check, checks[i].id) == 0)
        {
          g_string_append (out, "/>\n");
          continue;
        }
      g_string_append_printf (out, ">\n    <failure message=\"%s\">", checks[i].what);
      for (guint k = 0; k < check->problems->len; k++)
        {
          const AttestJudgementProblem *problem
              = &g_array_index (check->problems, AttestJudgementProblem, k);
          g_autofree char *id = escape (problem->id != NULL ? problem->id : "project");
          g_autofree char *message = escape (problem->message);

          if (problem->silenced == NULL && strcmp (problem->check, checks[i].id) == 0)
            g_string_append_printf (out, "%s: %s\n", id, message);
        }
      g_string_append (out, "</failure>\n  </testcase>\n");
    }
  g_string_append (out, "</testsuite>\n");
}
