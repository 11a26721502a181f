#include "config.h"

#include "reader/attest-labels-private.h"

#include <string.h>

#include "model/attest-document.h"
#include "util/attest-limits.h"

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
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == 0x2019
         || c == 0xb7; /* "Enquêté·e" */
}

static inline gunichar
char_at (const char *text)
{
  return (guchar)*text < 0x80 ? (gunichar)*text : g_utf8_get_char (text);
}

/* The space at the cursor, which is @width bytes long, ends a name: another space follows, or a
 * bracket, or a dash between blanks; or all that follows is a time. */
static gboolean
space_ends_label (const AttestLabelCursor *c, gsize width)
{
  AttestLabelCursor after = { c->text, c->length_bytes, c->at + width };
  gint64 start_ms, end_ms;

  if (attest_label_space_width (&after) > 0 || attest_label_peek (&after, 0) == '(')
    return TRUE;
  if (attest_label_peek (&after, 0) == '-' && attest_label_peek (&after, 1) == ' ')
    return TRUE;
  if (width == 1 && !g_ascii_isdigit (attest_label_peek (&after, 0)))
    return FALSE;
  if (!attest_label_take_time (&after, &start_ms, &end_ms))
    return FALSE;
  attest_label_skip_space (&after);
  return attest_label_at_end (&after);
}

/* Bytes of ".-" or ".—" before a blank, as newspapers in Spanish write for a colon; 0: none. */
static gsize
spanish_colon (const AttestLabelCursor *c)
{
  gsize width = 0;

  if (attest_label_peek (c, 0) != '.')
    return 0;
  if (attest_label_peek (c, 1) == '-')
    width = 2;
  else if (attest_label_peek (c, 1) == 0xe2 && attest_label_peek (c, 2) == 0x80
           && (attest_label_peek (c, 3) == 0x93 || attest_label_peek (c, 3) == 0x94))
    width = 4;
  return width > 0 && attest_label_peek (c, width) == ' ' ? width : 0;
}

/* The end of a run that could be a name, or the start when it could not. */
static gsize
label_run (const AttestLabelCursor *c)
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
          AttestLabelCursor here = { c->text, c->length_bytes, i };

          width = (gsize)g_utf8_skip[byte];
          space = attest_label_space_width (&here);
          if (space > 0 ? space_ends_label (&here, space)
                        : !is_label_char (char_at (c->text + i)) || spanish_colon (&here) > 0)
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
take_numbered (AttestLabelCursor *c, AttestLabelLine *out)
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
take_label (AttestLabelCursor *c, AttestLabelLine *out)
{
  static const char open[] = "[{(<", close[] = "]})>";
  const char *bracket
      = attest_label_peek (c, 0) != 0 ? strchr (open, attest_label_peek (c, 0)) : NULL;
  AttestLabelCursor inner = *c;
  gsize end;

  if (bracket != NULL || attest_label_peek (c, 0) == '#' || attest_label_peek (c, 0) == '@')
    inner.at++;
  if (inner.at >= c->length_bytes)
    return;
  end = label_run (&inner);
  if (end == inner.at)
    return;
  if (bracket == NULL && c->text[end - 1] == ',')
    end--; /* "Ana Bell, [12.03.21 10:15]" */
  if (bracket != NULL && (end >= c->length_bytes || c->text[end] != close[bracket - open]))
    return;
  out->label_start = inner.at;
  out->label_end = end;
  out->kind = bracket != NULL ? ATTEST_LABEL_BRACKETS : ATTEST_LABEL_NONE;
  c->at = end + (bracket != NULL || (end < c->length_bytes && c->text[end] == ','));
}

/* "(female, farmer)" or "(0:01 - 0:11)" or "[00:42]" after a label. */
static void
take_brackets (AttestLabelCursor *c, AttestLabelLine *out)
{
  const char *close;

  attest_label_skip_space (c);
  if (attest_label_take_time (c, &out->start_ms, &out->end_ms) || attest_label_peek (c, 0) != '(')
    return;
  close = memchr (c->text + c->at, ')', MIN (c->length_bytes - c->at, 80));
  if (close == NULL)
    return;
  out->attr_start = c->at + 1;
  out->attr_end = (gsize)(close - c->text);
  c->at = out->attr_end + 1;
}

static gboolean
take_colon (AttestLabelCursor *c)
{
  gsize width = attest_label_peek (c, 0) == ':' ? 1 : spanish_colon (c);

  if (c->length_bytes - c->at >= 3 && memcmp (c->text + c->at, "\xef\xbc\x9a", 3) == 0)
    width = 3; /* full width */
  c->at += width;
  return width > 0;
}

