/* attest-scanner: see the header. */
#include "pattern/attest-scanner.h"

#include "util/attest-limits.h"

struct _AttestScanner
{
  GPtrArray *patterns; /* of AttestPattern */
};

struct _AttestScan
{
  AttestScanner *scanner;
  AttestMatcher *matcher;
  GArray *matches; /* of AttestMatch */
  GArray *stopped; /* of AttestStopped */
};

static gpointer
copy_pattern (gconstpointer pattern, gpointer unused)
{
  return attest_pattern_ref ((AttestPattern *)pattern);
}

AttestScanner *
attest_scanner_new (GPtrArray *patterns)
{
  AttestScanner *scanner = g_atomic_rc_box_new0 (AttestScanner);

  scanner->patterns = g_ptr_array_copy (patterns, copy_pattern, NULL);
  g_ptr_array_set_free_func (scanner->patterns, (GDestroyNotify)attest_pattern_unref);
  return scanner;
}

AttestScanner *
attest_scanner_ref (AttestScanner *scanner)
{
  return g_atomic_rc_box_acquire (scanner);
}

static void
clear_scanner (gpointer data)
{
  g_ptr_array_unref (((AttestScanner *)data)->patterns);
}

void
attest_scanner_unref (AttestScanner *scanner)
{
  if (scanner != NULL)
    g_atomic_rc_box_release_full (scanner, clear_scanner);
}

AttestScan *
attest_scan_new (AttestScanner *scanner)
{
  AttestScan *scan = g_new0 (AttestScan, 1);

  scan->scanner = attest_scanner_ref (scanner);
  scan->matcher = attest_matcher_new ();
  scan->matches = g_array_new (FALSE, FALSE, sizeof (AttestMatch));
  scan->stopped = g_array_new (FALSE, FALSE, sizeof (AttestStopped));
  return scan;
}

void
attest_scan_free (AttestScan *scan)
{
  if (scan == NULL)
    return;
  attest_scanner_unref (scan->scanner);
  attest_matcher_free (scan->matcher);
  g_array_unref (scan->matches);
  g_array_unref (scan->stopped);
  g_free (scan);
}

static void
add_stopped (AttestScan *scan, guint number, const char *reason)
{
  AttestStopped stopped = { .pattern = number, .reason = reason };

  g_array_append_val (scan->stopped, stopped);
}

static void
scan_pattern (AttestScan *scan, guint number, const char *text, gsize length_bytes)
{
  const AttestPattern *pattern = g_ptr_array_index (scan->scanner->patterns, number);
  AttestMatch match = { .pattern = number };
  const char *reason = NULL;
  gsize from_byte = 0;
  AttestMatchResult result;

  while ((result = attest_matcher_find (scan->matcher, pattern, text, length_bytes, from_byte,
                                        &match.start_byte, &match.end_byte, &reason))
         == ATTEST_MATCH_FOUND)
    {
      if (scan->matches->len >= ATTEST_MAX_HITS_PER_TURN)
        {
          add_stopped (scan, number, "too many matches in one turn");
          return;
        }
      g_array_append_val (scan->matches, match);
      from_byte = match.end_byte;
    }
  if (result == ATTEST_MATCH_LIMIT)
    add_stopped (scan, number, reason);
}

void
attest_scan_text (AttestScan *scan, const char *text, gsize length_bytes, const GArray *subset,
                  const GArray **out_matches, const GArray **out_stopped)
{
  guint n = subset != NULL ? subset->len : scan->scanner->patterns->len;

  g_array_set_size (scan->matches, 0);
  g_array_set_size (scan->stopped, 0);
  for (guint i = 0; i < n; i++)
    scan_pattern (scan, subset != NULL ? g_array_index (subset, guint, i) : i, text, length_bytes);
  *out_matches = scan->matches;
  *out_stopped = scan->stopped;
}
