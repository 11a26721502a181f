/* What tells one source from another, where codes occur in it, and the list of all. */
#include "book/attest-book-private.h"

#include "report/attest-table.h"

/* ---- facts ---- */

/* "interview · Government · 1676 words" */
void
attest_book_write_source_facts (AttestBook *book, const AttestSourceInfo *info)
{
  AttestHtml *html = book->html;
  g_autofree char *link = attest_book_dup_link (book, "transcripts", NULL);
  g_autoptr (GPtrArray) groups = attest_book_list_source_groups (book, info);

  attest_html_open (html, "p", "class", "meta", "dir", "auto", NULL);
  attest_html_element (html, "a", L ("page.transcripts"), "href", link, NULL);
  attest_html_printf (html, " · %s", W ("kind", attest_source_kind_to_string (info->kind)));
  for (guint i = 0; i < groups->len; i++)
    attest_html_printf (html, "%s%s", i == 0 ? " · " : ", ",
                        (const char *)g_ptr_array_index (groups, i));
  attest_html_printf (html, " · %s %" G_GINT64_FORMAT, L ("word.words"), info->words);
  attest_html_close (html, "p");
}

/* ---- where codes occur ---- */

/* A row a code, from the first turn to the last. The transcript below is its table. */
void
attest_book_write_timeline (AttestBook *book, const AttestSourceInfo *info)
{
  guint first = book->first_of_source[book->source], end = book->first_of_source[book->source + 1];
  g_autoptr (AttestChart) chart
      = attest_chart_new (ATTEST_CHART_TIMELINE, L ("text.timeline"), L ("word.turns"));
  g_autofree int *rows = g_new (int, book->by_code->len + 1);
  g_autofree char *label
      = g_strdup_printf ("%s%s %s", info->label, L ("word.colon"), L ("text.timeline"));

  if (first == end)
    return;
  attest_chart_set_labels (chart, book->labels);
  attest_chart_set_scale (chart, 0, (double)info->turns);
  attest_chart_set_description (chart, L ("text.timeline"));
  for (guint code = 0; code < book->by_code->len; code++)
    {
      rows[code] = -1;
      for (guint i = first; i < end && rows[code] < 0; i++)
        if (attest_book_segment (book, i)->code == code)
          rows[code] = (int)attest_chart_add_row (chart, attest_book_code_name (book, code));
    }
  for (guint i = first; i < end; i++)
    {
      const AttestBookSegment *segment = attest_book_segment (book, i);

      attest_chart_add_mark (chart, (guint)rows[segment->code], segment->turn, segment->turn + 1,
                             NULL);
    }
  attest_html_open (book->html, "div", "class", "wide", "tabindex", "0", "role", "region",
                    "aria-label", label, NULL);
  attest_chart_write_svg (chart, book->html);
  attest_html_close (book->html, "div");
}

/* ---- the list ---- */

GPtrArray *
attest_book_list_source_groups (const AttestBook *book, const AttestSourceInfo *info)
{
  GPtrArray *groups = g_ptr_array_new ();

  for (char **respondent = info->respondents; *respondent != NULL; respondent++)
    {
      const char *group = g_hash_table_lookup (book->report->groups, *respondent);

      if (group != NULL && !g_ptr_array_find_with_equal_func (groups, group, g_str_equal, NULL))
        g_ptr_array_add (groups, (gpointer)group);
    }
  return groups;
}

static void
add_row (AttestBook *book, AttestTable *table, guint source)
{
  const AttestSourceInfo *info = attest_book_source (book, source);
  g_autofree char *page = attest_book_dup_source_page (source);
  g_autofree char *link = attest_book_dup_link (book, page, NULL);
  g_autoptr (GPtrArray) groups = attest_book_list_source_groups (book, info);
  guint n = book->first_of_source[source + 1] - book->first_of_source[source];

  g_ptr_array_add (groups, NULL);
  attest_table_add_text (table, attest_book_source_name (book, source));
  attest_table_link (table, link);
  if (attest_book_is_public (book))
    {
      attest_table_add_int (table, n);
      return;
    }
  attest_table_add_text (table, W ("kind", attest_source_kind_to_string (info->kind)));
  attest_table_add_list (table, (const char *const *)groups->pdata);
  attest_table_add_int (table, info->turns);
  attest_table_add_int (table, info->words);
  attest_table_add_int (table, n);
}

/* What tells one source from another, for the team. */
static void
add_fact_columns (AttestBook *book, AttestTable *table)
{
  attest_table_add_column (table, "kind", L ("word.kind"), ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "groups", L ("word.groups"), ATTEST_COLUMN_LIST, 0);
  attest_table_add_column (table, "turns", L ("word.turns"), ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "words", L ("word.words"), ATTEST_COLUMN_INT, 0);
}

gboolean
attest_book_part_transcripts (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  g_autoptr (AttestTable) table = attest_table_new (L ("text.transcripts-caption"), NULL);

  attest_table_add_column (table, "source", L ("word.source"), ATTEST_COLUMN_TEXT, 0);
  if (!attest_book_is_public (book))
    add_fact_columns (book, table);
  attest_table_add_column (table, "segments", L ("word.segments"), ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_BAR);
  for (guint i = 0; i < book->sources->len; i++)
    add_row (book, table, i);
  attest_table_write_html (table, book->html);
  return TRUE;
}
