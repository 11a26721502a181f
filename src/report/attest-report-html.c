/* Pages that hold one table. */
#include "report/attest-report-html.h"

#include <string.h>

char *
attest_report_dup_project_title (AttestStore *store, GError **error)
{
  g_autoptr (GError) inner = NULL;
  char *title = attest_store_dup_meta (store, "title", &inner);
  g_autofree char *name = NULL;

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }
  if (title != NULL)
    return title;
  name = g_filename_display_basename (attest_store_get_path (store));
  return g_str_has_suffix (name, ".attest") ? g_strndup (name, strlen (name) - strlen (".attest"))
                                            : g_steal_pointer (&name);
}

static void
write_table_page (const AttestTable *table, const AttestFrequency *frequency, const char *title,
                  const char *kind, GString *out)
{
  AttestPage page = { title, kind, frequency };
  g_autoptr (AttestHtml) html = attest_html_new (out);

  attest_page_begin (html, &page, NULL);
  attest_html_open (html, "section", NULL);
  attest_table_write_html (table, html);
  attest_html_close (html, "section");
  attest_page_end (html);
}

void
attest_frequency_write_html (const AttestFrequency *frequency, const char *title, GString *out)
{
  g_autoptr (AttestTable) table = attest_frequency_to_table (frequency, NULL);

  write_table_page (table, frequency, title, "Frequency of codes", out);
}

void
attest_matrix_write_html (const AttestMatrix *matrix, const AttestFrequency *frequency,
                          const char *rows, const char *cols, gboolean by_attribute,
                          const char *title, GString *out)
{
  g_autoptr (AttestTable) table
      = attest_matrix_to_table (matrix, frequency, rows, cols, by_attribute, NULL);
  g_autofree char *kind = g_strdup_printf ("%s × %s", rows, cols);

  write_table_page (table, frequency, title, kind, out);
}
