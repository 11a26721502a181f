/* keyness: words that are typical of a group or an evaluation. */
#include "cli/attest-cli-workbook.h"
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-projects.h"
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-speech.h"
#include "engine/attest-terms.h"
#include "report/attest-disclosure.h"
#include "report/attest-report-keyness.h"
#include "stats/attest-keyness.h"

#include <math.h>
#include <string.h>

typedef struct
{
  char *by, *lang, *adjust, *format, *output;
  char **project;
  gboolean all, public, internal;
  int min_count, min_respondents, words, limit;
} Options;

#define DEFAULT_MIN_COUNT 5
#define DEFAULT_MIN_RESPONDENTS 2
#define DEFAULT_LIMIT 20

static const char *const formats[] = { "table", "csv", "json", "html", "xlsx", NULL };

static const AttestOption options[] = {
  { "by", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, by), "ATTR",
    "Attribute of the respondents whose groups are meant",
    "For example group. Without it, two projects or more are held against each other.", NULL },
  { "project", 0, ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, project), "FILE",
    "Project that is meant, may be repeated",
    "Also a folder, which means all project files in it, a pattern such as 'asia/*.attest', or - "
    "for a list on standard input; as the arguments. Without any, the project of the folder. "
    "Nothing in it is changed.",
    NULL },
  { "lang", 'l', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, lang), "LANG",
    "Only what is said in this language",
    "An ISO 639-1 code such as en. Without it, every language is counted by itself.", NULL },
  { "words", 'w', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, words), "N",
    "Phrases of at most N words", "3 unless given, which is the most.", NULL },
  { "min-count", 'm', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, min_count), "N",
    "Only terms that the group uses N times or more", "5 unless given.", NULL },
  { "min-respondents", 'r', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, min_respondents), "N",
    "Only terms that N of the group use or more",
    "2 unless given: what one person alone says, a name perhaps, tells who speaks. In public 3.",
    NULL },
  { "limit", 'n', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, limit), "N",
    "At most N terms of a group and language", "20 unless given.", NULL },
  { "all", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, all), NULL,
    "Also terms whose p is not below .05", "Those that the group uses more often, by G².", NULL },
  { "adjust", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, adjust), "METHOD",
    "How p is adjusted for the number of terms", "bh unless given, holm or none.",
    attest_adjust_names },
  { "public", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, public), NULL,
    "For readers outside of the team",
    "Terms and groups of fewer than three respondents are left out, and who says a term most; "
    "names "
    "of speakers are taken out of what is said.",
    NULL },
  { "internal", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, internal), NULL,
    "For the team, as without --public", "Everything is printed.", NULL },
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it",
    "table, html (a page with a chart) and xlsx (a workbook) for people, csv and json for "
    "programs.",
    formats },
  ATTEST_OPTION_OUTPUT (Options),
  { NULL }
};

typedef struct
{
  const Options *opts;
  const AttestSpeeches *speeches;
  AttestTermIndex *index;
  AttestKeyness *keyness;
} Counting;

/* ---- counting ---- */

static AttestKeyTerm
rate (const Counting *counting, const AttestTerm *term, const AttestTermGround *ground)
{
  double a = (double)term->in_code, b = (double)term->in_rest;
  double c = (double)ground->code_words, d = (double)ground->rest_words;
  AttestKeyTerm out = { .ground = counting->keyness->grounds->len - 1,
                        .text = g_strdup (term->text),
                        .n_words = term->n_words,
                        .a = (gint64)term->in_code,
                        .b = (gint64)term->in_rest,
                        .respondents = term->code_passages,
                        .others = term->rest_passages };
  guint top = 0;

  out.g2 = attest_keyness_g2 (a, b, c, d);
  out.log_ratio = attest_keyness_log_ratio (a, b, c, d);
  out.bic = attest_keyness_bic (a, b, c, d);
  out.ell = attest_keyness_ell (a, b, c, d);
  out.min_expected = attest_keyness_min_expected (a, b, c, d);
  out.dp = attest_dispersion_dp_norm (term->counts, ground->words, ground->n_clusters);
  out.p = attest_chi2_p (out.g2, 1);
  out.p_respondents
      = attest_fisher_2x2 (term->code_passages, ground->code_passages - term->code_passages,
                           term->rest_passages, ground->rest_passages - term->rest_passages);
  for (guint i = 1; i < ground->n_clusters; i++)
    if (term->counts[i] > term->counts[top])
      top = i;
  if (2 * term->counts[top] > term->in_code)
    out.mostly = g_strdup (g_ptr_array_index (counting->speeches->persons, top));
  return out;
}

