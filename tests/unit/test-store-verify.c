/* What verify finds: whatever was altered behind the store's back. */
#include "store-fixture.h"

static void
set_up_project (Fixture *fixture)
{
  g_autoptr (AttestDocument) doc = fixture_document ("s.txt", "I: Why?\nAna: It wörked well.\n");
  g_autoptr (AttestCoding) coding = attest_coding_new ();

  fixture_begin (fixture);
  fixture_add (fixture, doc, "S", ATTEST_SOURCE_INTERVIEW);
  fixture_commit (fixture, "ingest");
  fixture_begin (fixture);
  fixture_begin_run (fixture, "book", "1");
  fixture_find (coding, doc, 1, 0, "It wörked well.");
  fixture_add_coding (fixture, "S", doc, coding);
  fixture_end_run (fixture);
  fixture_commit (fixture, "code");
}

static AttestVerification *
verify (Fixture *fixture, AttestRereadFunc reread, gpointer data)
{
  g_autoptr (GError) error = NULL;
  AttestVerification *verification = attest_store_verify (fixture->store, reread, data, &error);

  g_assert_no_error (error);
  return verification;
}

static void
test_sound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestVerification) verification = NULL;

  set_up_project (fixture);
  verification = verify (fixture, NULL, NULL);

  g_assert_cmpuint (verification->problems->len, ==, 0);
  g_assert_cmpint (verification->sources, ==, 1);
  g_assert_cmpint (verification->quotes, ==, 1);
  g_assert_cmpint (verification->links, ==, 0);
  g_assert_cmpint (verification->audit_entries, ==, 3);
}

static void
test_tampering (Fixture *fixture, gconstpointer data)
{
#define NO_TRIGGERS                                                                                \
  "DROP TRIGGER content_never_updated; DROP TRIGGER quote_never_updated;"                          \
  "DROP TRIGGER audit_never_updated; DROP TRIGGER audit_never_deleted;"
  static const struct
  {
    const char *sql;
    const char *type;
    const char *id; /* of the first problem of that type */
  } cases[] = {
    { "UPDATE version_content SET original = CAST (replace (CAST (original AS TEXT), 'well', "
      "'baad') AS BLOB)",
      "source", "S" },
    { "UPDATE version_content SET text = replace (CAST (original AS TEXT), 'well', 'baad')", "text",
      "S" },
    { "UPDATE version_content SET text = replace (CAST (original AS TEXT), 'well', 'baad')",
      "quote", NULL },
    { "UPDATE version_content SET text = ''", "quote", NULL },
    { "UPDATE version SET characters = 3", "text", "S" },
    { "UPDATE quote SET text_hash = 0", "quote", NULL },
    { "UPDATE quote SET start_byte = start_byte + 1", "quote", NULL },
    { "UPDATE quote SET key = 1", "quote", "Q000000" },
    { "UPDATE quote SET chars = 7", "quote", NULL },
    { "UPDATE quote SET chars = 0", "quote", "Q" },
    { "DROP TRIGGER quote_never_deleted; DELETE FROM quote", "quote", NULL },
    { "UPDATE quote SET end_byte = 100000", "quote", NULL },
    { "UPDATE audit SET actor = 'x' WHERE seq = 2", "audit", "2" },
    { "UPDATE audit SET detail = '' WHERE seq = 2", "audit", "2" },
    { "UPDATE audit SET hash = upper (hash) WHERE seq = 2", "audit", "2" },
    { "DELETE FROM audit WHERE seq = 2", "audit", "3" },
    { "DELETE FROM audit WHERE seq = 3", "audit", NULL },
    { "DELETE FROM audit", "audit", NULL },
    { "PRAGMA foreign_keys = OFF; DELETE FROM code", "database", "segment" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture own = { NULL };
      g_autofree char *sql = g_strconcat (NO_TRIGGERS, cases[i].sql, NULL);
      const AttestVerifyProblem *found = NULL;

      fixture_set_up (&own, NULL);
      set_up_project (&own);
      fixture_tamper (&own, sql);
      fixture_reopen (&own, ATTEST_STORE_READ);
      {
        g_autoptr (AttestVerification) verification = verify (&own, NULL, NULL);

        for (guint n = 0; found == NULL && n < verification->problems->len; n++)
          {
            const AttestVerifyProblem *problem
                = &g_array_index (verification->problems, AttestVerifyProblem, n);

            if (strcmp (problem->type, cases[i].type) == 0)
              found = problem;
          }
        if (found == NULL)
          g_error ("not found: %s", cases[i].sql);
        if (cases[i].id != NULL)
          g_assert_cmpstr (found->id, ==, cases[i].id);
      }
      fixture_tear_down (&own, NULL);
    }
}

/* The same answer as before, another one, or none. */
static AttestDocument *
reread (const AttestSourceInfo *info, GBytes *original, gpointer data, GError **error)
{
  const char *text = data;

  g_assert_cmpstr (info->label, ==, "S");
  if (text == NULL)
    return attest_throw_null (error, ATTEST_ERROR_INPUT, "is no transcript");
  return fixture_document ("s.txt", *text != '\0' ? text : g_bytes_get_data (original, NULL));
}

static void
test_reread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AttestVerification) same = NULL;
  g_autoptr (AttestVerification) other = NULL;
  g_autoptr (AttestVerification) none = NULL;

  set_up_project (fixture);
  same = verify (fixture, reread, (gpointer) "");
  other = verify (fixture, reread, (gpointer) "Else.\n");
  none = verify (fixture, reread, NULL);

  g_assert_cmpuint (same->problems->len, ==, 0);
  g_assert_cmpuint (other->problems->len, ==, 1);
  g_assert_cmpuint (none->problems->len, ==, 1);
  g_assert_cmpstr (g_array_index (none->problems, AttestVerifyProblem, 0).type, ==, "text");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/verify/sound", test_sound);
  FIXTURE_TEST ("/store/verify/tampering", test_tampering);
  FIXTURE_TEST ("/store/verify/reread", test_reread);
  return g_test_run ();
}
