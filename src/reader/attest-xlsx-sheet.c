/* attest-xlsx-sheet: the cells of one sheet. */
#include "reader/attest-xlsx.h"

#include <math.h>
#include <string.h>

#include "util/attest-error.h"
#include "util/attest-limits.h"

typedef struct
{
  AttestXlsxBook *book;
  AttestXml *xml;
  AttestGrid *grid;
  GString *text;  /* of the cell that is open */
  GString *value; /* its v */
  guint line;     /* of the row that is open */
  gint64 column;  /* of the last cell, -1: none yet */
} Sheet;

static gint64
parse_number (const char *text, gint64 fallback)
{
  char *end;
  guint64 number = text != NULL ? g_ascii_strtoull (text, &end, 10) : 0;

  return text != NULL && end != text && number <= G_MAXINT ? (gint64)number : fallback;
}

/* "BC12" → 54; -1 when there are no letters. */
static gint64
parse_column (const char *reference)
{
  gint64 column = 0;

  for (; reference != NULL && g_ascii_isalpha (*reference) && column <= ATTEST_MAX_TABLE_COLUMNS;
       reference++)
    column = column * 26 + (g_ascii_toupper (*reference) - 'A') + 1;
  return column - 1;
}

/* A number as a spreadsheet shows it: with 15 digits 0.1 + 0.2 is 0.3. */
static void
append_number (Sheet *sheet, AttestXlsxShow show)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;
  double number = g_ascii_strtod (sheet->value->str, &end);
  g_autofree char *date = NULL;

  if (end == sheet->value->str || *end != '\0' || !isfinite (number))
    {
      g_string_append (sheet->text, sheet->value->str);
      return;
    }
  if (show != ATTEST_XLSX_NUMBER)
    date = attest_xlsx_dup_date (number, show, sheet->book->from_1904);
  g_string_append (sheet->text,
                   date != NULL ? date : g_ascii_formatd (digits, sizeof digits, "%.15g", number));
}

static AttestXlsxShow
show_of_style (const Sheet *sheet, const char *style)
{
  gint64 index = parse_number (style, 0);

  return index < (gint64)sheet->book->styles->len
             ? g_array_index (sheet->book->styles, AttestXlsxShow, index)
             : ATTEST_XLSX_NUMBER;
}

/* The v of a cell, by its type. */
static gboolean
append_value (Sheet *sheet, const char *type, const char *style, GError **error)
{
  gint64 index;

  if (type == NULL || strcmp (type, "n") == 0)
    {
      if (sheet->value->len > 0)
        append_number (sheet, show_of_style (sheet, style));
      return TRUE;
    }
  if (strcmp (type, "s") == 0)
    {
      index = parse_number (sheet->value->str, -1);
      if (index < 0 || index >= (gint64)sheet->book->strings->len)
        return attest_throw (error, ATTEST_ERROR_INPUT,
                             "%u: a cell of sheet '%s' has a string that is not there", sheet->line,
                             sheet->grid->name);
      g_string_append (sheet->text, g_ptr_array_index (sheet->book->strings, (guint)index));
    }
  else if (strcmp (type, "b") == 0)
    g_string_append (sheet->text, strcmp (sheet->value->str, "0") == 0 ? "FALSE" : "TRUE");
  else
    g_string_append (sheet->text, sheet->value->str);
  return TRUE;
}

static gboolean
read_text (Sheet *sheet, GString *out, GError **error)
{
  AttestXmlEvent event;

  while ((event = attest_xml_next_child (sheet->xml, error)) != ATTEST_XML_END)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event == ATTEST_XML_TEXT)
        g_string_append (out, attest_xml_text (sheet->xml));
      else if (!attest_xml_skip (sheet->xml, error))
        return FALSE;
    }
  return TRUE;
}

/* v and is; a formula counts by its last result only. */
static gboolean
read_cell_parts (Sheet *sheet, GError **error)
{
  gboolean good = TRUE;

  while (good && attest_xml_next_element (sheet->xml, &good, error))
    {
      if (attest_xml_is (sheet->xml, "v"))
        good = read_text (sheet, sheet->value, error);
      else if (attest_xml_is (sheet->xml, "is"))
        good = attest_xlsx_read_rich (sheet->xml, sheet->text, error);
      else
        good = attest_xml_skip (sheet->xml, error);
    }
  return good;
}

static gboolean
check_cell (Sheet *sheet, gint64 column, GError **error)
{
  AttestXlsxBook *book = sheet->book;

  if (column <= sheet->column || column >= ATTEST_MAX_TABLE_COLUMNS)
    return attest_throw (error, ATTEST_ERROR_INPUT, "%u: the cells of sheet '%s' are in disorder",
                         sheet->line, sheet->grid->name);
  book->text_bytes += sheet->text->len;
  if (++book->n_cells > ATTEST_MAX_TABLE_CELLS || book->text_bytes > ATTEST_MAX_TABLE_TEXT_BYTES)
    return attest_throw (error, ATTEST_ERROR_LIMIT, "%u: more than %u cells or %u MB of text",
                         sheet->line, ATTEST_MAX_TABLE_CELLS, ATTEST_MAX_TABLE_TEXT_BYTES >> 20);
  return TRUE;
}

static gboolean
read_cell (Sheet *sheet, GError **error)
{
  g_autofree char *reference = attest_xml_dup_attribute (sheet->xml, "r");
  g_autofree char *type = attest_xml_dup_attribute (sheet->xml, "t");
  g_autofree char *style = attest_xml_dup_attribute (sheet->xml, "s");
  gint64 column = parse_column (reference);

  if (column < 0)
    column = sheet->column + 1;
  g_string_truncate (sheet->text, 0);
  g_string_truncate (sheet->value, 0);
  if (!read_cell_parts (sheet, error) || !append_value (sheet, type, style, error)
      || !check_cell (sheet, column, error))
    return FALSE;
  sheet->column = column;
  attest_grid_add_cell (sheet->grid, (guint)column, sheet->text->str);
  return TRUE;
}

gboolean
attest_xlsx_read_sheet (AttestXlsxBook *book, AttestXml *xml, AttestGrid *grid, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL), value = g_string_new (NULL);
  Sheet sheet = { book, xml, grid, text, value, 0, -1 };
  AttestXmlEvent event;

  while ((event = attest_xml_next (xml, error)) != ATTEST_XML_EOF)
    {
      if (event == ATTEST_XML_ERROR)
        return FALSE;
      if (event != ATTEST_XML_START)
        continue;
      if (attest_xml_is (xml, "row"))
        {
          g_autofree char *number = attest_xml_dup_attribute (xml, "r");

          sheet.line = (guint)parse_number (number, (gint64)sheet.line + 1);
          sheet.column = -1;
          attest_grid_add_row (grid, sheet.line);
        }
      else if (attest_xml_is (xml, "c") && grid->rows->len > 0 && !read_cell (&sheet, error))
        return FALSE;
    }
  return TRUE;
}