static void
count_ground (Counting *counting, guint group, const char *lang)
{
  AttestKeyness *keyness = counting->keyness;
  guint most_words = counting->opts->words > 0 ? (guint)counting->opts->words : G_MAXUINT;
  g_auto (AttestTermGround) ground = { 0 };
  g_autoptr (GPtrArray) terms
      = attest_term_index_count (counting->index, lang, group, keyness->min_respondents, &ground);
  AttestKeyGround info
      = { .group = g_strdup (g_ptr_array_index (counting->speeches->groups, group)),
          .lang = lang,
          .words = (gint64)ground.code_words,
          .other_words = (gint64)ground.rest_words,
          .respondents = ground.code_passages,
          .others = ground.rest_passages };

  /* A language that one group alone speaks has nothing to be held against. */
  if (ground.code_words == 0 || ground.rest_words == 0
      || (keyness->is_public && ground.code_passages < ATTEST_DISCLOSURE_MIN_GROUP))
    {
      g_free (info.group);
      return;
    }
  g_array_append_val (keyness->grounds, info);
  for (guint i = 0; i < terms->len; i++)
    {
      const AttestTerm *term = g_ptr_array_index (terms, i);

      if (term->in_code < keyness->min_count || term->n_words > most_words)
        continue;
      AttestKeyTerm rated = rate (counting, term, &ground);
      g_array_append_val (keyness->terms, rated);
      g_array_index (keyness->grounds, AttestKeyGround, keyness->grounds->len - 1).n_terms++;
    }
}

static gboolean
count (Counting *counting, GError **error)
{
  g_autoptr (GPtrArray) passages
      = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_passage_free);

  for (guint i = 0; i < counting->speeches->speeches->len; i++)
    {
      const AttestSpeech *speech = g_ptr_array_index (counting->speeches->speeches, i);
      AttestPassage *passage
          = attest_passage_new (speech->text->str, speech->text->len, speech->lang, speech->person);

      attest_passage_add_code (passage, speech->group);
      g_ptr_array_add (passages, passage);
    }
  counting->index = attest_term_index_new (passages, error);
  if (counting->index == NULL)
    return FALSE;
  const GPtrArray *langs = attest_term_index_get_langs (counting->index);
  for (guint group = 0; group < counting->speeches->groups->len; group++)
    for (guint i = 0; i < langs->len; i++)
      count_ground (counting, group, g_ptr_array_index (langs, i));
  attest_keyness_finish (counting->keyness, counting->opts->all);
  attest_term_index_free (counting->index);
  return TRUE;
}

/* ---- the command ---- */

static gboolean
print_workbook (AttestInvocation *inv, const AttestKeyness *keyness, AttestOutput *output,
                GError **error)
{
  const Options *opts = inv->opts;
  const AttestSheet sheet = { "terms", attest_keyness_table_new (keyness, FALSE) };

  return attest_cli_append_workbook (inv, &sheet, 1, opts->output, output, error);
}

static gboolean
print (AttestInvocation *inv, const AttestKeyness *keyness, GError **error)
{
  const Options *opts = inv->opts;
  gboolean for_people = opts->format == NULL || strcmp (opts->format, "table") == 0;
  g_autoptr (AttestOutput) output = attest_cli_open_output (inv, opts->output, error);
  g_autoptr (AttestTable) table = attest_keyness_table_new (keyness, for_people);
  g_autoptr (GPtrArray) remarks = attest_keyness_remarks (keyness);

  if (output == NULL)
    return FALSE;
  if (g_strcmp0 (opts->format, "xlsx") == 0)
    return print_workbook (inv, keyness, output, error) && attest_output_close (output, error);
  GString *buffer = attest_output_get_buffer (output);
  if (g_strcmp0 (opts->format, "json") == 0)
    attest_keyness_write_json (keyness, buffer);
  else if (g_strcmp0 (opts->format, "html") == 0)
    attest_keyness_write_html (keyness, buffer);
  else if (!for_people)
    attest_table_write_csv (table, buffer);
  else
    {
      if (keyness->terms->len > 0)
        attest_cli_append_table (inv, table, opts->output, output);
      else
        g_string_append (buffer, "No words are typical of any group.\n");
      attest_cli_append_remarks (inv, remarks, opts->output, output);
    }
  return attest_output_close (output, error);
}

