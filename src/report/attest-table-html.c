/* A table as HTML: a caption, headings that say of what they are, numbers to the right, bars and
 * heat beside and behind the numbers. */
#include <string.h>

#include "report/attest-svg.h"
#include "report/attest-table-private.h"

/* Steps of heat behind a cell; the style sheet has a colour for each. */
#define HEAT_STEPS 5

static gboolean
is_shown (const AttestTable *table, guint i)
{
  return (attest_table_column (table, i)->flags & ATTEST_COLUMN_MACHINE) == 0;
}

static guint
n_shown (const AttestTable *table)
{
  guint n = 0;

  for (guint i = 0; i < table->columns->len; i++)
    n += is_shown (table, i);
  return n;
}

static gboolean
is_bar (const AttestTable *table, guint i)
{
  return (attest_table_column (table, i)->flags & ATTEST_COLUMN_BAR) != 0;
}

/* Lined up to the right; a number with a bar is so inside its cell. */
static gboolean
is_right (const AttestTable *table, guint i)
{
  const AttestColumn *column = attest_table_column (table, i);

  if (is_bar (table, i))
    return FALSE;
  return (column->type != ATTEST_COLUMN_TEXT && column->type != ATTEST_COLUMN_LIST)
         || (column->flags & ATTEST_COLUMN_RIGHT) != 0;
}

static void
write_head (const AttestTable *table, AttestHtml *html)
{
  attest_html_open (html, "thead", NULL);
  attest_html_open (html, "tr", NULL);
  for (guint i = 0; i < table->columns->len; i++)
    if (is_shown (table, i))
      {
        const AttestColumn *column = attest_table_column (table, i);

        attest_html_element (html, "th", column->heading, "scope", "col", "class",
                             is_right (table, i) ? "n" : NULL, NULL);
      }
  attest_html_close (html, "tr");
  attest_html_close (html, "thead");
}

static double
column_maximum (const AttestTable *table, guint i)
{
  double maximum = 0;

  for (guint row = 0; row < MIN (attest_table_n_rows (table), table->first_total); row++)
    maximum = MAX (maximum, attest_table_cell (table, row, i)->number);
  return maximum;
}

static void
write_text (const AttestCell *cell, const char *text, AttestHtml *html)
{
  if (cell->link != NULL)
    attest_html_element (html, "a", text, "href", cell->link, NULL);
  else
    attest_html_text (html, text);
}

/* The number, as wide in every row, and its bar; totals have none, nor what is not told. */
static void
write_bar (const AttestTable *table, guint row, guint i, const char *text, AttestHtml *html)
{
  g_autofree char *label
      = g_strdup_printf ("%s: %s", attest_table_column (table, i)->heading, text);

  attest_html_element (html, "span", text, "class", "v", NULL);
  if (row < table->first_total && attest_table_cell (table, row, i)->known)
    attest_svg_bar (html, attest_table_cell (table, row, i)->number, column_maximum (table, i),
                    label);
}

static void
write_value (const AttestTable *table, guint row, guint i, AttestHtml *html)
{
  g_autofree char *text = attest_table_cell_to_text (table, row, i, TRUE);

  if (is_bar (table, i))
    write_bar (table, row, i, text, html);
  else
    write_text (attest_table_cell (table, row, i), text, html);
}

static const char *
heat_class (const AttestCell *cell)
{
  static const char *const classes[HEAT_STEPS + 1]
      = { "n", "n h1", "n h2", "n h3", "n h4", "n h5" };
  guint step = cell->heat <= 0 ? 0 : 1 + (guint)(cell->heat * HEAT_STEPS * 0.9999);

  return classes[MIN (step, HEAT_STEPS)];
}

static void
write_row (const AttestTable *table, guint row, AttestHtml *html)
{
  gboolean is_first = TRUE;

  attest_html_open (html, "tr", NULL);
  for (guint i = 0; i < table->columns->len; i++)
    {
      gboolean right = is_right (table, i);

      if (!is_shown (table, i))
        continue;
      if (is_first)
        attest_html_open (html, "th", "scope", "row", "dir", "auto", NULL);
      else
        attest_html_open (html, "td", "class",
                          right               ? heat_class (attest_table_cell (table, row, i))
                          : is_bar (table, i) ? "b"
                                              : NULL,
                          "dir", right || is_bar (table, i) ? NULL : "auto", NULL);
      write_value (table, row, i, html);
      attest_html_close (html, is_first ? "th" : "td");
      is_first = FALSE;
    }
  attest_html_close (html, "tr");
}

static void
write_section (const AttestTable *table, const char *heading, AttestHtml *html)
{
  g_autofree char *columns = g_strdup_printf ("%u", n_shown (table));

  attest_html_open (html, "tr", "class", "section", NULL);
  attest_html_element (html, "th", heading, "scope", "rowgroup", "colspan", columns, NULL);
  attest_html_close (html, "tr");
}

static void
write_body (const AttestTable *table, AttestHtml *html)
{
  guint n_rows = attest_table_n_rows (table);
  guint n_body = MIN (n_rows, table->first_total);

  attest_html_open (html, "tbody", NULL);
  for (guint row = 0, section = 0; row < n_body; row++)
    {
      for (; section < table->sections->len; section++)
        {
          const AttestSection *next = &g_array_index (table->sections, AttestSection, section);

          if (next->row != row)
            break;
          if (row > 0)
            {
              attest_html_close (html, "tbody");
              attest_html_open (html, "tbody", NULL);
            }
          write_section (table, next->heading, html);
        }
      write_row (table, row, html);
    }
  attest_html_close (html, "tbody");
  if (n_body == n_rows)
    return;
  attest_html_open (html, "tfoot", NULL);
  for (guint row = n_body; row < n_rows; row++)
    write_row (table, row, html);
  attest_html_close (html, "tfoot");
}

void
attest_table_write_html (const AttestTable *table, AttestHtml *html)
{
  g_auto (GStrv) notes = g_strsplit (table->note != NULL ? table->note : "", "\n", -1);

  /* A table that is wider than the screen is moved by itself, also by keyboard. */
  attest_html_open (html, "div", "class", "wide", "tabindex", "0", "role", "region", "aria-label",
                    table->title != NULL ? table->title : "Table", NULL);
  attest_html_open (html, "table", NULL);
  if (table->title != NULL)
    attest_html_element (html, "caption", table->title, NULL);
  write_head (table, html);
  write_body (table, html);
  attest_html_close (html, "table");
  attest_html_close (html, "div");
  for (char **note = notes; table->note != NULL && *note != NULL; note++)
    attest_html_element (html, "p", *note, "class", "note", NULL);
}
