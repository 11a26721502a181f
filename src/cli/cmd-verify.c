#include "cli/attest-cli-coding.h"
#include "cli/attest-cli-commands.h"
#include "report/attest-report.h"
#include "store/attest-store-withdrawal.h"
#include "util/attest-json.h"
#include "util/attest-text.h"

#include <string.h>

typedef struct
{
  char *format;
} Options;

static const char *const formats[] = { "table", "json", NULL };

static const AttestOption options[]
    = { { "format", 'f', ATTEST_OPT_STRING, G_STRUCT_OFFSET (Options, format), "FORMAT",
          "How to print it", "table for people, json for programs.", formats },
        { NULL } };

/* The text is compared, not its languages. */
static AttestDocument *
reread (const AttestSourceInfo *info, GBytes *original, gpointer data, GError **error)
{
  return attest_cli_reread (info, original, NULL, error);
}

static void
write_json (const AttestVerification *found, FILE *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, TRUE);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_int (json, "sources", found->sources);
  attest_json_member_int (json, "quotes", found->quotes);
  attest_json_member_int (json, "links", found->links);
  attest_json_member_int (json, "audit_entries", found->audit_entries);
  attest_json_member_int (json, "withdrawals", found->withdrawals);
  attest_json_key (json, "problems");
  attest_json_begin_array (json);
  for (guint i = 0; i < found->problems->len; i++)
    {
      const AttestVerifyProblem *problem = &g_array_index (found->problems, AttestVerifyProblem, i);

      attest_json_begin_object (json);
      attest_json_member_string (json, "type", problem->type);
      attest_json_member_string (json, "id", problem->id);
      attest_json_member_string (json, "message", problem->message);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
  attest_json_end_object (json);
  fprintf (out, "%s\n", text->str);
}

static void
write_text (AttestInvocation *inv, const AttestVerification *found)
{
  g_autofree char *sources = attest_report_dup_count (found->sources, "source", NULL);
  g_autofree char *quotes = attest_report_dup_count (found->quotes, "quote", NULL);
  g_autofree char *links = attest_report_dup_count (found->links, "link", NULL);
  g_autofree char *entries
      = attest_report_dup_count (found->audit_entries, "audit entry", "audit entries");
  g_autofree char *problems = attest_report_dup_count (found->problems->len, "problem", NULL);

  for (guint i = 0; i < found->problems->len; i++)
    {
      const AttestVerifyProblem *problem = &g_array_index (found->problems, AttestVerifyProblem, i);

      attest_cli_complain (inv, "%s %s: %s", problem->type, problem->id ? problem->id : "",
                           problem->message);
    }
  fprintf (inv->out, "%s, %s, %s, %s checked: %s\n", sources, quotes, links, entries, problems);
}

/* What is not there any more, and should not be. */
static gboolean
write_withdrawals (AttestInvocation *inv, GError **error)
{
  g_autoptr (GPtrArray) withdrawals = attest_store_list_withdrawals (inv->store, error);

  if (withdrawals == NULL)
    return FALSE;
  for (guint i = 0; i < withdrawals->len; i++)
    {
      const AttestWithdrawal *withdrawal = g_ptr_array_index (withdrawals, i);
      g_autofree char *because
          = attest_text_printable (withdrawal->because, strlen (withdrawal->because), 0);
      g_autofree char *id = attest_text_printable (withdrawal->id, strlen (withdrawal->id), 0);
      g_autofree char *quotes = attest_report_dup_count (withdrawal->quotes, "quote", NULL);

      fprintf (inv->out, "%s withdrew on %.10s, with %s: %s\n", id, withdrawal->at, quotes,
               because);
    }
  return TRUE;
}

static gboolean
run (AttestInvocation *inv, GError **error)
{
  Options *opts = inv->opts;
  g_autoptr (AttestVerification) found = attest_store_verify (inv->store, reread, NULL, error);

  if (found == NULL)
    return FALSE;
  if (g_strcmp0 (opts->format, "json") == 0)
    write_json (found, inv->out);
  else
    {
      write_text (inv, found);
      if (!write_withdrawals (inv, error))
        return FALSE;
    }
  inv->exit = found->problems->len > 0 ? ATTEST_EXIT_FOUND : ATTEST_EXIT_OK;
  return TRUE;
}

static const AttestExampleLine examples[]
    = { { "verify --format json", "for scripts; exit 10 when something is wrong" }, { NULL } };

const AttestCommand attest_cmd_verify = {
  .name = "verify",
  .group = "material",
  .synopsis = "",
  .summary = "Check that nothing in the project was altered",
  .doc = "Recomputes the hashes of all originals, texts and quotes, reads the originals again, and "
         "follows the chain of the audit log, which holds the hashes of decisions, too. Exit 10 "
         "when there is a problem. What a respondent withdrew is named, and no problem.",
  .examples = examples,
  .needs = ATTEST_NEEDS_READ,
  .opts_size = sizeof (Options),
  .options = options,
  .run = run,
};
