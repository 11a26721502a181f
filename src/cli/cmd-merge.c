/* merge: several people's copies of a project, made into one. */
#include "cli/attest-cli-rebuild.h"
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-review.h"
#include "report/attest-report.h"
#include "store/attest-store-merge.h"
#include "store/attest-store-withdrawal.h"
#include "util/attest-text.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  char *format, *coder;
} Options;

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print what came and what differs", "table for people, csv and json for programs.",
          attest_list_formats },
        ATTEST_OPTION_CODER (Options),
        { NULL } };

/* ---- what came ---- */

static AttestTable *
make_table (const AttestMergeResult *result)
{
  AttestTable *table = attest_table_new ("What copies say differently",
                                         "Kept is what holds now. Look at each, and set it right.");

  attest_table_add_column (table, "type", "what", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "id", "of", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "kept", "kept", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "other", "other", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "copy", "copy", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_MACHINE);
  attest_table_add_column (table, "message", "how", ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < result->conflicts->len; i++)
    {
      const AttestMergeConflict *conflict
          = &g_array_index (result->conflicts, AttestMergeConflict, i);

      attest_table_add_text (table, conflict->type);
      attest_table_add_text (table, conflict->id);
      attest_table_add_text (table, conflict->kept);
      attest_table_add_text (table, conflict->other);
      attest_table_add_text (table, conflict->copy);
      attest_table_add_text (table, conflict->message);
    }
  return table;
}

static void
print_json (AttestInvocation *inv, const AttestMergeResult *result, const AttestTable *table,
            const char *path)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, TRUE);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "project", path);
  attest_json_member_bool (json, "changed", result->changed);
  attest_json_member_int (json, "sources", result->sources);
  attest_json_member_int (json, "respondents", result->respondents);
  attest_json_member_int (json, "codebooks", result->codebooks);
  attest_json_member_int (json, "decisions", result->decisions);
  attest_json_member_int (json, "ledger", result->ledger);
  attest_json_member_int (json, "audit_entries", result->entries);
  attest_json_member_int (json, "withdrawals", result->withdrawn);
  attest_json_member_int (json, "withdrawn_decisions", result->withdrawn_decisions);
  attest_json_key (json, "conflicts");
  attest_table_write_json (table, json);
  attest_json_end_object (json);
  fprintf (inv->out, "%s\n", text->str);
}

static void
print_counts (AttestInvocation *inv, const AttestMergeResult *result, const char *path)
{
  g_autofree char *sources = attest_report_dup_count (result->sources, "source", NULL);
  g_autofree char *respondents = attest_report_dup_count (result->respondents, "respondent", NULL);
  g_autofree char *decisions = attest_report_dup_count (result->decisions, "decision", NULL);
  g_autofree char *ledger
      = attest_report_dup_count (result->ledger, "row of the ledger", "rows of the ledger");
  g_autofree char *entries
      = attest_report_dup_count (result->entries, "audit entry", "audit entries");
  g_autofree char *conflicts = attest_report_dup_count (result->conflicts->len, "conflict", NULL);

  if (!result->changed)
    {
      attest_cli_say (inv, "%s holds all of it already: nothing was changed\n", path);
      return;
    }
  attest_cli_say (inv, "merged into %s, new there: %s, %s, %s, %s, %s; %s\n", path, sources,
                  respondents, decisions, ledger, entries, conflicts);
}

/* What somebody took back in one copy is gone; that the others still have it is for people to end.
 */
