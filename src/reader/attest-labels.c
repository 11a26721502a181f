#include "reader/attest-labels.h"

#include <string.h>

#include "model/attest-document.h"
#include "reader/attest-turns.h"
#include "util/attest-limits.h"

/* A cursor over one line. */
typedef struct
{
  const char *text;
  gsize length_bytes;
  gsize at;
} Cursor;

static guchar
peek (const Cursor *c, gsize ahead)
{
  return c->at + ahead < c->length_bytes ? (guchar)c->text[c->at + ahead] : 0;
}

static gboolean
at_end (const Cursor *c)
{
  return c->at >= c->length_bytes;
}

/* Bytes of a space at the cursor: a blank, or one of those that do not break (U+00A0, U+2007,
 * U+202F); 0: there is none. */
static gsize
space_width (const Cursor *c)
{
  if (peek (c, 0) == ' ')
    return 1;
  if (peek (c, 0) == 0xc2 && peek (c, 1) == 0xa0)
    return 2;
  return peek (c, 0) == 0xe2 && peek (c, 1) == 0x80 && (peek (c, 2) == 0x87 || peek (c, 2) == 0xaf)
             ? 3
             : 0;
}

/* Spaces of any kind, and TABs. */
static gsize
skip_space (Cursor *c)
{
  gsize from = c->at, width;

  while ((width = peek (c, 0) == '\t' ? 1 : space_width (c)) > 0)
    c->at += width;
  return c->at - from;
}

gboolean
attest_turns_parse_time (const char *text, gsize length_bytes, gint64 *out_ms)
{
  gint64 fields[3] = { 0, 0, 0 };
  gint64 fraction_ms = 0;
  guint n = 0, digits = 0;
  gsize i = 0;

  while (i < length_bytes && n < 3)
    {
      for (digits = 0; i < length_bytes && g_ascii_isdigit (text[i]) && digits < 4; i++, digits++)
        fields[n] = fields[n] * 10 + (text[i] - '0');
      if (digits == 0)
        return FALSE;
      n++;
      if (i < length_bytes && (text[i] == ':' || (text[i] == '.' && n < 2)) && n < 3)
        i++;
      else
        break;
      /* "7: 37" is how people type. */
      while (i < length_bytes
             && (text[i] == ' ' || (guchar)text[i] == 0xc2 || (guchar)text[i] == 0xa0))
        i++;
    }
  if (n < 2 || digits > 3 || (n == 3 && digits > 2))
    return FALSE;
  /* "hh:mm:ss:ff" counts frames, which are left out. */
  if (n == 3 && i + 3 == length_bytes && strchr (":;", text[i]) != NULL
      && g_ascii_isdigit (text[i + 1]) && g_ascii_isdigit (text[i + 2]))
    i += 3;
  if (i < length_bytes && (text[i] == '.' || text[i] == ',' || text[i] == '-'))
    {
      gint64 unit = 100;

      for (i++; i < length_bytes && g_ascii_isdigit (text[i]); i++, unit /= 10)
        fraction_ms += (text[i] - '0') * unit;
    }
  if (i != length_bytes || fields[n - 1] > 59 || (n == 3 && fields[1] > 59))
    return FALSE;
  *out_ms
      = (n == 3 ? (fields[0] * 60 + fields[1]) * 60 + fields[2] : fields[0] * 60 + fields[1]) * 1000
        + fraction_ms;
  return TRUE;
}

/* ";05" of "00:00:03;05": frames. */
static gboolean
is_frames (const Cursor *c, gsize i)
{
  return c->text[i] == ';' && i > c->at && g_ascii_isdigit (c->text[i - 1])
         && i + 2 < c->length_bytes && g_ascii_isdigit (c->text[i + 1])
         && g_ascii_isdigit (c->text[i + 2]);
}

