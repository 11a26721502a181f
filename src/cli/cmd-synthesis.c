/* synthesis: what many evaluations found, side by side. */
#include "cli/attest-cli-workbook.h"
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-projects.h"
#include "cli/attest-cli-report.h"
#include "cli/attest-progress.h"
#include "codebook/attest-strength-file.h"
#include "report/attest-report-synthesis.h"
#include "store/attest-store-project.h"
#include "util/attest-limits.h"
#include "util/attest-pipeline.h"

#include <string.h>

typedef struct
{
  char *by, *codebook, *rules, *format, *output;
  char **attributes;
  gboolean public, internal;
  int min_group, jobs;
} Options;

static const char *const formats[] = { "table", "csv", "json", "html", "xlsx", NULL };

static const AttestOption options[] = {
  { "by", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, by), "KEY",
    "Totals by what is known of the project",
    "For example donor, country, thematic_area, gender_marker, or year (of the report, or else of "
    "the end of the project). A project with several donors counts for each. In CSV the totals are "
    "written instead of the evaluations.",
    NULL },
  { "attribute", 'a', ATTEST_OPT_STRINGS, G_STRUCT_OFFSET (Options, attributes), "KEY",
    "What to show of each project, may be repeated",
    "Without it country, year, donor, thematic_area and gender_marker, as far as any has them.",
    NULL },
  { "codebook", 'b', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codebook), "ID",
    "Codebook whose segments are counted",
    "Without it the one that coded each project last. A project without it is named and left out.",
    NULL },
  { "rules", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, rules), "FILE",
    "Rules by which strength is told", "Without it, the shipped ones.", NULL },
  { "public", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, public), NULL,
    "For readers outside of the team",
    "Small counts of respondents, and counts of all but a few, are not printed, nor the paths of "
    "files.",
    NULL },
  { "internal", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, internal), NULL,
    "For the team, as without --public", "Everything is printed.", NULL },
  { "min-group", 0, ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, min_group), "N",
    "Fewest respondents that may be counted in public", "3 unless given.", NULL },
  { "jobs", 'j', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, jobs), "N", "Threads",
    "0 takes all processors. The output is the same.", NULL },
  { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
    "How to print it",
    "table, html (a page with charts) and xlsx (a workbook) for people, csv and json for programs.",
    formats },
  ATTEST_OPTION_OUTPUT (Options),
  { NULL }
};

/* ---- reading them ---- */

typedef struct
{
  AttestInvocation *inv;
  const GPtrArray *paths;
  guint next;
  AttestSynthesisOptions options;
  AttestSynthesis *synthesis;
  AttestProgress progress;
} Reading;

typedef struct
{
  const char *path;
  AttestEvaluation *evaluation; /* NULL: error */
  GError *error;
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  attest_evaluation_free (item->evaluation);
  g_clear_error (&item->error);
  g_free (item);
}

static gpointer
next_path (gpointer data, guint64 *out_cost, GError **error)
{
  Reading *reading = data;

  if (reading->next >= reading->paths->len)
    return NULL;
  Item *item = g_new0 (Item, 1);
  item->path = g_ptr_array_index (reading->paths, reading->next++);
  return item;
}

/* Opened, read and closed by one thread. */
static gpointer
read_project (gpointer data, guint worker, gpointer user_data)
{
  const Reading *reading = user_data;
  Item *item = data;
  g_autoptr (AttestStore) store
      = attest_store_open (item->path, ATTEST_STORE_IN_PLACE, &item->error);

  if (store != NULL)
    item->evaluation = attest_evaluation_load (store, &reading->options, &item->error);
  if (item->evaluation != NULL && !attest_store_check_unchanged (store, &item->error))
    g_clear_pointer (&item->evaluation, attest_evaluation_free);
  return item;
}

