/* attest-report-agree-private: what the JSON of both reports on agreement has.
 */
#pragma once

#include "stats/attest-interval.h"
#include "report/attest-table.h"
#include "util/attest-json.h"

G_BEGIN_DECLS

/* Figures of a row, @n each; borrowed. */
typedef struct
{
  guint n;
  const char *(*name) (guint i);
  const gboolean *applies;
  const AttestEstimate *estimates;
  const char *const *reasons; /* why a value is NAN, or NULL */
  const guint *undefined;     /* resamples in which it was NAN */
} AttestAgreeFigures;

/** Members: each figure, "ci", "undefined_resamples", "notes". */
void attest_agree_write_figures (AttestJson *json, const AttestAgreeFigures *figures);
/** "benchmark", which is one of @coefficient. */
void attest_agree_write_benchmark (AttestJson *json, const char *coefficient);
void attest_agree_write_strings (AttestJson *json, const char *key, const char *const *strings,
                                 guint n);

/* By what levels are told. */
#define ATTEST_AGREE_BENCHMARK "Krippendorff (2004)"

/** "Ana, Ben", and how many more there are. attest-report-agree-text.c */
void attest_agree_append_names (GString *text, const char *const *names, guint n);
/** Two decimals, or a whole percentage; NAN is unknown. attest-report-agree-pairs.c */
void attest_agree_add_figure (AttestTable *table, double value, gboolean is_percent);
/** Of a table for programs: "unit", "level", "benchmark". */
void attest_agree_add_meaning_columns (AttestTable *table);
/** "runs": an array, empty without. @runs: (nullable) of AttestAgreeRunNote */
void attest_agree_write_runs (AttestJson *json, const GPtrArray *runs);
/** For people, a line for each. */
void attest_agree_append_runs (GString *text, const GPtrArray *runs);

G_END_DECLS
