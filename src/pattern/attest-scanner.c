/* attest-scanner: see the header.
 *
 * A subset's prefilter is made by the first thread that searches by it; others wait. It is
 * published by one atomic store and then never changes.
 *
 * A limit of PCRE2 that stops the search of a whole text settles nothing where a match could not
 * have begun. Then the pattern is searched for again at its windows only, with a prefilter or
 * without, so that the two agree on what is incomplete, too.
 */
#include "pattern/attest-scanner.h"

#include <pthread.h>
#include <string.h>

#include "pattern/attest-prefilter.h"
#include "pattern/attest-windows.h"
#include "util/attest-limits.h"

/* Fewer patterns are searched one by one as fast. */
#define MIN_PATTERNS 4

typedef struct
{
  guint *numbers; /* of patterns, ascending */
  guint n;
  AttestPrefilter *prefilter; /* set once, by an atomic store, under the lock */
} Subset;

struct _AttestScanner
{
  GPtrArray *patterns; /* of AttestPattern */
  GPtrArray *subsets;  /* of Subset */
  gboolean has_prefilter;
  pthread_mutex_t lock;    /* POSIX's, see attest-pipeline.c */
  AttestRelaxed **relaxed; /* of each pattern, when it was asked for; under the lock */
};

struct _AttestScan
{
  AttestScanner *scanner;
  AttestMatcher *matcher;
  AttestPrefilterScratch *scratch;
  AttestFolder *folder; /* made when a limit is met */
  GArray *matches;      /* of AttestMatch */
  GArray *stopped;      /* of AttestStopped */
};

/* --- the set */

static void
subset_free (gpointer data)
{
  Subset *subset = data;

  attest_prefilter_free (subset->prefilter);
  g_free (subset->numbers);
  g_free (subset);
}

static gpointer
copy_pattern (gconstpointer pattern, gpointer unused)
{
  return attest_pattern_ref ((AttestPattern *)pattern);
}

AttestScanner *
attest_scanner_new (GPtrArray *patterns)
{
  AttestScanner *scanner = g_atomic_rc_box_new0 (AttestScanner);
  g_autofree guint *all = g_new (guint, MAX (patterns->len, 1));

  pthread_mutex_init (&scanner->lock, NULL);
  scanner->has_prefilter = TRUE;
  scanner->patterns = g_ptr_array_copy (patterns, copy_pattern, NULL);
  g_ptr_array_set_free_func (scanner->patterns, (GDestroyNotify)attest_pattern_unref);
  scanner->relaxed = g_new0 (AttestRelaxed *, patterns->len + 1);
  scanner->subsets = g_ptr_array_new_with_free_func (subset_free);
  for (guint i = 0; i < patterns->len; i++)
    all[i] = i;
  attest_scanner_add_subset (scanner, all, patterns->len);
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
  AttestScanner *scanner = data;

  for (guint i = 0; i < scanner->patterns->len; i++)
    attest_relaxed_free (scanner->relaxed[i]);
  g_free (scanner->relaxed);
  g_ptr_array_unref (scanner->patterns);
  g_ptr_array_unref (scanner->subsets);
  pthread_mutex_destroy (&scanner->lock);
}

void
attest_scanner_unref (AttestScanner *scanner)
{
  if (scanner != NULL)
    g_atomic_rc_box_release_full (scanner, clear_scanner);
}

static Subset *
get_subset (const AttestScanner *scanner, guint i)
{
  return g_ptr_array_index (scanner->subsets, i);
}

guint
attest_scanner_add_subset (AttestScanner *scanner, const guint *numbers, guint n)
{
  Subset *subset;

  for (guint i = 0; i < scanner->subsets->len; i++)
    {
      subset = get_subset (scanner, i);
      if (subset->n == n && (n == 0 || memcmp (subset->numbers, numbers, n * sizeof *numbers) == 0))
        return i;
    }
  subset = g_new0 (Subset, 1);
  subset->numbers = g_memdup2 (numbers, n * sizeof *numbers);
  subset->n = n;
  g_ptr_array_add (scanner->subsets, subset);
  return scanner->subsets->len - 1;
}

void
attest_scanner_set_prefilter (AttestScanner *scanner, gboolean has_prefilter)
{
  scanner->has_prefilter = has_prefilter;
}

/* --- the prefilter of a subset */

const char *
attest_scanner_explain_always (const AttestPattern *pattern)
{
  g_autoptr (AttestRelaxed) relaxed = attest_relax_pattern (attest_pattern_get_body (pattern));

  if (relaxed->needles != NULL)
    return NULL;
  return attest_pattern_can_match_empty (pattern) ? "it can match the empty string"
                                                  : relaxed->reason;
}

/* Under the lock. */
static const AttestRelaxed *
get_relaxed (AttestScanner *scanner, guint number)
{
  if (scanner->relaxed[number] == NULL)
    scanner->relaxed[number] = attest_relax_pattern (
        attest_pattern_get_body (g_ptr_array_index (scanner->patterns, number)));
  return scanner->relaxed[number];
}

/* Under the lock. */
static AttestPrefilter *
make_prefilter (AttestScanner *scanner, const Subset *subset)
{
  g_autofree const AttestRelaxed **relaxed = g_new (const AttestRelaxed *, subset->n);

  for (guint i = 0; i < subset->n; i++)
    relaxed[i] = get_relaxed (scanner, subset->numbers[i]);
  return attest_prefilter_new (relaxed, subset->n);
}

