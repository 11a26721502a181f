/* attest-scanner: see the header.
 *
 * A subset's prefilter is made by the first thread that finds it worth while; meanwhile the others
 * search without. It is published by one atomic store and then never changes.
 */
#include "pattern/attest-scanner.h"

#include <string.h>

#include "pattern/attest-prefilter.h"
#include "pattern/attest-relax.h"
#include "util/attest-limits.h"

/* Fewer patterns are searched one by one as fast. */
#define MIN_PATTERNS 4
/* Text of one subset after which compiling pays, bytes; less when a lot is sure to come. */
#define WORTH_COMPILING_BYTES (1024 * 1024)
#define WORTH_COMPILING_SOON_BYTES (48 * 1024)

typedef struct
{
  guint *numbers; /* of patterns, ascending */
  guint n;
  AttestPrefilter *prefilter; /* set once, by an atomic store */
  gint state;                 /* of type SubsetState; changed under the lock, read without */
  gsize searched_bytes;       /* without a prefilter so far; atomic */
} Subset;

typedef enum
{
  SUBSET_NEW,     /* not even the cache was asked */
  SUBSET_PLAIN,   /* searched without for now */
  SUBSET_SETTLED, /* has its prefilter, is getting it, or will never have one */
} SubsetState;

struct _AttestScanner
{
  GPtrArray *patterns; /* of AttestPattern */
  GPtrArray *subsets;  /* of Subset */
  AttestPrefilterUse use;
  guint64 expected_bytes;
  GMutex lock;
  gboolean was_asked, is_available; /* under the lock: whether there is a prefilter to be trusted */
};

struct _AttestScan
{
  AttestScanner *scanner;
  AttestMatcher *matcher;
  AttestPrefilterScratch *scratch;
  guint64 *candidates; /* bits of the largest subset */
  GArray *matches;     /* of AttestMatch */
  GArray *stopped;     /* of AttestStopped */
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

  g_mutex_init (&scanner->lock);
  scanner->patterns = g_ptr_array_copy (patterns, copy_pattern, NULL);
  g_ptr_array_set_free_func (scanner->patterns, (GDestroyNotify)attest_pattern_unref);
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

