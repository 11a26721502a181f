/* attest-review-screen-private: what drawing and keys share. */
#pragma once

#include "cli/attest-review-queue.h"

G_BEGIN_DECLS

typedef struct
{
  AttestQueue *queue;
  char *message;        /* (nullable) what the last key did */
  guint scroll;         /* lines of the transcript above the window */
  gboolean is_scrolled; /* by the user; else the quote is brought into sight */
} AttestReviewScreen;

/** Draws all of it anew, as large as the terminal is now. */
void attest_review_screen_draw (AttestReviewScreen *screen);
/** Draws the keys instead of the transcript, from the one with number @first on. Returns: the first
 * for which there was no room; 0: that was the last. */
guint attest_review_screen_draw_keys (AttestReviewScreen *screen, guint first);
/** Asks for one line. @hint stands above. NULL: the user left it by Escape, or the terminal is
 * gone. */
char *attest_review_screen_ask (AttestReviewScreen *screen, const char *hint, const char *question);

G_END_DECLS
