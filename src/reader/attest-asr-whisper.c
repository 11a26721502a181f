/* attest-asr-whisper: the JSON of Whisper and its kin: whisper-timestamped, WhisperX,
 * faster-whisper, and whisper.cpp. */
#include "reader/attest-asr-formats.h"

static const AttestAsrWordKeys whisper_keys
    = { "text word", "speaker speaker_id", "start", "end", ATTEST_ASR_SECONDS };

static gboolean
whisper_match (const AttestJsonTree *tree)
{
  guint first = attest_json_tree_get (tree, 0, "segments.0");

  return attest_json_tree_get (tree, first, "text") != ATTEST_JSON_NONE
         && attest_json_tree_get (tree, first, "start") != ATTEST_JSON_NONE;
}

static void
whisper_prepare (AttestAsr *asr)
{
  attest_asr_expect (asr, 0, attest_asr_get (asr, 0, "text"));
  attest_asr_add_metadata (asr, "language", "language");
  attest_asr_add_metadata (asr, "duration", "duration");
}

static void
whisper_segments (AttestAsr *asr)
{
  guint segments = attest_asr_get (asr, 0, "segments");

  for (ATTEST_ASR_EACH (segment, attest_asr_tree (asr), segments))
    {
      AttestAsrPiece piece = attest_asr_piece_of (asr, segment, &whisper_keys);

      attest_asr_add_cut (asr, &piece, attest_asr_find (asr, segment, "text"),
                          attest_asr_find (asr, segment, "words"), &whisper_keys);
    }
}

const AttestAsrFormat attest_asr_whisper
    = { "Whisper", FALSE, whisper_match, whisper_prepare, { whisper_segments } };

static gboolean
whisper_cpp_match (const AttestJsonTree *tree)
{
  return attest_asr_has (tree, "transcription.0.offsets");
}

static void
whisper_cpp_prepare (AttestAsr *asr)
{
  attest_asr_add_metadata (asr, "language", "result.language");
}

static void
whisper_cpp_segments (AttestAsr *asr)
{
  static const AttestAsrWordKeys keys
      = { "text", "speaker", "offsets.from", "offsets.to", ATTEST_ASR_MILLISECONDS };
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint list = attest_asr_get (asr, 0, "transcription");

  for (ATTEST_ASR_EACH (segment, tree, list))
    {
      AttestAsrPiece piece = attest_asr_piece_of (asr, segment, &keys);

      if (attest_json_tree_equals (tree, segment, "speaker", "?"))
        piece.label = NULL;
      attest_asr_add (asr, &piece, attest_asr_get (asr, segment, "text"));
    }
}

const AttestAsrFormat attest_asr_whisper_cpp
    = { "whisper.cpp", FALSE, whisper_cpp_match, whisper_cpp_prepare, { whisper_cpp_segments } };
