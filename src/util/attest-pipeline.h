/* attest-pipeline: work in parallel, results in order, memory bounded.
 *
 *     next() ──▶ queue ──▶ work() in N threads ──▶ results by number ──▶ done() in order
 *     caller's thread                                            caller's thread
 *
 * next() and done() run in the calling thread, so they may use what belongs to one thread (a
 * database, an output stream). work() runs in any thread. done() sees the items in the order
 * in which next() gave them, whatever the number of threads. Items that are begun and not
 * done cost at most max_queued of what next() says they cost, or are one single item; one more
 * may wait, since what an item costs is known only when next() has given it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  /* The next item, or NULL at the end or on failure (then @error is set). *out_cost: its share
   * of max_queued, 0 until set. */
  gpointer (*next) (gpointer data, guint64 *out_cost, GError **error);
  /* Makes a result from an item, which it takes over: every item is worked on, even after an
   * error. @worker: 0 … jobs-1, for state that belongs to one thread. Must not fail: failure is
   * part of the result. */
  gpointer (*work) (gpointer item, guint worker, gpointer data);
  /* Takes a result over. FALSE with @error stops the pipeline. */
  gboolean (*done) (gpointer result, gpointer data, GError **error);
  /* Frees a result that will not be given to done() because the pipeline stopped; may be NULL. */
  void (*discard) (gpointer result);
} AttestPipelineFuncs;

/**
 * Runs until next() returns NULL and all results are done, or until an error.
 * @jobs: threads for work(), 1 runs everything in the calling thread.
 *
 * When next() fails, what it gave before is still done: the outcome is the same for any number
 * of threads. When done() fails no more items are taken, and those that were are waited for and
 * discarded.
 */
gboolean attest_pipeline_run (const AttestPipelineFuncs *funcs, gpointer data, guint jobs,
                              guint64 max_queued, GError **error);

/** Number of processors that this process may use, at least 1. */
guint attest_pipeline_default_jobs (void);

G_END_DECLS
