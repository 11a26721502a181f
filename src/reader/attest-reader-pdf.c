/* PDF: the text layer of a document, by poppler, which cannot be told to stop: a page of a few
 * hundred bytes may draw itself for years. So it works in a process of its own.
 */
#include "reader/attest-reader-private.h"

#include <poppler.h>
#include <string.h>

#include "reader/attest-flow.h"
#include "reader/attest-pdf-layout.h"
#include "reader/attest-pdf-pack.h"
#include "util/attest-child.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

static PopplerDocument *
open_document (GBytes *bytes, GError **error)
{
  g_autoptr (GError) local = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &local);

  if (document != NULL)
    return document;
  if (g_error_matches (local, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    return attest_throw_null (error, ATTEST_ERROR_INPUT,
                              "the PDF is encrypted; save it without a password");
  if (local == NULL || g_error_matches (local, POPPLER_ERROR, POPPLER_ERROR_DAMAGED))
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "the PDF is damaged or cut off");
  return attest_throw_null (error, ATTEST_ERROR_INPUT, "the PDF cannot be read: %s",
                            local->message);
}

static gboolean
has_images (PopplerPage *page)
{
  GList *images = poppler_page_get_image_mapping (page);
  gboolean any = images != NULL;

  poppler_page_free_image_mapping (images);
  return any;
}

/* Comments of readers: notes with words of their own. */
static guint
count_comments (PopplerPage *page)
{
  GList *annotations = poppler_page_get_annot_mapping (page);
  guint n = 0;

  for (GList *l = annotations; l != NULL; l = l->next)
    {
      PopplerAnnot *annotation = ((PopplerAnnotMapping *)l->data)->annot;
      g_autofree char *contents = NULL;

      if (!POPPLER_IS_ANNOT_MARKUP (annotation))
        continue;
      contents = poppler_annot_get_contents (annotation);
      n += contents != NULL && *contents != '\0';
    }
  poppler_page_free_annot_mapping (annotations);
  return n;
}

typedef struct
{
  guint n_pages, n_lost; /* pages, and those that cannot be read */
  guint n_scans, first_scan;
  guint n_comments;
} Counts;

static gboolean
read_pages (PopplerDocument *document, AttestChild *child, AttestPdfPages *pages, Counts *counts,
            GError **error)
{
  int n_pages = poppler_document_get_n_pages (document);
  gint64 deadline_us = g_get_monotonic_time () + ATTEST_MAX_PDF_SECONDS * G_USEC_PER_SEC;

  if (n_pages > ATTEST_MAX_PDF_PAGES)
    return attest_throw (error, ATTEST_ERROR_LIMIT, "more than %d pages", ATTEST_MAX_PDF_PAGES);
  for (int i = 0; i < n_pages; i++)
    {
      g_autoptr (GObject) page = NULL;
      gboolean has_text;

      attest_child_step (child);
      page = (GObject *)poppler_document_get_page (document, i);
      counts->n_pages++;
      if (page == NULL)
        {
          counts->n_lost++;
          continue;
        }
      has_text = attest_pdf_pages_add (pages, POPPLER_PAGE (page));
      if (!has_text && has_images (POPPLER_PAGE (page)) && counts->n_scans++ == 0)
        counts->first_scan = (guint)i + 1;
      counts->n_comments += count_comments (POPPLER_PAGE (page));
      if (pages->text->len > ATTEST_MAX_PDF_TEXT_BYTES)
        return attest_throw (error, ATTEST_ERROR_LIMIT, "page %d: more than %u MB of text", i + 1,
                             ATTEST_MAX_PDF_TEXT_BYTES >> 20);
      if (g_get_monotonic_time () > deadline_us)
        return attest_throw (error, ATTEST_ERROR_LIMIT,
                             "page %d of %d: reading takes more than %d seconds", i + 1, n_pages,
                             ATTEST_MAX_PDF_SECONDS);
    }
  if (pages->lines->len > 0)
    return TRUE;
  if (counts->n_scans > 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "no text layer: the PDF is a scan; run text recognition on it first");
  return attest_throw (error, ATTEST_ERROR_INPUT, "no text in the PDF");
}

