/* Speech recognisers' JSON: every producer's shape, speakers, times, and that the words are the
 * file's own. Covers attest-asr, attest-asr-view, attest-asr-formats, attest-asr-generic,
 * attest-reader-json. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "document-dump.h"
#include "reader/attest-reader.h"
#include "util/attest-error.h"

/* Cases are written with ' for ", to be read by people. */
static AttestDocument *
read_json (const char *name, const char *json, GError **error)
{
  char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return attest_reader_read_bytes (name, bytes, NULL, error);
}

#define NO_LABELS "! 0: no speaker labels: taken as one respondent's, split at pauses\n"

static const struct
{
  const char *name, *json, *expected;
} cases[] = {
  { "whisper",
    "{'text': ' Did it help? Yes,  it did.', 'language': 'en', 'segments': ["
    "{'id': 0, 'start': 0.0, 'end': 1.25, 'text': ' Did it help?'},"
    "{'id': 1, 'start': 4, 'end': 5.5, 'text': ' Yes, it did.'}]}",
    "?@0-1250: Did it help?\n?@4000-5500: Yes, it did.\n" NO_LABELS },
  { "whisper-text-alone", "{'text': 'Did it help?', 'segments': [], 'words': [], 'utterances': []}",
    NULL },
  { "whisperx",
    "{'segments': [{'start': 0, 'end': 3, 'text': ' Did it help? Yes,', 'speaker': 'SPEAKER_00',"
    " 'words': [{'word': 'Did', 'start': 0, 'end': 0.2, 'speaker': 'SPEAKER_00'}, {'word': 'it'},"
    " {'word': 'help?', 'start': 0.5, 'end': 1, 'speaker': 'SPEAKER_00'},"
    " {'word': 'Yes,', 'start': 2, 'end': 3, 'speaker': 'SPEAKER_01'}]},"
    "{'start': 3, 'end': 4, 'text': 'it did.', 'speaker': 'SPEAKER_01'}], 'language': 'en'}",
    "SPEAKER_00@0-1000: Did it help?\nSPEAKER_01@2000-4000: Yes, it did.\n" },
  { "whisperx-without-spaces",
    "{'segments': [{'start': 0, 'end': 3, 'text': '有帮助吗？有。', 'words': ["
    "{'word': '有', 'speaker': 'S0'}, {'word': '帮', 'speaker': 'S0'}, {'word': '助', 'speaker': "
    "'S0'}, {'word': '吗？', 'speaker': 'S0'}, {'word': '有。', 'speaker': 'S1'}]}]}",
    "S0@-1--1: 有帮助吗？\nS1@-1--1: 有。\n" },
  { "whisper.cpp",
    "{'result': {'language': 'en'}, 'transcription': ["
    "{'timestamps': {'from': '00:00:00,000', 'to': '00:00:01,500'}, 'offsets': {'from': 0, 'to': "
    "1500}, 'text': ' Did it help?', 'speaker': '0'},"
    "{'offsets': {'from': 1500, 'to': 2000}, 'text': ' Yes.', 'speaker': '1'}]}",
    "0@0-1500: Did it help?\n1@1500-2000: Yes.\n" },
  { "deepgram-utterances",
    "{'metadata': {'duration': 4.5}, 'results': {'channels': [{'alternatives': [{'transcript': "
    "'Did it help? Yes.', 'words': []}]}], 'utterances': ["
    "{'start': 0.5, 'end': 1, 'transcript': 'Did it help?', 'channel': 0, 'speaker': 0},"
    "{'start': 1.5, 'end': 2, 'transcript': 'Yes.', 'channel': 0, 'speaker': 1}]}}",
    "Speaker 0@500-1000: Did it help?\nSpeaker 1@1500-2000: Yes.\n" },
  { "deepgram-paragraphs",
    "{'results': {'channels': [{'alternatives': [{'transcript': 'Did it help? Yes. Much.', "
    "'paragraphs': {'transcript': 'Speaker 0: …', 'paragraphs': ["
    "{'speaker': 0, 'start': 0, 'end': 1, 'sentences': [{'text': 'Did it help?', 'start': 0, "
    "'end': 1}]}, {'speaker': 1, 'sentences': [{'text': 'Yes.', 'start': 2, 'end': 3},"
    "{'text': 'Much.', 'start': 3, 'end': 4}]}]}}]}]}}",
    "Speaker 0@0-1000: Did it help?\nSpeaker 1@2000-4000: Yes. Much.\n" },
  { "deepgram-words-keep-punctuation",
    "{'results': {'channels': [{'alternatives': [{'transcript': '¿Ayudó? (Sí), mucho.', 'words': ["
    "{'word': 'ayudó', 'start': 0, 'end': 1, 'speaker': 0},"
    "{'word': 'sí', 'start': 1, 'end': 2, 'speaker': 1},"
    "{'word': 'mucho', 'start': 2, 'end': 3, 'speaker': 1}]}]}]}}",
    "Speaker 0@0-1000: ¿Ayudó?\nSpeaker 1@1000-3000: (Sí), mucho.\n" },
  { "deepgram-channels",
    "{'results': {'channels': [{'alternatives': [{'transcript': 'Did it help? Good.', 'words': ["
    "{'word': 'Did', 'start': 0, 'end': 1}, {'word': 'it', 'start': 1, 'end': 2}, {'word': 'help', "
    "'start': 2, 'end': 3}, {'word': 'Good', 'start': 9, 'end': 10}]}]},"
    "{'alternatives': [{'transcript': 'Yes.', 'words': [{'word': 'Yes', 'start': 5, 'end': "
    "6}]}]}]}}",
    "Channel 0@0-3000: Did it help?\nChannel 1@5000-6000: Yes.\nChannel 0@9000-10000: Good.\n" },
  { "deepgram-shorter-utterances-give-way",
    "{'results': {'channels': [{'alternatives': [{'transcript': 'Did it help? Yes.', 'words': ["
    "{'punctuated_word': 'Did', 'speaker': 0}, {'punctuated_word': 'it', 'speaker': 0},"
    "{'punctuated_word': 'help?', 'speaker': 0}, {'punctuated_word': 'Yes.', 'speaker': 1}]}]}],"
    "'utterances': [{'transcript': 'Did it help?', 'speaker': 0}]}}",
    "Speaker 0@-1--1: Did it help?\nSpeaker 1@-1--1: Yes.\n" },
  { "nothing-agrees",
    "{'audio_url': 'x', 'status': 'completed', 'text': 'Did it help? Yes. Much more.',\n"
    "'utterances': [{'speaker': 'A', 'start': 1000, 'end': 2000, 'text': 'Did it help?'},\n"
    "{'speaker': 'B', 'start': 2500, 'end': 3000, 'text': 'No.'}]}",
    "A@1000-2000: Did it help?\nB@2500-3000: No.\n"
    "! 3: the pieces are not word for word the file's own text, first at 'No.'; the pieces are "
    "taken, which are shorter: compare the file\n" },
  { "assemblyai-words",
    "{'audio_url': 'x', 'status': 'completed', 'text': 'Did it help? Yes.', 'utterances': null, "
    "'words': [{'text': 'Did', 'start': 170, 'end': 300, 'speaker': 'A'}, {'text': 'it', 'start': "
    "300, 'end': 400, 'speaker': 'A'}, {'text': 'help?', 'start': 400, 'end': 718, 'speaker': "
    "'A'}, {'text': 'Yes.', 'start': 900, 'end': 1100, 'speaker': 'B'}]}",
    "A@170-718: Did it help?\nB@900-1100: Yes.\n" },
  { "aws-old",
    "{'jobName': 'j', 'status': 'COMPLETED', 'results': {'transcripts': [{'transcript': 'Did it "
    "help? Yes.'}], 'speaker_labels': {'speakers': 2, 'segments': [{'speaker_label': 'spk_0', "
    "'items': [{'start_time': '0.5', 'speaker_label': 'spk_0'}, {'start_time': '0.7', "
    "'speaker_label': 'spk_0'}, {'start_time': '0.9', 'speaker_label': 'spk_0'}]},"
    "{'items': [{'start_time': '2.0', 'speaker_label': 'spk_1'}]}]}, 'items': ["
    "{'type': 'pronunciation', 'start_time': '0.5', 'end_time': '0.6', 'alternatives': "
    "[{'content': 'Did'}]}, {'type': 'pronunciation', 'start_time': '0.7', 'end_time': '0.8', "
    "'alternatives': [{'content': 'it'}]}, {'type': 'pronunciation', 'start_time': '0.9', "
    "'end_time': '1.1', 'alternatives': [{'content': 'help'}]}, {'type': 'punctuation', "
    "'alternatives': [{'content': '?'}]}, {'type': 'pronunciation', 'start_time': '2.0', "
    "'end_time': '2.5', 'alternatives': [{'content': 'Yes'}]}, {'type': 'punctuation', "
    "'alternatives': [{'content': '.'}]}]}}",
    "spk_0@500-1100: Did it help?\nspk_1@2000-2500: Yes.\n" },
  { "aws-audio-segments",
    "{'results': {'transcripts': [{'transcript': 'Did it help? Yes.'}], 'items': [], "
    "'audio_segments': [{'id': 0, 'transcript': 'Did it help?', 'start_time': '0.0', 'end_time': "
    "'1.1', 'speaker_label': 'spk_0'}, {'id': 1, 'transcript': 'Yes.', 'start_time': '2.0', "
    "'end_time': '2.5', 'speaker_label': 'spk_1'}]}}",
    "spk_0@0-1100: Did it help?\nspk_1@2000-2500: Yes.\n" },
  { "aws-channels-glue-punctuation",
    "{'results': {'transcripts': [{'transcript': 'Did it? Yes.'}], 'channel_labels': {}, 'items': ["
    "{'type': 'pronunciation', 'start_time': '0.5', 'end_time': '0.6', 'channel_label': 'ch_0', "
    "'alternatives': [{'content': 'Did'}]}, {'type': 'pronunciation', 'start_time': '0.7', "
    "'end_time': '0.8', 'channel_label': 'ch_0', 'alternatives': [{'content': 'it'}]}, {'type': "
    "'punctuation', 'alternatives': [{'content': '?'}]}, {'type': 'pronunciation', 'start_time': "
    "'2.0', 'end_time': '2.5', 'channel_label': 'ch_1', 'alternatives': [{'content': 'Yes'}]}]}}",
    "ch_0@500-800: Did it?\nch_1@2000-2500: Yes\n" },
  { "google-repetition",
    "{'results': [{'alternatives': [{'transcript': 'did it help', 'words': [{'word': 'did', "
    "'startTime': '0s', 'endTime': '0.4s'}, {'word': 'it'}, {'word': 'help'}]}], 'resultEndTime': "
    "'1s'}, {'alternatives': [{'transcript': ' yes', 'words': [{'word': 'yes'}]}]},"
    "{'alternatives': [{'words': [{'word': 'did', 'startTime': '0s', 'endTime': '0.400s', "
    "'speakerTag': 1}, {'word': 'it', 'startTime': '0.4s', 'endTime': '0.6s', 'speakerTag': 1}, "
    "{'word': 'help', 'startTime': '0.6s', 'endTime': '1s', 'speakerTag': 1}, {'word': 'yes', "
    "'startTime': '2.1s', 'endTime': '2.5s', 'speakerTag': 2}]}]}]}",
    "Speaker 1@0-1000: did it help\nSpeaker 2@2100-2500: yes\n" },
  { "google-v2-in-an-operation",
    "{'name': 'op', 'done': true, 'response': {'results': [{'alternatives': [{'transcript': 'did "
    "it', 'words': [{'startOffset': {'seconds': '1', 'nanos': 500000000}, 'endOffset': '2s', "
    "'word': 'did', 'speakerLabel': '1'}, {'endOffset': '3s', 'word': 'it', 'speakerLabel': "
    "'2'}]}]}]}}",
    "1@1500-2000: did\n2@-1--1: it\n" },
  { "google-without-speakers",
    "{'results': [{'alternatives': [{'transcript': 'did it help', 'confidence': 0.9}], "
    "'resultEndTime': '1.5s'}, {'alternatives': [{'transcript': ' yes'}]}]}",
    "?@-1--1: did it help\n?@-1--1: yes\n"
    "! 0: no speaker labels: taken as one respondent's, split at paragraphs\n" },
  { "azure-batch",
    "{'source': 'x', 'duration': 'PT3S', 'combinedRecognizedPhrases': [{'channel': 0, 'display': "
    "'Did it help? Yes.'}], 'recognizedPhrases': [{'recognitionStatus': 'Success', 'channel': 0, "
    "'speaker': 1, 'offset': 'PT0.07S', 'duration': 'PT1.5S', 'offsetInTicks': 700000.0, "
    "'durationInTicks': 15000000.0, 'nBest': [{'lexical': 'did it help', 'display': 'Did it "
    "help?'}]}, {'channel': 0, 'speaker': 2, 'offset': 'PT1M2S', 'duration': 'PT0.5S', 'nBest': "
    "[{'display': 'Yes.'}]}]}",
    "Speaker 1@70-1570: Did it help?\nSpeaker 2@62000-62500: Yes.\n" },
  { "azure-fast",
    "{'durationMilliseconds': 9000, 'combinedPhrases': [{'text': 'Did it help? Yes.'}], 'phrases': "
    "[{'speaker': 1, 'offsetMilliseconds': 960, 'durationMilliseconds': 640, 'text': 'Did it "
    "help?'}, {'speaker': 2, 'offsetMilliseconds': 2000, 'durationMilliseconds': 100, 'text': "
    "'Yes.'}]}",
    "Speaker 1@960-1600: Did it help?\nSpeaker 2@2000-2100: Yes.\n" },
  { "rev",
    "{'speakers': [{'id': 0, 'name': 'Ana'}], 'monologues': [{'speaker': 0, 'elements': [{'type': "
    "'text', 'value': 'Did', 'ts': 0.26, 'end_ts': 0.4}, {'type': 'punct', 'value': ' '}, {'type': "
    "'text', 'value': 'it', 'ts': 0.4, 'end_ts': 0.5}, {'type': 'punct', 'value': '?'}]},"
    "{'speaker': 1, 'elements': [{'type': 'text', 'value': 'Yes.', 'timestamp': '00:00:01,040', "
    "'end_timestamp': '00:00:02,000'}, {'type': 'unknown', 'value': '<inaudible>'}]}]}",
    "Ana@260-500: Did it?\nSpeaker 1@1040-2000: Yes.<inaudible>\n" },
  { "otter",
    "{'speech': {'title': 'KII 7', 'speakers': [{'speaker_id': 7, 'speaker_name': 'Ana'}], "
    "'transcripts': [{'transcript': 'Did it help?', 'start_offset': 16000, 'end_offset': 32000, "
    "'speaker_id': 7, 'speaker_model_label': '0'}, {'transcript': 'Yes.', 'start_offset': 48000, "
    "'end_offset': 56000, 'speaker_id': null, 'speaker_model_label': '1'}]}}",
    "Ana@1000-2000: Did it help?\n1@3000-3500: Yes.\n" },
  { "qmsum",
    "{'topic_list': [{'topic': 'x', 'relevant_text_span': [['0', '1']]}], 'general_query_list': "
    "[{'query': 'Summarize', 'answer': 'They speak.'}], 'meeting_transcripts': [{'speaker': 'Ana', "
    "'content': 'Did it help?'}, {'speaker': 'Li', 'content': 'Yes.'}, {'speaker': 'Li', "
    "'content': 'Much.'}]}",
    "Ana@-1--1: Did it help?\nLi@-1--1: Yes.\nLi@-1--1: Much.\n" },
  { "teams",
    "{'$schema': 'http://stream.office.com/schemas/transcript.json', 'type': 'Transcript', "
    "'entries': [{'id': 'g/1', 'text': 'Did it', 'speakerId': 'q@w', 'speakerDisplayName': 'Silva, "
    "Ana', 'startOffset': '00:00:22.2871418', 'endOffset': '00:00:23.1671418'}, {'text': 'help?', "
    "'speakerDisplayName': 'Silva, Ana', 'startOffset': '00:00:24', 'endOffset': '00:00:25'}], "
    "'events': [{'id': 'g', 'eventType': 'CallStarted'}]}",
    "Silva, Ana@22287-25000: Did it help?\n" },
  { "list-in-milliseconds",
    "[{'speaker': 'Ana', 'text': 'Did it help?', 'start': 1000, 'end': 2000}, {'speaker': 'Li', "
    "'text': 'Yes.', 'start': 3000, 'end': 4000}]",
    "Ana@1000-2000: Did it help?\nLi@3000-4000: Yes.\n" },
  { "list-in-seconds",
    "[{'name': 'Ana', 'text': 'Did it help?', 'start': 1, 'end': 12}, {'name': 'Li', 'text': "
    "'Yes.', 'start': 12, 'end': 40}]",
    "Ana@1000-12000: Did it help?\nLi@12000-40000: Yes.\n" },
  { "text-is-cleaned",
    "[{'speaker': 'A\\u0000na', 'text': 'cafe\\u0301\\u0007 \\ud83d\\ude42 \\ud800 x\\r\\ny', "
    "'start': 0.5}]",
    "A@500--1: café 🙂 \ufffd x\ny\n! 1: 1 control characters were dropped, the first here\n" },
};

