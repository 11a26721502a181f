#include "cli/attest-cli-commands.h"

typedef struct
{
  char *title;
} Options;

static const AttestOption options[]
    = { { "title", 't', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, title), "TEXT",
          "Title of the evaluation", "Kept in the project and printed on reports.", NULL },
        { NULL } };

static const AttestExampleLine examples[]
    = { { "init migration", "makes migration.attest" }, { NULL } };

static gboolean
run (AttestInvocation *inv, GError **error)
{
  Options *opts = inv->opts;
  g_autofree char *path = g_str_has_suffix (inv->args[0], ".attest")
                              ? g_strdup (inv->args[0])
                              : g_strconcat (inv->args[0], ".attest", NULL);
  g_autoptr (AttestStore) store = attest_store_create (path, opts->title, error);

  if (store == NULL)
    return FALSE;
  attest_cli_say (inv, "made %s; next: attest --project %s ingest FILE…\n", path, path);
  return TRUE;
}

const AttestCommand attest_cmd_init = {
  .name = "init",
  .group = "start",
  .synopsis = "NAME",
  .summary = "Make an empty project file",
  .doc = "Makes NAME.attest, one file that holds everything of an evaluation, readable by its "
         "owner only. An existing file is left alone.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
