/* criteria, criterion add, criterion drop: what the evaluation judges. */
#include "cli/attest-cli-commands.h"
#include "cli/attest-cli-ledger.h"
#include "cli/attest-cli-review.h"
#include "store/attest-store-project.h"

typedef struct
{
  char *format;
} ListOptions;

typedef struct
{
  char *because, *name, *coder;
} ScopeOptions;

static const AttestOption list_options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (ListOptions, format), "FORMAT",
          "How to print it", "table for people, csv and json for programs.", attest_list_formats },
        { NULL } };

#define BECAUSE                                                                                    \
  {                                                                                                \
    "because", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (ScopeOptions, because), "TEXT",              \
        "Why; it needs a reason", "Printed in reports, and kept.", NULL                            \
  }

static const AttestOption add_options[]
    = { BECAUSE,
        { "name", 0, ATTEST_OPT_STRING, G_STRUCT_OFFSET (ScopeOptions, name), "TEXT",
          "What people call it", "Any text; without it, the id.", NULL },
        ATTEST_OPTION_CODER (ScopeOptions),
        { NULL } };
static const AttestOption drop_options[]
    = { BECAUSE, ATTEST_OPTION_CODER (ScopeOptions), { NULL } };

/* ---- listing ---- */

void
attest_cli_write_criterion (const AttestCriterion *criterion, AttestJson *json)
{
  attest_json_begin_object (json);
  attest_json_member_string (json, "criterion", criterion->criterion);
  attest_json_member_string (json, "name", criterion->name);
  attest_json_member_string (json, "scope", attest_scope_to_string (criterion->scope));
  attest_json_member_bool (json, "judged", attest_criterion_is_judged (criterion));
  attest_json_member_bool (json, "in_codebook", criterion->in_codebook);
  attest_json_member_string (json, "because", criterion->because);
  attest_json_member_string (json, "by", criterion->by);
  attest_json_member_string (json, "at", criterion->at);
  attest_json_end_object (json);
}

static gboolean
run_list (AttestInvocation *inv, GError **error)
{
  g_autoptr (AttestProject) project = attest_store_load_project (inv->store, error);
  g_autoptr (AttestTable) table = attest_table_new (NULL, NULL);

  if (project == NULL)
    return FALSE;
  attest_table_add_column (table, "criterion", "criterion", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "name", "name", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "scope", "scope", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "judged", "judged", ATTEST_COLUMN_BOOL, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "in_codebook", "in a codebook", ATTEST_COLUMN_BOOL,
                           ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "because", "because", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "by", "by", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_OPTIONAL);
  attest_table_add_column (table, "at", "at", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  for (guint i = 0; i < project->criteria->len; i++)
    {
      const AttestCriterion *criterion = g_ptr_array_index (project->criteria, i);

      attest_table_add_text (table, criterion->criterion);
      attest_table_add_text (table, criterion->name);
      attest_table_add_text (table, attest_scope_to_string (criterion->scope));
      attest_table_add_bool (table, attest_criterion_is_judged (criterion));
      attest_table_add_bool (table, criterion->in_codebook);
      attest_table_add_text (table, criterion->because);
      attest_table_add_text (table, criterion->by);
      attest_table_add_text (table, criterion->at);
    }
  attest_cli_write_table (inv, table, ((ListOptions *)inv->opts)->format);
  return TRUE;
}

/* ---- deciding ---- */

/* Ends the transaction either way. */
static gboolean
finish (AttestInvocation *inv, gboolean ok, gboolean changed, GError **error)
{
  const ScopeOptions *opts = inv->opts;

  if (!ok
      || !attest_store_commit (inv->store, attest_cli_get_coder (opts->coder), inv->command->name,
                               inv->args[0], error))
    {
      attest_store_rollback (inv->store);
      return FALSE;
    }
  if (!changed)
    fprintf (inv->out, "nothing was changed: the project says so already\n");
  return TRUE;
}

static gboolean
run_scope (AttestInvocation *inv, gboolean is_added, GError **error)
{
  const ScopeOptions *opts = inv->opts;
  g_autofree char *because = NULL, *id = NULL, *name = NULL;
  gboolean changed = FALSE, ok;

  if (opts->because == NULL)
    return attest_throw (error, ATTEST_ERROR_USAGE,
                         "what is judged and what is not needs a reason: --because 'why'");
  because = attest_cli_dup_typed (opts->because, "the reason", error);
  id = because != NULL ? attest_cli_dup_typed (inv->args[0], "the criterion", error) : NULL;
  if (id == NULL)
    return FALSE;
  if (opts->name != NULL)
    {
      name = attest_cli_dup_typed (opts->name, "the name", error);
      if (name == NULL)
        return FALSE;
    }
  if (!attest_store_begin (inv->store, error))
    return FALSE;
  ok = is_added ? attest_store_add_criterion (inv->store, id, name, because, &changed, error)
                : attest_store_drop_criterion (inv->store, id, because, &changed, error);
  return finish (inv, ok, changed, error);
}

static gboolean
run_add (AttestInvocation *inv, GError **error)
{
  return run_scope (inv, TRUE, error);
}

static gboolean
run_drop (AttestInvocation *inv, GError **error)
{
  return run_scope (inv, FALSE, error);
}

static const AttestExampleLine list_examples[] = { { "criteria", NULL }, { NULL } };
static const AttestExampleLine add_examples[]
    = { { "criterion add innovation --because 'Asked for by the donor'", NULL },
        { "criterion add risk --name 'Risk taken' --because 'The donor asks'", NULL },
        { NULL } };
static const AttestExampleLine drop_examples[]
    = { { "criterion drop coherence --because 'No other project in the country'", NULL },
        { NULL } };

const AttestCommand attest_cmd_criteria = {
  .name = "criteria",
  .group = "judge",
  .synopsis = "",
  .summary = "List what is judged, and what is not, and why",
  .doc = "The codes of the dimension 'criterion' of the project's codebooks, and those that were "
         "added or dropped, with the reason.",
  .examples = list_examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (ListOptions),
  .options = list_options,
  .run = run_list,
};

const AttestCommand attest_cmd_criterion_add = {
  .name = "criterion add",
  .group = "judge",
  .synopsis = "ID",
  .summary = "Judge by a criterion that no codebook has",
  .doc = "It can be rated and have findings like any other. Also brings back one that was dropped.",
  .examples = add_examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (ScopeOptions),
  .options = add_options,
  .run = run_add,
};

const AttestCommand attest_cmd_criterion_drop = {
  .name = "criterion drop",
  .group = "judge",
  .synopsis = "ID",
  .summary = "Do not judge a criterion",
  .doc
  = "What is said of it stays in the project; reports say that it is not assessed, and why, and "
    "take nobody's saying nothing of it for a silence. Refused while a rating or a finding is on "
    "it.",
  .examples = drop_examples,
  .needs = ATTEST_NEEDS_WRITE,
  .min_args = 1,
  .max_args = 1,
  .opts_size = sizeof (ScopeOptions),
  .options = drop_options,
  .run = run_drop,
};
