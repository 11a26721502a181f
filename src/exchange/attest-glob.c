#include "exchange/attest-glob.h"

#include <string.h>

#include "codebook/attest-words.h"

typedef enum
{
  PART_END,
  PART_CHAR,
  PART_SPACE,
  PART_STAR,
  PART_ONE,
} PartKind;

typedef struct
{
  PartKind kind;
  gunichar c; /* of PART_CHAR */
} Part;

/* The next part of a glob; *@p goes behind it. */
static Part
next_part (const char **p)
{
  gunichar c = g_utf8_get_char (*p);
  Part part = { PART_CHAR, c };

  if (c == 0)
    return (Part){ PART_END, 0 };
  *p = g_utf8_next_char (*p);
  if (c == ' ' || c == '*' || c == '?')
    part.kind = c == ' ' ? PART_SPACE : c == '*' ? PART_STAR : PART_ONE;
  else if (c == '\\' && **p != '\0')
    {
      part.c = g_utf8_get_char (*p);
      *p = g_utf8_next_char (*p);
    }
  return part;
}

static Part
peek_part (const char *p)
{
  return next_part (&p);
}

static gboolean
is_letter (Part part)
{
  return part.kind == PART_CHAR && (g_unichar_isalnum (part.c) || g_unichar_ismark (part.c));
}

static gboolean
ends_word (Part part)
{
  return part.kind == PART_END || part.kind == PART_SPACE;
}

static void
append_literal (GString *out, gunichar c)
{
  if (c == '*' || c == '?' || c == '\\')
    g_string_append_c (out, '\\');
  g_string_append_unichar (out, c);
}

char *
attest_glob_new (const char *text, const char *wildcards)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          if (out->len > 0 && out->str[out->len - 1] != ' ')
            g_string_append_c (out, ' ');
        }
      else if (c < 0x80 && strchr (wildcards, (int)c) != NULL)
        g_string_append_unichar (out, c);
      else
        append_literal (out, c);
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

gboolean
attest_glob_is_words (const char *glob)
{
  Part before = { PART_SPACE, 0 };
  gboolean has_letter = FALSE;
  const char *p = glob;

  for (Part part = next_part (&p); part.kind != PART_END; part = next_part (&p))
    {
      gboolean is_ending = is_letter (before) && ends_word (peek_part (p));

      if (part.kind == PART_ONE || (part.kind == PART_STAR && !is_ending)
          || (part.kind == PART_CHAR && part.c == '*' && is_ending))
        return FALSE;
      has_letter = has_letter || (part.kind == PART_CHAR && g_unichar_isalnum (part.c));
      before = part;
    }
  return has_letter;
}

char *
attest_glob_to_text (const char *glob)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p = glob;

  for (Part part = next_part (&p); part.kind != PART_END; part = next_part (&p))
    g_string_append_unichar (out, part.kind == PART_STAR    ? '*'
                                  : part.kind == PART_ONE   ? '?'
                                  : part.kind == PART_SPACE ? ' '
                                                            : part.c);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
