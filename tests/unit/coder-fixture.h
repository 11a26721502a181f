/* What the tests of the engine share: documents and codebooks written down in the test, and what
 * was found as text. */
#pragma once

#include "engine/attest-coder.h"

#include <string.h>

/* A document written down as "LABEL|LANG|TEXT" lines; LABEL I is the interviewer, X the
 * interpreter, everybody else a respondent; LANG "-" is not known. */
static inline AttestDocument *
make_document (const char *const *lines)
{
  AttestDocument *doc = attest_document_new ("test");
  GString *text = g_string_new (NULL);

  for (; *lines != NULL; lines++)
    {
      g_auto (GStrv) parts = g_strsplit (*lines, "|", 3);
      guint speaker = attest_document_intern_speaker (doc, parts[0]);
      AttestTurn turn = { .speaker = speaker,
                          .start_byte = text->len,
                          .start_ms = ATTEST_NO_TIME,
                          .end_ms = ATTEST_NO_TIME };

      attest_document_speaker (doc, speaker)->role
          = strcmp (parts[0], "I") == 0   ? ATTEST_ROLE_INTERVIEWER
            : strcmp (parts[0], "X") == 0 ? ATTEST_ROLE_INTERPRETER
                                          : ATTEST_ROLE_RESPONDENT;
      turn.lang = strcmp (parts[1], "-") == 0 ? NULL : g_intern_string (parts[1]);
      g_string_append (text, parts[2]);
      turn.end_byte = text->len;
      g_string_append (text, "\n\n");
      g_array_append_val (doc->turns, turn);
    }
  gsize length_bytes = text->len;
  attest_document_take_text (doc, g_string_free (text, FALSE), length_bytes);
  return doc;
}

static inline AttestCodebook *
parse (const char *yaml)
{
  g_autoptr (GArray) problems = attest_problems_new ();
  g_autoptr (GError) error = NULL;
  AttestCodebook *codebook
      = attest_codebook_parse ("test.yaml", yaml, strlen (yaml), problems, &error);

  g_assert_no_error (error);
  return codebook;
}

/* "TURN CODE strength 'QUOTE' [RULE:MATCH …]" a line, then what was asked: "TURN? CODE". */
static inline char *
describe (const AttestCodebook *codebook, const AttestDocument *doc, const AttestCoding *coding)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < coding->segments->len; i++)
    {
      const AttestSegment *segment = attest_coding_segment (coding, i);

      g_string_append_printf (out, "%u %s %u '%.*s' [", segment->turn,
                              attest_codebook_code (codebook, segment->code)->id, segment->strength,
                              (int)(segment->end_byte - segment->start_byte),
                              doc->text + segment->start_byte);
      for (guint k = 0; k < segment->n_hits; k++)
        {
          const AttestHit *hit = attest_coding_hit (coding, segment->first_hit + k);

          g_string_append_printf (out, "%s%s:%.*s", k > 0 ? " " : "",
                                  attest_codebook_pattern (codebook, hit->pattern)->name,
                                  (int)(hit->end_byte - hit->start_byte),
                                  doc->text + hit->start_byte);
        }
      g_string_append (out, "]\n");
    }
  for (guint i = 0; i < coding->asked->len; i++)
    {
      const AttestAsked *asked = &g_array_index (coding->asked, AttestAsked, i);

      g_string_append_printf (out, "%u? %s\n", asked->turn,
                              attest_codebook_code (codebook, asked->code)->id);
    }
  return g_string_free (out, FALSE);
}

static inline void
assert_coded_with (const char *yaml, const AttestCoderOptions *options, const char *const *lines,
                   const char *expected)
{
  g_autoptr (AttestCodebook) codebook = parse (yaml);
  g_autoptr (AttestCoder) coder = attest_coder_new (codebook, options);
  g_autoptr (AttestCoderWorker) worker = attest_coder_worker_new (coder);
  g_autoptr (AttestDocument) doc = make_document (lines);
  g_autoptr (AttestCoding) coding = attest_coder_code (worker, doc);
  g_autofree char *found = describe (codebook, doc, coding);

  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpuint (coding->incomplete->len, ==, 0);
}

static inline void
assert_coded (const char *yaml, const char *const *lines, const char *expected)
{
  assert_coded_with (yaml, NULL, lines, expected);
}
