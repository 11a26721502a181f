/* What `codebook explain` says of how a segment was said. */
#include "cli/attest-cli-codebook-explain-private.h"

#include <string.h>

#include "util/attest-text.h"

const GArray *
attest_cli_explained_qualify (const AttestExplained *explained, const AttestSegment *segment,
                              AttestQualifiers *out_qualifiers)
{
  gsize length_bytes = segment->end_byte - segment->start_byte;
  g_autofree char *text
      = attest_text_dup_unwrapped (explained->doc->text + segment->start_byte, length_bytes);

  *out_qualifiers = attest_qualify (
      explained->qualifier, explained->lang, text, length_bytes, segment->start_byte,
      attest_coding_hit (explained->coding, segment->first_hit), segment->n_hits);
  return attest_qualifier_worker_explain (explained->qualifier);
}

gboolean
attest_cli_explained_bears_on (const AttestQualifierMark *mark, AttestQualifier qualifier)
{
  if (qualifier == ATTEST_QUALIFIER_POLARITY
      && (mark->trigger == ATTEST_TRIGGER_PRAISE || mark->trigger == ATTEST_TRIGGER_COMPLAINT))
    return TRUE;
  return attest_trigger_get_qualifier (mark->trigger) == (guint)qualifier;
}

/* "'delays' (negative, negated)" */
static void
write_mark (const AttestExplained *explained, const AttestSegment *segment,
            const AttestQualifierMark *mark, const char *separator)
{
  g_autofree char *words
      = attest_text_printable (explained->doc->text + segment->start_byte + mark->start_byte,
                               mark->end_byte - mark->start_byte, 0);

  fprintf (explained->inv->out, "%s'%s' (%s%s)", separator, words,
           attest_trigger_get_name (mark->trigger), mark->is_turned ? ", turned round" : "");
}

/* Whether the phrase speaks for the value that was decided on. */
static gboolean
speaks_for (const AttestQualifierMark *mark, AttestQualifier qualifier, const char *value)
{
  return mark->counts && attest_cli_explained_bears_on (mark, qualifier)
         && (qualifier == ATTEST_QUALIFIER_POLARITY
             || strcmp (attest_trigger_get_name (mark->trigger), value) == 0);
}

static void
write_marks (const AttestExplained *explained, const AttestSegment *segment,
             AttestQualifier qualifier, const char *value, const GArray *marks)
{
  gboolean is_first = TRUE;

  for (guint i = 0; i < marks->len; i++)
    {
      const AttestQualifierMark *mark = &g_array_index (marks, AttestQualifierMark, i);

      if (!speaks_for (mark, qualifier, value))
        continue;
      write_mark (explained, segment, mark, is_first ? " by " : ", ");
      is_first = FALSE;
    }
}

void
attest_cli_explain_qualifiers (const AttestExplained *explained, const AttestSegment *segment)
{
  AttestQualifiers qualifiers;
  const GArray *marks = attest_cli_explained_qualify (explained, segment, &qualifiers);
  FILE *out = explained->inv->out;
  gboolean is_known = FALSE;

  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    is_known = is_known || qualifiers.values[q] != ATTEST_UNQUALIFIED;
  if (!is_known)
    {
      fprintf (out, "    not qualified: %s\n",
               explained->lang == NULL ? "its language is not known"
                                       : "there is no list of words for its language");
      return;
    }
  for (guint q = 0; q < ATTEST_N_QUALIFIERS; q++)
    {
      const char *value = attest_qualifier_value_to_string (q, qualifiers.values[q]);

      fprintf (out, "    %-9s ", attest_qualifier_get_name (q));
      if (value == NULL)
        {
          fputs ("not known\n", out);
          continue;
        }
      fprintf (out, "%s%s%s", attest_cli_explained_color (explained, ATTEST_COLOR_BOLD), value,
               attest_cli_explained_color (explained, ATTEST_COLOR_OFF));
      write_marks (explained, segment, q, value, marks);
      fputc ('\n', out);
    }
}