attest_glob_from_words (const char *words)
{
  g_autofree char *literal = attest_glob_new (words, "");
  g_autoptr (GString) out = g_string_new (NULL);
  Part before = { PART_SPACE, 0 };
  const char *p = literal != NULL ? literal : "";

  for (Part part = next_part (&p); part.kind != PART_END; part = next_part (&p))
    {
      if (part.kind == PART_SPACE)
        g_string_append_c (out, ' ');
      else if (part.c == '*' && is_letter (before) && ends_word (peek_part (p)))
        g_string_append_c (out, '*');
      else
        append_literal (out, part.c);
      before = part;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* A letter, or a wildcard for one or more: what matches it begins and ends with a letter. */
static gboolean
is_solid (Part part)
{
  return part.kind == PART_ONE || is_letter (part) || (part.kind == PART_CHAR && part.c == '_');
}

/* Beside a letter or a wildcard no other letter may stand; beside punctuation anything may. */
static gboolean
needs_edge (Part part)
{
  return part.kind == PART_STAR || is_solid (part);
}

/* The first part that is no `*`; the last, when @last. A word of `*` alone is at least a letter. */
static gboolean
is_solid_at (const char *glob, gboolean last)
{
  Part found = { PART_ONE, 0 };
  gboolean is_begun = FALSE;

  for (Part part = next_part (&glob); part.kind != PART_END; part = next_part (&glob))
    {
      if (part.kind == PART_SPACE && !last)
        break;
      if (part.kind == PART_SPACE)
        found = (Part){ PART_ONE, 0 };
      else if (part.kind != PART_STAR && (last || !is_begun))
        found = part;
      is_begun = is_begun || part.kind != PART_STAR;
    }
  return is_solid (found);
}

static void
append_part (GString *out, Part before, Part part, const char *rest)
{
  if (part.kind == PART_SPACE)
    g_string_append (out, ATTEST_WORD_SPACE);
  else if (part.kind == PART_CHAR)
    attest_word_append_char (out, part.c);
  else if (part.kind == PART_ONE)
    g_string_append (out, ATTEST_WORD_LETTER);
  else if (before.kind == PART_STAR)
    return; /* "**" is "*" */
  else
    {
      gboolean is_word = ends_word (before) && ends_word (peek_part (rest));
      g_string_append_printf (out, "%s%c", ATTEST_WORD_LETTER, is_word ? '+' : '*');
    }
}

char *
attest_glob_to_pattern (const char *glob, gboolean *out_word_edges)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p = glob;
  Part first = peek_part (p);
  Part before = { PART_SPACE, 0 };

  for (Part part = next_part (&p); part.kind != PART_END; part = next_part (&p))
    {
      append_part (out, before, part, p);
      before = part;
    }
  *out_word_edges = is_solid_at (glob, FALSE) && is_solid_at (glob, TRUE);
  if (!*out_word_edges && needs_edge (first))
    g_string_prepend (out, "(?<!" ATTEST_WORD_LETTER ")");
  if (!*out_word_edges && needs_edge (before))
    g_string_append (out, "(?!" ATTEST_WORD_LETTER ")");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

AttestGlobNeeds
attest_glob_needs (const char *glob)
{
  AttestGlobNeeds needs = 0;
  Part before = { PART_SPACE, 0 };
  gboolean is_only_wild = TRUE;
  const char *p = glob;

  for (Part part = next_part (&p); part.kind != PART_END; part = next_part (&p))
    {
      if (part.kind == PART_STAR)
        needs |= *p == '\0' ? ATTEST_GLOB_ENDINGS : ATTEST_GLOB_ANYWHERE;
      else if (part.kind == PART_ONE)
        needs |= ATTEST_GLOB_ONE;
      else if (part.kind == PART_CHAR && (part.c == '*' || part.c == '?'))
        needs |= ATTEST_GLOB_LITERAL;
      if (before.kind == PART_SPACE)
        is_only_wild = TRUE;
      is_only_wild = is_only_wild && (part.kind == PART_STAR || part.kind == PART_ONE);
      if (is_only_wild && ends_word (peek_part (p)))
        needs |= ATTEST_GLOB_ANY_WORD;
      before = part;
    }
  return needs;
}

/* --- regular expressions of words --------------------------------------------------------- */

#define WORD_BEGINS "(?<!" ATTEST_WORD_LETTER ")"
#define WORD_ENDS "(?!" ATTEST_WORD_LETTER ")"

/* One expression, its anchors for words; *@out_begins and *@out_ends: it has one at that end. */
static void
append_token (GString *out, const char *expression, gboolean *out_begins, gboolean *out_ends)
{
  gboolean is_class = FALSE;

  *out_begins = *expression == '^';
  *out_ends = FALSE;
  for (const char *p = expression; *p != '\0'; p++)
    {
      *out_ends = *p == '$' && p[1] == '\0' && !is_class;
      if (*p == '\\' && p[1] != '\0')
        {
          g_string_append_c (out, *p++);
          g_string_append_c (out, *p);
          continue;
        }
      is_class = is_class ? *p != ']' : *p == '[';
      if (*p == '^' && !is_class)
        g_string_append (out, WORD_BEGINS);
      else if (*p == '$' && !is_class)
        g_string_append (out, WORD_ENDS);
      else
        g_string_append_c (out, *p);
    }
}

char *
attest_glob_dup_token_pattern (const char *expressions)
{
  g_auto (GStrv) parts = g_strsplit_set (expressions, " \t\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);
  guint n = 0;
  gboolean ended = TRUE;

  for (char **part = parts; *part != NULL; part++)
    n += **part != '\0';
  for (char **part = parts; *part != NULL; part++)
    {
      g_autoptr (GString) token = g_string_new (NULL);
      gboolean begins, ends;

      if (**part == '\0')
        continue;
      append_token (token, *part, &begins, &ends);
      /* The rest of the word before, the space, and what this one begins with. */
      if (out->len > 0)
        g_string_append_printf (out, "%s" ATTEST_WORD_SPACE "%s",
                                ended ? "" : ATTEST_WORD_LETTER "*",
                                begins ? "" : ATTEST_WORD_LETTER "*");
      g_string_append_printf (out, n > 1 ? "(?:%s)" : "%s", token->str);
      ended = ends;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
