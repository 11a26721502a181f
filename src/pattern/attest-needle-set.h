/* attest-needle-set: all places of thousands of short texts in one long one.
 *
 * Made in a fraction of a millisecond, which is why it is no library: those that search as fast
 * (Hyperscan, Vectorscan) compile for 30 µs a text, a quarter of a second for one codebook.
 */
#pragma once

#include "pattern/attest-relax.h"

G_BEGIN_DECLS

/* Immutable, shared by all threads. */
typedef struct _AttestNeedleSet AttestNeedleSet;

/** @needles: (array length=n) borrowed; all different. */
AttestNeedleSet *attest_needle_set_new (const AttestNeedle *const *needles, guint n);
void attest_needle_set_free (AttestNeedleSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestNeedleSet, attest_needle_set_free)

/** The needle with this number begins at @start_byte. */
typedef void (*AttestNeedleFunc) (guint needle, gsize start_byte, gpointer user_data);

/** Reports each place of each needle; the places of one needle in ascending order. @text: folded
 * by attest_folder_fold(); a few bytes behind its end are read. */
void attest_needle_set_find (const AttestNeedleSet *set, const char *text, gsize length_bytes,
                             AttestNeedleFunc func, gpointer user_data);

G_END_DECLS
