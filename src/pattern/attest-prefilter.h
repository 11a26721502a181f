/* attest-prefilter: which of many patterns can match in a text at all, by one search with libhs.
 *
 * It may only over-report. Built without libhs there is never one, and every pattern is searched.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Immutable, shared by all threads. */
typedef struct _AttestPrefilter AttestPrefilter;

/** FALSE: built without libhs, or with one that misses matches in a test that is made now, in a few
 * milliseconds. */
gboolean attest_prefilter_is_available (void);

/** FALSE: the prefilter would have to report the relaxed pattern always. */
gboolean attest_prefilter_accepts (const char *relaxed);

/**
 * Takes the database for these patterns from the user's cache, or NULL when it is not there.
 *
 * @relaxed: from attest_relax_pattern(), by number of the pattern; a pattern that is NULL is always
 * reported.
 */
AttestPrefilter *attest_prefilter_load (const char *const *relaxed, guint n);
/** Compiles one and keeps it in the cache; NULL when there is nothing to win. Takes about 2 ms a
 * pattern. */
AttestPrefilter *attest_prefilter_compile (const char *const *relaxed, guint n);
void attest_prefilter_free (AttestPrefilter *prefilter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPrefilter, attest_prefilter_free)

/* Working memory of one thread, for any number of prefilters. */
typedef struct _AttestPrefilterScratch AttestPrefilterScratch;

AttestPrefilterScratch *attest_prefilter_scratch_new (void);
void attest_prefilter_scratch_free (AttestPrefilterScratch *scratch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestPrefilterScratch, attest_prefilter_scratch_free)

/** 64-bit words of a set of @n patterns. */
#define ATTEST_PREFILTER_WORDS(n) (((n) + 63) / 64)

/**
 * Sets the bit of every pattern that may match in @text (valid UTF-8) and clears the others.
 *
 * Returns: FALSE when the text is for PCRE2 alone; then every bit is set.
 */
gboolean attest_prefilter_scan (const AttestPrefilter *prefilter, AttestPrefilterScratch *scratch,
                                const char *text, gsize length_bytes, guint64 *out_bits);

G_END_DECLS
