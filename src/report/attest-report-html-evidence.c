/* The evidence page: overview, a section a code, the transcripts. */
#include "report/attest-report-html.h"

#include <string.h>

#include "report/attest-disclosure-counts.h"
#include "report/attest-hits.h"
#include "report/attest-svg.h"

/* ---- a section ---- */

char *
attest_html_dup_quote_anchor (const char *code, const char *quote_id)
{
  g_autofree char *prefix = attest_html_dup_anchor ("e-", code);

  return g_strconcat (prefix, ".", quote_id, NULL);
}

static void
write_quote (AttestHtml *html, const AttestStoreSegment *segment, const GArray *hits)
{
  gsize at = 0;

  attest_html_open (html, "blockquote", NULL);
  if (segment->lang != NULL)
    attest_html_open (html, "p", "dir", "auto", "lang", segment->lang, NULL);
  else
    attest_html_open (html, "p", "dir", "auto", NULL);
  for (guint i = 0; i < hits->len; i++)
    {
      const AttestSpan *hit = &g_array_index (hits, AttestSpan, i);

      attest_html_prose (html, segment->quote + at, hit->start_byte - at);
      attest_html_open (html, "b", NULL);
      attest_html_prose (html, segment->quote + hit->start_byte, hit->end_byte - hit->start_byte);
      attest_html_close (html, "b");
      at = hit->end_byte;
    }
  attest_html_prose (html, segment->quote + at, segment->quote_bytes - at);
  attest_html_close (html, "p");
  attest_html_close (html, "blockquote");
}

/* As attest_evidence_append_place(); names in other scripts do not turn what stands around them. */
static void
write_place (AttestHtml *html, const AttestEvidenceReport *report,
             const AttestStoreSegment *segment, const char *group)
{
  g_autofree char *language = attest_evidence_dup_other_language (report, segment);
  const char *line = attest_evidence_get_line (report, segment, group);

  attest_html_element (html, "bdi", segment->source, NULL);
  if (segment->turn != ATTEST_NO_TURN)
    attest_html_printf (html, " ¶%u", segment->turn);
  if (segment->page != NULL)
    {
      attest_html_text (html, ", p. ");
      attest_html_text (html, segment->page);
    }
  if (segment->start_ms >= 0)
    {
      g_autofree char *time = attest_table_dup_time (segment->start_ms);

      attest_html_printf (html, " [%s]", time);
    }
  if (attest_disclosure_is_public (report->disclosure) && segment->respondent != NULL)
    {
      attest_html_text (html, " ");
      attest_html_element (html, "bdi", segment->respondent, NULL);
    }
  if (line != NULL)
    {
      attest_html_text (html, " (");
      attest_html_element (html, "bdi", line, NULL);
      attest_html_text (html, ")");
    }
  if (language != NULL)
    attest_html_printf (html, ", in %s", language);
}

/* What rendering a quote needs. */
typedef struct
{
  const AttestEvidenceReport *report;
  GArray *hits; /* of AttestSpan, of one quote */
} Quotes;

static void
append_quote (const AttestStoreSegment *segment, const char *group, GString *out, gpointer data)
{
  const Quotes *quotes = data;
  GArray *hits = quotes->hits;
  g_autoptr (AttestHtml) html = attest_html_new (out);
  g_autofree char *anchor = attest_html_dup_quote_anchor (segment->code, segment->id);
  g_autofree char *link = attest_html_dup_link ("", segment->id);

  attest_hits_merge (segment, hits);
  attest_html_open (html, "li", "id", anchor, NULL);
  write_quote (html, segment, hits);
  attest_html_open (html, "p", "class", "cite", NULL);
  /* The public page has no transcripts. */
  if (attest_disclosure_is_public (quotes->report->disclosure))
    attest_html_element (html, "span", segment->id, "id", segment->id, NULL);
  else
    attest_html_element (html, "a", segment->id, "href", link, NULL);
  attest_html_text (html, " ");
  write_place (html, quotes->report, segment, group);
  if (g_strv_contains (segment->asked, segment->code))
    attest_html_text (html, " · asked about it");
  if (segment->strength > 1)
    attest_html_printf (html, " · %u rules", segment->strength);
  attest_html_close (html, "p");
  attest_html_close (html, "li");
  attest_html_literal (html, "\n");
}

static guint
code_number (const AttestEvidenceReport *report, const char *code)
{
  const AttestFrequencyRow *row = attest_frequency_find (report->frequency, code);

  return row == NULL
             ? 0
             : (guint)(row - (const AttestFrequencyRow *)(gpointer)report->frequency->rows->data);
}

