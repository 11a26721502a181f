/* JSON of speech recognisers and other lists of who said what. Which program wrote it is told by
 * its keys, never by its name. */
#include "reader/attest-reader-private.h"

#include <string.h>

#include "reader/attest-asr.h"
#include "reader/attest-decode.h"
#include "util/attest-error.h"

static const char *const suffixes[] = { "json", NULL };

/* Keys that transcripts have near their beginning. */
static const char *const known_keys[] = {
  "\"segments\"",       "\"results\"",           "\"utterances\"",      "\"words\"",
  "\"transcript\"",     "\"transcripts\"",       "\"transcription\"",   "\"monologues\"",
  "\"speaker\"",        "\"recognizedPhrases\"", "\"combinedPhrases\"", "\"meeting_transcripts\"",
  "\"acoustic_model\"", "\"entries\"",           "\"sentences\""
};

/* The head is cut: only its beginning can be looked at. */
static gboolean
begins_like_json (const char *text)
{
  char first;

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  text += strspn (text, " \t\r\n");
  first = *text;
  if (first != '{' && first != '[')
    return FALSE;
  text++;
  text += strspn (text, " \t\r\n");
  return first == '{' ? *text == '"' : *text == '{';
}

static int
json_probe (const AttestProbe *probe)
{
  gboolean named = g_strv_contains (suffixes, probe->suffix);

  if (probe->head_text == NULL)
    return named ? ATTEST_PROBE_SUFFIX : 0;
  if (begins_like_json (probe->head_text))
    for (guint i = 0; i < G_N_ELEMENTS (known_keys); i++)
      if (strstr (probe->head_text, known_keys[i]) != NULL)
        return ATTEST_PROBE_STRUCTURE;
  return named ? ATTEST_PROBE_SUFFIX : 0;
}

static gboolean
json_read (AttestDocument *doc, const AttestReadOptions *options, GError **error)
{
  gsize size = 0, length_bytes = 0;
  const guint8 *bytes = g_bytes_get_data (doc->original, &size);
  g_autofree char *text
      = attest_decode_raw (doc, bytes, size, options->encoding, &length_bytes, error);
  g_autoptr (AttestJsonTree) tree = NULL;

  if (text == NULL)
    return FALSE;
  tree = attest_json_tree_new (text, length_bytes, error);
  if (tree == NULL)
    return FALSE;
  for (const AttestAsrFormat *const *format = attest_asr_formats (); *format != NULL; format++)
    if ((*format)->match (tree))
      return attest_asr_read (doc, tree, *format, error);
  return attest_throw (error, ATTEST_ERROR_INPUT,
                       "this JSON holds no transcript: no list of who said what, and no "
                       "recogniser's file that attest knows");
}

const AttestReader attest_reader_json
    = { "json", "JSON of speech recognisers", suffixes, json_probe, json_read };
