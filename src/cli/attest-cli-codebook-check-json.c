/* A codebook that was looked at, as JSON. */
#include "cli/attest-cli-codebook-check.h"
#include "cli/attest-cli-problem.h"
#include "pattern/attest-scanner.h"
#include "util/attest-json.h"

static void
member_count (AttestJson *json, const char *key, gboolean is_known, gint64 value)
{
  if (is_known)
    attest_json_member_int (json, key, value);
  else
    attest_json_member_null (json, key);
}

static void
write_alternatives_json (AttestJson *json, const AttestCliChecked *checked, guint pattern)
{
  const AttestReached *reached = attest_cli_checked_reached (checked, pattern);
  guint n = reached != NULL ? attest_alternatives_get_count (reached->alternatives) : 0;

  for (guint i = 0; i < n; i++)
    {
      gsize length_bytes;
      const char *text = attest_alternatives_get_text (reached->alternatives, i, &length_bytes);

      if (reached->is_reached[i])
        continue;
      attest_json_begin_object (json);
      attest_json_member_string (json, "pattern",
                                 attest_codebook_pattern (checked->codebook, pattern)->name);
      attest_json_key (json, "alternative");
      attest_json_string_len (json, text, length_bytes);
      attest_json_end_object (json);
    }
}

static void
write_coverage_json (AttestJson *json, const AttestCliChecked *checked)
{
  const AttestCodebook *codebook = checked->codebook;

  attest_json_key (json, "unreached_rules");
  attest_json_begin_array (json);
  for (guint i = 0; i < codebook->rules->len; i++)
    if (attest_cli_checked_is_unreached_rule (checked, i))
      {
        g_autofree char *name = attest_codebook_dup_rule_name (codebook, i);
        guint code = attest_codebook_rule (codebook, i)->code;
        g_autofree char *full
            = g_strdup_printf ("%s/%s", attest_codebook_code (codebook, code)->id, name);

        attest_json_string (json, full);
      }
  attest_json_end_array (json);
  attest_json_key (json, "unreached_patterns");
  attest_json_begin_array (json);
  for (guint i = 0; i < codebook->patterns->len; i++)
    if (attest_cli_checked_is_unreached (checked, i))
      attest_json_string (json, attest_codebook_pattern (codebook, i)->name);
  attest_json_end_array (json);
  attest_json_key (json, "unreached_alternatives");
  attest_json_begin_array (json);
  for (guint i = 0; i < codebook->patterns->len; i++)
    write_alternatives_json (json, checked, i);
  attest_json_end_array (json);
}

static void
write_test_json (AttestJson *json, const AttestCliChecked *checked)
{
  attest_json_key (json, "tests");
  if (checked->test == NULL)
    {
      attest_json_null (json);
      return;
    }
  attest_json_begin_object (json);
  attest_json_member_int (json, "passed", checked->test->passed);
  attest_json_member_int (json, "failed", checked->test->failed);
  attest_json_key (json, "untested_codes");
  attest_json_begin_array (json);
  for (guint i = 0; i < checked->test->untested->len; i++)
    attest_json_string (
        json,
        attest_codebook_code (checked->codebook, g_array_index (checked->test->untested, guint, i))
            ->id);
  attest_json_end_array (json);
  write_coverage_json (json, checked);
  attest_json_end_object (json);
}

/* Patterns that are searched for everywhere. */
static void
write_slow_json (AttestJson *json, const AttestCodebook *codebook)
{
  attest_json_key (json, "slow");
  attest_json_begin_array (json);
  for (guint i = 0; codebook != NULL && i < codebook->patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (codebook, i);
      const char *reason = attest_scanner_explain_always (pattern->pattern);

      if (reason == NULL)
        continue;
      attest_json_begin_object (json);
      attest_json_member_string (json, "pattern", pattern->name);
      attest_json_member_int (json, "line", pattern->line);
      attest_json_member_int (json, "column", pattern->column);
      attest_json_member_string (json, "reason", reason);
      attest_json_end_object (json);
    }
  attest_json_end_array (json);
}

void
attest_cli_checked_write_json (const AttestCliChecked *checked, gboolean verbose, FILE *out)
{
  const AttestCodebook *codebook = checked->codebook;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (AttestJson) json = attest_json_new (text, TRUE);

  attest_json_begin_object (json);
  attest_json_member_int (json, "format", 1);
  attest_json_member_string (json, "codebook", codebook != NULL ? codebook->id : checked->name);
  attest_json_member_string (json, "sha256", codebook != NULL ? codebook->sha256 : NULL);
  member_count (json, "codes", codebook != NULL, codebook != NULL ? codebook->codes->len : 0);
  member_count (json, "rules", codebook != NULL, codebook != NULL ? codebook->rules->len : 0);
  member_count (json, "patterns", codebook != NULL, codebook != NULL ? codebook->patterns->len : 0);
  attest_cli_write_problems_json (json, checked->problems, "code");
  write_test_json (json, checked);
  if (verbose)
    write_slow_json (json, codebook);
  attest_json_end_object (json);
  fprintf (out, "%s\n", text->str);
}
