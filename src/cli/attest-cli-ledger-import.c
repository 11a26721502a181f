/* A ledger as YAML back into its project: all of what is other than it was, or nothing.
 *
 * What fits is asked of the store, which refuses what does not: every change is tried in one
 * transaction, each refusal is noted where it stands in the file, and one refusal takes all of it
 * back.
 */
#include "cli/attest-cli-ledger-import-private.h"

#include <string.h>

#include "util/attest-error.h"

gboolean
attest_ledger_take_ok (AttestLedgerTake *take, gsize byte, GError *error)
{
  if (error == NULL)
    return TRUE;
  if (error->domain != ATTEST_ERROR || error->code != ATTEST_ERROR_STORE)
    attest_ledger_file_complain (take->file, byte, "refused", "%s", error->message);
  else if (take->fatal == NULL)
    {
      take->fatal = error;
      return FALSE;
    }
  g_error_free (error);
  return FALSE;
}

void
attest_ledger_take_tell (AttestLedgerTake *take, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (take->changes, g_strdup_vprintf (format, args));
  va_end (args);
}

gboolean
attest_ledger_take_once (AttestLedgerTake *take, GHashTable *seen, const char *key, gsize byte)
{
  if (g_hash_table_add (seen, g_strdup (key)))
    return TRUE;
  attest_ledger_file_complain (take->file, byte, "duplicate", "%s is there twice: remove one", key);
  return FALSE;
}

static void
take_clear (AttestLedgerTake *take)
{
  g_clear_pointer (&take->ledger, attest_ledger_free);
  g_clear_pointer (&take->project, attest_project_free);
  g_hash_table_unref (take->names);
  g_hash_table_unref (take->now);
  g_hash_table_unref (take->ids);
  g_hash_table_unref (take->quoted);
  g_hash_table_unref (take->kept);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AttestLedgerTake, take_clear)

/* What is judged comes before what is judged of it; what is not, after. */
static void
take_all (AttestLedgerTake *take)
{
  static void (*const steps[]) (AttestLedgerTake * take)
      = { attest_ledger_take_values,  attest_ledger_take_added_criteria,
          attest_ledger_take_match,   attest_ledger_take_entries,
          attest_ledger_take_ratings, attest_ledger_take_dropped_criteria,
          attest_ledger_take_silences };

  for (gsize i = 0; i < G_N_ELEMENTS (steps) && take->fatal == NULL; i++)
    steps[i](take);
}

static gboolean
end (AttestLedgerTake *take, GArray *problems, GError **error)
{
  const AttestLedgerImport *options = take->options;
  gboolean is_wrong = attest_ledger_file_get_n_errors (take->file) > 0;

  if (take->fatal != NULL)
    {
      attest_store_rollback (take->store);
      g_propagate_error (error, take->fatal);
      return FALSE;
    }
  if (is_wrong || options->dry_run || take->changes->len == 0)
    attest_store_rollback (take->store);
  else if (!attest_store_commit (take->store, options->coder, options->command, options->detail,
                                 error))
    return FALSE;
  return attest_ledger_file_finish (take->file, problems, error);
}

/* In the transaction, so that nobody can come between. */
static gboolean
check_head (AttestStore *store, AttestLedgerImport *import, GError **error)
{
  g_autofree char *head = NULL;

  if (import->head == NULL)
    return TRUE;
  head = attest_store_dup_audit_head (store, error);
  if (head == NULL)
    return FALSE;
  import->is_outdated = strcmp (head, import->head) != 0;
  return !import->is_outdated
         || attest_throw (error, ATTEST_ERROR_USAGE, "the project was changed meanwhile");
}

gboolean
attest_cli_ledger_from_file (AttestStore *store, AttestLedgerFile *file, AttestLedgerImport *import,
                             GPtrArray *out_changes, GArray *problems, GError **error)
{
  g_auto (AttestLedgerTake) take
      = { .store = store,
          .file = file,
          .options = import,
          .changes = out_changes,
          .names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
          .now = g_hash_table_new (NULL, NULL),
          .ids = g_hash_table_new_full (NULL, NULL, NULL, g_free),
          .quoted = g_hash_table_new_full (NULL, NULL, NULL, g_free),
          .kept = g_hash_table_new (NULL, NULL) };

  if (!attest_ledger_file_is_readable (file))
    return attest_ledger_file_finish (file, problems, error);
  if (!attest_store_begin (store, error))
    return FALSE;
  if (check_head (store, import, error) && attest_store_hold_ledger (store, error))
    take.ledger = attest_store_load_ledger (store, error);
  take.project = take.ledger != NULL ? attest_store_load_project (store, error) : NULL;
  if (take.project == NULL)
    {
      attest_store_rollback (store);
      return FALSE;
    }
  take_all (&take);
  return end (&take, problems, error);
}
