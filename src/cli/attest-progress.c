#include "cli/attest-progress.h"

#define BAR_COLUMNS 30

void
attest_progress_start (AttestProgress *progress, AttestInvocation *inv, const char *verb,
                       guint total)
{
  *progress = (AttestProgress){ .stream = inv->err_tty ? inv->err : NULL,
                                .verb = verb,
                                .total = total,
                                .started_us = g_get_monotonic_time () };
}

static void
show (AttestProgress *progress, gint64 now_us)
{
  double share = (double)progress->done / MAX (progress->total, 1);
  double seconds = (double)(now_us - progress->started_us) / G_USEC_PER_SEC;
  guint filled = (guint)(share * BAR_COLUMNS);

  fprintf (progress->stream, "\r%s ", progress->verb);
  if (progress->total > 0)
    {
      for (guint i = 0; i < BAR_COLUMNS; i++)
        fputs (i < filled ? "█" : "░", progress->stream);
      fprintf (progress->stream, " %u/%u", progress->done, progress->total);
      if (share > 0.02)
        fprintf (progress->stream, "  %.0f s left", seconds / share - seconds);
    }
  else
    fprintf (progress->stream, "%u", progress->done);
  fputs ("\033[K", progress->stream);
  fflush (progress->stream);
}

void
attest_progress_step (AttestProgress *progress)
{
  gint64 now_us;

  progress->done++;
  if (progress->stream == NULL)
    return;
  now_us = g_get_monotonic_time ();
  if (now_us - progress->started_us < G_USEC_PER_SEC / 2
      || now_us - progress->shown_at_us < G_USEC_PER_SEC / 10)
    return;
  progress->shown_at_us = now_us;
  show (progress, now_us);
}

void
attest_progress_end (AttestProgress *progress)
{
  if (progress->stream != NULL && progress->shown_at_us != 0)
    {
      fputs ("\r\033[K", progress->stream);
      fflush (progress->stream);
    }
}