static gboolean
take_project (gpointer data, gpointer user_data, GError **error)
{
  Reading *reading = user_data;
  Item *item = data;

  attest_progress_step (&reading->progress);
  if (item->evaluation != NULL)
    attest_synthesis_add (reading->synthesis, g_steal_pointer (&item->evaluation));
  else
    {
      gboolean is_named = strstr (item->error->message, item->path) != NULL;

      attest_cli_complain (reading->inv, "%s%s%s; left out", is_named ? "" : item->path,
                           is_named ? "" : ": ", item->error->message);
      attest_synthesis_fail (reading->synthesis, item->path, item->error->message);
      reading->inv->exit = attest_error_exit (item->error);
    }
  item_free (item);
  return TRUE;
}

static gboolean
read_all (Reading *reading, GError **error)
{
  static const AttestPipelineFuncs funcs = { next_path, read_project, take_project, item_free };
  const Options *opts = reading->inv->opts;

  attest_progress_start (&reading->progress, reading->inv, "reading", reading->paths->len);
  gboolean ok = attest_pipeline_run (&funcs, reading, attest_cli_jobs (opts->jobs),
                                     ATTEST_MAX_QUEUED_BYTES, error);
  attest_progress_end (&reading->progress);
  if (ok && reading->synthesis->evaluations->len == 0)
    return attest_throw (error, ATTEST_ERROR_STORE, "none of the projects could be read");
  return ok;
}

/* ---- attributes ---- */

static gboolean
somebody_has (const AttestSynthesis *synthesis, const char *key)
{
  for (guint i = 0; i < synthesis->evaluations->len; i++)
    if (attest_evaluation_get (g_ptr_array_index (synthesis->evaluations, i), key) != NULL)
      return TRUE;
  return FALSE;
}

/* What the projects have, for who asked for something else. */
static char *
dup_known (const AttestSynthesis *synthesis)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint i = 0; i < synthesis->evaluations->len; i++)
    {
      const AttestEvaluation *evaluation = g_ptr_array_index (synthesis->evaluations, i);

      for (guint k = 0; k < evaluation->attributes->len; k++)
        {
          char *key = g_array_index (evaluation->attributes, AttestSynthesisAttribute, k).key;

          if (!g_ptr_array_find_with_equal_func (known, key, g_str_equal, NULL))
            g_ptr_array_add (known, key);
        }
    }
  g_ptr_array_add (known, NULL);
  return g_strjoinv (", ", (char **)known->pdata);
}

static char *
dup_key (const AttestSynthesis *synthesis, const char *option, const char *given, GError **error)
{
  g_autofree char *key = attest_project_normalise_key (given);

  if (key != NULL && somebody_has (synthesis, key))
    return g_steal_pointer (&key);
  g_autofree char *known = dup_known (synthesis);
  return attest_throw_null (error, ATTEST_ERROR_USAGE, "--%s %s: no project has it; they have: %s",
                            option, given, known);
}

static gboolean
choose_attributes (AttestInvocation *inv, AttestSynthesis *synthesis, GError **error)
{
  static const char *const usual[]
      = { "country", "year", "donor", "thematic_area", "gender_marker" };
  const Options *opts = inv->opts;

  for (guint i = 0; opts->attributes == NULL && i < G_N_ELEMENTS (usual); i++)
    if (somebody_has (synthesis, usual[i]))
      g_ptr_array_add (synthesis->attributes, g_strdup (usual[i]));
  for (char **given = opts->attributes; given != NULL && *given != NULL; given++)
    {
      char *key = dup_key (synthesis, "attribute", *given, error);

      if (key == NULL)
        return FALSE;
      g_ptr_array_add (synthesis->attributes, key);
    }
  if (opts->by != NULL && (synthesis->by = dup_key (synthesis, "by", opts->by, error)) == NULL)
    return FALSE;
  return TRUE;
}

/* ---- printing ---- */

static void
append_for_people (AttestInvocation *inv, const AttestSynthesis *synthesis, AttestOutput *output)
{
  const Options *opts = inv->opts;
  GString *buffer = attest_output_get_buffer (output);
  g_autoptr (AttestTable) evaluations = attest_synthesis_table_new (synthesis);
  g_autoptr (AttestTable) totals = attest_synthesis_totals_new (synthesis, TRUE);
  g_autoptr (GPtrArray) remarks = attest_synthesis_remarks (synthesis);

  attest_cli_append_table (inv, evaluations, opts->output, output);
  g_string_append_c (buffer, '\n');
  attest_cli_append_table (inv, totals, opts->output, output);
  attest_cli_append_remarks (inv, remarks, opts->output, output);
}

