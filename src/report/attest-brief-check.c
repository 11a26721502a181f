#include "report/attest-brief-check.h"

#include <string.h>

#include "report/attest-brief-check-private.h"
#include "report/attest-brief-facts.h"
#include "report/attest-brief-passages.h"
#include "util/attest-limits.h"

static void
clear_problem (gpointer item)
{
  g_free (((AttestBriefProblem *)item)->message);
}

void
attest_brief_complain (AttestBriefChecker *checker, gsize start_byte, gsize end_byte,
                       const char *format, ...)
{
  AttestBriefProblem problem = { .check = checker->check,
                                 .sentence = checker->sentence,
                                 .start_byte = start_byte,
                                 .end_byte = end_byte };
  va_list args;

  /* Of each check some are kept, so that none hides another. */
  if (checker->found++ >= ATTEST_MAX_BRIEF_PROBLEMS)
    {
      checker->dropped++;
      return;
    }
  va_start (args, format);
  problem.message = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (checker->problems, problem);
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

static void
complain_of_mark (AttestBriefChecker *checker, const AttestMark *mark, const char *message)
{
  attest_brief_complain (checker, mark->start_byte, mark->end_byte, "%s", message);
}

/* ---- checks of marks ---- */

static void
check_todo (AttestBriefChecker *checker, const AttestMark *mark)
{
  g_autofree char *what = attest_text_printable (mark->id, strlen (mark->id), 80);

  if (mark->type == ATTEST_MARK_GAP)
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           *what != '\0' ? "still to be written: %s" : "still to be written%s",
                           what);
}

static void
check_unknown (AttestBriefChecker *checker, const AttestMark *mark)
{
  g_autofree char *word = attest_text_printable (mark->id, strlen (mark->id), 40);

  if (mark->type != ATTEST_MARK_UNKNOWN)
    return;
  if (strcmp (word, "{") == 0)
    complain_of_mark (checker, mark, "the brace is not closed; one that is text is written \\{");
  else
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "'%s' is no reference: they are like F3, Q7F3K2A, rating:impact, "
                           "count:respondents, judgement, boilerplate; a brace that is text is "
                           "written \\{",
                           word);
}

static void
check_dangling (AttestBriefChecker *checker, const AttestMark *mark)
{
  gint64 value;

  if (mark->type == ATTEST_MARK_ENTRY && attest_ledger_find (checker->ledger, mark->id) == NULL)
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "there is no %s in the ledger: 'attest finding list' and the like show "
                           "what there is",
                           mark->id);
  else if (mark->type == ATTEST_MARK_QUOTE && !g_hash_table_contains (checker->passages, mark->id))
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "there is no quote %s in the project: 'attest segments' lists them",
                           mark->id);
  else if (mark->type == ATTEST_MARK_RATING
           && attest_ledger_find_rating (checker->ledger, mark->id) == NULL)
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "no criterion '%s' was rated: 'attest ratings' lists those that were",
                           mark->id);
  else if (mark->type == ATTEST_MARK_COUNT
           && !attest_brief_find_fact (checker->facts, mark->id, &value))
    {
      g_autofree char *names = attest_brief_list_facts (checker->facts);

      attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                             "there is no number '%s'; there are: %s", mark->id, names);
    }
}

static void
check_withdrawn (AttestBriefChecker *checker, const AttestMark *mark)
{
  const AttestLedgerEntry *entry
      = mark->type == ATTEST_MARK_ENTRY ? attest_ledger_find (checker->ledger, mark->id) : NULL;

  if (entry != NULL && attest_ledger_entry_is_withdrawn (entry))
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "%s was withdrawn: %s; take the sentence out, or find another basis",
                           entry->id, entry->fields[ATTEST_FIELD_WITHDRAWN]);
}

/* The entry and all that it rests on. */
static void
reach (const AttestLedgerEntry *entry, GHashTable *reached)
{
  if (!g_hash_table_add (reached, (gpointer)entry))
    return;
  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);

      if (link->entry != NULL)
        reach (link->entry, reached);
    }
}

typedef void (*LinkFunc) (AttestBriefChecker *checker, const AttestMark *mark,
                          const AttestLedgerEntry *entry, const AttestLedgerLink *link);

/* The links to quotes of the entry that is named, and of all that it rests on. */
static void
for_each_link (AttestBriefChecker *checker, const AttestMark *mark, LinkFunc func)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  const AttestLedgerEntry *named
      = mark->type == ATTEST_MARK_ENTRY ? attest_ledger_find (checker->ledger, mark->id) : NULL;

  if (named == NULL)
    return;
  reach (named, reached);
  for (guint i = 0; i < checker->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (checker->ledger->entries, i);

      for (guint k = 0; g_hash_table_contains (reached, entry) && k < entry->links->len; k++)
        func (checker, mark, entry, &g_array_index (entry->links, AttestLedgerLink, k));
    }
}

static const AttestQuotePassage *
get_passage (const AttestBriefChecker *checker, const AttestMark *mark)
{
  return mark->type == ATTEST_MARK_QUOTE ? g_hash_table_lookup (checker->passages, mark->id) : NULL;
}

