/* attest-times: times as tables and lists write them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * A time, or two with a dash between ("00:01:05 - 00:01:20", "0:05 --> 0:07"), with or without
 * brackets; "hh:mm:ss:ff" counts frames, which are left out. *@out_end_ms is left alone when there
 * is one time only. FALSE: none can be read.
 */
gboolean attest_times_parse (const char *text, gint64 *out_start_ms, gint64 *out_end_ms);

/* Numbers of one column in order, of which nobody says what they count. */
typedef struct
{
  guint n;
  double first, last;
  gboolean fraction; /* one is not whole */
} AttestTimeSeries;

void attest_time_series_add (AttestTimeSeries *series, double number);

/**
 * Milliseconds in a unit of the series. Utterances follow each other by some seconds: whole numbers
 * that grow by hundreds are milliseconds, by millions ticks of 100 ns, else seconds.
 */
double attest_time_series_get_unit_ms (const AttestTimeSeries *series);

/** @number units as whole milliseconds; ATTEST_NO_TIME when it is negative or beyond a year. */
gint64 attest_time_to_ms (double number, double unit_ms);

G_END_DECLS