static GPtrArray *
list_projects (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GPtrArray) named = g_ptr_array_new ();

  for (guint i = 0; i < inv->n_args; i++)
    g_ptr_array_add (named, inv->args[i]);
  g_autoptr (GPtrArray) projects = attest_cli_choose_projects (inv, named, opts->project, error);
  if (projects == NULL)
    return NULL;
  if (projects->len < 2 && opts->by == NULL)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "nothing to compare: name two projects, or the groups of an "
                              "attribute by --by ATTR");
  return g_steal_pointer (&projects);
}

static void
set_limits (const Options *opts, AttestKeyness *keyness)
{
  guint least = opts->min_respondents > 0 ? (guint)opts->min_respondents : DEFAULT_MIN_RESPONDENTS;

  keyness->is_public = opts->public;
  keyness->min_count = opts->min_count > 0 ? (guint)opts->min_count : DEFAULT_MIN_COUNT;
  keyness->min_respondents = opts->public ? MAX (least, ATTEST_DISCLOSURE_MIN_GROUP) : least;
  keyness->limit = opts->limit > 0 ? (guint)opts->limit : DEFAULT_LIMIT;
  keyness->adjust = ATTEST_ADJUST_BH;
  for (guint i = 0; opts->adjust != NULL && attest_adjust_names[i] != NULL; i++)
    if (strcmp (attest_adjust_names[i], opts->adjust) == 0)
      keyness->adjust = (AttestAdjust)i;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autofree char *attribute = attest_store_normalise_attribute (opts->by);
  g_autoptr (AttestKeyness) keyness = attest_keyness_new ();

  if (opts->public && opts->internal)
    return attest_throw (error, ATTEST_ERROR_USAGE, "either --public or --internal");
  if (opts->words > ATTEST_MAX_TERM_WORDS)
    return attest_throw (error, ATTEST_ERROR_USAGE, "--words: at most %d", ATTEST_MAX_TERM_WORDS);
  g_autoptr (GPtrArray) projects
      = attest_cli_check_lang (opts->lang, error) ? list_projects (inv, error) : NULL;
  if (projects == NULL)
    return FALSE;
  g_autoptr (AttestSpeeches) speeches
      = attest_speeches_load (projects, attribute, opts->lang, opts->public, error);
  if (speeches == NULL)
    return FALSE;
  if (speeches->groups->len < 2)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "all respondents have the same '%s': there is nothing to compare",
                         attribute);
  set_limits (opts, keyness);
  keyness->by = g_strdup (attribute);
  keyness->n_shared = speeches->n_shared;
  Counting counting = { .opts = opts, .speeches = speeches, .keyness = keyness };
  return count (&counting, error) && print (inv, keyness, error);
}

static const AttestExampleLine examples[]
    = { { "keyness --by group", "what does each stakeholder group talk about?" },
        { "keyness --by group --lang en --words 1 --format csv", "single words, for programs" },
        { "keyness kyrgyz.attest others/tajik.attest --all", "two evaluations" },
        { NULL } };

const AttestCommand attest_cmd_keyness = {
  .name = "keyness",
  .group = "compare",
  .synopsis = "[PROJECT…]",
  .summary = "Find words that are typical of a group or evaluation",
  .doc
  = "Lists the words, and phrases of two or three words, that a group of respondents uses more "
    "often than all others, or the respondents of an evaluation more often than those of the "
    "others; each language by itself. Interviewers are left out.\n\n"
    "G² (log-likelihood of two cells) says how surely, log ratio how much: 1 is twice as often, "
    "2 four times. DP says how evenly a term is spread over the respondents of the group: 0 "
    "evenly, 1 all in one; \"mostly\" names who has more than half of it. p is of G², adjusted "
    "for the number of terms that were tested; \"few\" marks terms of which fewer than five are "
    "expected. Words of one respondent are not independent, so that p is too small: \"p of "
    "who\" is Fisher's exact test of the respondents who use the term.\n\n"
    "Projects are read in place and not changed.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
