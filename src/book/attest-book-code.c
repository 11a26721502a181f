/* The page of a code: what it means, how it was judged, who spoke and who did not, the quotes. */
#include "book/attest-book-private.h"

#include <string.h>

#include "report/attest-page.h"
#include "report/attest-report-chain.h"
#include "report/attest-report-html.h"
#include "report/attest-svg.h"
#include "report/attest-table.h"

/* The code in its codebook, or NULL. */
static const AttestCode *
find_in_file (const AttestBook *book, guint code)
{
  int row = book->codebook != NULL
                ? attest_codebook_find_code (book->codebook, attest_book_code (book, code)->code)
                : -1;

  return row >= 0 ? attest_codebook_code (book->codebook, (guint)row) : NULL;
}

gboolean
attest_book_part_code_definition (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  const AttestCode *code = find_in_file (book, book->code);
  const AttestFrequencyRow *row = attest_book_code (book, book->code);
  g_autofree char *anchor = attest_html_dup_anchor ("rules-", row->code);
  g_autofree char *link = attest_book_dup_link (book, "codebook", anchor);

  attest_html_open (book->html, "p", "class", "meta", NULL);
  attest_html_text (book->html, attest_book_dimension_name (book, row->dimension));
  attest_html_text (book->html, " · ");
  attest_html_element (book->html, "a", L ("text.rules-of-code"), "href", link, NULL);
  attest_html_close (book->html, "p");
  if (code == NULL)
    return TRUE;
  attest_html_open (book->html, "dl", NULL);
  attest_book_write_term (book, L ("codebook.question"), code->question);
  attest_book_write_term (book, L ("codebook.definition"), code->definition);
  attest_html_close (book->html, "dl");
  return TRUE;
}

/* ---- judgement ---- */

static void
write_rating (AttestBook *book, const AttestRating *rating)
{
  AttestHtml *html = book->html;
  g_autofree char *level = attest_book_dup_level (book, rating);
  g_autofree char *date = g_strndup (rating->at, strlen ("2026-11-26"));
  g_autofree char *by
      = attest_catalogue_dup (book->labels, "text.rated-by", "scale", rating->scale, "by",
                              rating->by != NULL ? rating->by : "–", "date", date, NULL);

  attest_html_open (html, "p", "class", "rating", NULL);
  attest_html_text (html, L ("word.rating"));
  attest_html_printf (html, "%s ", L ("word.colon"));
  attest_html_element (html, "b", level, "dir", "auto", NULL);
  attest_html_text (html, " ");
  attest_html_element (html, "span", by, "class", "count", NULL);
  attest_html_close (html, "p");
  attest_html_element (html, "p", rating->because, "dir", "auto", NULL);
}

gboolean
attest_book_part_code_judgement (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  AttestHtml *html = book->html;
  const AttestEvidence *evidence = attest_book_evidence (book, book->code);
  const AttestRating *rating = attest_ledger_find_rating (book->report->ledger, evidence->code);
  g_autoptr (GPtrArray) findings = attest_evidence_list_findings (book->report, evidence);
  g_auto (AttestStrength) strength = { .raise = NULL };

  if (rating != NULL)
    write_rating (book, rating);
  if (attest_evidence_get_strength (book->report, evidence, &strength))
    attest_book_write_strength (book, &strength);
  if (findings->len == 0)
    return TRUE;
  attest_html_open (html, "ul", NULL);
  for (guint i = 0; i < findings->len; i++)
    {
      const AttestLedgerEntry *finding = g_ptr_array_index (findings, i);
      g_autofree char *anchor = attest_html_dup_anchor ("entry-", finding->id);
      g_autofree char *link = attest_book_dup_link (book, "findings", anchor);

      attest_html_open (html, "li", NULL);
      attest_html_element (html, "a", finding->id, "href", link, NULL);
      attest_html_text (html, " ");
      attest_html_element (html, "bdi", finding->fields[ATTEST_FIELD_TEXT], NULL);
      attest_html_close (html, "li");
    }
  attest_html_close (html, "ul");
  return TRUE;
}

/* ---- who ---- */

static void
write_share (AttestBook *book, const AttestEvidence *evidence)
{
  gint64 total = book->report->frequency->totals.respondents;
  g_autofree char *spoke = attest_book_dup_number (evidence->spoke);
  g_autofree char *all = attest_book_dup_number (total);
  g_autofree char *asked = attest_book_dup_number (evidence->asked);
  g_autofree char *both = attest_book_dup_number (evidence->both);
  g_autofree char *share
      = attest_catalogue_dup (book->labels, "text.spoke", "spoke", spoke, "all", all, NULL);
  g_autofree char *of_asked
      = attest_catalogue_dup (book->labels, "text.asked", "asked", asked, "both", both, NULL);

  attest_html_open (book->html, "p", NULL);
  attest_svg_share (book->html, evidence->spoke, total, share);
  attest_html_text (book->html, " ");
  attest_html_text (book->html, share);
  attest_html_text (book->html, " ");
  attest_html_text (book->html, of_asked);
  attest_html_close (book->html, "p");
}