static void
print_withdrawals (AttestInvocation *inv, const AttestMergeResult *result)
{
  g_autofree char *people = NULL;
  g_autofree char *decisions = NULL;

  if (result->withdrawn == 0)
    return;
  people = attest_report_dup_count (result->withdrawn, "respondent", NULL);
  decisions = attest_report_dup_count (result->withdrawn_decisions, "decision or memo",
                                       "decisions and memos");
  fprintf (inv->out,
           "%s withdrew in one copy: what they said is left out, also of the others, with %s about "
           "it\n",
           people, decisions);
  for (guint i = 0; i < result->unaware->len; i++)
    {
      const char *name = result->unaware->pdata[i];
      g_autofree char *shown = attest_text_printable (name, strlen (name), 0);

      fprintf (inv->out,
               "%s still holds what they said: delete it, and go on with a copy of this\n", shown);
    }
}

static void
print (AttestInvocation *inv, const AttestMergeResult *result, const char *path)
{
  const Options *opts = inv->opts;
  g_autoptr (AttestTable) table = make_table (result);
  gboolean is_text = opts->format == NULL || strcmp (opts->format, "table") == 0;

  if (result->conflicts->len > 0)
    inv->exit = ATTEST_EXIT_FOUND;
  if (!is_text && strcmp (opts->format, "json") == 0)
    {
      print_json (inv, result, table, path);
      return;
    }
  if (is_text)
    {
      print_counts (inv, result, path);
      print_withdrawals (inv, result);
    }
  if (!is_text || result->conflicts->len > 0)
    attest_cli_write_table (inv, table, opts->format);
}

/* ---- where to ---- */

static gboolean
is_file (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What a merge made before may be merged into again; another project only by --project. */
static AttestStore *
open_again (const char *path, GError **error)
{
  g_autoptr (AttestStore) store = attest_store_open (path, ATTEST_STORE_WRITE, error);
  gboolean is_merged = FALSE, is_empty = FALSE;

  if (store == NULL || !attest_store_is_merged (store, &is_merged, error)
      || !attest_store_is_empty (store, &is_empty, error))
    return NULL;
  if (!is_merged && !is_empty)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "%s is a project already, and not the outcome of a merge: name a new "
                              "file first, or merge into it by 'attest --project %s merge COPY…'",
                              path, path);
  return g_steal_pointer (&store);
}

static AttestStore *
open_target (AttestInvocation *inv, char **out_path, gboolean *out_is_new, GError **error)
{
  const char *name = inv->args[0];

  *out_is_new = FALSE;
  if (inv->project != NULL)
    {
      *out_path = attest_cli_find_project (inv->project, error);
      return *out_path != NULL ? attest_store_open (*out_path, ATTEST_STORE_WRITE, error) : NULL;
    }
  if (inv->n_args < 2)
    return attest_throw_null (error, ATTEST_ERROR_USAGE,
                              "merge needs a new file and the copies, 'attest merge OUT A B', or a "
                              "project to merge into, 'attest --project P merge A'");
  *out_path
      = g_str_has_suffix (name, ".attest") ? g_strdup (name) : g_strconcat (name, ".attest", NULL);
  if (is_file (*out_path))
    return open_again (*out_path, error);
  *out_is_new = TRUE;
  return attest_store_create_empty (*out_path, error);
}

static gboolean
open_copies (AttestInvocation *inv, const char *path, GPtrArray *copies, GError **error)
{
  for (guint i = inv->project != NULL ? 0 : 1; i < inv->n_args; i++)
    {
      AttestStore *copy = NULL;

      if (strcmp (inv->args[i], path) != 0)
        copy = attest_store_open (inv->args[i], ATTEST_STORE_IN_PLACE, error);
      else
        return attest_throw (error, ATTEST_ERROR_USAGE, "%s cannot be merged into itself", path);
      if (copy == NULL)
        return FALSE;
      g_ptr_array_add (copies, copy);
    }
  return TRUE;
}

/* ---- merging ---- */

