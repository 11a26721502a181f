#include "report/attest-workbook.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "report/attest-table-private.h"
#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

#define MS_PER_DAY (24.0 * 60 * 60 * 1000)
/* Widths of columns, in characters. */
#define MIN_WIDTH 8
#define MAX_WIDTH 60
#define COPY_BYTES 65536u
#define WORKBOOK_NAME "workbook.xlsx"

typedef enum
{
  FORMAT_HEADING,
  FORMAT_TEXT,
  FORMAT_INT,
  FORMAT_DOUBLE,
  FORMAT_TIME,
  FORMAT_LINK,
  N_FORMATS,
} Format;

typedef struct
{
  guint width; /* characters */
  gboolean has_bars;
} SheetColumn;

struct _AttestWorkbook
{
  char *folder, *path;
  char *book; /* (nullable) */
  lxw_workbook *file;
  lxw_format *formats[N_FORMATS];
  lxw_worksheet *sheet; /* the one that grows */
  lxw_row_t n_rows;     /* of it, the headings included */
  guint n_links;        /* of it */
  GArray *columns;      /* of SheetColumn, of it */
  AttestWorkbookLosses losses;
};

static gboolean
throw_file (GError **error, const char *what, lxw_error code)
{
  return attest_throw (error, ATTEST_ERROR_STORE, "cannot write the workbook: %s: %s", what,
                       lxw_strerror (code));
}

/* ---- begin ---- */

static void
make_formats (AttestWorkbook *workbook)
{
  for (guint i = 0; i < N_FORMATS; i++)
    {
      workbook->formats[i] = workbook_add_format (workbook->file);
      format_set_align (workbook->formats[i], LXW_ALIGN_VERTICAL_TOP);
    }
  format_set_bold (workbook->formats[FORMAT_HEADING]);
  format_set_bottom (workbook->formats[FORMAT_HEADING], LXW_BORDER_THIN);
  format_set_text_wrap (workbook->formats[FORMAT_TEXT]);
  format_set_num_format (workbook->formats[FORMAT_INT], "0");
  format_set_num_format (workbook->formats[FORMAT_DOUBLE], "0.00");
  format_set_num_format (workbook->formats[FORMAT_TIME], "[hh]:mm:ss");
  format_set_font_color (workbook->formats[FORMAT_LINK], 0x0B57A4);
  format_set_underline (workbook->formats[FORMAT_LINK], LXW_UNDERLINE_SINGLE);
}

static void
set_properties (AttestWorkbook *workbook, const char *title, const char *created_at)
{
  g_autoptr (GDateTime) at
      = created_at != NULL ? g_date_time_new_from_iso8601 (created_at, NULL) : NULL;
  g_autofree char *clean
      = attest_text_printable (title != NULL ? title : "", title != NULL ? strlen (title) : 0, 200);
  lxw_doc_properties properties = { .title = clean,
                                    .comments = (char *)"Made by attest",
                                    /* 0 would be the time of now. */
                                    .created = at != NULL ? g_date_time_to_unix (at) : 1 };

  workbook_set_properties (workbook->file, &properties);
}

AttestWorkbook *
attest_workbook_new (const char *title, const char *created_at, const char *book, GError **error)
{
  g_autoptr (AttestWorkbook) workbook = g_new0 (AttestWorkbook, 1);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };

  workbook->folder = g_dir_make_tmp ("attest-XXXXXX", error);
  if (workbook->folder == NULL)
    return NULL;
  workbook->path = g_build_filename (workbook->folder, WORKBOOK_NAME, NULL);
  workbook->book = g_strdup (book);
  workbook->columns = g_array_new (FALSE, FALSE, sizeof (SheetColumn));
  options.tmpdir = workbook->folder;
  workbook->file = workbook_new_opt (workbook->path, &options);
  if (workbook->file == NULL)
    return attest_throw_null (error, ATTEST_ERROR_STORE, "%s: cannot make a workbook there",
                              workbook->folder);
  make_formats (workbook);
  set_properties (workbook, title, created_at);
  return g_steal_pointer (&workbook);
}

void
attest_workbook_free (AttestWorkbook *workbook)
{
  if (workbook == NULL)
    return;
  if (workbook->file != NULL)
    lxw_workbook_free (workbook->file);
  if (workbook->path != NULL)
    g_unlink (workbook->path);
  if (workbook->folder != NULL)
    g_rmdir (workbook->folder);
  g_free (workbook->folder);
  g_free (workbook->path);
  g_free (workbook->book);
  g_clear_pointer (&workbook->columns, g_array_unref);
  g_free (workbook);
}