/* The end of a run of digits and time punctuation. */
static gsize
time_run (const Cursor *c, gboolean spaces)
{
  gsize i = c->at;

  while (i < c->length_bytes
         && (g_ascii_isdigit (c->text[i]) || strchr (spaces ? ":.,- " : ":.,-", c->text[i]) != NULL
             || (spaces && ((guchar)c->text[i] >= 0x80)) || is_frames (c, i)))
    i++;
  return i;
}

/* "0:01 - 0:11", "8:16- 9:20", "20:58 – 21 :12": one time, or two with a dash between. */
static gboolean
parse_span (const char *text, gsize length_bytes, gint64 *start_ms, gint64 *end_ms)
{
  while (length_bytes > 0 && text[length_bytes - 1] == ' ')
    length_bytes--;
  if (attest_turns_parse_time (text, length_bytes, start_ms))
    return TRUE;
  for (gsize i = 1; i < length_bytes; i++)
    {
      gsize dash = text[i] == '-' || text[i] == '/'                                ? 1
                   : i + 2 < length_bytes && memcmp (text + i, "\xe2\x80", 2) == 0 ? 3
                                                                                   : 0;
      gsize left = i, right = i + dash;
      g_autofree char *tail = NULL;

      if (dash == 0)
        continue;
      while (left > 0 && (text[left - 1] == ' ' || (guchar)text[left - 1] >= 0x80))
        left--;
      while (right < length_bytes && (text[right] == ' ' || (guchar)text[right] >= 0x80))
        right++;
      /* "21\u00a0:12": the space before the colon belongs to nobody. */
      tail = g_strndup (text + right, length_bytes - right);
      {
        char *to = tail;
        for (const char *from = tail; *from != '\0'; from++)
          if (*from != ' ' && (guchar)*from < 0x80)
            *to++ = *from;
        *to = '\0';
      }
      if (attest_turns_parse_time (text, left, start_ms)
          && attest_turns_parse_time (tail, strlen (tail), end_ms))
        return TRUE;
    }
  return FALSE;
}

/* A time at the cursor, bare or in [] () {} ##. */
static gboolean
take_time (Cursor *c, gint64 *start_ms, gint64 *end_ms)
{
  static const char open[] = "[({#", close[] = "])}#";
  gint64 start = ATTEST_NO_TIME, end = ATTEST_NO_TIME;
  const char *bracket = peek (c, 0) != 0 ? strchr (open, peek (c, 0)) : NULL;
  Cursor inner = *c;
  gsize stop;

  if (bracket != NULL)
    inner.at++;
  stop = time_run (&inner, bracket != NULL);
  if (stop == inner.at || stop - inner.at > 64)
    return FALSE;
  if (bracket != NULL && (stop >= c->length_bytes || c->text[stop] != close[bracket - open]))
    return FALSE;
  if (!parse_span (c->text + inner.at, stop - inner.at, &start, &end))
    return FALSE;
  c->at = stop + (bracket != NULL);
  *start_ms = start;
  *end_ms = end;
  return TRUE;
}

/* clang-format off */
static const guchar ascii_label_chars[0x80] = {
  ['0' ... '9'] = 1, ['A' ... 'Z'] = 1, ['a' ... 'z'] = 1, ['\''] = 1, ['-'] = 1,
  ['_'] = 1, ['.'] = 1, ['/'] = 1, ['&'] = 1, [','] = 1,
};
/* clang-format on */

/* A character of a label that is no space. */
static inline gboolean
is_label_char (gunichar c)
{
  if (c < 0x80)
    return ascii_label_chars[c];
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == 0x2019;
}

static inline gunichar
char_at (const char *text)
{
  return (guchar)*text < 0x80 ? (gunichar)*text : g_utf8_get_char (text);
}

/* The space at the cursor, which is @width bytes long, ends a name: another space follows, or a
 * bracket, or a dash between blanks; or it does not break, and all that follows is a time. */