static void
test_formats (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AttestDocument) doc = read_json ("a.json", cases[i].json, &error);
      g_autofree char *turns = NULL, *warnings = NULL, *dumped = NULL;

      g_test_message ("case %s", cases[i].name);
      if (cases[i].expected == NULL)
        {
          g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
          continue;
        }
      g_assert_no_error (error);
      turns = dump_turns (doc);
      warnings = dump_warnings (doc);
      dumped = g_strconcat (turns, warnings, NULL);
      g_assert_cmpstr (dumped, ==, cases[i].expected);
      g_assert_cmpstr (doc->reader, ==, "json");
    }
}

static void
test_probe (void)
{
  /* By what is inside: a file that lost its name, or has a wrong one. */
  g_autoptr (AttestDocument) doc
      = read_json ("a.json.xz", "\n [ {'speaker': 'Ana', 'content': 'Why?'}]", NULL);
  g_autoptr (AttestDocument) text
      = read_json ("a.txt", "[Ana] (0:01 - 0:02)\nWhy?\n[Li] (0:02 - 0:03)\nWell.\n", NULL);

  g_assert_nonnull (doc);
  g_assert_cmpstr (doc->reader, ==, "json");
  g_assert_cmpstr (text->reader, ==, "txt");
}

static void
test_errors (void)
{
  static const struct
  {
    const char *json, *message;
  } errors[] = {
    { "{'audio_url': 'x', 'status': 'processing', 'text': null}",
      "a.json: the recogniser's job is not done: its status is 'processing'" },
    { "{'a': 1}", "a.json: this JSON holds no transcript: no list of who said what, and no "
                  "recogniser's file that attest knows" },
    { "[{'speaker': 'Ana', 'text': 'Why?'},\n  x]", "a.json: 2:3: a value is missing" },
    { "{'segments': [{'start': 0, 'text': ''}]}", "a.json: nobody says anything in it" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_json ("a.json", errors[i].json, &error));
      g_assert_error (error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
      g_assert_cmpstr (error->message, ==, errors[i].message);
    }
}

/* "A" of a recogniser is no answer, and "I" no interviewer. */
static void
test_letters_are_no_roles (void)
{
  g_autoptr (AttestDocument) doc = read_json (
      "a.json",
      "{'audio_url': 'x', 'status': 'completed', 'text': 'Why? Well. When? In May.', 'utterances': "
      "[{'speaker': 'A', 'text': 'Why?'}, {'speaker': 'I', 'text': 'Well.'}, {'speaker': 'A', "
      "'text': 'When?'}, {'speaker': 'I', 'text': 'In May.'}]}",
      NULL);

  g_assert_cmpint (attest_document_turn_role (doc, 0), ==, ATTEST_ROLE_INTERVIEWER);
  g_assert_cmpint (attest_document_turn_role (doc, 1), ==, ATTEST_ROLE_RESPONDENT);
}

/* --- samples ------------------------------------------------------------------------------ */

static AttestDocument *
read_sample (const char *folder, const char *name, JsonNode **out_json)
{
  g_autofree char *path = g_build_filename (g_getenv ("ATTEST_SAMPLES"), folder, name, NULL);
  g_autoptr (GError) error = NULL;
  AttestDocument *doc = attest_reader_read_file (path, NULL, &error);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_no_error (error);
  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  *out_json = json_parser_steal_root (parser);
  return doc;
}

static gboolean
have_samples (void)
{
  const char *samples = g_getenv ("ATTEST_SAMPLES");

  if (samples != NULL && g_file_test (samples, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_test_skip ("no samples");
  return FALSE;
}

static void
assert_same_words (const AttestDocument *doc, const char *expected)
{
  g_auto (GStrv) left = g_strsplit_set (doc->text, " \n\t", -1);
  g_auto (GStrv) right = g_strsplit_set (expected, " \n\t", -1);
  g_autofree char *a = g_strjoinv ("", left), *b = g_strjoinv ("", right);

  g_assert_cmpstr (a, ==, b);
}

static void
test_recogniser_samples (void)
{
  static const struct
  {
    const char *name, *text_path;
    gint64 end_ms;
  } samples[] = {
    { "assemblyai_transcription.json", "$.text", 25940 },
    { "dg_utterances.json", "$.results.channels[0].alternatives[0].transcript", 25934 },
    { "whisper_timestamped.json", "$.text", 25940 },
  };

  if (!have_samples ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (JsonNode) root = NULL;
      g_autoptr (AttestDocument) doc
          = read_sample ("c_machine/asr_json_MIT", samples[i].name, &root);
      g_autoptr (JsonNode) found = json_path_query (samples[i].text_path, root, NULL);

      assert_same_words (doc, json_array_get_string_element (json_node_get_array (found), 0));
      g_assert_cmpint (attest_document_turn (doc, doc->turns->len - 1)->end_ms, <=,
                       samples[i].end_ms);
    }
}

static void
test_committee_samples (void)
{
  static const char *const names[]
      = { "education_0.json", "education_10.json", "education_18.json" };

  if (!have_samples ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonNode) root = NULL;
      g_autoptr (AttestDocument) doc
          = read_sample ("a_interviews/committee_json_MIT", names[i], &root);
      JsonArray *list
          = json_object_get_array_member (json_node_get_object (root), "meeting_transcripts");

      g_assert_cmpuint (doc->turns->len, ==, json_array_get_length (list));
      for (guint t = 0; t < doc->turns->len; t++)
        {
          const AttestTurn *turn = attest_document_turn (doc, t);
          JsonObject *entry = json_array_get_object_element (list, t);
          g_autofree char *said
              = g_strndup (doc->text + turn->start_byte, turn->end_byte - turn->start_byte);
          g_autofree char *content
              = g_strstrip (g_strdup (json_object_get_string_member (entry, "content")));

          g_assert_cmpstr (said, ==, content);
          g_assert_cmpstr (attest_document_turn_label (doc, t), ==,
                           json_object_get_string_member (entry, "speaker"));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asr/formats", test_formats);
  g_test_add_func ("/asr/probe", test_probe);
  g_test_add_func ("/asr/errors", test_errors);
  g_test_add_func ("/asr/letters-are-no-roles", test_letters_are_no_roles);
  g_test_add_func ("/asr/samples/recognisers", test_recogniser_samples);
  g_test_add_func ("/asr/samples/committees", test_committee_samples);
  return g_test_run ();
}
