/* attest-pipeline: see the header for the picture.
 *
 * Every item that next() gives becomes a task. Tasks in flight stand in one list in the order of
 * next(), and the workers' queue holds those of them that nobody has begun; done() takes from the
 * head of the list as soon as the head is finished. So the order needs no numbers, and what is in
 * flight is what the list holds.
 *
 * Every task is worked on, also after an error: only work() knows how to get rid of an item, by
 * making a result of it that discard() takes.
 *
 * The mutex is POSIX's, not GLib's: a GMutex is a bare futex, in which ThreadSanitizer sees no
 * lock, and then reports everything that the lock protects.
 */
#include "util/attest-pipeline.h"

#include <pthread.h>

#include "util/attest-error.h"

/* However cheap items say they are, so many tasks in flight keep every worker busy. */
#define MAX_TASKS 1024

typedef struct
{
  gpointer item;
  gpointer result;
  guint64 cost;
  gboolean is_finished;
} Task;

typedef struct
{
  const AttestPipelineFuncs *funcs;
  gpointer data;

  /* Of the calling thread alone. */
  GQueue in_flight; /* of Task */
  guint64 in_flight_cost;
  guint64 max_queued;
  Task *waiting;      /* from next(), too dear to be begun yet */
  gboolean is_at_end; /* next() is not called any more */
  GError *next_error;

  pthread_mutex_t mutex; /* protects what follows, and is_finished and result of each task */
  pthread_cond_t work_added;
  pthread_cond_t task_finished;
  GQueue queue; /* of Task in in_flight */
  gboolean is_closed;
} Pipeline;

typedef struct
{
  Pipeline *pipeline;
  guint number;
  GThread *thread;
} Worker;

/* Waits for a task that nobody has begun; NULL when there will be none. */
static Task *
take_task (Pipeline *pipeline)
{
  pthread_mutex_lock (&pipeline->mutex);
  while (pipeline->queue.length == 0 && !pipeline->is_closed)
    pthread_cond_wait (&pipeline->work_added, &pipeline->mutex);
  Task *task = g_queue_pop_head (&pipeline->queue);
  pthread_mutex_unlock (&pipeline->mutex);
  return task;
}

static gpointer
run_worker (gpointer data)
{
  Worker *worker = data;
  Pipeline *pipeline = worker->pipeline;
  Task *task;

  while ((task = take_task (pipeline)) != NULL)
    {
      gpointer result = pipeline->funcs->work (task->item, worker->number, pipeline->data);

      pthread_mutex_lock (&pipeline->mutex);
      task->result = result;
      task->is_finished = TRUE;
      pthread_cond_signal (&pipeline->task_finished);
      pthread_mutex_unlock (&pipeline->mutex);
    }
  return NULL;
}

/* Asks next() for one more task, unless one waits already. */
static void
fetch_task (Pipeline *pipeline)
{
  if (pipeline->waiting != NULL || pipeline->is_at_end)
    return;

  guint64 cost = 0;
  gpointer item = pipeline->funcs->next (pipeline->data, &cost, &pipeline->next_error);
  if (item == NULL)
    {
      pipeline->is_at_end = TRUE;
      return;
    }
  pipeline->waiting = g_new0 (Task, 1);
  pipeline->waiting->item = item;
  pipeline->waiting->cost = cost;
}

static gboolean
has_room (const Pipeline *pipeline, guint64 cost)
{
  if (pipeline->in_flight.length == 0)
    return TRUE;
  return pipeline->in_flight.length < MAX_TASKS && pipeline->in_flight_cost <= pipeline->max_queued
         && cost <= pipeline->max_queued - pipeline->in_flight_cost;
}

static void
begin_waiting_task (Pipeline *pipeline)
{
  Task *task = g_steal_pointer (&pipeline->waiting);

  g_queue_push_tail (&pipeline->in_flight, task);
  pipeline->in_flight_cost += task->cost;
  pthread_mutex_lock (&pipeline->mutex);
  g_queue_push_tail (&pipeline->queue, task);
  pthread_cond_signal (&pipeline->work_added);
  pthread_mutex_unlock (&pipeline->mutex);
}