/* ---- cells ---- */

/* Excel counts UTF-16 units. */
static char *
dup_fitting (AttestWorkbook *workbook, const char *text)
{
  const char *end = text; /* of what fits beside "…" */
  gsize units = 0;

  for (const char *at = text; *at != '\0';)
    {
      units += g_utf8_get_char (at) > 0xFFFF ? 2 : 1;
      at = g_utf8_next_char (at);
      if (units < ATTEST_MAX_WORKBOOK_CELL_UNITS)
        end = at;
      if (units > ATTEST_MAX_WORKBOOK_CELL_UNITS)
        {
          g_autofree char *head = g_strndup (text, (gsize)(end - text));

          workbook->losses.cells_cut++;
          return g_strconcat (head, "…", NULL);
        }
    }
  return g_strdup (text);
}

/* Only the ids of quotes are links: to where they stand in the book. */
static gboolean
write_link (AttestWorkbook *workbook, lxw_col_t column, const char *id, lxw_error *out_code)
{
  g_autofree char *url = NULL;

  if (workbook->book == NULL || id[0] != 'Q')
    return FALSE;
  if (workbook->n_links >= ATTEST_MAX_WORKBOOK_LINKS)
    {
      workbook->losses.links_left++;
      return FALSE;
    }
  workbook->n_links++;
  url = g_strconcat ("external:", workbook->book, "#", id, NULL);
  *out_code = worksheet_write_url_opt (workbook->sheet, workbook->n_rows, column, url,
                                       workbook->formats[FORMAT_LINK], id, NULL);
  return TRUE;
}

static lxw_error
write_text (AttestWorkbook *workbook, const AttestTable *table, guint row, guint i)
{
  g_autofree char *text = attest_table_cell_to_text (table, row, i, FALSE);
  g_autofree char *fitting = dup_fitting (workbook, text);
  guint *width = &g_array_index (workbook->columns, SheetColumn, i).width;
  lxw_error code = LXW_NO_ERROR;

  *width = MAX (*width, (guint)MIN (attest_text_columns (fitting, strlen (fitting)), MAX_WIDTH));
  if (strcmp (attest_table_column (table, i)->key, "id") == 0
      && write_link (workbook, (lxw_col_t)i, fitting, &code))
    return code;
  return worksheet_write_string (workbook->sheet, workbook->n_rows, (lxw_col_t)i, fitting,
                                 workbook->formats[FORMAT_TEXT]);
}

static lxw_error
write_cell (AttestWorkbook *workbook, const AttestTable *table, guint row, guint i)
{
  const AttestCell *cell = attest_table_cell (table, row, i);
  lxw_col_t column = (lxw_col_t)i;

  /* Of what is not known, nothing; of a count that is not told, what stands for it. */
  if (!cell->known)
    return cell->text != NULL ? write_text (workbook, table, row, i) : LXW_NO_ERROR;
  switch (attest_table_column (table, i)->type)
    {
    case ATTEST_COLUMN_INT:
      return worksheet_write_number (workbook->sheet, workbook->n_rows, column,
                                     (double)cell->integer, workbook->formats[FORMAT_INT]);
    case ATTEST_COLUMN_DOUBLE:
      return worksheet_write_number (workbook->sheet, workbook->n_rows, column, cell->number,
                                     workbook->formats[FORMAT_DOUBLE]);
    case ATTEST_COLUMN_TIME:
      return worksheet_write_number (workbook->sheet, workbook->n_rows, column,
                                     (double)cell->integer / MS_PER_DAY,
                                     workbook->formats[FORMAT_TIME]);
    case ATTEST_COLUMN_BOOL:
      return worksheet_write_boolean (workbook->sheet, workbook->n_rows, column, cell->integer != 0,
                                      workbook->formats[FORMAT_INT]);
    case ATTEST_COLUMN_TEXT:
    case ATTEST_COLUMN_LIST:
    default:
      return write_text (workbook, table, row, i);
    }
}

/* ---- sheets ---- */

