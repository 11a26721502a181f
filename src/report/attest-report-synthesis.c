#include "report/attest-report-synthesis.h"

#include <string.h>

#include "report/attest-report-html.h"
#include "store/attest-store-project.h"

/* ---- one evaluation ---- */

static void
clear_cell (gpointer data)
{
  AttestSynthesisCell *cell = data;

  g_free (cell->criterion);
  g_free (cell->level);
  g_free (cell->label);
  g_free (cell->scale);
  g_free (cell->strength);
}

static void
clear_attribute (gpointer data)
{
  AttestSynthesisAttribute *attribute = data;

  g_free (attribute->key);
  g_free (attribute->value);
}

void
attest_evaluation_free (AttestEvaluation *evaluation)
{
  if (evaluation == NULL)
    return;
  g_free (evaluation->path);
  g_free (evaluation->title);
  g_array_unref (evaluation->attributes);
  g_free (evaluation->codebook_id);
  g_free (evaluation->codebook_version);
  g_free (evaluation->codebook_sha256);
  g_array_unref (evaluation->cells);
  g_ptr_array_unref (evaluation->texts);
  g_free (evaluation);
}

const char *
attest_evaluation_get (const AttestEvaluation *evaluation, const char *key)
{
  for (guint i = 0; i < evaluation->attributes->len; i++)
    {
      const AttestSynthesisAttribute *attribute
          = &g_array_index (evaluation->attributes, AttestSynthesisAttribute, i);

      if (strcmp (attribute->key, key) == 0)
        return attribute->value;
    }
  return NULL;
}

const AttestSynthesisCell *
attest_evaluation_find (const AttestEvaluation *evaluation, const char *criterion)
{
  for (guint i = 0; i < evaluation->cells->len; i++)
    {
      const AttestSynthesisCell *cell = &g_array_index (evaluation->cells, AttestSynthesisCell, i);

      if (strcmp (cell->criterion, criterion) == 0)
        return cell;
    }
  return NULL;
}

static void
add_attribute (AttestEvaluation *evaluation, const char *key, const char *value)
{
  AttestSynthesisAttribute attribute = { g_strdup (key), g_strdup (value) };

  g_array_append_val (evaluation->attributes, attribute);
}

/* The year of the report, or else of the end of the project. */
static void
add_year (AttestEvaluation *evaluation, const AttestProject *project)
{
  static const char *const dates[] = { "report_date", "brief_date", "field_to", "to" };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      const char *date = attest_project_get (project, dates[i], NULL);

      if (date == NULL || strlen (date) < 4 || attest_evaluation_get (evaluation, "year") != NULL)
        continue;
      g_autofree char *year = g_strndup (date, 4);
      add_attribute (evaluation, "year", year);
    }
}

static void
take_project (AttestEvaluation *evaluation, const AttestProject *project)
{
  for (guint i = 0; i < project->values->len; i++)
    {
      const AttestProjectValue *value = g_ptr_array_index (project->values, i);

      if (attest_evaluation_get (evaluation, value->key) == NULL)
        add_attribute (evaluation, value->key, attest_project_get (project, value->key, NULL));
    }
  add_year (evaluation, project);
  for (guint i = 0; i < project->criteria->len; i++)
    {
      const AttestCriterion *criterion = g_ptr_array_index (project->criteria, i);
      AttestSynthesisCell cell = { .criterion = g_strdup (criterion->criterion),
                                   .is_dropped = !attest_criterion_is_judged (criterion),
                                   .position = -1 };

      g_array_append_val (evaluation->cells, cell);
    }
}