static void
fill (Pipeline *pipeline)
{
  for (;;)
    {
      fetch_task (pipeline);
      if (pipeline->waiting == NULL || !has_room (pipeline, pipeline->waiting->cost))
        return;
      begin_waiting_task (pipeline);
    }
}

/* Waits for the first task in flight and returns its result. */
static gpointer
take_result (Pipeline *pipeline)
{
  Task *task = g_queue_pop_head (&pipeline->in_flight);

  pthread_mutex_lock (&pipeline->mutex);
  while (!task->is_finished)
    pthread_cond_wait (&pipeline->task_finished, &pipeline->mutex);
  pthread_mutex_unlock (&pipeline->mutex);

  gpointer result = task->result;
  pipeline->in_flight_cost -= task->cost;
  g_free (task);
  return result;
}

static void
discard_all (Pipeline *pipeline)
{
  if (pipeline->waiting != NULL)
    begin_waiting_task (pipeline);
  while (pipeline->in_flight.length > 0)
    {
      gpointer result = take_result (pipeline);
      if (pipeline->funcs->discard != NULL)
        pipeline->funcs->discard (result);
    }
}

/* What the calling thread does while the workers work. */
static gboolean
run_caller (Pipeline *pipeline, GError **error)
{
  for (;;)
    {
      fill (pipeline);
      if (pipeline->in_flight.length == 0)
        break;
      if (!pipeline->funcs->done (take_result (pipeline), pipeline->data, error))
        {
          g_clear_error (&pipeline->next_error);
          discard_all (pipeline);
          return FALSE;
        }
    }
  if (pipeline->next_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&pipeline->next_error));
  return FALSE;
}

static gboolean
run_alone (const AttestPipelineFuncs *funcs, gpointer data, GError **error)
{
  for (;;)
    {
      guint64 cost = 0;
      GError *next_error = NULL;
      gpointer item = funcs->next (data, &cost, &next_error);

      if (next_error != NULL)
        {
          g_propagate_error (error, next_error);
          return FALSE;
        }
      if (item == NULL)
        return TRUE;
      if (!funcs->done (funcs->work (item, 0, data), data, error))
        return FALSE;
    }
}

/* Starts up to @jobs workers; returns how many the system allowed. */
static guint
start_workers (Pipeline *pipeline, Worker *workers, guint jobs)
{
  guint started = 0;

  while (started < jobs)
    {
      Worker *worker = &workers[started];

      worker->pipeline = pipeline;
      worker->number = started;
      worker->thread = g_thread_try_new ("attest-worker", run_worker, worker, NULL);
      if (worker->thread == NULL)
        break;
      started++;
    }
  return started;
}

static void
stop_workers (Pipeline *pipeline, Worker *workers, guint started)
{
  pthread_mutex_lock (&pipeline->mutex);
  pipeline->is_closed = TRUE;
  pthread_cond_broadcast (&pipeline->work_added);
  pthread_mutex_unlock (&pipeline->mutex);
  for (guint i = 0; i < started; i++)
    g_thread_join (workers[i].thread);
}

gboolean
attest_pipeline_run (const AttestPipelineFuncs *funcs, gpointer data, guint jobs,
                     guint64 max_queued, GError **error)
{
  if (jobs <= 1)
    return run_alone (funcs, data, error);

  /* Made when it is first asked for, without a lock: before there are threads. */
  attest_error_quark ();

  Pipeline pipeline = { .funcs = funcs, .data = data, .max_queued = max_queued };
  g_autofree Worker *workers = g_new0 (Worker, jobs);
  gboolean is_done;

  pthread_mutex_init (&pipeline.mutex, NULL);
  pthread_cond_init (&pipeline.work_added, NULL);
  pthread_cond_init (&pipeline.task_finished, NULL);
  guint started = start_workers (&pipeline, workers, jobs);
  if (started > 0)
    is_done = run_caller (&pipeline, error);
  else
    is_done = run_alone (funcs, data, error);
  stop_workers (&pipeline, workers, started);
  pthread_cond_destroy (&pipeline.task_finished);
  pthread_cond_destroy (&pipeline.work_added);
  pthread_mutex_destroy (&pipeline.mutex);
  return is_done;
}

guint
attest_pipeline_default_jobs (void)
{
  return MAX (g_get_num_processors (), 1);
}
