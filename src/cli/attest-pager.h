/* attest-pager: long output on a terminal goes through a pager, as git's does.
 *
 * $ATTEST_PAGER, else $PAGER, else less. The words are those of a shell (quotes, backslashes), but
 * no shell reads them. An empty one, and cat, is none. less gets LESS=FRX unless LESS is set: it
 * ends at once when all fits the screen, and shows colours.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

typedef struct _AttestPager AttestPager;

/**
 * Starts the pager. NULL: there is none to start, or with @error, the one that was asked for cannot
 * be. Until it is finished the program does not die of an interrupt, which is for the pager.
 */
AttestPager *attest_pager_start (GError **error);
/** What the pager reads; the pager's. */
FILE *attest_pager_get_stream (AttestPager *pager);
/** Waits until its reader has seen enough, and frees it. */
void attest_pager_finish (AttestPager *pager);

G_END_DECLS
