/* sample: passages for people to judge, drawn by chance from what was found and from what was not.
 */
#include "cli/attest-cli-double-code.h"
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-sample-passages.h"

typedef struct
{
  char *codebook, *dimension, *code, *format, *output, *for_width, *expect, *alike;
  int size, seed, double_code;
  gboolean blind, plan;
} Options;

#define DEFAULT_SIZE 20

static const char *const formats[] = { "csv", "json", NULL };

static const AttestOption options[] = {
  { "size", 'n', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, size), "N",
    "Passages of each code, and of those without", "20 unless given; all of a code that has fewer.",
    NULL },
  { "seed", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, seed), "N",
    "Number that chance starts from", "The same seed draws the same passages.", NULL },
  { "code", 'c', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, code), "CODE",
    "Only passages of this code, and some without any code", "Without it, of every code.", NULL },
  { "dimension", 'd', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, dimension), "DIMENSION",
    "Only codes of this dimension", "Passages with other codes only count as without.", NULL },
  { "blind", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, blind), NULL,
    "Leave out what the codebook found",
    "Who judges should not know it: the columns stratum, found and weight are left out, and "
    "with them the weights that 'attest score' needs for a whole project. Keep a copy without "
    "--blind, drawn with the same seed, for the scoring.",
    NULL },
  { "double-code", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, double_code), "N",
    "Draw N transcripts for two people to code, in place of passages",
    "In proportion to kinds of sources and groups of respondents, with at least one of each as far "
    "as they go round. 'attest export --for-coder NAME --sample FILE' makes a copy of them.",
    NULL },
  { "for-width", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, for_width), "W",
    "The same, as many as the 95 % interval of alpha takes to be W wide",
    "For example 0.2. For half of the codes, or for the one that --code names: a rare code takes "
    "more than most projects have. --plan tells what is to be expected of each.",
    NULL },
  { "expect", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, expect), "ALPHA",
    "Agreement that is expected, for --for-width and --plan",
    "0.8 unless given; less agreement takes more transcripts.", NULL },
  { "alike", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, alike), "RHO",
    "How alike sentences of one transcript are judged, 0 to 1",
    "0.05 unless given: the intraclass correlation, by which sentences of one transcript tell less "
    "than as many from different ones.",
    NULL },
  { "plan", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, plan), NULL,
    "With these: the width that is to be expected of each code, not the transcripts",
    "By the formula of Donner and Eliasziw, see doc/methods.md.", NULL },
  ATTEST_OPTION_CODEBOOK (Options),
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to write it", "csv unless given.", formats },
  ATTEST_OPTION_OUTPUT (Options),
  { NULL }
};

/* ---- transcripts for two people ---- */

static gboolean
parse_share (const char *text, const char *option, double otherwise, double *out, GError **error)
{
  char *end = NULL;

  *out = text != NULL ? g_ascii_strtod (text, &end) : otherwise;
  if (text == NULL || (end != text && *end == '\0' && *out >= 0 && *out <= 1))
    return TRUE;
  return attest_throw (error, ATTEST_ERROR_USAGE, "--%s: '%s' is no number from 0 to 1", option,
                       text);
}

static gboolean
run_double_code (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  AttestDoubleCodeWish wish = { .n_sources = (guint)MAX (opts->double_code, 0),
                                .codebook = opts->codebook,
                                .dimension = opts->dimension,
                                .code = opts->code,
                                .seed = (guint64)opts->seed,
                                .plan = opts->plan,
                                .format = opts->format,
                                .output = opts->output };

  if (opts->double_code > 0 && opts->for_width != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "either --double-code or --for-width");
  if (opts->size > 0 || opts->blind)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--size and --blind are for passages, not for transcripts");
  if (!parse_share (opts->for_width, "for-width", 0, &wish.width, error)
      || !parse_share (opts->expect, "expect", .8, &wish.kappa, error)
      || !parse_share (opts->alike, "alike", .05, &wish.rho, error))
    return FALSE;
  if (opts->for_width != NULL && wish.width == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--for-width: no interval is 0 wide");
  return attest_cli_double_code (inv, &wish, error);
}

static gboolean
run_passages (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  AttestPassagesWish wish = { .size = opts->size > 0 ? (guint)opts->size : DEFAULT_SIZE,
                              .seed = (guint64)opts->seed,
                              .codebook = opts->codebook,
                              .dimension = opts->dimension,
                              .code = opts->code,
                              .blind = opts->blind,
                              .format = opts->format,
                              .output = opts->output };

  return attest_cli_sample_passages (inv, &wish, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;

  if (opts->double_code > 0 || opts->for_width != NULL)
    return run_double_code (inv, error);
  if (opts->expect != NULL || opts->alike != NULL || opts->plan)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--expect, --alike and --plan need --double-code or --for-width");
  return run_passages (inv, error);
}

static const AttestExampleLine examples[]
    = { { "sample --output sample.csv", "20 passages of each code, 20 without" },
        { "sample --code impact --size 50 --blind", "for somebody who should judge unbiased" },
        { "sample --double-code 2 --output double.csv", "transcripts that two people code" },
        { "sample --for-width 0.3 --code impact --plan", "how well agreement would be known" },
        { NULL } };

const AttestCommand attest_cmd_sample = {
  .name = "sample",
  .group = "compare",
  .synopsis = "",
  .summary = "Draw passages or transcripts for people to judge",
  .doc
  = "Draws by chance from the passages of each code, and from the sentences in which nothing "
    "was found: only these show what a codebook misses. A passage with several codes is drawn "
    "with those of the first.\n\n"
    "Write the right codes into the column codes, with ; between them, nothing where there is "
    "none; ? is not judged yet. 'attest score --gold FILE' then says how good the codebook is, "
    "for the whole project: the column weight says for how many passages each one stands.\n\n"
    "The file holds what people said. It is not made for publication.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
