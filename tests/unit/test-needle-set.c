/* Needles are found at every place where they stand, as by memcmp() at each. */
#include "pattern/attest-needle-set.h"

#include <string.h>

#define ROUNDS 3000
#define MAX_NEEDLES 40

static void
note (guint needle, gsize start_byte, gpointer found)
{
  guint64 place = (guint64)needle << 32 | start_byte;

  g_array_append_val (found, place);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

  return x < y ? -1 : x > y;
}

/* Texts of few letters, so that they meet often. */
static char *
random_letters (gint min, gint max)
{
  static const char *const letters[] = { "a", "b", "ab", " ", "ж", "é", "q", "abab", "\x01" };
  GString *text = g_string_new (NULL);

  while ((gint)text->len < g_test_rand_int_range (min, max + 1))
    g_string_append (text, letters[g_test_rand_int_range (0, G_N_ELEMENTS (letters))]);
  g_string_truncate (text, MIN (text->len, (gsize)max));
  return g_string_free (text, FALSE);
}

static gboolean
has_needle (const GPtrArray *needles, const AttestNeedle *needle)
{
  for (guint i = 0; i < needles->len; i++)
    {
      const AttestNeedle *other = g_ptr_array_index (needles, i);

      if (other->length_bytes == needle->length_bytes
          && memcmp (other->bytes, needle->bytes, needle->length_bytes) == 0)
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
random_needles (void)
{
  GPtrArray *needles = g_ptr_array_new_with_free_func (g_free);

  for (gint n = g_test_rand_int_range (0, MAX_NEEDLES); n > 0; n--)
    {
      g_autofree char *text = random_letters (1, ATTEST_NEEDLE_BYTES);
      g_autofree AttestNeedle *needle = g_new0 (AttestNeedle, 1);

      needle->length_bytes = (guint8)strlen (text);
      memcpy (needle->bytes, text, needle->length_bytes);
      if (!has_needle (needles, needle))
        g_ptr_array_add (needles, g_steal_pointer (&needle));
    }
  return needles;
}

static GArray *
find_naively (const GPtrArray *needles, const char *text, gsize length_bytes)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < needles->len; i++)
    {
      const AttestNeedle *needle = g_ptr_array_index (needles, i);

      for (gsize at = 0; at + needle->length_bytes <= length_bytes; at++)
        if (memcmp (text + at, needle->bytes, needle->length_bytes) == 0)
          note (i, at, found);
    }
  return found;
}

static void
test_against_memcmp (void)
{
  guint n_found = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GPtrArray) needles = random_needles ();
      g_autoptr (AttestNeedleSet) set
          = attest_needle_set_new ((const AttestNeedle *const *)needles->pdata, needles->len);
      g_autofree char *letters = random_letters (0, 60);
      gsize length_bytes = strlen (letters);
      g_autofree char *text = g_malloc0 (length_bytes + ATTEST_FOLDED_PADDING);
      g_autoptr (GArray) expected = NULL;
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint64));

      memcpy (text, letters, length_bytes);
      expected = find_naively (needles, text, length_bytes);
      attest_needle_set_find (set, text, length_bytes, note, found);
      g_array_sort (found, compare_places);
      g_assert_cmpmem (found->data, found->len * sizeof (guint64), expected->data,
                       expected->len * sizeof (guint64));
      n_found += found->len;
    }
  g_assert_cmpuint (n_found, >, ROUNDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/needle-set/against-memcmp", test_against_memcmp);
  return g_test_run ();
}