static gboolean
space_ends_label (const Cursor *c, gsize width)
{
  Cursor after = { c->text, c->length_bytes, c->at + width };
  gint64 start_ms, end_ms;

  if (space_width (&after) > 0 || peek (&after, 0) == '(')
    return TRUE;
  if (width == 1)
    return peek (&after, 0) == '-' && peek (&after, 1) == ' ';
  if (!take_time (&after, &start_ms, &end_ms))
    return FALSE;
  skip_space (&after);
  return at_end (&after);
}

/* The end of a run that could be a name, or the start when it could not. */
static gsize
label_run (const Cursor *c)
{
  gsize i = c->at, end = c->at;
  guint chars = 0, words = 1, letters = 0;

  if (i >= c->length_bytes || !g_unichar_isalpha (char_at (c->text + i)))
    return c->at;
  while (i < c->length_bytes && chars <= ATTEST_MAX_LABEL_CHARS)
    {
      const guchar byte = (guchar)c->text[i];
      gsize width = 1, space = 0;

      /* Each line of a transcript is tried; most of what is read here is letters. */
      if (!g_ascii_isalnum (byte))
        {
          Cursor here = { c->text, c->length_bytes, i };

          width = (gsize)g_utf8_skip[byte];
          space = space_width (&here);
          if (space > 0 ? space_ends_label (&here, space) : !is_label_char (char_at (c->text + i)))
            break;
        }
      /* A full stop inside is only that of an abbreviation: "Int.", "Mr. Doe". */
      if (byte == '.' && letters > 4)
        return c->at;
      if (space > 0)
        {
          if (++words > ATTEST_MAX_LABEL_WORDS)
            return c->at;
          letters = 0;
        }
      else
        {
          letters += byte != '.';
          end = i + width;
        }
      i += width;
      chars++;
    }
  return chars <= ATTEST_MAX_LABEL_CHARS ? end : c->at;
}

/* "Q1." and "A1)": the number counts questions, the letter speaks. */
static gboolean
take_numbered (Cursor *c, AttestLabelLine *out)
{
  gsize i = c->at + 1;

  if (c->at >= c->length_bytes || strchr ("QqAa", c->text[c->at]) == NULL)
    return FALSE;
  while (i < c->length_bytes && g_ascii_isdigit (c->text[i]) && i < c->at + 4)
    i++;
  if (i == c->at + 1 || i + 1 >= c->length_bytes || strchr (".):", c->text[i]) == NULL
      || (c->text[i + 1] != ' ' && c->text[i + 1] != '\t'))
    return FALSE;
  out->label_start = c->at;
  out->label_end = c->at + 1;
  out->kind = ATTEST_LABEL_COLON;
  out->numbered = TRUE;
  c->at = i + 1;
  return TRUE;
}

static void
take_label (Cursor *c, AttestLabelLine *out)
{
  static const char open[] = "[{(<", close[] = "]})>";
  const char *bracket = peek (c, 0) != 0 ? strchr (open, peek (c, 0)) : NULL;
  Cursor inner = *c;
  gsize end;

  if (bracket != NULL || peek (c, 0) == '#' || peek (c, 0) == '@')
    inner.at++;
  if (inner.at >= c->length_bytes)
    return;
  end = label_run (&inner);
  if (end == inner.at)
    return;
  if (bracket != NULL && (end >= c->length_bytes || c->text[end] != close[bracket - open]))
    return;
  out->label_start = inner.at;
  out->label_end = end;
  out->kind = bracket != NULL ? ATTEST_LABEL_BRACKETS : ATTEST_LABEL_NONE;
  c->at = end + (bracket != NULL);
}

