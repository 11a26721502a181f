/* WebVTT: the block algorithm of the standard (https://www.w3.org/TR/webvtt1/#file-parsing), and
 * what it would drop is kept as a cue that is not strict, with a warning: a transcript must not
 * lose speech. */
#include "config.h"

#include <string.h>

#include "reader/attest-cues.h"
#include "reader/attest-reader-private.h"

static const char *const suffixes[] = { "vtt", "webvtt", NULL };

typedef struct
{
  const char *text;
  gsize length_bytes;
  guint line; /* from 1 */
} Line;

typedef struct
{
  AttestDocument *doc;
  const char *text;
  gsize length_bytes;
  gsize at;   /* of the next line */
  guint line; /* its number */
  GArray *cues;
  gboolean signature;
  guint loose; /* cues with times that the standard does not allow */
  guint loose_line;
} Parser;

/* A block while it is being collected. */
typedef struct
{
  guint n_lines;
  Line first;
  Line timing; /* its text is NULL when there is none */
  const char *body, *body_end;
  guint body_line;
} Block;

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\f' || c == '\n';
}

static gboolean
next_line (Parser *p, Line *line)
{
  const char *lf;

  if (p->at >= p->length_bytes)
    return FALSE;
  line->text = p->text + p->at;
  lf = memchr (line->text, '\n', p->length_bytes - p->at);
  line->length_bytes = lf == NULL ? p->length_bytes - p->at : (gsize)(lf - line->text);
  line->line = p->line++;
  p->at += line->length_bytes + 1;
  return TRUE;
}

static void
put_back (Parser *p, const Line *line)
{
  p->at = (gsize)(line->text - p->text);
  p->line = line->line;
}

static gboolean
has_arrow (const Line *line)
{
  return memmem (line->text, line->length_bytes, "-->", 3) != NULL;
}

/* Digits at @i: their number, and the value. */
static gsize
take_digits (const char *text, gsize length_bytes, gsize i, gint64 *value)
{
  gsize n = 0;

  for (*value = 0; i + n < length_bytes && g_ascii_isdigit (text[i + n]); n++)
    *value = MIN (*value * 10 + (text[i + n] - '0'), G_GINT64_CONSTANT (99999999));
  return n;
}

/* The standard's timestamp: bytes read, or 0. */
static gsize
strict_time (const char *text, gsize length_bytes, gint64 *out_ms)
{
  gint64 first, second, third, fraction;
  gsize i = take_digits (text, length_bytes, 0, &first), digits = i;
  gboolean hours;

  if (digits == 0 || i >= length_bytes || text[i++] != ':'
      || take_digits (text, length_bytes, i, &second) != 2)
    return 0;
  i += 2;
  hours = digits != 2 || first > 59 || (i < length_bytes && text[i] == ':');
  if (hours)
    {
      if (i >= length_bytes || text[i++] != ':' || take_digits (text, length_bytes, i, &third) != 2)
        return 0;
      i += 2;
    }
  else
    {
      third = second;
      second = first;
      first = 0;
    }
  if (i >= length_bytes || text[i++] != '.' || take_digits (text, length_bytes, i, &fraction) != 3
      || second > 59 || third > 59)
    return 0;
  *out_ms = ((first * 60 + second) * 60 + third) * 1000 + fraction;
  return i + 3;
}

typedef gsize (*TimeParser) (const char *text, gsize length_bytes, gint64 *out_ms);

static gboolean
parse_timing (const Line *line, TimeParser parse_time, gint64 *start_ms, gint64 *end_ms)
{
  const char *text = line->text;
  gsize n = line->length_bytes, i = 0, width;

  while (i < n && is_space (text[i]))
    i++;
  width = parse_time (text + i, n - i, start_ms);
  if (width == 0)
    return FALSE;
  i += width;
  while (i < n && is_space (text[i]))
    i++;
  if (n - i < 3 || memcmp (text + i, "-->", 3) != 0)
    return FALSE;
  i += 3;
  while (i < n && is_space (text[i]))
    i++;
  return parse_time (text + i, n - i, end_ms) > 0;
}

