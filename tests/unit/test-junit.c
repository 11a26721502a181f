#include "report/attest-junit.h"

static void
test_document (void)
{
  g_autoptr (AttestJunit) junit = attest_junit_new ("attest check", "attest.check");
  g_autoptr (GString) out = g_string_new (NULL);

  attest_junit_begin_case (junit, "stale", "what no longer \"stands\"");
  attest_junit_add_failure (junit, "%s: <é> & \033 😀", "F1");
  attest_junit_add_failure (junit, "%s", "second");
  attest_junit_begin_case (junit, "ceiling", "high ratings");
  attest_junit_begin_case (junit, "last", "the last");
  attest_junit_add_failure (junit, "x");
  attest_junit_finish (junit, out);
  g_assert_cmpstr (out->str, ==,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<testsuite name=\"attest check\" tests=\"3\" failures=\"2\">\n"
                   "  <testcase classname=\"attest.check\" name=\"stale\">\n"
                   "    <failure message=\"what no longer &quot;stands&quot;\">"
                   "F1: &lt;é&gt; &amp; \\x1b 😀\nsecond\n</failure>\n  </testcase>\n"
                   "  <testcase classname=\"attest.check\" name=\"ceiling\"/>\n"
                   "  <testcase classname=\"attest.check\" name=\"last\">\n"
                   "    <failure message=\"the last\">x\n</failure>\n  </testcase>\n"
                   "</testsuite>\n");
}

static void
test_nothing (void)
{
  g_autoptr (AttestJunit) junit = attest_junit_new ("s", "c");
  g_autoptr (GString) out = g_string_new (NULL);

  attest_junit_finish (junit, out);
  g_assert_cmpstr (out->str, ==,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<testsuite name=\"s\" tests=\"0\" failures=\"0\">\n</testsuite>\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/junit/document", test_document);
  g_test_add_func ("/junit/nothing", test_nothing);
  return g_test_run ();
}
