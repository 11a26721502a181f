/* The index that the script searches: a block of JSON in the search page, which is data and never
 * runs. Without the script the page says how to search with the browser. */
#include "book/attest-book-private.h"

#include <string.h>

void
attest_book_append_string (GString *out, const char *text, gsize length_bytes)
{
  static const char special[] = "\"\\<>&";
  const char *end = text + length_bytes;
  const char *run = text;

  g_string_append_c (out, '"');
  for (; text < end; text++)
    if ((guchar)*text < 0x20 || memchr (special, *text, sizeof special - 1) != NULL)
      {
        g_string_append_len (out, run, text - run);
        g_string_append_printf (out, "\\u%04x", (guint)(guchar)*text);
        run = text + 1;
      }
  g_string_append_len (out, run, end - run);
  g_string_append_c (out, '"');
}

void
attest_book_begin_index (AttestBook *book)
{
  g_autofree char *page = attest_book_dup_source_page (book->source);
  const char *name = attest_book_source_name (book, book->source);

  g_string_append_printf (book->index, "%s[\"%s\",", book->source > 0 ? ",\n" : "", page);
  attest_book_append_string (book->index, name, strlen (name));
  g_string_append (book->index, ",[");
  book->n_indexed = 0;
}

void
attest_book_end_index (AttestBook *book)
{
  g_string_append (book->index, "]]");
}

static void
append_passage (AttestBook *book, const AttestBookSegment *segment)
{
  g_string_append_printf (book->index, "[%u,%d,%u,%d]", segment->code, segment->is_accepted,
                          segment->stances, segment->strength > 1 ? 2 : 1);
}

/* The same of a quote that stands alone: its id in place of the turn. */
void
attest_book_index_quote (AttestBook *book, const AttestBookSegment *segment)
{
  gboolean is_first = TRUE;

  g_string_append_printf (book->index, "%s[\"%s\",%u,", book->n_indexed++ > 0 ? "," : "",
                          segment->id, segment->group);
  attest_book_append_string (book->index, segment->quote, segment->quote_bytes);
  g_string_append (book->index, ",[");
  for (guint i = book->first_of_source[segment->source];
       i < book->first_of_source[segment->source + 1]; i++)
    if (attest_book_segment (book, i)->id == segment->id)
      {
        g_string_append (book->index, is_first ? "" : ",");
        append_passage (book, attest_book_segment (book, i));
        is_first = FALSE;
      }
  g_string_append (book->index, "]]");
}

/* [turn, group or -1, text, [[code, 1 accepted, stances, rules] …]] */
void
attest_book_index_turn (AttestBook *book, const AttestDocument *doc, guint number, guint first,
                        guint end)
{
  const AttestTurn *turn = attest_document_turn (doc, number);
  const char *speaker = attest_document_turn_label (doc, number);
  gboolean asks = attest_document_turn_role (doc, number) == ATTEST_ROLE_INTERVIEWER;
  g_autofree char *key
      = g_strconcat (attest_book_source (book, book->source)->label, "\n", speaker, NULL);
  guint group = GPOINTER_TO_UINT (g_hash_table_lookup (book->speaker_groups, key));

  g_string_append_printf (book->index, "%s[%u,%d,", book->n_indexed++ > 0 ? "," : "", number,
                          asks        ? -1
                          : group > 0 ? (int)group - 1
                                      : (int)book->groups->len - 1);
  /* In one page the text is there already. */
  if (attest_book_site_is_folder (book->site))
    attest_book_append_string (book->index, doc->text + turn->start_byte,
                               turn->end_byte - turn->start_byte);
  else
    g_string_append_c (book->index, '0');
  g_string_append (book->index, ",[");
  for (guint i = first; i < end; i++)
    {
      g_string_append (book->index, i > first ? "," : "");
      append_passage (book, attest_book_segment (book, i));
    }
  g_string_append (book->index, "]]");
}

