/* attest-grid-columns: which columns are what: as the user says, by their headings, or by the look
 * of their cells.
 */
#include "reader/attest-grid.h"

#include <string.h>

#include "reader/attest-headings.h"
#include "reader/attest-times.h"
#include "util/attest-csv.h"
#include "util/attest-error.h"

/* Headings are looked for in so many rows: a title and a few lines may stand above. */
#define MAX_HEADING_ROW 10
/* Rows that show what a column without heading holds. */
#define LOOK_ROWS 50
/* A name is not longer, bytes. */
#define MAX_NAME_BYTES 60

/* --- --map -------------------------------------------------------------------------------- */

static const char *const map_keys[]
    = { "speaker", "id", "time", "end", "text", "question", "answer" };

/* The field of a key; "answer" goes to the list. */
static guint *
field_of_key (AttestGridColumns *columns, const char *key)
{
  guint *const fields[] = { &columns->speaker, &columns->id,       &columns->time,  &columns->end,
                            &columns->text,    &columns->question, &columns->answer };

  for (guint i = 0; i < G_N_ELEMENTS (map_keys); i++)
    if (strcmp (key, map_keys[i]) == 0)
      return fields[i];
  return NULL;
}

/* The next ",KEY=" of @text, or its end: headings may hold commas themselves. */
static const char *
end_of_pair (const char *text)
{
  for (const char *comma = strchr (text, ','); comma != NULL; comma = strchr (comma + 1, ','))
    for (guint i = 0; i < G_N_ELEMENTS (map_keys); i++)
      {
        const char *rest = comma + 1 + strspn (comma + 1, " ");

        if (g_str_has_prefix (rest, map_keys[i]) && rest[strlen (map_keys[i])] == '=')
          return comma;
      }
  return text + strlen (text);
}

typedef struct
{
  char *key, *column;
} Pair;

static void
pair_clear (gpointer item)
{
  g_free (((Pair *)item)->key);
  g_free (((Pair *)item)->column);
}

static GArray *
parse_map (const char *const *map, GError **error)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, TRUE, sizeof (Pair));
  AttestGridColumns scratch = ATTEST_GRID_COLUMNS_INIT;

  g_array_set_clear_func (pairs, pair_clear);
  for (; *map != NULL; map++)
    for (const char *at = *map, *end; *at != '\0'; at = end + (*end == ','))
      {
        const char *equals = strchr (at, '=');
        Pair pair = { NULL, NULL };

        end = end_of_pair (at);
        if (equals == NULL || equals > end)
          return attest_throw_null (error, ATTEST_ERROR_USAGE,
                                    "--map %s: give KEY=COLUMN, such as text=Answer", at);
        pair.key = g_strstrip (g_strndup (at, (gsize)(equals - at)));
        pair.column = g_strstrip (g_strndup (equals + 1, (gsize)(end - equals - 1)));
        g_array_append_val (pairs, pair);
        if (field_of_key (&scratch, pair.key) == NULL)
          return attest_throw_null (
              error, ATTEST_ERROR_USAGE,
              "--map: unknown key '%s'; known are speaker, id, time, end, text, question, answer",
              pair.key);
      }
  return g_steal_pointer (&pairs);
}

/* "3" or "C", when no heading says so. */
static guint
column_by_place (const char *name)
{
  guint column = 0;

  if (g_ascii_isdigit (*name))
    {
      guint64 number = g_ascii_strtoull (name, NULL, 10);

      return strspn (name, "0123456789") == strlen (name) && number > 0 && number < G_MAXUINT
                 ? (guint)number - 1
                 : G_MAXUINT;
    }
  if (*name == '\0' || strlen (name) > 3)
    return G_MAXUINT;
  for (; *name != '\0'; name++)
    {
      if (!g_ascii_isupper (*name))
        return G_MAXUINT;
      column = column * 26 + (guint)(*name - 'A') + 1;
    }
  return column - 1;
}

static guint
column_by_heading (const AttestGrid *grid, guint row, const char *name)
{
  const AttestGridRow *found = attest_grid_row (grid, row);

  for (guint i = 0; i < found->n_cells; i++)
    {
      const AttestGridCell *cell
          = &g_array_index (grid->cells, AttestGridCell, found->first_cell + i);

      if (attest_csv_same_name (cell->text, name))
        return cell->column;
    }
  return G_MAXUINT;
}

static void
set_column (AttestGridColumns *columns, const char *key, guint column)
{
  if (strcmp (key, "answer") == 0)
    {
      if (columns->answers == NULL)
        columns->answers = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (columns->answers, column);
    }
  else
    *field_of_key (columns, key) = column;
}

/* A row where all columns that --map names by heading are. */
static gboolean
apply_map (const AttestGrid *grid, const GArray *pairs, guint row, AttestGridColumns *columns,
           const char **out_missing)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);
      guint column = column_by_heading (grid, row, pair->column);

      if (column != G_MAXUINT)
        columns->heading_row = row;
      else
        column = column_by_place (pair->column);
      if (column == G_MAXUINT || column >= grid->n_columns)
        {
          *out_missing = pair->column;
          attest_grid_columns_clear (columns);
          return FALSE;
        }
      set_column (columns, pair->key, column);
    }
  return TRUE;
}

