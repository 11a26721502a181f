/* decision-fixture: decisions on the quotes of a project of store-fixture.h.
 */
#pragma once

#include "store-fixture.h"
#include "store/attest-store-decision.h"

/* The id of the quote that is @number in the order of their places; interned. */
static inline const char *
fixture_quote_id (Fixture *fixture, guint number)
{
  g_autofree char *by_place
      = g_strdup_printf (" FROM quote ORDER BY version_id, start_byte, end_byte DESC"
                         " LIMIT 1 OFFSET %u",
                         number);
  g_autofree char *key = g_strconcat ("SELECT key", by_place, NULL);
  g_autofree char *chars = g_strconcat ("SELECT chars", by_place, NULL);
  char id[ATTEST_QUOTE_ID_BYTES];

  attest_quote_format_id (fixture_count (fixture, key), (guint)fixture_count (fixture, chars), id);
  return g_intern_string (id);
}

/* A command that decides one thing; whether it changed anything. */
static inline gboolean
fixture_decide (Fixture *fixture, AttestDecisionAction action, const char *id, const char *code,
                const char *new_code, const char *text)
{
  AttestDecisionSpec spec = {
    .action = action, .id = id, .code = code, .new_code = new_code, .text = text, .coder = "kim"
  };
  gboolean changed = FALSE;
  GError *error = NULL;

  fixture_begin (fixture);
  attest_store_decide (fixture->store, &spec, &changed, &error);
  g_assert_no_error (error);
  fixture_commit (fixture, "review");
  return changed;
}

/* The entry that was taken back. */
static inline gint64
fixture_undo (Fixture *fixture, gint64 seq)
{
  gint64 undone = 0;
  GError *error = NULL;

  fixture_begin (fixture);
  attest_store_undo (fixture->store, seq, &undone, &error);
  g_assert_no_error (error);
  fixture_commit (fixture, "undo");
  return undone;
}