static const AttestPrefilter *
get_prefilter (AttestScanner *scanner, Subset *subset)
{
  if (!scanner->has_prefilter || subset->n < MIN_PATTERNS)
    return NULL;
  if (g_atomic_pointer_get (&subset->prefilter) == NULL)
    {
      pthread_mutex_lock (&scanner->lock);
      if (subset->prefilter == NULL)
        g_atomic_pointer_set (&subset->prefilter, make_prefilter (scanner, subset));
      pthread_mutex_unlock (&scanner->lock);
    }
  return g_atomic_pointer_get (&subset->prefilter);
}

/* --- searching */

AttestScan *
attest_scan_new (AttestScanner *scanner)
{
  AttestScan *scan = g_new0 (AttestScan, 1);

  scan->scanner = attest_scanner_ref (scanner);
  scan->matcher = attest_matcher_new ();
  scan->scratch = attest_prefilter_scratch_new ();
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
  attest_prefilter_scratch_free (scan->scratch);
  attest_folder_free (scan->folder);
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

/* The text that is searched. */
typedef struct
{
  const char *text;
  gsize length_bytes;
} Text;

/* Finds what begins in the window, but before *@from_byte, behind which it is put. FALSE: stopped
 * for *@out_reason. */
static gboolean
search_window (AttestScan *scan, guint number, const Text *text, const AttestWindow *window,
               gsize *from_byte, const char **out_reason)
{
  AttestPattern *pattern = g_ptr_array_index (scan->scanner->patterns, number);
  AttestMatch match = { .pattern = number };

  *from_byte = MAX (*from_byte, window->from_byte);
  while (*from_byte <= window->to_byte)
    {
      AttestMatchResult result = attest_matcher_find_between (
          scan->matcher, pattern, text->text, text->length_bytes, *from_byte, window->to_byte,
          &match.start_byte, &match.end_byte, out_reason);

      if (result == ATTEST_MATCH_LIMIT)
        return FALSE;
      if (result == ATTEST_MATCH_NONE)
        {
          *from_byte = (gsize)window->to_byte + 1;
          while (*from_byte < text->length_bytes && (text->text[*from_byte] & 0xc0) == 0x80)
            ++*from_byte;
          break;
        }
      if (scan->matches->len >= ATTEST_MAX_HITS_PER_TURN)
        {
          *out_reason = "too many matches in one turn";
          return FALSE;
        }
      g_array_append_val (scan->matches, match);
      *from_byte = match.end_byte;
    }
  return TRUE;
}

/* After a limit, which may have been met where no match can begin. */
static gboolean
search_again (AttestScan *scan, guint number, const Text *text, gsize *from_byte,
              const char **out_reason)
{
  g_autoptr (GArray) windows = NULL;
  const AttestRelaxed *relaxed;

  pthread_mutex_lock (&scan->scanner->lock);
  relaxed = get_relaxed (scan->scanner, number);
  pthread_mutex_unlock (&scan->scanner->lock);
  if (scan->folder == NULL)
    scan->folder = attest_folder_new ();
  windows = attest_windows_find (relaxed, scan->folder, text->text, text->length_bytes);
  if (windows == NULL)
    return FALSE;
  for (guint i = 0; i < windows->len; i++)
    if (!search_window (scan, number, text, &g_array_index (windows, AttestWindow, i), from_byte,
                        out_reason))
      return FALSE;
  return TRUE;
}

static void
search_pattern (AttestScan *scan, guint number, const Text *text, const AttestWindow *windows,
                guint n_windows)
{
  const char *reason = NULL;
  gsize from_byte = 0;

  for (guint i = 0; i < n_windows; i++)
    if (!search_window (scan, number, text, &windows[i], &from_byte, &reason))
      {
        if (scan->matches->len >= ATTEST_MAX_HITS_PER_TURN
            || !search_again (scan, number, text, &from_byte, &reason))
          add_stopped (scan, number, reason);
        return;
      }
}

static void
search_windows (AttestScan *scan, const Subset *subset, const Text *text, const GArray *windows)
{
  for (guint i = 0, n; i < windows->len; i += n)
    {
      const AttestWindow *first = &g_array_index (windows, AttestWindow, i);

      n = 1;
      while (i + n < windows->len && first[n].pattern == first->pattern)
        n++;
      search_pattern (scan, subset->numbers[first->pattern], text, first, n);
    }
}

void
attest_scan_text (AttestScan *scan, const char *text, gsize length_bytes, guint subset_number,
                  const GArray **out_matches, const GArray **out_stopped)
{
  Subset *subset = get_subset (scan->scanner, subset_number);
  const AttestPrefilter *prefilter = get_prefilter (scan->scanner, subset);
  const AttestWindow whole = { .to_byte = (guint32)length_bytes };
  const Text searched = { text, length_bytes };
  const GArray *windows = NULL;

  g_array_set_size (scan->matches, 0);
  g_array_set_size (scan->stopped, 0);
  if (prefilter != NULL)
    windows = attest_prefilter_scan (prefilter, scan->scratch, text, length_bytes);
  if (windows != NULL)
    search_windows (scan, subset, &searched, windows);
  else
    for (guint i = 0; i < subset->n; i++)
      search_pattern (scan, subset->numbers[i], &searched, &whole, 1);
  *out_matches = scan->matches;
  *out_stopped = scan->stopped;
}
