#include "reader/attest-timeline.h"

#include "model/attest-document.h"
#include "util/attest-limits.h"

typedef struct
{
  gint64 time_ms;
  gint64 rank; /* -1: not defined */
  gboolean guess;
} Point;

struct _AttestTimeline
{
  GStringChunk *names;
  GHashTable *indexes; /* name → index + 1 */
  GArray *points;      /* of Point */
  GArray *order;       /* of guint: points as they were defined */
};

AttestTimeline *
attest_timeline_new (void)
{
  AttestTimeline *timeline = g_new0 (AttestTimeline, 1);

  timeline->names = g_string_chunk_new (4096);
  timeline->indexes = g_hash_table_new (g_str_hash, g_str_equal);
  timeline->points = g_array_new (FALSE, FALSE, sizeof (Point));
  timeline->order = g_array_new (FALSE, FALSE, sizeof (guint));
  return timeline;
}

void
attest_timeline_free (AttestTimeline *timeline)
{
  if (timeline == NULL)
    return;
  g_hash_table_unref (timeline->indexes);
  g_string_chunk_free (timeline->names);
  g_array_unref (timeline->points);
  g_array_unref (timeline->order);
  g_free (timeline);
}

static Point *
get_point (const AttestTimeline *timeline, guint point)
{
  return point < timeline->points->len ? &g_array_index (timeline->points, Point, point) : NULL;
}

guint
attest_timeline_point (AttestTimeline *timeline, const char *id)
{
  Point point = { ATTEST_NO_TIME, -1, FALSE };
  gpointer known;

  if (id == NULL || *id == '\0')
    return ATTEST_NO_POINT;
  known = g_hash_table_lookup (timeline->indexes, id);
  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  if (timeline->points->len >= ATTEST_MAX_TIME_POINTS)
    return ATTEST_NO_POINT;
  g_array_append_val (timeline->points, point);
  g_hash_table_insert (timeline->indexes, g_string_chunk_insert (timeline->names, id),
                       GUINT_TO_POINTER (timeline->points->len));
  return timeline->points->len - 1;
}

void
attest_timeline_define (AttestTimeline *timeline, guint point, gint64 time_ms)
{
  Point *p = get_point (timeline, point);

  if (p == NULL || p->rank >= 0)
    return;
  p->time_ms = time_ms;
  p->rank = timeline->order->len;
  g_array_append_val (timeline->order, point);
}

static void
guess (Point *point, gint64 time_ms)
{
  point->time_ms = time_ms;
  point->guess = TRUE;
}

void
attest_timeline_spread (AttestTimeline *timeline, const guint *points, guint n_points)
{
  const Point *first, *last;

  if (n_points < 3)
    return;
  first = get_point (timeline, points[0]);
  last = get_point (timeline, points[n_points - 1]);
  if (first == NULL || last == NULL || first->time_ms == ATTEST_NO_TIME
      || last->time_ms < first->time_ms)
    return;
  for (guint i = 1; i + 1 < n_points; i++)
    if (get_point (timeline, points[i]) == NULL
        || get_point (timeline, points[i])->time_ms != ATTEST_NO_TIME)
      return;
  for (guint i = 1; i + 1 < n_points; i++)
    guess (get_point (timeline, points[i]),
           first->time_ms + (last->time_ms - first->time_ms) * i / (n_points - 1));
}

void
attest_timeline_interpolate (AttestTimeline *timeline)
{
  guint known = 0;
  gint64 known_ms = ATTEST_NO_TIME;

  for (guint i = 0; i < timeline->order->len; i++)
    {
      gint64 time_ms = get_point (timeline, g_array_index (timeline->order, guint, i))->time_ms;

      if (time_ms == ATTEST_NO_TIME)
        continue;
      if (known_ms != ATTEST_NO_TIME && time_ms >= known_ms)
        for (guint k = known + 1; k < i; k++)
          guess (get_point (timeline, g_array_index (timeline->order, guint, k)),
                 known_ms + (time_ms - known_ms) * (k - known) / (i - known));
      known = i;
      known_ms = time_ms;
    }
}

gint64
attest_timeline_get_time (const AttestTimeline *timeline, guint point)
{
  const Point *p = get_point (timeline, point);

  return p != NULL ? p->time_ms : ATTEST_NO_TIME;
}

gboolean
attest_timeline_is_guess (const AttestTimeline *timeline, guint point)
{
  const Point *p = get_point (timeline, point);

  return p != NULL && p->guess;
}

gint64
attest_timeline_get_rank (const AttestTimeline *timeline, guint point)
{
  const Point *p = get_point (timeline, point);

  return p != NULL ? p->rank : -1;
}

guint
attest_timeline_count (const AttestTimeline *timeline)
{
  return timeline->points->len;
}
