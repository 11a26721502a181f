/* Ratings, frequencies, who spoke and who was silent. */
#include "book/attest-book-private.h"

#include <math.h>
#include <string.h>

#include "report/attest-chart.h"
#include "report/attest-report-chain.h"
#include "report/attest-table.h"
#include "util/attest-locale.h"

/* As people of the language write it. */
static char *
dup_project_value (const AttestBook *book, const AttestProjectKey *key, const char *value)
{
  g_auto (GStrv) items = NULL;

  if (key == NULL || key->kind == ATTEST_PROJECT_LINE || key->kind == ATTEST_PROJECT_TEXT)
    return g_strdup (value);
  if (key->kind == ATTEST_PROJECT_DATE)
    return attest_locale_dup_date (book->options->lang, value);
  if (key->kind == ATTEST_PROJECT_CHOICE)
    return g_strdup (W ("project", value));
  if (key->kind != ATTEST_PROJECT_LIST)
    return g_strdup (value);
  items = attest_project_dup_items (book->project, key->key, book->options->lang);
  return g_strjoinv ("; ", items);
}

/* What is known of the project: each key once, in the language of the book if it was said in it. */
gboolean
attest_book_part_project (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  const char *last = NULL;

  if (book->project->values->len == 0)
    return TRUE;
  attest_html_open (book->html, "dl", "class", "fields", NULL);
  for (guint i = 0; i < book->project->values->len; i++)
    {
      const AttestProjectValue *value = g_ptr_array_index (book->project->values, i);
      const AttestProjectKey *key = attest_project_find_key (value->key);
      const char *text = attest_project_get (book->project, value->key, book->options->lang);
      g_autofree char *shown = NULL;
      g_autofree char *name = NULL;

      /* The title is above every page. */
      if (g_strcmp0 (value->key, last) == 0 || strcmp (value->key, "title") == 0 || text == NULL)
        continue;
      last = value->key;
      shown = dup_project_value (book, key, text);
      name = g_strconcat ("project.", value->key, NULL);
      attest_book_write_term (book,
                              attest_catalogue_find (book->labels, name) != NULL ? L (name)
                              : key != NULL                                      ? key->label
                                                                                 : value->key,
                              shown);
    }
  attest_html_close (book->html, "dl");
  return TRUE;
}

static void
write_tile (AttestBook *book, const char *name, gint64 value)
{
  g_autofree char *text = attest_book_dup_number (value);

  attest_html_open (book->html, "li", NULL);
  attest_html_element (book->html, "b", text, NULL);
  attest_html_text (book->html, " ");
  attest_html_element (book->html, "span", name, NULL);
  attest_html_close (book->html, "li");
}

gboolean
attest_book_part_tiles (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  const AttestReportTotals *totals = &book->report->frequency->totals;

  attest_html_open (book->html, "ul", "class", "tiles", NULL);
  write_tile (book, L ("word.sources"), totals->sources);
  write_tile (book, L ("word.respondents"), totals->respondents);
  write_tile (book, L ("word.groups"), totals->groups);
  write_tile (book, L ("word.words"), totals->words);
  write_tile (book, L ("word.segments"), totals->segments);
  attest_html_close (book->html, "ul");
  return TRUE;
}

static const AttestEvidence *
find_evidence (const AttestBook *book, guint code)
{
  for (guint i = 0; i < book->report->codes->len; i++)
    {
      const AttestEvidence *evidence = g_ptr_array_index (book->report->codes, i);

      if (strcmp (evidence->code, attest_book_code (book, code)->code) == 0)
        return evidence;
    }
  return NULL;
}

const AttestEvidence *
attest_book_evidence (const AttestBook *book, guint code)
{
  const AttestEvidence *evidence = find_evidence (book, code);

  g_assert (evidence != NULL);
  return evidence;
}

static void
add_code_cell (AttestBook *book, AttestTable *table, guint code)
{
  g_autofree char *link
      = attest_book_dup_link (book, g_ptr_array_index (book->code_pages, code), NULL);

  attest_table_add_text (table, attest_book_code_name (book, code));
  attest_table_link (table, link);
}

