/* compare: codebooks on the same texts, groups of people, or evaluations. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-compare-print.h"
#include "cli/attest-cli-populations.h"
#include "cli/attest-cli-projects.h"
#include "cli/attest-cli-report.h"
#include "report/attest-disclosure.h"
#include "util/attest-limits.h"

#include <string.h>

typedef struct
{
  char *mapping, *by, *unit, *codebook, *adjust, *part, *format, *output;
  char **project;
  gboolean projects, suggest_mapping, differences, only_common, no_intervals, public, internal;
  int min_group, limit, bootstrap, seed, jobs;
} Options;

#define DEFAULT_ROUNDS 2000
#define MAX_ROUNDS 10000
/* Passages that people are shown unless they ask for more; on a page. */
#define DEFAULT_SHOWN 10
#define DEFAULT_ON_PAGE 100

static const char *const formats[] = { "table", "csv", "json", "html", "svg", "xlsx", NULL };
static const char *const units[] = { "sentence", "turn", "source", "respondent", NULL };

static const AttestOption options[] = {
  { "project", 0, ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, project), "FILE",
    "Project that is meant, may be repeated",
    "Also a folder, which means all project files in it, a pattern such as 'asia/*.attest', or - "
    "for a list on standard input; as a .attest file or folder among the arguments. Without any, "
    "the project of the folder. Nothing in it is changed.",
    NULL },
  { "projects", 'p', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, projects), NULL,
    "All arguments are projects, whatever their names", "Compares them with each other.", NULL },
  { "codebook", 'b', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codebook), "CODEBOOK",
    "Codebook by which projects or groups are compared",
    "The id of one that coded all projects: then what they hold counts, decisions of people "
    "included. Else a file, or the id of a shipped one: then all are coded by it in memory. "
    "Without "
    "it, the codebook that coded last.",
    NULL },
  { "mapping", 'm', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, mapping), "FILE",
    "CSV of codes that are the same",
    "Columns a (a code of the first codebook) and b (one of the others). Codes that it does not "
    "name are the same when they have the same id, or else the same name.",
    NULL },
  { "suggest-mapping", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, suggest_mapping), NULL,
    "Print which codes of two codebooks stand in the same sentences",
    "As CSV for --mapping, to be read and mended: each code in one pair at most, the pairs that "
    "overlap most first chosen; those with a Jaccard below .1 are left out.",
    NULL },
  { "unit", 'u', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, unit), "UNIT",
    "What is counted and compared",
    "Of codebooks sentence (unless given), turn or source: it has the codes of the segments that "
    "overlap it. What interviewers say is left out. The passages that are listed are always "
    "sentences. Of projects respondent (unless given) or source, of groups respondent.",
    units },
  { "by", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, by), "ATTR",
    "Compare the groups of an attribute of the respondents",
    "For example group. With codebooks, which groups gain and lose a code.", NULL },
  { "adjust", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, adjust), "METHOD",
    "How p is adjusted for the number of codes",
    "holm unless given: the chance that any of the differences found is none. bh: the share of "
    "those found that are none (Benjamini and Hochberg). none: as it is.",
    attest_adjust_names },
  { "part", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, part), "PART",
    "Print only one part of a comparison of codebooks",
    "codes: agreement by code (what CSV has unless another is asked for). paired: whether the "
    "codebooks find as much, tested. shifts: the same by group, between: whether groups differ in "
    "what they lose and gain; both with --by. all: alpha of three codebooks or more as so many "
    "coders, pairs: each two of them. differences: as --differences.",
    attest_compare_parts },
  { "differences", 'd', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, differences), NULL,
    "List only the sentences that differ",
    "With the codes of each codebook and the rules responsible.", NULL },
  { "common", 'c', ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, only_common), NULL,
    "Only codes that two codebooks have make a difference",
    "Without it, what a code finds that only one codebook has differs, too.", NULL },
  { "public", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, public), NULL,
    "For readers outside of the team",
    "Sentences are printed as their respondents consented, without their place; sources have "
    "pseudonyms; small counts of respondents, counts of all but a few, and tests of these are not "
    "printed.",
    NULL },
  { "internal", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, internal), NULL,
    "For the team, as without --public", "Everything is printed.", NULL },
  { "min-group", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, min_group), "N",
    "Fewest respondents that may be counted in public", "3 unless given.", NULL },
  { "limit", 'n', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, limit), "N",
    "List at most N sentences that differ",
    "In a table 10 unless given, or all with --differences; on a page 100; in CSV and JSON all.",
    NULL },
  { "bootstrap", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, bootstrap), "N",
    "Resamples for the intervals", "2000 unless given, 10000 at most; sources are drawn.", NULL },
  { "no-intervals", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, no_intervals), NULL,
    "Leave out the intervals", "Nothing is drawn then.", NULL },
  { "seed", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, seed), "N",
    "Number that chance starts from", "The same seed gives the same intervals.", NULL },
  { "jobs", 'j', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, jobs), "N", "Threads",
    "0 takes all processors. The output is the same.", NULL },
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it",
    "table, html (a page with charts), svg (the first of these: a forest plot) and xlsx (a "
    "workbook) for people; csv and json for programs.",
    formats },
  ATTEST_OPTION_OUTPUT (Options),
  { NULL }
};

