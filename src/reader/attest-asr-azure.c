/* attest-asr-azure: the JSON of Azure Speech, batch and fast. */
#include "reader/attest-asr-formats.h"

static gboolean
azure_match (const AttestJsonTree *tree)
{
  return attest_asr_has_list (tree, "recognizedPhrases")
         || (attest_asr_has_list (tree, "combinedPhrases")
             && attest_asr_has_list (tree, "phrases"));
}

static void
azure_prepare (AttestAsr *asr)
{
  guint list = attest_asr_find (asr, 0, "combinedRecognizedPhrases combinedPhrases");

  for (ATTEST_ASR_EACH (phrase, attest_asr_tree (asr), list))
    attest_asr_expect (asr, attest_asr_get_index (asr, phrase, "channel"),
                       attest_asr_find (asr, phrase, "display text"));
  attest_asr_add_metadata (asr, "duration", "duration");
}

static gint64
azure_time (AttestAsr *asr, guint phrase, const char *ms_key, const char *ticks_key,
            const char *text_key)
{
  gint64 time_ms
      = attest_asr_time (asr, attest_asr_get (asr, phrase, ms_key), ATTEST_ASR_MILLISECONDS);

  if (time_ms == ATTEST_NO_TIME)
    time_ms = attest_asr_time (asr, attest_asr_get (asr, phrase, ticks_key), ATTEST_ASR_TICKS);
  return time_ms != ATTEST_NO_TIME
             ? time_ms
             : attest_asr_time (asr, attest_asr_get (asr, phrase, text_key), ATTEST_ASR_TICKS);
}

static void
azure_phrases (AttestAsr *asr)
{
  guint list = attest_asr_find (asr, 0, "recognizedPhrases phrases");

  for (ATTEST_ASR_EACH (phrase, attest_asr_tree (asr), list))
    {
      AttestAsrPiece piece = ATTEST_ASR_PIECE (phrase);
      gint64 duration_ms
          = azure_time (asr, phrase, "durationMilliseconds", "durationInTicks", "duration");

      piece.label = attest_asr_label (asr, attest_asr_get (asr, phrase, "speaker"));
      piece.stream = attest_asr_get_index (asr, phrase, "channel");
      piece.start_ms = azure_time (asr, phrase, "offsetMilliseconds", "offsetInTicks", "offset");
      if (piece.start_ms != ATTEST_NO_TIME && duration_ms != ATTEST_NO_TIME)
        piece.end_ms = piece.start_ms + duration_ms;
      attest_asr_add (asr, &piece, attest_asr_find (asr, phrase, "nBest.0.display text"));
    }
}

const AttestAsrFormat attest_asr_azure
    = { "Azure Speech", FALSE, azure_match, azure_prepare, { azure_phrases } };
