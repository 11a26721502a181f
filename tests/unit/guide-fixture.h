/* guide-fixture: a guide in the project, without patterns: what it found is written down. */
#pragma once

#include "store-fixture.h"

#include "store/attest-store-guide.h"

/* Takes the guide @name, of three questions: q1 asks about a and b, q2 about c, q3 about nothing.
 */
static inline gint64
fixture_begin_guide (Fixture *fixture, const char *name, const char *version)
{
  static const char *const about_ab[] = { "a", "b", NULL };
  static const char *const about_c[] = { "c", NULL };
  static const char *const nothing[] = { NULL };
  static const AttestStoreQuestion questions[] = { { "q1", "One", "How was it?", "*", about_ab },
                                                   { "q2", "One", "And then?", "en fr", about_c },
                                                   { "q3", NULL, "Anything else?", "*", nothing } };
  g_autofree char *text = g_strdup_printf ("attest: guide/1\nid: %s\nversion: %s\n", name, version);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  AttestGuideSpec spec = { .name = name,
                           .version = version,
                           .sha256 = sha256,
                           .text = text,
                           .length_bytes = strlen (text),
                           .questions = questions,
                           .n_questions = G_N_ELEMENTS (questions) };
  GError *error = NULL;
  gint64 id = 0;

  attest_store_begin_guide (fixture->store, &spec, &id, &error);
  g_assert_no_error (error);
  return id;
}

/* The turn asks the question; ATTEST_NO_CODE: none of the guide. */
static inline void
fixture_asks (AttestCoding *coding, const AttestDocument *doc, guint turn, guint question)
{
  const AttestTurn *t = attest_document_turn (doc, turn);
  AttestQuestion asks = { turn, question, t->start_byte, t->end_byte };

  g_array_append_val (coding->questions, asks);
}

static inline void
fixture_answers (AttestCoding *coding, guint turn, guint question)
{
  AttestAsked answers = { turn, question };

  g_array_append_val (coding->asked, answers);
}

static inline void
fixture_align (Fixture *fixture, gint64 guide_id, const char *source, const AttestDocument *doc,
               const AttestCoding *coding)
{
  static const guint pattern_questions[] = { 0, 1, 2 };
  GError *error = NULL;

  attest_store_align_source (fixture->store, guide_id, source, doc, coding, pattern_questions,
                             &error);
  g_assert_no_error (error);
}
