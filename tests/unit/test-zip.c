#include "reader/attest-zip.h"

#include "util/attest-error.h"
#include "util/attest-limits.h"
#include "zip-fixture.h"

static void
assert_refused (GBytes *bytes, const char *name, const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestZip) zip = attest_zip_new (bytes, &error);

  if (zip != NULL)
    {
      g_autoptr (GBytes) entry = attest_zip_read (zip, name, &error);

      g_assert_null (entry);
    }
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("\"%s\" is not like \"%s\"", error->message, pattern);
}

static void
test_read (void)
{
  static const char *const entries[][2] = {
    { "Word/Document.XML", "text" }, { "dir\\part.xml", "other" }, { "empty", "" }, { NULL }
  };
  g_autoptr (GBytes) bytes = zip_fixture (entries);
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestZip) zip = attest_zip_new (bytes, &error);
  g_autoptr (GBytes) first = NULL, second = NULL, third = NULL, missing = NULL;

  g_assert_no_error (error);
  g_assert_true (attest_zip_contains (zip, "word/document.xml"));
  g_assert_false (attest_zip_contains (zip, "word/document.xm"));
  first = attest_zip_read (zip, "word/document.xml", &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (first, NULL), g_bytes_get_size (first), "text", 4);
  second = attest_zip_read (zip, "dir/PART.xml", &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (second, NULL), g_bytes_get_size (second), "other", 5);
  third = attest_zip_read (zip, "empty", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (third), ==, 0);
  missing = attest_zip_read (zip, "nothing", &error);
  g_assert_null (missing);
  g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
}

static void
test_names (void)
{
  static const char *const entries[][2] = { { "/etc/passwd", "a" },
                                            { "../up.xml", "b" },
                                            { "word/../../x.xml", "c" },
                                            { "twice.xml", "d" },
                                            { "Twice.xml", "e" },
                                            { "good.xml", "f" },
                                            { NULL } };
  g_autoptr (GBytes) bytes = zip_fixture (entries);
  g_autoptr (AttestZip) zip = attest_zip_new (bytes, NULL);

  g_assert_nonnull (zip);
  g_assert_false (attest_zip_contains (zip, "/etc/passwd"));
  g_assert_false (attest_zip_contains (zip, "../up.xml"));
  g_assert_false (attest_zip_contains (zip, "word/../../x.xml"));
  g_assert_true (attest_zip_contains (zip, "good.xml"));
  assert_refused (bytes, "twice.xml", "*occurs 2 times");
}

static void
test_no_archive (void)
{
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("just a few words", 16);
  g_autoptr (GBytes) magic = g_bytes_new_static ("PK\3\4nothing of the kind", 23);
  g_autoptr (GBytes) ole = g_bytes_new_static ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

  assert_refused (none, "a", "*not a ZIP archive*");
  assert_refused (text, "a", "*not a ZIP archive*");
  assert_refused (magic, "a", "*damaged or cut off*");
  assert_refused (ole, "a", "*legacy Office file or an encrypted document*");
}

/* Cut at every point: the directory is at the end, so no cut archive may open and read well. */
static void
test_cut (void)
{
  static const char *const entries[][2]
      = { { "a.xml", "some text that is long enough to be packed, packed, packed" }, { NULL } };
  g_autoptr (GBytes) bytes = zip_fixture (entries);

  for (gsize n = 0; n < g_bytes_get_size (bytes) - 22; n++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, n);

      assert_refused (cut, "a.xml", "*");
    }
}

/* Every byte changed once: an error or some bytes, never a crash. */
static void
test_damaged (void)
{
  static const char *const entries[][2]
      = { { "a.xml", "some text that is long enough to be packed, packed, packed" }, { NULL } };
  g_autoptr (GBytes) bytes = zip_fixture (entries);
  gsize n_bytes = g_bytes_get_size (bytes);

  for (gsize i = 0; i < n_bytes; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n_bytes);
      g_autoptr (GBytes) damaged = NULL;
      g_autoptr (AttestZip) zip = NULL;

      copy[i] ^= 0x55;
      damaged = g_bytes_new (copy, n_bytes);
      zip = attest_zip_new (damaged, NULL);
      if (zip != NULL)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GBytes) entry = attest_zip_read (zip, "a.xml", &error);

          g_assert_true ((entry == NULL) == (error != NULL));
        }
    }
}

static void
test_bomb (void)
{
  gsize n_bytes = 64u << 20;
  g_autofree char *zeros = g_malloc (n_bytes + 1);
  const char *entries[][2] = { { "small.xml", "x" }, { "bomb.xml", zeros }, { NULL } };
  g_autoptr (GBytes) bytes = NULL;

  memset (zeros, ' ', n_bytes);
  zeros[n_bytes] = '\0';
  bytes = zip_fixture ((const char *const(*)[2])entries);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, n_bytes / ATTEST_MAX_ARCHIVE_RATIO);
  assert_refused (bytes, "bomb.xml", "bomb.xml is packed more than 200 : 1*");
}

static void
test_many_entries (void)
{
  guint n_entries = ATTEST_MAX_ARCHIVE_ENTRIES + 1;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree const char **entries = g_new0 (const char *, 2 * (n_entries + 1));
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < n_entries; i++)
    {
      char *name = g_strdup_printf ("e%u", i);

      g_ptr_array_add (names, name);
      entries[2 * i] = name;
      entries[2 * i + 1] = "";
    }
  bytes = zip_fixture ((const char *const(*)[2]) (gpointer)entries);
  assert_refused (bytes, "e0", "*more than 10000 entries");
}

/* An encrypted entry: bit 0 of the flags in the local header and in the directory. */
static void
test_encrypted (void)
{
  static const char *const entries[][2] = { { "a.xml", "some text" }, { NULL } };
  g_autoptr (GBytes) bytes = zip_fixture (entries);
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);
  g_autofree guint8 *copy = g_memdup2 (data, n_bytes);
  g_autoptr (GBytes) encrypted = NULL;

  for (gsize i = 0; i + 10 < n_bytes; i++)
    {
      if (memcmp (copy + i, "PK\3\4", 4) == 0)
        copy[i + 6] |= 1;
      else if (memcmp (copy + i, "PK\1\2", 4) == 0)
        copy[i + 8] |= 1;
    }
  encrypted = g_bytes_new (copy, n_bytes);
  assert_refused (encrypted, "a.xml", "*encrypted*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zip/read", test_read);
  g_test_add_func ("/zip/names", test_names);
  g_test_add_func ("/zip/no-archive", test_no_archive);
  g_test_add_func ("/zip/cut", test_cut);
  g_test_add_func ("/zip/damaged", test_damaged);
  g_test_add_func ("/zip/bomb", test_bomb);
  g_test_add_func ("/zip/many-entries", test_many_entries);
  g_test_add_func ("/zip/encrypted", test_encrypted);
  return g_test_run ();
}
