/* Plain text: the text is the decoded file; turns point into it. */
#include "reader/attest-decode.h"
#include "reader/attest-reader-private.h"
#include "reader/attest-turns.h"

static const char *const suffixes[] = { "txt", "text", "log", NULL };

static int
probe (const AttestProbe *p)
{
  return p->head_text == NULL ? 0 : ATTEST_PROBE_TEXT;
}

static gboolean
read_txt (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  gsize size = 0, length_bytes = 0;
  const guint8 *bytes = g_bytes_get_data (doc->original, &size);
  char *text = attest_decode (doc, bytes, size, options->encoding, &length_bytes, error);

  if (text == NULL)
    return FALSE;
  attest_document_take_text (doc, text, length_bytes);
  attest_turns_find_expecting (doc, NULL, options->interviewers);
  return TRUE;
}

const AttestReader attest_reader_txt = { "txt", "plain text", suffixes, probe, read_txt };