/* @evidence: (nullable) those of no criterion. */
static void
write_silences (const AttestEvidenceReport *report, const AttestEvidence *evidence,
                AttestHtml *html)
{
  g_autoptr (GPtrArray) silences = attest_evidence_list_silences (report, evidence);

  if (silences->len == 0)
    return;
  attest_html_open (html, "ul", NULL);
  for (guint i = 0; i < silences->len; i++)
    attest_html_element (html, "li", g_ptr_array_index (silences, i), NULL);
  attest_html_close (html, "ul");
}

static void
write_judgement (const AttestEvidenceReport *report, const AttestEvidence *evidence,
                 AttestHtml *html)
{
  g_autofree char *rating = attest_evidence_dup_rating (report, evidence);
  g_autofree char *strength = attest_evidence_dup_strength (report, evidence);
  g_autoptr (GPtrArray) findings = attest_evidence_list_findings (report, evidence);

  if (rating != NULL)
    attest_html_element (html, "p", rating, NULL);
  if (strength != NULL)
    {
      attest_html_open (html, "p", NULL);
      attest_html_printf (html, "Strength of the evidence: %s", strength);
      attest_html_close (html, "p");
    }
  write_silences (report, evidence, html);
  if (findings->len == 0)
    return;
  attest_html_open (html, "ul", NULL);
  for (guint i = 0; i < findings->len; i++)
    {
      const AttestLedgerEntry *finding = g_ptr_array_index (findings, i);
      g_autofree char *line
          = g_strdup_printf ("%s  %s", finding->id, finding->fields[ATTEST_FIELD_TEXT]);

      attest_html_element (html, "li", line, NULL);
    }
  attest_html_close (html, "ul");
}

/* A picture of the numbers, where they are told. */
static void
write_share (AttestHtml *html, gint64 spoke, gint64 present)
{
  g_autofree char *share = g_strdup_printf (
      "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " respondents spoke of it", spoke, present);

  if (spoke < 0 || present < 0)
    return;
  attest_html_open (html, "p", NULL);
  attest_svg_share (html, spoke, present, share);
  attest_html_close (html, "p");
}

static void
write_section_head (AttestEvidenceReport *report, const AttestEvidence *evidence, AttestHtml *html)
{
  g_autofree char *title = attest_report_dup_title (evidence->name, evidence->code);
  g_autofree char *profile = attest_evidence_dup_profile (report, evidence);
  g_autofree char *segments = attest_report_dup_count (evidence->segments, "segment", NULL);
  g_autofree char *sources = attest_report_dup_count (evidence->sources, "source", NULL);
  g_autofree char *dot
      = g_strconcat ("dot ", attest_page_code_class (code_number (report, evidence->code)), NULL);
  gint64 present = report->frequency->totals.respondents;
  g_autofree char *caption = g_strdup_printf ("%s: who spoke of it", title);
  g_autoptr (AttestTable) groups = attest_evidence_to_table (evidence, caption);

  attest_html_open (html, "h2", NULL);
  attest_html_element (html, "span", "", "class", dot, NULL);
  attest_html_element (html, "bdi", title, NULL);
  attest_html_element (html, "span", evidence->dimension, "class", "count tag", NULL);
  attest_html_close (html, "h2");
  write_share (html, evidence->spoke, present);
  attest_html_open (html, "p", NULL);
  attest_html_printf (html, "%s. %s in %s.", profile, segments, sources);
  attest_html_close (html, "p");
  write_judgement (report, evidence, html);
  attest_table_write_html (groups, html);
}

static void
write_group (const AttestEvidenceReport *report, const AttestEvidenceGroup *group,
             const GString *quotes, AttestHtml *html)
{
  g_autofree char *segments = attest_count_to_string (group->segments);
  g_autofree char *count = g_strconcat (" ", segments, NULL);
  const char *heading
      = attest_disclosure_is_public (report->disclosure) ? "Group not told" : "Group not known";

  if (quotes->len == 0)
    return;
  attest_html_open (html, "h3", NULL);
  attest_html_element (html, "bdi", group->group != NULL ? group->group : heading, NULL);
  if (group->present != 0)
    attest_html_element (html, "span", count, "class", "count", NULL);
  attest_html_close (html, "h3");
  attest_html_open (html, "ul", "class", "quotes", NULL);
  /* Rendered by append_quote(). */
  attest_html_literal (html, quotes->str);
  attest_html_close (html, "ul");
}

gboolean
attest_html_write_evidence (AttestEvidenceReport *report, const AttestEvidence *evidence,
                            AttestOutput *output, GError **error)
{
  g_autoptr (AttestHtml) html = attest_html_new (attest_output_get_buffer (output));
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (AttestSpan));
  g_autofree char *anchor = attest_html_dup_anchor (ATTEST_CODE_ANCHOR, evidence->code);
  Quotes rendered = { report, hits };
  g_autoptr (GPtrArray) quotes
      = attest_evidence_report_render (report, evidence, TRUE, append_quote, &rendered, error);

  if (quotes == NULL)
    return FALSE;
  attest_html_open (html, "section", "id", anchor, "class",
                    attest_page_code_class (code_number (report, evidence->code)), NULL);
  write_section_head (report, evidence, html);
  for (guint i = 0; i < quotes->len; i++)
    {
      write_group (report, &g_array_index (evidence->groups, AttestEvidenceGroup, i),
                   g_ptr_array_index (quotes, i), html);
      if (!attest_output_step (output, error))
        return FALSE;
    }
  attest_html_close (html, "section");
  attest_html_literal (html, "\n");
  return TRUE;
}

