#include "cli/attest-cli-agree-sets.h"

#include "stats/attest-ratings.h"
#include "util/attest-error.h"

void
attest_agree_sets_init (AttestAgreeSets *sets, guint n_codes)
{
  sets->n_codes = n_codes;
  sets->numbers
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  sets->sets = g_byte_array_new ();
}

void
attest_agree_sets_clear (AttestAgreeSets *sets)
{
  g_clear_pointer (&sets->numbers, g_hash_table_unref);
  g_clear_pointer (&sets->sets, g_byte_array_unref);
}

gboolean
attest_agree_sets_number (AttestAgreeSets *sets, const guint8 *set, guint16 *out_number,
                          GError **error)
{
  GBytes *key = g_bytes_new (set, sets->n_codes);
  guint n = g_hash_table_size (sets->numbers);
  gpointer found;

  if (g_hash_table_lookup_extended (sets->numbers, key, NULL, &found))
    {
      g_bytes_unref (key);
      *out_number = (guint16)GPOINTER_TO_UINT (found);
      return TRUE;
    }
  if (n == ATTEST_NO_RATING)
    {
      g_bytes_unref (key);
      return attest_throw (error, ATTEST_ERROR_LIMIT,
                           "more than %u different combinations of codes", n);
    }
  g_byte_array_append (sets->sets, set, sets->n_codes);
  g_hash_table_insert (sets->numbers, key, GUINT_TO_POINTER (n));
  *out_number = (guint16)n;
  return TRUE;
}

guint
attest_agree_sets_take (AttestAgreeSets *sets, guint8 **out_sets)
{
  *out_sets = g_byte_array_free (g_steal_pointer (&sets->sets), FALSE);
  return g_hash_table_size (sets->numbers);
}
