/* How the evidence came about, and what it cannot say. */
#include "book/attest-book-private.h"

#include <string.h>

#include "report/attest-disclosure-counts.h"
#include "report/attest-report-chain.h"
#include "report/attest-table.h"
#include "util/attest-language.h"

static void
write_count (AttestBook *book, const char *label, gint64 n)
{
  g_autofree char *text = attest_book_dup_number (n);

  attest_book_write_term (book, label, text);
}

/* "12 interview, 1 focus group" */
static char *
dup_kinds (const AttestBook *book)
{
  gint64 n[ATTEST_N_SOURCE_KINDS] = { 0 };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < book->sources->len; i++)
    n[attest_book_source (book, i)->kind]++;
  for (guint i = 0; i < ATTEST_N_SOURCE_KINDS; i++)
    if (n[i] > 0)
      {
        g_autofree char *count
            = attest_count_to_string (attest_disclosure_hide_count (book->disclosure, n[i]));

        g_string_append_printf (text, "%s%s%s %s", text->len > 0 ? ", " : "",
                                W ("kind", attest_source_kind_to_string ((AttestSourceKind)i)),
                                L ("word.colon"), count);
      }
  return g_string_free (text, FALSE);
}

gboolean
attest_book_part_methods (AttestBook *book, GError **error)
{
  const AttestFrequency *frequency = book->report->frequency;
  g_autofree char *codebook = attest_report_dup_codebook (frequency->codebook);
  g_autofree char *kinds = dup_kinds (book);
  g_autoptr (GPtrArray) audit = attest_store_list_audit (book->store, error);
  const AttestAuditEntry *last;

  if (audit == NULL)
    return FALSE;
  last = audit->len > 0 ? g_ptr_array_index (audit, audit->len - 1) : NULL;
  attest_html_open (book->html, "dl", "class", "fields", NULL);
  attest_book_write_term (book, L ("page.codebook"), codebook);
  attest_book_write_term (book, L ("methods.options"), frequency->codebook->options);
  attest_book_write_term (book, L ("word.sources"), kinds);
  write_count (book, L ("word.respondents"), frequency->totals.respondents);
  write_count (book, L ("word.words"), frequency->totals.words);
  write_count (book, L ("word.segments"), frequency->totals.segments);
  write_count (book, L ("methods.proposed"),
               attest_book_part_of_total (book, book->review->total.proposed));
  write_count (book, L ("methods.accepted"),
               attest_book_part_of_total (book, book->review->total.accepted));
  write_count (book, L ("methods.rejected"),
               attest_book_part_of_total (book, book->review->total.rejected));
  write_count (book, L ("methods.manual"), attest_book_part_of_total (book, book->review->manual));
  if (last != NULL)
    {
      g_autofree char *seal = g_strdup_printf ("%" G_GINT64_FORMAT " · %s", last->seq, last->hash);

      attest_book_write_term (book, L ("methods.audit"), seal);
    }
  attest_html_close (book->html, "dl");
  return TRUE;
}

/* ---- limits ---- */

static void
write_item (AttestBook *book, const char *text)
{
  attest_html_element (book->html, "li", text, "dir", "auto", NULL);
}

/* Where a limit stopped the search: what is not found there may still have been said. */
static void
write_incomplete (AttestBook *book)
{
  g_autoptr (GString) labels = g_string_new (NULL);
  g_autofree char *n = attest_book_dup_number (book->report->frequency->totals.incomplete);
  g_autofree char *text = NULL;

  if (book->report->frequency->totals.incomplete == 0)
    {
      write_item (book, L ("limits.complete"));
      return;
    }
  for (guint i = 0; i < book->sources->len; i++)
    if (attest_book_source (book, i)->status == ATTEST_SOURCE_INCOMPLETE
        && !attest_book_is_public (book))
      g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "",
                              attest_book_source (book, i)->label);
  text = attest_catalogue_dup (book->labels, "limits.incomplete", "n", n, "sources",
                               labels->len > 0 ? labels->str : "–", NULL);
  write_item (book, text);
}