/* ---- overview ---- */

static void
write_tile (AttestHtml *html, const char *name, gint64 value)
{
  g_autofree char *text = attest_count_to_string (value);

  attest_html_open (html, "li", NULL);
  attest_html_element (html, "b", text, NULL);
  attest_html_text (html, " ");
  attest_html_element (html, "span", name, NULL);
  attest_html_close (html, "li");
}

static void
write_matrix (AttestEvidenceReport *report, const AttestMatrix *matrix, const char *cols,
              gboolean by_attribute, GHashTable *linked, AttestHtml *html)
{
  g_autoptr (AttestTable) table = NULL;

  if (matrix == NULL)
    return;
  table
      = attest_matrix_to_table (matrix, report->frequency, "criterion", cols, by_attribute, linked);
  attest_table_write_html (table, html);
}

/* Criteria × themes, and × groups; NULL where there is nothing to cross. */
static gboolean
count_matrices (AttestEvidenceReport *report, AttestMatrix **out_themes, AttestMatrix **out_groups,
                GError **error)
{
  AttestReportFilter all = report->filter;

  *out_themes = *out_groups = NULL;
  if (!attest_frequency_has_dimension (report->frequency, "criterion"))
    return TRUE;
  all.dimension = NULL;
  if (attest_frequency_has_dimension (report->frequency, "theme"))
    {
      *out_themes
          = attest_store_report_cooccurrence (report->store, &all, "criterion", "theme", error);
      if (*out_themes == NULL)
        return FALSE;
      attest_disclosure_hide_matrix (report->disclosure, *out_themes, FALSE, report->frequency);
    }
  if (report->frequency->totals.groups == 0)
    return TRUE;
  *out_groups = attest_store_report_by_attribute (report->store, &all, "criterion",
                                                  ATTEST_ATTRIBUTE_GROUP, error);
  if (*out_groups == NULL)
    return FALSE;
  attest_disclosure_hide_matrix (report->disclosure, *out_groups, TRUE, report->frequency);
  return TRUE;
}

static gboolean
write_overview (AttestEvidenceReport *report, GHashTable *linked, AttestHtml *html, GError **error)
{
  const AttestReportTotals *totals = &report->frequency->totals;
  g_autoptr (AttestMatrix) themes = NULL, groups = NULL;
  g_autoptr (AttestTable) table = NULL;

  if (!count_matrices (report, &themes, &groups, error))
    return FALSE;
  table = attest_frequency_to_table (report->frequency, linked);
  attest_html_open (html, "section", "id", "overview", NULL);
  attest_html_element (html, "h2", "Overview", NULL);
  attest_html_open (html, "ul", "class", "tiles", NULL);
  write_tile (html, "sources", totals->sources);
  write_tile (html, "respondents", totals->respondents);
  write_tile (html, "groups", totals->groups);
  write_tile (html, "words of respondents", totals->words);
  write_tile (html, "segments", totals->segments);
  attest_html_close (html, "ul");
  write_silences (report, NULL, html);
  attest_table_write_html (table, html);
  write_matrix (report, themes, "theme", FALSE, linked, html);
  write_matrix (report, groups, ATTEST_ATTRIBUTE_GROUP, TRUE, linked, html);
  attest_html_close (html, "section");
  attest_html_literal (html, "\n");
  return TRUE;
}

