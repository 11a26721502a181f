#include "config.h"

#include "reader/attest-flow.h"

#include <string.h>

#include "reader/attest-cues.h"
#include "reader/attest-flow-table.h"
#include "util/attest-limits.h"

/* A text is captions when it has one line of times for so many lines that are not blank. */
#define MAX_LINES_PER_CUE 12

static gboolean
is_count (const char *line, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (line[i]) && line[i] != ' ')
      return FALSE;
  return n > 0;
}

/* TRUE when the first @n_bytes of @text are captions; where the first of them begins. */
static gboolean
find_captions (const char *text, gsize n_bytes, gsize *out_first_byte)
{
  guint n_lines = 0, n_timings = 0;
  gsize counter_byte = 0;
  gboolean after_count = FALSE;

  if (memmem (text, n_bytes, "->", 2) == NULL)
    return FALSE;
  for (gsize at = 0, end; at < n_bytes; at = end + 1)
    {
      const char *lf = memchr (text + at, '\n', n_bytes - at);

      end = lf != NULL ? (gsize)(lf - text) : n_bytes;
      if (end == at)
        continue;
      n_lines++;
      if (attest_srt_is_timing (text + at, end - at) && n_timings++ == 0)
        *out_first_byte = after_count ? counter_byte : at;
      after_count = is_count (text + at, end - at);
      counter_byte = at;
    }
  return n_timings > 0 && n_lines <= n_timings * MAX_LINES_PER_CUE;
}

static void
keep_as_metadata (AttestDocument *doc, const char *key, const char *text, gsize n_bytes)
{
  g_autofree char *kept = g_strndup (text, n_bytes);

  attest_document_add_metadata (doc, key, g_strstrip (kept));
}

/* Captions that were pasted into a document. */
static gboolean
take_captions (const AttestFlow *flow, AttestDocument *doc)
{
  const char *text = flow->text->str;
  gsize n_bytes = MIN (flow->notes_byte, flow->text->len), first = 0;
  g_autoptr (GArray) cues = NULL;

  if (flow->cells->len > 0 || !find_captions (text, n_bytes, &first))
    return FALSE;
  if (g_str_has_prefix (text, "WEBVTT"))
    cues = attest_vtt_parse (doc, text, n_bytes);
  else
    {
      keep_as_metadata (doc, "preamble", text, first);
      cues = attest_srt_parse (doc, text + first, n_bytes - first);
    }
  if (cues->len > ATTEST_MAX_CUES)
    attest_document_warn (doc, g_array_index (cues, AttestCue, cues->len - 1).line,
                          "more than %u captions: those after are left out", ATTEST_MAX_CUES);
  keep_as_metadata (doc, "notes", text + n_bytes, flow->text->len - n_bytes);
  attest_cues_to_document (doc, cues);
  return TRUE;
}

void
attest_flow_finish (AttestFlow *flow, AttestDocument *doc, const AttestReadOptions *options)
{
  if (doc->encoding == NULL)
    doc->encoding = g_strdup ("UTF-8");
  if (take_captions (flow, doc))
    return;
  attest_flow_take_text (flow, doc);
  if (!attest_flow_table_find_turns (doc, flow))
    attest_turns_find_expecting (doc, flow->marks, options->interviewers);
}
