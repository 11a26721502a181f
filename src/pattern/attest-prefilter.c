/* attest-prefilter: see the header.
 *
 * Patterns are matched as bytes, each at most once a text (that is all that is asked), in libhs'
 * prefilter mode, which may widen what it cannot express. A pattern that libhs refuses is always
 * reported.
 */
#include "pattern/attest-prefilter.h"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "pattern/attest-prefilter-cache.h"
#include "pattern/attest-relax.h"
#include "util/attest-limits.h"

#ifdef HAVE_HS

#include <hs.h>

#define FLAGS (HS_FLAG_PREFILTER | HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH | HS_FLAG_DOTALL)

/* A pattern that one byte can match is reported nearly always. */
#define MIN_WIDTH_BYTES 2

struct _AttestPrefilter
{
  hs_database_t *database;
  guint n;
  guint64 *always; /* bits of the patterns that are not in the database */
};

struct _AttestPrefilterScratch
{
  hs_scratch_t *scratch;
  GHashTable *known; /* databases that it is large enough for */
  AttestFolder *folder;
};

static void
set_bit (guint64 *bits, guint i)
{
  bits[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

static int
note_candidate (unsigned int id, unsigned long long from, unsigned long long to, unsigned int flags,
                void *bits)
{
  set_bit (bits, id);
  return 0;
}

/* --- the patterns in a database */

/* As libhs wants them. */
typedef struct
{
  GPtrArray *expressions; /* of char *, borrowed */
  GArray *flags, *ids;    /* of guint */
} Expressions;

static void
expressions_clear (Expressions *expressions)
{
  g_ptr_array_unref (expressions->expressions);
  g_array_unref (expressions->flags);
  g_array_unref (expressions->ids);
}

static Expressions
collect (const char *const *relaxed, guint n, const guint64 *always)
{
  Expressions expressions = { g_ptr_array_new (), g_array_new (FALSE, FALSE, sizeof (guint)),
                              g_array_new (FALSE, FALSE, sizeof (guint)) };
  guint flags = FLAGS;

  for (guint i = 0; i < n; i++)
    if (!((always[i / 64] >> (i % 64)) & 1))
      {
        g_ptr_array_add (expressions.expressions, (gpointer)relaxed[i]);
        g_array_append_val (expressions.flags, flags);
        g_array_append_val (expressions.ids, i);
      }
  return expressions;
}

gboolean
attest_prefilter_accepts (const char *relaxed)
{
  hs_expr_info_t *info = NULL;
  hs_compile_error_t *failure = NULL;
  gboolean accepted = strlen (relaxed) <= ATTEST_MAX_RELAXED_BYTES
                      && hs_expression_info (relaxed, FLAGS, &info, &failure) == HS_SUCCESS
                      && info->min_width > 0;

  hs_free_compile_error (failure);
  free (info); /* libhs allocates by malloc() unless told otherwise */
  return accepted;
}

static hs_database_t *
compile_database (const char *const *relaxed, guint n, guint64 *always)
{
  for (;;)
    {
      Expressions expressions = collect (relaxed, n, always);
      hs_database_t *database = NULL;
      hs_compile_error_t *failure = NULL;
      int refused = -1;

      if (expressions.expressions->len > 0
          && hs_compile_multi ((const char *const *)expressions.expressions->pdata,
                               (const guint *)(gpointer)expressions.flags->data,
                               (const guint *)(gpointer)expressions.ids->data,
                               expressions.expressions->len, HS_MODE_BLOCK, NULL, &database,
                               &failure)
                 != HS_SUCCESS)
        {
          database = NULL;
          refused = failure->expression >= 0
                        ? (int)g_array_index (expressions.ids, guint, failure->expression)
                        : -1;
        }
      hs_free_compile_error (failure);
      expressions_clear (&expressions);
      if (refused < 0)
        return database;
      set_bit (always, (guint)refused);
    }
}

/* --- trust */

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
        if (hs_scan (database, text, length_bytes, 0, scratch, note_candidate, &found) != HS_SUCCESS
            || found == 0)
          return FALSE;
      }
  return TRUE;
}

/* Vectorscan 5.4.9 misses matches of short patterns behind byte 64 with AVX-512. A library that
 * does such things is worse than none, so it is asked before it is trusted. */
static gboolean
passes_test (void)
{
  static const char *const cases[][2]
      = { { "k", "k" }, { "[kx]", "x" }, { "kx", "kx" }, { "k[a-z]", "kx" }, { "kxyz", "KXYZ" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      hs_database_t *database = NULL;
      hs_compile_error_t *failure = NULL;
      hs_scratch_t *scratch = NULL;
      gboolean passes
          = hs_compile (cases[i][0], FLAGS, HS_MODE_BLOCK, NULL, &database, &failure) == HS_SUCCESS
            && hs_alloc_scratch (database, &scratch) == HS_SUCCESS
            && finds_everywhere (database, scratch, cases[i][1]);

      hs_free_scratch (scratch);
      hs_free_database (database);
      hs_free_compile_error (failure);
      if (!passes)
        return FALSE;
    }
  return TRUE;
}

gboolean
attest_prefilter_is_available (void)
{
  return hs_valid_platform () == HS_SUCCESS && passes_test ();
}

/* --- the cache */

/* What the database depends on. */
static char *
make_key (const char *const *relaxed, guint n)
{
  g_autoptr (GString) all = g_string_new (PACKAGE_VERSION "\n");

  g_string_append_printf (all, "%s\n%u\n", hs_version (), (guint)FLAGS);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (all, "%s\n", relaxed[i] != NULL ? relaxed[i] : "");
  return attest_prefilter_cache_key (all->str, all->len);
}

/* The bits of `always`, then the database. */
static GBytes *
serialize (const AttestPrefilter *prefilter)
{
  gsize words_bytes = ATTEST_PREFILTER_WORDS (prefilter->n) * sizeof (guint64);
  char *serialized = NULL;
  size_t length_bytes = 0;
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, (const guint8 *)prefilter->always, (guint)words_bytes);
  if (hs_serialize_database (prefilter->database, &serialized, &length_bytes) == HS_SUCCESS)
    g_byte_array_append (all, (const guint8 *)serialized, (guint)length_bytes);
  free (serialized);
  return g_byte_array_free_to_bytes (all);
}

