#include "cli/attest-cli-review.h"

#include <string.h>

#include "report/attest-report-review.h"

const char *
attest_cli_get_coder (const char *coder)
{
  const char *user = g_getenv ("USER");

  if (coder != NULL && *coder != '\0')
    return coder;
  return user != NULL && *user != '\0' && g_utf8_validate (user, -1, NULL) ? user
                                                                           : g_get_user_name ();
}

gboolean
attest_cli_open_for_writing (AttestInvocation *inv, GError **error)
{
  g_autofree char *path = g_strdup (attest_store_get_path (inv->store));

  g_clear_pointer (&inv->store, attest_store_free);
  inv->store = attest_store_open (path, ATTEST_STORE_WRITE, error);
  return inv->store != NULL;
}

void
attest_cli_parse_target (const char *text, AttestDecisionSpec *spec, char **out_id)
{
  char *colon;

  *out_id = g_strdup (text);
  colon = strchr (*out_id, ':');
  if (colon != NULL)
    {
      *colon = '\0';
      spec->code = colon + 1;
    }
  spec->id = *out_id;
}

gboolean
attest_cli_commit_decisions (AttestInvocation *inv, const char *coder, guint changed,
                             guint unchanged, const char *what, GError **error)
{
  g_autofree char *count = attest_report_dup_count (changed, "decision", NULL);
  g_autofree char *detail = g_strdup_printf ("%s: %s", what, count);
  gint64 seq = 0;

  if (!attest_store_peek_audit (inv->store, &seq, error)
      || !attest_store_commit (inv->store, coder, inv->command->name, detail, error))
    return FALSE;
  if (changed > 0)
    fprintf (inv->out, "%s: %s; 'attest undo %" G_GINT64_FORMAT "' takes %s back\n", what, count,
             seq, changed == 1 ? "it" : "them");
  if (unchanged > 0)
    fprintf (inv->out, "%u decided so already\n", unchanged);
  return TRUE;
}

gboolean
attest_cli_print_progress (AttestInvocation *inv, GError **error)
{
  g_autoptr (AttestReview) review = attest_review_new (inv->store, NULL, error);
  g_autofree char *progress = NULL;

  if (review == NULL)
    return FALSE;
  progress = attest_review_dup_progress (review);
  fprintf (inv->out, "%s\n", progress);
  return TRUE;
}
