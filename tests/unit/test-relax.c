/* Needles, and the text as they expect it. */
#include "pattern/attest-pattern.h"
#include "pattern/attest-relax.h"
#include "util/attest-case.h"

#include <string.h>

/* --- case */

/* Every character that has another case, by Unicode. */
static GArray *
cased_characters (void)
{
  GArray *cased = g_array_new (FALSE, FALSE, sizeof (gunichar));

  for (gunichar c = 0; c <= 0x10ffff; c++)
    {
      gunichar equal[ATTEST_MAX_CASE_EQUIVALENTS];

      if (c >= 0xd800 && c <= 0xdfff)
        continue;
      gboolean is_cased = attest_case_equivalents (c, equal) > 1 || attest_char_fold (c) != c
                          || g_unichar_tolower (c) != c || g_unichar_toupper (c) != c
                          || g_unichar_totitle (c) != c;
      if (is_cased)
        g_array_append_val (cased, c);
    }
  return cased;
}

/* All characters that PCRE2 takes for equal have the same fold, but for s and k. */
static void
test_folds (void)
{
  g_autoptr (GArray) cased = cased_characters ();
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (AttestMatcher) matcher = attest_matcher_new ();

  g_assert_cmpuint (cased->len, >, 2500);
  for (guint i = 0; i < cased->len; i++)
    g_string_append_unichar (all, g_array_index (cased, gunichar, i));
  for (guint i = 0; i < cased->len; i++)
    {
      gunichar c = g_array_index (cased, gunichar, i);
      g_autofree char *body = g_strdup_printf ("\\x{%x}", c);
      gsize at, start = 0, end = 0;
      const char *reason;
      g_autoptr (AttestPattern) pattern
          = attest_pattern_new (body, ATTEST_PATTERN_PLAIN, &at, NULL);

      while (attest_matcher_find (matcher, pattern, all->str, all->len, end, &start, &end, &reason)
             == ATTEST_MATCH_FOUND)
        {
          gunichar d = g_utf8_get_char (all->str + start);

          if (d == 0x17f || d == 0x212a || c == 0x17f || c == 0x212a)
            continue;
          /* ASCII folds by itself. */
          if (c < 0x80 && d < 0x80)
            continue;
          if (attest_char_fold (c) != attest_char_fold (d))
            g_error ("U+%04X and U+%04X are equal for PCRE2 and fold differently", c, d);
        }
    }
}

static void
test_fold_text (void)
{
  g_autoptr (AttestFolder) folder = attest_folder_new ();
  const char *expected = "ärzte жизнь σοφοσ ⱥ ß ასი İ 😀 e\xcc\x81";
  const char *text = "Ärzte ЖИЗНЬ ΣΟΦΟΣ Ⱥ ẞ ასი İ 😀 e\xcc\x81";
  const char *folded;
  gsize folded_bytes;
  gboolean moved;

  g_assert_true (attest_folder_fold (folder, text, strlen (text), &folded, &folded_bytes, &moved));
  g_assert_cmpmem (folded, folded_bytes, expected, strlen (expected));
  g_assert_true (moved); /* Ⱥ has two bytes, ⱥ three */
  g_assert_true (attest_folder_fold (folder, "Жé😀", 8, &folded, &folded_bytes, &moved));
  g_assert_false (moved);
  g_assert_true (attest_folder_fold (folder, "@AZ[`az{ ABC.", 13, &folded, &folded_bytes, &moved));
  g_assert_cmpstr (folded, ==, "@az[`az{ abc.");
  g_assert_false (attest_folder_fold (folder, "ma\xc5\xbf", 4, &folded, &folded_bytes, &moved));
  g_assert_false (attest_folder_fold (folder, "5 \xe2\x84\xaa", 5, &folded, &folded_bytes, &moved));
}

/* --- the relaxer */

static int
compare_strings (char *const *a, char *const *b)
{
  return strcmp (*a, *b);
}

/* The needles of a pattern, sorted, with the bytes that may stand before: "abc<2-5 def<0-*". */
static char *
describe_needles (const char *body)
{
  g_autoptr (AttestRelaxed) relaxed = attest_relax_pattern (body);
  g_autoptr (GPtrArray) needles = g_ptr_array_new_with_free_func (g_free);

  g_assert_true ((relaxed->needles == NULL) == (relaxed->reason != NULL));
  if (relaxed->needles == NULL)
    return g_strdup_printf ("(%s)", relaxed->reason);
  for (guint i = 0; i < relaxed->needles->len; i++)
    {
      const AttestNeedle *needle = &g_array_index (relaxed->needles, AttestNeedle, i);
      const AttestReach *reach = &needle->reach;
      g_autofree char *most = reach->max_bytes == ATTEST_UNBOUNDED
                                  ? g_strdup ("*")
                                  : g_strdup_printf ("%u", reach->max_bytes);
      char *text = reach->max_bytes == 0
                       ? g_strdup_printf ("%.*s", needle->length_bytes, needle->bytes)
                       : g_strdup_printf ("%.*s<%u-%s", needle->length_bytes, needle->bytes,
                                          reach->min_bytes, most);

      g_ptr_array_add (needles, text);
    }
  g_ptr_array_sort (needles, (GCompareFunc)compare_strings);
  g_ptr_array_add (needles, NULL);
  return g_strjoinv (" ", (char **)needles->pdata);
}

