/* store-fixture: a scratch folder, a project in it, and small documents and codings.
 */
#pragma once

#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "store/attest-store-private.h"
#include "util/attest-error.h"

typedef struct
{
  char *folder;
  char *path;
  AttestStore *store;
} Fixture;

static inline void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;

  fixture->folder = g_dir_make_tmp ("attest-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "p.attest", NULL);
  fixture->store = attest_store_create (fixture->path, "Test", &error);
  g_assert_no_error (error);
  sqlite3_busy_timeout (fixture->store->db, 0);
}

static inline void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  GDir *dir;
  const char *name;

  g_clear_pointer (&fixture->store, attest_store_free);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

#define FIXTURE_TEST(path, func)                                                                   \
  g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

static inline void
fixture_reopen (Fixture *fixture, AttestStoreMode mode)
{
  GError *error = NULL;

  g_clear_pointer (&fixture->store, attest_store_free);
  fixture->store = attest_store_open (fixture->path, mode, &error);
  g_assert_no_error (error);
}

/* For what the store itself refuses to do. */
static inline void
fixture_tamper (Fixture *fixture, const char *sql)
{
  char *message = NULL;

  g_assert_true (sqlite3_db_config (fixture->store->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL)
                 == SQLITE_OK);
  sqlite3_exec (fixture->store->db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
}

static inline gint64
fixture_count (Fixture *fixture, const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_prepare_v2 (fixture->store->db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return n;
}

static inline void
fixture_begin (Fixture *fixture)
{
  GError *error = NULL;

  attest_store_begin (fixture->store, &error);
  g_assert_no_error (error);
}

static inline void
fixture_commit (Fixture *fixture, const char *command)
{
  GError *error = NULL;

  attest_store_commit (fixture->store, "tester", command, NULL, &error);
  g_assert_no_error (error);
}

/* A document of lines "LABEL: words"; a line without ": " has no label. "I" is the interviewer, "X"
 * the interpreter, the rest are respondents. */
static inline AttestDocument *
fixture_document (const char *path, const char *text)
{
  AttestDocument *doc = attest_document_new (path);
  const char *line = text;

  doc->reader = "txt";
  doc->encoding = g_strdup ("UTF-8");
  doc->original = g_bytes_new (text, strlen (text));
  attest_document_take_text (doc, g_strdup (text), strlen (text));
  attest_document_hash (doc);
  while (*line != '\0')
    {
      const char *end = line + strcspn (line, "\n");
      const char *colon = g_strstr_len (line, end - line, ": ");
      AttestTurn turn = { .speaker = ATTEST_NO_SPEAKER,
                          .start_byte = (gsize)(line - text),
                          .end_byte = (gsize)(end - text),
                          .start_ms = ATTEST_NO_TIME,
                          .end_ms = ATTEST_NO_TIME };

      if (colon != NULL)
        {
          g_autofree char *label = g_strndup (line, (gsize)(colon - line));
          AttestSpeaker *speaker;

          turn.speaker = attest_document_intern_speaker (doc, label);
          turn.start_byte = (gsize)(colon + 2 - text);
          speaker = attest_document_speaker (doc, turn.speaker);
          speaker->role = strcmp (label, "I") == 0   ? ATTEST_ROLE_INTERVIEWER
                          : strcmp (label, "X") == 0 ? ATTEST_ROLE_INTERPRETER
                                                     : ATTEST_ROLE_RESPONDENT;
        }
      if (turn.end_byte > turn.start_byte)
        g_array_append_val (doc->turns, turn);
      line = *end == '\0' ? end : end + 1;
    }
  attest_document_count_words (doc);
  return doc;
}

static inline void
fixture_add (Fixture *fixture, const AttestDocument *doc, const char *label, AttestSourceKind kind)
{
  AttestSourceOptions options = { .label = label, .kind = kind };
  AttestSourceResult result;
  GError *error = NULL;

  attest_store_add_document (fixture->store, doc, &options, &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, ATTEST_SOURCE_ADDED);
}

/* Appends a segment with one hit, its whole quote. */
static inline void
fixture_find (AttestCoding *coding, const AttestDocument *doc, guint turn, guint code,
              const char *quote)
{
  const AttestTurn *t = attest_document_turn (doc, turn);
  const char *found
      = g_strstr_len (doc->text + t->start_byte, (gssize)(t->end_byte - t->start_byte), quote);
  AttestHit hit = { .pattern = code };
  AttestSegment segment = { .turn = turn, .code = code, .n_hits = 1, .strength = 1, .weight = 1 };

  segment.qualifiers.values[ATTEST_QUALIFIER_POLARITY] = ATTEST_POLARITY_NEGATIVE;
  segment.qualifiers.values[ATTEST_QUALIFIER_ACT] = ATTEST_ACT_COMPLAINT;

  g_assert_nonnull (found);
  segment.start_byte = hit.start_byte = (gsize)(found - doc->text);
  segment.end_byte = hit.end_byte = segment.start_byte + strlen (quote);
  segment.first_hit = coding->hits->len;
  g_array_append_val (coding->hits, hit);
  g_array_append_val (coding->segments, segment);
}

/* Adds the codebook @name, version @version, and begins a run with codes a, b (dimension "d") and c
 * ("e"). */
static inline void
fixture_begin_run (Fixture *fixture, const char *name, const char *version)
{
  static const AttestStoreCode codes[]
      = { { "a", "Code A", "d" }, { "b", NULL, "d" }, { "c", "Code C", "e" } };
  static const char *const patterns[] = { "a/1.1", "b/1.1", "c/1.1" };
  AttestRunSpec spec = { .codes = codes, .n_codes = 3, .patterns = patterns, .n_patterns = 3 };
  g_autofree char *text = g_strdup_printf ("id: %s\nversion: %s\n", name, version);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  GError *error = NULL;

  attest_store_add_codebook (fixture->store, name, version, NULL, sha256, text, strlen (text),
                             &spec.codebook_id, &error);
  g_assert_no_error (error);
  attest_store_begin_run (fixture->store, &spec, NULL, &error);
  g_assert_no_error (error);
}

static inline void
fixture_add_coding (Fixture *fixture, const char *label, const AttestDocument *doc,
                    const AttestCoding *coding)
{
  GError *error = NULL;

  attest_store_add_coding (fixture->store, label, doc, coding, &error);
  g_assert_no_error (error);
}

static inline AttestRunResult
fixture_end_run (Fixture *fixture)
{
  AttestRunResult result;
  GError *error = NULL;

  attest_store_end_run (fixture->store, &result, &error);
  g_assert_no_error (error);
  return result;
}
