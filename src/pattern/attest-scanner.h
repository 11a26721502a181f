/* attest-scanner: all matches of many patterns in one text.
 *
 * The one way by which the engine runs patterns. Today each pattern is searched by
 * itself (PCRE2 with JIT); a multi-pattern prefilter that tells which patterns can match at all
 * goes in here, behind attest_scan_text(), without a change to its callers: a scanner knows its
 * whole set of patterns before the first text, and callers never ask for one pattern at a time.
 */
#pragma once

#include "pattern/attest-pattern.h"

G_BEGIN_DECLS

/* The set; immutable, shared by all threads. */
typedef struct _AttestScanner AttestScanner;

/** @patterns: (element-type AttestPattern) referenced; their index is their number in the results.
 */
AttestScanner *attest_scanner_new (GPtrArray *patterns);
AttestScanner *attest_scanner_ref (AttestScanner *scanner);
void attest_scanner_unref (AttestScanner *scanner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AttestScanner, attest_scanner_unref)

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
 * @subset: (nullable) indexes of the patterns to search, ascending, unique; NULL: all.
 * *@out_matches: (element-type AttestMatch) by pattern, then by start.
 * *@out_stopped: (element-type AttestStopped) patterns that were not searched to the end.
 */
void attest_scan_text (AttestScan *scan, const char *text, gsize length_bytes, const GArray *subset,
                       const GArray **out_matches, const GArray **out_stopped);

G_END_DECLS