/* ---- ratings ---- */

/* Whether it was rated, or anything was found on it. */
static gboolean
is_judged (const AttestBook *book, guint code)
{
  const AttestEvidence *evidence = attest_book_evidence (book, code);
  g_autoptr (GPtrArray) findings = attest_evidence_list_findings (book->report, evidence);

  return findings->len > 0
         || attest_ledger_find_rating (book->report->ledger, evidence->code) != NULL;
}

static void
write_rating_cells (AttestBook *book, guint code)
{
  AttestHtml *html = book->html;
  const AttestEvidence *evidence = attest_book_evidence (book, code);
  const AttestRating *rating = attest_ledger_find_rating (book->report->ledger, evidence->code);
  g_autoptr (GPtrArray) findings = attest_evidence_list_findings (book->report, evidence);
  g_auto (AttestStrength) strength = { .raise = NULL };
  g_autofree char *level = rating != NULL ? attest_book_dup_level (book, rating) : NULL;

  attest_html_open (html, "td", "class", "rating", NULL);
  attest_html_element (html, "b", level != NULL ? level : "–", NULL);
  attest_html_close (html, "td");
  attest_html_open (html, "td", NULL);
  if (attest_evidence_get_strength (book->report, evidence, &strength))
    attest_book_write_level (book, strength.level->level);
  else
    attest_html_text (html, L ("strength.no-finding"));
  attest_html_close (html, "td");
  for (guint i = ATTEST_FACT_SUPPORTING; i <= ATTEST_FACT_GROUPS; i++)
    {
      g_autofree char *n
          = attest_book_dup_number (strength.level != NULL ? strength.facts.counts[i] : 0);

      gboolean is_told = strength.level != NULL && !attest_book_is_public (book);

      attest_html_element (html, "td", is_told ? n : "–", "class", "n", NULL);
    }
  attest_html_open (html, "td", NULL);
  for (guint i = 0; i < findings->len; i++)
    {
      const AttestLedgerEntry *finding = g_ptr_array_index (findings, i);
      g_autofree char *anchor = attest_html_dup_anchor ("entry-", finding->id);
      g_autofree char *link = attest_book_dup_link (book, "findings", anchor);

      attest_html_text (html, i > 0 ? ", " : "");
      attest_html_element (html, "a", finding->id, "href", link, NULL);
    }
  attest_html_close (html, "td");
}

static void
write_rating_row (AttestBook *book, guint code)
{
  AttestHtml *html = book->html;
  g_autofree char *link
      = attest_book_dup_link (book, g_ptr_array_index (book->code_pages, code), NULL);

  attest_html_open (html, "tr", NULL);
  attest_html_open (html, "th", "scope", "row", NULL);
  attest_html_element (html, "a", attest_book_code_name (book, code), "href", link, "dir", "auto",
                       NULL);
  attest_html_close (html, "th");
  write_rating_cells (book, code);
  attest_html_close (html, "tr");
}

