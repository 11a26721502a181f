/* Decisions as a CSV file: what --list writes to be filled in, and what --export writes. */
#include "cli/attest-cli-report.h"
#include "cli/attest-cli-review.h"
#include "util/attest-csv.h"
#include "util/attest-limits.h"

#include <string.h>

typedef enum
{
  COL_ID,
  COL_SOURCE,
  COL_TEXT_SHA256,
  COL_START,
  COL_END,
  COL_CODEBOOK,
  COL_CODE,
  COL_DECISION,
  COL_NEW_CODE,
  COL_REASON,
  COL_MEMO,
  COL_CODER,
  COL_AT,
  COL_QUOTE,
  N_COLUMNS
} Column;

/* NULL-terminated: a header is written to its end. */
static const char *const names[N_COLUMNS + 1]
    = { "id",       "source",   "text_sha256", "start", "end",   "codebook", "code",
        "decision", "new_code", "reason",      "memo",  "coder", "at",       "quote" };

/* ---- in ---- */

typedef struct
{
  AttestInvocation *inv;
  const char *coder;
  int columns[N_COLUMNS]; /* of the file, -1: none */
  const AttestCsvRow *row;
  guint changed, unchanged;
} Import;

/* NULL when it is empty. The apostrophe by which attest_csv_append_cell() keeps a spreadsheet from
 * running a cell is no part of it. */
static const char *
cell (const Import *import, Column column)
{
  int at = import->columns[column];
  const char *text = at < 0 ? "" : g_ptr_array_index (import->row->cells, (guint)at);

  if (text[0] == '\'' && text[1] != '\0' && strchr ("=+-@\t\r\n", text[1]) != NULL)
    text++;
  return *text == '\0' ? NULL : text;
}

static gboolean
read_position (const Import *import, Column column, gint64 *out, GError **error)
{
  const char *text = cell (import, column);

  return text == NULL || g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, out, NULL)
         || attest_throw (error, ATTEST_ERROR_INPUT, "%s is not a number of characters: '%s'",
                          names[column], text);
}

static gboolean
decide (Import *import, AttestDecisionSpec *spec, GError **error)
{
  gboolean changed = FALSE;

  if (!attest_store_decide (import->inv->store, spec, &changed, error))
    return FALSE;
  import->changed += changed;
  import->unchanged += !changed;
  return TRUE;
}

static gboolean
read_action (const char *word, AttestDecisionAction *out_action, GError **error)
{
  g_autofree char *folded = g_utf8_strdown (word, -1);
  const char *name = g_strstrip (folded);

  if (attest_decision_action_from_string (name, out_action)
      && *out_action != ATTEST_DECISION_RECODED && *out_action != ATTEST_DECISION_MEMO)
    return TRUE;
  return attest_throw (error, ATTEST_ERROR_INPUT,
                       "'%s' is no decision: accept, reject, recode, mark, key, no-key, or empty",
                       word);
}

/* A row decides, has a memo, both, or nothing yet. */
static gboolean
import_row (Import *import, GError **error)
{
  const char *word = cell (import, COL_DECISION), *memo = cell (import, COL_MEMO);
  const char *coder = cell (import, COL_CODER);
  AttestDecisionSpec spec = { .id = cell (import, COL_ID),
                              .source = cell (import, COL_SOURCE),
                              .text_sha256 = cell (import, COL_TEXT_SHA256),
                              .codebook = cell (import, COL_CODEBOOK),
                              .code = cell (import, COL_CODE),
                              .new_code = cell (import, COL_NEW_CODE),
                              .text = cell (import, COL_REASON),
                              .coder = coder != NULL ? coder : import->coder,
                              .at = cell (import, COL_AT),
                              .from_file = TRUE };

  if (word == NULL && memo == NULL)
    return TRUE;
  if (!read_position (import, COL_START, &spec.start, error)
      || !read_position (import, COL_END, &spec.end, error))
    return FALSE;
  if (word != NULL && (!read_action (word, &spec.action, error) || !decide (import, &spec, error)))
    return FALSE;
  spec.action = ATTEST_DECISION_MEMO;
  spec.text = memo;
  return memo == NULL || decide (import, &spec, error);
}

