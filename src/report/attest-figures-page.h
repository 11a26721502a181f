/* attest-figures-page: a page of charts and tables that no single project stands behind.
 */
#pragma once

#include "report/attest-chart.h"
#include "report/attest-table.h"

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  const char *title, *kind; /* what is shown; "Comparison" */
  const char *origin;       /* lines below the title: what was compared */
  const GPtrArray *charts;  /* of AttestChart; those without a row are left out */
  const GPtrArray *tables;  /* of AttestTable, the same */
  const GPtrArray *remarks; /* of char *: whole sentences */
} AttestFiguresPage;

void attest_figures_page_write (const AttestFiguresPage *page, GString *out);

/** Lists for it, with free functions. */
GPtrArray *attest_figures_charts_new (void);
GPtrArray *attest_figures_tables_new (void);

G_END_DECLS