/* "Key: value" lines are metadata of that name, others of the name @fallback. */
static void
add_metadata (Parser *p, const char *text, const char *end, const char *fallback)
{
  g_autofree char *copy = g_utf8_make_valid (text, end - text);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);
  g_autoptr (GString) rest = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    {
      char *colon = strchr (g_strstrip (*line), ':');

      if (colon != NULL && colon > *line && colon - *line <= 40 && !g_str_has_prefix (colon, "://"))
        {
          *colon = '\0';
          attest_document_add_metadata (p->doc, *line, g_strstrip (colon + 1));
        }
      else if (**line != '\0')
        g_string_append_printf (rest, "%s%s", rest->len > 0 ? " " : "", *line);
    }
  attest_document_add_metadata (p->doc, fallback, rest->str);
}

/* The first line; without "WEBVTT" everything is read all the same. */
static void
read_header (Parser *p)
{
  Line line;
  const char *start, *end;

  if (!next_line (p, &line))
    return;
  p->signature = line.length_bytes >= 6 && memcmp (line.text, "WEBVTT", 6) == 0
                 && (line.length_bytes == 6 || line.text[6] == ' ' || line.text[6] == '\t');
  if (!p->signature)
    {
      attest_document_warn (p->doc, 1, "does not begin with WEBVTT; read as cues all the same");
      put_back (p, &line);
      return;
    }
  start = line.text + 6;
  end = line.text + line.length_bytes;
  while (start < end && (is_space (*start) || *start == '-'))
    start++;
  if (end > start)
    add_metadata (p, start, end, "title");
  start = end = line.text + line.length_bytes;
  while (next_line (p, &line) && line.length_bytes > 0)
    {
      if (has_arrow (&line))
        {
          put_back (p, &line);
          break;
        }
      end = line.text + line.length_bytes;
    }
  if (end > start)
    add_metadata (p, start, end, "header");
}

static gboolean
collect_block (Parser *p, Block *block)
{
  Line line;

  *block = (Block){ 0 };
  do
    if (!next_line (p, &line))
      return FALSE;
  while (line.length_bytes == 0);
  do
    {
      gboolean arrow = has_arrow (&line);

      if (line.length_bytes == 0)
        break;
      block->n_lines++;
      if (arrow && block->timing.text == NULL && block->n_lines <= 2)
        {
          block->timing = line;
          block->body = block->body_end = line.text + line.length_bytes;
          block->body_line = line.line + 1;
        }
      else if (arrow)
        {
          put_back (p, &line);
          break;
        }
      else
        {
          if (block->n_lines == 1)
            {
              block->body = line.text;
              block->body_line = line.line;
            }
          block->body_end = line.text + line.length_bytes;
        }
      if (block->n_lines == 1)
        block->first = line;
    }
  while (next_line (p, &line));
  return TRUE;
}

static gboolean
first_word_is (const Block *block, const char *word)
{
  gsize n = strlen (word);

  return block->first.length_bytes >= n && memcmp (block->first.text, word, n) == 0
         && (block->first.length_bytes == n || is_space (block->first.text[n]));
}

/* A counter or an identifier that lost its cue: one word with a digit in it, alone. */
static gboolean
is_identifier (const Block *block)
{
  gboolean digit = FALSE;

  for (gsize i = 0; i < block->first.length_bytes; i++)
    {
      char c = block->first.text[i];

      if (!g_ascii_isxdigit (c) && c != '-' && c != '/')
        return FALSE;
      digit |= g_ascii_isdigit (c);
    }
  return digit && block->n_lines == 1;
}

static AttestCue
new_cue (const Block *block)
{
  const char *body = block->body;

  if (body < block->body_end && *body == '\n')
    body++;
  return (AttestCue){ .start_ms = ATTEST_NO_TIME,
                      .end_ms = ATTEST_NO_TIME,
                      .line = block->body_line,
                      .text = body,
                      .length_bytes = (gsize)(block->body_end - body) };
}

