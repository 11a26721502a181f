/* The frame of a page: head with policy, style and script, header, navigation, footer. In a folder
 * each page has its frame; in one file there is one, and pages are sections. */
#include "book/attest-book-private.h"

#include "report/attest-page.h"
#include "report/attest-table.h"

/* ---- head ---- */

static void
write_head (AttestBook *book, const char *title)
{
  AttestHtml *html = book->html;
  g_autofree char *whole = title != NULL
                               ? g_strdup_printf ("%s%s %s", title, L ("word.colon"), book->title)
                               : g_strdup (book->title);

  attest_html_literal (html, "<!DOCTYPE html>\n");
  attest_html_open (html, "html", "lang", book->options->lang, NULL);
  attest_html_open (html, "head", NULL);
  attest_html_void (html, "meta", "charset", "utf-8", NULL);
  attest_html_void (html, "meta", "http-equiv", "Content-Security-Policy", "content", book->policy,
                    NULL);
  attest_html_void (html, "meta", "name", "viewport", "content",
                    "width=device-width, initial-scale=1", NULL);
  attest_html_void (html, "meta", "name", "referrer", "content", "no-referrer", NULL);
  attest_html_element (html, "title", whole, NULL);
  attest_html_open (html, "style", NULL);
  attest_html_literal (html, book->style);
  attest_html_close (html, "style");
  attest_html_close (html, "head");
  attest_html_literal (html, "\n");
}

/* ---- navigation ---- */

static void
write_nav_link (AttestBook *book, const char *page, const char *text, int colour,
                const gint64 *count)
{
  AttestHtml *html = book->html;
  g_autofree char *link = attest_book_dup_link (book, page, NULL);
  gboolean is_here = attest_book_site_is_folder (book->site) && g_strcmp0 (page, book->page) == 0;

  attest_html_open (html, "li", NULL);
  attest_html_open (html, "a", "href", link, "aria-current", is_here ? "page" : NULL, NULL);
  if (colour >= 0)
    {
      g_autofree char *class = g_strconcat ("dot ", attest_page_code_class ((guint)colour), NULL);

      attest_html_element (html, "span", "", "class", class, NULL);
    }
  attest_html_element (html, "bdi", text, NULL);
  attest_html_close (html, "a");
  if (count != NULL)
    {
      g_autofree char *shown = attest_count_to_string (*count);

      attest_html_open (html, "span", "class", "count", NULL);
      attest_html_printf (html, " %s", shown);
      attest_html_close (html, "span");
    }
  attest_html_close (html, "li");
}

static void
write_nav_page (AttestBook *book, const char *page)
{
  write_nav_link (book, page, W ("page", page), -1, NULL);
}

/* Codes under their dimension, in the order of the codebook. */
static void
write_nav_codes (AttestBook *book)
{
  const char *dimension = NULL;

  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row = attest_book_code (book, i);

      if (g_strcmp0 (dimension, row->dimension) != 0)
        {
          if (dimension != NULL)
            attest_html_close (book->html, "ul");
          attest_html_element (book->html, "p", attest_book_dimension_name (book, row->dimension),
                               "class", "part", NULL);
          attest_html_open (book->html, "ul", NULL);
        }
      dimension = row->dimension;
      write_nav_link (book, g_ptr_array_index (book->code_pages, i),
                      attest_book_code_name (book, i), (int)i, &row->segments);
    }
  if (dimension != NULL)
    attest_html_close (book->html, "ul");
}

static void
write_nav (AttestBook *book)
{
  static const char *const first[] = { "index", "heat", "findings", "recommendations" };
  static const char *const last[] = { "transcripts", "codebook", "methods", "search" };
  AttestHtml *html = book->html;

  attest_html_open (html, "nav", "aria-label", L ("word.contents"), NULL);
  attest_html_open (html, "details", "class", "menu", "open", "", NULL);
  attest_html_element (html, "summary", L ("word.contents"), NULL);
  attest_html_open (html, "ul", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    write_nav_page (book, first[i]);
  attest_html_close (html, "ul");
  write_nav_codes (book);
  attest_html_element (html, "p", L ("word.sources"), "class", "part", NULL);
  attest_html_open (html, "ul", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (last); i++)
    write_nav_page (book, last[i]);
  if (attest_book_site_is_folder (book->site))
    write_nav_page (book, "quotes");
  attest_html_close (html, "ul");
  attest_html_close (html, "details");
  attest_html_close (html, "nav");
  attest_html_literal (html, "\n");
}

/* ---- body ---- */

static gboolean
write_frame_begin (AttestBook *book, const char *title, GError **error)
{
  AttestHtml *html = book->html;

  write_head (book, title);
  attest_html_open (html, "body", NULL);
  attest_html_element (html, "a", L ("word.skip"), "class", "skip", "href", "#content", NULL);
  attest_html_open (html, "div", "class",
                    attest_book_site_is_folder (book->site) ? "page book" : "page book one", NULL);
  attest_html_open (html, "header", NULL);
  if (book->logo != NULL)
    attest_html_void (html, "img", "class", "logo", "src", book->logo, "alt", "", NULL);
  if (!attest_book_write_template (book, "header", error))
    return FALSE;
  attest_html_close (html, "header");
  write_nav (book);
  attest_html_open (html, "main", "id", "content", "tabindex", "-1", NULL);
  return TRUE;
}

static gboolean
write_frame_end (AttestBook *book, GError **error)
{
  AttestHtml *html = book->html;

  attest_html_close (html, "main");
  attest_html_literal (html, "\n");
  attest_html_open (html, "footer", NULL);
  if (!attest_book_write_template (book, "footer", error))
    return FALSE;
  attest_html_close (html, "footer");
  attest_html_close (html, "div");
  attest_html_open (html, "script", NULL);
  attest_html_literal (html, book->script);
  attest_html_close (html, "script");
  attest_html_close (html, "body");
  attest_html_close (html, "html");
  attest_html_literal (html, "\n");
  return TRUE;
}

gboolean
attest_book_begin_file (AttestBook *book, GError **error)
{
  if (attest_book_site_is_folder (book->site))
    return TRUE;
  book->output = attest_book_site_begin (book->site, "", error);
  if (book->output == NULL)
    return FALSE;
  book->html = attest_html_new (attest_output_get_buffer (book->output));
  return write_frame_begin (book, NULL, error);
}

gboolean
attest_book_end_file (AttestBook *book, GError **error)
{
  gboolean is_written;

  if (attest_book_site_is_folder (book->site))
    return TRUE;
  is_written = write_frame_end (book, error);
  if (is_written)
    g_clear_pointer (&book->html, attest_html_free);
  return is_written;
}

gboolean
attest_book_begin_page (AttestBook *book, const char *page, const char *title, GError **error)
{
  book->page = page;
  book->page_title = title;
  book->n_pages++;
  if (attest_book_site_is_folder (book->site))
    {
      book->output = attest_book_site_begin (book->site, page, error);
      if (book->output == NULL)
        return FALSE;
      book->html = attest_html_new (attest_output_get_buffer (book->output));
      if (!write_frame_begin (book, title, error))
        return FALSE;
    }
  attest_html_open (book->html, "section", "id", page, NULL);
  return TRUE;
}

gboolean
attest_book_end_page (AttestBook *book, GError **error)
{
  attest_html_close (book->html, "section");
  attest_html_literal (book->html, "\n");
  if (!attest_book_site_is_folder (book->site))
    return attest_book_step (book, error);
  if (!write_frame_end (book, error))
    return FALSE;
  g_clear_pointer (&book->html, attest_html_free);
  return attest_book_site_end (book->site, error);
}
