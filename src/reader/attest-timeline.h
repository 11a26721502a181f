/* attest-timeline: times that a file gives under names ("ts12", "#T3") and points at elsewhere.
 *
 * A point may be pointed at before the file says what it is. The order in which points are defined
 * is the order of the timeline; those without a time get one between their neighbours.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AttestTimeline AttestTimeline;

#define ATTEST_NO_POINT G_MAXUINT

AttestTimeline *attest_timeline_new (void);
void attest_timeline_free (AttestTimeline *timeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestTimeline, attest_timeline_free)

/** The point called @id, new when it is met for the first time; ATTEST_NO_POINT for NULL or "", or
 * beyond ATTEST_MAX_TIME_POINTS. */
guint attest_timeline_point (AttestTimeline *timeline, const char *id);

/** Puts the point behind all that are defined; @time_ms may be ATTEST_NO_TIME. The first definition
 * of a point stands. */
void attest_timeline_define (AttestTimeline *timeline, guint point, gint64 time_ms);

/**
 * Spreads a chain of points evenly between the first, whose time must be known, and the last, the
 * same; nothing happens when one of those in between has a time.
 */
void attest_timeline_spread (AttestTimeline *timeline, const guint *points, guint n_points);

/** Gives points without a time one between the neighbours that have one, evenly. */
void attest_timeline_interpolate (AttestTimeline *timeline);

/** ATTEST_NO_TIME when it is not known. */
gint64 attest_timeline_get_time (const AttestTimeline *timeline, guint point);
/** Its time was spread or interpolated. */
gboolean attest_timeline_is_guess (const AttestTimeline *timeline, guint point);
/** Its place in the order of definition; -1 for a point that was never defined. */
gint64 attest_timeline_get_rank (const AttestTimeline *timeline, guint point);
/** Points that are pointed at or defined. */
guint attest_timeline_count (const AttestTimeline *timeline);

G_END_DECLS
