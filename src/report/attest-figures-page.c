#include "report/attest-figures-page.h"

#include "report/attest-page.h"

static void
free_chart (gpointer data)
{
  attest_chart_free (data);
}

static void
free_table (gpointer data)
{
  attest_table_free (data);
}

GPtrArray *
attest_figures_charts_new (void)
{
  return g_ptr_array_new_with_free_func (free_chart);
}

GPtrArray *
attest_figures_tables_new (void)
{
  return g_ptr_array_new_with_free_func (free_table);
}

void
attest_figures_page_write (const AttestFiguresPage *page, GString *out)
{
  AttestPage frame = { .title = page->title, .kind = page->kind, .origin = page->origin };
  g_autoptr (AttestHtml) html = attest_html_new (out);

  attest_page_begin (html, &frame, NULL);
  for (guint i = 0; i < page->charts->len; i++)
    if (attest_chart_n_rows (g_ptr_array_index (page->charts, i)) > 0)
      {
        attest_html_open (html, "section", NULL);
        attest_chart_write_figure (g_ptr_array_index (page->charts, i), html);
        attest_html_close (html, "section");
      }
  for (guint i = 0; i < page->tables->len; i++)
    if (attest_table_n_rows (g_ptr_array_index (page->tables, i)) > 0)
      {
        attest_html_open (html, "section", NULL);
        attest_table_write_html (g_ptr_array_index (page->tables, i), html);
        attest_html_close (html, "section");
      }
  attest_html_open (html, "section", NULL);
  for (guint i = 0; i < page->remarks->len; i++)
    attest_html_element (html, "p", g_ptr_array_index (page->remarks, i), "class", "meta", NULL);
  attest_html_close (html, "section");
  attest_page_end (html);
}