/* "(female, farmer)" or "(0:01 - 0:11)" or "[00:42]" after a label. */
static void
take_brackets (Cursor *c, AttestLabelLine *out)
{
  const char *close;

  skip_space (c);
  if (take_time (c, &out->start_ms, &out->end_ms) || peek (c, 0) != '(')
    return;
  close = memchr (c->text + c->at, ')', MIN (c->length_bytes - c->at, 80));
  if (close == NULL)
    return;
  out->attr_start = c->at + 1;
  out->attr_end = (gsize)(close - c->text);
  c->at = out->attr_end + 1;
}

static gboolean
take_colon (Cursor *c)
{
  gsize width = peek (c, 0) == ':' ? 1 : 0;

  if (c->length_bytes - c->at >= 3 && memcmp (c->text + c->at, "\xef\xbc\x9a", 3) == 0)
    width = 3; /* full width */
  c->at += width;
  return width > 0;
}

/* " - " or " – " with blanks around it. */
static gboolean
take_dash (Cursor *c)
{
  gsize width = peek (c, 0) == '-' ? 1 : 0;

  if (peek (c, 0) == 0xe2 && peek (c, 1) == 0x80 && (peek (c, 2) == 0x93 || peek (c, 2) == 0x94))
    width = 3;
  if (width == 0 || peek (c, width) != ' ')
    return FALSE;
  c->at += width + 1;
  return TRUE;
}

/* A time after the label, which stands for a colon. */
static gboolean
take_second_time (Cursor *c, AttestLabelLine *out)
{
  gint64 start = ATTEST_NO_TIME, end = ATTEST_NO_TIME;
  Cursor after = *c;

  if (!take_time (&after, &start, &end))
    return FALSE;
  out->start_ms = start;
  out->end_ms = end;
  *c = after;
  return TRUE;
}

/* "Name - 0:15" and nothing behind it. */
static void
take_dashed_time (Cursor *c, AttestLabelLine *out)
{
  Cursor after = *c;

  if (!take_dash (&after) || !take_second_time (&after, out))
    return;
  skip_space (&after);
  if (at_end (&after))
    *c = after;
  else
    out->start_ms = out->end_ms = ATTEST_NO_TIME;
}

/* What separates the label at the cursor from what is said. FALSE: nothing does, it is no label. */
static gboolean
take_separator (Cursor *c, AttestLabelLine *out)
{
  gboolean had_time = out->start_ms != ATTEST_NO_TIME, blank, tab;

  take_brackets (c, out);
  skip_space (c);
  if (take_colon (c))
    out->kind = ATTEST_LABEL_COLON;
  tab = peek (c, 0) == '\t' || (c->at > out->label_end && c->text[c->at - 1] == '\t');
  blank = skip_space (c) > 0 || c->text[c->at - 1] == ' ';
  if (!had_time && out->start_ms == ATTEST_NO_TIME && !take_second_time (c, out) && blank)
    take_dashed_time (c, out);
  skip_space (c);
  if (out->kind != ATTEST_LABEL_COLON && take_colon (c))
    out->kind = ATTEST_LABEL_COLON;
  skip_space (c);
  out->alone = at_end (c);
  out->time_after = !had_time && out->start_ms != ATTEST_NO_TIME;
  if (out->kind == ATTEST_LABEL_COLON)
    return TRUE;
  if (out->alone && out->start_ms != ATTEST_NO_TIME)
    {
      out->kind = ATTEST_LABEL_COLON;
      out->by_time = had_time;
    }
  else if (out->alone && out->kind == ATTEST_LABEL_NONE)
    out->kind = ATTEST_LABEL_ALONE;
  else if (tab)
    out->kind = ATTEST_LABEL_TAB;
  else if (out->kind == ATTEST_LABEL_NONE && out->time_after)
    out->kind = ATTEST_LABEL_TIME;
  else if (out->kind == ATTEST_LABEL_NONE && blank && take_dash (c))
    out->kind = ATTEST_LABEL_DASH;
  skip_space (c);
  return out->kind != ATTEST_LABEL_NONE;
}

