/* A table for people: headings, a rule, rows, a rule, totals; numbers to the right; bars beside
 * numbers. What does not fit the terminal gives way in steps: headings take several lines, bars go,
 * long texts wrap, optional columns go and are named below, other texts are cut, words of headings
 * are broken. Numbers are never cut. */
#include <string.h>

#include "report/attest-table-private.h"
#include "util/attest-text.h"

#define BAR_COLUMNS 12
#define GAP "  "
#define GAP_COLUMNS 2
/* What stays of a text that wraps, as long as others can give way; of any text. */
#define COMFORTABLE_COLUMNS 24
#define LEAST_COLUMNS 8
/* Of a heading above numbers, when nothing else helps. */
#define LEAST_HEADING_COLUMNS 5

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

/* Of categories: neither dark nor light, so that they can be read on both (of xterm's 256). */
static const char *const colours[]
    = { "\033[38;5;32m", "\033[38;5;172m", "\033[38;5;35m", "\033[38;5;169m",
        "\033[38;5;37m", "\033[38;5;167m", "\033[38;5;99m", "\033[38;5;101m" };

/* How a table is laid out, by column. */
typedef struct
{
  const AttestTable *table;
  GString *out;
  gboolean color, bars;
  gboolean *hidden; /* columns for programs, and those that gave way */
  gsize *widths;
  gsize *cell_widths;
  gsize *word_widths;   /* of the longest word of a cell */
  double *maxima;       /* for bars */
  char **texts;         /* printable, row by row */
  const char **colours; /* by row; NULL: none */
} Layout;

static void
layout_clear (Layout *layout)
{
  g_free (layout->hidden);
  g_free (layout->cell_widths);
  g_free (layout->word_widths);
  g_free (layout->maxima);
  g_strfreev (layout->texts);
  g_free (layout->colours);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layout, layout_clear)

static gboolean
is_number (const AttestColumn *column)
{
  return column->type == ATTEST_COLUMN_INT || column->type == ATTEST_COLUMN_DOUBLE
         || column->type == ATTEST_COLUMN_TIME;
}

static gboolean
is_right (const AttestColumn *column)
{
  return is_number (column) || (column->flags & ATTEST_COLUMN_RIGHT) != 0;
}

static gsize
text_columns (const char *text)
{
  return attest_text_columns (text, strlen (text));
}

static gsize
longest_word (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gsize longest = 0;

  for (char **word = words; *word != NULL; word++)
    longest = MAX (longest, text_columns (*word));
  return longest;
}

static void
render (Layout *layout)
{
  const AttestTable *table = layout->table;
  guint n = table->columns->len, rows = attest_table_n_rows (table);

  layout->texts = g_new0 (char *, (gsize)rows *n + 1);
  layout->hidden = g_new0 (gboolean, n + 1);
  layout->cell_widths = g_new0 (gsize, n + 1);
  layout->word_widths = g_new0 (gsize, n + 1);
  layout->maxima = g_new0 (double, n + 1);
  for (guint i = 0; i < n; i++)
    layout->hidden[i] = (attest_table_column (table, i)->flags & ATTEST_COLUMN_MACHINE) != 0;
  for (guint row = 0; row < rows; row++)
    for (guint i = 0; i < n; i++)
      {
        g_autofree char *text = attest_table_cell_to_text (table, row, i, TRUE);
        char *printable = attest_text_printable (text, strlen (text), 0);

        layout->texts[(gsize)row * n + i] = printable;
        layout->cell_widths[i] = MAX (layout->cell_widths[i], text_columns (printable));
        if ((attest_table_column (table, i)->flags & ATTEST_COLUMN_WRAP) != 0)
          layout->word_widths[i] = MAX (layout->word_widths[i], longest_word (printable));
        if (row < table->first_total)
          layout->maxima[i] = MAX (layout->maxima[i], attest_table_cell (table, row, i)->number);
      }
}

/* Each different text of the column of categories has a colour; rows of totals have none. */
static void
choose_colours (Layout *layout)
{
  const AttestTable *table = layout->table;
  guint n = table->columns->len, rows = attest_table_n_rows (table);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  layout->colours = g_new0 (const char *, (gsize)rows + 1);
  for (guint i = 0; i < n; i++)
    for (guint row = 0; (attest_table_column (table, i)->flags & ATTEST_COLUMN_CATEGORY) != 0
                        && row < MIN (rows, table->first_total);
         row++)
      {
        const char *text = layout->texts[(gsize)row * n + i];

        if (!g_hash_table_contains (known, text))
          g_hash_table_insert (known, (gpointer)text, GUINT_TO_POINTER (g_hash_table_size (known)));
        layout->colours[row] = colours[GPOINTER_TO_UINT (g_hash_table_lookup (known, text))
                                       % G_N_ELEMENTS (colours)];
      }
}

