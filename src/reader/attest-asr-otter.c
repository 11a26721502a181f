/* attest-asr-otter: the JSON of Otter. */
#include "reader/attest-asr-formats.h"

static guint
otter_speech (const AttestJsonTree *tree)
{
  guint speech = attest_json_tree_get (tree, 0, "speech");

  return speech != ATTEST_JSON_NONE ? speech : 0;
}

static gboolean
otter_match (const AttestJsonTree *tree)
{
  return attest_json_tree_get (tree, otter_speech (tree), "transcripts.0.start_offset")
         != ATTEST_JSON_NONE;
}

static void
otter_prepare (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint speakers = attest_asr_get (asr, otter_speech (tree), "speakers");

  for (ATTEST_ASR_EACH (speaker, tree, speakers))
    attest_asr_name_speaker (asr, attest_asr_find (asr, speaker, "speaker_id id"),
                             attest_asr_find (asr, speaker, "speaker_name name"));
  attest_asr_add_metadata (asr, "title", "speech.title");
}

static void
otter_transcripts (AttestAsr *asr)
{
  static const AttestAsrWordKeys keys
      = { "transcript", "speaker_name speaker_id speaker_model_label label", "start_offset",
          "end_offset", ATTEST_ASR_SAMPLES };
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint list = attest_asr_get (asr, otter_speech (tree), "transcripts");

  for (ATTEST_ASR_EACH (entry, tree, list))
    {
      AttestAsrPiece piece = attest_asr_piece_of (asr, entry, &keys);

      attest_asr_add (asr, &piece, attest_asr_get (asr, entry, "transcript"));
    }
}

const AttestAsrFormat attest_asr_otter
    = { "Otter", FALSE, otter_match, otter_prepare, { otter_transcripts } };