static gboolean
is_rejected (const AttestQuotePassage *passage)
{
  return passage->segments > 0 && passage->segments == passage->rejected;
}

static void
check_stale_link (AttestBriefChecker *checker, const AttestMark *mark,
                  const AttestLedgerEntry *entry, const AttestLedgerLink *link)
{
  const AttestQuotePassage *passage
      = link->entry == NULL ? g_hash_table_lookup (checker->passages, link->id) : NULL;

  if (passage != NULL && passage->problem != NULL)
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "%s rests on the quote %s, which %s: 'attest check' says more",
                           entry->id, passage->id, passage->problem);
}

/* Quotes that are named, and those that named entries rest on. */
static void
check_stale (AttestBriefChecker *checker, const AttestMark *mark)
{
  const AttestQuotePassage *passage = get_passage (checker, mark);

  if (passage != NULL && passage->problem != NULL)
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "the quote %s %s: refer to another", passage->id, passage->problem);
  for_each_link (checker, mark, check_stale_link);
}

static void
check_rejected (AttestBriefChecker *checker, const AttestMark *mark)
{
  const AttestQuotePassage *passage = get_passage (checker, mark);

  if (passage != NULL && is_rejected (passage))
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "the quote %s was rejected in review: refer to another, or decide again",
                           passage->id);
}

static void
check_contradicted_link (AttestBriefChecker *checker, const AttestMark *mark,
                         const AttestLedgerEntry *entry, const AttestLedgerLink *link)
{
  if (link->stance == ATTEST_STANCE_CONTRADICTS && link->note == NULL)
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "%s contradicts %s and has no answer: 'attest %s link %s %s "
                           "--stance contradicts --note …'",
                           link->id, entry->id, attest_entry_kind_to_string (entry->kind),
                           entry->id, link->id);
}

static void
check_contradicted (AttestBriefChecker *checker, const AttestMark *mark)
{
  for_each_link (checker, mark, check_contradicted_link);
}

/* ---- checks of sentences ---- */

static gboolean
has_mark (const AttestBriefChecker *checker, gboolean (*is) (const AttestMark *mark))
{
  const AttestMark *mark;

  for (guint at = 0; (mark = attest_brief_next_mark (checker, &at)) != NULL;)
    if (is (mark))
      return TRUE;
  return FALSE;
}

static gboolean
is_any_reference (const AttestMark *mark)
{
  return attest_mark_is_reference (mark) || mark->type == ATTEST_MARK_GAP
         || mark->type == ATTEST_MARK_UNKNOWN;
}

static gboolean
needs_reference (const AttestBriefSentence *sentence)
{
  return sentence->is_traced && sentence->type != ATTEST_SENTENCE_HEADING;
}

static void
check_untraced (AttestBriefChecker *checker)
{
  const AttestBriefSentence *sentence = checker->sentence;

  if (needs_reference (sentence) && !has_mark (checker, is_any_reference))
    attest_brief_complain (checker, sentence->start_byte, sentence->end_byte,
                           "nothing says what this rests on: end it with a reference like {F3}, "
                           "with {judgement} or with {boilerplate}");
}

/* ---- the table ---- */

typedef struct
{
  const char *id, *what;
  void (*mark) (AttestBriefChecker *checker, const AttestMark *mark);
  void (*sentence) (AttestBriefChecker *checker);
} Check;

static const Check checks[] = {
  { "todo", "gaps that are still to be written", check_todo, NULL },
  { "unknown-mark", "braces that are no reference", check_unknown, NULL },
  { "unreferenced", "sentences that do not say what they rest on", NULL, check_untraced },
  { "dangling", "references to what is not in the project", check_dangling, NULL },
  { "withdrawn", "references to what was withdrawn", check_withdrawn, NULL },
  { "stale", "quotes that no longer stand", check_stale, NULL },
  { "rejected", "quotes that were rejected in review", check_rejected, NULL },
  { "contradicted", "entries that quotes contradict, without an answer", check_contradicted, NULL },
  { "not-verbatim", "quotations that nobody said so", NULL, attest_brief_check_verbatim },
  { "confidential", "what respondents did not consent to", attest_brief_check_confidential_mark,
    attest_brief_check_confidential },
  { "rating", "ratings other than those of the project", NULL, attest_brief_check_ratings },
  { "count", "numbers other than those of the project", NULL, attest_brief_check_counts },
  { "html", "raw HTML, which is not passed on", NULL, NULL },
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
        reach (entry, reached);
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
      if (!needs_reference (checker->sentence))
        continue;
      check->traced++;
      if (has_mark (checker, refers))
        check->referring++;
      else if (has_mark (checker, is_judgement))
        check->judgement++;
      else if (has_mark (checker, is_boilerplate))
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
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    run_check (&checker, &checks[i]);
  g_array_sort (check->problems, compare_problems); /* stable */
  check->dropped = checker.dropped;
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