static gboolean
take_frequency (AttestEvaluation *evaluation, AttestStore *store,
                const AttestSynthesisOptions *options, const AttestDisclosure *disclosure,
                GError **error)
{
  AttestReportFilter filter = { .codebook = options->codebook };
  g_autoptr (GPtrArray) codebooks = attest_store_list_codebooks (store, error);

  if (codebooks == NULL)
    return FALSE;
  if (codebooks->len == 0 && options->codebook == NULL)
    return TRUE;
  g_autoptr (AttestFrequency) frequency = attest_store_report_frequency (store, &filter, error);
  if (frequency == NULL)
    return FALSE;
  evaluation->codebook_id = g_strdup (frequency->codebook->name);
  evaluation->codebook_version = g_strdup (frequency->codebook->version);
  evaluation->codebook_sha256 = g_strdup (frequency->codebook->sha256);
  evaluation->sources = frequency->totals.sources;
  evaluation->respondents = frequency->totals.respondents;
  evaluation->words = frequency->totals.words;
  evaluation->not_searched = frequency->totals.not_searched;
  for (guint i = 0; i < frequency->rows->len; i++)
    {
      const AttestFrequencyRow *row = &g_array_index (frequency->rows, AttestFrequencyRow, i);
      AttestSynthesisCell *cell
          = (AttestSynthesisCell *)attest_evaluation_find (evaluation, row->code);

      if (cell == NULL)
        continue;
      cell->is_coded = frequency->codebook->coded;
      cell->segments = row->segments;
      cell->sources = row->sources;
      cell->respondents = row->respondents;
      /* Who is not among those who spoke of it can be found as well. */
      cell->is_small = attest_disclosure_is_small (disclosure, row->respondents)
                       || attest_disclosure_is_small (disclosure, frequency->totals.respondents
                                                                      - row->respondents);
    }
  return TRUE;
}

static void
take_rating (AttestSynthesisCell *cell, const AttestRating *rating)
{
  if (rating == NULL)
    return;
  cell->level = g_strdup (rating->level);
  cell->label = g_strdup (rating->label);
  cell->scale = g_strdup (rating->scale);
  cell->position = rating->position;
}

static void
count_entries (AttestEvaluation *evaluation, const AttestLedger *ledger)
{
  for (guint i = 0; i < ledger->entries->len; i++)
    {
      const AttestLedgerEntry *entry = g_ptr_array_index (ledger->entries, i);

      if (attest_ledger_entry_is_withdrawn (entry))
        continue;
      evaluation->recommendations += entry->kind == ATTEST_ENTRY_RECOMMENDATION;
      for (guint k = 0; k < evaluation->cells->len; k++)
        {
          AttestSynthesisCell *cell = &g_array_index (evaluation->cells, AttestSynthesisCell, k);

          cell->findings += attest_ledger_entry_bears (entry, cell->criterion);
        }
    }
}

static gboolean
take_ledger (AttestEvaluation *evaluation, AttestStore *store,
             const AttestSynthesisOptions *options, GError **error)
{
  g_autoptr (AttestLedger) ledger = attest_store_load_ledger (store, error);
  g_autoptr (AttestStrengthCounter) counter = NULL;

  if (ledger == NULL)
    return FALSE;
  count_entries (evaluation, ledger);
  for (guint i = 0; i < evaluation->cells->len; i++)
    {
      AttestSynthesisCell *cell = &g_array_index (evaluation->cells, AttestSynthesisCell, i);
      g_auto (AttestStrength) strength = { .findings = 0 };

      take_rating (cell, attest_ledger_find_rating (ledger, cell->criterion));
      if (cell->findings == 0)
        continue;
      if (counter == NULL)
        counter = attest_strength_counter_new (store, options->rules, ledger, error);
      if (counter == NULL)
        return FALSE;
      attest_strength_of_criterion (counter, cell->criterion, &strength);
      cell->strength = g_strdup (strength.level->level);
    }
  return TRUE;
}

static gboolean
take_texts (AttestEvaluation *evaluation, AttestStore *store, GError **error)
{
  g_autoptr (GPtrArray) sources = attest_store_list_sources (store, error);

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    g_ptr_array_add (evaluation->texts,
                     g_strdup (((AttestSourceInfo *)g_ptr_array_index (sources, i))->text_sha256));
  return sources != NULL;
}

