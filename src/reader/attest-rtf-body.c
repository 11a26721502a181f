#include "reader/attest-rtf-body.h"

#include <string.h>

#include "reader/attest-decode.h"
#include "reader/attest-rtf-private.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

static gboolean
open_group (AttestRtfBody *body, GError **error)
{
  AttestRtfState state = *body->state;

  if (body->states->len > ATTEST_MAX_RTF_DEPTH)
    return attest_throw (error, ATTEST_ERROR_LIMIT, "%u: groups are nested more than %d deep",
                         attest_text_line_at ((const char *)body->lexer.bytes, body->token.at),
                         ATTEST_MAX_RTF_DEPTH);
  state.ends_note = FALSE;
  state.ends_box = FALSE;
  state.key = NULL;
  state.star = FALSE;
  body->to_skip = 0;
  g_array_append_val (body->states, state);
  body->state = &g_array_index (body->states, AttestRtfState, body->states->len - 1);
  return TRUE;
}

static void
end_box (AttestRtfBody *body)
{
  AttestRtfSink *sink = body->boxes;

  attest_rtf_sink_finish (sink);
  attest_rtf_sink_take_box (body->main, sink->flow);
  sink->flow = attest_flow_new ();
}

static void
close_group (AttestRtfBody *body)
{
  const AttestRtfState *state = body->state;

  if (state->ends_note || state->ends_box || state->key != NULL)
    {
      attest_rtf_flush (body);
    }
  if (state->ends_note)
    attest_rtf_sink_finish (body->notes);
  if (state->ends_box)
    end_box (body);
  if (state->key != NULL)
    {
      g_ptr_array_add (body->found, g_strdup (state->key));
      g_ptr_array_add (body->found, g_strstrip (g_strdup (body->metadata->str)));
    }
  body->to_skip = 0;
  g_array_set_size (body->states, body->states->len - 1);
  body->state = &g_array_index (body->states, AttestRtfState, body->states->len - 1);
}

static void
read_symbol (AttestRtfBody *body)
{
  switch (body->token.byte)
    {
    case '*':
      body->state->star = TRUE;
      break;
    case '\n':
      attest_rtf_end_paragraph (body);
      break;
    case '\t':
      attest_rtf_put_space (body, '\t');
      break;
    case '~':
      attest_rtf_put (body, "\u00A0");
      break;
    case '_':
      attest_rtf_put (body, "\u2011");
      break;
    case '\\':
    case '{':
    case '}':
      attest_rtf_take_byte (body, body->token.byte);
      break;
    default:
      break;
    }
}

static gboolean
too_many_cells (const AttestRtfBody *body, GError **error)
{
  if (body->main->flow->cells->len <= ATTEST_MAX_TABLE_CELLS)
    return FALSE;
  attest_throw (error, ATTEST_ERROR_LIMIT, "more than %u cells", ATTEST_MAX_TABLE_CELLS);
  return TRUE;
}

/* Everything up to the end of the outermost group. */
static gboolean
read_tokens (AttestRtfBody *body, GError **error)
{
  while (TRUE)
    {
      guint codepage = attest_rtf_takes_text (body) ? attest_rtf_codepage (body, body->state) : 0;

      body->lexer.double_byte = !body->report->raw_utf8 && attest_codepage_is_double (codepage);
      attest_rtf_lexer_next (&body->lexer, &body->token);
      switch (body->token.kind)
        {
        case ATTEST_RTF_END:
          body->report->unclosed = body->states->len - 1;
          return TRUE;
        case ATTEST_RTF_OPEN:
          if (!open_group (body, error))
            return FALSE;
          break;
        case ATTEST_RTF_CLOSE:
          if (body->states->len > 1)
            close_group (body);
          if (body->states->len == 1)
            return TRUE;
          break;
        case ATTEST_RTF_WORD:
          attest_rtf_run_word (body);
          break;
        case ATTEST_RTF_SYMBOL:
          read_symbol (body);
          break;
        case ATTEST_RTF_HEX:
          attest_rtf_take_byte (body, body->token.byte);
          break;
        case ATTEST_RTF_TEXT:
          attest_rtf_take_text (body);
          break;
        }
      if (too_many_cells (body, error))
        return FALSE;
    }
}

