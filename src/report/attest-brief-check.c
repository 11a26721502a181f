#include "report/attest-brief-check.h"

#include <string.h>

#include "report/attest-brief-check-private.h"
#include "report/attest-brief-facts.h"
#include "report/attest-brief-passages.h"
#include "util/attest-limits.h"

static void
clear_problem (gpointer item)
{
  AttestBriefProblem *problem = item;

  g_free (problem->message);
  g_free (problem->silenced);
}

static void
add_problem (AttestBriefChecker *checker, const char *about, gsize start_byte, gsize end_byte,
             const char *format, va_list args)
{
  AttestBriefProblem problem = { .check = checker->check,
                                 .sentence = checker->sentence,
                                 .start_byte = start_byte,
                                 .end_byte = end_byte };
  const char *silenced = attest_brief_find_silence (checker, about);

  /* Of each check some are kept, so that none hides another. */
  if (checker->found++ >= ATTEST_MAX_BRIEF_PROBLEMS)
    {
      checker->dropped += silenced == NULL;
      return;
    }
  problem.message = g_strdup_vprintf (format, args);
  problem.silenced = g_strdup (silenced);
  checker->open += silenced == NULL;
  g_array_append_val (checker->problems, problem);
}

void
attest_brief_complain (AttestBriefChecker *checker, gsize start_byte, gsize end_byte,
                       const char *format, ...)
{
  g_autofree char *written = g_strndup (checker->brief->text + start_byte, end_byte - start_byte);
  va_list args;

  va_start (args, format);
  add_problem (checker, written, start_byte, end_byte, format, args);
  va_end (args);
}

void
attest_brief_complain_about (AttestBriefChecker *checker, const char *about, gsize start_byte,
                             gsize end_byte, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add_problem (checker, about, start_byte, end_byte, format, args);
  va_end (args);
}

const AttestMark *
attest_brief_next_mark (const AttestBriefChecker *checker, guint *at)
{
  const AttestBrief *brief = checker->brief;
  guint sentence = (guint)(checker->sentence - attest_brief_sentence (brief, 0));

  *at = MAX (*at, checker->sentence->first_mark);
  while (*at < checker->sentence->end_mark)
    {
      const AttestMark *mark = attest_brief_mark (brief, (*at)++);

      if (mark->sentence == sentence)
        return mark;
    }
  return NULL;
}

/* ---- the table ---- */

typedef struct
{
  const char *id, *what;
  void (*mark) (AttestBriefChecker *checker, const AttestMark *mark);
  void (*sentence) (AttestBriefChecker *checker);
  AttestBriefSilencing silencing;
} Check;

static const Check checks[] = {
  { "todo", "gaps that are still to be written", attest_brief_check_todo, NULL,
    ATTEST_BRIEF_NEVER_SILENCED },
  { "unknown-mark", "braces that are no reference", attest_brief_check_unknown, NULL,
    ATTEST_BRIEF_NEVER_SILENCED },
  { "unreferenced", "sentences that do not say what they rest on", NULL,
    attest_brief_check_untraced, ATTEST_BRIEF_SILENCED },
  { "dangling", "references to what is not in the project", attest_brief_check_dangling, NULL,
    ATTEST_BRIEF_SILENCED },
  { "withdrawn", "references to what was withdrawn", attest_brief_check_withdrawn, NULL,
    ATTEST_BRIEF_SILENCED },
  { "stale", "quotes that no longer stand", attest_brief_check_stale, NULL,
    ATTEST_BRIEF_SILENCED_BY_NAME },
  { "rejected", "quotes that were rejected in review", attest_brief_check_rejected, NULL,
    ATTEST_BRIEF_SILENCED_BY_NAME },
  { "contradicted", "entries that quotes contradict, without an answer",
    attest_brief_check_contradicted, NULL, ATTEST_BRIEF_SILENCED_BY_NAME },
  { "not-verbatim", "quotations that nobody said so", NULL, attest_brief_check_verbatim,
    ATTEST_BRIEF_SILENCED },
  { "confidential", "what respondents did not consent to", attest_brief_check_confidential_mark,
    attest_brief_check_confidential, ATTEST_BRIEF_NEVER_SILENCED },
  { "rating", "ratings other than those of the project", NULL, attest_brief_check_ratings,
    ATTEST_BRIEF_SILENCED },
  { "count", "numbers other than those of the project", NULL, attest_brief_check_counts,
    ATTEST_BRIEF_SILENCED },
  { "html", "raw HTML, which is not passed on", NULL, NULL, ATTEST_BRIEF_NEVER_SILENCED },
  { "silence", "silences of what is not there, or without a reason", attest_brief_check_silence,
    NULL, ATTEST_BRIEF_NEVER_SILENCED },
};

guint
attest_brief_n_checks (void)
{
  return G_N_ELEMENTS (checks);
}

void
attest_brief_get_check (guint i, const char **out_id, const char **out_what)
{
  *out_id = checks[i].id;
  *out_what = checks[i].what;
}

gboolean
attest_brief_find_silencing (const char *check, AttestBriefSilencing *out_silencing)
{
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (g_ascii_strcasecmp (checks[i].id, check) == 0)
      {
        *out_silencing = checks[i].silencing;
        return TRUE;
      }
  return FALSE;
}

/* ---- what is needed of the project ---- */

