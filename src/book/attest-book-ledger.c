/* Findings with what supports and what contradicts them; and what rests on them. */
#include "book/attest-book-private.h"

#include <string.h>

#include "report/attest-report-chain.h"

static char *
dup_entry_anchor (const AttestLedgerEntry *entry)
{
  return attest_html_dup_anchor ("entry-", entry->id);
}

char *
attest_book_dup_entry_link (const AttestBook *book, const AttestLedgerEntry *entry)
{
  g_autofree char *anchor = dup_entry_anchor (entry);

  return attest_book_dup_link (
      book, entry->kind == ATTEST_ENTRY_FINDING ? "findings" : "recommendations", anchor);
}

/* Findings stand under the heading of their page, others under one of their kind. */
static guint
entry_level (const AttestLedgerEntry *entry)
{
  return entry->kind == ATTEST_ENTRY_FINDING ? 2 : 3;
}

/* ---- what an entry rests on ---- */

/* A quote that no segment of the codebook has, or not any more. */
static void
write_passage (AttestBook *book, const AttestLedgerLink *link)
{
  AttestHtml *html = book->html;
  const AttestQuotePassage *passage = g_hash_table_lookup (book->passages, link->id);
  g_autoptr (GString) place = g_string_new (NULL);
  g_autofree char *target = NULL;

  attest_html_open (html, "li", NULL);
  if (passage != NULL)
    {
      attest_html_open (html, "blockquote", "dir",
                        attest_html_direction (passage->text, strlen (passage->text)), NULL);
      attest_html_prose (html, passage->text, strlen (passage->text));
      attest_html_close (html, "blockquote");
      g_string_append_printf (place, " %s", passage->source);
      if (passage->turn >= 0)
        g_string_append_printf (place, " ¶%" G_GINT64_FORMAT, passage->turn);
      if (passage->page != NULL)
        g_string_append_printf (place, ", %s %s", L ("word.page"), passage->page);
      g_string_append_printf (place, " · %s",
                              passage->group != NULL
                                  ? passage->group
                                  : attest_book_group_name (book, book->groups->len - 1));
    }
  attest_html_open (html, "p", "class", "cite", NULL);
  target = passage != NULL ? attest_book_dup_passage_link (book, passage) : NULL;
  attest_html_element (html, target != NULL ? "a" : "span", link->id, "class",
                       target != NULL ? NULL : "id", "href", target, NULL);
  attest_html_element (html, "bdi", place->str, NULL);
  if (passage != NULL && passage->problem != NULL)
    attest_html_printf (html, " · %s",
                        passage->is_withdrawn ? L ("quote.withdrawn") : L ("quote.gone"));
  attest_html_printf (html, " · %s", L ("quote.not-coded"));
  attest_html_close (html, "p");
  if (link->note != NULL)
    attest_html_element (html, "p", link->note, "class", "note", "dir", "auto", NULL);
  attest_html_close (html, "li");
}

static void
write_quotes (AttestBook *book, const AttestLedgerEntry *entry, AttestStance stance)
{
  AttestHtml *html = book->html;
  const char *element = attest_book_heading (book, entry_level (entry) + 1);
  guint n = 0;

  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);
      const AttestBookSegment *segment = g_hash_table_lookup (book->quote_sources, link->id);

      if (link->entry != NULL || link->stance != stance)
        continue;
      if (n == 0)
        {
          attest_html_open (html, element, "class", attest_stance_to_string (stance), NULL);
          attest_html_text (html, W ("stance", attest_stance_to_string (stance)));
          attest_html_close (html, element);
        }
      /* The entry is such a box as a whole. */
      attest_book_begin_item (book, n, n);
      n++;
      if (segment != NULL)
        attest_book_write_quote (book, segment, NULL, link->note);
      else
        write_passage (book, link);
    }
  attest_book_end_items (book, n);
}