/* " - " or " – " with blanks around it. */
static gboolean
take_dash (AttestLabelCursor *c)
{
  gsize width = attest_label_peek (c, 0) == '-' ? 1 : 0;

  if (attest_label_peek (c, 0) == 0xe2 && attest_label_peek (c, 1) == 0x80
      && (attest_label_peek (c, 2) == 0x93 || attest_label_peek (c, 2) == 0x94))
    width = 3;
  if (width == 0 || attest_label_peek (c, width) != ' ')
    return FALSE;
  c->at += width + 1;
  return TRUE;
}

/* A time after the label, which stands for a colon. */
static gboolean
take_second_time (AttestLabelCursor *c, AttestLabelLine *out)
{
  gint64 start = ATTEST_NO_TIME, end = ATTEST_NO_TIME;
  AttestLabelCursor after = *c;

  if (!attest_label_take_time (&after, &start, &end))
    return FALSE;
  out->start_ms = start;
  out->end_ms = end;
  *c = after;
  return TRUE;
}

/* "Name - 0:15" and nothing behind it. */
static void
take_dashed_time (AttestLabelCursor *c, AttestLabelLine *out)
{
  AttestLabelCursor after = *c;

  if (!take_dash (&after) || !take_second_time (&after, out))
    return;
  attest_label_skip_space (&after);
  if (attest_label_at_end (&after))
    *c = after;
  else
    out->start_ms = out->end_ms = ATTEST_NO_TIME;
}

/* What separates the label at the cursor from what is said. FALSE: nothing does, it is no label. */
static gboolean
take_separator (AttestLabelCursor *c, AttestLabelLine *out)
{
  gboolean had_time = out->start_ms != ATTEST_NO_TIME, blank, tab;

  take_brackets (c, out);
  attest_label_skip_space (c);
  if (take_colon (c))
    out->kind = ATTEST_LABEL_COLON;
  else if (!out->dated && attest_label_take_stamp (c) && attest_label_at_end (c))
    {
      out->kind = ATTEST_LABEL_COLON;
      out->dated = out->alone = TRUE;
      return TRUE;
    }
  tab = attest_label_peek (c, 0) == '\t' || (c->at > out->label_end && c->text[c->at - 1] == '\t');
  blank = attest_label_skip_space (c) > 0 || c->text[c->at - 1] == ' ';
  if (!had_time && out->start_ms == ATTEST_NO_TIME && !take_second_time (c, out) && blank)
    take_dashed_time (c, out);
  attest_label_skip_space (c);
  if (out->kind != ATTEST_LABEL_COLON && take_colon (c))
    out->kind = ATTEST_LABEL_COLON;
  attest_label_skip_space (c);
  out->alone = attest_label_at_end (c);
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
  attest_label_skip_space (c);
  return out->kind != ATTEST_LABEL_NONE;
}

/* "12<TAB>", "12.<TAB>", "•<TAB>": paragraphs that a program numbered. */
static void
skip_paragraph_number (AttestLabelCursor *c)
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
take_leading_time (AttestLabelCursor *c, AttestLabelLine *out)
{
  AttestLabelCursor before = *c;

  out->time_bracketed = !g_ascii_isdigit (attest_label_peek (c, 0));
  if (!attest_label_take_time (c, &out->start_ms, &out->end_ms))
    return FALSE;
  if (out->time_bracketed || memchr (c->text + before.at, ':', c->at - before.at) != NULL
      || attest_label_at_end (c) || attest_label_peek (c, 0) == '\t')
    return TRUE;
  *c = before;
  out->start_ms = out->end_ms = ATTEST_NO_TIME;
  return FALSE;
}

/* "0:0:0.0 --> 0:0:1.5", as Teams has it in Word; also "0:00 - 0:01". */
static void
take_arrow (AttestLabelCursor *c, AttestLabelLine *out)
{
  AttestLabelCursor after = *c;
  gint64 end, rest;

  attest_label_skip_space (&after);
  if (after.length_bytes - after.at > 3 && memcmp (after.text + after.at, "-->", 3) == 0)
    after.at += 3;
  else if (!take_dash (&after))
    return;
  attest_label_skip_space (&after);
  if (!attest_label_take_time (&after, &end, &rest))
    return;
  out->end_ms = end;
  *c = after;
}

/* "0:15 - Name (office)" and nothing behind it. */
static gboolean
take_name_after_dash (AttestLabelCursor *c, AttestLabelLine *out)
{
  AttestLabelCursor after = *c;

  if (!take_dash (&after))
    return FALSE;
  attest_label_skip_space (&after);
  take_label (&after, out);
  if (out->label_end == out->label_start || out->kind != ATTEST_LABEL_NONE)
    return FALSE;
  if (attest_label_peek (&after, 0) == ' ' || attest_label_peek (&after, 0) == '(')
    take_brackets (&after, out);
  attest_label_skip_space (&after);
  if (!attest_label_at_end (&after))
    return FALSE;
  out->kind = ATTEST_LABEL_COLON;
  out->time_after = TRUE;
  *c = after;
  return TRUE;
}

