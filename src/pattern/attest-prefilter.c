/* attest-prefilter: see the header.
 *
 * Needles that several patterns have in common are searched for once. libhs reports every place of
 * every needle; what a place means to the patterns is looked up in a table.
 */
#include "pattern/attest-prefilter.h"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "pattern/attest-prefilter-cache.h"
#include "pattern/attest-windows.h"
#include "util/attest-limits.h"

#ifdef HAVE_HS

#include <hs.h>

/* Of one needle by one pattern. */
typedef struct
{
  guint pattern;
  gboolean anywhere; /* the pattern is for the whole text when the needle is in it */
  AttestReach reach;
} Use;

struct _AttestPrefilter
{
  hs_database_t *database;
  guint n;              /* patterns */
  GArray *always;       /* of guint: patterns without needles */
  GArray *uses;         /* of Use, by needle */
  guint *first_use;     /* of each needle, and behind the last */
  guint8 *length_bytes; /* of each needle */
};

struct _AttestPrefilterScratch
{
  hs_scratch_t *scratch;
  GHashTable *known; /* databases that it is large enough for */
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

/* --- needles in a database */

/* As libhs wants them. */
typedef struct
{
  GPtrArray *needles;  /* of char *, borrowed */
  GArray *lengths;     /* of gsize */
  GArray *ids, *flags; /* of guint */
} Literals;

static Literals
literals_new (void)
{
  return (Literals){ g_ptr_array_new (), g_array_new (FALSE, FALSE, sizeof (gsize)),
                     g_array_new (FALSE, FALSE, sizeof (guint)),
                     g_array_new (FALSE, FALSE, sizeof (guint)) };
}

static void
literals_clear (Literals *literals)
{
  g_ptr_array_unref (literals->needles);
  g_array_unref (literals->lengths);
  g_array_unref (literals->ids);
  g_array_unref (literals->flags);
}

static void
literals_add (Literals *literals, const char *bytes, gsize length_bytes)
{
  guint flags = HS_FLAG_CASELESS;
  guint id = literals->needles->len;

  g_ptr_array_add (literals->needles, (gpointer)bytes);
  g_array_append_val (literals->lengths, length_bytes);
  g_array_append_val (literals->ids, id);
  g_array_append_val (literals->flags, flags);
}

static hs_database_t *
compile (const Literals *literals)
{
  hs_database_t *database = NULL;
  hs_compile_error_t *failure = NULL;

  if (literals->needles->len == 0
      || hs_compile_lit_multi ((const char *const *)literals->needles->pdata,
                               (const guint *)(gpointer)literals->flags->data,
                               (const guint *)(gpointer)literals->ids->data,
                               (const size_t *)(gpointer)literals->lengths->data,
                               literals->needles->len, HS_MODE_BLOCK, NULL, &database, &failure)
             != HS_SUCCESS)
    database = NULL;
  hs_free_compile_error (failure);
  return database;
}

/* --- trust */

static int
note_found (unsigned int id, unsigned long long from, unsigned long long to, unsigned int flags,
            void *found)
{
  *(guint64 *)found = to;
  return 0;
}

/* Whether @needle is found at every place of texts that are longer than any vector. */
static gboolean
finds_everywhere (const hs_database_t *database, hs_scratch_t *scratch, const char *needle)
{
  gsize needle_bytes = strlen (needle);
  char text[200];

  for (guint length_bytes = (guint)needle_bytes; length_bytes <= sizeof text; length_bytes += 5)
    for (gsize at = 0; at + needle_bytes <= length_bytes; at++)
      {
        guint64 found = 0;

        memset (text, '.', sizeof text);
        memcpy (text + at, needle, needle_bytes);
        if (hs_scan (database, text, length_bytes, 0, scratch, note_found, &found) != HS_SUCCESS
            || found != at + needle_bytes)
          return FALSE;
      }
  return TRUE;
}

static gboolean
passes_with (const Literals *literals, const char *needle)
{
  hs_scratch_t *scratch = NULL;
  hs_database_t *database = compile (literals);
  gboolean passes = database != NULL && hs_alloc_scratch (database, &scratch) == HS_SUCCESS
                    && finds_everywhere (database, scratch, needle);

  hs_free_scratch (scratch);
  hs_free_database (database);
  return passes;
}

/* Vectorscan 5.4.9 misses matches of short patterns behind byte 64 with AVX-512. A library that
 * does such things is worse than none, so it is asked before it is trusted. */
static gboolean
passes_test (void)
{
  static const char *const needles[] = { "k", "kx", "kxyz", "kxyzk xyz", "жk" };
  static const char *const sought[] = { "K", "kX", "KXYZ", "kxyzK xyz", "жK" };
  Literals all = literals_new ();
  gboolean passes = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (needles) && passes; i++)
    {
      Literals one = literals_new ();

      literals_add (&one, needles[i], strlen (needles[i]));
      literals_add (&all, needles[i], strlen (needles[i]));
      passes = passes_with (&one, sought[i]);
      literals_clear (&one);
    }
  passes = passes && passes_with (&all, "KXYZK XYZ");
  literals_clear (&all);
  return passes;
}

