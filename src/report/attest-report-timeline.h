/* attest-report-timeline: where in a transcript each code occurs, from its beginning to its end.
 *
 * Places are milliseconds where every turn has a time, else words of everybody counted from the
 * beginning; inside a turn they are in proportion. Questions of interviewers are shown beside.
 */
#pragma once

#include "report/attest-report-driver.h"

G_BEGIN_DECLS

typedef struct
{
  guint segment; /* into segments of the data; ATTEST_NO_INDEX: a turn of an interviewer */
  guint turn;    /* from 0 */
  double start, end;
} AttestTimelineMark;

typedef struct
{
  const AttestReportData *data; /* borrowed */
  guint source;
  gboolean is_time;
  double length;     /* of the transcript */
  GArray *questions; /* of AttestTimelineMark */
  GPtrArray *codes;  /* of GArray of AttestTimelineMark, by code */
} AttestCodeTimeline;

extern const AttestReportDriver attest_timeline_driver;

/** @label: of the source; ATTEST_ERROR_USAGE when there is none. */
AttestCodeTimeline *attest_timeline_report_new (const AttestReportData *data, const char *label,
                                                GError **error);
void attest_timeline_report_free (AttestCodeTimeline *timeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestCodeTimeline, attest_timeline_report_free)

G_END_DECLS
