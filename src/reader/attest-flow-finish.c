#include "reader/attest-flow.h"

#include <string.h>

#include "reader/attest-cues.h"
#include "reader/attest-flow-table.h"

/* What a text of captions looks like from its first lines. */
static gboolean
looks_like_captions (const AttestFlow *flow, gboolean *out_webvtt)
{
  const char *line = flow->text->str;
  guint seen = 0;

  *out_webvtt = FALSE;
  while (*line != '\0' && seen < 3)
    {
      gsize n = strcspn (line, "\n"), blanks = strspn (line, " \t\n");

      if (blanks < n)
        {
          if (seen++ == 0 && g_str_has_prefix (line + blanks, "WEBVTT"))
            return *out_webvtt = TRUE;
          if (attest_srt_is_timing (line, n))
            return TRUE;
        }
      line += n + (line[n] == '\n');
    }
  return FALSE;
}

static gboolean
find_captions (const AttestFlow *flow, AttestDocument *doc)
{
  g_autoptr (GArray) cues = NULL;
  gboolean webvtt;

  if (flow->cells->len > 0 || !looks_like_captions (flow, &webvtt))
    return FALSE;
  cues = webvtt ? attest_vtt_parse (doc, flow->text->str, flow->text->len)
                : attest_srt_parse (doc, flow->text->str, flow->text->len);
  attest_cues_to_document (doc, cues);
  return TRUE;
}

void
attest_flow_finish (AttestFlow *flow, AttestDocument *doc, const AttestReadOptions *options)
{
  if (doc->encoding == NULL)
    doc->encoding = g_strdup ("UTF-8");
  if (find_captions (flow, doc))
    return;
  attest_flow_take_text (flow, doc);
  if (!attest_flow_table_find_turns (doc, flow))
    attest_turns_find_expecting (doc, flow->marks, options->interviewers);
}
