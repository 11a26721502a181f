/* sample: passages for people to judge, drawn by chance from what was found and from what was not.
 */
#include "cli/attest-cli-double-code.h"
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-sample-draw.h"
#include "cli/attest-cli-sample-list.h"
#include "cli/attest-cli-sample-passages.h"

#include <string.h>

typedef struct
{
  char *codebook, *dimension, *code, *format, *output, *for_width, *expect, *alike, *of, *name,
      *show;
  int size, seed, double_code;
  gboolean blind, plan, list;
} Options;

#define DEFAULT_SIZE 20

static const char *const formats[] = { "table", "csv", "json", NULL };
static const char *const kinds[] = { "transcripts", "segments", NULL };

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
    "Draw N transcripts, or sentences, for several people to code",
    "In place of passages to score a codebook by. What is drawn is kept in the project; 'attest "
    "export --for-coder NAME --sample SAMPLE' makes a copy of it for each coder.",
    NULL },
  { "of", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, of), "WHAT",
    "What to draw for coders: transcripts or segments",
    "transcripts unless given: in proportion to kinds of sources and groups of respondents, with "
    "at least one of each as far as they go round. segments: sentences with segments of each code, "
    "at least 5 or all there are, and sentences without any, as many of each as tells most.",
    kinds },
  { "for-width", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, for_width), "W",
    "The same, as many as the 95 % interval of alpha takes to be W wide",
    "For example 0.2. For half of the codes, or for the one that --code names: a rare code takes "
    "more than most projects have. --plan tells what is to be expected of each.",
    NULL },
  { "expect", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, expect), "ALPHA",
    "Agreement that is expected, for --for-width and --plan",
    "0.8 unless given; less agreement takes more to code.", NULL },
  { "alike", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, alike), "RHO",
    "How alike sentences of one transcript are judged, 0 to 1",
    "The intraclass correlation, by which sentences of one transcript tell less than as many from "
    "different ones. Without it it is found out for each code, from what two people have judged "
    "already, or else from where the codebook finds the code; 0.05 where neither says anything.",
    NULL },
  { "plan", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, plan), NULL,
    "With these: the width that is to be expected of each code",
    "Nothing is kept then. See doc/methods.md for the formulas.", NULL },
  { "name", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, name), "SAMPLE",
    "What to call the sample", "double-1, double-2 and so on unless given.", NULL },
  { "list", 'l', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, list), NULL,
    "List what was drawn for coders, and how much each has judged",
    "With the seed, and who drew it.", NULL },
  { "show", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, show), "SAMPLE",
    "List what is in a sample, and who has judged what", "For what each was drawn, too.", NULL },
  ATTEST_OPTION_CODEBOOK (Options),
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to write it",
    "csv unless given. For people: table, of --plan, --list, --show and --of segments.", formats },
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
parse_shares (const Options *opts, double alike, double *out_width, double *out_kappa,
              double *out_alike, GError **error)
{
  if (!parse_share (opts->for_width, "for-width", 0, out_width, error)
      || !parse_share (opts->expect, "expect", .8, out_kappa, error)
      || !parse_share (opts->alike, "alike", alike, out_alike, error))
    return FALSE;
  if (opts->for_width != NULL && *out_width == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--for-width: no interval is 0 wide");
  return TRUE;
}

static gboolean
run_transcripts (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  AttestDoubleCodeWish wish = { .n_sources = (guint)opts->double_code,
                                .codebook = opts->codebook,
                                .dimension = opts->dimension,
                                .code = opts->code,
                                .seed = (guint64)opts->seed,
                                .name = opts->name,
                                .plan = opts->plan,
                                .format = opts->format,
                                .output = opts->output };

  if (opts->blind)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--blind is for passages and segments, not for transcripts");
  return parse_shares (opts, -1, &wish.width, &wish.kappa, &wish.rho, error)
         && attest_cli_double_code (inv, &wish, error);
}

static gboolean
run_segments (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  AttestDrawWish wish = { .n = (guint)opts->double_code,
                          .codebook = opts->codebook,
                          .dimension = opts->dimension,
                          .code = opts->code,
                          .seed = (guint64)opts->seed,
                          .name = opts->name,
                          .plan = opts->plan,
                          .blind = opts->blind,
                          .format = opts->format,
                          .output = opts->output };

  return parse_shares (opts, -1, &wish.width, &wish.kappa, &wish.alike, error)
         && attest_cli_sample_draw (inv, &wish, error);
}

static gboolean
run_for_coders (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;

  if (opts->double_code > 0 && opts->for_width != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "either --double-code or --for-width");
  if (opts->size > 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--size is for passages, not for what several people code");
  if (opts->plan && opts->name != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--plan keeps nothing that has a --name");
  return g_strcmp0 (opts->of, "segments") == 0 ? run_segments (inv, error)
                                               : run_transcripts (inv, error);
}

/* ---- passages ---- */

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
  gboolean for_coders = opts->double_code != 0 || opts->for_width != NULL;

  if (for_coders + opts->list + (opts->show != NULL) > 1)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--list and --show tell of what was drawn: draw by another command");
  if (opts->list)
    return attest_cli_sample_list (inv, opts->format, error);
  if (opts->show != NULL)
    return attest_cli_sample_show (inv, opts->show, opts->format, error);
  if (for_coders)
    return run_for_coders (inv, error);
  if (opts->expect != NULL || opts->alike != NULL || opts->plan || opts->of != NULL
      || opts->name != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--of, --name, --expect, --alike and --plan need --double-code or "
                         "--for-width");
  return run_passages (inv, error);
}

static const AttestExampleLine examples[]
    = { { "sample --output sample.csv", "20 passages of each code, 20 without" },
        { "sample --code impact --size 50 --blind", "for somebody who should judge unbiased" },
        { "sample --double-code 2 --output double.csv", "transcripts that two people code" },
        { "sample --for-width 0.3 --code impact --plan", "how well agreement would be known" },
        { "sample --double-code 24 --of segments --name second", "sentences, by their codes" },
        { "sample --list", "what was drawn, and how much of it is judged" },
        { NULL } };

const AttestCommand attest_cmd_sample = {
  .name = "sample",
  .group = "compare",
  .synopsis = "",
  .summary = "Draw what people are to judge, by chance",
  .doc
  = "Draws by chance from the passages of each code, and from the sentences in which nothing "
    "was found: only these show what a codebook misses. A passage with several codes is drawn "
    "with those of the first.\n\n"
    "Write the right codes into the column codes, with ; between them, nothing where there is "
    "none; ? is not judged yet. 'attest score --gold FILE' then says how good the codebook is, "
    "for the whole project: the column weight says for how many passages each one stands.\n\n"
    "--double-code draws what several people are to code without knowing of each other: whole "
    "transcripts, or with '--of segments' sentences, by their codes and without any. What was "
    "drawn "
    "stays in the project, with its seed. 'attest export --for-coder' makes a copy for each coder, "
    "'attest review' in it offers what was drawn, 'attest merge' brings it back, and 'attest agree "
    "--coder' weighs what each sentence stands for (doc/double-coding.md).\n\n"
    "The file holds what people said. It is not made for publication.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
