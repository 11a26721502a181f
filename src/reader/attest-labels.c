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

/* Spaces, TABs and no-break spaces. */
static gsize
skip_space (Cursor *c)
{
  gsize from = c->at;

  for (;;)
    {
      if (peek (c, 0) == ' ' || peek (c, 0) == '\t')
        c->at++;
      else if (peek (c, 0) == 0xc2 && peek (c, 1) == 0xa0)
        c->at += 2;
      else
        return c->at - from;
    }
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

/* The end of a run of digits and time punctuation. */
static gsize
time_run (const Cursor *c, gboolean spaces)
{
  gsize i = c->at;

  while (i < c->length_bytes
         && (g_ascii_isdigit (c->text[i]) || strchr (spaces ? ":.,- " : ":.,-", c->text[i]) != NULL
             || (spaces && ((guchar)c->text[i] >= 0x80))))
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

static gboolean
is_label_char (gunichar c)
{
  /* clang-format off */
  static const guchar ascii[0x80] = {
    ['0' ... '9'] = 1, ['A' ... 'Z'] = 1, ['a' ... 'z'] = 1, [' '] = 1, ['\''] = 1, ['-'] = 1,
    ['_'] = 1, ['.'] = 1, ['/'] = 1, ['&'] = 1, [','] = 1,
  };
  /* clang-format on */

  if (c < 0x80)
    return ascii[c];
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == 0x2019 || c == 0xa0;
}

static inline gunichar
char_at (const char *text)
{
  return (guchar)*text < 0x80 ? (gunichar)*text : g_utf8_get_char (text);
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
      gunichar ch = char_at (c->text + i);
      gsize width = (gsize)g_utf8_skip[(guchar)c->text[i]];

      if (!is_label_char (ch))
        break;
      /* Two spaces end a name: a time follows. */
      if (ch == ' ' && i + 1 < c->length_bytes && (c->text[i + 1] == ' ' || c->text[i + 1] == '('))
        break;
      /* A full stop inside is only that of an abbreviation: "Int.", "Mr. Doe". */
      if (ch == '.' && letters > 4)
        return c->at;
      if (ch == ' ')
        {
          if (++words > ATTEST_MAX_LABEL_WORDS)
            return c->at;
          letters = 0;
        }
      else
        {
          letters += ch != '.';
          end = i + width;
        }
      i += width;
      chars++;
    }
  return chars <= ATTEST_MAX_LABEL_CHARS ? end : c->at;
}

static void
take_label (Cursor *c, AttestLabelLine *out)
{
  gboolean bracketed = peek (c, 0) == '[' || peek (c, 0) == '{';
  Cursor inner = *c;
  gsize end;

  if (bracketed || peek (c, 0) == '#' || peek (c, 0) == '@')
    inner.at++;
  if (inner.at >= c->length_bytes)
    return;
  end = label_run (&inner);
  if (end == inner.at)
    return;
  if (bracketed && (end >= c->length_bytes || (c->text[end] != ']' && c->text[end] != '}')))
    return;
  out->label_start = inner.at;
  out->label_end = end;
  out->bracketed = bracketed;
  c->at = end + bracketed;
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

gboolean
attest_label_parse (const char *line, gsize length_bytes, AttestLabelLine *out)
{
  Cursor c = { line, length_bytes, 0 };
  gboolean timed;

  *out = (AttestLabelLine){ .start_ms = ATTEST_NO_TIME, .end_ms = ATTEST_NO_TIME };
  skip_space (&c);
  timed = take_time (&c, &out->start_ms, &out->end_ms);
  skip_space (&c);
  out->text_start = out->unlabelled_start = c.at;
  take_label (&c, out);
  if (out->label_end > out->label_start)
    {
      take_brackets (&c, out);
      skip_space (&c);
      if (peek (&c, 0) == ':')
        {
          out->colon = TRUE;
          c.at++;
        }
      skip_space (&c);
      if (out->start_ms == ATTEST_NO_TIME || !timed)
        {
          gint64 start, end;
          Cursor after = c;

          if (take_time (&after, &start, &end))
            {
              out->start_ms = start;
              out->end_ms = end;
              c = after;
            }
        }
      skip_space (&c);
      if (peek (&c, 0) == ':' && !out->colon)
        {
          out->colon = TRUE;
          c.at++;
          skip_space (&c);
        }
      /* Without a colon, a name stands alone on its line, or it is none. */
      if (out->colon || at_end (&c))
        {
          out->text_start = c.at;
          out->alone = at_end (&c);
          out->time_after = !timed && out->start_ms != ATTEST_NO_TIME;
          if (!(out->bracketed && !out->colon && out->start_ms == ATTEST_NO_TIME))
            return TRUE;
        }
    }
  out->label_start = out->label_end = 0;
  out->attr_start = out->attr_end = 0;
  out->text_start = out->unlabelled_start;
  if (!timed)
    return FALSE;
  out->alone = out->text_start >= length_bytes;
  return TRUE;
}

/* Words that stand before a colon and are nobody. */
static const char *const never_labels[]
    = { "note",    "notes", "nb",   "n.b.",       "http",       "https", "e.g.",
        "i.e.",    "ps",    "p.s.", "objective",  "source",     "re",    "fw",
        "subject", "objet", "nota", "примечание", "transcript", NULL };

gboolean
attest_label_is_known (const char *folded)
{
  static const char *const words[] = { "interviewer",
                                       "respondent",
                                       "moderator",
                                       "facilitator",
                                       "evaluator",
                                       "interviewee",
                                       "interpreter",
                                       "chercheur",
                                       "interviewé",
                                       "interviewée",
                                       "interviewe",
                                       "enquêté",
                                       "entrevistado",
                                       "entrevistada",
                                       "respondante",
                                       "answer",
                                       "question",
                                       "enquêteur",
                                       "enquêtrice",
                                       "entrevistador",
                                       "entrevistadora",
                                       "интервьюер",
                                       "респондент",
                                       "модератор",
                                       "переводчик",
                                       "i",
                                       "r",
                                       "q",
                                       "a",
                                       "и",
                                       "р",
                                       NULL };
  gsize stem = strlen (folded);

  if (g_strv_contains (words, folded))
    return TRUE;
  while (stem > 0 && (g_ascii_isdigit (folded[stem - 1]) || folded[stem - 1] == ' '))
    stem--;
  if (stem == strlen (folded) || stem == 0 || folded[0] == 'q')
    return FALSE;
  {
    g_autofree char *word = g_strndup (folded, stem);
    static const char *const numbered[]
        = { "r",          "p",        "f",         "m",   "participant", "respondent",
            "speaker",    "speaker_", "informant", "kii", "fgd",         "répondant",
            "респондент", "участник", "участница", NULL };

    return g_strv_contains (numbered, word);
  }
}

gboolean
attest_label_is_never (const char *folded)
{
  gboolean question = folded[0] == 'q' && g_ascii_isdigit (folded[1]);

  return question || g_strv_contains (never_labels, folded);
}
