/* attest-asr-assemblyai: the JSON of AssemblyAI. */
#include "reader/attest-asr-formats.h"

static const AttestAsrWordKeys assemblyai_keys
    = { "text", "speaker", "start", "end", ATTEST_ASR_MILLISECONDS };

static gboolean
assemblyai_match (const AttestJsonTree *tree)
{
  return (attest_asr_has (tree, "audio_url") || attest_asr_has (tree, "acoustic_model"))
         && attest_asr_has (tree, "status");
}

static void
assemblyai_prepare (AttestAsr *asr)
{
  attest_asr_check_status (asr, "completed");
  attest_asr_expect (asr, 0, attest_asr_get (asr, 0, "text"));
  attest_asr_add_metadata (asr, "language", "language_code");
  attest_asr_add_metadata (asr, "duration", "audio_duration");
}

static void
assemblyai_utterances (AttestAsr *asr)
{
  attest_asr_add_list (asr, "utterances", &assemblyai_keys);
}

static void
assemblyai_words (AttestAsr *asr)
{
  attest_asr_add_words (asr, attest_asr_get (asr, 0, "words"), &assemblyai_keys,
                        &ATTEST_ASR_PIECE (0));
}

const AttestAsrFormat attest_asr_assemblyai = { "AssemblyAI",
                                                TRUE,
                                                assemblyai_match,
                                                assemblyai_prepare,
                                                { assemblyai_utterances, assemblyai_words } };
