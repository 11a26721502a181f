/* Evidence on a terminal: per code a profile, a table of groups, and the quotes group by group,
 * wrapped and indented, what the rules found in bold. */
#include "report/attest-report-evidence.h"

#include <string.h>

#include "report/attest-hits.h"
#include "report/attest-report-chain.h"

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"
#define PLACE_INDENT 2
#define QUOTE_INDENT 4
/* A quote is not squeezed further, even when the terminal is narrower. */
#define LEAST_COLUMNS 20

typedef struct
{
  guint columns; /* 0: any */
  gboolean color;
  GArray *hits; /* of AttestSpan, of one quote */
  const AttestEvidenceReport *report;
} Writer;

static void
append_styled (const Writer *writer, const char *style, const char *text, GString *out)
{
  g_autofree char *printable = attest_text_printable (text, strlen (text), 0);

  g_string_append_printf (out, "%s%s%s", writer->color ? style : "", printable,
                          writer->color ? PLAIN : "");
}

/* Lines of a paragraph, each after @indent spaces. @marks: spans of @text that stand out. */
static void
append_wrapped (const Writer *writer, const char *text, const GArray *marks, guint indent,
                GString *out)
{
  guint width = writer->columns == 0
                    ? 0
                    : MAX (writer->columns - MIN (indent, writer->columns), LEAST_COLUMNS);
  g_autoptr (GArray) lines = attest_text_wrap (text, strlen (text), width);
  guint mark = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      AttestSpan line = g_array_index (lines, AttestSpan, i);
      gsize at = line.start_byte;

      g_string_append_printf (out, "%*s", (int)indent, "");
      while (at < line.end_byte)
        {
          const AttestSpan *next = NULL;
          gsize start, end;

          while (mark < marks->len && g_array_index (marks, AttestSpan, mark).end_byte <= at)
            mark++;
          if (mark < marks->len)
            next = &g_array_index (marks, AttestSpan, mark);
          start = next != NULL ? CLAMP (next->start_byte, at, line.end_byte) : line.end_byte;
          end = next != NULL ? CLAMP (next->end_byte, start, line.end_byte) : line.end_byte;
          g_string_append_len (out, text + at, (gssize)(start - at));
          if (end > start)
            {
              g_string_append (out, writer->color ? BOLD : "");
              g_string_append_len (out, text + start, (gssize)(end - start));
              g_string_append (out, writer->color ? PLAIN : "");
            }
          at = end;
        }
      g_string_append_c (out, '\n');
    }
}

