/* runs: when which codebook coded what, and whether it would find the same again. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-rerun.h"
#include "util/attest-json.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *codebook, *format;
  gboolean check;
  int jobs;
} Options;

static const AttestOption options[]
    = { { "codebook", 'b', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, codebook), "ID",
          "Only runs of this codebook", "Of all its versions.", NULL },
        { "check", 0, ATTEST_OPT_BOOL, G_STRUCT_OFFSET (Options, check), NULL,
          "Code again in memory and tell whether the same is found",
          "Each run by the codebook, the options and the texts that it had then. Exit 10 when one "
          "finds something else now.",
          NULL },
        { "jobs", 'j', ATTEST_OPT_INT, G_STRUCT_OFFSET (Options, jobs), "N",
          "Threads that code, with --check", "0 takes all processors. The result is the same.",
          NULL },
        { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", attest_list_formats },
        { NULL } };

static AttestTable *
make_table (gboolean check)
{
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "run", "run", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "started_at", "begun", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "codebook", "codebook", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "version", "version", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "sha256", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "options", "options", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "tool_version", "attest", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "sources", "sources", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "turns", "turns", ATTEST_COLUMN_INT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "words", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "segments", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "incomplete_turns", "", ATTEST_COLUMN_INT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "last", "last", ATTEST_COLUMN_BOOL, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "libraries", "", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  if (!check)
    return table;
  attest_table_add_column (table, "segments_now", "now", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "found_again", "found again", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_PLAIN);
  return table;
}

/* A number that was perhaps not noted. */
static void
add_noted (AttestTable *table, gint64 n)
{
  if (n < 0)
    attest_table_add_null (table);
  else
    attest_table_add_int (table, n);
}

/* @rerun: (nullable) */
static void
add_row (AttestTable *table, const AttestRunInfo *info, const AttestRerun *rerun)
{
  attest_table_add_int (table, info->id);
  attest_table_add_text (table, info->started_at);
  attest_table_add_text (table, info->codebook);
  attest_table_add_text (table, info->version);
  attest_table_add_text (table, info->sha256);
  attest_table_add_text (table, info->options);
  attest_table_add_text (table, info->tool_version);
  add_noted (table, info->sources);
  attest_table_add_int (table, info->turns);
  add_noted (table, info->words);
  add_noted (table, info->segments);
  attest_table_add_int (table, info->incomplete);
  attest_table_add_bool (table, info->is_last);
  attest_table_add_text (table, info->libraries);
  if (rerun == NULL)
    return;
  attest_table_add_int (table, rerun->segments);
  attest_table_add_text (table, attest_rerun_get_proof (rerun));
}

/* Those of the codebook that is asked for. */
static GPtrArray *
list_runs (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GPtrArray) runs = attest_store_list_runs (inv->store, error);

  if (runs == NULL || opts->codebook == NULL)
    return g_steal_pointer (&runs);
  for (guint i = runs->len; i-- > 0;)
    if (strcmp (((AttestRunInfo *)runs->pdata[i])->codebook, opts->codebook) != 0)
      g_ptr_array_remove_index (runs, i);
  if (runs->len == 0)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "no run of a codebook '%s' in %s; 'attest runs' lists all",
                              opts->codebook, attest_store_get_path (inv->store));
  return g_steal_pointer (&runs);
}

static void
print (AttestInvocation *inv, const AttestTable *table, const GPtrArray *remarks)
{
  const Options *opts = inv->opts;
  g_autoptr (GString) out = g_string_new (NULL);

  if (g_strcmp0 (opts->format, "json") == 0)
    {
      g_autoptr (AttestJson) json = attest_json_new (out, TRUE);

      attest_json_begin_object (json);
      attest_json_member_int (json, "format", 1);
      attest_json_key (json, "runs");
      attest_table_write_json (table, json);
      attest_json_key (json, "warnings");
      attest_json_begin_array (json);
      for (guint i = 0; i < remarks->len; i++)
        attest_json_string (json, g_ptr_array_index (remarks, i));
      attest_json_end_array (json);
      attest_json_end_object (json);
      fprintf (inv->out, "%s\n", out->str);
      return;
    }
  if (opts->format == NULL && attest_table_n_rows (table) == 0)
    fputs ("nothing was coded yet: 'attest code' does it\n", inv->out);
  else
    attest_cli_write_table (inv, table, opts->format);
  for (guint i = 0; i < remarks->len; i++)
    attest_cli_complain (inv, "warning: %s", (char *)g_ptr_array_index (remarks, i));
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  const Options *opts = inv->opts;
  g_autoptr (GPtrArray) runs = list_runs (inv, error);
  g_autoptr (AttestTable) table = make_table (opts->check);
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const AttestRunInfo *info = g_ptr_array_index (runs, i);
      g_autoptr (AttestRerun) rerun = NULL;

      if (opts->check)
        {
          rerun = attest_rerun_new (inv->store, info->id, error);
          if (rerun == NULL
              || !attest_rerun_code (rerun, inv, inv->store, opts->jobs, NULL, NULL, error))
            return FALSE;
          g_ptr_array_extend_and_steal (remarks, attest_rerun_list_remarks (rerun));
          if (g_strcmp0 (attest_rerun_get_proof (rerun), "different") == 0)
            inv->exit = ATTEST_EXIT_FOUND;
        }
      add_row (table, info, rerun);
    }
  if (runs != NULL)
    print (inv, table, remarks);
  return runs != NULL;
}

static const AttestExampleLine examples[]
    = { { "runs", "each time that a codebook was applied" },
        { "runs --check", "exit 10 when a run would find something else now" },
        { NULL } };

const AttestCommand attest_cmd_runs = {
  .name = "runs",
  .group = "code",
  .synopsis = "",
  .summary = "List when which codebook coded what",
  .doc
  = "Each run of 'attest code' with its number, the version of the codebook, options, the attest "
    "that coded, how many sources and turns it searched and how many segments its rules found. The "
    "project keeps the segments of the last run of each codebook; an earlier one is found again "
    "from the texts, the codebook and the options of then, which --check does, and 'attest agree "
    "--run' to compare runs.\n\n"
    "Numbers that an older attest did not note are unknown.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