/* ---- widths ---- */

static gboolean
has_bar (const Layout *layout, const AttestColumn *column)
{
  return layout->bars && (column->flags & ATTEST_COLUMN_BAR) != 0;
}

static gsize
total_width (const Layout *layout)
{
  gsize total = 0;

  for (guint i = 0; i < layout->table->columns->len; i++)
    {
      const AttestColumn *column = attest_table_column (layout->table, i);

      if (!layout->hidden[i])
        total += layout->widths[i] + GAP_COLUMNS + (has_bar (layout, column) ? BAR_COLUMNS + 1 : 0);
    }
  return total > GAP_COLUMNS ? total - GAP_COLUMNS : 0;
}

/* Steps of giving way; each allows more than the one before. */
enum
{
  FOLD_HEADINGS,
  DROP_BARS,
  WRAP_TEXTS,
  DROP_COLUMNS,
  CUT_TEXTS,
  WRAP_NARROW,
  BREAK_HEADINGS,
  GIVE_UP
};

static gsize
least_width (const Layout *layout, guint i, int step)
{
  const AttestColumn *column = attest_table_column (layout->table, i);
  gsize word = longest_word (column->heading);
  gsize whole = MAX (layout->cell_widths[i], word);

  if (is_right (column) && step >= BREAK_HEADINGS)
    return MIN (whole, MAX (layout->cell_widths[i], LEAST_HEADING_COLUMNS));
  if (is_right (column) || step < WRAP_TEXTS)
    return whole;
  if ((column->flags & ATTEST_COLUMN_WRAP) == 0)
    return step < CUT_TEXTS ? whole : MIN (whole, LEAST_COLUMNS);
  return step < WRAP_NARROW
             ? MIN (whole, MIN (MAX (layout->word_widths[i], word), COMFORTABLE_COLUMNS))
             : MIN (whole, LEAST_COLUMNS);
}

/* Hides optional columns, from the right, until the others fit. */
static void
drop_columns (Layout *layout, guint columns)
{
  for (guint i = layout->table->columns->len; i-- > 0 && total_width (layout) > columns;)
    if ((attest_table_column (layout->table, i)->flags & ATTEST_COLUMN_OPTIONAL) != 0)
      layout->hidden[i] = TRUE;
}

/* Takes what is too wide from the widest columns that may give way. */
static void
fit (Layout *layout, guint columns)
{
  for (int step = FOLD_HEADINGS; step < GIVE_UP && total_width (layout) > columns; step++)
    {
      layout->bars = layout->bars && step < DROP_BARS;
      if (step == DROP_COLUMNS)
        drop_columns (layout, columns);
      for (gsize total = total_width (layout); total > columns; total--)
        {
          int widest = -1;

          for (guint i = 0; i < layout->table->columns->len; i++)
            if (!layout->hidden[i] && layout->widths[i] > least_width (layout, i, step)
                && (widest < 0 || layout->widths[i] > layout->widths[widest]))
              widest = (int)i;
          if (widest < 0)
            break;
          layout->widths[widest]--;
        }
    }
}

/* ---- lines ---- */

/* Text between two switches, when there is colour and something to switch. */
static void
append_styled (const Layout *layout, const char *style, const char *text, gsize length_bytes)
{
  gboolean styled = layout->color && style != NULL && length_bytes > 0;

  g_string_append (layout->out, styled ? style : "");
  g_string_append_len (layout->out, text, (gssize)length_bytes);
  g_string_append (layout->out, styled ? PLAIN : "");
}

static void
append_padding (const Layout *layout, gsize used, gsize width)
{
  if (used < width)
    g_string_append_printf (layout->out, "%*s", (int)(width - used), "");
}

