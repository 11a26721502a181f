/* attest-prefilter: where in a text which of many patterns can match, by one search for all their
 * needles.
 *
 * It may only over-report.
 */
#pragma once

#include "pattern/attest-relax.h"

G_BEGIN_DECLS

/* Immutable, shared by all threads. */
typedef struct _AttestPrefilter AttestPrefilter;

/** Makes the prefilter of some patterns; a pattern without needles is always reported.
 * @relaxed: by number of the pattern. */
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