/* "From Ana Bell to Everyone:", in the chat of a meeting. */
static gboolean
take_chat_name (AttestLabelCursor *c, AttestLabelLine *out)
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
take_timed_label (AttestLabelCursor *c, AttestLabelLine *out)
{
  if (take_name_after_dash (c, out) || take_chat_name (c, out))
    return TRUE;
  out->kind = ATTEST_LABEL_NONE;
  out->label_start = out->label_end = out->attr_start = out->attr_end = 0;
  return FALSE;
}

/* "Q. Why?" and "A. It rained.", unless it begins a name: "A. Smith: Why?" */
static gboolean
take_lettered (AttestLabelCursor *c, AttestLabelLine *out)
{
  guchar letter = attest_label_peek (c, 0);
  guint words = 0;

  if ((letter != 'Q' && letter != 'A') || attest_label_peek (c, 1) != '.'
      || attest_label_peek (c, 2) != ' ')
    return FALSE;
  for (gsize i = out->label_start; i < out->label_end; i++)
    words += c->text[i] == ' ';
  if (out->kind == ATTEST_LABEL_COLON && words < 3)
    return FALSE;
  out->label_start = c->at;
  out->label_end = c->at + 1;
  out->attr_start = out->attr_end = 0;
  out->kind = ATTEST_LABEL_COLON;
  out->numbered = TRUE;
  c->at += 2;
  return TRUE;
}

/* "~ +996 555: text" behind a date: messengers know some people by number. */
static gboolean
take_any_name (AttestLabelCursor *c, AttestLabelLine *out)
{
  const char *start = c->text + c->at;
  gsize n = MIN (c->length_bytes - c->at, 4 * ATTEST_MAX_LABEL_CHARS);
  const char *colon = memmem (start, n, ": ", 2);

  if (colon == NULL || colon == start
      || g_utf8_strlen (start, colon - start) > ATTEST_MAX_LABEL_CHARS)
    return FALSE;
  out->label_start = c->at;
  out->label_end = (gsize)(colon - c->text);
  out->kind = ATTEST_LABEL_COLON;
  c->at = out->label_end + 2;
  return TRUE;
}

/* The label of any shape at the cursor, and what parts it from the text. */
static gboolean
take_labelled (AttestLabelCursor *c, AttestLabelLine *out)
{
  AttestLabelCursor plain = *c;
  gboolean good;

  if (take_numbered (c, out))
    return TRUE;
  take_label (&plain, out);
  good = out->label_end > out->label_start && take_separator (&plain, out);
  if (take_lettered (c, out))
    return TRUE;
  if (out->dated && (!good || out->kind != ATTEST_LABEL_COLON))
    good = take_any_name (c, out);
  else
    *c = plain;
  return good;
}

gboolean
attest_label_parse (const char *line, gsize length_bytes, AttestLabelLine *out)
{
  AttestLabelCursor c = { line, length_bytes, 0 };
  AttestLabelCursor numbered;

  *out = (AttestLabelLine){ .start_ms = ATTEST_NO_TIME, .end_ms = ATTEST_NO_TIME };
  attest_label_skip_space (&c);
  out->dated = attest_label_take_stamp (&c);
  attest_label_skip_space (&c);
  out->time_before = !out->dated && take_leading_time (&c, out);
  if (out->time_before)
    take_arrow (&c, out);
  attest_label_skip_space (&c);
  out->text_start = out->unlabelled_start = c.at;
  numbered = c;
  if (out->time_before && take_timed_label (&numbered, out))
    {
      attest_label_skip_space (&numbered);
      out->text_start = numbered.at;
      out->alone = attest_label_at_end (&numbered);
      return TRUE;
    }
  skip_paragraph_number (&numbered);
  attest_label_skip_space (&numbered);
  if (take_labelled (&numbered, out))
    {
      attest_label_skip_space (&numbered);
      out->text_start = numbered.at;
      out->alone = attest_label_at_end (&numbered);
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
      return out->dated;
    }
  out->alone = out->text_start >= length_bytes;
  return TRUE;
}

char *
attest_label_dup (const char *label, gsize length_bytes)
{
  AttestLabelCursor c = { label, length_bytes, 0 };
  GString *out = g_string_sized_new (length_bytes);

  while (!attest_label_at_end (&c))
    {
      gsize space = attest_label_space_width (&c);

      g_string_append_c (out, space > 0 ? ' ' : label[c.at]);
      c.at += MAX (space, 1);
    }
  return g_string_free (out, FALSE);
}
