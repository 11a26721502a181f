/* attest-grid-utterances: tables with a row per utterance, or per question and answer. */
#include "reader/attest-grid.h"

#include <string.h>

#include "reader/attest-grid-private.h"
#include "reader/attest-times.h"
#include "util/attest-entities.h"
#include "util/attest-limits.h"

typedef struct
{
  AttestDocument *doc;
  const AttestGrid *grid;
  const AttestGridColumns *columns;
  AttestUtterances *utterances;
  double unit_ms;       /* of times that are numbers */
  char *speaker;        /* who spoke last; an empty cell goes on with him */
  const char *question; /* that stands in the text already */
  AttestGridEntities entities;
  guint overlong; /* rows with more cells than headings */
  guint overlong_line;
} Reader;

/* --- cells -------------------------------------------------------------------------------- */

/* Decodes "&#8212;" and "&amp;", which tables from the web have; without the semicolon it is text:
 * "R&D". */
char *
attest_grid_dup_cell (AttestGridEntities *entities, guint line, const char *text)
{
  GString *out;

  if (strchr (text, '&') == NULL)
    return g_strdup (text);
  out = g_string_new (NULL);
  while (*text != '\0')
    {
      char decoded[ATTEST_ENTITY_TEXT_BYTES];
      gsize n = *text == '&' ? attest_entity_decode (text, strlen (text), decoded) : 0;

      if (n > 0 && text[n - 1] == ';')
        {
          g_string_append (out, decoded);
          text += n;
          if (entities->n++ == 0)
            entities->first_line = line;
        }
      else
        g_string_append_c (out, *text++);
    }
  return g_string_free (out, FALSE);
}

void
attest_grid_warn_of_entities (AttestDocument *doc, const AttestGridEntities *entities)
{
  if (entities->n > 0)
    attest_document_warn (doc, entities->first_line,
                          "%u character references such as &#8212; are read as the characters "
                          "that they stand for, the first here",
                          entities->n);
}

