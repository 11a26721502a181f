/* attest-prefilter: see the header.
 *
 * Needles that several patterns have in common are searched for once. What a place of a needle
 * means to the patterns is looked up in a table.
 */
#include "pattern/attest-prefilter.h"

#include <string.h>

#include "pattern/attest-needle-set.h"
#include "pattern/attest-windows.h"
#include "util/attest-limits.h"

/* Of one needle by one pattern. */
typedef struct
{
  guint pattern;
  gboolean anywhere; /* the pattern is for the whole text when the needle is in it */
  AttestReach reach;
} Use;

struct _AttestPrefilter
{
  AttestNeedleSet *needles;
  guint n;          /* patterns */
  GArray *always;   /* of guint: patterns without needles */
  GArray *uses;     /* of Use, by needle */
  guint *first_use; /* of each needle, and behind the last */
};

struct _AttestPrefilterScratch
{
  AttestFolder *folder;
  GArray *windows; /* of AttestWindow */
  guint64 *whole;  /* bits of patterns that are for the whole text */
  guint n_words;
};

#define N_WORDS(n) (((n) + 63) / 64)

static void
set_bit (guint64 *bits, guint i)
{
  bits[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

static gboolean
has_bit (const guint64 *bits, guint i)
{
  return (bits[i / 64] >> (i % 64)) & 1;
}

/* --- making one */

/* A needle with the pattern that has it. */
typedef struct
{
  const AttestNeedle *needle;
  guint pattern;
} Pair;

static int
compare_texts (const AttestNeedle *a, const AttestNeedle *b)
{
  int order = memcmp (a->bytes, b->bytes, MIN (a->length_bytes, b->length_bytes));

  return order != 0 ? order : (int)a->length_bytes - (int)b->length_bytes;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *x = a, *y = b;
  int order = compare_texts (x->needle, y->needle);

  return order != 0 ? order : x->pattern < y->pattern ? -1 : x->pattern > y->pattern;
}

static GArray *
collect_pairs (const AttestRelaxed *const *relaxed, guint n, GArray *always)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));

  for (guint i = 0; i < n; i++)
    if (relaxed[i]->needles == NULL)
      g_array_append_val (always, i);
    else
      for (guint k = 0; k < relaxed[i]->needles->len; k++)
        {
          Pair pair = { &g_array_index (relaxed[i]->needles, AttestNeedle, k), i };

          g_array_append_val (pairs, pair);
        }
  g_array_sort (pairs, compare_pairs);
  return pairs;
}

/* Fills the tables of the prefilter, and @needles with each text once. */
static void
add_pairs (AttestPrefilter *prefilter, const AttestRelaxed *const *relaxed, const GArray *pairs,
           GPtrArray *needles)
{
  const AttestNeedle *last = NULL;

  prefilter->first_use = g_new (guint, pairs->len + 1);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);
      Use use = { .pattern = pair->pattern, .reach = pair->needle->reach };

      use.anywhere
          = relaxed[use.pattern]->needs_whole_text || attest_reach_is_everything (&use.reach);
      if (last == NULL || compare_texts (last, pair->needle) != 0)
        {
          prefilter->first_use[needles->len] = i;
          g_ptr_array_add (needles, (gpointer)pair->needle);
        }
      last = pair->needle;
      g_array_append_val (prefilter->uses, use);
    }
  prefilter->first_use[needles->len] = pairs->len;
}

AttestPrefilter *
attest_prefilter_new (const AttestRelaxed *const *relaxed, guint n)
{
  AttestPrefilter *prefilter = g_new0 (AttestPrefilter, 1);
  g_autoptr (GPtrArray) needles = g_ptr_array_new ();

  prefilter->n = n;
  prefilter->always = g_array_new (FALSE, FALSE, sizeof (guint));
  prefilter->uses = g_array_new (FALSE, FALSE, sizeof (Use));
  g_autoptr (GArray) pairs = collect_pairs (relaxed, n, prefilter->always);
  add_pairs (prefilter, relaxed, pairs, needles);
  prefilter->needles
      = attest_needle_set_new ((const AttestNeedle *const *)needles->pdata, needles->len);
  return prefilter;
}

void
attest_prefilter_free (AttestPrefilter *prefilter)
{
  if (prefilter == NULL)
    return;
  attest_needle_set_free (prefilter->needles);
  g_array_unref (prefilter->always);
  g_array_unref (prefilter->uses);
  g_free (prefilter->first_use);
  g_free (prefilter);
}

