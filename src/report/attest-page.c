#include "report/attest-page.h"

#include <string.h>

#include "config.h"
#include "report/attest-chart.h"
#include "report/attest-report-resource.h"

static void
clear_link (gpointer item)
{
  AttestPageLink *link = item;

  g_free (link->heading);
  g_free (link->link);
  g_free (link->text);
}

GArray *
attest_page_links_new (void)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (AttestPageLink));

  g_array_set_clear_func (links, clear_link);
  return links;
}

void
attest_page_links_add (GArray *links, const char *heading, const char *link, const char *text,
                       gint64 count, int colour)
{
  AttestPageLink entry = { g_strdup (heading), g_strdup (link), g_strdup (text), count, colour };

  g_array_append_val (links, entry);
}

const char *
attest_page_code_class (guint code)
{
  static const char *const classes[]
      = { "k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "k10", "k11" };

  return classes[code % G_N_ELEMENTS (classes)];
}

/* ---- head ---- */

/* Of the page and of its charts. */
char *
attest_page_dup_style (void)
{
  g_autoptr (GBytes) style = g_resource_lookup_data (
      attest_report_get_resource (), "/attest/report/page.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *page = NULL;

  g_assert (style != NULL);
  page = g_strndup (g_bytes_get_data (style, NULL), g_bytes_get_size (style));
  return g_strconcat (page, attest_chart_style (), NULL);
}

/* Only this style, nothing else: no script, no image, no font, no form, no connection. */
static char *
dup_policy (const char *style)
{
  gsize digest_bytes = 32;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *hash = NULL;
  guint8 digest[32];

  g_checksum_update (checksum, (const guchar *)style, (gssize)strlen (style));
  g_checksum_get_digest (checksum, digest, &digest_bytes);
  hash = g_base64_encode (digest, digest_bytes);
  return g_strdup_printf (
      "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'", hash);
}

void
attest_page_begin_document (AttestHtml *html, const char *lang, const char *title,
                            const char *style)
{
  g_autofree char *policy = dup_policy (style != NULL ? style : "");

  attest_html_literal (html, "<!DOCTYPE html>\n");
  attest_html_open (html, "html", "lang", lang, NULL);
  attest_html_open (html, "head", NULL);
  attest_html_void (html, "meta", "charset", "utf-8", NULL);
  attest_html_void (html, "meta", "http-equiv", "Content-Security-Policy", "content", policy, NULL);
  attest_html_void (html, "meta", "name", "viewport", "content",
                    "width=device-width, initial-scale=1", NULL);
  attest_html_void (html, "meta", "name", "referrer", "content", "no-referrer", NULL);
  if (title != NULL)
    attest_html_element (html, "title", title, NULL);
  if (style != NULL)
    {
      attest_html_open (html, "style", NULL);
      attest_html_literal (html, style);
      attest_html_close (html, "style");
    }
  attest_html_close (html, "head");
  attest_html_literal (html, "\n");
}

static void
write_head (AttestHtml *html, const AttestPage *page)
{
  g_autofree char *style = attest_page_dup_style ();
  g_autofree char *title = g_strdup_printf ("%s: %s", page->title, page->kind);

  attest_page_begin_document (html, "en", title, style);
}

/* ---- body ---- */

static void
write_header (AttestHtml *html, const AttestPage *page)
{
  g_autofree char *origin = page->frequency != NULL ? attest_report_dup_origin (page->frequency)
                                                    : g_strdup (page->origin);
  g_auto (GStrv) lines = g_strsplit (origin, "\n", -1);

  attest_html_open (html, "header", NULL);
  attest_html_element (html, "p", page->kind, "class", "kind", NULL);
  attest_html_element (html, "h1", page->title, "dir", "auto", NULL);
  for (char **line = lines; *line != NULL; line++)
    attest_html_element (html, "p", *line, "class", "meta", NULL);
  attest_html_close (html, "header");
}

static void
write_link (AttestHtml *html, const AttestPageLink *link)
{
  attest_html_open (html, "li", NULL);
  attest_html_open (html, "a", "href", link->link, "dir", "auto", NULL);
  if (link->colour >= 0)
    {
      g_autofree char *class = g_strconcat ("dot ", attest_page_code_class ((guint)link->colour),
                                            NULL);

      attest_html_element (html, "span", "", "class", class, NULL);
    }
  attest_html_text (html, link->text);
  attest_html_close (html, "a");
  if (link->count >= 0)
    {
      g_autofree char *count = g_strdup_printf (" %" G_GINT64_FORMAT, link->count);

      attest_html_element (html, "span", count, "class", "count", NULL);
    }
  attest_html_close (html, "li");
}

static void
write_contents (AttestHtml *html, const GArray *links)
{
  attest_html_open (html, "nav", "aria-label", "Contents", NULL);
  for (guint i = 0; i < links->len; i++)
    {
      const AttestPageLink *link = &g_array_index (links, AttestPageLink, i);

      if (i == 0 || link->heading != NULL)
        {
          if (i > 0)
            attest_html_close (html, "ul");
          if (link->heading != NULL)
            attest_html_element (html, "h2", link->heading, NULL);
          attest_html_open (html, "ul", NULL);
        }
      write_link (html, link);
    }
  if (links->len > 0)
    attest_html_close (html, "ul");
  attest_html_close (html, "nav");
}

void
attest_page_begin (AttestHtml *html, const AttestPage *page, const GArray *links)
{
  write_head (html, page);
  attest_html_open (html, "body", NULL);
  attest_html_element (html, "a", "Skip to the content", "class", "skip", "href", "#content", NULL);
  attest_html_open (html, "div", "class", links != NULL ? "page book" : "page", NULL);
  write_header (html, page);
  if (links != NULL)
    write_contents (html, links);
  attest_html_literal (html, "\n");
  attest_html_open (html, "main", "id", "content", NULL);
}

void
attest_page_end (AttestHtml *html)
{
  attest_html_close (html, "main");
  attest_html_literal (html, "\n");
  attest_html_open (html, "footer", NULL);
  attest_html_element (html, "p",
                       "Rules find where something was spoken of. They do not tell whether it is "
                       "good or bad, and what they do not find may still have been said.",
                       NULL);
  attest_html_element (html, "p", "Made by " PACKAGE_NAME " " PACKAGE_VERSION ".", NULL);
  attest_html_close (html, "footer");
  attest_html_close (html, "div");
  attest_html_close (html, "body");
  attest_html_close (html, "html");
  attest_html_literal (html, "\n");
}