/* Rating and strength are two numbers: what a person judged, and how well that is borne out. */
gboolean
attest_book_part_ratings (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  static const char *const headings[]
      = { "word.criterion",     "word.rating", "word.strength", "fact.supporting",
          "fact.contradicting", "fact.groups", "word.findings" };
  AttestHtml *html = book->html;
  guint n = 0;

  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    n += is_judged (book, i);
  if (n == 0)
    {
      attest_html_element (html, "p", L ("text.no-ratings"), NULL);
      return TRUE;
    }
  attest_html_open (html, "div", "class", "wide", "tabindex", "0", "role", "region", "aria-label",
                    L ("text.ratings-caption"), NULL);
  attest_html_open (html, "table", NULL);
  attest_html_element (html, "caption", L ("text.ratings-caption"), NULL);
  attest_html_open (html, "thead", NULL);
  attest_html_open (html, "tr", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
    attest_html_element (html, "th", L (headings[i]), "scope", "col", "class",
                         i >= 3 && i <= 5 ? "n" : NULL, NULL);
  attest_html_close (html, "tr");
  attest_html_close (html, "thead");
  attest_html_open (html, "tbody", NULL);
  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    if (is_judged (book, i))
      write_rating_row (book, i);
  attest_html_close (html, "tbody");
  attest_html_close (html, "table");
  attest_html_close (html, "div");
  attest_html_element (html, "p", L ("text.ratings-note"), "class", "note", NULL);
  return TRUE;
}

/* ---- counts ---- */

static void
begin_dimension (AttestBook *book, AttestTable *table, guint code)
{
  const char *dimension = attest_book_code (book, code)->dimension;

  if (code == 0 || strcmp (dimension, attest_book_code (book, code - 1)->dimension) != 0)
    attest_table_begin_section (table, attest_book_dimension_name (book, dimension));
}

void
attest_book_set_count (AttestChart *chart, guint row, guint series, gint64 count)
{
  g_autofree char *text = attest_count_to_string (count);

  if (count >= 0)
    attest_chart_set (chart, row, series, (double)count);
  else
    attest_chart_set_text (chart, row, series, text);
}

/* Respondents are drawn: how many quotes there are is also how much somebody talks. */
static AttestChart *
draw_frequency (const AttestBook *book)
{
  AttestChart *chart
      = attest_chart_new (ATTEST_CHART_BARS, L ("text.frequency-chart"), L ("word.respondents"));

  attest_chart_set_labels (chart, book->labels);
  attest_chart_set_narrow (chart, TRUE);
  attest_chart_set_note (chart, L ("text.frequency-note"));
  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row = attest_book_code (book, i);
      g_autofree char *link
          = attest_book_dup_link (book, g_ptr_array_index (book->code_pages, i), NULL);

      if (i == 0 || strcmp (row->dimension, row[-1].dimension) != 0)
        attest_chart_begin_section (chart, attest_book_dimension_name (book, row->dimension));
      attest_chart_link_row (chart, attest_chart_add_row (chart, attest_book_code_name (book, i)),
                             link);
      attest_book_set_count (chart, i, 0, row->respondents);
    }
  return chart;
}

gboolean
attest_book_part_frequency (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  g_autoptr (AttestChart) chart = draw_frequency (book);
  g_autoptr (AttestTable) table = attest_table_new (L ("text.frequency-caption"), NULL);

  attest_table_add_column (table, "code", L ("word.code"), ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  attest_table_add_column (table, "respondents", L ("word.respondents"), ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_BAR);
  attest_table_add_column (table, "groups", L ("word.groups"), ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "sources", L ("word.sources"), ATTEST_COLUMN_INT, 0);
  attest_table_add_column (table, "segments", L ("word.segments"), ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_BAR);
  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row = attest_book_code (book, i);

      begin_dimension (book, table, i);
      add_code_cell (book, table, i);
      attest_table_add_count (table, row->respondents);
      attest_table_add_count (table, row->groups);
      attest_table_add_count (table, row->sources);
      attest_table_add_count (table, row->segments);
    }
  attest_chart_write_figure_with_table (chart, table, book->html);
  return TRUE;
}

/* ---- who spoke ---- */

typedef struct
{
  gint64 respondents, words, segments;
} Voices;

static void
count_voices (const AttestBook *book, Voices *voices)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i + 1 < book->groups->len; i++)
    g_hash_table_insert (rows, g_ptr_array_index (book->groups, i), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < book->coverage->respondents->len; i++)
    {
      const AttestCoverageRespondent *respondent = attest_coverage_respondent (book->coverage, i);
      const char *told = attest_book_is_public (book) ? attest_disclosure_get_attribute (
                             book->disclosure, respondent->label, ATTEST_ATTRIBUTE_GROUP)
                                                      : respondent->group;
      guint row = told != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (rows, told)) : 0;
      Voices *group = &voices[row > 0 ? row - 1 : book->groups->len - 1];

      group->respondents++;
      group->words += respondent->words;
    }
  for (guint i = 0; i < book->segments->len; i++)
    voices[attest_book_segment (book, i)->group].segments++;
}

