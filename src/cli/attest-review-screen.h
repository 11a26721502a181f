/* attest-review-screen: the full-screen queue of 'attest review'.
 *
 * A thin layer over attest-review-queue.h: it draws the current segment in its transcript, and
 * turns keys into calls. It keeps nothing that the queue does not have.
 */
#pragma once

#include "cli/attest-review-queue.h"

G_BEGIN_DECLS

/**
 * Runs until the user leaves or the terminal goes away. @queue: not empty. ATTEST_ERROR_USAGE: the
 * terminal cannot show it.
 */
gboolean attest_review_screen_run (AttestQueue *queue, GError **error);

G_END_DECLS
