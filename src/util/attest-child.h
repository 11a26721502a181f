/* attest-child: work on input that nobody can trust, in a process of its own.
 *
 * For libraries that cannot be told to stop: some input makes them work for years, fill the memory
 * or crash. The child is a copy of this process that does one thing, within limits, and sends back
 * bytes; whatever becomes of it, this process goes on. It cannot run another program's code:
 * nothing is executed.
 *
 * Built with a sanitizer the work is done in this process, without limits, so that its faults show.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AttestChild AttestChild;

typedef struct
{
  guint max_step_seconds; /* of processor time, between two steps */
  gsize max_memory_bytes; /* beside what this process has */
} AttestChildLimits;

/**
 * What the child does: appends its result to @out, or fails with an ATTEST_ERROR. It must not touch
 * files or locks that others of this process use.
 */
typedef gboolean (*AttestChildFunc) (AttestChild *child, gpointer data, GString *out,
                                     GError **error);

typedef enum
{
  ATTEST_CHILD_DONE,   /* @out is filled */
  ATTEST_CHILD_FAILED, /* @error is set */
  ATTEST_CHILD_SLOW,   /* a step took too long: @error is not set */
  ATTEST_CHILD_DIED,   /* it crashed, or wanted too much memory: @error is not set */
} AttestChildEnd;

/** To be called by the work: the next step begins. */
void attest_child_step (AttestChild *child);

/**
 * Runs @func. @out_step: steps that had begun; when the work ended early, the last of them is
 * where.
 */
AttestChildEnd attest_child_run (AttestChildFunc func, gpointer data,
                                 const AttestChildLimits *limits, GString *out, guint *out_step,
                                 GError **error);

/** FALSE in builds with a sanitizer. */
gboolean attest_child_is_separate (void);

G_END_DECLS
