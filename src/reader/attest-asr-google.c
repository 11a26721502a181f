/* attest-asr-google: the JSON of Google Speech-to-Text, versions 1 and 2. */
#include "reader/attest-asr-formats.h"

static const AttestAsrWordKeys google_keys
    = { "word", "speakerLabel speakerTag speaker_label speaker_tag",
        "startOffset startTime start_offset start_time", "endOffset endTime end_offset end_time",
        ATTEST_ASR_SECONDS };

static guint
google_results (const AttestJsonTree *tree)
{
  guint results = attest_json_tree_get (tree, 0, "results");

  return results != ATTEST_JSON_NONE ? results : attest_json_tree_get (tree, 0, "response.results");
}

static gboolean
google_match (const AttestJsonTree *tree)
{
  guint results = google_results (tree);

  for (ATTEST_ASR_EACH (result, tree, results))
    if (attest_json_tree_get (tree, result, "alternatives.0.transcript") != ATTEST_JSON_NONE)
      return attest_json_tree_is (tree, results, ATTEST_JSON_ARRAY);
  return FALSE;
}

/* A speaker tag 0 is no speaker. */
static gboolean
google_is_diarised (AttestAsr *asr, guint result)
{
  guint word = attest_asr_get (asr, result, "alternatives.0.words.0");
  guint tag = attest_asr_find (asr, word, google_keys.label);
  double number = 1;

  attest_json_tree_get_double (attest_asr_tree (asr), tag, &number);
  return tag != ATTEST_JSON_NONE && number != 0;
}

/* With speakers told apart, the last result holds all words again, those of the others included.
 */
static guint
google_repetition (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint results = google_results (tree), last = ATTEST_JSON_NONE, n_words = 0, n = 0;

  for (ATTEST_ASR_EACH (result, tree, results))
    {
      n_words += last == ATTEST_JSON_NONE
                     ? 0
                     : attest_json_tree_count (tree,
                                               attest_asr_get (asr, last, "alternatives.0.words"));
      last = result;
      n++;
    }
  if (n < 2 || !google_is_diarised (asr, last)
      || attest_json_tree_count (tree, attest_asr_get (asr, last, "alternatives.0.words"))
             < n_words)
    return ATTEST_JSON_NONE;
  return google_is_diarised (asr, attest_json_tree_first (tree, results)) ? ATTEST_JSON_NONE : last;
}

static void
google_prepare (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint repetition = google_repetition (asr), results = google_results (tree);

  for (ATTEST_ASR_EACH (result, tree, results))
    if (result != repetition)
      attest_asr_expect (asr, attest_asr_get_index (asr, result, "channelTag"),
                         attest_asr_get (asr, result, "alternatives.0.transcript"));
  attest_asr_add_metadata (asr, "language", "results.0.languageCode");
}

static void
google_words (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint repetition = google_repetition (asr), results = google_results (tree);

  for (ATTEST_ASR_EACH (result, tree, results))
    if (repetition == ATTEST_JSON_NONE ? google_is_diarised (asr, result) : result == repetition)
      {
        AttestAsrPiece model = ATTEST_ASR_PIECE (result);

        model.stream = attest_asr_get_index (asr, result, "channelTag");
        attest_asr_add_words (asr, attest_asr_get (asr, result, "alternatives.0.words"),
                              &google_keys, &model);
      }
}

static void
google_transcripts (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint repetition = google_repetition (asr), results = google_results (tree);

  for (ATTEST_ASR_EACH (result, tree, results))
    {
      AttestAsrPiece piece = ATTEST_ASR_PIECE (result);
      guint word = attest_asr_get (asr, result, "alternatives.0.words.0");

      if (result == repetition)
        continue;
      piece.stream = attest_asr_get_index (asr, result, "channelTag");
      piece.start_ms
          = attest_asr_time (asr, attest_asr_find (asr, word, google_keys.start), google_keys.unit);
      piece.end_ms = attest_asr_time (
          asr, attest_asr_find (asr, result, "resultEndTime resultEndOffset result_end_time"),
          google_keys.unit);
      attest_asr_add (asr, &piece, attest_asr_get (asr, result, "alternatives.0.transcript"));
    }
}

const AttestAsrFormat attest_asr_google = {
  "Google Speech-to-Text", FALSE, google_match, google_prepare, { google_words, google_transcripts }
};
