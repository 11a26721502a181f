#include "cli/attest-cli-driver.h"
#include "report/attest-report-saturation.h"

#include <math.h>
#include <string.h>

#include "util/attest-limits.h"

typedef struct
{
  AttestReportOptions common;
  char *of, *order;
  int base, run;
  char *threshold, *orders, *seed;
} Options;

static const char *const ofs[] = { "code", "rule", "phrase", NULL };
static const char *const orders[] = { "label", "ingest", NULL };

static const AttestOption options[] = {
  { "of", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, of), "WHAT", "What is new or known: code",
    "code; rule: each rule of the codebook; phrase: the different words that rules found, upper "
    "and "
    "lower case alike. A fixed list of codes is soon complete, the others are not.",
    ofs },
  { "base", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, base), "N", "Sources that are the base: 4",
    "Guest, Namey and Chen propose 4 to 6.", NULL },
  { "run", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, run), "N",
    "Sources in which new ones are counted: 2", "Guest, Namey and Chen propose 2 or 3.", NULL },
  { "threshold", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, threshold), "PERCENT",
    "How much of the base a run may bring: 5", "0 to 100; Guest, Namey and Chen propose 5 or 0.",
    NULL },
  { "order", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, order), "ORDER",
    "Order of the sources: label", "label, or ingest: as they were taken in.", orders },
  { "orders", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, orders), "N",
    "Random orders to compare with: 1000", "0: none.", NULL },
  { "seed", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, seed), "N",
    "Seed of the random orders: 1", "The same seed draws the same orders on every machine.", NULL },
  ATTEST_OPTION_DIMENSION (AttestReportOptions),
  ATTEST_OPTION_CODEBOOK (AttestReportOptions),
  ATTEST_OPTION_WHERE (AttestReportOptions),
  ATTEST_OPTION_FORMAT (attest_report_formats),
  ATTEST_OPTION_OUTPUT (AttestReportOptions),
  { NULL }
};

static gboolean
parse_number (const char *option, const char *text, guint64 most, guint64 usual, guint64 *out_value,
              GError **error)
{
  *out_value = usual;
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, most, out_value, NULL))
    return TRUE;
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "--%s %s: write a number from 0 to %" G_GUINT64_FORMAT, option, text, most);
}

static gboolean
parse_threshold (const char *text, double *out_share, GError **error)
{
  char *end = NULL;
  double percent
      = text != NULL ? g_ascii_strtod (text, &end) : 100 * attest_saturation_usual.threshold;

  if (text != NULL
      && (end == text || *end != '\0' || !isfinite (percent) || percent < 0 || percent > 100))
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--threshold %s: write a percentage from 0 to 100", text);
  *out_share = percent / 100;
  return TRUE;
}

static gboolean
parse (const Options *opts, AttestSaturationOptions *out, GError **error)
{
  guint64 n_orders;

  if (!parse_number ("orders", opts->orders, ATTEST_MAX_RANDOM_ORDERS,
                     attest_saturation_usual.orders, &n_orders, error)
      || !parse_number ("seed", opts->seed, G_MAXUINT32, attest_saturation_usual.seed, &out->seed,
                        error)
      || !parse_threshold (opts->threshold, &out->threshold, error))
    return FALSE;
  out->base = opts->base > 0 ? (guint)opts->base : attest_saturation_usual.base;
  out->run = opts->run > 0 ? (guint)opts->run : attest_saturation_usual.run;
  out->orders = (guint)n_orders;
  return TRUE;
}

static AttestSaturationOf
parse_of (const char *of)
{
  if (g_strcmp0 (of, "rule") == 0)
    return ATTEST_SATURATION_OF_RULES;
  return g_strcmp0 (of, "phrase") == 0 ? ATTEST_SATURATION_OF_PHRASES : ATTEST_SATURATION_OF_CODES;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  static const AttestDataFlags flags[]
      = { ATTEST_DATA_PLAIN, ATTEST_DATA_RULES, ATTEST_DATA_PHRASES };
  const Options *opts = inv->opts;
  AttestSaturationOf of = parse_of (opts->of);
  AttestSaturationOptions saturation = { 0 };
  g_autoptr (AttestReportData) data = NULL;
  g_autoptr (AttestSaturationReport) report = NULL;

  if (!parse (opts, &saturation, error))
    return FALSE;
  data = attest_cli_load_report (inv, flags[of], error);
  if (data == NULL)
    return FALSE;
  report = attest_saturation_report_new (data, of, ATTEST_NO_INDEX,
                                         g_strcmp0 (opts->order, "ingest") == 0, &saturation);
  return attest_cli_write_report (inv, &attest_saturation_driver, report, data, error);
}

static const AttestExampleLine examples[]
    = { { "report saturation --of phrase", "after how many interviews nothing new is said" },
        { "report saturation --of rule --base 5 --run 3 --threshold 0", NULL },
        { "report saturation --of phrase --format svg --output saturation.svg", NULL },
        { NULL } };

const AttestCommand attest_cmd_report_saturation = {
  .name = "report saturation",
  .group = "report",
  .synopsis = "",
  .summary = "Tell after how many sources nothing new was said",
  .doc
  = "The way of Guest, Namey and Chen: what is met in the first sources, the base, is "
    "counted; what is new in each run of sources, which slides by one, is divided by it. "
    "Saturation is reached by the first run at or below the threshold: \"6+2\", after six "
    "sources, seen in the two that follow. It depends on the order, so the curve stands beside "
    "the mean of random orders, within which 95 % of them lie.\n\n"
    "A codebook finds what it looks for: that it finds nothing new does not say that nothing "
    "new was said. Compute it for each stakeholder group (--where).",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