static AttestPrefilter *
deserialize (GBytes *bytes, guint n)
{
  gsize words_bytes = ATTEST_PREFILTER_WORDS (n) * sizeof (guint64);
  gsize length_bytes;
  const char *data = g_bytes_get_data (bytes, &length_bytes);
  hs_database_t *database = NULL;
  AttestPrefilter *prefilter;

  if (length_bytes <= words_bytes
      || hs_deserialize_database (data + words_bytes, length_bytes - words_bytes, &database)
             != HS_SUCCESS)
    return NULL;
  prefilter = g_new0 (AttestPrefilter, 1);
  prefilter->database = database;
  prefilter->n = n;
  prefilter->always = g_memdup2 (data, words_bytes);
  return prefilter;
}

AttestPrefilter *
attest_prefilter_load (const char *const *relaxed, guint n)
{
  g_autofree char *key = make_key (relaxed, n);
  g_autoptr (GBytes) bytes = attest_prefilter_cache_load (key);

  return bytes != NULL ? deserialize (bytes, n) : NULL;
}

AttestPrefilter *
attest_prefilter_compile (const char *const *relaxed, guint n)
{
  g_autofree guint64 *always = g_new0 (guint64, MAX (ATTEST_PREFILTER_WORDS (n), 1));
  g_autofree char *key = make_key (relaxed, n);
  AttestPrefilter *prefilter;

  for (guint i = 0; i < n; i++)
    if (relaxed[i] == NULL || !attest_prefilter_accepts (relaxed[i]))
      set_bit (always, i);
  hs_database_t *database = compile_database (relaxed, n, always);
  if (database == NULL)
    return NULL;
  prefilter = g_new0 (AttestPrefilter, 1);
  prefilter->database = database;
  prefilter->n = n;
  prefilter->always = g_steal_pointer (&always);

  g_autoptr (GBytes) bytes = serialize (prefilter);
  attest_prefilter_cache_store (key, bytes);
  return prefilter;
}

void
attest_prefilter_free (AttestPrefilter *prefilter)
{
  if (prefilter == NULL)
    return;
  hs_free_database (prefilter->database);
  g_free (prefilter->always);
  g_free (prefilter);
}

/* --- scanning */

AttestPrefilterScratch *
attest_prefilter_scratch_new (void)
{
  AttestPrefilterScratch *scratch = g_new0 (AttestPrefilterScratch, 1);

  scratch->known = g_hash_table_new (NULL, NULL);
  scratch->folder = attest_folder_new ();
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
  g_free (scratch);
}

static gboolean
prepare (AttestPrefilterScratch *scratch, const AttestPrefilter *prefilter)
{
  if (g_hash_table_contains (scratch->known, prefilter->database))
    return TRUE;
  if (hs_alloc_scratch (prefilter->database, &scratch->scratch) != HS_SUCCESS)
    return FALSE;
  g_hash_table_add (scratch->known, prefilter->database);
  return TRUE;
}

gboolean
attest_prefilter_scan (const AttestPrefilter *prefilter, AttestPrefilterScratch *scratch,
                       const char *text, gsize length_bytes, guint64 *out_bits)
{
  gsize words_bytes = ATTEST_PREFILTER_WORDS (prefilter->n) * sizeof (guint64);
  const char *folded;
  gsize folded_bytes;

  memcpy (out_bits, prefilter->always, words_bytes);
  if (attest_folder_fold (scratch->folder, text, length_bytes, &folded, &folded_bytes)
      && folded_bytes <= G_MAXUINT && prepare (scratch, prefilter)
      && hs_scan (prefilter->database, folded, (guint)folded_bytes, 0, scratch->scratch,
                  note_candidate, out_bits)
             == HS_SUCCESS)
    return TRUE;
  memset (out_bits, 0xff, words_bytes);
  return FALSE;
}

#else /* !HAVE_HS */

gboolean
attest_prefilter_is_available (void)
{
  return FALSE;
}

gboolean
attest_prefilter_accepts (const char *relaxed)
{
  return FALSE;
}

AttestPrefilter *
attest_prefilter_load (const char *const *relaxed, guint n)
{
  return NULL;
}

AttestPrefilter *
attest_prefilter_compile (const char *const *relaxed, guint n)
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

gboolean
attest_prefilter_scan (const AttestPrefilter *prefilter, AttestPrefilterScratch *scratch,
                       const char *text, gsize length_bytes, guint64 *out_bits)
{
  return FALSE;
}

#endif
