/* attest-windows: where in a text a match can begin, from the places of needles.
 */
#pragma once

#include "pattern/attest-relax.h"

G_BEGIN_DECLS

/* A match of the pattern can begin at from_byte, up to and with to_byte. Texts are shorter than
 * 2^32 bytes. */
typedef struct
{
  guint pattern;
  guint32 from_byte, to_byte;
} AttestWindow;

/** Whether windows would be no smaller than the text. */
gboolean attest_reach_is_everything (const AttestReach *reach);

/** The window of a needle that stands at @needle_byte of @text. FALSE: no match can have it. */
gboolean attest_reach_window (const AttestReach *reach, const char *text, gsize needle_byte,
                              AttestWindow *out_window);

/** By pattern, then by from_byte. */
void attest_windows_sort (GArray *windows);

/**
 * The windows of one pattern, found slowly: as number 0, sorted.
 *
 * Returns: (element-type AttestWindow), or NULL: a match can begin anywhere, as far as is known.
 */
GArray *attest_windows_find (const AttestRelaxed *relaxed, AttestFolder *folder, const char *text,
                             gsize length_bytes);

G_END_DECLS
