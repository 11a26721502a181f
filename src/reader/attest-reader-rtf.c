/* Rich text: the text as Word would show it, then as plain text with bold type and headings. */
#include "reader/attest-reader-private.h"

#include <string.h>

#include "reader/attest-codepage.h"
#include "reader/attest-rtf-body.h"
#include "util/attest-error.h"
#include "util/attest-text.h"

static gboolean
is_rich_text (const guint8 *bytes, gsize length_bytes)
{
  gsize at = 0;

  if (length_bytes >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    at = 3;
  while (at < length_bytes && g_ascii_isspace ((char)bytes[at]))
    at++;
  return length_bytes - at >= 5 && memcmp (bytes + at, "{\\rtf", 5) == 0;
}

static guint
line_at (const AttestDocument *doc, gsize byte)
{
  return attest_text_line_at (g_bytes_get_data (doc->original, NULL), byte);
}

static void
warn_of_encoding (AttestDocument *doc, const AttestRtfReport *report)
{
  if (report->raw_utf8)
    attest_document_warn (doc, 0, "text beyond ASCII stands in the file as it is: read as UTF-8");
  if (report->ansi_is_codepage)
    attest_document_warn (
        doc, 0,
        "fonts for Western text hold other letters: read as code page %u; if that "
        "is wrong, give --encoding",
        report->codepage);
  if (report->n_undecodable > 0)
    attest_document_warn (doc, line_at (doc, report->undecodable_at),
                          "%u characters cannot be decoded and became U+FFFD, the first here",
                          report->n_undecodable);
  if (report->n_symbols > 0)
    attest_document_warn (doc, 0, "%u characters of symbol fonts are unknown and became U+FFFD",
                          report->n_symbols);
}

static void
warn_of_losses (AttestDocument *doc, const AttestRtfReport *report)
{
  if (report->n_comments > 0)
    attest_document_warn (doc, 0, "%u comments are left out", report->n_comments);
  if (report->n_formulas > 0)
    attest_document_warn (doc, 0, "%u formulas are left out", report->n_formulas);
  if (report->n_notes > 0)
    attest_document_warn (doc, 0,
                          "footnotes and endnotes are at the end of the text, outside all turns "
                          "(%u paragraphs)",
                          report->n_notes);
  if (report->n_hidden > 0)
    attest_document_warn (doc, 0, "hidden text is left out (%u places)", report->n_hidden);
}

static void
warn_of_end (AttestDocument *doc, const AttestRtfReport *report)
{
  gsize size = 0, at = report->end_at;
  const guint8 *bytes = g_bytes_get_data (doc->original, &size);

  if (report->unclosed > 0)
    attest_document_warn (doc, line_at (doc, size),
                          "the file is cut off: %u groups are not closed; what was said after this "
                          "is lost",
                          report->unclosed);
  while (at < size && (g_ascii_isspace ((char)bytes[at]) || bytes[at] == '\0'))
    at++;
  if (at < size)
    attest_document_warn (doc, line_at (doc, at),
                          "%" G_GSIZE_FORMAT " bytes after the end of the rich text are left out",
                          size - at);
}

static gboolean
rtf_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  g_autoptr (AttestFlow) flow = NULL;
  AttestRtfReport report = { 0 };
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (doc->original, &size);
  const char *name;

  if (!is_rich_text (bytes, size))
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "the file is no rich text: it does not begin with {\\rtf");
  if (!attest_rtf_body_read (doc, options->encoding, &flow, &report, error))
    return FALSE;
  name = options->encoding != NULL ? options->encoding : attest_codepage_name (report.codepage);
  doc->encoding = name != NULL ? g_strdup (name) : g_strdup_printf ("cp%u", report.codepage);
  warn_of_encoding (doc, &report);
  warn_of_losses (doc, &report);
  warn_of_end (doc, &report);
  attest_flow_finish (flow, doc, options);
  return TRUE;
}

/* Plain text is often named so. */
static int
rtf_probe (const AttestProbe *probe)
{
  return is_rich_text (probe->head, probe->head_bytes) ? ATTEST_PROBE_MAGIC : 0;
}

static const char *const suffixes[] = { "rtf", NULL };

const AttestReader attest_reader_rtf = { "rtf", "Rich text", suffixes, rtf_probe, rtf_read };
