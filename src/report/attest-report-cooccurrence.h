/* attest-report-cooccurrence: which codes occur in the same passage, turn, source, or are spoken of
 * by the same respondent, and how much more often than by chance. See stats/attest-pairing.h.
 */
#pragma once

#include "report/attest-report-driver.h"
#include "stats/attest-pairing.h"

G_BEGIN_DECLS

typedef enum
{
  ATTEST_UNIT_SEGMENT,    /* a passage: what overlapping segments cover together */
  ATTEST_UNIT_TURN,       /* of anybody but interviewers, coded or not */
  ATTEST_UNIT_SOURCE,     /* that was searched */
  ATTEST_UNIT_RESPONDENT, /* in the searched sources */
} AttestCooccurrenceUnit;

#define ATTEST_N_COOCCURRENCE_UNITS 4

/** "segment", "turn", "source", "respondent" */
const char *attest_cooccurrence_unit_to_string (AttestCooccurrenceUnit unit);
gboolean attest_cooccurrence_unit_from_string (const char *name, AttestCooccurrenceUnit *out_unit);

typedef struct
{
  const AttestReportData *data; /* borrowed */
  AttestCooccurrenceUnit unit;
  guint n_codes;
  gint64 n_units;
  gint64 *counts;      /* n_codes × n_codes: units with both; on the diagonal, with the code */
  gint64 *respondents; /* the same, respondents behind them */
  gint64 least;        /* pairs of fewer units are not listed */
  gboolean is_network; /* the picture is a network, not a matrix */
} AttestCooccurrence;

extern const AttestReportDriver attest_cooccurrence_driver;

AttestCooccurrence *attest_cooccurrence_new (const AttestReportData *data,
                                             AttestCooccurrenceUnit unit, gint64 least);
void attest_cooccurrence_free (AttestCooccurrence *cooccurrence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCooccurrence, attest_cooccurrence_free)

AttestPairing attest_cooccurrence_get (const AttestCooccurrence *cooccurrence, guint first,
                                       guint second);
/** Heat: units with both codes. */
AttestChart *attest_cooccurrence_to_matrix (const AttestCooccurrence *cooccurrence);
/** Network: a line as wide as the Jaccard coefficient. */
AttestChart *attest_cooccurrence_to_network (const AttestCooccurrence *cooccurrence);

G_END_DECLS