gboolean
attest_prefilter_is_available (void)
{
  return hs_valid_platform () == HS_SUCCESS && passes_test ();
}

/* --- the cache */

/* What the database depends on. */
static char *
make_key (const Literals *literals)
{
  g_autoptr (GString) all = g_string_new (PACKAGE_VERSION "\n");

  g_string_append_printf (all, "%s\n%u\n", hs_version (), literals->needles->len);
  for (guint i = 0; i < literals->needles->len; i++)
    {
      gsize length_bytes = g_array_index (literals->lengths, gsize, i);

      g_string_append_len (all, literals->needles->pdata[i], (gssize)length_bytes);
      g_string_append_c (all, '\n');
    }
  return attest_prefilter_cache_key (all->str, all->len);
}

static hs_database_t *
load (const char *key)
{
  g_autoptr (GBytes) bytes = attest_prefilter_cache_load (key);
  hs_database_t *database = NULL;
  gsize length_bytes;

  if (bytes == NULL)
    return NULL;
  const char *data = g_bytes_get_data (bytes, &length_bytes);
  return hs_deserialize_database (data, length_bytes, &database) == HS_SUCCESS ? database : NULL;
}

static void
store (const char *key, const hs_database_t *database)
{
  char *serialized = NULL;
  size_t length_bytes = 0;

  if (hs_serialize_database (database, &serialized, &length_bytes) != HS_SUCCESS)
    return;
  g_autoptr (GBytes) bytes = g_bytes_new (serialized, length_bytes);
  attest_prefilter_cache_store (key, bytes);
  free (serialized); /* libhs allocates by malloc() unless told otherwise */
}

static hs_database_t *
load_or_compile (const Literals *literals)
{
  g_autofree char *key = make_key (literals);
  hs_database_t *database = load (key);

  if (database == NULL)
    {
      database = compile (literals);
      if (database != NULL)
        store (key, database);
    }
  return database;
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

/* Fills the tables of the prefilter, and @literals with each text once. */
static void
add_pairs (AttestPrefilter *prefilter, const AttestRelaxed *const *relaxed, const GArray *pairs,
           Literals *literals)
{
  const AttestNeedle *last = NULL;
  guint n = 0;

  prefilter->first_use = g_new (guint, pairs->len + 1);
  prefilter->length_bytes = g_new (guint8, pairs->len + 1);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);
      Use use = { .pattern = pair->pattern, .reach = pair->needle->reach };

      use.anywhere
          = relaxed[use.pattern]->needs_whole_text || attest_reach_is_everything (&use.reach);
      if (last == NULL || compare_texts (last, pair->needle) != 0)
        {
          prefilter->first_use[n] = i;
          prefilter->length_bytes[n++] = pair->needle->length_bytes;
          literals_add (literals, pair->needle->bytes, pair->needle->length_bytes);
        }
      last = pair->needle;
      g_array_append_val (prefilter->uses, use);
    }
  prefilter->first_use[n] = pairs->len;
}

AttestPrefilter *
attest_prefilter_new (const AttestRelaxed *const *relaxed, guint n)
{
  g_autoptr (AttestPrefilter) prefilter = g_new0 (AttestPrefilter, 1);
  Literals literals = literals_new ();

  prefilter->n = n;
  prefilter->always = g_array_new (FALSE, FALSE, sizeof (guint));
  prefilter->uses = g_array_new (FALSE, FALSE, sizeof (Use));
  g_autoptr (GArray) pairs = collect_pairs (relaxed, n, prefilter->always);
  add_pairs (prefilter, relaxed, pairs, &literals);
  prefilter->database = load_or_compile (&literals);
  literals_clear (&literals);
  return prefilter->database != NULL ? g_steal_pointer (&prefilter) : NULL;
}