gboolean
attest_book_part_code_voices (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  const AttestEvidence *evidence = attest_book_evidence (book, book->code);
  g_autofree char *caption = attest_catalogue_dup (book->labels, "text.code-voices", "code",
                                                   attest_book_code_name (book, book->code), NULL);
  g_autoptr (AttestTable) table = attest_table_new (caption, NULL);

  if (evidence->spoke >= 0 && evidence->asked >= 0 && evidence->both >= 0)
    write_share (book, evidence);
  attest_table_add_column (table, "group", L ("word.group"), ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "respondents", L ("word.respondents"), ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "asked", L ("word.asked"), ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "spoke", L ("word.spoke"), ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "both", L ("word.both"), ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "segments", L ("word.segments"), ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_BAR);
  for (guint i = 0; i < evidence->groups->len; i++)
    {
      const AttestEvidenceGroup *group = &g_array_index (evidence->groups, AttestEvidenceGroup, i);

      attest_table_add_text (table, group->group != NULL
                                        ? group->group
                                        : attest_book_group_name (book, book->groups->len - 1));
      attest_table_add_count (table, group->present);
      attest_table_add_count (table, group->asked);
      attest_table_add_count (table, group->spoke);
      attest_table_add_count (table, group->both);
      attest_table_add_count (table, group->segments);
    }
  attest_table_write_html (table, book->html);
  return TRUE;
}

static void
add_silent (AttestBook *book, AttestTable *table, guint respondent, const AttestCoverageCell *cell)
{
  const AttestCoverageRespondent *info = attest_coverage_respondent (book->coverage, respondent);
  g_autofree char *who = NULL;

  if (info->number > 0)
    who = g_strdup_printf ("%s (%u)", info->sources[0] != NULL ? info->sources[0] : "–",
                           info->number);
  attest_table_add_text (table, who != NULL                ? who
                                : info->sources[0] != NULL ? info->sources[0]
                                                           : "–");
  attest_table_add_text (table, info->group != NULL ? info->group : L ("word.group-unknown"));
  attest_table_add_text (table, W ("coverage", attest_coverage_state_to_string (cell->state)));
  if (cell->doubt == ATTEST_DOUBT_NONE)
    attest_table_add_null (table);
  else
    attest_table_add_text (table, W ("doubt", attest_doubt_to_string (cell->doubt)));
}

gboolean
attest_book_part_code_silence (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  const char *code = attest_book_code (book, book->code)->code;
  g_autofree char *caption = attest_catalogue_dup (book->labels, "text.code-silence", "code",
                                                   attest_book_code_name (book, book->code), NULL);
  g_autoptr (AttestTable) table = attest_table_new (caption, L ("text.silence-note"));
  int row = attest_book_find_coverage (book, code);
  guint n = 0;

  attest_table_add_column (table, "who", L ("word.source"), ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "group", L ("word.group"), ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "state", L ("word.silence"), ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "why", L ("word.doubt"), ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  /* A list of people. */
  if (attest_book_is_public (book))
    return TRUE;
  for (guint i = 0; row >= 0 && i < book->coverage->respondents->len; i++)
    {
      const AttestCoverageCell *cell = attest_coverage_cell (book->coverage, (guint)row, i);

      if (cell->state == ATTEST_COVERAGE_BOTH || cell->state == ATTEST_COVERAGE_UNASKED)
        continue;
      add_silent (book, table, i, cell);
      n++;
    }
  if (n == 0)
    return TRUE;
  attest_html_open (book->html, "details", NULL);
  attest_html_open (book->html, "summary", NULL);
  attest_html_printf (book->html, "%s%s %u", L ("text.silence-summary"), L ("word.colon"), n);
  attest_html_close (book->html, "summary");
  attest_table_write_html (table, book->html);
  attest_html_close (book->html, "details");
  return TRUE;
}

/* ---- quotes ---- */

static gboolean
write_group_quotes (AttestBook *book, const GArray *rows, guint group, GError **error)
{
  AttestHtml *html = book->html;
  const char *element = attest_book_heading (book, 3);
  guint n = 0, total = 0;

  for (guint i = 0; i < rows->len; i++)
    total += attest_book_segment (book, g_array_index (rows, guint, i))->group == group;
  for (guint i = 0; i < rows->len; i++)
    {
      const AttestBookSegment *segment = attest_book_segment (book, g_array_index (rows, guint, i));
      g_autofree char *anchor = NULL;

      if (segment->group != group)
        continue;
      if (n == 0)
        {
          attest_html_open (html, element, "class", "group", NULL);
          attest_html_element (html, "bdi", attest_book_group_name (book, group), NULL);
          attest_html_close (html, element);
        }
      attest_book_begin_item (book, n++, total);
      anchor = attest_html_dup_quote_anchor (attest_book_code (book, segment->code)->code,
                                             segment->id);
      attest_book_write_quote (book, segment, anchor, NULL);
      if (!attest_book_step (book, error))
        return FALSE;
    }
  attest_book_end_items (book, n);
  return TRUE;
}

gboolean
attest_book_part_code_quotes (AttestBook *book, GError **error)
{
  const GArray *rows = g_ptr_array_index (book->by_code, book->code);
  g_autofree char *list
      = g_strconcat ("list-", g_ptr_array_index (book->code_pages, book->code), NULL);

  if (rows->len == 0)
    {
      attest_html_element (book->html, "p", L ("text.no-quotes"), NULL);
      return TRUE;
    }
  attest_book_begin_filters (book, list, attest_book_code_name (book, book->code));
  attest_book_write_filter_selects (book);
  attest_book_end_filters (book, rows->len);
  attest_html_open (book->html, "div", "id", list, "class", attest_page_code_class (book->code),
                    NULL);
  for (guint i = 0; i < book->groups->len; i++)
    if (!write_group_quotes (book, rows, i, error))
      return FALSE;
  attest_html_close (book->html, "div");
  return TRUE;
}
