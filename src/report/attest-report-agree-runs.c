/* Which runs are compared. */
#include "report/attest-report-agree-private.h"
#include "report/attest-report-agree.h"
#include "report/attest-report.h"
#include "util/attest-text.h"

#include <string.h>

void
attest_agree_write_runs (AttestJson *json, const GPtrArray *runs)
{
  g_autoptr (AttestTable) table = attest_agree_report_runs_new (runs);

  attest_json_key (json, "runs");
  attest_table_write_json (table, json);
}

void
attest_agree_append_runs (GString *text, const GPtrArray *runs)
{
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const AttestAgreeRunNote *run = g_ptr_array_index (runs, i);
      const AttestRunInfo *info = run->info;
      g_autofree char *sources = attest_report_dup_count (run->sources, "source", NULL);
      g_autofree char *segments = attest_report_dup_count (run->segments, "segment", NULL);
      g_autofree char *name = g_strconcat (info->codebook, info->version != NULL ? " " : "",
                                           info->version != NULL ? info->version : "", NULL);
      g_autofree char *printable = attest_text_printable (name, strlen (name), 0);

      g_string_append_printf (text, "\nRun %" G_GINT64_FORMAT ": %s, %.10s%s%s; %s, %s, %s.",
                              info->id, printable, info->started_at,
                              info->options != NULL ? ", " : "",
                              info->options != NULL ? info->options : "", sources, segments,
                              run->proof == NULL ? "which nobody can say to be those of then"
                              : strcmp (run->proof, "same") == 0 ? "the same as then"
                                                                 : "not the same as then");
    }
}

AttestTable *
attest_agree_report_runs_new (const GPtrArray *runs)
{
  static const char *const texts[]
      = { "codebook", "version", "sha256", "started_at", "options", "tool_version", "libraries" };
  AttestTable *table = attest_table_new (NULL, NULL);

  attest_table_add_column (table, "run", "run", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    attest_table_add_column (table, texts[i], texts[i], ATTEST_COLUMN_TEXT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "sources", "sources", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "segments", "segments", ATTEST_COLUMN_INT, ATTEST_COLUMN_PLAIN);
  attest_table_add_column (table, "found_again", "found again", ATTEST_COLUMN_TEXT,
                           ATTEST_COLUMN_PLAIN);
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const AttestAgreeRunNote *run = g_ptr_array_index (runs, i);
      const AttestRunInfo *info = run->info;

      attest_table_add_int (table, info->id);
      attest_table_add_text (table, info->codebook);
      attest_table_add_text (table, info->version);
      attest_table_add_text (table, info->sha256);
      attest_table_add_text (table, info->started_at);
      attest_table_add_text (table, info->options);
      attest_table_add_text (table, info->tool_version);
      attest_table_add_text (table, info->libraries);
      attest_table_add_int (table, run->sources);
      attest_table_add_int (table, run->segments);
      attest_table_add_text (table, run->proof);
    }
  return table;
}
