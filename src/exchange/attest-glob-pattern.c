/* attest-glob-pattern: regular expressions that are lists of words, as such lists.
 *
 * "(?:donor|funder)s?" is donor, donors, funder, funders; "effective\w*" is effective*. What is no
 * list of words (lookarounds, repeated groups, classes) is refused with a reason. A descent over
 * the pattern; each step gives the texts that its part can be.
 */
#include <string.h>

#include "exchange/attest-glob.h"

#define MAX_GROUP_DEPTH 32
#define MAX_CLASS_MEMBERS 8
#define MAX_REPEATS 4
#define MAX_TEXT_BYTES 400 /* of one alternative: nobody means a word that is longer */
/* Stands for \b until it is known what is beside it. */
#define EDGE '\x01'

typedef struct
{
  const char *p;
  const char *reason; /* why it cannot be done */
  guint depth;
} Reader;

typedef enum
{
  ATOM_TEXT,
  ATOM_LETTER, /* \w */
  ATOM_SPACE,  /* \s, \h or a space: any number of them is one */
} AtomKind;

static GPtrArray *read_alternatives (Reader *reader);

static GPtrArray *
new_texts (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static GPtrArray *
new_text (const char *text)
{
  GPtrArray *texts = new_texts ();

  g_ptr_array_add (texts, g_strdup (text));
  return texts;
}

static gpointer
refuse (Reader *reader, const char *reason)
{
  if (reader->reason == NULL)
    reader->reason = reason;
  return NULL;
}

/* Each of @first before each of @second; NULL: too many, or too long. */
static GPtrArray *
join (Reader *reader, const GPtrArray *first, const GPtrArray *second)
{
  g_autoptr (GPtrArray) texts = new_texts ();

  if ((gsize)first->len * second->len > ATTEST_GLOB_MAX_ALTERNATIVES)
    return refuse (reader, "too many alternatives");
  for (guint i = 0; i < first->len; i++)
    for (guint k = 0; k < second->len; k++)
      {
        const char *begin = g_ptr_array_index (first, i), *end = g_ptr_array_index (second, k);

        if (strlen (begin) + strlen (end) > MAX_TEXT_BYTES)
          return refuse (reader, "its length");
        g_ptr_array_add (texts, g_strconcat (begin, end, NULL));
      }
  return g_steal_pointer (&texts);
}

static void
add_all (GPtrArray *texts, const GPtrArray *more)
{
  for (guint i = 0; i < more->len; i++)
    g_ptr_array_add (texts, g_strdup (g_ptr_array_index (more, i)));
}

static GPtrArray *
new_char (gunichar c)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (c == '*' || c == '?' || c == '\\')
    g_string_append_c (text, '\\');
  g_string_append_unichar (text, c);
  return new_text (text->str);
}

static GPtrArray *
read_escape (Reader *reader, AtomKind *kind)
{
  gunichar c = g_utf8_get_char (++reader->p);

  if (c == 0)
    return refuse (reader, "a pattern that ends in \\");
  reader->p = g_utf8_next_char (reader->p);
  if (c == 's' || c == 'h')
    {
      *kind = ATOM_SPACE;
      return new_text (" ");
    }
  if (c == 'w')
    {
      *kind = ATOM_LETTER;
      return new_text ("?");
    }
  if (c == 'b')
    return new_text ((const char[]){ EDGE, '\0' });
  if (g_unichar_isalnum (c))
    return refuse (reader, "a class of characters");
  return new_char (c);
}

/* [- ] and the like: each member is an alternative. */
static GPtrArray *
read_class (Reader *reader, AtomKind *kind)
{
  g_autoptr (GPtrArray) texts = new_texts ();
  gboolean is_space = TRUE;

  reader->p++;
  for (gboolean is_first = TRUE; is_first || *reader->p != ']'; is_first = FALSE)
    {
      gunichar c = g_utf8_get_char (reader->p);
      gboolean is_escaped = c == '\\';

      if (is_escaped)
        c = g_utf8_get_char (++reader->p);
      const char *next = c != 0 ? g_utf8_next_char (reader->p) : reader->p;
      gboolean is_range = next[0] == '-' && next[1] != ']';
      if (c == 0 || (is_first && c == '^') || c == '[' || is_range || c == ']'
          || (is_escaped && g_unichar_isalnum (c)) || texts->len >= MAX_CLASS_MEMBERS)
        return refuse (reader, "a class of characters");
      g_autoptr (GPtrArray) member = new_char (c);
      add_all (texts, member);
      is_space = is_space && g_unichar_isspace (c);
      reader->p = g_utf8_next_char (reader->p);
    }
  reader->p++;
  if (is_space)
    {
      *kind = ATOM_SPACE;
      return new_text (" ");
    }
  return g_steal_pointer (&texts);
}

