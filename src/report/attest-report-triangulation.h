/* attest-report-triangulation: by which methods, and in which groups, each code or finding was
 * heard; above all, where it was not.
 *
 * The unit is the respondent. A cell says how many of those who were there: "2/5". "0/3" is a cell
 * where nobody of three said it, "–" one where nobody was interviewed; both are told, because a
 * finding is as strong as it is heard in different places (doc/ledger.md).
 */
#pragma once

#include "report/attest-report-driver.h"
#include "report/attest-report-strength.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 respondents, segments;
} AttestTriangulationCell;

typedef struct
{
  char *id;        /* of the code or finding */
  char *title;     /* for people */
  char *dimension; /* (nullable) */
} AttestTriangulationRow;

typedef struct
{
  const AttestReportData *data;         /* borrowed */
  const AttestStrengthCounter *counter; /* borrowed */
  gboolean of_findings;
  char *attribute;    /* of the columns */
  GPtrArray *methods; /* of const char *: "interview" … */
  GPtrArray *groups;  /* of const char *; NULL as the last: not known */
  GArray *rows;       /* of AttestTriangulationRow */
  gint64 *present;    /* methods × groups: respondents there are */
  GArray *cells;      /* of AttestTriangulationCell: rows × methods × groups */
  GPtrArray *hidden;  /* of guint8 *, by row: places that are not told */
} AttestTriangulation;

extern const AttestReportDriver attest_triangulation_driver;

/** @counter: knows methods, and must outlive it. @code: ATTEST_NO_INDEX: all. @attribute:
 * normalised. */
AttestTriangulation *attest_triangulation_of_codes (const AttestReportData *data,
                                                    const AttestStrengthCounter *counter,
                                                    guint code, const char *attribute);
/** Supporters of the findings that were not withdrawn, by group. @finding: (nullable) only this,
 * ATTEST_ERROR_USAGE when there is none. */
AttestTriangulation *attest_triangulation_of_findings (const AttestReportData *data,
                                                       AttestStrengthCounter *counter,
                                                       const AttestLedger *ledger,
                                                       const char *finding, GError **error);
void attest_triangulation_free (AttestTriangulation *triangulation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestTriangulation, attest_triangulation_free)

G_END_DECLS
