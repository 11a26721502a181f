/* What the parts of attest-grid share. */
#pragma once

#include "reader/attest-grid.h"

G_BEGIN_DECLS

/* The label of whoever asks the questions of a table. */
#define ATTEST_GRID_QUESTIONS "Question"
/* Columns that a message names. */
#define ATTEST_GRID_MAX_NAMED 12

/* Character references that were decoded. */
typedef struct
{
  guint n, first_line;
} AttestGridEntities;

char *attest_grid_dup_cell (AttestGridEntities *entities, guint line, const char *text);
void attest_grid_warn_of_entities (AttestDocument *doc, const AttestGridEntities *entities);

/** Columns up to the last heading; 0 without headings. */
guint attest_grid_count_headings (const AttestGrid *grid, const AttestGridColumns *columns);
/** 'Heading' in quotes for a message, or "column C". */
char *attest_grid_dup_heading (const AttestGrid *grid, const AttestGridColumns *columns,
                               guint column);

G_END_DECLS
