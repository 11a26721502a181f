/* Character references as pages and captions write them. */
#include "util/attest-entities.h"

#include <string.h>

static void
test_decode (void)
{
  static const struct
  {
    const char *text;
    gsize bytes;
    const char *expected;
  } cases[] = {
    { "&amp; x", 5, "&" },
    { "&AMP;", 5, "&" },
    { "&amp", 4, "&" },
    { "&#233;", 6, "é" },
    { "&#xE9;t", 6, "é" },
    { "&#233", 5, "é" },
    { "&notin;", 7, "∉" },
    { "&notit;", 4, "¬" },
    { "&nsubE;", 7, "⫅\u0338" },
    { "&CounterClockwiseContourIntegral;", 33, "∳" },
    { "&#0;", 4, "\xef\xbf\xbd" },
    { "&#xd800;", 8, "\xef\xbf\xbd" },
    { "&#99999999999999999999;", 23, "\xef\xbf\xbd" },
    { "&#150;", 6, "–" },
  };
  static const char *const none[]
      = { "&", "&;", "&1;", "&#", "&#;", "&#x", "&#xg;", "&nosuch;", "& amp;", "&é;", "&T" };
  char out[ATTEST_ENTITY_TEXT_BYTES];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (attest_entity_decode (cases[i].text, strlen (cases[i].text), out), ==,
                        cases[i].bytes);
      g_assert_cmpstr (out, ==, cases[i].expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_cmpuint (attest_entity_decode (none[i], strlen (none[i]), out), ==, 0);
}

/* A reference that the text's end cuts is read no further. */
static void
test_bounds (void)
{
  static const char text[] = "&hellip;";
  char out[ATTEST_ENTITY_TEXT_BYTES];

  for (gsize n = 1; n < sizeof text - 1; n++)
    {
      g_autofree char *cut = g_memdup2 (text, n);

      g_assert_cmpuint (attest_entity_decode (cut, n, out), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entities/decode", test_decode);
  g_test_add_func ("/entities/bounds", test_bounds);
  return g_test_run ();
}
