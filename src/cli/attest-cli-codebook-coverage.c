/* What no example of a codebook needs, for people. A rule that none needs is told as one, and so is
 * a pattern; of those that are needed, the alternatives that no match goes through.
 */
#include "cli/attest-cli-codebook-check.h"
#include "util/attest-text.h"

#include <string.h>

/* How many of them there are, and how many are reached. */
typedef struct
{
  guint n, reached;
} Count;

static gboolean
is_of_question (const AttestCodebookPattern *pattern)
{
  return pattern->use == ATTEST_PATTERN_ASKED || pattern->use == ATTEST_PATTERN_RULE_ASKED;
}

static void
write_rules (AttestInvocation *inv, const AttestCliChecked *checked, const char *path, Count *count)
{
  const AttestCodebook *codebook = checked->codebook;

  for (guint i = 0; i < codebook->rules->len; i++)
    {
      const AttestRule *rule = attest_codebook_rule (codebook, i);
      g_autofree char *name = attest_codebook_dup_rule_name (codebook, i);

      count->n++;
      if (!attest_cli_checked_is_unreached_rule (checked, i))
        count->reached++;
      else
        fprintf (inv->out, "%s:%u:%u: no example needs rule %s/%s\n", path, rule->line,
                 rule->column, attest_codebook_code (codebook, rule->code)->id, name);
    }
}

static void
write_alternatives (AttestInvocation *inv, const AttestCliChecked *checked, guint index,
                    const char *path, Count *count)
{
  const AttestCodebookPattern *pattern = attest_codebook_pattern (checked->codebook, index);
  const AttestReached *reached = attest_cli_checked_reached (checked, index);
  guint n = reached != NULL ? attest_alternatives_get_count (reached->alternatives) : 0;
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      gsize length_bytes;
      const char *text = attest_alternatives_get_text (reached->alternatives, i, &length_bytes);
      g_autofree char *printable = attest_text_printable (text, length_bytes, 0);

      count->n++;
      count->reached += reached->is_reached[i] ? 1 : 0;
      if (!reached->is_reached[i])
        g_string_append_printf (missing, "%s'%s'", missing->len > 0 ? ", " : "", printable);
    }
  if (missing->len > 0)
    fprintf (inv->out, "%s:%u:%u: no example reaches in %s: %s\n", path, pattern->line,
             pattern->column, pattern->name, missing->str);
}

static void
write_patterns (AttestInvocation *inv, const AttestCliChecked *checked, const char *path,
                Count *patterns, Count *alternatives)
{
  for (guint i = 0; i < checked->codebook->patterns->len; i++)
    {
      const AttestCodebookPattern *pattern = attest_codebook_pattern (checked->codebook, i);
      g_autofree char *source
          = attest_text_printable (pattern->source, strlen (pattern->source), 0);

      if (is_of_question (pattern))
        continue;
      patterns->n++;
      write_alternatives (inv, checked, i, path, alternatives);
      if (!attest_cli_checked_is_unreached (checked, i))
        patterns->reached++;
      else if (pattern->rule == ATTEST_NO_RULE
               || !attest_cli_checked_is_unreached_rule (checked, pattern->rule))
        fprintf (inv->out, "%s:%u:%u: no example needs %s: %s\n", path, pattern->line,
                 pattern->column, pattern->name, source);
    }
}

void
attest_cli_checked_write_coverage (AttestInvocation *inv, const AttestCliChecked *checked)
{
  g_autofree char *path = attest_cli_checked_dup_path (checked);
  Count rules = { 0, 0 }, patterns = { 0, 0 }, alternatives = { 0, 0 };

  write_rules (inv, checked, path, &rules);
  write_patterns (inv, checked, path, &patterns, &alternatives);
  fprintf (inv->out, "%s: examples need %u of %u rule%s, %u of %u pattern%s", checked->codebook->id,
           rules.reached, rules.n, attest_cli_plural (rules.n), patterns.reached, patterns.n,
           attest_cli_plural (patterns.n));
  if (alternatives.n > 0)
    fprintf (inv->out, ", %u of %u alternative%s in these", alternatives.reached, alternatives.n,
             attest_cli_plural (alternatives.n));
  fputc ('\n', inv->out);
}
