/* Which alternatives a match went through. */
#include "pattern/attest-alternatives.h"

#include <string.h>

/* The alternatives that the match at the start of @text went through, "a, b"; "-": the pattern has
 * none to tell apart. */
static char *
reached_by (const char *body, const char *text)
{
  g_autoptr (AttestAlternatives) alternatives
      = attest_alternatives_new (body, ATTEST_PATTERN_WORD_EDGES);
  GString *out = g_string_new (NULL);

  if (alternatives == NULL)
    return g_string_free (g_string_append_c (out, '-'), FALSE);
  guint n = attest_alternatives_get_count (alternatives);
  g_autofree gboolean *reached = g_new0 (gboolean, n);
  attest_alternatives_note (alternatives, text, strlen (text), 0, reached);
  for (guint i = 0; i < n; i++)
    {
      gsize length_bytes;
      const char *part = attest_alternatives_get_text (alternatives, i, &length_bytes);

      if (reached[i])
        g_string_append_printf (out, "%s[%.*s]", out->len > 0 ? " " : "", (int)length_bytes, part);
    }
  return g_string_free (out, FALSE);
}

static void
test_reached (void)
{
  static const char *const cases[][3] = {
    { "(?:money|cash) (?:late|gone)", "cash gone", "[cash] [gone]" },
    { "money|cash", "cash", "[cash]" },
    /* what was tried in vain is not reached */
    { "(?:foo|food) bank|food", "food bank", "[(?:foo|food) bank] [food]" },
    { "food|(?:foo|food) bank", "food bank", "[food]" },
    { "(?:a|b|c)+", "abba", "[a] [b]" },
    { "x(?:y|)", "x", "[]" },
    { "(a|b)(?<n>c|d)", "ad", "[a] [d]" },
    { "été|жить|(?:ж|é)", "жить", "[жить]" },
    { "a(?=b|c)(?:b|c)", "ac", "[c]" },
    { "a(?:b|c)", "none", "" },
    /* nothing to tell apart, or not without changing it */
    { "abc", "abc", "-" },
    { "(?=a|b)a", "a", "-" },
    { "(a|b)\\1", "aa", "-" },
    { "a(?i)b|c", "c", "-" },
    { "a\\K(?:b|c)", "ab", "-" },
    { NULL, NULL, NULL },
  };

  for (guint i = 0; cases[i][0] != NULL; i++)
    {
      g_autofree char *found = reached_by (cases[i][0], cases[i][1]);

      if (strcmp (found, cases[i][2]) != 0)
        g_error ("%s on '%s': %s, not %s", cases[i][0], cases[i][1], found, cases[i][2]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alternatives/reached", test_reached);
  return g_test_run ();
}
