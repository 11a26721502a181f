#include "reader/attest-chat.h"

#include <string.h>

#include "reader/attest-times.h"

/* Codes and words are shorter, bytes: what is looked for ahead is looked for so far. */
#define MAX_CODE_BYTES 1000

/* U+0015 around the times of a stretch. */
#define BULLET '\x15'

typedef struct
{
  const char *p, *end;
  GString *out;
  gint64 *start_ms, *end_ms;
  AttestChatCounts *counts;
  gboolean shortened; /* inside of the brackets of "(be)cause" */
} Line;

/* --- output -------------------------------------------------------------------------------- */

static void
put_space (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != ' ')
    g_string_append_c (out, ' ');
}

/* CHAT has blanks around punctuation; people have not. */
static void
put_closing (GString *out, const char *mark)
{
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append (out, mark);
}

static void
put_mark (GString *out, const char *text, gsize length_bytes)
{
  g_autofree char *copy = g_strndup (text, length_bytes);

  g_strdelimit (copy, "_[]\n\t", ' ');
  g_strstrip (copy);
  if (*copy == '\0')
    return;
  put_space (out);
  g_string_append_printf (out, "[%s] ", copy);
}

/* --- pieces -------------------------------------------------------------------------------- */

gboolean
attest_chat_parse_bullet (const char *text, gsize length_bytes, gint64 *out_start_ms,
                          gint64 *out_end_ms)
{
  double numbers[2];
  const char *p = text + length_bytes;

  for (guint i = 2; i-- > 0;)
    {
      const char *digits;
      double value = 0;

      while (p > text && !g_ascii_isdigit (p[-1]))
        {
          if (strchr ("_ -\t", p[-1]) == NULL)
            return FALSE;
          p--;
        }
      digits = p;
      while (p > text && g_ascii_isdigit (p[-1]))
        p--;
      if (digits == p)
        return FALSE;
      for (const char *d = p; d < digits; d++)
        value = value * 10 + (*d - '0');
      numbers[i] = value;
    }
  *out_start_ms = attest_time_to_ms (numbers[0], 1);
  *out_end_ms = attest_time_to_ms (numbers[1], 1);
  return TRUE;
}

static void
take_bullet (Line *line)
{
  const char *close
      = memchr (line->p + 1, BULLET, MIN ((gsize)(line->end - line->p - 1), MAX_CODE_BYTES));
  gint64 start_ms, end_ms;

  if (close == NULL)
    {
      line->p++;
      return;
    }
  if (attest_chat_parse_bullet (line->p + 1, (gsize)(close - line->p - 1), &start_ms, &end_ms))
    {
      if (*line->start_ms < 0)
        *line->start_ms = start_ms;
      *line->end_ms = MAX (*line->end_ms, end_ms);
    }
  line->p = close + 1;
  put_space (line->out);
}

/* "[…]": a code, or an event. What is none of CHAT's codes stays. */
static void
take_brackets (Line *line)
{
  const char *close = memchr (line->p, ']', MIN ((gsize)(line->end - line->p), MAX_CODE_BYTES));
  const char *code = line->p + 1;
  gsize n;

  if (close == NULL || close == code)
    {
      g_string_append_c (line->out, *line->p++);
      return;
    }
  n = (gsize)(close - code);
  line->p = close + 1;
  if (n > 2 && code[0] == '=' && code[1] == '!')
    put_mark (line->out, code + 2, n - 2);
  else if (strchr ("=:/*?><!%+-^#$\"", code[0]) != NULL || (n == 1 && code[0] == 'e')
           || (n > 2 && code[0] == 'x' && code[1] == ' ' && g_ascii_isdigit (code[2])))
    line->counts->n_codes++;
  else
    put_mark (line->out, code, n);
}

/* "(.)" and "(1:02.5)" are pauses; "(be)cause" is the word, shortened. */
static void
take_parenthesis (Line *line)
{
  const char *close = line->p + 1;
  gboolean pause = TRUE;

  while (close < line->end && *close != ')' && *close != '(' && !g_ascii_isspace (*close))
    {
      pause &= g_ascii_isdigit (*close) || *close == '.' || *close == ':';
      close++;
    }
  if (close >= line->end || *close != ')' || close == line->p + 1)
    {
      g_string_append_c (line->out, *line->p++);
      return;
    }
  if (pause)
    {
      line->counts->n_pauses++;
      line->p = close + 1;
      return;
    }
  /* The letters are read as the rest of the word is, and the closing one is passed over there. */
  line->shortened = TRUE;
  line->p++;
}

static gsize
token_bytes (const Line *line)
{
  gsize n = 0;

  while (n < MAX_CODE_BYTES && line->p + n < line->end && !g_ascii_isspace (line->p[n])
         && line->p[n] != BULLET && strchr ("[]<>", line->p[n]) == NULL)
    n++;
  return n;
}

/* "+..." and the like end an utterance, "+^" and the like link it to another one. */
static gboolean
take_plus (Line *line)
{
  static const struct
  {
    const char *code, *text;
  } ends[]
      = { { "+...", "…" }, { "+..?", "…?" }, { "+!?", "!?" },  { "+/.", "—" },  { "+//.", "—" },
          { "+/?", "?" },  { "+//?", "?" },  { "+\"/.", "." }, { "+\".", "." }, { "+.", "." },
          { "+\"", "" },   { "+^", "" },     { "+<", "" },     { "+,", "" },    { "++", "" },
          { "+≋", "" },    { "+≈", "" } };
  gsize rest = (gsize)(line->end - line->p), best = 0;
  guint which = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      gsize n = strlen (ends[i].code);

      if (n > best && n <= rest && memcmp (line->p, ends[i].code, n) == 0)
        {
          best = n;
          which = i;
        }
    }
  if (best == 0)
    return FALSE;
  if (*ends[which].text != '\0')
    put_closing (line->out, ends[which].text);
  line->p += best;
  return TRUE;
}

