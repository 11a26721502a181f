/* The codebooks that are compared: loaded, and what is told of them. */
#include "cli/attest-cli-compare-private.h"

/* A file, a shipped one, or one that the first project keeps. */
static AttestCodebook *
load_codebook (const char *name, const GPtrArray *projects, GError **error)
{
  g_autoptr (GError) inner = NULL;
  AttestCodebook *codebook = attest_cli_load_codebook (name, &inner);

  if (codebook != NULL)
    return codebook;
  g_autoptr (AttestStore) store
      = attest_store_open (g_ptr_array_index (projects, 0), ATTEST_STORE_IN_PLACE, NULL);
  g_autoptr (AttestCodebookInfo) info
      = store != NULL ? attest_store_find_codebook (store, name, NULL) : NULL;
  if (info != NULL)
    return attest_cli_load_kept_codebook (store, info, error);
  g_propagate_error (error, g_steal_pointer (&inner));
  return NULL;
}

gboolean
attest_cli_compare_load_codebooks (const GPtrArray *given, const GPtrArray *projects,
                                   GPtrArray *codebooks, GError **error)
{
  if (given->len < 2)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "one codebook has nothing to be compared with: name two or more");
  if (given->len > ATTEST_MAX_CONTRAST_SIDES)
    return attest_throw (error, ATTEST_ERROR_USAGE, "at most %d codebooks at once",
                         ATTEST_MAX_CONTRAST_SIDES);
  for (guint i = 0; i < given->len; i++)
    {
      AttestCodebook *codebook = load_codebook (g_ptr_array_index (given, i), projects, error);

      if (codebook == NULL)
        return FALSE;
      g_ptr_array_add (codebooks, codebook);
    }
  return TRUE;
}

/* What patterns of different codebooks that do the same for an aligned code have in common. */
static char *
dup_pattern_key (const AttestCompareSetup *setup, guint side, const AttestCodebookPattern *pattern)
{
  return g_strdup_printf ("%u %d %s", setup->alignment->row_of[side][pattern->code],
                          (int)pattern->use, pattern->source);
}

/* Marks the patterns that no other codebook has for an aligned code. */
static void
mark_own (const AttestCompareSetup *setup, AttestComparison *comparison, guint number)
{
  const AttestCodebook *codebook = g_ptr_array_index (setup->wish->codebooks, number);
  AttestCompareSide *side = attest_comparison_side (comparison, number);
  g_autoptr (GHashTable) others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint other = 0; other < setup->n_sides; other++)
    {
      const AttestCodebook *from = g_ptr_array_index (setup->wish->codebooks, other);

      for (guint i = 0; other != number && i < from->patterns->len; i++)
        g_hash_table_add (others,
                          dup_pattern_key (setup, other, attest_codebook_pattern (from, i)));
    }
  for (guint i = 0; i < codebook->patterns->len; i++)
    {
      g_autofree char *key = dup_pattern_key (setup, number, attest_codebook_pattern (codebook, i));

      side->is_own[i] = !g_hash_table_contains (others, key);
    }
}

void
attest_compare_describe_side (const AttestCompareSetup *setup, AttestComparison *comparison,
                              guint number)
{
  const AttestCodebook *codebook = g_ptr_array_index (setup->wish->codebooks, number);
  AttestCompareSide *side = g_new0 (AttestCompareSide, 1);

  side->given = g_strdup (g_ptr_array_index (setup->wish->given, number));
  side->id = g_strdup (codebook->id);
  side->version = g_strdup (codebook->version);
  side->title = g_strdup (codebook->title);
  side->sha256 = g_strdup (codebook->sha256);
  side->n_codes = codebook->codes->len;
  side->n_rules = codebook->rules->len;
  side->n_patterns = codebook->patterns->len;
  side->codes = g_new0 (char *, side->n_codes + 1);
  side->patterns = g_new0 (char *, side->n_patterns + 1);
  side->is_own = g_new0 (gboolean, side->n_patterns + 1);
  for (guint i = 0; i < side->n_codes; i++)
    side->codes[i] = g_strdup (attest_codebook_code (codebook, i)->id);
  for (guint i = 0; i < side->n_patterns; i++)
    side->patterns[i] = g_strdup (attest_codebook_pattern (codebook, i)->name);
  g_ptr_array_add (comparison->sides, side);
  mark_own (setup, comparison, number);
}
