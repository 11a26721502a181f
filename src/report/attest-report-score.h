/* attest-report-score: figures of a codebook against people's judgement, for people and programs.
 */
#pragma once

#include "report/attest-table.h"
#include "stats/attest-score.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

/* All borrowed. */
typedef struct
{
  const AttestScoreResult *result;
  const char *unit;                        /* "text", "passage", "turn" */
  const char *codebook, *version, *sha256; /* version: (nullable) */
  const char *const *codes;                /* ids, result->n_codes */
  const gboolean *counted;                 /* by code: whether it has a row */
  guint not_judged;                        /* passages left out */
  guint min_rules;
  gboolean weighted;
} AttestScoreReport;

/** A row a code, then micro and macro. @for_people: intervals in brackets, not in columns. */
AttestTable *attest_score_report_table_new (const AttestScoreReport *report, gboolean for_people);
/** The codes that are most often taken for another, for people; perhaps without a row. */
AttestTable *attest_score_report_confusion_new (const AttestScoreReport *report);
/** See "score" in the contract; besides: ci, confusion, items, clusters, weighted, not_judged. */
void attest_score_report_write_json (const AttestScoreReport *report, GString *out);

G_END_DECLS
