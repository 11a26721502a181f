/* Transcripts that were cut off, or damaged on the way: a document that holds or an error that says
 * what is wrong; never a crash, never a hang. And of those that are whole, not a word is lost. */
#include "golden-inputs.h"

#include "document-check.h"
#include "reader/attest-reader.h"
#include "util/attest-error.h"

/* Places where each input is cut, and bits that are flipped. */
#define CUTS 200
#define FLIPS 200

static void
read_any (const char *name, const guint8 *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestDocument) doc = attest_reader_read_bytes (name, bytes, NULL, &error);

  if (doc != NULL)
    {
      g_assert_no_error (error);
      assert_document_holds (doc);
      return;
    }
  g_assert_true (g_error_matches (error, ATTEST_ERROR, ATTEST_ERROR_INPUT)
                 || g_error_matches (error, ATTEST_ERROR, ATTEST_ERROR_LIMIT));
  g_assert_true (g_str_has_prefix (error->message, name));
  g_assert_null (strchr (error->message, '\n'));
}

static void
test_cut (void)
{
  g_autoptr (GArray) inputs = golden_inputs_load ();

  for (guint i = 0; i < inputs->len; i++)
    {
      const GoldenInput *input = &g_array_index (inputs, GoldenInput, i);
      gsize size = 0, step;
      const guint8 *data = g_bytes_get_data (input->bytes, &size);

      step = MAX (1, size / CUTS);
      for (gsize n = 0; n <= size; n += step)
        {
          /* A block of its own, so that a read beyond the end is seen. */
          g_autofree guint8 *cut = g_memdup2 (data, n);

          read_any (input->name, cut, n);
        }
    }
}

static void
test_flip (void)
{
  g_autoptr (GArray) inputs = golden_inputs_load ();

  for (guint i = 0; i < inputs->len; i++)
    {
      const GoldenInput *input = &g_array_index (inputs, GoldenInput, i);
      g_autoptr (GRand) random = g_rand_new_with_seed (i + 1);
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (input->bytes, &size);

      for (guint k = 0; size > 0 && k < FLIPS; k++)
        {
          g_autofree guint8 *damaged = g_memdup2 (data, size);

          for (guint bits = k % 4 + 1; bits > 0; bits--)
            damaged[g_rand_int_range (random, 0, (gint32)size)]
                ^= (guint8)(1u << g_rand_int_range (random, 0, 8));
          read_any (input->name, damaged, size);
        }
    }
}

/* --- not a word is lost ------------------------------------------------------------------- */

/* Appends the words of the text, each between blanks. */
static void
append_words (GString *out, const char *text, gsize length_bytes)
{
  gboolean in_word = FALSE;

  g_string_append_c (out, ' ');
  for (const char *p = text; p < text + length_bytes; p = g_utf8_next_char (p))
    {
      gboolean letter = g_unichar_isalpha (g_utf8_get_char (p));

      if (letter)
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
      else if (in_word)
        g_string_append_c (out, ' ');
      in_word = letter;
    }
  g_string_append_c (out, ' ');
}

/* The words of labels, of what stood beside them, and of the metadata. */
static GString *
known_words (const AttestDocument *doc)
{
  GString *known = g_string_new (NULL);

  for (guint i = 0; i < doc->speakers->len; i++)
    {
      const AttestSpeaker *speaker = attest_document_speaker (doc, i);

      append_words (known, speaker->label, strlen (speaker->label));
      if (speaker->attributes != NULL)
        append_words (known, speaker->attributes, strlen (speaker->attributes));
    }
  for (guint i = 0; i < doc->metadata->len; i++)
    {
      const AttestMetadata *pair = &g_array_index (doc->metadata, AttestMetadata, i);

      append_words (known, pair->key, strlen (pair->key));
      append_words (known, pair->value, strlen (pair->value));
    }
  return known;
}

/* The text that no turn covers. */
static GString *
outside_turns (const AttestDocument *doc)
{
  GString *outside = g_string_new (NULL);
  gsize at = 0;

  for (guint i = 0; i <= doc->turns->len; i++)
    {
      gsize end
          = i < doc->turns->len ? attest_document_turn (doc, i)->start_byte : doc->length_bytes;

      append_words (outside, doc->text + at, end - at);
      at = i < doc->turns->len ? attest_document_turn (doc, i)->end_byte : end;
    }
  return outside;
}

static void
test_not_a_word_is_lost (void)
{
  g_autoptr (GArray) inputs = golden_inputs_load ();

  for (guint i = 0; i < inputs->len; i++)
    {
      const GoldenInput *input = &g_array_index (inputs, GoldenInput, i);
      g_autoptr (AttestDocument) doc
          = attest_reader_read_bytes (input->name, input->bytes, NULL, NULL);
      g_auto (GStrv) words = NULL;
      GString *known, *outside;

      /* Headings, footnotes, the first row of a table, whom a message went to and the unit of
       * "[4.2s]" are nobody's, and no metadata either. */
      if (doc == NULL || strstr (input->name, "chat-from") != NULL
          || strstr (input->name, "lengths") != NULL || strstr (input->name, "heading") != NULL
          || strstr (input->name, "footnote") != NULL || strstr (input->name, "table") != NULL)
        continue;
      known = known_words (doc);
      outside = outside_turns (doc);
      words = g_strsplit (outside->str, " ", -1);
      for (char **word = words; *word != NULL; word++)
        {
          g_autofree char *wanted = g_strconcat (" ", *word, " ", NULL);

          if (**word != '\0' && strstr (known->str, wanted) == NULL)
            {
              g_test_message ("%s: \"%s\" is in no turn, label or metadata", input->name, *word);
              g_test_fail ();
            }
        }
      g_string_free (known, TRUE);
      g_string_free (outside, TRUE);
    }
}

/* A reader without golden cases is not tested by anything here. */
static void
test_every_reader_has_cases (void)
{
  g_autoptr (GArray) inputs = golden_inputs_load ();

  for (const AttestReader *const *r = attest_reader_list (); *r != NULL; r++)
    {
      guint cases = 0;

      for (guint i = 0; i < inputs->len; i++)
        cases += strcmp (g_array_index (inputs, GoldenInput, i).reader, (*r)->id) == 0;
      g_test_message ("%s: %u cases", (*r)->id, cases);
      g_assert_cmpuint (cases, >=, 3);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chop/every-reader-has-cases", test_every_reader_has_cases);
  g_test_add_func ("/chop/not-a-word-is-lost", test_not_a_word_is_lost);
  g_test_add_func ("/chop/cut", test_cut);
  g_test_add_func ("/chop/flip", test_flip);
  return g_test_run ();
}
