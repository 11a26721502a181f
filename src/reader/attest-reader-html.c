/* HTML pages: the text that a browser shows. */
#include <string.h>

#include "reader/attest-decode.h"
#include "reader/attest-html-body.h"
#include "reader/attest-reader-private.h"
#include "util/attest-error.h"

static const char *const suffixes[] = { "html", "htm", "xhtml", "mht", "mhtml", NULL };

/* How much of a page may be before its charset, bytes. */
#define CHARSET_BYTES 2048

/* The encoding that the page names: charset=NAME. */
static char *
find_charset (const guint8 *bytes, gsize n_bytes)
{
  g_autofree char *head = g_strndup ((const char *)bytes, MIN (n_bytes, CHARSET_BYTES));
  g_autofree char *folded = g_ascii_strdown (head, -1);
  const char *found = strstr (folded, "charset=");
  gsize n = 0;

  if (found == NULL)
    return NULL;
  found += strlen ("charset=");
  found += strspn (found, "\"' ");
  while (g_ascii_isalnum (found[n]) || (found[n] != '\0' && strchr ("-_:.", found[n]) != NULL))
    n++;
  /* A page whose charset can be read in bytes is not UTF-16. */
  return n == 0 || g_str_has_prefix (found, "utf-16") ? NULL : g_strndup (found, n);
}

/* By a byte order mark, --encoding, what the page says, or a guess. */
static char *
decode (AttestDocument *doc, const AttestReadOptions *options, gsize *out_n_bytes, GError **error)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (doc->original, &n_bytes);
  gboolean marked = n_bytes >= 3
                    && (memcmp (bytes, "\xef\xbb\xbf", 3) == 0 || memcmp (bytes, "\xff\xfe", 2) == 0
                        || memcmp (bytes, "\xfe\xff", 2) == 0);
  g_autofree char *charset = NULL;
  char *text = NULL;

  if (options->encoding == NULL && !marked)
    charset = find_charset (bytes, n_bytes);
  if (charset != NULL)
    text = attest_decode_raw (doc, bytes, n_bytes, charset, out_n_bytes, NULL);
  if (text != NULL)
    return text;
  if (charset != NULL)
    attest_document_warn (doc, 0, "it is not in the encoding that it names (%s)", charset);
  return attest_decode_raw (doc, bytes, n_bytes, options->encoding, out_n_bytes, error);
}

static void
content_clear (AttestHtmlContent *content)
{
  attest_flow_free (content->flow);
  g_string_free (content->title, TRUE);
}
typedef AttestHtmlContent Content;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

static gboolean
html_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  g_auto (Content) content = { .flow = attest_flow_new (), .title = g_string_new (NULL) };
  gsize n_bytes = 0;
  g_autofree char *text = decode (doc, options, &n_bytes, error);

  if (text == NULL)
    return FALSE;
  if (g_str_has_prefix (text, "MIME-Version:") || g_str_has_prefix (text, "From: <Saved by"))
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "it is a web archive (MHTML): save the page as HTML");
  for (gsize i = 0; i < n_bytes; i++)
    if (text[i] == '\0')
      text[i] = ' ';
  if (!attest_html_body_read (text, n_bytes, &content, error))
    return FALSE;
  if (content.is_frames && content.flow->text->len == 0)
    return attest_throw (error, ATTEST_ERROR_INPUT,
                         "it is a set of frames: read the page of the frame with the text");
  attest_document_add_metadata (doc, "title", g_strstrip (content.title->str));
  if (content.n_hidden > 0)
    attest_document_warn (doc, 0, "hidden text is left out (%u places)", content.n_hidden);
  attest_flow_finish (content.flow, doc, options);
  return TRUE;
}

static int
html_probe (const AttestProbe *probe)
{
  g_autofree char *folded = NULL;

  if (probe->head_text == NULL)
    return 0;
  folded = g_ascii_strdown (probe->head_text, -1);
  if (strstr (folded, "<!doctype html") != NULL || strstr (folded, "<html") != NULL)
    return ATTEST_PROBE_STRUCTURE;
  return g_strv_contains (suffixes, probe->suffix) ? ATTEST_PROBE_SUFFIX : 0;
}

const AttestReader attest_reader_html = { "html", "HTML page", suffixes, html_probe, html_read };
