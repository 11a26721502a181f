/* Work in a process of its own: its result, its errors, and the limits that end it. */
#include <signal.h>
#include <string.h>

#include "util/attest-child.h"
#include "util/attest-error.h"

static const AttestChildLimits limits
    = { .max_step_seconds = 1, .max_memory_bytes = 256u * 1024 * 1024 };

static AttestChildEnd
run (AttestChildFunc func, gpointer data, GString *out, guint *out_step, GError **error)
{
  return attest_child_run (func, data, &limits, out, out_step, error);
}

static gboolean
needs_separate (void)
{
  if (!attest_child_is_separate ())
    g_test_skip ("no process of its own in a build with a sanitizer");
  return attest_child_is_separate ();
}

/* More than a pipe holds, with NULs. */
static gboolean
fill (AttestChild *child, gpointer data, GString *out, GError **error)
{
  for (guint i = 0; i < 1000000; i++)
    g_string_append_c (out, (char)(i % 7));
  attest_child_step (child);
  attest_child_step (child);
  *(guint *)data = 1;
  return TRUE;
}

static void
test_result (void)
{
  g_autoptr (GString) out = g_string_new ("x");
  g_autoptr (GError) error = NULL;
  guint step = 0, touched = 0;

  g_assert_cmpint (run (fill, &touched, out, &step, &error), ==, ATTEST_CHILD_DONE);
  g_assert_no_error (error);
  g_assert_cmpuint (out->len, ==, 1000001);
  g_assert_cmpint (out->str[0], ==, 'x');
  g_assert_cmpint (out->str[1000000], ==, 999999 % 7);
  g_assert_cmpuint (step, ==, 2);
  if (attest_child_is_separate ())
    g_assert_cmpuint (touched, ==, 0);
}

static gboolean
fail (AttestChild *child, gpointer data, GString *out, GError **error)
{
  g_string_append (out, "nothing");
  return attest_throw (error, ATTEST_ERROR_INPUT, "it is %s", "bad");
}

static void
test_error (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint step;

  g_assert_cmpint (run (fail, NULL, out, &step, &error), ==, ATTEST_CHILD_FAILED);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, "it is bad");
}

static gboolean
spin (AttestChild *child, gpointer data, GString *out, GError **error)
{
  volatile gboolean forever = TRUE;

  attest_child_step (child);
  attest_child_step (child);
  while (forever)
    ;
  return TRUE;
}

static gboolean
hoard (AttestChild *child, gpointer data, GString *out, GError **error)
{
  for (guint i = 0; i < 4096; i++)
    memset (g_malloc (1024 * 1024), 1, 1024 * 1024);
  return TRUE;
}

static gboolean
crash (AttestChild *child, gpointer data, GString *out, GError **error)
{
  attest_child_step (child);
  raise (SIGSEGV);
  return TRUE;
}

static void
test_bounds (void)
{
  static const struct
  {
    AttestChildFunc func;
    AttestChildEnd end;
    guint step;
  } cases[] = { { spin, ATTEST_CHILD_SLOW, 2 },
                { hoard, ATTEST_CHILD_DIED, 0 },
                { crash, ATTEST_CHILD_DIED, 1 } };

  if (!needs_separate ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      guint step;

      g_assert_cmpint (run (cases[i].func, NULL, out, &step, &error), ==, cases[i].end);
      g_assert_no_error (error);
      g_assert_cmpuint (step, ==, cases[i].step);
      g_assert_cmpuint (out->len, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/child/result", test_result);
  g_test_add_func ("/child/error", test_error);
  g_test_add_func ("/child/bounds", test_bounds);
  return g_test_run ();
}
