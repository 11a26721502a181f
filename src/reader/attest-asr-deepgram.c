/* attest-asr-deepgram: the JSON of Deepgram. */
#include "reader/attest-asr-formats.h"

static const AttestAsrWordKeys deepgram_keys
    = { "punctuated_word word", "speaker", "start", "end", ATTEST_ASR_SECONDS };

static gboolean
deepgram_match (const AttestJsonTree *tree)
{
  return attest_asr_has_list (tree, "results.channels");
}

static void
deepgram_prepare (AttestAsr *asr)
{
  guint channels = attest_asr_get (asr, 0, "results.channels"), stream = 0;

  for (ATTEST_ASR_EACH (channel, attest_asr_tree (asr), channels))
    attest_asr_expect (asr, stream++, attest_asr_get (asr, channel, "alternatives.0.transcript"));
  attest_asr_add_metadata (asr, "language", "results.channels.0.detected_language");
  attest_asr_add_metadata (asr, "duration", "metadata.duration");
}

static void
deepgram_utterances (AttestAsr *asr)
{
  guint list = attest_asr_get (asr, 0, "results.utterances");

  for (ATTEST_ASR_EACH (utterance, attest_asr_tree (asr), list))
    {
      AttestAsrPiece piece = attest_asr_piece_of (asr, utterance, &deepgram_keys);

      piece.stream = attest_asr_get_index (asr, utterance, "channel");
      attest_asr_add (asr, &piece, attest_asr_get (asr, utterance, "transcript"));
    }
}

static void
deepgram_paragraphs (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint channels = attest_asr_get (asr, 0, "results.channels"), stream = 0;

  for (ATTEST_ASR_EACH (channel, tree, channels))
    {
      guint list = attest_asr_get (asr, channel, "alternatives.0.paragraphs.paragraphs");

      for (ATTEST_ASR_EACH (paragraph, tree, list))
        {
          const char *label = attest_asr_label (asr, attest_asr_get (asr, paragraph, "speaker"));
          guint sentences = attest_asr_get (asr, paragraph, "sentences");

          for (ATTEST_ASR_EACH (sentence, tree, sentences))
            {
              AttestAsrPiece piece = attest_asr_piece_of (asr, sentence, &deepgram_keys);

              piece.label = label;
              piece.stream = stream;
              attest_asr_add (asr, &piece, attest_asr_get (asr, sentence, "text"));
            }
        }
      stream++;
    }
}

static void
deepgram_words (AttestAsr *asr)
{
  guint channels = attest_asr_get (asr, 0, "results.channels");
  AttestAsrPiece model = ATTEST_ASR_PIECE (0);

  for (ATTEST_ASR_EACH (channel, attest_asr_tree (asr), channels))
    {
      attest_asr_add_words (asr, attest_asr_get (asr, channel, "alternatives.0.words"),
                            &deepgram_keys, &model);
      model.stream++;
    }
}

const AttestAsrFormat attest_asr_deepgram
    = { "Deepgram",
        FALSE,
        deepgram_match,
        deepgram_prepare,
        { deepgram_utterances, deepgram_paragraphs, deepgram_words } };