static void
write_not_coded (AttestBook *book)
{
  g_autofree char *labels = g_strjoinv (", ", book->coverage->not_coded);
  g_autofree char *text = NULL;

  if (*labels == '\0' || attest_book_is_public (book))
    return;
  text = attest_catalogue_dup (book->labels, "limits.not-coded", "sources", labels, NULL);
  write_item (book, text);
}

/* How often it could not be told whether somebody was silent, by reason. */
static void
write_doubts (AttestBook *book)
{
  guint n[ATTEST_N_DOUBTS] = { 0 };

  /* Counts of people and codes, which may be few. */
  if (attest_book_is_public (book))
    return;
  for (guint i = 0; i < book->coverage->rows->len; i++)
    for (guint k = 0; k < book->coverage->respondents->len; k++)
      n[attest_coverage_cell (book->coverage, i, k)->doubt]++;
  for (guint i = 1; i < ATTEST_N_DOUBTS; i++)
    if (n[i] > 0)
      {
        g_autofree char *count = g_strdup_printf ("%u", n[i]);
        g_autofree char *text = attest_catalogue_dup (
            book->labels, "limits.doubt", "why",
            W ("doubt", attest_doubt_to_string ((AttestDoubt)i)), "n", count, NULL);

        write_item (book, text);
      }
}

gboolean
attest_book_part_limits (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  static const char *const always[] = { "limits.rules", "limits.silence", "limits.rating" };

  attest_html_open (book->html, "ul", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    write_item (book, L (always[i]));
  write_incomplete (book);
  write_not_coded (book);
  write_doubts (book);
  attest_html_close (book->html, "ul");
  return TRUE;
}

/* ---- strength ---- */

/* As it is printed. */
static const char *
sign_of (const char *op)
{
  return strcmp (op, ">=") == 0 ? "≥" : strcmp (op, "<=") == 0 ? "≤" : op;
}

static char *
dup_conditions (const AttestBook *book, const AttestStrengthLevel *level)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < level->conditions->len; i++)
    {
      const AttestStrengthCondition *condition
          = &g_array_index (level->conditions, AttestStrengthCondition, i);

      if (i > 0)
        g_string_append_printf (text, " %s ",
                                condition->is_or ? L ("strength.or") : L ("strength.and"));
      g_string_append_printf (text, "%s %s %" G_GINT64_FORMAT,
                              W ("fact", attest_fact_to_string (condition->fact)),
                              sign_of (condition->op), condition->numerator);
      if (condition->denominator > 1)
        g_string_append_printf (text, "/%" G_GINT64_FORMAT, condition->denominator);
    }
  return g_string_free (text, FALSE);
}

gboolean
attest_book_part_strength_rules (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  g_autoptr (AttestTable) table
      = attest_table_new (L ("text.strength-caption"), L ("text.strength-note"));

  attest_table_add_column (table, "level", L ("word.strength"), ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "if", L ("text.strength-if"), ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < book->rules->levels->len; i++)
    {
      const AttestStrengthLevel *level
          = &g_array_index (book->rules->levels, AttestStrengthLevel, i);
      g_autofree char *conditions = dup_conditions (book, level);

      attest_table_add_text (table, W ("strength", level->level));
      attest_table_add_text (table, *conditions != '\0' ? conditions : L ("strength.otherwise"));
    }
  attest_table_write_html (table, book->html);
  return TRUE;
}

/* ---- precision ---- */