static void
test_needles (void)
{
  static const struct
  {
    const char *body, *needles;
  } cases[] = {
    { "project", "project" },
    { "PROJECT", "project" },
    { "projects?", "project" },
    { "pro[jx]ect", "project proxect" },
    { "price\\.list", "price.list" },
    { "\\Qprice.list\\Eed", "price.listed" },
    { "\\Qpric\\E+e", "pric" },
    { "жизнь", "жизнь" },
    { "ЖИЗНЬ", "жизнь" },
    { "prize(?=x)s", "prizes" },
    { "(?<!x)price(?!b)", "price" },
    { "(?<=\\w{3})price", "price" },
    { "\\bprice\\b", "price" },
    { "^price$", "price" },
    { "priz++e*?", "priz" },
    { "(?:ox){2,3}", "oxox" },
    { "ox{0,2}prize", "oprize oxprize oxxprize" },
    { "ox{0,50}prize", "prize<1-51" },
    { "(?:quiz){3,}", "quizquizquiz" },
    { "quiz{,3}", "quiz{,3}" },
    { "quiz{x", "quiz{x" },
    { "(quiz)\\1", "quiz" },
    { "(?<n>quiz)\\k<n>\\k{n}(?P=n)", "quiz" },
    { "(?P<n>ox)(?P>n)prize", "prize<2-*" },
    { "quiz(?R)?box", "quiz" },
    { "(?>quiz|box)", "box quiz" },
    { "(?|quiz|box)", "box quiz" },
    { "qu(?#note)iz", "quiz" },
    { "(?x) q u i # note\n z", "quiz" },
    { "(?x: quiz ) box", "quiz box" },
    { "(?x)quiz +", "quiz" },
    { "quiz\\Kbox", "quizbox" },
    { "quiz(*COMMIT)box(*PRUNE:x)", "quizbox" },
    { "(*LIMIT_MATCH=10)quiz", "quiz" },
    { "(?(?=q)quiz|boxes)", "(no word or part of a word is in all that it matches)" },
    { "prize(?(?=q)quiz|boxes)", "prize" },
    { "(?(DEFINE)(?<x>q))quiz", "quiz" },
    { "quiz[ab]+box", "quiza quizb" },
    { "[]a]quiz", "]quiz aquiz" },
    { "[^\\W_]+ quiz", " quiz<1-*" },
    { "[ж-и]изнь", "изнь<2-4" },
    { "[[:<:]]quiz[[:>:]]", "quiz" },
    { "\\x41\\x{416}box\\101", "aжbox" },
    { "\\N{U+416}изнь", "жизнь" },
    { "\\cAquiz", "\x01quiz" },
    { "ſquiz\\x{212A}", "squizk" },
    { "(?:quiz|box|\\w+)", "(no word or part of a word is in all that it matches)" },
    { "(?:quiz)?", "(no word or part of a word is in all that it matches)" },
    { "a|e", "(what is in all that it matches is too short or too common)" },
    { "(?:\\w+ ){0,4}quiz", "quiz<0-*" },
    { "(?:needs?|box) of \\w+ (?:men|women)", "box of  need of  needs of " },
    { "quiz(*ACCEPT)box", "(it has a verb that is not known)" },
    { "(*CRLF)(?x)quiz#b\r\nc", "(it changes what a line end is)" },
    { "quiz(?C1)box", "(it has a callout)" },
    { "\\Gquiz", "(it has an escape that is not known)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize at;
      g_autoptr (AttestPattern) pattern
          = attest_pattern_new (cases[i].body, ATTEST_PATTERN_PLAIN, &at, NULL);
      g_autofree char *needles = describe_needles (cases[i].body);

      g_assert_nonnull (pattern);
      g_assert_cmpstr (needles, ==, cases[i].needles);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relax/folds", test_folds);
  g_test_add_func ("/relax/fold-text", test_fold_text);
  g_test_add_func ("/relax/needles", test_needles);
  return g_test_run ();
}