/* "12<TAB>", "12.<TAB>", "•<TAB>": paragraphs that a program numbered. */
static void
skip_paragraph_number (Cursor *c)
{
  gsize i = c->at;

  while (i < c->length_bytes && g_ascii_isdigit (c->text[i]) && i < c->at + 5)
    i++;
  if (i > c->at && i < c->length_bytes && (c->text[i] == '.' || c->text[i] == ')'))
    i++;
  else if (i == c->at && i < c->length_bytes && !g_unichar_isalnum (g_utf8_get_char (c->text + i)))
    i = (gsize)(g_utf8_next_char (c->text + i) - c->text);
  if (i > c->at && i < c->length_bytes && c->text[i] == '\t')
    c->at = i + 1;
}

/* The leading time. Bare "3.08" is one only before a TAB: prices and section numbers look alike. */
static gboolean
take_leading_time (Cursor *c, AttestLabelLine *out)
{
  Cursor before = *c;

  out->time_bracketed = !g_ascii_isdigit (peek (c, 0));
  if (!take_time (c, &out->start_ms, &out->end_ms))
    return FALSE;
  if (out->time_bracketed || memchr (c->text + before.at, ':', c->at - before.at) != NULL
      || at_end (c) || peek (c, 0) == '\t')
    return TRUE;
  *c = before;
  out->start_ms = out->end_ms = ATTEST_NO_TIME;
  return FALSE;
}

/* "0:0:0.0 --> 0:0:1.5", as Teams has it in Word; also "0:00 - 0:01". */
static void
take_arrow (Cursor *c, AttestLabelLine *out)
{
  Cursor after = *c;
  gint64 end, rest;

  skip_space (&after);
  if (after.length_bytes - after.at > 3 && memcmp (after.text + after.at, "-->", 3) == 0)
    after.at += 3;
  else if (!take_dash (&after))
    return;
  skip_space (&after);
  if (!take_time (&after, &end, &rest))
    return;
  out->end_ms = end;
  *c = after;
}

/* "0:15 - Name (office)" and nothing behind it. */
static gboolean
take_name_after_dash (Cursor *c, AttestLabelLine *out)
{
  Cursor after = *c;

  if (!take_dash (&after))
    return FALSE;
  skip_space (&after);
  take_label (&after, out);
  if (out->label_end == out->label_start || out->kind != ATTEST_LABEL_NONE)
    return FALSE;
  if (peek (&after, 0) == ' ' || peek (&after, 0) == '(')
    take_brackets (&after, out);
  skip_space (&after);
  if (!at_end (&after))
    return FALSE;
  out->kind = ATTEST_LABEL_COLON;
  out->time_after = TRUE;
  *c = after;
  return TRUE;
}

/* "From Ana Bell to Everyone:", in the chat of a meeting. */
static gboolean
take_chat_name (Cursor *c, AttestLabelLine *out)
{
  const char *line = c->text, *name, *end, *colon;

  if (c->length_bytes - c->at < 6 || memcmp (line + c->at, "From ", 5) != 0)
    return FALSE;
  name = line + c->at + 5;
  colon = memchr (name, ':', MIN (c->length_bytes - c->at - 5, 200));
  if (colon == NULL)
    return FALSE;
  while (*name == ' ')
    name++;
  end = g_strstr_len (name, colon - name, " to ");
  end = end != NULL ? end : colon;
  while (end > name && end[-1] == ' ')
    end--;
  if (end == name || g_utf8_strlen (name, end - name) > ATTEST_MAX_LABEL_CHARS)
    return FALSE;
  out->label_start = (gsize)(name - line);
  out->label_end = (gsize)(end - line);
  out->kind = ATTEST_LABEL_COLON;
  out->time_after = out->addressed = TRUE;
  c->at = (gsize)(colon - line) + 1;
  return TRUE;
}