/* --- scanning */

AttestPrefilterScratch *
attest_prefilter_scratch_new (void)
{
  AttestPrefilterScratch *scratch = g_new0 (AttestPrefilterScratch, 1);

  scratch->folder = attest_folder_new ();
  scratch->windows = g_array_new (FALSE, FALSE, sizeof (AttestWindow));
  return scratch;
}

void
attest_prefilter_scratch_free (AttestPrefilterScratch *scratch)
{
  if (scratch == NULL)
    return;
  attest_folder_free (scratch->folder);
  g_array_unref (scratch->windows);
  g_free (scratch->whole);
  g_free (scratch);
}

static void
prepare (AttestPrefilterScratch *scratch, const AttestPrefilter *prefilter)
{
  guint n_words = N_WORDS (prefilter->n);

  if (n_words > scratch->n_words)
    scratch->whole = g_renew (guint64, scratch->whole, n_words);
  scratch->n_words = MAX (n_words, scratch->n_words);
  memset (scratch->whole, 0, n_words * sizeof (guint64));
  g_array_set_size (scratch->windows, 0);
}

/* A search, while it runs. */
typedef struct
{
  const AttestPrefilter *prefilter;
  AttestPrefilterScratch *scratch;
  const char *text;
  guint max_windows;
  gboolean anywhere; /* offsets mean nothing, or there are too many of them */
} Finding;

/* There are too many windows: the patterns that have one are for the whole text. */
static void
give_up_places (Finding *finding)
{
  GArray *windows = finding->scratch->windows;

  for (guint i = 0; i < windows->len; i++)
    set_bit (finding->scratch->whole, g_array_index (windows, AttestWindow, i).pattern);
  g_array_set_size (windows, 0);
  finding->anywhere = TRUE;
}

static void
note_needle (guint needle, gsize start_byte, gpointer data)
{
  Finding *finding = data;
  const AttestPrefilter *prefilter = finding->prefilter;
  AttestPrefilterScratch *scratch = finding->scratch;

  for (guint i = prefilter->first_use[needle]; i < prefilter->first_use[needle + 1]; i++)
    {
      const Use *use = &g_array_index (prefilter->uses, Use, i);
      AttestWindow window = { .pattern = use->pattern };

      if (use->anywhere || finding->anywhere)
        set_bit (scratch->whole, use->pattern);
      else if (!has_bit (scratch->whole, use->pattern)
               && attest_reach_window (&use->reach, finding->text, start_byte, &window))
        {
          if (scratch->windows->len == finding->max_windows)
            give_up_places (finding);
          g_array_append_val (scratch->windows, window);
        }
    }
}

static void
add_whole (AttestPrefilterScratch *scratch, guint pattern, gsize length_bytes)
{
  AttestWindow window = { pattern, 0, (guint32)length_bytes };

  g_array_append_val (scratch->windows, window);
}

static void
add_patterns_for_all (const AttestPrefilter *prefilter, AttestPrefilterScratch *scratch,
                      gsize length_bytes)
{
  for (guint i = 0; i < prefilter->always->len; i++)
    add_whole (scratch, g_array_index (prefilter->always, guint, i), length_bytes);
  for (guint w = 0; w < N_WORDS (prefilter->n); w++)
    for (guint64 word = scratch->whole[w]; word != 0; word &= word - 1)
      add_whole (scratch, w * 64 + (guint)__builtin_ctzll (word), length_bytes);
}

const GArray *
attest_prefilter_scan (const AttestPrefilter *prefilter, AttestPrefilterScratch *scratch,
                       const char *text, gsize length_bytes)
{
  Finding finding = { .prefilter = prefilter,
                      .scratch = scratch,
                      .text = text,
                      .max_windows = (guint)MAX (ATTEST_MAX_WINDOWS,
                                                 length_bytes / ATTEST_MIN_BYTES_PER_WINDOW) };
  const char *folded;
  gsize folded_bytes;

  if (!attest_folder_fold (scratch->folder, text, length_bytes, &folded, &folded_bytes,
                           &finding.anywhere))
    return NULL;
  prepare (scratch, prefilter);
  attest_needle_set_find (prefilter->needles, folded, folded_bytes, note_needle, &finding);
  add_patterns_for_all (prefilter, scratch, length_bytes);
  attest_windows_sort (scratch->windows);
  return scratch->windows;
}
