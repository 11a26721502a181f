#include "engine/attest-tokens.h"

#include <string.h>

#define SOFT_HYPHEN 0x00AD
#define RIGHT_QUOTE 0x2019
#define MODIFIER_APOSTROPHE 0x02BC
#define ELLIPSIS 0x2026
#define CYRILLIC_IO 0x0451
#define CYRILLIC_IE 0x0435
#define ZERO_WIDTH_FIRST 0x200B
#define ZERO_WIDTH_LAST 0x200D

AttestTokens *
attest_tokens_new (void)
{
  AttestTokens *tokens = g_new (AttestTokens, 1);

  tokens->tokens = g_array_new (FALSE, FALSE, sizeof (AttestToken));
  tokens->keys = g_string_new (NULL);
  return tokens;
}

void
attest_tokens_free (AttestTokens *tokens)
{
  if (tokens == NULL)
    return;
  g_array_unref (tokens->tokens);
  g_string_free (tokens->keys, TRUE);
  g_free (tokens);
}

/* --- characters --------------------------------------------------------------------------- */

static gunichar
char_at (const char *p, const char *end)
{
  return p < end ? g_utf8_get_char (p) : 0;
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == RIGHT_QUOTE || c == MODIFIER_APOSTROPHE;
}

/* Part of a word without being a letter of it. */
static gboolean
is_ignorable (gunichar c)
{
  return c == SOFT_HYPHEN || (c >= ZERO_WIDTH_FIRST && c <= ZERO_WIDTH_LAST);
}

static gboolean
is_word_char (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char)c);
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || is_ignorable (c);
}

/* The mark that @c is, or 0. A hyphen is a dash where @is_free: no letter touches it. */
static char
mark_of (gunichar c, gboolean is_free)
{
  switch (c)
    {
    case ',':
    case 0x060C: /* Arabic comma */
    case 0x3001:
    case ELLIPSIS:
      return ',';
    case ';':
    case ':':
    case 0x061B: /* Arabic semicolon */
      return ';';
    case '.':
    case '!':
    case 0x3002:
      return '.';
    case '?':
    case 0x061F: /* Arabic question mark */
    case 0xFF1F:
      return '?';
    case 0x2014: /* em dash */
      return '-';
    case '-':
    case 0x2013: /* en dash */
      return is_free ? '-' : '\0';
    default:
      return '\0';
    }
}

/* --- words -------------------------------------------------------------------------------- */

static void
append_key_char (GString *key, gunichar c)
{
  if (is_apostrophe (c))
    g_string_append_c (key, '\'');
  else if (c < 0x80)
    g_string_append_c (key, g_ascii_tolower ((char)c));
  else if (!is_ignorable (c) && !g_unichar_ismark (c))
    {
      c = g_unichar_tolower (c);
      g_string_append_unichar (key, c == CYRILLIC_IO ? CYRILLIC_IE : c);
    }
}

static gboolean
has_marks (const char *start, const char *end)
{
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    if ((guchar)*p >= 0xCC && g_unichar_ismark (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* A letter and its mark become one character where Unicode has it; other marks are dropped. */
static void
append_key (GString *keys, const char *start, const char *end)
{
  g_autofree char *composed = NULL;

  if (has_marks (start, end))
    {
      composed = g_utf8_normalize (start, end - start, G_NORMALIZE_NFC);
      start = composed;
      end = composed + strlen (composed);
    }
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    append_key_char (keys, g_utf8_get_char (p));
}

static void
add_token (AttestTokens *tokens, const char *text, const char *start, const char *end, char mark)
{
  AttestToken token = { .start_byte = (gsize)(start - text),
                        .end_byte = (gsize)(end - text),
                        .key_byte = tokens->keys->len,
                        .is_word = mark == '\0' };

  if (mark != '\0')
    g_string_append_c (tokens->keys, mark);
  else
    append_key (tokens->keys, start, end);
  token.key_bytes = tokens->keys->len - token.key_byte;
  if (token.key_bytes > 0)
    g_array_append_val (tokens->tokens, token);
}

/* The end of the word at @p: behind a letter, an apostrophe or a point between digits goes on. */
static const char *
find_word_end (const char *p, const char *end)
{
  gboolean was_digit = FALSE;

  while (p < end)
    {
      gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);
      gunichar after = char_at (next, end);

      if (!is_word_char (c) && !(is_apostrophe (c) && is_word_char (after))
          && !((c == '.' || c == ',') && was_digit && g_unichar_isdigit (after)))
        break;
      was_digit = g_unichar_isdigit (c);
      p = next;
    }
  return p;
}

/* Behind the apostrophe of an elision at the start of the word, or @start. */
static const char *
find_elision_end (const char *start, const char *end, const GPtrArray *elisions)
{
  char head[16];
  gsize n = 0;

  for (const char *p = start; p < end && n < sizeof head - 6; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_apostrophe (c))
        {
          head[n] = '\0';
          for (guint i = 0; i < elisions->len; i++)
            if (strcmp (g_ptr_array_index (elisions, i), head) == 0)
              return g_utf8_next_char (p);
          return start;
        }
      n += (gsize)g_unichar_to_utf8 (g_unichar_tolower (c), head + n);
    }
  return start;
}

static const char *
read_word (AttestTokens *tokens, const char *text, const char *start, const char *end,
           const GPtrArray *elisions)
{
  const char *word_end = find_word_end (start, end);
  const char *elision_end = start;

  if (elisions != NULL && elisions->len > 0)
    {
      /* The apostrophe of a phrase "l'" stands at the end. */
      if (word_end < end && is_apostrophe (g_utf8_get_char (word_end)))
        word_end = g_utf8_next_char (word_end);
      elision_end = find_elision_end (start, word_end, elisions);
      if (elision_end == start)
        word_end = find_word_end (start, end);
    }
  if (elision_end > start)
    add_token (tokens, text, start, elision_end, '\0');
  if (word_end > elision_end)
    add_token (tokens, text, elision_end, word_end, '\0');
  return word_end;
}

/* --- text --------------------------------------------------------------------------------- */

void
attest_tokens_read (AttestTokens *tokens, const char *text, gsize length_bytes,
                    const GPtrArray *elisions)
{
  const char *p = text, *end = text + length_bytes;
  gunichar before = ' ';

  g_array_set_size (tokens->tokens, 0);
  g_string_truncate (tokens->keys, 0);
  while (p < end)
    {
      gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);
      char mark;

      if (is_word_char (c))
        {
          p = read_word (tokens, text, p, end, elisions);
          before = 'a';
          continue;
        }
      mark = mark_of (c, !is_word_char (before) && !is_word_char (char_at (next, end)));
      if (mark == '.' && c == '.' && char_at (next, end) == '.')
        {
          mark = ',';
          while (char_at (next, end) == '.')
            next++;
        }
      if (mark != '\0')
        add_token (tokens, text, p, next, mark);
      before = c;
      p = next;
    }
}
