/* attest-label-times: the times in a line of a transcript, in all their shapes. */
#include "reader/attest-labels-private.h"

#include <string.h>

#include "model/attest-document.h"
#include "reader/attest-turns.h"

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
is_frames (const AttestLabelCursor *c, gsize i)
{
  return c->text[i] == ';' && i > c->at && g_ascii_isdigit (c->text[i - 1])
         && i + 2 < c->length_bytes && g_ascii_isdigit (c->text[i + 1])
         && g_ascii_isdigit (c->text[i + 2]);
}

/* The end of a run of digits and time punctuation. */
static gsize
time_run (const AttestLabelCursor *c, gboolean spaces)
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

gboolean
attest_label_take_time (AttestLabelCursor *c, gint64 *start_ms, gint64 *end_ms)
{
  static const char open[] = "[({#", close[] = "])}#";
  gint64 start = ATTEST_NO_TIME, end = ATTEST_NO_TIME;
  const char *bracket
      = attest_label_peek (c, 0) != 0 ? strchr (open, attest_label_peek (c, 0)) : NULL;
  AttestLabelCursor inner = *c;
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

static guint
take_digits (AttestLabelCursor *c, guint max)
{
  guint n = 0;

  for (; n < max && g_ascii_isdigit (attest_label_peek (c, 0)); n++)
    c->at++;
  return n;
}

/* "12/03/21", "12.3.2021", "2021-03-12". */
static gboolean
take_date (AttestLabelCursor *c)
{
  AttestLabelCursor after = *c;
  guint first = take_digits (&after, 4), last;
  guchar sign = attest_label_peek (&after, 0);

  if (first == 0 || first == 3 || (sign != '/' && sign != '.' && sign != '-'))
    return FALSE;
  after.at++;
  if (take_digits (&after, 2) == 0 || attest_label_peek (&after, 0) != sign)
    return FALSE;
  after.at++;
  last = take_digits (&after, 4);
  if (first == 4 ? last == 0 || last > 2 : last != 2 && last != 4)
    return FALSE;
  *c = after;
  return TRUE;
}

/* "10:15", "10:15:33". */
static gboolean
take_time_of_day (AttestLabelCursor *c)
{
  if (take_digits (c, 2) == 0 || attest_label_peek (c, 0) != ':')
    return FALSE;
  c->at++;
  if (take_digits (c, 2) != 2)
    return FALSE;
  if (attest_label_peek (c, 0) == ':')
    {
      c->at++;
      return take_digits (c, 2) == 2;
    }
  return TRUE;
}

/* "am", "PM", "p. m." */
static void
skip_half_of_day (AttestLabelCursor *c)
{
  AttestLabelCursor after = *c;

  attest_label_skip_space (&after);
  if (attest_label_peek (&after, 0) == 0 || strchr ("apAP", attest_label_peek (&after, 0)) == NULL)
    return;
  after.at++;
  after.at += attest_label_peek (&after, 0) == '.';
  attest_label_skip_space (&after);
  if (g_ascii_tolower ((char)attest_label_peek (&after, 0)) != 'm')
    return;
  after.at++;
  after.at += attest_label_peek (&after, 0) == '.';
  *c = after;
}

gboolean
attest_label_take_stamp (AttestLabelCursor *c)
{
  AttestLabelCursor after = *c;
  gboolean bracket = attest_label_peek (c, 0) == '[';

  after.at += bracket;
  if (!take_date (&after))
    return FALSE;
  after.at += attest_label_peek (&after, 0) == ',';
  attest_label_skip_space (&after);
  if (!take_time_of_day (&after))
    return FALSE;
  skip_half_of_day (&after);
  if (bracket && attest_label_peek (&after, 0) == ']')
    after.at++;
  else if (bracket || attest_label_peek (&after, 0) != ' ' || attest_label_peek (&after, 1) != '-'
           || attest_label_peek (&after, 2) != ' ')
    return FALSE;
  else
    after.at += 3;
  *c = after;
  return TRUE;
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
      AttestLabelCursor c = { text, length_bytes, length_bytes - back };

      if (strchr ("[#", text[c.at]) != NULL && attest_label_take_time (&c, out_ms, &end_ms)
          && attest_label_at_end (&c))
        return length_bytes - back;
    }
  return length_bytes;
}