/* A sheet is done with: what depends on all of its rows. */
static void
end_sheet (AttestWorkbook *workbook)
{
  /* From 0, so that a bar twice as long means twice as many. */
  lxw_conditional_format bars = { .type = LXW_CONDITIONAL_DATA_BAR,
                                  .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                  .min_value = 0,
                                  .bar_color = 0x9CC3E6,
                                  .bar_solid = LXW_TRUE };

  if (workbook->sheet == NULL || workbook->columns->len == 0)
    return;
  for (guint i = 0; i < workbook->columns->len; i++)
    {
      const SheetColumn *column = &g_array_index (workbook->columns, SheetColumn, i);
      lxw_col_t at = (lxw_col_t)i;

      worksheet_set_column (workbook->sheet, at, at, column->width + 2, NULL);
      if (column->has_bars && workbook->n_rows > 1)
        worksheet_conditional_format_range (workbook->sheet, 1, at, workbook->n_rows - 1, at,
                                            &bars);
    }
  worksheet_autofilter (workbook->sheet, 0, 0, MAX (workbook->n_rows, 2) - 1,
                        (lxw_col_t)(workbook->columns->len - 1));
  worksheet_freeze_panes (workbook->sheet, 1, 1);
}

static gboolean
begin_sheet (AttestWorkbook *workbook, const char *name, const AttestTable *table, GError **error)
{
  end_sheet (workbook);
  workbook->sheet = workbook_add_worksheet (workbook->file, name);
  if (workbook->sheet == NULL)
    return attest_throw (error, ATTEST_ERROR_STORE, "cannot write the workbook: sheet '%s'", name);
  workbook->n_rows = 0;
  workbook->n_links = 0;
  g_array_set_size (workbook->columns, 0);
  for (guint i = 0; i < table->columns->len; i++)
    {
      const AttestColumn *column = attest_table_column (table, i);
      const char *heading = *column->heading != '\0' ? column->heading : column->key;
      g_autofree char *clean = attest_text_printable (heading, strlen (heading), MAX_WIDTH);
      SheetColumn shape = { MAX (MIN_WIDTH, (guint)attest_text_columns (clean, strlen (clean))),
                            (column->flags & ATTEST_COLUMN_BAR) != 0 };
      lxw_error code = worksheet_write_string (workbook->sheet, 0, (lxw_col_t)i, clean,
                                               workbook->formats[FORMAT_HEADING]);

      if (code != LXW_NO_ERROR)
        return throw_file (error, name, code);
      g_array_append_val (workbook->columns, shape);
    }
  workbook->n_rows = 1;
  return TRUE;
}

gboolean
attest_workbook_add (AttestWorkbook *workbook, const char *name, const AttestTable *table,
                     gboolean is_first, GError **error)
{
  if (is_first && !begin_sheet (workbook, name, table, error))
    return FALSE;
  for (guint row = 0; row < attest_table_n_body_rows (table); row++)
    {
      if (workbook->n_rows >= ATTEST_MAX_WORKBOOK_ROWS)
        return attest_throw (error, ATTEST_ERROR_LIMIT,
                             "a spreadsheet has no room for more than %u rows of %s: use --format "
                             "csv or r",
                             ATTEST_MAX_WORKBOOK_ROWS - 1, name);
      for (guint i = 0; i < table->columns->len; i++)
        {
          lxw_error code = write_cell (workbook, table, row, i);

          if (code != LXW_NO_ERROR)
            return throw_file (error, name, code);
        }
      workbook->n_rows++;
    }
  return TRUE;
}

/* ---- end ---- */

static gboolean
copy_file (const char *path, AttestOutput *output, GError **error)
{
  FILE *file = g_fopen (path, "rb");
  g_autofree char *buffer = g_malloc (COPY_BYTES);
  gboolean ok = file != NULL;
  gsize n;

  while (ok && (n = fread (buffer, 1, COPY_BYTES, file)) > 0)
    {
      g_string_append_len (attest_output_get_buffer (output), buffer, (gssize)n);
      if (!attest_output_step (output, error))
        {
          fclose (file);
          return FALSE;
        }
    }
  if (ok && ferror (file) == 0 && fclose (file) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

gboolean
attest_workbook_finish (AttestWorkbook *workbook, AttestOutput *output,
                        AttestWorkbookLosses *out_losses, GError **error)
{
  lxw_error code;

  end_sheet (workbook);
  /* It is freed whether that works or not. */
  code = workbook_close (g_steal_pointer (&workbook->file));
  if (code != LXW_NO_ERROR)
    return throw_file (error, workbook->folder, code);
  if (!copy_file (workbook->path, output, error))
    return FALSE;
  if (out_losses != NULL)
    *out_losses = workbook->losses;
  return TRUE;
}
