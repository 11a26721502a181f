/* The inside of a table, for the writers of this folder. */
#pragma once

#include "report/attest-table.h"

#define ATTEST_LIST_SEPARATOR "\x1f"

typedef struct
{
  char *key, *heading;
  AttestColumnType type;
  AttestColumnFlags flags;
} AttestColumn;

typedef struct
{
  char *text;
  gint64 integer;
  double number; /* of both kinds of number, for bars */
  char *link;    /* (nullable) in HTML */
  double heat;   /* ditto, 0 … 1 */
  gboolean known;
} AttestCell;

typedef struct
{
  guint row; /* the first below the heading */
  char *heading;
} AttestSection;

struct _AttestTable
{
  char *title, *note, *origin; /* (nullable) */
  GArray *columns;             /* of AttestColumn */
  GArray *cells;               /* of AttestCell, row by row */
  GArray *sections;            /* of AttestSection, by row */
  guint first_total;           /* row; G_MAXUINT: there are none */
  gsize *widths; /* (nullable) of the parts that attest_table_flush_text() has written */
};

static inline const AttestColumn *
attest_table_column (const AttestTable *table, guint i)
{
  return &g_array_index (table->columns, AttestColumn, i);
}

static inline const AttestCell *
attest_table_cell (const AttestTable *table, guint row, guint i)
{
  return &g_array_index (table->cells, AttestCell, row * table->columns->len + i);
}

/** Rows for programs: totals left out. */
guint attest_table_n_body_rows (const AttestTable *table);
char *attest_table_cell_to_text (const AttestTable *table, guint row, guint i, gboolean for_people);
