#include "reader/attest-cue-markup.h"

#include <string.h>

#include "util/attest-entities.h"

typedef struct
{
  GString *out;
  GArray *pieces;
  char *voice; /* of the piece that is being written */
  gsize start_byte;
} Stripper;

/* No tag or override is longer, bytes; what is, is text. */
#define MAX_TAG_BYTES 1024

/* Tags without words of their own. Others are kept: somebody may have typed them to be read. */
static const char *const known_tags[]
    = { "c",    "i",    "b",  "u", "s",   "em",  "strong", "ruby",  "rt",  "v", "lang",
        "font", "span", "br", "p", "div", "sub", "sup",    "small", "big", NULL };

static void
close_piece (Stripper *s)
{
  AttestCuePiece piece = { s->start_byte, s->out->len, s->voice };
  gboolean empty = TRUE;

  for (gsize i = s->start_byte; i < s->out->len && empty; i++)
    empty = g_ascii_isspace (s->out->str[i]);
  if (empty)
    g_free (s->voice);
  else
    g_array_append_val (s->pieces, piece);
  s->voice = NULL;
  s->start_byte = s->out->len;
}

static void
append_decoded (GString *out, const char *text, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes;)
    {
      char entity[ATTEST_ENTITY_TEXT_BYTES];
      gsize n
          = text[i] == '&' ? attest_entity_decode (text + i, length_bytes - i, entity) : (gsize)0;

      if (n > 0)
        g_string_append (out, entity);
      else
        g_string_append_c (out, text[i]);
      i += n > 0 ? n : 1;
    }
}

/* "<v.loud Name>": what follows the name of the tag and its classes. */
static char *
dup_annotation (const char *tag, gsize length_bytes)
{
  g_autoptr (GString) name = g_string_new (NULL);
  gsize i = 0;

  while (i < length_bytes && !g_ascii_isspace (tag[i]))
    i++;
  append_decoded (name, tag + i, length_bytes - i);
  g_strstrip (name->str);
  return g_strdup (name->str);
}

static gboolean
has_words (const char *text, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes; i++)
    if (g_ascii_isalnum (text[i]) || (guchar)text[i] >= 0x80)
      return TRUE;
  return FALSE;
}

static gboolean
is_timestamp (const char *tag, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes; i++)
    if (!g_ascii_isdigit (tag[i]) && tag[i] != ':' && tag[i] != '.' && tag[i] != ',')
      return FALSE;
  return length_bytes >= 4 && memchr (tag, ':', length_bytes) != NULL;
}

/* @tag is what stands between '<' and '>'. FALSE: it is no tag but text. */
static gboolean
apply_tag (Stripper *s, const char *tag, gsize length_bytes)
{
  gboolean closing = length_bytes > 0 && tag[0] == '/';
  const char *name = tag + closing;
  gsize left = length_bytes - closing, n = 0;
  g_autofree char *word = NULL;

  if (is_timestamp (tag, length_bytes))
    return TRUE;
  while (n < left && (g_ascii_isalnum (name[n]) || name[n] == '-'))
    n++;
  if (n < left && !g_ascii_isspace (name[n]) && name[n] != '.' && name[n] != '/')
    return FALSE;
  word = g_ascii_strdown (name, (gssize)n);
  /* "a < b and c > d" */
  if (n == 0 && !closing && has_words (name, left))
    return FALSE;
  if (n > 0 && !g_strv_contains (known_tags, word))
    return FALSE;
  if (strcmp (word, "br") == 0)
    g_string_append_c (s->out, '\n');
  if (strcmp (word, "v") != 0)
    return TRUE;
  close_piece (s);
  if (!closing)
    s->voice = dup_annotation (name, left);
  return TRUE;
}

/* "{\an8}" and "{\c&HFFF000&}" as subtitles for ASS have them. */
static gsize
override_length (const char *text, gsize length_bytes)
{
  const char *close;

  if (length_bytes < 3 || text[1] != '\\')
    return 0;
  close = memchr (text, '}', MIN (length_bytes, MAX_TAG_BYTES));
  return close == NULL ? 0 : (gsize)(close - text) + 1;
}

/* What begins at @text with '<', '&' or '{' and is not itself said; 0 when it is just text. */
static gsize
strip_special (Stripper *s, const char *text, gsize length_bytes)
{
  char entity[ATTEST_ENTITY_TEXT_BYTES];
  const char *close;
  gsize n;

  switch (text[0])
    {
    case '<':
      close = memchr (text, '>', MIN (length_bytes, MAX_TAG_BYTES));
      if (close == NULL || !apply_tag (s, text + 1, (gsize)(close - text) - 1))
        return 0;
      return (gsize)(close - text) + 1;
    case '&':
      n = attest_entity_decode (text, length_bytes, entity);
      g_string_append (s->out, n > 0 ? entity : "");
      return n;
    case '{':
      return override_length (text, length_bytes);
    default:
      return 0;
    }
}

void
attest_cue_markup_strip (const char *text, gsize length_bytes, GString *out, GArray *pieces)
{
  Stripper s = { .out = out, .pieces = pieces, .start_byte = out->len };
  gsize i = 0;

  while (i < length_bytes)
    {
      gsize run = 0, special;

      while (i + run < length_bytes && text[i + run] != '<' && text[i + run] != '&'
             && text[i + run] != '{')
        run++;
      g_string_append_len (out, text + i, (gssize)run);
      i += run;
      if (i >= length_bytes)
        break;
      special = strip_special (&s, text + i, length_bytes - i);
      if (special == 0)
        g_string_append_c (out, text[i]);
      i += special > 0 ? special : 1;
    }
  close_piece (&s);
}
