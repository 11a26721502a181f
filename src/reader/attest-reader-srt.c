/* SubRip: every line with times begins a cue, whatever stands around it; counters and blank lines
 * are only punctuation. */
#include "config.h"

#include <string.h>

#include "reader/attest-cues.h"
#include "reader/attest-reader-private.h"

static const char *const suffixes[] = { "srt", NULL };

typedef struct
{
  AttestDocument *doc;
  GArray *cues;
  AttestCue cue;    /* being filled; its text is NULL before the first one */
  const char *end;  /* of its text so far */
  const char *last; /* the last line that is not blank */
  gsize last_bytes;
  gboolean last_after_blank;
  gint64 counter; /* of the cue being filled; -1: none */
} Parser;

static gboolean
is_counter (const char *line, gsize n, gint64 *out_value)
{
  gint64 value = 0;
  gsize digits = 0;

  while (n > 0 && g_ascii_isspace (line[n - 1]))
    n--;
  for (; digits < n && g_ascii_isdigit (line[digits]) && digits < 9; digits++)
    value = value * 10 + (line[digits] - '0');
  if (digits == 0 || digits < n)
    return FALSE;
  *out_value = value;
  return TRUE;
}

/* "00:00:01,000 --> 00:00:02,000 X1:40"; FALSE: a line of text. */
static gboolean
parse_timing (const char *line, gsize n, gint64 *start_ms, gint64 *end_ms)
{
  gsize i = 0, width;

  while (i < n && g_ascii_isspace (line[i]))
    i++;
  width = attest_cues_parse_time (line + i, n - i, start_ms);
  if (width == 0)
    return FALSE;
  for (i += width; i < n && g_ascii_isspace (line[i]); i++)
    ;
  if (n - i < 2 || line[i] != '-')
    return FALSE;
  while (i < n && line[i] == '-')
    i++;
  if (i >= n || line[i] != '>')
    return FALSE;
  for (i++; i < n && g_ascii_isspace (line[i]); i++)
    ;
  if (attest_cues_parse_time (line + i, n - i, end_ms) == 0)
    *end_ms = ATTEST_NO_TIME;
  return TRUE;
}

gboolean
attest_srt_is_timing (const char *line, gsize length_bytes)
{
  gint64 start_ms, end_ms;

  return parse_timing (line, length_bytes, &start_ms, &end_ms);
}

static void
close_cue (Parser *p)
{
  if (p->cue.text == NULL)
    return;
  p->cue.length_bytes = (gsize)(p->end - p->cue.text);
  if (p->cue.length_bytes > 0)
    attest_cues_add (p->cues, &p->cue);
  p->cue.text = NULL;
}

/* The line above the times is the counter when a blank line stands before it, or when it counts. */
static void
take_counter (Parser *p)
{
  gint64 value = -1;
  gboolean counts = p->last != NULL && is_counter (p->last, p->last_bytes, &value)
                    && (p->last_after_blank || value == p->counter + 1);

  p->counter = value;
  if (counts && p->cue.text != NULL && p->last >= p->cue.text)
    p->end = p->last;
}

static gboolean
has_digit (const char *line, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (g_ascii_isdigit (line[i]))
      return TRUE;
  return FALSE;
}

static void
add_line (Parser *p, const char *line, gsize n, guint number, gboolean after_blank)
{
  gint64 start_ms = ATTEST_NO_TIME, end_ms = ATTEST_NO_TIME;

  if (memmem (line, n, "->", 2) != NULL && parse_timing (line, n, &start_ms, &end_ms))
    {
      take_counter (p);
      close_cue (p);
      p->cue = (AttestCue){
        .start_ms = start_ms, .end_ms = end_ms, .line = number + 1, .text = line + n, .strict = TRUE
      };
      p->end = line + n;
      p->last = NULL;
      if (end_ms == ATTEST_NO_TIME)
        attest_document_warn (p->doc, number, "the end of this cue cannot be read");
      return;
    }
  if (memmem (line, n, "-->", 3) != NULL && has_digit (line, n))
    {
      attest_document_warn (p->doc, number,
                            "the time of this cue cannot be read; its text is kept");
      take_counter (p);
      close_cue (p);
      p->cue = (AttestCue){
        .start_ms = ATTEST_NO_TIME, .end_ms = ATTEST_NO_TIME, .line = number + 1, .text = line + n
      };
      p->end = line + n;
      p->last = NULL;
      return;
    }
  if (p->cue.text == NULL)
    p->cue = (AttestCue){
      .start_ms = ATTEST_NO_TIME, .end_ms = ATTEST_NO_TIME, .line = number, .text = line
    };
  p->end = line + n;
  p->last = line;
  p->last_bytes = n;
  p->last_after_blank = after_blank;
}

GArray *
attest_srt_parse (AttestDocument *doc, const char *text, gsize length_bytes)
{
  Parser p = { .doc = doc, .cues = g_array_new (FALSE, FALSE, sizeof (AttestCue)), .counter = -1 };
  gboolean blank = TRUE;
  guint number = 1;

  for (gsize at = 0; at < length_bytes; number++)
    {
      const char *line = text + at;
      const char *lf = memchr (line, '\n', length_bytes - at);
      gsize n = lf == NULL ? length_bytes - at : (gsize)(lf - line), i = 0;

      while (i < n && g_ascii_isspace (line[i]))
        i++;
      if (i < n)
        add_line (&p, line, n, number, blank);
      blank = i == n;
      at += n + 1;
    }
  close_cue (&p);
  return p.cues;
}

/* Times with an arrow in one of the first lines. */
static int
srt_probe (const AttestProbe *probe)
{
  g_auto (GStrv) lines = NULL;

  if (probe->head_text == NULL)
    return 0;
  lines = g_strsplit_set (probe->head_text, "\r\n", 12);
  for (guint i = 0; lines[i] != NULL && i < 11; i++)
    if (attest_srt_is_timing (lines[i], strlen (lines[i])))
      return ATTEST_PROBE_STRUCTURE;
  return g_strv_contains (suffixes, probe->suffix) ? ATTEST_PROBE_SUFFIX : 0;
}

static gboolean
srt_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  return attest_cues_read (doc, options, attest_srt_parse, error);
}

const AttestReader attest_reader_srt = { "srt", "SubRip subtitles", suffixes, srt_probe, srt_read };
