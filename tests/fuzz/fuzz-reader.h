/* The fuzz target of one reader: define FUZZ_READER, its id, and include this.
 *
 * With libFuzzer ("make fuzz") it gets what libFuzzer makes up. Otherwise main() reads the golden
 * inputs of the reader, which are libFuzzer's seeds, so that "make check" keeps the target alive.
 *
 * FUZZ_PART, with FUZZ_OTHERS: input that is no archive is the part of this name in one, beside the
 * others; libFuzzer hardly ever makes up an archive that holds.
 */
#pragma once

#include "../unit/document-check.h"
#include "../unit/golden-inputs.h"
#include "reader/attest-reader.h"
#ifdef FUZZ_PART
#include "../unit/zip-fixture.h"
#endif

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static GBytes *
pack (const guint8 *data, gsize size)
{
#ifdef FUZZ_PART
  g_autofree char *text = g_strndup ((const char *)data, size);
  const char *const entries[][2] = { { FUZZ_PART, text }, FUZZ_OTHERS, { NULL, NULL } };

  if (size < 2 || memcmp (data, "PK", 2) != 0)
    return zip_fixture (entries);
#endif
  return g_bytes_new_static (data, size);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const AttestReadOptions options = { .format = FUZZ_READER };
  g_autoptr (GBytes) bytes = pack (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestDocument) doc
      = attest_reader_read_bytes ("input." FUZZ_READER, bytes, &options, &error);

  g_assert_true ((doc == NULL) == (error != NULL));
  if (doc != NULL)
    assert_document_holds (doc);
  return 0;
}

#ifndef ATTEST_LIBFUZZER
static void
test_seeds (void)
{
  g_autoptr (GArray) inputs = golden_inputs_load ();
  guint seeds = 0;

  for (guint i = 0; i < inputs->len; i++)
    {
      const GoldenInput *input = &g_array_index (inputs, GoldenInput, i);
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (input->bytes, &size);

      if (strcmp (input->reader, FUZZ_READER) != 0)
        continue;
      LLVMFuzzerTestOneInput (data, size);
      seeds++;
    }
  g_assert_cmpuint (seeds, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/" FUZZ_READER "/seeds", test_seeds);
  return g_test_run ();
}
#endif
