/* What is looked for in marks, and in sentences that have none. */
#include <string.h>

#include "report/attest-brief-check-private.h"
#include "report/attest-brief-facts.h"

static void
complain_of_mark (AttestBriefChecker *checker, const AttestMark *mark, const char *message)
{
  attest_brief_complain (checker, mark->start_byte, mark->end_byte, "%s", message);
}

/* ---- checks of marks ---- */

void
attest_brief_check_todo (AttestBriefChecker *checker, const AttestMark *mark)
{
  g_autofree char *what = attest_text_printable (mark->id, strlen (mark->id), 80);

  if (mark->type == ATTEST_MARK_GAP)
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           *what != '\0' ? "still to be written: %s" : "still to be written%s",
                           what);
}

void
attest_brief_check_unknown (AttestBriefChecker *checker, const AttestMark *mark)
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

void
attest_brief_check_dangling (AttestBriefChecker *checker, const AttestMark *mark)
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

void
attest_brief_check_withdrawn (AttestBriefChecker *checker, const AttestMark *mark)
{
  const AttestLedgerEntry *entry
      = mark->type == ATTEST_MARK_ENTRY ? attest_ledger_find (checker->ledger, mark->id) : NULL;

  if (entry != NULL && attest_ledger_entry_is_withdrawn (entry))
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "%s was withdrawn: %s; take the sentence out, or find another basis",
                           entry->id, entry->fields[ATTEST_FIELD_WITHDRAWN]);
}

/* The entry and all that it rests on. */
void
attest_brief_reach (const AttestLedgerEntry *entry, GHashTable *reached)
{
  if (!g_hash_table_add (reached, (gpointer)entry))
    return;
  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);

      if (link->entry != NULL)
        attest_brief_reach (link->entry, reached);
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
  attest_brief_reach (named, reached);
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
    attest_brief_complain_about (checker, passage->id, mark->start_byte, mark->end_byte,
                                 "%s rests on the quote %s, which %s: 'attest check' says more",
                                 entry->id, passage->id, passage->problem);
}

/* Quotes that are named, and those that named entries rest on. */
void
attest_brief_check_stale (AttestBriefChecker *checker, const AttestMark *mark)
{
  const AttestQuotePassage *passage = get_passage (checker, mark);

  if (passage != NULL && passage->problem != NULL)
    attest_brief_complain (checker, mark->start_byte, mark->end_byte,
                           "the quote %s %s: refer to another", passage->id, passage->problem);
  for_each_link (checker, mark, check_stale_link);
}

void
attest_brief_check_rejected (AttestBriefChecker *checker, const AttestMark *mark)
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
    attest_brief_complain_about (checker, link->id, mark->start_byte, mark->end_byte,
                                 "%s contradicts %s and has no answer: 'attest %s link %s %s "
                                 "--stance contradicts --note …'",
                                 link->id, entry->id, attest_entry_kind_to_string (entry->kind),
                                 entry->id, link->id);
}

void
attest_brief_check_contradicted (AttestBriefChecker *checker, const AttestMark *mark)
{
  for_each_link (checker, mark, check_contradicted_link);
}

/* ---- checks of sentences ---- */

gboolean
attest_brief_has_mark (const AttestBriefChecker *checker, gboolean (*is) (const AttestMark *mark))
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

gboolean
attest_brief_needs_reference (const AttestBriefSentence *sentence)
{
  return sentence->is_traced && sentence->type != ATTEST_SENTENCE_HEADING;
}

void
attest_brief_check_untraced (AttestBriefChecker *checker)
{
  const AttestBriefSentence *sentence = checker->sentence;

  if (attest_brief_needs_reference (sentence) && !attest_brief_has_mark (checker, is_any_reference))
    attest_brief_complain (checker, sentence->start_byte, sentence->end_byte,
                           "nothing says what this rests on: end it with a reference like {F3}, "
                           "with {judgement} or with {boilerplate}");
}
