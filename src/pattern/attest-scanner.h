/* attest-scanner: all matches of many patterns in one text.
 *
 * The one way by which the engine runs patterns. A prefilter tells where in the text which of them
 * can match at all, and PCRE2 tries these places; without a prefilter PCRE2 searches for every
 * pattern everywhere. The matches, and what a limit leaves incomplete, are the same, byte for byte.
 */
#pragma once

#include "pattern/attest-pattern.h"

G_BEGIN_DECLS

/* The set. It is set up by one thread; then all threads share it. */
typedef struct _AttestScanner AttestScanner;

/** @patterns: (element-type AttestPattern) referenced; their index is their number in the results.
 */
AttestScanner *attest_scanner_new (GPtrArray *patterns);
AttestScanner *attest_scanner_ref (AttestScanner *scanner);
void attest_scanner_unref (AttestScanner *scanner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestScanner, attest_scanner_unref)

/* Setting up, before the first text. */

/** The subset of all patterns, which is always there. */
#define ATTEST_SCAN_ALL 0u

/** Adds a subset by which texts are to be searched; equal subsets have the same number.
 * @numbers: of patterns, ascending, unique. */
guint attest_scanner_add_subset (AttestScanner *scanner, const guint *numbers, guint n);

/** Whether to look for needles first, as scanners do unless they are told not to. */
void attest_scanner_set_prefilter (AttestScanner *scanner, gboolean has_prefilter);

/** Why a pattern is searched for everywhere although there is a prefilter, or NULL: it is not.
 * Static. */
const char *attest_scanner_explain_always (const AttestPattern *pattern);

/* Searching. */

typedef struct
{
  guint pattern;              /* index into the scanner's patterns */
  gsize start_byte, end_byte; /* never empty */
} AttestMatch;

typedef struct
{
  guint pattern;
  const char *reason; /* static: which limit */
} AttestStopped;

/* State of one thread. */
typedef struct _AttestScan AttestScan;

AttestScan *attest_scan_new (AttestScanner *scanner);
void attest_scan_free (AttestScan *scan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestScan, attest_scan_free)

/**
 * Searches @text (valid UTF-8) for every pattern of the subset; the matches of one pattern do not
 * overlap, those of different patterns may. Results stay valid until the next call.
 *
 * *@out_matches: (element-type AttestMatch) by pattern, then by start.
 * *@out_stopped: (element-type AttestStopped) patterns that were not searched to the end.
 */
void attest_scan_text (AttestScan *scan, const char *text, gsize length_bytes, guint subset,
                       const GArray **out_matches, const GArray **out_stopped);

G_END_DECLS