static AttestMergeResult *
merge (AttestInvocation *inv, GPtrArray *copies, GError **error)
{
  g_autoptr (AttestMergeResult) result = attest_store_merge (inv->store, copies, error);
  guint n_sources, n_coded;

  if (result == NULL)
    return NULL;
  if (result->changed)
    for (guint i = 0; i < result->to_code->len; i++)
      ((AttestCodebookInfo *)result->to_code->pdata[i])->coded = TRUE;
  if (result->changed && !attest_cli_derive (inv, result->to_code, &n_sources, &n_coded, error))
    return NULL;
  return attest_store_commit (inv->store, attest_cli_get_coder (((Options *)inv->opts)->coder),
                              "merge", result->heads, error)
             ? g_steal_pointer (&result)
             : NULL;
}

/* Where somebody withdrew, the file must forget what it held of that. */
static gboolean
must_forget (AttestStore *store, GPtrArray *copies, gboolean *out, GError **error)
{
  if (!attest_store_has_withdrawals (store, out, error))
    return FALSE;
  for (guint i = 0; !*out && i < copies->len; i++)
    if (!attest_store_has_withdrawals (copies->pdata[i], out, error))
      return FALSE;
  return TRUE;
}

static AttestMergeResult *
merge_into (AttestInvocation *inv, GPtrArray *copies, GError **error)
{
  AttestMergeResult *result;
  gboolean forgets = FALSE;

  if (!must_forget (inv->store, copies, &forgets, error)
      || !(forgets ? attest_store_begin_withdrawal (inv->store, error)
                   : attest_store_begin (inv->store, error)))
    return NULL;
  result = merge (inv, copies, error);
  if (result == NULL)
    attest_store_rollback (inv->store);
  if (forgets && !attest_store_end_withdrawal (inv->store, result != NULL ? error : NULL))
    g_clear_pointer (&result, attest_merge_result_free);
  return result;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_store_free);
  g_autoptr (AttestMergeResult) result = NULL;
  g_autofree char *path = NULL;
  gboolean is_new;

  inv->store = open_target (inv, &path, &is_new, error);
  if (inv->store == NULL)
    return FALSE;
  if (open_copies (inv, path, copies, error))
    result = merge_into (inv, copies, error);
  if (result == NULL && is_new)
    attest_store_free_and_remove (g_steal_pointer (&inv->store));
  if (result == NULL)
    return FALSE;
  print (inv, result, path);
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "merge all copies/ana.attest copies/ben.attest",
          "copies of two coders into a new project" },
        { "--project kyrgyz.attest merge copies/ana.attest", "what is new in one of them" },
        { NULL } };

const AttestCommand attest_cmd_merge = {
  .name = "merge",
  .group = "compare",
  .synopsis = "[OUT] COPY…",
  .summary = "Make one project of several people's copies",
  .doc
  = "OUT is a new project, or one that a merge made; with --project, the copies are merged into "
    "that project, and all arguments are copies. It holds what all of them hold, each once: "
    "sources by their bytes, respondents by their label, codebooks by their text, and all that "
    "people decided, rated and wrote, with their names and times, in the order in which they did "
    "it. Of several decisions about the same the last counts, as ever; 'attest reconcile' lists "
    "where coders differ. Segments are coded again."
    "\n\n"
    "Which copy is named first does not matter, and merging again changes nothing. The audit log "
    "holds the entries of all copies, each with the hash that it had there, and one for the merge, "
    "with the last entry of each copy; numbers of entries are those of the merged log. "
    "What copies say differently is listed, and the exit status is then 10: an entry of the ledger "
    "whose number another copy has used too and that gets a new one, attributes of respondents, "
    "another text under the label of a source, which is kept beside it, two corrections of one "
    "transcript. What a respondent withdrew in one copy is left out, whatever the others hold. "
    "Where one copy has corrected a transcript, what the others decided is about the "
    "same words in the corrected text. What a project had when "
    "something is merged into it keeps its numbers. A damaged copy, or two that read the same "
    "file into different texts, stop the merge, and nothing is changed.",
  .examples = examples,
  .needs = ATTEST_NEEDS_NOTHING,
  .min_args = 1,
  .max_args = G_MAXUINT,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