  g_ptr_array_unref (scanner->patterns);
  g_ptr_array_unref (scanner->subsets);
  g_mutex_clear (&scanner->lock);
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
attest_scanner_set_prefilter (AttestScanner *scanner, AttestPrefilterUse use)
{
  scanner->use = use;
}

void
attest_scanner_expect_bytes (AttestScanner *scanner, guint64 bytes)
{
  scanner->expected_bytes = bytes;
}

/* --- the prefilter of a subset */

static char *
relax (const AttestPattern *pattern, const char **out_reason)
{
  if (attest_pattern_can_match_empty (pattern))
    *out_reason = "it can match the empty string";
  else if (strlen (attest_pattern_get_body (pattern)) > ATTEST_MAX_RELAXED_BYTES)
    *out_reason = "it is too long for the prefilter";
  else
    return attest_relax_pattern (attest_pattern_get_body (pattern), out_reason);
  return NULL;
}

const char *
attest_scanner_explain_always (const AttestPattern *pattern)
{
  const char *reason = NULL;
  g_autofree char *relaxed = relax (pattern, &reason);

  if (relaxed == NULL || attest_prefilter_accepts (relaxed))
    return reason;
  return "without its assertions it matches anywhere, or it is too dear for the prefilter";
}

/* Relaxed patterns of the subset, by position in it. */
static char **
relax_subset (const AttestScanner *scanner, const Subset *subset)
{
  char **relaxed = g_new0 (char *, subset->n + 1);
  const char *reason;

  for (guint i = 0; i < subset->n; i++)
    relaxed[i] = relax (g_ptr_array_index (scanner->patterns, subset->numbers[i]), &reason);
  return relaxed;
}

static void
free_relaxed (char **relaxed, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (relaxed[i]);
  g_free (relaxed);
}

static gboolean
is_worth_compiling (const AttestScanner *scanner, Subset *subset)
{
  gsize enough = scanner->expected_bytes >= 2 * WORTH_COMPILING_BYTES ? WORTH_COMPILING_SOON_BYTES
                                                                      : WORTH_COMPILING_BYTES;

  return scanner->use == ATTEST_PREFILTER_ALWAYS
         || (gsize)g_atomic_pointer_get (&subset->searched_bytes) >= enough;
}

/* What this thread should do for the subset now: load from the cache, compile, or nothing. */
static gboolean
take_job (AttestScanner *scanner, Subset *subset, gboolean *out_compile)
{
  gboolean take = FALSE;

  g_mutex_lock (&scanner->lock);
  if (!scanner->was_asked)
    scanner->is_available = attest_prefilter_is_available ();
  scanner->was_asked = TRUE;
  if (!scanner->is_available)
    g_atomic_int_set (&subset->state, SUBSET_SETTLED);
  if (subset->state != SUBSET_SETTLED
      && (subset->state == SUBSET_NEW || is_worth_compiling (scanner, subset)))
    {
      *out_compile = is_worth_compiling (scanner, subset);
      g_atomic_int_set (&subset->state, SUBSET_SETTLED);
      take = TRUE;
    }
  g_mutex_unlock (&scanner->lock);
  return take;
}

static void
make_prefilter (AttestScanner *scanner, Subset *subset)
{
  gboolean compile = FALSE;
  AttestPrefilter *prefilter;
  char **relaxed;

  if (!take_job (scanner, subset, &compile))
    return;
  relaxed = relax_subset (scanner, subset);
  prefilter = attest_prefilter_load ((const char *const *)relaxed, subset->n);
  if (prefilter == NULL && compile)
    prefilter = attest_prefilter_compile ((const char *const *)relaxed, subset->n);
  free_relaxed (relaxed, subset->n);
  g_atomic_pointer_set (&subset->prefilter, prefilter);
  if (prefilter == NULL && !compile)
    g_atomic_int_set (&subset->state, SUBSET_PLAIN);
}

static const AttestPrefilter *
get_prefilter (AttestScanner *scanner, Subset *subset, gsize length_bytes)
{
  if (scanner->use == ATTEST_PREFILTER_NEVER || subset->n < MIN_PATTERNS)
    return NULL;
  if (g_atomic_int_get (&subset->state) != SUBSET_SETTLED)
    {
      g_atomic_pointer_add (&subset->searched_bytes, (gssize)length_bytes);
      if (g_atomic_int_get (&subset->state) == SUBSET_NEW || is_worth_compiling (scanner, subset))
        make_prefilter (scanner, subset);
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
  scan->candidates = g_new (guint64, ATTEST_PREFILTER_WORDS (scanner->patterns->len) + 1);
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
  g_free (scan->candidates);
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
  AttestPattern *pattern = g_ptr_array_index (scan->scanner->patterns, number);
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

static void
scan_candidates (AttestScan *scan, const Subset *subset, const char *text, gsize length_bytes)
{
  for (guint w = 0; w < ATTEST_PREFILTER_WORDS (subset->n); w++)
    for (guint64 word = scan->candidates[w]; word != 0; word &= word - 1)
      {
        guint i = w * 64 + (guint)__builtin_ctzll (word);

        if (i < subset->n)
          scan_pattern (scan, subset->numbers[i], text, length_bytes);
      }
}

void
attest_scan_text (AttestScan *scan, const char *text, gsize length_bytes, guint subset_number,
                  const GArray **out_matches, const GArray **out_stopped)
{
  Subset *subset = get_subset (scan->scanner, subset_number);
  const AttestPrefilter *prefilter = get_prefilter (scan->scanner, subset, length_bytes);

  g_array_set_size (scan->matches, 0);
  g_array_set_size (scan->stopped, 0);
  if (prefilter != NULL)
    {
      attest_prefilter_scan (prefilter, scan->scratch, text, length_bytes, scan->candidates);
      scan_candidates (scan, subset, text, length_bytes);
    }
  else
    for (guint i = 0; i < subset->n; i++)
      scan_pattern (scan, subset->numbers[i], text, length_bytes);
  *out_matches = scan->matches;
  *out_stopped = scan->stopped;
}