static void
write_bases (AttestBook *book, const AttestLedgerEntry *entry)
{
  AttestHtml *html = book->html;
  gboolean is_open = FALSE;

  for (guint i = 0; i < entry->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (entry->links, AttestLedgerLink, i);
      g_autofree char *target
          = link->entry != NULL ? attest_book_dup_entry_link (book, link->entry) : NULL;

      if (link->entry == NULL)
        continue;
      if (!is_open)
        {
          attest_html_element (html, attest_book_heading (book, entry_level (entry) + 1),
                               L ("ledger.rests-on"), NULL);
          attest_html_open (html, "ul", NULL);
        }
      is_open = TRUE;
      attest_html_open (html, "li", NULL);
      attest_html_element (html, "a", link->id, "href", target, NULL);
      attest_html_text (html, " ");
      attest_html_element (html, "bdi", link->entry->fields[ATTEST_FIELD_TEXT], NULL);
      if (link->stance != ATTEST_STANCE_SUPPORTS)
        attest_html_printf (html, " · %s", W ("stance", attest_stance_to_string (link->stance)));
      if (link->note != NULL)
        attest_html_printf (html, " · %s", link->note);
      attest_html_close (html, "li");
    }
  if (is_open)
    attest_html_close (html, "ul");
}

static void
write_used_by (AttestBook *book, const AttestLedgerEntry *entry)
{
  gboolean is_open = FALSE;

  for (guint i = 0; i < entry->used_by->len; i++)
    {
      const AttestLedgerEntry *user = g_ptr_array_index (entry->used_by, i);
      g_autofree char *target = attest_book_dup_entry_link (book, user);

      if (attest_ledger_entry_is_withdrawn (user))
        continue;
      if (!is_open)
        {
          attest_html_open (book->html, "p", "class", "meta", NULL);
          attest_html_text (book->html, L ("ledger.used-by"));
        }
      attest_html_text (book->html, is_open ? ", " : " ");
      attest_html_element (book->html, "a", user->id, "href", target, NULL);
      is_open = TRUE;
    }
  if (is_open)
    attest_html_close (book->html, "p");
}

/* ---- an entry ---- */

static void
write_fields (AttestBook *book, const AttestLedgerEntry *entry)
{
  int code = entry->fields[ATTEST_FIELD_CRITERION] != NULL
                 ? attest_book_find_code (book, entry->fields[ATTEST_FIELD_CRITERION])
                 : -1;

  attest_html_open (book->html, "dl", "class", "fields", NULL);
  attest_book_write_term (book, L ("word.criterion"),
                          code >= 0 ? attest_book_code_name (book, (guint)code)
                                    : entry->fields[ATTEST_FIELD_CRITERION]);
  for (guint i = ATTEST_FIELD_ADDRESSEE; i <= ATTEST_FIELD_RESOURCES; i++)
    attest_book_write_term (book, W ("field", attest_entry_field_to_string ((AttestEntryField)i)),
                            entry->fields[i]);
  attest_html_close (book->html, "dl");
}

/* Problems that the check finds with the entry, and nobody has answered. */
static void
write_problems (AttestBook *book, const AttestLedgerEntry *entry)
{
  /* Work of the team. */
  if (attest_book_is_public (book))
    return;
  for (guint i = 0; i < book->check->problems->len; i++)
    {
      const AttestJudgementProblem *problem
          = &g_array_index (book->check->problems, AttestJudgementProblem, i);
      g_autofree char *sentence = attest_judgement_problem_dup_sentence (problem, book->labels);

      if (problem->silenced != NULL || g_strcmp0 (problem->id, entry->id) != 0)
        continue;
      attest_html_open (book->html, "p", "class", "problem", NULL);
      attest_html_element (book->html, "b", L ("ledger.open-question"), NULL);
      attest_html_text (book->html, " ");
      attest_html_element (book->html, "span", sentence, NULL);
      attest_html_close (book->html, "p");
    }
}

