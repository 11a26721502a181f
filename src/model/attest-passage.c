#include "model/attest-passage.h"

AttestPassage *
attest_passage_new (const char *text, gsize length_bytes, const char *lang, guint cluster)
{
  AttestPassage *passage = g_new0 (AttestPassage, 1);

  passage->text = g_strndup (text, length_bytes);
  passage->length_bytes = length_bytes;
  passage->lang = lang;
  passage->cluster = cluster;
  passage->codes = g_array_new (FALSE, FALSE, sizeof (guint));
  passage->hits = g_array_new (FALSE, FALSE, sizeof (AttestPassageHit));
  return passage;
}

void
attest_passage_free (AttestPassage *passage)
{
  if (passage == NULL)
    return;
  g_free (passage->text);
  g_array_unref (passage->codes);
  g_array_unref (passage->hits);
  g_free (passage);
}

gboolean
attest_passage_has_code (const AttestPassage *passage, guint code)
{
  for (guint i = 0; i < passage->codes->len; i++)
    if (g_array_index (passage->codes, guint, i) == code)
      return TRUE;
  return FALSE;
}

void
attest_passage_add_code (AttestPassage *passage, guint code)
{
  if (!attest_passage_has_code (passage, code))
    g_array_append_val (passage->codes, code);
}

void
attest_passage_add_hit (AttestPassage *passage, guint code, gint64 start_byte, gint64 end_byte)
{
  AttestPassageHit hit = { .code = code };

  if (end_byte <= 0 || start_byte >= (gint64)passage->length_bytes || start_byte >= end_byte)
    return;
  hit.start_byte = (gsize)MAX (start_byte, 0);
  hit.end_byte = MIN ((gsize)end_byte, passage->length_bytes);
  g_array_append_val (passage->hits, hit);
}