static void
append_bar (const Layout *layout, double share, const char *colour)
{
  static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
  guint n = (guint)(CLAMP (share, 0, 1) * BAR_COLUMNS * 8 + 0.5);
  g_autoptr (GString) bar = g_string_new (NULL);

  for (guint i = 0; i < n / 8; i++)
    g_string_append (bar, "█");
  g_string_append (bar, eighths[n % 8]);
  g_string_append_c (layout->out, ' ');
  append_styled (layout, colour != NULL ? colour : DIM, bar->str, bar->len);
  append_padding (layout, (n + 7) / 8, BAR_COLUMNS);
}

/* Padding and the switches of colour end where the text does. */
static void
end_line (const Layout *layout)
{
  while (layout->out->len > 0 && layout->out->str[layout->out->len - 1] == ' ')
    g_string_truncate (layout->out, layout->out->len - 1);
  g_string_append_c (layout->out, '\n');
}

/* One line of a cell. @lines: of the text, or NULL for one line that is cut. */
static void
append_cell_line (const Layout *layout, guint i, const char *text, const GArray *lines, guint line,
                  const char *style)
{
  const AttestColumn *column = attest_table_column (layout->table, i);
  AttestSpan span
      = line < lines->len ? g_array_index (lines, AttestSpan, line) : (AttestSpan){ 0, 0 };
  gsize width = layout->widths[i];
  g_autofree char *cut = attest_text_printable (text + span.start_byte,
                                                span.end_byte - span.start_byte, (guint)width);
  gsize used = text_columns (cut);

  if (is_right (column))
    append_padding (layout, used, width);
  append_styled (layout, style, cut, strlen (cut));
  if (!is_right (column))
    append_padding (layout, used, width);
}

static double
bar_share (const Layout *layout, guint row, guint i)
{
  if (row >= layout->table->first_total || layout->maxima[i] <= 0)
    return 0;
  return attest_table_cell (layout->table, row, i)->number / layout->maxima[i];
}

/* The lines of each cell of a row; NULL for columns that are not shown. @row -1: the headings. */
static GPtrArray *
break_row (const Layout *layout, int row, guint *out_height)
{
  guint n = layout->table->columns->len;
  GPtrArray *cells = g_ptr_array_new_full (n, (GDestroyNotify)g_array_unref);

  *out_height = 1;
  for (guint i = 0; i < n; i++)
    {
      const AttestColumn *column = attest_table_column (layout->table, i);
      const char *text = row < 0 ? column->heading : layout->texts[(gsize)row * n + i];
      gboolean wraps = row < 0 || (column->flags & ATTEST_COLUMN_WRAP) != 0;
      GArray *lines
          = attest_text_wrap (text, strlen (text), wraps ? (guint)MAX (layout->widths[i], 1) : 0);

      if (!layout->hidden[i])
        *out_height = MAX (*out_height, lines->len);
      g_ptr_array_add (cells, lines);
    }
  return cells;
}

/* @row -1: the headings, which stand on the rule. */
static void
write_row (const Layout *layout, int row)
{
  guint n = layout->table->columns->len, height;
  g_autoptr (GPtrArray) cells = break_row (layout, row, &height);
  gboolean is_bold = row < 0 || (guint)row >= layout->table->first_total;
  const char *colour = row < 0 ? NULL : layout->colours[row];

  for (guint line = 0; line < height; line++)
    {
      for (guint i = 0; i < n; i++)
        {
          const AttestColumn *column = attest_table_column (layout->table, i);
          const GArray *lines = g_ptr_array_index (cells, i);
          guint from = row < 0 ? height - MIN (lines->len, height) : 0;

          if (layout->hidden[i])
            continue;
          append_cell_line (layout, i,
                            row < 0 ? column->heading : layout->texts[(gsize)row * n + i], lines,
                            line >= from ? line - from : G_MAXUINT,
                            is_bold                                         ? BOLD
                            : (column->flags & ATTEST_COLUMN_CATEGORY) != 0 ? colour
                                                                            : NULL);
          if (has_bar (layout, column))
            append_bar (layout, row < 0 || line > 0 ? 0 : bar_share (layout, (guint)row, i),
                        colour);
          g_string_append (layout->out, GAP);
        }
      end_line (layout);
    }
}

static void
write_rule (const Layout *layout)
{
  g_autoptr (GString) rule = g_string_new (NULL);
  gboolean is_first = TRUE;

  for (guint i = 0; i < layout->table->columns->len; i++)
    {
      const AttestColumn *column = attest_table_column (layout->table, i);

      if (layout->hidden[i])
        continue;
      g_string_append (rule, is_first ? "" : GAP);
      is_first = FALSE;
      for (gsize k = 0; k < layout->widths[i] + (has_bar (layout, column) ? BAR_COLUMNS + 1 : 0);
           k++)
        g_string_append (rule, "─");
    }
  append_styled (layout, DIM, rule->str, rule->len);
  end_line (layout);
}

