/* The fuzz target of briefs: sentences and marks lie in the text, in order, and what is escaped is
 * text. */
#include "../unit/golden-inputs.h"
#include "report/attest-brief.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_places (const AttestBrief *brief)
{
  gsize last = 0;

  for (guint i = 0; i < brief->sentences->len; i++)
    {
      const AttestBriefSentence *sentence = attest_brief_sentence (brief, i);

      g_assert_cmpuint (sentence->start_byte, <=, sentence->end_byte);
      g_assert_cmpuint (sentence->end_byte, <=, brief->length_bytes);
      g_assert_cmpuint (last, <=, sentence->start_byte);
      g_assert_true (g_utf8_validate (sentence->text, -1, NULL));
      last = sentence->start_byte;
    }
  for (guint i = 0; i < brief->marks->len; i++)
    {
      const AttestMark *mark = attest_brief_mark (brief, i);

      g_assert_cmpuint (mark->start_byte, <=, mark->end_byte);
      g_assert_cmpuint (mark->end_byte, <=, brief->length_bytes);
      g_assert_true (mark->sentence == G_MAXUINT || mark->sentence < brief->sentences->len);
      g_assert_true (mark->group == G_MAXUINT || mark->group < brief->groups->len);
    }
}

/* Whatever a text is, escaped it holds no mark. */
static void
check_escaped (const char *text)
{
  g_autofree char *escaped = attest_brief_dup_escaped (text);
  g_autoptr (AttestBrief) brief = attest_brief_parse ("escaped", escaped, strlen (escaped), NULL);

  if (brief != NULL)
    g_assert_cmpuint (brief->marks->len, ==, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (AttestBrief) brief = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  brief = attest_brief_parse ("input", text, strlen (text), &error);
  g_assert_true ((brief == NULL) == (error != NULL));
  if (brief != NULL)
    check_places (brief);
  check_escaped (text);
  return 0;
}

#ifndef ATTEST_LIBFUZZER
static void
test_seeds (void)
{
  g_autoptr (GArray) inputs = golden_inputs_load_of ("brief");

  for (guint i = 0; i < inputs->len; i++)
    {
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (g_array_index (inputs, GoldenInput, i).bytes, &size);

      LLVMFuzzerTestOneInput (data, size);
    }
  g_assert_cmpuint (inputs->len, >, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/brief/seeds", test_seeds);
  return g_test_run ();
}
#endif
