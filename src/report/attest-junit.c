#include "report/attest-junit.h"

#include <string.h>

#include "util/attest-text.h"

struct _AttestJunit
{
  const char *suite, *class_name;
  GString *cases;    /* that are complete */
  char *name, *what; /* of the case that is not; NULL: there is none */
  GString *failures; /* of it, as XML */
  guint n_cases, n_failed;
};

AttestJunit *
attest_junit_new (const char *suite, const char *class_name)
{
  AttestJunit *junit = g_new0 (AttestJunit, 1);

  junit->suite = suite;
  junit->class_name = class_name;
  junit->cases = g_string_new (NULL);
  junit->failures = g_string_new (NULL);
  return junit;
}

void
attest_junit_free (AttestJunit *junit)
{
  if (junit == NULL)
    return;
  g_string_free (junit->cases, TRUE);
  g_string_free (junit->failures, TRUE);
  g_free (junit->name);
  g_free (junit->what);
  g_free (junit);
}

static void
end_case (AttestJunit *junit)
{
  g_autofree char *start = NULL;

  if (junit->name == NULL)
    return;
  start = g_markup_printf_escaped ("  <testcase classname=\"%s\" name=\"%s\"", junit->class_name,
                                   junit->name);
  g_string_append (junit->cases, start);
  junit->n_cases++;
  if (junit->failures->len == 0)
    g_string_append (junit->cases, "/>\n");
  else
    {
      g_autofree char *failure
          = g_markup_printf_escaped (">\n    <failure message=\"%s\">", junit->what);

      junit->n_failed++;
      g_string_append (junit->cases, failure);
      g_string_append_len (junit->cases, junit->failures->str, (gssize)junit->failures->len);
      g_string_append (junit->cases, "</failure>\n  </testcase>\n");
      g_string_truncate (junit->failures, 0);
    }
  g_clear_pointer (&junit->name, g_free);
  g_clear_pointer (&junit->what, g_free);
}

void
attest_junit_begin_case (AttestJunit *junit, const char *name, const char *what)
{
  end_case (junit);
  junit->name = g_strdup (name);
  junit->what = g_strdup (what);
}

void
attest_junit_add_failure (AttestJunit *junit, const char *format, ...)
{
  g_autofree char *line = NULL, *printable = NULL, *escaped = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  /* XML has no control characters, not even escaped. */
  printable = attest_text_printable (line, strlen (line), 0);
  escaped = g_markup_escape_text (printable, -1);
  g_string_append (junit->failures, escaped);
  g_string_append_c (junit->failures, '\n');
}

void
attest_junit_finish (AttestJunit *junit, GString *out)
{
  end_case (junit);
  g_string_append_printf (out,
                          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<testsuite name=\"%s\" tests=\"%u\" failures=\"%u\">\n",
                          junit->suite, junit->n_cases, junit->n_failed);
  g_string_append_len (out, junit->cases->str, (gssize)junit->cases->len);
  g_string_append (out, "</testsuite>\n");
}