void
attest_prefilter_free (AttestPrefilter *prefilter)
{
  if (prefilter == NULL)
    return;
  hs_free_database (prefilter->database);
  g_array_unref (prefilter->always);
  g_array_unref (prefilter->uses);
  g_free (prefilter->first_use);
  g_free (prefilter->length_bytes);
  g_free (prefilter);
}

/* --- scanning */

AttestPrefilterScratch *
attest_prefilter_scratch_new (void)
{
  AttestPrefilterScratch *scratch = g_new0 (AttestPrefilterScratch, 1);

  scratch->known = g_hash_table_new (NULL, NULL);
  scratch->folder = attest_folder_new ();
  scratch->windows = g_array_new (FALSE, FALSE, sizeof (AttestWindow));
  return scratch;
}

void
attest_prefilter_scratch_free (AttestPrefilterScratch *scratch)
{
  if (scratch == NULL)
    return;
  hs_free_scratch (scratch->scratch);
  g_hash_table_unref (scratch->known);
  attest_folder_free (scratch->folder);
  g_array_unref (scratch->windows);
  g_free (scratch->whole);
  g_free (scratch);
}

static gboolean
prepare (AttestPrefilterScratch *scratch, const AttestPrefilter *prefilter)
{
  guint n_words = N_WORDS (prefilter->n);

  if (n_words > scratch->n_words)
    scratch->whole = g_renew (guint64, scratch->whole, n_words);
  scratch->n_words = MAX (n_words, scratch->n_words);
  memset (scratch->whole, 0, n_words * sizeof (guint64));
  g_array_set_size (scratch->windows, 0);
  if (g_hash_table_contains (scratch->known, prefilter->database))
    return TRUE;
  if (hs_alloc_scratch (prefilter->database, &scratch->scratch) != HS_SUCCESS)
    return FALSE;
  g_hash_table_add (scratch->known, prefilter->database);
  return TRUE;
}

/* What libhs finds, while it finds. */
typedef struct
{
  const AttestPrefilter *prefilter;
  AttestPrefilterScratch *scratch;
  const char *text;
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

static int
note_needle (unsigned int id, unsigned long long from, unsigned long long to, unsigned int flags,
             void *data)
{
  Finding *finding = data;
  const AttestPrefilter *prefilter = finding->prefilter;
  AttestPrefilterScratch *scratch = finding->scratch;
  gsize needle_byte = (gsize)to - prefilter->length_bytes[id];

  for (guint i = prefilter->first_use[id]; i < prefilter->first_use[id + 1]; i++)
    {
      const Use *use = &g_array_index (prefilter->uses, Use, i);
      AttestWindow window = { .pattern = use->pattern };

      if (use->anywhere || finding->anywhere)
        set_bit (scratch->whole, use->pattern);
      else if (!has_bit (scratch->whole, use->pattern)
               && attest_reach_window (&use->reach, finding->text, needle_byte, &window))
        {
          if (scratch->windows->len == ATTEST_MAX_WINDOWS)
            give_up_places (finding);
          g_array_append_val (scratch->windows, window);
        }
    }
  return 0;
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
  Finding finding = { .prefilter = prefilter, .scratch = scratch, .text = text };
  const char *folded;
  gsize folded_bytes;

  if (!attest_folder_fold (scratch->folder, text, length_bytes, &folded, &folded_bytes,
                           &finding.anywhere)
      || folded_bytes > G_MAXUINT || !prepare (scratch, prefilter)
      || hs_scan (prefilter->database, folded, (guint)folded_bytes, 0, scratch->scratch,
                  note_needle, &finding)
             != HS_SUCCESS)
    return NULL;
  add_patterns_for_all (prefilter, scratch, length_bytes);
  attest_windows_sort (scratch->windows);
  return scratch->windows;
}

#else /* !HAVE_HS */

gboolean
attest_prefilter_is_available (void)
{
  return FALSE;
}

AttestPrefilter *
attest_prefilter_new (const AttestRelaxed *const *relaxed, guint n)
{
  return NULL;
}

void
attest_prefilter_free (AttestPrefilter *prefilter)
{
}

AttestPrefilterScratch *
attest_prefilter_scratch_new (void)
{
  return NULL;
}

void
attest_prefilter_scratch_free (AttestPrefilterScratch *scratch)
{
}

const GArray *
attest_prefilter_scan (const AttestPrefilter *prefilter, AttestPrefilterScratch *scratch,
                       const char *text, gsize length_bytes)
{
  return NULL;
}

#endif
