/* attest-grid: a table of cells, from CSV or a spreadsheet, and the turns that are in it.
 *
 * Three shapes are known: a row per utterance (who, when, what), a row per question and answer, and
 * a row per respondent with a column per question. See doc/formats.md.
 */
#pragma once

#include "reader/attest-reader.h"
#include "reader/attest-utterances.h"

G_BEGIN_DECLS

typedef struct
{
  guint column; /* from 0 */
  char *text;   /* UTF-8, not empty; owned by the grid */
} AttestGridCell;

typedef struct
{
  guint line; /* of the file, or row of the sheet, from 1 */
  guint first_cell, n_cells;
} AttestGridRow;

/* Empty cells are absent. Cells are in order of rows and columns. */
typedef struct
{
  char *name; /* of the sheet; NULL: the file is the table */
  GStringChunk *strings;
  GArray *cells; /* of AttestGridCell */
  GArray *rows;  /* of AttestGridRow; rows without cells are absent */
  guint n_columns;
} AttestGrid;

AttestGrid *attest_grid_new (const char *name);
void attest_grid_free (AttestGrid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestGrid, attest_grid_free)

/** Begins a row; cells are added to the last one. */
void attest_grid_add_row (AttestGrid *grid, guint line);
/** Columns must ascend within the row. White space at both ends is dropped, an empty cell too. */
void attest_grid_add_cell (AttestGrid *grid, guint column, const char *text);

static inline const AttestGridRow *
attest_grid_row (const AttestGrid *grid, guint row)
{
  return &g_array_index (grid->rows, AttestGridRow, row);
}

/** The text of a cell; "" when there is none. Column G_MAXUINT has none. */
const char *attest_grid_get (const AttestGrid *grid, guint row, guint column);

/* Which columns are what. G_MAXUINT: there is none. */
typedef struct
{
  guint first_row;   /* after the headings */
  guint heading_row; /* G_MAXUINT: the table has no headings */
  guint speaker, id, number, time, end, text, question, answer;
  GArray *answers; /* of guint: columns that --map names as answers; may be empty */
  gboolean mapped; /* the user said so */
} AttestGridColumns;

void attest_grid_columns_clear (AttestGridColumns *columns);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestGridColumns, attest_grid_columns_clear)

#define ATTEST_GRID_COLUMNS_INIT                                                                   \
  {                                                                                                \
    .heading_row = G_MAXUINT, .speaker = G_MAXUINT, .id = G_MAXUINT, .number = G_MAXUINT,          \
    .time = G_MAXUINT, .end = G_MAXUINT, .text = G_MAXUINT, .question = G_MAXUINT,                 \
    .answer = G_MAXUINT                                                                            \
  }

/**
 * Finds the columns by @map ("speaker=COL,text=COL"; see AttestReadOptions) or by their headings;
 * a table without headings by the look of its cells. All of @columns absent: it may be a survey.
 *
 * Returns: FALSE with ATTEST_ERROR_INPUT when @map names a column that is not there.
 */
gboolean attest_grid_find_columns (const AttestGrid *grid, const char *const *map,
                                   AttestGridColumns *columns, GError **error);

/** Adds the rows as utterances; for tables with a column of text or of answers. */
void attest_grid_add_utterances (AttestDocument *doc, const AttestGrid *grid,
                                 const AttestGridColumns *columns, AttestUtterances *utterances);

/**
 * Adds the answers of a survey: for each question its heading and then the answers of all, so that
 * each answer follows its question and each question stands in the text once.
 *
 * Returns: FALSE, and adds nothing, when no column holds answers.
 */
gboolean attest_grid_add_survey (AttestDocument *doc, const AttestGrid *grid,
                                 const AttestGridColumns *columns, AttestUtterances *utterances);

/** Reads the grids (element-type AttestGrid) of one file into text, turns and speakers. */
gboolean attest_grids_read (AttestDocument *doc, const GPtrArray *grids,
                            const AttestReadOptions *options, GError **error);

G_END_DECLS