static gboolean
parse_number (const char *text, double *out)
{
  char *end;

  *out = g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

static double
find_unit (const AttestGrid *grid, const AttestGridColumns *columns)
{
  AttestTimeSeries series = { 0 };
  double number;

  for (guint row = columns->first_row; row < grid->rows->len; row++)
    if (parse_number (attest_grid_get (grid, row, columns->time), &number))
      attest_time_series_add (&series, number);
  return attest_time_series_get_unit_ms (&series);
}

static void
read_times (const Reader *reader, guint row, AttestUtterance *said)
{
  const char *start = attest_grid_get (reader->grid, row, reader->columns->time);
  const char *end = attest_grid_get (reader->grid, row, reader->columns->end);
  gint64 none = ATTEST_NO_TIME;
  double number;

  said->start_ms = said->end_ms = ATTEST_NO_TIME;
  if (parse_number (start, &number))
    said->start_ms = attest_time_to_ms (number, reader->unit_ms);
  else
    attest_times_parse (start, &said->start_ms, &said->end_ms);
  if (parse_number (end, &number))
    said->end_ms = attest_time_to_ms (number, reader->unit_ms);
  else
    attest_times_parse (end, &said->end_ms, &none);
}

/* --- rows --------------------------------------------------------------------------------- */

/* A delimiter in a text that is not quoted makes cells beyond the last heading; when the text is
 * the last column, they are its rest. */
static char *
dup_text (Reader *reader, guint row, guint column)
{
  const AttestGridRow *found = attest_grid_row (reader->grid, row);
  const AttestGridCell *last = &g_array_index (reader->grid->cells, AttestGridCell,
                                               found->first_cell + found->n_cells - 1);
  g_autoptr (GString) whole = g_string_new (attest_grid_get (reader->grid, row, column));

  if (column + 1 == attest_grid_count_headings (reader->grid, reader->columns)
      && last->column > column)
    {
      for (guint c = column + 1; c <= last->column; c++)
        g_string_append_printf (whole, ", %s", attest_grid_get (reader->grid, row, c));
      if (reader->overlong++ == 0)
        reader->overlong_line = found->line;
    }
  return attest_grid_dup_cell (&reader->entities, found->line, whole->str);
}

static void
add (Reader *reader, AttestUtterance *said, guint row, guint column)
{
  g_autofree char *text = dup_text (reader, row, column);

  said->line = attest_grid_row (reader->grid, row)->line;
  said->text = text;
  said->length_bytes = strlen (text);
  attest_utterances_add (reader->utterances, said);
}

static void
note_speaker (Reader *reader, guint row)
{
  const char *label = attest_grid_get (reader->grid, row, reader->columns->speaker);
  gsize n;

  if (*label == '\0')
    label = attest_grid_get (reader->grid, row, reader->columns->id);
  for (n = strlen (label); n > 0 && (label[n - 1] == ':' || g_ascii_isspace (label[n - 1])); n--)
    ;
  if (n == 0)
    return;
  g_free (reader->speaker);
  reader->speaker = g_strndup (label, n);
}

static const char *
heading (const Reader *reader, guint column)
{
  return reader->columns->heading_row == G_MAXUINT
             ? ""
             : attest_grid_get (reader->grid, reader->columns->heading_row, column);
}

/* A question that the row before had already is asked once. */
static void
read_question (Reader *reader, guint row)
{
  const char *question = attest_grid_get (reader->grid, row, reader->columns->question);
  AttestUtterance said = { .label = ATTEST_GRID_QUESTIONS,
                           .fresh = TRUE,
                           .role = ATTEST_ROLE_INTERVIEWER,
                           .role_reason = ATTEST_REASON_QUESTIONS };

  if (*question == '\0' || g_strcmp0 (question, reader->question) == 0)
    return;
  reader->question = question;
  said.start_ms = said.end_ms = ATTEST_NO_TIME;
  add (reader, &said, row, reader->columns->question);
}

static void
read_row (Reader *reader, guint row)
{
  const AttestGridColumns *columns = reader->columns;
  guint column = columns->text != G_MAXUINT ? columns->text : columns->answer;
  AttestUtterance said = { .label = NULL };

  note_speaker (reader, row);
  read_times (reader, row, &said);
  if (columns->question != G_MAXUINT)
    read_question (reader, row);
  said.label = reader->speaker;
  if (said.label == NULL && columns->question != G_MAXUINT)
    said.label = heading (reader, column);
  /* Rows of a recogniser, which have times and no names, are pieces of turns. */
  said.fresh = reader->speaker != NULL || columns->time == G_MAXUINT;
  add (reader, &said, row, column);
}

/* --- the rest of the table ---------------------------------------------------------------- */

/* What stands above the headings: "key: value", "key | value", or a title. */
static void
read_above (const Reader *reader)
{
  for (guint row = 0; row + 1 < reader->columns->first_row; row++)
    {
      const AttestGridRow *found = attest_grid_row (reader->grid, row);
      const AttestGridCell *cells
          = &g_array_index (reader->grid->cells, AttestGridCell, found->first_cell);
      g_autofree char *key = g_strdup (cells[0].text);
      char *colon = strchr (key, ':');

      if (found->n_cells > 1)
        {
          if (colon != NULL)
            *colon = '\0';
          attest_document_add_metadata (reader->doc, g_strstrip (key), cells[1].text);
        }
      else if (colon != NULL && colon > key && colon[1] != '/')
        {
          *colon = '\0';
          attest_document_add_metadata (reader->doc, g_strstrip (key), g_strstrip (colon + 1));
        }
      else
        attest_document_add_metadata (reader->doc, "title", key);
    }
}

static gboolean
is_used (const Reader *reader, guint column)
{
  const AttestGridColumns *c = reader->columns;

  return column == c->speaker || column == c->time || column == c->end || column == c->question
         || column == (c->text != G_MAXUINT ? c->text : c->answer)
         || (column == c->id && c->speaker == G_MAXUINT)
         || (reader->overlong > 0 && column >= attest_grid_count_headings (reader->grid, c));
}

static void
warn_of_columns (const Reader *reader)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree gboolean *filled = g_new0 (gboolean, reader->grid->n_columns);
  guint n = 0, line = 0;

  for (guint row = reader->columns->first_row; row < reader->grid->rows->len; row++)
    {
      const AttestGridRow *found = attest_grid_row (reader->grid, row);

      for (guint i = 0; i < found->n_cells; i++)
        filled[g_array_index (reader->grid->cells, AttestGridCell, found->first_cell + i).column]
            = TRUE;
    }
  for (guint column = 0; column < reader->grid->n_columns; column++)
    if (filled[column] && !is_used (reader, column) && n++ < ATTEST_GRID_MAX_NAMED)
      {
        g_autofree char *name = attest_grid_dup_heading (reader->grid, reader->columns, column);

        g_string_append_printf (names, "%s%s", n > 1 ? ", " : "", name);
      }
  if (n == 0)
    return;
  if (n > ATTEST_GRID_MAX_NAMED)
    g_string_append_printf (names, " and %u more", n - ATTEST_GRID_MAX_NAMED);
  if (reader->columns->heading_row != G_MAXUINT)
    line = attest_grid_row (reader->grid, reader->columns->heading_row)->line;
  attest_document_warn (reader->doc, line, "columns that are not speech are left out: %s",
                        names->str);
}

static void
append_column (const Reader *reader, GString *list, const char *what, guint column)
{
  g_autofree char *name = NULL;

  if (column >= reader->grid->n_columns)
    return;
  name = attest_grid_dup_heading (reader->grid, reader->columns, column);
  g_string_append_printf (list, "%s%s %s", list->len > 0 ? ", " : "", what, name);
}

/* Where nobody is named, rows are pieces of turns, and who joins them says so. */
static void
say_how (const Reader *reader)
{
  const AttestGridColumns *c = reader->columns;
  g_autoptr (GString) list = g_string_new (NULL);

  if (c->speaker == G_MAXUINT && c->question == G_MAXUINT)
    return;
  append_column (reader, list, "speaker", c->speaker);
  append_column (reader, list, "time", c->time);
  append_column (reader, list, "end", c->end);
  append_column (reader, list, "question", c->question);
  append_column (reader, list, "what was said", c->text != G_MAXUINT ? c->text : c->answer);
  attest_document_say_how (reader->doc, "each row is a turn; columns: %s", list->str);
}

void
attest_grid_add_utterances (AttestDocument *doc, const AttestGrid *grid,
                            const AttestGridColumns *columns, AttestUtterances *utterances)
{
  Reader reader = { .doc = doc, .grid = grid, .columns = columns, .utterances = utterances };

  reader.unit_ms = find_unit (grid, columns);
  read_above (&reader);
  for (guint row = columns->first_row; row < grid->rows->len; row++)
    read_row (&reader, row);
  g_free (reader.speaker);
  if (reader.overlong > 0)
    attest_document_warn (doc, reader.overlong_line,
                          "%u rows have more cells than the table has headings, the first here; "
                          "the cells are joined to the text (quote text that holds the delimiter)",
                          reader.overlong);
  attest_grid_warn_of_entities (doc, &reader.entities);
  warn_of_columns (&reader);
  say_how (&reader);
}
