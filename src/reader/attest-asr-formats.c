/* attest-asr-formats: the recognisers that are known, and what reading their files has in common.
 * They are told apart by their keys. Shapes as of 2024; a key that is not there is passed over. */
#include "reader/attest-asr-formats.h"

#include <string.h>

gboolean
attest_asr_has_list (const AttestJsonTree *tree, const char *path)
{
  return attest_json_tree_is (tree, attest_json_tree_get (tree, 0, path), ATTEST_JSON_ARRAY);
}

gboolean
attest_asr_has (const AttestJsonTree *tree, const char *path)
{
  return attest_json_tree_get (tree, 0, path) != ATTEST_JSON_NONE;
}

guint
attest_asr_get (AttestAsr *asr, guint value, const char *path)
{
  return attest_json_tree_get (attest_asr_tree (asr), value, path);
}

/* A small number, such as that of a channel. */
guint
attest_asr_get_index (AttestAsr *asr, guint value, const char *path)
{
  double number = 0;

  attest_json_tree_get_double (attest_asr_tree (asr), attest_asr_get (asr, value, path), &number);
  return number >= 0 && number < ATTEST_ASR_MAX_STREAMS ? (guint)number : 0;
}

AttestAsrPiece
attest_asr_piece_of (AttestAsr *asr, guint value, const AttestAsrWordKeys *keys)
{
  AttestAsrPiece piece = ATTEST_ASR_PIECE (value);

  piece.label = attest_asr_label (asr, attest_asr_find (asr, value, keys->label));
  piece.start_ms = attest_asr_time (asr, attest_asr_find (asr, value, keys->start), keys->unit);
  piece.end_ms = attest_asr_time (asr, attest_asr_find (asr, value, keys->end), keys->unit);
  return piece;
}

/* Adds each object of the list at @path. */
void
attest_asr_add_list (AttestAsr *asr, const char *path, const AttestAsrWordKeys *keys)
{
  guint list = attest_asr_get (asr, 0, path);

  for (ATTEST_ASR_EACH (entry, attest_asr_tree (asr), list))
    {
      AttestAsrPiece piece = attest_asr_piece_of (asr, entry, keys);

      attest_asr_add (asr, &piece, attest_asr_find (asr, entry, keys->text));
    }
}

/* A job that failed or goes on holds no transcript, or half of one. */
void
attest_asr_check_status (AttestAsr *asr, const char *completed)
{
  g_autofree char *status
      = attest_json_tree_dup (attest_asr_tree (asr), attest_asr_get (asr, 0, "status"));

  if (status != NULL && g_ascii_strcasecmp (status, completed) != 0)
    attest_asr_refuse (
        asr, g_strdup_printf ("the recogniser's job is not done: its status is '%s'", status));
}

const AttestAsrFormat *const *
attest_asr_formats (void)
{
  static const AttestAsrFormat *const formats[] = { &attest_asr_deepgram,
                                                    &attest_asr_aws,
                                                    &attest_asr_azure,
                                                    &attest_asr_assemblyai,
                                                    &attest_asr_rev,
                                                    &attest_asr_otter,
                                                    &attest_asr_google,
                                                    &attest_asr_whisper,
                                                    &attest_asr_whisper_cpp,
                                                    &attest_asr_generic,
                                                    NULL };

  return formats;
}
