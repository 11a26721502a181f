/* Lines that hold of several people. */
#include "stats/attest-anonymity.h"

#include <string.h>

#include "stats/attest-random.h"

#define MAX_PEOPLE 24
#define DEPTH 3

/* "Government, female", or "" when nothing is told. */
static char *
told (const char *const *values, guint person, guint n)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (line, "%s%s", i > 0 ? ", " : "",
                            values[person * DEPTH + i] != NULL ? values[person * DEPTH + i] : "?");
  return g_string_free (line, FALSE);
}

static void
assert_told (const char *const *values, guint n, guint k, const char *const *expected)
{
  guint depths[MAX_PEOPLE];

  attest_anonymity_generalise (values, n, DEPTH, k, depths);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = told (values, i, depths[i]);

      g_assert_cmpstr (line, ==, expected[i]);
    }
}

static void
test_drops_the_last (void)
{
  static const char *const values[]
      = { "Government", "female", "Osh",     "Government", "female", "Osh",
          "Government", "female", "Bishkek", "Government", "female", "Bishkek",
          "Donor",      "male",   "Osh",     "Donor",      "male",   "Osh" };
  static const char *const two[]
      = { "Government, female, Osh",     "Government, female, Osh", "Government, female, Bishkek",
          "Government, female, Bishkek", "Donor, male, Osh",        "Donor, male, Osh" };
  /* Two donors are too few for anything. */
  static const char *const three[] = {
    "Government, female", "Government, female", "Government, female", "Government, female", "", ""
  };

  assert_told (values, 6, 2, two);
  assert_told (values, 6, 3, three);
  assert_told (values, 6, 1, two);
}

/* One man among women: "Government" would be him. */
static void
test_difference (void)
{
  static const char *const values[]
      = { "Government", "female", "Osh",        "Government", "female", "Osh",  "Government",
          "female",     "Osh",    "Government", "male",       "Osh",    "NGO",  "male",
          "Osh",        "NGO",    "male",       "Osh",        "NGO",    "male", NULL };
  static const char *const expected[] = { "Government", "Government", "Government", "Government",
                                          "NGO, male",  "NGO, male",  "NGO, male" };

  assert_told (values, 7, 3, expected);
}

static void
test_unknown (void)
{
  static const char *const values[]
      = { "NGO", NULL, NULL, "NGO", NULL, NULL, "NGO", NULL,     NULL,
          NULL,  NULL, NULL, NULL,  NULL, NULL, NULL,  "female", "Osh" };
  static const char *const expected[] = { "NGO", "NGO", "NGO", "", "", "" };

  assert_told (values, 6, 3, expected);
}

/* Whatever the people: each line is that of k, in any order of people. */
static void
test_property (void)
{
  static const char *const words[DEPTH][4]
      = { { "a", "b", "c", NULL }, { "x", "y", NULL, NULL }, { "1", "2", "3", "1" } };
  AttestRandom random;
  guint n_told = 0;

  attest_random_init (&random, 7, 0);
  for (guint round = 0; round < 4000; round++)
    {
      guint n = attest_random_below (&random, MAX_PEOPLE) + 1;
      guint k = attest_random_below (&random, 5) + 1;
      const char *values[MAX_PEOPLE * DEPTH], *turned[MAX_PEOPLE * DEPTH];
      guint depths[MAX_PEOPLE], turned_depths[MAX_PEOPLE];

      for (guint i = 0; i < n * DEPTH; i++)
        values[i] = words[i % DEPTH][attest_random_below (&random, 4)];
      for (guint i = 0; i < n; i++)
        memcpy (&turned[i * DEPTH], &values[(n - 1 - i) * DEPTH], sizeof values[0] * DEPTH);
      attest_anonymity_generalise (values, n, DEPTH, k, depths);
      attest_anonymity_generalise (turned, n, DEPTH, k, turned_depths);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *line = told (values, i, depths[i]);
          guint sharing = 0;

          g_assert_cmpuint (depths[i], ==, turned_depths[n - 1 - i]);
          n_told += depths[i] > 0;
          for (guint j = 0; j < n; j++)
            {
              g_autofree char *other = told (values, j, depths[j]);

              sharing += strcmp (line, other) == 0;
            }
          g_assert_true (sharing >= k || depths[i] == 0);
        }
    }
  g_assert_cmpuint (n_told, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anonymity/drops-the-last", test_drops_the_last);
  g_test_add_func ("/anonymity/difference", test_difference);
  g_test_add_func ("/anonymity/unknown", test_unknown);
  g_test_add_func ("/anonymity/property", test_property);
  return g_test_run ();
}