static gboolean
print_workbook (AttestInvocation *inv, const AttestSynthesis *synthesis, AttestOutput *output,
                GError **error)
{
  const Options *opts = inv->opts;
  const AttestSheet sheets[]
      = { { "evaluations", attest_synthesis_cells_new (synthesis) },
          { "totals",
            synthesis->by != NULL ? attest_synthesis_totals_new (synthesis, FALSE) : NULL } };

  return attest_cli_append_workbook (inv, sheets, G_N_ELEMENTS (sheets), opts->output, output,
                                     error);
}

static gboolean
print (AttestInvocation *inv, const AttestSynthesis *synthesis, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (AttestOutput) output = attest_cli_open_output (inv, opts->output, error);

  if (output == NULL)
    return FALSE;
  if (g_strcmp0 (opts->format, "xlsx") == 0)
    return print_workbook (inv, synthesis, output, error) && attest_output_close (output, error);
  if (g_strcmp0 (opts->format, "html") == 0)
    attest_synthesis_write_html (synthesis, attest_output_get_buffer (output));
  else if (g_strcmp0 (opts->format, "json") == 0)
    attest_synthesis_write_json (synthesis, attest_output_get_buffer (output));
  else if (g_strcmp0 (opts->format, "csv") == 0)
    {
      g_autoptr (AttestTable) table = synthesis->by != NULL
                                          ? attest_synthesis_totals_new (synthesis, FALSE)
                                          : attest_synthesis_cells_new (synthesis);

      attest_table_write_csv (table, attest_output_get_buffer (output));
    }
  else
    append_for_people (inv, synthesis, output);
  return attest_output_close (output, error);
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (AttestStrengthRules) rules = attest_strength_rules_load (
      opts->rules != NULL ? opts->rules : "strength", problems, error);
  g_autoptr (GPtrArray) paths
      = rules != NULL
            ? attest_cli_list_projects (inv, (const char *const *)inv->args, inv->n_args, error)
            : NULL;
  g_autoptr (AttestSynthesis) synthesis = attest_synthesis_new ();
  guint min_group = opts->min_group > 0 ? (guint)opts->min_group : ATTEST_DISCLOSURE_MIN_GROUP;

  if (paths == NULL)
    return FALSE;
  if (opts->public && opts->internal)
    return attest_throw (error, ATTEST_ERROR_USAGE, "either --public or --internal");
  Reading reading = { .inv = inv,
                      .paths = paths,
                      .options = { .codebook = opts->codebook,
                                   .rules = rules,
                                   .is_public = opts->public,
                                   .min_group = min_group },
                      .synthesis = synthesis };
  synthesis->min_group = opts->public ? min_group : 0;
  return read_all (&reading, error) && choose_attributes (inv, synthesis, error)
         && print (inv, synthesis, error);
}

static const AttestExampleLine examples[]
    = { { "synthesis kyrgyz.attest", "ratings, strength and frequencies of an evaluation" },
        { "synthesis . --format csv", "of all projects in this folder, a line a criterion" },
        { "synthesis kyrgyz.attest --public --format json", "for a page that others read" },
        { NULL } };

const AttestCommand attest_cmd_synthesis = {
  .name = "synthesis",
  .group = "compare",
  .synopsis = "PROJECT…|FOLDER…|-",
  .summary = "Put ratings and evidence of evaluations side by side",
  .doc
  = "A row is an evaluation, a column a criterion: its rating, the strength of the evidence, and "
    "how many respondents spoke of it. Below are totals, by --by for each value of an "
    "attribute: how often each level of each scale was given, and the one in the middle. "
    "Levels of different scales are never put together, and numbers never averaged.\n\n"
    "Projects are files, folders with files, or with - a list on standard input, a path a "
    "line. They are read in place, one after another, and not changed; one of an older attest "
    "is read from a copy in memory. One that cannot be read (damaged, foreign, of a newer "
    "attest, not coded by --codebook) is named and left out, the others go on, and the exit "
    "status is that of the last such error.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
