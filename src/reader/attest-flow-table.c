#include "reader/attest-flow-table.h"

#include <string.h>

#include "reader/attest-headings.h"
#include "reader/attest-times.h"
#include "util/attest-limits.h"
#include "util/attest-text.h"

/* Rows at the top of a table that may name its columns. */
#define MAX_HEADER_ROWS 3

/* A header row: for each kind the grid column, or -1. */
typedef struct
{
  int columns[ATTEST_N_HEADINGS];
  guint width; /* cells of the header row */
  char *names[ATTEST_N_HEADINGS];
} Header;

/* A row: its cells in the array of all cells. */
typedef struct
{
  const AttestFlowCell *cells;
  guint n_cells;
} Row;

static void
header_clear (Header *header)
{
  for (guint kind = 0; kind < ATTEST_N_HEADINGS; kind++)
    g_clear_pointer (&header->names[kind], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Header, header_clear)

static char *
dup_cell (const AttestDocument *doc, const AttestFlowCell *cell)
{
  char *text = g_strndup (doc->text + cell->start_byte, cell->end_byte - cell->start_byte);

  g_strdelimit (text, "\n\t", ' ');
  return g_strstrip (text);
}

/* A row that names the columns that make a transcript. */
static gboolean
read_header (const AttestDocument *doc, const Row *row, Header *header)
{
  header_clear (header);
  header->width = row->n_cells;
  for (guint kind = 0; kind < ATTEST_N_HEADINGS; kind++)
    header->columns[kind] = -1;
  for (guint i = 0; i < row->n_cells; i++)
    {
      g_autofree char *text = dup_cell (doc, &row->cells[i]);
      AttestHeading kind = attest_heading_classify (text, NULL);

      if (kind == ATTEST_HEADING_OTHER || header->columns[kind] >= 0)
        continue;
      header->columns[kind] = (int)row->cells[i].column;
      header->names[kind] = g_steal_pointer (&text);
    }
  if (header->columns[ATTEST_HEADING_TEXT] >= 0)
    return header->columns[ATTEST_HEADING_SPEAKER] >= 0
           || header->columns[ATTEST_HEADING_TIME] >= 0;
  return header->columns[ATTEST_HEADING_ANSWER] >= 0
         && (header->columns[ATTEST_HEADING_QUESTION] >= 0
             || header->columns[ATTEST_HEADING_SPEAKER] >= 0);
}

static const AttestFlowCell *
find_cell (const Row *row, int column)
{
  for (guint i = 0; column >= 0 && i < row->n_cells; i++)
    if (row->cells[i].column == (guint)column)
      return &row->cells[i];
  return NULL;
}

/* Whether the cell stands in a column of its own that is spoken, or names who speaks. */
static gboolean
is_taken (const AttestFlowCell *cell, const Header *header)
{
  static const AttestHeading kinds[] = { ATTEST_HEADING_SPEAKER, ATTEST_HEADING_TEXT,
                                         ATTEST_HEADING_QUESTION, ATTEST_HEADING_ANSWER };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if ((int)cell->column == header->columns[kinds[i]])
      return TRUE;
  return FALSE;
}

/* The cell of what was said: one that is merged with the time before it counts, too. */
static const AttestFlowCell *
find_text (const Row *row, const Header *header, int column)
{
  const AttestFlowCell *cell = find_cell (row, column);

  for (guint i = 0; cell == NULL && column >= 0 && i < row->n_cells; i++)
    if ((int)row->cells[i].column < column && !is_taken (&row->cells[i], header)
        && (i + 1 == row->n_cells || (int)row->cells[i + 1].column > column))
      return &row->cells[i];
  return cell;
}

static Row
row_at (const GArray *cells, guint first)
{
  const AttestFlowCell *cell = &g_array_index (cells, AttestFlowCell, first);
  Row row = { .cells = cell };

  while (first + row.n_cells < cells->len && cell[row.n_cells].table == cell->table
         && cell[row.n_cells].row == cell->row)
    row.n_cells++;
  return row;
}

static guint
intern (AttestDocument *doc, const char *label)
{
  if (doc->speakers->len >= ATTEST_MAX_SPEAKERS)
    return ATTEST_NO_SPEAKER;
  return attest_document_intern_speaker (doc, label);
}

static void
append_turn (AttestDocument *doc, guint speaker, const AttestFlowCell *text,
             const AttestFlowCell *time)
{
  AttestTurn turn = { .speaker = speaker, .start_ms = ATTEST_NO_TIME, .end_ms = ATTEST_NO_TIME };

  if (text == NULL)
    return;
  turn.start_byte = text->start_byte;
  turn.end_byte = text->end_byte;
  while (turn.start_byte < turn.end_byte && g_ascii_isspace (doc->text[turn.start_byte]))
    turn.start_byte++;
  while (turn.end_byte > turn.start_byte && g_ascii_isspace (doc->text[turn.end_byte - 1]))
    turn.end_byte--;
  if (turn.start_byte == turn.end_byte)
    return;
  if (time != NULL)
    {
      g_autofree char *when = dup_cell (doc, time);

      attest_times_parse (when, &turn.start_ms, &turn.end_ms);
    }
  g_array_append_val (doc->turns, turn);
}

/* Columns may be in any order; turns may not. */
static int
compare_turns (gconstpointer a, gconstpointer b)
{
  const AttestTurn *left = a, *right = b;

  return (left->start_byte > right->start_byte) - (left->start_byte < right->start_byte);
}

/* An empty speaker cell, or one merged with the cell above, goes on with the speaker above. */
static void
read_row (AttestDocument *doc, const Header *header, const Row *row, guint *speaker)
{
  const AttestFlowCell *who = find_cell (row, header->columns[ATTEST_HEADING_SPEAKER]);
  const AttestFlowCell *time = find_cell (row, header->columns[ATTEST_HEADING_TIME]);
  g_autofree char *label = who != NULL ? dup_cell (doc, who) : NULL;
  guint answerer;

  if (label != NULL && g_str_has_suffix (label, ":"))
    label[strlen (label) - 1] = '\0';
  if (label != NULL && *g_strstrip (label) != '\0')
    *speaker = intern (doc, label);
  append_turn (doc, *speaker, find_text (row, header, header->columns[ATTEST_HEADING_TEXT]), time);
  if (header->columns[ATTEST_HEADING_QUESTION] >= 0)
    append_turn (doc, intern (doc, header->names[ATTEST_HEADING_QUESTION]),
                 find_cell (row, header->columns[ATTEST_HEADING_QUESTION]), time);
  if (header->columns[ATTEST_HEADING_ANSWER] < 0)
    return;
  answerer = header->columns[ATTEST_HEADING_SPEAKER] >= 0
                 ? *speaker
                 : intern (doc, header->names[ATTEST_HEADING_ANSWER]);
  append_turn (doc, answerer, find_cell (row, header->columns[ATTEST_HEADING_ANSWER]), time);
}

/* Where a walk over the rows of all tables is. */
typedef struct
{
  const AttestDocument *doc;
  AttestDocument *out; /* (nullable) gets the turns */
  Header header;
  gboolean in_transcript;
  guint speaker;
  gsize n_bytes; /* of text in transcript tables */
} Walk;

/* Titles may stand above the names of the columns, and some programs repeat those on each page. */
static gboolean
take_header (Walk *walk, const Row *row)
{
  g_auto (Header) found = { .width = 0 };
  Header swap;

  if (row->cells[0].row >= MAX_HEADER_ROWS && !walk->in_transcript)
    return FALSE;
  if (!read_header (walk->doc, row, &found))
    return FALSE;
  if (row->cells[0].row >= MAX_HEADER_ROWS
      && memcmp (found.columns, walk->header.columns, sizeof found.columns) != 0)
    return FALSE;
  swap = walk->header;
  walk->header = found;
  found = swap;
  walk->in_transcript = TRUE;
  return TRUE;
}

static void
walk_row (Walk *walk, const Row *row)
{
  gboolean is_header;

  if (row->cells[0].row == 0 && row->n_cells != walk->header.width)
    walk->in_transcript = FALSE;
  is_header = take_header (walk, row);
  if (!walk->in_transcript)
    return;
  walk->n_bytes += row->cells[row->n_cells - 1].end_byte - row->cells[0].start_byte;
  if (!is_header && walk->out != NULL)
    read_row (walk->out, &walk->header, row, &walk->speaker);
}

/* Makes turns of the rows of transcript tables; with @out NULL only measures. Returns the bytes of
 * text in such tables. */
static gsize
walk_tables (const AttestDocument *doc, const GArray *cells, AttestDocument *out)
{
  Walk walk = { .doc = doc, .out = out, .speaker = ATTEST_NO_SPEAKER };

  for (guint i = 0; i < cells->len;)
    {
      Row row = row_at (cells, i);

      i += row.n_cells;
      walk_row (&walk, &row);
    }
  header_clear (&walk.header);
  return walk.n_bytes;
}

/* The lines before the first table. */
static void
read_metadata (AttestDocument *doc, gsize end_byte)
{
  g_autofree char *head = g_strndup (doc->text, end_byte);
  g_auto (GStrv) lines = g_strsplit (head, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strchr (lines[i], ':');

      if (colon == NULL || g_str_has_prefix (colon, "://"))
        continue;
      *colon = '\0';
      if (g_utf8_strlen (lines[i], -1) <= ATTEST_MAX_LABEL_CHARS)
        attest_document_add_metadata (doc, g_strstrip (lines[i]), g_strstrip (colon + 1));
    }
}

gboolean
attest_flow_table_find_turns (AttestDocument *doc, const AttestFlow *flow)
{
  gsize in_tables;
  const AttestFlowCell *first;

  if (flow->cells->len == 0)
    return FALSE;
  in_tables = walk_tables (doc, flow->cells, NULL);
  if (in_tables == 0 || in_tables < doc->length_bytes / 2)
    return FALSE;
  walk_tables (doc, flow->cells, doc);
  attest_document_say_how (doc, "rows of a table that names its columns are turns");
  if (doc->turns->len == 0)
    {
      g_clear_pointer (&doc->turns_how, g_free);
      attest_document_clear_speakers (doc);
      return FALSE;
    }
  g_array_sort (doc->turns, compare_turns);
  first = &g_array_index (flow->cells, AttestFlowCell, 0);
  read_metadata (doc, first->start_byte);
  if (doc->speakers->len >= ATTEST_MAX_SPEAKERS)
    attest_document_warn (doc, 0, "more than %d speakers: the speaker column may be misread",
                          ATTEST_MAX_SPEAKERS);
  if (in_tables < doc->length_bytes * 9 / 10)
    attest_document_warn (doc, 0, "text outside the tables belongs to no turn");
  return TRUE;
}