static GPtrArray *
read_group (Reader *reader)
{
  reader->p++;
  if (reader->p[0] == '?' && reader->p[1] == ':')
    reader->p += 2;
  else if (reader->p[0] == '?')
    return refuse (reader, reader->p[1] == '=' || reader->p[1] == '!' || reader->p[1] == '<'
                               ? "a lookaround"
                               : "an option in brackets");
  else if (reader->p[0] == '*')
    return refuse (reader, "a verb of PCRE2");
  if (reader->depth >= MAX_GROUP_DEPTH)
    return refuse (reader, "groups inside groups");
  reader->depth++;
  g_autoptr (GPtrArray) texts = read_alternatives (reader);
  reader->depth--;
  if (texts == NULL || *reader->p != ')')
    return refuse (reader, "a group that is not closed");
  reader->p++;
  return g_steal_pointer (&texts);
}

static GPtrArray *
read_atom (Reader *reader, AtomKind *kind)
{
  gunichar c = g_utf8_get_char (reader->p);

  *kind = ATOM_TEXT;
  if (c == '\\')
    return read_escape (reader, kind);
  if (c == '[')
    return read_class (reader, kind);
  if (c == '(')
    return read_group (reader);
  if (c == '.')
    return refuse (reader, "'.', which is any character");
  if (c == '^' || c == '$')
    return refuse (reader, "the begin or end of a turn");
  if (c == '*' || c == '+' || c == '?')
    return refuse (reader, "a repetition of nothing");
  reader->p = g_utf8_next_char (reader->p);
  if (!g_unichar_isspace (c))
    return new_char (c);
  *kind = ATOM_SPACE;
  return new_text (" ");
}

/* {2}, {0,3}, {1,}; G_MAXUINT: without end. FALSE: it is no repetition. */
static gboolean
read_count (Reader *reader, guint *least, guint *most)
{
  const char *p = reader->p + 1;
  char *end;

  if (*reader->p != '{' || !g_ascii_isdigit (*p))
    return FALSE;
  *least = *most = (guint)MIN (g_ascii_strtoull (p, &end, 10), 1000);
  if (*end == ',')
    {
      p = end + 1;
      *most = G_MAXUINT;
      if (g_ascii_isdigit (*p))
        *most = (guint)MIN (g_ascii_strtoull (p, &end, 10), 1000);
      else
        end = (char *)p;
    }
  if (*end != '}')
    return FALSE;
  reader->p = end + 1;
  return TRUE;
}

static gboolean
read_quantifier (Reader *reader, guint *least, guint *most)
{
  *least = *most = 1;
  if (*reader->p == '?' || *reader->p == '*' || *reader->p == '+')
    {
      *least = *reader->p == '+' ? 1 : 0;
      *most = *reader->p == '?' ? 1 : G_MAXUINT;
      reader->p++;
    }
  else if (!read_count (reader, least, most))
    return FALSE;
  if (*reader->p == '?' || *reader->p == '+')
    reader->p++; /* lazy or possessive: of no matter to a list */
  return TRUE;
}

/* @texts @least to @most times. */
static GPtrArray *
repeat (Reader *reader, const GPtrArray *texts, AtomKind kind, guint least, guint most)
{
  gboolean is_endless = most == G_MAXUINT;
  g_autoptr (GPtrArray) all = new_texts ();
  g_autoptr (GPtrArray) power = new_text ("");

  if (kind == ATOM_SPACE)
    {
      least = MIN (least, 1);
      most = 1;
    }
  else if (is_endless && kind == ATOM_LETTER)
    most = least;
  else if (is_endless)
    return refuse (reader, "something repeated without end");
  if (most > MAX_REPEATS)
    return refuse (reader, "something repeated often");
  for (guint n = 0; n <= most; n++)
    {
      if (n >= least)
        add_all (all, power);
      GPtrArray *next = n < most ? join (reader, power, texts) : new_texts ();
      if (next == NULL)
        return NULL;
      g_ptr_array_unref (power);
      power = next;
    }
  if (!is_endless || kind != ATOM_LETTER)
    return g_steal_pointer (&all);
  g_autoptr (GPtrArray) star = new_text ("*");
  return join (reader, all, star);
}