static gboolean
columns_by_map (const AttestGrid *grid, const char *const *map, AttestGridColumns *columns,
                GError **error)
{
  static const AttestGridColumns no_columns = ATTEST_GRID_COLUMNS_INIT;
  g_autoptr (GArray) pairs = parse_map (map, error);
  const char *missing = NULL;

  if (pairs == NULL)
    return FALSE;
  for (guint row = 0; row < MIN (grid->rows->len, MAX_HEADING_ROW); row++)
    {
      *columns = no_columns;
      if (!apply_map (grid, pairs, row, columns, &missing))
        continue;
      columns->mapped = TRUE;
      columns->first_row = columns->heading_row == G_MAXUINT ? 0 : columns->heading_row + 1;
      /* One column that is named as the answers, with one of questions: no survey. */
      if (columns->answers != NULL && columns->answers->len == 1 && columns->question != G_MAXUINT)
        columns->answer = g_array_index (columns->answers, guint, 0);
      return TRUE;
    }
  *columns = no_columns;
  return attest_throw (error, ATTEST_ERROR_INPUT, "there is no column '%s' for --map", missing);
}

/* --- headings ----------------------------------------------------------------------------- */

static gboolean
is_transcript (const AttestGridColumns *columns, guint row)
{
  gboolean who = columns->speaker != G_MAXUINT || columns->id != G_MAXUINT;

  if (columns->text != G_MAXUINT)
    return row == 0 || who || columns->time != G_MAXUINT;
  return columns->answer != G_MAXUINT && (row == 0 || who || columns->question != G_MAXUINT);
}

static gboolean
columns_by_heading (const AttestGrid *grid, guint row, AttestGridColumns *columns)
{
  guint *const fields[ATTEST_N_HEADINGS] = {
    [ATTEST_HEADING_NUMBER] = &columns->number,     [ATTEST_HEADING_ID] = &columns->id,
    [ATTEST_HEADING_TIME] = &columns->time,         [ATTEST_HEADING_END] = &columns->end,
    [ATTEST_HEADING_SPEAKER] = &columns->speaker,   [ATTEST_HEADING_TEXT] = &columns->text,
    [ATTEST_HEADING_QUESTION] = &columns->question, [ATTEST_HEADING_ANSWER] = &columns->answer,
  };
  guint ranks[ATTEST_N_HEADINGS] = { 0 };
  const AttestGridRow *found = attest_grid_row (grid, row);

  for (guint i = 0; i < found->n_cells; i++)
    {
      const AttestGridCell *cell
          = &g_array_index (grid->cells, AttestGridCell, found->first_cell + i);
      guint rank = 0;
      AttestHeading kind = attest_heading_classify (cell->text, &rank);

      if (fields[kind] == NULL || (*fields[kind] != G_MAXUINT && ranks[kind] <= rank))
        continue;
      *fields[kind] = cell->column;
      ranks[kind] = rank;
    }
  columns->heading_row = row;
  columns->first_row = row + 1;
  return is_transcript (columns, row);
}

/* --- the look of cells -------------------------------------------------------------------- */

typedef struct
{
  guint n, n_times, n_same; /* cells, times among them, cells as the first one */
  gsize n_bytes;
} Look;

static Look
look_at_column (const AttestGrid *grid, guint column)
{
  Look look = { 0 };
  const char *first = attest_grid_get (grid, 0, column);

  for (guint row = 0; row < MIN (grid->rows->len, LOOK_ROWS); row++)
    {
      const char *text = attest_grid_get (grid, row, column);
      gint64 start_ms, end_ms;

      look.n += *text != '\0';
      look.n_bytes += strlen (text);
      look.n_times += strchr (text, ':') != NULL && attest_times_parse (text, &start_ms, &end_ms);
      look.n_same += *text != '\0' && strcmp (text, first) == 0;
    }
  return look;
}

/* A table whose first row is a row like others: times in its first columns, or a name that comes
 * again. The longest column is the text. */
static gboolean
columns_by_look (const AttestGrid *grid, AttestGridColumns *columns)
{
  gsize longest = 0;

  for (guint column = 0; column < MIN (grid->n_columns, 16); column++)
    {
      Look look = look_at_column (grid, column);

      if (look.n > 0 && look.n_times == look.n && columns->time == G_MAXUINT)
        columns->time = column;
      else if (look.n > 0 && look.n_times == look.n && columns->end == G_MAXUINT)
        columns->end = column;
      else if (columns->speaker == G_MAXUINT && look.n_same >= 3
               && look.n_bytes <= (gsize)look.n * MAX_NAME_BYTES)
        columns->speaker = column;
      else if (look.n_bytes > longest)
        {
          longest = look.n_bytes;
          columns->text = column;
        }
    }
  if (columns->text != G_MAXUINT && (columns->time != G_MAXUINT || columns->speaker != G_MAXUINT))
    return TRUE;
  columns->text = columns->time = columns->end = columns->speaker = G_MAXUINT;
  return FALSE;
}

gboolean
attest_grid_find_columns (const AttestGrid *grid, const char *const *map,
                          AttestGridColumns *columns, GError **error)
{
  static const AttestGridColumns no_columns = ATTEST_GRID_COLUMNS_INIT;

  if (map != NULL && *map != NULL)
    return columns_by_map (grid, map, columns, error);
  for (guint row = 0; row < MIN (grid->rows->len, MAX_HEADING_ROW); row++)
    {
      *columns = no_columns;
      if (columns_by_heading (grid, row, columns))
        return TRUE;
    }
  *columns = no_columns;
  if (columns_by_look (grid, columns))
    return TRUE;
  /* Perhaps a survey: the headings are its questions, and may say who answers. */
  columns_by_heading (grid, 0, columns);
  columns->text = columns->answer = columns->question = columns->time = columns->end = G_MAXUINT;
  return TRUE;
}
