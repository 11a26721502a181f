/* What a reader made of a file, as text to compare. */
#pragma once

#include "model/attest-document.h"

/* "label@start-end: words", one line a turn; "?" is nobody. */
static inline char *
dump_turns (const AttestDocument *doc)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < doc->turns->len; i++)
    {
      const AttestTurn *turn = attest_document_turn (doc, i);
      const char *label = attest_document_turn_label (doc, i);

      g_string_append_printf (out, "%s@%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ": %.*s\n",
                              label != NULL ? label : "?", turn->start_ms, turn->end_ms,
                              (int)(turn->end_byte - turn->start_byte),
                              doc->text + turn->start_byte);
    }
  return g_string_free (out, FALSE);
}

/* "! line: message", one line a warning. */
static inline char *
dump_warnings (const AttestDocument *doc)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < doc->warnings->len; i++)
    {
      const AttestWarning *warning = &g_array_index (doc->warnings, AttestWarning, i);

      g_string_append_printf (out, "! %u: %s\n", warning->line, warning->message);
    }
  return g_string_free (out, FALSE);
}