/* The quote in quotation marks as printable text, with the place of its hits in @hits. */
static char *
dup_printable_quote (const AttestStoreSegment *segment, GArray *hits)
{
  g_autoptr (GString) text = g_string_new ("“");
  gsize at = 0;

  attest_hits_merge (segment, hits);
  for (guint i = 0; i <= hits->len; i++)
    {
      AttestSpan *hit = i < hits->len ? &g_array_index (hits, AttestSpan, i) : NULL;
      gsize start = hit != NULL ? hit->start_byte : segment->quote_bytes;
      g_autofree char *before = attest_text_printable (segment->quote + at, start - at, 0);

      g_string_append (text, before);
      if (hit != NULL)
        {
          g_autofree char *found
              = attest_text_printable (segment->quote + start, hit->end_byte - start, 0);

          at = hit->end_byte;
          hit->start_byte = text->len;
          g_string_append (text, found);
          hit->end_byte = text->len;
        }
    }
  g_string_append (text, "”");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_quote (const AttestStoreSegment *segment, const char *group, GString *out, gpointer data)
{
  Writer *writer = data;
  g_autoptr (GString) place = g_string_new (NULL);
  g_autofree char *quote = dup_printable_quote (segment, writer->hits);

  attest_evidence_append_place (writer->report, segment, group, place);
  g_string_append_printf (out, "%*s", PLACE_INDENT, "");
  append_styled (writer, BOLD, segment->id, out);
  g_string_append_c (out, ' ');
  append_styled (writer, DIM, place->str, out);
  g_string_append_c (out, '\n');
  append_wrapped (writer, quote, writer->hits, QUOTE_INDENT, out);
}

static void
append_paragraph (Writer *writer, const char *text, GString *out)
{
  g_array_set_size (writer->hits, 0);
  append_wrapped (writer, text, writer->hits, 0, out);
}

/* @evidence: (nullable) those of no criterion. */
static void
append_silences (Writer *writer, const AttestEvidenceReport *report, const AttestEvidence *evidence,
                 GString *out)
{
  g_autoptr (GPtrArray) silences = attest_evidence_list_silences (report, evidence);

  if (evidence == NULL && silences->len > 0)
    g_string_append_c (out, '\n');
  for (guint i = 0; i < silences->len; i++)
    {
      const char *line = g_ptr_array_index (silences, i);
      g_autofree char *printable = attest_text_printable (line, strlen (line), 0);

      append_paragraph (writer, printable, out);
    }
}

/* What documents say of a finding; what people say stands among the segments. */
static void
append_documents (Writer *writer, const AttestEvidenceReport *report,
                  const AttestLedgerEntry *finding, GString *out)
{
  for (guint i = 0; i < finding->links->len; i++)
    {
      const AttestLedgerLink *link = &g_array_index (finding->links, AttestLedgerLink, i);
      const AttestQuotePassage *passage
          = link->entry == NULL ? g_hash_table_lookup (report->passages, link->id) : NULL;
      g_autoptr (GString) line = g_string_new (NULL);
      g_autofree char *text = NULL;

      if (passage == NULL
          || g_strcmp0 (passage->kind, attest_source_kind_to_string (ATTEST_SOURCE_DOCUMENT)) != 0)
        continue;
      text = attest_text_printable (passage->text, strlen (passage->text), 0);
      g_string_append_printf (line, "%s %s it: ", link->id, attest_stance_to_string (link->stance));
      attest_chain_append_place (passage, line);
      g_string_append_printf (line, " “%s”", text);
      g_array_set_size (writer->hits, 0);
      append_wrapped (writer, line->str, writer->hits, QUOTE_INDENT, out);
    }
}

static void
append_judgement (Writer *writer, const AttestEvidenceReport *report,
                  const AttestEvidence *evidence, GString *out)
{
  g_autofree char *rating = attest_evidence_dup_rating (report, evidence);
  g_autoptr (GPtrArray) findings = attest_evidence_list_findings (report, evidence);
  g_autofree char *strength = attest_evidence_dup_strength (report, evidence);

  if (rating != NULL)
    {
      g_autofree char *printable = attest_text_printable (rating, strlen (rating), 0);

      append_paragraph (writer, printable, out);
    }
  if (strength != NULL)
    {
      g_autofree char *line = g_strdup_printf ("Strength of the evidence: %s", strength);

      append_paragraph (writer, line, out);
    }
  for (guint i = 0; i < findings->len; i++)
    {
      const AttestLedgerEntry *finding = g_ptr_array_index (findings, i);
      const char *text = finding->fields[ATTEST_FIELD_TEXT];
      g_autofree char *printable = attest_text_printable (text, strlen (text), 0);
      g_autofree char *line = g_strdup_printf ("%s  %s", finding->id, printable);

      append_paragraph (writer, line, out);
      append_documents (writer, report, finding, out);
    }
  append_silences (writer, report, evidence, out);
}

static void
append_code_heading (Writer *writer, const AttestEvidenceReport *report,
                     const AttestEvidence *evidence, GString *out)
{
  g_autofree char *profile = attest_evidence_dup_profile (report, evidence);
  g_autofree char *segments = attest_report_dup_count (evidence->segments, "segment", NULL);
  g_autofree char *sources = attest_report_dup_count (evidence->sources, "source", NULL);
  g_autofree char *sentence = g_strdup_printf ("%s. %s in %s.", profile, segments, sources);
  g_autofree char *title = attest_report_dup_title (evidence->name, evidence->code);
  g_autofree char *heading = g_strdup_printf ("%s · %s", title, evidence->dimension);
  g_autoptr (AttestTable) table = attest_evidence_to_table (evidence, NULL);

  g_string_append_c (out, '\n');
  append_styled (writer, BOLD, heading, out);
  g_string_append_c (out, '\n');
  append_paragraph (writer, sentence, out);
  append_judgement (writer, report, evidence, out);
  g_string_append_c (out, '\n');
  attest_table_write_text (table, out, writer->columns, writer->color);
}

static void
append_group_heading (Writer *writer, const AttestEvidenceGroup *group, GString *out)
{
  g_autofree char *segments = attest_report_dup_count (group->segments, "segment", NULL);

  g_string_append_c (out, '\n');
  append_styled (writer, BOLD, attest_evidence_get_group_heading (writer->report, group), out);
  /* Not of a group that is only there for quotes of which it is not told. */
  if (group->present != 0)
    g_string_append_printf (out, ", %s", segments);
  g_string_append_c (out, '\n');
}

static gboolean
write_code (AttestEvidenceReport *report, const AttestEvidence *evidence, Writer *writer,
            AttestOutput *output, GError **error)
{
  GString *out = attest_output_get_buffer (output);
  g_autoptr (GPtrArray) texts
      = attest_evidence_report_render (report, evidence, TRUE, append_quote, writer, error);

  if (texts == NULL)
    return FALSE;
  append_code_heading (writer, report, evidence, out);
  for (guint i = 0; i < texts->len; i++)
    {
      const GString *text = g_ptr_array_index (texts, i);

      if (text->len == 0)
        continue;
      append_group_heading (writer, &g_array_index (evidence->groups, AttestEvidenceGroup, i), out);
      g_string_append_len (out, text->str, (gssize)text->len);
      if (!attest_output_step (output, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
attest_evidence_report_write_text (AttestEvidenceReport *report, AttestOutput *output,
                                   guint columns, gboolean color, GError **error)
{
  GString *out = attest_output_get_buffer (output);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (AttestSpan));
  Writer writer = { columns, color, hits, report };
  g_autofree char *origin = attest_report_dup_origin (report->frequency);
  g_auto (GStrv) origins = g_strsplit (origin, "\n", -1);
  g_autofree char *note = NULL;

  append_styled (&writer, BOLD, "Evidence", out);
  g_string_append_c (out, '\n');
  append_paragraph (&writer,
                    "Unit: segment, a passage coded with one code. What the rules found says that "
                    "it was spoken of, not whether it is good or bad.",
                    out);
  for (char **line = origins; *line != NULL; line++)
    append_paragraph (&writer, *line, out);
  for (guint i = 0; i < report->codes->len; i++)
    if (!write_code (report, g_ptr_array_index (report->codes, i), &writer, output, error))
      return FALSE;
  append_silences (&writer, report, NULL, out);
  note = attest_disclosure_dup_note (report->disclosure);
  if (note != NULL)
    {
      g_string_append_c (out, '\n');
      append_paragraph (&writer, note, out);
    }
  return TRUE;
}
