/* What holds for every document that a reader hands out. */
#pragma once

#include <string.h>

#include "model/attest-document.h"
#include "util/attest-text.h"

static void
assert_clean_text (const AttestDocument *doc)
{
  gsize nfc_bytes;
  g_autofree char *nfc = attest_text_to_nfc (doc->text, doc->length_bytes, &nfc_bytes);

  g_assert_true (g_utf8_validate_len (doc->text, doc->length_bytes, NULL));
  g_assert_cmpuint (strlen (doc->text), ==, doc->length_bytes);
  g_assert_null (nfc);
  for (const char *p = doc->text; *p != '\0'; p++)
    g_assert_true ((guchar)*p >= 0x20 || *p == '\n' || *p == '\t');
}

static gboolean
at_boundary (const AttestDocument *doc, gsize at)
{
  return at <= doc->length_bytes && ((guchar)doc->text[at] & 0xc0) != 0x80;
}

static void
assert_document_holds (const AttestDocument *doc)
{
  gsize last = 0;

  assert_clean_text (doc);
  g_assert_cmpuint (doc->turns->len, >, 0);
  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);

      g_assert_cmpuint (turn->start_byte, >=, last);
      g_assert_cmpuint (turn->end_byte, >, turn->start_byte);
      g_assert_true (at_boundary (doc, turn->start_byte) && at_boundary (doc, turn->end_byte));
      g_assert_false (g_ascii_isspace (doc->text[turn->start_byte]));
      g_assert_false (g_ascii_isspace (doc->text[turn->end_byte - 1]));
      g_assert_true (turn->speaker == ATTEST_NO_SPEAKER || turn->speaker < doc->speakers->len);
      g_assert_cmpint (turn->start_ms, >=, ATTEST_NO_TIME);
      g_assert_cmpint (turn->end_ms, >=, ATTEST_NO_TIME);
      last = turn->end_byte;
    }
  last = 0;
  for (guint i = 0; i < doc->pages->len; i++)
    {
      const AttestPageStart *page = &g_array_index (doc->pages, AttestPageStart, i);

      g_assert_cmpuint (page->start_byte, >=, last);
      g_assert_true (at_boundary (doc, page->start_byte));
      g_assert_cmpstr (page->label, !=, "");
      last = page->start_byte;
    }
  for (guint i = 0; i < doc->speakers->len; i++)
    {
      g_assert_cmpstr (attest_document_speaker (doc, i)->label, !=, "");
      g_assert_nonnull (attest_document_speaker (doc, i)->role_reason);
    }
}
