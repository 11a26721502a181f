/* attest-asr-formats: what the files of each recogniser look like. They are told apart by their
 * keys. Shapes as of 2024; a key that is not there is passed over. */
#include "reader/attest-asr-private.h"

#include <string.h>

#define EACH(child, tree, parent)                                                                  \
  guint child = attest_json_tree_first (tree, parent);                                             \
  child != ATTEST_JSON_NONE;                                                                       \
  child = attest_json_tree_next (tree, parent, child)

static gboolean
has_list (const AttestJsonTree *tree, const char *path)
{
  return attest_json_tree_is (tree, attest_json_tree_get (tree, 0, path), ATTEST_JSON_ARRAY);
}

static gboolean
has (const AttestJsonTree *tree, const char *path)
{
  return attest_json_tree_get (tree, 0, path) != ATTEST_JSON_NONE;
}

static guint
get (AttestAsr *asr, guint value, const char *path)
{
  return attest_json_tree_get (attest_asr_tree (asr), value, path);
}

/* A small number, such as that of a channel. */
static guint
get_index (AttestAsr *asr, guint value, const char *path)
{
  double number = 0;

  attest_json_tree_get_double (attest_asr_tree (asr), get (asr, value, path), &number);
  return number >= 0 && number < ATTEST_ASR_MAX_STREAMS ? (guint)number : 0;
}

static AttestAsrPiece
piece_of (AttestAsr *asr, guint value, const AttestAsrWordKeys *keys)
{
  AttestAsrPiece piece = ATTEST_ASR_PIECE (value);

  piece.label = attest_asr_label (asr, attest_asr_find (asr, value, keys->label));
  piece.start_ms = attest_asr_time (asr, attest_asr_find (asr, value, keys->start), keys->unit);
  piece.end_ms = attest_asr_time (asr, attest_asr_find (asr, value, keys->end), keys->unit);
  return piece;
}

/* Adds each object of the list at @path. */
static void
add_list (AttestAsr *asr, const char *path, const AttestAsrWordKeys *keys)
{
  guint list = get (asr, 0, path);

  for (EACH (entry, attest_asr_tree (asr), list))
    {
      AttestAsrPiece piece = piece_of (asr, entry, keys);

      attest_asr_add (asr, &piece, attest_asr_find (asr, entry, keys->text));
    }
}

/* A job that failed or goes on holds no transcript, or half of one. */
static void
check_status (AttestAsr *asr, const char *completed)
{
  g_autofree char *status = attest_json_tree_dup (attest_asr_tree (asr), get (asr, 0, "status"));

  if (status != NULL && g_ascii_strcasecmp (status, completed) != 0)
    attest_asr_refuse (
        asr, g_strdup_printf ("the recogniser's job is not done: its status is '%s'", status));
}

/* --- Whisper and its kin ------------------------------------------------------------------ */

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
  attest_asr_expect (asr, 0, get (asr, 0, "text"));
  attest_asr_add_metadata (asr, "language", "language");
  attest_asr_add_metadata (asr, "duration", "duration");
}

static void
whisper_segments (AttestAsr *asr)
{
  guint segments = get (asr, 0, "segments");

  for (EACH (segment, attest_asr_tree (asr), segments))
    {
      AttestAsrPiece piece = piece_of (asr, segment, &whisper_keys);

      attest_asr_add_cut (asr, &piece, attest_asr_find (asr, segment, "text"),
                          attest_asr_find (asr, segment, "words"), &whisper_keys);
    }
}

static const AttestAsrFormat whisper
    = { "Whisper", FALSE, whisper_match, whisper_prepare, { whisper_segments } };

static gboolean
whisper_cpp_match (const AttestJsonTree *tree)
{
  return has (tree, "transcription.0.offsets");
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
  guint list = get (asr, 0, "transcription");

  for (EACH (segment, tree, list))
    {
      AttestAsrPiece piece = piece_of (asr, segment, &keys);

      if (attest_json_tree_equals (tree, segment, "speaker", "?"))
        piece.label = NULL;
      attest_asr_add (asr, &piece, get (asr, segment, "text"));
    }
}

static const AttestAsrFormat whisper_cpp
    = { "whisper.cpp", FALSE, whisper_cpp_match, whisper_cpp_prepare, { whisper_cpp_segments } };

/* --- Deepgram ----------------------------------------------------------------------------- */

static const AttestAsrWordKeys deepgram_keys
    = { "punctuated_word word", "speaker", "start", "end", ATTEST_ASR_SECONDS };

static gboolean
deepgram_match (const AttestJsonTree *tree)
{
  return has_list (tree, "results.channels");
}

