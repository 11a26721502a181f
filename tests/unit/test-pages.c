/* Where pages of PDF and Word files begin, and how they are called. Covers attest-pdf-labels and
 * what attest-pdf-join, attest-reader-docx and attest-flow do with pages. */
#include <string.h>

#include "reader/attest-reader.h"

static AttestDocument *
read_case (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);
  g_autoptr (GError) error = NULL;
  AttestReadOptions options = { 0 };
  AttestDocument *doc = attest_reader_read_file (path, &options, &error);

  g_assert_no_error (error);
  return doc;
}

/* "LABEL: first words" of each page, a line each; "?" is none. */
static char *
dump_pages (const AttestDocument *doc)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < doc->pages->len; i++)
    {
      const AttestPageStart *page = &g_array_index (doc->pages, AttestPageStart, i);
      const char *text = doc->text + page->start_byte;

      text += strspn (text, " \n");
      g_string_append_printf (out, "%s: %.*s\n", page->label != NULL ? page->label : "?",
                              (int)MIN (strcspn (text, "\n"), 24), text);
    }
  return g_string_free (out, FALSE);
}

static void
test_pages (void)
{
  static const struct
  {
    const char *name, *pages;
  } cases[] = {
    /* The title page is not counted; a sentence goes on from page 3 to page 4. */
    { "reader-pdf/pages-printed.d/input.pdf", "?: The plan\n"
                                              "1: The plan foresees a regi\n"
                                              "2: Its costs are borne by t\n"
                                              "3: Offices in the north wer\n"
                                              "4: has begun comes to its e\n" },
    { "reader-pdf/pages-labelled.d/input.pdf", "i: The plan foresees a regi\n"
                                               "ii: Its costs are borne by t\n"
                                               "1: Offices in the north wer\n"
                                               "2: What remains is to train\n" },
    /* A page without text begins where the next one does. */
    { "reader-pdf/pages-among-pictures.d/input.pdf", "1: Ana: One of them came.\n"
                                                     "2: Its costs are borne by t\n"
                                                     "3: Its costs are borne by t\n" },
    { "reader-docx/pages-and-footnote.d/input.docx", "1: I: Why?\n"
                                                     "2: This begins the second.\n"
                                                     "3: I: And the third?\n"
                                                     "?: A note.\n" },
    { "reader-docx/pages-do-not-fit.d/input.docx", "" },
    { "reader-docx/pages-renumbered.d/input.docx", "" },
    { "reader-docx/pages-of-sections.d/input.docx", "" },
    { "reader-docx/unicode.d/input.docx", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AttestDocument) doc = read_case (cases[i].name);
      g_autofree char *pages = dump_pages (doc);

      if (strcmp (pages, cases[i].pages) != 0)
        g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (pages, ==, cases[i].pages);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/begin", test_pages);
  return g_test_run ();
}