static GPtrArray *
read_sequence (Reader *reader)
{
  g_autoptr (GPtrArray) texts = new_text ("");

  while (*reader->p != '\0' && *reader->p != '|' && *reader->p != ')')
    {
      AtomKind kind;
      guint least, most;
      g_autoptr (GPtrArray) atom = read_atom (reader, &kind);

      if (atom == NULL)
        return NULL;
      if (read_quantifier (reader, &least, &most))
        {
          GPtrArray *repeated = repeat (reader, atom, kind, least, most);
          if (repeated == NULL)
            return NULL;
          g_ptr_array_unref (atom);
          atom = repeated;
        }
      GPtrArray *joined = join (reader, texts, atom);
      if (joined == NULL)
        return NULL;
      g_ptr_array_unref (texts);
      texts = joined;
    }
  return g_steal_pointer (&texts);
}

static GPtrArray *
read_alternatives (Reader *reader)
{
  g_autoptr (GPtrArray) texts = new_texts ();

  for (;;)
    {
      g_autoptr (GPtrArray) sequence = read_sequence (reader);

      if (sequence == NULL)
        return NULL;
      add_all (texts, sequence);
      if (texts->len > ATTEST_GLOB_MAX_ALTERNATIVES)
        return refuse (reader, "too many alternatives");
      if (*reader->p != '|')
        return g_steal_pointer (&texts);
      reader->p++;
    }
}

static gboolean
is_beside_word_end (char c)
{
  return c == '\0' || c == ' ' || c == EDGE;
}

/* Takes \b out, which must stand where a word begins or ends; brings spaces down to one; and
 * without
 * @word_edges lets words go on at both ends. NULL: \b stands inside a word. */
static char *
finish (const char *text, gboolean word_edges)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gsize length_bytes = strlen (text);

  if (length_bytes == 0)
    return g_strdup ("");
  if (!word_edges && text[0] != EDGE && text[0] != ' ')
    g_string_append_c (out, '*');
  for (gsize i = 0; i < length_bytes; i++)
    {
      char before = i > 0 ? text[i - 1] : '\0';

      if (text[i] == EDGE)
        {
          if (!is_beside_word_end (before) && !is_beside_word_end (text[i + 1]))
            return NULL;
        }
      else if (text[i] != ' ' || (out->len > 0 && out->str[out->len - 1] != ' '))
        g_string_append_c (out, text[i]);
    }
  if (!word_edges && text[length_bytes - 1] != EDGE && text[length_bytes - 1] != ' ')
    g_string_append_c (out, '*');
  g_strchomp (out->str);
  return g_strdup (out->str);
}

static gboolean
contains (const GPtrArray *texts, const char *text)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *)texts, text, g_str_equal, NULL);
}

GPtrArray *
attest_globs_from_pattern (const char *body, gboolean word_edges, const char **out_reason)
{
  Reader reader = { .p = body };
  g_autoptr (GPtrArray) texts = read_alternatives (&reader);
  g_autoptr (GPtrArray) globs = new_texts ();

  if (texts != NULL && *reader.p != '\0')
    refuse (&reader, "a group that is not open");
  for (guint i = 0; reader.reason == NULL && i < texts->len; i++)
    {
      g_autofree char *glob = finish (g_ptr_array_index (texts, i), word_edges);

      if (glob == NULL)
        refuse (&reader, "\\b inside a word");
      else if (*glob != '\0' && !contains (globs, glob))
        g_ptr_array_add (globs, g_steal_pointer (&glob));
    }
  if (reader.reason == NULL && globs->len == 0)
    refuse (&reader, "nothing");
  if (reader.reason == NULL)
    return g_steal_pointer (&globs);
  *out_reason = reader.reason;
  return NULL;
}