static void
write_note (const Layout *layout, const char *note, guint columns)
{
  g_auto (GStrv) paragraphs = g_strsplit (note, "\n", -1);

  for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++)
    {
      g_autofree char *printable = attest_text_printable (*paragraph, strlen (*paragraph), 0);

      attest_text_append_wrapped (layout->out, printable, columns);
    }
}

static void
write_head (const Layout *layout, guint columns)
{
  const AttestTable *table = layout->table;

  if (table->title != NULL)
    {
      g_autofree char *title = attest_text_printable (table->title, strlen (table->title), 0);

      append_styled (layout, BOLD, title, strlen (title));
      end_line (layout);
    }
  if (table->note != NULL)
    write_note (layout, table->note, columns);
  if (table->origin != NULL)
    write_note (layout, table->origin, columns);
  if (table->title != NULL || table->note != NULL || table->origin != NULL)
    end_line (layout);
  write_row (layout, -1);
  write_rule (layout);
}

/* @i: the next section; returns the one after. */
static guint
write_sections (const Layout *layout, guint i, guint row, gboolean is_first, guint columns)
{
  const GArray *sections = layout->table->sections;

  for (; i < sections->len && g_array_index (sections, AttestSection, i).row == row; i++)
    {
      const char *heading = g_array_index (sections, AttestSection, i).heading;
      g_autofree char *printable = attest_text_printable (heading, strlen (heading), 0);
      g_autoptr (GArray) lines = attest_text_wrap (printable, strlen (printable), columns);

      g_string_append (layout->out, is_first ? "" : "\n");
      for (guint k = 0; k < lines->len; k++)
        {
          AttestSpan span = g_array_index (lines, AttestSpan, k);

          append_styled (layout, BOLD, printable + span.start_byte,
                         span.end_byte - span.start_byte);
          end_line (layout);
        }
    }
  return i;
}

/* Names the columns that gave way. */
static void
write_dropped (const Layout *layout, guint columns)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < layout->table->columns->len; i++)
    {
      const AttestColumn *column = attest_table_column (layout->table, i);

      if (layout->hidden[i] && (column->flags & ATTEST_COLUMN_MACHINE) == 0)
        {
          g_autofree char *heading
              = attest_text_printable (column->heading, strlen (column->heading), 0);
          g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", heading);
        }
    }
  if (names->len == 0)
    return;
  g_string_prepend (names, "No room for: ");
  attest_text_append_wrapped (layout->out, names->str, columns);
}

static void
write_part (const AttestTable *table, gsize *widths, gboolean with_head, GString *out,
            guint columns, gboolean color)
{
  g_auto (Layout) layout
      = { .table = table, .out = out, .color = color, .bars = TRUE, .widths = widths };

  render (&layout);
  choose_colours (&layout);
  for (guint i = 0; i < table->columns->len; i++)
    widths[i] = MAX (widths[i],
                     MAX (layout.cell_widths[i],
                          with_head ? text_columns (attest_table_column (table, i)->heading) : 0));
  if (columns > 0)
    fit (&layout, columns);
  if (with_head)
    write_head (&layout, columns);
  for (guint row = 0, section = 0; row < attest_table_n_rows (table); row++)
    {
      if (row == table->first_total)
        write_rule (&layout);
      section = write_sections (&layout, section, row, with_head && row == 0, columns);
      write_row (&layout, (int)row);
    }
  if (table->widths == NULL)
    write_dropped (&layout, columns);
}

void
attest_table_write_text (const AttestTable *table, GString *out, guint columns, gboolean color)
{
  g_autofree gsize *widths = g_new0 (gsize, table->columns->len + 1);

  write_part (table, widths, TRUE, out, columns, color);
}

void
attest_table_flush_text (AttestTable *table, GString *out, guint columns, gboolean color)
{
  gboolean is_first = table->widths == NULL;

  if (is_first)
    table->widths = g_new0 (gsize, table->columns->len + 1);
  write_part (table, table->widths, is_first, out, columns, color);
  attest_table_clear_rows (table);
}