/* "&=laughs", "&-uh", "&+fr", "&~gaga", "&*FAT:mhm", "&{l=…". */
static void
take_ampersand (Line *line)
{
  gsize n = token_bytes (line);
  char kind = n > 1 ? line->p[1] : '\0';

  if (kind == '=' || kind == '*')
    {
      put_mark (line->out, line->p + 2, n - 2);
      line->p += n;
    }
  else if (kind == '{' || kind == '}')
    {
      line->counts->n_codes++;
      line->p += n;
    }
  else if (n > 2 && strchr ("-+~", kind) != NULL)
    line->p += 2;
  else if (n > 1)
    line->p++;
  else
    g_string_append_c (line->out, *line->p++);
}

/* What only the beginning of a word can be. FALSE: it is a word. */
static gboolean
take_prefix (Line *line)
{
  static const char *const unintelligible[] = { "xxx", "yyy", "www", "xx", "yy" };
  gsize n = token_bytes (line);

  if (*line->p == '&')
    {
      take_ampersand (line);
      return TRUE;
    }
  if (*line->p == '+')
    return take_plus (line);
  if (*line->p == '#')
    {
      line->counts->n_pauses++;
      line->p += n;
      return TRUE;
    }
  /* "0is": not said; "0": nothing was said. A number is a number. */
  if (*line->p == '0' && (n == 1 || g_ascii_isalpha (line->p[1])))
    {
      line->counts->n_omitted += n > 1;
      line->p += n;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (unintelligible); i++)
    if (n == strlen (unintelligible[i]) && memcmp (line->p, unintelligible[i], n) == 0)
      {
        put_mark (line->out, line->p, n);
        line->p += n;
        return TRUE;
      }
  return FALSE;
}

/* Signs of how something is said, of conversation analysis and of phonology. */
static gboolean
is_prosody (gunichar c)
{
  static const gunichar signs[]
      = { 0x02c8, 0x02cc, 0x2191, 0x2193, 0x2192, 0x2197, 0x2198, 0x21d7, 0x21d8, 0x221e, 0x2260,
          0x224b, 0x2248, 0x2261, 0x2219, 0x2308, 0x2309, 0x230a, 0x230b, 0x2206, 0x2207, 0x204e,
          0x2047, 0x00b0, 0x2581, 0x2594, 0x263a, 0x264b, 0x222c, 0x03ab, 0x222e, 0x00a7, 0x21bb,
          0x25c9, 0x2039, 0x203a, 0x27e8, 0x27e9, 0x3014, 0x3015, 0x1f29, 0x2051, 0x21ab, 0x2907 };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (c == signs[i])
      return TRUE;
  return FALSE;
}

static gboolean
follows_letter (const GString *out)
{
  const char *last = out->len > 0 ? g_utf8_prev_char (out->str + out->len) : NULL;

  return last != NULL && (g_unichar_isalnum (g_utf8_get_char (last)) || *last == '\'');
}

/* "10:30" */
static gboolean
follows_digit (const GString *out)
{
  return out->len > 0 && g_ascii_isdigit (out->str[out->len - 1]);
}

static gboolean
letter_at (const char *p, const char *end)
{
  return p < end && g_unichar_isalpha (g_utf8_get_char (p));
}

/* One character of a word, or between words. */
static void
take_character (Line *line)
{
  gunichar c = g_utf8_get_char (line->p);
  const char *next = g_utf8_next_char (line->p);
  gboolean in_word = follows_letter (line->out);

  if (c == '@' && in_word && letter_at (next, line->end))
    {
      /* "gaga@f", "casa@s:spa": what kind of word it is. */
      while (next < line->end && (g_ascii_isalnum (*next) || strchr (":+&$*_-", *next) != NULL))
        next++;
    }
  else if (c == ':' && in_word && !follows_digit (line->out)) /* "no:": drawn out */
    ;
  else if (c == ')' && line->shortened)
    line->shortened = FALSE;
  else if (c == '^' || c == '<' || c == '>' || is_prosody (c) || c < 0x20)
    ;
  else if ((c == '_' || c == '+') && in_word && letter_at (next, line->end))
    g_string_append_c (line->out, ' '); /* "New_York", "ice+cream" */
  else if (c == 0x201e || c == 0x2021)
    put_closing (line->out, ","); /* before a tag or after a vocative */
  else if (strchr (".,?!;", (int)(c < 0x80 ? c : 'x')) != NULL
           && (next >= line->end || !g_ascii_isdigit (*next)))
    {
      char mark[2] = { (char)c, '\0' };

      put_closing (line->out, mark);
    }
  else
    g_string_append_len (line->out, line->p, next - line->p);
  line->p = next;
}

void
attest_chat_append_words (GString *out, const char *text, gsize length_bytes, gint64 *start_ms,
                          gint64 *end_ms, AttestChatCounts *counts)
{
  Line line = { text, text + length_bytes, out, start_ms, end_ms, counts, FALSE };
  gboolean fresh = TRUE; /* a word may begin */

  while (line.p < line.end)
    {
      char c = *line.p;

      if (g_ascii_isspace (c))
        {
          put_space (out);
          line.p++;
          fresh = TRUE;
        }
      else if (c == BULLET)
        take_bullet (&line);
      else if (c == '[')
        take_brackets (&line);
      else if (c == '(')
        take_parenthesis (&line);
      else if (fresh && take_prefix (&line))
        continue;
      else
        {
          /* "<the" and "“the" begin a word, too. */
          fresh = c == '<' || c == '"';
          take_character (&line);
        }
    }
}