/* ---- what is compared ---- */

/* A codebook is a file or an id, so that a folder holds projects. */
static gboolean
is_project (const Options *opts, const char *arg)
{
  return opts->projects || strcmp (arg, "-") == 0 || g_str_has_suffix (arg, ".attest")
         || g_file_test (arg, G_FILE_TEST_IS_DIR);
}

/* Number of @name in @names, or 0 for NULL. */
static guint
find_name (const char *const *names, const char *name)
{
  for (guint i = 0; name != NULL && names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return i;
  return 0;
}

/* ---- the command ---- */

static gboolean
suggest (const AttestComparePrint *print, const AttestCompareWish *wish, GError **error)
{
  g_autoptr (AttestTable) table = NULL;

  if (wish->codebooks->len != 2)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--suggest-mapping takes two codebooks");
  if (attest_compare_print_is_picture (print) || g_strcmp0 (print->format, "xlsx") == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--suggest-mapping prints a table, csv or json");
  table = attest_cli_suggest_mapping (print->inv, wish, error);
  if (table == NULL || !attest_compare_print_mapping (print, table, error))
    return FALSE;
  if (attest_table_n_rows (table) == 0)
    attest_cli_complain (print->inv,
                         "no two codes of the codebooks share enough sentences to be paired");
  return TRUE;
}

/* (nullable) */
static const char *
part_of (const Options *opts)
{
  return opts->differences ? "differences" : opts->part;
}

static gint64
max_differences (const Options *opts)
{
  gboolean lists_them = g_strcmp0 (part_of (opts), "differences") == 0;
  gboolean for_people = opts->format == NULL || strcmp (opts->format, "table") == 0;

  if (opts->suggest_mapping)
    return 0;
  if (opts->limit > 0)
    return MIN (opts->limit, ATTEST_MAX_DIFFERENCES);
  if (g_strcmp0 (opts->format, "html") == 0)
    return DEFAULT_ON_PAGE;
  return for_people && !lists_them ? DEFAULT_SHOWN : ATTEST_MAX_DIFFERENCES;
}

static gboolean
compare (const AttestComparePrint *print, const AttestCompareWish *wish, GError **error)
{
  AttestInvocation *inv = print->inv;
  g_autoptr (AttestComparison) comparison = attest_cli_compare (inv, wish, error);

  if (comparison == NULL)
    return FALSE;
  if (comparison->n_differences > ATTEST_MAX_DIFFERENCES
      && wish->max_differences == ATTEST_MAX_DIFFERENCES)
    attest_cli_complain (
        inv, "warning: only the first %d of %" G_GINT64_FORMAT " sentences that differ are listed",
        ATTEST_MAX_DIFFERENCES, comparison->n_differences);
  if (comparison->n_differences > 0 && inv->exit == ATTEST_EXIT_OK)
    inv->exit = ATTEST_EXIT_FOUND;
  return attest_compare_print_comparison (print, comparison, error);
}

/* 0: for the team. */
static guint
min_group (const Options *opts)
{
  if (!opts->public)
    return 0;
  return opts->min_group > 0 ? (guint)opts->min_group : ATTEST_DISCLOSURE_MIN_GROUP;
}

/* ---- groups and projects ---- */

/* Without codebooks. */
static AttestCompareWish
make_wish (const Options *opts, const GPtrArray *projects)
{
  guint rounds = opts->bootstrap > 0 ? (guint)opts->bootstrap : DEFAULT_ROUNDS;

  return (AttestCompareWish){ .projects = projects,
                              .mapping = opts->mapping,
                              .attribute = opts->by,
                              .unit
                              = (AttestCompareUnit)find_name (attest_compare_units, opts->unit),
                              .only_common = opts->only_common,
                              .max_differences = max_differences (opts),
                              .adjust = (AttestAdjust)find_name (attest_adjust_names, opts->adjust),
                              .rounds = opts->no_intervals ? 0 : rounds,
                              .seed = (guint64)opts->seed,
                              .min_group = opts->suggest_mapping ? 0 : min_group (opts),
                              .jobs = attest_cli_jobs (opts->jobs) };
}

/* Whether an option asks for what only a comparison of passages has. */
static gboolean
needs_passages (const Options *opts)
{
  return opts->mapping != NULL || part_of (opts) != NULL || opts->only_common;
}

static gboolean
throw_no_passages (GError **error)
{
  return attest_throw (error, ATTEST_ERROR_USAGE,
                       "--mapping, --part, --differences and --common need two codebooks, or "
                       "projects that hold the same texts and were coded");
}

static gboolean
compare_populations (AttestInvocation *inv, const GPtrArray *projects, const char *codebook,
                     GError **error)
{
  const Options *opts = inv->opts;
  AttestCompareWish stored = make_wish (opts, projects);
  AttestPopulationsWish wish
      = { .projects = projects,
          .codebook = codebook,
          .attribute = opts->by,
          .by_source = g_strcmp0 (opts->unit, "source") == 0,
          .adjust = (AttestAdjust)find_name (attest_adjust_names, opts->adjust),
          .seed = (guint64)opts->seed,
          .min_group = min_group (opts),
          .jobs = attest_cli_jobs (opts->jobs),
          .stored = &stored };

  if (opts->unit != NULL && !wish.by_source && strcmp (opts->unit, "respondent") != 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--unit %s is for codebooks: %ss of one respondent are not independent; "
                         "groups are compared by respondent, projects by respondent or source",
                         opts->unit, opts->unit);
  if (wish.by_source && opts->by != NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--unit source does not go with --by: a source has no group of its own");
  if (opts->suggest_mapping)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--suggest-mapping needs two codebooks");
  if (opts->by != NULL && needs_passages (opts))
    return throw_no_passages (error);
  const AttestComparePrint print
      = { .inv = inv, .format = opts->format, .output = opts->output, .part = part_of (opts) };
  g_autoptr (AttestPopulations) populations = attest_cli_populations_load (inv, &wish, error);
  if (populations == NULL)
    return FALSE;
  if (populations->shared == NULL && needs_passages (opts))
    return throw_no_passages (error);
  gboolean differ = populations->shared != NULL && populations->shared->n_differences > 0;
  if ((differ || attest_populations_count_found (populations) > 0) && inv->exit == ATTEST_EXIT_OK)
    inv->exit = ATTEST_EXIT_FOUND;
  return attest_compare_print_populations (&print, populations, error);
}

/* ---- codebooks ---- */

static gboolean
check_part (const Options *opts, guint n_codebooks, GError **error)
{
  const char *part = opts->part;

  if (part == NULL)
    return TRUE;
  if (opts->differences && strcmp (part, "differences") != 0)
    return attest_throw (error, ATTEST_ERROR_USAGE, "either --differences or --part %s", part);
  if (opts->by == NULL && (strcmp (part, "shifts") == 0 || strcmp (part, "between") == 0))
    return attest_throw (error, ATTEST_ERROR_USAGE, "--part %s needs --by ATTR", part);
  if (g_strcmp0 (opts->format, "json") == 0 && strcmp (part, "differences") != 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--part %s prints a table or CSV: JSON has all parts", part);
  if (n_codebooks < 3 && (strcmp (part, "all") == 0 || strcmp (part, "pairs") == 0))
    return attest_throw (error, ATTEST_ERROR_USAGE, "--part %s needs three codebooks or more",
                         part);
  return TRUE;
}

static gboolean
compare_codebooks (AttestInvocation *inv, const GPtrArray *projects, const GPtrArray *given,
                   GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GPtrArray) codebooks
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_codebook_unref);

  if (opts->codebook != NULL || g_strcmp0 (opts->unit, "respondent") == 0)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "--codebook and --unit respondent are for projects and groups");
  if (!check_part (opts, given->len, error)
      || !attest_cli_compare_load_codebooks (given, projects, codebooks, error))
    return FALSE;
  AttestCompareWish wish = make_wish (opts, projects);
  wish.codebooks = codebooks;
  wish.given = given;
  const AttestComparePrint print
      = { .inv = inv, .format = opts->format, .output = opts->output, .part = part_of (opts) };
  return opts->suggest_mapping ? suggest (&print, &wish, error) : compare (&print, &wish, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GPtrArray) named = g_ptr_array_new (), given = g_ptr_array_new ();
  const char *codebook = opts->codebook;

  if (opts->bootstrap > MAX_ROUNDS)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--bootstrap: at most %d", MAX_ROUNDS);
  if (opts->public && opts->internal)
    return attest_throw (error, ATTEST_ERROR_USAGE, "either --public or --internal");
  for (guint i = 0; i < inv->n_args; i++)
    g_ptr_array_add (is_project (opts, inv->args[i]) ? named : given, inv->args[i]);
  g_autoptr (GPtrArray) projects = attest_cli_choose_projects (inv, named, opts->project, error);
  if (projects == NULL)
    return FALSE;
  if (given->len > 1)
    return compare_codebooks (inv, projects, given, error);
  if (given->len == 1 && codebook == NULL)
    codebook = g_ptr_array_index (given, 0);
  if (projects->len < 2 && opts->by == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "nothing to compare: name two codebooks, two projects, or the groups of "
                         "an attribute by --by ATTR");
  return compare_populations (inv, projects, codebook, error);
}

static const AttestExampleLine examples[]
    = { { "compare codebook.yaml oecd-dac", "exit 10 when they differ anywhere" },
        { "compare codebook.yaml oecd-dac --by group --format json",
          "with shifts by stakeholder group; exit 10 when they differ" },
        { "compare codebook.yaml oecd-dac --by group --part between",
          "do groups differ in what is lost? exit 10 when any sentence differs" },
        { "compare codebook.yaml oecd-dac --differences --common --format csv",
          "the sentences and the rules responsible; exit 10 when there are any" },
        { "compare codebook.yaml oecd-dac --suggest-mapping", "which codes mean the same?" },
        { "compare --by group --codebook mine", "do groups differ? exit 10 when they do" },
        { "compare kyrgyz.attest copies/ana.attest",
          "what two copies hold in the same texts; exit 10 when they differ" },
        { "compare copies --codebook mine", "all projects of a folder; exit 10 when they differ" },
        { NULL } };

const AttestCommand attest_cmd_compare = {
  .name = "compare",
  .group = "compare",
  .synopsis = "CODEBOOK CODEBOOK… [PROJECT.attest…]",
  .summary = "Hold codebooks against each other on the same texts",
  .doc
  = "Codes the sources of one or more projects by each codebook, in memory: nothing is "
    "changed. A codebook is a file, the id of a shipped one, or of one that the (first) project "
    "keeps; the first is what the others "
    "are held against.\n\n"
    "For each code that they share: how many units and respondents have it by each, by both, "
    "gained and lost; Jaccard (the share of the units with the code by either that have it by "
    "both) and Krippendorff's alpha, with intervals by drawing sources. Then whether they find as "
    "much: a paired test of each code by source, beside McNemar's; with --by in each group, and "
    "whether groups differ in what they lose and gain. Then the sentences "
    "that differ, with the rules behind it. Segments that somebody rejected in the project are "
    "left out on both sides.\n\n"
    "With two projects or more and at most one codebook: how many respondents (or sources) of "
    "each have each code. With --by: how many of each group. Of two, percentage points apart "
    "and the odds ratio with intervals and Fisher's exact test; of more, Cramér's V and "
    "chi-square, or an exact test where a count of less than 5 is expected; p is adjusted for "
    "the number of codes. Segments are never counted as if they were independent.\n\n"
    "Texts that projects have in common count once: what all of them hold is compared passage by "
    "passage, as if the projects were codebooks, and does not count among the respondents.\n\n"
    "The exit status is 10 when any sentence has other codes: a script can tell that a changed "
    "codebook finds the same.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