static void
body_init (AttestRtfBody *body)
{
  AttestRtfState state = { .to = ATTEST_RTF_TO_SINK,
                           .n_fallback = 1,
                           .font = -1,
                           .double_byte_font = -1,
                           .style = -1,
                           .outline = ATTEST_RTF_NO_OUTLINE };

  body->fonts = attest_rtf_fonts_new ();
  body->main = attest_rtf_sink_new (TRUE);
  body->notes = attest_rtf_sink_new (FALSE);
  body->boxes = attest_rtf_sink_new (FALSE);
  body->states = g_array_new (FALSE, FALSE, sizeof (AttestRtfState));
  body->edges = g_array_new (FALSE, FALSE, sizeof (int));
  body->pending = g_byte_array_new ();
  body->scratch = g_string_new (NULL);
  body->metadata = g_string_new (NULL);
  body->found = g_ptr_array_new_with_free_func (g_free);
  body->default_font = -1;
  state.sink = body->main;
  g_array_append_val (body->states, state);
  body->state = &g_array_index (body->states, AttestRtfState, 0);
}

static void
body_clear (AttestRtfBody *body)
{
  attest_rtf_fonts_free (body->fonts);
  attest_rtf_sink_free (body->main);
  attest_rtf_sink_free (body->notes);
  attest_rtf_sink_free (body->boxes);
  g_array_unref (body->states);
  g_array_unref (body->edges);
  g_byte_array_unref (body->pending);
  g_string_free (body->scratch, TRUE);
  g_string_free (body->metadata, TRUE);
  g_ptr_array_unref (body->found);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestRtfBody, body_clear)

/* The bytes of a file, as they are or, when it is UTF-16, as UTF-8. */
typedef struct
{
  const guint8 *bytes;
  gsize length_bytes;
  gboolean named; /* the user names their encoding */
} Source;

/* Raw bytes beyond ASCII are against the rules; when all of them make UTF-8, that is what they are.
 */
static gboolean
has_raw_utf8 (const guint8 *bytes, gsize length_bytes)
{
  gsize high = 0;

  while (high < length_bytes && bytes[high] < 0x80)
    high++;
  return high < length_bytes && attest_decode_is_utf8 (bytes + high, length_bytes - high);
}

static void
take_metadata (AttestRtfBody *body)
{
  for (guint i = 0; i + 1 < body->found->len; i += 2)
    attest_document_add_metadata (body->doc, g_ptr_array_index (body->found, i),
                                  g_ptr_array_index (body->found, i + 1));
}

static gboolean
read_once (AttestDocument *doc, AttestCodepages *codepages, const Source *source,
           AttestFlow **out_flow, AttestRtfReport *report, GError **error)
{
  g_auto (AttestRtfBody) body = { .doc = doc, .report = report, .codepages = codepages };

  body_init (&body);
  body.lexer.bytes = source->bytes;
  body.lexer.length_bytes = source->length_bytes;
  body.named_codepage = source->named ? ATTEST_CODEPAGE_NAMED : 0;
  if (!read_tokens (&body, error))
    return FALSE;
  attest_rtf_flush (&body);
  report->end_at = body.lexer.at;
  attest_rtf_sink_finish (body.boxes);
  attest_rtf_sink_finish (body.notes);
  attest_rtf_sink_take_box (body.main, g_steal_pointer (&body.boxes->flow));
  attest_rtf_sink_finish (body.main);
  report->n_notes = attest_flow_append_notes (body.main->flow, body.notes->flow);
  take_metadata (&body);
  *out_flow = g_steal_pointer (&body.main->flow);
  return TRUE;
}

gboolean
attest_rtf_body_read (AttestDocument *doc, const char *encoding, AttestFlow **out_flow,
                      AttestRtfReport *out_report, GError **error)
{
  g_autoptr (AttestCodepages) codepages = attest_codepages_new (encoding);
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (doc->original, &size);
  Source source = { .bytes = bytes, .length_bytes = size, .named = encoding != NULL };
  AttestRtfReport start = { .codepage = 1252, .raw_utf8 = has_raw_utf8 (bytes, size) };

  if (encoding != NULL && !attest_codepages_has (codepages, ATTEST_CODEPAGE_NAMED))
    return attest_throw (error, ATTEST_ERROR_INPUT, "unknown encoding '%s'", encoding);
  *out_report = start;
  if (!read_once (doc, codepages, &source, out_flow, out_report, error))
    return FALSE;
  if (!out_report->ansi_is_codepage)
    return TRUE;
  /* What was read before that was seen may be wrong. */
  attest_flow_free (*out_flow);
  *out_flow = NULL;
  start.ansi_is_codepage = TRUE;
  *out_report = start;
  g_array_set_size (doc->metadata, 0);
  return read_once (doc, codepages, &source, out_flow, out_report, error);
}
