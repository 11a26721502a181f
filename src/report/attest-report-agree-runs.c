/* Which runs are compared. */
#include "report/attest-report-agree-private.h"
#include "report/attest-report-agree.h"
#include "report/attest-report.h"
#include "util/attest-text.h"

#include <string.h>

void
attest_agree_write_runs (AttestJson *json, const GPtrArray *runs)
{
  attest_json_key (json, "runs");
  attest_json_begin_array (json);
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const AttestAgreeRunNote *run = g_ptr_array_index (runs, i);

      attest_json_begin_object (json);
      attest_json_member_int (json, "run", run->info->id);
      attest_json_member_string (json, "codebook", run->info->codebook);
      attest_json_member_string (json, "version", run->info->version);
      attest_json_member_string (json, "sha256", run->info->sha256);
      attest_json_member_string (json, "started_at", run->info->started_at);
      attest_json_member_string (json, "options", run->info->options);
      attest_json_member_string (json, "tool_version", run->info->tool_version);
      attest_json_member_string (json, "libraries", run->info->libraries);
      attest_json_member_int (json, "sources", run->sources);
      attest_json_member_int (json, "segments", run->segments);
      attest_json_member_string (json, "found_again", run->proof);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
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