static void
deepgram_prepare (AttestAsr *asr)
{
  guint channels = get (asr, 0, "results.channels"), stream = 0;

  for (EACH (channel, attest_asr_tree (asr), channels))
    attest_asr_expect (asr, stream++, get (asr, channel, "alternatives.0.transcript"));
  attest_asr_add_metadata (asr, "language", "results.channels.0.detected_language");
  attest_asr_add_metadata (asr, "duration", "metadata.duration");
}

static void
deepgram_utterances (AttestAsr *asr)
{
  guint list = get (asr, 0, "results.utterances");

  for (EACH (utterance, attest_asr_tree (asr), list))
    {
      AttestAsrPiece piece = piece_of (asr, utterance, &deepgram_keys);

      piece.stream = get_index (asr, utterance, "channel");
      attest_asr_add (asr, &piece, get (asr, utterance, "transcript"));
    }
}

static void
deepgram_paragraphs (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint channels = get (asr, 0, "results.channels"), stream = 0;

  for (EACH (channel, tree, channels))
    {
      guint list = get (asr, channel, "alternatives.0.paragraphs.paragraphs");

      for (EACH (paragraph, tree, list))
        {
          const char *label = attest_asr_label (asr, get (asr, paragraph, "speaker"));
          guint sentences = get (asr, paragraph, "sentences");

          for (EACH (sentence, tree, sentences))
            {
              AttestAsrPiece piece = piece_of (asr, sentence, &deepgram_keys);

              piece.label = label;
              piece.stream = stream;
              attest_asr_add (asr, &piece, get (asr, sentence, "text"));
            }
        }
      stream++;
    }
}

static void
deepgram_words (AttestAsr *asr)
{
  guint channels = get (asr, 0, "results.channels");
  AttestAsrPiece model = ATTEST_ASR_PIECE (0);

  for (EACH (channel, attest_asr_tree (asr), channels))
    {
      attest_asr_add_words (asr, get (asr, channel, "alternatives.0.words"), &deepgram_keys,
                            &model);
      model.stream++;
    }
}

static const AttestAsrFormat deepgram
    = { "Deepgram",
        FALSE,
        deepgram_match,
        deepgram_prepare,
        { deepgram_utterances, deepgram_paragraphs, deepgram_words } };

/* --- AssemblyAI --------------------------------------------------------------------------- */

static const AttestAsrWordKeys assemblyai_keys
    = { "text", "speaker", "start", "end", ATTEST_ASR_MILLISECONDS };

static gboolean
assemblyai_match (const AttestJsonTree *tree)
{
  return (has (tree, "audio_url") || has (tree, "acoustic_model")) && has (tree, "status");
}

static void
assemblyai_prepare (AttestAsr *asr)
{
  check_status (asr, "completed");
  attest_asr_expect (asr, 0, get (asr, 0, "text"));
  attest_asr_add_metadata (asr, "language", "language_code");
  attest_asr_add_metadata (asr, "duration", "audio_duration");
}

static void
assemblyai_utterances (AttestAsr *asr)
{
  add_list (asr, "utterances", &assemblyai_keys);
}

static void
assemblyai_words (AttestAsr *asr)
{
  attest_asr_add_words (asr, get (asr, 0, "words"), &assemblyai_keys, &ATTEST_ASR_PIECE (0));
}

static const AttestAsrFormat assemblyai = { "AssemblyAI",
                                            TRUE,
                                            assemblyai_match,
                                            assemblyai_prepare,
                                            { assemblyai_utterances, assemblyai_words } };

/* --- Amazon Transcribe -------------------------------------------------------------------- */

static const AttestAsrWordKeys aws_keys
    = { "transcript alternatives.0.content", "speaker_label channel_label", "start_time",
        "end_time", ATTEST_ASR_SECONDS };

static gboolean
aws_match (const AttestJsonTree *tree)
{
  return has_list (tree, "results.transcripts");
}

static void
aws_prepare (AttestAsr *asr)
{
  check_status (asr, "COMPLETED");
  /* With channels told apart, the text goes through one after the other. */
  if (!has (attest_asr_tree (asr), "results.channel_labels"))
    attest_asr_expect (asr, 0, get (asr, 0, "results.transcripts.0.transcript"));
  attest_asr_add_metadata (asr, "language", "results.language_code");
}

static void
aws_segments (AttestAsr *asr)
{
  add_list (asr, "results.audio_segments", &aws_keys);
}

