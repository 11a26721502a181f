#include "util/attest-error.h"
#include "util/attest-pipeline.h"

#define MAX_JOBS 8

/* Squares the numbers from 1 on. Only work() runs in other threads, so only it counts atomically.
 */
typedef struct
{
  int count;         /* next() ends after it */
  int next_fails_at; /* 0: never */
  int done_fails_at;
  guint64 (*cost_of) (int number);
  guint64 max_queued;

  int taken;
  GArray *results;
  int worked;              /* atomic */
  int discarded;           /* atomic */
  int by_worker[MAX_JOBS]; /* each entry belongs to its thread */
} Squares;

typedef struct
{
  Squares *squares;
  int number;
} Item;

static guint64
cost_one (int number)
{
  return 1;
}

/* Every seventh item is larger than the whole bound. */
static guint64
cost_mixed (int number)
{
  return number % 7 == 0 ? 100 : (guint64)(number % 5);
}

/* When next() is called all that it gave before is begun: it fits, or is a single item. */
static void
assert_bounded (const Squares *squares)
{
  int done = (int)squares->results->len;
  guint64 cost = 0;

  for (int number = done + 1; number <= squares->taken; number++)
    cost += squares->cost_of (number);
  g_assert_true (squares->taken - done <= 1 || cost <= squares->max_queued);
}

static gpointer
next_number (gpointer data, guint64 *out_cost, GError **error)
{
  Squares *squares = data;
  int number = squares->taken + 1;

  assert_bounded (squares);
  if (number == squares->next_fails_at)
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "next %d", number);
  if (number > squares->count)
    return NULL;

  Item *item = g_new (Item, 1);
  item->squares = squares;
  item->number = number;
  *out_cost = squares->cost_of (number);
  squares->taken = number;
  return item;
}

static gpointer
square (gpointer data, guint worker, gpointer squares_data)
{
  Squares *squares = squares_data;
  Item *item = data;

  g_assert_cmpuint (worker, <, MAX_JOBS);
  squares->by_worker[worker]++;
  __atomic_add_fetch (&squares->worked, 1, __ATOMIC_RELAXED);
  if (item->number % 16 == 0)
    g_usleep (200); /* so that later ones overtake it */
  item->number *= item->number;
  return item;
}

static gboolean
keep_square (gpointer result, gpointer data, GError **error)
{
  Squares *squares = data;
  g_autofree Item *item = result;
  int number = (int)squares->results->len + 1;

  if (number == squares->done_fails_at)
    return attest_throw (error, ATTEST_ERROR_STORE, "done %d", number);
  g_array_append_val (squares->results, item->number);
  return TRUE;
}

static void
discard_square (gpointer result)
{
  Item *item = result;

  __atomic_add_fetch (&item->squares->discarded, 1, __ATOMIC_RELAXED);
  g_free (item);
}

static gboolean
run_squares (Squares *squares, guint jobs, GError **error)
{
  static const AttestPipelineFuncs funcs = { next_number, square, keep_square, discard_square };

  if (squares->cost_of == NULL)
    squares->cost_of = cost_one;
  squares->results = g_array_new (FALSE, FALSE, sizeof (int));
  gboolean is_done = attest_pipeline_run (&funcs, squares, jobs, squares->max_queued, error);

  for (guint i = 0; i < squares->results->len; i++)
    g_assert_cmpint (g_array_index (squares->results, int, i), ==, (int)((i + 1) * (i + 1)));
  g_assert_cmpint (squares->worked, ==, squares->taken);
  int sum = 0;
  for (guint i = 0; i < MAX_JOBS; i++)
    sum += squares->by_worker[i];
  g_assert_cmpint (sum, ==, squares->worked);
  return is_done;
}

static void
test_order (void)
{
  for (guint jobs = 1; jobs <= MAX_JOBS; jobs++)
    for (guint64 max_queued = 0; max_queued <= 64; max_queued = max_queued * 4 + 1)
      {
        g_autoptr (GError) error = NULL;
        Squares squares = { .count = 500, .max_queued = max_queued, .cost_of = cost_mixed };

        g_assert_true (run_squares (&squares, jobs, &error));
        g_assert_no_error (error);
        g_assert_cmpuint (squares.results->len, ==, 500);
        g_assert_cmpint (squares.discarded, ==, 0);
        g_array_unref (squares.results);
      }
}

static void
test_nothing_to_do (void)
{
  for (guint jobs = 0; jobs <= 2; jobs++)
    {
      Squares squares = { .count = 0, .max_queued = 10 };

      g_assert_true (run_squares (&squares, jobs, NULL));
      g_assert_cmpuint (squares.results->len, ==, 0);
      g_array_unref (squares.results);
    }
}

/* What was done when a file could not be read does not depend on the number of threads. */
static void
test_next_fails (void)
{
  for (guint jobs = 1; jobs <= 4; jobs++)
    {
      g_autoptr (GError) error = NULL;
      Squares squares = { .count = 100, .next_fails_at = 40, .max_queued = 1000 };

      g_assert_false (run_squares (&squares, jobs, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
      g_assert_cmpuint (squares.results->len, ==, 39);
      g_array_unref (squares.results);
    }
}

static void
test_done_fails (void)
{
  for (guint jobs = 1; jobs <= 4; jobs++)
    {
      g_autoptr (GError) error = NULL;
      Squares squares = { .count = 100, .done_fails_at = 40, .max_queued = 20 };

      g_assert_false (run_squares (&squares, jobs, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
      g_assert_cmpuint (squares.results->len, ==, 39);
      /* Nothing leaks: the failed one was taken over by done(). */
      g_assert_cmpint (squares.discarded, ==, squares.worked - 40);
      g_array_unref (squares.results);
    }
}

/* Of two failures the one that comes first in the order of the items is told. */
static void
test_both_fail (void)
{
  for (guint jobs = 1; jobs <= 4; jobs++)
    {
      g_autoptr (GError) error = NULL;
      Squares squares
          = { .count = 100, .next_fails_at = 40, .done_fails_at = 30, .max_queued = 1000 };

      g_assert_false (run_squares (&squares, jobs, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_STORE);
      g_array_unref (squares.results);
    }
}

static void
test_default_jobs (void)
{
  g_assert_cmpuint (attest_pipeline_default_jobs (), >=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipeline/order", test_order);
  g_test_add_func ("/pipeline/nothing-to-do", test_nothing_to_do);
  g_test_add_func ("/pipeline/next-fails", test_next_fails);
  g_test_add_func ("/pipeline/done-fails", test_done_fails);
  g_test_add_func ("/pipeline/both-fail", test_both_fail);
  g_test_add_func ("/pipeline/default-jobs", test_default_jobs);
  return g_test_run ();
}
