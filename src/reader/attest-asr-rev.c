/* attest-asr-rev: the JSON of Rev. */
#include "reader/attest-asr-formats.h"

static gboolean
rev_match (const AttestJsonTree *tree)
{
  return attest_asr_has (tree, "monologues.0.elements");
}

static void
rev_prepare (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint speakers = attest_asr_get (asr, 0, "speakers"),
        monologues = attest_asr_get (asr, 0, "monologues");

  for (ATTEST_ASR_EACH (speaker, tree, speakers))
    attest_asr_name_speaker (asr, attest_asr_get (asr, speaker, "id"),
                             attest_asr_get (asr, speaker, "name"));
  for (ATTEST_ASR_EACH (monologue, tree, monologues))
    attest_asr_name_speaker (asr, attest_asr_get (asr, monologue, "speaker"),
                             attest_asr_get (asr, monologue, "speaker_info.display_name"));
}

/* The elements of a monologue, spaces and punctuation among them, are its text. */
static void
rev_monologues (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  g_autoptr (GString) text = g_string_new (NULL);
  guint monologues = attest_asr_get (asr, 0, "monologues");

  for (ATTEST_ASR_EACH (monologue, tree, monologues))
    {
      AttestAsrPiece piece = ATTEST_ASR_PIECE (monologue);
      guint elements = attest_asr_get (asr, monologue, "elements");

      piece.label = attest_asr_label (asr, attest_asr_get (asr, monologue, "speaker"));
      g_string_truncate (text, 0);
      for (ATTEST_ASR_EACH (element, tree, elements))
        {
          gint64 start_ms = attest_asr_time (asr, attest_asr_find (asr, element, "ts timestamp"),
                                             ATTEST_ASR_SECONDS);
          gint64 end_ms = attest_asr_time (
              asr, attest_asr_find (asr, element, "end_ts end_timestamp"), ATTEST_ASR_SECONDS);

          if (piece.start_ms == ATTEST_NO_TIME)
            piece.start_ms = start_ms;
          piece.end_ms = MAX (piece.end_ms, end_ms);
          attest_json_tree_append (tree, attest_asr_get (asr, element, "value"), text);
        }
      attest_asr_add_text (asr, &piece, text->str);
    }
}

const AttestAsrFormat attest_asr_rev = { "Rev", FALSE, rev_match, rev_prepare, { rev_monologues } };