static void
warn_of_losses (AttestDocument *doc, const AttestPdfPages *pages, const Counts *counts)
{
  if (counts->n_lost > 0)
    attest_document_warn (doc, 0, "%u of %u pages are damaged and left out", counts->n_lost,
                          counts->n_pages);
  if (counts->n_scans > 0)
    attest_document_warn (doc, 0,
                          "%u pages are pictures without a text layer and left out, the first is "
                          "page %u",
                          counts->n_scans, counts->first_scan);
  if (pages->n_nameless * 20 > pages->n_letters)
    attest_document_warn (doc, 0,
                          "%u of %u letters have no meaning in the file: the text is not what the "
                          "pages show; run text recognition on it",
                          pages->n_nameless, pages->n_letters);
  else if (pages->n_nameless > 0)
    attest_document_warn (doc, 0, "%u characters have no meaning in the file", pages->n_nameless);
  if (pages->n_by_columns > 0)
    attest_document_warn (doc, 0, "%u pages are read by columns", pages->n_by_columns);
  if (counts->n_comments > 0)
    attest_document_warn (doc, 0, "%u comments are left out", counts->n_comments);
}

/* In the child: the counts and the pages into @out. */
static gboolean
work (AttestChild *child, gpointer data, GString *out, GError **error)
{
  g_autoptr (GObject) document = (GObject *)open_document (data, error);
  g_autoptr (AttestPdfPages) pages = attest_pdf_pages_new ();
  Counts counts = { 0 };

  if (document == NULL || !read_pages (POPPLER_DOCUMENT (document), child, pages, &counts, error))
    return FALSE;
  g_string_append_len (out, (const char *)&counts, sizeof counts);
  attest_pdf_pages_pack (pages, out);
  return TRUE;
}

/* Pages are counted from 1; 0: the file was being opened. */
static gboolean
throw_end (AttestChildEnd end, guint page, GError **error)
{
  g_autofree char *place
      = page > 0 ? g_strdup_printf ("page %u", page) : g_strdup ("the file's outline");

  if (end == ATTEST_CHILD_SLOW)
    return attest_throw (
        error, ATTEST_ERROR_LIMIT,
        "%s: drawing it takes more than %d seconds of work; leave it out, or print "
        "the file to a new PDF",
        place, ATTEST_MAX_PDF_PAGE_SECONDS);
  return attest_throw (error, ATTEST_ERROR_LIMIT,
                       "%s: it takes more than %u MB of memory, or is damaged so that reading it "
                       "broke off; print the file to a new PDF and read that",
                       place, ATTEST_MAX_PDF_MEMORY_BYTES >> 20);
}

static AttestPdfPages *
fetch_pages (GBytes *bytes, Counts *counts, GError **error)
{
  static const AttestChildLimits limits = { .max_step_seconds = ATTEST_MAX_PDF_PAGE_SECONDS,
                                            .max_memory_bytes = ATTEST_MAX_PDF_MEMORY_BYTES };
  g_autoptr (GString) packed = g_string_new (NULL);
  AttestPdfPages *pages = NULL;
  guint page = 0;
  AttestChildEnd end = attest_child_run (work, bytes, &limits, packed, &page, error);

  if (end == ATTEST_CHILD_FAILED)
    return NULL;
  if (end == ATTEST_CHILD_DONE && packed->len > sizeof *counts)
    {
      memcpy (counts, packed->str, sizeof *counts);
      pages = attest_pdf_pages_unpack (packed->str + sizeof *counts, packed->len - sizeof *counts);
    }
  if (pages == NULL)
    throw_end (end, page, error);
  return pages;
}

static gboolean
pdf_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  Counts counts = { 0 };
  g_autoptr (AttestPdfPages) pages = fetch_pages (doc->original, &counts, error);
  g_autoptr (AttestFlow) flow = NULL;
  g_autoptr (GPtrArray) labels = NULL;
  gboolean numbered = FALSE;

  if (pages == NULL)
    return FALSE;
  flow = attest_flow_new ();
  attest_pdf_drop_repeated (doc, pages, &numbered);
  labels = attest_pdf_label_pages (pages);
  attest_pdf_join_lines (pages, numbered, labels, flow);
  warn_of_losses (doc, pages, &counts);
  attest_flow_finish (flow, doc, options);
  return TRUE;
}

/* Some programs write bytes before the header; a text may speak of "%PDF-". */
static int
pdf_probe (const AttestProbe *probe)
{
  gboolean named = strcmp (probe->suffix, "pdf") == 0;

  if (probe->head_bytes >= 5 && memcmp (probe->head, "%PDF-", 5) == 0)
    return ATTEST_PROBE_MAGIC;
  if (named && attest_probe_contains (probe, "%PDF-"))
    return ATTEST_PROBE_STRUCTURE;
  return named ? ATTEST_PROBE_SUFFIX : 0;
}

static const char *const suffixes[] = { "pdf", NULL };

const AttestReader attest_reader_pdf = { "pdf", "PDF", suffixes, pdf_probe, pdf_read };
