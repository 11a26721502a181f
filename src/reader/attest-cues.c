#include "reader/attest-cues.h"

#include <string.h>

#include "reader/attest-cue-markup.h"
#include "reader/attest-decode.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"

static gboolean
needs_normalising (const char *text, gsize length_bytes)
{
  return memchr (text, '\r', length_bytes) != NULL || memchr (text, '\0', length_bytes) != NULL;
}

static char *
normalise (AttestDocument *doc, const char *text, gsize length_bytes, gsize *out_length_bytes)
{
  GString *out = g_string_sized_new (length_bytes + 16);
  guint line = 1, nulls = 0, first_line = 0;

  for (gsize i = 0; i < length_bytes; i++)
    {
      char c = text[i];

      if (c == '\r')
        {
          if (i + 1 < length_bytes && text[i + 1] == '\n')
            continue;
          c = '\n';
        }
      line += c == '\n';
      if (c != '\0')
        {
          g_string_append_c (out, c);
          continue;
        }
      g_string_append (out, "\xef\xbf\xbd");
      first_line = nulls++ == 0 ? line : first_line;
    }
  if (nulls > 0)
    attest_document_warn (doc, first_line, "%u NUL bytes became U+FFFD, the first here", nulls);
  *out_length_bytes = out->len;
  return g_string_free (out, FALSE);
}

char *
attest_cues_load (AttestDocument *doc, const AttestReadOptions *options, gsize *out_length_bytes,
                  GError **error)
{
  gsize size = 0, text_bytes = 0;
  const guint8 *bytes = g_bytes_get_data (doc->original, &size);
  char *text = attest_decode_raw (doc, bytes, size, options->encoding, &text_bytes, error);
  char *normal;

  if (text == NULL || !needs_normalising (text, text_bytes))
    {
      *out_length_bytes = text_bytes;
      return text;
    }
  normal = normalise (doc, text, text_bytes, out_length_bytes);
  g_free (text);
  return normal;
}

void
attest_cues_add (GArray *cues, const AttestCue *cue)
{
  if (cues->len <= ATTEST_MAX_CUES)
    g_array_append_vals (cues, cue, 1);
}

gboolean
attest_cues_read (AttestDocument *doc, const AttestReadOptions *options, AttestCuesParser *parse,
                  GError **error)
{
  gsize length_bytes = 0;
  g_autofree char *text = attest_cues_load (doc, options, &length_bytes, error);
  g_autoptr (GArray) cues = NULL;

  if (text == NULL)
    return FALSE;
  cues = parse (doc, text, length_bytes);
  if (cues->len > ATTEST_MAX_CUES)
    return attest_throw (error, ATTEST_ERROR_LIMIT, "%u: more than %u cues",
                         g_array_index (cues, AttestCue, cues->len - 1).line, ATTEST_MAX_CUES);
  attest_cues_to_document (doc, cues);
  return TRUE;
}

gsize
attest_cues_parse_time (const char *text, gsize length_bytes, gint64 *out_ms)
{
  gint64 fields[4] = { 0, 0, 0, 0 };
  gint64 fraction_ms = 0, seconds = 0;
  guint n = 0;
  gsize i = 0;

  while (n < 4 && i < length_bytes && g_ascii_isdigit (text[i]))
    {
      for (; i < length_bytes && g_ascii_isdigit (text[i]); i++)
        fields[n] = MIN (fields[n] * 10 + (text[i] - '0'), 99999999);
      n++;
      if (i + 1 >= length_bytes || text[i] != ':' || !g_ascii_isdigit (text[i + 1]))
        break;
      i++;
    }
  if (n < 2)
    return 0;
  if (i + 1 < length_bytes && (text[i] == '.' || text[i] == ',') && g_ascii_isdigit (text[i + 1]))
    {
      gint64 unit = 100;

      for (i++; i < length_bytes && g_ascii_isdigit (text[i]); i++, unit /= 10)
        fraction_ms += (text[i] - '0') * unit;
    }
  for (guint f = 0; f < MIN (n, 3); f++)
    seconds = seconds * 60 + fields[f];
  *out_ms = seconds * 1000 + fraction_ms;
  return i;
}

static void
clear_piece (gpointer item)
{
  g_free (((AttestCuePiece *)item)->voice);
}

char *
attest_cues_plain_text (const AttestCue *cue, char **out_voice)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (AttestCuePiece));

  g_array_set_clear_func (pieces, clear_piece);
  attest_cue_markup_strip (cue->text, cue->length_bytes, out, pieces);
  if (out_voice != NULL)
    *out_voice
        = pieces->len > 0 ? g_strdup (g_array_index (pieces, AttestCuePiece, 0).voice) : NULL;
  return g_string_free (out, FALSE);
}
