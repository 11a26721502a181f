/* merge-fixture: a talk of several scripts, copies of a project, and what merging makes of them.
 */
#pragma once

#include "decision-fixture.h"
#include "store/attest-store-merge.h"
#include "store/attest-store-update.h"
#include "store/attest-store-withdrawal.h"

/* é as two code points, Cyrillic, an emoji, Arabic. */
#define TALK                                                                                       \
  "I: How was it?\nAna: It works now. Nobody cáme.\nБек: Мы согласны 🙂 во "     \
  "всём.\nنور: "                                                                            \
  "هذا "                                                                                        \
  "صحيح "                                                                                      \
  "تماما\n"

static inline void
add_talk (Fixture *fixture, const char *label, const char *text)
{
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", text);

  fixture_begin (fixture);
  fixture_add (fixture, doc, label, ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
}

static inline void
code (Fixture *fixture, const char *label, const char *text)
{
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", text);
  g_autoptr (AttestCoding) coding = attest_coding_new ();

  fixture_begin (fixture);
  fixture_begin_run (fixture, "book", "1");
  fixture_find (coding, doc, 1, 0, "It works now.");
  fixture_find (coding, doc, 1, 1, "Nobody");
  fixture_find (coding, doc, 2, 0, "согласны");
  fixture_add_coding (fixture, label, doc, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
}

static inline char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

/* Of a project that nobody has open: what was written last is in another file otherwise. */
static inline void
copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length_bytes;
  GError *error = NULL;

  g_file_get_contents (from, &bytes, &length_bytes, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, (gssize)length_bytes, &error);
  g_assert_no_error (error);
}

static inline AttestStore *
open_store (const char *path, AttestStoreMode mode)
{
  GError *error = NULL;
  AttestStore *store = attest_store_open (path, mode, &error);

  g_assert_no_error (error);
  return store;
}

/* ---- what a project holds ---- */

/* Every row of every table, but for derived ones, and the merge itself. */
static inline char *
dump (const char *path)
{
  static const char *const tables[] = { "source",
                                        "version",
                                        "version_content",
                                        "quote",
                                        "decision",
                                        "undo",
                                        "respondent_attribute",
                                        "respondent_speaker",
                                        "codebook",
                                        "run",
                                        "run_source",
                                        "scale",
                                        "rating",
                                        "entry",
                                        "entry_value",
                                        "entry_link",
                                        "consensus",
                                        "copied",
                                        "respondent_said",
                                        "speaker_said",
                                        "project_value",
                                        "criterion_scope",
                                        "quote_page",
                                        "silence",
                                        "carried",
                                        "withdrawal",
                                        "withdrawal_span",
                                        "withdrawal_version" };
  g_autoptr (AttestStore) store = open_store (path, ATTEST_STORE_READ);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint t = 0; t <= G_N_ELEMENTS (tables); t++)
    {
      g_autofree char *sql
          = t == G_N_ELEMENTS (tables)
                ? g_strdup ("SELECT seq, at, actor, command, detail, nonce FROM audit"
                            " WHERE command <> 'merge'")
                : g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2", tables[t]);
      sqlite3_stmt *stmt;

      g_assert_cmpint (sqlite3_prepare_v2 (store->db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        {
          g_string_append_printf (out, "%s:", t < G_N_ELEMENTS (tables) ? tables[t] : "audit");
          for (int i = 0; i < sqlite3_column_count (stmt); i++)
            g_string_append_printf (out, " %s", (const char *)sqlite3_column_text (stmt, i));
          g_string_append_c (out, '\n');
        }
      sqlite3_finalize (stmt);
    }
  return g_strdup (out->str);
}

/* ---- merging ---- */

static inline gboolean
merge_forgets (AttestStore *store, GPtrArray *copies)
{
  gboolean has = FALSE;

  attest_store_has_withdrawals (store, &has, NULL);
  for (guint i = 0; !has && i < copies->len; i++)
    attest_store_has_withdrawals (copies->pdata[i], &has, NULL);
  return has;
}

/* Into @out, which is made when it is not there; whether it changed. */
static inline gboolean
merge (const char *out, const char *const *paths, const guint *order, guint n)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_store_free);
  g_autoptr (AttestStore) store = NULL;
  g_autoptr (AttestMergeResult) result = NULL;
  GError *error = NULL;

  store = g_file_test (out, G_FILE_TEST_EXISTS) ? open_store (out, ATTEST_STORE_WRITE)
                                                : attest_store_create_empty (out, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (copies, open_store (paths[order[i]], ATTEST_STORE_IN_PLACE));
  if (merge_forgets (store, copies))
    attest_store_begin_withdrawal (store, &error);
  else
    attest_store_begin (store, &error);
  g_assert_no_error (error);
  result = attest_store_merge (store, copies, &error);
  g_assert_no_error (error);
  attest_store_commit (store, "tester", "merge", result->heads, &error);
  g_assert_no_error (error);
  if (merge_forgets (store, copies))
    attest_store_end_withdrawal (store, &error);
  g_assert_no_error (error);
  return result->changed;
}

static inline void
assert_verified (const char *path)
{
  g_autoptr (AttestStore) store = open_store (path, ATTEST_STORE_READ);
  g_autoptr (GError) error = NULL;

  attest_store_check_history (store, &error);
  g_assert_no_error (error);
  {
    g_autoptr (AttestVerification) found = attest_store_verify (store, NULL, NULL, &error);

    g_assert_no_error (error);
    for (guint i = 0; i < found->problems->len; i++)
      {
        const AttestVerifyProblem *problem
            = &g_array_index (found->problems, AttestVerifyProblem, i);

        /* Words that a correction took away are told of, as in the copy. */
        g_test_message ("%s", problem->message);
        g_assert_nonnull (strstr (problem->message, "stands in an earlier version"));
      }
  }
}

static inline AttestMergeResult *
try_merge (Fixture *fixture, const char *other, GError **error)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)attest_store_free);
  AttestMergeResult *result;

  g_ptr_array_add (copies, open_store (other, ATTEST_STORE_READ));
  fixture_begin (fixture);
  result = attest_store_merge (fixture->store, copies, error);
  attest_store_rollback (fixture->store);
  return result;
}

static inline const AttestMergeConflict *
find_conflict (const AttestMergeResult *result, const char *type)
{
  for (guint i = 0; i < result->conflicts->len; i++)
    if (strcmp (g_array_index (result->conflicts, AttestMergeConflict, i).type, type) == 0)
      return &g_array_index (result->conflicts, AttestMergeConflict, i);
  g_error ("no conflict '%s' was listed", type);
}
