/* The fuzz target of codebooks; as fuzz-reader.h. What is read is looked through, too. */
#include "../unit/golden-inputs.h"
#include "codebook/attest-codebook.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (AttestCodebook) codebook
      = attest_codebook_parse ("input", text, strlen (text), problems, &error);

  g_assert_true ((codebook == NULL) == (error != NULL));
  if (codebook == NULL)
    g_assert_cmpuint (problems->len, >, 0);
  else
    attest_codebook_lint (codebook, problems);
  return 0;
}

#ifndef ATTEST_LIBFUZZER
static void
test_seeds (void)
{
  g_autoptr (GArray) inputs = golden_inputs_load_of ("codebook");

  for (guint i = 0; i < inputs->len; i++)
    {
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (g_array_index (inputs, GoldenInput, i).bytes, &size);
      g_autoptr (GArray) problems = attest_problems_new ();
      g_autoptr (GError) error = NULL;

      attest_codebook_unref (
          attest_codebook_parse ("seed", (const char *)data, size, problems, &error));
      g_assert_no_error (error);
      LLVMFuzzerTestOneInput (data, size);
    }
  g_assert_cmpuint (inputs->len, >, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/codebook/seeds", test_seeds);
  return g_test_run ();
}
#endif
