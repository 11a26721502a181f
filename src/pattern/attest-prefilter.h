/* attest-prefilter: where in a text which of many patterns can match, by one search with libhs for
 * all their needles.
 *
 * It may only over-report. Built without libhs there is never one, and every pattern is searched
 * for everywhere.
 */
#pragma once

#include "pattern/attest-relax.h"

G_BEGIN_DECLS

/* Immutable, shared by all threads. */
typedef struct _AttestPrefilter AttestPrefilter;

/** FALSE: built without libhs, or with one that misses matches in a test that is made now, in a few
 * milliseconds. */
gboolean attest_prefilter_is_available (void);

/**
 * Makes the prefilter of some patterns; a pattern without needles is always reported. It comes from
 * the user's cache when it is there, and is put there otherwise.
 *
 * @relaxed: by number of the pattern.
 *
 * Returns: NULL when there is nothing to win.
 */
AttestPrefilter *attest_prefilter_new (const AttestRelaxed *const *relaxed, guint n);
void attest_prefilter_free (AttestPrefilter *prefilter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPrefilter, attest_prefilter_free)

/* Working memory of one thread, for any number of prefilters. */
typedef struct _AttestPrefilterScratch AttestPrefilterScratch;

AttestPrefilterScratch *attest_prefilter_scratch_new (void);
void attest_prefilter_scratch_free (AttestPrefilterScratch *scratch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPrefilterScratch, attest_prefilter_scratch_free)

/**
 * Finds where patterns may match in @text (valid UTF-8).
 *
 * Returns: (element-type AttestWindow) by pattern, then by place, valid until the next call. A
 * window from 0 to @length_bytes is all that is known of its pattern. NULL: the text is for PCRE2
 * alone.
 */
const GArray *attest_prefilter_scan (const AttestPrefilter *prefilter,
                                     AttestPrefilterScratch *scratch, const char *text,
                                     gsize length_bytes);

G_END_DECLS
