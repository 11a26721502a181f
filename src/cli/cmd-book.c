#include "book/attest-book.h"
#include "cli/attest-cli-disclosure.h"
#include "codebook/attest-strength-file.h"
#include "report/attest-catalogue.h"
#include "report/attest-report.h"

typedef struct
{
  char *codebook, *lang, *template_dir;
  AttestDisclosureFlags disclosure;
} Options;

/* Those of attest_catalogue_list_langs(). */
static const char *const langs[] = { "en", "fr", "es", "ru", NULL };

static const AttestOption options[]
    = { { "codebook", 'b', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codebook), "ID",
          "Codebook whose segments are meant", "Without it, the codebook that coded last.", NULL },
        { "lang", 'l', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, lang), "LANG",
          "Language of the words around the evidence",
          "en, unless given. What was said and what people wrote stays in its language; names of "
          "codes are taken from the codebook, where it has them.",
          langs },
        { "template", 't', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, template_dir), "DIR",
          "Folder with the logo, colours, words and pages of your institution",
          "Its files replace those of attest, one by one; doc/book.md says which there are.",
          NULL },
        ATTEST_OPTIONS_DISCLOSURE (Options),
        { NULL } };

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (AttestStrengthRules) rules = attest_strength_rules_load ("strength", problems, error);
  AttestBookOptions book = { .codebook = opts->codebook,
                             .lang = opts->lang != NULL ? opts->lang : langs[0],
                             .template_dir = opts->template_dir };
  AttestBookResult result;
  g_autofree char *pages = NULL, *transcripts = NULL, *segments = NULL;

  if (rules == NULL
      || !attest_cli_open_disclosure (inv, &opts->disclosure, NULL, NULL, &book.disclosure, error)
      || !attest_book_write (inv->store, rules, &book, inv->args[0], &result, error))
    return FALSE;
  pages = attest_report_dup_count (result.pages, "page", NULL);
  transcripts = attest_report_dup_count (result.transcripts, "transcript", NULL);
  segments = attest_report_dup_count (result.segments, "segment", NULL);
  attest_cli_say (inv, "%s: %s, %s, %s\n", inv->args[0], pages, transcripts, segments);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "book evidence-book", "a folder of pages; open index.html" },
        { "book public --public", "quotes as consented, pseudonyms, no small counts" },
        { "book evidence.html --lang fr", "all in one page, with French words around it" },
        { NULL } };

const AttestCommand attest_cmd_book = {
  .name = "book",
  .group = "report",
  .synopsis = "DIR|FILE.html",
  .summary = "Write the evidence book: pages to read in a browser",
  .doc
  = "Writes the project as pages: ratings and how well the evidence bears them out, who spoke and "
    "who was silent, a page for each code with its quotes, findings with what supports and what "
    "contradicts them, recommendations with what they rest on, all transcripts with their coded "
    "passages, the codebook with the measured precision of its rules, methods and limits, and a "
    "search. With a name that ends in .html all is one page, else a folder of pages; SHA256SUMS in "
    "it lists them for 'sha256sum -c'.\n\n"
    "The book asks for nothing from a network, works from a file, without a script and on paper, "
    "and holds nothing but what it shows: the same project gives the same bytes. Speakers and "
    "respondents are not named, but what they say is there word for word: give the book only to "
    "those who may read the interviews. With --public, quotes stand as each respondent consented, "
    "in "
    "place of transcripts, under pseudonyms, and small counts are hidden.\n\n"
    "It appears whole or not at all. A folder is replaced only when it is empty or holds an older "
    "book and nothing else.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
