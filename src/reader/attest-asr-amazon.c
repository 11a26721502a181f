/* attest-asr-amazon: the JSON of Amazon Transcribe. */
#include "reader/attest-asr-formats.h"

static const AttestAsrWordKeys aws_keys
    = { "transcript alternatives.0.content", "speaker_label channel_label", "start_time",
        "end_time", ATTEST_ASR_SECONDS };

static gboolean
aws_match (const AttestJsonTree *tree)
{
  return attest_asr_has_list (tree, "results.transcripts");
}

static void
aws_prepare (AttestAsr *asr)
{
  attest_asr_check_status (asr, "COMPLETED");
  /* With channels told apart, the text goes through one after the other. */
  if (!attest_asr_has (attest_asr_tree (asr), "results.channel_labels"))
    attest_asr_expect (asr, 0, attest_asr_get (asr, 0, "results.transcripts.0.transcript"));
  attest_asr_add_metadata (asr, "language", "results.language_code");
}

static void
aws_segments (AttestAsr *asr)
{
  attest_asr_add_list (asr, "results.audio_segments", &aws_keys);
}

/* Older files name the speakers apart from the words, by the words' times. */
static GHashTable *
aws_speakers (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  GHashTable *speakers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint segments = attest_asr_get (asr, 0, "results.speaker_labels.segments");

  for (ATTEST_ASR_EACH (segment, tree, segments))
    {
      guint items = attest_asr_get (asr, segment, "items");

      for (ATTEST_ASR_EACH (item, tree, items))
        {
          char *start = attest_json_tree_dup (tree, attest_asr_get (asr, item, "start_time"));
          const char *label = attest_asr_label (asr, attest_asr_get (asr, item, "speaker_label"));

          if (start != NULL && label != NULL)
            g_hash_table_replace (speakers, start, (gpointer)label);
          else
            g_free (start);
        }
    }
  return speakers;
}

static void
aws_words (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  g_autoptr (GHashTable) speakers = aws_speakers (asr);
  guint items = attest_asr_get (asr, 0, "results.items");

  for (ATTEST_ASR_EACH (item, tree, items))
    {
      AttestAsrPiece piece = attest_asr_piece_of (asr, item, &aws_keys);
      g_autofree char *start
          = attest_json_tree_dup (tree, attest_asr_get (asr, item, "start_time"));

      if (piece.label == NULL && start != NULL)
        piece.label = g_hash_table_lookup (speakers, start);
      piece.glued = attest_json_tree_equals (tree, item, "type", "punctuation");
      /* A full stop is nobody's alone. */
      if (piece.glued)
        piece.label = NULL;
      attest_asr_add_word (asr, &piece, attest_asr_find (asr, item, aws_keys.text));
    }
}

const AttestAsrFormat attest_asr_aws
    = { "Amazon Transcribe", FALSE, aws_match, aws_prepare, { aws_segments, aws_words } };