/* A label in one of the shapes that only stand behind a time. */
static gboolean
take_timed_label (Cursor *c, AttestLabelLine *out)
{
  if (take_name_after_dash (c, out) || take_chat_name (c, out))
    return TRUE;
  out->kind = ATTEST_LABEL_NONE;
  out->label_start = out->label_end = out->attr_start = out->attr_end = 0;
  return FALSE;
}

gboolean
attest_label_parse (const char *line, gsize length_bytes, AttestLabelLine *out)
{
  Cursor c = { line, length_bytes, 0 };
  Cursor numbered;

  *out = (AttestLabelLine){ .start_ms = ATTEST_NO_TIME, .end_ms = ATTEST_NO_TIME };
  skip_space (&c);
  out->time_before = take_leading_time (&c, out);
  if (out->time_before)
    take_arrow (&c, out);
  skip_space (&c);
  out->text_start = out->unlabelled_start = c.at;
  numbered = c;
  if (out->time_before && take_timed_label (&numbered, out))
    {
      skip_space (&numbered);
      out->text_start = numbered.at;
      out->alone = at_end (&numbered);
      return TRUE;
    }
  skip_paragraph_number (&numbered);
  skip_space (&numbered);
  if (!take_numbered (&numbered, out))
    take_label (&numbered, out);
  if (out->label_end > out->label_start && (out->numbered || take_separator (&numbered, out)))
    {
      skip_space (&numbered);
      out->text_start = numbered.at;
      out->alone = at_end (&numbered);
      return TRUE;
    }
  out->kind = ATTEST_LABEL_NONE;
  out->label_start = out->label_end = 0;
  out->attr_start = out->attr_end = 0;
  out->text_start = out->unlabelled_start;
  out->time_after = FALSE;
  if (!out->time_before)
    {
      out->start_ms = out->end_ms = ATTEST_NO_TIME;
      return FALSE;
    }
  out->alone = out->text_start >= length_bytes;
  return TRUE;
}

char *
attest_label_dup (const char *label, gsize length_bytes)
{
  Cursor c = { label, length_bytes, 0 };
  GString *out = g_string_sized_new (length_bytes);

  while (!at_end (&c))
    {
      gsize space = space_width (&c);

      g_string_append_c (out, space > 0 ? ' ' : label[c.at]);
      c.at += MAX (space, 1);
    }
  return g_string_free (out, FALSE);
}

gsize
attest_label_trailing_seconds (const char *text, gsize length_bytes, gint64 *out_ms)
{
  gint64 whole = 0, tenths = 0;
  gsize i = length_bytes;

  /* "[73.4s]": digits, a point, one or two digits. */
  if (length_bytes < 6 || text[length_bytes - 1] != ']' || text[length_bytes - 2] != 's')
    return length_bytes;
  for (i = length_bytes - 2; i > 0 && length_bytes - i < 12 && text[i - 1] != '['; i--)
    ;
  if (i == 0 || text[i - 1] != '[' || !g_ascii_isdigit (text[i]))
    return length_bytes;
  {
    gsize at = i;

    for (; g_ascii_isdigit (text[at]) && at - i < 6; at++)
      whole = whole * 10 + (text[at] - '0');
    if (text[at] == '.' && g_ascii_isdigit (text[at + 1]))
      {
        tenths = text[at + 1] - '0';
        for (at++; g_ascii_isdigit (text[at]); at++)
          ;
      }
    if (at != length_bytes - 2)
      return length_bytes;
  }
  *out_ms = whole * 1000 + tenths * 100;
  return i - 1;
}

gsize
attest_label_trailing_time (const char *text, gsize length_bytes, gint64 *out_ms)
{
  gint64 end_ms;

  for (gsize back = 4; back <= MIN (length_bytes, 20); back++)
    {
      Cursor c = { text, length_bytes, length_bytes - back };

      if (strchr ("[#", text[c.at]) != NULL && take_time (&c, out_ms, &end_ms) && at_end (&c))
        return length_bytes - back;
    }
  return length_bytes;
}