static void
add_stray_text (Parser *p, const Block *block)
{
  AttestCue cue = new_cue (block);
  const AttestCue *last;

  if (first_word_is (block, "NOTE"))
    {
      add_metadata (p, block->body + 4, block->body_end, "note");
      return;
    }
  if (first_word_is (block, "STYLE") || first_word_is (block, "REGION") || is_identifier (block))
    return;
  last = p->cues->len == 0 ? NULL : &g_array_index (p->cues, AttestCue, p->cues->len - 1);
  cue.continues = last != NULL && last->length_bytes > 0;
  if (last != NULL && last->length_bytes == 0)
    {
      /* A blank line between the times and the text. */
      cue.start_ms = last->start_ms;
      cue.end_ms = last->end_ms;
    }
  else
    attest_document_warn (p->doc, block->body_line,
                          "text outside of a cue; taken as what was said before, without a time");
  attest_cues_add (p->cues, &cue);
}

static gboolean
has_digit (const Line *line)
{
  for (gsize i = 0; i < line->length_bytes; i++)
    if (g_ascii_isdigit (line->text[i]))
      return TRUE;
  return FALSE;
}

static void
add_cue (Parser *p, const Block *block)
{
  AttestCue cue = new_cue (block);

  if (block->first.text != block->timing.text)
    {
      cue.id = block->first.text;
      cue.id_bytes = block->first.length_bytes;
    }
  cue.strict
      = p->signature && parse_timing (&block->timing, strict_time, &cue.start_ms, &cue.end_ms);
  if (!cue.strict)
    {
      if (parse_timing (&block->timing, attest_cues_parse_time, &cue.start_ms, &cue.end_ms))
        {
          if (p->loose++ == 0)
            p->loose_line = block->timing.line;
        }
      else
        {
          cue.start_ms = cue.end_ms = ATTEST_NO_TIME;
          /* "go --> there" is no time but was said, with the line above it. */
          if (!has_digit (&block->timing))
            {
              cue.text = block->first.text;
              cue.length_bytes = (gsize)(block->body_end - block->first.text);
              cue.line = block->first.line;
            }
          attest_document_warn (p->doc, block->timing.line,
                                "the time of this cue cannot be read; its text is kept");
        }
    }
  attest_cues_add (p->cues, &cue);
}

GArray *
attest_vtt_parse (AttestDocument *doc, const char *text, gsize length_bytes)
{
  Parser p = { .doc = doc,
               .text = text,
               .length_bytes = length_bytes,
               .line = 1,
               .cues = g_array_new (FALSE, FALSE, sizeof (AttestCue)) };
  Block block;

  read_header (&p);
  while (collect_block (&p, &block))
    {
      if (block.timing.text != NULL)
        add_cue (&p, &block);
      else
        add_stray_text (&p, &block);
    }
  if (p.loose > 0 && p.signature)
    attest_document_warn (doc, p.loose_line,
                          "%u cues have times that WebVTT does not allow, the first here; they are "
                          "read by their sense",
                          p.loose);
  return p.cues;
}

static int
vtt_probe (const AttestProbe *probe)
{
  if (probe->head_text == NULL)
    return 0;
  if (g_str_has_prefix (probe->head_text, "WEBVTT")
      || g_str_has_prefix (probe->head_text, "\xef\xbb\xbfWEBVTT"))
    return ATTEST_PROBE_MAGIC;
  if (g_strv_contains (suffixes, probe->suffix) && strstr (probe->head_text, "-->") != NULL)
    return ATTEST_PROBE_STRUCTURE + 1;
  return 0;
}

static gboolean
vtt_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  return attest_cues_read (doc, options, attest_vtt_parse, error);
}

const AttestReader attest_reader_vtt = { "vtt", "WebVTT captions", suffixes, vtt_probe, vtt_read };