/* ---- the page ---- */

/* Labels of the sources that the report quotes. */
static gboolean
note_source (const AttestStoreSegment *segment, gpointer data, GError **error)
{
  GHashTable *labels = data;

  if (strcmp (segment->status, "rejected") != 0 && !g_hash_table_contains (labels, segment->source))
    g_hash_table_add (labels, g_strdup (segment->source));
  return TRUE;
}

/* The sources, in their order, that are quoted. */
static GPtrArray *
list_quoted (AttestEvidenceReport *report, GError **error)
{
  g_autoptr (GHashTable) labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) sources = attest_store_list_sources (report->store, error);

  if (sources == NULL)
    return NULL;
  /* To the public no transcript is shown. */
  for (guint i = 0; !attest_disclosure_is_public (report->disclosure) && i < report->codes->len;
       i++)
    {
      const AttestEvidence *evidence = g_ptr_array_index (report->codes, i);
      AttestSegmentFilter filter = { .codebook = report->filter.codebook,
                                     .code = evidence->code,
                                     .attribute = report->filter.attribute,
                                     .value = report->filter.value };

      if (evidence->segments > 0
          && !attest_store_foreach_segment (report->store, &filter, note_source, labels, error))
        return NULL;
    }
  for (guint i = sources->len; i-- > 0;)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);

      if (!g_hash_table_contains (labels, info->label))
        g_ptr_array_remove_index (sources, i);
    }
  return g_steal_pointer (&sources);
}

static GArray *
make_links (AttestEvidenceReport *report, GPtrArray *sources)
{
  GArray *links = attest_page_links_new ();
  const char *dimension = NULL;

  attest_page_links_add (links, NULL, "#overview", "Overview", -1, -1);
  for (guint i = 0; i < report->codes->len; i++)
    {
      const AttestEvidence *evidence = g_ptr_array_index (report->codes, i);
      g_autofree char *link = attest_html_dup_link (ATTEST_CODE_ANCHOR, evidence->code);
      g_autofree char *title = attest_report_dup_title (evidence->name, evidence->code);
      gboolean is_new = g_strcmp0 (dimension, evidence->dimension) != 0;

      attest_page_links_add (links, is_new ? evidence->dimension : NULL, link, title,
                             evidence->segments, (int)code_number (report, evidence->code));
      dimension = evidence->dimension;
    }
  for (guint i = 0; i < sources->len; i++)
    {
      const AttestSourceInfo *info = g_ptr_array_index (sources, i);
      g_autofree char *link = g_strdup_printf ("#s%u", i + 1);

      attest_page_links_add (links, i == 0 ? "transcripts" : NULL, link, info->label, -1, -1);
    }
  return links;
}

static gboolean
write_parts (AttestEvidenceReport *report, GPtrArray *sources, GHashTable *linked,
             AttestOutput *output, GError **error)
{
  for (guint i = 0; i < report->codes->len; i++)
    if (!attest_html_write_evidence (report, g_ptr_array_index (report->codes, i), output, error))
      return FALSE;
  for (guint i = 0; i < sources->len; i++)
    if (!attest_html_write_transcript (report, g_ptr_array_index (sources, i), i + 1, linked,
                                       output, error))
      return FALSE;
  return TRUE;
}

gboolean
attest_evidence_report_write_html (AttestEvidenceReport *report, AttestOutput *output,
                                   GError **error)
{
  g_autofree char *title = attest_report_dup_project_title (report->store, error);
  g_autoptr (GHashTable) linked = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (AttestHtml) html = attest_html_new (attest_output_get_buffer (output));
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (GArray) links = NULL;
  g_autofree char *note = NULL;
  AttestPage page = { title, "Evidence", report->frequency };

  if (title == NULL)
    return FALSE;
  sources = list_quoted (report, error);
  if (sources == NULL)
    return FALSE;
  for (guint i = 0; i < report->codes->len; i++)
    g_hash_table_add (linked, ((AttestEvidence *)g_ptr_array_index (report->codes, i))->code);
  links = make_links (report, sources);
  attest_page_begin (html, &page, links);
  if (!write_overview (report, linked, html, error)
      || !write_parts (report, sources, linked, output, error))
    return FALSE;
  note = attest_disclosure_dup_note (report->disclosure);
  if (note != NULL)
    attest_html_element (html, "p", note, NULL);
  attest_page_end (html);
  return TRUE;
}
