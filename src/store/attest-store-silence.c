#include "store/attest-store-silence.h"

#include "store/attest-store-decision.h"
#include "store/attest-store-private.h"

#include "util/attest-error.h"
#include "util/attest-limits.h"

#include <string.h>

enum
{
  LIST,
  ADD,
  N_STATEMENTS
};

static const char *const statements[N_STATEMENTS] = {
  [LIST] = "SELECT s.check_name, s.target, s.about, s.because, a.at, a.actor FROM silence s"
           " LEFT JOIN audit a ON a.seq = s.seq WHERE s.because IS NOT NULL AND s.id ="
           " (SELECT max (t.id) FROM silence t WHERE t.check_name = s.check_name"
           "   AND t.target = s.target AND t.about IS s.about"
           "   AND (t.seq IS NULL OR t.seq NOT IN (SELECT seq FROM taken_back)))"
           " ORDER BY s.check_name, s.target, s.about",
  [ADD] = "INSERT INTO silence (seq, check_name, target, about, because)"
          " VALUES (?1, ?2, ?3, ?4, ?5)",
};

static void
silence_free (gpointer data)
{
  AttestSilence *silence = data;

  g_free (silence->check);
  g_free (silence->target);
  g_free (silence->about);
  g_free (silence->because);
  g_free (silence->at);
  g_free (silence->by);
  g_free (silence);
}

GPtrArray *
attest_store_list_silences (AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) silences = g_ptr_array_new_with_free_func (silence_free);
  g_auto (AttestStmt) stmt = attest_stmt_query (store, statements[LIST], error, "");
  int rc;

  if (stmt == NULL)
    return NULL;
  while ((rc = attest_stmt_step (store, stmt, error)) > 0)
    {
      AttestSilence *silence = g_new0 (AttestSilence, 1);

      silence->check = attest_stmt_dup (stmt, 0);
      silence->target = attest_stmt_dup (stmt, 1);
      silence->about = attest_stmt_dup (stmt, 2);
      silence->because = attest_stmt_dup (stmt, 3);
      silence->at = attest_stmt_dup (stmt, 4);
      silence->by = attest_stmt_dup (stmt, 5);
      g_ptr_array_add (silences, silence);
    }
  return rc < 0 ? NULL : g_steal_pointer (&silences);
}

const AttestSilence *
attest_silence_find (GPtrArray *silences, const char *check, const char *target, const char *about)
{
  for (guint i = 0; i < silences->len; i++)
    {
      const AttestSilence *silence = g_ptr_array_index (silences, i);

      if (strcmp (silence->check, check) == 0 && strcmp (silence->target, target) == 0
          && g_strcmp0 (silence->about, about) == 0)
        return silence;
    }
  return NULL;
}

gboolean
attest_store_set_silence (AttestStore *store, const char *check, const char *target,
                          const char *about, const char *because, gboolean *out_changed,
                          GError **error)
{
  g_autoptr (GPtrArray) silences = attest_store_list_silences (store, error);
  const AttestSilence *now;
  gint64 seq;

  g_return_val_if_fail (attest_store_is_writing (store), FALSE);
  if (silences == NULL)
    return FALSE;
  if (because != NULL && strlen (because) > ATTEST_MAX_LEDGER_TEXT_BYTES)
    return attest_throw (error, ATTEST_ERROR_USAGE, "the reason is longer than %d bytes",
                         ATTEST_MAX_LEDGER_TEXT_BYTES);
  now = attest_silence_find (silences, check, target, about);
  if (out_changed != NULL)
    *out_changed = g_strcmp0 (now != NULL ? now->because : NULL, because) != 0;
  if (g_strcmp0 (now != NULL ? now->because : NULL, because) == 0)
    return TRUE;
  store->has_judged = TRUE;
  return attest_store_peek_audit (store, &seq, error)
         && attest_stmt_exec (store, statements[ADD], error, "issss", seq, check, target, about,
                              because);
}
