#include "report/attest-html.h"

#include <string.h>

static void
test_elements (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestHtml) html = attest_html_new (out);

  attest_html_open (html, "p", "class", "a", "id", NULL, "title", "é", NULL);
  attest_html_text (html, "x < y");
  attest_html_void (html, "br", NULL);
  attest_html_element (html, "b", "R&D", "lang", "en", NULL);
  attest_html_printf (html, "%d%%", 7);
  attest_html_close (html, "p");
  g_assert_cmpstr (out->str, ==,
                   "<p class=\"a\" title=\"é\">x &lt; y<br><b lang=\"en\">R&amp;D</b>7%</p>");
}

static guint
count_quotes (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '"';
  return n;
}

/* Texts and values of strangers, in every place where they can stand. */
static void
test_hostile (void)
{
  static const char *const texts[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</p></style><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "<!-- --><![CDATA[ ]]>&#x3c;b&gt;",
    "\x01\x08\x1b[31m\x7f\xc2\x80\xc2\x9f\xef\xbf\xbe\xf0\x9f\xbf\xbf",
    "\u202e\u2066<b>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (AttestHtml) html = attest_html_new (out);
      g_autofree char *link = attest_html_dup_link ("q-", texts[i]);

      attest_html_open (html, "a", "href", link, "title", texts[i], NULL);
      attest_html_text (html, texts[i]);
      attest_html_prose (html, texts[i], strlen (texts[i]));
      attest_html_close (html, "a");
      /* One start tag, one end tag, and two values between quotes are all the markup there is. */
      g_assert_true (g_str_has_prefix (out->str, "<a href=\"#q-"));
      for (const char *p = out->str + 1; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);

          g_assert_true (c != '<' || strcmp (p, "</a>") == 0);
          g_assert_true (c != '\'' && c >= 0x20 && (c < 0x7f || c >= 0xa0));
          g_assert_true ((c & 0xfffe) != 0xfffe);
        }
      g_assert_cmpuint (count_quotes (out->str), ==, 4);
    }
}

static void
test_prose (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (AttestHtml) html = attest_html_new (out);
  const char *text = "one\ntwo\n\nthree\tfour\n\tfive & six";

  attest_html_prose (html, text, strlen (text) - 4);
  g_assert_cmpstr (out->str, ==, "one\ntwo<br><br>three\tfour<br><br>five &amp;");
}

static void
test_anchor (void)
{
  g_autofree char *plain = attest_html_dup_anchor ("code-", "human-rights");
  g_autofree char *hostile = attest_html_dup_anchor ("s-", "a b_c\"é");
  g_autofree char *link = attest_html_dup_link ("", "Q7F3K2A");

  g_assert_cmpstr (plain, ==, "code-human-rights");
  g_assert_cmpstr (hostile, ==, "s-a_20b_5fc_22_c3_a9");
  g_assert_cmpstr (link, ==, "#Q7F3K2A");
}

static void
assert_aborts (const char *test, const char *message)
{
  g_test_trap_subprocess (test, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr (message);
}

/* A program that would write what can run, or leave the page, is stopped. */
static void
test_no_way_out (void)
{
  assert_aborts ("/html/subprocess/link", "*href*");
  assert_aborts ("/html/subprocess/handler", "*on*");
  assert_aborts ("/html/subprocess/unbalanced", "*open*");
}

static void
write_link (void)
{
  g_autoptr (AttestHtml) html = attest_html_new (g_string_new (NULL));

  attest_html_open (html, "a", "href", "javascript:alert(1)", NULL);
}

static void
write_handler (void)
{
  g_autoptr (AttestHtml) html = attest_html_new (g_string_new (NULL));

  attest_html_open (html, "p", "onclick", "alert(1)", NULL);
}

static void
write_unbalanced (void)
{
  g_autoptr (AttestHtml) html = attest_html_new (g_string_new (NULL));

  attest_html_open (html, "p", NULL);
  attest_html_close (html, "div");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/html/elements", test_elements);
  g_test_add_func ("/html/hostile", test_hostile);
  g_test_add_func ("/html/prose", test_prose);
  g_test_add_func ("/html/anchor", test_anchor);
  g_test_add_func ("/html/no-way-out", test_no_way_out);
  g_test_add_func ("/html/subprocess/link", write_link);
  g_test_add_func ("/html/subprocess/handler", write_handler);
  g_test_add_func ("/html/subprocess/unbalanced", write_unbalanced);
  return g_test_run ();
}
