/* attest-suppression: which cells of a table of counts to leave out, so that the small ones stay
 * hidden.
 *
 * A small cell alone is no secret when the others of its row and the row's total are printed. So
 * others are left out with it, until no cell that was left out follows from what is printed: not
 * from sums, and not from sums and the knowledge that counts are not negative and small ones within
 * 1 … k - 1. This is exact and not a rule of thumb: the tables that agree with what is printed are
 * the flows of a network, and a cell follows exactly when no cycle of the residual network goes
 * through it (Gusfield 1988; Ahuja, Magnanti and Orlin 1993, section 3.5).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Counts and their totals: (rows + 1) × (cols + 1), row by row, with the totals of rows in the last
 * column, those of columns in the last row, and that of all in the corner. Totals are sums.
 */
typedef struct
{
  guint rows, cols;     /* without totals */
  const gint64 *counts; /* 0 or more */
  const guint8 *small;  /* 1: to be hidden; the reader knows that it is within the two bounds */
  gint64 small_min, small_max; /* G_MAXINT64: no bound */
} AttestSuppressionTable;

/** Sets the totals from the rest. @counts: (rows + 1) × (cols + 1) */
void attest_suppression_add_up (gint64 *counts, guint rows, guint cols);

/**
 * @hidden: (rows + 1) × (cols + 1), in: 1 for the small cells, for totals that are printed nowhere,
 * and for what is left out for another reason; out: 1 also for the cells to be left out with them.
 * It takes few of them, small ones before large ones, 0 late and totals last. A cell whose bounds
 * leave it one value, as 1 … 1 do, cannot be protected.
 * TRUE: there are more than before.
 */
gboolean attest_suppression_complete (const AttestSuppressionTable *table, guint8 *hidden);

G_END_DECLS