static void
append_names (AttestBook *book, GString *out)
{
  g_string_append (out, "{\"groups\":[");
  for (guint i = 0; i < book->groups->len; i++)
    {
      const char *name = attest_book_group_name (book, i);

      g_string_append (out, i > 0 ? "," : "");
      attest_book_append_string (out, name, strlen (name));
    }
  g_string_append (out, "],\"codes\":[");
  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    {
      const char *name = attest_book_code_name (book, i);

      g_string_append (out, i > 0 ? ",[" : "[");
      attest_book_append_string (out, attest_book_code (book, i)->code,
                                 strlen (attest_book_code (book, i)->code));
      g_string_append_c (out, ',');
      attest_book_append_string (out, name, strlen (name));
      g_string_append_c (out, ']');
    }
  g_string_append (out, "],\"interviewer\":");
  attest_book_append_string (out, L ("role.interviewer"), strlen (L ("role.interviewer")));
  g_string_append_printf (out, ",\"folder\":%s,\"sources\":[\n",
                          attest_book_site_is_folder (book->site) ? "true" : "false");
}

gboolean
attest_book_part_search (AttestBook *book, GError **error)
{
  AttestHtml *html = book->html;
  GString *out = attest_output_get_buffer (book->output);

  attest_html_element (html, "p", L ("search.without-script"), "id", "search-without", NULL);
  attest_html_open (html, "form", "id", "search-form", "class", "filters", "hidden", "", "role",
                    "search", NULL);
  attest_html_open (html, "label", "class", "words", NULL);
  attest_html_text (html, L ("search.words"));
  attest_html_text (html, " ");
  attest_html_void (html, "input", "type", "search", "autocomplete", "off", "spellcheck", "false",
                    NULL);
  attest_html_close (html, "label");
  attest_book_write_code_filter (book);
  attest_book_write_filter_selects (book);
  attest_html_element (html, "p", "", "class", "shown", "role", "status", "data-found",
                       L ("search.found"), "data-more", L ("search.more"), NULL);
  attest_html_close (html, "form");
  attest_html_element (html, "p", L ("search.hint"), "class", "note", "id", "search-hint", "hidden",
                       "", NULL);
  attest_html_element (html, "ol", "", "id", "search-results", "class", "quotes", "hidden", "",
                       NULL);
  attest_html_open (html, "script", "type", "application/json", "id", "search-index", NULL);
  append_names (book, out);
  g_string_append_len (out, book->index->str, (gssize)book->index->len);
  g_string_append (out, "\n]}");
  attest_html_close (html, "script");
  return attest_book_step (book, error);
}

static void
write_index_item (AttestBook *book, const char *id, const char *link, guint source)
{
  AttestHtml *html = book->html;

  attest_html_open (html, "li", "id", id, NULL);
  attest_html_element (html, "a", id, "href", link, NULL);
  attest_html_text (html, " ");
  attest_html_element (html, "bdi", attest_book_source_name (book, source), NULL);
  attest_html_close (html, "li");
  attest_html_literal (html, "\n");
}

/* Every quote with a link to its place, so that an id in a report is found without a script, too.
 */
gboolean
attest_book_part_quote_index (AttestBook *book, GError **error)
{
  attest_html_open (book->html, "ul", "class", "index", NULL);
  for (guint i = 0; i < book->segments->len; i++)
    {
      const AttestBookSegment *segment = attest_book_segment (book, i);
      g_autofree char *link = attest_book_dup_quote_link (book, segment->id);

      if (g_hash_table_lookup (book->quote_sources, segment->id) != segment)
        continue;
      write_index_item (book, segment->id, link, segment->source);
      if (!attest_book_step (book, error))
        return FALSE;
    }
  for (guint i = 0; i < book->passages_owner->len; i++)
    {
      const AttestQuotePassage *passage = g_ptr_array_index (book->passages_owner, i);
      g_autofree char *link = attest_book_dup_passage_link (book, passage);

      if (link != NULL)
        write_index_item (book, passage->id, link,
                          (guint)attest_book_find_passage_source (book, passage));
    }
  attest_html_close (book->html, "ul");
  return TRUE;
}