static void
write_entry (AttestBook *book, const AttestLedgerEntry *entry)
{
  AttestHtml *html = book->html;
  g_autofree char *anchor = dup_entry_anchor (entry);
  g_auto (AttestStrength) strength = { .raise = NULL };
  const char *element = attest_book_heading (book, entry_level (entry));
  const char *criterion = entry->fields[ATTEST_FIELD_CRITERION];

  if (entry->kind == ATTEST_ENTRY_FINDING)
    attest_strength_of_finding (book->report->counter, entry, &strength);
  attest_html_open (html, "article", "id", anchor, "class", "entry", "data-strength",
                    strength.level != NULL ? strength.level->level : NULL, "data-code", criterion,
                    NULL);
  attest_html_open (html, element, "dir", "auto", NULL);
  attest_html_element (html, "span", entry->id, "class", "id", NULL);
  attest_html_text (html, " ");
  attest_html_text (html, entry->fields[ATTEST_FIELD_TEXT]);
  attest_html_close (html, element);
  write_fields (book, entry);
  if (strength.level != NULL)
    attest_book_write_strength (book, &strength);
  write_used_by (book, entry);
  write_problems (book, entry);
  write_bases (book, entry);
  for (guint i = 0; i < ATTEST_N_STANCES; i++)
    write_quotes (book, entry, (AttestStance)i);
  attest_html_close (html, "article");
  attest_html_literal (html, "\n");
}

static gboolean
write_entries (AttestBook *book, AttestEntryKind kind, GError **error)
{
  for (guint i = 0; i < book->report->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (book->report->ledger->entries, i);

      if (entry->kind != kind || attest_ledger_entry_is_withdrawn (entry))
        continue;
      write_entry (book, entry);
      if (!attest_book_step (book, error))
        return FALSE;
    }
  return TRUE;
}

static guint
count_entries (const AttestBook *book, AttestEntryKind kind)
{
  guint n = 0;

  for (guint i = 0; i < book->report->ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (book->report->ledger->entries, i);

      n += entry->kind == kind && !attest_ledger_entry_is_withdrawn (entry);
    }
  return n;
}

/* ---- parts ---- */

static void
write_finding_filters (AttestBook *book)
{
  g_autoptr (GPtrArray) levels = g_ptr_array_new ();

  for (guint i = 0; i < book->rules->levels->len; i++)
    g_ptr_array_add (levels, g_array_index (book->rules->levels, AttestStrengthLevel, i).level);
  attest_book_begin_filters (book, "list-findings", L ("word.findings"));
  attest_book_write_code_filter (book);
  attest_book_write_word_filter (book, "strength", L ("word.strength"), "strength", levels);
  attest_book_end_filters (book, count_entries (book, ATTEST_ENTRY_FINDING));
}

gboolean
attest_book_part_findings (AttestBook *book, GError **error)
{
  if (count_entries (book, ATTEST_ENTRY_FINDING) == 0)
    {
      attest_html_element (book->html, "p", L ("text.no-findings"), NULL);
      return TRUE;
    }
  write_finding_filters (book);
  attest_html_open (book->html, "div", "id", "list-findings", NULL);
  if (!write_entries (book, ATTEST_ENTRY_FINDING, error))
    return FALSE;
  attest_html_close (book->html, "div");
  return TRUE;
}

gboolean
attest_book_part_conclusions (AttestBook *book, GError **error)
{
  return write_entries (book, ATTEST_ENTRY_CONCLUSION, error);
}

gboolean
attest_book_part_recommendations (AttestBook *book, GError **error)
{
  if (count_entries (book, ATTEST_ENTRY_RECOMMENDATION) == 0)
    attest_html_element (book->html, "p", L ("text.no-recommendations"), NULL);
  return write_entries (book, ATTEST_ENTRY_RECOMMENDATION, error);
}

gboolean
attest_book_part_lessons (AttestBook *book, GError **error)
{
  return write_entries (book, ATTEST_ENTRY_LESSON, error);
}

gboolean
attest_book_part_practices (AttestBook *book, GError **error)
{
  return write_entries (book, ATTEST_ENTRY_PRACTICE, error);
}
