/* The text of the version that quotes are of, and whether they stand in it. */
#include "store/attest-store-private.h"

#include "util/attest-text.h"

void
attest_version_text_clear (AttestVersionText *current)
{
  g_clear_pointer (&current->map, attest_char_map_free);
  g_clear_pointer (&current->text, g_bytes_unref);
}

gboolean
attest_version_text_load (AttestVersionText *current, AttestStore *store, gint64 version_id,
                          GError **error)
{
  gsize length_bytes;
  const char *text;

  if (current->text != NULL && current->version_id == version_id)
    return TRUE;
  attest_version_text_clear (current);
  current->version_id = version_id;
  current->text = attest_store_load_text (store, version_id, error);
  if (current->text == NULL)
    return FALSE;
  text = g_bytes_get_data (current->text, &length_bytes);
  /* Bytes and characters of a text that is no UTF-8 cannot be compared. */
  if (g_utf8_validate_len (text, length_bytes, NULL))
    current->map = attest_char_map_new (text, length_bytes);
  return TRUE;
}

const char *
attest_version_text_check_quote (const AttestVersionText *current, const AttestQuote *quote,
                                 const char *original_sha256)
{
  gsize length_bytes;
  const char *text = g_bytes_get_data (current->text, &length_bytes);

  if (quote->start_byte < 0 || quote->start_byte > quote->end_byte
      || (gsize)quote->end_byte > length_bytes)
    return "lies outside the text";
  if (attest_quote_hash_text (text + quote->start_byte,
                              (gsize)(quote->end_byte - quote->start_byte))
      != quote->text_hash)
    return "is not what stands in the text";
  if (current->map != NULL
      && attest_quote_make_key (
             original_sha256,
             (gint64)attest_char_map_to_char (current->map, (gsize)quote->start_byte),
             (gint64)attest_char_map_to_char (current->map, (gsize)quote->end_byte))
             != quote->key)
    return "has another quote's id";
  return NULL;
}