static gboolean
import_rows (Import *import, const char *path, GPtrArray *csv, GError **error)
{
  const AttestCsvRow *header = g_ptr_array_index (csv, 0);

  for (guint i = 0; i < N_COLUMNS; i++)
    import->columns[i] = attest_csv_find_column (header, names[i]);
  if (import->columns[COL_DECISION] < 0 && import->columns[COL_MEMO] < 0)
    return attest_throw (error, ATTEST_ERROR_INPUT, "%s:1: a column 'decision' is needed", path);
  if (import->columns[COL_ID] < 0 && import->columns[COL_TEXT_SHA256] < 0)
    return attest_throw (error, ATTEST_ERROR_INPUT, "%s:1: a column 'id' is needed", path);
  for (guint i = 1; i < csv->len; i++)
    {
      g_autoptr (GError) local = NULL;

      import->row = g_ptr_array_index (csv, i);
      if (import_row (import, &local))
        continue;
      /* What would be a slip on the command line is a fault of the file here. */
      if (g_error_matches (local, ATTEST_ERROR, ATTEST_ERROR_USAGE))
        return attest_throw (error, ATTEST_ERROR_INPUT, "%s:%u: %s", path, import->row->line,
                             local->message);
      g_propagate_prefixed_error (error, g_steal_pointer (&local), "%s:%u: ", path,
                                  import->row->line);
      return FALSE;
    }
  return TRUE;
}

gboolean
attest_cli_import_decisions (AttestInvocation *inv, const char *path, const char *coder,
                             guint *out_changed, guint *out_unchanged, GError **error)
{
  Import import = { .inv = inv, .coder = coder };
  g_autoptr (GPtrArray) csv = attest_csv_read_file (path, error);

  if (csv == NULL || !import_rows (&import, path, csv, error))
    return FALSE;
  *out_changed = import.changed;
  *out_unchanged = import.unchanged;
  return TRUE;
}

/* ---- out ---- */

static void
append_position (GString *out, const AttestDecision *decision, gint64 position)
{
  if (decision->id != NULL)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, position);
  g_string_append_c (out, ',');
}

static gboolean
write_decision (const AttestDecision *decision, gpointer data, GError **error)
{
  AttestOutput *output = data;
  GString *out = attest_output_get_buffer (output);
  gboolean is_memo = decision->action == ATTEST_DECISION_MEMO;
  g_autofree char *quote = g_strndup (decision->quote, decision->quote_bytes);
  const char *before[] = { decision->id, decision->source, decision->text_sha256 };
  const char *after[] = { decision->codebook,
                          decision->code,
                          is_memo ? NULL : attest_decision_action_to_string (decision->action),
                          decision->other_code,
                          is_memo ? NULL : decision->text,
                          is_memo ? decision->text : NULL,
                          decision->coder,
                          decision->at };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    {
      attest_csv_append_cell (out, before[i]);
      g_string_append_c (out, ',');
    }
  append_position (out, decision, decision->start);
  append_position (out, decision, decision->end);
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    {
      attest_csv_append_cell (out, after[i]);
      g_string_append_c (out, ',');
    }
  attest_csv_append_cell (out, quote);
  g_string_append (out, "\r\n");
  return attest_output_step (output, error);
}

gboolean
attest_cli_export_decisions (AttestInvocation *inv, const char *path, GError **error)
{
  g_autoptr (AttestOutput) output = attest_cli_open_output (inv, path, error);
  g_autofree char *header = NULL;

  if (output == NULL)
    return FALSE;
  header = g_strjoinv (",", (char **)names);
  g_string_append_printf (attest_output_get_buffer (output), "%s\r\n", header);
  return attest_store_foreach_decision (inv->store, NULL, write_decision, output, error)
         && attest_output_close (output, error);
}
