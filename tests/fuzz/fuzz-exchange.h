/* The fuzz target of one format of codebooks: define FUZZ_FORMAT, its id, and include this.
 *
 * As fuzz-reader.h. What can be read must be a codebook, and what cannot must leave nothing.
 */
#pragma once

#include "../unit/golden-inputs.h"
#include "exchange/attest-exchange.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const AttestImportOptions options = { .format = FUZZ_FORMAT };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_auto (AttestExchange) exchange = { 0 };
  gboolean ok = attest_exchange_import ("input", bytes, &options, &exchange, &error);

  g_assert_true (ok == (error == NULL));
  g_assert_true (ok == (exchange.text != NULL));
  if (ok)
    {
      g_autoptr (GArray) problems = attest_problems_new ();
      g_autoptr (AttestCodebook) codebook = attest_codebook_parse (
          "output", exchange.text, exchange.length_bytes, problems, &error);
      g_autoptr (GError) cause = NULL;
      g_auto (AttestExchange) again = { 0 };

      g_assert_no_error (error);
      g_assert_cmpuint (codebook->codes->len, ==, exchange.n_codes);
      attest_exchange_export (codebook, FUZZ_FORMAT, NULL, &again, &cause);
    }
  return 0;
}

#ifndef ATTEST_LIBFUZZER
static void
test_seeds (void)
{
  g_autoptr (GArray) inputs = golden_inputs_load_of ("exchange-" FUZZ_FORMAT);
  guint seeds = 0;

  for (guint i = 0; i < inputs->len; i++)
    {
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (g_array_index (inputs, GoldenInput, i).bytes, &size);

      LLVMFuzzerTestOneInput (data, size);
      seeds++;
    }
  g_assert_cmpuint (seeds, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/exchange-" FUZZ_FORMAT "/seeds", test_seeds);
  return g_test_run ();
}
#endif
