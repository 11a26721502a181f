#include "util/attest-locale.h"

static void
test_date (void)
{
  static const struct
  {
    const char *lang, *date, *expected;
  } cases[] = {
    { "en", "2022-07-07", "7 July 2022" },
    { "fr", "2022-07-07", "7 juillet 2022" },
    { "es", "2022-07-07", "7 de julio de 2022" },
    { "ru", "2022-07-07", "7 июля 2022\u202fг." },
    { "ru", "2022-07", "июль 2022\u202fг." },
    { "en", "2022-07", "July 2022" },
    { "es", "2022-07", "julio de 2022" },
    { "fr", "2022", "2022" },
    { "en", "2022-07-07T12:00:00Z", "7 July 2022" },
    { "en", "1582-10-04", "4 October 1582" },
    /* What is no date stays what it is. */
    { "fr", "été 2022", "été 2022" },
    { "fr", "2022-13-07", "2022-13-07" },
    { "fr", "2022-07-07x", "2022-07-07x" },
    { "fr", "", "" },
    { "fr", "2022-", "2022-" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = attest_locale_dup_date (cases[i].lang, cases[i].date);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_int (void)
{
  static const struct
  {
    const char *lang, *expected;
  } cases[] = {
    { "en", "37,887" },
    { "fr", "37\u202f887" },
    { "es", "37.887" },
    { "ru", "37\u00a0887" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = attest_locale_dup_int (cases[i].lang, 37887);
      g_autofree char *small = attest_locale_dup_int (cases[i].lang, 7);

      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_cmpstr (small, ==, "7");
    }
}

static void
test_plural (void)
{
  g_assert_cmpstr (attest_locale_plural ("en", 1), ==, "one");
  g_assert_cmpstr (attest_locale_plural ("en", 0), ==, "other");
  g_assert_cmpstr (attest_locale_plural ("fr", 0), ==, "one");
  g_assert_cmpstr (attest_locale_plural ("fr", 1000000), ==, "many");
  g_assert_cmpstr (attest_locale_plural ("ru", 21), ==, "one");
  g_assert_cmpstr (attest_locale_plural ("ru", 3), ==, "few");
  g_assert_cmpstr (attest_locale_plural ("ru", 12), ==, "many");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/locale/date", test_date);
  g_test_add_func ("/locale/int", test_int);
  g_test_add_func ("/locale/plural", test_plural);
  return g_test_run ();
}
