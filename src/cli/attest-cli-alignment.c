#include "cli/attest-cli-alignment.h"

AttestAlignment *
attest_cli_align_codebooks (const GPtrArray *codebooks, const char *mapping, GError **error)
{
  g_autofree AttestAlignSide *sides = g_new0 (AttestAlignSide, codebooks->len);
  g_autoptr (GPtrArray) owner = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) pairs = NULL;

  if (mapping != NULL && (pairs = attest_alignment_read_mapping (mapping, error)) == NULL)
    return NULL;
  for (guint i = 0; i < codebooks->len; i++)
    {
      const AttestCodebook *codebook = g_ptr_array_index (codebooks, i);
      AttestAlignCode *codes = g_new (AttestAlignCode, codebook->codes->len + 1);

      for (guint k = 0; k < codebook->codes->len; k++)
        {
          const AttestCode *code = attest_codebook_code (codebook, k);

          codes[k] = (AttestAlignCode){ code->id, attest_local_text_get (code->name, NULL) };
        }
      g_ptr_array_add (owner, codes);
      sides[i] = (AttestAlignSide){ codebook->id, codes, codebook->codes->len };
    }
  return attest_alignment_new (sides, codebooks->len, pairs, mapping, error);
}