static gboolean
load (AttestBriefChecker *checker, GError **error)
{
  AttestDisclosureOptions options = { .audience = ATTEST_AUDIENCE_PUBLIC };

  checker->ledger = attest_store_load_ledger (checker->store, error);
  if (checker->ledger == NULL)
    return FALSE;
  checker->passages
      = attest_brief_load_passages (checker->store, checker->ledger, checker->brief, error);
  if (checker->passages == NULL)
    return FALSE;
  checker->facts = attest_brief_load_facts (checker->store, error);
  if (checker->facts == NULL)
    return FALSE;
  checker->disclosure = attest_disclosure_new (checker->store, &options, error);
  return checker->disclosure != NULL;
}

static void
checker_clear (AttestBriefChecker *checker)
{
  attest_ledger_free (checker->ledger);
  g_clear_pointer (&checker->passages, g_hash_table_unref);
  g_clear_pointer (&checker->facts, g_hash_table_unref);
  g_clear_pointer (&checker->silences, g_hash_table_unref);
  g_clear_pointer (&checker->silence_by_key, g_hash_table_unref);
  g_clear_pointer (&checker->disclosure, attest_disclosure_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestBriefChecker, checker_clear)

/* ---- findings that are left out ---- */

/* A rating is not enough: a reader does not see its findings in it. */
static void
list_left_out (const AttestBriefChecker *checker, AttestBriefCheck *check)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < checker->brief->marks->len; i++)
    {
      const AttestMark *mark = attest_brief_mark (checker->brief, i);
      const AttestLedgerEntry *entry
          = mark->type == ATTEST_MARK_ENTRY ? attest_ledger_find (checker->ledger, mark->id) : NULL;

      if (entry != NULL)
        attest_brief_reach (entry, reached);
    }
  for (guint i = 0; i < checker->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (checker->ledger->entries, i);

      if (entry->kind == ATTEST_ENTRY_FINDING && !attest_ledger_entry_is_withdrawn (entry)
          && !g_hash_table_contains (reached, entry))
        g_ptr_array_add (check->left_out, g_strdup (entry->id));
    }
}

/* ---- all of it ---- */

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const AttestBriefProblem *one = a, *other = b;

  return one->start_byte < other->start_byte ? -1 : one->start_byte > other->start_byte ? 1 : 0;
}

static void
run_check (AttestBriefChecker *checker, const Check *check)
{
  const AttestBrief *brief = checker->brief;

  checker->check = check->id;
  checker->found = 0;
  for (guint i = 0; check->mark != NULL && i < brief->marks->len; i++)
    {
      const AttestMark *mark = attest_brief_mark (brief, i);

      checker->sentence
          = mark->sentence != G_MAXUINT ? attest_brief_sentence (brief, mark->sentence) : NULL;
      check->mark (checker, mark);
    }
  for (guint i = 0; check->sentence != NULL && i < brief->sentences->len; i++)
    {
      checker->sentence = attest_brief_sentence (brief, i);
      check->sentence (checker);
    }
  checker->sentence = NULL;
  for (guint i = 0; strcmp (check->id, "html") == 0 && i < brief->html->len; i++)
    {
      const AttestSpan *span = &g_array_index (brief->html, AttestSpan, i);

      attest_brief_complain (checker, span->start_byte, span->end_byte,
                             "raw HTML is not passed on: write Markdown");
    }
}

static gboolean
is_judgement (const AttestMark *mark)
{
  return mark->type == ATTEST_MARK_JUDGEMENT;
}

static gboolean
is_boilerplate (const AttestMark *mark)
{
  return mark->type == ATTEST_MARK_BOILERPLATE;
}

static gboolean
refers (const AttestMark *mark)
{
  return mark->type <= ATTEST_MARK_COUNT;
}

static void
count_sentences (AttestBriefChecker *checker, AttestBriefCheck *check)
{
  for (guint i = 0; i < checker->brief->sentences->len; i++)
    {
      checker->sentence = attest_brief_sentence (checker->brief, i);
      if (!attest_brief_needs_reference (checker->sentence))
        continue;
      check->traced++;
      if (attest_brief_has_mark (checker, refers))
        check->referring++;
      else if (attest_brief_has_mark (checker, is_judgement))
        check->judgement++;
      else if (attest_brief_has_mark (checker, is_boilerplate))
        check->boilerplate++;
    }
}

AttestBriefCheck *
attest_brief_check (AttestStore *store, const AttestBrief *brief, const AttestBriefNames *names,
                    GError **error)
{
  g_auto (AttestBriefChecker) checker = { .store = store, .brief = brief, .names = names };
  g_autoptr (AttestBriefCheck) check = g_new0 (AttestBriefCheck, 1);

  check->brief = brief;
  check->left_out = g_ptr_array_new_with_free_func (g_free);
  check->problems = g_array_new (FALSE, FALSE, sizeof (AttestBriefProblem));
  g_array_set_clear_func (check->problems, clear_problem);
  checker.problems = check->problems;
  if (!load (&checker, error))
    return NULL;
  attest_brief_read_silences (&checker);
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    run_check (&checker, &checks[i]);
  g_array_sort (check->problems, compare_problems); /* stable */
  check->dropped = checker.dropped;
  check->open = checker.open + checker.dropped;
  count_sentences (&checker, check);
  list_left_out (&checker, check);
  return g_steal_pointer (&check);
}

void
attest_brief_check_free (AttestBriefCheck *check)
{
  if (check == NULL)
    return;
  g_array_unref (check->problems);
  g_ptr_array_unref (check->left_out);
  g_free (check);
}
