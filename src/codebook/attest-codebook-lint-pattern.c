/* attest-codebook-lint-pattern: what is certain of one pattern by itself. */
#include <string.h>

#include "codebook/attest-codebook-lint-private.h"

/* Punctuation that a body ends or begins with for certain, or 0. */
static gunichar
edge_punctuation (const char *body, gboolean at_end)
{
  static const char plain[] = ",;:!%\"'«»“”„…—–";
  gsize length_bytes = strlen (body);
  const char *edge = at_end ? g_utf8_prev_char (body + length_bytes) : body;
  gsize slashes = 0;

  if (length_bytes == 0)
    return 0;
  if (!at_end)
    {
      gunichar c = g_utf8_get_char (*body == '\\' ? body + 1 : body);
      return *body == '\\' ? (c < 0x80 && g_ascii_ispunct ((char)c) && c != '_' ? c : 0)
                           : (g_utf8_strchr (plain, -1, c) != NULL ? c : 0);
    }
  while (edge - slashes > body && edge[-1 - (gssize)slashes] == '\\')
    slashes++;
  gunichar c = g_utf8_get_char (edge);
  if (slashes % 2 == 1)
    return c < 0x80 && g_ascii_ispunct ((char)c) && c != '_' ? c : 0;
  return g_utf8_strchr (plain, -1, c) != NULL ? c : 0;
}

void
attest_lint_check_pattern (AttestLinter *linter, const AttestCodebookPattern *pattern)
{
  const char *body = attest_pattern_get_body (pattern->pattern);

  if (attest_pattern_can_match_empty (pattern->pattern))
    attest_lint_warn_at_pattern (
        linter, pattern, "empty-match",
        "it also matches where there is nothing, which is never a hit; make a part of "
        "it required",
        "");
  for (guint at_end = 0; at_end < 2 && pattern->word_edges; at_end++)
    {
      gunichar c = edge_punctuation (body, at_end == 1);
      char text[8] = "";
      if (c == 0)
        continue;
      g_unichar_to_utf8 (c, text);
      g_autofree char *detail = g_strdup_printf (
          "%s '%s': whole words are matched, so there must be a letter right %s it; set "
          "word_edges: false",
          at_end ? "it ends with" : "it begins with", text, at_end ? "after" : "before");
      attest_lint_warn_at_pattern (linter, pattern, "word-edge", detail, "");
    }
}