/* Older files name the speakers apart from the words, by the words' times. */
static GHashTable *
aws_speakers (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  GHashTable *speakers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint segments = get (asr, 0, "results.speaker_labels.segments");

  for (EACH (segment, tree, segments))
    {
      guint items = get (asr, segment, "items");

      for (EACH (item, tree, items))
        {
          char *start = attest_json_tree_dup (tree, get (asr, item, "start_time"));
          const char *label = attest_asr_label (asr, get (asr, item, "speaker_label"));

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
  guint items = get (asr, 0, "results.items");

  for (EACH (item, tree, items))
    {
      AttestAsrPiece piece = piece_of (asr, item, &aws_keys);
      g_autofree char *start = attest_json_tree_dup (tree, get (asr, item, "start_time"));

      if (piece.label == NULL && start != NULL)
        piece.label = g_hash_table_lookup (speakers, start);
      piece.glued = attest_json_tree_equals (tree, item, "type", "punctuation");
      /* A full stop is nobody's alone. */
      if (piece.glued)
        piece.label = NULL;
      attest_asr_add_word (asr, &piece, attest_asr_find (asr, item, aws_keys.text));
    }
}

static const AttestAsrFormat aws
    = { "Amazon Transcribe", FALSE, aws_match, aws_prepare, { aws_segments, aws_words } };

/* --- Google Speech-to-Text ---------------------------------------------------------------- */

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

  for (EACH (result, tree, results))
    if (attest_json_tree_get (tree, result, "alternatives.0.transcript") != ATTEST_JSON_NONE)
      return attest_json_tree_is (tree, results, ATTEST_JSON_ARRAY);
  return FALSE;
}

/* A speaker tag 0 is no speaker. */
static gboolean
google_is_diarised (AttestAsr *asr, guint result)
{
  guint word = get (asr, result, "alternatives.0.words.0");
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

  for (EACH (result, tree, results))
    {
      n_words += last == ATTEST_JSON_NONE
                     ? 0
                     : attest_json_tree_count (tree, get (asr, last, "alternatives.0.words"));
      last = result;
      n++;
    }
  if (n < 2 || !google_is_diarised (asr, last)
      || attest_json_tree_count (tree, get (asr, last, "alternatives.0.words")) < n_words)
    return ATTEST_JSON_NONE;
  return google_is_diarised (asr, attest_json_tree_first (tree, results)) ? ATTEST_JSON_NONE : last;
}

static void
google_prepare (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint repetition = google_repetition (asr), results = google_results (tree);

  for (EACH (result, tree, results))
    if (result != repetition)
      attest_asr_expect (asr, get_index (asr, result, "channelTag"),
                         get (asr, result, "alternatives.0.transcript"));
  attest_asr_add_metadata (asr, "language", "results.0.languageCode");
}

static void
google_words (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint repetition = google_repetition (asr), results = google_results (tree);

  for (EACH (result, tree, results))
    if (repetition == ATTEST_JSON_NONE ? google_is_diarised (asr, result) : result == repetition)
      {
        AttestAsrPiece model = ATTEST_ASR_PIECE (result);

        model.stream = get_index (asr, result, "channelTag");
        attest_asr_add_words (asr, get (asr, result, "alternatives.0.words"), &google_keys, &model);
      }
}

static void
google_transcripts (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint repetition = google_repetition (asr), results = google_results (tree);

  for (EACH (result, tree, results))
    {
      AttestAsrPiece piece = ATTEST_ASR_PIECE (result);
      guint word = get (asr, result, "alternatives.0.words.0");

      if (result == repetition)
        continue;
      piece.stream = get_index (asr, result, "channelTag");
      piece.start_ms
          = attest_asr_time (asr, attest_asr_find (asr, word, google_keys.start), google_keys.unit);
      piece.end_ms = attest_asr_time (
          asr, attest_asr_find (asr, result, "resultEndTime resultEndOffset result_end_time"),
          google_keys.unit);
      attest_asr_add (asr, &piece, get (asr, result, "alternatives.0.transcript"));
    }
}

static const AttestAsrFormat google = {
  "Google Speech-to-Text", FALSE, google_match, google_prepare, { google_words, google_transcripts }
};

/* --- Azure -------------------------------------------------------------------------------- */

static gboolean
azure_match (const AttestJsonTree *tree)
{
  return has_list (tree, "recognizedPhrases")
         || (has_list (tree, "combinedPhrases") && has_list (tree, "phrases"));
}

static void
azure_prepare (AttestAsr *asr)
{
  guint list = attest_asr_find (asr, 0, "combinedRecognizedPhrases combinedPhrases");

  for (EACH (phrase, attest_asr_tree (asr), list))
    attest_asr_expect (asr, get_index (asr, phrase, "channel"),
                       attest_asr_find (asr, phrase, "display text"));
  attest_asr_add_metadata (asr, "duration", "duration");
}

static gint64
azure_time (AttestAsr *asr, guint phrase, const char *ms_key, const char *ticks_key,
            const char *text_key)
{
  gint64 time_ms = attest_asr_time (asr, get (asr, phrase, ms_key), ATTEST_ASR_MILLISECONDS);

  if (time_ms == ATTEST_NO_TIME)
    time_ms = attest_asr_time (asr, get (asr, phrase, ticks_key), ATTEST_ASR_TICKS);
  return time_ms != ATTEST_NO_TIME
             ? time_ms
             : attest_asr_time (asr, get (asr, phrase, text_key), ATTEST_ASR_TICKS);
}

static void
azure_phrases (AttestAsr *asr)
{
  guint list = attest_asr_find (asr, 0, "recognizedPhrases phrases");

  for (EACH (phrase, attest_asr_tree (asr), list))
    {
      AttestAsrPiece piece = ATTEST_ASR_PIECE (phrase);
      gint64 duration_ms
          = azure_time (asr, phrase, "durationMilliseconds", "durationInTicks", "duration");

      piece.label = attest_asr_label (asr, get (asr, phrase, "speaker"));
      piece.stream = get_index (asr, phrase, "channel");
      piece.start_ms = azure_time (asr, phrase, "offsetMilliseconds", "offsetInTicks", "offset");
      if (piece.start_ms != ATTEST_NO_TIME && duration_ms != ATTEST_NO_TIME)
        piece.end_ms = piece.start_ms + duration_ms;
      attest_asr_add (asr, &piece, attest_asr_find (asr, phrase, "nBest.0.display text"));
    }
}

static const AttestAsrFormat azure
    = { "Azure Speech", FALSE, azure_match, azure_prepare, { azure_phrases } };

/* --- Rev ---------------------------------------------------------------------------------- */

static gboolean
rev_match (const AttestJsonTree *tree)
{
  return has (tree, "monologues.0.elements");
}

static void
rev_prepare (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  guint speakers = get (asr, 0, "speakers"), monologues = get (asr, 0, "monologues");

  for (EACH (speaker, tree, speakers))
    attest_asr_name_speaker (asr, get (asr, speaker, "id"), get (asr, speaker, "name"));
  for (EACH (monologue, tree, monologues))
    attest_asr_name_speaker (asr, get (asr, monologue, "speaker"),
                             get (asr, monologue, "speaker_info.display_name"));
}

/* The elements of a monologue, spaces and punctuation among them, are its text. */
static void
rev_monologues (AttestAsr *asr)
{
  const AttestJsonTree *tree = attest_asr_tree (asr);
  g_autoptr (GString) text = g_string_new (NULL);
  guint monologues = get (asr, 0, "monologues");

  for (EACH (monologue, tree, monologues))
    {
      AttestAsrPiece piece = ATTEST_ASR_PIECE (monologue);
      guint elements = get (asr, monologue, "elements");

      piece.label = attest_asr_label (asr, get (asr, monologue, "speaker"));
      g_string_truncate (text, 0);
      for (EACH (element, tree, elements))
        {
          gint64 start_ms = attest_asr_time (asr, attest_asr_find (asr, element, "ts timestamp"),
                                             ATTEST_ASR_SECONDS);
          gint64 end_ms = attest_asr_time (
              asr, attest_asr_find (asr, element, "end_ts end_timestamp"), ATTEST_ASR_SECONDS);

          if (piece.start_ms == ATTEST_NO_TIME)
            piece.start_ms = start_ms;
          piece.end_ms = MAX (piece.end_ms, end_ms);
          attest_json_tree_append (tree, get (asr, element, "value"), text);
        }
      attest_asr_add_text (asr, &piece, text->str);
    }
}

static const AttestAsrFormat rev = { "Rev", FALSE, rev_match, rev_prepare, { rev_monologues } };

/* --- Otter -------------------------------------------------------------------------------- */

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
  guint speakers = get (asr, otter_speech (tree), "speakers");

  for (EACH (speaker, tree, speakers))
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
  guint list = get (asr, otter_speech (tree), "transcripts");

  for (EACH (entry, tree, list))
    {
      AttestAsrPiece piece = piece_of (asr, entry, &keys);

      attest_asr_add (asr, &piece, get (asr, entry, "transcript"));
    }
}

static const AttestAsrFormat otter
    = { "Otter", FALSE, otter_match, otter_prepare, { otter_transcripts } };

const AttestAsrFormat *const *
attest_asr_formats (void)
{
  static const AttestAsrFormat *const formats[]
      = { &deepgram, &aws,     &azure,       &assemblyai,         &rev, &otter,
          &google,   &whisper, &whisper_cpp, &attest_asr_generic, NULL };

  return formats;
}