AttestEvaluation *
attest_evaluation_load (AttestStore *store, const AttestSynthesisOptions *options, GError **error)
{
  g_autoptr (AttestEvaluation) evaluation = g_new0 (AttestEvaluation, 1);
  g_autoptr (AttestProject) project = NULL;
  g_autoptr (AttestDisclosure) disclosure = NULL;
  AttestDisclosureOptions audience
      = { .audience = ATTEST_AUDIENCE_PUBLIC, .min_group = options->min_group };

  evaluation->path = g_strdup (attest_store_get_path (store));
  evaluation->attributes = g_array_new (FALSE, TRUE, sizeof (AttestSynthesisAttribute));
  g_array_set_clear_func (evaluation->attributes, clear_attribute);
  evaluation->cells = g_array_new (FALSE, TRUE, sizeof (AttestSynthesisCell));
  g_array_set_clear_func (evaluation->cells, clear_cell);
  evaluation->texts = g_ptr_array_new_with_free_func (g_free);
  evaluation->title = attest_report_dup_project_title (store, error);
  project = evaluation->title != NULL ? attest_store_load_project (store, error) : NULL;
  if (project == NULL)
    return NULL;
  if (options->is_public && (disclosure = attest_disclosure_new (store, &audience, error)) == NULL)
    return NULL;
  take_project (evaluation, project);
  if (attest_project_get (project, "title", NULL) != NULL)
    {
      g_free (evaluation->title);
      evaluation->title = g_strdup (attest_project_get (project, "title", NULL));
    }
  if (!take_texts (evaluation, store, error)
      || !take_frequency (evaluation, store, options, disclosure, error)
      || !take_ledger (evaluation, store, options, error))
    return NULL;
  return g_steal_pointer (&evaluation);
}

/* ---- many ---- */

static void
free_evaluation (gpointer data)
{
  attest_evaluation_free (data);
}

static void
clear_failure (gpointer data)
{
  AttestSynthesisFailure *failure = data;

  g_free (failure->path);
  g_free (failure->message);
}

AttestSynthesis *
attest_synthesis_new (void)
{
  AttestSynthesis *synthesis = g_new0 (AttestSynthesis, 1);

  synthesis->evaluations = g_ptr_array_new_with_free_func (free_evaluation);
  synthesis->criteria = g_ptr_array_new_with_free_func (g_free);
  synthesis->attributes = g_ptr_array_new_with_free_func (g_free);
  synthesis->failures = g_array_new (FALSE, FALSE, sizeof (AttestSynthesisFailure));
  g_array_set_clear_func (synthesis->failures, clear_failure);
  return synthesis;
}

void
attest_synthesis_free (AttestSynthesis *synthesis)
{
  if (synthesis == NULL)
    return;
  g_ptr_array_unref (synthesis->evaluations);
  g_ptr_array_unref (synthesis->criteria);
  g_ptr_array_unref (synthesis->attributes);
  g_free (synthesis->by);
  g_array_unref (synthesis->failures);
  g_free (synthesis);
}

void
attest_synthesis_add (AttestSynthesis *synthesis, AttestEvaluation *evaluation)
{
  g_ptr_array_add (synthesis->evaluations, evaluation);
  for (guint i = 0; i < evaluation->cells->len; i++)
    {
      const char *criterion = g_array_index (evaluation->cells, AttestSynthesisCell, i).criterion;

      if (!g_ptr_array_find_with_equal_func (synthesis->criteria, criterion, g_str_equal, NULL))
        g_ptr_array_add (synthesis->criteria, g_strdup (criterion));
    }
}

void
attest_synthesis_fail (AttestSynthesis *synthesis, const char *path, const char *message)
{
  AttestSynthesisFailure failure = { g_strdup (path), g_strdup (message) };

  g_array_append_val (synthesis->failures, failure);
}