gint64
attest_book_part_of_total (const AttestBook *book, gint64 n)
{
  gint64 total = book->report->frequency->totals.segments;

  return total < 0 ? total : n;
}

static void
hide_voices (const AttestBook *book, Voices *voices)
{
  g_autofree gint64 *counts = g_new0 (gint64, book->groups->len);

  if (!attest_book_is_public (book))
    return;
  for (guint i = 0; i < book->groups->len; i++)
    counts[i] = voices[i].respondents;
  attest_book_hide_column (book, counts, book->groups->len);
  for (guint i = 0; i < book->groups->len; i++)
    {
      gboolean is_hidden = counts[i] < 0;

      voices[i].respondents = counts[i];
      voices[i].words = is_hidden ? ATTEST_COUNT_HIDDEN : voices[i].words;
      voices[i].segments
          = is_hidden ? ATTEST_COUNT_HIDDEN : attest_book_part_of_total (book, voices[i].segments);
    }
}

gboolean
attest_book_part_voices (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  g_autofree Voices *voices = g_new0 (Voices, book->groups->len);
  g_autoptr (AttestTable) table = attest_table_new (L ("text.voices-caption"), NULL);

  count_voices (book, voices);
  hide_voices (book, voices);
  attest_table_add_column (table, "group", L ("word.group"), ATTEST_COLUMN_TEXT, 0);
  attest_table_add_column (table, "respondents", L ("word.respondents"), ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_BAR);
  attest_table_add_column (table, "words", L ("word.words"), ATTEST_COLUMN_INT, ATTEST_COLUMN_BAR);
  attest_table_add_column (table, "segments", L ("word.segments"), ATTEST_COLUMN_INT,
                           ATTEST_COLUMN_BAR);
  for (guint i = 0; i < book->groups->len; i++)
    {
      if (voices[i].respondents == 0)
        continue;
      attest_table_add_text (table, attest_book_group_name (book, i));
      attest_table_add_count (table, voices[i].respondents);
      attest_table_add_count (table, voices[i].words);
      attest_table_add_count (table, voices[i].segments);
    }
  attest_table_write_html (table, book->html);
  return TRUE;
}

/* ---- who was silent ---- */

int
attest_book_find_coverage (const AttestBook *book, const char *code)
{
  for (guint i = 0; i < book->coverage->rows->len; i++)
    if (g_strcmp0 (attest_coverage_row (book->coverage, i)->code, code) == 0)
      return (int)i;
  return -1;
}

gboolean
attest_book_part_silence (AttestBook *book, G_GNUC_UNUSED GError **error)
{
  g_autoptr (AttestTable) table
      = attest_table_new (L ("text.silence-caption"), L ("text.silence-note"));

  attest_table_add_column (table, "code", L ("word.code"), ATTEST_COLUMN_TEXT, ATTEST_COLUMN_WRAP);
  for (guint i = 0; i < ATTEST_N_COVERAGE_STATES; i++)
    attest_table_add_column (
        table, attest_coverage_state_to_string ((AttestCoverageState)i),
        W ("coverage", attest_coverage_state_to_string ((AttestCoverageState)i)), ATTEST_COLUMN_INT,
        0);
  for (guint i = 0; i < book->report->frequency->rows->len; i++)
    {
      int row = attest_book_find_coverage (book, attest_book_code (book, i)->code);
      gint64 states[ATTEST_N_COVERAGE_STATES] = { 0 };

      for (guint k = 0; row >= 0 && k < book->coverage->respondents->len; k++)
        states[attest_coverage_cell (book->coverage, (guint)row, k)->state]++;
      if (attest_book_is_public (book))
        attest_book_hide_column (book, states, ATTEST_N_COVERAGE_STATES);
      begin_dimension (book, table, i);
      add_code_cell (book, table, i);
      for (guint k = 0; k < ATTEST_N_COVERAGE_STATES; k++)
        attest_table_add_count (table, states[k]);
    }
  attest_table_write_html (table, book->html);
  return TRUE;
}
