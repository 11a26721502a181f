/* attest-progress: a progress line on a terminal's standard error; nothing in a pipe.
 */
#pragma once

#include "cli/attest-cli.h"

G_BEGIN_DECLS

typedef struct
{
  FILE *stream;     /* NULL: no terminal, nothing is shown */
  const char *verb; /* "ingesting" */
  guint total;      /* items, 0: unknown */
  guint done;
  gint64 shown_at_us;
  gint64 started_us;
} AttestProgress;

/** Begins; @verb must outlive the progress. */
void attest_progress_start (AttestProgress *progress, AttestInvocation *inv, const char *verb,
                            guint total);
/** One more item is done; shows at most ten lines a second, and none in the first half second. */
void attest_progress_step (AttestProgress *progress);
/** Wipes the line. */
void attest_progress_end (AttestProgress *progress);

G_END_DECLS