gboolean
attest_book_part_precision (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  g_autoptr (AttestTable) table
      = attest_table_new (L ("text.precision-caption"), L ("text.precision-note"));
  guint n = 0;

  attest_table_add_column (table, "code", L ("word.code"), ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "proposed", L ("methods.proposed"), ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "accepted", L ("methods.accepted"), ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "rejected", L ("methods.rejected"), ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "precision", L ("codebook.precision"), ATTEST_COLUMN_TEXT, 0);
  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    {
      const AttestReviewRow *row = attest_book_find_review (book, attest_book_code (book, i)->code);
      g_autofree char *precision = row != NULL ? attest_book_dup_precision (book, row) : NULL;

      if (precision == NULL)
        continue;
      attest_table_add_text (table, attest_book_code_name (book, i));
      attest_table_add_int (table, row->proposed);
      attest_table_add_int (table, row->accepted);
      attest_table_add_int (table, row->rejected);
      attest_table_add_text (table, precision);
      n++;
    }
  if (n > 0)
    attest_table_write_html (table, book->html);
  else
    attest_html_element (book->html, "p", L ("text.not-reviewed"), NULL);
  return TRUE;
}

/* ---- checks ---- */

/* What a problem is about, with a link to it. */
static void
write_target (AttestBook *book, const AttestJudgementProblem *problem)
{
  const char *id = problem->id != NULL ? problem->id : "";
  const char *criterion
      = g_str_has_prefix (id, ATTEST_RATING_PREFIX) ? id + strlen (ATTEST_RATING_PREFIX) : id;
  int code = attest_book_find_code (book, criterion);
  const AttestLedgerEntry *entry = attest_ledger_find (book->report->ledger, id);
  g_autofree char *link = NULL;

  if (code >= 0)
    link = attest_book_dup_link (book, g_ptr_array_index (book->code_pages, (guint)code), NULL);
  else if (entry != NULL && !attest_ledger_entry_is_withdrawn (entry))
    link = attest_book_dup_entry_link (book, entry);
  else
    link = attest_book_dup_quote_link (book, id);
  attest_html_open (book->html, "b", NULL);
  attest_html_element (book->html, link != NULL ? "a" : "bdi",
                       code >= 0     ? attest_book_code_name (book, (guint)code)
                       : *id != '\0' ? criterion
                                     : book->title,
                       "href", link, NULL);
  attest_html_close (book->html, "b");
}

static void
write_problem (AttestBook *book, const AttestJudgementProblem *problem)
{
  AttestHtml *html = book->html;
  g_autofree char *sentence = attest_judgement_problem_dup_sentence (problem, book->labels);

  attest_html_open (html, "li", NULL);
  write_target (book, problem);
  /* The sentence counts respondents. */
  attest_html_printf (html, " %s",
                      attest_book_is_public (book) ? W ("check-name", problem->check) : sentence);
  if (problem->silenced != NULL)
    {
      g_autofree char *because = attest_disclosure_dup_text (book->disclosure, problem->silenced);

      attest_html_printf (html, " %s ", L ("limits.silenced-because"));
      attest_html_element (html, "bdi", because, NULL);
    }
  attest_html_close (html, "li");
}

static void
write_problems (AttestBook *book, gboolean silenced, const char *heading)
{
  const char *element = attest_book_heading (book, 3);
  gboolean is_open = FALSE;

  for (guint i = 0; i < book->check->problems->len; i++)
    {
      const AttestJudgementProblem *problem
          = &g_array_index (book->check->problems, AttestJudgementProblem, i);

      if ((problem->silenced != NULL) != silenced)
        continue;
      if (!is_open)
        {
          attest_html_element (book->html, element, heading, NULL);
          attest_html_open (book->html, "ul", NULL);
        }
      is_open = TRUE;
      write_problem (book, problem);
    }
  if (is_open)
    attest_html_close (book->html, "ul");
}

gboolean
attest_book_part_silenced (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  if (book->check->problems->len == 0)
    attest_html_element (book->html, "p", L ("text.no-problems"), NULL);
  write_problems (book, FALSE, L ("limits.open"));
  write_problems (book, TRUE, L ("limits.silenced"));
  return TRUE;
}
