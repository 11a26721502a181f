/* SHA-256 against the examples of FIPS 180-4, and against GLib's at every length around its block.
 */
#include "util/attest-hash.h"

#include <string.h>

static void
assert_hash (const char *text, const char *expected)
{
  g_autofree char *hex = attest_sha256_hex (text, strlen (text));

  g_assert_cmpstr (hex, ==, expected);
}

static void
test_published (void)
{
  assert_hash ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert_hash ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_hash ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void
test_like_glib (void)
{
  g_autofree guchar *data = g_malloc (300);

  for (gsize i = 0; i < 300; i++)
    data[i] = (guchar)(i * 7);
  for (gsize length = 0; length <= 300; length++)
    {
      g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
      g_autofree char *hex = attest_sha256_hex (data, length);

      g_assert_cmpstr (hex, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hash/published", test_published);
  g_test_add_func ("/hash/like-glib", test_like_glib);
  return g_test_run ();
}
