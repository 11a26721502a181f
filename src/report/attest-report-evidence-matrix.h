/* attest-report-evidence-matrix: criteria, questions of the guide or findings × groups, with
 * direction and quotes: the evidence table that standards of evaluation ask for.
 *
 * The unit is the respondent. Of criteria and questions the direction is that of how respondents
 * speak (polarity: rules find it, read the quotes); of findings it is the stance that an analyst
 * gave to each quote. Somebody who speaks both ways counts on both sides.
 */
#pragma once

#include "report/attest-report-driver.h"
#include "store/attest-store-guide.h"
#include "store/attest-store-ledger.h"

G_BEGIN_DECLS

/* A quote in a cell: of a segment, or what a finding rests on. */
typedef struct
{
  guint segment;                     /* or ATTEST_NO_INDEX */
  const AttestQuotePassage *passage; /* (nullable) borrowed from the ledger's quotes */
} AttestEvidenceQuote;

typedef struct
{
  gint64 positive, negative; /* respondents; supporting and contradicting of a finding */
  gint64 neutral;            /* who speak of it in neither direction */
  gint64 spoke;              /* respondents of any of these */
  gint64 segments;
  GArray *quotes;     /* of AttestEvidenceQuote, the ones to be shown first */
  gboolean is_hidden; /* the public is not told */
} AttestEvidenceCell;

typedef struct
{
  char *id, *title;
  char *dimension; /* (nullable) dimension, section of the guide, or criterion */
} AttestEvidenceRow;

typedef enum
{
  ATTEST_EVIDENCE_OF_CODES,
  ATTEST_EVIDENCE_OF_QUESTIONS,
  ATTEST_EVIDENCE_OF_FINDINGS,
} AttestEvidenceOf;

typedef struct
{
  const AttestReportData *data; /* borrowed; with quotes */
  AttestEvidenceOf of;
  char *attribute;     /* of the columns */
  GPtrArray *groups;   /* of const char *; NULL as the last: not known */
  gint64 *present;     /* by group: respondents there are */
  GArray *rows;        /* of AttestEvidenceRow */
  GArray *cells;       /* of AttestEvidenceCell: rows × groups */
  guint n_quotes;      /* of each cell to be shown to people */
  GPtrArray *passages; /* (nullable) owns those of findings */
} AttestEvidenceMatrix;

extern const AttestReportDriver attest_evidence_matrix_driver;

/** @attribute: normalised. @dimension: (nullable) only its codes are rows. */
AttestEvidenceMatrix *attest_evidence_matrix_of_codes (const AttestReportData *data,
                                                       const char *attribute,
                                                       const char *dimension);
/** @guides: (element-type AttestGuideInfo) */
AttestEvidenceMatrix *attest_evidence_matrix_of_questions (const AttestReportData *data,
                                                           const char *attribute,
                                                           const GPtrArray *guides);
AttestEvidenceMatrix *attest_evidence_matrix_of_findings (const AttestReportData *data,
                                                          const char *attribute,
                                                          const AttestLedger *ledger,
                                                          GError **error);
void attest_evidence_matrix_free (AttestEvidenceMatrix *matrix);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestEvidenceMatrix, attest_evidence_matrix_free)

static inline AttestEvidenceCell *
attest_evidence_matrix_cell (const AttestEvidenceMatrix *matrix, guint row, guint group)
{
  return &g_array_index (matrix->cells, AttestEvidenceCell, row * matrix->groups->len + group);
}
/** "positive", "negative", "mixed", "neutral", "silent", "absent": nobody of the group was there.
 */
const char *attest_evidence_matrix_direction (const AttestEvidenceMatrix *matrix, guint row,
                                              guint group);
/** Whether so few people are in a group that nothing of it is told. */
gboolean attest_evidence_matrix_is_hidden (const AttestEvidenceMatrix *matrix, guint row,
                                           guint group);

G_END_DECLS
